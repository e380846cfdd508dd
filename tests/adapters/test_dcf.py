"""Digital Case File messages become cases without events: who the victims are, and what is known of them."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import victims_code as vc
from victims_code.adapters import combined
from victims_code.adapters.common_platform import read_cases
from victims_code.adapters.dcf import _codes, looks_like_message, read_case
from victims_code.law import load_law
from victims_code.vocabulary import load_vocabulary

VICTIM = Path(__file__).parent / "messages" / "dcf-victim.json"
BAD = VICTIM.with_name("dcf-bad-data.json")
MESSAGE = json.loads(VICTIM.read_text(encoding="utf-8"))
CHARGE = {
    "PreChargeDecisionRequest": {
        "PTIURN": {"Force": "45", "Unit": "AA", "Number": "00001", "Year": "26"},
        "Suspect": [
            {
                "PossibleOrProposedCharge": [
                    {
                        "CJSCode": {"Code": {"Alternative": {"ActOrSource": "OF", "Year": "61"}, "Reason": "102"}},
                        "FromDate": "2026-02-10",
                    }
                ],
                "Person": {
                    "UniqueId": "suspect-1",
                    "PolicePreChargeRemand": {"PolicePreChargeRemandStatus": "Released Under Investigation"},
                },
            }
        ],
    }
}


def classified(code, flag=True):
    message = copy.deepcopy(MESSAGE)
    given = {"ClassificationType": "TypeOfWitness", "ClassificationCode": code}
    if flag is not None:
        given["ClassificationValue"] = {"ClassificationValueFlag": flag}
    message["WitnessOrVictim"]["VictimWitness"]["Person"]["PersonClassification"] = [given]
    return read_case(message)


def test_a_victim_is_read_with_needs_as_assertions_and_without_a_name():
    case = read_case(VICTIM)
    (victim,) = case.victims

    assert case.reference == "45AA0000126"
    assert (victim.reference, victim.born) == ("person-1", date(2012, 9, 3))
    assert [(fact.fact, fact.source) for fact in victim.facts] == [
        ("vulnerable-or-intimidated", "Digital Case File TypeOfWitness T")
    ]
    assert "Ada" not in repr(case) + case.to_yaml()


@pytest.mark.parametrize(
    ("code", "said"),
    [("L", True), ("T", True), *((code, False) for code in "CPHREI")],
)
def test_only_vulnerable_and_intimidated_say_something_of_needs(code, said):
    assert [fact.fact for fact in classified(code).victims[0].facts] == ["vulnerable-or-intimidated"] * said


def test_a_classification_that_is_taken_back_or_unknown_says_nothing():
    assert classified("L", flag=False).victims[0].facts == ()
    assert [fact.fact for fact in classified("L", flag=None).victims[0].facts] == ["vulnerable-or-intimidated"]
    unknown = classified("X")
    assert unknown.victims[0].facts == ()
    assert "'X' is not known" in next(note.message for note in unknown.faults if note.code == "VC-READ-103")


def test_what_happened_on_a_day_that_is_not_given_is_noted_and_no_event():
    offered, released = read_case(VICTIM), read_case(CHARGE)

    assert offered.events == released.events == ()
    assert [(n.message, n.hint) for n in offered.faults if n.code == "VC-READ-110"] == [
        ("A Victim Personal Statement was offered and declined.", "Add the event 'vps-offered' with its day.")
    ]
    assert "suspect-released-under-investigation" in next(
        note.hint for note in released.faults if note.code == "VC-READ-110"
    )


def test_a_request_for_a_charging_decision_has_the_offence_in_parts():
    case = read_case(CHARGE)

    assert (case.offence.cjs_code, case.offence.committed_on) == ("OF61102", date(2026, 2, 10))
    assert [victim.reference for victim in case.victims] == ["victim"]


def test_a_witness_is_no_victim():
    message = copy.deepcopy(MESSAGE)
    message["WitnessOrVictim"]["VictimWitness"]["TypeOfPerson"] = "Witness"
    case = read_case(message)

    assert [victim.reference for victim in case.victims] == ["victim"]
    assert "a witness and no victim" in next(note.message for note in case.faults if note.code == "VC-READ-103")


def test_bad_data_of_every_kind_is_said_and_loses_nobody():
    case = read_case(BAD)

    assert case.reference == "45AA0000226"
    assert [(victim.reference, victim.born, victim.facts) for victim in case.victims] == [("person-1", None, ())]
    assert [(offence.cjs_code, offence.committed_on) for offence in case.offences] == [
        ("OF61102", None),
        ("TH68020", None),
    ]
    assert case.events == ()
    assert sorted((note.code, note.location.rpartition(".")[2]) for note in case.faults) == [
        ("VC-READ-101", "DateOfBirth"),
        ("VC-READ-101", "FromDate"),
        ("VC-READ-103", "PersonClassification[0]"),
        ("VC-READ-103", "PersonClassification[2]"),
        ("VC-READ-103", "PersonClassification[3]"),
        ("VC-READ-103", "VictimWitness[1]"),
        ("VC-READ-103", "VictimWitness[2]"),
        ("VC-READ-110", "PolicePreChargeRemandStatus"),
    ]
    assert "2126" not in "".join(str(note) for note in case.faults)
    assert "Ada" not in "".join(str(note) for note in case.faults)


def test_a_message_that_names_no_victim_has_one_stand_in():
    assert "VC-READ-102" in [note.code for note in read_case(CHARGE).faults]


def test_messages_on_one_case_are_brought_together_with_what_the_court_did():
    defendant = {"id": "D", "offences": [{"chargeDate": "2026-04-02"}]}
    court = {
        "hearing": {
            "prosecutionCases": [{"prosecutionCaseIdentifier": {"caseURN": "45AA0000126"}, "defendants": [defendant]}]
        }
    }
    (case,) = combined([read_case(VICTIM), read_case(CHARGE), *read_cases(court)])
    (told,) = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 3)).find("inform-suspect-charged")

    assert [victim.reference for victim in case.victims] == ["person-1"]
    assert (case.offence.cjs_code, case.offence.committed_on) == ("OF61102", date(2026, 2, 10))
    assert (told.victim, told.track.value, told.due_on) == ("person-1", "enhanced", date(2026, 4, 7))


@pytest.mark.parametrize("source", [b"{}", b"[]", b"{", {"reference": "X", "victims": []}])
def test_what_is_no_message_is_refused(source):
    with pytest.raises(vc.CaseError) as refused:
        read_case(source)

    assert refused.value.faults[0].code in ("VC-FILE-001", "VC-FILE-005")


@pytest.mark.parametrize("odd", [None, 3, [], {}, "x", [None], "2026-02-30"])
def test_odd_values_lose_no_case(odd):
    def places(data, way=()):
        yield way
        for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
            yield from places(value, (*way, key))

    for message in (MESSAGE, CHARGE):
        for way in places(message):
            if len(way) < 2 or "PTIURN" in way:
                continue
            changed = copy.deepcopy(message)
            holder = changed
            for key in way[:-1]:
                holder = holder[key]
            holder[way[-1]] = odd
            assert read_case(changed).reference == "45AA0000126"


def test_the_command_line_takes_such_a_file():
    run = subprocess.run(
        [sys.executable, "-m", "victims_code", "assess", str(VICTIM), "--as-at", "2026-04-01", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )

    assert run.returncode == 0
    assert json.loads(run.stdout)["reference"] == "45AA0000126"
    assert looks_like_message(MESSAGE)


def test_every_meaning_uses_the_vocabulary_and_cites_a_known_source():
    words, sources = load_vocabulary(), load_law().sources
    for row in (*_codes().witness_types.values(), *_codes().undated):
        assert row.source in sources
        assert getattr(row, "event", None) is None or row.event in words.events
        assert getattr(row, "fact", None) is None or row.fact in words.facts
