"""Adding up returns: only what is counted alike, and every adjustment is listed."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.governance import key_figures
from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.returns import (
    AdjustmentKind,
    Correction,
    Provider,
    Register,
    ReportingTerms,
    Return,
    add_up,
    check_returns,
)
from victims_code.errors import ReturnError, UnknownNameError, WrongTypeError
from victims_code.figures import ReportingPeriod, SmallNumbers

HEADER = (
    "provider,period,section,measure,breakdown,item,value,numerator,denominator,mean,eligible,amount,base,basis,"
    "why_missing"
)
YEAR = ReportingPeriod.year(2025)
TWO = Register(commissioner="Borsetshire", providers=(Provider(id="harbour"), Provider(id="lantern")))
KIND = AdjustmentKind


def returned(*rows, register=None, source="x.csv"):
    return Return.from_csv("\n".join([HEADER, *rows]) + "\n", source=source, register=register)


def count(provider, period, measure, value, basis="", why=""):
    return f"{provider},{period},output,{measure},,,{value},,,,,,,{basis},{why}"


def kinds(summary):
    return [done.kind for done in summary.adjustments]


def test_quarters_and_providers_add_up_with_what_each_contributed():
    first = returned(count("harbour", "2025-26 Q1", "closed", 10), count("lantern", "2025-26 Q1", "closed", 5))
    second = returned(count("harbour", "2025-26 Q2", "closed", 7), source="y.csv")
    (closed,) = add_up([first, second], period=YEAR).find("closed")

    assert closed.value == 22
    assert [(c.provider, c.period.label, c.value, c.source, c.row) for c in closed.contributions] == [
        ("harbour", "2025-26 Q1", 10, "x.csv", 2),
        ("harbour", "2025-26 Q2", 7, "y.csv", 2),
        ("lantern", "2025-26 Q1", 5, "x.csv", 3),
    ]


def test_referrals_on_different_bases_are_kept_apart():
    year = add_up(
        [
            returned(
                count("harbour", "2025-26 Q1", "referrals", 408, "consented"),
                count("lantern", "2025-26 Q1", "referrals", 1200, "data-share"),
            )
        ],
        period=YEAR,
    )

    assert [(one.basis, one.value) for one in year.find("referrals")] == [("consented", 408), ("data-share", 1200)]
    assert KIND.KEPT_APART in kinds(year)


def test_shares_add_numerators_and_denominators_and_never_average_percentages():
    """20 of 40 and 90 of 100 are 110 of 140, 78.6%; the mean of 50% and 90% would be 70%."""
    year = add_up(
        [
            returned(
                "harbour,2025-26 Q1,outcome,coped,,,,20,40,,60,,,,",
                "lantern,2025-26 Q1,outcome,coped,,,,90,100,,120,,,,",
            )
        ],
        period=YEAR,
    )
    (coped,) = year.find("coped")

    assert (coped.numerator, coped.denominator, coped.percentage) == (110, 140, Decimal("78.6"))
    assert str(coped.share.coverage) == "140 of 180 (77.8%)"


def test_a_bare_count_stands_apart_and_is_in_no_percentage():
    year = add_up(
        [
            returned(
                "harbour,2025-26 Q1,outcome,coped,,,,20,40,,,,,,",
                "lantern,2025-26 Q1,outcome,coped,,,,5368,,,,,,,",
            )
        ],
        period=YEAR,
    )
    found = {one.bare_count: one for one in year.find("coped")}

    assert found[False].percentage == 50
    assert (found[True].numerator, found[True].denominator, found[True].percentage) == (5368, None, None)
    assert [done.what for done in year.adjustments if done.kind is KIND.BARE_COUNT] == [
        "Better able to cope at the end of support: lantern gave counts without saying among how many; they stand as "
        "counts and are in no percentage."
    ]


def test_a_denominator_of_other_people_is_kept_apart():
    year = add_up(
        [
            returned(
                "harbour,2025-26 Q1,outcome,coped,,,,20,40,,,,,,",
                "lantern,2025-26 Q1,outcome,coped,,,,9,10,,,,enhanced support only,,",
            )
        ],
        period=YEAR,
    )

    assert [one.percentage for one in year.find("coped")] == [50, 90]
    assert KIND.KEPT_APART in kinds(year)


def test_a_missing_figure_is_listed_and_not_taken_as_nought():
    year = add_up(
        [
            returned(
                count("harbour", "2025-26 Q1", "referrals", 4, "consented"),
                count("lantern", "2025-26 Q1", "referrals", "", why="not-collected"),
            )
        ],
        period=YEAR,
    )
    (referrals,) = year.find("referrals")

    assert (referrals.value, str(referrals.reported)) == (4, "1 of 2 (50.0%)")
    assert [done.what for done in year.adjustments if done.kind is KIND.MISSING] == [
        "lantern gives no figure for referrals in 2025-26 Q1 (the provider does not collect it); it is not taken as "
        "nought."
    ]


def test_nobody_reporting_gives_no_figure():
    year = add_up([returned(count("harbour", "2025-26 Q1", "closed", "", why="not-asked"))], period=YEAR)

    assert year.find("closed")[0].value is None
    assert "| missing |" in year.to_markdown()


def test_a_denominator_without_a_numerator_does_not_lower_the_share():
    year = add_up(
        [
            returned(
                "harbour,2025-26 Q1,outcome,coped,,,,20,40,,,,,,",
                "lantern,2025-26 Q1,outcome,coped,,,,,100,,,,,,not-collected",
            )
        ],
        period=YEAR,
    )

    assert year.find("coped")[0].percentage == 50
    assert KIND.MISSING in kinds(year)


def test_people_waiting_are_those_at_the_end_and_not_the_sum_of_quarters():
    """Harbour 14 then 9; lantern 20 then 25: 34 wait at the end of the year."""
    rows = [
        count("harbour", "2025-26 Q1", "waiting", 14),
        count("harbour", "2025-26 Q2", "waiting", 9),
        count("lantern", "2025-26 Q1", "waiting", 20),
        count("lantern", "2025-26 Q2", "waiting", 25),
        count("harbour", "2025-26 Q1", "carried-over", 100),
        count("harbour", "2025-26 Q2", "carried-over", 120),
    ]
    year = add_up([returned(*rows)], period=YEAR)

    assert year.find("waiting")[0].value == 34
    assert year.find("carried-over")[0].value == 100
    assert kinds(year).count(KIND.LATEST) == 2


def test_means_are_weighed_by_how_many_people_they_are_of():
    """3.0 for 10 people and 6.0 for 30: (30 + 180) / 40 = 5.25."""
    row = "{},2025-26 Q1,outcome,health-score-change,,,,,{},{},,,,,"
    year = add_up([returned(row.format("harbour", 10, "3.0"), row.format("lantern", 30, "6.0"))], period=YEAR)

    assert year.find("health-score-change")[0].mean == Fraction(21, 4)
    assert "+5.25 on average, of 40" in year.to_markdown()


def test_spending_adds_up_to_the_penny():
    row = "harbour,2025-26 Q{},spend,spending,,,,,,,,{},,,"
    year = add_up([returned(row.format(1, "0.10"), row.format(2, "0.20"))], period=YEAR)

    assert year.find("spending")[0].amount == Decimal("0.30")


def test_returns_not_received_are_listed_where_the_providers_are_known():
    year = add_up([returned(count("harbour", "2025-26 Q1", "closed", 1), register=TWO)], period=YEAR, register=TWO)
    missing = [(done.provider, done.period.label) for done in year.adjustments if done.kind is KIND.NOT_RECEIVED]

    assert missing == [
        *(("harbour", f"2025-26 Q{n}") for n in (2, 3, 4)),
        *(("lantern", f"2025-26 Q{n}") for n in (1, 2, 3, 4)),
    ]


def test_a_return_that_reaches_outside_the_period_is_left_out_and_listed():
    rows = [count("harbour", "2025-26 Q1", "closed", 1), count("lantern", "2024-25", "closed", 9)]
    year = add_up([returned(*rows)], period=YEAR)

    assert year.find("closed")[0].value == 1
    assert [done.provider for done in year.adjustments if done.kind is KIND.OUTSIDE] == ["lantern"]


def test_the_same_line_or_day_twice_is_refused():
    quarter = returned(count("harbour", "2025-26 Q1", "closed", 1), source="a.csv")
    whole = returned(count("harbour", "2025-26", "closed", 9), source="b.csv")

    with pytest.raises(ReturnError, match=r"is in a\.csv, row 2 already"):
        add_up([quarter, returned(count("harbour", "2025-26 Q1", "closed", 1), source="c.csv")], period=YEAR)
    with pytest.raises(ReturnError, match=r"2025-26 overlaps|overlaps 2025-26"):
        add_up([quarter, whole], period=YEAR)


def test_a_correction_is_applied_and_listed_with_its_reason():
    correction = Correction(
        provider="harbour",
        period=ReportingPeriod.quarter(2025, 1),
        measure="closed",
        was=100,
        now=10,
        why="Typing slip.",
    )
    year = add_up([returned(count("harbour", "2025-26 Q1", "closed", 100))], period=YEAR, corrections=[correction])

    assert year.find("closed")[0].value == 10
    assert year.adjustments[0].kind is KIND.CORRECTED
    assert year.adjustments[0].what == "value of closed: 100 corrected to 10. Typing slip."
    assert "100" not in year.to_markdown(small_numbers=SmallNumbers(below=5)).partition("Adjustments")[2]


def test_corrections_that_do_not_fit_are_refused_all_at_once():
    given_return = returned(count("harbour", "2025-26 Q1", "closed", 100))
    quarter = ReportingPeriod.quarter(2025, 1)
    wrong = [
        Correction(provider="harbour", period=quarter, measure="closed", was=99, now=10, why="x"),
        Correction(provider="lantern", period=quarter, measure="closed", was=1, now=2, why="x"),
        Correction(provider="harbour", period=quarter, measure="closed", was=100, now=2, why="x", column="numerator"),
    ]

    with pytest.raises(ReturnError) as refused:
        add_up([given_return], period=YEAR, corrections=wrong)
    assert [fault.code for fault in refused.value.faults] == ["VC-RET-020"] * 3
    assert "is 100 as returned, not 99" in refused.value.faults[0].message


def test_a_correction_that_breaks_a_sum_is_refused():
    rows = [
        "harbour,2025-26 Q1,output,closed,,,10,,,,,,,,",
        "harbour,2025-26 Q1,output,closed,age,adult,10,,,,,,,,",
    ]
    correction = Correction(
        provider="harbour", period=ReportingPeriod.quarter(2025, 1), measure="closed", was=10, now=12, why="Two more."
    )

    with pytest.raises(ReturnError, match="The parts make 10 and the total says 12"):
        add_up([returned(*rows)], period=YEAR, corrections=[correction])


OWN = """
id: borsetshire
title: Borsetshire
publisher: Borsetshire
evidence: unconfirmed
cites: [{source: practice-not-read}]
measures:
  - id: people-helped
    title: People helped
    kind: number
    section: output
    direction: demand
    counted: people
    reports_as: supported
    evidence: unconfirmed
    cites: [{source: practice-not-read}]
    definitions: [{text: Everyone helped.}]
  - id: leaflets
    title: Leaflets
    kind: number
    section: activity
    direction: demand
    counted: interventions
    evidence: unconfirmed
    cites: [{source: practice-not-read}]
    definitions: [{text: Leaflets handed out.}]
