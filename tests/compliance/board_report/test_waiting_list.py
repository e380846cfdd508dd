"""The waiting list: nothing undone is off it because something is not known."""

from __future__ import annotations

import csv
from datetime import date

import duckdb
import pytest

import victims_code as vc
from shared.made_obligations import table_of
from victims_code.compliance import Obligations, from_assessments, waiting_list

CODE = vc.VictimsCode.load()
DUTY = "inform-suspect-arrested"


def cases():
    """An arrest no one told of, with the track unknown, and one told of, so that the duty is one the data shows."""
    arrest = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")
    told = vc.Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 2), suspect="S1")
    for reference, events in (("A1", [arrest]), ("A2", [arrest, told])):
        yield vc.Case(reference=reference, victims=[vc.Victim(reference="V1")], events=events)


def waiting_on(day):
    with from_assessments([CODE.assess(case, as_at=day) for case in cases()]) as obligations:
        return waiting_list(obligations, as_at=day)


@pytest.mark.parametrize("day", range(2, 21))
def test_an_arrest_nobody_told_of_waits_every_day_in_one_list(day):
    found = waiting_on(date(2026, 4, day))
    lists = {"due_soon": range(2, 8), "act_now": range(8, 14), "overdue": range(14, 31)}
    for name, days in lists.items():
        items = [item for item in getattr(found, name) if item.duty == DUTY]
        assert [item.case for item in items] == (["A1"] if day in days else [])
        assert all(item.act_by == date(2026, 4, 7) for item in items)


def test_the_file_has_the_id_and_the_day_to_act_by():
    day = date(2026, 4, 9)
    (one,) = CODE.assess(next(cases()), as_at=day).find(DUTY)
    rows = [row for row in csv.DictReader(waiting_on(day).to_csv().splitlines()) if row["duty"] == DUTY]
    assert [(row["list"], row["id"], row["act_by"], row["due_on"]) for row in rows] == [
        ("act now", one.id, "2026-04-07", "2026-04-13")
    ]


def test_a_date_that_waits_for_a_receipt_is_on_the_list():
    sentence = vc.Event(event="sentence-passed", at=date(2026, 4, 2), suspect="S1")
    case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")], events=[sentence])
    result = CODE.assess(case, as_at=date(2026, 4, 3))
    with from_assessments([result]) as obligations:
        found = waiting_list(obligations, as_at=date(2026, 4, 3))
    assert [(item.due_on, item.act_by) for item in found.due_soon if item.duty == "inform-sentence-passed"] == [
        (None, date(2026, 4, 7))
    ]


def test_what_the_data_never_shows_done_is_on_a_list_of_its_own():
    with from_assessments([CODE.assess(next(cases()), as_at=date(2026, 4, 9))]) as obligations:
        found = waiting_list(obligations, as_at=date(2026, 4, 9))
    assert (found.act_now, found.all_act_now) == ((), 0)
    assert [(item.duty, item.recorded) for item in found.never_recorded] == [(DUTY, False)]
    assert "never recorded," in found.to_csv()


def test_a_table_without_a_day_to_act_by_goes_by_the_earlier_date():
    rows = [
        {"status": "met"},
        {"status": "cannot-tell", "track": "unknown", "due_on": "2026-04-13", "due_on_if_enhanced": "2026-04-07"},
    ]
    with Obligations.open(table_of(rows)) as obligations:
        found = waiting_list(obligations, as_at=date(2026, 4, 8))
    assert [(item.case, item.act_by, item.id) for item in found.act_now] == [("C1", date(2026, 4, 7), None)]


def test_the_work_list_and_the_waiting_list_hold_the_same():
    for day in (date(2026, 4, 3), date(2026, 4, 8), date(2026, 4, 14)):
        results = [CODE.assess(case, as_at=day) for case in cases()]
        with from_assessments(results) as obligations:
            found = waiting_list(obligations, as_at=day)
        listed = {item.id for item in (*found.overdue, *found.act_now, *found.due_soon)}
        work = [one for one in vc.work_list(results) if one.urgency != "later"]
        assert listed | {one.id for one in work if one.duty.id != DUTY} == {one.id for one in work}


def test_a_table_of_cases_may_have_an_id_of_its_own():
    case = next(cases())
    beside = duckdb.sql("SELECT 'A1' AS case_ref, 'R/7' AS id, 'North' AS title")
    results = [CODE.assess(case, as_at=date(2026, 4, 9))]
    with from_assessments(results, cases=beside) as obligations:
        assert {"id", "title"} <= set(obligations.dimensions)
        assert waiting_list(obligations, as_at=date(2026, 4, 9)).all_never_recorded == 1
