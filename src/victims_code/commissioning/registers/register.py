"""The registers of an area together: what is due over all of them, what is amiss, and the figures for the board."""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Self

from attrs import evolve, field, frozen

from victims_code import faults, render
from victims_code.arguments import checked
from victims_code.commissioning.actions import Action, ActionState
from victims_code.commissioning.due import DueItem, by_day
from victims_code.commissioning.records import CommissioningRecord, Typed, as_known
from victims_code.commissioning.registers.complaints import Complaint
from victims_code.commissioning.registers.conferences import CaseConference
from victims_code.commissioning.registers.feedback import Feedback, FeedbackKind, Lesson, Survey
from victims_code.commissioning.registers.live_links import LiveLinkBooking
from victims_code.commissioning.registers.reviews import ReviewRequest, review_schemes
from victims_code.commissioning.registers.timing import Timing, bodies, channels, themes
from victims_code.commissioning.rules import RuleFinding
from victims_code.commissioning.tables import due_table, findings_table
from victims_code.commissioning.validators import all_different, one_of
from victims_code.dates import Moment, civil_date, format_date
from victims_code.figures import ReportingPeriod, SmallNumbers, Total, publication_defaults, suppress
from victims_code.reading.documents import Plain, fields_as_plain
from victims_code.reading.partial import UnreadError, each, readable
from victims_code.reading.structuring import Contradiction
from victims_code.render import Card, CardTable


def register_kinds() -> Mapping[str, type]:
    """The classes of entries, by the names of the registers."""
    return {
        "complaints": Complaint,
        "reviews": ReviewRequest,
        "live_links": LiveLinkBooking,
        "conferences": CaseConference,
        "feedback": Feedback,
        "surveys": Survey,
        "lessons": Lesson,
    }


_REGISTERS = tuple(register_kinds())


