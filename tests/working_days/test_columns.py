"""Whole columns of days: the same answers as day by day, in the library they came in, with what is missing kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy
import pandas
import polars
import pyarrow
import pytest

import victims_code as vc
from victims_code.errors import CalendarRangeError, EditionRangeError, WrongTypeError, WrongValueError

CALENDAR = vc.england_and_wales()
DAYS = [date(2026, 4, 2), None, date(2026, 4, 4)]
LATE = [datetime(2026, 8, 10, 23, 30, tzinfo=UTC), None]
"""Half past midnight in London, on a Tuesday."""
KINDS = {
    "numpy": lambda days: numpy.array(days, "datetime64[D]"),
    "numpy with hours": lambda days: numpy.array(days, "datetime64[D]").astype("datetime64[ns]"),
    "pandas": lambda days: pandas.to_datetime(pandas.Series(days, name="on", index=range(5, 5 + len(days)))),
    "pandas of dates": pandas.Series,
    "pandas on Arrow": lambda days: pandas.Series(days, dtype=pandas.ArrowDtype(pyarrow.date32())),
    "pandas index": pandas.DatetimeIndex,
    "polars": lambda days: polars.Series("on", days),
    "Arrow": pyarrow.array,
    "Arrow in chunks": lambda days: pyarrow.chunked_array([days[:1], days[1:]], pyarrow.date32()),
}


def plain(column):
    """The answers as Python has them, None where one is missing."""
    as_list = next(name for name in ("to_pylist", "tolist", "to_list") if hasattr(column, name))
    values = getattr(column, as_list)()
    values = [None if value is pandas.NaT or value is pandas.NA else value for value in values]
    return [value.date() if isinstance(value, datetime) else value for value in values]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_column_comes_back_as_what_it_was(kind):
    column = KINDS[kind](DAYS)
    moved, back = CALENDAR.add(column, 5), CALENDAR.subtract(column, 1)

    assert type(moved) is type(column)
    assert plain(moved) == [date(2026, 4, 13), None, date(2026, 4, 13)]
    assert plain(back) == [date(2026, 4, 1), None, date(2026, 4, 2)]
    assert plain(CALENDAR.is_working_day(column)) == [True, None, False]
    assert plain(CALENDAR.count(column, date(2026, 4, 13))) == [5, None, 5]
    assert plain(CALENDAR.count(column, moved)) == [5, None, 5]
    assert plain(CALENDAR.add(column, 0)) == DAYS


def test_names_and_index_are_kept():
    moved = CALENDAR.add(KINDS["pandas"](DAYS), 1)
    assert (moved.name, list(moved.index)) == ("on", [5, 6, 7])
    assert CALENDAR.add(KINDS["polars"](DAYS), 1).name == "on"


@pytest.mark.parametrize(
    "column",
    [
        pandas.Series(pandas.to_datetime(LATE, utc=True)),
        pandas.Series(LATE, dtype=object),
        polars.Series(LATE),
        pyarrow.array(LATE),
        pyarrow.chunked_array([pyarrow.array(LATE)]),
    ],
    ids=["pandas", "pandas of moments", "polars", "Arrow", "Arrow in chunks"],
)
def test_moments_with_a_zone_are_days_in_london(column):
    assert plain(CALENDAR.add(column, 1)) == [date(2026, 8, 12), None]


def test_a_column_says_what_each_day_says():
    days = [date(1990, 3, 1) + timedelta(days=n) for n in range(0, 25_000, 7)]
    column = numpy.array(days, "datetime64[D]")

    for number in (1, 5, 20):
        assert CALENDAR.add(column, number).tolist() == [CALENDAR.add(day, number) for day in days]
        assert CALENDAR.subtract(column, number).tolist() == [CALENDAR.subtract(day, number) for day in days]
    assert CALENDAR.is_working_day(column).tolist() == [CALENDAR.is_working_day(day) for day in days]
    pairs = zip(days, reversed(days), strict=True)
    assert CALENDAR.count(column, column[::-1]).tolist() == [CALENDAR.count(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("days", "number", "said"),
    [
        (["2026-04-02", "NaT", "1989-12-31", "1980-01-01"], 5, "position 2: Sunday 31 December 1989 is outside the"),
        (["2026-04-02", "2060-12-30"], 5, "position 1: Thursday 30 December 2060 is outside the calendar, or counts"),
        (["1990-01-01"], -1, "position 0: Monday 1 January 1990"),
    ],
)
def test_what_is_outside_the_calendar_is_named_by_its_position(days, number, said):
    column = numpy.array(days, "datetime64[D]")
    with pytest.raises(CalendarRangeError) as refused:
        CALENDAR.add(column, number) if number > 0 else CALENDAR.subtract(column, -number)
    assert said in str(refused.value)
    assert ("(and 1 more like it)" in str(refused.value)) is (len(days) > 3)
    assert "(and 0 more" not in str(refused.value)


@pytest.mark.parametrize(
    "column",
    [numpy.array([1]), pandas.Series(["2026-04-02"]), polars.Series([1.5]), pyarrow.array(["x"]), pandas.Series([1])],
    ids=["numpy", "pandas text", "polars", "Arrow", "pandas numbers"],
)
def test_a_column_of_something_else_is_refused(column):
    with pytest.raises(WrongTypeError, match="start: A column of days is needed"):
        CALENDAR.add(column, 1)


def test_columns_of_two_lengths_are_refused():
    with pytest.raises(WrongValueError, match="The columns hold 3 and 2 days"):
        CALENDAR.count(KINDS["polars"](DAYS), KINDS["polars"](DAYS[:2]))


def test_due_dates_of_a_column_are_under_the_edition_of_each_day():
    """Under the Code of 2006 the police had five working days after a charge, and under all since the same or one."""
    days = [date(2026, 4, 2), None, date(2016, 3, 24), date(2026, 4, 2)]
    due = vc.deadline("inform-suspect-charged", on=polars.Series(days), track="enhanced")

    for day, found in zip(days, due.to_list(), strict=True):
        assert found == (day and vc.deadline("inform-suspect-charged", on=day, track="enhanced").due)
    assert due.to_list()[0] == date(2026, 4, 7)


def test_a_day_before_any_code_is_named_by_its_position():
    with pytest.raises(EditionRangeError, match="position 1"):
        vc.deadline("inform-suspect-charged", on=pyarrow.array([None, date(1999, 1, 4)]), track="enhanced")


def test_an_empty_column_is_an_empty_column():
    assert len(CALENDAR.add(polars.Series("on", [], dtype=polars.Date), 5)) == 0
    assert len(CALENDAR.count(pandas.Series([], dtype="datetime64[ns]"), date(2026, 4, 2))) == 0
