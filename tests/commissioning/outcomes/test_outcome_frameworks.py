"""Outcome frameworks as data: what ships, how sure it is, and how a commissioner replaces it."""

from __future__ import annotations

import shutil

import pytest

from victims_code.commissioning.outcomes import MeasureKind, OutcomeFramework, framework
from victims_code.errors import LawDataError, UnknownNameError
from victims_code.figures import Direction
from victims_code.law import Evidence
from victims_code.reading import data_files

MOJ = OutcomeFramework.load("moj-2013")
STRATEGY = OutcomeFramework.load("victims-funding-strategy-2022")
CODE = OutcomeFramework.load("moj-code-return")

OWN = """
id: borsetshire
title: Outcomes for Borsetshire
publisher: Borsetshire
based_on: moj-2013
evidence: secondary
cites: [{source: plan}]
sources: [{id: plan, title: Our plan, publisher: Borsetshire, kind: other, read: In full.}]
measures:
  - id: home-secured
    title: Homes made safe
    kind: share
    section: outcome
    direction: higher-is-better
    counted: people
    outcomes: [cope]
    categories: [shelter-and-accommodation]
    evidence: secondary
    cites: [{source: plan}]
    definitions:
      - {text: As our plan says., numerator: have locks changed, denominator: people who asked for it}
"""


def faults_of(text):
    with pytest.raises(LawDataError) as refused:
        OutcomeFramework.from_yaml(text, source="own.yaml")
    return refused.value.faults


def test_four_frameworks_ship_and_each_says_that_the_list_is_not_the_ministrys_own():
    assert OutcomeFramework.names() == (
        "commissioning-guidance-2024",
        "moj-2013",
        "moj-code-return",
        "victims-funding-strategy-2022",
    )
    for name in OutcomeFramework.names():
        shipped = OutcomeFramework.load(name)
        assert shipped.publisher == "Ministry of Justice"
        assert shipped.caution.startswith("This list of measures is not the Ministry of Justice's own")


def test_the_guidance_of_2024_has_what_the_strategy_has_and_nothing_is_called_confirmed():
    guidance = OutcomeFramework.load("commissioning-guidance-2024")

    assert guidance.outcomes == STRATEGY.outcomes
    assert guidance.measures == STRATEGY.measures
    assert guidance.evidence is Evidence.UNCONFIRMED


def test_a_framework_that_rests_on_the_ministrys_says_so_too_unless_it_says_otherwise():
    assert OutcomeFramework.from_yaml(OWN).caution == MOJ.caution
    assert OutcomeFramework.from_yaml(OWN + "caution: Our own list.\n").caution == "Our own list."


def test_the_framework_of_2013_has_two_outcomes_and_eight_categories():
    assert [outcome.id for outcome in MOJ.outcomes] == ["cope", "recover"]
    assert [category.id for category in MOJ.categories] == [
        "mental-and-physical-health",
        "shelter-and-accommodation",
        "family-friends-and-children",
        "education-skills-and-employment",
        "drugs-and-alcohol",
        "finance-and-benefits",
        "outlook-and-attitudes",
        "social-interactions",
    ]


def test_three_categories_are_confirmed_and_five_are_not():
    confirmed = {category.id for category in MOJ.categories if category.evidence is Evidence.SECONDARY}

    assert confirmed == {"mental-and-physical-health", "shelter-and-accommodation", "drugs-and-alcohol"}


def test_every_indicator_of_2013_is_unconfirmed_and_every_category_has_one():
    assert {measure.evidence for measure in MOJ.measures} == {Evidence.UNCONFIRMED}
    assert {name for measure in MOJ.measures for name in measure.categories} == {c.id for c in MOJ.categories}


def test_the_strategy_has_four_outcomes_from_a_secondary_source_and_candidate_metrics():
    assert [(outcome.id, outcome.evidence) for outcome in STRATEGY.outcomes] == [
        ("coped-and-built-resilience", Evidence.SECONDARY),
        ("better-informed", Evidence.SECONDARY),
        ("support-received", Evidence.SECONDARY),
        ("engaged-with-criminal-justice", Evidence.SECONDARY),
    ]
    assert {measure.evidence for measure in STRATEGY.measures} == {Evidence.UNCONFIRMED}


def test_the_code_return_has_five_items():
    assert [measure.id for measure in CODE.measures] == [
        "written-acknowledgement",
        "referred-to-support",
        "updates-in-time",
        "vps-offered",
        "told-of-release",
    ]
    assert {measure.evidence for measure in CODE.measures} == {Evidence.SECONDARY}
    assert {d.evidence for measure in CODE.measures for d in measure.definitions} == {Evidence.UNCONFIRMED}


@pytest.mark.parametrize("name", ["referrals", "supported", "carried-over", "reported-before-support"])
def test_a_measure_of_demand_is_not_rated(name):
    assert STRATEGY.measure(name).direction is Direction.DEMAND
    assert not STRATEGY.measure(name).is_rated


def test_less_waiting_is_better():
    assert STRATEGY.measure("waiting").direction is Direction.LOWER_IS_BETTER
    assert STRATEGY.measure("waiting").is_rated


def test_every_kind_of_measure_is_in_use():
    kinds = {measure.kind for work in (MOJ, STRATEGY, CODE) for measure in work.measures}

    assert kinds == set(MeasureKind)


def test_an_unknown_framework_names_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'moj-2013'"):
        OutcomeFramework.load("moj-2012")


