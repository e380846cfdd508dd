"""Returns: what is read, what is refused with row and column, and what is only asked."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from victims_code.commissioning.returns import Provider, Register, ReportingTerms, Return, check_returns
from victims_code.errors import LawDataError, ReturnError, WrongValueError
from victims_code.figures import ReportingPeriod

HEADER = "provider,period,section,measure,breakdown,item,value,numerator,denominator,percentage,basis,why_missing"
REGISTER = Register(commissioner="Borsetshire", providers=(Provider(id="harbour"), Provider(id="lantern")))


def csv_of(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


def found_in(tmp_path, *rows, register=REGISTER, name="q1.csv"):
    path = tmp_path / name
    path.write_text(csv_of(*rows), encoding="utf-8")
    return [(f.code, f.row, f.column) for f in check_returns([path], register=register).findings]


def workbook(rows, **more):
    book = Workbook()
    page = book.active
    page.title = more.get("title", "return")
    for row in rows:
        page.append(row)
    for change in more.get("changes", ()):
        change(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


XLSX_HEADER = ["provider", "period", "section", "measure", "value", "numerator", "denominator", "percentage", "basis"]
GOOD = ["harbour", "2025-26 Q1", "output", "referrals", 408, None, None, None, "consented"]


def xlsx_faults(content, **more):
    with pytest.raises(ReturnError) as refused:
        Return.from_xlsx(content, source="q1.xlsx", register=REGISTER, **more)
    return [(fault.code, fault.location) for fault in refused.value.faults]


def test_seven_different_faults_are_all_listed_with_row_and_column(tmp_path):
    found = found_in(
        tmp_path,
        "harbour,2025-26 Q1,output,referrals,,,100,,,,,",  # 2: no basis, and the parts make 90
        "harbour,2025-26 Q1,output,referrals,result,reached,60,,,,consented,",
        "harbour,2025-26 Q1,output,referrals,result,not reached,30,,,,consented,",
        "harbour,2025-26 Q1,outcome,coped,,,,20,40,55,,",  # 5: 50%, not 55%
        "harbour,2025-26 Q1,outcome,informed,,,,50,40,,,",  # 6: more than there were
        "harbor,2025-26 Q1,output,closed,,,12,,,,,",  # 7: no such provider
        "harbour,2025-26 Q1,output,supported,,,ten,,,,,",  # 8: not a number
        "harbour,2025-26 Q3,output,supported,,,12,,,,,",  # 9: nothing for the second quarter
    )

    assert found == [
        ("VC-RET-006", 2, "value"),
        ("VC-RET-010", 2, "basis"),
        ("VC-RET-007", 5, "percentage"),
        ("VC-RET-008", 6, "numerator"),
        ("VC-RET-013", 7, "provider"),
        ("VC-RET-003", 8, "value"),
        ("VC-RET-108", 9, "period"),
    ]


def test_one_row_may_have_several_faults(tmp_path):
    found = found_in(tmp_path, "harbor,2025-26 Q5,output,referals,,,ten,,,,,")
    assert found == [("VC-RET-003", 2, "value"), ("VC-RET-005", 2, "period")]

    found = found_in(tmp_path, "harbor,2025-26 Q1,output,referals,,,ten,,,,,")
    assert found == [("VC-RET-003", 2, "value"), ("VC-RET-013", 2, "provider"), ("VC-RET-015", 2, "measure")]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",2025-26 Q1,output,closed,,,3,,,,,", "VC-RET-004", "provider"),
        ("harbour,,output,closed,,,3,,,,,", "VC-RET-004", "period"),
        ("harbour,2025-26 Q1,,closed,,,3,,,,,", "VC-RET-004", "section"),
        ("harbour,2025-26 Q1,output,,,,3,,,,,", "VC-RET-004", "measure"),
        ("harbour,2025-26 Q1,output,closed,,part,3,,,,,", "VC-RET-004", "breakdown"),
        ("harbour,2025-26 Q1,output,closed,age,,3,,,,,", "VC-RET-004", "item"),
        ("harbour,2025-26 Q1,output,closed,age,a > ,3,,,,,", "VC-RET-003", "item"),
        ("harbour,2025-27 Q1,output,closed,,,3,,,,,", "VC-RET-005", "period"),
        ("harbour,2025-06-30/2025-04-01,output,closed,,,3,,,,,", "VC-RET-005", "period"),
        ("harbour,2025-26 Q1,outputs,closed,,,3,,,,,", "VC-RET-003", "section"),
        ("harbour,2025-26 Q1,outcome,closed,,,3,,,,,", "VC-RET-019", "section"),
        ("harbour,2025-26 Q1,output,close,,,3,,,,,", "VC-RET-015", "measure"),
        ("harbour,2025-26 Q1,output,closed,,,-3,,,,,", "VC-RET-003", "value"),
        ("harbour,2025-26 Q1,output,closed,,,3.5,,,,,", "VC-RET-003", "value"),
        ('harbour,2025-26 Q1,output,closed,,,"1,33",,,,,', "VC-RET-003", "value"),
        ("harbour,2025-26 Q1,output,closed,,,,3,9,,,", "VC-RET-019", "numerator"),
        ("harbour,2025-26 Q1,outcome,coped,,,3,,,,,", "VC-RET-019", "value"),
        ("harbour,2025-26 Q1,outcome,coped,,,,9,,90,,", "VC-RET-009", "denominator"),
        ("harbour,2025-26 Q1,outcome,coped,,,,,,90,,", "VC-RET-009", "numerator"),
        ("harbour,2025-26 Q1,outcome,coped,,,,0,0,100,,", "VC-RET-007", "percentage"),
        ("harbour,2025-26 Q1,output,referrals,,,3,,,,,", "VC-RET-010", "basis"),
        ("harbour,2025-26 Q1,output,referrals,,,3,,,,police,", "VC-RET-010", "basis"),
        ("harbour,2025-26 Q1,output,referrals,,,3,,,,mixed,", "VC-RET-010", "basis"),
        ("harbour,2025-26 Q1,output,closed,,,3,,,,,not-asked", "VC-RET-003", "why_missing"),
        ("harbour,2025-26 Q1,output,closed,,,,,,,,never", "VC-RET-003", "why_missing"),
        ("harbour,2025-26 Q1,output,closed,,,,,,,,", "VC-RET-102", "value"),
        ("harbour,2025-26 Q1,outcome,coped,,,,,40,,,", "VC-RET-102", "numerator"),
        ("harbour,2025-26 Q1,outcome,coped,,,,9,,,,", "VC-RET-106", "denominator"),
        ("harbour,2025-26 Q1,output,closed,age,under 18,3,,,,,", "VC-RET-103", "item"),
        ("harbour,2025-26,output,closed,,,3,,,,,", "VC-RET-005", "period"),
        ("no one,2025-26 Q1,output,closed,,,3,,,,,", "VC-RET-013", "provider"),
    ],
)
def test_each_finding_has_its_code_row_and_column(tmp_path, row, code, column):
    assert (code, 2, column) in found_in(tmp_path, row)


@pytest.mark.parametrize(
    "row",
    [
        'harbour,2025-26 Q1,output,closed,,,"1,333",,,,,',
        "harbour,2025/26 Q1,output,closed,,,0,,,,,",
        "harbour,2025-04-01/2025-06-30,output,closed,,,0,,,,,",
        "harbour,2025-26 Q1,Output,closed,,,3,,,,,",
        "harbour,2025-26 Q1,output,closed,,,,,,,,not-collected",
        "harbour,2025-26 Q1,outcome,coped,,,,1,3,33.3%,,",
        "harbour,2025-26 Q1,outcome,coped,,,,1,3,33,,",
        "harbour,2025-26 Q1,outcome,coped,,,,0,0,,,",
    ],
)
def test_what_is_right_is_taken(tmp_path, row):
    assert found_in(tmp_path, row) == []


def test_a_blank_is_not_nought(tmp_path):
    given = Return.from_csv(
        csv_of("harbour,2025-26 Q1,output,closed,,,,,,,,", "lantern,2025-26 Q1,output,closed,,,0,,,,,")
    )

    assert [line.value for line in given.lines] == [None, 0]
    assert [question.code for question in given.questions] == ["VC-RET-102"]


def test_a_missing_part_leaves_the_sum_unchecked_unless_the_others_are_too_many(tmp_path):
    total = "harbour,2025-26 Q1,output,closed,,,{},,,,,"
    parts = [
        "harbour,2025-26 Q1,output,closed,age,adult,30,,,,,",
        "harbour,2025-26 Q1,output,closed,age,child,,,,,,not-asked",
    ]

    assert found_in(tmp_path, total.format(40), *parts) == [("VC-RET-105", 2, "value")]
    assert found_in(tmp_path, total.format(29), *parts) == [("VC-RET-006", 2, "value")]


def test_a_part_that_cannot_be_read_is_not_blamed_on_the_total(tmp_path):
    rows = [
        "harbour,2025-26 Q1,output,closed,,,40,,,,,",
        "harbour,2025-26 Q1,output,closed,age,adult,30,,,,,",
        "harbour,2025-26 Q1,output,closed,age,child,1O,,,,,",
    ]

    assert found_in(tmp_path, *rows) == [("VC-RET-003", 4, "value")]


def test_shares_have_parts_too(tmp_path):
    rows = [
        "harbour,2025-26 Q1,outcome,coped,,,,30,60,,,",
        "harbour,2025-26 Q1,outcome,coped,age,adult,,20,40,,,",
        "harbour,2025-26 Q1,outcome,coped,age,child,,10,21,,,",
    ]
    assert found_in(tmp_path, *rows) == [("VC-RET-006", 2, "denominator")]


def test_a_mixed_total_states_the_basis_of_its_parts(tmp_path):
    rows = [
        "harbour,2025-26 Q1,output,referrals,,,100,,,,mixed,",
        "harbour,2025-26 Q1,output,referrals,source,police,80,,,,data-share,",
        "harbour,2025-26 Q1,output,referrals,source,self,20,,,,self,",
    ]

    assert found_in(tmp_path, *rows) == []


def test_supported_above_referred_is_answered_by_what_was_carried_over(tmp_path):
    rows = [
        "harbour,2025-26 Q1,output,referrals,,,408,,,,consented,",
        "harbour,2025-26 Q1,output,supported,,,565,,,,,",
    ]

    assert found_in(tmp_path, *rows) == [("VC-RET-101", 3, "value")]
    assert found_in(tmp_path, *rows, "harbour,2025-26 Q1,output,carried-over,,,157,,,,,") == []
    assert found_in(tmp_path, *rows, "harbour,2025-26 Q1,output,carried-over,,,156,,,,,") == [
        ("VC-RET-101", 3, "value")
    ]


def test_a_line_stands_once_within_and_between_files(tmp_path):
    row = "harbour,2025-26 Q1,output,closed,,,3,,,,,"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(csv_of(row), encoding="utf-8")
    checked = check_returns([tmp_path / "a.csv", tmp_path / "b.csv"])

    assert found_in(tmp_path, row, row) == [("VC-RET-014", 3, "measure")]
    (finding,) = checked.findings
    assert (finding.code, finding.source, finding.row) == ("VC-RET-014", "b.csv", 2)
    assert "a.csv, row 2" in finding.message


def test_gaps_and_overlaps_are_found_between_files(tmp_path):
    terms = Register(providers=(Provider(id="harbour", returns=ReportingTerms(every_months=1)),))
    for name, period in [("a", "2025-04-01/2025-04-30"), ("b", "2025-06-01/2025-06-30"), ("c", "2025-26 Q1")]:
        text = csv_of(f"harbour,{period},output,closed,,,3,,,,,")
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    paths = [tmp_path / f"{name}.csv" for name in "abc"]

    (gap,) = check_returns(paths[:2], register=terms).findings
    assert (gap.code, gap.source, gap.column) == ("VC-RET-108", "b.csv", "period")
    assert gap.is_question
    assert gap.message == "Nothing is reported by harbour from Thursday 1 May 2025 to Saturday 31 May 2025."
    codes = [finding.code for finding in check_returns([paths[0], paths[2]]).findings]
    assert codes == ["VC-RET-012"]
    codes = [finding.code for finding in check_returns([paths[0], paths[2]], register=terms).findings]
    assert codes == ["VC-RET-005", "VC-RET-012"]


def test_an_overlap_with_an_earlier_long_period_is_not_missed(tmp_path):
    rows = [f"harbour,{p},output,closed,,,3,,,,," for p in ("2025-26", "2025-26 Q1", "2025-26 Q3")]

    assert found_in(tmp_path, *rows, register=None) == [("VC-RET-012", 2, "period"), ("VC-RET-012", 4, "period")]


def test_a_definition_that_changes_within_the_period_is_a_question(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        """
id: own
title: Own
publisher: Us
evidence: unconfirmed
cites: [{source: practice-not-read}]
measures:
  - id: calls
    title: Calls
    kind: number
    section: activity
    direction: demand
    counted: interventions
    evidence: unconfirmed
    cites: [{source: practice-not-read}]
    definitions:
      - {text: Calls answered., since: 2024-01-01, until: 2025-04-30}
      - {text: Calls answered or returned., since: 2025-05-01}
