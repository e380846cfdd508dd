"""The lineage of duties agrees with the editions, or is refused with the place."""

from __future__ import annotations

import shutil

import pytest

from victims_code.errors import LawDataError
from victims_code.law import load_law
from victims_code.reading.data_files import data_folder

POLICE_2006 = "editions/code-2006/police.yaml"
REPORT_2015 = "editions/code-2015/chapter-2-report-and-investigation.yaml"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder(), tmp_path / "data")


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder):
    with pytest.raises(LawDataError) as refused:
        load_law(folder)
    return [fault for fault in refused.value.faults if fault.code == "VC-DATA-008"]


def test_the_lineage_joins_each_edition_to_the_next():
    steps = [(step.earlier, step.later) for step in load_law().lineage]

    assert steps == [("code-2006", "code-2013"), ("code-2013", "code-2015"), ("code-2015", "code-2021")]


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "words"),
    [
        (
            "lineage.yaml",
            "duties: [update-monthly]",
            "duties: [update-montly]",
            "dropped[0].duties[0]",
            "Did you mean 'update-monthly'?",
        ),
        (
            "lineage.yaml",
            "duties: [inform-suspect-interviewed-under-caution]\n      what: [deadline]",
            "duties: [inform-suspect-interviewed-under-caution]\n      what: [force]",
            "changed[0]",
            "differs in deadline, and is said to differ in force",
        ),
        (
            "lineage.yaml",
            "duties: [inform-suspect-interviewed-under-caution]\n      what: [deadline]",
            "duties: [inform-suspect-interviewed-under-caution]\n      what: [dedline]",
            "changed[0].what[0]",
            "Did you mean 'deadline'?",
        ),
        (
            POLICE_2006,
            "id: inform-suspect-arrested\n  title: Tell the victim",
            "id: inform-suspect-arrested\n  title: Inform the victim",
            "changed",
            "'inform-suspect-arrested' differs in title, and nothing says so",
        ),
        (
            "lineage.yaml",
            "- duties: [acknowledge-complaint]",
            "- duties: [inform-suspect-arrested]",
            "new[0]",
            "is said to be new, and is in code-2006",
        ),
        (
            "lineage.yaml",
            "duties: [inform-suspect-reported-for-summons]",
            "duties: [inform-suspect-arrested]",
            "dropped[2]",
            "is said to be dropped, and is in code-2013",
        ),
        (
            "lineage.yaml",
            "duties: [inform-suspect-released-under-investigation]",
            "duties: [record-crime]",
            "",
            "Nothing says where 'inform-suspect-released-under-investigation' comes from",
        ),
        (
            "lineage.yaml",
            "duties: [inform-suspect-released-under-investigation]",
            "duties: [record-crime]",
            "",
            "'record-crime' is said to have become two things",
        ),
        (
            "lineage.yaml",
            "into: [communicate-simply]",
            "into: []",
            "merged[3]",
            "`into` belongs to merged and split duties",
        ),
        (
            "lineage.yaml",
            "earlier: code-2013\n",
            "earlier: code-2006\n",
            "[1]",
            "does not join two",
        ),
        (
            "lineage.yaml",
            "earlier: code-2013\n",
            "earlier: code-2006\n",
            "lineage.yaml",
            "Nothing says what became of the duties of code-2013 in code-2015",
        ),
    ],
)
def test_each_fault_of_the_lineage_names_its_place(folder, name, old, new, where, words):
    change(folder, name, old, new)

    found = faults_of(folder)
    assert any(where in fault.location and words in f"{fault.message} {fault.hint}" for fault in found), found


def test_a_duty_that_vanishes_is_asked_for(folder):
    change(folder, REPORT_2015, "- id: return-property", "- id: hand-property-back")

    words = [fault.message for fault in faults_of(folder)]
    assert any("Nothing says what became of 'return-property'" in what for what in words)
    assert any("Nothing says where 'hand-property-back' comes from" in what for what in words)


def test_a_change_in_one_edition_is_a_fault_until_the_lineage_states_it(folder):
    change(folder, "editions/code-2021/right-11-after-conviction.yaml", "within: 20, unit", "within: 25, unit")
    load_law(folder)  # still a change of the deadline
    change(folder, "editions/code-2021/right-11-after-conviction.yaml", "force: must", "force: should")

    assert ["'refer-to-vcs' differs in force, owed-by, deadline" in fault.message for fault in faults_of(folder)] == [
        True
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "words"),
    [
        (
            "editions/code-2006/edition.yaml",
            "bodies:\n      - police\n",
            "bodies:\n      - polise\n",
            "VC-DATA-001",
            "Did you mean 'police'?",
        ),
        (
            "editions/code-2006/edition.yaml",
            "bodies:\n      - police\n      - witness-care-unit",
            "bodies:\n      - witness-care-unit",
            "VC-DATA-001",
            "code-2006 does not bind 'police'",
        ),
        (
            "editions/code-2015/edition.yaml",
            "part: chapter-5-other-bodies",
            "part: chapter-5",
            "VC-DATA-001",
            "chapter-5-other",
        ),
        (
            "editions/code-2006/police.yaml",
            "until:\n        - suspect-charged\n",
            "until:\n        - suspect-chargd\n",
            "VC-DATA-001",
            "suspect-charged",
        ),
        ("editions/code-2006/police.yaml", "every: 1\n", "every: 0\n", "VC-FILE-005", "must be >= 1: 0"),
        (
            "editions/code-2006/police.yaml",
            "    all:\n      every: 1\n",
            "    standard: {within: 1, unit: month, after: event}\n    enhanced:\n      every: 1\n",
            "VC-DATA-006",
            "recurs for some victims only",
        ),
        (
            "editions/code-2015/chapter-2-charge-and-pre-trial.yaml",
            "occurrence: later",
            "occurrence: second",
            "VC-FILE-005",
            "first",
        ),
        (
            "cross-references/eu-directive-2012-29.yaml",
            "answered_by: [pay-expenses]",
            "answered_by: [pay-expense]",
            "VC-DATA-001",
            "Did you mean 'pay-expenses'?",
        ),
        (
            "cross-references/eu-directive-2012-29.yaml",
            "edition: code-2015",
            "edition: code-2014",
            "VC-DATA-001",
            "code-2015",
        ),
        (
            "cross-references/witness-charter-2013.yaml",
            "cites: [cheshire-police-going-to-court,",
            "cites: [cheshire-police,",
            "VC-DATA-001",
            "cheshire-police-going-to-court",
        ),
    ],
)
def test_each_fault_of_providers_limits_and_cross_references_names_the_way_out(folder, name, old, new, code, words):
    change(folder, name, old, new)
    with pytest.raises(LawDataError) as refused:
        load_law(folder)

    found = [fault for fault in refused.value.faults if fault.code == code]
    assert any(words in f"{fault.message} {fault.hint}" for fault in found), refused.value
