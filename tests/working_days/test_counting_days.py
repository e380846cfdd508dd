"""Counting: equal to looking at one day after another, for every day of the list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code.working_days as module
from shared.by_rule import between, following, preceding, works
from victims_code.working_days import Trace, WorkingDayCalendar, england_and_wales

FIRST, LAST = date(1990, 1, 1), date(2028, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
inner_days = st.dates(date(1991, 1, 1), date(2027, 12, 31))
numbers = st.integers(1, 200)


@pytest.fixture(scope="module")
def cal() -> WorkingDayCalendar:
    return england_and_wales()


# --- every day, every number --------------------------------------------------------------------------------------


def test_add_equals_a_day_by_day_count_for_every_date_and_one_to_thirty_days(cal):
    for start in EVERY_DAY:
        assert [cal.add(start, n) for n in range(1, 31)] == following(start, 30), start


def test_subtract_equals_a_day_by_day_count_for_every_date(cal):
    for start in EVERY_DAY[60:]:
        assert [cal.subtract(start, n) for n in range(1, 31)] == preceding(start, 30), start


def test_every_day_is_a_working_day_or_has_a_reason(cal):
    for day in EVERY_DAY:
        assert cal.is_working_day(day) == works(day) == (cal.why_not(day) is None), day


@pytest.mark.parametrize("gap", [0, 1, 2, 5, 31, 366])
def test_count_equals_a_day_by_day_count(cal, gap):
    for after in EVERY_DAY[: -gap or None : 7]:
        until = after + timedelta(days=gap)
        assert cal.count(after, until) == between(after, until), after


# --- answers worked out by hand or published by others ------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2023-05-05", 1, "2023-05-09"),  # the coronation, which stock workalendar misses
        ("2022-09-16", 1, "2022-09-20"),  # the state funeral
        ("2022-06-01", 1, "2022-06-06"),  # the Platinum Jubilee
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day on a Saturday
        ("2021-12-24", 1, "2021-12-29"),  # both days of Christmas at the weekend
        ("2027-12-24", 1, "2027-12-29"),
        ("2026-03-27", 5, "2026-04-07"),  # Friday, Saturday and Sunday before Easter: the same answer
        ("2026-03-28", 5, "2026-04-07"),
        ("2026-03-29", 5, "2026-04-07"),
        ("2026-04-02", 5, "2026-04-13"),
        ("2026-04-03", 5, "2026-04-13"),  # Good Friday itself
        ("2021-07-03", 20, "2021-07-30"),  # from the tests of the Ministry of Justice's correspondence tool
        ("2017-05-18", 20, "2017-06-16"),
        ("2012-06-01", 1, "2012-06-06"),
        ("1995-05-05", 1, "1995-05-09"),
        ("1999-12-30", 1, "2000-01-04"),
    ],
)
def test_known_answers(cal, start, days, due):
    assert cal.add(date.fromisoformat(start), days) == date.fromisoformat(due)
    assert cal.add_each([date.fromisoformat(start)], days) == [date.fromisoformat(due)]


def test_the_day_of_the_event_is_day_zero_whatever_day_it_is(cal):
    friday, saturday, sunday = date(2026, 6, 5), date(2026, 6, 6), date(2026, 6, 7)
    assert {cal.add(day, 1) for day in (friday, saturday, sunday)} == {date(2026, 6, 8)}
    assert [cal.add(day, 0) for day in (friday, saturday, sunday)] == [friday, saturday, sunday]
    assert cal.subtract(saturday, 0) == saturday


def test_next_and_previous_are_never_the_day_itself(cal):
    assert cal.next_working_day(date(2026, 4, 1)) == date(2026, 4, 2)
    assert cal.previous_working_day(date(2026, 4, 2)) == date(2026, 4, 1)
    for day in (date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 6)):
        assert (cal.previous_working_day(day), cal.next_working_day(day)) == (date(2026, 4, 2), date(2026, 4, 7))


def test_count_leaves_out_the_first_day_and_takes_in_the_last(cal):
    assert cal.count(date(2026, 4, 2), date(2026, 4, 2)) == 0
    assert cal.count(date(2026, 4, 1), date(2026, 4, 2)) == 1
    assert cal.count(date(2026, 4, 2), date(2026, 4, 6)) == 0
    assert cal.count(date(2026, 4, 13), date(2026, 4, 2)) == -5


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-04-02", None),
        ("2026-04-03", "Good Friday"),
        ("2026-04-04", "Saturday"),
        ("2026-04-05", "Sunday"),
        ("2026-04-06", "Easter Monday"),
        ("2026-12-26", "Saturday"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2016-12-27", "Christmas Day (substitute day)"),
        ("2020-05-08", "Early May bank holiday (VE day)"),
        ("2022-09-19", "Bank holiday for the State Funeral of Queen Elizabeth II"),
        ("2023-05-08", "Bank holiday for the coronation of King Charles III"),
    ],
)
def test_why_not(cal, day, reason):
    assert cal.why_not(date.fromisoformat(day)) == reason


# --- the trace ----------------------------------------------------------------------------------------------------


def test_the_trace_numbers_the_days_that_count_and_gives_reasons_for_the_others(cal):
    assert cal.trace(date(2026, 4, 2), 2) == Trace(
        start=date(2026, 4, 2),
        due=date(2026, 4, 8),
        days=(
            (date(2026, 4, 3), None, "Good Friday"),
            (date(2026, 4, 4), None, "Saturday"),
            (date(2026, 4, 5), None, "Sunday"),
            (date(2026, 4, 6), None, "Easter Monday"),
            (date(2026, 4, 7), 1, None),
            (date(2026, 4, 8), 2, None),
        ),
        projected=False,
    )


@given(inner_days, st.integers(0, 60))
def test_a_trace_holds_every_day_once_and_ends_on_the_due_date(start, days):
    trace = england_and_wales().trace(start, days)
    assert trace.due == england_and_wales().add(start, days)
    assert [day for day, _, _ in trace.days] == [
        start + timedelta(days=n) for n in range(1, (trace.due - start).days + 1)
    ]
    assert [number for _, number, _ in trace.days if number is not None] == list(range(1, days + 1))
    assert len(trace.counted) == days
    assert len(trace.counted) + len(trace.skipped) == len(trace.days)


# --- properties ---------------------------------------------------------------------------------------------------


@given(inner_days, inner_days)
def test_counting_back_is_minus_counting_forth(a, b):
    assert england_and_wales().count(a, b) == -england_and_wales().count(b, a)


@given(inner_days, inner_days, inner_days)
def test_counts_add_up(a, b, c):
    cal = england_and_wales()
    assert cal.count(a, b) + cal.count(b, c) == cal.count(a, c)


@given(inner_days, numbers)
def test_adding_reaches_a_working_day_that_many_days_off(start, days):
    cal = england_and_wales()
    due = cal.add(start, days)
    assert cal.is_working_day(due)
    assert cal.count(start, due) == days


@given(inner_days, numbers)
def test_adding_and_subtracting_undo_each_other_from_a_working_day(start, days):
    cal = england_and_wales()
    working = cal.next_working_day(start)
    assert cal.subtract(cal.add(working, days), days) == working
    assert cal.add(cal.subtract(working, days), days) == working


@given(inner_days, inner_days, numbers)
def test_a_later_start_never_ends_earlier(a, b, days):
    cal = england_and_wales()
    assert cal.add(min(a, b), days) <= cal.add(max(a, b), days)


@given(st.lists(inner_days, max_size=20), st.integers(0, 60))
def test_many_at_once_equals_one_by_one(starts, days):
    cal = england_and_wales()
    assert cal.add_each(iter(starts), days) == [cal.add(start, days) for start in starts]


# --- moments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "london"),
    [
        (datetime(2026, 8, 10, 23, 30, tzinfo=UTC), date(2026, 8, 11)),  # half past midnight, summer time
        (datetime(2026, 8, 10, 22, 30, tzinfo=UTC), date(2026, 8, 10)),
        (datetime(2026, 1, 10, 23, 30, tzinfo=UTC), date(2026, 1, 10)),  # winter: the clocks agree
        (datetime(2026, 8, 11, 4, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 8, 10)),
        (datetime(2026, 8, 10, 23, 30), date(2026, 8, 10)),  # noqa: DTZ001 (no zone: London time)
        (datetime(2026, 8, 10), date(2026, 8, 10)),  # noqa: DTZ001
    ],
)
def test_a_moment_counts_as_its_civil_date_in_london(cal, moment, london):
    assert cal.add(moment, 1) == cal.add(london, 1)
    assert cal.add_each([moment], 1) == [cal.add(london, 1)]
    assert cal.add(moment, 0) == cal.subtract(moment, 0) == london
    assert type(cal.add(moment, 0)) is date
    assert cal.subtract(moment, 3) == cal.subtract(london, 3)
    assert cal.count(moment, date(2026, 12, 1)) == cal.count(london, date(2026, 12, 1))
    assert cal.count(date(2026, 1, 1), moment) == cal.count(date(2026, 1, 1), london)
    assert cal.is_working_day(moment) == cal.is_working_day(london)
    assert cal.trace(moment, 2) == cal.trace(london, 2)
    assert not cal.is_projected(moment)


def test_whole_numbers_of_numpy_are_whole_numbers(cal):
    numpy = pytest.importorskip("numpy")
    assert cal.add(date(2026, 4, 2), numpy.int64(5)) == date(2026, 4, 13)
    assert cal.holidays(numpy.int32(2026)) == cal.holidays(2026)


def test_the_calendar_of_today_is_read_once():
    assert england_and_wales() is england_and_wales()
    assert set(module.__all__) == {
        "BankHoliday", "EnglandAndWales", "Trace", "WorkingDayCalendar", "england_and_wales",
    }  # fmt: skip
