"""Which figures of a table must be hidden before it is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from attrs import frozen

from victims_code.figures import SmallNumbers, Total, suppress

__all__ = ["COUNTS", "HIDDEN", "FigureRow", "hidden_counts"]

HIDDEN = "hidden"
"""What stands for a number that is hidden because it, or one beside it, is small."""

COUNTS = ("value", "numerator", "denominator", "eligible")
_SUBTRACTED = (("numerator", "denominator"), ("denominator", "eligible"))


@frozen(kw_only=True)
class FigureRow:
    """The counts of one row of a table; rows of one ``group`` are a total and its parts, those ``alike`` add up."""

    group: Hashable
    alike: Hashable
    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]


def hidden_counts(rows: Sequence[FigureRow], rule: SmallNumbers | None) -> list[tuple[str, ...]]:
    """For each row the counts that must not be shown; nothing, if there is no rule."""
    if rule is None:
        return [() for _ in rows]
    cells: dict[str, int | None] = {
        f"{n} {name}": row.counts[name] for n, row in enumerate(rows) for name in row.counts
    }
    totals: list[Total] = []
    never: list[str] = []
    for n, row in enumerate(rows):
        cells |= {f"{n} {name}": figure for name, figure in row.counts.items()}
        for part, whole in _SUBTRACTED:
            if part in row.counts and whole in row.counts:
                # those who are not in the part are never printed, and would follow by subtraction
                rest = f"{n} not {part}"
                cells[rest] = row.counts[whole] - row.counts[part]
                never.append(rest)
                totals.append(Total(total=f"{n} {whole}", parts=(f"{n} {part}", rest)))
    for name in COUNTS:
        for k, (above, below) in enumerate(_sums(rows, name)):
            if len(above) == 1:
                totals.append(Total(total=f"{above[0]} {name}", parts=[f"{n} {name}" for n in below]))
            else:  # several totals that were kept apart, and their parts
                both = f"all {name} {k}"
                cells[both] = sum(rows[n].counts[name] for n in above)
                never.append(both)
                totals += [Total(total=both, parts=[f"{n} {name}" for n in side]) for side in (above, below)]
    result = suppress(cells, totals, rule, never_shown=never)
    return [tuple(name for name in row.counts if result.hides(f"{n} {name}")) for n, row in enumerate(rows)]


def _sums(rows: Sequence[FigureRow], name: str) -> Iterator[tuple[list[int], list[int]]]:
    """Rows (by their places) whose figures come to the same as those of other rows: totals, and their parts."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if name in row.counts:
            groups[row.group].append(n)
    for places in groups.values():
        by_path: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for n in places:
            by_path[rows[n].breakdown, rows[n].item].append(n)
        families: dict[tuple[str | None, tuple[str, ...]], list[int]] = defaultdict(list)
        for (breakdown, path), found in by_path.items():
            if breakdown is not None:
                families[breakdown, path[:-1]] += found
        for (breakdown, path), below in families.items():
            above = by_path.get((breakdown if path else None, path), [])
            for alike in dict.fromkeys(rows[n].alike for n in above):
                tops, parts = ([n for n in side if rows[n].alike == alike] for side in (above, below))
                yield from _same(rows, name, tops, parts)
            if len({rows[n].alike for n in (*above, *below)}) > 1:
                yield from _same(rows, name, above, below)


def _same(
    rows: Sequence[FigureRow], name: str, above: list[int], below: list[int]
) -> Iterator[tuple[list[int], list[int]]]:
    if above and below and sum(rows[n].counts[name] for n in above) == sum(rows[n].counts[name] for n in below):
        yield above, below
