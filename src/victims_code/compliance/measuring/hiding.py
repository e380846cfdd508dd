"""Making tables safe together: every count in them, and how those counts add up within and between the tables.

Besides the totals of each table, counts hang together between tables: a Right is the sum of its duties, a quarter of
its months, and a provider of the duties that no one else owes. Which columns divide which is read off the obligations,
so that it holds for the user's own columns too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from attrs import frozen

from victims_code.compliance.measuring.counting import FACT, FACTS, OTHERS, Counts, Group, Request, parts, together
from victims_code.compliance.measuring.definitions import Kind
from victims_code.compliance.measuring.grouping import Value
from victims_code.figures import Direction, SmallNumbers, Total, suppress

Classes = frozenset[int]
_BY_COLUMNS = (40.0, 4.0, 1.0)


@frozen(kw_only=True)
class Cells:
    """Counts as cells with names, and their sums: what :func:`victims_code.figures.suppress` works on."""

    numbers: Mapping[str, int]
    totals: tuple[Total, ...]
    shown: frozenset[str]
    of_few: frozenset[str]
    aside: frozenset[str]
    worth: Mapping[str, float]


def name(group: Group, classes: Collection[int]) -> str:
    """The name of a cell."""
    narrowed = ", ".join(f"{dimension}={value}" for dimension, value in group)
    return f"{narrowed or 'everything'}: {'+'.join(map(str, sorted(classes)))}"


def hide(requests: Sequence[Request], counts: Counts, rule: SmallNumbers | None) -> frozenset[str]:
    """The names of the cells that must not be shown; none, if there is no rule."""
    if rule is None:
        return frozenset()
    cells = cells_of(requests, counts, rule)
    result = suppress(
        cells.numbers,
        cells.totals,
        rule,
        never_shown=cells.numbers.keys() - cells.shown,
        also_hide=cells.of_few,
        aside=cells.aside,
        worth=cells.worth,
    )
    return frozenset(cell for cell in cells.shown if result.shown[cell] is None)


def cells_of(requests: Sequence[Request], counts: Counts, rule: SmallNumbers) -> Cells:
    """All cells of all tables, those that follow from them, and how they add up."""
    numbers: dict[str, int] = {}
    totals: dict[tuple[str, tuple[str, ...]], Total] = {}
    shown: set[str] = set()
    of_few: set[str] = set()
    aside: set[str] = set()
    worth: dict[str, float] = {}
    used = _used_by_level(requests, counts)

    def cell(group: Group, classes: Classes) -> str:
        own = name(group, classes)
        numbers[own] = counts.number(group, classes)
        if any(dimension == FACTS for dimension, _ in group):
            aside.add(own)
        return own

    def add(total: str, below: Sequence[str]) -> None:
        filled = [part for part in below if numbers[part]]  # who knows the duties knows where nothing can be
        if filled and (total,) != tuple(filled):
            totals.setdefault((total, tuple(sorted(filled))), Total(total=total, parts=filled))

    for group in counts.classes:
        level = tuple(dimension for dimension, _ in group)
        for request in requests:
            if level not in request.levels:
                continue
            sides = list(parts(request.measure, counts))
            for n, side in enumerate(sides):
                if not side:
                    continue
                whole = cell(group, side)
                add(whole, [cell(group, frozenset((c,))) for c in sorted(side)])
                if n < len(request.measure.selections) and request.shows(group):
                    shown.add(whole)
                    worth[whole] = max(worth.get(whole, 0.0), _worth(request, group))
                if numbers[whole] and counts.of_few.get((group, side), rule.below) < rule.below:
                    of_few.add(whole)
    for parent, children in _families(requests, counts):
        # where a table does not ask for a class no one is told of it, and nothing follows from it
        for c in sorted(used[_level_of(parent)] & used[_level_of(children[0])] if children else ()):
            add(cell(parent, frozenset((c,))), [cell(child, frozenset((c,))) for child in children])
    return Cells(
        numbers=numbers,
        totals=tuple(totals.values()),
        shown=frozenset(shown),
        of_few=frozenset(of_few),
        aside=frozenset(aside - shown),
        worth=worth,
    )


def _used_by_level(requests: Sequence[Request], counts: Counts) -> dict[tuple[str, ...], Classes]:
    """The classes that the measures of some requests count, by the columns they are asked for by."""
    used: dict[tuple[str, ...], Classes] = defaultdict(frozenset)
    for request in requests:
        counted = frozenset[int]().union(*parts(request.measure, counts))
        for level in request.levels:
            used[level] |= counted
    return used


def _level_of(group: Group) -> tuple[str, ...]:
    """The columns a group is asked for by; groups by several missing facts, or by others, stand for those by one."""
    return tuple(sorted(FACT if dimension in (FACTS, OTHERS) else dimension for dimension, _ in group))


def _worth(request: Request, group: Group) -> float:
    """What a number is worth to a reader, beside others of its size: when something must be hidden, it is the least.

    Totals are worth more than their parts; the shares by which work is judged more than other counts; and least of all
    among how many a percentile was taken, which it stands without.
    """
    measure = request.measure
    if measure.kind is Kind.PERCENTILE:
        by_measure = 0.05
    elif measure.direction is Direction.HIGHER_IS_BETTER:
        by_measure = 3.0
    else:
        by_measure = 1.0 if measure.kind is Kind.COUNT else 0.5
    return by_measure * _BY_COLUMNS[min(len(group), len(_BY_COLUMNS) - 1)]


def _families(requests: Sequence[Request], counts: Counts) -> Iterator[tuple[Group, list[Group]]]:
    """Groups that are made up of others."""
    asked = dict.fromkeys(level for request in requests for level in request.levels)
    levels = dict.fromkeys((*asked, *map(together, asked)))
    by_level: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in counts.classes:
        by_level[tuple(dimension for dimension, _ in group)].append(group)
    for level in levels:
        for dimension in level:  # a total of a table over one of its columns
            if dimension == FACT:
                yield from _by_fact(by_level[together(level)])
                continue
            below: dict[Group, list[Group]] = defaultdict(list)
            for group in by_level[level]:
                below[tuple(item for item in group if item[0] != dimension)].append(group)
            yield from below.items()
    for fine, coarse in product(levels, levels):  # columns of different tables of which one divides the other
        own, other = set(fine) - set(coarse), set(coarse) - set(fine)
        if len(own) == len(other) == 1 and not (own | other) & {FACT, FACTS}:
            (a,), (b,) = own, other
            yield from _divided(a, b, by_level[fine], by_level[coarse], counts.lies_in[a, b])


def _by_fact(groups: Sequence[Group]) -> Iterator[tuple[Group, list[Group]]]:
    """The groups by one missing fact, and those by its absence, as sums of the groups by all facts together."""
    facts = {fact for group in groups for fact in str(dict(group)[FACTS] or "").split("; ") if fact}
    for fact in sorted(facts):
        for dimension in (FACT, OTHERS):
            below: dict[Group, list[Group]] = defaultdict(list)
            for group in groups:
                if (fact in str(dict(group)[FACTS] or "").split("; ")) == (dimension == FACT):
                    rest = (item for item in group if item[0] != FACTS)
                    below[tuple(sorted((*rest, (dimension, fact))))].append(group)
            yield from below.items()


def _divided(
    a: str,
    b: str,
    fine: Sequence[Group],
    coarse: Sequence[Group],
    lies_in: Mapping[Value, Collection[Value]],
) -> Iterator[tuple[Group, list[Group]]]:
    """The groups by ``b`` that are made up of whole groups by ``a``."""
    inside: dict[Value, list[Value]] = defaultdict(list)
    broken: set[Value] = set()
    for inner, outers in lies_in.items():
        for outer in outers:
            inside[outer].append(inner)
            if len(outers) > 1:
                broken.add(outer)
    there = set(fine)
    for group in coarse:
        value = dict(group)[b]
        if value in broken:
            continue
        rest = [item for item in group if item[0] != b]
        parts_ = [tuple(sorted((*rest, (a, inner)), key=lambda item: item[0])) for inner in inside[value]]
        yield group, [part for part in parts_ if part in there]
