"""Someone who knows which provider reports which figures cannot work out a number that is hidden.

The attacker here has the page of sums and the table by provider and quarter, both as CSV, and knows of every provider
which measures and breakdowns it reports in which quarter, and that parts make their total. What follows is found
exactly: by elimination in fractions, and by the ends of every number that fits (linear programming).
"""

from __future__ import annotations

import csv
from fractions import Fraction
from random import Random

import pytest
from scipy.optimize import linprog

from victims_code.commissioning.returns import PerformanceTable, Return, add_up
from victims_code.figures import ReportingPeriod, SmallNumbers

YEAR = ReportingPeriod.year(2025)
QUARTERS = ("2025-26 Q1", "2025-26 Q2")
RULE = SmallNumbers(below=5)
BREAKDOWNS = {"area": ("north", "south"), "group": ("white", "asian", "black"), "age": ("child", "adult")}
WORTH_MORE = 60
WHOLE = ("", "2025-26", "", "")


def published(reports):
    """The page and the table the library publishes: figures by measure, provider, column and part.

    Of the page no provider is named and the column is the year, so that the total of all is there twice.
    """
    header = "provider,period,section,measure,breakdown,item,value,why_missing\n"
    rows = [
        f"{provider},{quarter},output,{measure},{breakdown},{item},{value}," + ("" if value != "" else "not-known")
        for (provider, quarter, measure), lines in reports.items()
        for (breakdown, item), value in lines.items()
    ]
    summary = add_up([Return.from_csv(header + "\n".join(rows) + "\n")], period=YEAR)
    found = {}
    for row in csv.DictReader(summary.to_csv(small_numbers=RULE).splitlines()):
        found[row["measure"], "", YEAR.label, row["breakdown"], row["item"]] = row["value"]
    said, *table = PerformanceTable.of(summary, small_numbers=RULE).to_csv().splitlines()
    assert "is not the Ministry of Justice's own" in said
    for row in csv.DictReader(table):
        name = (row["measure"], row["provider"], row["column"], "", "")
        assert name not in found or found[name] == row["figure"]
        found[name] = row["figure"]
    return {name: value for name, value in found.items() if value}


def is_in(unknown, name):
    """Whether what a provider reports is counted in a figure that is published."""
    provider, quarter, measure, *path = unknown
    of, whose, column, *part = name
    return measure == of and path == part and whose in ("", provider) and column in (YEAR.label, quarter)


def what_is_known(reports, page):
    """The unknowns an attacker names, and the equations between them: one column each, and the constant last."""
    unknown = sorted({(*who, *path) for who, lines in reports.items() for path, value in lines.items() if value != ""})
    place = {name: n for n, name in enumerate(unknown)}
    equations = []
    for who, lines in reports.items():
        for breakdown in {path[0] for path in lines if path[0]}:
            parts = [path for path in lines if path[0] == breakdown]
            if all(lines[path] != "" for path in [("", ""), *parts]):
                row = [Fraction(0)] * (len(unknown) + 1)
                row[place[*who, "", ""]] = Fraction(1)
                for path in parts:
                    row[place[*who, *path]] = Fraction(-1)
                equations.append(row)
    sums = {}
    for name, value in page.items():
        row = [Fraction(is_in(one, name)) for one in unknown]
        if value == "hidden":
            sums[name] = row
        elif any(row):
            equations.append([*row, Fraction(value)])
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
    """Every hidden number that is found out, or known to be small, with what it was found on."""
    page = published(reports)
    unknown, equations, sums = what_is_known(reports, page)
    done = reduced(equations)
    known = {(*who, *path): value for who, lines in reports.items() for path, value in lines.items() if value != ""}
    for name, sum_ in sums.items():
        true = sum(value for one, value in known.items() if is_in(one, name))
        assert follows(sum_, done) is None, (name, true, page)
        low, high = ends(sum_, unknown, equations, sums)
        assert low + 1e-6 < high, (name, true, low, high, page)
        if RULE.must_hide(true):
            assert high >= RULE.below - 1e-6, (name, true, low, high, page)
    for one, value in known.items():
        if RULE.must_hide(value):
            alone = [Fraction(name == one) for name in unknown]
            assert follows(alone, done) is None, (one, value, page)


def random_reports(random):
    """Providers that report in one or two quarters one or two measures by some breakdowns; some parts missing."""
    reports = {}
    for n in range(random.randint(1, 3)):
        for measure in random.sample(["closed", "supported"], random.randint(1, 2)):
            breakdowns = random.sample(sorted(BREAKDOWNS), random.randint(0, 2))
            for quarter in QUARTERS[: random.randint(1, 2)]:
                reports[f"p{n}", quarter, measure] = random_lines(random, breakdowns)
    return reports


def random_lines(random, breakdowns):
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
    return lines


NORTH_AND_SOUTH = {("", ""): 100, ("area", "north"): 60, ("area", "south"): 40}
BY_GROUP = {("", ""): 50, ("group", "white"): 38, ("group", "asian"): 10, ("group", "black"): 2}
Q1, Q2 = QUARTERS


def test_a_small_number_does_not_follow_from_the_subtotals_of_providers():
    """150 in all, of which one provider has 60 and 40: the other has 50, and 50 less 38 and 10 are 2."""
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): BY_GROUP}
    page = published(reports)

    assert page["closed", "", YEAR.label, "group", "black"] == "hidden"
    assert list(page.values()).count("hidden") == 2
    assert page["closed", *WHOLE] == "150"
    assert page["closed", "b", Q1, "", ""] == "50"
    attack(reports)


def test_the_total_of_a_provider_that_is_small_does_not_follow():
    """Only one provider reports by area, so its total is known, and so is that of the other: 2."""
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): {("", ""): 2}}

    assert published(reports)["closed", "b", Q1, "", ""] == "hidden"
    attack(reports)


def test_a_small_quarter_does_not_follow_from_the_year_and_the_other_quarter():
    """3 and 60 are 63: with the small quarter hidden, either the other quarter or the year must go as well."""
    reports = {("a", Q1, "closed"): {("", ""): 3}, ("a", Q2, "closed"): {("", ""): 60}}
    page = published(reports)

    assert page["closed", "a", Q1, "", ""] == "hidden"
    assert "hidden" in (page["closed", "a", Q2, "", ""], page["closed", "a", YEAR.label, "", ""])
    assert page["closed", "", Q1, "", ""] == "hidden"
    attack(reports)


def test_the_attack_finds_a_number_that_is_hidden_alone():
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): BY_GROUP}
    page = {
        ("closed", *WHOLE): "150",
        ("closed", "", YEAR.label, "area", "north"): "60",
        ("closed", "", YEAR.label, "area", "south"): "40",
        ("closed", "", YEAR.label, "group", "white"): "38",
        ("closed", "", YEAR.label, "group", "asian"): "10",
        ("closed", "", YEAR.label, "group", "black"): "hidden",
    }
    unknown, equations, sums = what_is_known(reports, page)
    (alone,) = sums.values()

    assert follows(alone, reduced(equations)) == 2
    low, high = ends(alone, unknown, equations, sums)
    assert (round(low), round(high)) == (2, 2)


@pytest.mark.parametrize("seed", range(8))
def test_nothing_hidden_is_found_by_someone_who_knows_who_reports_what(seed):
    attack(random_reports(Random(seed)))


@pytest.mark.slow
def test_nothing_hidden_is_found_in_two_thousand_random_sets():
    for seed in range(1000, 3000):
        attack(random_reports(Random(seed)))
