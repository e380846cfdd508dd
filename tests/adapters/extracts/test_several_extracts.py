"""Several extracts that tell of the same cases give the answer that one joined extract gives."""

from __future__ import annotations

import csv
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

import victims_code as vc
from victims_code.adapters import combined
from victims_code.adapters.extracts import load_mapping, read_extract

START = "source: RMS\ndates: DD/MM/YYYY\n"
IDS = "rows: {case: CRIME, victim: VICTIM%s}\n"
EVENTS = """events:
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD_OF_ARREST, event: victim-informed, about: suspect-arrested}
  - {column: CHARGED, event: suspect-charged}
  - {column: TOLD_OF_CHARGE, event: victim-informed, about: suspect-charged}
"""
ASSESSED = "events:\n  - {column: ASSESSED, event: needs-assessed}\n"
FACTS = """facts:
  - {column: REPEAT, fact: persistently-targeted, 'yes': [Y], 'no': [N]}
  - {column: DA, fact: domestic-abuse, 'yes': [Y], 'no': [N]}
"""
BORN = ", born: BORN, committed_on: DONE"
MAPPINGS = {
    "events": f"name: events\n{START}{IDS % ''}{EVENTS}",
    "assessed": f"name: needs\n{START}{IDS % ''}{ASSESSED}",
    "victims": f"name: victims\n{START}{IDS % BORN}{FACTS}",
    "joined": f"name: joined\n{START}{IDS % BORN}{EVENTS}{ASSESSED.removeprefix('events:')[1:]}{FACTS}",
}
HEADERS = {
    "events": ["CRIME", "VICTIM", "ARRESTED", "TOLD_OF_ARREST", "CHARGED", "TOLD_OF_CHARGE"],
    "assessed": ["CRIME", "VICTIM", "ASSESSED"],
    "victims": ["CRIME", "VICTIM", "BORN", "DONE", "REPEAT", "DA"],
}
ROWS = {
    "events": [
        "1 A 02/04/2026 08/04/2026 03/04/2026 08/04/2026",
        "1 B 02/04/2026 08/04/2026 03/04/2026 -",
        "2 A 02/04/2026 13/04/2026 - -",
        "3 A 02/04/2026 13/04/2026 - -",
        "4 A 02/04/2026 13/04/2026 - -",
    ],
    "assessed": ["1 A 01/04/2026", "2 A 01/04/2026", "3 A 01/04/2026"],
    "victims": [
        "1 A 02/03/1990 31/03/2026 Y N",
        "1 B 02/03/1990 31/03/2026 - N",
        "2 A 02/03/2012 31/03/2026 - N",
        "3 A 02/03/1990 31/03/2026 N N",
        "4 A 02/03/1990 31/03/2026 - -",
    ],
}


def cells(name):
    return [[cell.replace("-", "") for cell in row.split()] for row in ROWS[name]]


def joined():
    everything = {}
    for name, header in HEADERS.items():
        for row in cells(name):
            everything.setdefault((row[0], row[1]), {}).update(zip(header, row, strict=True))
    columns = dict.fromkeys(column for header in HEADERS.values() for column in header)
    return list(columns), [[row.get(column, "") for column in columns] for row in everything.values()]


@pytest.fixture
def folder(tmp_path):
    tables = {name: (HEADERS[name], cells(name)) for name in HEADERS} | {"joined": joined()}
    for name, (header, rows) in tables.items():
        (tmp_path / f"{name}.yaml").write_text(MAPPINGS[name], encoding="utf-8")
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return tmp_path


def read(folder: Path, *names):
    return [
        case for name in names for case in read_extract(load_mapping(folder / f"{name}.yaml"), folder / f"{name}.csv")
    ]


def answers(cases):
    code = vc.VictimsCode.load()
    return {
        (case.reference, o.victim, o.duty.id, o.due_on, o.track.value, o.status.value, o.discharged_on)
        for case in cases
        for o in code.assess(case, as_at=date(2026, 4, 20)).obligations
    }


def arrests(cases):
    return {key[:2]: key[4:6] for key in answers(cases) if key[2] == "inform-suspect-arrested"}


