"""What goes to providers: the workbook to fill in, and the letter when it does not come."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from victims_code.commissioning.returns import Register, Return, reminders, templates_of, write_templates
from victims_code.errors import ReturnError
from victims_code.figures import ReportingPeriod

REGISTER = Register.from_yaml("""
commissioner: Police and Crime Commissioner for Borsetshire
frameworks: [victims-funding-strategy-2022]
returns: {due_within: 15, agreement: 'Grant agreement, clause 9'}
asks:
  - {measure: referrals, by: {age: [under 18, adult, not known]}}
  - {measure: coped, target: 85}
  - {measure: spending}
providers:
  - {id: harbour, title: Harbour, contact: returns@harbour.example}
  - {id: lantern, title: Lantern, services: [Counselling, Advocacy]}
  - {id: beacon, title: Beacon, returns: {every_months: 6}}
""")
Q1 = ReportingPeriod.quarter(2025, 1)


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(templates_of(REGISTER, Q1)[0].to_xlsx()))


def rows_of(sheet):
    header = [cell.value for cell in sheet[2]]
    return [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=3)]


def test_there_is_one_workbook_for_each_return_that_ends_in_the_period():
    assert [one.name for one in templates_of(REGISTER, Q1)] == ["harbour-2025-26-q1.xlsx", "lantern-2025-26-q1.xlsx"]
    second = templates_of(REGISTER, ReportingPeriod.quarter(2025, 2))
    assert [one.period.label for one in second] == ["2025-26 Q2", "2025-26 Q2", "2025-04-01/2025-09-30"]


def test_each_total_and_each_part_that_is_asked_for_has_a_row(book):
    assert [(row["measure"].value, row["item"].value) for row in rows_of(book["return"])] == [
        ("referrals", None),
        ("referrals", "under 18"),
        ("referrals", "adult"),
        ("referrals", "not known"),
        ("coped", None),
        ("spending", None),
    ]
    lantern = load_workbook(io.BytesIO(templates_of(REGISTER, Q1)[1].to_xlsx()))
    assert [row["service"].value for row in rows_of(lantern["return"])] == ["Counselling"] * 6 + ["Advocacy"] * 6


def test_only_the_cells_to_fill_in_can_be_changed(book):
    sheet = book["return"]
    referrals, *_, coped, spending = rows_of(sheet)

    assert sheet.protection.sheet
    open_ = [{name for name, cell in row.items() if not cell.protection.locked} for row in (referrals, coped, spending)]
    assert open_ == [
        {"value", "basis", "why_missing", "note"},
        {"numerator", "denominator", "percentage", "eligible", "why_missing", "note"},
        {"amount", "why_missing", "note"},
    ]
    assert all(cell.protection.locked for cell in sheet[2])


def test_words_are_chosen_from_a_list_and_counts_are_whole_numbers(book):
    rules = book["return"].data_validations.dataValidation

    lists = [rule.formula1 for rule in rules if rule.type == "list"]
    assert '"data-share,consented,self,third-party,mixed"' in lists
    assert '"not-collected,not-asked,not-known,not-applicable"' in lists
    assert {rule.type for rule in rules} == {"list", "whole", "decimal"}


def test_the_instructions_begin_with_whose_list_it_is_and_say_by_when(book):
    said = [row[0] for row in book["Instructions"].iter_rows(values_only=True)]

    assert said[0].startswith("This list of measures is not the Ministry of Justice's own")
    assert said[1] == "Return of Harbour for April to June 2025"
    assert said[2] == (
        "Send it to Police and Crime Commissioner for Borsetshire by Monday 21 July 2025 (Grant agreement, clause 9)."
    )


def test_a_workbook_that_was_filled_in_is_a_return(book):
    sheet = book["return"]
    referrals, child, adult, unknown, coped, spending = rows_of(sheet)
    for row, value in ((referrals, 120), (child, 20), (adult, 95), (unknown, 5)):
        row["value"].value, row["basis"].value = value, "consented"
    coped["numerator"].value, coped["denominator"].value = 40, 50
    spending["why_missing"].value = "not-known"
    out = io.BytesIO()
    book.save(out)

    returned = Return.from_xlsx(out.getvalue(), source="harbour.xlsx", register=REGISTER)
    assert [(line.measure, line.item, line.value, line.numerator) for line in returned.lines] == [
        ("referrals", (), 120, None),
        ("referrals", ("under 18",), 20, None),
        ("referrals", ("adult",), 95, None),
        ("referrals", ("not known",), 5, None),
        ("coped", (), None, 40),
        ("spending", (), None, None),
    ]
    assert returned.questions == ()


def test_a_file_that_is_there_is_never_replaced(tmp_path):
    (first, _) = write_templates(REGISTER, Q1, tmp_path)
    first.write_bytes(b"filled in")
    (tmp_path / "lantern-2025-26-q1.xlsx").unlink()

    with pytest.raises(ReturnError) as refused:
        write_templates(REGISTER, Q1, tmp_path)
    assert [fault.code for fault in refused.value.faults] == ["VC-RET-023"]
    assert first.read_bytes() == b"filled in"
    assert not (tmp_path / "lantern-2025-26-q1.xlsx").exists()


def test_a_period_in_which_no_return_ends_is_refused():
    with pytest.raises(ReturnError, match="No provider owes a return for a period that ends in"):
        templates_of(REGISTER, ReportingPeriod.parse("April 2025"))


def test_a_letter_says_what_is_owed_since_when_and_what_to_do():
    (letter, *others) = reminders(REGISTER, date(2025, 10, 24))

    assert [one.provider.id for one in (letter, *others)] == ["harbour", "lantern", "beacon"]
    assert (
        letter.subject == "Your returns for April to June 2025, July to September 2025: up to 68 working days overdue"
    )
    assert letter.text.splitlines()[:9] == [
        "To: returns@harbour.example",
        "Subject: Your returns for April to June 2025, July to September 2025: up to 68 working days overdue",
        "",
        "Dear Harbour",
        "",
        "On Friday 24 October 2025 we have not received:",
        "- your return for April to June 2025: due on Monday 21 July 2025, 68 working days ago.",
        "- your return for July to September 2025: due on Tuesday 21 October 2025, 3 working days ago.",
        "",
    ]
    assert "Your agreement says when a return is due: Grant agreement, clause 9." in letter.text


def test_without_a_due_date_a_return_is_asked_for_when_its_period_is_over():
    assert [one.provider.id for one in reminders(REGISTER, date(2025, 7, 1))] == []
    beacon = reminders(REGISTER, date(2025, 10, 1))[-1]
    assert beacon.provider.id == "beacon"
    assert "its period is over, and your agreement sets no day" in beacon.text
    assert beacon.subject == "Your return for April to September 2025"