@frozen(kw_only=True)
class Registers(CommissioningRecord):
    """Complaints, requests for a review, live links, case conferences, feedback, surveys and lessons of an area.

    :param elsewhere: references of entries that lessons may name and that are not here.
    :raises CommissioningError: with every fault: a reference that is taken twice, a lesson from an entry that is not
        there, and a room that is booked twice.

    >>> registers = Registers(complaints=(Complaint(reference="C1", received_on=date(2026, 4, 1), received_by="pcc"),))
    >>> [(item.day, item.what) for item in registers.due_items(date(2026, 4, 2))]
    [(datetime.date(2026, 4, 17), 'Acknowledge the complaint, or answer it.'), (None, 'Answer the complaint.')]
    """

    complaints: tuple[Complaint, ...] = ()
    reviews: tuple[ReviewRequest, ...] = ()
    live_links: tuple[LiveLinkBooking, ...] = ()
    conferences: tuple[CaseConference, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    surveys: tuple[Survey, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def _rooms_are_booked_once(self) -> Iterator[Contradiction]:
        booked: defaultdict[tuple[str, date], list[tuple[int, LiveLinkBooking]]] = defaultdict(list)
        for n, booking in readable(each(self, "live_links")):
            with contextlib.suppress(UnreadError):
                booked[booking.room, booking.on].append((n, booking))
        for (_, first), (n, second) in (pair for same in booked.values() for pair in combinations(same, 2)):
            with contextlib.suppress(UnreadError):
                if first.overlaps(second):
                    fault = faults.ROOM_BOOKED_TWICE.at(room=second.room, other=first.reference)
                    yield Contradiction(("live_links", n, "room"), fault)

    checks = (
        all_different(*(f"{name}[].reference" for name in _REGISTERS)),
        one_of(
            "lessons[].learnt_from[]",
            lambda all_: [
                *all_.elsewhere,
                *(one.reference for name in _REGISTERS[:-1] for one in getattr(all_, name)),
            ],
            faults.LEARNT_FROM_NO_ENTRY,
            listing="Entries",
        ),
        _rooms_are_booked_once,
    )

    @classmethod
    @checked
    def of(cls, records: Iterable[object]) -> Self:
        """The registers that some records make up; other records are passed over.

        :raises CommissioningError: with every fault.
        """
        given = tuple(records)
        found: dict[str, object] = {
            name: tuple(one for one in given if isinstance(one, kind)) for name, kind in register_kinds().items()
        }
        return cls(**found)  # type: ignore[arg-type]

    def known_on(self, on: date) -> Self | None:
        """The registers as they were known on a day; a lesson is known once an entry is that it was learnt from."""
        known = super().known_on(on)
        if known is None:
            return None
        names = {one.reference for name in _REGISTERS[:-1] for one in getattr(self, name)}
        there = {one.reference for name in _REGISTERS[:-1] for one in getattr(known, name)}
        lessons = [one for one in known.lessons if there & {*one.learnt_from} or not names >= {*one.learnt_from}]
        gone = tuple(name for one in lessons for name in one.learnt_from if name not in there)
        return evolve(known, lessons=tuple(lessons), elsewhere=(*known.elsewhere, *gone))

    def _entries(self) -> Iterator[object]:
        for name in _REGISTERS:
            yield from getattr(self, name)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """Everything that is undone on a day over all registers, overdue first."""
        return by_day(item for entry in self._entries() for item in entry.due_items(on))  # type: ignore[attr-defined]

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day over all registers."""
        return tuple(
            found for entry in self._entries() if hasattr(entry, "findings") for found in entry.findings(as_at)
        )

    @checked
    def roll_up(self, period: ReportingPeriod, *, as_at: date, small_numbers: SmallNumbers | None = None) -> RollUp:
        """The figures of a period for the board, in which small numbers do not show.

        Complaints, requests, feedback and surveys count in the period in which they came in or ended, live links and
        conferences in that of their day. Lessons count as they are on the day.

        :param as_at: the day on which it is said what is in time, late or undone. What came in later does not count.
        :param small_numbers: which numbers are hidden, by default those of ``data/publication.yaml``.
        :raises MissingExtraError: if SciPy is not installed and something is small.
        """
        rule = publication_defaults().small_numbers if small_numbers is None else small_numbers
        known = self.known_on(as_at) or self
        counts = [one for one in _counts(known, period, as_at) if one.total]
        cells, totals = dict[str, int | None](), list[Total]()
        for one in counts:
            cells[one.name] = one.total
            for group, parts in one.groups.items():
                named = {f"{one.name}, {group}: {label}": number for label, number in parts.items()}
                cells.update(named)
                totals.append(Total(total=one.name, parts=tuple(named)))
        shown = suppress(cells, totals, rule).shown
        rows = [
            RollUpRow(register=one.name, group=group, label=label, number=shown[name])
            for one in counts
            for group, label, name in one.rows()
        ]
        empty = [one.name for one in _counts(known, period, as_at) if not one.total]
        return RollUp(period=period, as_at=as_at, rows=tuple(rows), nothing_in=tuple(empty), hidden_below=rule.below)


@frozen(kw_only=True)
class _Counted:
    """What is counted of one register: how many, and how many of each kind, in groups that each make up the whole."""

    name: str
    total: int
    groups: Mapping[str, Mapping[str, int]]

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Each figure with its group, its label and the name of its cell."""
        yield "All", "", self.name
        for group, parts in self.groups.items():
            yield from ((group, label, f"{self.name}, {group}: {label}") for label in parts)


@frozen(kw_only=True)
class RollUpRow(Typed):
    """A figure of the roll-up; ``number`` None is a number that is not shown."""

    register: str
    group: str
    label: str
    number: int | None

    def to_dict(self) -> dict[str, Plain]:
        """The figure as plain values."""
        return fields_as_plain(self)


@frozen(kw_only=True)
class RollUp(Typed):
    """The figures of the registers for the board: a period, as at a day, with small numbers hidden.

    What was hidden is safe against the figures of this roll-up. Roll-ups of overlapping periods that are published side
    by side can give each other away.
    """

    period: ReportingPeriod
    as_at: date
    rows: tuple[RollUpRow, ...] = field(repr=False)
    nothing_in: tuple[str, ...] = ()
    hidden_below: int = 0

    def number(self, register: str, label: str = "", *, group: str | None = None) -> int | None:
        """One figure, None if it is hidden.

        :raises LookupError: if there is no such figure.
        """
        for row in self.rows:
            if (row.register, row.label) == (register, label) and group in (None, row.group):
                return row.number
        raise LookupError(f"{register}: {label}")

    def to_card(self) -> Card:
        """The figures as a title, sentences and a table for each register."""
        hidden = sum(row.number is None for row in self.rows)
        names = dict.fromkeys(row.register for row in self.rows)
        told = [
            f"{format_date(self.period.first)} to {format_date(self.period.last)}, as at {format_date(self.as_at)}."
        ]
        if self.nothing_in:
            told.append(f"Nothing in this period: {', '.join(self.nothing_in)}.")
        if hidden:
            below = f"those below {self.hidden_below}, and others that would give them away"
            told.append(f"{hidden} numbers are not shown: {below}.")
        return Card(
            title="Registers",
            sentences=tuple(told),
            tables=tuple(
                CardTable(
                    caption=name,
                    columns=("Of these", "Number", "By"),
                    rows=tuple(
                        (row.label or "all", "not shown" if row.number is None else str(row.number), row.group)
                        for row in self.rows
                        if row.register == name
                    ),
                )
                for name in names
            ),
        )

    def to_markdown(self) -> str:
        """The figures as a Markdown page."""
        return render.card_to_markdown(self.to_card())

    def to_html(self, *, page: bool = False) -> str:
        """The figures as HTML; a whole page with ``page``.

        :raises MissingExtraError: if Jinja2 is not installed.
        """
        return render.card_to_html(self.to_card(), page=page)

    def to_dict(self) -> dict[str, Plain]:
        """The figures as plain values."""
        return {
            "first": self.period.first.isoformat(),
            "last": self.period.last.isoformat(),
            "as_at": self.as_at.isoformat(),
            "hidden_below": self.hidden_below,
            "nothing_in": list(self.nothing_in),
            "rows": [row.to_dict() for row in self.rows],
        }

    def _repr_html_(self) -> str | None:
        return render.html_or_none(self.to_html)


def _counts(registers: Registers, period: ReportingPeriod, on: date) -> Iterator[_Counted]:
    """What is counted of each register in a period, as it was known on a day."""

    def within(day: date) -> bool:
        return period.first <= day <= period.last

    complaints = [one for one in registers.complaints if within(one.received_on)]
    yield _counted(
        "Complaints",
        complaints,
        {
            "Received by": [bodies()[one.received_by] for one in complaints],
            "First reply": [_reply(one, on) for one in complaints],
            "Outcome": [_word(one.outcome) for one in complaints],
            "Theme": [themes()[one.theme] if one.theme else "not recorded" for one in complaints],
            "Passed on": ["yes" if one.forwarded_on else "no" for one in complaints],
        },
    )
    reviews = [one for one in registers.reviews if within(one.requested_on)]
    yield _counted(
        "Requests for a review",
        reviews,
        {
            "Scheme": [review_schemes()[one.scheme].title for one in reviews],
            "Acknowledged": [_step(one, "review-acknowledged", on) for one in reviews],
            "Decided": [_step(one, "review-decided", on) for one in reviews],
            "Outcome": [_word(one.outcome) for one in reviews],
        },
    )
    links = [one for one in registers.live_links if within(one.on)]
    yield _counted(
        "Live links",
        links,
        {
            "What became of it": [_link(one, on) for one in links],
            "Tested": [_tested(one, on) for one in links],
        },
    )
    meetings = [one for one in registers.conferences if within(one.on)]
    cases = [case for one in meetings for case in one.cases]
    yield _counted("Cases at a case conference", cases, {"Actions": [_actions(case.actions, on) for case in cases]})
    said = [one for one in registers.feedback if within(one.on)]
    yield _counted(
        "Feedback",
        said,
        {
            "Kind": [FeedbackKind(one.kind).value for one in said],
            "How it came": [channels()[one.channel] for one in said],
            "Theme": [themes()[one.theme] if one.theme else "not recorded" for one in said],
        },
    )
    for survey in registers.surveys:
        if within(survey.last) and survey.answered is not None:
            satisfied = survey.satisfied
            parts = {} if satisfied is None else {"satisfied": satisfied, "not satisfied": survey.answered - satisfied}
            yield _Counted(
                name=f"Answers to the survey {survey.title} ({survey.reference})",
                total=survey.answered,
                groups={"Satisfied": parts} if parts else {},
            )
    lessons = [one for one in registers.lessons if one.changed_on is None or within(one.changed_on)]
    yield _counted(
        "Lessons",
        lessons,
        {"State": ["done" if one.changed_on and one.changed_on <= on else "open" for one in lessons]},
    )


def _counted(name: str, things: Sequence[object], groups: Mapping[str, Iterable[str]]) -> _Counted:
    counts = {group: dict(sorted(Counter(labels).items())) for group, labels in groups.items()}
    return _Counted(name=name, total=len(things), groups=counts)


def _word(outcome: object) -> str:
    return "none yet" if outcome is None else str(outcome).replace("-", " ")


def _reply(complaint: Complaint, on: date) -> str:
    if complaint.outcome == "withdrawn" and complaint.first_reply_on is None:
        return "withdrawn before it"
    return complaint.timing(on).in_words


def _step(request: ReviewRequest, event: str, on: date) -> str:
    """Whether a step of a request was in time, or why there is none."""
    services = {service.id: service.done_by for service in review_schemes()[request.scheme].services}
    steps = [step.timing for step in request.steps(on) if services[step.id] == event]
    if steps and not (request.closed and steps[0] in (Timing.OVERDUE, Timing.NOT_YET_DUE)):
        return steps[0].in_words
    return "closed before it" if request.closed else "no time limit known"


def _link(booking: LiveLinkBooking, on: date) -> str:
    if booking.cancelled(on):
        return "cancelled"
    if booking.on > on:
        return "to come"
    return {True: "evidence given", False: "not used", None: "not recorded"}[booking.took_place]


def _tested(booking: LiveLinkBooking, on: date) -> str:
    if not booking.tested_on or booking.tested_on > on:
        return "not tested"
    if not booking.test_worked:
        return "failed" if booking.test_worked is False else "result not recorded"
    return "worked, in time" if booking.tested_on <= booking.test_by else "worked, late"


def _actions(actions: Iterable[Action], on: date) -> str:
    """The state of a case by its actions: one overdue makes it so, and one open if none is."""
    states = {action.state(on) for action in actions}
    for state in (ActionState.OVERDUE, ActionState.OPEN):
        if state in states:
            return f"some {state.value}"
    return "all done or dropped" if states else "no action"


@checked
def registers_page(registers: Registers, on: date) -> Card:
    """What is amiss and what is due in the registers on a day, as a page."""
    found, due = registers.findings(civil_date(on)), registers.due_items(on)
    return Card(
        title="Registers: what is due",
        sentences=(f"On {format_date(on)}: {sum(i.overdue_on(on) for i in due)} of {len(due)} overdue.",),
        tables=(findings_table(found), due_table(due, on)),
    )
