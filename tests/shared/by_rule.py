"""The bank holidays of England and Wales derived a second time, and counting done day by day.

Written from the 1971 Act and the known one-off days, without looking at the list or the code under test: Easter from
dateutil, the rest by arithmetic. Good Friday and Christmas Day are common-law holidays, the others bank holidays.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter
from dateutil.relativedelta import MO, relativedelta

ONE_DAY = timedelta(days=1)
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
EXTRA = {
    date(1999, 12, 31),
    date(2002, 6, 3),
    date(2011, 4, 29),
    date(2012, 6, 5),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}


@cache
def days_off(year: int) -> frozenset[date]:
    """The weekdays of a year that are bank or public holidays."""
    usual = [
        date(year, 1, 1),
        easter(year) - 2 * ONE_DAY,
        easter(year) + ONE_DAY,
        date(year, 5, 1) + relativedelta(weekday=MO(1)),
        date(year, 5, 31) + relativedelta(weekday=MO(-1)),
        date(year, 8, 31) + relativedelta(weekday=MO(-1)),
        date(year, 12, 25),
        date(year, 12, 26),
    ]
    found = {day for day in EXTRA if day.year == year}
    for day in usual:
        day = MOVED.get(day, day)
        while day.weekday() >= 5 or day in found:
            day += ONE_DAY
        found.add(day)
    return frozenset(found)


@cache
def works(day: date) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < 5 and day not in days_off(day.year)


def following(start: date, number: int) -> list[date]:
    """The next working days after a day, found by looking at one day after another."""
    found: list[date] = []
    day = start
    while len(found) < number:
        day += ONE_DAY
        if works(day):
            found.append(day)
    return found


def preceding(start: date, number: int) -> list[date]:
    """The working days before a day, latest first, found by looking at one day after another."""
    found: list[date] = []
    day = start
    while len(found) < number:
        day -= ONE_DAY
        if works(day):
            found.append(day)
    return found


def between(after: date, until: date) -> int:
    """The working days after one day up to and including a later one."""
    return sum(works(after + n * ONE_DAY) for n in range(1, (until - after).days + 1))
