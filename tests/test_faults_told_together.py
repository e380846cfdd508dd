"""A broken part of a file of law, a mapping or a record of commissioning hides no fault beside it."""

from __future__ import annotations

import shutil

import pytest

import victims_code as vc
from victims_code.adapters.extracts import load_mapping
from victims_code.commissioning.governance import Issue, RiskLog
from victims_code.law import load_law
from victims_code.reading.data_files import data_folder
from victims_code.working_days import WorkingDayCalendar

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

BROKEN = "{any: [{fact: kidnaped, equals: true}, {not: {fact: terorism, is: true}}]}"


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
        "schemes/victim-personal-statement.yaml": {"{fact: capacity, is-not: business}": BROKEN},
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
        ("any.0", "VC-DATA-006"),
        ("applies_when", "VC-DATA-001"),
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


def test_a_broken_part_of_a_change_of_law_hides_no_fault_beside_it(tmp_path):
    file = tmp_path / "what-if.yaml"
    file.write_text(
        """\
titel: {}
id: Three Days
edition: code-2021
deadlines:
  inform-suspect-arested: {all: {within: 3, unit: day}}
  refer-to-support: {standard: {within: none, unit: day}, enhanced: {within: 1, unit: dya}}
enhanced:
  children: {title: Children, when: {fact: undr-18, is: true}}
  elders: {when: {any: [{fact: over-80, is: true}, {fact: kidnap}]}}
  victims-of-fraud: null
""",
        encoding="utf-8",
    )

    assert told(lambda: vc.VictimsCode.load().with_changes_from(file)) == [
        ("line 1", "VC-FILE-004"),
        ("titel", "VC-FILE-003"),
        ("id", "VC-FILE-005"),
        ("deadlines.inform-suspect-arested", "VC-NAME-001"),
        ("deadlines.refer-to-support.standard.within", "VC-FILE-005"),
        ("deadlines.refer-to-support.enhanced.unit", "VC-FILE-005"),
        ("enhanced.children.when", "VC-DATA-001"),
        ("any.1", "VC-DATA-006"),
        ("enhanced.elders", "VC-FILE-004"),
        ("enhanced.elders.when", "VC-DATA-001"),
        ("enhanced.victims-of-fraud", "VC-NAME-001"),
    ]


def test_a_broken_change_of_a_calendar_hides_no_fault_beside_it(tmp_path):
    file = tmp_path / "overrides.yaml"
    file.write_text(
        """
add:
  - {date: 2026-12-25, title: Christmas again, sorce: memo, announced: soon}
  - {date: 2026-04-32, title: Closed, source: memo}
  - {date: 2026-04-06, title: Closed, source: memo}
remove:
  - {date: 2026-04-02, source: memo, announced: yesterday}
  - {date: 2026-04-08}
  - 2026-04-09
  - {date: 1889-04-08, source: memo}
""",
        encoding="utf-8",
    )

    assert told(lambda: vc.england_and_wales(overrides=file)) == [
        ("add[0].announced", "VC-DATE-001"),
        ("add[0]", "VC-FILE-004"),
        ("add[0].sorce", "VC-FILE-003"),
        ("add[0]", "VC-DATE-005"),
        ("add[1].date", "VC-DATE-001"),
        ("add[2]", "VC-DATE-005"),
        ("remove[0].announced", "VC-DATE-001"),
        ("remove[0]", "VC-DATE-005"),
        ("remove[1]", "VC-FILE-004"),
        ("remove[1]", "VC-DATE-005"),
        ("remove[2]", "VC-FILE-005"),
        ("remove[3]", "VC-DATE-004"),
    ]


def test_a_broken_holiday_of_a_calendar_hides_no_fault_of_another(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(
        """
version: 1
covers: {from: 2026-01-01, to: 2026-12-30}
sources: [{id: board, title: Board, publisher: Us, evidence: text}]
holidays:
  - {date: 2026-04-31, title: Gone, source: bored, substitute-for: 2026-04-29}
  - {date: 2026-05-02, title: Late, source: board, announced: 2026-06-01, moved-form: 2026-05-01}
  - {date: 2026-05-01, title: Early, source: board, announced-source: bord}
  - holiday
  - {date: 2027-05-01, title: Outside, source: board}
""",
        encoding="utf-8",
    )

    assert told(lambda: WorkingDayCalendar.from_yaml(file)) == [
        ("covers", "VC-DATA-004"),
        ("holidays[0].date", "VC-DATE-001"),
        ("holidays[0].source", "VC-DATA-001"),
        ("holidays[0].substitute-for", "VC-DATA-004"),
        ("holidays[1].moved-form", "VC-FILE-003"),
        ("holidays[1].announced", "VC-DATA-004"),
        ("holidays[2].date", "VC-DATA-004"),
        ("holidays[2].announced-source", "VC-DATA-001"),
        ("holidays[3]", "VC-FILE-005"),
        ("holidays[4].date", "VC-DATA-004"),
    ]


def test_a_broken_entry_of_a_commissioning_record_hides_no_fault_of_another():
    text = """
board: Board
scale: four-by-four
risks:
  - {reference: R1, cause: c, event: e, impact: i, current: {likelihood: 9, impact: two}}
  - {reference: R2, cause: c, event: e, impact: i, current: {likelihood: 1, impact: 5}, reviewed_on: soon}
  - risk
  - {reference: R2, cause: c, event: e, impact: i, current: {likelihood: 1, impact: 2}, inherent: {likelihood: 6}}
issues:
  - {reference: R1, what: Late, priority: high, raised_on: 2026-04-02, closed_on: 2026-04-01, ownr: x}
"""
    assert told(lambda: RiskLog.from_yaml(text, source="log.yaml")) == [
        ("risks[0].current.impact", "VC-FILE-005"),
        ("risks[0].current.likelihood", "VC-COM-005"),
        ("risks[1].reviewed_on", "VC-DATE-001"),
        ("risks[1].current.impact", "VC-COM-005"),
        ("risks[2]", "VC-FILE-005"),
        ("risks[3].inherent", "VC-FILE-004"),
        ("risks[3].inherent.likelihood", "VC-COM-005"),
        ("risks[3].reference", "VC-COM-008"),
        ("issues[0].ownr", "VC-FILE-003"),
        ("issues[0].closed_on", "VC-COM-006"),
        ("issues[0].reference", "VC-COM-008"),
    ]
