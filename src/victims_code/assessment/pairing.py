"""Pairing: which record discharges an obligation, which suspends it, and which gives a reason (readings *pairing*,
*wishes*, *good-reasons*).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from victims_code.assessment.people import Person
from victims_code.assessment.record import Record
from victims_code.cases import Event
from victims_code.law import Declinable, Duty, Edition

__all__ = ["discharge_of", "good_reasons_for", "reaches", "suspended_by", "wishes_of"]


def discharge_of(
    duty: Duty,
    edition: Edition,
    trigger: Event,
    began: date,
    victim: str | None,
    record: Record,
    spokespersons: Sequence[Person],
) -> Event | None:
    """The earliest record on or after the day the duty began that fulfils it for this victim, if there is one.

    It counts whichever edition was in force when it was made.
    """
    act = duty.discharged_by
    if act is None or act.event is None:
        return None
    for event in record.all_of(act.event, act.about):
        if (
            event.on >= began
            and (_concerns(event, victim) or reaches(event, victim, edition, spokespersons))
            and _matches(event, trigger, act.match)
        ):
            return event
    return None


def reaches(event: Event, victim: str | None, edition: Edition, spokespersons: Sequence[Person]) -> bool:
    """Whether an event that concerns somebody else reaches the victim through them (reading *told-through-another*)."""
    return any(
        event.victim == person.victim.reference
        and victim in person.victim.speaks_for
        and person.entitlement(edition, event.on).entitled.truth is not False
        for person in spokespersons
    )


def suspended_by(duty: Duty, on: date, victim: str | None, record: Record) -> Event | None:
    """The wish that suspends a duty triggered on a day: a refusal on or before it that has not been taken back."""
    if duty.declinable is None or not record.has_wishes:
        return None
    refusals, returns = _wishes(duty, record)
    refused = _last(refusals, on, victim)
    taken_back = _last(returns, on, victim)
    return refused if refused is not None and (taken_back is None or taken_back.on < refused.on) else None


def wishes_of(duty: Duty, victim: str | None, record: Record) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The victim's refusals of a duty and the records that take them back, each in order; none if it is owed always."""
    if duty.declinable is None:
        return (), ()
    refusals, returns = _wishes(duty, record)
    return (
        tuple(event for event in refusals if _concerns(event, victim)),
        tuple(event for event in returns if _concerns(event, victim)),
    )


def _wishes(duty: Duty, record: Record) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    if duty.declinable is Declinable.UPDATES:
        return record.all_of("updates-declined"), record.all_of("updates-resumed")
    return record.all_of("service-declined", duty.id), record.all_of("service-resumed", duty.id)


def good_reasons_for(duty: Duty, trigger: Event, began: date, victim: str | None, record: Record) -> tuple[Event, ...]:
    """The good reasons recorded for not acting on a duty for this victim, in the order they were given."""
    reasons = record.all_of("good-reason", duty.id)
    return reasons and tuple(
        event
        for event in reasons
        if event.on >= began and _concerns(event, victim) and _matches(event, trigger, ("suspect", "hearing"))
    )


def _last(events: tuple[Event, ...], on: date, victim: str | None) -> Event | None:
    return next((event for event in reversed(events) if event.on <= on and _concerns(event, victim)), None)


def _concerns(event: Event, victim: str | None) -> bool:
    return victim is None or event.victim is None or event.victim == victim


def _matches(event: Event, trigger: Event, references: tuple[str, ...]) -> bool:
    for name in references:
        one, other = getattr(event, name), getattr(trigger, name)
        if one is not None and other is not None and one != other:
            return False
    return True
