"""Years after the last proclaimed one: worked out by rule, flagged, and not loaded before they are needed."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date

import pytest

import victims_code.working_days as module
from shared.by_rule import days_off, following
from victims_code.working_days import EnglandAndWales, england_and_wales, projection

PROJECTED = range(2029, 2061)


@pytest.mark.parametrize("year", PROJECTED)
def test_projected_years_are_what_the_rules_give(year):
    found = england_and_wales().holidays(year)
    assert {holiday.date for holiday in found} == days_off(year)
    assert all(holiday.projected for holiday in found)


def test_projected_days_have_the_usual_names_also_around_christmas():
    titles = {
        year: [(holiday.date.day, holiday.reason) for holiday in england_and_wales().holidays(year)[-2:]]
        for year in (2031, 2032, 2033, 2037)
    }
    assert titles == {
        2031: [(25, "Christmas Day"), (26, "Boxing Day")],
        2032: [(27, "Christmas Day (substitute day)"), (28, "Boxing Day (substitute day)")],
        2033: [(26, "Boxing Day"), (27, "Christmas Day (substitute day)")],
        2037: [(25, "Christmas Day"), (28, "Boxing Day (substitute day)")],
    }
    assert [holiday.reason for holiday in england_and_wales().holidays(2033)[:6]] == [
        "New Year's Day (substitute day)",
        "Good Friday",
        "Easter Monday",
        "Early May bank holiday",
        "Spring bank holiday",
        "Summer bank holiday",
    ]


def test_names_of_projected_days_follow_the_names_of_the_list():
    """What the rules would call the days of the list is what the list calls them, one-off days aside."""
    for year in range(1990, 2029):
        for holiday in england_and_wales().holidays(year):
            if holiday.announced is None and holiday.moved_from is None and holiday.title[:5] not in ("Mille", "Queen"):
                assert projection._usual_title(holiday.date) == (holiday.title, holiday.substitute_for)


@pytest.mark.parametrize("start", [date(2028, 12, 20), date(2029, 3, 28), date(2040, 12, 24), date(2060, 11, 1)])
def test_counting_goes_on_into_projected_years(start):
    assert [england_and_wales().add(start, n) for n in range(1, 31)] == following(start, 30)


def test_answers_that_rest_on_a_projection_say_so():
    cal = england_and_wales()
    assert not cal.is_projected(date(2028, 12, 31))
    assert cal.is_projected(date(2029, 1, 1))
    assert not cal.rests_on_projection(date(2028, 12, 1), date(2028, 12, 29))
    assert cal.rests_on_projection(date(2028, 12, 28), date(2029, 1, 4))
    assert cal.trace(date(2028, 12, 28), 5).projected
    assert not cal.trace(date(2028, 12, 20), 3).projected


def test_answers_for_proclaimed_years_are_the_same_once_projected_years_are_loaded():
    before = england_and_wales(known_on=date(2024, 2, 29))
    answers = [before.add(date(2020, 1, 1), n) for n in range(1, 2_000)]
    before.add(date(2031, 1, 1), 1)
    assert [before.add(date(2020, 1, 1), n) for n in range(1, 2_000)] == answers


def test_workalendar_is_loaded_only_for_a_projected_year():
    script = """
import sys
from datetime import date
from victims_code.working_days import england_and_wales
cal = england_and_wales()
cal.add(date(2026, 4, 2), 5), cal.count(date(1990, 1, 1), date(2028, 12, 31)), cal.trace(date(2028, 12, 1), 5)
cal.holidays(2028), cal.is_projected(date(2031, 1, 1)), cal.as_known_on(date(2022, 9, 1)).subtract(date(2022, 9, 20), 1)
heavy = {"workalendar", "lunardate", "convertdate", "numpy", "pandas"}
print(sorted(heavy & set(sys.modules)))
cal.add(date(2031, 4, 10), 1)
print(sorted({"workalendar"} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout.splitlines() == ["[]", "['workalendar']"]


def test_importing_reads_no_data_and_no_workalendar():
    script = """
import sys
import victims_code.working_days
front = sys.modules["victims_code.working_days.proclaimed"]
print("workalendar" in sys.modules, front._england_and_wales.cache_info().currsize)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout.split() == ["False", "0"]


# --- for those who use workalendar --------------------------------------------------------------------------------


def test_the_exported_class_is_workalendars_own_with_the_corrections():
    from workalendar.europe import UnitedKingdom

    assert issubclass(EnglandAndWales, UnitedKingdom)
    assert EnglandAndWales().add_working_days(date(2023, 5, 5), 1) == date(2023, 5, 9)
    assert UnitedKingdom().add_working_days(date(2023, 5, 5), 1) == date(2023, 5, 8), "no longer wrong: drop the fix"
    assert 2023 not in UnitedKingdom.non_computable_holiday_dict, "the class we build on is left as it was"


def test_the_exported_class_is_one_class_and_can_be_pickled():
    assert module.EnglandAndWales is EnglandAndWales
    assert type(pickle.loads(pickle.dumps(EnglandAndWales()))) is EnglandAndWales


def test_other_names_are_not_made_up():
    with pytest.raises(AttributeError, match="has no attribute 'Scotland'"):
        module.Scotland  # noqa: B018
