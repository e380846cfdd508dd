"""What is due in the registers, and the figures for the board, from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main

COMPLAINTS = "complaints:\n" + "".join(
    f"  - {{reference: C{n}, received_on: 2026-04-{n + 1:02}, received_by: pcc, "
    f"acknowledged_on: 2026-{'06' if n == 0 else '04'}-20}}\n"
    for n in range(12)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("registers")
    (place / "complaints.yaml").write_text(COMPLAINTS, encoding="utf-8")
    (place / "live-links.yaml").write_text(
        "live-links:\n  - {reference: L1, witness: W1, room: Room 1, on: 2026-05-05, begins: 09:30, ends: 13:00}\n",
        encoding="utf-8",
    )
    (place / "lessons.yaml").write_text(
        "lessons:\n  - {reference: LE1, learnt_from: [C1], changes: Updates policy, due: 2026-09-30, owner: Head}\n",
        encoding="utf-8",
    )
    return place


def run(*arguments):
    result = CliRunner().invoke(main, ["commissioning", "registers", *map(str, arguments)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_what_is_due_comes_overdue_first_at_80_columns(folder):
    text = run("due", folder, "--as-at", "2026-05-02")
    assert "  Fri 1 May 2026, overdue: Confirm the room and the link with the court." in text
    assert text.index("Test the live link") < text.index("Live link at 09:30 in Room 1.") < text.index("Updates policy")
    assert "L1: The link was to be tested by Friday 1 May 2026." in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_board_sees_no_small_numbers_unless_it_is_asked_for(folder):
    hidden = json.loads(run("board", folder, "--as-at", "2026-07-01", "--period", "2026-27 Q1", "--format", "json"))
    row = {(one["register"], one["group"], one["label"]): one["number"] for one in hidden["rows"]}
    assert row["Complaints", "All", ""] == 12
    assert row["Complaints", "First reply", "late"] is None
    shown = run("board", folder, "--as-at", "2026-07-01", "--period", "2026-27 Q1", "--show-small-numbers")
    assert "late: 1" in shown
    assert "Nothing in this period: Requests for a review" in shown


def test_a_lesson_from_an_entry_that_is_not_there_is_a_fault_of_the_folder(folder, tmp_path):
    (tmp_path / "complaints.yaml").write_text(COMPLAINTS, encoding="utf-8")
    (tmp_path / "lessons.yaml").write_text(
        "lessons:\n  - {reference: LE1, learnt_from: [C99], changes: Updates policy}\n", encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["commissioning", "registers", "due", str(tmp_path), "--as-at", "2026-05-02"])
    assert result.exit_code == 1
    assert "lessons.yaml" in result.stderr
    assert "C99" in result.stderr
