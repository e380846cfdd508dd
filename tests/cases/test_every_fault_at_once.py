"""Every fault of a case file is told at once: no broken part hides a fault that does not rest on it."""

from __future__ import annotations

import copy
import itertools

import pytest

import victims_code as vc

SOUND = {
    "reference": "A1",
    "offence": {"committed_on": "2026-03-31", "cjs_code": "TH68006", "flags": ["domestic-abuse", "not-hate-crime"]},
    "victims": [
        {"reference": "V1", "born": "1990-03-02", "facts": {"persistently-targeted": True, "mental-disorder": False}},
        {"reference": "V2", "born": "1991-03-02", "facts": [{"fact": "persistently-targeted", "since": "2026-04-01"}]},
        {"reference": "V3", "capacity": "parent-or-guardian", "speaks_for": ["V4"]},
        {"reference": "V4", "born": "2012-03-02"},
    ],
    "events": [
        {"event": "suspect-arrested", "at": "2026-04-02", "suspect": "S1", "reference": "E1"},
        {"event": "victim-informed", "about": "suspect-arrested", "at": "2026-04-03", "suspect": "S1", "victim": "V1"},
        {"event": "suspect-charged", "at": "2026-04-05", "received": "2026-04-06", "recorded": "2026-04-06"},
        {"event": "sentence-passed", "at": "2026-09-01", "suspect": "S1", "reference": "E2"},
        {"event": "sentence-passed", "at": "2026-09-02", "suspect": "S1", "replaces": "E2"},
        {"event": "needs-assessed", "at": "2026-04-04", "victim": "V2"},
    ],
}
FAULTS = {
    # in the offence
    "a date of the offence that is none": (("offence", "committed_on"), "31 March", "VC-DATE-001"),
    "a flag that is not known": (("offence", "flags", 0), "domestic-abus", "VC-CASE-007"),
    "a flag that is no text": (("offence", "flags", 1), 7, "VC-FILE-005"),
    "a key of the offence that is not known": (("offence", "colour"), "red", "VC-FILE-003"),
    # in the victims
    "a date of birth that is none": (("victims", 0, "born"), "2 March", "VC-DATE-001"),
    "a fact that is not known": (("victims", 0, "facts", "persistently-targetted"), True, "VC-CASE-007"),
    "a fact that is a number": (("victims", 0, "facts", "mental-disorder"), 5, "VC-FILE-005"),
    "another fact that is a number": (("victims", 0, "facts", "persistently-targeted"), 6, "VC-FILE-005"),
    "a capacity that is not known": (("victims", 1, "capacity"), "persn", "VC-CASE-014"),
    "a fact of a list that is not known": (("victims", 1, "facts", 0, "fact"), "persistent", "VC-CASE-007"),
    "a day since when that is none": (("victims", 1, "facts", 0, "since"), "April", "VC-DATE-001"),
    "a key of a victim that is not known": (("victims", 1, "colour"), "red", "VC-FILE-003"),
    "someone spoken for who is not there": (("victims", 2, "speaks_for", 0), "V9", "VC-CASE-015"),
    "a reference of a victim under a misspelt key": (("victims", 3), {"refrence": "V4"}, "VC-FILE-003"),
    # in the events, each in one of its own
    "a misspelt event": (("events", 0, "event"), "suspect-arested", "VC-CASE-001"),
    "a day that is none": (("events", 2, "at"), "5 April", "VC-DATE-001"),
    "a record after its receipt": (("events", 3, "received"), "2026-08-01", "VC-CASE-005"),
    "a correction of nothing": (("events", 4, "replaces"), "E7", "VC-CASE-010"),
    "a day before the offence": (("events", 5, "at"), "2026-02-01", "VC-CASE-002"),
    # in one event, together
    "a victim who is not there": (("events", 1, "victim"), "V8", "VC-CASE-003"),
    "a subject that is none": (("events", 1, "about"), "suspect-arest", "VC-CASE-009"),
    "a key of an event that is not known": (("events", 1, "colour"), "red", "VC-FILE-003"),
    "an hour that is none": (("events", 1, "at"), "2026-04-03T25:00", "VC-DATE-001"),
    "a day of recording that is none": (("events", 1, "recorded"), "2026-04-99", "VC-DATE-001"),
    "a number for a suspect": (("events", 1, "suspect"), 1.5, "VC-FILE-005"),
    "an entry that is no group": (("events", 6), "arrest", "VC-FILE-005"),
}
RESTING = {
    # what cannot be told while the other is broken
    frozenset({"a date of the offence that is none", "a day before the offence"}),
}


def with_faults(*names):
    data = copy.deepcopy(SOUND)
    for name in names:
        keys, value, _ = FAULTS[name]
        place = data
        for key in keys[:-1]:
            place = place[key]
        if isinstance(place, list) and keys[-1] == len(place):
            place.append(value)
        else:
            place[keys[-1]] = value
    return data


def told(*names):
    with pytest.raises(vc.VictimsCodeError) as refused:
        vc.Case.from_dict(with_faults(*names))
    return {(fault.location, fault.code) for fault in refused.value.faults if fault.severity == "invalid"}


ALONE = {name: told(name) for name in FAULTS}


def test_the_case_is_sound_without_them():
    assert vc.Case.from_dict(SOUND).reference == "A1"


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_once_and_brings_no_other(name):
    codes = [FAULTS[name][2]]
    if "misspelt key" in name:
        codes.append("VC-FILE-004")  # and the key that is missing for it
    assert sorted(code for _, code in ALONE[name]) == codes


@pytest.mark.parametrize("name", FAULTS)
def test_every_other_fault_is_told_beside_it(name):
    for other in FAULTS:
        if other == name or FAULTS[other][0] == FAULTS[name][0] or {name, other} in RESTING:
            continue
        assert ALONE[name] | ALONE[other] <= told(name, other), other


def test_all_of_them_are_told_together():
    places = [FAULTS[name][0] for name in FAULTS]
    assert len(set(places)) == len(places)
    names = [name for name in FAULTS if name != "a day before the offence"]

    assert told(*names) == set(itertools.chain.from_iterable(ALONE[name] for name in names))


def test_a_misspelt_list_is_read_as_the_one_that_is_missing():
    data = {
        "victms" if key == "victims" else key: value for key, value in with_faults("a victim who is not there").items()
    }

    with pytest.raises(vc.VictimsCodeError) as refused:
        vc.Case.from_dict(data)
    assert [fault.code for fault in refused.value.faults] == ["VC-FILE-004", "VC-FILE-003", "VC-CASE-003"]


def test_a_victim_given_by_reference_alone_is_known_by_it():
    data = with_faults("a victim who is not there")
    data["victims"][3] = "V4"

    with pytest.raises(vc.VictimsCodeError) as refused:
        vc.Case.from_dict(data)
    assert [fault.code for fault in refused.value.faults] == ["VC-FILE-005", "VC-CASE-003"]


def test_a_victim_without_a_reference_may_be_the_one_who_is_named():
    data = with_faults("a victim who is not there")
    data["victims"].append({"born": "1980-01-01"})

    with pytest.raises(vc.VictimsCodeError) as refused:
        vc.Case.from_dict(data)
    assert [fault.code for fault in refused.value.faults] == ["VC-FILE-004"]


def test_no_date_of_birth_is_shown_among_many_faults():
    data = with_faults(*FAULTS)
    data["victims"][3]["born"] = "1977-13-07"

    with pytest.raises(vc.VictimsCodeError) as refused:
        vc.Case.from_dict(data)
    assert "1977" not in str(refused.value)
