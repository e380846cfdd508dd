"""Providers' own sheets, with a column for each figure or for each quarter, read by a mapping."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from victims_code.commissioning.returns import Register, ReturnMapping, check_returns
from victims_code.errors import WrongValueError

REGISTER = Register.from_yaml("""
commissioner: Borsetshire
frameworks: [victims-funding-strategy-2022]
providers: [{id: harbour}, {id: lantern}]
""")
BY_COLUMN = """
name: Harbour's own sheet
every: {provider: harbour}
read: {period: Quarter}
ignored: [Notes]
empty: [tbc]
figures:
  - {column: Referrals in, measure: referrals, basis: data-share}
  - {column: Under 18, measure: referrals, basis: data-share, breakdown: age, item: under 18}
  - {column: Adults, measure: referrals, basis: data-share, breakdown: age, item: adult}
  - {column: Cope better, measure: coped, figure: numerator}
  - {column: Asked, measure: coped, figure: denominator}
  - {column: Spend, measure: spending}
"""
WIDE = """Harbour: quarterly figures,,,,,,,
Quarter,Referrals in,Under 18,Adults,Cope better,Asked,Spend,Notes
Q1 2025/26,1204,204,1000,97,120,"61,250.00",a good quarter
Q2 2025/26,1315,215,1100,n/a,tbc,"£62,410.35",
"""
BY_QUARTER = """
name: Lantern's own sheet
every: {provider: lantern}
label: Indicator
rows:
  - {text: Number supported, measure: supported}
  - {text: On the waiting list, measure: waiting}
  - {text: Total, ignore: true}
figures:
  - {column: Q1, period: Q1 2025/26}
  - {column: Q2, period: Q2 2025/26}
  - {column: Q3, period: Q3 2025/26}
"""
TALL = """Indicator,Q1,Q2,Q3
number supported,112,121,
On the  waiting list,14,-,
Total,126,121,
"""


@pytest.fixture
def read(tmp_path):
    def check(mapping, content, name="sheet.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return check_returns([path], register=REGISTER, mapping=ReturnMapping.from_yaml(mapping, source="map.yaml"))

    return check


def lines(checked):
    return [
        (one.period.label, one.measure, " > ".join(one.item), one.value, one.numerator, one.denominator, one.amount)
        for one in checked.lines
    ]


def test_each_column_of_a_wide_sheet_becomes_a_line(read):
    checked = read(BY_COLUMN, WIDE)

    assert [str(finding) for finding in checked.faults] == []
    assert lines(checked)[:5] == [
        ("2025-26 Q1", "referrals", "", 1204, None, None, None),
        ("2025-26 Q1", "referrals", "under 18", 204, None, None, None),
        ("2025-26 Q1", "referrals", "adult", 1000, None, None, None),
        ("2025-26 Q1", "coped", "", None, 97, 120, None),
        ("2025-26 Q1", "spending", "", None, None, None, 61250),
    ]
    assert {one.basis for one in checked.lines if one.measure == "referrals"} == {"data-share"}
    assert checked.remarks == (
        "sheet.csv: The names of the columns are in row 2. Rows above it that were passed over: 1.",
    )


def test_words_that_mean_nothing_are_a_missing_figure_and_not_zero(read):
    checked = read(BY_COLUMN, WIDE)

    (missing,) = (one for one in checked.lines if (one.period.label, one.measure) == ("2025-26 Q2", "coped"))
    assert missing.is_missing
    assert [(one.code, one.row, one.column) for one in checked.questions] == [("VC-RET-102", 4, "Cope better")]


def test_a_finding_names_the_column_of_the_providers_own_sheet(read):
    checked = read(BY_COLUMN, WIDE.replace("1204", "12.5").replace("97,120", "130,120"))

    assert [(one.code, one.row, one.column) for one in checked.faults] == [
        ("VC-RET-003", 3, "Referrals in"),
        ("VC-RET-008", 3, "Cope better"),
    ]


def test_parts_are_checked_against_their_total_as_in_any_return(read):
    (fault,) = read(BY_COLUMN, WIDE.replace("204,1000", "205,1000")).faults

    assert (fault.code, fault.row, fault.column) == ("VC-RET-006", 3, "Referrals in")


def test_a_sheet_with_a_row_for_each_measure_and_a_column_for_each_quarter(read):
    checked = read(BY_QUARTER, TALL)

    assert [(one.period.label, one.measure, one.value) for one in checked.lines] == [
        ("2025-26 Q1", "supported", 112),
        ("2025-26 Q2", "supported", 121),
        ("2025-26 Q1", "waiting", 14),
        ("2025-26 Q2", "waiting", None),
    ]
    assert checked.remarks == ("sheet.csv: Columns without a figure, which are not reported: 'Q3'.",)


def test_a_row_the_mapping_does_not_know_is_a_fault_with_the_nearest(read):
    checked = read(BY_QUARTER, TALL.replace("number supported", "Number suported"))

    (fault,) = checked.faults
    assert (fault.code, fault.row, fault.column) == ("VC-RET-025", 2, "Indicator")
    assert fault.message == "The mapping does not know the row 'Number suported'."
    assert "Did you mean 'Number supported'?" in fault.hint


def test_columns_that_are_not_there_are_named_and_those_not_mapped_are_said(read):
    (fault,) = read(BY_COLUMN, WIDE.replace("Asked", "People asked")).faults
    assert "The table has no column 'Asked'" in fault.message

    checked = read(BY_COLUMN.replace("ignored: [Notes]\n", ""), WIDE)
    assert "Columns that the mapping does not name, which are not read: 'Notes'." in checked.remarks[-1]


def test_a_workbook_is_read_by_the_same_mapping(read):
    book = Workbook()
    for row in (["Harbour"], ["Quarter", "Referrals in"], ["Q1 2025/26", 1204]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    mapping = BY_COLUMN[: BY_COLUMN.index("  - {column: Under 18")]

    assert lines(read(mapping, out.getvalue(), "sheet.xlsx")) == [
        ("2025-26 Q1", "referrals", "", 1204, None, None, None)
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "every: {provider: harbour}",
            "every: {provider: harbour, period: 2025-26 Q1}",
            "The period of a figure is said",
        ),
        ("measure: spending", "measure: spending, provider: lantern", "The provider of a figure is said twice"),
        ("every: {provider: harbour}\n", "", "Nothing says the provider of these figures"),
        ("read: {period: Quarter}", "read: {quarter: Quarter}", "'quarter'"),
        ("read: {period: Quarter}", "rows: [{text: a}]\nread: {period: Quarter}", "Rows are mapped"),
        ("figure: numerator", "figure: numerater", "Did you mean 'numerator'"),
        ("ignored: [Notes]", "delimiter: ';;'", "delimiter"),
    ],
)
def test_a_mapping_that_leaves_a_figure_open_is_refused(old, new, words):
    with pytest.raises(WrongValueError) as refused:
        ReturnMapping.from_yaml(BY_COLUMN.replace(old, new), source="map.yaml")

    assert words in str(refused.value)
    assert "map.yaml, line" in str(refused.value)


def test_a_share_must_say_which_of_its_counts_and_a_measure_must_exist(read):
    (fault,) = read(BY_COLUMN.replace("coped, figure: numerator", "coped"), WIDE).faults
    assert "Nothing says the figure (numerator, denominator or percentage)" in fault.message

    (fault,) = read(BY_COLUMN.replace("measure: spending", "measure: spendings"), WIDE).faults
    assert (fault.code, "Did you mean 'spending'?" in fault.hint) == ("VC-RET-015", True)
