"""Cases with several offences: what is read, what is written, and what cannot be."""

from datetime import date

import pytest

import victims_code as vc

TWO = """
reference: two
offences:
  - {reference: O1, committed_on: 2026-03-01, cjs_code: OF61016, flags: [sexual-offence], victims: [V1]}
  - {reference: O2, committed_on: 2026-04-01, victims: [V2]}
victims: [{reference: V1}, {reference: V2}]
events:
  - {event: suspect-charged, at: 2026-04-02, suspect: S1, offence: O1}
  - {event: case-outcome, at: 2026-05-04, suspect: S1, offence: O2}
"""


def faults_of(text):
    with pytest.raises(vc.CaseError) as refused:
        vc.Case.from_yaml(text)
    return [(fault.code, fault.location.rpartition(", ")[2]) for fault in refused.value.faults]


def warnings_of(text):
    return {fault.code: fault for fault in vc.Case.from_yaml(text).faults}


def test_a_case_with_two_offences_is_read_and_written_whole():
    case = vc.Case.from_yaml(TWO)
    assert [(o.reference, o.committed_on, o.victims) for o in case.offences] == [
        ("O1", date(2026, 3, 1), ("V1",)),
        ("O2", date(2026, 4, 1), ("V2",)),
    ]
    assert [event.offence for event in case.events] == ["O1", "O2"]
    assert vc.Case.from_yaml(case.to_yaml()) == vc.Case.from_json(case.to_json()) == case
    assert not case.faults


def test_one_offence_without_a_reference_stays_under_offence():
    case = vc.Case(
        reference="1", victims=[vc.Victim(reference="V1")], offence=vc.Offence(committed_on=date(2026, 3, 1))
    )
    assert case.to_dict()["offence"] == {"committed_on": "2026-03-01"}
    assert vc.Case.from_dict(case.to_dict()) == case
    assert case.offences == (case.offence,)


def test_a_list_of_one_is_the_same_case_as_one_offence():
    one = vc.Case.from_yaml("reference: a\nvictims: [{reference: V1}]\noffence: {cjs_code: OF61016}\n")
    listed = vc.Case.from_yaml("reference: a\nvictims: [{reference: V1}]\noffences: [{cjs_code: OF61016}]\n")
    assert one == listed


def test_the_one_offence_of_a_case_with_several_cannot_be_asked_for():
    with pytest.raises(vc.CaseError, match="has 2 offences"):
        vc.Case.from_yaml(TWO).offence  # noqa: B018


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("offences:", "offence: {cjs_code: OF61016}\noffences:", ("VC-CASE-017", "offence")),
        ("{reference: O1, committed", "{committed", ("VC-CASE-017", "offences[0]")),
        ("reference: O2", "reference: O1", ("VC-CASE-004", "offences[1].reference")),
        ("victims: [V2]}", "victims: [V3]}", ("VC-CASE-003", "offences[1].victims[0]")),
        ("offence: O2", "offence: O3", ("VC-CASE-016", "events[1].offence")),
        ("[sexual-offence]", "[theft]", ("VC-CASE-007", "offences[0].flags[0]")),
        ("at: 2026-04-02", "at: 2026-02-28", ("VC-CASE-002", "events[0].at")),
        ("[{reference: V1}", "[{reference: V1, born: 2026-03-02}", ("VC-CASE-011", "victims[0].born")),
    ],
)
def test_what_cannot_be_is_a_fault_with_its_place(old, new, fault):
    assert fault in faults_of(TWO.replace(old, new))


def test_both_keys_are_a_fault_of_objects_too():
    with pytest.raises(vc.CaseError, match="both `offence` and `offences`"):
        vc.Case(reference="1", victims=[vc.Victim(reference="V1")], offence=vc.Offence(), offences=[vc.Offence()])


def test_an_event_after_its_own_offence_but_before_another_is_in_order():
    assert vc.Case.from_yaml(TWO.replace("at: 2026-04-02", "at: 2026-03-02"))


def test_an_event_without_offence_must_only_follow_one_of_them():
    without = TWO.replace(", offence: O1", "")
    assert vc.Case.from_yaml(without.replace("at: 2026-04-02", "at: 2026-03-02"))
    assert ("VC-CASE-002", "events[0].at") in faults_of(without.replace("at: 2026-04-02", "at: 2026-02-28"))


def test_an_event_before_an_offence_of_unknown_date_is_in_order():
    unknown = TWO.replace("committed_on: 2026-03-01, ", "")
    assert vc.Case.from_yaml(unknown.replace("at: 2026-04-02", "at: 2020-01-02"))


def test_each_decision_without_an_offence_brings_a_warning():
    without = TWO.replace(", offence: O1", "").replace(", offence: O2", "")
    faults = vc.Case.from_yaml(without).faults
    assert [(fault.code, fault.location) for fault in faults] == [("VC-CASE-106", f"events[{n}]") for n in (0, 1)]


def test_offences_of_which_no_victims_are_known_bring_no_warning():
    open_ = TWO.replace(", victims: [V1]", "").replace(", victims: [V2]", "").replace(", offence: O1", "")
    assert not vc.Case.from_yaml(open_).faults


def test_an_offence_against_nobody_beside_them_brings_none_either():
    bail = TWO.replace(", victims: [V1]", "").replace(", victims: [V2]", "").replace(", offence: O1", "")
    bail = bail.replace("offences:\n", "offences:\n  - {reference: O3, committed_on: 2026-03-20, victims: []}\n")
    assert len(vc.Case.from_yaml(bail).offences) == 3
    assert not vc.Case.from_yaml(bail).faults


def test_a_victim_whom_no_offence_lists_brings_a_warning():
    assert warnings_of(TWO.replace("{reference: V2}]", "{reference: V2}, {reference: V3}]"))["VC-CASE-107"]


def test_a_parent_of_a_listed_child_needs_no_offence_of_their_own():
    parent = "{reference: V2}, {reference: P1, capacity: parent-or-guardian, speaks_for: [V1]}]"
    case = vc.Case.from_yaml(TWO.replace("{reference: V2}]", parent))
    assert not case.faults
    assert [case.concerns(event, "P1") for event in case.events] == [True, False]


def test_a_victim_named_with_an_offence_of_others_brings_a_warning():
    both = warnings_of(TWO.replace("suspect: S1, offence: O2", "suspect: S1, offence: O2, victim: V1"))
    assert "O2" in both["VC-CASE-108"].message


def test_an_offence_with_no_victim_concerns_nobody():
    case = vc.Case.from_yaml(TWO.replace("victims: [V2]}", "victims: []}"))
    assert not case.concerns(case.events[1], "V1")
    assert vc.Case.from_yaml(case.to_yaml()) == case


def test_an_old_offence_keeps_its_date_and_the_birth_before_it():
    old = "reference: old\noffence: {committed_on: 1944-06-01}\nvictims: [{reference: V1, born: 1931-05-05}]\n"
    case = vc.Case.from_yaml(old)
    assert (case.offence.committed_on, case.victims[0].born) == (date(1944, 6, 1), date(1931, 5, 5))
