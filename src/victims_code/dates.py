"""Civil dates in London: what day something happened on, and how days, months and ages are reckoned.

Deadlines in the Code run in days, so every moment is first turned into the civil date it had in London. A naive
datetime is taken as London time; an aware one is converted. No clock is read anywhere but for the
word *today* on the command line.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from victims_code import faults
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault, FaultTemplate

Moment = date | datetime
"""A date, or a date with a time of day."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not strftime, whose names follow the locale of the machine

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MONTH_IN_LETTERS = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})", re.ASCII)
_BY_PEOPLE = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?P<d>\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)?[ /.-]"
    r"(?P<m>\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)?[ /.-](?P<y>\d{4})(?:[ T,]+(?:at )?(?P<at>\d{1,2}:\d{2}(?::\d{2})?))?",
    re.ASCII | re.IGNORECASE,
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?)?",
    re.ASCII,
)  # no hour 24, which some read as the next day and others not at all


@cache
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")


def civil_date(value: Moment, argument: str = "") -> date:
    """The civil date in London of a date or datetime.

    :param argument: what the caller calls it, such as ``as_at``, to be named if it is neither.
    :raises WrongTypeError: for anything else, with the way out.
    :raises WrongValueError: for a time that in London lies before the year 1 or after the year 9999.

    >>> from datetime import timezone
    >>> civil_date(datetime(2026, 8, 10, 23, 30, tzinfo=timezone.utc))   # half past midnight, summer time
    datetime.date(2026, 8, 11)
    >>> civil_date(datetime(2026, 8, 10, 23, 30))                        # no zone: London time
    datetime.date(2026, 8, 10)
    """
    if type(value) is date:
        return value
    given: object = value  # no one checks the types of a notebook
    if isinstance(given, date) and not _is_nothing(given):
        return in_london(given).date() if isinstance(given, datetime) else date(given.year, given.month, given.day)
    raise WrongTypeError(faults.DATE_NEEDED.at(argument, given=_described(value)))


def _is_nothing(value: object) -> bool:
    """Whether a value is the empty date of pandas (NaT), a datetime that equals nothing."""
    return value != value


def in_london(at: datetime) -> datetime:
    """A moment as a clock in London shows it; without a time zone it is London time already.

    :raises WrongValueError: if that is before the year 1 or after 9999.

    >>> from datetime import timezone
    >>> in_london(datetime(2026, 8, 10, 23, 30, tzinfo=timezone.utc)).isoformat()
    '2026-08-11T00:30:00+01:00'
    """
    if at.tzinfo is None:
        return at
    try:
        return at.astimezone(_london())
    except OverflowError:
        raise WrongValueError(faults.DATE_TOO_FAR.at(text=at.isoformat())) from None


def time_of_day(value: Moment) -> time:
    """The time of day in London; midnight for a date without one.

    >>> time_of_day(datetime(2026, 8, 10, 9, 30)), time_of_day(date(2026, 8, 10))
    (datetime.time(9, 30), datetime.time(0, 0))
    """
    return in_london(value).time() if isinstance(value, datetime) else time.min


def _described(value: object) -> str:
    kinds = {bool: "true or false", float: "a number with a point", int: "a whole number", str: "text"}
    return f"{kinds.get(type(value), type(value).__name__)} ({value!r})"


def parse_moment(text: str) -> Moment:
    """Read ``2026-04-02``, ``2026-04-02T10:20`` or ``2026-04-02T09:20:00Z``, and nothing looser.

    :raises WrongValueError: if the text is not of one of these forms or names no real day.

    >>> parse_moment("2026-04-02T10:20")
    datetime.datetime(2026, 4, 2, 10, 20)
    """
    if not _ISO_MOMENT.fullmatch(text):
        raise WrongValueError(_as_people_write_it(text, faults.NOT_A_MOMENT))
    try:
        moment = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        civil_date(moment)
    except ValueError:
        raise WrongValueError(faults.NOT_A_MOMENT.at(text=text)) from None
    return moment


def parse_date(text: str) -> date:
    """Read ``2026-04-02``; a time of day is refused.

    :raises WrongValueError: if the text is not an ISO date.
    """
    if not _ISO_DATE.fullmatch(text):
        raise WrongValueError(_as_people_write_it(text, faults.NOT_A_DATE))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongValueError(faults.NOT_A_DAY_OF_THE_CALENDAR.at(text=text)) from None


