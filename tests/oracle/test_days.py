"""The library's calendar against days counted one after the other."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

import victims_code as vc
from oracle.days import bank_holidays, is_working, limit, london, working_days_after, working_days_between

DAY = timedelta(days=1)


@pytest.mark.parametrize("known_on", [None, date(2010, 11, 22), date(2020, 11, 11), date(2022, 9, 9)])
def test_every_day_of_thirty_years(known_on):
    calendar = vc.england_and_wales(known_on=known_on)
    day = date(1994, 12, 1)
    while day < date(2027, 6, 1):
        assert calendar.is_working_day(day) == is_working(day, known_on), day
        day += DAY


def test_working_days_after_and_between():
    calendar, draw = vc.england_and_wales(), random.Random(1)
    for _ in range(600):
        day, count = date(2006, 4, 1) + DAY * draw.randrange(7500), draw.randrange(45)
        assert calendar.add(day, count) == working_days_after(day, count), (day, count)
        later = day + DAY * draw.randrange(300)
        assert calendar.count(day, later) == working_days_between(day, later), (day, later)


def test_around_every_bank_holiday():
    calendar = vc.england_and_wales()
    for holiday in sorted(bank_holidays()):
        if 1990 < holiday.year < 2028:
            for before in range(6):
                day = holiday - DAY * before
                assert [calendar.add(day, n) for n in (1, 5)] == [working_days_after(day, n) for n in (1, 5)], day


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (date(2024, 1, 31), 1, "month", date(2024, 2, 29)),
        (date(2023, 1, 31), 1, "month", date(2023, 2, 28)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2023, 12, 31), 2, "month", date(2024, 2, 29)),
        (date(2026, 4, 2), 1, "working-day", date(2026, 4, 7)),
        (date(2026, 4, 4), 28, "day", date(2026, 5, 2)),
    ],
)
def test_days_by_hand(start, count, unit, end):
    assert limit(start, count, unit) == end


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T00:30:00Z", date(2026, 3, 29)),
        ("2026-06-01T23:30:00Z", date(2026, 6, 2)),
        ("2026-12-01T23:30:00Z", date(2026, 12, 1)),
        ("2026-10-24T23:30:00Z", date(2026, 10, 25)),
        ("2026-06-02T00:30:00+01:00", date(2026, 6, 2)),
        ("2026-12-02T00:30:00+01:00", date(2026, 12, 1)),
        ("2026-06-01T23:30", date(2026, 6, 1)),
    ],
)
def test_a_time_falls_on_its_day_in_london(moment, day):
    case = vc.Case.from_dict(
        {"reference": "A1", "victims": [{"reference": "V1"}], "events": [{"event": "suspect-arrested", "at": moment}]}
    )
    assert london(moment) == day == case.events[0].on
