"""Comparing between areas, over time, and with a changed Code."""

from __future__ import annotations

from datetime import date

import pytest
from scipy.stats import binom

import victims_code as vc
from shared.made_obligations import table_of, times
from victims_code import compliance
from victims_code.errors import WrongValueError


def areas(**done_and_counted):
    rows = []
    for force, (done, counted) in done_and_counted.items():
        rows += times(done, force=force)
        rows += times(counted - done, force=force, status="overdue", days_late=3)
    return table_of(rows, force="VARCHAR")


def test_a_funnel_tells_chance_from_difference():
    """Of 1,000 in all 800 are in time. 20 of 30 may be chance, 140 of 200 is not."""
    table = compliance.measure(
        "on-time-share", areas(Small=(20, 30), Low=(140, 200), Large=(640, 770)), by=["force"], small_numbers=None
    )
    funnel = compliance.funnel(table, "force")

    assert funnel.share == 0.8
    places = {point.area: point.place.value for point in funnel.points}
    assert places == {
        "Small": "within the expected range",
        "Low": "lower than the outer limit",
        "Large": "higher than the inner limit",
    }
    low = next(point for point in funnel.points if point.area == "Low")
    assert low.outer[0] == binom.ppf(0.001, 200, 0.8) / 200


def test_areas_that_are_hidden_are_counted_and_not_placed():
    table = compliance.measure("on-time-share", areas(A=(3, 3), B=(50, 80), C=(300, 400), D=(30, 50)), by=["force"])
    funnel = compliance.funnel(table, "force")

    assert "A" not in {point.area for point in funnel.points}
    assert funnel.hidden == 4 - len(funnel.points)


def test_a_funnel_needs_a_share_by_areas():
    table = compliance.measure("overdue-now", areas(A=(3, 30)), by=["force"], small_numbers=None)
    with pytest.raises(WrongValueError, match="needs a share"):
        compliance.funnel(table, "force")


def test_changes_from_period_to_period():
    """48 of 80, then 56 of 70: up 20 points, by Newcombe's tenth method from 5.2 to 33.4 (Newcombe 1998)."""
    rows = times(48, triggered_on="2026-02-02") + times(32, triggered_on="2026-02-02", status="overdue", days_late=1)
    rows += times(56, triggered_on="2026-05-05") + times(14, triggered_on="2026-05-05", status="overdue", days_late=1)
    (change,) = compliance.changes(compliance.measure("on-time-share", table_of(rows), by=["quarter"]), "quarter")

    assert round(change.by, 4) == 0.2
    assert (round(change.interval.low, 4), round(change.interval.high, 4)) == (0.0524, 0.3339)
    assert change.is_clear


def test_changes_need_periods():
    table = compliance.measure("on-time-share", areas(A=(3, 30)), by=["force"], small_numbers=None)
    with pytest.raises(WrongValueError, match="by a period"):
        compliance.changes(table, "force")


def two_days():
    return vc.VictimsCode.load().with_changes(
        "two-days",
        title="two working days instead of five",
        deadlines={"inform-suspect-arrested": {"standard": {"within": 2}}},
    )


def told_after(case_ref, day):
    return vc.Case.from_yaml(f"""
reference: {case_ref}
offence: {{committed_on: 2026-06-01}}
victims: [{{reference: V1, born: 1980-06-01}}]
events:
  - {{event: needs-assessed, at: 2026-06-01, victim: V1}}
  - {{event: suspect-arrested, at: 2026-06-01, suspect: S1}}
  - {{event: victim-informed, about: suspect-arrested, at: 2026-06-{day:02}, victim: V1, suspect: S1}}
""")


def both(days):
    """The same cases under the law, five working days, and under two."""
    code, changed = vc.VictimsCode.load(), two_days()
    cases = [told_after(f"C{n}", day) for n, day in enumerate(days)]
    as_at = date(2026, 6, 30)
    return (
        compliance.from_assessments([code.assess(case, as_at=as_at) for case in cases]),
        compliance.from_assessments([changed.assess(case, as_at=as_at) for case in cases], code=changed),
    )


def test_what_if_side_by_side():
    """The arrest is on Monday 1 June; two working days end on the 3rd, five on the 8th.

    Told on the 2nd: 7 cases, in time under both. On the 5th: 6 cases, in time under the law only. On the 9th: 5, late.
    """
    law, changed = both([2] * 7 + [5] * 6 + [9] * 5)
    (found,) = compliance.what_if(law, changed, [("on-time-share", ["duty"])], small_numbers=None)

    arrest = next(row for row in found.rows if row.group == {"duty": "inform-suspect-arrested"})
    assert (arrest.law.numerator, arrest.law.denominator) == (13, 18)
    assert (arrest.changed.numerator, arrest.changed.denominator) == (7, 18)
    assert arrest.difference == pytest.approx(-6 / 18)
    assert "−33.3 points" in found.to_markdown()


def test_every_title_says_that_it_is_hypothetical():
    (found,) = compliance.what_if(*both([2] * 7 + [5] * 6 + [9] * 5))

    assert found.title.startswith("Hypothetical, not law: ")
    assert found.changed.title.startswith("Hypothetical")
    for text in (found.to_markdown(), found.to_html(), str(found.to_dict())):
        assert "Hypothetical, not law" in text
        assert "two working days instead of five" in text
    assert ",hypothetical," in found.to_csv()


def test_a_what_if_is_a_frame_and_a_plot_with_totals_and_counts():
    (found,) = compliance.what_if(*both([2] * 7 + [5] * 6 + [9] * 5), small_numbers=None)
    pandas, polars = found.to_pandas(), found.to_polars(totals=True)

    row = pandas.set_index("duty").loc["inform-suspect-arrested"]
    assert (row["right"], row.law_numerator, row.law_denominator, row.hypothetical_numerator) == ("Right 6", 13, 18, 7)
    assert row.difference == pytest.approx(-6 / 18)
    assert "all" in polars["duty"].to_list()
    assert "all" not in pandas["duty"].to_list()
    assert "two working days instead of five" in row.change
    assert "| 72.2% | 18 | 38.9% | 18 | −33.3 points |" in found.to_markdown()
    plot = found.plot()
    assert "two working days instead of five" in plot.title
    assert "Hypothetical: " in plot.description
    assert "been arrested: 38.9%" in plot.description.partition("Hypothetical: ")[2]
    assert plot._repr_svg_().startswith("<svg")


def test_of_a_small_change_the_law_is_shown_and_the_reader_learns_why_the_rest_is_not():
    (found,) = compliance.what_if(*both([2] * 40 + [5] * 2 + [9] * 20), [("on-time-share", ["duty"])])

    assert found.rows[0].law.value == pytest.approx(42 / 62)
    assert found.rows[0].changed.is_hidden
    assert "a change that touches fewer than 5" in found.to_markdown()


def test_a_small_difference_is_a_small_number():
    """Two cases were told on the days between the limits; the difference of the counts would say so."""
    law, changed = both([2] * 40 + [5] * 2 + [9] * 20)
    (found,) = compliance.what_if(law, changed, [("on-time-share", ["duty"])])

    row = next(row for row in found.rows if row.group == {"duty": "inform-suspect-arrested"})
    assert row.law.is_hidden or row.changed.is_hidden
    assert row.difference is None
    assert "hidden" in found.to_markdown()


def test_what_if_needs_the_law_and_a_change():
    law, changed = both([2])
    for first, second in ((law, law), (changed, law), (changed, changed)):
        with pytest.raises(WrongValueError, match="The first table must be under the law"):
            compliance.what_if(first, second)