""",
        encoding="utf-8",
    )
    (tmp_path / "register.yaml").write_text(
        "commissioner: Us\nproviders: [{id: harbour}]\nframeworks: [own.yaml]\n", encoding="utf-8"
    )
    register = Register.from_file(tmp_path / "register.yaml")

    assert found_in(tmp_path, "harbour,2025-26 Q1,activity,calls,,,3,,,,,", register=register) == [
        ("VC-RET-107", 2, "measure")
    ]
    assert found_in(tmp_path, "harbour,2023-24 Q1,activity,calls,,,3,,,,,", register=register) == [
        ("VC-RET-015", 2, "measure")
    ]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "VC-RET-018", "no line"),
        ("\n\n", "VC-RET-018", "no line"),
        (HEADER + "\n", "VC-RET-018", "no line"),
        ("provider;period;section;measure;value\nharbour;2025-26 Q1;output;closed;3\n", "VC-RET-001", "commas"),
        ("period,section,measure\n2025-26 Q1,output,closed\n", "VC-RET-001", "no column 'provider'"),
        ("provider,period,section,measure,valeu\na,2025-26 Q1,output,closed,3\n", "VC-RET-002", "Did you mean 'value'"),
        ("provider,period,section,measure,measure\na,2025-26 Q1,output,closed,x\n", "VC-RET-002", "is there twice"),
        (HEADER + '\n"a', "VC-RET-003", "A quotation mark in this row does not close"),
        (
            HEADER + "\nharbour,2025-26 Q1,output,closed,,,1,333,,,,,consented\n",
            "VC-RET-003",
            "The row has 13 cells and the header 12",
        ),
    ],
)
def test_a_file_that_is_no_return_says_why(text, code, words):
    with pytest.raises(ReturnError, match=words) as refused:
        Return.from_csv(text, source="x.csv")

    assert code in [fault.code for fault in refused.value.faults]


def test_rows_keep_their_numbers_past_an_empty_one(tmp_path):
    found = found_in(
        tmp_path, "harbour,2025-26 Q1,output,closed,,,3,,,,,", "", "harbour,2025-26 Q1,output,waiting,,,x,,,,,", "", ""
    )

    assert found == [("VC-RET-104", 3, None), ("VC-RET-003", 4, "value")]


def test_headers_may_have_capitals_and_spaces():
    given = Return.from_csv("Provider, Period ,SECTION,Measure,Why missing\nh,2025-26 Q1,output,closed,not-asked\n")

    assert given.lines[0].why_missing == "not-asked"


def test_a_workbook_is_read_with_numbers_and_percentages_as_they_are():
    content = workbook(
        [XLSX_HEADER, GOOD, ["harbour", "2025-26 Q1", "outcome", "coped", None, 2, 3, 0.6667, None]],
        changes=[lambda page: setattr(page["H3"], "number_format", "0.0%")],
    )
    given = Return.from_xlsx(content, source="q1.xlsx", register=REGISTER)

    assert given.lines[0].value == 408
    assert str(given.lines[1].percentage) == "66.7"
    assert given.questions == ()


def test_formulas_errors_merged_cells_and_dates_in_a_workbook_are_named_with_row_and_column():
    def change(page):
        page["E4"] = "=SUM(1,2)"
        page["E5"] = "#REF!"
        page["E5"].data_type = "e"
        page["B6"] = date(2025, 4, 1)
        page["E7"] = True
        page.merge_cells("A8:A9")

    content = workbook(
        [
            XLSX_HEADER,
            GOOD,
            ["harbour", "2025-26 Q1", "output", "supported", 8.0, None, None, None, None],
            *(["harbour", "2025-26 Q1", "output", name] for name in ("closed", "waiting", "declined", "in-support")),
            *(["lantern", "2025-26 Q1", "output", name, 3] for name in ("closed", "waiting")),
        ],
        changes=[change],
    )

    assert xlsx_faults(content) == [
        ("VC-RET-016", "q1.xlsx, row 4, column value"),
        ("VC-RET-003", "q1.xlsx, row 5, column value"),
        ("VC-RET-005", "q1.xlsx, row 6, column period"),
        ("VC-RET-003", "q1.xlsx, row 7, column value"),
        ("VC-RET-017", "q1.xlsx, row 8, column provider"),
        ("VC-RET-004", "q1.xlsx, row 9, column provider"),
    ]


def test_merged_cells_beside_or_above_the_table_do_not_matter():
    content = workbook(
        [[], XLSX_HEADER, GOOD],
        changes=[lambda page: page.merge_cells("A1:D1"), lambda page: page.merge_cells("N1:O9")],
    )

    assert len(Return.from_xlsx(content, register=REGISTER).lines) == 1


def test_the_sheet_is_the_one_called_return_or_the_one_named():
    book = Workbook()
    book.active.title = "cover"
    for title, value in (("Return", 1), ("last year", 2)):
        page = book.create_sheet(title)
        page.append(XLSX_HEADER)
        page.append([*GOOD[:4], value, *GOOD[5:]])
    out = io.BytesIO()
    book.save(out)

    assert Return.from_xlsx(out.getvalue()).lines[0].value == 1
    assert Return.from_xlsx(out.getvalue(), sheet="last year").lines[0].value == 2
    assert xlsx_faults(out.getvalue(), sheet="next year") == [("VC-RET-018", "q1.xlsx")]


@pytest.mark.parametrize("content", [b"", b"provider,period", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(content):
    assert xlsx_faults(content) == [("VC-FILE-001", "q1.xlsx")]


def test_a_fraction_in_a_percentage_column_gets_the_hint():
    with pytest.raises(ReturnError, match=r"Write it per hundred: 66\.6667"):
        Return.from_xlsx(workbook([XLSX_HEADER, ["a", "2025-26 Q1", "outcome", "coped", None, 2, 3, 0.6667, None]]))


def test_json_keeps_fractions_as_they_were_written():
    line = '{"provider": "a", "period": "2025-26 Q1", "section": "spend", "measure": "spending", "amount": 0.10}'
    text = f'{{"lines": [{line}]}}'

    assert str(Return.from_json(text).lines[0].amount) == "0.10"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1]", "VC-FILE-005"),
        ('{"line": []}', "VC-FILE-005"),
        ("{", "VC-FILE-001"),
        ('{"lines": []}', "VC-RET-018"),
        ('{"lines": [{"value": ' + "9" * 5000 + "}]}", "VC-FILE-001"),
        ('{"lines": [{"provider": "a", "period": "2025-26", "section": "output", "measure": NaN}]}', "VC-RET-003"),
        ('{"lines": [{"provider": "a", "provider": "b"}]}', "VC-FILE-002"),
        (
            '{"lines": [{"provider": ["a"], "period": "2025-26", "section": "output", "measure": "closed"}]}',
            "VC-RET-003",
        ),
        (
            '{"lines": [{"provider": true, "period": "2025-26", "section": "output", "measure": "closed"}]}',
            "VC-RET-003",
        ),
    ],
)
def test_json_that_is_no_return_says_why(text, code):
    with pytest.raises(ReturnError) as refused:
        Return.from_json(text, source="x.json")

    assert code in [fault.code for fault in refused.value.faults]


def test_files_that_cannot_be_read_are_findings(tmp_path):
    (tmp_path / "a.doc").write_text("x", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(b"\xff\xfe\x00")
    checked = check_returns([tmp_path / "a.doc", tmp_path / "b.csv", tmp_path / "c.csv"])

    assert [(finding.code, finding.source) for finding in checked.findings] == [
        ("VC-FILE-001", "a.doc"),
        ("VC-FILE-001", "b.csv"),
        ("VC-FILE-006", "c.csv"),
    ]


def test_without_openpyxl_the_error_says_what_to_install(monkeypatch):
    from victims_code.errors import MissingExtraError

    content = workbook([XLSX_HEADER, GOOD])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"victims-code\[excel\]"):
        Return.from_xlsx(content)


def test_a_register_that_is_broken_says_where():
    with pytest.raises(ReturnError) as refused:
        Register.from_yaml(
            "commissioner: x\nframeworks: [moj-2014]\nproviders:\n"
            "  - {id: a}\n  - {id: a, returns: {every_months: 5}}\n  - {ids: b}\n",
            source="register.yaml",
        )

    found = [(fault.code, fault.location.split(":")[0]) for fault in refused.value.faults]
    assert ("VC-FILE-005", "register.yaml, line 5, providers[1].returns") in found
    assert ("VC-FILE-003", "register.yaml, line 6, providers[2].ids") in found


def test_a_provider_that_stands_twice_and_an_unknown_framework_are_faults():
    with pytest.raises(ReturnError) as refused:
        Register.from_yaml("commissioner: x\nframeworks: [moj-2014]\nproviders: [{id: a}, {id: a}]\n")
    assert [fault.code for fault in refused.value.faults] == ["VC-DATA-002", "VC-NAME-001"]


def test_a_broken_framework_of_the_registers_own_is_among_the_faults(tmp_path):
    (tmp_path / "own.yaml").write_text("id: x\n", encoding="utf-8")
    path = tmp_path / "register.yaml"
    path.write_text("commissioner: x\nframeworks: [own.yaml]\nproviders: [{id: a}]\n", encoding="utf-8")

    with pytest.raises(ReturnError, match="'title' is missing"):
        Register.from_file(path)
    assert LawDataError is not ReturnError


def test_a_register_says_when_each_return_is_due():
    """Ten working days from Wednesday 31 December 2025, with New Year's Day not counted, end on 15 January 2026."""
    register = Register.from_yaml(
        """
commissioner: Borsetshire
returns: {due_within: 10}
providers:
  - {id: harbour}
  - {id: lantern, returns: {every_months: 12, first_month: 1, due_within: 10}}
  - {id: beacon, returns: {every_months: 6}}
"""
    )
    due = {(one.provider, one.period.label): one.due for one in register.due(ReportingPeriod.year(2025))}

    assert due == {
        ("harbour", "2025-26 Q1"): date(2025, 7, 14),
        ("harbour", "2025-26 Q2"): date(2025, 10, 14),
        ("harbour", "2025-26 Q3"): date(2026, 1, 15),
        ("harbour", "2025-26 Q4"): date(2026, 4, 16),
        ("beacon", "2025-04-01/2025-09-30"): None,
        ("beacon", "2025-10-01/2026-03-31"): None,
    }


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-26 Q1", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-26 Q4", date(2026, 1, 1), date(2026, 3, 31)),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31)),
        ("2024-01-01/2024-02-29", date(2024, 1, 1), date(2024, 2, 29)),
    ],
)
def test_periods_are_read_and_named(text, first, last):
    period = ReportingPeriod.parse(text)

    assert (period.first, period.last, period.label) == (first, last, text)


