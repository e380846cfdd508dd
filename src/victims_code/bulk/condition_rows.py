"""Conditions as rows: each test with its place among parts and clauses, so that a database can read them from a table.

A condition holds if one of its parts holds, a part if all of its clauses hold, a clause if one of its tests does. Every
condition can be put so; where it is nested deeper, it goes on with *all* and *any* in turn. What is not nested so deep
stands alone on the levels it lacks, which changes neither its truth nor what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import evolve, frozen

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not

LEVELS = ("part", "clause", "test", "test_clause", "test_part", "inner_clause", "inner_test")
"""The names of the levels, from the outermost in."""


@frozen
class TestRow:
    """One test of a condition: its place, the fact, the word it is compared with if any, and what is wanted."""

    __test__ = False  # no test of pytest's

    place: tuple[int, ...]
    fact: str
    word: str | None
    wanted: bool


@cache
def depth_of(condition: Condition) -> int:
    """How many levels a condition needs.

    >>> from victims_code.conditions import parse_condition
    >>> depth_of(parse_condition({"all": [{"fact": "a", "is": True}, {"any": [{"fact": "b", "is": True}]}]}))
    3
    """
    return max(1, _depth(_without_not(condition), AnyOf))


def rows_of_condition(condition: Condition, levels: int) -> Iterator[TestRow]:
    """The tests of a condition, each with its place on so many levels.

    >>> from victims_code.conditions import parse_condition
    >>> condition = parse_condition({"all": [{"fact": "a", "is": True}, {"not": {"fact": "b", "is": True}}]})
    >>> for row in rows_of_condition(condition, 3):
    ...     print(row.place, row.fact, row.wanted)
    (1, 1, 1) a True
    (1, 2, 1) b False
    """
    yield from _rows(_without_not(condition), AnyOf, levels)


_Positive = Leaf | AllOf | AnyOf


def _without_not(condition: Condition, *, turned: bool = False) -> _Positive:
    """The same condition with *not* only in its tests: not all of them means that of one of them it is not so."""
    if isinstance(condition, Not):
        return _without_not(condition.part, turned=not turned)
    if isinstance(condition, Leaf):
        return _positive(condition, turned)
    parts = tuple(_without_not(part, turned=turned) for part in condition.parts)
    return AllOf(parts) if isinstance(condition, AllOf) is not turned else AnyOf(parts)


def _positive(leaf: Leaf, turned: bool) -> _Positive:
    """A test as one of *is* and *is-not*, or several of them."""
    if isinstance(leaf.value, bool):
        wanted = leaf.value if leaf.test == "is" else not leaf.value
        return evolve(leaf, test="is", value=wanted is not turned)
    listed = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    assert leaf.test in ("is", "is-not", "in"), leaf
    wanted = (leaf.test != "is-not") is not turned
    each = tuple(Leaf(leaf.fact, "is" if wanted else "is-not", word) for word in listed)
    return each[0] if len(each) == 1 else AnyOf(each) if wanted else AllOf(each)


def _parts(condition: AllOf | AnyOf) -> Iterator[_Positive]:
    """The parts, with those of a part of the same kind in its place."""
    for part in condition.parts:
        assert not isinstance(part, Not)
        if type(part) is type(condition):
            yield from _parts(part)
        else:
            yield part


def _others(kind: type[AllOf | AnyOf]) -> type[AllOf | AnyOf]:
    return AllOf if kind is AnyOf else AnyOf


def _depth(condition: _Positive, kind: type[AllOf | AnyOf]) -> int:
    if isinstance(condition, Leaf):
        return 0
    parts = _parts(condition) if isinstance(condition, kind) else (condition,)
    return 1 + max(_depth(part, _others(kind)) for part in parts)


def _rows(condition: _Positive, kind: type[AllOf | AnyOf], levels: int) -> Iterator[TestRow]:
    if not levels:
        assert isinstance(condition, Leaf)
        word, wanted = (None, condition.value) if isinstance(condition.value, bool) else (condition.value, True)
        yield TestRow((), condition.fact, None if word is None else str(word), wanted is (condition.test == "is"))
        return
    parts = _parts(condition) if isinstance(condition, AllOf | AnyOf) and isinstance(condition, kind) else (condition,)
    for number, part in enumerate(parts, start=1):
        for row in _rows(part, _others(kind), levels - 1):
            yield evolve(row, place=(number, *row.place))
