"""A choice that the library takes is named where an answer rests on it, with what it is."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc

CODE = vc.VictimsCode.load()


def readings_of(duty, events, *, as_at, victims=None):
    case = {"reference": "1", "victims": victims or [{"reference": "V1"}], "events": events}
    result = CODE.assess(vc.Case.from_dict(case), as_at=as_at)
    obligation = next(o for o in result.obligations if o.duty.id == duty)

    def named(steps):
        for step in steps:
            yield from step["readings"]
            yield from named(step["because"])

    return set(named(obligation.explain().to_dict()["steps"]))


ASSESSED = {"event": "needs-assessed", "at": "2026-04-01"}
ARREST = {"event": "suspect-arrested", "at": "2026-04-10", "suspect": "S1"}
TOLD = {"event": "victim-informed", "about": "suspect-arrested", "suspect": "S1"}


@pytest.mark.parametrize(
    ("events", "reading"),
    [
        ([ASSESSED, ARREST, {**TOLD, "at": "2026-04-18"}], "days-late"),
        ([ASSESSED, ARREST, {**TOLD, "at": "2026-04-14"}], "record-without-victim"),
        ([ASSESSED, ARREST, {"event": "updates-declined", "at": "2026-04-13"}], "what-can-be-declined"),
        (
            [ASSESSED, ARREST, {"event": "good-reason", "about": "inform-suspect-arrested", "at": "2026-04-14"}],
            "good-reason-days",
        ),
        ([ASSESSED, ARREST, {"event": "victim-died", "at": "2026-04-20", "victim": "V1"}], "told-after-death"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_explanation_names_the_reading_it_rests_on(events, reading):
    assert reading in readings_of("inform-suspect-arrested", events, as_at=date(2026, 5, 1))
    assert CODE.readings[reading].alternatives


def test_met_late_on_saturday_is_no_working_day_late():
    victim = {"reference": "V1", "born": "1980-06-01"}
    case = {"reference": "1", "offence": {"committed_on": "2026-03-31"}, "victims": [victim]}
    case["events"] = [ASSESSED, ARREST, {**TOLD, "at": "2026-04-18"}]
    [late] = [
        o
        for o in CODE.assess(vc.Case.from_dict(case), as_at=date(2026, 5, 1)).obligations
        if o.duty.id == "inform-suspect-arrested"
    ]
    assert (late.due_on, late.status.value, late.days_late) == (date(2026, 4, 17), "met-late", 0)


def test_what_is_owed_to_a_parent_goes_on_after_the_childs_death():
    victims = [{"reference": "C1", "born": "2015-01-01"}]
    victims.append({"reference": "P1", "capacity": "parent-or-guardian", "speaks_for": ["C1"]})
    died = {"event": "victim-died", "at": "2026-04-02", "victim": "C1"}
    named = readings_of("inform-suspect-arrested", [ASSESSED, died, ARREST], as_at=date(2026, 5, 1), victims=victims)
    assert "parents-after-death" in named
