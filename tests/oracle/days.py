"""Days as design.md section 5 counts them, one day after the other.

Readings: *day-of-event-is-day-zero*, *working-day*, *late* (the civil date in London), *ends-of-months*,
*born-29-february*.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

DATA = Path(__file__).resolve().parents[2] / "data"
LONDON = ZoneInfo("Europe/London")
ONE = timedelta(days=1)


@cache
def bank_holidays(known_on: date | None = None) -> frozenset[date]:
    """The days off, as the list had them on a day.

    A day announced later is not there yet. Where it had moved, the day from which it moved is.
    """
    listed = yaml.safe_load((DATA / "calendars" / "england-and-wales.yaml").read_text(encoding="utf-8"))
    found = set()
    for entry in listed["holidays"]:
        announced = entry.get("announced")
        if known_on is None or announced is None or announced <= known_on:
            found.add(entry["date"])
        elif "moved-from" in entry:
            found.add(entry["moved-from"])
    return frozenset(found)


def is_working(day: date, known_on: date | None = None) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(known_on)


def working_days_after(start: date, count: int, known_on: date | None = None) -> date:
    """The working day that is so many after a day, which is day zero whatever kind of day it is."""
    day = start
    while count:
        day += ONE
        if is_working(day, known_on):
            count -= 1
    return day


def working_days_between(start: date, end: date, known_on: date | None = None) -> int:
    """How many working days come after one day, up to and with another."""
    number, day = 0, start
    while day < end:
        day += ONE
        if is_working(day, known_on):
            number += 1
    return number


def months_after(start: date, count: int) -> date:
    """The same day of a later month, or the last day of it."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    day = start.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1


def birthday(born: date, age: int) -> date:
    """The day on which someone reaches an age; 1 March where there is no 29 February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def limit(start: date, count: int, unit: str, known_on: date | None = None) -> date:
    if unit == "working-day":
        return working_days_after(start, count, known_on)
    if unit == "day":
        return start + count * ONE
    return months_after(start, count * (12 if unit == "year" else 1))


def london(moment: str | date | None) -> date | None:
    """The civil date in London of a date, or of a time with or without a zone."""
    when = london_time(moment)
    return when.date() if isinstance(when, datetime) else when


def london_time(moment: str | date | None) -> date | datetime | None:
    """The same, with the time of day where there is one."""
    if moment is None:
        return None
    if not isinstance(moment, str):
        moment = moment.isoformat()
    if len(moment) == 10:
        return date.fromisoformat(moment)
    when = datetime.fromisoformat(moment)
    return when.astimezone(LONDON).replace(tzinfo=None) if when.tzinfo else when
