"""The dated list: equal to three other derivations, and in good order."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.by_rule import EXTRA, MOVED, days_off
from victims_code.working_days import EnglandAndWales, england_and_wales

PROCLAIMED = range(1990, 2029)
PEERS_KNOW = date(2025, 12, 31)
"""The packages we compare with know what was announced by this day; our list is compared as it was known then."""
BY_RULE = "a one-off day belongs in EXTRA, a moved one in MOVED, in tests/shared/by_rule.py"
YEARLY = {
    "New Year's Day",
    "Good Friday",
    "Easter Monday",
    "Early May bank holiday",
    "Spring bank holiday",
    "Summer bank holiday",
    "Christmas Day",
    "Boxing Day",
}


def listed(year: int, known_on: date | None = None) -> set[date]:
    return {holiday.date for holiday in england_and_wales(known_on=known_on).holidays(year)}


def every_holiday(known_on=None):
    calendar = england_and_wales(known_on=known_on)
    return [holiday for year in PROCLAIMED for holiday in calendar.holidays(year)]


@pytest.mark.parametrize("year", PROCLAIMED)
def test_the_list_is_what_the_rules_and_the_one_off_days_give(year):
    assert sorted(listed(year) ^ days_off(year)) == [], BY_RULE


@pytest.mark.parametrize("year", PROCLAIMED)
def test_the_exported_workalendar_class_agrees_with_the_list(year):
    assert {day for day, _ in EnglandAndWales().holidays(year) if day.weekday() < 5} == listed(year, PEERS_KNOW)


def test_stock_workalendar_is_wrong_only_where_we_say_it_is():
    from workalendar.europe import UnitedKingdom

    stock = {day for year in PROCLAIMED for day, _ in UnitedKingdom().holidays(year) if day.weekday() < 5}
    ours = {holiday.date for holiday in every_holiday(PEERS_KNOW)}
    assert stock ^ ours == {date(1995, 5, 1), date(1995, 5, 8), date(2023, 5, 8)}


def test_the_package_holidays_agrees_with_the_list():
    peer = pytest.importorskip("holidays")
    found = peer.country_holidays("GB", subdiv="ENG", years=PROCLAIMED)
    assert {day for day in found if day.weekday() < 5} == {holiday.date for holiday in every_holiday(PEERS_KNOW)}


def test_the_list_covers_1990_to_2028():
    calendar = england_and_wales()
    assert (calendar.first_day, calendar.last_proclaimed_year) == (date(1990, 1, 1), 2028)


def test_eight_days_a_year_but_for_the_one_off_days():
    more = {year: len(listed(year)) for year in PROCLAIMED if len(listed(year)) != 8}
    assert more == {1999: 9, 2002: 9, 2011: 9, 2012: 9, 2022: 10, 2023: 9}, "a new one-off day gets its count here"


def test_every_holiday_is_a_weekday_that_names_its_source_and_is_in_order():
    days = every_holiday()
    assert [holiday.date for holiday in days] == sorted({holiday.date for holiday in days})
    assert all(holiday.date.weekday() < 5 and holiday.source and not holiday.projected for holiday in days)


def test_titles_are_the_same_every_year():
    for holiday in every_holiday():
        usual = holiday.title.partition(" (")[0]
        assert usual in YEARLY or holiday.date in EXTRA, f"{holiday}: {BY_RULE}"
        assert re.fullmatch(r"[A-Za-z0-9',() ]+", holiday.title), "straight apostrophes only"


def test_moved_days_say_where_they_were_moved_from():
    assert {holiday.moved_from: holiday.date for holiday in every_holiday() if holiday.moved_from} == MOVED, BY_RULE


def test_substitute_days_stand_in_for_a_day_of_the_weekend_before():
    substitutes = [holiday for holiday in every_holiday() if holiday.substitute_for]
    for holiday in substitutes:
        assert holiday.substitute_for.weekday() >= 5
        assert 0 < (holiday.date - holiday.substitute_for).days <= 2
    named_by_date = {(12, 25): "Christmas Day", (12, 26): "Boxing Day", (1, 1): "New Year's Day"}
    for holiday in every_holiday():
        if holiday.title in named_by_date.values():
            stands_for = holiday.substitute_for or holiday.date
            assert named_by_date[stands_for.month, stands_for.day] == holiday.title


def test_one_off_and_moved_days_since_2011_say_when_they_were_announced_and_how_we_know():
    announced = {holiday.date for holiday in every_holiday() if holiday.announced}
    assert announced == {day for day in (*EXTRA, *MOVED.values()) if day.year >= 2011}, BY_RULE
    for holiday in every_holiday():
        assert (holiday.announced is None) == (holiday.announced_source is None)
        assert holiday.announced is None or holiday.announced < holiday.date
