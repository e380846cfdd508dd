"""The periods of a duty that recurs, such as the monthly updates of the Code of 2006 (reading *monthly-updates*)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from victims_code.assessment.clock import due_date
from victims_code.assessment.pairing import counts_for
from victims_code.assessment.record import Record
from victims_code.cases import Event
from victims_code.law import Edition, Every
from victims_code.working_days import WorkingDayCalendar

__all__ = ["Period", "periods_of"]


@frozen
class Period:
    """One period of a recurring duty: which one it is, the day it begins, and the day it is due and ends."""

    number: int
    starts_on: date
    ends_on: date


def periods_of(
    limit: Every,
    trigger: Event,
    victim: str | None,
    *,
    edition: Edition,
    record: Record,
    as_at: date,
    calendar: WorkingDayCalendar,
) -> Iterator[Period]:
    """Every period that has begun at ``as_at`` and is owed.

    Periods are counted from the trigger. None is owed that an ending event forestalls before its last day, nor any
    after that, nor one that begins when another edition governs.
    """
    ended = min(_endings(limit, trigger, victim, record), default=None)
    number, starts_on = 1, trigger.on
    while starts_on <= as_at and edition.info.governs(starts_on):
        ends_on = due_date(trigger.on, number * limit.every, limit.unit, calendar)
        if ended is not None and ended < ends_on:
            return
        yield Period(number, starts_on, ends_on)
        number, starts_on = number + 1, ends_on


def _endings(limit: Every, trigger: Event, victim: str | None, record: Record) -> Iterator[date]:
    for name in limit.until:
        for event in record.all_of(name):
            if (
                event.on >= trigger.on
                and event.agrees(trigger, "offence")
                and counts_for(event, trigger, victim, record)
            ):
                yield event.on
