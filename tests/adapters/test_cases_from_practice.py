"""Extracts, returns and published files as people who do this work have them, each with the answer worked out by hand.

They lie outside the package; without them these tests are skipped, and the behaviour of each is tested with data of our
own in ``extracts/test_cells.py``, ``extracts/test_tables.py``, ``test_police_uk.py``, ``test_nothing_is_silent.py``,
``test_offences_apart.py`` and the tests of returns.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import victims_code as vc
from victims_code.adapters import common_platform, spi
from victims_code.adapters.extracts import check_extract, load_mapping, read_extract
from victims_code.adapters.police_uk import read_records
from victims_code.commissioning.returns import check_returns
from victims_code.figures import ReportingPeriod

FIXTURES = Path(os.environ.get("VICTIMS_CODE_FIXTURES", Path(__file__).parents[3] / "shared" / "fixtures"))
FIELD = FIXTURES / "field"
pytestmark = pytest.mark.skipif(not FIELD.is_dir(), reason=f"the cases from practice are not at {FIELD}")
CODE = vc.VictimsCode.load()


def check(folder, table, mapping="mapping.yaml"):
    return check_extract(load_mapping(FIELD / folder / mapping), FIELD / folder / table)


def cases(folder, table, mapping="mapping.yaml"):
    return {case.reference: case for case in check(folder, table, mapping).read}


def arrest(case):
    (one,) = CODE.assess(case, as_at=date(2026, 5, 1)).find("inform-suspect-arrested")
    return one.victim, one.track.value, str(one.due_on), str(one.discharged_on), one.status.value


def answer(case):
    found = CODE.assess(case, as_at=date(2026, 5, 1)).to_dict()
    return [found[part] for part in ("eligibility", "obligations", "windows")]


def happened(case):
    return [(event.event, str(event.on)) for event in case.events]


TOLD = [("suspect-arrested", "2026-04-13"), ("victim-informed", "2026-04-15")]


def test_01_null_answers_as_blank():
    """It is not *met* before the day of the offence is known: V1 may have been under 18 (reading *derived-facts*)."""
    for null, blank in (("null.csv", "blank.csv"), ("null2.csv", "blank2.csv")):
        (case,) = cases("01", null).values()
        assert arrest(case) == ("V1", "unknown", "2026-04-20", "2026-04-15", "cannot-tell")
        assert answer(case) == answer(cases("01", blank)["C1"])
        dated = evolve(case, offences=(evolve(case.offence, committed_on=date(2026, 4, 10)),))
        assert arrest(dated) == ("V1", "standard", "2026-04-20", "2026-04-15", "met")
    found = check("01", "export.csv")

    assert {victim.reference for case in found.read for victim in case.victims} == {"V1", "V2", "victim"}
    assert found.taken_as_empty["SuspectRef"] == {"NULL": 2}


def test_02_dates_of_databases_are_read_and_none_is_guessed():
    assert {name: happened(case) for name, case in cases("02", "export.csv").items()} == dict.fromkeys(
        ("C1", "C2", "C3", "C4"), TOLD
    )
    read = cases("02", "export-uk.csv", "mapping-uk.yaml")

    assert [happened(read[name]) for name in ("C1", "C2")] == [TOLD, TOLD]
    assert happened(read["C5"]) == [("suspect-arrested", "2026-04-03"), ("victim-informed", "2026-04-05")]
    hints = {name: read[name].faults[0].hint for name in ("C3", "C4", "C6", "C7", "C8")}
    assert [name for name in hints if read[name].events] == []
    assert "four figures" in hints["C3"]
    assert "DD MON YYYY" in hints["C4"]
    assert "DD MON YYYY" in hints["C6"]
    assert "DD.MM.YYYY" in hints["C7"]
    assert "13/04/2026" in hints["C8"]


def test_03_outcomes_are_read_in_every_usual_spelling():
    found = cases("03", "export.csv")
    told = {name: [event.event for event in case.events] for name, case in found.items()}
    sixteen = [*(f"C{n:02}" for n in (*range(1, 9), *range(11, 15))), "C18"]

    assert {name for name in sixteen if told[name] != ["decision-not-to-charge"]} == set()
    assert told["C09"] == ["suspect-charged"]
    assert told["C10"] == told["C16"] == told["C17"] == ["out-of-court-disposal-given"]
    assert told["C15"] == told["C19"] == []
    assert [note.code for note in found["C15"].faults] == []
    assert [note.code for note in found["C17"].faults] == ["VC-READ-120"]
    assert [note.code for note in found["C19"].faults] == ["VC-READ-103"]


def test_04_a_row_that_does_not_fit_is_never_read_shifted():
    found, quoted = check("04", "unquoted.csv"), check("04", "quoted.csv")

    assert (found.totals(), found.read, found.complete) == ("1 row: 0 read, 1 set aside", (), False)
    assert found.set_aside[0].location == "unquoted.csv, row 2"
    assert happened(quoted.read[0])[1:] == [
        ("suspect-interviewed-under-caution", "2026-04-13"),
        ("suspect-charged", "2026-04-15"),
        ("victim-informed", "2026-04-24"),
    ]


def test_05_workbooks_are_read_rightly_or_named():
    cells = cases("05", "cells.xlsx")
    assert [happened(cells[name]) for name in ("C1", "C2", "C4", "12345678")] == [TOLD] * 4
    assert "as Excel counts days" in cells["C3"].faults[0].hint
    assert "datetime" not in str(cells["C5"].faults)
    formula, merged, title = (check("05", f"{name}.xlsx") for name in ("formula", "merged", "title"))
    assert (formula.unusable, formula.complete) == ({"Arrested": 1, "ToldOfArrest": 1}, False)
    assert [(case.reference, len(case.victims)) for case in merged.read] == [("C1", 3)]
    assert title.remarks[0].startswith("The names of the columns are in row 3.")
    assert happened(title.read[0]) == TOLD
    assert "'Data'" in check("05", "second.xlsx").faults[0].hint


def test_06_placeholder_dates_answer_as_blank_and_are_named():
    found = check("06", "export.csv")
    read = {case.reference: case for case in found.read}

    assert arrest(read["C1"]) == arrest(read["C2"])
    assert arrest(read["C3"]) == arrest(read["C4"])
    assert [case.victims[0].born for case in found.read] == [
        None,
        None,
        None,
        None,
        None,
        date(2012, 3, 1),
        date(1990, 3, 1),
        None,
    ]
    assert read["C6"].offence.committed_on is None
    assert read["C7"].events == ()
    assert [fault.location.rpartition(", ")[2] for fault in found.warnings if fault.code == "VC-READ-101"] == [
        *["DOB"] * 3,
        "OffenceFrom",
        "Arrested",
        "ToldOfArrest",
        "DOB",
    ]
    assert not found.complete


def message(path):
    source = FIELD / path
    (case,) = (spi if source.suffix == ".xml" else common_platform).read_cases(source)
    return case


def test_07_and_20_offences_of_long_ago_keep_their_date():
    (old,) = cases("07", "export.csv").values()
    (reported,) = cases("20", "export.csv").values()
    told = CODE.assess(message("07/cp.json"), as_at=date(2026, 4, 20))
    (charged,) = told.find("inform-suspect-charged")

    assert message("07/spi.xml").offences[0].committed_on == date(1979, 6, 1)
    assert (charged.track.value, charged.due_on) == ("enhanced", date(2026, 4, 14))

    assert arrest(old) == ("V1", "enhanced", "2026-04-14", "2026-04-17", "met-late")
    assert (old.offence.committed_on, reported.offence.committed_on) == (date(1979, 6, 1), date(1986, 6, 1))


@pytest.mark.parametrize("result", ["aacd", "acsd", "asv"])
def test_08_a_result_that_ends_an_appeal_is_a_decision_on_it(result):
    decided = [event for event in happened(message(f"08/appeal-{result}.json")) if "appeal-decided" in event[0]]

    assert decided == [("crown-court-appeal-decided", "2026-06-10")]


def test_10_rows_of_a_data_frame_with_nothing_in_them():
    pandas = pytest.importorskip("pandas")
    mapping = load_mapping(FIELD / "10" / "mapping.yaml")
    blank = dict.fromkeys(mapping.columns(), pandas.NA)
    day = pandas.Timestamp
    case_column, victim = mapping.rows.case, mapping.rows.victim
    rows = [
        {
            **blank,
            case_column: "C1",
            victim: "V1",
            "Arrested": day("2026-04-13"),
            "Told": day("2026-04-15"),
            "Outcome": 16.0,
            "OutcomeDate": day("2026-04-20"),
        },
        {**blank, case_column: "C2", victim: float("nan"), "Arrested": day("2026-04-13"), "Told": pandas.NaT},
        {**blank, case_column: "C3", "Arrested": pandas.NaT},
    ]
    first, second, third = read_extract(mapping, rows)

    assert happened(first) == [*TOLD, ("decision-not-to-charge", "2026-04-20")]
    assert (happened(second), happened(third)) == (TOLD[:1], [])
    assert {victim.reference for case in (second, third) for victim in case.victims} == {"victim"}
    assert check_extract(mapping, rows).complete


def test_11_encodings_and_first_lines_of_excel():
    for table, mapping in (
        ("sep.csv", "mapping.yaml"),
        ("bom.csv", "mapping-utf8.yaml"),
        ("utf16.csv", "mapping.yaml"),
        ("utf16.csv", "mapping-utf16.yaml"),
        ("cp1252.csv", "mapping-cp1252.yaml"),
    ):
        found = check("11", table, mapping)
        assert [happened(case) for case in found.read] == [TOLD[:1]], table
    assert "utf-16" in check("11", "cp1252.csv").set_aside[0].hint


def test_13_rows_that_repeat_are_told_and_can_be_read_once():
    path = FIELD / "13" / "2022-08-greater-manchester-street.csv"
    warnings = []

    assert len(list(read_records(path, warn=warnings.append))) == 14
    assert len(list(read_records(path, repeats="once"))) == 2
    assert "as an earlier one: 12" in warnings[0].message
    header, row, *_ = path.read_text(encoding="utf-8").splitlines()
    assert list(read_records([header, row.replace("near A", "near A, B")], warn=warnings.append)) == []
    assert warnings[-1].code == "VC-READ-121"


def test_15_returns_with_quarters_as_people_write_them():
    assert check_returns([FIELD / "15" / "durham.csv"]).faults == ()
    assert check_returns([FIELD / "15" / "ok.csv"]).faults == ()
    messy = check_returns([FIELD / "15" / "messy.csv"])

    assert [line.period for line in messy.lines if line.row in (2, 3)] == [ReportingPeriod.quarter(2025, 1)] * 2
    assert [(fault.row, fault.column) for fault in messy.faults if fault.code == "VC-RET-003"] == [
        (row, "value") for row in (4, 5, 6)
    ]
    assert [fault for fault in messy.faults if fault.code == "VC-RET-005"] == []


def test_17_messages_without_days_and_of_breaches_are_read_and_one_without_cases_says_so():
    assert happened(message("17/nodays.json")) == [("suspect-charged", "2026-01-12")]
    assert happened(message("17/breach.json"))[1:] == [
        ("case-outcome", "2025-04-20"),
        ("sentence-passed", "2026-06-10"),
    ]
    with pytest.raises(vc.CaseError, match="holds no case"):
        message("17/no-cases.json")


@pytest.mark.parametrize("name", ["withdrawn", "three-offences"])
def test_18_results_on_breaking_bail_end_nothing(name):
    result = CODE.assess(case := message(f"18/bail-act-{name}.json"), as_at=date(2026, 7, 1))
    windows = {window.scheme.id: window.state.value for window in result.windows}

    assert {"proceedings-stopped", "case-outcome", "sentence-passed"} & {event.event for event in case.events} == set()
    assert windows["victim-personal-statement"] == "open"
    assert "unduly-lenient-sentence" not in windows
    assert [
        one.duty.id for one in result.obligations if one.owed_by == ("cps",) and one.status.value == "overdue"
    ] == []


def test_19_counts_that_ended_in_a_way_nobody_knows_are_named_each():
    notes = [fault.message for fault in message("19/quashed.json").faults if fault.code == "VC-READ-116"]

    assert " ".join(notes).count("ended the proceedings") == 2
