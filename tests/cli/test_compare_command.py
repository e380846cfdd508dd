"""``victims-code compare`` and the list of duties of an older edition."""

from __future__ import annotations

import json

from click.testing import CliRunner

from victims_code.cli import main


def run(*arguments):
    return CliRunner().invoke(main, arguments)


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
