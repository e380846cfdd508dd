"""What to do next: the last day in time, how urgent each duty is, and a list that nothing undone ever leaves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.testing.made_up import made_up_case, turning_days

CODE = vc.VictimsCode.load()
ARREST = vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")
"""On the Thursday before Easter 2026: one working day later is Tuesday 7 April, five are Monday 13 April."""
TRACK_UNKNOWN = vc.Victim(reference="V1")
OFFENCE = vc.Offence(committed_on=date(2026, 4, 1))
STANDARD = vc.Victim(reference="V1", born=date(1980, 1, 1))


def arrest(*more, victim=TRACK_UNKNOWN, as_at, reference="A1"):
    case = vc.Case(reference=reference, victims=[victim], events=[ARREST, *more], offence=OFFENCE)
    result = CODE.assess(case, as_at=as_at)
    (found,) = result.find("inform-suspect-arrested")
    return result, found


@pytest.mark.parametrize(
    ("as_at", "urgency", "status"),
    [
        (date(2026, 4, 2), "due-soon", "not-yet-due"),
        (date(2026, 4, 7), "due-today", "cannot-tell"),
        (date(2026, 4, 8), "act-now", "cannot-tell"),
        (date(2026, 4, 13), "act-now", "cannot-tell"),
        (date(2026, 4, 14), "overdue", "overdue"),
    ],
    ids=str,
)
def test_an_arrest_nobody_told_of_is_on_the_list_every_day(as_at, urgency, status):
    result, found = arrest(as_at=as_at)
    assert found in result.work_list()
    assert (found.act_by, found.urgency, found.status) == (date(2026, 4, 7), urgency, status)
    said = {"act-now": "Act now: it may be late already.", "due-today": "Act today to be sure to be in time."}
    assert said.get(urgency, "") in found.explain().summary


def test_what_is_due_in_a_month_is_later_until_more_days_are_soon():
    needs = vc.Event(event="needs-assessed", at=date(2026, 4, 2))
    result, found = arrest(needs, victim=STANDARD, as_at=date(2026, 4, 2))
    assert (found.act_by, found.urgency) == (date(2026, 4, 13), "due-soon")
    assert [one.urgency for one in result.work_list(within=4) if one == found] == ["later"]
    assert [one.urgency for one in vc.work_list([result], within=5) if one == found] == ["due-soon"]


def test_a_receipt_that_is_not_on_record_leaves_the_earliest_date_to_act_by():
    sentence = vc.Event(event="sentence-passed", at=date(2026, 4, 2), suspect="S1")
    result, _ = arrest(sentence, as_at=date(2026, 4, 15))
    (found,) = result.find("inform-sentence-passed")
    assert (found.due_on, found.act_by, found.urgency) == (None, date(2026, 4, 7), "act-now")
    assert found in result.work_list()


def test_what_may_not_apply_is_on_the_list():
    found = [
        one
        for n in range(60)
        for one in CODE.assess(made_up_case(n, around=date(2024, 5, 1)), as_at=date(2024, 6, 20)).work_list()
        if one.applies is None
    ]
    assert found
    assert {one.urgency for one in found} <= {"act-now", "due-today", "due-soon", "later"}


def test_what_is_done_on_hold_or_undated_is_not_on_the_list():
    told = vc.Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 9), victim="V1")
    declined = vc.Event(event="updates-declined", at=date(2026, 4, 1), victim="V1")
    for record in (told, declined):
        result, found = arrest(record, as_at=date(2026, 4, 9))
        assert found.urgency is None
        assert found not in result.work_list()
    undated = [one for one in result.obligations if one.act_by is None]
    assert undated
    assert not {one.id for one in undated} & {one.id for one in result.work_list()}


def test_the_lists_of_several_cases_are_one_in_the_order_of_their_dates():
    later = vc.Case(
        reference="B",
        offence=OFFENCE,
        victims=[STANDARD],
        events=[vc.Event(event="crime-reported", at=date(2026, 4, 8))],
    )
    results = [CODE.assess(later, as_at=date(2026, 4, 9)), arrest(as_at=date(2026, 4, 9))[0]]
    found = [(one.case, one.act_by) for one in vc.work_list(results)]
    assert found == sorted(found, key=lambda pair: pair[1])
    assert {case for case, _ in found} == {"A1", "B"}
    assert found == [(one.case, one.act_by) for one in vc.work_list(reversed(results))]


def test_a_result_alone_or_something_else_is_refused_in_the_librarys_words():
    result = arrest(as_at=date(2026, 4, 9))[0]
    for wrong in (result, result.to_dict(), [result.to_dict()]):
        with pytest.raises(vc.VictimsCodeError, match="results"):
            vc.work_list(wrong)


@pytest.mark.parametrize("within", [-1, 2.5, True, "5"])
def test_a_wrong_number_of_days_is_refused(within):
    with pytest.raises(vc.VictimsCodeError, match="is not a number of working days"):
        arrest(as_at=date(2026, 4, 9))[0].work_list(within=within)


@pytest.mark.parametrize(
    ("as_at", "changes_on"),
    [
        (date(2026, 4, 2), date(2026, 4, 7)),
        (date(2026, 4, 7), date(2026, 4, 8)),
        (date(2026, 4, 8), date(2026, 4, 13)),
        (date(2026, 4, 13), date(2026, 4, 14)),
    ],
    ids=str,
)
def test_the_next_day_on_which_an_answer_can_change(as_at, changes_on):
    result, _ = arrest(as_at=as_at)
    assert result.changes_on == changes_on
    assert result.to_dict()["changes_on"] == changes_on.isoformat()


def test_nothing_changes_where_everything_is_done():
    case = vc.Case(reference="A", victims=[STANDARD], events=[vc.Event(event="victim-died", at=date(2026, 4, 1))])
    assert CODE.assess(case, as_at=date(2026, 4, 9)).changes_on is None


def answers(result):
    """Every answer that a later date can change."""
    windows = [(w.scheme.id, w.victim, w.state, [f.status for f in w.follow_ups]) for w in result.windows]
    persons = [(one.victim, one.enhanced) for one in result.eligibility]
    urgent = {"due-soon": "later"}
    duties = sorted((one.id, one.status, urgent.get(one.urgency, str(one.urgency))) for one in result.obligations)
    return duties, windows, persons, [(m.victim, m.eligible) for m in result.special_measures]


@given(st.integers(0, 2**60), st.sampled_from(turning_days()), st.integers(-3, 60))
def test_nothing_changes_before_that_day(seed, around, later):
    case, as_at = made_up_case(seed, around=around), around + timedelta(days=later)
    result = CODE.assess(case, as_at=as_at)
    until = result.changes_on or as_at + timedelta(days=60)
    for days in {1, (until - as_at).days // 2, (until - as_at).days - 1} - {0, (until - as_at).days}:
        if 0 < days < (until - as_at).days:
            assert answers(CODE.assess(case, as_at=as_at + timedelta(days=days))) == answers(result)


URGENCY = ["later", "due-soon", "due-today", "act-now", "overdue"]


@given(st.integers(0, 2**60), st.sampled_from(turning_days()), st.integers(0, 60))
def test_the_list_holds_all_that_is_undone_and_dated_and_grows_more_urgent(seed, around, later):
    case, as_at = made_up_case(seed, around=around), around + timedelta(days=later)
    result = CODE.assess(case, as_at=as_at)
    for one in result.obligations:
        dates = [day for day in (one.due_on, one.due_on_if_enhanced) if day is not None]
        assert all(one.act_by <= day for day in dates)
        assert one.act_by is not None or (not dates and not one.receipt_missing)
    undone = {
        one.id
        for one in result.obligations
        if one.act_by is not None and one.discharged_on is None and one.status != "suspended"
    }
    assert {one.id for one in result.work_list(within=10_000)} == undone
    assert {one.id for one in result.work_list()} == undone
    before = {one.id: URGENCY.index(one.urgency) for one in result.work_list()}
    known = result.stamp.as_at
    after = CODE.assess(case, as_at=known + timedelta(days=3), known_on=known).work_list()
    happened = [event for event in case.events if known < event.on <= known + timedelta(days=3)]
    if not happened:
        assert all(before[one.id] <= URGENCY.index(one.urgency) for one in after if one.id in before)
