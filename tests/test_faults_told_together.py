"""A broken part of a file of law, a mapping or a record of commissioning hides no fault beside it."""

from __future__ import annotations

import shutil

import pytest

import victims_code as vc
from victims_code.adapters.extracts import load_mapping
from victims_code.commissioning.governance.risks import Issue
from victims_code.law import load_law
from victims_code.reading.data_files import data_folder

MAPPING = """
name: RMS
source: RMS
dates: DD/MM/YYYY
rows: {case: Crime, victm: Victim}
events:
  - {colum: Reported, event: crime-reportd}
  - {column: Told, event: victim-informed, abot: suspect-arested}
facts:
  - {column: Sexual, fact: sexual-ofence, yess: [Y]}
"""


def told(read):
    with pytest.raises(vc.VictimsCodeError) as refused:
        read()
    return [(fault.location.split(", ")[-1], fault.code) for fault in refused.value.faults]


def test_a_misspelt_key_of_a_mapping_hides_no_wrong_name(tmp_path):
    file = tmp_path / "mapping.yaml"
    file.write_text(MAPPING, encoding="utf-8")

    assert told(lambda: load_mapping(file)) == [
        ("rows.victm", "VC-FILE-003"),
        ("events[0]", "VC-FILE-004"),
        ("events[0].colum", "VC-FILE-003"),
        ("events[0].event", "VC-CASE-001"),
        ("events[1].abot", "VC-FILE-003"),
        ("events[1].about", "VC-CASE-009"),
        ("facts[0]", "VC-FILE-004"),
        ("facts[0].yess", "VC-FILE-003"),
        ("facts[0].fact", "VC-CASE-007"),
    ]


def test_a_misspelt_key_of_the_law_hides_no_wrong_name(tmp_path):
    folder = shutil.copytree(data_folder(), tmp_path / "data")
    for name, changes in {
        "schemes/police-right-to-review.yaml": {
            "decided_by:": "decidedby:",
            "event: decision-not": "event: decison-not",
        },
        "editions/code-2021/right-09-outcome-and-appeals.yaml": {"  title:": "  titel:", "owed_by: [": "owed_by: [x, "},
        "lineage.yaml": {"code-2021": "code-2921"},
    }.items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")

    assert {
        ("decidedby", "VC-FILE-003"),
        ("opens[0].event", "VC-DATA-001"),
        ("[0].titel", "VC-FILE-003"),
        ("[0].owed_by[0]", "VC-DATA-001"),
        ("[2]", "VC-DATA-008"),
    } <= {(place.split(": ")[-1], code) for place, code in told(lambda: load_law(folder))}


def test_a_misspelt_key_of_a_commissioning_record_hides_no_contradiction():
    issue = {"reference": "I1", "what": "Late", "priority": "high", "raisd_on": "2026-04-02", "closed_on": "2026-04-01"}

    assert told(lambda: Issue.from_dict(issue)) == [
        ("", "VC-FILE-004"),
        ("raisd_on", "VC-FILE-003"),
        ("closed_on", "VC-COM-006"),
    ]


def test_no_check_of_a_commissioning_record_rests_on_a_broken_value():
    issue = {"reference": "I1", "what": "Late", "priority": "high", "raised_on": "2026-04-02", "closed_on": "April"}

    assert told(lambda: Issue.from_dict(issue)) == [("closed_on", "VC-DATE-001")]
