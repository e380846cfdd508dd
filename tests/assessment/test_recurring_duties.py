"""The monthly update of the Code of 2006: which months are owed, and what answers them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc

CODE = vc.VictimsCode.load()


def months(events, as_at, victims=("V1",), **offence):
    case = vc.Case(
        reference="M",
        victims=[vc.Victim(reference=reference) for reference in victims],
        events=[vc.Event(**event) for event in events],
        offence=vc.Offence(**offence),
    )
    found = CODE.assess(case, as_at=as_at).find("update-monthly")
    return [(o.victim, o.period.number, o.triggered_on, o.due_on) for o in found]


REPORT = {"event": "crime-reported", "at": date(2010, 1, 31)}


def test_months_end_on_the_last_day_of_a_shorter_month_and_are_counted_from_the_report():
    assert [(number, due) for _, number, _, due in months([REPORT], date(2010, 5, 1))] == [
        (1, date(2010, 2, 28)),
        (2, date(2010, 3, 31)),
        (3, date(2010, 4, 30)),
        (4, date(2010, 5, 31)),
    ]


def test_a_month_is_owed_from_the_day_it_begins():
    assert len(months([REPORT], date(2010, 2, 27))) == 1
    assert len(months([REPORT], date(2010, 2, 28))) == 2


@pytest.mark.parametrize(
    "ending",
    [
        "suspect-charged",
        "suspect-reported-for-summons",
        "decision-not-to-charge",
        "decision-not-to-investigate",
        "out-of-court-disposal-given",
        "investigation-ended",
    ],
)
@pytest.mark.parametrize(("on", "owed"), [(date(2010, 3, 30), 1), (date(2010, 3, 31), 2), (date(2010, 4, 1), 2)])
def test_an_event_that_ends_them_takes_away_the_month_it_falls_in_unless_it_is_due_that_day(ending, on, owed):
    assert len(months([REPORT, {"event": ending, "at": on}], date(2010, 12, 1))) == owed


def test_an_arrest_does_not_end_them():
    assert len(months([REPORT, {"event": "suspect-arrested", "at": date(2010, 2, 10)}], date(2010, 4, 15))) == 3


def test_an_end_that_concerns_one_victim_leaves_those_of_the_other():
    ending = {"event": "decision-not-to-investigate", "at": date(2010, 2, 10), "victim": "V1"}
    found = months([REPORT, ending], date(2010, 4, 15), victims=("V1", "V2"))

    assert {victim for victim, *_ in found} == {"V2"}
    assert len(found) == 3


def test_no_month_begins_when_the_code_of_2013_is_in_force():
    report = {"event": "crime-reported", "at": date(2013, 9, 10)}

    assert [start for _, _, start, _ in months([report], date(2014, 6, 1))] == [
        date(2013, 9, 10),
        date(2013, 10, 10),
        date(2013, 11, 10),
    ]
    assert months([{"event": "crime-reported", "at": date(2013, 12, 10)}], date(2014, 6, 1)) == []


def test_which_month_it_is_stands_in_every_rendering():
    case = vc.Case(
        reference="M",
        victims=[vc.Victim(reference="V1")],
        events=[vc.Event(event="crime-reported", at=date(2010, 1, 31))],
    )
    result = CODE.assess(case, as_at=date(2010, 3, 15))
    second = next(o for o in result.find("update-monthly") if o.period.number == 2)

    assert second.to_dict()["period"] == 2
    assert second.explain().summary.startswith(
        "Tell the victim each month how the investigation goes (V1), month 2: due by"
    )
    assert "crime reported Sun 28 Feb 2010, period 2" in result.to_markdown()
    assert ",2010-02-28,2,2010-03-31," in result.to_csv()
    assert result.find("refer-to-support")[0].to_dict()["period"] is None


@given(
    reported=st.dates(date(2006, 4, 3), date(2013, 12, 9)),
    after=st.integers(0, 1500),
    told=st.lists(st.integers(0, 900), max_size=4),
)
def test_months_follow_each_other_without_gap_and_lateness_agrees_with_their_dates(reported, after, told):
    as_at = reported + timedelta(days=after)
    events = [vc.Event(event="crime-reported", at=reported)]
    events += [vc.Event(event="victim-informed", about="progress", at=reported + timedelta(days=n)) for n in told]
    case = vc.Case(reference="M", victims=[vc.Victim(reference="V1")], events=events)
    found = sorted(CODE.assess(case, as_at=as_at).find("update-monthly"), key=lambda o: o.period.number)

    assert [o.period.number for o in found] == list(range(1, len(found) + 1))
    assert found[0].triggered_on == reported
    for earlier, later in pairwise(found):
        assert earlier.due_on == later.triggered_on
    for obligation in found:
        assert obligation.triggered_on <= as_at
        assert obligation.edition.info.governs(obligation.triggered_on)
        answers = sorted(d for n in told if obligation.triggered_on <= (d := reported + timedelta(days=n)) <= as_at)
        assert obligation.discharged_on == (answers[0] if answers else None)