"""


def test_the_return_to_the_ministry_renames_and_leaves_out_and_says_so():
    strategy = OutcomeFramework.load("victims-funding-strategy-2022")
    register = Register(
        commissioner="Borsetshire",
        providers=(Provider(id="harbour", returns=ReportingTerms(every_months=12)),),
        frameworks=(strategy, OutcomeFramework.from_yaml(OWN)),
    )
    rows = [
        count("harbour", "2025-26", "supported", 10),
        count("harbour", "2025-26", "people-helped", 5),
        "harbour,2025-26,activity,leaflets,,,900,,,,,,,,",
    ]
    ours = add_up([returned(*rows, register=register)], period=YEAR, register=register)
    theirs = ours.for_ministry(strategy)

    assert theirs.to == "Ministry of Justice"
    assert theirs.find("supported")[0].value == 15
    assert theirs.find("leaflets") == ()
    assert [done.what for done in theirs.adjustments if done.kind in (KIND.RENAMED, KIND.LEFT_OUT)] == [
        "people-helped is reported as supported.",
        "leaflets is not among the measures the ministry asks for, and is left out.",
    ]
    assert set(ours.adjustments) <= set(theirs.adjustments)


def test_json_has_every_contribution_and_adjustment_and_csv_the_sums():
    year = add_up(
        [returned(count("harbour", "2025-26 Q1", "closed", 3), count("=x", "2025-26 Q1", "closed", 4))], period=YEAR
    )
    plain = json.loads(year.to_json())

    assert plain["period"] == "2025-26"
    (closed,) = plain["sums"]
    assert closed["value"] == 7
    assert [part["value"] for part in closed["contributions"]] == [4, 3]
    assert [done["kind"] for done in plain["adjustments"]] == ["people-may-be-counted-twice"]
    assert "output,closed,,,7," in year.to_csv()


def test_a_published_summary_hides_small_parts_across_bases():
    """Three self-referrals: the total of both bases, less the police feed, would give them away."""
    rows = [
        "harbour,2025-26 Q1,output,referrals,,,103,,,,,,,mixed,",
        "harbour,2025-26 Q1,output,referrals,source,police,100,,,,,,,data-share,",
        "harbour,2025-26 Q1,output,referrals,source,self,3,,,,,,,self,",
    ]
    year = add_up([returned(*rows)], period=YEAR)
    shown = {
        (row.split(",")[3] or "total"): row.split(",")[4]
        for row in year.to_csv(small_numbers=SmallNumbers(below=5)).splitlines()[1:]
    }

    assert shown == {"total": "103", "police": "hidden", "self": "hidden"}


figures = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(1, 4), st.integers(0, 10**6)),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one[:2],
)


@given(figures, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_a_year_is_the_sum_of_its_quarters_in_any_order(drawn, random):
    returns = [returned(count(p, f"2025-26 Q{q}", "closed", v)) for p, q, v in drawn]
    shuffled = list(returns)
    random.shuffle(shuffled)
    year = add_up(returns, period=YEAR)
    quarters = [add_up(returns, period=ReportingPeriod.quarter(2025, n)).find("closed") for n in (1, 2, 3, 4)]

    assert year.find("closed")[0].value == sum(value for _, _, value in drawn)
    assert year.find("closed")[0].value == sum(found[0].value for found in quarters if found)
    assert add_up(shuffled, period=YEAR).to_json() == year.to_json()


def test_due_dates_of_a_summary_period_come_from_the_agreement():
    register = Register(providers=(Provider(id="a", returns=ReportingTerms(due_within=1, first_month=10)),))

    assert [one.due for one in register.due(ReportingPeriod(first=date(2025, 10, 1), last=date(2025, 12, 31)))] == [
        date(2026, 1, 2)
    ]


def test_key_figures_take_totals_in_the_order_asked_with_targets_and_coverage():
    year = add_up(
        [
            returned(
                count("harbour", "2025-26 Q1", "closed", 1204),
                "harbour,2025-26 Q1,outcome,coped,,,,97,120,,260,,,,",
                "lantern,2025-26 Q1,outcome,coped,,,,30,,,,,,,",
                "harbour,2025-26 Q1,spend,spending,,,,,,,,10.50,,,",
            )
        ],
        period=YEAR,
    )
    figures = key_figures(year, {"coped": "85", "closed": None, "spending": None})

    assert [(f.title, f.value, f.target, f.unit) for f in figures] == [
        ("Better able to cope at the end of support", Decimal("80.8"), Decimal(85), "%"),
        ("Better able to cope at the end of support (a bare count)", Decimal(30), None, ""),
        ("Support ended", Decimal(1204), None, ""),
        ("Spending on the service", Decimal("10.50"), None, "pounds"),
    ]
    assert figures[0].note == "asked: 46.2% of those who could have been; 1 of 2 returns have the figure"


QUARTERS = ("2025-26 Q1", "2025-26 Q3", "2025-26 Q4")


def test_a_missing_quarter_is_an_adjustment_and_does_not_stop_the_year(tmp_path):
    for n, quarter in enumerate(QUARTERS):
        path = tmp_path / f"{n}.csv"
        path.write_text(returned(count("harbour", quarter, "closed", 100 + n)).to_csv(), encoding="utf-8")
    checked = check_returns(sorted(tmp_path.glob("*.csv")))
    year = add_up(checked.accepted(), period=YEAR)

    assert [question.code for question in checked.questions] == ["VC-RET-108"]
    (closed,) = year.find("closed")
    assert (closed.value, str(closed.reported)) == (303, "3 of 4 (75.0%)")
    assert [done.what for done in year.adjustments if done.kind is AdjustmentKind.NOT_RECEIVED] == [
        "No return of harbour for 2025-26 Q2; nothing stands in for it."
    ]


def test_returns_that_should_have_come_are_counted_beside_every_part():
    """Ten returns are owed, eight came, and six of them say how many live in the north."""
    providers = [f"p{n}" for n in range(10)]
    register = Register(
        providers=tuple(Provider(id=name, returns=ReportingTerms(every_months=12)) for name in providers),
    )
    rows = [f"{name},2025-26,output,closed,,,1000,,,,,,,," for name in providers[:8]]
    rows += [f"{name},2025-26,output,closed,area,north,200,,,,,,,," for name in providers[:6]]
    rows += [f"{name},2025-26,output,closed,area,south,800,,,,,,,," for name in providers[:6]]
    year = add_up([returned(*rows, register=register)], period=YEAR, register=register)

    (total,) = year.find("closed")
    (part,) = year.find("closed", breakdown="area", item="north")
    assert (str(total.reported), str(part.reported)) == ("8 of 10 (80.0%)", "6 of 10 (60.0%)")
    assert year.whole_of(part) is total
    assert "| 1,200 of 8,000 |  | 6 of 10 returns |" in year.to_markdown()
    (plain,) = [one for one in csv.DictReader(year.to_csv().splitlines()) if one["item"] == "north"]
    assert (plain["value"], plain["whole"], plain["returns_reported"], plain["returns_expected"]) == (
        *("1200", "8000"),
        *("6", "10"),
    )
    (figure,) = key_figures(year, {"closed": None})
    assert figure.note == "8 of 10 returns have the figure"
    ministry = year.for_ministry(OutcomeFramework.load("victims-funding-strategy-2022"))
    assert all(one.reported.of == 10 for one in ministry.sums)


def test_a_provider_that_does_not_do_it_owes_no_figure():
    rows = [
        count("harbour", "2025-26 Q1", "closed", 12),
        count("lantern", "2025-26 Q1", "closed", "", why="not-applicable"),
        count("beacon", "2025-26 Q1", "closed", "", why="not-known"),
    ]
    (closed,) = add_up([returned(*rows)], period=YEAR).find("closed")

    assert str(closed.reported) == "1 of 2 (50.0%)"


def test_a_whole_that_is_hidden_is_not_printed_beside_its_parts():
    rows = [count("harbour", "2025-26 Q1", "closed", 3), "harbour,2025-26 Q1,output,closed,area,north,3,,,,,,,,"]
    year = add_up([returned(*rows)], period=YEAR)
    rule = SmallNumbers(below=5)

    assert " of 3" not in year.to_markdown(small_numbers=rule)
    assert [row["whole"] for row in csv.DictReader(year.to_csv(small_numbers=rule).splitlines())] == ["", "hidden"]


def test_a_key_figure_too_small_to_show_is_suppressed_with_its_note():
    year = add_up([returned("harbour,2025-26 Q1,outcome,coped,,,,58,60,,99,,,,")], period=YEAR)
    (figure,) = key_figures(year, {"coped": 85}, small_numbers=SmallNumbers(below=5))

    assert (figure.value, figure.suppressed, figure.note) == (None, True, None)


def test_key_figures_that_are_not_there_or_have_no_exact_target_are_refused():
    year = add_up([returned(count("harbour", "2025-26 Q1", "closed", 3))], period=YEAR)

    with pytest.raises(UnknownNameError, match="Did you mean 'closed'"):
        key_figures(year, {"close": None})
    with pytest.raises(WrongTypeError, match=r"targets\.closed: A float is not exact"):
        key_figures(year, {"closed": 8.5})
    with pytest.raises(WrongTypeError, match="targets"):
        key_figures(year, {"closed": "eight"})
