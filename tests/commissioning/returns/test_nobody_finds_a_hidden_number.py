"""Someone who knows which provider reports which figures cannot work out a number that a published page hides.

The attacker here has the page as CSV, and knows of every provider which measures and breakdowns it reports, and that
parts make their total. What follows is found exactly: by elimination in fractions, and by the ends of every number
that fits (linear programming).
"""

from __future__ import annotations

import csv
from fractions import Fraction
from random import Random

import pytest
from scipy.optimize import linprog

from victims_code.commissioning.returns import Return, add_up
from victims_code.figures import ReportingPeriod, SmallNumbers

QUARTER = ReportingPeriod.quarter(2025, 1)
RULE = SmallNumbers(below=5)
BREAKDOWNS = {"area": ("north", "south"), "group": ("white", "asian", "black"), "age": ("child", "adult")}
WORTH_MORE = 60


def page_of(reports):
    """What providers report, each part and total by its path, and the page the library publishes of it."""
    header = "provider,period,section,measure,breakdown,item,value,why_missing\n"
    rows = [
        f"{provider},2025-26 Q1,output,{measure},{breakdown},{item},{value}," + ("" if value != "" else "not-known")
        for (provider, measure), lines in reports.items()
        for (breakdown, item), value in lines.items()
    ]
    summary = add_up([Return.from_csv(header + "\n".join(rows) + "\n")], period=QUARTER)
    shown = csv.DictReader(summary.to_csv(small_numbers=RULE).splitlines())
    return {(row["measure"], row["breakdown"], row["item"]): row["value"] for row in shown}


def what_is_known(reports, page):
    """The unknowns an attacker names, and the equations between them: one column each, and the constant last."""
    unknown = sorted({(*who, *path) for who, lines in reports.items() for path, value in lines.items() if value != ""})
    place = {name: n for n, name in enumerate(unknown)}
    equations = []
    for (provider, measure), lines in reports.items():
        for breakdown in {path[0] for path in lines if path[0]}:
            parts = [path for path in lines if path[0] == breakdown]
            if all(lines[path] != "" for path in [("", ""), *parts]):
                row = [Fraction(0)] * (len(unknown) + 1)
                row[place[provider, measure, "", ""]] = Fraction(1)
                for path in parts:
                    row[place[provider, measure, *path]] = Fraction(-1)
                equations.append(row)
    sums = {}
    for (measure, breakdown, item), value in page.items():
        row = [Fraction(0)] * (len(unknown) + 1)
        for name in unknown:
            if name[1:] == (measure, breakdown, item):
                row[place[name]] = Fraction(1)
        if value == "hidden":
            sums[measure, breakdown, item] = row[:-1]
        elif any(row):
            row[-1] = Fraction(value)
            equations.append(row)
    return unknown, equations, sums


