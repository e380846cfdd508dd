"""The clock: from what day a limit runs, and on what day it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from attrs import frozen

from victims_code.assessment.record import Record
from victims_code.cases import Event
from victims_code.dates import add_months, add_years
from victims_code.law import After, Before, Limit, Unit, Within
from victims_code.working_days import WorkingDayCalendar

__all__ = ["Reckoning", "end_of", "reckon"]


@frozen
class Reckoning:
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


_UNDATED = Reckoning()


def reckon(limit: Limit, event: Event, record: Record, calendar: WorkingDayCalendar) -> Reckoning:
    """Apply a limit to the event that triggers it (readings *day-of-event-is-day-zero*, *after-receipt*)."""
    if isinstance(limit, Within):
        if limit.after is _FROM_EVENT:
            return Reckoning(event.on, end_of(limit.within, limit.unit, event.on, calendar))
        if event.received_on is None:
            return Reckoning(None, None, end_of(limit.within, limit.unit, event.on, calendar))
        return Reckoning(event.received_on, end_of(limit.within, limit.unit, event.received_on, calendar))
    if isinstance(limit, Before):
        to_come = (e for e in record.all_of(limit.before) if e.on >= event.on and _same(e.suspect, event.suspect))
        return next((Reckoning(event.on, later.on) for later in to_come), _UNDATED)
    return _UNDATED


def end_of(count: int, unit: Unit, start: date, calendar: WorkingDayCalendar) -> date:
    """The last day in time of a limit whose clock starts on ``start``; that day itself is not counted."""
    if unit is _WORKING_DAY:
        return calendar.add(start, count)
    return _ENDS[unit](start, count)


_ENDS: dict[Unit, Callable[[date, int], date]] = {
    Unit.DAY: lambda start, count: start + timedelta(days=count),
    Unit.MONTH: add_months,
    Unit.YEAR: add_years,
}
# Looking a member up in its class takes as long as counting the days, on Python 3.11.
_WORKING_DAY, _FROM_EVENT = Unit.WORKING_DAY, After.EVENT


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other
