"""A checklist that was filled in, taken back into the data: what is applied, and what is refused."""

from __future__ import annotations

import difflib
import os
import shutil
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.code import VictimsCode
from victims_code.drafting.checklist import checklist_from
from victims_code.drafting.confirming import confirm
from victims_code.drafting.files import edited, law_names
from victims_code.errors import LawDataError
from victims_code.law import read_law_files
from victims_code.reading.data_files import data_folder

CHARGED = "code-made-up/inform-suspect-charged"
PROMISE_2 = "editions/code-made-up/promise-2-being-told.yaml"
AGREED = {"Paragraph": "2.10", "Reader": "A. Clerk", "Day read": date(2027, 1, 5), "Agreed or differs": "agreed"}


@pytest.fixture(scope="module")
def blank(made_up, tmp_path_factory):
    """The checklist as it is made, with nothing filled in."""
    path = tmp_path_factory.mktemp("checklist") / "blank.xlsx"
    path.write_bytes(checklist_from(read_law_files(made_up), "code-made-up").to_xlsx())
    return path


def filled_in(source, rows, path, sheet="Duties"):
    """Fill in rows of a checklist by their reference, and give the new file."""
    book = openpyxl.load_workbook(source)
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    for number in range(2, page.max_row + 1):
        for name, value in rows.get(page.cell(row=number, column=1).value, {}).items():
            page.cell(row=number, column=columns[name]).value = value
    book.save(path)
    return path


@pytest.fixture
def fill(blank, tmp_path):
    return lambda rows, sheet="Duties": filled_in(blank, rows, tmp_path / "checklist.xlsx", sheet)


def refused(path, folder):
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(LawDataError) as problem:
        confirm(path, folder)
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    return [str(fault) for fault in problem.value.faults]


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def texts_in(root):
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.*")}


def changes(before, after):
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in diff if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture(scope="module")
def taken_in(made_up, blank, tmp_path_factory):
    """A folder after a checklist with one row that agrees was taken in, the checklist, and what came of it."""
    folder = shutil.copytree(made_up, tmp_path_factory.mktemp("taken-in") / "law")
    path = filled_in(blank, {CHARGED: AGREED}, folder.parent / "checklist.xlsx")
    return folder, path, confirm(path, folder)


def test_a_row_that_agrees_becomes_text_and_nothing_else_changes(taken_in, made_up):
    folder, _, done = taken_in
    before, after = texts_in(made_up), texts_in(folder)

    assert [row.reference for row in done.confirmed] == [CHARGED]
    assert [name for name, was in before.items() if after[name] != was] == [PROMISE_2]
    assert done.written == (folder / PROMISE_2,)
    assert changes(before[PROMISE_2], after[PROMISE_2]) == [
        "-  cites: [{source: printed-code-made-up}]",
        "-  evidence: unconfirmed",
        "+  cites:",
        "+    - chapter: Promise 2",
        "+      paragraph: '2.10'",
        "+      source: printed-code-made-up",
        "+      paragraph_confirmed_by: printed-code-made-up",
        "+      read_by:",
        "+        name: A. Clerk",
        "+        day: 2027-01-05",
        "+  evidence: text",
    ]


def test_the_reader_and_the_day_are_in_the_explanation_and_the_next_checklist(taken_in):
    files = read_law_files(taken_in[0])
    due = VictimsCode(law=files.law).deadline("inform-suspect-charged", on=date(2027, 6, 7), track="standard")
    assert (
        "Promise 2, paragraph 2.10, The made-up Code, as printed (Ministry of Justice),"
        " read by A. Clerk on Tuesday 5 January 2027" in due.explain().to_text()
    )
    row = checklist_from(files, "code-made-up").rows[CHARGED]
    assert row.filled() == ("2.10", "A. Clerk", date(2027, 1, 5), "agreed", None)


def test_a_checklist_taken_in_twice_changes_nothing_the_second_time(taken_in):
    folder, path, _ = taken_in
    again = confirm(path, folder)
    assert (len(again.confirmed), len(again.already), again.written) == (0, 1, ())


