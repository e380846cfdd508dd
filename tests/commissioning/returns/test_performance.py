"""The table of performance: measure by provider by quarter, with target, rating, trend and how much of it came."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.returns import PerformanceTable, Register, Return, add_up
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.figures import ReportingPeriod, SmallNumbers

REGISTER = Register.from_yaml("""
commissioner: Police and Crime Commissioner for Borsetshire
frameworks: [victims-funding-strategy-2022]
asks:
  - {measure: coped, target: 85}
  - {measure: waiting, target: 10}
  - {measure: needs-assessed, target: 50}
  - {measure: supported}
providers:
  - {id: harbour, title: Harbour}
  - {id: lantern, title: Lantern}
  - {id: beacon, title: Beacon, returns: {every_months: 6}}
""")
HEADER = "provider,period,section,measure,value,numerator,denominator,eligible,why_missing\n"
LINES = """harbour,2025-26 Q1,outcome,coped,,96,120,240,
harbour,2025-26 Q2,outcome,coped,,108,120,200,
lantern,2025-26 Q1,outcome,coped,,40,50,,
harbour,2025-26 Q1,output,supported,300,,,,
harbour,2025-26 Q2,output,supported,280,,,,
lantern,2025-26 Q1,output,supported,90,,,,
beacon,H1 2025/26,output,supported,41,,,,
harbour,2025-26 Q1,output,needs-assessed,60,,,,
harbour,2025-26 Q2,output,needs-assessed,46,,,,
lantern,2025-26 Q1,output,needs-assessed,30,,,,
harbour,2025-26 Q1,output,waiting,8,,,,
harbour,2025-26 Q2,output,waiting,12,,,,
lantern,2025-26 Q1,output,waiting,,,,,not-collected
"""
HALF = ReportingPeriod.parse("H1 2025/26")
FIVE = SmallNumbers(below=5)


def table(lines=LINES, rule=FIVE, period=HALF, **given):
    returned = Return.from_csv(HEADER + lines, source="returns.csv", register=REGISTER)
    return PerformanceTable.of(add_up([returned], period=period, register=REGISTER), small_numbers=rule, **given)


def row(made, measure, provider):
    (found,) = (one for one in made.rows if (one.measure.id, one.provider) == (measure, provider))
    return found


def words(one):
    return [cell.in_words for cell in one.all_cells]


@pytest.fixture(scope="module")
def made():
    return table()


def test_a_share_has_its_counts_target_rating_and_trend(made):
    harbour = row(made, "coped", "harbour")

    assert words(harbour) == ["80.0% (96 of 120)", "90.0% (108 of 120)", "85.0% (204 of 240)"]
    assert [cell.rating.band for cell in harbour.all_cells] == ["amber", "green", "green"]
    assert (harbour.target, harbour.rating.band, harbour.trend) == ("85%", "green", "up 10.0 points (better)")
    assert harbour.coverage == "2 of 2 (100.0%); asked: 240 of 440 (54.5%)"


def test_a_part_never_passes_for_the_whole(made):
    everyone = row(made, "coped", None)

    assert words(everyone) == [
        "80.0% (136 of 170)",
        "90.0% (108 of 120), from 1 of 2 returns",
        "84.1% (244 of 290), from 3 of 5 returns",
    ]
    assert everyone.trend == "– (not of the same providers)"
    assert everyone.coverage == "3 of 5 (60.0%)"


def test_the_total_of_counts_is_rated_against_the_sum_of_targets_only_when_all_came(made):
    first, second, _ = row(made, "needs-assessed", None).all_cells

    assert (first.in_words, first.target, first.rating.band) == ("90", 100, "amber")
    assert (second.in_words, second.target, second.rating.band) == ("46, from 1 of 2 returns", None, None)
    assert second.rating.why == "Only 1 of 2 returns have the figure."


def test_of_a_count_for_the_year_the_target_is_that_of_every_return(made):
    whole = row(made, "needs-assessed", "harbour").whole

    assert (whole.in_words, whole.target, whole.rating.band) == ("106", 100, "green")


def test_where_lower_is_better_a_rise_is_worse(made):
    harbour = row(made, "waiting", "harbour")

    assert words(harbour) == ["8", "12", "12"]
    assert (harbour.rating.band, harbour.trend, harbour.target) == ("red", "up 4 (worse)", "10")


def test_demand_is_not_rated_and_its_trend_is_neither_better_nor_worse(made):
    harbour = row(made, "supported", "harbour")

    assert (harbour.rating.band, harbour.rating.why, harbour.trend) == (None, "Demand is not rated.", "down 20")


def test_what_is_not_there_says_why(made):
    assert words(row(made, "waiting", "lantern")) == ["missing", "no return", "missing"]
    assert words(row(made, "coped", "beacon")) == ["–", "–", "not reported"]
    assert row(made, "coped", "beacon").coverage == "–"


def test_a_half_year_is_in_the_quarter_in_which_it_ends_and_not_in_its_total(made):
    assert words(row(made, "supported", "beacon"))[:2] == ["–", "41 (April to September 2025)"]
    assert words(row(made, "supported", None)) == [
        "390",
        "280, from 1 of 2 returns",
        "711, from 4 of 5 returns",
    ]


def test_a_figure_taken_at_the_end_says_if_it_is_of_an_earlier_quarter():
    lines = LINES.replace(
        "lantern,2025-26 Q1,output,waiting,,,,,not-collected", "lantern,2025-26 Q1,output,waiting,9,,,,"
    )

    assert words(row(table(lines), "waiting", "lantern")) == ["9", "no return", "9 (of 2025-26 Q1)"]


def test_what_is_hidden_has_no_rating_trend_or_number_in_any_form():
    made = table(LINES.replace("needs-assessed,60", "needs-assessed,3"))
    harbour = row(made, "needs-assessed", "harbour")

    assert (harbour.cells[0].in_words, harbour.cells[0].rating.band, harbour.cells[0].value) == ("hidden", None, None)
    assert harbour.trend == "– (hidden)"
    flat = [line for line in csv.reader(io.StringIO(made.to_csv())) if "needs-assessed" in line]
    assert [line[8] for line in flat if line[4] == "harbour" and line[6] == "2025-26 Q1"] == ["hidden"]
    assert "For publication" in made.standing
    shown = table(LINES.replace("needs-assessed,60", "needs-assessed,3"), rule=None)
    assert row(shown, "needs-assessed", "harbour").cells[0].in_words == "3"
    assert shown.standing == "Not for publication: small numbers are shown."


def test_every_form_says_first_that_the_list_is_not_the_ministrys_own(made):
    said = "This list of measures is not the Ministry of Justice's own"

    assert made.to_markdown().splitlines()[0].startswith(f"**{said}")
    assert made.to_csv().splitlines()[0].strip('"').startswith(said)
    page = made.to_html()
    assert page.index(said.split("'")[0]) < page.index("<h1>")
    book = load_workbook(io.BytesIO(made.to_xlsx()))
    assert all(sheet["A1"].value.startswith(said) for sheet in book)
    assert made.to_dict()["cautions"][0].startswith(said)


def test_so_does_what_goes_to_the_ministry():
    returned = Return.from_csv(HEADER + LINES, source="returns.csv", register=REGISTER)
    year = add_up([returned], period=HALF, register=REGISTER)
    to_ministry = year.for_ministry(OutcomeFramework.load("victims-funding-strategy-2022"))
    said = "This list of measures is not the Ministry of Justice's own"

    assert to_ministry.to_markdown().startswith(f"**{said}")
    assert to_ministry.to_csv().strip('"').startswith(said)
    assert said in to_ministry.to_json().splitlines()[1]
    assert year.to_csv().startswith("section,measure")
    with pytest.raises(WrongValueError, match=r"no longer of providers.*VC-RET-022"):
        PerformanceTable.of(to_ministry, small_numbers=FIVE)


def test_the_page_tells_ratings_by_words_colour_and_shape(made):
    page = made.to_html()

    assert '<span class="vc-mark vc-green" aria-hidden="true">●</span>' in page
    assert '<span class="vc-hidden">Within a tenth of the target: </span>80.0% (96 of 120)' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_workbook_has_one_figure_a_row_under_its_header(made):
    sheet = load_workbook(io.BytesIO(made.to_xlsx()))["Performance"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(n for n, cells in enumerate(rows) if cells[0] == "section")

    found = [dict(zip(rows[header], cells, strict=True)) for cells in rows[header + 1 :]]
    (one,) = (f for f in found if (f["measure"], f["provider"], f["column"]) == ("coped", "harbour", "2025-26 Q2"))
    assert (one["figure"], one["numerator"], one["target"], one["rating"]) == (90, 108, 85, "green")


def test_only_the_measures_asked_for_are_shown_and_an_unknown_one_is_named():
    assert {one.measure.id for one in table(measures=["coped"]).rows} == {"coped"}
    with pytest.raises(UnknownNameError, match="Did you mean 'coped'"):
        table(measures=["copd"])


def test_a_single_quarter_is_a_table_without_a_column_for_the_whole():
    made = table(period=ReportingPeriod.quarter(2025, 1))

    assert made.headings == ("Provider", "2025-26 Q1", "Target", "Rating", "Trend", "Returns")
    assert words(row(made, "coped", None)) == ["80.0% (136 of 170)"]


def test_the_agencies_of_a_criminal_justice_system_have_a_table_too():
    register = Register.from_yaml("""
commissioner: Borsetshire Criminal Justice Board
frameworks: [moj-code-return]
asks: [{measure: vps-offered, target: 90}]
providers: [{id: police, title: Borsetshire Police}, {id: cps, title: Crown Prosecution Service}]
""")
    text = "provider,period,section,measure,numerator,denominator\n"
    text += "police,2025-26 Q1,outcome,vps-offered,850,1000\ncps,2025-26 Q1,outcome,vps-offered,95,100\n"
    quarter = add_up([Return.from_csv(text, register=register)], period=HALF, register=register)
    made = PerformanceTable.of(quarter, small_numbers=FIVE)

    assert [(one.name, one.cells[0].in_words, one.cells[0].rating.band) for one in made.rows] == [
        ("All providers", "85.9% (945 of 1,100)", "amber"),
        ("Borsetshire Police", "85.0% (850 of 1,000)", "amber"),
        ("Crown Prosecution Service", "95.0% (95 of 100)", "green"),
    ]
