"""Results of measures: coverage, intervals, and which figures may be divided."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.outcomes import Count, ExternalScale, OutcomeFramework, Pair, measured, paired, share
from victims_code.errors import MissingExtraError, WrongTypeError, WrongValueError


def of(numerator, denominator, **more):
    return share(
        Count(number=numerator, counted="better", among="asked"), Count(number=denominator, counted="asked"), **more
    )


def test_the_interval_of_a_share_is_wilsons():
    """8 of 10 at 95%: 0.4902 to 0.9433, as in Wilson's formula worked by hand (z = 1.95996)."""
    interval = of(8, 10).interval()

    assert (round(interval.low, 4), round(interval.high, 4)) == (0.4902, 0.9433)
    assert (interval.level, interval.method) == (Decimal("0.95"), "Wilson")


def test_a_small_hundred_per_cent_has_a_wide_interval():
    """46 of 46: the lower end is 46 / (46 + 1.95996²) = 0.9229."""
    assert round(of(46, 46).interval().low, 4) == 0.9229


def test_the_interval_of_a_mean_is_students():
    """Gains 1, 2, 3: mean 2, standard error 1/√3, t = 4.3027 with two degrees: 2 ± 2.4841."""
    scale = ExternalScale(title="x", lowest=0, highest=10, direction="higher-is-better")
    result = paired([Pair(start=0, exit=n) for n in (1, 2, 3)], scale)
    interval = result.change.interval()

    assert (round(interval.low, 4), round(interval.high, 4)) == (-0.4841, 4.4841)


def test_a_level_that_is_none_is_refused():
    for level in ("1", "0", "95"):
        with pytest.raises(WrongValueError, match="level of confidence"):
            of(8, 10).interval(level)
    with pytest.raises(WrongTypeError, match="A float is not exact"):
        of(8, 10).interval(0.95)


def test_without_scipy_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(MissingExtraError, match=r"victims-code\[stats\]"):
        of(8, 10).interval()


@pytest.mark.parametrize(
    ("numerator", "denominator", "more", "words"),
    [
        (Count(number=5, counted="better"), Count(number=9, counted="asked"), {}, "bare count"),
        (Count(number=5, counted="better", among="asked"), Count(number=9, counted="supported"), {}, "not among"),
        (Count(number=10, counted="better", among="asked"), Count(number=9, counted="asked"), {}, "cannot be a part"),
        (
            Count(number=5, counted="better", among="asked"),
            Count(number=9, counted="asked"),
            {"eligible": 8},
            "only 8 could have been",
        ),
    ],
)
def test_what_may_not_be_divided(numerator, denominator, more, words):
    with pytest.raises(WrongValueError, match=words) as refused:
        share(numerator, denominator, **more)

    assert refused.value.faults[0].code == "VC-MEAS-003"


def test_a_share_of_nobody_is_not_nought():
    assert of(0, 0).percentage() is None
    assert of(0, 4).percentage() == 0


@pytest.mark.parametrize("number", [1.0, True, "3"])
def test_a_count_is_a_whole_number(number):
    with pytest.raises(WrongTypeError):
        Count(number=number, counted="x")


def test_a_negative_count_is_refused():
    with pytest.raises(WrongValueError):
        Count(number=-1, counted="x")


def test_a_result_belongs_to_a_measure_of_its_kind():
    framework = OutcomeFramework.load("moj-2013")
    wrong = Count(number=3, counted="people")

    with pytest.raises(WrongValueError, match="kind 'share', and this is a Count"):
        measured(framework.measure("home-secured"), wrong, on=date(2025, 1, 1))
    assert measured(framework.measure("home-secured"), of(1, 2), on=date(2025, 1, 1)).result.percentage() == 50


def test_a_measure_has_the_definition_of_the_day():
    framework = OutcomeFramework.from_yaml(
        """
id: ours
title: Ours
publisher: A commissioner
evidence: secondary
cites: [{source: our-plan}]
sources: [{id: our-plan, title: Our plan, publisher: A commissioner, kind: other, read: In full.}]
measures:
  - id: contact-in-time
    title: Contact attempted in time
    kind: share
    section: output
    direction: higher-is-better
    counted: people
    evidence: secondary
    cites: [{source: our-plan}]
    definitions:
      - {text: Within 48 hours., numerator: in 48 hours, denominator: referrals, since: 2018-01-01, until: 2019-03-31}
      - {text: Within 72 hours., numerator: in 72 hours, denominator: referrals, since: 2019-04-01}
"""
    )
    measure = framework.measure("contact-in-time")

    assert measured(measure, of(1, 2), on=date(2019, 3, 31)).definition.text == "Within 48 hours."
    assert measured(measure, of(1, 2), on=date(2019, 4, 1)).definition.text == "Within 72 hours."
    assert measure.changes_between(date(2019, 1, 1), date(2019, 12, 31)) == (date(2019, 4, 1),)
    with pytest.raises(WrongValueError, match="was not defined on Sunday 31 December 2017"):
        measured(measure, of(1, 2), on=date(2017, 12, 31))


@given(st.integers(0, 60), st.integers(1, 60))
@settings(deadline=None)
def test_a_share_lies_in_its_interval(numerator, rest):
    made = of(numerator, numerator + rest)
    interval = made.interval()

    assert interval.low - 1e-12 <= made.value <= interval.high + 1e-12
