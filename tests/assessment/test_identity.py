"""An obligation keeps its id when a date is corrected, and no two of a case share one."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.testing.made_up import made_up_case, turning_days
from victims_code.testing.strategies import cases

CODE = vc.VictimsCode.load()
AS_AT = date(2026, 5, 1)


def case_of(*events, victims=("V1",), reference="22/0412/26"):
    return vc.Case(reference=reference, victims=[vc.Victim(reference=name) for name in victims], events=events)


def ids(case, duty, as_at=AS_AT, **how):
    return [one.id for one in CODE.assess(case, as_at=as_at, **how).obligations if one.duty.id == duty]


def listed(**particulars):
    return vc.Event(event="hearing-listed", **{"at": date(2026, 4, 2), **particulars})


def test_an_id_is_sixteen_hex_digits():
    (found,) = ids(case_of(listed()), "inform-hearing-listed")
    assert re.fullmatch("[0-9a-f]{16}", found)


@pytest.mark.parametrize(
    "hearings",
    [
        [listed(hearing="H1"), listed(hearing="H2")],
        [listed(suspect="S1"), listed(suspect="S2")],
        [listed(), listed()],
        [listed()] * 2,
        [listed(reference="E1"), listed(reference="E2")],
    ],
    ids=["two hearings", "two suspects", "nothing apart", "one object twice", "two records"],
)
def test_two_hearings_listed_on_one_day_are_two_obligations(hearings):
    found = ids(case_of(*hearings), "inform-hearing-listed")
    assert len(found) == len(set(found)) == 2


def test_a_date_corrected_by_a_later_record_keeps_the_id():
    old = listed(suspect="S1", reference="E1")
    new = evolve(old, at=date(2026, 4, 9), replaces="E1", reference="E2")
    newest = evolve(new, at=date(2026, 4, 10), suspect="S2", replaces="E2", reference=None)
    before = ids(case_of(old), "inform-hearing-listed")
    assert ids(case_of(old, new), "inform-hearing-listed") == before
    assert ids(case_of(newest, new, old), "inform-hearing-listed") == before


def test_a_date_corrected_in_the_file_keeps_the_id():
    found = ids(case_of(listed(hearing="H1")), "inform-hearing-listed")
    assert ids(case_of(listed(hearing="H1", at=date(2026, 4, 20))), "inform-hearing-listed") == found


def test_a_record_that_becomes_known_later_leaves_earlier_ids():
    """It was listed before the other, but no one knew: the diary entry of the other stays what it was."""
    known = listed(recorded=date(2026, 4, 3))
    late = listed(at=date(2026, 3, 30), recorded=date(2026, 4, 20))
    (first,) = ids(case_of(known), "inform-hearing-listed", as_at=date(2026, 4, 10))
    both = CODE.assess(case_of(late, known), as_at=AS_AT).find("inform-hearing-listed")
    assert [one.id for one in both if one.triggered_on == date(2026, 4, 2)] == [first]


def test_what_differs_in_case_victim_or_edition_has_another_id():
    found = {
        *ids(case_of(listed(), victims=("V1", "V2")), "inform-hearing-listed"),
        *ids(case_of(listed(), reference="22/0413/26"), "inform-hearing-listed"),
        *ids(
            case_of(vc.Event(event="crime-reported", at=date(2008, 1, 7))), "refer-to-support", as_at=date(2008, 2, 1)
        ),
        *ids(case_of(vc.Event(event="crime-reported", at=date(2026, 1, 7))), "refer-to-support"),
    }
    assert len(found) == 5


@pytest.mark.parametrize(("one", "other"), [(("a/b", "c"), ("a", "b/c")), (("a~1b", "c"), ("a/b", "c"))])
def test_references_with_separators_are_not_mistaken_for_each_other(one, other):
    (first,) = ids(case_of(listed(), reference=one[0], victims=[one[1]]), "inform-hearing-listed")
    assert ids(case_of(listed(), reference=other[0], victims=[other[1]]), "inform-hearing-listed") != [first]


def test_every_period_of_a_monthly_update_has_its_own_id():
    reported = vc.Event(event="crime-reported", at=date(2008, 1, 7))
    earlier = ids(case_of(reported), "update-monthly", as_at=date(2008, 3, 1))
    later = ids(case_of(reported), "update-monthly", as_at=date(2008, 6, 1))
    assert len(set(later)) == len(later) > len(earlier) > 1
    assert later[: len(earlier)] == earlier


def test_a_duty_that_no_event_starts_keeps_its_id_with_any_record():
    one, other = case_of(listed()), case_of(vc.Event(event="crime-reported", at=date(2026, 3, 1)), listed())
    standing = [o for o in CODE.assess(one, as_at=AS_AT).obligations if o.started_by is None]
    assert standing
    assert {o.id for o in standing} < {o.id for o in CODE.assess(other, as_at=AS_AT).obligations}


def test_it_says_which_record_started_it_and_which_shows_it_done():
    told = vc.Event(event="victim-informed", about="hearing-listed", at=date(2026, 4, 3), reference="E9")
    result = CODE.assess(case_of(listed(), told), as_at=AS_AT)
    (found,) = (one for one in result.to_dict()["obligations"] if one["duty"] == "inform-hearing-listed")
    assert found["case"] == "22/0412/26"
    assert found["started_by"] == {"event": "hearing-listed", "reference": None, "number": 1}
    assert found["done_by"] == {"event": "victim-informed", "reference": "E9", "number": 1}
    assert any(line.startswith(f"{found['id']},22/0412/26,V1") for line in result.to_csv().splitlines())


@given(st.integers(0, 2**60), st.sampled_from(turning_days()), st.integers(0, 90), st.randoms(use_true_random=False))
def test_ids_of_a_case_are_unique_and_rest_on_no_order(seed, around, later, shuffle):
    case, as_at = made_up_case(seed, around=around), around + timedelta(days=later)
    found = [one.id for one in CODE.assess(case, as_at=as_at).obligations]
    assert len(set(found)) == len(found)
    events = list(case.events)
    shuffle.shuffle(events)
    other = CODE.assess(evolve(case, events=events), as_at=as_at)
    assert sorted(one.id for one in other.obligations) == sorted(found)


@given(cases(), st.integers(0, 11), st.integers(-20, 20))
def test_the_date_of_a_record_with_a_reference_moves_no_id(case, place, days):
    events = [evolve(event, reference=f"E{n}", received=None) for n, event in enumerate(case.events)]

    def by_what_they_are(events):
        found = CODE.assess(evolve(case, events=events), as_at=date(2029, 1, 1)).obligations
        return {
            (one.duty.id, one.victim, one.started_by.reference): one.id for one in found if one.started_by is not None
        }

    before = by_what_they_are(events)
    if place < len(events):
        events[place] = evolve(events[place], at=max(events[place].on + timedelta(days=days), date(2021, 4, 1)))
    after = by_what_they_are(reversed(events))
    assert {key: after[key] for key in before if key in after} == {key: before[key] for key in before if key in after}
