"""What is not a date, not a number of days, or not in the calendar is refused, with the way out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from victims_code.errors import CalendarRangeError, VictimsCodeError, WrongTypeError, WrongValueError
from victims_code.working_days import BankHoliday, england_and_wales

DAY = date(2026, 4, 2)
NOT_DATES = [True, 5, 1.5, "2026-04-02", None, [2026, 4, 2], timedelta(days=1)]
NOT_NUMBERS = [True, False, 1.0, 1.5, "5", None, [5], timedelta(days=5)]
NEEDS_A_DATE = {
    "add": lambda cal, value: cal.add(value, 5),
    "add none": lambda cal, value: cal.add(value, 0),
    "add each": lambda cal, value: cal.add_each([DAY, value], 5),
    "subtract": lambda cal, value: cal.subtract(value, 5),
    "count after": lambda cal, value: cal.count(value, DAY),
    "count until": lambda cal, value: cal.count(DAY, value),
    "trace": lambda cal, value: cal.trace(value, 5),
    "is working day": lambda cal, value: cal.is_working_day(value),
    "why not": lambda cal, value: cal.why_not(value),
    "next": lambda cal, value: cal.next_working_day(value),
    "previous": lambda cal, value: cal.previous_working_day(value),
    "is projected": lambda cal, value: cal.is_projected(value),
    "rests on projection": lambda cal, value: cal.rests_on_projection(DAY, value),
    "as known on": lambda cal, value: cal.as_known_on(value),
}
IN_RANGE = {name: call for name, call in NEEDS_A_DATE.items() if name != "as known on"}


@pytest.mark.parametrize("value", NOT_DATES, ids=repr)
@pytest.mark.parametrize("call", NEEDS_A_DATE.values(), ids=NEEDS_A_DATE)
def test_what_is_not_a_date_is_refused(call, value):
    with pytest.raises(WrongTypeError, match=r"A date is needed, not .*VC-DATE-001"):
        call(england_and_wales(), value)


def test_text_is_not_guessed_at_and_the_way_out_is_named():
    with pytest.raises(WrongTypeError) as problem:
        england_and_wales().add("04/03/2026", 1)
    assert str(problem.value) == (
        "A date is needed, not text ('04/03/2026'). "
        "Pass a datetime.date or datetime.datetime; date.fromisoformat reads text. [VC-DATE-001]"
    )


@pytest.mark.parametrize("value", NOT_NUMBERS, ids=repr)
@pytest.mark.parametrize("method", ["add", "subtract", "trace"])
def test_what_is_not_a_whole_number_of_days_is_refused(method, value):
    with pytest.raises(WrongTypeError, match=r"A whole number of working days is needed, not .*VC-DATE-002"):
        getattr(england_and_wales(), method)(DAY, value)


def test_many_at_once_refuse_the_same():
    with pytest.raises(WrongTypeError, match="VC-DATE-002"):
        england_and_wales().add_each([], 1.5)
    with pytest.raises(WrongValueError, match="VC-DATE-003"):
        england_and_wales().add_each([DAY], -1)


@pytest.mark.parametrize(("method", "other"), [("add", "subtract"), ("subtract", "add"), ("trace", "subtract")])
def test_a_negative_number_of_days_is_refused_and_the_other_method_named(method, other):
    with pytest.raises(WrongValueError) as problem:
        getattr(england_and_wales(), method)(DAY, -5)
    assert str(problem.value) == (
        f"The number of working days cannot be negative (-5). Use {other}() to go the other way. [VC-DATE-003]"
    )


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2061, 1, 1), date.min, date.max], ids=str)
@pytest.mark.parametrize("call", IN_RANGE.values(), ids=IN_RANGE)
def test_days_outside_the_calendar_are_refused_and_its_range_named(call, day):
    with pytest.raises(
        CalendarRangeError, match=r"Give a day from Monday 1 January 1990 to Friday 31 December 2060\. \[VC-DATE-004\]"
    ):
        call(england_and_wales(), day)


def test_answers_outside_the_calendar_are_refused():
    cal = england_and_wales()
    assert cal.add(date(2060, 12, 30), 1) == date(2060, 12, 31)
    with pytest.raises(CalendarRangeError, match=r"^2 working days after Thursday 30 December 2060 is outside"):
        cal.add(date(2060, 12, 30), 2)
    assert cal.subtract(date(1990, 1, 3), 1) == date(1990, 1, 2)
    with pytest.raises(CalendarRangeError, match=r"^1 working day before Tuesday 2 January 1990 is outside"):
        cal.subtract(date(1990, 1, 2), 1)
    with pytest.raises(CalendarRangeError, match=r"^1 working day before Monday 1 January 1990 is outside"):
        cal.previous_working_day(date(1990, 1, 1))
    with pytest.raises(CalendarRangeError):
        cal.add(DAY, 10**30)


@pytest.mark.parametrize("year", [1989, 2061, 0, -1])
def test_years_outside_the_calendar_are_refused(year):
    with pytest.raises(CalendarRangeError, match=f"The year {year} is outside the calendar. Give a day from"):
        england_and_wales().holidays(year)


@pytest.mark.parametrize("year", [True, 2026.0, "2026", None, DAY], ids=repr)
def test_what_is_not_a_year_is_refused(year):
    with pytest.raises(WrongTypeError, match=r"A year is needed, not .*VC-DATE-002"):
        england_and_wales().holidays(year)


def test_a_bank_holiday_needs_real_dates():
    with pytest.raises(WrongTypeError, match="A date is needed"):
        BankHoliday(date="2026-04-07", title="Closed", source="memo")
    with pytest.raises(WrongTypeError, match="A date is needed"):
        BankHoliday(date=DAY, title="Closed", source="memo", announced="2026-04-01")


def test_every_refusal_can_be_caught_as_one_kind_and_as_pythons_own():
    for call, own in (
        (lambda: england_and_wales().add("x", 1), TypeError),
        (lambda: england_and_wales().add(DAY, -1), ValueError),
        (lambda: england_and_wales().add(date(1980, 1, 1), 1), LookupError),
    ):
        with pytest.raises(VictimsCodeError):
            call()
        with pytest.raises(own):
            call()
