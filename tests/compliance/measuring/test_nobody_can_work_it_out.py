"""Someone with the published tables, and nothing else, tries to work the hidden numbers out.

The attacker here shares no code with what hides them: it knows which rows of which tables add up to which, that shown
numbers are what they are, and that a hidden number is at least 1 (noughts are always shown), and asks an optimiser for
the least and the greatest number that each hidden one can be.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from shared.made_obligations import table_of
from shared.parameters import mostly_long
from victims_code import compliance, figures

RIGHTS = {
    "refer-to-support": "Right 4",
    "assess-needs": "Right 4",
    "inform-suspect-arrested": "Right 6",
    "inform-suspect-bailed": "Right 6",
    "inform-suspect-charged": "Right 6",
    "inform-sentence-passed": "Right 9",
}
DATED = [duty for duty in RIGHTS if duty != "assess-needs"]
QUARTERS = {"2026-02-02": 20261, "2026-05-05": 20262, "2026-08-08": 20263}


class Attacker:
    """What someone can say of numbers of which some are hidden."""

    def __init__(self):
        self.known = {}
        self.hidden = set()
        self.sums = []

    def sees(self, name, number):
        if number is None:
            self.hidden.add(name)
        else:
            assert self.known.setdefault(name, number) == number, "two tables contradict each other"

    def knows_sum(self, total, parts):
        self.sums.append((total, tuple(parts)))

    def range_of(self, name):
        """The least and the greatest whole number it can be, with everything else free within what is known."""
        unknown = sorted({n for total, parts in self.sums for n in (total, *parts) if n not in self.known} | {name})
        place = {n: k for k, n in enumerate(unknown)}
        matrix, constants = [], []
        for total, parts in self.sums:
            row, constant = np.zeros(len(unknown)), 0
            for n, factor in ((total, 1), *((part, -1) for part in parts)):
                if n in place:
                    row[place[n]] += factor
                else:
                    constant -= factor * self.known[n]
            if row.any():
                matrix.append(row)
                constants.append(constant)
        low = np.array([1.0 if n in self.hidden else 0.0 for n in unknown])
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(unknown))
            cost[place[name]] = sign
            limits = [LinearConstraint(np.array(matrix), constants, constants)] if matrix else []
            found = milp(cost, integrality=np.ones(len(unknown)), bounds=(low, np.inf), constraints=limits)
            assert found.status in (0, 3, 4), found.message
            ends.append(round(found.x[place[name]]) if found.status == 0 else None)
        return ends[0], ends[1]


def key(group):
    return tuple(sorted(group.items(), key=lambda item: item[0]))


def attack(tables, divides=()):
    """All that can be known from tables; ``divides`` says which values of one column make up a value of another."""
    attacker = Attacker()
    groups = defaultdict(set)
    for table in tables:
        for row in table:
            groups[table.by].add(key(row.group))
    everywhere = set().union(*groups.values())
    measures = {table.measure.id: table.measure for table in tables}
    for table in tables:
        for row in table:
            for side in ("numerator", "denominator"):
                if getattr(table.measure, side) is not None:
                    number = None if side in row.hidden else getattr(row, side)
                    attacker.sees((table.measure.id, side, key(row.group)), number)
    for id_, measure in measures.items():
        sides = [side for side in ("numerator", "denominator") if getattr(measure, side) is not None]
        for group in everywhere:
            seen = [(id_, side, group) in attacker.known or (id_, side, group) in attacker.hidden for side in sides]
            for side, there in zip(sides, seen, strict=True):
                if not there:  # a group that a table leaves out has nothing in it
                    attacker.sees((id_, side, group), 0)
            if len(sides) == 2:
                attacker.knows_sum((id_, "denominator", group), [(id_, "numerator", group), (id_, "rest", group)])
        kinds = [*sides, "rest"] if len(sides) == 2 else sides
        for by, found in groups.items():
            for column in by:
                below = defaultdict(list)
                for group in found:
                    if column in dict(group):
                        below[tuple(item for item in group if item[0] != column)].append(group)
                for (parent, children), kind in itertools.product(below.items(), kinds):
                    attacker.knows_sum((id_, kind, parent), [(id_, kind, child) for child in children])
        for coarse, value, fine, values in divides:
            parent = ((coarse, value),)
            children = [((fine, inner),) for inner in values if ((fine, inner),) in everywhere]
            if parent in everywhere and children:
                for kind in kinds:
                    attacker.knows_sum((id_, kind, parent), [(id_, kind, child) for child in children])
    return attacker


def assert_safe(attacker, truth):
    """Every hidden number has two possible values, and none that is small can be told to be."""
    rests = {name for total, parts in attacker.sums for name in parts if name[1] == "rest" and name not in truth}
    for id_, _, group in rests:
        whole, part = truth.get((id_, "denominator", group), 0), truth.get((id_, "numerator", group), 0)
        truth[id_, "rest", group] = whole - part
    small_rests = {name for name in rests if 0 < truth[name] < 5}
    for name in sorted(attacker.hidden | small_rests, key=str):
        low, high = attacker.range_of(name)
        assert high is None or high > low, f"{name} must be {low}"
        if 0 < truth[name] < 5:
            assert high is None or high >= 5, f"{name} can be told to be small: at most {high}"


def measured(requests, rows):
    """The tables as published, and what is true."""
    with compliance.Obligations.open(rows) as obligations:
        published = compliance.tables(requests, obligations)
        true = compliance.tables(requests, obligations, small_numbers=None)
    truth = {}
    for table in true:
        for row in table:
            for side in ("numerator", "denominator"):
                if getattr(row, side) is not None:
                    truth[table.measure.id, side, key(row.group)] = getattr(row, side)
    return published, truth


def made_up(seed, number):
    """Obligations spread unevenly over duties, quarters and forces, so that some groups are small."""
    chance = random.Random(seed)
    late = {"met": 0, "met-late": 4, "overdue": 9, "cannot-tell": None, "not-yet-due": 0}
    rows = []
    for _ in range(number):
        status = chance.choices(list(late), [60, 12, 10, 6, 8])[0]
        rows.append(
            {
                "duty": chance.choices(DATED, [40, 20, 8, 4, 1])[0],
                "status": status,
                "days_late": late[status],
                "triggered_on": chance.choices(list(QUARTERS), [6, 4, 1])[0],
                "owed_by": "police",
                "force": chance.choices(["Anyshire", "Elsewhere", "Nowhere"], [10, 4, 1])[0],
            }
        )
    return table_of(rows, force="VARCHAR")


DIVIDES = [
    ("part", right, "duty", [duty for duty, of in RIGHTS.items() if of == right]) for right in set(RIGHTS.values())
]


@pytest.mark.parametrize("seed", mostly_long(range(6)))
def test_of_one_table_by_rows_and_columns(seed):
    published, truth = measured([("on-time-share", ["duty", "quarter"])], made_up(seed, 150))
    attacker = attack(published)

    assert attacker.hidden
    assert_safe(attacker, truth)


SETS = ["received", "mental-disorder", "mental-disorder; received", "kidnap", "kidnap; received", "terrorism"]


@pytest.mark.parametrize("seed", mostly_long(range(6)))
def test_of_missing_facts_of_which_one_obligation_can_lack_several(seed):
    """The attacker knows which facts can be missing together, and how the numbers by fact follow from those sets."""
    chance = random.Random(seed)
    rows = [
        {
            "duty": chance.choice(DATED[:2]),
            "status": chance.choices(["cannot-tell", "met"], [3, 1])[0],
            "days_late": None,
            "triggered_on": "2026-02-02",
            "owed_by": "police",
            "missing_facts": chance.choices(SETS, [20, 3, 1, 8, 2, 1])[0],
        }
        for _ in range(90)
    ]
    asked = [("cannot-tell", ["missing-fact"]), ("cannot-tell-share", ["duty"])]
    published, truth = measured(asked, table_of(rows, missing_facts="VARCHAR"))
    attacker = Attacker()
    for table in published:
        for row in table:
            for side in ("numerator", "denominator"):
                if getattr(table.measure, side) is not None:
                    number = None if side in row.hidden else getattr(row, side)
                    attacker.sees((table.measure.id, side, key(row.group)), number)
    sets = [("cannot-tell", "set", names) for names in SETS]
    attacker.knows_sum(("cannot-tell", "numerator", ()), sets)
    for fact in {fact for names in SETS for fact in names.split("; ")}:
        group = (("missing-fact", fact),)
        if ("cannot-tell", "numerator", group) not in attacker.hidden | attacker.known.keys():
            attacker.sees(("cannot-tell", "numerator", group), 0)
        attacker.knows_sum(("cannot-tell", "numerator", group), [one for one in sets if fact in one[2].split("; ")])

    assert attacker.hidden
    assert_safe(attacker, truth)


@pytest.mark.parametrize("seed", mostly_long(range(6)))
def test_of_tables_that_share_totals_and_divide_each_other(seed):
    """By duty and by Right, by quarter and by force, of two measures that count the same obligations."""
    columns = ([], ["duty"], ["part"], ["quarter"], ["force"])
    requests = [(id_, by) for id_ in ("on-time-share", "overdue-now", "cannot-tell-share") for by in columns]
    published, truth = measured(requests, made_up(seed, 220))
    attacker = attack(published, DIVIDES)

    assert attacker.hidden
    assert_safe(attacker, truth)


@given(st.integers(0, 10**9), st.integers(20, 400))
@settings(max_examples=settings.default.max_examples // 5)
def test_of_any_table(seed, number):
    published, truth = measured(
        [("on-time-share", ["force", "quarter"]), ("on-time-share", ["duty"]), ("on-time-share", ["part"])],
        made_up(seed, number),
    )
    assert_safe(attack(published, DIVIDES), truth)


def test_the_attacker_succeeds_where_only_the_small_number_is_hidden():
    """So that the tests above are worth something: hiding nothing but the small cell does not stop it."""
    attacker = Attacker()
    for name, number in (("all", 50), ("a", 30), ("b", 17), ("c", None)):
        attacker.sees(name, number)
    attacker.knows_sum("all", ["a", "b", "c"])

    assert attacker.range_of("c") == (3, 3)


def test_many_obligations_of_few_cases_are_hidden():
    """Twelve obligations of one case are about one victim."""
    rows = [{"case_ref": "A", "force": "North"} for _ in range(12)]
    rows += [{"case_ref": f"B{n}", "force": "South"} for n in range(40)]
    rows += [{"case_ref": f"C{n}", "force": "West"} for n in range(30)]
    table = compliance.measure("on-time-share", table_of(rows, force="VARCHAR"), by=["force"])

    assert table.row(force="North").is_hidden
    assert table.row(force="West").is_hidden, "or North would follow by subtraction"
    assert not table.row(force="South").is_hidden
    assert table.total.denominator == 82


def test_those_who_were_late_are_few_too():
    """38 of 40 in time says that two were not."""
    rows = [{"status": "met"} for _ in range(38)] + [{"status": "overdue", "days_late": 1} for _ in range(2)]
    table = compliance.measure("on-time-share", table_of(rows))

    assert table.total.is_hidden
    assert table.total.numerator is None
    assert table.total.interval is None


def test_a_percentile_needs_enough_beyond_it():
    """Of 30 late obligations 15 lie beyond the median and 3 beyond the 90th percentile."""
    rows = [{"status": "overdue", "days_late": n} for n in range(1, 31)]

    assert compliance.measure("overdue-age-median", table_of(rows)).total.value == 15
    ninth = compliance.measure("overdue-age-90th-percentile", table_of(rows)).total
    assert ninth.value is None
    assert ninth.is_hidden
    assert ninth.denominator == 30


def test_what_is_hidden_stands_in_no_shape_of_the_table():
    rows = [{"status": "met"} for _ in range(137)] + [{"status": "overdue", "days_late": 1} for _ in range(3)]
    rows += [{"duty": "refer-to-support"} for _ in range(211)]
    table = compliance.measure("on-time-share", table_of(rows), by=["duty"])
    shapes = [table.to_csv(), table.to_markdown(), table.to_html(), json.dumps(table.to_dict()), repr(table)]

    assert table.row(duty="inform-suspect-arrested").is_hidden
    for text in shapes:
        assert "137" not in text


def test_a_board_may_choose_another_threshold_or_none():
    rows = [{"status": "met"} for _ in range(8)] + [{"status": "overdue", "days_late": 1} for _ in range(2)]

    assert compliance.measure("on-time-share", table_of(rows)).total.is_hidden
    two = figures.SmallNumbers(below=2)
    assert compliance.measure("on-time-share", table_of(rows), small_numbers=two).total.value == 0.8
    assert compliance.measure("on-time-share", table_of(rows), small_numbers=None).total.value == 0.8
