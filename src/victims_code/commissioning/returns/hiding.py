"""Which figures may not be published because they, or others that follow from them, are small.

A year of returns is published as a page of sums and as a table by provider and quarter. Whoever reads the one may read
the other, and knows which provider reports which measure and breakdown. So what is hidden is worked out once over both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from attrs import field, frozen

from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.sums import Sum
from victims_code.figures import SmallNumbers, Total, suppress

COUNTS = ("value", "numerator", "denominator", "eligible")
_SUBTRACTED = (("numerator", "denominator"), ("denominator", "eligible"))
_FOLLOWING = ("percentage", "mean")
"""Figures that are hidden with the counts they are worked out from."""
_PAGE_BEFORE_TABLE = 8.0
"""How much more a figure of the page is worth to the reader than one of the table by provider and quarter."""

_Path = tuple[str | None, tuple[str, ...]]
_Figure = tuple[_Path, str]
"""A measure as a whole or one part of it, and which of its counts."""
_Family = tuple[str, _Path, tuple[_Path, ...]]
"""A count, a total, and the parts that make it up."""


@frozen(kw_only=True)
class FigureRow:
    """The counts of one row of a table; rows of one ``group`` are of one measure.

    ``given`` holds who gave which of the counts. Readers are taken to know that, though they may see only the sums.
    """

    group: Hashable
    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]
    given: Mapping[Hashable, Mapping[str, int]]
    worth: float = 1.0

    @property
    def path(self) -> _Path:
        """The part of the measure that it is of."""
        return (self.breakdown, self.item)

    @classmethod
    def of(cls, one: ReportedLine | Sum, group: Hashable, *, worth: float = 1.0) -> FigureRow:
        """The counts of a line or a sum."""
        lines = one.contributions if isinstance(one, Sum) else (one,)
        given: dict[Hashable, dict[str, int]] = {
            (line.provider, line.service, line.period): _counts(line) for line in lines
        }
        return cls(group=group, breakdown=one.breakdown, item=one.item, counts=_counts(one), given=given, worth=worth)


def _counts(one: ReportedLine | Sum) -> dict[str, int]:
    return {name: figure for name in COUNTS if (figure := getattr(one, name)) is not None}


def hidden_lines(lines: Sequence[ReportedLine], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each line of a return the columns that must not be shown."""
    rows = [FigureRow.of(line, (line.provider, line.service, line.period, line.measure)) for line in lines]
    return _with_what_follows(lines, hidden_counts(rows, rule))


