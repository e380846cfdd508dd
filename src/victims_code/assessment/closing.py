"""When a window closes: one limit of a scheme applied to one victim and one opening."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from victims_code.assessment.clock import end_of
from victims_code.assessment.explanation import quote
from victims_code.assessment.obligations import Setting
from victims_code.assessment.pairing import reaches
from victims_code.assessment.people import Person
from victims_code.assessment.plain import PlainLimit
from victims_code.assessment.status import WindowState
from victims_code.cases import Event
from victims_code.conditions import Finding, Lookup
from victims_code.dates import add_years
from victims_code.law import CountedFrom, Law, Scheme, SchemeLimit
from victims_code.vocabulary import RECEIVED

__all__ = ["Closing", "WindowState", "closings_of"]

_CERTAIN = Finding(True)
_BORN, _COMMITTED, _TOLD = "born", "committed_on", "victim-informed"
"""How a missing date is listed among the missing facts."""


@frozen(kw_only=True)
class Closing:
    """One limit applied to a window.

    ``starts_on`` is the day counted from and ``on`` the last day. Where the day counted from is not on record, ``on``
    is None, ``missing`` says what is not known, and ``not_before`` or ``not_after`` is the earliest or latest day on
    which the window can close. All of them are None where the rule has no number, or waits for an event to come.
    """

    limit: SchemeLimit
    applies: Finding = field(repr=False)
    starts_on: date | None = None
    on: date | None = field(default=None, repr=False)  # a birthday may be told from it
    not_before: date | None = None
    not_after: date | None = None
    missing: str | None = None

    def state_on(self, day: date) -> WindowState:
        """Open, closed or unknown on a day, if this limit applies."""
        if self.limit.ends_with is not None:
            return WindowState.OPEN if self.on is None or day < self.on else WindowState.CLOSED
        if self.on is not None:
            return WindowState.OPEN if day <= self.on else WindowState.CLOSED
        if self.not_before is not None and day <= self.not_before:
            return WindowState.OPEN
        if self.not_after is not None and day > self.not_after:
            return WindowState.CLOSED
        return WindowState.UNKNOWN

    def to_dict(self, law: Law) -> PlainLimit:
        """The limit as plain values, as it stands in the JSON result."""
        return {
            "id": self.limit.id,
            "title": self.limit.title,
            "binding": self.limit.binding,
            "counted_from": _iso(self.starts_on),
            "closes_on": _iso(self.on),
            "not_before": _iso(self.not_before),
            "not_after": _iso(self.not_after),
            "law_since": _iso(self.limit.since),
            "law_until": _iso(self.limit.until),
            "evidence": self.limit.evidence.value,
            "cites": [quote(citation, law) for citation in self.limit.cites],
            "note": self.limit.note,
        }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def closings_of(
    scheme: Scheme, opened_on: date | None, opened_by: Event | None, lookup: Lookup, person: Person, setting: Setting
) -> tuple[Closing, ...]:
    """Every limit that was law when the window opened and may apply to this victim."""
    closings: list[Closing] = []
    for limit in scheme.limits:
        if limit.is_law_on(opened_on):
            applies = _CERTAIN if limit.applies_when is None else limit.applies_when.find(lookup)
            if applies.truth is not False:
                closings.append(_closing(limit, applies, opened_on, opened_by, person, setting))
    return tuple(closings)


def _closing(
    limit: SchemeLimit,
    applies: Finding,
    opened_on: date | None,
    opened_by: Event | None,
    person: Person,
    setting: Setting,
) -> Closing:
    if limit.ends_with is not None:
        return Closing(limit=limit, applies=applies, on=_ending(limit, opened_on, opened_by, person, setting))
    if limit.until_age is not None:
        born = person.victim.born
        if born is None:
            return Closing(limit=limit, applies=applies, missing=_BORN)
        return Closing(limit=limit, applies=applies, on=add_years(born, limit.until_age))
    if limit.within is None:
        return Closing(limit=limit, applies=applies)
    starts_on, missing = _start(limit, opened_on, opened_by, person, setting)
    if starts_on is not None:
        return Closing(limit=limit, applies=applies, starts_on=starts_on, on=_end(limit, starts_on, setting))
    if opened_on is None:
        return Closing(limit=limit, applies=applies, missing=missing)
    bound = _end(limit, opened_on, setting)
    if limit.comes_first:
        return Closing(limit=limit, applies=applies, not_after=bound, missing=missing)
    return Closing(limit=limit, applies=applies, not_before=bound, missing=missing)


def _start(
    limit: SchemeLimit, opened_on: date | None, opened_by: Event | None, person: Person, setting: Setting
) -> tuple[date | None, str]:
    """The day a limit is counted from, and what is missing if that is not on record."""
    if limit.counted_from is CountedFrom.OPENING:
        return opened_on, _COMMITTED
    if limit.counted_from is CountedFrom.RECEIVED:
        return (None if opened_by is None else opened_by.received_on), RECEIVED
    if limit.counted_from is CountedFrom.TOLD:
        return _told(opened_by, person, setting), _TOLD
    name = limit.event or ""
    found = (event for event in setting.record.all_of(name) if event.victim in (None, person.victim.reference))
    if limit.comes_first:
        found = (event for event in found if opened_on is None or event.on <= opened_on)
    return next((event.on for event in found), None), name


def _told(opened_by: Event | None, person: Person, setting: Setting) -> date | None:
    """The day the victim was first told of what opened the window."""
    if opened_by is None:
        return None
    reference = person.victim.reference
    for event in setting.record.all_of(_TOLD, opened_by.event):
        same = opened_by.suspect is None or event.suspect in (None, opened_by.suspect)
        heard = event.victim in (None, reference) or _heard_through_another(event, reference, setting)
        if event.on >= opened_by.on and same and heard:
            return event.on
    return None


def _heard_through_another(event: Event, reference: str, setting: Setting) -> bool:
    """Whether the victim was told through somebody who speaks for them, under the edition of that day."""
    imprint = setting.law.imprint_on(event.on)
    edition = None if imprint is None else setting.law.editions.get(imprint.id)
    return edition is not None and reaches(event, reference, edition, setting.spokespersons)


def _end(limit: SchemeLimit, starts_on: date, setting: Setting) -> date:
    end = end_of(limit.within or 0, limit.unit, starts_on, setting.calendar)
    if limit.last_working_day and setting.calendar.covers(end):
        while not setting.calendar.is_working_day(end):
            end -= timedelta(days=1)
    return end


def _ending(
    limit: SchemeLimit, opened_on: date | None, opened_by: Event | None, person: Person, setting: Setting
) -> date | None:
    """The day the window closed with the event it waits for; None while it is still to come."""
    ending = limit.ends_with
    if ending is None:
        return None
    suspect = None if opened_by is None else opened_by.suspect
    come = [
        event
        for event in setting.record.all_of(ending.event)
        if (opened_on is None or event.on >= opened_on)
        and event.victim in (None, person.victim.reference)
        and (suspect is None or event.suspect in (None, suspect))
    ]
    if not come:
        return None
    if suspect is None and ending.for_each is not None:
        awaited = {event.suspect for event in setting.record.all_of(ending.for_each)} - {None}
        met = {event.suspect for event in come}
        if None not in met and awaited - met:
            return None
    return come[-1].on
