"""Over all lists there are, and every day between the two due dates: what is undone is on each of them."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

import victims_code as vc
from shared.parameters import mostly_long
from victims_code.compliance import from_assessments, report, waiting_list
from victims_code.render import assessments_to_csv, assessments_to_icalendar
from victims_code.render.work_list import GROUPS, work_list_of
from victims_code.testing.made_up import made_up_case
from victims_code.working_days import england_and_wales

CODE = vc.VictimsCode.load()
AROUND = date(2026, 4, 2)
"""The Thursday before Easter: working days and days of the calendar lie far apart."""
CASES = [made_up_case(seed, reference=f"M/{seed}", around=AROUND) for seed in range(24)]
ARREST = vc.Event(event="suspect-arrested", at=AROUND, suspect="S1")
CASES += [vc.Case(reference="A/1", victims=[vc.Victim(reference="V1")], events=[ARREST])]


def undone(results):
    """What has a date and no record that it was done, whatever else is known or not."""
    return {
        one.id: one
        for result in results
        for one in result.obligations
        if one.discharged_on is None and one.act_by is not None and one.status != "suspended"
    }


@pytest.mark.parametrize("later", mostly_long(range(40), always=0))
def test_every_list_has_all_that_is_undone(later):
    all_lists_have_it(AROUND + timedelta(days=later))


@pytest.mark.parametrize("day", [date(2026, 4, 7), date(2026, 4, 8), date(2026, 4, 13), date(2026, 4, 14)], ids=str)
def test_every_list_has_it_on_the_days_on_which_dates_pass(day):
    all_lists_have_it(day)


def all_lists_have_it(as_at):
    results = [CODE.assess(case, as_at=as_at) for case in CASES]
    wanted, plain = undone(results), [result.to_dict() for result in results]
    assert wanted

    assert {one.id for one in vc.work_list(results)} == wanted.keys()
    assert {one.id for result in results for one in result.work_list()} == wanted.keys()
    assert wanted.keys() <= {row["id"] for row in csv.DictReader(assessments_to_csv(plain).splitlines())}
    diary = assessments_to_icalendar(plain).replace("\r\n ", "")
    assert [one for one in wanted if one not in diary] == []
    todo = work_list_of(plain)
    rows = {name: [(row[1], row[2].removesuffix(", if owed")) for row in todo.urgent[name]] for name in GROUPS}
    for one in wanted.values():
        on_it = (one.case, one.duty.title) in rows.get(str(one.urgency), ())
        assert on_it or (one.urgency == "later" and todo.later), one

    with from_assessments(results) as obligations:
        found = waiting_list(obligations, as_at=as_at)
    end = england_and_wales().add(as_at, 6)
    soon = {id_ for id_, one in wanted.items() if one.status == "overdue" or one.act_by < end}
    assert {item.id for items in found.lists.values() for item in items} == soon
    assert len(soon) == sum((found.all_overdue, found.all_act_now, found.all_due_soon, found.all_never_recorded))
    assert {row["id"] for row in csv.DictReader(found.to_csv().splitlines())} == soon
    assert {wanted[item.id].urgency for item in found.overdue} <= {"overdue"}
    assert {wanted[item.id].urgency for item in found.act_now} <= {"act-now"}
    assert {wanted[item.id].urgency for item in found.due_soon} <= {"due-today", "due-soon", "later"}


def test_the_file_of_the_report_has_all_that_the_waiting_list_has():
    with from_assessments([CODE.assess(case, as_at=AROUND) for case in CASES]) as obligations:
        made = report(obligations, as_at=AROUND, small_numbers=None)
        assert made.files["waiting-list.csv"] == waiting_list(obligations, as_at=AROUND).to_csv()