def hidden_sums(
    page: Sequence[Sum], table: Sequence[Sum], rule: SmallNumbers | None
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """For each sum of a page, and of the table by provider and quarter, the columns that must not be shown."""
    ones = [*page, *table]
    rows = [FigureRow.of(one, one.measure.id, worth=_PAGE_BEFORE_TABLE) for one in page]
    rows += [FigureRow.of(one, one.measure.id) for one in table]
    hidden = _with_what_follows(ones, hidden_counts(rows, rule))
    return hidden[: len(page)], hidden[len(page) :]


def _with_what_follows(ones: Sequence[ReportedLine | Sum], hidden: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The counts that are hidden, and with them the percentage or mean that is there."""
    return [
        names + tuple(name for name in _FOLLOWING if names and getattr(one, name) is not None)
        for one, names in zip(ones, hidden, strict=True)
    ]


def hidden_counts(rows: Sequence[FigureRow], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each row the counts that must not be shown; nothing, if there is no rule.

    A reader who knows which provider reports which measure and breakdown can add up the parts of one provider and take
    them from the sum of several. So the sums are hidden as if the figures were known of all together who report the
    same and are in the same sums; those are never shown, and must not be worked out either where they are small.
    """
    if rule is None:
        return [() for _ in rows]
    groups: dict[Hashable, list[FigureRow]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    cells, totals, worth, shown = dict[str, int | None](), list[Total](), dict[str, float](), set[str]()
    names: dict[int, Mapping[str, str]] = {}
    for k, together in enumerate(groups.values()):
        table = _Tables(prefix=f"{k}", alike=_who_report_alike(together), cells=cells, totals=totals)
        for n, row in enumerate(together):
            names[id(row)] = found = {name: table.cell(n, row.path, name) for name in row.counts}
            shown.update(found.values())
            worth |= {cell: max(row.worth, worth.get(cell, 0)) for cell in found.values()}
        table.add_families()
        table.add_what_is_left()
    result = suppress(cells, totals, rule, never_shown=cells.keys() - shown, worth=worth)
    return [tuple(name for name in row.counts if result.hides(names[id(row)][name])) for row in rows]


@frozen(kw_only=True)
class _Reported:
    """Which counts someone gives, in which rows they are, and which of them are a total with all its parts."""

    rows: frozenset[tuple[int, str]]
    families: frozenset[_Family]


@frozen(kw_only=True)
class _Alike:
    """Those who report the same and are in the same sums: nobody can tell what each of them gave."""

    rows: frozenset[tuple[int, str]]
    families: frozenset[_Family]
    figures: Mapping[_Figure, int]


def _who_report_alike(rows: Sequence[FigureRow]) -> tuple[_Alike, ...]:
    figures: dict[Hashable, dict[_Figure, int]] = defaultdict(dict)
    places: dict[Hashable, set[tuple[int, str]]] = defaultdict(set)
    for n, row in enumerate(rows):
        for who, counts in row.given.items():
            counted = {name: figure for name, figure in counts.items() if name in row.counts}
            figures[who] |= {(row.path, name): figure for name, figure in counted.items()}
            places[who] |= {(n, name) for name in counted}
    alike: dict[_Reported, list[Hashable]] = defaultdict(list)
    for who, given in figures.items():
        alike[_Reported(rows=frozenset(places[who]), families=frozenset(_families(given)))].append(who)
    return tuple(
        _Alike(
            rows=reported.rows,
            families=reported.families,
            figures={figure: sum(figures[one][figure] for one in who) for figure in figures[who[0]]},
        )
        for reported, who in alike.items()
    )


def _families(given: Mapping[_Figure, int]) -> Iterator[_Family]:
    """The totals among some figures that the parts beside them make up."""
    for name in COUNTS:
        by_path = {path: figure for (path, counted), figure in given.items() if counted == name}
        parts: dict[tuple[_Path, str], list[_Path]] = defaultdict(list)
        for breakdown, path in by_path:
            if breakdown is not None:
                above: _Path = (breakdown, path[:-1]) if path[1:] else (None, ())
                parts[above, breakdown].append((breakdown, path))
        for (above, _), below in parts.items():
            if above in by_path and by_path[above] == sum(by_path[part] for part in below):
                yield name, above, tuple(sorted(below, key=str))


@frozen(kw_only=True)
class _Tables:
    """The cells and totals of one measure: a cell is the figure of some of those who report alike, together."""

    prefix: str
    alike: Sequence[_Alike]
    cells: dict[str, int | None]
    totals: list[Total]
    made: dict[tuple[_Figure, frozenset[int]], str] = field(factory=dict)

    def cell(self, row: int, path: _Path, name: str) -> str:
        """The cell of a count of a row; rows that are made of the same figures have it in common."""
        whose = frozenset(m for m, who in enumerate(self.alike) if (row, name) in who.rows)
        return self._cell((path, name), whose)

    def _cell(self, figure: _Figure, whose: frozenset[int]) -> str:
        if (figure, whose) not in self.made:
            self.made[figure, whose] = cell = f"{self.prefix}/{len(self.made)} {figure[1]}"
            self.cells[cell] = sum(self.alike[m].figures[figure] for m in whose)
            if len(whose) > 1:
                parts = [self._cell(figure, frozenset([m])) for m in sorted(whose)]
                self.totals.append(Total(total=cell, parts=parts))
        return self.made[figure, whose]

    def add_families(self) -> None:
        """Of all who report alike, what adds up to what."""
        for m, who in enumerate(self.alike):
            alone = frozenset([m])
            for name, above, below in sorted(who.families, key=str):
                parts = [self._cell((part, name), alone) for part in below]
                self.totals.append(Total(total=self._cell((above, name), alone), parts=parts))

    def add_what_is_left(self) -> None:
        """Those who are counted in one figure and not in the next are never printed, and follow by subtraction."""
        for ((path, name), whose), below in list(self.made.items()):
            for part, whole in _SUBTRACTED:
                above = self.made.get(((path, whole), whose))
                if part == name and above is not None:
                    left = f"{above} less {below}"
                    self.cells[left] = max((self.cells[above] or 0) - (self.cells[below] or 0), 0)
                    self.totals.append(Total(total=above, parts=(below, left)))
