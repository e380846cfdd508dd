"""What a cell of an extract says: a text, a date, or nothing."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from victims_code import faults
from victims_code.adapters.extracts.mapping import DateForm
from victims_code.dates import Moment, in_london, month_named
from victims_code.faults import Fault
from victims_code.missing_values import is_placeholder
from victims_code.tabular import ErrorCell, FormulaCell, Percent

_BLANK = frozenset(("", "nan", "nat", "<na>", "none", "snan"))
"""How things that are no text are written where they are nothing, such as the NaT of a data frame."""
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!)|Err:\d{3}")
"""What spreadsheets write for an error; ``#N/A`` is a word for nothing."""
_AS_FORMULA = re.compile(r'="([^"]*)"')
"""How text is written in CSV, so that a spreadsheet takes it for text."""


def plain_cell(cell: object) -> object:
    """A cell as text, a number or a date; None if it is empty, also as data frames have it.

    A cell without a usable value is a fault without a place: an error, bytes, or a formula whose value was not saved.

    >>> plain_cell(float("nan")), plain_cell(16.0), plain_cell(" x "), plain_cell('="0412"')
    (None, 16, 'x', '0412')
    """
    if isinstance(cell, FormulaCell):
        cell = cell.saved if cell.saved is not None else faults.FORMULA_WITHOUT_A_VALUE.at()
    if isinstance(cell, str):
        found = _AS_FORMULA.fullmatch(cell.strip())
        cell = (cell if found is None else found[1]).strip() or None
    error = cell.written if isinstance(cell, ErrorCell) else cell
    if isinstance(cell, ErrorCell) or (isinstance(error, str) and _ERROR.fullmatch(error)):
        return faults.CELL_HOLDS_AN_ERROR.at(error=error)
    if isinstance(cell, bytes | bytearray | memoryview):
        return faults.CELL_HOLDS_BYTES.at()
    if cell is None or isinstance(cell, Fault | str):
        return cell
    if str(cell).strip().casefold() in _BLANK:
        return None
    if isinstance(cell, datetime):  # and what others make of it, such as a Timestamp of pandas
        return datetime.combine(date(cell.year, cell.month, cell.day), cell.time(), cell.tzinfo)
    if isinstance(cell, bool | int | date):
        return cell
    if isinstance(cell, float | Decimal):
        return int(cell) if math.isfinite(cell) and cell == int(cell) else cell
    return f"{cell.shown}%" if isinstance(cell, Percent) else str(cell).strip()


def text_of(cell: object) -> str | None:
    """A cell of a row as text; None if it is empty or cannot be used."""
    return None if cell is None or isinstance(cell, Fault) else str(cell)


_AS_DECIMAL = re.compile(r"(\d+)\.0+", re.ASCII)


def as_whole(written: str) -> str:
    """A whole number without the decimals that spreadsheets and databases add to it; any other text as it is.

    >>> as_whole("16.0"), as_whole("007.00"), as_whole("16.5"), as_whole("v1.0")
    ('16', '007', '16.5', 'v1.0')
    """
    found = _AS_DECIMAL.fullmatch(written)
    return written if found is None else found[1]


# --- dates --------------------------------------------------------------------------------------------------------

_DAYS = {
    DateForm.YEAR_FIRST: r"(?P<y>\d{4})(?P<between>[-/.])(?P<m>\d{1,2})(?P=between)(?P<d>\d{1,2})",
    DateForm.DAY_FIRST_STROKES: r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
    DateForm.DAY_FIRST_DASHES: r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",
    DateForm.DAY_FIRST_POINTS: r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    DateForm.MONTH_IN_LETTERS: r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})[ -](?P<y>\d{4})",
    DateForm.MONTH_FIRST: r"(?P<m>[A-Za-z]{3,9}) {1,2}(?P<d>\d{1,2}),? (?P<y>\d{4})",
    DateForm.DIGITS: r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
}
_TIME = (
    r"(?:[ T]\s*(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.(?P<f>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[AaPp][Mm]))?\s?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
_FORMS = {form: re.compile(day + _TIME, re.ASCII) for form, day in _DAYS.items()}
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2}(?!\d).*")
_EXCEL = date(1899, 12, 30)
"""Day 0 of most workbooks, as it comes out for every day since March 1900."""


