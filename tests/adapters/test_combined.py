"""Cases of different origin are brought together by their reference, with their corrections."""

from __future__ import annotations

from datetime import date

from attrs import evolve

import victims_code as vc
from victims_code.adapters import combined
from victims_code.cases import Case, Event, Victim

ARRESTED = Event(event="suspect-arrested", at=date(2026, 4, 2), reference="r1", recorded=date(2026, 4, 3))
CORRECTED = Event(event="suspect-arrested", at=date(2026, 4, 7), replaces="r1", recorded=date(2026, 4, 9))
WITHDRAWN = evolve(ARRESTED, reference=None, replaces="r1", withdrawn=True, recorded=date(2026, 4, 9))


def of(*events, **victim):
    return Case(reference="A", victims=[Victim(reference="V", **victim)], events=events)


def arrests(case, known_on=None):
    result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 30), known_on=known_on)
    return [one.trigger.on for one in result.find("inform-suspect-arrested")]


def test_a_correction_stays_a_correction_of_its_own_record():
    other = Event(event="suspect-arrested", at=date(2026, 4, 6), reference="r1")
    (case,) = combined([of(ARRESTED, CORRECTED), of(other)])

    assert sorted(arrests(case)) == [date(2026, 4, 6), date(2026, 4, 7)]
    assert sorted(arrests(case, known_on=date(2026, 4, 8))) == [date(2026, 4, 2), date(2026, 4, 6)]


def test_what_one_origin_withdraws_another_may_still_say():
    (withdrawn,) = combined([of(ARRESTED, WITHDRAWN), of(born=date(1990, 3, 2))])
    (said,) = combined([of(ARRESTED, WITHDRAWN), of(evolve(ARRESTED, reference=None))])

    assert arrests(withdrawn) == []
    assert arrests(said) == [date(2026, 4, 2)]


def test_what_several_say_happened_once_with_its_hearing_if_one_knows_it():
    outcome = Event(event="case-outcome", at=date(2026, 4, 7))
    (case,) = combined([of(outcome), of(evolve(outcome, hearing="H1")), of(outcome)])

    assert [(event.event, event.hearing) for event in case.events] == [("case-outcome", "H1")]


def test_a_case_of_one_origin_stays_as_it_is():
    case = of(ARRESTED, CORRECTED)

    assert combined([case]) == (case,)
