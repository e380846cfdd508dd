"""The report from the command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from shared.made_obligations import table_of, times
from shared.read_terminal import all_of
from victims_code.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def obligations(folder):
    path = folder / "obligations.parquet"
    rows = times(30) + times(20, status="overdue", days_late=9, case_ref="CASE/1")
    table_of(rows).write_parquet(str(path))
    return path


def test_it_writes_a_folder_and_names_the_files(tmp_path):
    out = tmp_path / "new" / "report"
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--output", out, "--area", "Anyshire")

    assert (result.exit_code, result.stderr) == (0, "")
    assert str(out / "report.html") in result.stdout.splitlines()
    assert "Anyshire" in (out / "report.html").read_text(encoding="utf-8")
    assert "CASE/1" in (out / "waiting-list.csv").read_text(encoding="utf-8")


def test_for_publication_it_names_no_case(tmp_path):
    out = tmp_path / "report"
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--output", out, "--for-publication")

    assert result.exit_code == 0
    assert not any("CASE/1" in file.read_text(encoding="utf-8") for file in out.iterdir())


def test_columns_from_a_table_beside_it(tmp_path):
    (tmp_path / "cases.csv").write_text("case_ref,force\nCASE/1,North\n", encoding="utf-8")
    out = tmp_path / "report"
    result = run(
        obligations(tmp_path),
        "--as-at",
        "2026-04-24",
        "--output",
        out,
        "--cases",
        tmp_path / "cases.csv",
        "--by",
        "force",
    )

    assert result.exit_code == 0
    assert (out / "by-force.csv").read_text(encoding="utf-8").startswith("force,on-time-share value")


def test_faults_go_to_standard_error_and_nothing_is_written(tmp_path):
    path = tmp_path / "obligations.csv"
    path.write_text("case_ref,status\nA,met\n", encoding="utf-8")
    result = run(path, "--as-at", "2026-04-24", "--output", tmp_path / "report")

    assert result.exit_code == 1
    assert "error" not in result.stdout
    assert (
        "The column 'duty' is missing. Add it, as it comes from the assessment in bulk. [VC-COMP-002]" in result.stderr
    )
    assert not (tmp_path / "report").exists()


def test_a_report_cannot_show_small_numbers_and_be_for_publication(tmp_path):
    both = ("--for-publication", "--show-small-numbers")
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--output", tmp_path / "report", *both)

    assert result.exit_code == 1
    assert "not for publication" in result.stderr


# --- from the tables of a record ----------------------------------------------------------------------------------

EVENTS = """case_ref,event,at,received,about,victim_ref,suspect_ref,hearing_ref,recorded
M/1,needs-assessed,2026-04-01,,,V1,,,
M/1,suspect-arrested,2026-04-02,,,,S1,,
M/1,victim-informed,2026-04-08,,suspect-arrested,V1,S1,,
"""
VICTIMS = "case_ref,victim_ref,born\nM/1,V1,1990-03-02\n"
CASES = "case_ref,committed_on,cjs_code\nM/1,2026-04-01,\n"
ASSERTIONS = "victim_ref,case_ref,fact,value,since,source\nV1,M/1,persistently-targeted,true,,needs assessment\n"


def record(folder):
    for name, text in (("events", EVENTS), ("victims", VICTIMS), ("assertions", ASSERTIONS), ("cases", CASES)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return ["--events", folder / "events.csv", "--victims", folder / "victims.csv", "--cases", folder / "cases.csv"]


def made_of(folder, *tables):
    result = run(*tables, "--as-at", "2026-04-20", "--output", folder / "report", "--show-small-numbers")
    assert result.exit_code == 0
    return (folder / "report" / "report.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report of a record, without and with the table of assertions."""
    folder = tmp_path_factory.mktemp("record")
    tables = record(folder)
    return made_of(folder, *tables), made_of(folder, *tables, "--assertions", folder / "assertions.csv")


def test_the_report_says_from_which_tables_it_was_made_and_which_were_not_given(made):
    plain, with_facts = made
    no_facts = "No assertions table was supplied, so only age gives Enhanced Rights."
    one_offence = "No offences table was supplied, so every case counts as one offence."
    assert "The obligations were worked out from tables of events, victims and cases." in plain
    assert "The obligations were worked out from tables of events, victims, assertions and cases." in with_facts
    assert (no_facts in plain, no_facts in with_facts) == (True, False)
    assert one_offence in plain
    assert one_offence in with_facts
    assert "No cases table" not in plain


def test_the_command_says_which_tables_were_not_given_and_what_that_costs(tmp_path):
    result = run(*record(tmp_path), "--as-at", "2026-04-20", "--output", tmp_path / "report")

    assert "No offences table was supplied, so every case counts as one offence." in " ".join(result.stderr.split())


def test_of_obligations_that_came_as_a_table_it_says_nothing_of_the_kind(tmp_path):
    assert "worked out from tables" not in made_of(tmp_path, obligations(tmp_path))


def test_facts_decide_whether_the_victim_was_told_in_time(made):
    arrest = "| Tell the victim that a suspect has been arrested | "
    plain, with_facts = made

    assert f"{arrest}100.0%" in plain
    assert f"{arrest}0.0%" in with_facts


@pytest.mark.parametrize("option", ["--assertions", "--spokespersons", "--offences", "--offence-victims"])
def test_a_table_that_obligations_do_not_use_is_not_ignored(tmp_path, option):
    table = tmp_path / "table.csv"
    table.write_text("case_ref\n", encoding="utf-8")

    result = run(obligations(tmp_path), option, table, "--as-at", "2026-04-24", "--output", tmp_path / "report")

    assert result.exit_code == 2
    assert f"leave out {option}" in " ".join(result.stderr.split())
    assert not (tmp_path / "report").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_it_says_what_it_does(tmp_path):
    ours, theirs = os.openpty()
    arguments = [*record(tmp_path), "--as-at", "2026-04-20", "--output", tmp_path / "report"]
    command = [sys.executable, "-m", "victims_code", "report", *map(str, arguments)]
    with (tmp_path / "out.txt").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        seen = all_of(ours)

    assert process.returncode == 0
    assert "Working out the obligations" in seen
    assert "Measuring them" in seen
    assert all(
        line.startswith(str(tmp_path)) for line in (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()
    )
