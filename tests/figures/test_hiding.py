"""Small numbers are hidden, and no one who reads the tables can work them out again."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.parameters import mostly_long
from victims_code.errors import WrongValueError
from victims_code.figures import SmallNumbers, Total, possible_range, suppress

FIVE = SmallNumbers(below=5)


def everything_that_fits(shown, totals, most, least=1):
    """Every set of whole numbers that fits what is shown, found by trying them all."""
    hidden = [name for name, number in shown.items() if number is None]
    for numbers in itertools.product(range(least, most + 1), repeat=len(hidden)):
        guess = {**shown, **dict(zip(hidden, numbers, strict=True))}
        if all(guess[total.total] == sum(guess[part] for part in total.parts) for total in totals):
            yield guess


def test_only_numbers_from_one_to_four_are_small():
    assert [n for n in range(8) if FIVE.must_hide(n)] == [1, 2, 3, 4]
    assert [n for n in range(8) if SmallNumbers(below=3, nought_may_be_shown=False).must_hide(n)] == [0, 1, 2]


def test_nothing_small_hides_nothing():
    result = suppress({"all": 30, "a": 10, "b": 20}, [Total(total="all", parts=["a", "b"])], FIVE)

    assert dict(result.shown) == {"all": 30, "a": 10, "b": 20}


def test_a_small_number_takes_the_next_smallest_part_with_it():
    result = suppress({"all": 120, "a": 96, "b": 21, "c": 3}, [Total(total="all", parts=["a", "b", "c"])], FIVE)

    assert dict(result.shown) == {"all": 120, "a": 96, "b": None, "c": None}
    assert (result.small, result.besides) == (("c",), ("b",))


def test_two_ones_whose_sum_is_two_need_a_third_cell():
    """With 10 shown, two hidden numbers of at least 1 that make 2 together would both be 1."""
    result = suppress({"all": 12, "a": 10, "b": 1, "c": 1}, [Total(total="all", parts=["a", "b", "c"])], FIVE)

    assert dict(result.shown) == {"all": 12, "a": None, "b": None, "c": None}


def test_with_nothing_else_to_hide_the_total_is_hidden():
    result = suppress({"all": 3, "a": 3, "b": 0}, [Total(total="all", parts=["a", "b"])], FIVE)

    assert dict(result.shown) == {"all": None, "a": None, "b": 0}


def test_in_a_table_of_rows_and_columns_four_corners_are_hidden():
    rows, columns = "abc", "xyz"
    cells = {f"{r}{c}": 20 for r in rows for c in columns} | {"ax": 2}
    totals = [Total(total=r, parts=[f"{r}{c}" for c in columns]) for r in rows]
    totals += [Total(total=c, parts=[f"{r}{c}" for r in rows]) for c in columns]
    totals += [Total(total="all", parts=list(rows)), Total(total="all", parts=list(columns))]
    cells |= {t.total: sum(cells[p] for p in t.parts) for t in totals[:6]}
    cells["all"] = sum(cells[r] for r in rows)

    result = suppress(cells, totals, FIVE)

    hidden = {name for name in cells if result.hides(name)}
    assert len(hidden) == 4
    assert "ax" in hidden
    low, high = possible_range(result.shown, totals, "ax")
    assert low == 1
    assert high >= 5


def test_a_total_of_totals_does_not_give_a_small_number_away():
    cells = {"all": 50, "north": 20, "south": 30, "n1": 18, "n2": 2, "s1": 15, "s2": 15}
    totals = [
        Total(total="all", parts=["north", "south"]),
        Total(total="north", parts=["n1", "n2"]),
        Total(total="south", parts=["s1", "s2"]),
    ]

    result = suppress(cells, totals, FIVE)

    assert result.small == ("n2",)
    assert result.besides == ("n1",)


def test_two_tables_that_share_a_total_are_made_safe_together():
    """By duty and by Right: the Right is the sum of two duties, so its total and one duty would give the other away."""
    cells = {"all": 100, "d1": 3, "d2": 40, "d3": 57, "r1": 43, "r2": 57}
    totals = [
        Total(total="all", parts=["d1", "d2", "d3"]),
        Total(total="all", parts=["r1", "r2"]),
        Total(total="r1", parts=["d1", "d2"]),
        Total(total="r2", parts=["d3"]),
    ]

    result = suppress(cells, totals, FIVE)

    assert result.hides("d1")
    assert result.hides("d2")
    low, high = possible_range(result.shown, totals, "d1")
    assert (low, high >= 5) == (1, True)


def test_of_three_numbers_known_two_by_two_none_can_be_worked_out():
    """With all three sums shown each number would follow: half of two of the sums less the third."""
    cells = {"a": 3, "b": 30, "c": 40, "ab": 33, "bc": 70, "ca": 43}
    totals = [Total(total=pair, parts=list(pair)) for pair in ("ab", "bc", "ca")]
    result = suppress(cells, totals, FIVE)

    least, most = possible_range(result.shown, totals, "a")
    assert least <= 3
    assert most is None or most >= 3 + FIVE.margin


@pytest.mark.parametrize("size", mostly_long([(7, 8), (12, 14)]), ids=str)
def test_many_numbers_that_hang_together_are_all_made_safe(size):
    """Counts by age and district of everyone, of those told, and of what is left; most of them are small."""
    random, cells, totals = Random(5), {}, []
    ages, districts, answers = *map(range, size), ("all", "told", "late", "on time", "not told")
    for age, district in itertools.product(ages, districts):
        late, on_time, not_told = (random.choice((0, 1, 2, 3, 9, 40)) for _ in range(3))
        told = late + on_time
        for answer, number in zip(answers, (told + not_told, told, late, on_time, not_told), strict=True):
            cells[f"{age}, {district}: {answer}"] = number
    for answer in answers:
        for age in ages:
            cells[f"{age}: {answer}"] = sum(cells[f"{age}, {district}: {answer}"] for district in districts)
            totals.append(Total(total=f"{age}: {answer}", parts=[f"{age}, {n}: {answer}" for n in districts]))
        for district in districts:
            cells[f"of {district}: {answer}"] = sum(cells[f"{age}, {district}: {answer}"] for age in ages)
            totals.append(Total(total=f"of {district}: {answer}", parts=[f"{n}, {district}: {answer}" for n in ages]))
    for name in [cell.removesuffix("all") for cell in cells if cell.endswith("all")]:
        totals.append(Total(total=f"{name}all", parts=[f"{name}told", f"{name}not told"]))
        totals.append(Total(total=f"{name}told", parts=[f"{name}late", f"{name}on time"]))
    result = suppress(cells, totals, FIVE)

    assert not [name for name, number in cells.items() if 0 < number < 5 and result.shown[name] is not None]
    for name in random.sample(result.small, 12):
        least, most = possible_range(result.shown, totals, name)
        assert least <= cells[name], name
        assert most is None or most >= cells[name] + FIVE.margin, name


def test_a_rest_that_is_never_printed_is_protected_too():
    """Of 60, 58 were told in time: the two who were not would follow by subtraction."""
    result = suppress(
        {"decided": 60, "in time": 58, "rest": 2},
        [Total(total="decided", parts=["in time", "rest"])],
        FIVE,
        never_shown=["rest"],
    )

    assert result.small == ("rest",)
    assert result.shown["in time"] is None or result.shown["decided"] is None


def test_subtotals_that_readers_can_work_out_are_reckoned_with():
    """Neither provider is printed, but the areas make the one, and so the groups the other: 50 less 38 and 10 are 2."""
    cells = {"all": 150, "a": 100, "b": 50, "north": 60, "south": 40, "white": 38, "asian": 10, "black": 2}
    totals = [
        Total(total="all", parts=["a", "b"]),
        Total(total="a", parts=["north", "south"]),
        Total(total="b", parts=["white", "asian", "black"]),
    ]
    result = suppress(cells, totals, FIVE, never_shown=["a", "b"])

    assert result.small == ("black",)
    assert result.besides == ("asian",)
    low, high = possible_range({**result.shown, "a": None, "b": None}, totals, "black")
    assert (low, high) == (1, 11)


def test_many_records_of_few_people_can_be_hidden_too():
    result = suppress({"all": 100, "a": 12, "b": 88}, [Total(total="all", parts=["a", "b"])], FIVE, also_hide=["a"])

    assert result.small == ("a",)
    low, high = possible_range(result.shown, [Total(total="all", parts=["a", "b"])], "a")
    assert low <= 8
    assert high >= 16


def test_a_missing_figure_protects_what_it_is_added_to():
    result = suppress({"all": 100, "a": 2, "b": None}, [Total(total="all", parts=["a", "b"])], FIVE)

    assert dict(result.shown) == {"all": 100, "a": None, "b": None}


def test_what_was_shown_before_protects_nothing():
    """41 women were published before. Hiding them now would protect nothing, so the total must go."""
    cells, totals = {"all": 44, "women": 41, "men": 3}, [Total(total="all", parts=["women", "men"])]
    result = suppress(cells, totals, FIVE, already_shown=["women"])

    assert dict(result.shown) == {"all": None, "women": 41, "men": None}
    assert result.given_away == ()


def test_what_follows_from_what_was_shown_before_is_named():
    cells, totals = {"all": 44, "women": 41, "men": 3}, [Total(total="all", parts=["women", "men"])]

    assert suppress(cells, totals, FIVE, already_shown=["women", "all"]).given_away == ("men",)
    assert suppress(cells, totals, FIVE, already_shown=["men"]).given_away == ("men",)


def test_every_fault_is_said_at_once():
    with pytest.raises(WrongValueError) as caught:
        suppress({"all": 3, "a": -1}, [Total(total="all", parts=["a", "zzz"])], FIVE, never_shown=["yyy"])

    assert [fault.location for fault in caught.value.faults] == ["a", "zzz", "yyy"]


@st.composite
def nested_tables(draw):
    """Small counts by row and column, with rows gathered into two groups, and all totals."""
    rows = draw(st.integers(2, 3))
    columns = draw(st.integers(1, 2))
    cells = {
        f"{r}/{c}": draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9])) for r in range(rows) for c in range(columns)
    }
    totals = [Total(total=f"row {r}", parts=[f"{r}/{c}" for c in range(columns)]) for r in range(rows)]
    totals += [Total(total=f"column {c}", parts=[f"{r}/{c}" for r in range(rows)]) for c in range(columns)]
    totals += [Total(total="group", parts=[f"row {r}" for r in range(2)])]
    totals += [Total(total="all", parts=["group", *(f"row {r}" for r in range(2, rows))])]
    for total in totals:
        cells[total.total] = sum(cells[part] for part in total.parts)
    return cells, totals


@given(nested_tables())
def test_an_attacker_who_tries_every_number_finds_two_for_each_hidden_cell(table):
    cells, totals = table
    result = suppress(cells, totals, SmallNumbers(below=3))
    hidden = [name for name in cells if result.hides(name)]

    assert all(result.hides(name) for name, number in cells.items() if 0 < number < 3)
    assert all(result.shown[name] == number for name, number in cells.items() if name not in hidden)
    for name in hidden:
        low, high = possible_range(result.shown, totals, name)
        assert low <= cells[name]
        assert high is None or high > low, name
        if name in result.small:
            assert high is None or high >= 3, "a reader could tell that the number is small"


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 6, 7]), min_size=2, max_size=3))
def test_the_range_an_attacker_is_given_is_the_one_found_by_trying(numbers):
    cells = {f"c{n}": number for n, number in enumerate(numbers)} | {"all": sum(numbers)}
    totals = [Total(total="all", parts=[f"c{n}" for n in range(len(numbers))])]
    result = suppress(cells, totals, SmallNumbers(below=3))
    fits = list(everything_that_fits(result.shown, totals, 25))

    for name in (name for name in cells if result.hides(name)):
        values = {guess[name] for guess in fits}
        low, high = possible_range(result.shown, totals, name)
        assert len(values) >= 2
        assert low == min(values)
        assert high is None or high == max(values)


def test_noughts_are_shown_unless_the_rule_says_otherwise():
    cells, totals = {"all": 9, "a": 9, "b": 0}, [Total(total="all", parts=["a", "b"])]

    assert suppress(cells, totals, FIVE).small == ()
    assert suppress(cells, totals, SmallNumbers(below=5, nought_may_be_shown=False)).small == ("b",)


@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=2, max_size=3))
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
