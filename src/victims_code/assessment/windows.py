"""Windows: what the victim may still do under schemes beyond the Code, until when, and what follows once they ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.clock import Reckoning, end_of
from victims_code.assessment.closing import Closing, closings_of
from victims_code.assessment.explanation import Explanation, quote
from victims_code.assessment.obligations import Setting
from victims_code.assessment.people import Person
from victims_code.assessment.plain import PlainFollowUp, PlainWindow
from victims_code.assessment.status import Status, WindowState, status_of
from victims_code.cases import Event
from victims_code.conditions import Finding, Lookup, Truth, truth_word
from victims_code.law import Opening, Scheme, SchemeService
from victims_code.vocabulary import vocabulary

__all__ = ["FollowUp", "Window", "WindowState", "windows_of"]

_CERTAIN = Finding(True)
_FROM_THE_OUTSET = "any"


@frozen(kw_only=True)
class FollowUp:
    """What the deciding body owes once the victim has asked: by when, and whether it was done."""

    service: SchemeService
    request: Event = field(repr=False)
    due_on: date
    done: Event | None = field(repr=False)
    status: Status

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

    ``opened_on`` is None where the offence opens it and its day is not known. ``applicability`` says whether the
    scheme covers this victim and decision, with the facts used and missing.

    >>> import victims_code as vc
    >>> victim = vc.Victim(reference="V1", born=date(1990, 3, 2), facts={"injured-by-violent-crime": True})
    >>> case = vc.Case(reference="A1", victims=[victim], offence=vc.Offence(committed_on=date(2026, 3, 31)))
    >>> result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))
    >>> [(w.closes_on, w.state.value) for w in result.windows if w.scheme.id == "criminal-injuries-compensation"]
    [(datetime.date(2028, 3, 31), 'open')]
    """

    scheme: Scheme
    victim: str
    opened_on: date | None
    opened_by: Event | None = field(repr=False)
    closings: tuple[Closing, ...]
    state: WindowState
    applicability: Finding = field(repr=False)
    request: Event | None = field(repr=False)
    follow_ups: tuple[FollowUp, ...]
    setting: Setting = field(repr=False, eq=False)
    person: Person = field(repr=False, eq=False)

    @property
    def suspect(self) -> str | None:
        """The suspect whom the decision or sentence concerns, if it names one."""
        return None if self.opened_by is None else self.opened_by.suspect

    @property
    def applies(self) -> Truth:
        """Whether the scheme applies: True, or None where facts are missing."""
        return self.applicability.truth

    @property
    def closes_on(self) -> date | None:
        """The earliest last day of all binding limits that may apply: the safe one.

        None where no day is known, or where a limit without a known day may end before the others.
        """
        binding = [closing for closing in self.closings if closing.limit.binding]
        first = min((closing.on for closing in binding if closing.on is not None), default=None)
        undated = [closing for closing in binding if closing.on is None and closing.limit.until_age is None]
        sooner = first is not None and any(c.not_before is None or c.not_before < first for c in undated)
        return None if sooner else first

    @property
    def ordinarily_by(self) -> date | None:
        """The day to ask by in the ordinary course, where that comes before the window closes."""
        return min((c.on for c in self.closings if c.on is not None and not c.limit.binding), default=None)

    @property
    def until(self) -> str | None:
        """The event still to come that closes the window, in words."""
        return next((c.limit.ends_with.words for c in self.closings if c.limit.ends_with and c.on is None), None)

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """What is not known and keeps the state or a closing date open."""
        groups = [self.applicability.missing]
        for closing in self.closings:
            groups += [closing.applies.missing, (closing.missing,) if closing.missing else ()]
        return tuple(dict.fromkeys(name for group in groups for name in group))

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The facts the window and its limits rest on."""
        groups = (self.applicability.used, *(closing.applies.used for closing in self.closings))
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
        states = {c.state_on(self.request.on) for c in self.closings if c.limit.binding}
        if len(states) != 1 or WindowState.UNKNOWN in states:
            return None
        return states == {WindowState.OPEN}

    def explain(self) -> Explanation:
        """Why it is open or closed, and until when: a tree of steps, built when it is asked for."""
        from victims_code.assessment.explaining_windows import explain_window

        return explain_window(self)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> PlainWindow:
        """The window as plain values, as it stands in the JSON result."""
        law = self.setting.law
        return {
            "scheme": self.scheme.id,
            "title": self.scheme.title,
            "victim": self.victim,
            "suspect": self.suspect,
            "opened_by": None if self.opened_by is None else self.opened_by.event,
            "opened_on": _iso(self.opened_on),
            "ordinarily_by": _iso(self.ordinarily_by),
            "closes_on": _iso(self.closes_on),
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
            "missing_facts": list(self.missing_facts),
            "used_facts": list(self.used_facts),
            "note": self.scheme.note,
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def windows_of(people: Sequence[Person], setting: Setting) -> tuple[Window, ...]:
    """The windows of every victim that had opened at the date of assessment, in the order of the schemes."""
    return tuple(
        window
        for scheme in setting.law.schemes.values()
        for person in people
        for window in _windows(scheme, person, setting)
    )


def _windows(scheme: Scheme, person: Person, setting: Setting) -> Iterator[Window]:
    openings = list(_openings(scheme, person, setting))
    death = setting.record.death_of(person.victim.reference)
    for opened_on, opened_by, how in openings:
        if not scheme.is_law_on(opened_on) or (death is not None and opened_on is not None and opened_on > death.on):
            continue
        lookup = person.known.at(opened_on or setting.as_at, None if opened_by is None else opened_by.suspect)
        applicability = _applicability(scheme, how, lookup)
        if applicability.truth is False:
            continue
        closings = closings_of(scheme, opened_on, opened_by, lookup, person, setting)
        if not closings:
            continue
        request = _request(scheme, person, setting, opened_on, opened_by, [event for _, event, _ in openings])
        yield Window(
            scheme=scheme,
            victim=person.victim.reference,
            opened_on=opened_on,
            opened_by=opened_by,
            closings=closings,
            state=_state(closings, applicability, setting.as_at),
            applicability=applicability,
            request=request,
            follow_ups=() if request is None else tuple(_follow_ups(scheme, request, person, setting)),
            setting=setting,
            person=person,
        )


def _openings(scheme: Scheme, person: Person, setting: Setting) -> Iterator[tuple[date | None, Event | None, Opening]]:
    for opening in scheme.opens:
        if opening.event is None:
            committed = setting.record.case.offence.committed_on
            if committed is None or committed <= setting.as_at:
                yield committed, None, opening
        elif opening.event == _FROM_THE_OUTSET:
            if setting.record.events:
                yield setting.record.events[0].on, None, opening
        else:
            for event in setting.record.all_of(opening.event):
                if event.victim in (None, person.victim.reference):
                    yield event.on, event, opening


def _applicability(scheme: Scheme, opening: Opening, lookup: Lookup) -> Finding:
    """Whether the scheme covers this victim and what opened the window."""
    conditions = [condition for condition in (opening.when, scheme.applies_when) if condition is not None]
    if not conditions:
        return _CERTAIN
    findings = [condition.find(lookup) for condition in conditions]
    if len(findings) == 1:
        return findings[0]
    refused = next((finding for finding in findings if finding.truth is False), None)
    if refused is not None:
        return refused
    truth = None if any(finding.truth is None for finding in findings) else True
    used = tuple(dict.fromkeys(name for finding in findings for name in finding.used))
    return Finding(truth, used, tuple(dict.fromkeys(name for finding in findings for name in finding.missing)))


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


def _replaces(other: Event, opened_by: Event | None) -> bool:
    """Whether another opening is a later one about the same suspect, so that later requests are about that one."""
    return opened_by is not None and other.on > opened_by.on and other.suspect == opened_by.suspect


def _request(
    scheme: Scheme,
    person: Person,
    setting: Setting,
    opened_on: date | None,
    opened_by: Event | None,
    openings: Sequence[Event | None],
) -> Event | None:
    """The first record that shows that the victim has acted on this window, before a later one about the suspect."""
    if scheme.taken_up_by is None:
        return None
    suspect = None if opened_by is None else opened_by.suspect
    for event in _records(scheme.taken_up_by, scheme, person, setting):
        if opened_on is not None and event.on < opened_on:
            continue
        later = [other.on for other in openings if other is not None and _replaces(other, opened_by)]
        before = min(later, default=None)
        if (before is None or event.on < before) and (suspect is None or event.suspect in (None, suspect)):
            return event
    return None


def _records(name: str, scheme: Scheme, person: Person, setting: Setting) -> Iterator[Event]:
    about = scheme.id if "scheme" in vocabulary().events[name].about else None
    for event in setting.record.all_of(name, about):
        if event.victim in (None, person.victim.reference):
            yield event


def _follow_ups(scheme: Scheme, request: Event, person: Person, setting: Setting) -> Iterator[FollowUp]:
    for service in scheme.services:
        starts_on = request.received_on or request.on
        due_on = end_of(service.within, service.unit, starts_on, setting.calendar)
        done = next(
            (
                event
                for event in _records(service.done_by, scheme, person, setting)
                if event.on >= request.on and (request.suspect is None or event.suspect in (None, request.suspect))
            ),
            None,
        )
        done_on = None if done is None else done.on
        yield FollowUp(
            service=service,
            request=request,
            due_on=due_on,
            done=done,
            status=status_of(Reckoning(starts_on, due_on), done_on, setting.as_at),
        )
