"""Counting: how many obligations of which kind there are in every group of every table that is asked for.

An obligation belongs to none, one or several of the selections that the measures make. Those that belong to the same
selections are one *class*; all counts that are shown are sums of classes, so classes are what small numbers are hidden
among.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.compliance.measuring.definitions import ComplianceMeasure, Selection
from victims_code.compliance.measuring.grouping import Dimension, Value
from victims_code.compliance.measuring.obligations import Obligations

FEW_CASES = 20
"""Counts that lie in fewer cases than this are known to; no rule of small numbers can ask for more."""

FACT, FACTS, OTHERS = "missing-fact", "missing-facts", "without-missing-fact"
"""An obligation can lack several facts, so groups by one fact overlap. They are counted by all the facts that an
obligation lacks together; a group by one fact is the sum of those that have it, and beside it stand all the others."""

Group = tuple[tuple[str, Value], ...]
"""A group: the dimensions it is narrowed by, each with its value, in the order of their names; empty: everything."""


@frozen(kw_only=True, eq=False)
class Request:
    """A table that is asked for: a measure, by some columns, with all totals.

    ``only`` narrows what is shown to some values of some columns; what is left out is counted for the totals.
    """

    measure: ComplianceMeasure
    by: tuple[str, ...] = ()
    only: Mapping[str, Collection[Value]] = field(factory=dict)

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The sets of columns whose groups make up the table, from everything to the finest."""
        names = sorted(set(self.by))
        return tuple(level for size in range(len(names) + 1) for level in combinations(names, size))

    @checked
    def shows(self, group: Group) -> bool:
        """Whether a group is one of the table's rows."""
        values = dict(group)
        return all(values.get(name) in allowed for name, allowed in self.only.items())


@frozen(kw_only=True)
class Counts:
    """What was counted.

    ``classes`` has for each group the number of obligations by class, a class being the set of selections (by their
    places in ``selections``) that its obligations belong to. ``of_few`` has the number of different cases for those
    groups and sets of classes that could lie in few. ``lies_in`` says for two columns in which groups by the second the
    obligations of a group by the first lie.
    """

    selections: tuple[Selection, ...]
    classes: Mapping[Group, Mapping[int, int]]
    of_few: Mapping[tuple[Group, frozenset[int]], int]
    lies_in: Mapping[tuple[str, str], Mapping[Value, Collection[Value]]]

    def within(self, selection: Selection) -> frozenset[int]:
        """The classes a selection is made of."""
        bit = 1 << self.selections.index(selection)
        return frozenset(c for counted in self.classes.values() for c in counted if c & bit)

    def number(self, group: Group, classes: Collection[int]) -> int:
        """How many obligations of some classes a group has."""
        counted = self.classes.get(group, {})
        return sum(number for c, number in counted.items() if c in classes)


def count(requests: Sequence[Request], obligations: Obligations) -> Counts:
    """Everything that the requests need."""
    selections = tuple(dict.fromkeys(s for request in requests for s in request.measure.selections))
    names = sorted({FACTS if name == FACT else name for request in requests for name in request.by})
    grouped = [obligations.dimension(name) for name in names]
    levels = list(dict.fromkeys(together(level) for request in requests for level in request.levels))
    class_of = " + ".join(f"CAST(({condition(s)}) AS INTEGER) * {1 << n}" for n, s in enumerate(selections)) or "0"
    columns = ", ".join([f"{class_of} AS class", "case_key", *(f"{d.sql} AS g{n}" for n, d in enumerate(grouped))])
    obligations.run(
        f"CREATE OR REPLACE TEMP TABLE classed AS SELECT * FROM (SELECT {columns} FROM {obligations.table})"
        " WHERE class <> 0"
    )
    classes: dict[Group, dict[int, int]] = {}
    for row in obligations.rows(_by_level(("class", "count(*)"), "classed", grouped, levels, also="class")):
        *rest, class_, number = row
        classes.setdefault(_group(rest, names), {})[class_] = number
    classes.setdefault((), {})
    counts = Counts(selections=selections, classes=classes, of_few={}, lies_in={})
    of_few = _of_few(requests, counts, obligations, names, levels)
    for group, counted in _by_fact(classes):
        for class_, number in counted.items():
            classes.setdefault(group, {})[class_] = classes.get(group, {}).get(class_, 0) + number
    return Counts(selections=selections, classes=classes, of_few=of_few, lies_in=_lies_in(requests, obligations, names))


