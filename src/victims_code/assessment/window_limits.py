"""When a window closes: one limit of a scheme applied to one victim and one opening."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from attrs import frozen

from victims_code.assessment.eligibility import Person
from victims_code.assessment.explanations.steps import quote
from victims_code.assessment.obligations import Setting
from victims_code.assessment.own_records import InOrder, OwnRecords
from victims_code.assessment.record import place_of
from victims_code.assessment.status import WindowState
from victims_code.cases import Event
from victims_code.conditions import AllOf, Condition, Finding, Leaf, Lookup, truth_word
from victims_code.dates import Moment, add_years, birthday, civil_date, in_london
from victims_code.law import CountedFrom, Ending, InTimeWhen, Law, Scheme, SchemeLimit, Shift
from victims_code.law.deadlines import due_date
from victims_code.plain import PlainLimit
from victims_code.printable import one_line_repr
from victims_code.vocabulary import RECEIVED, Derived, load_vocabulary

_CERTAIN = Finding(True)
_BORN, _COMMITTED, _TOLD, _SUSPECT = "born", "committed_on", "victim-informed", "suspect"
"""How a missing date, or the suspect of an event, is listed among the missing facts."""


@frozen(kw_only=True)
class Opened:
    """What opened a window: the day, the event if there is one, and for events that open it together the last day.

    ``perhaps_last_on`` is the day of a later event of which it is not known whether it belongs to them.
    ``no_later_than`` bounds a day that is not on record.
    """

    on: date | None
    event: Event | None = None
    last_on: date | None = None
    perhaps_last_on: date | None = None
    no_later_than: date | None = None

    @property
    def suspect(self) -> str | None:
        """The suspect whom the opening concerns, if it names one."""
        return None if self.event is None else self.event.suspect

    @property
    def offence(self) -> str | None:
        """The offence of a case with several that the opening names, if it names one."""
        return None if self.event is None else self.event.offence


@frozen(kw_only=True)
class Closing:
    """One limit applied to a window.

    ``starts_on`` is the day counted from, ``on`` the last day, and ``safe_on`` the last day on which the victim is safe
    to ask, where the last day belongs to someone else. Where the day counted from is not on record, ``on`` is None,
    ``missing`` says what is not known, and ``not_before`` or ``not_after`` is the earliest or latest day on which the
    window can close. All of them are None where the rule has no number, or waits for an event to come.
    ``ended_by`` is the event that closed it, or may have.
    """

    limit: SchemeLimit
    applies: Finding
    starts_on: date | None = None
    on: date | None = None
    safe_on: date | None = None
    not_before: date | None = None
    not_after: date | None = None
    missing: str | None = None
    ended_by: Event | None = None
    from_birth: bool = False
    """Whether the days are worked out from the date of birth, so that it can be told from them."""

    __repr__ = one_line_repr("{0.limit.id}: applies {0.applies.truth}")  # a birthday may be told from its dates

    def state_on(self, day: date) -> WindowState:
        """Open, closed or unknown on a day, if this limit applies."""
        if self.limit.ends_with is not None and self.missing is None:
            return WindowState.OPEN if self.on is None or day < self.on else WindowState.CLOSED
        if self.on is not None:
            return WindowState.OPEN if day <= self.on else WindowState.CLOSED
        if self.not_before is not None and self.limit.ends_with is not None:
            return WindowState.OPEN if day < self.not_before else WindowState.UNKNOWN
        if self.not_before is not None and day <= self.not_before:
            return WindowState.OPEN
        if self.not_after is not None and day > self.not_after:
            return WindowState.CLOSED
        return WindowState.UNKNOWN

    def state_at(self, moment: Moment) -> WindowState:
        """Open, closed or unknown for something done at a moment (*hour-of-a-request*, *on-the-day-that-ends-it*)."""
        day, hour = civil_date(moment), self.limit.until_hour
        if self.limit.ends_with is not None and day in (self.on, self.not_before):
            return WindowState.OPEN
        if day != self.on:
            return self.state_on(day)
        if hour is None:
            return WindowState.OPEN
        if not isinstance(moment, datetime):
            return WindowState.UNKNOWN
        return WindowState.OPEN if in_london(moment).time() <= hour else WindowState.CLOSED

    def to_dict(self, law: Law) -> PlainLimit:
        """The limit as plain values, as it stands in the JSON result."""
        return {
            "id": self.limit.id,
            "title": self.limit.title,
            "binding": self.limit.binding,
            "applies": truth_word(self.applies.truth),
            "counted_from": _iso(self.starts_on),
            "closes_on": _iso(self.on),
            "safe_on": _iso(self.safe_on),
            "belongs_to": self.limit.belongs_to,
            "from_birth": self.from_birth,
            "until_hour": None if self.limit.until_hour is None else f"{self.limit.until_hour:%H:%M}",
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
    scheme: Scheme, opened: Opened, lookup: Lookup, person: Person, own: OwnRecords, setting: Setting
) -> tuple[Closing, ...]:
    """Every limit that was law when the window opened and may apply to this victim."""
    closings: list[Closing] = []
    for limit in scheme.limits:
        if limit.holds_on(_starts_as(limit, opened)):
            applies = _CERTAIN if limit.applies_when is None else limit.applies_when.find(lookup)
            if applies.truth is not False:
                closings.append(_closing(limit, applies, opened, person, own, setting))
    return tuple(closings)


def _starts_as(limit: SchemeLimit, opened: Opened) -> date | None:
    """The day that decides whether a limit is law: that of the opening, or of the last where they count together."""
    return opened.last_on if limit.counted_from is CountedFrom.LAST_OPENING else opened.on


def _closing(
    limit: SchemeLimit, applies: Finding, opened: Opened, person: Person, own: OwnRecords, setting: Setting
) -> Closing:
    if limit.ends_with is not None:
        return _ending(limit, limit.ends_with, applies, opened, person, own, setting)
    if limit.until_age is not None:
        return _birthday(limit, applies, opened, person)
    if limit.within is None:
        return Closing(limit=limit, applies=applies)
    starts_on, missing = _start(limit, opened, own)
    perhaps = opened.perhaps_last_on if limit.counted_from is CountedFrom.LAST_OPENING else None
    if starts_on is not None and perhaps is not None:
        return Closing(
            limit=limit,
            applies=applies,
            not_before=_end(limit, starts_on, setting),
            not_after=_end(limit, perhaps, setting),
            missing=_SUSPECT,
        )
    if starts_on is not None:
        end, safe = _end(limit, starts_on, setting), _safe_day(limit, starts_on, setting)
        return Closing(limit=limit, applies=applies, starts_on=starts_on, on=end, safe_on=safe)
    earliest, latest = _bounds(limit, opened, person)
    return Closing(
        limit=limit,
        applies=applies,
        not_before=None if earliest is None else _end(limit, earliest, setting),
        not_after=None if latest is None else _end(limit, latest, setting),
        missing=missing,
        from_birth=earliest is not None and earliest != opened.on,
    )


def _bounds(limit: SchemeLimit, opened: Opened, person: Person) -> tuple[date | None, date | None]:
    """The earliest and the latest day a limit can be counted from if that day is not on record."""
    if limit.counted_from is CountedFrom.OPENING:
        return None, opened.no_later_than
    if limit.comes_first:
        return None, opened.on
    return _earliest_start(limit, opened, person), None


def _birthday(limit: SchemeLimit, applies: Finding, opened: Opened, person: Person) -> Closing:
    """A limit that ends on a birthday; without a date of birth it cannot be before that of the oldest it applies to."""
    age, born = limit.until_age or 0, person.victim.born
    if born is not None:
        last = birthday(born, age)  # pages say "until" it and "before" it: the day before is safe under both
        return Closing(limit=limit, applies=applies, on=last, safe_on=last - timedelta(days=1), from_birth=True)
    below = _age_asked(limit.applies_when, Derived.AGE_AT_OFFENCE, is_younger=True)
    known = below is not None and opened.on is not None
    not_before = add_years(opened.on, age - below) if known else None  # type: ignore[arg-type,operator]
    return Closing(limit=limit, applies=applies, not_before=not_before, missing=_BORN)


def _start(limit: SchemeLimit, opened: Opened, own: OwnRecords) -> tuple[date | None, str]:
    """The day a limit is counted from, and what is missing if that is not on record."""
    if limit.counted_from is CountedFrom.OPENING:
        return opened.on, _COMMITTED
    if limit.counted_from is CountedFrom.LAST_OPENING:
        return opened.last_on, _COMMITTED
    if limit.counted_from is CountedFrom.RECEIVED:
        return (None if opened.event is None else opened.event.received_on), RECEIVED
    if limit.counted_from is CountedFrom.TOLD:
        event = opened.event
        told = event and own.heard(_TOLD, event.event).first(opened.on, event.suspect, event.hearing)
        return (None if told is None else told.on), _TOLD
    name = limit.event or ""
    first = own.of(name).first(None, None)
    too_late = first is not None and limit.comes_first and opened.on is not None and first.on > opened.on
    return (None if first is None or too_late else first.on), name


def _earliest_start(limit: SchemeLimit, opened: Opened, person: Person) -> date | None:
    """The day of the opening.

    Where the limit is only for those who were of age at the event it counts from, that is their birthday.
    """
    age = _age_asked(limit.applies_when, Derived.AGE_AT_EVENT, is_younger=False)
    born = person.victim.born
    if age is None or born is None:
        return opened.on
    of_age = birthday(born, age)
    return of_age if opened.on is None else max(opened.on, of_age)


def _age_asked(condition: Condition | None, derived: Derived, *, is_younger: bool) -> int | None:
    """The age of which a condition asks that someone was younger, or was not, if it asks that in every case."""
    if isinstance(condition, AllOf):
        ages = (_age_asked(part, derived, is_younger=is_younger) for part in condition.parts)
        return next((age for age in ages if age is not None), None)
    if not isinstance(condition, Leaf) or condition.test != "is" or condition.value is not is_younger:
        return None
    fact = load_vocabulary().facts[condition.fact]
    return fact.below if fact.derived is derived else None


def _end(limit: SchemeLimit, starts_on: date, setting: Setting) -> date:
    return _shifted(due_date(starts_on, limit.within or 0, limit.unit, setting.calendar), limit.shift, setting)


def _safe_day(limit: SchemeLimit, starts_on: date, setting: Setting) -> date | None:
    """The last working day on which the victim is safe to ask (reading *parole-safe-day*)."""
    if limit.safe_within is None:
        return None
    return _shifted(due_date(starts_on, limit.safe_within, limit.unit, setting.calendar), Shift.BACK, setting)


def _shifted(day: date, shift: Shift | None, setting: Setting) -> date:
    """The day, or the working day before or after it, as far as the calendar reaches."""
    if shift is not None and setting.calendar.covers(day):
        while not setting.calendar.is_working_day(day):
            day += timedelta(days=1 if shift is Shift.FORWARD else -1)
    return day


def _ending(
    limit: SchemeLimit,
    ending: Ending,
    applies: Finding,
    opened: Opened,
    person: Person,
    own: OwnRecords,
    setting: Setting,
) -> Closing:
    """A limit that ends with an event; it has no day while that is still to come."""
    endings = own.of(ending.event)
    if (last := _last_for_all(ending, endings, opened, own)) is not None:
        return Closing(limit=limit, applies=applies, on=last.on, ended_by=last)
    stops = () if ending.called_off_by is None else own.of(ending.called_off_by).events
    if not stops or ending.called_off_when is None:
        return Closing(limit=limit, applies=applies)
    either = InOrder(tuple(sorted((*endings.events, *stops), key=place_of)))
    stopped = ending.called_off_when.find(person.known.on(stops[-1].on))
    last = either.last(opened.on, opened.suspect)
    if last is None or stopped.truth is False or _begun_again(ending, last, own):
        return Closing(limit=limit, applies=applies)
    if stopped.truth:
        return Closing(limit=limit, applies=applies, on=last.on, ended_by=last)
    if _last_for_all(ending, either, opened, own) is None:
        return Closing(limit=limit, applies=applies)
    return Closing(limit=limit, applies=applies, not_before=last.on, missing=stopped.missing[0], ended_by=last)


def _begun_again(ending: Ending, last: Event, own: OwnRecords) -> bool:
    """Whether a suspect was brought in after the last ending."""
    return ending.for_each is not None and own.of(ending.for_each).last(last.on + timedelta(days=1), None) is not None


def _last_for_all(ending: Ending, endings: InOrder, opened: Opened, own: OwnRecords) -> Event | None:
    """The last ending, if it has come for every suspect and every offence."""
    last = endings.last(opened.on, opened.suspect)
    if last is None:
        return None
    if opened.suspect is None and ending.for_each is not None:
        met = endings.suspects(opened.on)
        if None not in met and own.of(ending.for_each).suspects(None) - {None} - met:
            return None
    return None if _has_offence_to_come(ending, last.on, own) else last


def _has_offence_to_come(ending: Ending, day: date, own: OwnRecords) -> bool:
    """Whether one of several offences against the victim was still to be dealt with on the day of the last ending."""
    against = {offence.reference for offence in own.setting.record.case.whose.against[own.victim]}
    if len(against) < 2 or own.offence is not None:
        return False
    done = [event.offence for name in ending.offence_over_by for event in own.of(name).events if event.on <= day]
    return bool(ending.offence_over_by) and None not in done and not against <= set(done)


def moment_of(request: Event, scheme: Scheme) -> Moment:
    """The moment of a request that decides whether it is in time (reading *request-in-time-when-received*)."""
    if scheme.in_time_when is InTimeWhen.RECEIVED and request.received is not None:
        return request.received
    return request.at