def test_a_statement_in_an_unnumbered_place_is_confirmed_without_a_paragraph(fill, folder):
    rows = {"code-made-up/edition/layout": {**AGREED, "Paragraph": None}}
    confirm(fill(rows, sheet="Statements"), folder)
    layout = VictimsCode.load(folder, drafts=True).edition("code-made-up").layout
    assert (layout.evidence, layout.cites[0].paragraph, layout.cites[0].read_by.name) == ("text", None, "A. Clerk")


def test_other_sources_stay_behind_the_printed_code(fill, folder):
    change(folder, "editions/code-made-up/edition.yaml", "locator: Promise", "locator: Right")
    cited = "  cites: [{source: printed-code-made-up}]"
    other = "  cites:\n    - {source: printed-code-made-up}\n    - {right: 12, source: victims-code-2020}"
    change(folder, "editions/code-made-up/promise-4-complaint.yaml", cited, other)
    confirm(fill({"code-made-up/acknowledge-complaint": AGREED}), folder)
    duty = VictimsCode.load(folder, drafts=True).duty("acknowledge-complaint", edition="code-made-up")
    assert [(cite.right, cite.source) for cite in duty.cites] == [
        (4, "printed-code-made-up"),
        (12, "victims-code-2020"),
    ]


def test_a_row_that_differs_is_listed_and_not_applied(fill, folder):
    rows = {
        "code-made-up/refer-to-vcs": {"Agreed or differs": "differs", "Correct words": "within 7 working days"},
        "code-made-up/offer-vps": {**AGREED, "Day read": date(2026, 11, 5)},
    }
    result = CliRunner().invoke(main, ["law", "confirm", str(fill(rows)), str(folder)])
    assert result.exit_code == 0
    assert "differs: editions/code-made-up/promise-3-afterwards.yaml, line " in result.stdout
    assert "code-made-up/refer-to-vcs: within 7 working days\n" in result.stdout
    assert "1 confirmed, 0 confirmed before, 1 that differ, 57 not read." in result.stdout
    assert VictimsCode.load(folder, drafts=True).duty("refer-to-vcs", edition="code-made-up").evidence == "unconfirmed"


def test_every_fault_of_a_checklist_is_told_with_row_and_column(fill, folder):
    rows = {
        "code-made-up/communicate-simply": {"Paragraph": "1.1"},
        "code-made-up/acknowledge-crime": {**AGREED, "Paragraph": 2.1},
        "code-made-up/assess-needs": {**AGREED, "Reader": None, "Day read": "January 2027"},
        "code-made-up/refer-to-support": {**AGREED, "Paragraph": None, "Correct words": "two"},
        "code-made-up/name-a-contact": {"Agreed or differs": "differs"},
        "code-made-up/offer-vps": AGREED,
    }
    said = refused(fill(rows), folder)
    for place in (
        "row 2, Agreed or differs: The answer is ''. Write agreed or differs, or clear the row.",
        "row 4, Paragraph: The paragraph is the number 2.1, so a zero at its end may be lost.",
        "row 5, Reader: The reader is missing.",
        "row 5, Day read: The day of reading is missing or not a date. Write it as 2027-01-05.",
        "row 6, Paragraph: The paragraph is missing.",
        "row 6, Correct words: It is agreed, and correct words are given.",
        "row 7, Correct words: It differs, and the correct words are missing.",
    ):
        assert any(one.startswith(f"checklist.xlsx, sheet Duties, {place}") for one in said), place
    assert len(said) == 7


def test_a_row_whose_numbers_changed_since_is_refused(fill, folder):
    path = fill({"code-made-up/inform-suspect-arrested": AGREED})
    change(folder, PROMISE_2, "within: 3", "within: 4")
    (said,) = refused(path, folder)
    assert "row 8, Deadline: code-made-up/inform-suspect-arrested: the checklist has '3 working days', and" in said
    assert "'4 working days'. Clear what was filled in here, and read the row again in a new checklist." in said