def _of_few(
    requests: Sequence[Request],
    counts: Counts,
    obligations: Obligations,
    names: Sequence[str],
    levels: Sequence[Sequence[str]],
) -> dict[tuple[Group, frozenset[int]], int]:
    """In how many cases those counts lie that could lie in few: no case has more than so many obligations."""
    ((most,),) = obligations.rows(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM classed GROUP BY case_key)"
    )
    limit = FEW_CASES * int(most)
    sets = {side for request in requests for side in parts(request.measure, counts) if side}
    place = {name: f"g{n}" for n, name in enumerate(names)}
    found: dict[tuple[Group, frozenset[int]], int] = {}
    for level in levels:
        small = {
            group: {side for side in sets if 0 < counts.number(group, side) < limit}
            for group in counts.classes
            if tuple(name for name, _ in group) == tuple(level)
        }
        wanted = sorted({c for sides in small.values() for side in sides for c in side})
        if not wanted:
            continue
        columns = [place[name] for name in level]
        cases: dict[Group, dict[int, set[int]]] = {}
        few = (
            f"SELECT {', '.join([*columns, 'class'])} FROM classed WHERE class IN ({', '.join(map(str, wanted))})"
            f" GROUP BY ALL HAVING count(*) < {limit}"
        )
        same = " AND ".join(f"classed.{c} IS NOT DISTINCT FROM few.{c}" for c in [*columns, "class"])
        query = (
            f"SELECT DISTINCT {', '.join(f'classed.{c}' for c in [*columns, 'class', 'case_key'])}"
            f" FROM classed SEMI JOIN ({few}) AS few ON {same}"
        )
        for *values, class_, case in obligations.rows(query):
            group = tuple(zip(level, values, strict=True))
            cases.setdefault(group, {}).setdefault(class_, set()).add(case)
        for group, sides in small.items():
            for side in sides:
                number = len(set().union(*(cases.get(group, {}).get(c, set()) for c in side)))
                for wider in (group, *_facts_of(group)):
                    # of several sets of facts the greatest number of cases, which is the least there can be in all
                    found[wider, side] = max(number, found.get((wider, side), 0))
    return found


def _lies_in(
    requests: Sequence[Request], obligations: Obligations, names: Sequence[str]
) -> dict[tuple[str, str], dict[Value, set[Value]]]:
    """For columns of different tables: in which groups by the second the obligations of a group by the first lie."""
    pairs = sorted(
        {
            (a, b)
            for fine in {level for request in requests for level in request.levels}
            for coarse in {level for request in requests for level in request.levels}
            if len(own := set(fine) - set(coarse)) == len(other := set(coarse) - set(fine)) == 1
            for a in own
            for b in other
            if not {a, b} & {FACT, FACTS}
        }
    )
    place = {name: f"g{n}" for n, name in enumerate(names)}
    found: dict[tuple[str, str], dict[Value, set[Value]]] = {}
    for a, b in pairs:
        if (b, a) in found:
            rows: list[tuple[Value, Value]] = [(x, y) for y, inside in found[b, a].items() for x in inside]
        else:
            query = f"SELECT DISTINCT {place[a]}, {place[b]} FROM classed ORDER BY ALL"
            rows = [(x, y) for x, y in obligations.rows(query)]
        together_: dict[Value, set[Value]] = {}
        for x, y in rows:
            together_.setdefault(x, set()).add(y)
        found[a, b] = together_
    return found


def together(level: Sequence[str]) -> tuple[str, ...]:
    """A set of columns with all missing facts together in place of one."""
    return tuple(sorted(FACTS if name == FACT else name for name in level))


def _by_fact(classes: Mapping[Group, Mapping[int, int]]) -> list[tuple[Group, Mapping[int, int]]]:
    """The counts by all missing facts together, once more under each fact, and under the others of each fact."""
    together = [(group, counted) for group, counted in classes.items() if FACTS in dict(group)]
    facts = sorted({fact for group, _ in together for fact in _facts(dict(group)[FACTS])})
    found: list[tuple[Group, Mapping[int, int]]] = []
    for group, counted in together:
        mine = _facts(dict(group)[FACTS])
        found += [(_instead(group, FACT if fact in mine else OTHERS, fact), counted) for fact in facts]
    return found


