"""A folder of law looked at as a whole: its faults, its worked cases, and what is not finished."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.drafting.checking import check_folder
from victims_code.reading.data_files import data_folder

PROMISE_2 = "editions/code-made-up/promise-2-being-told.yaml"


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def said_of(folder):
    return [str(fault) for fault in check_folder(folder)]


@pytest.fixture(scope="module")
def found(made_up):
    """What is said of the made-up Code as it is in the guide."""
    return check_folder(made_up)


def test_the_made_up_code_has_no_fault_and_is_shown_by_worked_cases(found):
    assert {fault.severity for fault in found} == {"warning"}
    assert not any("no worked case" in fault.message for fault in found)


def test_evidence_that_is_missing_is_a_warning_with_its_place(found):
    places = [fault.location for fault in found if "communicate-simply: evidence is missing" in fault.message]
    assert places == ["editions/code-made-up/promise-1-being-heard.yaml, line 11, column 3, [0].evidence"]


def test_words_of_the_house_style_are_looked_for(folder):
    place = "editions/code-made-up/eligibility.yaml"
    change(folder, place, "of someone whose death", "of somebody whose death")
    assert any(fault.location.startswith(place) and fault.hint == "Write: someone." for fault in check_folder(folder))


def test_every_fault_is_told_at_once_with_line_and_column(folder):
    change(folder, PROMISE_2, "force: must", "force: shall")
    change(folder, PROMISE_2, "event: suspect-charged,", "event: suspect-chared,")
    change(folder, "definitions/code-made-up.yaml", "used_for:", "use_for:")
    result = run("law", "check", folder)
    assert result.exit_code == 1
    for place in (
        f"{PROMISE_2}, line 6, column 3, [0].force: 'shall' is not allowed here.",
        f"{PROMISE_2}, line 21, column 13, [1].trigger.event: inform-suspect-charged: There is no event",
        "definitions/code-made-up.yaml, line 10, column 1, use_for: The key 'use_for' is not known here.",
    ):
        assert place in result.stderr


def test_a_draft_without_rows_of_lineage_and_cases_is_only_warned_of(folder):
    change(
        folder,
        "lineage.yaml",
        "    - duties: [name-a-contact, offer-meeting-before-trial]",
        "    - duties: [name-a-contact]",
    )
    (folder / "cases" / "sentence.yaml").unlink()
    result = run("law", "check", folder, "--all")
    assert result.exit_code == 0
    assert "Nothing says where 'offer-meeting-before-trial' comes from. Add it under new" in result.stderr
    assert "make-vcs-contact: no worked case of code-made-up shows this duty." in result.stderr
    assert "law: 0 faults, " in result.stdout


def test_many_warnings_of_one_kind_are_one_line_unless_all_are_wanted(made_up, found):
    unread = sum("evidence is missing" in fault.message for fault in found)
    short, whole = run("law", "check", made_up), run("law", "check", made_up, "--all")
    assert unread > 3
    assert short.stderr.count("evidence is missing") == 1
    assert f"... and {unread - 1} more warnings of this kind. --all lists them." in short.stderr
    assert len(whole.stderr.splitlines()) == len(found)
    assert short.stdout == whole.stdout


def test_in_a_checkout_the_worked_cases_are_those_of_the_tests(folder):
    cases = folder / "cases"
    (folder.parent / "tests").mkdir()
    cases.rename(folder.parent / "tests" / "cases")
    assert not any("no worked case" in said for said in said_of(folder))


def test_the_law_of_the_package_departs_nowhere_from_the_house_style():
    own = "no worked case", "evidence is missing"
    amiss = [fault for fault in check_folder(data_folder(), cases="none") if not any(o in fault.message for o in own)]
    assert [str(fault) for fault in amiss] == []


def test_a_worked_case_that_comes_out_otherwise_is_a_fault(folder):
    change(folder, "cases/report.yaml", "due_on: 2027-06-10", "due_on: 2027-06-11")
    (wrong,) = [fault for fault in check_folder(folder) if fault.severity == "invalid"]
    assert wrong.location == "report.yaml"
    assert "acknowledge-crime code-made-up: due_on expected '2027-06-11', found '2027-06-10'" in wrong.message


def test_a_file_that_no_part_names_is_a_fault(folder):
    change(
        folder,
        "editions/code-made-up/edition.yaml",
        "file: promise-4-complaint.yaml",
        "file: promise-3-afterwards.yaml",
    )
    assert any("promise-4-complaint.yaml: No part of code-made-up names this file" in said for said in said_of(folder))


def test_a_folder_of_no_edition_and_a_missing_definition_are_warned_of(folder):
    (folder / "editions" / "code-2099").mkdir()
    (folder / "definitions" / "code-made-up.yaml").unlink()
    said = said_of(folder)
    assert any(one.startswith("editions/code-2099: No edition 'code-2099' is listed") for one in said)
    assert any("No file says who is a victim under code-made-up." in one for one in said)


def test_the_check_as_data_and_of_another_edition(made_up):
    result = run("law", "check", made_up, "--edition", "code-2021", "--format", "json")
    assert {fault["severity"] for fault in json.loads(result.stdout)} == {"warning"}
    assert "code-2021" in result.stdout
    assert "Did you mean 'code-2021'" in run("law", "check", made_up, "--edition", "code-2022").stderr


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path):
    result = run("law", "check", tmp_path / "none")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "Lay one out with `victims-code law new`" in result.stderr
