"""Local extracts become cases by a mapping, and a check shows beforehand what would be read and what would not."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.adapters.extracts import check_extract, load_mapping, read_extract
from victims_code.bulk.tables import rows_of
from victims_code.errors import MissingExtraError, WrongValueError

EXAMPLES = Path(__file__).parents[3] / "examples"
RMS, RMS_ROWS = EXAMPLES / "rms-mapping.yaml", EXAMPLES / "rms-extract.csv"
WITNESS, WITNESS_ROWS = EXAMPLES / "witness-mapping.yaml", EXAMPLES / "witness-extract.csv"

MINE = Path(__file__).with_name("mine.yaml").read_text(encoding="utf-8")
COLUMNS = load_mapping(Path(__file__).with_name("mine.yaml")).columns()
BLANK = dict.fromkeys(COLUMNS)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MINE, encoding="utf-8")
    return load_mapping(path)


def row(**cells):
    return {**BLANK, "CASE": "C1", **cells}


def happened(case):
    return {(e.event, str(e.at), e.about, e.victim, e.suspect) for e in case.events}


def codes(case):
    return [(note.code, note.location) for note in case.faults if note.code != "VC-READ-102"]


ONE_VICTIM = """
name: one row a crime, and its one victim without a reference
source: RMS
dates: YYYY-MM-DD
rows: {case: CRIME, born: DOB, committed_on: DONE}
events:
  - {column: ARRESTED, event: suspect-arrested}
