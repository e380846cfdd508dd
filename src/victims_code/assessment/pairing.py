"""Pairing: which record discharges an obligation, which suspends it, and which gives a reason (readings *pairing*,
*wishes*, *good-reasons*).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from victims_code.law import Declinable, Duty, Edition

if TYPE_CHECKING:
    from victims_code.assessment.eligibility import Person
    from victims_code.assessment.record import Record
    from victims_code.cases import Event


def discharge_of(
    duty: Duty,
    edition: Edition,
    trigger: Event,
    began: date,
    victim: str | None,
    record: Record,
    spokespersons: Mapping[str, Sequence[Person]],
) -> Event | None:
    """The earliest record on or after the day the duty began that fulfils it for this victim, if there is one.

    It counts whichever edition was in force when it was made.
    """
    act = duty.discharged_by
    if act is None or act.event is None:
        return None
    wanted: dict[str, tuple[str | None, ...]] = {
        name: (None, reference) for name in act.match if (reference := getattr(trigger, name)) is not None
    }
    if victim is not None:
        wanted["victim"] = None, victim, *(person.victim.reference for person in spokespersons.get(victim, ()))
    found: tuple[int, Event] | None = None
    for run in record.among(act.event, act.about, wanted):
        for place, event in run[bisect_left(run, began, key=lambda placed: placed[1].on) :]:
            if found is not None and found[0] < place:
                break
            if event.agrees(trigger, "offence", *act.match) and (
                counts_for(event, trigger, victim, record) or reaches(event, victim, edition, spokespersons)
            ):
                found = place, event
                break
    return None if found is None else found[1]


def counts_for(event: Event, trigger: Event, victim: str | None, record: Record) -> bool:
    """Whether a record concerns the victim; one that only may do so counts for the offence it names, and no other."""
    if not record.concerns(event, victim):
        return False
    return victim is None or event.offence == trigger.offence or record.case.certainly_concerns(event, victim)


def reaches(event: Event, victim: str | None, edition: Edition, spokespersons: Mapping[str, Sequence[Person]]) -> bool:
    """Whether an event that concerns someone else reaches the victim through them (reading *told-through-another*).

    :param spokespersons: who speaks for each victim.
    """
    return any(
        event.victim == person.victim.reference and person.hears_for(victim or "", edition, event.on)
        for person in spokespersons.get(victim or "", ())
    )


def wish_on(duty: Duty, day: date, victim: str | None, record: Record) -> Event | None:
    """The wish that holds on a day against a duty to a victim: a refusal on or before it, not taken back by then.

    A duty to the victim can be declined by its name, and one that updates the victim together with all updates.
    """
    if not record.has_wishes or victim is None or duty.owed_to != "victim":
        return None
    for what in _declined_with(duty):
        if (refused := _refusal(*what, day, victim, record)) is not None:
            return refused
    return None


def _declined_with(duty: Duty) -> Iterator[tuple[str, str | None]]:
    """What a victim can decline to decline this duty: all updates, or the duty by its name."""
    if duty.declinable is Declinable.UPDATES:
        yield "updates", None
    yield "service", duty.id


def _refusal(what: str, about: str | None, day: date, victim: str, record: Record) -> Event | None:
    refused = _last(record.all_of(f"{what}-declined", about), day, victim, record)
    taken_back = _last(record.all_of(f"{what}-resumed", about), day, victim, record)
    return refused if refused is not None and (taken_back is None or taken_back.on < refused.on) else None


def wishes_of(duty: Duty, victim: str | None, record: Record) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The victim's refusals of a duty and the records that take them back, each in order."""
    if victim is None or duty.owed_to != "victim":
        return (), ()
    refusals, returns = (
        [
            event
            for what, about in _declined_with(duty)
            for event in record.all_of(f"{what}-{how}", about)
            if record.concerns(event, victim)
        ]
        for how in ("declined", "resumed")
    )
    return tuple(sorted(refusals, key=_day)), tuple(sorted(returns, key=_day))


def _day(event: Event) -> date:
    return event.on


def good_reasons_for(duty: Duty, trigger: Event, began: date, victim: str | None, record: Record) -> tuple[Event, ...]:
    """The good reasons recorded for not acting on a duty for this victim, in the order they were given."""
    reasons = record.all_of("good-reason", duty.id)
    return reasons and tuple(
        event
        for event in reasons
        if event.on >= began
        and record.concerns(event, victim)
        and event.agrees(trigger, "offence", "suspect", "hearing")
    )


def _last(events: tuple[Event, ...], on: date, victim: str | None, record: Record) -> Event | None:
    return next(
        (event for event in reversed(events) if event.on <= on and record.case.certainly_concerns(event, victim)), None
    )
