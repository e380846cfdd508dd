"""What must hold of cases that fall under every edition."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given

import victims_code as vc
from victims_code.testing.strategies import LAST_DAY, cases

CODE = vc.VictimsCode.load()
FIRST_DAY = date(2006, 4, 3)


def answers(result):
    return sorted(map(str, (obligation.to_dict() for obligation in result.obligations)))


@given(cases(first=FIRST_DAY))
def test_each_obligation_names_the_edition_of_the_day_it_began(case):
    result = CODE.assess(case, as_at=LAST_DAY)

    for obligation in result.obligations:
        assert obligation.edition is CODE.at(obligation.triggered_on)
        assert obligation.duty is obligation.edition.duties[obligation.duty.id]
    assert set(result.stamp.editions) >= {o.edition.id for o in result.obligations}
    assert not [fault for fault in result.faults if fault.code in ("VC-LAW-001", "VC-LAW-002")]


@given(cases(first=FIRST_DAY))
def test_a_duty_without_an_event_is_owed_once_under_each_edition(case):
    seen = set()
    for obligation in CODE.assess(case, as_at=LAST_DAY).obligations:
        if obligation.duty.trigger.event == "any":
            key = (obligation.duty.id, obligation.edition.id, obligation.victim)
            assert key not in seen
            seen.add(key)


@given(cases(first=FIRST_DAY))
def test_the_order_of_the_record_does_not_matter(case):
    days = [event.on for event in case.events]
    assume(len(set(days)) == len(days))
    turned = vc.Case(
        reference=case.reference, victims=case.victims, events=list(reversed(case.events)), offences=case.offences
    )

    assert answers(CODE.assess(turned, as_at=LAST_DAY)) == answers(CODE.assess(case, as_at=LAST_DAY))


@given(cases(max_events=6, first=FIRST_DAY))
def test_every_obligation_can_be_explained(case):
    for obligation in CODE.assess(case, as_at=LAST_DAY).obligations:
        explanation = obligation.explain()
        assert obligation.edition.info.title in explanation.to_text()
        said = " ".join(step.statement for step in explanation.steps if step.kind in ("duty", "track", "clock"))
        assert obligation.edition.id == "code-2021" or "Enhanced Rights" not in said + explanation.summary


@given(cases(first=FIRST_DAY))
def test_news_of_a_later_hearing_is_owed_only_after_an_earlier_one(case):
    for obligation in CODE.assess(case, as_at=LAST_DAY).find("inform-hearing-listed"):
        others = [e for e in case.events if e.event == "hearing-listed" and e.suspect == obligation.trigger.suspect]
        if obligation.edition.id in ("code-2013", "code-2015"):
            assert sum(other.on <= obligation.trigger.on for other in others) > 1


def test_an_event_that_starts_nothing_is_said_once_for_each_name():
    events = [
        vc.Event(event="suspect-released-under-investigation", at=date(2019, 3, day), suspect="S1") for day in (4, 5)
    ]
    result = CODE.assess(
        vc.Case(reference="X", victims=[vc.Victim(reference="V1")], events=events), as_at=date(2019, 4, 1)
    )

    (fault,) = result.faults
    assert (fault.code, fault.severity) == ("VC-LAW-101", "warning")
    assert "code-2015" in fault.message


@pytest.mark.parametrize("day", [date(1999, 1, 1), date(2006, 4, 2)])
def test_an_event_before_the_first_code_is_unsupported_naming_the_range(day):
    case = vc.Case(
        reference="X",
        victims=[vc.Victim(reference="V1")],
        events=[vc.Event(event="suspect-arrested", at=day, suspect="S1")],
    )
    result = CODE.assess(case, as_at=date(2026, 1, 1))

    assert result.obligations == ()
    assert [(f.code, f.severity) for f in result.faults] == [("VC-LAW-002", "unsupported")]
    assert "from Monday 3 April 2006 (code-2006) to the present (code-2021)" in result.faults[0].hint


def test_every_rendering_names_the_edition_where_there_are_several():
    events = [
        vc.Event(event="needs-assessed", at=date(2021, 3, 30)),
        vc.Event(event="suspect-arrested", at=date(2021, 3, 31), suspect="S1"),
        vc.Event(event="suspect-arrested", at=date(2021, 4, 1), suspect="S2"),
    ]
    case = vc.Case(reference="X", victims=[vc.Victim(reference="V1")], events=events)
    result = CODE.assess(case, as_at=date(2021, 4, 30))

    for form in (result.to_markdown(), result.to_html()):
        assert "V1 under code-2015" in form
        assert "V1 under code-2021" in form
        assert "code-2015, Chapter 2" in form
    assert ",code-2015,superseded,Chapter 2," in result.to_csv()
    assert result.stamp.editions == ("code-2015", "code-2021")
