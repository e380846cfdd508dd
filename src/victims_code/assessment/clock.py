"""The clock: from what day a limit runs, and on what day it ends."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from victims_code.assessment.record import Record
from victims_code.cases import Event
from victims_code.law import After, Before, Limit, Within
from victims_code.law.deadlines import end_of
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
        to_come = (e for e in record.all_of(limit.before) if e.on >= event.on and e.agrees(event, "suspect", "offence"))
        return next((Reckoning(event.on, later.on) for later in to_come), _UNDATED)
    return _UNDATED


# Looking a member up in its class is slow on Python 3.11.
_FROM_EVENT = After.EVENT