@pytest.mark.parametrize(
    "written",
    [
        "Q1 2025/26",
        "2025/26 Q1",
        "2025-26Q1",
        "Quarter 1 2025-26",
        "2025-26, Quarter 1",
        "1st quarter 2025/26",
        "q1 fy 2025/2026",
        "Q1 25/26",
        "25-26 Q1",
        "Q1 (Apr-Jun) 2025/26",
        "Apr-Jun 2025",
        "April to June 2025",
        "Apr 2025 – Jun 2025",
        "2025-04-01 to 2025-06-30",
        "01/04/2025 - 30/06/2025",
        "1 April 2025 to 30 June 2025",
        "First quarter of 2025/26",
        "Q1-2025/26",
        "2025-26_Q1",
        "Q1 Apr-Jun 2025",
        "Q1: April to June 2025",
    ],
)
def test_a_quarter_is_read_as_people_write_it(written):
    assert ReportingPeriod.parse(written) == ReportingPeriod.quarter(2025, 1)


@pytest.mark.parametrize("written", ["H1 2025/26", "2025-26 H1", "first half of 2025/26", "Half-year 1, 2025-26"])
def test_a_half_of_the_financial_year_is_read(written):
    assert ReportingPeriod.parse(written).label == "2025-04-01/2025-09-30"


