"""The days a figure covers: quarters and years of the financial year, and any other stretch an agreement names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked, class_checked_if_it_fails
from victims_code.dates import add_months, format_date, month_named, parse_date
from victims_code.errors import WrongValueError
from victims_code.figures.publication import publication_defaults

_FINANCIAL_YEAR = r"(?:fy ?)?(?P<year>\d{4}) ?[-/\u2013] ?(?P<end>\d{4}|\d{2})"
_SHORT_YEAR = _FINANCIAL_YEAR.replace(r"\d{4})", r"\d{4}|[0-4]\d)", 1)
_QUARTER = (
    r"(?:(?:q|qtr|quarter) ?(?P<quarter>\d)|(?P<nth>\d)(?:st|nd|rd|th) (?:quarter|qtr))"
    r"(?: ?\((?P<from>[a-z]{3,9}) ?(?:-|\u2013|to) ?(?P<to>[a-z]{3,9})\))?"
)
_NAMED = (
    re.compile(_FINANCIAL_YEAR),
    re.compile(rf"{_SHORT_YEAR},? ?{_QUARTER}"),
    re.compile(rf"{_QUARTER},? (?:of )?{_SHORT_YEAR}"),
)
_BARE_YEAR = re.compile(rf"{_QUARTER},? (?:of )?(?P<year>\d{{4}})|(?P<before>\d{{4}}),? (?:q|qtr|quarter) ?\d")
_MONTHS = re.compile(
    r"(?P<first>[a-z]{3,9})(?: (?P<from>\d{4}))?(?: ?(?:-|\u2013|to) ?(?P<last>[a-z]{3,9}))? (?P<to>\d{4})"
)
_DAYS = re.compile(r"(?P<first>\d{4}-\d{2}-\d{2}) ?(?:/|to) ?(?P<last>\d{4}-\d{2}-\d{2})")
_LAST_YEAR = 9999


@class_checked_if_it_fails
@frozen(kw_only=True, order=True)
class ReportingPeriod:
    """From a first to a last day, both included.

    >>> ReportingPeriod.quarter(2025, 1)
    ReportingPeriod(first=datetime.date(2025, 4, 1), last=datetime.date(2025, 6, 30))
    >>> ReportingPeriod.parse("2025-26 Q4").last, ReportingPeriod.parse("2025/26").label
    (datetime.date(2026, 3, 31), '2025-26')
    """

    first: date = field()
    last: date = field()

    @last.validator
    def _after_first(self, _attribute: object, last: date) -> None:
        if last < self.first:
            raise WrongValueError(faults.PERIOD_ENDS_BEFORE_IT_BEGINS.at(day=format_date(last)))

    @classmethod
    @checked
    def year(cls, year: int) -> ReportingPeriod:
        """The financial year that begins in ``year``."""
        first = date(year, publication_defaults().financial_year.first_month, 1)
        return cls.months_from(first, 12)

    @classmethod
    @checked
    def quarter(cls, year: int, number: int) -> ReportingPeriod:
        """A quarter of the financial year that begins in ``year``; the first quarter is number 1.

        :raises WrongValueError: if the number is not 1 to 4.
        """
        if number not in (1, 2, 3, 4):
            raise WrongValueError(faults.NO_SUCH_QUARTER.at(number=number))
        return cls.months_from(add_months(cls.year(year).first, 3 * (number - 1)), 3)

    @classmethod
    @checked
    def months_from(cls, first: date, months: int) -> ReportingPeriod:
        """So many whole months from a first day."""
        return cls(first=first, last=add_months(first, months) - timedelta(days=1))

    @classmethod
    @checked
    def parse(cls, text: str) -> ReportingPeriod:
        """Read a quarter or a financial year by its name, months by theirs, or any stretch by its two days.

        Names are read as people write them: ``Q1 2025/26``, ``25/26 Quarter 1``, ``Apr-Jun 2025``. A quarter of one
        year is refused, because it may be one of the calendar.

        :raises WrongValueError: if the text is none of these.

        >>> ReportingPeriod.parse("Q1 2025/26") == ReportingPeriod.parse("Apr-Jun 2025")
        True
        """
        written = " ".join(text.split()).lower()
        for form in _NAMED:
            if found := form.fullmatch(written):
                return cls._named(text, found.groupdict())
        if found := _BARE_YEAR.fullmatch(written):
            year = int(found["year"] or found["before"])
            raise WrongValueError(faults.QUARTER_OF_WHICH_YEAR.at(text=text, years=_years(year)))
        if (found := _MONTHS.fullmatch(written)) and (months := cls._months(found)) is not None:
            return months
        if found := _DAYS.fullmatch(written):
            return cls(first=parse_date(found["first"]), last=parse_date(found["last"]))
        raise WrongValueError(faults.NOT_A_PERIOD.at(text=text))

    @classmethod
    def _named(cls, text: str, parts: Mapping[str, str | None]) -> ReportingPeriod:
        written, end = parts["year"] or "", parts["end"] or ""
        year = int(written) + (2000 if len(written) == 2 else 0)
        if end != f"{year + 1:04}"[-len(end) :]:
            raise WrongValueError(faults.NOT_A_FINANCIAL_YEAR.at(text=text, year=year, years=_years(year)))
        if not 1 <= year < _LAST_YEAR:
            raise WrongValueError(faults.NOT_A_PERIOD.at(text=text))
        quarter = parts.get("quarter") or parts.get("nth")
        period = cls.year(year) if quarter is None else cls.quarter(year, int(quarter))
        months = [month_named(month) for name in ("from", "to") if (month := parts.get(name))]
        if months and months != [period.first.month, period.last.month]:
            raise WrongValueError(faults.QUARTER_OF_OTHER_MONTHS.at(text=text, label=period.label))
        return period

    @classmethod
    def _months(cls, found: re.Match[str]) -> ReportingPeriod | None:
        """From the first day of one month to the last of another, or None if the words are no months."""
        first, last = (month_named(found[name] or found["first"]) for name in ("first", "last"))
        if first is None or last is None:
            return None
        to = int(found["to"])
        since = int(found["from"] or to)
        months = (to - since) * 12 + last - first + 1
        if months < 1 or not 1 <= since <= to < _LAST_YEAR:
            return None
        return cls.months_from(date(since, first, 1), months)

    @property
    def label(self) -> str:
        """The period as :meth:`parse` reads it: by name if it is a quarter or a financial year, else by its days."""
        year = self.first.year if self.first >= ReportingPeriod.year(self.first.year).first else self.first.year - 1
        if self == ReportingPeriod.year(year):
            return _years(year)
        for number in (1, 2, 3, 4):
            if self == ReportingPeriod.quarter(year, number):
                return f"{_years(year)} Q{number}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @checked
    def overlaps(self, other: ReportingPeriod) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    @checked
    def contains(self, other: ReportingPeriod) -> bool:
        """Whether every day of the other is in this one."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        return self.label


def _years(year: int) -> str:
    return f"{year:04}-{(year + 1) % 100:02}"
