"""Extracts on the command line: several that tell of the same cases, and what is said of those that cannot be read."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from click.testing import CliRunner

from victims_code import VictimsCode
from victims_code.adapters import combined, common_platform
from victims_code.adapters.extracts import load_mapping, read_extract
from victims_code.cli import main

EVENTS = """name: events
source: crime system
dates: DD/MM/YYYY
rows: {case: CRIME, victim: VICTIM}
events:
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
  - {column: ASSESSED, event: needs-assessed}
"""
VICTIMS = """name: victims
source: victims
dates: YYYY-MM-DD
rows: {case: CRIME, victim: VICTIM, born: BORN, committed_on: DONE}
facts:
  - {column: REPEAT, fact: persistently-targeted, 'yes': [Y], 'no': [N]}
"""
EVENT_ROWS = "CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n1,A,02/04/2026,08/04/2026,01/04/2026\n"
VICTIM_ROWS = "CRIME,VICTIM,BORN,DONE,REPEAT\n1,A,1990-03-02,2026-03-31,Y\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "events.yaml": EVENTS,
        "victims.yaml": VICTIMS,
        "events.csv": EVENT_ROWS,
        "victims.csv": VICTIM_ROWS,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def assess(*arguments):
    return run("assess", *arguments, "--as-at", "2026-04-20", "--format", "json")


def arrest(result):
    (one,) = [one for one in result["obligations"] if one["duty"] == "inform-suspect-arrested"]
    return one["track"], one["due_on"], one["status"]


def words(result):
    return " ".join(result.output.split())


# --- assess -------------------------------------------------------------------------------------------------------


def test_several_extracts_each_by_its_mapping_tell_of_their_cases_together(folder):
    found = assess("events.csv", "victims.csv", "--mapping", "events.yaml", "--mapping", "victims.yaml")
    (result,) = json.loads(found.stdout)

    assert (found.exit_code, found.stderr) == (0, "")
    assert arrest(result) == ("enhanced", "2026-04-07", "met-late")


def with_facts(folder, cell):
    mapping = EVENTS + "facts:\n  - {column: DA, fact: domestic-abuse, 'yes': ['16'], 'no': ['17']}\n"
    (folder / "facts.yaml").write_text(mapping, encoding="utf-8")
    rows = f"CRIME,VICTIM,ARRESTED,TOLD,ASSESSED,DA\n401,A,02/04/2026,13/04/2026,01/04/2026,{cell}\n"
    (folder / "facts.csv").write_text(rows + "402,A,02/04/2026,13/04/2026,01/04/2026,17\n", encoding="utf-8")
    return assess("facts.csv", "--mapping", "facts.yaml")


@pytest.mark.parametrize("cell", ["Maybe", "#REF!", "16.5"])
def test_a_fact_not_understood_is_never_taken_for_a_no(folder, cell):
    found = with_facts(folder, cell)
    first, second = json.loads(found.stdout)
    [about] = [one for one in first["obligations"] if one["duty"] == "inform-suspect-arrested"]

    assert (arrest(first)[0], arrest(second)[0]) == ("unknown", "unknown")  # the age of either is not known
    assert "domestic-abuse" in about["missing_facts"]
    assert found.exit_code == 1
    assert run("map", "check", "facts.yaml", "facts.csv").exit_code == 1
    assert found.stderr.count("facts.csv, case 401, row 2, DA") == 1


@pytest.mark.parametrize("cell", ["16", "16.0", "16.00"])
def test_a_whole_number_with_decimals_is_the_number_of_the_mapping(folder, cell):
    first, _ = json.loads(with_facts(folder, cell).stdout)

    assert arrest(first)[0] == "enhanced"


def test_a_case_number_with_and_without_decimals_is_one_case(folder):
    rows = "401,A,02/04/2026,08/04/2026,\n401.0,A,,,01/04/2026\n402,1,02/04/2026,,\n402,1.0,,,\n"
    (folder / "events.csv").write_text("CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n" + rows, encoding="utf-8")
    found = assess("events.csv", "--mapping", "events.yaml")

    first, second = json.loads(found.stdout)
    assert (first["reference"], second["reference"]) == ("401", "402")
    assert [one["victim"] for one in second["eligibility"]] == ["1"]
    assert "The case '401' is also written '401.0'." in found.stderr


def test_by_one_mapping_for_all_they_tell_of_their_cases_together_too(folder):
    (folder / "may.csv").write_text("CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n1,A,,13/04/2026,\n", encoding="utf-8")
    (folder / "events.csv").write_text(EVENT_ROWS.replace("08/04/2026", ""), encoding="utf-8")
    (result,) = json.loads(assess("events.csv", "may.csv", "--mapping", "events.yaml").stdout)

    assert arrest(result) == ("unknown", "2026-04-13", "cannot-tell")  # without dates of birth and of the offence


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["assess", "a.csv", "b.csv", "c.csv", "--as-at", "2026-04-20", *["--mapping", "events.yaml"] * 2],
            "--mapping is given 2 times for 3 files: give it once for all, or once for each, in their order.",
        ),
        (
            ["assess", "a.db", "--mapping", "events.yaml", "--as-at", "2026-04-20", "--table", "x", "--table", "y"],
            "--table is given 2 times for 1 file: ",
        ),
        (["map", "check", "events.yaml", "a.csv", "victims.yaml"], "Give every mapping its table"),
    ],
)
def test_mappings_and_files_that_are_not_in_step_are_wrong_usage(folder, arguments, said):
    found = run(*arguments)

    assert found.exit_code == 2
    assert said in found.stderr


def test_the_faults_of_all_mappings_come_at_once(folder):
    for name in ("events", "victims"):
        (folder / f"{name}.yaml").write_text("name: mine\n", encoding="utf-8")
    found = assess("events.csv", "victims.csv", "--mapping", "events.yaml", "--mapping", "victims.yaml")

    assert found.exit_code == 1
    assert "events.yaml" in found.stderr
    assert "victims.yaml" in found.stderr


def test_where_one_of_the_extracts_cannot_be_read_no_case_is_assessed_without_it(folder):
    (folder / "victims.csv").unlink()
    found = assess("events.csv", "victims.csv", "--mapping", "events.yaml", "--mapping", "victims.yaml")

    assert (found.exit_code, found.stdout) == (1, "")
    assert "victims.csv: The file does not exist." in found.stderr


def test_tables_of_one_database_go_in_step_with_the_files(folder):
    with closing(sqlite3.connect(folder / "a.db")) as connection, connection:
        for name, text in (("events", EVENT_ROWS), ("victims", VICTIM_ROWS)):
            header, row = (line.split(",") for line in text.splitlines())
            connection.execute(f"CREATE TABLE {name} ({', '.join(header)})")
            connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)
    mappings = ["--mapping", "events.yaml", "--mapping", "victims.yaml"]
    (result,) = json.loads(assess("a.db", "a.db", *mappings, "--table", "events", "--table", "victims").stdout)

    assert arrest(result) == ("enhanced", "2026-04-07", "met-late")


def test_warnings_name_their_file_and_stand_in_the_order_of_its_rows(folder):
    rows = "".join(f"{case},A,{day},,\n" for case, day in ((1, ""), (2, "April"), (1, "May"), (3, "June")))
    (folder / "events.csv").write_text(f"CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n{rows}", encoding="utf-8")
    found = assess(folder / "events.csv", "victims.csv", "--mapping", "events.yaml", "--mapping", "victims.yaml")

    assert [line.split(":")[1].strip() for line in found.stderr.splitlines()] == [
        f"{folder / 'events.csv'}, case 2, row 3, ARRESTED",
        f"{folder / 'events.csv'}, case 1, row 4, ARRESTED",
        f"{folder / 'events.csv'}, case 3, row 5, ARRESTED",
    ]


@pytest.mark.parametrize("name", ["victims.csv", "victims.txt"])
def test_a_table_without_a_mapping_is_refused_and_nothing_of_it_is_shown(folder, name):
    (folder / name).write_text(VICTIM_ROWS, encoding="utf-8")
    found = assess(name)

    assert found.exit_code == 1
    assert "1990" not in found.output
    assert "CRIME" not in found.output
    if name.endswith(".csv"):
        assert "This looks like a table. Give --mapping" in found.stderr


def test_a_long_value_in_a_case_file_is_cut(folder):
    note = "told by telephone, and asked for a letter; " * 20
    (folder / "case.yaml").write_text(
        f"reference: A\nvictims: [{{reference: V}}]\nevents: ['{note}']", encoding="utf-8"
    )
    found = assess("case.yaml")

    assert found.exit_code == 1
    assert f"not '{note[:35]}…" in found.stderr
    assert note not in found.stderr


def test_rows_where_a_fact_belongs_are_not_shown(folder):
    (folder / "case.yaml").write_text(
        "reference: A\nvictims: [{reference: V, facts: {persistently-targeted: [told, {of: 1990}]}}]", encoding="utf-8"
    )
    found = assess("case.yaml")

    assert "A fact is true, false or unknown, not a list." in found.stderr
    assert "1990" not in found.output


# --- map check ----------------------------------------------------------------------------------------------------


def test_the_check_of_several_tables_judges_them_together(folder):
    events = run("map", "check", "events.yaml", "events.csv")
    victims = run("map", "check", "victims.yaml", "victims.csv")
    both = run("map", "check", "events.yaml", "events.csv", "victims.yaml", "victims.csv")

    assert "no date of birth and no fact" in words(events)
    assert "Nothing maps to `needs-assessed`" in words(victims)
    assert "no date of birth and no fact" not in words(both)
    assert "Nothing maps to `needs-assessed`" not in words(both)
    assert "Together 1 case" in words(both)
    assert both.exit_code == 0
    assert "born: read" in both.stdout
    assert "1990" not in both.stdout


def test_the_check_of_several_tables_as_json(folder):
    both = ("events.yaml", "events.csv", "victims.yaml", "victims.csv")
    plain = json.loads(run("map", "check", *both, "--format", "json").stdout)

    assert [one["rows"] for one in plain["extracts"]] == [1, 1]
    assert (plain["cases"], plain["needs_assessed"], plain["states_facts"], plain["warnings"]) == (1, True, True, [])
    assert {event["event"] for event in plain["samples"][0]["events"]} == {
        "suspect-arrested",
        "victim-informed",
        "needs-assessed",
    }


def test_a_table_that_lacks_columns_cannot_be_read_and_check_and_assess_agree(folder):
    (folder / "events.csv").write_text("CRIME,VICTIM,ARREST,TOLD\n1,A,02/04/2026,April\n", encoding="utf-8")
    checked, assessed = (
        run("map", "check", "events.yaml", "events.csv"),
        assess("events.csv", "--mapping", "events.yaml"),
    )

    assert (checked.exit_code, assessed.exit_code) == (1, 1)
    assert "The table cannot be read by this mapping:" in checked.stdout
    for said in (
        "The table has no column 'ARRESTED'. Did you mean 'ARREST'?",
        "The table has no column 'ASSESSED'. Columns: ARREST, CRIME, TOLD, VICTIM.",
    ):
        assert said in words(checked)
        assert said in words(assessed)
    assert "no date of the form DD/MM/YYYY; the first: row 2, 'April'" in words(checked)
    assert "Events that would be read" not in checked.stdout
    assert "reference:" not in checked.stdout


def test_a_file_without_a_header_is_refused_by_both(folder):
    (folder / "events.csv").write_text("", encoding="utf-8")

    for found in (run("map", "check", "events.yaml", "events.csv"), assess("events.csv", "--mapping", "events.yaml")):
        assert found.exit_code == 1
        assert "no line with the names of its columns" in found.stderr


def test_warnings_name_their_case_and_many_of_a_kind_are_counted(folder):
    rows = "".join(f"{n},A,02/04/2026,,01/04/2026\n" for n in range(401, 421))
    (folder / "events.csv").write_text("CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n" + rows, encoding="utf-8")
    found = assess("events.csv", "--mapping", "events.yaml")
    ages = [line for line in found.stderr.splitlines() if "VC-CASE-109" in line]

    assert [line.split(":")[1].strip() for line in ages] == [
        f"events.csv, case {n}, victims[0]" for n in (401, 402, 403)
    ]
    assert "There are 17 more warnings of this kind" in ages[-1]
    assert all("VC-CASE-109" in str(one["faults"]) for one in json.loads(found.stdout))


def test_assess_ends_with_1_if_a_cell_was_not_read(folder):
    (folder / "events.csv").write_text(EVENT_ROWS.replace("08/04/2026", "rang"), encoding="utf-8")
    found = assess("events.csv", "--mapping", "events.yaml")

    assert found.exit_code == run("map", "check", "events.yaml", "events.csv").exit_code == 1
    assert "row 2, TOLD" in found.stderr
    assert json.loads(found.stdout)["reference"] == "1"


def test_assess_ends_with_1_until_repeated_rows_are_decided(folder):
    (folder / "events.csv").write_text(EVENT_ROWS + EVENT_ROWS.splitlines()[1] + "\n", encoding="utf-8")
    undecided = assess("events.csv", "--mapping", "events.yaml")
    (folder / "events.yaml").write_text(EVENTS + "repeated_rows: all\n", encoding="utf-8")
    decided = assess("events.csv", "--mapping", "events.yaml")

    assert (undecided.exit_code, decided.exit_code) == (1, 0)
    assert "the same in every cell as an earlier one: 1." in undecided.stderr
    assert undecided.stdout == decided.stdout


# --- together with messages ---------------------------------------------------------------------------------------

URN_ROWS = "CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n28/DI/00001/26,A,02/04/2026,08/04/2026,01/04/2026\n"
MESSAGE = {
    "hearing": {
        "prosecutionCases": [
            {
                "prosecutionCaseIdentifier": {"caseURN": "28DI0000126"},
                "defendants": [{"id": "D1", "offences": [{"id": "O1", "chargeDate": "2026-04-10"}]}],
            }
        ]
    }
}


def test_a_message_and_an_extract_tell_of_one_case_by_its_reference(folder):
    (folder / "urn.csv").write_text(URN_ROWS, encoding="utf-8")
    (folder / "court.json").write_text(json.dumps(MESSAGE), encoding="utf-8")
    mapping = load_mapping("events.yaml")
    (expected,) = combined([*common_platform.read_cases("court.json"), *read_extract(mapping, "urn.csv")])

    found = assess("court.json", "urn.csv", "--mapping", "events.yaml")
    (result,) = json.loads(found.stdout)

    assert result["reference"] == "28DI0000126"
    known = VictimsCode.load().assess(expected, as_at=date(2026, 4, 20)).to_dict()
    assert result["obligations"] == known["obligations"]
    assert {(o["duty"], o["victim"]) for o in result["obligations"]} >= {
        ("inform-suspect-arrested", "A"),
        ("inform-suspect-charged", "A"),
    }
    assert "The case '28DI0000126' is also written '28/DI/00001/26'." in found.stderr


def test_a_message_that_cannot_be_read_leaves_no_case_half_known(folder):
    (folder / "court.json").write_text("{", encoding="utf-8")

    found = assess("court.json", "events.csv", "--mapping", "events.yaml")

    assert (found.exit_code, found.stdout) == (1, "")
    assert "court.json" in found.stderr


def test_a_mapping_without_a_table_is_wrong_usage(folder):
    (folder / "court.json").write_text(json.dumps(MESSAGE), encoding="utf-8")

    found = assess("court.json", "--mapping", "events.yaml")

    assert found.exit_code == 2
    assert "--mapping is for tables, and none of the files is one." in found.stderr


def test_a_table_without_rows_is_not_taken_for_one_in_which_all_is_well(folder):
    (folder / "empty.csv").write_text("CRIME,VICTIM,ARRESTED,TOLD,ASSESSED\n", encoding="utf-8")

    found = assess("empty.csv", "--mapping", "events.yaml")

    assert found.exit_code == 1
    assert "empty.csv: There is no case in it." in found.stderr

    checked = run("map", "check", "events.yaml", "empty.csv")
    beside = run("map", "check", "events.yaml", "events.csv", "events.yaml", "empty.csv")
    assert (checked.exit_code, beside.exit_code) == (1, 1)
    for told in (checked, beside):
        assert "There is no case in it. Check that the table has rows under its header." in words(told)


def test_a_message_that_joins_a_table_makes_it_end_with_1_if_a_cell_is_left_out(folder):
    message = json.loads(json.dumps(MESSAGE).replace("2026-04-10", "10 April"))
    (folder / "court.json").write_text(json.dumps(message), encoding="utf-8")

    joined = assess("court.json", "events.csv", "--mapping", "events.yaml")
    alone = assess("court.json")

    assert "court.json" in joined.stderr
    assert "cannot be the date of this" in joined.stderr
    assert (joined.exit_code, alone.exit_code) == (1, 0)


def test_what_is_said_of_a_row_does_not_speak_of_a_message(folder):
    (folder / "events.yaml").write_text(EVENTS.replace(", victim: VICTIM", ""), encoding="utf-8")
    (folder / "events.csv").write_text(EVENT_ROWS.replace("08/04/2026", "rang"), encoding="utf-8")

    checked = run("map", "check", "events.yaml", "events.csv")

    assert "No victim is listed." in words(checked)
    assert "A date cannot be right and was not used" in words(checked)
    assert "message" not in checked.stdout
