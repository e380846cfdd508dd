"""Years not yet proclaimed, worked out by workalendar where it is right and corrected where it is wrong.

The only module that imports workalendar, and only when such a year is asked for, because the import also loads packages
under the GPL and LGPL.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from victims_code.working_days.files import PROJECTED, BankHoliday

if TYPE_CHECKING:
    from workalendar.europe import UnitedKingdom


@cache
def workalendar_class() -> type[UnitedKingdom]:
    """The corrected workalendar class, made when it is first asked for."""
    from workalendar.europe import UnitedKingdom

    class EnglandAndWales(UnitedKingdom):  # type: ignore[misc]
        """workalendar's United Kingdom, right for England and Wales: VE day 1995 moved, coronation 2023 added.

        A day that is announced after that release of workalendar is only in :func:`england_and_wales`.
        """

        __module__ = "victims_code.working_days"  # where it is found, so that its objects can be pickled
        __qualname__ = "EnglandAndWales"

        non_computable_holiday_dict = {  # noqa: RUF012 (this is how workalendar declares them)
            **UnitedKingdom.non_computable_holiday_dict,
            2023: [(date(2023, 5, 8), "Bank holiday for the coronation of King Charles III")],
        }

        def get_early_may_bank_holiday(self, year: int) -> tuple[date, str]:
            """The first Monday in May, but for the two years in which it was moved to VE day."""
            if year == 1995:
                return date(1995, 5, 8), "Early May bank holiday (VE day)"
            day, title = super().get_early_may_bank_holiday(year)
            return day, title

    return EnglandAndWales


def projected(year: int) -> Iterator[BankHoliday]:
    """The weekday holidays of a year as workalendar works them out, named as the published list names them."""
    labels = {day: label for day, label in workalendar_class()().holidays(year) if day.weekday() < 5}
    for day in sorted(labels):
        title, instead_of = _usual_title(day)
        yield BankHoliday(date=day, title=title or labels[day], source=PROJECTED, substitute_for=instead_of)


def _usual_title(day: date) -> tuple[str | None, date | None]:
    """The usual name of a holiday on a day, and the weekend day it stands in for.

    workalendar's own labels are not used for these: where Christmas is a Sunday they name the same day twice.
    """
    match day.month, day.day, day.weekday():
        case 1, number, _:
            return "New Year's Day", None if number == 1 else date(day.year, 1, 1)
        case 12, 25, _:
            return "Christmas Day", None
        case 12, 26, _:
            return "Boxing Day", None
        case 12, 27, _:
            return "Christmas Day", date(day.year, 12, 25)
        case 12, 28, _:
            return "Boxing Day", date(day.year, 12, 26)
        case ((3 | 4), _, 4):
            return "Good Friday", None
        case ((3 | 4), _, 0):
            return "Easter Monday", None
        case 5, number, 0:
            return "Early May bank holiday" if number <= 7 else "Spring bank holiday", None
        case 8, _, 0:
            return "Summer bank holiday", None
    return None, None
