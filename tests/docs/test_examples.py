"""The scripts in ``examples/`` run from anywhere and say what their titles promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

pytestmark = pytest.mark.examples

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(name, *arguments, folder):
    return subprocess.run(
        [sys.executable, EXAMPLES / name, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


def test_every_script_is_tested_here():
    tested = {
        "analyst.py",
        "assess_a_case.py",
        "commissioner.py",
        "due_dates_for_a_spreadsheet.py",
        "what_a_hearing_leads_to.py",
    }
    assert {path.name for path in EXAMPLES.glob("*.py")} == tested


def test_a_case_is_assessed_with_reasons(tmp_path):
    printed = run("assess_a_case.py", folder=tmp_path).stdout
    assert "2026-04-13  met          Tell the victim that a suspect has been arrested\n" in printed
    assert "2026-04-13  overdue      Tell the victim that a suspect has been interviewed under caution\n" in printed
    assert "- Friday 3 April 2026 is not counted: Good Friday.\n" in printed
    assert "more duties are owed without a number of days" in printed


def test_an_analyst_measures_and_reports_without_naming_a_case(tmp_path):
    """A crime of New Year's Day asks for a referral by 3 January, 251 working days before the last of the year."""
    printed = run("analyst.py", folder=tmp_path).stdout
    assert "Nothing in it is real." in printed
    rows = [line.strip("| ").split(" | ") for line in printed.splitlines() if line.startswith("| ")][2:]
    figures = {name: (int(above.replace(",", "")), int(below.replace(",", ""))) for name, _, _, above, below in rows}
    whole = figures.pop("all")
    assert whole == tuple(map(sum, zip(*figures.values(), strict=True)))
    assert "Right 6" in figures
    assert (
        "SYNTHETIC/2025/00000227: Tell the victim about local support services, and refer them to one, 251" in printed
    )
    assert "waiting-list.csv" not in printed


def test_an_analyst_may_bring_tables(tmp_path):
    columns = ("case_ref", "event", "at", "received", "about", "victim_ref", "suspect_ref", "hearing_ref", "recorded")
    rows = [
        ("M/1", "suspect-arrested", "2025-04-02", None, None, None, "S1", None, None),
        ("M/1", "needs-assessed", "2025-04-02", None, None, "V1", None, None, None),
        ("M/1", "victim-informed", "2025-04-08", None, "suspect-arrested", "V1", "S1", None, None),
    ]
    text = pyarrow.string()
    by_column = {name: pyarrow.array([row[n] for row in rows], text) for n, name in enumerate(columns)}
    victims = pyarrow.table({"case_ref": ["M/1"], "victim_ref": ["V1"], "born": ["1990-03-02"]})
    pyarrow.parquet.write_table(pyarrow.table(by_column), tmp_path / "events.parquet")
    pyarrow.parquet.write_table(victims, tmp_path / "victims.parquet")
    cases = pyarrow.table({"case_ref": ["M/1"], "committed_on": ["2025-04-02"], "cjs_code": [""]})
    pyarrow.parquet.write_table(cases, tmp_path / "cases.parquet")

    printed = run("analyst.py", tmp_path, tmp_path / "out", folder=tmp_path).stdout
    assert "made up" not in printed
    assert "| Right 6 | 100.0% | 20.7% to 100.0% | 1 | 1 |" in printed
    assert (tmp_path / "out" / "report.html").exists()


def test_a_spreadsheet_gets_its_due_dates_and_a_bad_row_is_named(tmp_path):
    done = run("due_dates_for_a_spreadsheet.py", folder=tmp_path)
    assert done.stdout.splitlines() == [
        "reference,arrested_on,enhanced,tell_victim_by,or_if_enhanced",
        "22/0412/26,2026-04-02,no,2026-04-13,",
        "22/0413/26,2026-04-02,yes,2026-04-07,",
        "22/0500/26,2026-05-01,,2026-05-11,2026-05-05",
        "22/0733/26,2026-12-23,no,2027-01-04,",
    ]
    assert done.stderr.startswith("22/0740/26: '23/12/2026' is not written year-month-day.")


def test_a_spreadsheet_of_ones_own(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("\ufeffreference,arrested_on,enhanced\nA1,2022-09-16,yes\n", encoding="utf-8")
    printed = run("due_dates_for_a_spreadsheet.py", own, folder=tmp_path).stdout
    assert printed.splitlines()[1:] == ["A1,2022-09-16,yes,2022-09-20,"]


def test_a_hearing_leads_to_what_is_owed(tmp_path):
    printed = run("what_a_hearing_leads_to.py", folder=tmp_path).stdout
    assert "warning: No victim is listed.\n" in printed
    assert "2026-06-17  overdue      witness-care-unit: Tell the victim the sentence" in printed
    assert "2026-06-19  met          hmcts: Pass the sentence to the Witness Care Unit" in printed
    assert "not known   cannot-tell  witness-care-unit: Tell the victim the outcome of a bail hearing" in printed


def test_a_commissioners_year_is_checked_added_up_and_set_against_the_money(tmp_path):
    """By hand from the files: 1,204 + 1,315 + 1,288 + 1,190 = 4,997 referrals of harbour; £454,880.25 in all."""
    printed = run("commissioner.py", folder=tmp_path).stdout
    assert "  beacon   2025-10-01/2026-03-31    2026-04-23\n" in printed
    assert "row 2, column value: The parts make 1,315 and the total says 1,351." in printed
    assert "108 lines in 10 files: 0 faults." in printed
    assert "Of £460,000.00, £454,880.25 was spent and £5,119.75 is left." in printed
    assert "| Referrals received \\* | 4,997 | data-share | 4 of 10 returns |" in printed
    assert "| Supported \\* | 2,112 |  | 10 of 10 returns |" in printed
    assert "*bare count*: Victims better able to cope with everyday life or to recover: beacon gave counts" in printed
    report = printed.partition("# Victims' Board, Borsetshire: highlight report")[2]
    assert "| 83.1% | 85% | amber |" in report
    assert "| Supported | 2,112 | – | not rated | Demand is not rated. |" in report
