"""The calendar as it was known on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from victims_code.working_days import BankHoliday, england_and_wales

ANNOUNCED = [
    holiday for year in range(1990, 2029) for holiday in england_and_wales().holidays(year) if holiday.announced
]


def test_the_state_funeral_was_not_known_on_1_september_2022():
    assert england_and_wales().add(date(2022, 9, 16), 1) == date(2022, 9, 20)
    assert england_and_wales(known_on=date(2022, 9, 1)).add(date(2022, 9, 16), 1) == date(2022, 9, 19)
    assert england_and_wales(known_on=date(2022, 9, 12)).add(date(2022, 9, 16), 1) == date(2022, 9, 20)


@pytest.mark.parametrize(
    ("known", "off", "on"),
    [
        ("2019-06-06", "2020-05-04", "2020-05-08"),
        ("2019-06-07", "2020-05-08", "2020-05-04"),
        ("2020-01-15", "2022-05-30", "2022-06-02"),
        ("2020-01-15", "2022-05-30", "2022-06-03"),
        ("2021-01-15", "2022-06-02", "2022-05-30"),
        ("2021-01-15", "2022-06-03", "2022-05-30"),
        ("2009-06-01", "2012-05-28", "2012-06-04"),
        ("2010-06-01", "2012-06-04", "2012-05-28"),
    ],
)
def test_a_moved_day_is_where_it_was_until_the_move_is_announced(known, off, on):
    calendar = england_and_wales(known_on=date.fromisoformat(known))
    assert not calendar.is_working_day(date.fromisoformat(off))
    assert calendar.is_working_day(date.fromisoformat(on))


def test_the_coronation_was_known_from_its_announcement():
    monday = date(2023, 5, 8)

    assert england_and_wales(known_on=date(2022, 11, 5)).is_working_day(monday)
    assert not england_and_wales(known_on=date(2022, 11, 6)).is_working_day(monday)


def test_a_day_before_it_was_moved_has_its_usual_name():
    assert england_and_wales(known_on=date(2019, 1, 1)).why_not(date(2020, 5, 4)) == "Early May bank holiday"
    assert england_and_wales().why_not(date(2020, 5, 8)) == "Early May bank holiday (VE day)"


@pytest.mark.parametrize("holiday", ANNOUNCED, ids=lambda holiday: str(holiday.date))
def test_an_announcement_is_known_from_its_day_on_and_not_before(holiday):
    cal = england_and_wales()
    assert cal.as_known_on(holiday.announced).why_not(holiday.date) == holiday.title
    eve = cal.as_known_on(holiday.announced - timedelta(days=1))
    assert eve.is_working_day(holiday.date)
    assert holiday.moved_from is None or not eve.is_working_day(holiday.moved_from)


def test_days_without_an_announcement_are_always_known():
    before_all = england_and_wales(known_on=date(1990, 1, 1))
    for day in (date(2026, 4, 3), date(2026, 12, 28), date(1995, 5, 8), date(2002, 6, 4), date(1999, 12, 31)):
        assert not before_all.is_working_day(day)


def test_once_everything_is_announced_the_calendar_is_that_of_today():
    now, then = england_and_wales(), england_and_wales(known_on=max(holiday.announced for holiday in ANNOUNCED))
    for year in range(1990, 2032):
        assert now.holidays(year) == then.holidays(year)


def test_a_moment_is_a_day_in_london():
    assert (
        england_and_wales(known_on=datetime(2022, 9, 1, 12)).version  # noqa: DTZ001
        == england_and_wales(known_on=date(2022, 9, 1)).version
    )


def test_added_days_carry_their_own_announcement():
    closure = BankHoliday(date=date(2026, 7, 6), title="Office move", source="circular 7", announced=date(2026, 6, 1))
    assert not england_and_wales(add=[closure]).is_working_day(date(2026, 7, 6))
    assert not england_and_wales(add=[closure], known_on=date(2026, 6, 1)).is_working_day(date(2026, 7, 6))
    assert england_and_wales(add=[closure], known_on=date(2026, 5, 31)).is_working_day(date(2026, 7, 6))


def test_a_day_added_where_a_moved_holiday_was_stays():
    calendar = england_and_wales(add={date(2020, 5, 4): "Closed"}, known_on=date(2019, 1, 1))
    assert calendar.why_not(date(2020, 5, 4)) == "Closed"


def test_the_version_says_as_known_on_which_day():
    assert england_and_wales(known_on=date(2022, 9, 1)).version == (
        f"{england_and_wales().version}, as known on 2022-09-01"
    )


def test_projected_years_can_still_be_asked_for():
    assert england_and_wales(known_on=date(2022, 9, 1)).add(date(2031, 4, 10), 1) == date(2031, 4, 15)