def test_a_period_is_named_in_words():
    labels = ("2025-26 Q3", "2025-26", "2025-05-01/2025-05-31", "2025-04-03/2025-05-01", "2025-10-01/2026-03-31")
    assert [ReportingPeriod.parse(label).in_words for label in labels] == [
        "October to December 2025",
        "April 2025 to March 2026",
        "May 2025",
        "3 April 2025 to 1 May 2025",
        "October 2025 to March 2026",
    ]


def test_months_are_read_by_their_names():
    assert ReportingPeriod.parse("Jan-Mar 2026").label == "2025-26 Q4"
    assert ReportingPeriod.parse("October 2025 to March 2026").label == "2025-10-01/2026-03-31"
    assert ReportingPeriod.parse("Sept 2025").label == "2025-09-01/2025-09-30"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Q1 2025", "may be April to June 2025 or January to March 2025. Write 2025-26 Q1 or 2024-25 Q4."),
        ("2025-Q1", "may be April to June 2025 or January to March 2025"),
        ("2025 Quarter 1", "may be April to June 2025 or January to March 2025"),
        ("H2 2025", "may be October 2025 to March 2026 or July to December 2025"),
        ("FY25 Q1", "may be April to June 2025 or April to June 2024. Write 2025-26 Q1 or 2024-25 Q1."),
        ("FY2025", "may be April 2025 to March 2026 or April 2024 to March 2025"),
        ("2025", "may be April 2025 to March 2026 or January to December 2025"),
        ("quarter 1", "does not say of which year. Write 2025-26 Q1 or April to June 2025"),
        ("Apr-Jun", "does not say of which year"),
        ("2025-06", "Write 2025-26 for the year that begins in 2025, or June 2025 for the month."),
        ("Q2 Apr-Jun 2025", "names other months than those of the quarter. Write it as 2025-26 Q1."),
        ("hello to you", "is not a period"),
        ("25/26", "is not a period"),
        ("Q1 99/00", "is not a period"),
        ("Q1 (Jan-Mar) 2025/26", "names other months than those of the quarter. Write it as 2025-26 Q1."),
        ("Oct-Mar 2026", "is not a period"),
        ("2025-27 Q1", "is not a financial year"),
        ("Q5 2025-26", "no quarter 5"),
        ("0000-01", "is not a period"),
        ("9999-00", "is not a period"),
    ],
)
def test_a_period_that_could_be_another_is_refused(written, words):
    with pytest.raises(WrongValueError, match=words):
        ReportingPeriod.parse(written)


