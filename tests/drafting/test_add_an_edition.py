"""The made-up Code of twenty duties, from data alone: it answers, is compared, and is SQL."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from shared.engines import differences
from victims_code import bulk
from victims_code.cases import Case
from victims_code.cli import main
from victims_code.testing.worked_cases import worked_cases_in


@pytest.fixture(scope="module")
def comparison(code):
    return code.compare("code-2021", "code-made-up")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_made_up_code_has_twenty_duties_and_a_reason_for_each_change(comparison):
    mine = [change for change in comparison.changes if change.later]
    moved = {change.fate.value: change.duty.id for change in mine if change.fate.value in ("merged", "split")}
    quicker = [change for change in comparison.changed if "deadline" in [one.what for one in change.fields]]
    assert len(mine) == 20
    assert [change.duty.id for change in comparison.new] == ["name-a-contact", "offer-meeting-before-trial"]
    assert moved == {"merged": "interpret-and-translate"}
    assert len(quicker) == 7
    assert all(change.reasons for change in (*comparison.new, *comparison.merged, *quicker))


def test_the_comparison_says_what_changed_and_that_it_is_a_draft(comparison):
    (change,) = [change for change in comparison.changed if change.duty.id == "acknowledge-complaint"]
    assert [(one.what, one.old, one.new) for one in change.fields] == [
        ("deadline", "within 10 working days of it", "within 5 working days of it")
    ]
    for shown in (comparison.to_text(), comparison.to_markdown(), comparison.to_html()):
        assert "A draft, not law: the made-up Code." in shown


def test_commands_answer_under_the_draft_only_when_asked(made_up):
    asked = ("deadline", "acknowledge-complaint", "--on", "2027-06-07", "--law", made_up)
    assert run(*asked).stdout.startswith("2027-06-21\n")
    drafted = run(*asked, "--drafts").stdout
    assert drafted.startswith("2027-06-14\n")
    assert "A draft, not law: " in drafted


def test_the_draft_is_in_the_sql_with_its_first_day_and_its_numbers(code):
    statement = bulk.sql(as_at=date(2027, 6, 30), code=code)
    assert "code-2021, code-made-up; calendar" in statement.partition("*/")[0]
    assert "2027-06-01" in statement


@pytest.mark.long
def test_both_engines_agree_on_the_worked_cases_of_the_draft(code, made_up):
    cases = [Case.from_dict(worked.case) for _, worked in worked_cases_in(made_up / "cases")]
    assert len(cases) == 3
    assert differences(cases, as_at=date(2027, 6, 30), code=code) == []
