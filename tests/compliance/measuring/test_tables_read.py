"""Tables of every kind are read alike, and faulty ones refused with every fault."""

from __future__ import annotations

import duckdb
import pytest

from shared.made_obligations import COLUMNS, table_of, times
from victims_code import VictimsCode, compliance
from victims_code.errors import WrongTypeError, WrongValueError

ROWS = [*times(3), {"status": "overdue", "days_late": 2}]


def share(source, **more):
    with compliance.Obligations.open(source, **more) as obligations:
        total = compliance.measure("on-time-share", obligations, small_numbers=None).total
    return total.numerator, total.denominator


def test_parquet_and_csv(tmp_path):
    table = table_of(ROWS)
    table.write_parquet(str(tmp_path / "it.parquet"))
    table.write_csv(str(tmp_path / "it.csv"))

    assert share(tmp_path / "it.parquet") == (3, 4)
    assert share(str(tmp_path / "it.csv")) == (3, 4)


@pytest.mark.parametrize(("library", "method"), [("pandas", "df"), ("polars", "pl"), ("pyarrow", "to_arrow_table")])
def test_frames(library, method):
    pytest.importorskip(library)
    if library == "polars":
        pytest.importorskip("pyarrow")

    assert share(getattr(table_of(ROWS), method)()) == (3, 4)


def test_missing_columns_are_all_named():
    table = duckdb.connect().sql("SELECT 'C1' AS case_ref, 'met' AS status")

    with pytest.raises(WrongValueError) as caught:
        compliance.Obligations.open(table)
    assert {fault.code for fault in caught.value.faults} == {"VC-COMP-002"}
    assert len(caught.value.faults) == len(COLUMNS) - 2


def test_values_of_the_wrong_kind_are_counted_by_column(tmp_path):
    path = tmp_path / "it.csv"
    table_of(ROWS).write_csv(str(path))
    text = path.read_text(encoding="utf-8").replace("2026-04-10", "10 April", 2).replace("C1,", ",")
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WrongValueError) as caught:
        compliance.Obligations.open(path)
    assert [fault.message for fault in caught.value.faults] == [
        "In 1 rows the column 'case_ref' is empty.",
        "In 2 rows the column 'due_on' is no date.",
    ]


def test_statuses_tracks_and_duties_that_do_not_exist():
    rows = [*times(2, status="done"), {"track": "fast"}, {"duty": "make-tea"}, {"edition": "code-1999"}]

    with pytest.raises(WrongValueError) as caught:
        compliance.Obligations.open(table_of(rows))
    text = str(caught.value)
    assert "2 rows have the status 'done'" in text
    assert "1 rows have the track 'fast'" in text
    assert "the duty 'make-tea', which code-2021 does not have" in text
    assert "the edition 'code-1999', which this Code does not have" in text


def test_a_hypothetical_edition_needs_its_code():
    changed = VictimsCode.load().with_changes(
        "two-days", title="two days", deadlines={"inform-suspect-arrested": {"standard": {"within": 2}}}
    )
    rows = times(2, edition="hypothetical-two-days")

    with pytest.raises(WrongValueError, match="Pass the Code they were worked out under"):
        compliance.Obligations.open(table_of(rows))
    assert share(table_of(rows), code=changed) == (2, 2)


def test_tables_beside_it_must_fit():
    connection = duckdb.connect()
    twice = connection.sql("SELECT * FROM (VALUES ('C0', 'A'), ('C0', 'B')) AS t(case_ref, force)")
    taken = connection.sql("SELECT 'C0' AS case_ref, 'V1' AS victim_ref, 'x' AS duty, 'y' AS quarter")

    with pytest.raises(WrongValueError) as caught:
        compliance.Obligations.open(table_of(ROWS), cases=twice, victims=taken)
    assert [fault.message for fault in caught.value.faults] == [
        "1 of its case_ref are in more than one row.",
        "The name 'duty' is taken.",
        "The name 'quarter' is taken.",
    ]


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(WrongTypeError, match="not int"):
        compliance.Obligations.open(7)
    with pytest.raises(WrongValueError, match="neither Parquet nor CSV"):
        compliance.Obligations.open(tmp_path / "it.xlsx")
    with pytest.raises(WrongValueError, match="does not exist"):
        compliance.Obligations.open(tmp_path / "it.parquet")
    (tmp_path / "it.parquet").write_text("no", encoding="utf-8")
    with pytest.raises(WrongValueError, match="cannot work with"):
        compliance.Obligations.open(tmp_path / "it.parquet")


def test_errors_show_no_reference():
    rows = [{"case_ref": "SECRET/1", "status": "done"}]

    with pytest.raises(WrongValueError) as caught:
        compliance.Obligations.open(table_of(rows))
    assert "SECRET" not in str(caught.value)