@given(st.dates(date(1995, 1, 1), date(2050, 1, 1)), st.integers(0, 800))
@settings(deadline=None)
def test_a_period_reads_back_what_it_is_called(first, days):
    from datetime import timedelta

    period = ReportingPeriod(first=first, last=first + timedelta(days=days))
    assert ReportingPeriod.parse(period.label) == period


words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda word: ">" not in word and not word.startswith("'")
)


@given(
    st.lists(
        st.fixed_dictionaries({"value": st.integers(0, 10**6)}, optional={"note": words, "base": words, "item": words}),
        min_size=1,
        max_size=5,
    )
)
@settings(deadline=None)
def test_a_return_reads_back_from_json_and_csv(drawn):
    always = {"provider": "=harbour", "period": "2025-26 Q1", "section": "output", "measure": "closed"}
    lines = []
    for n, drawn_line in enumerate(drawn):
        part = {"breakdown": "part"} if "item" in drawn_line else {}
        lines.append({**always, "service": f"-{n}", **part, **drawn_line})
    first = Return.from_json(json.dumps({"lines": lines}))

    def figures(read_back):
        names = ("provider", "service", "breakdown", "item", "value", "note", "base")
        return [[getattr(line, name) for name in names] for line in read_back.lines]

    assert figures(first)[0][4] == lines[0]["value"]
    assert figures(Return.from_json(first.to_json())) == figures(first)
    assert figures(Return.from_csv(first.to_csv())) == figures(first)