"""


def test_where_no_column_names_victims_the_date_of_birth_is_that_of_the_one_there_is(tmp_path):
    """Who was 17 gets the enhanced limit: lost with the date of birth, it was not known."""
    (tmp_path / "m.yaml").write_text(ONE_VICTIM, encoding="utf-8")
    (tmp_path / "rows.csv").write_text(
        "CRIME,DOB,DONE,ARRESTED\n1,2008-09-09,2026-03-31,2026-04-02\n2,,2026-03-31,2026-04-02\n", encoding="utf-8"
    )
    child, unknown = read_extract(load_mapping(tmp_path / "m.yaml"), tmp_path / "rows.csv")

    for case, track, due in ((child, "enhanced", date(2026, 4, 7)), (unknown, "unknown", date(2026, 4, 13))):
        (arrest,) = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 6)).find("inform-suspect-arrested")
        assert (arrest.track, arrest.due_on) == (track, due)
        assert "VC-READ-102" in [note.code for note in case.faults], "that no victim is listed is still said"


# --- reading ------------------------------------------------------------------------------------------------------


def test_a_crime_recording_extract_becomes_cases():
    first, second, third = read_extract(load_mapping(RMS), RMS_ROWS)

    assert [case.reference for case in (first, second, third)] == ["22/0412/26", "22/0413/26", "22/0414/26"]
    assert happened(first) == {
        ("crime-reported", "2026-04-01 10:20:00", None, None, None),
        ("needs-assessed", "2026-04-01", None, "V1", None),
        ("suspect-arrested", "2026-04-02", None, None, "N77"),
        ("victim-informed", "2026-04-08", "suspect-arrested", "V1", "N77"),
        ("suspect-charged", "2026-04-14", None, None, "N77"),
    }
    assert [(victim.reference, victim.born) for victim in second.victims] == [
        ("V1", date(2010, 11, 11)),
        ("V2", date(1985, 6, 5)),
    ]
    assert [event.event for event in second.events].count("suspect-arrested") == 1
    assert [(flag.fact, flag.value, flag.source) for flag in second.offence.flags] == [
        ("domestic-abuse", True, "crime recording system, DA")
    ]
    assert [[(fact.fact, fact.value) for fact in victim.facts] for victim in second.victims] == [
        [],
        [("persistently-targeted", True)],
    ]
    assert [event.event for event in third.events] == ["crime-reported", "needs-assessed", "investigation-ended"]


def test_the_cases_of_an_extract_are_assessed():
    _, case, _ = read_extract(load_mapping(RMS), RMS_ROWS)
    first, second = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20)).find("inform-suspect-arrested")

    assert (first.victim, first.due_on, first.discharged_on, first.status.value) == (
        "V1",
        date(2026, 4, 7),
        date(2026, 4, 14),
        "met-late",
    )
    assert (second.victim, second.status.value) == ("V2", "overdue")


def test_a_witness_management_extract_has_receipts_hearings_and_dated_facts():
    (case,) = read_extract(load_mapping(WITNESS), WITNESS_ROWS)
    result = vc.VictimsCode.load().assess(case, as_at=date(2026, 6, 1))

    (listed,) = result.find("inform-hearing-listed")
    (sentence,) = result.find("inform-sentence-passed")
    assert (listed.due_on, listed.status.value) == (date(2026, 3, 4), "met")
    assert (sentence.due_on, sentence.status.value) == (date(2026, 5, 14), "met")
    assert [(fact.value, fact.since) for fact in case.victims[0].facts] == [(False, None), (True, date(2026, 4, 1))]


def test_rows_of_one_reference_are_one_case_and_what_they_repeat_happens_once(mine):
    (case,) = read_extract(
        mine,
        [
            row(VICTIM="A", SUSPECT="S", ARRESTED="02/04/2026", TOLD="03/04/2026"),
            row(VICTIM="B", SUSPECT="S", ARRESTED="02/04/2026", TOLD="03/04/2026"),
        ],
    )

    assert happened(case) == {
        ("suspect-arrested", "2026-04-02", None, None, "S"),
        ("victim-informed", "2026-04-03", "suspect-arrested", "A", "S"),
        ("victim-informed", "2026-04-03", "suspect-arrested", "B", "S"),
    }


def test_dates_are_read_in_the_form_that_was_said_and_in_no_other(mine):
    (case,) = read_extract(mine, [row(ARRESTED="2026-04-02")])

    assert case.events == ()
    assert codes(case) == [("VC-READ-101", "rows, case C1, row 1, ARRESTED")]


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("03/04/2026", date(2026, 4, 3)),
        ("03/04/2026 23:59", datetime.fromisoformat("2026-04-03T23:59")),
        (" 03/04/2026 10:20:30 ", datetime.fromisoformat("2026-04-03T10:20:30")),
        (date(2026, 4, 3), date(2026, 4, 3)),
        (datetime.fromisoformat("2026-04-03T00:00"), date(2026, 4, 3)),
        (datetime.fromisoformat("2026-04-03T09:00"), datetime.fromisoformat("2026-04-03T09:00")),
    ],
)
def test_a_date_may_have_a_time_or_be_a_date_already(mine, written, at):
    (case,) = read_extract(mine, [row(ARRESTED=written)])

    assert case.events[0].at == at


@pytest.mark.parametrize(
    ("cells", "noted"),
    [
        ({"ARRESTED": "31/02/2026"}, "VC-READ-101"),
        ({"ARRESTED": "02/04/2126"}, "VC-READ-101"),
        ({"ACTION": "XYZ", "ACTION_DATE": "02/04/2026"}, "VC-READ-103"),
        ({"ACTION": "BAIL"}, "VC-READ-110"),
        ({"DA": "maybe"}, "VC-CASE-008"),
        ({"CASE": "  "}, "VC-READ-125"),
        ({"SENTENCED": "02/04/2026", "RECEIVED": "01/04/2026"}, "VC-READ-101"),
        ({"ARRESTED": "02/04/2026", "DONE": "03/04/2026"}, "VC-READ-101"),
        ({"VICTIM": "A", "BORN": "not known"}, "VC-READ-101"),
        ({"VICTIM": "A", "REPEAT": "Y", "REPEAT_FROM": "last year"}, "VC-READ-101"),
        ({"VICTIM": "A", "BORN": "01/01/2026", "DONE": "01/01/2020"}, "VC-READ-101"),
    ],
)
def test_bad_cells_are_noted_and_no_case_is_lost(mine, cells, noted):
    (case,) = read_extract(mine, [row(**cells)])

    assert [code for code, _ in codes(case)] == [noted]


@pytest.mark.parametrize(
    ("rows", "noted"),
    [
        ([{"CODE": "OF61016"}, {"CODE": "TH68020"}], "VC-READ-104"),
        ([{"DONE": "01/04/2026"}, {"DONE": "02/04/2026"}], "VC-READ-104"),
        ([{"DONE": "01/04/2026"}, {"DONE": "01/04/2026"}], None),
        ([{"SUSPECT": "S", "CHARGED": "01/04/2026", "ARRESTED": "02/04/2026"}], "VC-READ-105"),
    ],
)
def test_rows_that_do_not_fit_together_are_noted(rows, noted, tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(
        MINE.replace("events:\n", "events:\n  - {column: CHARGED, event: suspect-charged}\n"), encoding="utf-8"
    )
    blank = {**BLANK, "CHARGED": None, "CASE": "C1"}
    (case,) = read_extract(load_mapping(path), [{**blank, **cells} for cells in rows])

    assert [code for code, _ in codes(case)] == ([noted] if noted else [])


def test_outcome_types_of_an_extract_are_read_and_what_is_none_is_said():
    folder = Path(__file__).parent
    cases = read_extract(load_mapping(folder / "outcomes.yaml"), folder / "outcomes.csv")

    assert {case.reference: [event.event for event in case.events] for case in cases} == {
        "C1": ["suspect-charged"],
        "C2": ["investigation-ended"],
        "C3": ["out-of-court-disposal-given"],
        "C4": [],  # dealt with for another offence
        "C5": [],  # none assigned yet
        "C6": [],
        "C7": [],
        "C8": [],
        "C9": [],
    }
    assert {case.reference: [code for code, _ in codes(case)] for case in cases if codes(case)} == {
        "C6": ["VC-READ-103"],  # there is no type 23
        "C7": ["VC-READ-110"],  # a decision on no day
        "C8": ["VC-READ-103"],  # a word is no type
        "C9": ["VC-READ-101"],  # 31 February
    }


def test_rows_that_contradict_each_other_lose_no_case(mine):
    (case,) = read_extract(mine, [row(DA="Y"), row(DA="N")])

    assert [(flag.fact, flag.value) for flag in case.offence.flags] == [("domestic-abuse", True)]
    assert "to hold and not to hold" in next(note.message for note in case.faults if note.code == "VC-READ-103")


def test_every_warning_names_the_case_and_the_row_it_is_about(mine):
    early, late = {"ARRESTED": "02/04/1999", "TOLD": "03/04/1999"}, {"ARRESTED": "03/04/2045"}
    table = [row(), row(CASE="C2", TOLD="03/04/2026"), row(CASE="C3", **early), row(CASE="C4", **late)]
    code = vc.VictimsCode.load()
    found = [
        (fault.code, fault.location)
        for case in read_extract(mine, table)
        for fault in code.assess(case, as_at=date(2045, 4, 20)).faults
        if fault.code != "VC-READ-102"
    ]

    assert found == [
        ("VC-CASE-104", "rows, case C2, row 2, TOLD"),
        ("VC-LAW-002", "rows, case C3, row 3, ARRESTED, suspect-arrested"),
        ("VC-CASE-105", "rows, case C4, row 4, ARRESTED, inform-suspect-arrested"),
    ]


def test_a_warning_about_a_date_names_the_first_row_that_says_it(mine):
    (case,) = read_extract(mine, [row(VICTIM="A", TOLD="03/04/2026"), row(VICTIM="A", TOLD="03/04/2026")])

    assert [(fault.code, fault.location) for fault in case.faults] == [("VC-CASE-104", "rows, case C1, row 1, TOLD")]


def test_a_case_that_is_altered_keeps_no_places_of_what_it_was_read_from(mine):
    (case,) = read_extract(mine, [row(VICTIM="A", TOLD="03/04/2026"), row(VICTIM="A", SENTENCED="04/04/2026")])
    altered = evolve(case, events=[event for event in case.events if event.event == "victim-informed"])

    assert [fault.location for fault in altered.faults] == ["events[0]"]


def test_an_empty_cell_and_an_ignored_code_say_nothing(mine):
    (case,) = read_extract(mine, [row(ACTION="007", ACTION_DATE="02/04/2026")])

    assert case.events == ()
    assert codes(case) == []


def test_offence_codes_say_something_only_if_asked(mine):
    rows = [row(CODE="OF61016")]

    assert read_extract(mine, rows)[0].offence.flags == ()
    assert "wounding-or-gbh-with-intent" in {
        flag.fact for flag in read_extract(mine, rows, classify_offences=True)[0].offence.flags if flag.value
    }


CELL = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=10), st.sampled_from(["02/04/2026", "Y", "N"]))


@given(st.lists(st.fixed_dictionaries({**dict.fromkeys(BLANK, CELL), "CASE": st.text("AB1 ", max_size=3)}), max_size=4))
def test_whatever_stands_in_a_table_no_row_stops_it(rows):
    cases = read_extract(load_mapping(Path(__file__).with_name("mine.yaml")), rows)

    assert {case.reference for case in cases} == {
        r["CASE"].strip() or f"rows, row {n}" for n, r in enumerate(rows, start=1)
    }


# --- tables -------------------------------------------------------------------------------------------------------


def lines(cells):
    return [list(cells), [value or "" for value in cells.values()]]


def test_csv_workbooks_databases_and_rows_read_alike(mine, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    cells = row(VICTIM="A", SUSPECT="S", ARRESTED="02/04/2026")
    text = "\n".join(";".join(line) for line in lines(cells))
    (tmp_path / "a.csv").write_text(text.replace(";", ","), encoding="utf-8-sig")
    (tmp_path / "a.tsv").write_text(text.replace(";", "\t"), encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "Crimes"
    for line in lines(cells):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute(f"CREATE TABLE crimes ({', '.join(map(json.dumps, cells))})")
        connection.execute(f"INSERT INTO crimes VALUES ({', '.join('?' * len(cells))})", list(cells.values()))
    expected = read_extract(mine, [cells])

    assert read_extract(mine, tmp_path / "a.csv") == expected
    assert read_extract(mine, str(tmp_path / "a.tsv")) == expected
    assert (
        read_extract(mine, tmp_path / "a.xlsx") == read_extract(mine, tmp_path / "a.xlsx", table="Crimes") == expected
    )
    assert read_extract(mine, tmp_path / "a.db", table="crimes") == expected


def test_a_misspelt_key_hides_no_other_fault_and_all_stand_in_the_order_of_the_file(tmp_path):
    (tmp_path / "m.yaml").write_text(
        """name: Mine
