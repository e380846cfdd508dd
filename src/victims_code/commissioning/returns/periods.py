"""The days a figure covers: quarters and years of the financial year, and any other stretch an agreement names."""

from __future__ import annotations

import re
from datetime import date, timedelta

from attrs import field, frozen

from victims_code.dates import add_months, parse_date, spell
from victims_code.errors import Fault, WrongValueError
from victims_code.publication import publication

__all__ = ["Period"]

_YEAR = re.compile(r"(\d{4})[-/](\d{2})(?: Q([1-4]))?")


@frozen(kw_only=True, order=True)
class Period:
    """From a first to a last day, both included.

    >>> Period.quarter(2025, 1)
    Period(first=datetime.date(2025, 4, 1), last=datetime.date(2025, 6, 30))
    >>> Period.parse("2025-26 Q4").last, Period.parse("2025/26").label
    (datetime.date(2026, 3, 31), '2025-26')
    """

    first: date = field()
    last: date = field()

    @last.validator
    def _after_first(self, _attribute: object, last: date) -> None:
        if last < self.first:
            raise _refused(f"The period ends on {spell(last)}, before it begins.", "Swap the two days.")

    @classmethod
    def year(cls, year: int) -> Period:
        """The financial year that begins in ``year``."""
        first = date(year, publication().financial_year.first_month, 1)
        return cls.months_from(first, 12)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """A quarter of the financial year that begins in ``year``; the first quarter is number 1.

        :raises WrongValueError: if the number is not 1 to 4.
        """
        if number not in (1, 2, 3, 4):
            raise _refused(f"There is no quarter {number!r}.", "Give 1, 2, 3 or 4.")
        return cls.months_from(add_months(cls.year(year).first, 3 * (number - 1)), 3)

    @classmethod
    def months_from(cls, first: date, months: int) -> Period:
        """So many whole months from a first day."""
        return cls(first=first, last=add_months(first, months) - timedelta(days=1))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2025-26 Q1``, ``2025-26`` or ``2025-04-01/2025-06-30``, and nothing looser.

        :raises WrongValueError: if the text is none of these.
        """
        if found := _YEAR.fullmatch(text.strip()):
            year, end, quarter = int(found[1]), int(found[2]), found[3]
            if (year + 1) % 100 != end:
                raise _refused(
                    f"{text!r} is not a financial year.", f"Write the year that begins in {year} as {_years(year)}."
                )
            return cls.quarter(year, int(quarter)) if quarter else cls.year(year)
        first, stroke, last = text.strip().partition("/")
        if not stroke:
            raise _refused(f"{text!r} is not a period.", "Write 2025-26 Q1, 2025-26 or 2025-04-01/2025-06-30.")
        return cls(first=parse_date(first.strip()), last=parse_date(last.strip()))

    @property
    def label(self) -> str:
        """The period as :meth:`parse` reads it: by name if it is a quarter or a financial year, else by its days."""
        year = self.first.year if self.first >= Period.year(self.first.year).first else self.first.year - 1
        if self == Period.year(year):
            return _years(year)
        for number in (1, 2, 3, 4):
            if self == Period.quarter(year, number):
                return f"{_years(year)} Q{number}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: Period) -> bool:
        """Whether every day of the other is in this one."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.label


def _years(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02}"


def _refused(what: str, way_out: str) -> WrongValueError:
    return WrongValueError(Fault(code="VC-RET-005", where="", what=what, way_out=way_out))
