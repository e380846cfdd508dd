"""Small numbers are hidden, and cannot be worked out again from what is shown."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.measures import SmallNumbers, Total, suppress
from victims_code.errors import WrongValueError

FIVE = SmallNumbers(below=5)


def possible(cells, totals, result, most):
    """Every set of numbers that fits what is shown, with a hidden number at least 1."""
    hidden = [name for name, number in result.shown.items() if number is None]
    for numbers in itertools.product(range(1, most + 1), repeat=len(hidden)):
        guess = {**result.shown, **dict(zip(hidden, numbers, strict=True))}
        if all(guess[total.total] == sum(guess[part] for part in total.parts) for total in totals):
            yield guess


def test_a_small_number_takes_the_next_smallest_part_with_it():
    result = suppress({"all": 120, "a": 96, "b": 21, "c": 3}, [Total(total="all", parts=["a", "b", "c"])], FIVE)

    assert dict(result.shown) == {"all": 120, "a": 96, "b": None, "c": None}
    assert (result.small, result.besides) == (("c",), ("b",))


def test_two_small_numbers_that_can_only_be_one_each_need_a_third():
    result = suppress({"all": 12, "a": 10, "b": 1, "c": 1}, [Total(total="all", parts=["a", "b", "c"])], FIVE)

    assert dict(result.shown) == {"all": 12, "a": None, "b": None, "c": None}


def test_with_nothing_else_to_hide_the_total_is_hidden():
    result = suppress({"all": 3, "a": 3, "b": 0}, [Total(total="all", parts=["a", "b"])], FIVE)

    assert dict(result.shown) == {"all": None, "a": None, "b": 0}


def test_noughts_are_shown_unless_the_rule_says_otherwise():
    cells, totals = {"all": 9, "a": 9, "b": 0}, [Total(total="all", parts=["a", "b"])]

    assert suppress(cells, totals, FIVE).small == ()
    assert suppress(cells, totals, SmallNumbers(below=5, nought_may_be_shown=False)).small == ("b",)


def test_a_total_of_totals_does_not_give_it_away():
    cells = {"all": 50, "north": 20, "south": 30, "n1": 18, "n2": 2, "s1": 15, "s2": 15}
    totals = [
        Total(total="all", parts=["north", "south"]),
        Total(total="north", parts=["n1", "n2"]),
        Total(total="south", parts=["s1", "s2"]),
    ]

    result = suppress(cells, totals, FIVE)
    assert result.hides("n2")
    assert result.hides("n1")
    assert not result.hides("all")


def test_a_rest_that_is_never_printed_is_protected_too():
    """Of 60 asked, 58 are better: the two who are not would follow by subtraction."""
    result = suppress(
        {"asked": 60, "better": 58, "rest": 2},
        [Total(total="asked", parts=["better", "rest"])],
        FIVE,
        never_shown=["rest"],
    )

    assert result.hides("better")
    assert not result.hides("asked")


def test_a_missing_figure_is_not_nought_and_protects():
    result = suppress({"all": 30, "a": 26, "b": 4, "c": None}, [Total(total="all", parts=["a", "b", "c"])], FIVE)

    assert dict(result.shown) == {"all": 30, "a": 26, "b": None, "c": None}
    assert result.besides == ()


def test_a_total_of_cells_that_are_not_there_is_refused():
    with pytest.raises(WrongValueError, match="There is no cell 'b'"):
        suppress({"all": 3, "a": 3}, [Total(total="all", parts=["a", "b"])], FIVE)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
@settings(deadline=None)
def test_no_small_part_of_a_total_follows_from_what_is_shown(parts):
    cells = {"all": sum(parts)} | {f"p{n}": part for n, part in enumerate(parts)}
    totals = [Total(total="all", parts=[f"p{n}" for n in range(len(parts))])]
    result = suppress(cells, totals, FIVE)

    guesses = list(possible(cells, totals, result, 40 if len(parts) < 3 else 14))
    for name in result.small:
        assert len({guess[name] for guess in guesses}) > 1, (cells, dict(result.shown))


@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=2, max_size=3))
@settings(deadline=None, max_examples=60)
def test_no_small_cell_of_a_cross_table_follows_from_what_is_shown(rows):
    cells, totals = {}, []
    for r, row in enumerate(rows):
        cells |= {f"{r}{c}": number for c, number in enumerate(row)} | {f"{r}+": sum(row)}
        totals.append(Total(total=f"{r}+", parts=[f"{r}0", f"{r}1"]))
    for c in (0, 1):
        cells[f"+{c}"] = sum(row[c] for row in rows)
        totals.append(Total(total=f"+{c}", parts=[f"{r}{c}" for r in range(len(rows))]))
    result = suppress(cells, totals, FIVE)

    for name in result.small:
        low, high = bounds(totals, result, name)
        assert low < high, (cells, dict(result.shown), name)


def bounds(totals, result, name):
    """The least and the most a hidden cell can be, by linear programming."""
    from scipy.optimize import linprog

    hidden = [cell for cell, number in result.shown.items() if number is None]
    equations, right = [], []
    for total in totals:
        factors = {total.total: 1} | dict.fromkeys(total.parts, -1)
        equations.append([factors.get(cell, 0) for cell in hidden])
        right.append(-sum(by * (result.shown[cell] or 0) for cell, by in factors.items()))
    ends = []
    for sign in (1, -1):
        goal = [sign * (cell == name) for cell in hidden]
        found = linprog(goal, A_eq=equations, b_eq=right, bounds=[(1, 1000)] * len(hidden))
        assert found.status == 0
        ends.append(sign * found.fun)
    return ends[0] + 1e-6, ends[1]
