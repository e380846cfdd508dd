"""Windows: what the victim may still do under schemes beyond the Code, until when, and what follows once they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from victims_code import faults
from victims_code.assessment.clock import Clock
from victims_code.assessment.eligibility import Person
from victims_code.assessment.explanations.steps import Explanation, quote
from victims_code.assessment.explanations.windows import explain_window
from victims_code.assessment.identity import mark_of
from victims_code.assessment.obligations import Setting, whose_offence
from victims_code.assessment.own_records import InOrder, OwnRecords
from victims_code.assessment.questions import WINDOW_END, WINDOW_OPEN, event_of_window
from victims_code.assessment.record import Known, place_of
from victims_code.assessment.status import WindowState, status_of
from victims_code.assessment.window_limits import Closing, Opened, closings_of, moment_of
from victims_code.cases import Event
from victims_code.conditions import Finding, Truth, all_found, truth_word
from victims_code.dates import civil_date, format_date
from victims_code.faults import Fault
from victims_code.law import Opening, OpenTo, Scheme, SchemeService
from victims_code.law.deadlines import due_date
from victims_code.plain import PlainFollowUp, PlainWindow
from victims_code.printable import one_line_repr
from victims_code.vocabulary import MissingFact, Status, load_vocabulary

_CERTAIN = Finding(True)
_FROM_THE_OUTSET = "any"


@frozen(kw_only=True)
class FollowUp:
    """What the deciding body owes once the victim has asked: by when, and whether it was done."""

    service: SchemeService
    request: Event
    due_on: date
    done: Event | None
    status: Status

    __repr__ = one_line_repr("{0.service.id}: {0.status}, due {0.due_on}")

    @property
    def counted_on(self) -> date:
        """The day its time began to run: when the body received the request, or the day of the request."""
        return self.request.received_on or self.request.on

    def to_dict(self) -> PlainFollowUp:
        """The follow-up as plain values, as it stands in the JSON result."""
        return {
            "id": self.service.id,
            "title": self.service.title,
            "owed_by": list(self.service.owed_by),
            "counted_from": self.counted_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "done_on": None if self.done is None else self.done.on.isoformat(),
            "status": self.status.value,
            "evidence": self.service.evidence.value,
        }


@frozen(kw_only=True)
class Window:
    """Something a victim may do: since when, until when under each limit that may apply, and whether it is open.

    >>> import victims_code as vc
    >>> victim = vc.Victim(reference="V1", born=date(1990, 3, 2), facts={"injured-by-violent-crime": True})
    >>> case = vc.Case(reference="A1", victims=[victim], offence=vc.Offence(committed_on=date(2026, 3, 31)))
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))
    >>> [(w.closes_on, w.state.value) for w in result.windows if w.scheme.id == "criminal-injuries-compensation"]
    [(datetime.date(2028, 3, 31), 'open')]
    """

    scheme: Scheme
    """The scheme: its title, who decides, its limits and sources."""
    victim: str
    """The reference of the victim who may act."""
    opened: Opened
    """What opened it: an event, the offence or the case itself, with suspect and offence."""
    closings: tuple[Closing, ...]
    """Every limit that may apply, with the day on which it ends."""
    state: WindowState
    """Whether the victim can still act on the day of assessment."""
    _coverage: Finding
    _applicability: Finding
    death: Event | None
    """The record of the victim's death, with which it closed."""
    covered_until: date | None
    """The last day on which the scheme was open to this person, if it no longer is."""
    request: Event | None
    """The record that the victim acted."""
    follow_ups: tuple[FollowUp, ...]
    """What the deciding body owes since the victim asked."""
    _setting: Setting = field(eq=False)
    _person: Person = field(eq=False)
    _known: Known = field(eq=False)
    number: int | None = None
    """Which of the windows it is that no event opens."""

    __repr__ = one_line_repr("{0.scheme.id} {0.victim}: {0.state}")

    @property
    def id(self) -> str:
        """What tells it apart from every other: 16 hex digits that stay the same when a date is corrected.

        They rest on the case, the victim, the scheme and the record that opened it.
        """
        record, event = self._setting.record, self.opened.event
        opened_by = None if event is None else record.identity_of(event)
        return mark_of(record.case.reference, self.victim, self.scheme.id, "", opened_by, self.number)

    @property
    def opened_on(self) -> date | None:
        """The day it opened; None where the offence opens it and its day is not known."""
        return self.opened.on

    @property
    def opened_by(self) -> Event | None:
        """The event that opened it; None where the offence or the case itself did."""
        return self.opened.event

    @property
    def suspect(self) -> str | None:
        """The suspect whom the decision or sentence concerns, if it names one."""
        return self.opened.suspect

    @property
    def applies(self) -> Truth:
        """Whether the scheme covers this person and this decision: True, or None where facts are missing."""
        return self._applicability.truth

    @property
    def closes_on(self) -> date | None:
        """The earliest last day of all binding limits that may apply: the safe one.

        None where no day is known, or where a limit without a known day may end before the others. A victim's death
        ends it at once, and so does the last day on which the scheme is open to this person.
        """
        binding = [closing for closing in self.closings if closing.limit.binding]
        days = [closing.on for closing in binding if closing.on is not None]
        first = min([*days, *self._over_on], default=None)
        undated = [closing for closing in binding if closing.on is None and closing.limit.ends_with is None]
        sooner = first is not None and any(c.not_before is None or c.not_before < first for c in undated)
        return None if sooner else first

    @property
    def _over_on(self) -> tuple[date, ...]:
        """The days that end it before its limits do."""
        return tuple(filter(None, (self.covered_until, self.death.on if self.death else None)))

    @property
    def may_close_later(self) -> bool:
        """Whether another binding limit that may apply ends later than ``closes_on``, or on a day that is not known."""
        first = self.closes_on
        binding = (closing for closing in self.closings if closing.limit.binding)
        return first is not None and not self._over_on and any(closing.on != first for closing in binding)

    @property
    def ordinarily_by(self) -> date | None:
        """The day to ask by in the ordinary course, where that comes before the window closes."""
        return min((c.on for c in self.closings if c.on is not None and not c.limit.binding), default=None)

    @property
    def safe_on(self) -> date | None:
        """The last day on which the victim is safe to ask, where the last day of the window belongs to someone else."""
        return min((c.safe_on for c in self.closings if c.safe_on is not None and c.limit.binding), default=None)

    @property
    def until(self) -> str | None:
        """The event still to come that closes the window, in words."""
        return next((c.limit.ends_with.words for c in self.closings if c.limit.ends_with and c.on is None), None)

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps the state or a closing date open, each with its question."""
        unsure = self._applicability.missing
        return tuple(
            load_vocabulary().missing(
                name,
                victim=self.victim,
                event=event_of_window(self),
                decides=[WINDOW_OPEN if name in unsure else WINDOW_END],
            )
            for name in self._missing
        )

    @property
    def _missing(self) -> tuple[str, ...]:
        """The names of what is not known."""
        groups = [self._applicability.missing]
        for closing in self.closings:
            groups += [closing.applies.missing, (closing.missing,) if closing.missing else ()]
        return tuple(dict.fromkeys(name for group in groups for name in group))

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The facts the window and its limits rest on."""
        groups = (self._applicability.used, *(closing.applies.used for closing in self.closings))
        return tuple(dict.fromkeys(name for group in groups for name in group))

    @property
    def taken_up_on(self) -> date | None:
        """The day the victim acted, if that is on record."""
        return None if self.request is None else self.request.on

    @property
    def in_time(self) -> Truth:
        """Whether the victim acted while the window was open; None if they have not, or it cannot be told."""
        if self.request is None:
            return None
        moment = moment_of(self.request, self.scheme)
        if any(civil_date(moment) > last_day for last_day in self._over_on):
            return False
        states = {closing.state_at(moment) for closing in self.closings if closing.limit.binding}
        if len(states) != 1 or WindowState.UNKNOWN in states:
            return None
        return states == {WindowState.OPEN}

    def explain(self) -> Explanation:
        """Why it is open or closed, and until when: a tree of steps, built when it is asked for."""
        return explain_window(self)

    def __str__(self) -> str:
        return self.explain().summary

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> PlainWindow:
        """The window as plain values, as it stands in the JSON result."""
        law = self._setting.law
        return {
            "id": self.id,
            "case": self._setting.record.case.reference,
            "scheme": self.scheme.id,
            "title": self.scheme.title,
            "victim": self.victim,
            "suspect": self.suspect,
            "offence": self.opened.offence,
            "opened_by": None if self.opened_by is None else self.opened_by.event,
            "opened_on": _iso(self.opened_on),
            "ordinarily_by": _iso(self.ordinarily_by),
            "safe_on": _iso(self.safe_on),
            "closes_on": _iso(self.closes_on),
            "may_close_later": self.may_close_later,
            "until": self.until,
            "state": self.state.value,
            "applies": truth_word(self.applies),
            "decided_by": self.scheme.decided_by,
            "needs": self.scheme.needs,
            "taken_up_on": _iso(self.taken_up_on),
            "in_time": truth_word(self.in_time) if self.request else None,
            "limits": [closing.to_dict(law) for closing in self.closings],
            "follow_ups": [follow_up.to_dict() for follow_up in self.follow_ups],
            "evidence": self.scheme.evidence.value,
            "cites": [quote(citation, law) for citation in self.scheme.cites],
            "missing_facts": list(self._missing),
            "used_facts": list(self.used_facts),
            "note": self.scheme.note,
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def windows_of(people: Sequence[Person], setting: Setting) -> tuple[Window, ...]:
    """The windows of every victim that had opened at the date of assessment, in the order of the schemes."""
    of_people = [(person, OwnRecords(victim=person.victim.reference, setting=setting)) for person in people]
    return tuple(
        window
        for scheme in setting.law.schemes.values()
        for person, own in of_people
        for window in _windows(scheme, person, own, setting)
    )


def under_earlier_schemes(setting: Setting) -> Iterator[Fault]:
    """A fault for each request that came before the scheme we know governed requests."""
    for scheme in setting.law.schemes.values():
        first = scheme.applications_since
        if first is None or scheme.taken_up_by is None:
            continue
        for request in setting.record.all_of(scheme.taken_up_by):
            day = civil_date(moment_of(request, scheme))
            if day < first:
                yield faults.REQUEST_UNDER_AN_EARLIER_SCHEME.at(
                    setting.record.case.where_it_happened(request, request.event),
                    day=format_date(day),
                    first=format_date(first),
                    scheme=scheme.title,
                )


def _windows(scheme: Scheme, person: Person, everything: OwnRecords, setting: Setting) -> Iterator[Window]:
    death = setting.record.death_of(person.victim.reference)
    unnamed = 0
    turns: dict[str | None, InOrder] = {}
    for opened, how in _openings(scheme, everything, setting):
        own = everything.on_offence(opened.offence)
        if own.offence not in turns:
            turns[own.offence] = _turns(scheme, own)
        request = _request(scheme, opened, turns[own.offence], own)
        unnamed += opened.event is None
        if not _governs(scheme, opened, request, death, setting):
            continue
        coverage, covered_until = _coverage(scheme, opened, person, setting)
        known = _known(person, opened, how)
        lookup = known.at(opened.on or setting.as_at, opened.suspect)
        conditions = [condition for condition in (how.when, scheme.applies_when) if condition is not None]
        findings = [coverage, *(condition.find(lookup) for condition in conditions)]
        if opened.event is not None:
            findings.append(whose_offence(opened.event, person.victim.reference, setting.record))
        applicability = all_found(findings)
        if applicability.truth is False:
            continue
        closings = closings_of(scheme, opened, lookup, person, own, setting)
        if not closings:
            continue
        over = death is not None or covered_until is not None
        yield Window(
            scheme=scheme,
            victim=person.victim.reference,
            opened=opened,
            closings=closings,
            state=WindowState.CLOSED if over else _state(closings, applicability, setting.as_at),
            coverage=coverage,
            applicability=applicability,
            death=death,
            covered_until=covered_until,
            request=request,
            follow_ups=() if request is None else tuple(_follow_ups(scheme, request, own, setting)),
            setting=setting,
            person=person,
            number=unnamed if opened.event is None else None,
            known=known,
        )


def _known(person: Person, opened: Opened, how: Opening) -> Known:
    """What is known of the victim; of the offence alone that opened the window, or that the decision names."""
    if how.event is None or opened.offence is not None:
        return person.known.of_one(opened.offence, opened.on)
    return person.known


# --- What opens a window, and for whom --------------------------------------------------------------------------


def _openings(scheme: Scheme, own: OwnRecords, setting: Setting) -> Iterator[tuple[Opened, Opening]]:
    first = setting.record.events[0].on if setting.record.events else None
    for opening in scheme.opens:
        if opening.event is None:
            against = setting.record.case.whose.against[own.victim]
            days = {offence.committed_on for offence in against}
            for committed in sorted(days, key=lambda day: day or date.min):
                if committed is None or committed <= setting.as_at:
                    yield Opened(on=committed, no_later_than=first), opening
        elif opening.event == _FROM_THE_OUTSET:
            if first is not None:
                yield Opened(on=first), opening
        elif opening.together:
            yield from ((opened, opening) for opened in _together(own.of(opening.event)))
        else:
            yield from ((Opened(on=event.on, event=event), opening) for event in own.of(opening.event).events)


def _together(events: InOrder) -> Iterator[Opened]:
    """One opening for each suspect, from the first event to the last (reading *last-of-the-sentences*)."""
    for suspect in sorted(events.suspects(None), key=lambda name: name or ""):
        first, last = events.first_of(suspect), events.last_of(suspect)
        perhaps = events.last(None, suspect)
        later = perhaps is not None and perhaps.on > last.on
        yield Opened(
            on=first.on, event=first, last_on=last.on, perhaps_last_on=perhaps.on if perhaps and later else None
        )


def _governs(scheme: Scheme, opened: Opened, request: Event | None, death: Event | None, setting: Setting) -> bool:
    """Whether the scheme was there for what opened the window, for the request, and for a victim who was alive."""
    asked_on = setting.as_at if request is None else civil_date(moment_of(request, scheme))
    if scheme.applications_since is not None and asked_on < scheme.applications_since:
        return False
    after_death = death is not None and opened.on is not None and opened.on > death.on
    return scheme.holds_on(opened.on) and not after_death


def _coverage(scheme: Scheme, opened: Opened, person: Person, setting: Setting) -> tuple[Finding, date | None]:
    """Whether the scheme is open to this person; if it is no longer, the last day on which it was (*who-may-ask*)."""
    if scheme.open_to is OpenTo.ANYONE:
        return _CERTAIN, None
    now = _entitled(person, setting.as_at, setting)
    if now.truth is not False or opened.on is None:
        return now, None
    then = _entitled(person, opened.on, setting)
    return (then, _last_day_entitled(person, opened.on, setting)) if then.truth else (now, None)


def _last_day_entitled(person: Person, since: date, setting: Setting) -> date:
    """The last day on which a person received the Rights who did ``since`` and no longer does, found by halving."""
    until = setting.as_at
    while (until - since).days > 1:
        between = since + (until - since) / 2
        if _entitled(person, between, setting).truth is False:
            until = between
        else:
            since = between
    return since


def _entitled(person: Person, on: date, setting: Setting) -> Finding:
    """Whether a person receives the Rights on a day; on a day that no edition governs no one is left out."""
    info = setting.law.info_on(on)
    edition = None if info is None else setting.law.editions.get(info.id)
    return _CERTAIN if edition is None else person.entitlement(edition, on).entitled


def _state(closings: Sequence[Closing], applicability: Finding, as_at: date) -> WindowState:
    """Open or closed if every limit that may apply says so.

    Where it is not known whether the scheme applies at all, only *closed* can be said: then the victim can no longer
    act whichever way that falls.
    """
    states = {closing.state_on(as_at) for closing in closings if closing.limit.binding}
    if len(states) != 1:
        return WindowState.UNKNOWN
    state = states.pop()
    return WindowState.UNKNOWN if applicability.truth is None and state is WindowState.OPEN else state


# --- What the victim did, and what follows ----------------------------------------------------------------------


def _turns(scheme: Scheme, own: OwnRecords) -> InOrder:
    """The events that open a window each; a request belongs to the one before it."""
    names = [opening.event for opening in scheme.opens if opening.event and not opening.together]
    return InOrder(tuple(sorted((event for name in names for event in own.of(name).events), key=place_of)))


def _request(scheme: Scheme, opened: Opened, turns: InOrder, own: OwnRecords) -> Event | None:
    """The first record that shows that the victim has acted on this window, before a later one about the suspect."""
    if scheme.taken_up_by is None:
        return None
    request = _records(scheme.taken_up_by, scheme, own).first(opened.on, opened.suspect)
    later = None if opened.event is None else turns.first_after(opened.event.on, opened.suspect)
    return None if request is None or (later is not None and request.on >= later.on) else request


def _records(name: str, scheme: Scheme, own: OwnRecords) -> InOrder:
    return own.of(name, scheme.id if "scheme" in load_vocabulary().events[name].about else None)


def _follow_ups(scheme: Scheme, request: Event, own: OwnRecords, setting: Setting) -> Iterator[FollowUp]:
    for service in scheme.services:
        starts_on = request.received_on or request.on
        due_on = due_date(starts_on, service.within, service.unit, setting.calendar)
        done = _records(service.done_by, scheme, own).first(request.on, request.suspect)
        done_on = None if done is None else done.on
        yield FollowUp(
            service=service,
            request=request,
            due_on=due_on,
            done=done,
            status=status_of(Clock(starts_on, due_on), done_on, setting.as_at),
        )