source: our system
dates: DD/MM/YY
rows: {case: CASE, victm: VICTIM}
events:
  - {column: ARRESTED, event: suspect-arested}
  - {colum: CHARGED, event: suspect-charged}
facts:
  - {column: DISABLED, fact: physical-disabilty-or-disorder, yes: [Y]}
""",
        encoding="utf-8",
    )
    with pytest.raises(WrongValueError) as refused:
        load_mapping(tmp_path / "m.yaml")

    places = [fault.location.partition(", ")[2] for fault in refused.value.faults]
    assert places == [
        "line 3, dates",
        "line 4, rows.victm",
        "line 6, events[0].event",
        "line 7, events[1]",
        "line 7, events[1].colum",
        "line 9, facts[0].fact",
    ]


def test_a_delimiter_and_an_encoding_can_be_said(tmp_path):
    (tmp_path / "m.yaml").write_text(MINE + "delimiter: ';'\nencoding: cp1252\n", encoding="utf-8")
    cells = row(VICTIM="Zoë", ARRESTED="02/04/2026")
    (tmp_path / "a.csv").write_text("\n".join(";".join(line) for line in lines(cells)), encoding="cp1252")
    (case,) = read_extract(load_mapping(tmp_path / "m.yaml"), tmp_path / "a.csv")

    assert case.victims[0].reference == "Zoë"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"CASE,VICTIM\n1,2\n", "no column 'SUSPECT'"),
        ("a.csv", b"CASE,CASE\n1,2\n", "Two columns are called 'CASE'"),
        ("a.csv", b"CASE;VICTIM\n1;2\n", "If that parts the columns, write `delimiter: ';'` in the mapping."),
        ("a.csv", b"\xff\xfe\xff", "encoding"),
        ("a.pdf", b"", "Save it as CSV"),
        ("a.db", b"not a database, not a database", "not an SQLite database"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_way_out(mine, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WrongValueError, match=words):
        read_extract(mine, tmp_path / name)


def test_the_rows_of_a_database_are_counted_without_a_header(mine, tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute(f"CREATE TABLE crimes ({', '.join(map(json.dumps, BLANK))})")
        for reference, arrested in (("C1", "02/04/2026"), ("C2", "April")):
            cells = list(row(CASE=reference, ARRESTED=arrested).values())
            connection.execute(f"INSERT INTO crimes VALUES ({', '.join('?' * len(cells))})", cells)
    _, case = read_extract(mine, tmp_path / "a.db", table="crimes")

    assert [where for _, where in codes(case)] == ["a.db, crimes, case C2, row 2, ARRESTED"]


def test_a_table_that_is_not_there_is_refused(mine, tmp_path):
    with pytest.raises(WrongValueError, match="does not exist"):
        read_extract(mine, tmp_path / "none.csv")
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("CREATE TABLE crimes (a)")
    with pytest.raises(WrongValueError, match="Tables: crimes"):
        read_extract(mine, tmp_path / "a.db", table="crime")


def test_without_openpyxl_it_says_what_to_install(mine, tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(b"")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"victims-code\[excel\]"):
        read_extract(mine, tmp_path / "a.xlsx")


# --- mappings that are wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("event: suspect-bailed", "event: suspect-bailled", "Did you mean 'suspect-bailed'"),
        ("about: suspect-arrested", "about: suspect-arested", "Did you mean 'suspect-arrested'"),
        (", about: suspect-arrested", "", "does not say what it is about"),
        ("event: suspect-arrested}", "event: suspect-arrested, about: sentence-passed}", "takes no `about`"),
        ("fact: domestic-abuse", "fact: domestic-abus", "Did you mean 'domestic-abuse'"),
        ("fact: domestic-abuse", "fact: child-under-18", "not a fact that can be stated"),
        ("dates: DD/MM/YYYY", "dates: MM/DD/YYYY", "is not allowed here"),
        ("ignore: true", "ignore: false", "either an `event` or `ignore: true`"),
        (
            "    date: ACTION_DATE\n",
            "    date: ACTION_DATE\n    list: home-office-outcomes\n",
            "either `codes` or a `list`",
        ),
        ("name: mine", "nam: mine", "Did you mean 'name'"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line_and_the_way_out(tmp_path, old, new, words):
    path = tmp_path / "mapping.yaml"
    assert old in MINE
    path.write_text(MINE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongValueError) as refused:
        load_mapping(path)

    assert words in str(refused.value)
    assert "mapping.yaml" in refused.value.faults[0].location


def test_all_faults_of_a_mapping_come_at_once(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MINE.replace("suspect-bailed", "x").replace("domestic-abuse", "y"), encoding="utf-8")
    with pytest.raises(WrongValueError) as refused:
        load_mapping(path)

    assert [fault.code for fault in refused.value.faults] == ["VC-CASE-001", "VC-CASE-007"]


# --- check --------------------------------------------------------------------------------------------------------


def test_a_check_shows_what_would_be_read_and_what_would_not(mine):
    table = [
        {**row(ARRESTED="02/04/2026", ACTION="XYZ", DA="maybe", VICTIM="A", BORN="1990"), "BEAT": "A1"},
        row(CASE="C2", ARRESTED="April", ACTION="XYZ"),
    ]
    found = check_extract(mine, table)

    assert (found.rows, found.cases, found.complete) == (2, 2, False)
    assert found.unmapped == ("BEAT",)
    assert found.unknown_codes == {"ACTION": {"XYZ": 2}}
    assert found.unread_facts == {"DA": {"maybe": 1}}
    assert found.unread_dates == {"BORN": 1, "ARRESTED": 1}
    assert found.events == {"suspect-arrested": 1}
    assert [case.reference for case in found.samples] == ["C1", "C2"]
    assert "1990" not in json.dumps(found.to_dict())


def test_a_check_shows_the_warnings_of_reading_and_the_row_and_value_of_a_date_that_cannot_be_read(mine):
    table = [row(VICTIM="A"), row(CASE="C2", VICTIM="A", BORN="1990", ARRESTED="2 April", TOLD="03/04/2026")]
    found = check_extract(mine, table)

    assert [(fault.code, fault.location, fault.message) for fault in found.warnings] == [
        ("VC-READ-101", "rows, case C2, row 2, ARRESTED", "'2 April' cannot be the date of this."),
        ("VC-READ-101", "rows, case C2, row 2, BORN", "This cannot be a date of birth."),
        (
            "VC-CASE-104",
            "rows, case C2, row 2, TOLD",
            "The victim was told about 'suspect-arrested', but there is no record of that event.",
        ),
    ]
    assert found.first_unread_dates == {"ARRESTED": "row 2, '2 April'", "BORN": "row 2"}


def test_the_warnings_of_a_check_stand_in_the_order_of_the_rows(mine):
    table = [
        row(VICTIM="A", TOLD="03/04/2026"),
        row(CASE="C2", VICTIM="A", ARRESTED="April"),
        row(VICTIM="A", ARRESTED="May"),
        *(row(CASE=f"C{n}", VICTIM="A", ARRESTED="June") for n in range(3, 11)),
    ]

    assert [fault.location.split(", ")[2] for fault in check_extract(mine, table).warnings] == [
        f"row {n}" for n in range(1, 12)
    ]


def test_the_samples_of_a_check_are_the_cases_with_the_most_faults(mine):
    clean = [row(CASE=f"C{n}", VICTIM="A", ARRESTED="02/04/2026") for n in range(5)]
    faulty = row(CASE="C5", VICTIM="A", ARRESTED="April")
    worse = row(CASE="C6", VICTIM="A", ARRESTED="April", DA="maybe")
    found = check_extract(mine, [*clean, faulty, worse], samples=3)

    assert [case.reference for case in found.samples] == ["C6", "C5", "C0"]


def test_a_check_names_missing_columns_and_does_not_stop_at_them(mine):
    assert check_extract(mine, [{"CASE": "C1", "ARRESTED": "02/04/2026"}]).missing[:2] == ("VICTIM", "SUSPECT")


@pytest.mark.parametrize(("mapping", "table"), [(RMS, RMS_ROWS), (WITNESS, WITNESS_ROWS)])
def test_the_worked_mappings_read_their_extracts_whole(mapping, table):
    assert check_extract(load_mapping(mapping), table).complete


def test_the_check_on_the_command_line_gives_a_few_warnings_of_every_kind_and_says_how_many_there_are(tmp_path):
    lines = [f"C{n},A,April,03/04/2026" for n in range(8)]
    (tmp_path / "a.csv").write_text("\n".join(["CASE,VICTIM,ARRESTED,TOLD", *lines]), encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        """name: mine
