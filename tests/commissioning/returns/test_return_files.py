"""Returns in the files that providers send: open documents, titles, encodings, and rows that do not fit."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from victims_code.commissioning.returns import Return, check_returns
from victims_code.errors import ReturnError

HEADER = "provider,period,section,measure,breakdown,item,value,numerator,denominator,percentage"
CLOSED = "harbour,Q1 2025/26,output,closed,,,40,,,"
COPED = "harbour,Q1 2025/26,outcome,coped,,,,97,120,81%"


@pytest.fixture
def found(tmp_path):
    def check(content, name="q1.csv"):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return check_returns([tmp_path / name])

    return check


def places(checked):
    return [(finding.code, finding.row, finding.column) for finding in checked.findings]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{CLOSED}\n{COPED}\n".encode("utf-8-sig"),
        f"{HEADER}\n{CLOSED}\n{COPED}\n".encode("utf-16"),
        f"sep=;\r\n{HEADER}\r\n{CLOSED}\r\n{COPED}\r\n".replace(",", ";").encode(),
        f"OFFICIAL,,,,,,,,,\nReturn of the quarter,,,,,,,,,\n\n{HEADER}\n{CLOSED}\n{COPED}\n".encode(),
    ],
    ids=["byte-order mark", "UTF-16", "sep=;", "titles"],
)
def test_a_return_is_read_however_a_spreadsheet_saved_it(found, content):
    checked = found(content)

    assert [(line.period.label, line.measure) for line in checked.lines] == [
        ("2025-26 Q1", "closed"),
        ("2025-26 Q1", "coped"),
    ]
    assert checked.findings == ()


def test_a_row_that_does_not_fit_is_a_fault_and_blamed_on_no_total(found):
    parts = [f"harbour,Q1 2025/26,output,closed,age,{age},{n},,," for age, n in (("adult", 30), ("child", 10))]

    assert places(found("\n".join([HEADER, CLOSED, *parts]))) == []
    assert places(found("\n".join([HEADER, CLOSED, parts[0], parts[1] + ",,"]))) == [("VC-RET-003", 4, None)]
    assert places(found("\n".join([HEADER, CLOSED, parts[0], parts[1].replace("child", '"child')]))) == [
        ("VC-RET-003", 4, None)
    ]


def test_bytes_that_are_not_utf_8_are_named_by_their_row_and_not_shown(found):
    checked = found(f"{HEADER}\n{CLOSED}\nZo\N{LATIN SMALL LETTER E WITH DIAERESIS},x\n".encode("cp1252"))

    assert places(checked) == [("VC-RET-003", 3, None)]
    assert checked.findings[0].hint == "Save it as CSV UTF-8."
    assert "Zo" not in str(checked.findings)


def ods(*rows):
    """A spreadsheet of OpenDocument; a cell is the attributes of its XML and what it shows."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    lines = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell {given}><text:p>{shown}</text:p></table:table-cell>" for given, shown in row)
        + "</table:table-row>"
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="return">{lines}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return out.getvalue()


def cell(shown):
    if shown.endswith("%"):
        share = int(shown.removesuffix("%")) / 100
        return f'office:value-type="percentage" office:value="{share}"', shown
    if shown.isdecimal():
        return f'office:value-type="float" office:value="{shown}"', shown
    return ('office:value-type="string"', shown) if shown else ("", "")


def of(line):
    return [cell(shown) for shown in line.split(",")]


def test_an_open_document_return_has_its_figures_and_percentages(found):
    checked = found(ods([cell("OFFICIAL")], of(HEADER), of(CLOSED), of(COPED)), "q1.ods")
    closed, coped = checked.lines

    assert checked.findings == ()
    assert (closed.value, coped.numerator, coped.percentage) == (40, 97, 81)


def test_formulas_are_read_as_saved_and_merged_cells_of_an_open_document_are_named(found):
    formula = ('table:formula="of:=1+39" office:value-type="float" office:value="40"', "40")
    merged = ('office:value-type="string" table:number-rows-spanned="2"', "harbour")
    first, second = of(CLOSED), of(CLOSED.replace("closed", "waiting"))
    checked = found(ods(of(HEADER), [*first[:6], formula, *first[7:]], [merged, *second[1:]]), "q1.ods")

    assert checked.lines[0].value == 40
    assert checked.remarks == ("q1.ods: Cells with a formula, read as the value that was last saved: 1.",)
    assert places(checked)[0] == ("VC-RET-017", 3, "provider")


def test_a_formula_without_a_saved_value_is_a_fault():
    book = Workbook()
    for line in (HEADER, CLOSED.replace("40", "=20+20")):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)  # openpyxl works nothing out
    with pytest.raises(ReturnError) as refused:
        Return.from_xlsx(out.getvalue(), source="q1.xlsx")

    (fault,) = refused.value.faults
    assert (fault.code, fault.location) == ("VC-RET-016", "q1.xlsx, row 2, column value")
    assert fault.message == "The cell holds a formula, and no value was saved for it."


def test_titles_above_the_table_are_passed_over_and_said(found):
    checked = found(f"OFFICIAL,,,,,,,,,\nReturn of the quarter,,,,,,,,,\n\n{HEADER}\n{CLOSED}\n")

    assert checked.remarks == (
        "q1.csv: The names of the columns are in row 4. Rows above it that were passed over: 2.",
    )


def test_titles_above_the_table_of_a_workbook_are_passed_over():
    book = Workbook()
    for line in ("OFFICIAL", "", HEADER, CLOSED.replace("40", "x")):
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(ReturnError) as refused:
        Return.from_xlsx(out.getvalue(), source="q1.xlsx")

    assert [(fault.code, fault.location) for fault in refused.value.faults] == [
        ("VC-RET-003", "q1.xlsx, row 4, column value")
    ]


def test_other_endings_are_refused_with_those_that_work(found):
    assert found(b"", "q1.doc").findings[0].hint == "Save it as .csv, .xlsx, .ods or .json."