def test_csv_out_is_safe_to_open_and_reads_back():
    given = Return.from_csv(csv_of('"=HYPERLINK(""x"")",2025-26 Q1,output,closed,,,3,,,,,'))

    assert "'=HYPERLINK" in given.to_csv()
    assert Return.from_csv(given.to_csv()).lines[0].provider == '=HYPERLINK("x")'


def test_markdown_out_shows_figures_and_questions_and_cannot_be_broken_out_of():
    given = Return.from_csv(
        csv_of(
            '"a|<b>",2025-26 Q1,output,referrals,,,408,,,,consented,',
            '"a|<b>",2025-26 Q1,output,supported,,,565,,,,,',
            '"a|<b>",2025-26 Q1,outcome,coped,,,,20,40,50,,',
            '"a|<b>",2025-26 Q1,outcome,informed,,,,7,,,,',
            '"a|<b>",2025-26 Q1,output,waiting,,,,,,,,not-collected',
        ),
        source="q1.csv",
    )
    page = given.to_markdown()

    assert "| a\\|&lt;b> | 2025-26 Q1 | referrals | 408 | consented |" in page
    assert "50.0% (20 of 40)" in page
    assert "7, a bare count" in page
    assert "missing (not-collected)" in page
    assert "565 were supported, with 408 referred" in page


