"""Filters that every output says, and measures and obligations as frames of pandas and polars."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from shared.made_obligations import table_of
from victims_code import compliance
from victims_code.errors import WrongValueError

ROWS = [
    {"force": "North", "triggered_on": "2025-02-03", "missing_facts": "mental-disorder; received"},
    {"force": "North", "triggered_on": "2025-05-05", "status": "overdue", "days_late": 4},
    {"force": "South's", "triggered_on": "2025-02-03", "duty": "refer-to-support", "due_on_if_enhanced": "2025-02-04"},
    {"force": None, "triggered_on": "2024-11-04", "status": "cannot-tell", "days_late": None},
]


@pytest.fixture(scope="module")
def obligations():
    with compliance.Obligations.open(table_of(ROWS, force="VARCHAR", missing_facts="VARCHAR")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ({"force": "North"}, 2),
        ({"force": ["North", None]}, 3),
        ({"force": "not recorded"}, 1),
        ({"force": "South's"}, 1),
        ({"quarter": "2025-Q1"}, 2),
        ({"quarter": "Jan–Mar 2025", "force": "North"}, 1),
        ({"financial-year": "2024/25"}, 3),
        ({"duty": "Tell the victim about local support services, and refer them to one"}, 1),
        ({"missing-fact": "received"}, 1),
        ({}, 4),
    ],
)
def test_a_filter_counts_what_has_its_values(obligations, where, number):
    assert obligations.where(where).total == number


def test_a_filter_of_a_filter_keeps_both(obligations):
    narrow = obligations.where({"force": "North"}).where({"month": "2025-02"})

    assert (narrow.total, len(narrow.to_arrow())) == (1, 1)
    assert narrow.filter.words == "force: North; month: Feb 2025"


def test_every_output_says_what_was_counted(obligations):
    table = compliance.measure("on-time-share", obligations, by=["duty"], where={"force": "North"}, small_numbers=None)

    assert (table.total.numerator, table.total.denominator) == (1, 2)
    assert table.title == "Done in time by duty (only force: North)"
    for text in (table.to_markdown(), table.to_html(), table.to_csv(), str(table.to_dict()), table.plot().title):
        assert "force: North" in text
    assert set(table.to_pandas()["only"]) == {"force: North"}
    (point,) = compliance.changes(
        compliance.measure("on-time-share", obligations, by=["quarter"], where={"force": "North"}, small_numbers=None),
        "quarter",
    )
    assert point.by == -1


def test_what_is_not_there_is_refused_all_at_once(obligations):
    with pytest.raises(WrongValueError) as told:
        compliance.measure("on-time-share", obligations, where={"forse": "North", "force": ["Nort", "x"], "part": []})

    assert [fault.code for fault in told.value.faults] == ["VC-COMP-004"] * 4
    said = str(told.value)
    assert "Did you mean 'force'" in said
    assert "No obligation has the force 'Nort'. Did you mean 'North'?" in said
    assert "The filter by 'part' names no value." in said


@pytest.mark.parametrize("text", ["x' OR '1'='1", "North'; DROP TABLE obligation; --", '"force"', "$value_0"])
def test_a_value_is_never_run_as_sql(text):
    """A value that looks like SQL is only ever a value, whether it is in the data or not."""
    with compliance.Obligations.open(table_of([{"force": text}, {"force": "North"}], force="VARCHAR")) as opened:
        assert opened.where({"force": text}).total == 1
        assert opened.total == 2
        with pytest.raises(WrongValueError, match="No obligation has the force"):
            opened.where({"force": text + "'"})
        with pytest.raises(WrongValueError, match="There is nothing called"):
            opened.where({text: "North"})


def test_a_measure_as_a_frame_has_identifiers_titles_rights_and_periods_that_sort(obligations):
    table = compliance.measure("on-time-share", obligations, by=["duty", "quarter"], small_numbers=None)
    for rows in (table.to_pandas().to_dict("records"), table.to_polars().to_dicts()):
        (row,) = [row for row in rows if row["duty"] == "inform-suspect-arrested" and row["quarter"] == "2025-Q1"]
        assert row["duty_title"] == "Tell the victim that a suspect has been arrested"
        assert row["right"].startswith("Right 6")
        assert row["quarter_begins"] in (date(2025, 1, 1),) or row["quarter_begins"].date() == date(2025, 1, 1)
        assert (row["value"], row["numerator"], row["denominator"]) == (1.0, 1, 1)
        assert "all" not in {row["duty"] for row in rows}
    assert "all" in set(table.to_pandas(totals=True)["quarter"])
    assert "hidden" not in table.to_pandas(drop_empty=True).columns


def test_obligations_as_a_frame_have_real_dates(obligations):
    frame = obligations.to_pandas().sort_values("triggered_on")
    polars = obligations.to_polars().sort("triggered_on")

    assert str(frame["due_on"].dtype).startswith("datetime64")
    assert str(polars["due_on"].dtype) == "Date"
    assert list(frame["month"]) == list(polars["month"]) == ["2024-11", "2025-02", "2025-02", "2025-05"]
    assert list(frame["quarter"])[-1] == "2025-Q2"
    assert set(polars["financial_quarter"]) == {"2024/25 Q3", "2024/25 Q4", "2025/26 Q1"}
    assert frame["days_late"].isna().sum() == polars["days_late"].null_count() == 1
    assert set(frame["title"]) >= {"Tell the victim that a suspect has been arrested"}
    assert (polars["force"].null_count(), frame["force"].isna().sum()) == (1, 1)
    assert "suspect_ref" in frame.columns
    assert "suspect_ref" not in obligations.to_pandas(drop_empty=True).columns


def test_a_frame_holds_what_the_filter_keeps(obligations):
    assert list(obligations.where({"force": "South's"}).to_pandas()["duty"]) == ["refer-to-support"]


def test_duties_without_a_deadline_can_be_left_out_of_a_frame():
    rows = [{}, {"duty": "offer-vps", "due_on": None, "status": "undated"}]
    with compliance.Obligations.open(table_of(rows)) as opened:
        assert len(opened.to_polars()) == 2
        assert opened.to_polars(with_deadline=True)["duty"].to_list() == ["inform-suspect-arrested"]


def test_a_plot_says_in_words_what_it_shows(obligations, tmp_path):
    table = compliance.measure("on-time-share", obligations, by=["quarter"], small_numbers=None)
    plot = table.plot()

    assert plot.description == "Jan–Mar 2025: 100.0%; Apr–Jun 2025: 0.0%"
    assert plot._repr_svg_().startswith("<svg")
    assert "var(--" not in plot._repr_svg_()
    for ending in ("svg", "png", "pdf"):
        plot.save(tmp_path / f"plot.{ending}")
        assert (tmp_path / f"plot.{ending}").stat().st_size > 1000


def test_a_count_is_plotted_as_a_number_and_a_column_is_named(obligations):
    table = compliance.measure("overdue-now", obligations, by=["duty", "force"], small_numbers=None)

    assert table.plot("force").description == "North: 1"
    for wrong in (None, "quarter"):
        with pytest.raises(WrongValueError, match="the table is by: duty, force"):
            table.plot(wrong)


def test_a_saved_plot_has_its_title_and_filter_over_it(obligations):
    table = compliance.measure("on-time-share", obligations, by=["force"], where={"quarter": "2025-Q1"})

    assert " ".join(table.plot().figure().get_suptitle().split()) == table.title
    assert "(only quarter: Jan–Mar 2025)" in table.title


@pytest.mark.parametrize("most", [1, 2, 3, 7])
def test_whole_numbers_have_whole_ticks(most):
    rows = [{"force": "A", "status": "overdue", "days_late": 1}] * most
    plot = compliance.measure("overdue-now", table_of(rows, force="VARCHAR"), by=["force"], small_numbers=None).plot()
    (axes,) = plot.figure().axes

    assert all(tick == int(tick) for tick in axes.get_xticks())
    assert len({label.get_text() for label in axes.get_xticklabels()}) == len(axes.get_xticks())


def test_a_filtered_table_of_assessments_is_measured():
    reported = vc.Event(event="crime-reported", at=date(2026, 4, 1))
    case = vc.Case(reference="A/1", victims=[vc.Victim(reference="V1")], events=[reported])
    results = [vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))]
    found = compliance.measure("overdue-now", results, where={"provider": "police"}, small_numbers=None)

    assert found.total.value == 1