@pytest.mark.parametrize(
    ("get", "wrong", "near"),
    [("measure", "homes-secured", "home-secured"), ("category", "drugs-alcohol", "drugs-and-alcohol")],
)
def test_an_unknown_part_names_the_nearest(get, wrong, near):
    with pytest.raises(UnknownNameError, match=near):
        getattr(MOJ, get)(wrong)


def test_an_own_framework_replaces_a_measure_and_keeps_the_rest():
    own = OutcomeFramework.from_yaml(OWN)

    assert own.measure("home-secured").title == "Homes made safe"
    assert own.measure("home-secured").evidence is Evidence.SECONDARY
    assert len(own.measures) == len(MOJ.measures)
    assert own.categories == MOJ.categories
    assert "home-secured" in MOJ.unconfirmed
    assert "home-secured" not in own.unconfirmed


def test_an_unconfirmed_indicator_is_replaced_by_a_change_of_data_alone(tmp_path, monkeypatch):
    folder = shutil.copytree(data_files.data_folder(), tmp_path / "data")
    path = folder / "commissioning" / "frameworks" / "moj-2013.yaml"
    text = path.read_text(encoding="utf-8")
    old = "  - id: back-to-work-or-study\n    title: Back at work or study\n"
    assert old in text
    path.write_text(text.replace(old, old.replace("Back at", "Returned to")), encoding="utf-8")
    for module in (data_files, framework):
        monkeypatch.setattr(module, "data_folder", lambda: folder)

    assert OutcomeFramework.load("moj-2013").measure("back-to-work-or-study").title == "Returned to work or study"


def test_an_own_framework_is_read_from_a_file(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")

    assert OutcomeFramework.from_file(path).id == "borsetshire"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        ("section: outcome", "section: outcom", "VC-FILE-005", "line 13, measures[0].section", "outcome"),
        ("direction: higher-is-better", "direction: up", "VC-FILE-005", "measures[0].direction", "higher-is-better"),
        ("    evidence: secondary", "    evidence: hypothetical", "VC-FILE-005", "measures[0].evidence", "unconfirmed"),
        ("kind: share", "kinds: share", "VC-FILE-003", "measures[0].kinds", "Did you mean 'kind'"),
        ("outcomes: [cope]", "outcomes: [copes]", "VC-DATA-001", "measures[0].outcomes[0]", "Did you mean 'cope'"),
        (
            "categories: [shelter-and-accommodation]",
            "categories: [shelter]",
            "VC-DATA-001",
            "measures[0].categories[0]",
            "shelter-and-accommodation",
        ),
        ("counted: people", "counted: persons", "VC-DATA-001", "measures[0].counted", "people"),
        ("based_on: moj-2013", "based_on: moj-2003", "VC-DATA-001", "based_on", "Did you mean 'moj-2013'"),
        (
            "    cites: [{source: plan}]\n    definitions",
            "    cites: [{source: plam}]\n    definitions",
            "VC-DATA-001",
            "measures[0].cites[0].source",
            "Did you mean 'plan'",
        ),
        ("    cites: [{source: plan}]\n    d", "    cites: []\n    d", "VC-DATA-003", "measures[0].cites", "Name"),
        (", denominator: people who asked for it", "", "VC-FILE-004", "definitions[0]", "a denominator, and this"),
        ("kind: share", "kind: number", "VC-FILE-003", "definitions[0]", "'number' has no numerator"),
        ("    counted:", "    role: referral\n    counted:", "VC-FILE-005", "measures[0].role", "is a number"),
        ("    counted:", "    scale: core10\n    counted:", "VC-DATA-001", "measures[0].scale", "core-10"),
    ],
)
def test_a_fault_of_an_own_framework_names_its_place(old, new, code, place, words):
    assert old in OWN
    found = [fault for fault in faults_of(OWN.replace(old, new)) if fault.code == code]

    assert any(place in fault.location and words in f"{fault.message} {fault.hint}" for fault in found), found


def test_definitions_follow_one_another():
    second = "      - {text: Later., numerator: n, denominator: d, since: 2025-05-01}\n"
    first = OWN.replace("who asked for it}", "who asked for it, until: 2025-03-31}")

    assert [fault.code for fault in faults_of(first + second)] == ["VC-DATA-004"]
    assert [fault.code for fault in faults_of(OWN + second)] == ["VC-DATA-004"]
    whole = OutcomeFramework.from_yaml(first + second.replace("2025-05-01", "2025-04-01"))
    assert len(whole.measure("home-secured").definitions) == 2


def test_a_measure_that_stands_twice_is_a_fault():
    assert "VC-DATA-002" in [fault.code for fault in faults_of(OWN + OWN.partition("measures:\n")[2])]


def test_an_own_framework_adds_its_ties_and_a_misspelt_measure_in_one_is_refused():
    tie = "{total: {measure: referrals}, parts: [{measure: %s}], rest: Others, "
    tie += "cites: [{source: plan}], evidence: secondary}"
    own = OWN.replace("moj-2013", STRATEGY.id).replace("[cope]", "[]").replace("[shelter-and-accommodation]", "[]")
    text = own.replace("measures:", f"ties: [{tie}]\nmeasures:")
    ties = OutcomeFramework.from_yaml(text % "offered-support").ties

    assert ties[:-1] == STRATEGY.ties
    assert ([part.measure for part in ties[-1].parts], ties[-1].rest) == (["offered-support"], "Others")
    (fault,) = faults_of(text % "offered-suport")
    assert "Did you mean 'offered-support'" in fault.hint