def _facts_of(group: Group) -> list[Group]:
    return [_instead(group, FACT, fact) for fact in _facts(dict(group).get(FACTS))]


def _facts(value: Value) -> list[str]:
    return [] if value is None else str(value).split("; ")


def _instead(group: Group, name: str, value: Value) -> Group:
    return tuple(sorted((*(item for item in group if item[0] != FACTS), (name, value))))


def parts(measure: ComplianceMeasure, counts: Counts) -> Iterator[frozenset[int]]:
    """The sets of classes a measure shows, and the rest that follows by subtraction."""
    yield from (counts.within(selection) for selection in measure.selections)
    if measure.numerator is not None and measure.denominator is not None:
        yield counts.within(measure.denominator) - counts.within(measure.numerator)


def spread(requests: Sequence[Request], obligations: Obligations) -> dict[Request, dict[Group, tuple[int | None, int]]]:
    """For percentiles: in each group the percentile of the working days late, and how many lie beyond it."""
    found: dict[Request, dict[Group, tuple[int | None, int]]] = {request: {} for request in requests}
    for among in dict.fromkeys(request.measure.denominator for request in requests):
        assert among is not None
        alike = [request for request in requests if request.measure.denominator == among]
        names = sorted({name for request in alike for name in request.by})
        grouped = [obligations.dimension(name) for name in names]
        levels = list(dict.fromkeys(level for request in alike for level in request.levels))
        asked = sorted({request.measure.percentile or 0 for request in alike})
        inner = ", ".join(["days_late", *(f"{d.sql} AS g{n}" for n, d in enumerate(grouped))])
        source = f"(SELECT {inner} FROM {obligations.table} WHERE {condition(among)})"
        figures = (f"quantile_disc(days_late, [{', '.join(str(p / 100) for p in asked)}])", "count(*)")
        for *rest, values, number in obligations.rows(_by_level(figures, source, grouped, levels)):
            group = _group(rest, names)
            level = tuple(name for name, _ in group)
            for request in alike:
                if level in request.levels:
                    percentile = request.measure.percentile or 0
                    value = None if values is None else int(values[asked.index(percentile)])
                    found[request][group] = (value, number * (100 - percentile) // 100)
    return found


def condition(selection: Selection) -> str:
    """A selection as SQL that is never unknown."""
    statuses = ", ".join(f"'{status.value}'" for status in selection.status)
    tests = [f"status IN ({statuses})"]
    for column, wanted in (
        ("limited", selection.limited),
        ("recordable", selection.recordable),
        ("recorded", selection.recorded),
        ("done", selection.done),
        ("days_late IS NOT NULL", selection.lateness_known),
        ("coalesce(good_reason, false)", selection.good_reason),
    ):
        if wanted is not None:
            tests.append(f"({column})" if wanted else f"NOT ({column})")
    return " AND ".join(tests)


def _by_level(
    figures: Sequence[str],
    source: str,
    grouped: Sequence[Dimension],
    levels: Sequence[Sequence[str]],
    *,
    also: str | None = None,
) -> str:
    """A query for figures at every level: which level it is, the groups, then the figures."""
    place = {dimension.name: f"g{n}" for n, dimension in enumerate(grouped)}
    columns = list(place.values())
    level = f"CAST(GROUPING({', '.join(columns)}) AS INTEGER)" if columns else "0"
    extra = [also] if also else []
    sets = ", ".join(f"({', '.join([*(place[name] for name in names), *extra])})" for names in levels)
    grouping = f" GROUP BY GROUPING SETS ({sets})" if columns else (f" GROUP BY {also}" if also else "")
    shown = [level, *columns, *figures]
    return f"SELECT {', '.join(shown)} FROM {source}{grouping} ORDER BY {', '.join(map(str, range(1, len(shown) + 1)))}"


def _group(row: Sequence[object], names: Sequence[str]) -> Group:
    """The group a row stands for: GROUPING has a bit for each column that was summed over, the last one lowest."""
    level, *values = row
    last = len(names) - 1
    return tuple(
        (name, value)  # type: ignore[misc]
        for n, (name, value) in enumerate(zip(names, values, strict=True))
        if not int(level) >> (last - n) & 1  # type: ignore[call-overload]
    )
