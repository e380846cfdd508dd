"""The days a figure covers: quarters and years of the financial year, and any other stretch an agreement names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked, class_checked_if_it_fails
from victims_code.dates import add_months, format_date, format_day, month_named, parse_written_day
from victims_code.errors import WrongValueError
from victims_code.faults import Fault
from victims_code.figures.publication import publication_defaults

_FINANCIAL_YEAR = r"(?:fy ?)?(?P<year>\d{4}) ?[-/\u2013] ?(?P<end>\d{4}|\d{2})"
_SHORT_YEAR = _FINANCIAL_YEAR.replace(r"\d{4})", r"\d{4}|[0-4]\d)", 1)
_ONE_YEAR = r"(?P<fy>fy ?)?(?P<year>(?:19|20)\d{2}|[0-4]\d)"
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_BARE_PART = (
    r"(?:(?:q|qtr|quarter) ?(?P<quarter>\d)|(?P<nth>\d(?:st|nd|rd|th)|first|second|third|fourth) (?:quarter|qtr)"
    r"|(?:h|half(?:[- ]year)?) ?(?P<half>[12])|(?P<nth_half>1st|2nd|first|second) half(?:[- ]year)?)"
)
_PART = _BARE_PART + r"(?: ?\((?P<from>[a-z]{3,9}) ?(?:-|\u2013|to) ?(?P<to>[a-z]{3,9})\))?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BETWEEN = r"[ ,_/\u2013-]*"
_NAMED = (
    re.compile(_FINANCIAL_YEAR),
    re.compile(rf"{_SHORT_YEAR}{_BETWEEN}{_PART}"),
    re.compile(rf"{_PART}{_BETWEEN}(?:of )?{_SHORT_YEAR}"),
)
_OF_ONE_YEAR = (
    re.compile(rf"{_PART}{_BETWEEN}(?:of )?{_ONE_YEAR}"),
    re.compile(rf"{_ONE_YEAR}{_BETWEEN}{_PART}"),
    re.compile(_ONE_YEAR.replace("|[0-4]", "|(?<=fy|y )[0-4]")),
)
_OF_NO_YEAR = re.compile(rf"{_PART}|{_MONTH}(?: ?(?:-|\u2013|to) ?{_MONTH})?")
_MONTHS = re.compile(
    r"(?P<first>[a-z]{3,9})(?: (?P<from>\d{4}))?(?: ?(?:-|\u2013|to) ?(?P<last>[a-z]{3,9}))? (?P<to>\d{4})"
)
_PART_AND_MONTHS = re.compile(rf"{_BARE_PART}[ :,(\u2013-]+(?P<months>[a-z].*\d{{4}})\)?")
_DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}|\d{1,2} [a-z]{3,9} \d{4}"
_DAYS = re.compile(rf"(?P<first>{_DAY})(?: ?/ ?| to | ?[-\u2013] ?)(?P<last>{_DAY})")
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

        Names are read as people write them: ``Q1 2025/26``, ``25/26 Quarter 1``, ``first half of 2025/26``, ``Apr-Jun
        2025``, ``01/04/2025 to 30/06/2025``. What may be two periods, such as a quarter of one year, is refused with
        both.

        :raises WrongValueError: if the text is none of these.

        >>> ReportingPeriod.parse("Q1 2025/26") == ReportingPeriod.parse("Apr-Jun 2025")
        True
        >>> ReportingPeriod.parse("2025-Q1")
        Traceback (most recent call last):
        ...
        victims_code.errors.WrongValueError: '2025-Q1' may be April to June 2025 or January to March 2025. Write 2025-26
        Q1 or 2024-25 Q4. [VC-RET-005]
        """
        written = " ".join(text.split()).lower()
        for form in _NAMED:
            if found := form.fullmatch(written):
                return cls._named(text, found.groupdict())
        for form in _OF_ONE_YEAR:
            if found := form.fullmatch(written):
                raise WrongValueError(cls._either(text, found.groupdict()))
        if found := _PART_AND_MONTHS.fullmatch(written):
            return cls._checked_by_months(text, found.groupdict())
        if (found := _MONTHS.fullmatch(written)) and (months := cls._months(found)) is not None:
            return months
        if found := _DAYS.fullmatch(written):
            return cls(first=_day(found["first"]), last=_day(found["last"]))
        if _OF_NO_YEAR.fullmatch(written):
            raise WrongValueError(faults.PERIOD_OF_NO_YEAR.at(text=text))
        raise WrongValueError(faults.NOT_A_PERIOD.at(text=text))

    @classmethod
    def _named(cls, text: str, parts: Mapping[str, str | None]) -> ReportingPeriod:
        written, end = parts["year"] or "", parts["end"] or ""
        year = int(written) + (2000 if len(written) == 2 else 0)
        if end != f"{year + 1:04}"[-len(end) :]:
            month = f", or {_month(int(end))} {year} for the month" if len(end) == 2 and 1 <= int(end) <= 12 else ""
            raise WrongValueError(faults.NOT_A_FINANCIAL_YEAR.at(text=text, year=year, years=_years(year), month=month))
        if not 1 <= year < _LAST_YEAR:
            raise WrongValueError(faults.NOT_A_PERIOD.at(text=text))
        period = cls._part(cls.year(year), parts)
        months = [month_named(word) for name in ("from", "to") if (word := parts.get(name))]
        if months and months != [period.first.month, period.last.month]:
            raise WrongValueError(faults.QUARTER_OF_OTHER_MONTHS.at(text=text, label=period.label))
        return period

    @classmethod
    def _part(cls, year: ReportingPeriod, parts: Mapping[str, str | None]) -> ReportingPeriod:
        """The quarter or half of a year that is named; the year itself if none is."""
        quarter, half = (parts.get(name) or parts.get(nth) for name, nth in (("quarter", "nth"), ("half", "nth_half")))
        if quarter is None and half is None:
            return year
        number = _NTH.get(named := quarter or half or "") or int(named[0])
        if quarter is not None and number not in (1, 2, 3, 4):
            raise WrongValueError(faults.NO_SUCH_QUARTER.at(number=number))
        months = 3 if quarter is not None else 6
        return cls.months_from(add_months(year.first, months * (number - 1)), months)

    @classmethod
    def _either(cls, text: str, parts: Mapping[str, str | None]) -> Fault:
        """What is said of a name with one year, which may be that of the calendar."""
        written = parts["year"] or ""
        year = int(written) + (2000 if len(written) == 2 else 0)
        if not 1 < year < _LAST_YEAR:
            return faults.NOT_A_PERIOD.at(text=text)
        other = cls.year(year - 1) if parts["fy"] else cls(first=date(year, 1, 1), last=date(year, 12, 31))
        both = [cls._part(one, parts) for one in (cls.year(year), other)]
        words, labels = (" or ".join(said) for said in zip(*((one.in_words, one.label) for one in both), strict=True))
        return faults.PERIOD_OF_WHICH_YEAR.at(text=text, meanings=words, labels=labels)

    @classmethod
    def _checked_by_months(cls, text: str, parts: Mapping[str, str | None]) -> ReportingPeriod:
        """A quarter or half whose months are written with their year, if it is that part of the financial year."""
        found = _MONTHS.fullmatch(parts["months"] or "")
        months = None if found is None else cls._months(found)
        if months is None:
            raise WrongValueError(faults.NOT_A_PERIOD.at(text=text))
        if months != cls._part(cls.of_year(months.first), parts):
            raise WrongValueError(faults.QUARTER_OF_OTHER_MONTHS.at(text=text, label=months.label))
        return months

    @classmethod
    @checked
    def of_year(cls, day: date) -> ReportingPeriod:
        """The financial year that a day is in."""
        year = cls.year(day.year)
        return year if year.first <= day else cls.year(day.year - 1)

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
        whole = self.of_year(self.first)
        year = whole.first.year
        if self == whole:
            return _years(year)
        for number in (1, 2, 3, 4):
            if self == ReportingPeriod.quarter(year, number):
                return f"{_years(year)} Q{number}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"

    @property
    def in_words(self) -> str:
        """The period in words, by its months if it is made of whole ones.

        >>> ReportingPeriod.quarter(2025, 1).in_words, ReportingPeriod.year(2025).in_words
        ('April to June 2025', 'April 2025 to March 2026')
        """
        if self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            return f"{format_day(self.first)} to {format_day(self.last)}"
        first, last = _month(self.first.month), f"{_month(self.last.month)} {self.last.year}"
        if self.first.year != self.last.year:
            return f"{first} {self.first.year} to {last}"
        return last if self.first.month == self.last.month else f"{first} to {last}"

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


def period_label(text: str) -> str:
    """The period of a text by its usual name, for ``Annotated``.

    :raises WrongValueError: if the text is not a period.
    """
    return ReportingPeriod.parse(text).label


PeriodLabel = Annotated[str, period_label]
"""The name of a period, however it was written."""


def _month(number: int) -> str:
    return format_day(date(2000, number, 1)).split()[1]


def _day(written: str) -> date:
    """A day that is written in figures, or with the name of its month."""
    day, *month = written.split()
    if not month:
        return parse_written_day(written)
    named = month_named(month[0])
    return parse_written_day(written if named is None else f"{day}/{named}/{month[1]}")
