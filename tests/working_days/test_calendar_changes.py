"""Days added and taken out, from code and from files, and calendars of one's own."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from victims_code.errors import CalendarRangeError, WrongTypeError, WrongValueError
from victims_code.working_days import BankHoliday, WorkingDayCalendar, england_and_wales

OVERRIDES = """\
add:
  - {date: 2026-07-06, title: Office move, source: circular 7, announced: 2026-06-01}
remove:
  - {date: 2026-05-04, source: circular 8, announced: 2026-04-20}
"""
OWN = """\
version: "1"
covers: {from: 2026-01-01, to: 2026-12-31}
sources:
  - {id: board, title: Minutes of the board, publisher: The board, evidence: text}
holidays:
  - {date: 2026-01-01, title: New Year's Day, source: board}
  - {date: 2026-03-17, title: Founders' day, source: board, announced: 2025-11-01, announced-source: board}
"""


def faults(problem) -> list[str]:
    return [str(fault) for fault in problem.value.faults]


# --- from code ----------------------------------------------------------------------------------------------------


def test_a_day_added_is_skipped_and_named():
    calendar = england_and_wales(add={date(2026, 4, 7): "Office closed"})
    assert calendar.add(date(2026, 4, 2), 5) == date(2026, 4, 14)
    assert calendar.why_not(date(2026, 4, 7)) == "Office closed"
    assert calendar.holidays(2026)[3] == BankHoliday(date=date(2026, 4, 7), title="Office closed", source="override")


def test_a_day_removed_counts():
    assert england_and_wales(remove=[date(2026, 4, 3)]).add(date(2026, 4, 2), 5) == date(2026, 4, 10)


def test_the_calendar_changed_is_another_one():
    before = england_and_wales()
    before.with_changes(add={date(2026, 4, 7): "Office closed"}, remove=[date(2026, 4, 3)])
    assert before.add(date(2026, 4, 2), 5) == date(2026, 4, 13)
    assert before is england_and_wales()


def test_no_change_is_the_same_calendar():
    assert england_and_wales().with_changes() is england_and_wales(add={}, remove=[]) is england_and_wales()


def test_a_day_may_be_taken_out_and_added_anew():
    calendar = england_and_wales(remove=[date(2026, 5, 4)], add={date(2026, 5, 4): "May Day"})
    assert calendar.why_not(date(2026, 5, 4)) == "May Day"


def test_years_not_yet_proclaimed_can_be_changed_too():
    calendar = england_and_wales(remove=[date(2031, 5, 5)], add={date(2031, 5, 8): "Early May bank holiday, moved"})
    assert calendar.is_working_day(date(2031, 5, 5))
    assert not calendar.is_working_day(date(2031, 5, 8))
    assert [holiday.projected for holiday in calendar.holidays(2031)].count(False) == 1
    with pytest.raises(WrongValueError, match="Good Friday"):
        calendar.with_changes(add={date(2031, 4, 11): "Again"})
    with pytest.raises(WrongValueError, match="Monday 5 May 2031 is not a holiday"):
        calendar.with_changes(remove=[date(2031, 5, 5)])


@given(
    st.dates(date(2025, 1, 1), date(2026, 6, 30)),
    st.integers(1, 40),
    st.sets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), min_size=1, max_size=5),
)
def test_adding_a_holiday_never_shortens(start, days, closed):
    before = england_and_wales()
    new = {day: "Closed" for day in closed if day not in {h.date for y in (2025, 2026) for h in before.holidays(y)}}
    after = before.with_changes(add=new)
    assert after.add(start, days) >= before.add(start, days)
    assert after.count(start, start + timedelta(days=60)) <= before.count(start, start + timedelta(days=60))


def test_two_calendars_that_differ_never_share_a_version():
    calendars = [
        england_and_wales(),
        england_and_wales(known_on=date(2022, 9, 1)),
        england_and_wales(known_on=date(2022, 9, 2)),
        england_and_wales(add={date(2026, 4, 7): "Closed"}),
        england_and_wales(add={date(2026, 4, 7): "Shut"}),
        england_and_wales(add={date(2026, 4, 8): "Closed"}),
        england_and_wales(remove=[date(2026, 4, 3)]),
        england_and_wales(remove=[date(2026, 4, 6)]),
        england_and_wales(remove=[date(2026, 4, 6), date(2026, 4, 3)]),
        england_and_wales(add={date(2026, 4, 7): "Closed"}, known_on=date(2022, 9, 1)),
    ]
    assert len({calendar.version for calendar in calendars}) == len(calendars)
    assert (
        england_and_wales(remove=[date(2026, 4, 3), date(2026, 4, 6)]).version
        == england_and_wales(remove=[date(2026, 4, 6), date(2026, 4, 3)]).version
    ), "the order in which changes are written makes no difference"


def test_every_change_that_makes_no_sense_is_listed():
    with pytest.raises(WrongValueError) as problem:
        england_and_wales(
            add={date(2026, 4, 3): "Closed", date(2026, 4, 7): "Closed"}, remove=[date(2026, 4, 8), date(2026, 4, 9)]
        )
    assert faults(problem) == [
        "Wednesday 8 April 2026 is not a holiday. Take it out of the days to be removed. [VC-DATE-005]",
        "Thursday 9 April 2026 is not a holiday. Take it out of the days to be removed. [VC-DATE-005]",
        "Friday 3 April 2026 is already a holiday (Good Friday). Take it out of the days to be added. [VC-DATE-005]",
    ]


def test_the_same_day_added_twice_is_refused():
    twice = [BankHoliday(date=date(2026, 4, 7), title=title, source="memo") for title in ("Closed", "Shut")]
    with pytest.raises(WrongValueError, match="already a holiday \\(Closed\\)"):
        england_and_wales(add=twice)


def test_a_change_outside_the_calendar_is_refused():
    with pytest.raises(CalendarRangeError, match="Give a day from Monday 1 January 1990"):
        england_and_wales(add={date(1989, 5, 1): "May Day"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"add": {"2026-04-07": "Closed"}}, "A date is needed, not text"),
        ({"add": {date(2026, 4, 7): None}}, "A title is needed for a day to be added, not None"),
        ({"add": [date(2026, 4, 7)]}, "A BankHoliday is needed, not datetime.date"),
        ({"remove": ["2026-04-03"]}, "A date is needed, not text"),
        ({"remove": "2026-04-03"}, "`remove` must be a list, not text"),
        ({"remove": date(2026, 4, 3)}, "`remove` must be a list, not a date"),
    ],
)
def test_changes_of_the_wrong_kind_are_refused(changes, words):
    with pytest.raises(WrongTypeError, match=words):
        england_and_wales(**changes)


# --- from a file --------------------------------------------------------------------------------------------------


def test_overrides_from_a_file(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_text(OVERRIDES, encoding="utf-8")
    calendar = england_and_wales(overrides=path)
    assert calendar.why_not(date(2026, 7, 6)) == "Office move"
    assert calendar.is_working_day(date(2026, 5, 4))
    assert england_and_wales(overrides=str(path)).version == calendar.version


def test_overrides_from_json(tmp_path):
    path = tmp_path / "local.json"
    path.write_text(
        '{"add": [{"date": "2026-07-06", "title": "Office move", "source": "circular 7"}]}', encoding="utf-8"
    )
    assert england_and_wales(overrides=path).why_not(date(2026, 7, 6)) == "Office move"


@pytest.mark.parametrize(
    ("known", "july", "may"),
    [("2026-04-01", True, False), ("2026-05-01", True, True), ("2026-06-01", False, True)],
)
def test_overrides_are_known_from_the_day_they_were_announced(tmp_path, known, july, may):
    path = tmp_path / "local.yaml"
    path.write_text(OVERRIDES, encoding="utf-8")
    calendar = england_and_wales(overrides=path, known_on=date.fromisoformat(known))
    assert (calendar.is_working_day(date(2026, 7, 6)), calendar.is_working_day(date(2026, 5, 4))) == (july, may)


def test_every_fault_of_a_file_of_overrides_is_named_with_its_line(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_text(
        "add:\n"
        "  - {date: 6 July 2026, title: Office move, source: circular 7}\n"
        "  - {date: 2026-07-07, titel: Office move, source: circular 7}\n"
        "  - {date: 2026-07-08, title: Office move, source: circular 7, announced-sorce: memo}\n"
        "removed: []\n",
        encoding="utf-8",
    )
    with pytest.raises(WrongValueError) as problem:
        england_and_wales(overrides=path)
    assert set(faults(problem)) == {
        "local.yaml, line 2, add[0].date: '6 July 2026' is not written year-month-day. "
        "If that is Monday 6 July 2026, write 2026-07-06. [VC-DATE-001]",
        "local.yaml, line 3, add[1].titel: The key 'titel' is not known here. Did you mean 'title'? [VC-FILE-003]",
        "local.yaml, line 3, add[1]: The key 'title' is missing. Add it. [VC-FILE-004]",
        "local.yaml, line 4, add[2].announced-sorce: The key 'announced-sorce' is not known here. "
        "Did you mean 'announced-source'? [VC-FILE-003]",
        "local.yaml, line 5, removed: The key 'removed' is not known here. Did you mean 'remove'? [VC-FILE-003]",
    }


def test_a_change_from_a_file_that_makes_no_sense_is_named_with_its_line(tmp_path):
    path = tmp_path / "local.yaml"
    path.write_text(
        "add:\n  - {date: 2026-04-03, title: Closed, source: memo}\nremove:\n  - {date: 2026-04-08, source: memo}\n",
        encoding="utf-8",
    )
    with pytest.raises(WrongValueError) as problem:
        england_and_wales(overrides=path)
    assert faults(problem) == [
        "local.yaml, line 2, add[0]: Friday 3 April 2026 is already a holiday (Good Friday). "
        "Take it out of the days to be added. [VC-DATE-005]",
        "local.yaml, line 4, remove[0]: Wednesday 8 April 2026 is not a holiday. "
        "Take it out of the days to be removed. [VC-DATE-005]",
    ]


def test_a_file_that_does_not_exist(tmp_path):
    with pytest.raises(WrongValueError, match="VC-FILE-006"):
        england_and_wales(overrides=tmp_path / "nothing.yaml")


# --- a calendar of one's own --------------------------------------------------------------------------------------


def test_a_calendar_of_ones_own(tmp_path):
    path = tmp_path / "our-days.yaml"
    path.write_text(OWN, encoding="utf-8")
    calendar = WorkingDayCalendar.from_yaml(path)
    assert calendar.add(date(2026, 3, 16), 1) == date(2026, 3, 18)
    assert calendar.as_known_on(date(2025, 10, 1)).add(date(2026, 3, 16), 1) == date(2026, 3, 17)
    assert (calendar.first_day, calendar.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert not calendar.is_projected(date(2026, 12, 31))
    assert calendar.version.startswith("our-days 1 (")
    with pytest.raises(CalendarRangeError, match="5 working days after Wednesday 30 December 2026"):
        calendar.add(date(2026, 12, 30), 5)
    with pytest.raises(CalendarRangeError, match="to Thursday 31 December 2026"):
        calendar.add(date(2027, 1, 1), 1)


def test_another_content_is_another_version(tmp_path):
    path = tmp_path / "our-days.yaml"
    path.write_text(OWN, encoding="utf-8")
    before = WorkingDayCalendar.from_yaml(path)
    path.write_text(OWN.replace("2026-03-17", "2026-03-18"), encoding="utf-8")
    assert WorkingDayCalendar.from_yaml(path).version != before.version


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "to: 2026-12-31",
            "to: 2026-06-30",
            "our-days.yaml, line 2, covers: A calendar covers whole years. "
            "Write 1 January and 31 December. [VC-DATA-004]",
        ),
        ("{from: 2026-01-01, ", "{", "our-days.yaml, line 2, covers: The key 'from' is missing. Add it. [VC-FILE-004]"),
        (
            "2026-03-17",
            "2026-01-01",
            "our-days.yaml, line 7, holidays[1].date: Thursday 1 January 2026 is listed twice. Keep one of the two. "
            "[VC-DATA-002]",
        ),
        (
            "date: 2026-01-01",
            "date: 2026-06-01",
            "our-days.yaml, line 7, holidays[1].date: Tuesday 17 March 2026 comes after Monday 1 June 2026. "
            "Put the days in order. [VC-DATA-004]",
        ),
        (
            "2026-03-17",
            "2027-03-17",
            "our-days.yaml, line 7, holidays[1].date: Wednesday 17 March 2027 is outside what the file covers. "
            "Correct the date, or extend `covers`. [VC-DATA-004]",
        ),
        (
            "Day, source: board",
            "Day, source: bored",
            "our-days.yaml, line 6, holidays[0].source: The source 'bored' is not listed. Did you mean 'board'? "
            "[VC-DATA-001]",
        ),
        (
            "announced-source: board",
            "announced-source: bored",
            "our-days.yaml, line 7, holidays[1].announced-source: The source 'bored' is not listed. "
            "Did you mean 'board'? [VC-DATA-001]",
        ),
        (
            "announced: 2025-11-01",
            "announced: 2026-11-01",
            "our-days.yaml, line 7, holidays[1].announced: Tuesday 17 March 2026 was announced only after it had "
            "passed. Correct one of the two dates. [VC-DATA-004]",
        ),
        (
            "announced: 2025-11-01",
            "substitute-for: 2026-03-16",
            "our-days.yaml, line 7, holidays[1].substitute-for: Monday 16 March 2026 is not a day of the weekend. "
            "Name the Saturday or Sunday it is instead of. [VC-DATA-004]",
        ),
        (
            "evidence: text",
            "evidence: hearsay",
            "our-days.yaml, line 4, sources[0].evidence: 'hearsay' is not allowed here. "
            "Allowed: secondary, text, unconfirmed. [VC-FILE-005]",
        ),
    ],
)
def test_faults_of_a_calendar_of_ones_own(tmp_path, old, new, fault):
    path = tmp_path / "our-days.yaml"
    assert old in OWN
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongValueError) as problem:
        WorkingDayCalendar.from_yaml(path)
    assert faults(problem) == [fault]


# --- taking it elsewhere ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, {"known_on": date(2022, 9, 1)}, {"remove": [date(2031, 5, 5)]}])
def test_a_calendar_can_be_sent_to_another_process(changes):
    calendar = england_and_wales(**changes)
    copy = pickle.loads(pickle.dumps(calendar))
    assert copy.version == calendar.version
    for day in (date(2022, 9, 16), date(2031, 5, 2)):
        assert copy.add(day, 1) == calendar.add(day, 1)