def test_a_published_return_hides_small_numbers_and_what_gives_them_away():
    from victims_code.figures import SmallNumbers

    given = Return.from_csv(
        csv_of(
            "harbour,2025-26 Q1,output,closed,,,40,,,,,",
            "harbour,2025-26 Q1,output,closed,age,adult,30,,,,,",
            "harbour,2025-26 Q1,output,closed,age,child,7,,,,,",
            "harbour,2025-26 Q1,output,closed,age,not known,3,,,,,",
            "harbour,2025-26 Q1,outcome,coped,,,,58,60,96.7,,",
        )
    )
    rows = [row.split(",") for row in given.to_csv(small_numbers=SmallNumbers(below=5)).splitlines()]
    place = {name: rows[0].index(name) for name in rows[0]}

    assert [row[place["value"]] for row in rows[1:5]] == ["40", "30", "hidden", "hidden"]
    assert [rows[5][place[name]] for name in ("numerator", "denominator", "percentage")] == ["hidden", "60", "hidden"]
    assert "hidden of 60" in given.to_markdown(small_numbers=SmallNumbers(below=5))


cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["harbour", "2025-26 Q1", "output", "outcome", "spend", "referrals", "coped", "spending", "a > b"]),
    st.integers(-9, 10**40).map(str),
    st.sampled_from(["", "0", "12.5", "1,352", "50%", "-", "=1+1", "9" * 5000, "1e400", "NaN", "inf"]),
)


@given(st.lists(st.lists(cells, min_size=12, max_size=13), max_size=4))
@settings(deadline=None)
def test_whatever_stands_in_a_file_is_taken_or_refused_and_nothing_breaks(rows):
    out = io.StringIO()
    csv.writer(out).writerows([HEADER.split(","), *rows])
    with contextlib.suppress(ReturnError):
        Return.from_csv(out.getvalue(), register=REGISTER).to_markdown()
    as_json = json.dumps({"lines": [dict(zip(HEADER.split(","), row, strict=False)) for row in rows]})
    with contextlib.suppress(ReturnError):
        Return.from_json(as_json, register=REGISTER).to_csv()
