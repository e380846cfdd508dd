"""Working days in England and Wales.

A working day is any day but Saturday, Sunday and a bank or public holiday. The day of the event is day zero: the next
working day is day one, whether or not the day of the event was itself a working day. The holidays are a dated list in
``data/calendars``; years after the last proclaimed one are projected and say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from victims_code.working_days.calendar import Trace, WorkingDayCalendar
from victims_code.working_days.files import BankHoliday
from victims_code.working_days.proclaimed import england_and_wales
from victims_code.working_days.projection import workalendar_class

if TYPE_CHECKING:
    from workalendar.europe import UnitedKingdom

    EnglandAndWales: type[UnitedKingdom]

__all__ = ["BankHoliday", "EnglandAndWales", "Trace", "WorkingDayCalendar", "england_and_wales"]


def __getattr__(name: str) -> Any:
    """``EnglandAndWales``, the corrected workalendar class, is made when it is first asked for."""
    if name == "EnglandAndWales":
        return workalendar_class()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