def _as_people_write_it(text: str, otherwise: FaultTemplate) -> Fault:
    """The fault of a text that is not in the form of files: it gives the date to write if one can be made out.

    Files are read by machines of every kind, and 05/04/2026 is another day in another country, so no file has it. The
    fault names the day in words: whoever meant the other one sees it.
    """
    written = _BY_PEOPLE.fullmatch(text.strip())
    if written is None:
        return otherwise.at(text=text)
    for day, month in ((written["d"], written["m"]), (written["m"], written["d"])):
        number = int(month) if month.isdecimal() else month_named(month)
        if day.isdecimal() and number is not None:
            with suppress(ValueError):
                found = date(int(written["y"]), number, int(day))
                at = f"T{written['at'].zfill(5)}" if written["at"] else ""
                return faults.DATE_NOT_YEAR_FIRST.at(text=text, day=format_date(found), iso=f"{found}{at}")
    return otherwise.at(text=text)


def parse_written_day(text: str) -> date:
    """Read ``2026-04-02``, ``02/04/2026``, the day before the month, or ``2 April 2026``, as people write for people.

    :raises WrongValueError: if the text is none of them or names no real day.

    >>> parse_written_day("2/4/2026"), parse_written_day("2 April 2026")
    (datetime.date(2026, 4, 2), datetime.date(2026, 4, 2))
    """
    written = _DAY_FIRST.fullmatch(text) or _MONTH_IN_LETTERS.fullmatch(text)
    month = None if written is None else int(written[2]) if written[2].isdecimal() else month_named(written[2])
    return parse_date(text if written is None or month is None else f"{written[3]}-{month:02}-{int(written[1]):02}")


def month_named(word: str) -> int | None:
    """The number of a month by its name or the first three letters of it, or None if it is none.

    >>> month_named("April"), month_named("sept"), month_named("arrest")
    (4, 9, None)
    """
    name = "sep" if word.lower() == "sept" else word.lower()
    return next((n for n, month in enumerate(_MONTHS, start=1) if name in (month.lower(), month[:3].lower())), None)


def add_months(start: date, months: int) -> date:
    """The same day of the month, ``months`` later; where there is none, the last day of that month.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    return start + relativedelta(months=months)


def add_years(start: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February in a common year.

    Beyond the year 9999 it is the last day there is.

    >>> add_years(date(2004, 2, 29), 18), add_years(date(9999, 12, 1), 18)
    (datetime.date(2022, 2, 28), datetime.date(9999, 12, 31))
    """
    if start.year + years > date.max.year:
        return date.max
    try:
        return start.replace(year=start.year + years)  # a small part of the time relativedelta takes
    except ValueError:
        return start + relativedelta(years=years)


def age_on(born: date, on: date) -> int:
    """Full years of age on a day. A person born on 29 February comes of age on 1 March in a common year.

    >>> age_on(date(2008, 2, 29), date(2026, 2, 28)), age_on(date(2008, 2, 29), date(2026, 3, 1))
    (17, 18)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def births_of_age(age: int, on: date) -> tuple[date, date]:
    """The first and the last day on which someone was born who is of an age on a day.

    >>> births_of_age(17, date(2026, 4, 1))
    (datetime.date(2008, 4, 2), datetime.date(2009, 4, 1))
    """
    return add_years(on, -age - 1) + timedelta(days=1), add_years(on, -age)


def birthday(born: date, age: int) -> date:
    """The day on which someone comes to an age; for a person born on 29 February 1 March in a common year.

    >>> birthday(date(2008, 2, 29), 18), birthday(date(2008, 2, 29), 20)
    (datetime.date(2026, 3, 1), datetime.date(2028, 2, 29))
    """
    day = add_years(born, age)
    return day if day.day == born.day else date(day.year, 3, 1)


def full_months(start: date, end: date) -> int:
    """How many full months lie between two days; on the same day of the month another one is full.

    >>> full_months(date(2025, 4, 2), date(2026, 4, 1)), full_months(date(2025, 4, 2), date(2026, 4, 2))
    (11, 12)
    """
    gone = relativedelta(end, start)
    return gone.years * 12 + gone.months


def format_date(day: date) -> str:
    """A date as people write it.

    >>> format_date(date(2026, 4, 3))
    'Friday 3 April 2026'
    """
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_day(day: date) -> str:
    """A date without its day of the week, as a letter or a heading has it.

    >>> format_day(date(2026, 4, 3))
    '3 April 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_month(year: int, month: int) -> str:
    """A month as people write it.

    >>> format_month(2026, 7)
    'July 2026'
    """
    return f"{_MONTHS[month - 1]} {year}"


def format_short_date(day: date) -> str:
    """A date as it stands in a table.

    >>> format_short_date(date(2026, 4, 3))
    'Fri 3 Apr 2026'
    """
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
