"""Money: exact to the penny, for its days and its purpose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.money import (
    Award,
    FundingStream,
    PooledBudget,
    RingFence,
    Spending,
    allocate,
    check_passed_on,
    funding_streams,
    position_of,
    unit_cost,
)
from victims_code.errors import CommissioningError, UnknownNameError, WrongTypeError, WrongValueError
from victims_code.law import Evidence
from victims_code.money import pounds

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
weights = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 10**7), min_size=1, max_size=45)
amounts = st.decimals(0, 10**9, places=2)


def award(**more):
    given = {"reference": "H/1", "kind": "grant", "funder": "PCC", "recipient": "harbour", "amount": "85,000"}
    return Award(**{**given, "first": FIRST, "last": LAST, **more})


def codes(position):
    return [fault.code for fault in position.findings]


@pytest.mark.parametrize(
    ("value", "amount"),
    [("1,234.56", "1234.56"), ("£1,234", "1234.00"), ("-£3.10", "-3.10"), (7, "7.00"), (Decimal("0.1"), "0.10")],
)
def test_amounts_are_read_exactly(value, amount):
    assert pounds(value) == Decimal(amount)
    assert str(pounds(value)) == amount


@pytest.mark.parametrize(
    "value",
    ["£31,78", "1,2345", "12.345", "1e3", "about 5", "", "٣", "££3", Decimal("NaN"), True, "9" * 40, Decimal("1e30")],
)
def test_what_is_not_an_amount_is_refused(value):
    with pytest.raises(WrongValueError) as refused:
        pounds(value)
    assert refused.value.faults[0].code == "VC-MON-001"


@pytest.mark.parametrize(
    "call",
    [
        lambda: pounds(0.1),
        lambda: allocate(100.0, {"a": 1}),
        lambda: allocate(100, {"a": 0.5, "b": 0.5}),
        lambda: award(amount=85000.0),
        lambda: Spending(on=FIRST, amount=1.5),
        lambda: RingFence(purpose="x", amount=1.5),
        lambda: unit_cost(1.5, 3, counted="x"),
        lambda: unit_cost(15, 3.0, counted="x"),
        lambda: PooledBudget(total=1.0, shares={"a": 1}),
        lambda: PooledBudget.by_percentage(1, {"a": 33.3, "b": 66.7}),
    ],
)
def test_floats_are_refused_everywhere(call):
    with pytest.raises(WrongTypeError):
        call()


def test_pennies_left_over_go_to_the_largest_remainders():
    """100.00 by 3:3:1 is 42.857…, 42.857…, 14.285…; the two pennies left go to the first two."""
    assert allocate("100.00", {"a": 3, "b": 3, "c": 1}) == {
        "a": Decimal("42.86"),
        "b": Decimal("42.86"),
        "c": Decimal("14.28"),
    }


def test_equals_are_served_in_alphabetical_order_whatever_the_order_given():
    assert allocate("0.01", {"west": 1, "east": 1}) == {"west": Decimal("0.00"), "east": Decimal("0.01")}


@given(amounts, weights)
@settings(deadline=None)
def test_an_allocation_adds_up_and_no_share_is_a_penny_off(total, given_weights):
    if not sum(given_weights.values()):
        with pytest.raises(WrongValueError, match="no weight"):
            allocate(total, given_weights)
        return
    shares = allocate(total, given_weights)
    whole = sum(given_weights.values())

    assert sum(shares.values()) == total
    for name, share in shares.items():
        assert abs(Fraction(share) - Fraction(total) * given_weights[name] / whole) < Fraction(1, 100)
        assert given_weights[name] or not share


@given(amounts, weights)
@settings(deadline=None)
def test_the_order_of_areas_does_not_matter(total, given_weights):
    if sum(given_weights.values()):
        backwards = dict(reversed(given_weights.items()))
        assert allocate(total, given_weights) == allocate(total, backwards)


@pytest.mark.parametrize("bad", [{"a": -1}, {"a": "x"}, {}, {"a": 0}])
def test_what_cannot_be_shared_by_is_refused(bad):
    with pytest.raises(WrongValueError):
        allocate(10, bad)


def test_pooled_shares_sum_to_the_whole_or_are_refused_with_the_difference():
    with pytest.raises(WrongValueError, match=r"The parts make £99.99 and the whole is £100.00") as refused:
        PooledBudget(total=100, shares={"PCC": "50", "ICB": "49.99"})
    assert refused.value.faults[0].hint == "They are £0.01 too little."
    with pytest.raises(WrongValueError, match=r"make 99.9%, not 100%"):
        PooledBudget.by_percentage(100, {"PCC": "33.3", "ICB": "33.3", "council": "33.3"})
    with pytest.raises(WrongValueError, match="takes out"):
        PooledBudget(total=100, shares={"PCC": 110, "ICB": -10})


@given(amounts, st.integers(0, 100))
@settings(deadline=None)
def test_a_budget_by_percentage_is_whole(total, part):
    budget = PooledBudget.by_percentage(total, {"PCC": part, "ICB": 100 - part})

    assert sum(budget.shares.values()) == total


def test_the_position_of_an_award_with_a_ring_fence():
    given_award = award(ring_fences=[RingFence(purpose="ISVA", amount="40,000")])
    position = position_of(
        given_award,
        [
            Spending(on=FIRST, amount="30,000.50", purpose="ISVA"),
            Spending(on=LAST, amount="20,000"),
            Spending(on=LAST, amount="-1,000", note="paid back"),
        ],
    )

    assert position.spent == Decimal("49000.50")
    assert position.left == Decimal("35999.50")
    assert position.left_for("ISVA") == Decimal("9999.50")
    assert position.left_for(None) == Decimal("26000.00")
    assert position.findings == ()


def test_money_is_for_its_days_both_ends_included():
    inside = [Spending(on=FIRST, amount=1), Spending(on=LAST, amount=1)]
    outside = [Spending(on=date(2025, 3, 31), amount=1), Spending(on=date(2026, 4, 1), amount=1)]

    assert codes(position_of(award(), inside)) == []
    position = position_of(award(), outside)
    assert codes(position) == ["VC-MON-101", "VC-MON-101"]
    assert position.faults == ()


def test_an_overspent_award_is_a_fault():
    position = position_of(award(), [Spending(on=FIRST, amount="85,000.01")])

    assert codes(position) == ["VC-MON-003"]
    assert "Find £0.01 elsewhere" in position.faults[0].hint


def test_ring_fenced_money_is_not_for_anything_else():
    given_award = award(ring_fences=[RingFence(purpose="ISVA", amount="40,000")])

    position = position_of(given_award, [Spending(on=FIRST, amount="50,000")])
    assert codes(position) == ["VC-MON-003"]
    assert position.faults[0].message == "£50,000.00 was spent on other purposes, for which £45,000.00 is free."


def test_what_a_ring_fence_holds_pays_for_nothing_else():
    """Of 100 are 40 fenced, and 110 were spent on other things: the 40 are still there, so 50 are to be found."""
    given_award = award(amount=100, ring_fences=[RingFence(purpose="ISVA", amount=40)])

    position = position_of(given_award, [Spending(on=FIRST, amount=110)])
    assert position.short == 50
    assert "£110.00 was spent on other purposes, for which £60.00 is free." in str(position.faults[0])
    assert "Find £50.00 elsewhere" in position.faults[0].hint


@pytest.mark.parametrize(
    ("fenced", "other", "short"), [(50, 50, 0), (50, 60, 10), (0, 60, 0), (0, 61, 1), (120, 0, 20)]
)
def test_the_rest_of_an_award_pays_for_a_ring_fence_and_not_the_other_way(fenced, other, short):
    given_award = award(amount=100, ring_fences=[RingFence(purpose="ISVA", amount=40)])
    spending = [Spending(on=FIRST, amount=fenced, purpose="isva"), Spending(on=FIRST, amount=other)]

    position = position_of(given_award, spending)
    assert position.short == short
    assert bool(position.faults) is (short > 0)


def test_a_purpose_is_known_whatever_its_capitals_and_another_is_refused():
    given_award = award(ring_fences=[RingFence(purpose="Restorative Justice", amount=40)], purposes=["front door"])
    spent = Spending(on=FIRST, amount=10, purpose="restorative justice")

    position = position_of(given_award, [spent, Spending(on=FIRST, amount=5, purpose="Front Door")])
    assert (position.left_for("RESTORATIVE JUSTICE"), position.spent_on("front door")) == (30, 5)
    for name in ("Restorative Justise", "wages"):
        with pytest.raises(UnknownNameError, match="knows no purpose"):
            position_of(given_award, [Spending(on=FIRST, amount=10, purpose=name)])
        with pytest.raises(UnknownNameError, match="knows no purpose"):
            position.left_for(name)
    with pytest.raises(CommissioningError, match="ring-fenced twice"):
        award(ring_fences=[RingFence(purpose=name, amount=1) for name in ("ISVA", "isva")])


def test_a_stream_that_does_not_exist_is_refused():
    with pytest.raises(CommissioningError, match="Did you mean 'moj-core'"):
        award(streams=["moj-coer"])


def test_a_ring_fence_unspent_is_named_only_after_the_end():
    given_award = award(ring_fences=[RingFence(purpose="ISVA", amount="40,000")])
    spending = [Spending(on=FIRST, amount="39,000", purpose="ISVA")]

    assert codes(position_of(given_award, spending, as_at=LAST)) == []
    assert codes(position_of(given_award, spending, as_at=date(2026, 4, 1))) == ["VC-MON-102"]


def test_every_fault_of_an_award_at_once():
    with pytest.raises(CommissioningError) as refused:
        award(
            last=date(2025, 3, 1),
            ring_fences=[RingFence(purpose="ISVA", amount="80,000"), RingFence(purpose="ISVA", amount="6,000")],
        )

    assert [fault.code for fault in refused.value.faults] == ["VC-MON-003", "VC-DATE-003", "VC-DATA-002"]


def test_there_is_no_unit_cost_of_nothing():
    with pytest.raises(WrongValueError, match="no cost of one"):
        unit_cost(100, 0, counted="visits")


def test_half_a_penny_is_rounded_up():
    assert unit_cost("0.05", 2, counted="x").amount == Decimal("0.03")
    assert unit_cost("1.00", 8, counted="x").amount == Decimal("0.13")


def test_two_streams_became_one_in_april_2025():
    before = {stream.id for stream in funding_streams(date(2025, 3, 31))}
    after = {stream.id for stream in funding_streams(date(2025, 4, 1))}

    assert before - after == {"moj-domestic-abuse-and-sexual-violence", "moj-isva-idva"}
    assert after - before == {"moj-domestic-abuse-and-sexual-violence-merged"}
    assert FundingStream.load("moj-core").carried_over is False
    assert FundingStream.load("vawg-transformation-fund").carried_over is None


def test_streams_cite_what_was_read_and_merge_into_one_that_exists():
    ids = {stream.id for stream in funding_streams()}

    assert {stream.merged_into for stream in funding_streams()} - {None} <= ids
    assert {stream.evidence for stream in funding_streams()} == {Evidence.SECONDARY}
    with pytest.raises(UnknownNameError, match="moj-core"):
        FundingStream.load("moj-cor")


def test_what_was_spent_and_passed_on_together_is_held_against_what_there_is():
    """Neither the 39 nor the 20 is more than the 40 that are ring-fenced, and together they are."""
    days = {"kind": "grant", "first": date(2026, 4, 1), "last": date(2027, 3, 31)}
    day = date(2026, 6, 30)
    spending = [Spending(on=day, amount="39,000", purpose="ISVA"), Spending(on=day, amount="60,000")]
    fence = [RingFence(purpose="ISVA", amount="40,000")]
    given = {"funder": "PCC", "recipient": "Oast", "amount": "100,000", "ring_fences": fence, "spending": spending}
    ours = Award(reference="O", **given, **days)
    fenced = [RingFence(purpose="ISVA", amount="20,000")]
    given = {"funder": "Oast", "recipient": "Thanet", "amount": "20,000", "ring_fences": fenced, "within": "O"}
    theirs = Award(reference="T", **given, **days)

    said = [str(fault) for fault in check_passed_on([ours, theirs], as_at=date(2026, 12, 1))]

    assert [one.partition(" Correct")[0] for one in said] == [
        "O: £99,000.00 was spent and £20,000.00 passed on, and the award is £100,000.00.",
        "O: ISVA: £39,000.00 was spent and £20,000.00 passed on, and £40,000.00 is ring-fenced for ISVA.",
    ]
    assert position_of(ours, passed_on=Decimal(20000)).left == Decimal("-19000.00")
