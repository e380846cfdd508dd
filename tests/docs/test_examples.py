"""The scripts in ``examples/`` run from anywhere and say what their titles promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
    printed = run("analyst.py", folder=tmp_path).stdout
    assert "Nothing in it is real." in printed
    assert "| Right 6 | 68.3% | 60.2% to 75.5% | 95 | 139 |\n" in printed
    assert "MADE-UP/54: Tell the victim about local support services" in printed
    assert "119 working days late" in printed
    assert "waiting-list.csv" not in printed


def test_an_analyst_may_bring_a_table(tmp_path):
    run("analyst.py", folder=tmp_path)
    table = tmp_path / "obligations.csv"
    table.write_text(
        "case_ref,victim_ref,duty,edition,owed_by,track,triggered_on,due_on,due_on_if_enhanced,discharged_on,status,"
        "days_late,evidence\n"
        "M/1,V1,inform-suspect-arrested,code-2021,police,standard,2026-04-02,2026-04-13,,2026-04-08,met,0,secondary\n",
        encoding="utf-8",
    )
    printed = run("analyst.py", table, tmp_path / "out", folder=tmp_path).stdout
    assert "MADE UP" not in printed
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
    assert done.stderr.startswith("22/0740/26: '23/12/2026' is not a date.")


def test_a_spreadsheet_of_ones_own(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("\ufeffreference,arrested_on,enhanced\nA1,2022-09-16,yes\n", encoding="utf-8")
    printed = run("due_dates_for_a_spreadsheet.py", own, folder=tmp_path).stdout
    assert printed.splitlines()[1:] == ["A1,2022-09-16,yes,2022-09-20,"]


def test_a_hearing_leads_to_what_is_owed(tmp_path):
    printed = run("what_a_hearing_leads_to.py", folder=tmp_path).stdout
    assert "warning: The message lists no victim.\n" in printed
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
    assert "| Referrals received \\* | 4,997 | data-share | 4 of 4 lines |" in printed
    assert "| Supported \\* | 2,112 |  | 10 of 10 lines |" in printed
    assert "*bare count*: Victims better able to cope with everyday life or to recover: beacon gave counts" in printed
    report = printed.partition("# Victims' Board, Borsetshire: highlight report")[2]
    assert "| 83.1% | 85% | amber |" in report
    assert "| Supported | 2112 | – | not rated | Demand is not rated. |" in report
