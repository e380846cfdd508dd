"""What must hold of every assessment, whatever the case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.testing.strategies import LAST_DAY, cases, made_up_cases
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
CALENDAR = vc.england_and_wales()
AS_AT = LAST_DAY
DATED = sorted(duty.id for duty in CODE.duties() if duty.dated)


def answers(result):
    """Everything an assessment says of each obligation, without its order."""
    return sorted(map(str, (obligation.to_dict() for obligation in result.obligations)))


def everything(result):
    """The whole result, lists without their order, of faults not the place."""
    plain = result.to_dict(explain=True)
    faults = sorted((fault["code"], fault["message"]) for fault in plain["faults"])
    lists = {name: sorted(map(str, part)) for name, part in plain.items() if isinstance(part, list)}
    return {**plain, **lists, "faults": faults}


@given(cases())
def test_every_answer_is_one_the_contract_knows(case):
    for obligation in CODE.assess(case, as_at=AS_AT).to_dict()["obligations"]:
        assert obligation["status"] in {
            "not-yet-due", "due-today", "met", "met-late", "overdue", "undated", "suspended", "cannot-tell",
        }  # fmt: skip
        assert obligation["track"] in {"standard", "enhanced", "unknown", "single"}
        assert (obligation["due_on_if_enhanced"] is None) or obligation["track"] == "unknown"
        assert obligation["edition"] == "code-2021"


@given(cases())
def test_due_dates_are_working_days_and_enhanced_ones_are_never_later(case):
    for obligation in CODE.assess(case, as_at=AS_AT).obligations:
        if obligation.due_on and obligation.duty.dated:
            assert CALENDAR.is_working_day(obligation.due_on)
        if obligation.due_on_if_enhanced:
            assert obligation.due_on_if_enhanced <= obligation.due_on


@pytest.mark.parametrize("duty", DATED)
@given(on=st.dates(date(2021, 4, 1), date(2028, 10, 1)), later=st.integers(0, 40))
def test_a_later_trigger_never_gives_an_earlier_due_date(duty, on, later):
    standard = CODE.deadline(duty, on=on, track="standard").due
    enhanced = CODE.deadline(duty, on=on, track="enhanced").due

    assert on < enhanced <= standard
    assert CODE.deadline(duty, on=on + timedelta(days=later), track="standard").due >= standard


@given(cases(), st.data())
def test_adding_a_bank_holiday_never_shortens_a_limit(case, data):
    before = CODE.assess(case, as_at=AS_AT)
    day = data.draw(st.dates(date(2021, 4, 1), LAST_DAY))
    assume(CALENDAR.is_working_day(day))
    after = CODE.assess(case, as_at=AS_AT, calendar=CALENDAR.with_changes(add={day: "Extra day off"}))
    key = lambda o: (o.duty.id, o.victim, o.trigger)  # noqa: E731
    earlier = {key(o): o.due_on for o in before.obligations}

    for obligation in after.obligations:
        if obligation.due_on and obligation.duty.dated:
            assert obligation.due_on >= earlier[key(obligation)]


@given(made_up_cases() | cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_record_does_not_matter(case, random):
    def shuffled(things):
        return random.sample(things, len(things))

    people = [evolve(victim, facts=shuffled(victim.facts)) for victim in shuffled(case.victims)]
    other = evolve_case(case, events=shuffled(case.events), victims=people)

    assert everything(CODE.assess(other, as_at=AS_AT)) == everything(CODE.assess(case, as_at=AS_AT))


@given(cases())
def test_an_event_object_given_twice_is_two_records(case):
    twice = evolve_case(case, events=[*case.events, *case.events[:1]])

    assert everything(CODE.assess(vc.Case.from_dict(twice.to_dict()), as_at=AS_AT)) == everything(
        CODE.assess(twice, as_at=AS_AT)
    )


@given(cases())
def test_an_event_that_starts_and_answers_nothing_changes_nothing(case):
    assume(case.events)
    extra = vc.Event(event="vps-offered", at=LAST_DAY + timedelta(days=1), suspect="S9")

    assert answers(CODE.assess(evolve_case(case, events=[*case.events, extra]), as_at=AS_AT)) == answers(
        CODE.assess(case, as_at=AS_AT)
    )


UNSTATED = sorted(
    f.id
    for f in load_vocabulary().facts.values()
    if f.of == "victim" and f.silence == "closed-by-needs-assessment" and not f.derived
)


@given(cases(), st.sampled_from(UNSTATED), st.booleans())
def test_stating_an_unknown_fact_never_turns_one_decided_answer_into_another(case, fact, value):
    victim = case.victims[0]
    assume(all(item.fact != fact for item in victim.facts))
    assume(all(event.event != "needs-assessed" for event in case.events))
    told = evolve(victim, facts=(*victim.facts, vc.Assertion(fact=fact, value=value)))
    before = CODE.assess(case, as_at=AS_AT)
    after = CODE.assess(evolve_case(case, victims=[told, *case.victims[1:]]), as_at=AS_AT)
    settled = {(o.duty.id, o.victim, o.trigger): o for o in before.obligations if o.status.value != "cannot-tell"}

    for obligation in after.obligations:
        earlier = settled.get((obligation.duty.id, obligation.victim, obligation.trigger))
        if earlier is not None:
            assert obligation.status is earlier.status


@given(cases(), st.dates(date(2021, 4, 1), LAST_DAY))
def test_an_assessment_is_the_same_as_one_of_the_record_cut_off_at_its_date(case, as_at):
    cut = evolve_case(case, events=[event for event in case.events if event.on <= as_at])

    assert answers(CODE.assess(case, as_at=as_at)) == answers(CODE.assess(cut, as_at=as_at))


@given(cases())
def test_cases_survive_plain_data_json_and_yaml(case):
    assert vc.Case.from_dict(case.to_dict()) == case
    assert vc.Case.from_json(case.to_json()) == case
    assert vc.Case.from_yaml(case.to_yaml()) == case


@given(cases(max_events=6))
def test_every_obligation_can_be_explained_in_every_form(case):
    for obligation in CODE.assess(case, as_at=AS_AT).obligations:
        explanation = obligation.explain()
        plain = explanation.to_dict()
        for form in (explanation.to_text(), explanation.to_markdown()):
            assert plain["summary"] in form
            assert all(step["statement"] in form for step in plain["steps"])
        assert "vc-explanation" in explanation.to_html()


def evolve_case(case, **changes):
    """A case with some parts replaced."""
    parts = {"reference": case.reference, "victims": case.victims, "events": case.events, "offences": case.offences}
    return vc.Case(**{**parts, **changes})
