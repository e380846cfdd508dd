"""Appointments: who is independent enough, how long a term runs, and what follows from staying away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.governance.boards import Board
from victims_code.commissioning.governance.roles import RoleProfile, role_profiles
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding, rule
from victims_code.commissioning.validators import in_order, never
from victims_code.conditions import Truth
from victims_code.dates import Moment, add_months, add_years, civil_date, format_date


class EngagementKind(StrEnum):
    """In what way someone has worked for the office of the commissioner."""

    STAFF = "staff"
    EMPLOYEE = "employee"
    LONG_TERM_CONTRACTOR = "long-term-contractor"
    OTHER_CONTRACTOR = "other-contractor"


@frozen(kw_only=True)
class Engagement(CommissioningRecord):
    """A time someone worked for the office; ``until`` None means that it goes on."""

    kind: EngagementKind
    since: date | None = None
    until: date | None = None


@frozen(kw_only=True)
class Independence:
    """Whether someone is independent enough for an appointment: True, False, or None, with the reasons."""

    independent: Truth
    reasons: tuple[str, ...]
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Extension(CommissioningRecord):
    """A term made longer: its new last day, and the day that was agreed."""

    known_from = "agreed_on"

    until: date
    agreed_on: date | None = None


class ConsequenceKind(StrEnum):
    """What was decided after meetings were missed without good reason."""

    NONE = "none"
    FEE_DEDUCTED = "fee-deducted"
    ENDED = "ended"


@frozen(kw_only=True)
class Consequence(CommissioningRecord):
    """What was decided after meetings were missed without good reason: the day, what, and why."""

    on: date
    kind: ConsequenceKind
    why: str

    hidden = frozenset({"why"})


@frozen(kw_only=True)
class Appointment(CommissioningRecord):
    """Someone's time in a post, by reference and not by name: the term, its reviews, and how it ended.

    :param role: the role; one of ``role_profiles()`` has a term of its own.
    :param until: the last day of the first term; without it that of the role.
    :param history: every time the holder worked for the office; None if no one asked.
    :param ended_on: the day the appointment was brought to an end before its term, with the reason in ``why_ended``.
    :param reviews: the days on which performance was reviewed.
    :param review_months: how often that is to be, from the contract.
    :raises CommissioningError: with every fault.

    >>> past = (Engagement(kind=EngagementKind.EMPLOYEE, until=date(2022, 3, 31)),)
    >>> Appointment(role="victims-advocate", holder="M3", on=date(2025, 1, 6), history=past).independence().independent
    False
    >>> Appointment(role="victims-advocate", holder="M3", on=date(2025, 4, 1), history=past).independence().independent
    True
    """

    comes_with = (("ended_on", "why_ended"),)

    role: str
    holder: str
    on: date
    until: date | None = None
    history: tuple[Engagement, ...] | None = None
    extensions: tuple[Extension, ...] = ()
    ended_on: date | None = None
    why_ended: str | None = None
    reviews: tuple[date, ...] = ()
    review_months: int | None = None
    consequences: tuple[Consequence, ...] = ()

    hidden = frozenset({"why_ended"})
    checks = (
        in_order("on", "until"),
        in_order("on", "ended_on"),
        in_order("agreed_on", "until", of="extensions[]"),
        never("why_ended", lambda one: one.ended_on and not one.why_ended, faults.ENDED_FOR_NO_REASON),
        in_order("since", "until", of="history[]"),
    )

    def independence(self) -> Independence:
        """Whether the holder is independent on the day of the appointment, under the rule *advocate-independent*.

        Someone who left on a day is free of the rule from the same day of the month the years of the rule later.
        """
        held = rule("advocate-independent")
        sources = tuple(citation.source for citation in held.cites)
        if self.history is None:
            reason = "No one has asked whether the holder has worked for the office."
            return Independence(independent=None, reasons=(reason,), sources=sources)
        reasons = tuple(self._reasons(held.numbers["years"]))
        return Independence(independent=not reasons, reasons=reasons, sources=sources)

    def _reasons(self, years: int) -> Iterator[str]:
        for past in self.history or ():
            as_what = _AS_WHAT.get(past.kind)
            if as_what is None or (past.since is not None and past.since > self.on):
                continue
            if past.until is None or past.until >= self.on:
                yield f"On {format_date(self.on)} the holder still worked for the office {as_what}."
            elif add_years(past.until, years) > self.on:
                until = format_date(past.until)
                yield f"The holder worked for the office {as_what} until {until}, less than {years} years before."

    @property
    def profile(self) -> RoleProfile | None:
        """What is known of the role, if it is one that is listed."""
        return role_profiles().get(self.role)

    @property
    def last_day(self) -> date | None:
        """The last day in the post: of an early end, else of the longest extension, else of the first term."""
        if self.ended_on is not None:
            return self.ended_on
        first = self.until
        if first is None and self.profile is not None and self.profile.term_months is not None:
            first = add_months(self.on, self.profile.term_months) - timedelta(days=1)
        return max((day for day in (first, *(one.until for one in self.extensions)) if day is not None), default=None)

    def holds_on(self, on: date) -> bool:
        """Whether the holder is in the post on a day."""
        return self.on <= on and (self.last_day is None or on <= self.last_day)

    @as_known
    def findings(self, as_at: Moment | None = None, boards: Iterable[Board] = ()) -> tuple[RuleFinding, ...]:
        """What stands against the independence of the holder; with a day also what is amiss with term and attendance.

        :param boards: the boards whose meetings the holder is to attend.
        """
        found = list(self._about_independence())
        if as_at is not None:
            day = civil_date(as_at)
            found += [*self._about_the_term(day, tuple(boards)), *self._about_attendance(day, tuple(boards))]
        return tuple(found)

    @property
    def _about(self) -> str:
        return f"{self.role} {self.holder}"

    def _about_independence(self) -> Iterator[RuleFinding]:
        if self.history is None and self.profile is not None and not self.profile.independent:
            return
        answer = self.independence()
        if answer.independent:
            return
        unknown = answer.independent is None
        yield finding(
            "advocate-independent",
            " ".join(answer.reasons),
            "Ask, and record the answer." if unknown else "Appoint someone else, or later.",
            about=self._about,
            outcome=RuleOutcome.CANNOT_TELL if unknown else RuleOutcome.BROKEN,
            missing=("history",) if unknown else (),
        )

    def _about_the_term(self, day: date, boards: tuple[Board, ...]) -> Iterator[RuleFinding]:
        last = self.last_day
        if last is not None and last < day:
            for board in boards:
                if any(m.holder == self.holder and m.role == self.role and m.sits_on(day) for m in board.members):
                    what = f"The term ended on {format_date(last)}, and the seat on {board.title} is still theirs."
                    hint = "Extend the term, or end the seat."
                    yield finding("term-of-office", what, hint, about=self._about)
        if self.extensions and self.profile is not None and self.profile.extendable is False:
            hint = "Appoint again instead."
            yield finding("term-of-office", "The term of this role cannot be extended.", hint, about=self._about)
        due = self._review_due
        if self.holds_on(day) and due is not None and due < day:
            what = f"Performance was to be reviewed by {format_date(due)}."
            yield finding("performance-reviewed", what, "Review it, and record the day.", about=self._about)

    @property
    def _review_due(self) -> date | None:
        if self.review_months is None:
            return None
        return add_months(max(self.reviews, default=self.on), self.review_months)

    def _about_attendance(self, day: date, boards: tuple[Board, ...]) -> Iterator[RuleFinding]:
        if self.profile is None or self.profile.absence is None:
            return
        missed = self.missed(day, boards)
        if missed:
            meetings = "a meeting" if len(missed) == 1 else f"{len(missed)} meetings"
            days = ", ".join(format_date(one) for one in missed)
            what = f"The holder missed {meetings} without a good reason ({days}), and what follows is not decided."
            hint = f"Decide and record it. {self.profile.absence} may follow."
            yield finding("absence-has-a-consequence", what, hint, about=self._about)

    def missed(self, on: date, boards: Iterable[Board]) -> tuple[date, ...]:
        """The meetings missed without good reason up to a day, on which nothing was decided since."""
        decided = max((one.on for one in self.consequences if one.on <= on), default=date.min)
        until = min(on, self.last_day or on)
        return tuple(
            sorted(
                day for board in boards for day in board.attendance(self.holder, self.on, until).missed if day > decided
            )
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The end of the term and the next review of performance, while the holder is in the post."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        if on < self.on or not self.holds_on(on) or self.ended_on is not None:
            return
        title = self.profile.title if self.profile else self.role
        if self.last_day is not None:
            what = f"Extend the term of the {title}, or appoint someone: it ends."
            yield DueItem(day=self.last_day, what=what, about=self.holder, kind=DueKind.TERM_OF_OFFICE)
        if self._review_due is not None:
            what = f"Review the performance of the {title}."
            yield DueItem(day=self._review_due, what=what, about=self.holder, kind=DueKind.REVIEW)
        elif self.profile is not None and self.profile.reviews:
            what = f"Set how often the performance of the {title} is reviewed: the contract asks for it."
            yield DueItem(day=None, what=what, about=self.holder, kind=DueKind.REVIEW)


_AS_WHAT = {
    EngagementKind.STAFF: "on its staff",
    EngagementKind.EMPLOYEE: "as an employee",
    EngagementKind.LONG_TERM_CONTRACTOR: "as a long-term contractor",
}
"""The engagements that stand against independence; other contracts do not."""
