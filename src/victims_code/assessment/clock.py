"""The clock: from what day a limit runs, on what day it ends, and how often it starts again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from victims_code.assessment.pairing import counts_for
from victims_code.law import After, Before, Edition, Every, Limit, Within
from victims_code.law.deadlines import due_date
from victims_code.working_days import WorkingDayCalendar

if TYPE_CHECKING:
    from victims_code.assessment.record import Record
    from victims_code.cases import Event


@frozen
class Clock:
    """A limit applied to an event.

    ``starts_on`` is the day the clock starts, ``due_on`` the last day in time. Where the clock starts on a receipt
    that is not on record, both are None and ``floor`` is the earliest the limit can end: as if it had been received
    on the day of the event. All three are None for a limit without a number.
    """

    starts_on: date | None = None
    due_on: date | None = None
    floor: date | None = None

    @property
    def awaits_receipt(self) -> bool:
        """Whether the due date is open only because no receipt is on record."""
        return self.floor is not None


_UNDATED = Clock()


def run_clock(limit: Limit, event: Event, record: Record, calendar: WorkingDayCalendar) -> Clock:
    """Apply a limit to the event that triggers it (readings *day-of-event-is-day-zero*, *after-receipt*)."""
    if isinstance(limit, Within):
        if limit.after is _FROM_EVENT:
            return Clock(event.on, due_date(event.on, limit.within, limit.unit, calendar))
        if event.received_on is None:
            return Clock(None, None, due_date(event.on, limit.within, limit.unit, calendar))
        return Clock(event.received_on, due_date(event.received_on, limit.within, limit.unit, calendar))
    if isinstance(limit, Before):
        to_come = (e for e in record.all_of(limit.before) if e.on >= event.on and e.agrees(event, "suspect", "offence"))
        return next((Clock(event.on, later.on) for later in to_come), _UNDATED)
    return _UNDATED


# Looking a member up in its class is slow on Python 3.11.
_FROM_EVENT = After.EVENT


@frozen
class Period:
    """One period of a recurring duty: its number, its first day, and its last, on which it is due."""

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
    """Every period that has begun at ``as_at`` and is owed (reading *monthly-updates*).

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