def test_words_of_ours_that_were_written_over_are_refused(fill, folder):
    (said,) = refused(fill({"code-made-up/offer-vps": {**AGREED, "Owed by": "Police or nurse"}}), folder)
    assert "Owed by: code-made-up/offer-vps: the checklist has 'Police or nurse', and the data 'Police'." in said


def test_a_row_of_no_statement_and_a_missing_column_are_refused(fill, folder, blank, tmp_path):
    rows = {"code-made-up/offer-vps": {**AGREED, "Reference": "code-made-up/ofer-vps"}}
    (said,) = refused(fill(rows), folder)
    assert "The law has no statement 'code-made-up/ofer-vps'. Did you mean 'code-made-up/offer-vps'" in said
    book = openpyxl.load_workbook(blank)
    book["Duties"].delete_cols(1)
    del book["Statements"]
    book.save(tmp_path / "cut.xlsx")
    said = refused(tmp_path / "cut.xlsx", folder)
    assert sorted(one.partition(" is missing.")[0] for one in said) == [
        "cut.xlsx, sheet Duties, row 1: The column 'Reference'",
        "cut.xlsx: The sheet 'Statements'",
    ]


def test_a_file_that_is_not_a_workbook_is_refused(folder, tmp_path):
    (tmp_path / "list.md").write_text("# Checklist", encoding="utf-8")
    (said,) = refused(tmp_path / "list.md", folder)
    assert "This is not a workbook." in said


def test_an_edition_without_a_printed_code_says_what_to_add(fill, folder):
    change(folder, "editions.yaml", "    printed: printed-code-made-up\n", "")
    (said,) = refused(fill({"code-made-up/offer-vps": AGREED}), folder)
    assert "No source is named as the printed text of code-made-up. Add it to sources.yaml" in said


@pytest.mark.long
def test_every_file_of_the_law_keeps_its_layout_when_it_is_edited():
    for name in law_names(data_folder()):
        text = (data_folder() / name).read_text(encoding="utf-8")
        assert edited(text, lambda data: None) == text, name


def test_a_day_can_be_written_with_the_day_first(fill, folder):
    done = confirm(fill({CHARGED: {**AGREED, "Day read": "05/01/2027"}}), folder)
    assert [row.reference for row in done.confirmed] == [CHARGED]
    assert "day: 2027-01-05" in (folder / PROMISE_2).read_text(encoding="utf-8")


def test_a_row_with_another_answer_is_told_its_other_faults_too(fill, folder):
    said = refused(fill({CHARGED: {**AGREED, "Agreed or differs": "yes", "Day read": "soon"}}), folder)
    assert len(said) == 2
    assert any("The day of reading is missing or not a date." in one for one in said)


def test_a_file_of_law_that_is_only_to_be_read_stays_and_is_named(fill, folder, monkeypatch):
    kept = (folder / PROMISE_2, os.W_OK)
    monkeypatch.setattr("os.access", lambda file, mode: (file, mode) != kept)
    said = refused(fill({CHARGED: AGREED}), folder)
    assert [PROMISE_2.split("/")[-1] in one and "cannot be written" in one for one in said] == [True]


def test_a_day_of_reading_that_is_to_come_is_refused(fill, folder):
    """A slip such as 2072 for 2027: no one can have read the print yet."""
    with pytest.raises(LawDataError, match="The day of reading, Tuesday 5 January 2027, is still to come") as problem:
        confirm(fill({CHARGED: AGREED}), folder, today=date(2027, 1, 4))
    assert problem.value.faults[0].location.endswith(", Day read")
    assert confirm(fill({CHARGED: AGREED}), folder, today=date(2027, 1, 5)).written


def test_the_command_takes_no_reading_of_a_day_to_come(fill, folder):
    rows = {CHARGED: {**AGREED, "Day read": date(2999, 1, 5)}}
    result = CliRunner().invoke(main, ["law", "confirm", str(fill(rows)), str(folder)])

    assert result.exit_code == 1
    assert "is still to come" in result.stderr