def reduced(equations):
    """The equations in echelon form, exactly."""
    rows, done = [list(row) for row in equations], []
    for column in range(len(rows[0]) - 1 if rows else 0):
        found = next((row for row in rows if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        found = [figure / found[column] for figure in found]
        rows = [[a - row[column] * b for a, b in zip(row, found, strict=True)] for row in rows]
        done = [[a - row[column] * b for a, b in zip(row, found, strict=True)] for row in done]
        done.append(found)
    return done


def follows(sum_, done):
    """The value of a sum that the equations settle, or None."""
    left, value = list(sum_), Fraction(0)
    for row in done:
        lead = next(n for n, figure in enumerate(row) if figure)
        if factor := left[lead]:
            left = [a - factor * b for a, b in zip(left, row[:-1], strict=True)]
            value += factor * row[-1]
    return None if any(left) else value


def ends(sum_, unknown, equations, sums):
    """The least and the most a hidden sum can be; every hidden sum is at least 1, and every part at least 0."""
    table = [[float(figure) for figure in row[:-1]] for row in equations] or None
    right = [float(row[-1]) for row in equations] or None
    least = [[-float(figure) for figure in row] for row in sums.values()]
    found = []
    for sign in (1, -1):
        goal = [sign * float(figure) for figure in sum_]
        answer = linprog(goal, A_ub=least, b_ub=[-1.0] * len(least), A_eq=table, b_eq=right, bounds=(0, 10_000))
        assert answer.status == 0, answer.message
        found.append(sign * answer.fun)
    return found


def attack(reports):
    """Every hidden number that is found out, or known to be small, with the page it was found on."""
    page = page_of(reports)
    unknown, equations, sums = what_is_known(reports, page)
    done = reduced(equations)
    for name, sum_ in sums.items():
        true = sum(
            lines[name[1:]] for (_, measure), lines in reports.items() if measure == name[0] and lines.get(name[1:])
        )
        assert follows(sum_, done) is None, (name, true, page)
        low, high = ends(sum_, unknown, equations, sums)
        assert low + 1e-6 < high, (name, true, low, high, page)
        if RULE.must_hide(true):
            assert high >= RULE.below - 1e-6, (name, true, low, high, page)
    for who, lines in reports.items():
        for path, value in lines.items():
            if value != "" and RULE.must_hide(value):
                alone = [Fraction(name == (*who, *path)) for name in unknown]
                assert follows(alone, done) is None, (who, path, value, page)


def random_reports(random):
    """Providers that report one or two measures by some of the breakdowns, or only their total; some parts missing."""
    reports = {}
    for n in range(random.randint(1, 4)):
        for measure in random.sample(["closed", "supported"], random.randint(1, 2)):
            breakdowns = random.sample(sorted(BREAKDOWNS), random.randint(0, 2))
            total = random.choice([0, 1, 2, 3, 4, 7, 12, WORTH_MORE, 150])
            lines = {("", ""): total}
            for breakdown in breakdowns:
                left = total
                items = BREAKDOWNS[breakdown]
                for item in items[:-1]:
                    lines[breakdown, item] = random.choice([0, left, min(left, random.randint(0, 5)), left // 2])
                    left -= lines[breakdown, item]
                lines[breakdown, items[-1]] = left
                if random.random() < 0.1:
                    lines[breakdown, random.choice(items)] = ""
            reports[f"p{n}", measure] = lines
    return reports


NORTH_AND_SOUTH = {("", ""): 100, ("area", "north"): 60, ("area", "south"): 40}
BY_GROUP = {("", ""): 50, ("group", "white"): 38, ("group", "asian"): 10, ("group", "black"): 2}


def test_a_small_number_does_not_follow_from_the_subtotals_of_providers():
    """150 in all, of which one provider has 60 and 40: the other has 50, and 50 less 38 and 10 are 2."""
    reports = {("a", "closed"): NORTH_AND_SOUTH, ("b", "closed"): BY_GROUP}
    page = page_of(reports)

    assert page["closed", "group", "black"] == "hidden"
    assert list(page.values()).count("hidden") == 2
    assert page["closed", "", ""] == "150"
    attack(reports)


def test_the_total_of_a_provider_that_is_small_does_not_follow():
    """Only one provider reports by area, so its total is known, and so is that of the other: 2."""
    reports = {("a", "closed"): NORTH_AND_SOUTH, ("b", "closed"): {("", ""): 2}}

    assert "hidden" in page_of(reports).values()
    attack(reports)


def test_the_attack_finds_a_number_that_is_hidden_alone():
    reports = {("a", "closed"): NORTH_AND_SOUTH, ("b", "closed"): BY_GROUP}
    page = dict.fromkeys(page_of(reports), "") | {
        ("closed", "", ""): "150",
        ("closed", "area", "north"): "60",
        ("closed", "area", "south"): "40",
        ("closed", "group", "white"): "38",
        ("closed", "group", "asian"): "10",
        ("closed", "group", "black"): "hidden",
    }
    unknown, equations, sums = what_is_known(reports, page)

    assert follows(sums["closed", "group", "black"], reduced(equations)) == 2
    low, high = ends(sums["closed", "group", "black"], unknown, equations, sums)
    assert (round(low), round(high)) == (2, 2)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_hidden_is_found_by_someone_who_knows_who_reports_what(seed):
    attack(random_reports(Random(seed)))


@pytest.mark.long
def test_nothing_hidden_is_found_in_two_thousand_random_sets():
    for seed in range(1000, 3000):
        attack(random_reports(Random(seed)))
