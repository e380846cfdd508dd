"""The text of many cases at once: a line for each, those with something overdue first, and the way to the whole."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from victims_code.cli import main

CASE = """
reference: "{reference}"
offence: {{committed_on: 2026-03-31}}
victims:
  - {{reference: V1, born: 1990-05-01}}
  - {{reference: V2, born: 1991-05-01}}
events:
  - {{event: needs-assessed, at: 2026-04-01}}
  - {{event: suspect-arrested, at: {arrested}, suspect: S1}}
  - {{event: victim-informed, about: suspect-arrested, at: {told}, suspect: S1, victim: V1}}
"""
FOOTNOTE = "For everything about one case add --case and its reference; about all of them, --full."


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path):
    """A case where all is told in time, one where something is due soon, and one where something is overdue."""
    dates = {
        "TIMELY": ("2026-04-02", "2026-04-02"),
        "SOON": ("2026-04-17", "2026-04-18"),
        "OVERDUE": ("2026-04-07", "2026-04-08"),
    }
    for name, (arrested, told) in dates.items():
        both = CASE.replace(", victim: V1", "") if name == "TIMELY" else CASE
        text = both.format(reference=name, arrested=arrested, told=told)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.yaml" for name in dates]


def assessed(files, *options):
    return run("assess", *files, "--as-at", "2026-04-20", *options)


def test_several_cases_are_a_line_each_with_what_is_overdue_and_what_is_due_soon(files):
    result = assessed(files)
    lines = [
        [cell.strip() for cell in line.strip("│").split("│")] for line in result.stdout.splitlines() if "│" in line
    ]

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "3 cases as at Mon 20 Apr 2026: 1 with a duty overdue, 0 more with one that may be late already,"
        " 1 more with one due by Mon 27 Apr 2026\n"
    )
    assert lines == [
        ["OVERDUE", "Tue 14 Apr 2026: Tell the victim that a suspect has", "–", "–", "–"],
        ["", "been arrested, V2", "", "", ""],
        ["SOON", "–", "–", "Fri 24 Apr 2026: Tell the victim that a suspect has", "–"],
        ["", "", "", "been arrested, V2", ""],
        ["TIMELY", "–", "–", "–", "–"],
    ]
    assert FOOTNOTE in result.stdout


def test_an_arrest_nobody_told_of_stays_on_the_summary_every_day(tmp_path):
    """The track is unknown: from 8 to 13 April it is neither certainly overdue nor certainly in time."""
    arrest = (
        "reference: {}\nvictims: [{{reference: V1}}]\n"
        "events: [{{event: suspect-arrested, at: 2026-04-02, suspect: S1}}]\n"
    )
    for name in ("A", "B"):
        (tmp_path / f"{name}.yaml").write_text(arrest.format(name), encoding="utf-8")
    columns = {2: "Due soon", 7: "Due soon", 8: "Act now", 10: "Act now", 13: "Act now", 14: "Overdue"}
    for day, column in columns.items():
        lines = run(
            "assess", tmp_path / "A.yaml", tmp_path / "B.yaml", "--as-at", f"2026-04-{day:02}"
        ).stdout.splitlines()
        cells = [line.strip("│┃").replace("┃", "│").split("│") for line in lines if "│" in line or "┃" in line]
        heads, row = ([cell.strip() for cell in found] for found in cells[:2])
        assert "Mon 13 Apr 2026 (enhanced Tue 7 Apr 2026): Tell the" in row[heads.index(column)]


def test_everything_about_one_of_several_cases_is_what_it_is_by_itself(files):
    overdue = files[-1]

    assert assessed(files, "--case", "OVERDUE").stdout == assessed([overdue]).stdout
    assert "Also owed" in assessed([overdue]).stdout
    assert [one["reference"] for one in json.loads(assessed(files, "--case", "SOON", "--format", "json").stdout)] == [
        "SOON"
    ]


def test_everything_about_all_of_them_is_there_on_request(files):
    whole = "".join(assessed([file]).stdout for file in files)

    assert assessed(files, "--full").stdout == whole
    assert "Tell the victim that a suspect has been arrested (V2): due by" in assessed(files, "--explain").stdout


def test_a_case_that_is_not_there_is_refused(files):
    result = assessed(files, "--case", "LATE")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "invalid: --case: No case is called 'LATE'. Without it all cases are listed. [VC-NAME-001]\n"
    )


def test_what_cannot_be_told_is_counted(files):
    text = files[-1].read_text(encoding="utf-8").replace("  - {event: needs-assessed, at: 2026-04-01}\n", "")
    files[-1].write_text(text.replace("at: 2026-04-08", "at: 2026-04-09"), encoding="utf-8")

    assert re.search(r"│ OVERDUE │ Tue 14 Apr 2026 \(enhanced", assessed(files).stdout)
    assert "│ 1 " in next(line for line in assessed(files).stdout.splitlines() if "OVERDUE │" in line)


def test_a_summary_under_changed_law_says_that_it_is_hypothetical(files, tmp_path):
    changes = tmp_path / "changes.yaml"
    changes.write_text(
        "id: three-days\ntitle: three working days\ndeadlines:\n  inform-suspect-arrested: {standard: {within: 3}}\n",
        encoding="utf-8",
    )
    result = assessed(files, "--what-if", changes)

    assert "ypothetical" in result.stdout, result.output


def test_soon_is_counted_in_working_days_as_on_the_waiting_list(files):
    """Five working days from Wednesday 1 April 2026, over Good Friday and Easter Monday."""
    result = run("assess", *files, "--as-at", "2026-04-01")

    assert "due by Fri 10 Apr 2026" in result.stdout.splitlines()[0]