def date_of(cell: object, form: DateForm, *, epoch: date | None = None) -> Moment | None:
    """A cell as a date, with its time if it has one, or None if it is none of the form of the mapping.

    A moment with a time zone is brought to London; one at midnight is the day.

    :param epoch: the day from which the numbers of a workbook count days.

    >>> date_of("02/04/2026 10:20", DateForm.DAY_FIRST_STROKES)
    datetime.datetime(2026, 4, 2, 10, 20)
    >>> date_of("2026-04-12T23:00:00.000Z", DateForm.YEAR_FIRST)
    datetime.date(2026, 4, 13)
    >>> date_of("02/04/2026", DateForm.YEAR_FIRST) is None
    True
    """
    if isinstance(cell, date):
        return _day_or_moment(cell)
    written = text_of(cell)
    if written is None:
        return None
    if epoch is not None and isinstance(cell, int | float | Decimal) and _SERIAL.fullmatch(written):
        return _counted_from(epoch, cell)
    if form is DateForm.EXCEL:
        return _counted_from(_EXCEL, Decimal(written)) if _SERIAL.fullmatch(written) else None
    found = _FORMS[form].fullmatch(written)
    return None if found is None else _moment(found)


def _moment(found: re.Match[str]) -> Moment | None:
    try:
        day = date(int(found["y"]), _month(found["m"]), int(found["d"]))
        if found["H"] is None:
            return day
        return _day_or_moment(datetime.combine(day, _time(found), _zone(found["zone"])))
    except ValueError:  # also that of a moment that has no day in London
        return None


def _month(written: str) -> int:
    month = int(written) if written.isdecimal() else month_named(written)
    if month is None:
        raise ValueError
    return month


def _time(found: re.Match[str]) -> time:
    hour = int(found["H"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    return time(hour, int(found["M"]), int(found["S"] or 0), int((found["f"] or "0").ljust(6, "0")[:6]))


def _zone(written: str | None) -> timezone | None:
    if written is None:
        return None
    if written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[3:].lstrip(":") or "0")
    return timezone((-1 if written[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _day_or_moment(at: Moment) -> Moment:
    if not isinstance(at, datetime):
        return at
    if at.tzinfo is not None and not is_placeholder(at):
        at = in_london(at)
    return at.date() if at.time() == time() or is_placeholder(at) else at


def _counted_from(epoch: date, days: Decimal | int | float) -> Moment | None:
    """The moment so many days after the day 0 of a workbook, to the second."""
    try:
        at = datetime.combine(epoch, time()) + timedelta(seconds=round(float(days) * 86400))
    except (OverflowError, ValueError):
        return None
    return _day_or_moment(at)


def unread_date(cell: object, form: DateForm) -> Fault:
    """The fault of a cell that is no date of the form of the mapping, without a place."""
    if isinstance(cell, Fault):
        return cell
    written = text_of(cell) or ""
    given = shown(written)
    if _SERIAL.fullmatch(written):
        return faults.DATE_AS_EXCEL_COUNTS.at(shown=given, form=DateForm.EXCEL)
    other = next((one for one in _FORMS if one is not form and date_of(written, one) is not None), None)
    if other is not None:
        return faults.DATE_IN_ANOTHER_FORM.at(shown=given, form=other)
    if _TWO_DIGIT_YEAR.fullmatch(written):
        return faults.YEAR_IN_TWO_FIGURES.at(shown=given, example=_EXAMPLES[form])
    return faults.DATE_IN_NO_FORM.at(shown=given, example=_EXAMPLES[form])


_EXAMPLES = {
    DateForm.YEAR_FIRST: "2026-04-13",
    DateForm.DAY_FIRST_STROKES: "13/04/2026",
    DateForm.DAY_FIRST_DASHES: "13-04-2026",
    DateForm.DAY_FIRST_POINTS: "13.04.2026",
    DateForm.MONTH_IN_LETTERS: "13 Apr 2026",
    DateForm.MONTH_FIRST: "Apr 13 2026",
    DateForm.DIGITS: "20260413",
    DateForm.EXCEL: "46125",
}
_LETTERS = re.compile(r"[A-Za-z]+")
_OF_DATES = frozenset(("t", "z", "am", "pm", "utc", "gmt", "bst"))


def shown(written: str) -> str:
    """A cell of a column of dates as a message may show it: only if it is made of what dates are made of.

    >>> shown("31/02/2026"), shown("Mrs Smith on Monday")
    ("'31/02/2026'", 'Text in words')
    """
    words = [word for word in _LETTERS.findall(written) if month_named(word) is None and word.lower() not in _OF_DATES]
    return "Text in words" if words or not written.isascii() else repr(written)


def is_date(written: str) -> bool:
    """Whether a text is written as dates are, whatever column it is in."""
    return any(known.fullmatch(written) for known in _FORMS.values())


def shown_value(written: str) -> str:
    """A code or a fact as a message may show it: not if it is a date, which may be one of birth."""
    return "A date" if is_date(written) else repr(written)
