"""The law files: broken ones are refused with every fault in its place."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from victims_code.code import VictimsCode
from victims_code.errors import LawDataError
from victims_code.law import load_law, read_law_files
from victims_code.reading.data_files import data_folder

RIGHT_6 = "editions/code-2021/right-06-investigation-and-prosecution.yaml"
RIGHT_8 = "editions/code-2021/right-08-trial-and-witness-role.yaml"
ELIGIBILITY = "editions/code-2021/eligibility.yaml"
OLDER = "editions/code-2015/edition.yaml"
OLDER_PART = "editions/code-2015/chapter-2-charge-and-pre-trial.yaml"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder(), tmp_path / "data")


def change(folder, name, old, new, count=1):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def faults_of(folder):
    with pytest.raises(LawDataError) as refused:
        load_law(folder)
    return refused.value.faults


def test_the_law_that_ships_is_sound():
    law = load_law()

    assert law.version == "2026-12-01"
    assert list(law.editions) == ["code-2006", "code-2013", "code-2015", "code-2021"]
    assert len(law.data_hash) == 12


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "place", "words"),
    [
        (RIGHT_6, "force: must", "forse: must", "VC-FILE-003", "line 6, [0].forse", "Did you mean 'force'?"),
        (RIGHT_6, "force: must", "force: shall", "VC-FILE-005", "[0].force", "must"),
        (
            RIGHT_6,
            "owed_by: [police]",
            "owed_by: [polise]",
            "VC-DATA-001",
            "line 7, [0].owed_by[0]",
            "Did you mean 'police'?",
        ),
        (RIGHT_6, "owed_by: [police]", "owed_by: []", "VC-DATA-001", "[0].owed_by", "No one owes"),
        (
            RIGHT_6,
            "event: suspect-arrested,",
            "event: suspect-arested,",
            "VC-DATA-001",
            "[0].trigger.event",
            "Did you mean 'suspect-arrested'?",
        ),
        (
            RIGHT_6,
            "about: suspect-arrested",
            "about: suspect-arested",
            "VC-DATA-001",
            "[0].discharged_by.about",
            "suspect-arrested",
        ),
        (
            RIGHT_6,
            "match: [suspect, hearing]",
            "match: [officer, hearing]",
            "VC-DATA-001",
            "[0].discharged_by.match[0]",
            "suspect",
        ),
        (
            RIGHT_6,
            "source: bedfordshire-pcc-right-6",
            "source: bedfordshire-pcc-right-66",
            "VC-DATA-001",
            "[0].cites[0].source",
            "bedfordshire-pcc-right-6",
        ),
        (
            RIGHT_6,
            "  cites:\n    - {right: 6, source: bedfordshire-pcc-right-6}\n"
            "    - {right: 6, source: moj-victim-site-police-investigation}",
            "  cites: []",
            "VC-DATA-003",
            "[0].cites",
            "Name at least one source",
        ),
        (
            RIGHT_6,
            "right: 6, source",
            "right: 6, paragraph: '6.1', source",
            "VC-DATA-005",
            "[0].cites[0]",
            "paragraph_confirmed_by",
        ),
        (
            RIGHT_6,
            "within: 5, unit: working-day",
            "within: 5, unit: workday",
            "VC-FILE-005",
            "[0].deadline",
            "working-day",
        ),
        (RIGHT_6, "within: 5,", "within: 5.5,", "VC-FILE-005", "[0].deadline", "whole number"),
        (RIGHT_6, "within: 5,", "soon: 5,", "VC-DATA-006", "[0].deadline", "Give one of"),
        (RIGHT_6, "    standard: {", "    ordinary: {", "VC-DATA-006", "[0].deadline", "standard"),
        (RIGHT_6, "evidence: secondary", "evidence: certain", "VC-FILE-005", "[0].evidence", "secondary"),
        (RIGHT_6, "  evidence: secondary\n", "", "VC-FILE-004", "[0]", "'evidence' is missing"),
        (
            RIGHT_6,
            "- id: inform-suspect-interviewed-under-caution",
            "- id: inform-suspect-arrested",
            "VC-DATA-002",
            "[1].id",
            "is given twice",
        ),
        (RIGHT_6, "  force: must", "  force: must\n  force: may", "VC-FILE-002", "line 7", "written twice"),
        (
            RIGHT_8,
            "readings: [after-receipt]",
            "readings: [after-reciept]",
            "VC-DATA-001",
            "readings[0]",
            "Did you mean 'after-receipt'?",
        ),
        (
            RIGHT_8,
            "discharged_by: {receipt: true}",
            "discharged_by: {receipt: false}",
            "VC-DATA-006",
            "discharged_by",
            "either `event` or `receipt",
        ),
        (RIGHT_8, "owed_to: witness-care-unit", "owed_to: witness-care", "VC-DATA-001", "owed_to", "witness-care-unit"),
        (
            ELIGIBILITY,
            "{fact: kidnap, is: true}",
            "{fact: kidnapped, is: true}",
            "VC-DATA-001",
            "criteria",
            "Did you mean 'kidnap'?",
        ),
        (
            ELIGIBILITY,
            "{fact: kidnap, is: true}",
            "{fact: kidnap, is: 'yes'}",
            "VC-DATA-006",
            "criteria",
            "true or false",
        ),
        (
            ELIGIBILITY,
            "{fact: kidnap, is: true}",
            "{fact: kidnap, equals: true}",
            "VC-DATA-006",
            "criteria",
            "compares one fact",
        ),
        (
            "editions.yaml",
            "in_force_until: 2015-11-15",
            "in_force_until: 2015-11-14",
            "VC-DATA-004",
            "code-2013 and code-2015",
            "Correct",
        ),
        (
            "editions.yaml",
            "in_force_from: 2021-04-01",
            "in_force_from: 2021-03-31",
            "VC-DATA-004",
            "code-2015 and code-2021",
            "Correct",
        ),
        (
            "schemes/parole-reconsideration.yaml",
            "event: parole-decision-issued",
            "event: parole-decision",
            "VC-DATA-001",
            "opens[0].event",
            "parole-decision-issued",
        ),
    ],
)
def test_each_fault_of_the_law_names_its_place_and_the_way_out(folder, name, old, new, code, place, words):
    change(folder, name, old, new)

    found = [fault for fault in faults_of(folder) if fault.code == code]
    assert any(place in fault.location and words in f"{fault.message} {fault.hint}" for fault in found), found


def test_all_faults_of_all_files_are_reported_at_once(folder):
    change(folder, RIGHT_6, "owed_by: [police]", "owed_by: [polise]")
    change(folder, RIGHT_8, "readings: [after-receipt]", "readings: [after-reciept]")
    change(folder, "sources.yaml", "kind: code", "kin: code")
    change(folder, ELIGIBILITY, "{fact: kidnap, is: true}", "{any: [{fact: kidnaped, equals: true}, {fact: eighteen}]}")
    change(folder, RIGHT_6, "standard: {within: 5, unit: working-day, after: event}", "standard: {before: hering}")
    change(folder, RIGHT_6, "enhanced: {within: 1,", "enhanced: {within: one,")
    change(folder, OLDER, "providers:", "provders:")
    change(folder, OLDER_PART, "owed_by: [police]", "owed_by: [polise]")

    found = [(fault.location.split(", ")[0], f"{fault.message} {fault.hint}") for fault in faults_of(folder)]
    assert {place for place, _ in found} >= {RIGHT_6, RIGHT_8, "sources.yaml", ELIGIBILITY, OLDER, OLDER_PART}
    assert (ELIGIBILITY, "There is no fact 'kidnaped'. Did you mean 'kidnap'?") in found
    assert any(place == RIGHT_6 and "There is no event 'hering'." in said for place, said in found)


def test_a_missing_file_is_a_fault(folder):
    (folder / RIGHT_6).unlink()

    assert [fault.code for fault in faults_of(folder)] == ["VC-FILE-006"]


def test_changed_law_has_another_hash(folder):
    change(folder, RIGHT_6, "within: 5, unit", "within: 6, unit")

    assert load_law(folder).data_hash != load_law().data_hash


def test_files_of_law_are_looked_at_to_the_column(folder):
    change(folder, RIGHT_6, "force: must", "forse: must")
    change(folder, "definitions/code-2021.yaml", "used_for:", "use_for:")

    places = [fault.location for fault in read_law_files(folder).faults]
    assert f"{RIGHT_6}, line 6, column 3, [0].forse" in places
    assert "definitions/code-2021.yaml, line 8, column 1, use_for" in places


def test_an_explanation_names_who_read_the_statement_and_when(folder):
    cited = "{source: moj-victim-site-complaint"
    read = "{read_by: {name: A. Clerk, day: 2027-01-05}, source: moj-victim-site-complaint"
    change(folder, "editions/code-2021/right-12-complaint.yaml", "{right: 12, " + cited[1:], read, count=-1)

    found = VictimsCode.load(folder).deadline("acknowledge-complaint", on=date(2026, 4, 2))
    assert "read by A. Clerk on Tuesday 5 January 2027" in found.explain().to_text()