source: RMS
dates: DD/MM/YYYY
rows: {case: CASE, victim: VICTIM}
events:
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
""",
        encoding="utf-8",
    )
    text = run("map", "check", tmp_path / "m.yaml", tmp_path / "a.csv").stdout
    words = " ".join(text.split())

    assert "VC-READ-101, 8 times: A date cannot be right and was not used" in words
    assert "VC-CASE-104, 8 times: A telling answers no event on record" in words
    assert "a.csv, case C0, row 2, ARRESTED: 'April' cannot be the date of this. It was left out." in words
    assert text.count("- a.csv, ") == 2 * 3
    assert "no date of the form DD/MM/YYYY; the first: row 2, 'April'" in words
    assert words.count("Nothing maps to `needs-assessed`") == 1


def test_the_check_says_nothing_of_needs_assessments_where_a_column_or_a_code_stands_for_one(tmp_path):
    (tmp_path / "m.yaml").write_text(MINE.replace("event: suspect-bailed", "event: needs-assessed"), encoding="utf-8")

    assert "Nothing maps" not in run("map", "check", RMS, RMS_ROWS).stdout
    assert check_extract(load_mapping(tmp_path / "m.yaml"), [row()]).needs_assessed


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "victims_code", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def test_the_command_line_checks_and_assesses_an_extract(tmp_path):
    checked = run("map", "check", RMS, RMS_ROWS)
    assert checked.returncode == 0
    assert "4 rows: 4 read, 0 set aside; 3 cases" in checked.stdout
    assert "1990-03-02" not in checked.stdout

    (tmp_path / "more.csv").write_text(
        RMS_ROWS.read_text(encoding="utf-8").replace("BEAT", "WARD").replace(",18,", ",99,"), encoding="utf-8"
    )
    left = run("map", "check", RMS, tmp_path / "more.csv", "--format", "json")
    assert left.returncode == 1
    assert json.loads(left.stdout)["unmapped"] == ["WARD"]
    assert json.loads(left.stdout)["unknown_codes"] == {"HO_OUTCOME": {"99": 1}}

    assessed = run("assess", RMS_ROWS, "--mapping", RMS, "--as-at", "2026-05-01", "--format", "json")
    assert assessed.returncode == 0
    assert [result["reference"] for result in json.loads(assessed.stdout)] == [
        "22/0412/26",
        "22/0413/26",
        "22/0414/26",
    ]


@pytest.mark.parametrize("cell", ["maybe", "unknown", "UNKNOWN"])
def test_a_fact_whose_answer_is_not_known_is_written_down_as_unknown(mine, cell):
    (case, other) = read_extract(mine, [row(VICTIM="A", DA=cell), row(CASE="2", VICTIM="A", DA="N/A")])

    [flag] = vc.Case.from_yaml(case.to_yaml()).offence.flags
    assert (flag.fact, flag.value) == ("domestic-abuse", None)
    assert [code for code, _ in codes(case)] == (["VC-CASE-008"] if cell == "maybe" else [])
    assert [one["value"] for one in rows_of([case, other])["assertions"]] == [None]


def test_an_answer_in_one_row_counts_before_one_not_known_in_another(mine):
    (case,) = read_extract(mine, [row(VICTIM="A", DA="maybe"), row(VICTIM="A", DA="Y")])

    assert [flag.value for flag in case.offence.flags] == [None, True]
    assert [code for code, _ in codes(case)] == ["VC-CASE-008"]


def test_a_case_written_with_decimals_is_noted_as_the_same_case(mine):
    (case,) = read_extract(mine, [row(CASE="401", VICTIM="A"), row(CASE="401.0", VICTIM="A")])

    assert ("VC-READ-115", "rows, case 401, row 1") in codes(case)
