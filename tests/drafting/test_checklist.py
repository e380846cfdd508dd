"""The checklist of an edition: every statement with our words and numbers, as a page and as a workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.drafting.checklist import TO_FILL, checklist_from
from victims_code.law import load_law, read_law_files
from victims_code.reading.data_files import data_folder, within
from victims_code.reading.sources import Sourced


@pytest.fixture(scope="module")
def checklist(made_up):
    return checklist_from(read_law_files(made_up), "code-made-up")


@pytest.fixture(scope="module")
def book(checklist):
    return openpyxl.load_workbook(io.BytesIO(checklist.to_xlsx()))


def column(page, name):
    (found,) = [cell for cell in page[1] if cell.value == name]
    return found


def test_a_duty_has_our_words_and_our_numbers(checklist):
    assert checklist.rows["code-made-up/inform-suspect-arrested"].ours == {
        "Our words": "Tell the victim that a suspect has been arrested",
        "How strong": "must",
        "Owed by": "Police",
        "Owed to": "victim",
        "Starts with": "suspect arrested, each suspect",
        "Only if": "always",
        "Deadline": "3 working days",
        "Deadline with Enhanced Rights": "1 working day",
        "Counted from": "the event",
        "Done by": "victim informed of: suspect arrested",
        "May be declined": "updates",
        "Our note": "",
    }


def test_duties_are_in_printed_order(checklist, code):
    duties = code.edition("code-made-up").duties
    assert [row.reference.partition("/")[2] for row in checklist.duties] == list(duties)


def test_whom_the_code_covers_is_on_the_list_with_its_condition(checklist):
    row = checklist.rows["code-made-up/eligibility/capacities/close-relative"]
    assert row.ours["Kind"] == "who is covered"
    assert row.ours["Details"].startswith("victim: yes; enhanced: yes; speaks: no; entitled when: bereaved close")


def test_every_statement_of_every_edition_has_a_row_with_a_name_of_its_own():
    files = read_law_files(data_folder())
    for edition in load_law().editions:
        homes = (f"editions/{edition}/", f"definitions/{edition}.yaml")
        mine = [item for item in files.placed if item.document.source.startswith(homes)]
        number = sum(isinstance(thing, Sourced) for item in mine for _, thing in within(item.thing))
        found = checklist_from(files, edition)
        assert len(found.rows) == len(found.duties) + len(found.statements) == number


def test_the_workbook_is_ready_for_a_desk_and_a_printer(book):
    assert book.sheetnames == ["Read me", "Duties", "Statements"]
    page = book["Duties"]
    assert (page.freeze_panes, page.print_title_rows, page.page_setup.orientation) == ("B2", "$1:$1", "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.auto_filter.ref == page.dimensions
    assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row)
    assert page.column_dimensions[column(page, "Our words").column_letter].width >= 40


def test_a_paragraph_stays_text_and_an_answer_is_chosen(book):
    page = book["Duties"]
    assert page.cell(row=2, column=column(page, "Paragraph").column).number_format == "@"
    (choice,) = page.data_validations.dataValidation
    assert choice.formula1 == '"agreed,differs"'
    assert str(choice.sqref).startswith(column(page, "Agreed or differs").column_letter)
    blank = [page.cell(row=2, column=column(page, name).column).value for name in TO_FILL]
    assert blank == [None] * len(TO_FILL)


def test_the_page_to_be_printed_has_a_table_for_each_part(checklist):
    page = checklist.to_markdown()
    assert page.startswith("# Checklist of code-made-up, the made-up Code (law of ")
    assert "### Promise 4: To complain" in page
    (row,) = [line for line in page.splitlines() if "(code-made-up/acknowledge-complaint)" in line]
    assert "Deadline: 5 working days; Deadline with Enhanced Rights: the same; Counted from: the event" in row
    assert row.endswith("| unconfirmed: The made-up Code, as printed (Ministry of Justice) |  |  |  |")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("code-2020",), 1, "There is no edition 'code-2020'. Did you mean 'code-2021'"),
        (("code-2021", "--output", "list.pdf"), 2, "--output ends with .md or .xlsx."),
    ],
)
def test_a_checklist_that_cannot_be_made(arguments, status, said):
    result = CliRunner().invoke(main, ["law", "checklist", *arguments])
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
