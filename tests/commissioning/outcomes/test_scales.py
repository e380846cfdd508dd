"""Scales: their arithmetic, their bands, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.outcomes import ExternalScale, Pair, Questionnaire, paired
from victims_code.errors import LawDataError, UnknownNameError, WrongValueError
from victims_code.figures import Direction
from victims_code.law import load_law

CORE = Questionnaire.load("core-10")
SWEMWBS = Questionnaire.load("swemwbs")
answers_of = {
    "core-10": st.lists(st.integers(0, 4), min_size=10, max_size=10),
    "swemwbs": st.lists(st.integers(1, 5), min_size=7, max_size=7),
}


@pytest.mark.parametrize(
    ("raw", "metric"),
    [
        (7, "7.00"),
        (8, "9.51"),
        (14, "15.32"),
        (20, "18.59"),
        (21, "19.25"),
        (22, "19.98"),
        (28, "25.03"),
        (34, "32.55"),
        (35, "35.00"),
    ],
)
def test_swemwbs_totals_are_converted(raw, metric):
    assert SWEMWBS.convert(raw) == Decimal(metric)


def test_swemwbs_conversion_rises_and_keeps_its_ends():
    metrics = [SWEMWBS.convert(raw) for raw in range(7, 36)]

    assert metrics == sorted(set(metrics))
    assert (SWEMWBS.lowest, SWEMWBS.highest) == (Decimal("7.00"), Decimal("35.00"))


def test_swemwbs_answers_are_added_and_converted():
    score = SWEMWBS.score([3, 3, 3, 3, 3, 3, 3])

    assert (score.raw, score.value, score.band) == (21, Decimal("19.25"), None)


@pytest.mark.parametrize("raw", [6, 36, 21.0, True, "21", None])
def test_a_total_that_is_none_of_swemwbs_is_refused(raw):
    with pytest.raises(WrongValueError, match="whole numbers from 7 to 35"):
        SWEMWBS.convert(raw)


def test_core_10_turns_items_two_and_three_round():
    """Answers 0 to all items but 2 and 3, and 4 to those two, is the best there is; the other way round the worst."""
    assert CORE.reverse_items == (2, 3)
    assert CORE.score([0, 4, 4, 0, 0, 0, 0, 0, 0, 0]).raw == 0
    assert CORE.score([4, 0, 0, 4, 4, 4, 4, 4, 4, 4]).raw == 40
    assert CORE.score([0] * 10).raw == 8
    assert CORE.score([0] * 10, already_reversed=True).raw == 0


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "healthy or low"),
        (10, "healthy or low"),
        (11, "mild"),
        (14, "mild"),
        (15, "moderate"),
        (19, "moderate"),
        (20, "moderate to severe"),
        (24, "moderate to severe"),
        (25, "severe"),
        (40, "severe"),
    ],
)
def test_core_10_bands_begin_at_the_published_scores(total, band):
    assert CORE.band(Decimal(total)) == band
    assert CORE.cut_off == 11


def test_a_core_10_with_items_out_of_range_is_refused_with_every_item():
    with pytest.raises(WrongValueError) as refused:
        CORE.score([0, 5, 0, -1, 0, 2.0, 0, True, 0, 0])

    assert [(fault.code, fault.location) for fault in refused.value.faults] == [
        ("VC-MEAS-001", "item 2"),
        ("VC-MEAS-001", "item 4"),
        ("VC-MEAS-001", "item 6"),
        ("VC-MEAS-001", "item 8"),
    ]


def test_too_few_answers_are_refused():
    with pytest.raises(WrongValueError, match="10 items, and 9 answers"):
        CORE.score([0] * 9)


def test_an_unanswered_item_gives_no_score_and_is_named():
    score = CORE.score([0, 0, None, 0, 0, 0, 0, None, 0, 0])

    assert (score.raw, score.value, score.band, score.unanswered) == (None, None, None, (3, 8))


def test_an_unknown_scale_names_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'core-10'"):
        Questionnaire.load("core-01")


def test_no_scale_of_the_outcomes_star_ships():
    assert Questionnaire.names() == ("core-10", "swemwbs")


def test_readings_named_by_scales_exist():
    readings = load_law().readings

    assert set(CORE.readings) | set(SWEMWBS.readings) <= set(readings)


def test_a_conversion_with_a_hole_is_refused(tmp_path, monkeypatch):
    import shutil

    from victims_code.reading import data_files

    folder = shutil.copytree(data_files.data_folder(), tmp_path / "data")
    path = folder / "commissioning" / "scales" / "swemwbs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  - {raw: 21, metric: '19.25'}\n", ""), encoding="utf-8")
    monkeypatch.setattr(data_files, "data_folder", lambda: folder)

    with pytest.raises(LawDataError, match="does not name every total once"):
        Questionnaire.load("swemwbs")


def test_an_external_scale_has_only_a_label_and_a_range():
    scale = ExternalScale(title="Licensed tool, area 3", lowest=1, highest=5, direction="higher-is-better")

    assert scale.score("4") == 4
    for wrong in (0, 6, 2.5, True, "high"):
        with pytest.raises(WrongValueError):
            scale.score(wrong)
    with pytest.raises(WrongValueError, match="lowest < highest"):
        ExternalScale(title="x", lowest=5, highest=5, direction="higher-is-better")
    with pytest.raises(WrongValueError):
        ExternalScale(title="x", lowest=1, highest=5, direction=Direction.DEMAND)


@given(answers_of["core-10"])
@settings(deadline=None)
def test_every_set_of_core_10_answers_has_a_band_and_turning_twice_is_no_turn(answers):
    score = CORE.score(answers)
    turned = [4 - answer if n in (2, 3) else answer for n, answer in enumerate(answers, start=1)]

    assert 0 <= score.raw <= 40
    assert score.band is not None
    assert CORE.score(turned, already_reversed=True) == score


@given(answers_of["swemwbs"], st.integers(0, 6))
@settings(deadline=None)
def test_a_better_answer_never_lowers_a_swemwbs_score(answers, place):
    better = [min(5, answer + (n == place)) for n, answer in enumerate(answers)]

    assert SWEMWBS.score(better).value >= SWEMWBS.score(answers).value


def test_pairs_count_only_those_with_both_scores():
    """By hand: gains 11, 0 and -3 on a scale that runs the other way; 8/3 = 2.67 on average."""
    pairs = [Pair(start=20, exit=9), Pair(start=15, exit=15), Pair(start=11, exit=14), Pair(start=18, exit=None)]
    result = paired([*pairs, Pair(start=None, exit=3)], CORE)

    assert (result.better, result.same, result.worse, result.meaningfully_better) == (1, 1, 1, 1)
    assert str(result.coverage) == "3 of 5 (60.0%)"
    assert result.improved.percentage() == Decimal("33.3")
    assert result.change.mean() == Decimal("2.67")


def test_a_change_just_below_the_meaningful_one_is_better_but_not_meaningfully():
    pairs = [Pair(start="20.00", exit="22.86"), Pair(start="20.00", exit="22.87")]

    assert (paired(pairs, SWEMWBS).better, paired(pairs, SWEMWBS).meaningfully_better) == (2, 1)


def test_scores_off_the_scale_are_all_named():
    with pytest.raises(WrongValueError) as refused:
        paired([Pair(start=41, exit=3), Pair(start=3, exit=-1), Pair(start=1.5, exit=None)], CORE)

    assert [fault.location for fault in refused.value.faults] == ["pair 1, start", "pair 2, exit", "pair 3, start"]


def test_nobody_measured_twice_has_no_mean_and_no_share():
    result = paired([Pair(start=3, exit=None)], CORE)

    assert result.change.mean() is None
    assert result.improved.percentage() is None
    assert result.improved.interval() is None
    assert result.change.interval() is None
