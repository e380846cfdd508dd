"""The commands that tell what the law is: what they print, and what they say of what they do not know."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main


def run(*arguments: str):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def words(text: str) -> str:
    """Text without table lines and breaks."""
    return " ".join(text.translate(str.maketrans("│┃┏━┳┓┡╇┩└─┴┘", " " * 13)).split())


def test_deadline_on_both_tracks():
    standard = run("deadline", "inform-suspect-arrested", "--on", "2026-04-02")
    enhanced = run("deadline", "inform-suspect-arrested", "--on", "2026-04-02", "--enhanced")
    assert (standard.exit_code, standard.stdout.splitlines()[0]) == (0, "2026-04-13")
    assert (enhanced.exit_code, enhanced.stdout.splitlines()[0]) == (0, "2026-04-07")
    assert "Friday 3 April 2026 is not counted: Good Friday." in enhanced.stdout
    assert "Monday 6 April 2026 is not counted: Easter Monday." in enhanced.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("inform-suspect-arested", "--on", "2026-04-02"), "Did you mean 'inform-suspect-arrested'?"),
        (("communicate-simply", "--on", "2026-04-02"), "The Code sets no number of days for this duty"),
        (("inform-suspect-arrested", "--on", "1999-04-02"), "No edition of the Code applies on Friday 2 April 1999."),
    ],
)
def test_deadline_that_cannot_be_worked_out(arguments, said):
    result = run("deadline", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_working_days_are_added_with_the_days_left_out():
    result = run("working-days", "add", "2022-09-16", "1")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "2022-09-20"
    assert "not counted: Monday 19 September 2022" in result.stdout
    assert run("working-days", "add", "2023-05-05", "1").stdout.splitlines()[0] == "2023-05-09"


def test_working_days_are_counted_both_ways():
    assert run("working-days", "count", "2026-04-02", "2026-04-13").stdout == (
        "5\n5 working days after Thursday 2 April 2026 up to and including Monday 13 April 2026.\n"
    )
    assert run("working-days", "count", "2026-04-13", "2026-04-02").stdout.startswith("-5\n")


def test_holidays_of_a_year_with_their_source():
    text = words(run("working-days", "holidays", "2022").stdout)
    assert text.startswith("Bank holidays of 2022 in England and Wales")
    assert "2022-09-19 Monday" in text
    assert "2022-06-03 Friday" in text
    assert "projected, not proclaimed" not in text
    assert "projected, not proclaimed" in words(run("working-days", "holidays", "2040").stdout)


@pytest.mark.parametrize("arguments", [("add", "1985-01-01", "5"), ("holidays", "1950")])
def test_days_outside_the_calendar_are_refused_with_its_range(arguments):
    result = run("working-days", *arguments)
    assert result.exit_code == 1
    assert "Give a day from Monday 1 January 1990 to" in result.stderr
    assert "[VC-DATE-004]" in result.stderr


def test_duties_of_an_edition_and_of_a_body():
    everything = run("duties").stdout
    courts = run("duties", "--edition", "code-2021", "--owed-by", "hmcts").stdout
    assert "│ inform-suspect-arrested " in everything
    assert "inform-suspect-arrested" not in courts
    (row,) = [line for line in courts.splitlines() if "│ pass-sentence-passed-to-witness-care " in line]
    assert "Right 9" in row
    assert "the same" in row
    assert int(courts.split()[0]) < int(everything.split()[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--owed-by", "polise"), "There is no body 'polise'. Did you mean 'police'?"),
        (("--edition", "code-1066"), "There is no edition 'code-1066'."),
    ],
)
def test_duties_of_nobody(arguments, said):
    result = run("duties", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


# --- compare, and older editions -----------------------------------------------------------------------------------


def test_compare_as_text_says_what_changed_and_why():
    result = run("compare", "code-2015", "code-2021")

    assert result.exit_code == 0
    assert "code-2015 → code-2021:" in result.output
    assert "deadline: within 20 working days of it → within 10 working days of it" in result.output
    assert "structure: five chapters → twelve Rights" in result.output


def test_compare_in_the_other_formats():
    plain = json.loads(run("compare", "code-2006", "code-2021", "--format", "json").output)
    assert (plain["from"], plain["to"]) == ("code-2006", "code-2021")
    assert run("compare", "code-2015", "code-2021", "--format", "markdown").output.startswith(
        "# code-2015 and code-2021"
    )
    assert run("compare", "code-2015", "code-2021", "--format", "html").output.startswith("<!DOCTYPE html>")


def test_an_edition_that_does_not_exist_is_a_fault_with_the_nearest():
    result = run("compare", "code-2015", "code-2022")

    assert result.exit_code == 1
    assert "There is no edition 'code-2022'. Did you mean 'code-2021'" in result.stderr


def test_the_duties_of_an_older_edition_are_listed_under_their_agency():
    result = run("duties", "--edition", "code-2006", "--owed-by", "house-of-lords")

    assert "2 duties" in result.output
    assert "House of Lords" in result.output
    assert "code-2015" in run("duties", "--edition", "code-2051").stderr


def test_a_deadline_follows_the_edition_of_the_day():
    assert run("deadline", "inform-suspect-interviewed-under-caution", "--on", "2013-12-09").output.startswith(
        "2013-12-12"
    )
    refused = run("deadline", "inform-suspect-arrested", "--on", "2006-04-02")
    assert refused.exit_code == 1
    assert "3 April 2006" in refused.stderr