@pytest.mark.parametrize("names", list(permutations(["events", "assessed", "victims"])))
def test_facts_births_and_needs_assessments_of_several_extracts_answer_as_one_joined_extract(folder, names):
    one, several = read(folder, "joined"), combined(read(folder, *names))

    assert answers(several) == answers(one)
    assert arrests(several) == {
        ("1", "A"): ("enhanced", "met-late"),  # persistently targeted
        ("1", "B"): ("unknown", "cannot-tell"),  # no one assessed the needs of B
        ("2", "A"): ("enhanced", "met-late"),  # a child
        ("3", "A"): ("standard", "met"),
        ("4", "A"): ("unknown", "cannot-tell"),
    }
    assert {(v.reference, v.born) for case in several for v in case.victims if case.reference == "2"} == {
        ("A", date(2012, 3, 2))
    }


def test_two_tellings_of_one_day_stay_two(folder):
    """To another victim, or of another thing, is another telling."""
    (case, *_) = combined(read(folder, "victims", "events"))

    assert {(e.victim, e.about) for e in case.events if e.event == "victim-informed"} == {
        ("A", "suspect-arrested"),
        ("B", "suspect-arrested"),
        ("A", "suspect-charged"),
    }


def test_warnings_of_several_extracts_name_the_row_and_none_is_of_one_extract_alone(folder):
    (folder / "events.csv").write_text(
        f"{','.join(HEADERS['events'])}\n1,A,02/04/2026,08/04/2026,,09/04/2026\n", encoding="utf-8"
    )
    (case, *_) = combined(read(folder, "events", "victims"))

    assert [(fault.code, fault.location) for fault in case.faults] == [
        ("VC-CASE-104", "events.csv, case 1, row 2, TOLD_OF_CHARGE")
    ]


def row_of(name, **cells):
    return {**dict.fromkeys(HEADERS[name]), "CRIME": "1", "VICTIM": "A", **cells}


@pytest.mark.parametrize(
    ("events", "victims", "code", "words"),
    [
        ({"ARRESTED": "01/01/2026"}, {"DONE": "02/01/2026"}, "VC-READ-101", "before the offence on"),
        ({}, {"REPEAT": "N"}, "VC-READ-103", "'persistently-targeted' is said to hold and not to hold"),
        ({}, {"DONE": "02/01/2026", "BORN": "03/01/2026"}, "VC-READ-101", "born after the offence"),
        ({"CHARGED": "01/01/2026", "ARRESTED": "02/01/2026"}, {}, "VC-READ-105", "before 'suspect-arrested'"),
    ],
)
def test_what_only_extracts_together_contradict_is_noted(folder, events, victims, code, words):
    mappings = {name: load_mapping(folder / f"{name}.yaml") for name in ("events", "victims")}
    born = victims.pop("BORN", None)
    charged = events.pop("CHARGED", None)
    tables = [
        ("victims", row_of("victims", BORN=born, REPEAT="Y")),
        ("events", row_of("events", **events)),
        ("events", row_of("events", CHARGED=charged)),
        ("victims", row_of("victims", **victims)),
    ]
    (case,) = combined(case for name, row in tables for case in read_extract(mappings[name], [row]))

    assert [(note.code, words in note.message) for note in case.faults] == [(code, True)]


def test_rows_without_a_case_reference_are_not_taken_for_one_case(folder):
    for name in ("events", "victims"):
        (folder / f"{name}.csv").write_text(f"{','.join(HEADERS[name])}\n,A,,,,\n", encoding="utf-8")

    assert [case.reference for case in combined(read(folder, "events", "victims"))] == [
        "events.csv, row 2",
        "victims.csv, row 2",
    ]


def test_two_extracts_with_different_dates_of_birth_say_so_without_showing_them():
    cases = [
        vc.Case(reference="1", victims=[vc.Victim(reference="A", born=born)])
        for born in (date(1977, 7, 7), date(1978, 7, 7))
    ]
    (case,) = combined(cases)

    assert [(note.code, note.location) for note in case.faults] == [("VC-READ-103", "case 1, A")]
    assert "197" not in str(case.faults)
