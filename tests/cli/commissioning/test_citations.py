"""Citations of Acts in a text, checked from the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main

DECISION = """# Decision

By virtue of section 143 of the Antisocial Behaviour, Policing
and Crime Act 2014 services may be provided. Under
the PRSRA 2011 Sch 11 para 14 anything incidental may be done, and under
s.9 PRSRA 2011 a grant may be made. PRSRA 2011 s.77 was not read.
"""


def run(*arguments):
    return CliRunner().invoke(main, ["commissioning", "citations", *map(str, arguments)])


@pytest.fixture
def decision(tmp_path):
    path = tmp_path / "decision.md"
    path.write_text(DECISION, encoding="utf-8")
    return path


def test_each_citation_has_its_place_verdict_and_what_is_right(decision):
    result = run(decision)

    assert (result.exit_code, result.stderr) == (1, "")
    first, second, third, fourth, last = result.stdout.splitlines()
    assert first.startswith(f"{decision}, line 3, column 14: section 143 of the Antisocial Behaviour")
    assert first.endswith("Write: Anti-social Behaviour, Crime and Policing Act 2014, s.143.")
    assert second.startswith(f"{decision}, line 5, column 5: PRSRA 2011 Sch 11 para 14: wrong.")
    assert second.endswith("Write: Police Reform and Social Responsibility Act 2011, Sch 1 para 14.")
    assert third == f"{decision}, line 6, column 1: s.9 PRSRA 2011: right."
    assert f"{decision}, line 6, column 37: PRSRA 2011 s.77: cannot tell." in fourth
    assert last == "4 citations in 1 file: 1 right, 2 wrong, 1 cannot tell."


def test_nothing_wrong_ends_with_0_and_says_what_was_in_force(tmp_path):
    path = tmp_path / "strategy.txt"
    path.write_text("Grants are made under s.9 PRSRA 2011.\r\nSee s.13 VPA 2024.\r\n", encoding="utf-8")
    result = run(path, "--on", "2018-04-24")

    assert result.exit_code == 0
    assert "line 2, column 5: s.13 VPA 2024: right. It was not in force on Tuesday 24 April 2018." in result.stdout


def test_a_section_of_an_act_named_a_sentence_before_is_quoted_by_itself(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(
        "The PRSRA 2011 Sch 1 para 14 is read. Grants are made under section 9 of that Act.\n", encoding="utf-8"
    )

    assert run(path).stdout.splitlines()[1] == f"{path}, line 1, column 61: section 9: right."


def test_a_text_without_citations_says_so(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("No law is named.\n", encoding="utf-8")

    assert run(path).stdout == "0 citations in 1 file: 0 right, 0 wrong, 0 cannot tell.\n"


def test_as_json_with_places_and_counts(decision):
    read = json.loads(run(decision, "--format", "json").stdout)

    assert (read["right"], read["wrong"], read["cannot-tell"]) == (1, 2, 1)
    assert [(one["line"], one["standing"]) for one in read["citations"]] == [
        (3, "wrong"),
        (5, "wrong"),
        (6, "right"),
        (6, "cannot-tell"),
    ]
    assert read["citations"][1]["right_citation"] == "Police Reform and Social Responsibility Act 2011, Sch 1 para 14"


def test_all_files_that_cannot_be_read_are_told_at_once(decision, tmp_path):
    (tmp_path / "latin.txt").write_bytes(b"s.9 PRSRA 2011 \xa3")
    result = run(decision, tmp_path / "latin.txt", tmp_path / "missing.md")

    assert (result.exit_code, result.stdout) == (1, "")
    assert ["latin.txt" in line or "missing.md" in line for line in result.stderr.splitlines()] == [True, True]
