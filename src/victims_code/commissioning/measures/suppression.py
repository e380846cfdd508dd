"""Hiding small numbers, and hiding enough beside them that none can be worked out again.

A number too small to publish is hidden. If the total above it and the other parts were still shown, anyone could
subtract; so more is hidden until no hidden small number follows from what is shown, neither by adding and subtracting
nor because only one value is left that it could have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from attrs import field, frozen

from victims_code.commissioning.reporting import SmallNumbers
from victims_code.errors import Fault, WrongValueError

__all__ = ["Suppressed", "Total", "suppress"]


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(parts)


@frozen(kw_only=True)
class Total:
    """A cell that is the sum of others, by their names."""

    total: str
    parts: tuple[str, ...] = field(converter=_names)


@frozen(kw_only=True)
class Suppressed:
    """What may be shown: ``shown`` has None for every hidden or missing cell.

    ``small`` names the cells hidden because they are small, ``besides`` those hidden to protect them.
    """

    shown: Mapping[str, int | None]
    small: tuple[str, ...]
    besides: tuple[str, ...]

    def hides(self, name: str) -> bool:
        """Whether a cell that has a number is hidden."""
        return name in self.small or name in self.besides


def suppress(
    cells: Mapping[str, int | None],
    totals: Sequence[Total] = (),
    rule: SmallNumbers | None = None,
    *,
    never_shown: Collection[str] = (),
) -> Suppressed:
    """Hide small numbers, and as much beside them as it takes.

    :param cells: the numbers by name; None is a missing figure, which nobody can subtract.
    :param totals: which cells are sums of which.
    :param rule: which numbers are small; by default the editable one of ``data/commissioning/reporting.yaml``.
    :param never_shown: cells that are not published in any case, but must not be worked out if they are small.
    :raises WrongValueError: if a total names a cell that is not there, or a number is negative.

    >>> counts = {"all": 120, "women": 96, "men": 21, "not known": 3}
    >>> result = suppress(counts, [Total(total="all", parts=["women", "men", "not known"])])
    >>> dict(result.shown)
    {'all': 120, 'women': 96, 'men': None, 'not known': None}
    >>> result.small, result.besides
    (('not known',), ('men',))
    """
    rule = SmallNumbers.default() if rule is None else rule
    _check(cells, totals)
    small = [name for name, number in cells.items() if number is not None and rule.must_hide(number)]
    besides: list[str] = []
    for group in _connected(small, totals):
        besides += _protecting(cells, group, small, rule, never_shown)
    hidden = {*small, *besides, *never_shown}
    return Suppressed(
        shown=MappingProxyType({name: None if name in hidden else number for name, number in cells.items()}),
        small=tuple(small),
        besides=tuple(name for name in cells if name in besides),
    )


def _check(cells: Mapping[str, int | None], totals: Sequence[Total]) -> None:
    faults = [
        Fault(code="VC-MEAS-003", where=name, what="A count is not negative.", way_out="Check the figure.")
        for name, number in cells.items()
        if number is not None and number < 0
    ]
    for total in totals:
        faults += [
            Fault(
                code="VC-MEAS-003",
                where=total.total,
                what=f"There is no cell {name!r}.",
                way_out="Name cells that are given.",
            )
            for name in (total.total, *total.parts)
            if name not in cells
        ]
    if faults:
        raise WrongValueError(*faults)


def _connected(small: Sequence[str], totals: Sequence[Total]) -> Iterator[list[Total]]:
    """The totals in groups that share cells, as far as there is anything small in them."""
    left = list(totals)
    while left:
        group, names = [left[0]], {left[0].total, *left[0].parts}
        left = left[1:]
        while touching := [total for total in left if names & {total.total, *total.parts}]:
            group += touching
            left = [total for total in left if total not in touching]
            names.update(*({total.total, *total.parts} for total in touching))
        if names & set(small):
            yield group


def _protecting(
    cells: Mapping[str, int | None],
    totals: Sequence[Total],
    small: Collection[str],
    rule: SmallNumbers,
    never_shown: Collection[str],
) -> list[str]:
    """The cells to hide besides the small ones, one after another, until nothing small can be worked out."""
    besides: list[str] = []
    names = dict.fromkeys(name for total in totals for name in (total.total, *total.parts))
    while True:
        unknown = {
            name: 0 if cells[name] is None or name in never_shown or not rule.nought_may_be_shown else 1
            for name in names
            if cells[name] is None or name in small or name in besides or name in never_shown
        }
        exposed = _worked_out(cells, totals, unknown) & set(small)
        if not exposed:
            return besides
        more = _next_to_hide(cells, totals, unknown, exposed)
        if more is None:
            return besides
        besides.append(more)


def _next_to_hide(
    cells: Mapping[str, int | None], totals: Sequence[Total], unknown: Collection[str], exposed: Collection[str]
) -> str | None:
    """The smallest shown part beside an exposed number, else its total, else the smallest number anywhere near."""

    def smallest(names: Iterator[str]) -> str | None:
        shown = [(number, name) for name in names if name not in unknown and (number := cells[name])]
        return min(shown)[1] if shown else None

    near = [total for total in totals if {total.total, *total.parts} & set(exposed)]
    return (
        smallest(name for total in near for name in total.parts)
        or smallest(total.total for total in near)
        or smallest(name for total in totals for name in (*total.parts, total.total))
    )


_Row = tuple[dict[str, Fraction], Fraction]


def _worked_out(cells: Mapping[str, int | None], totals: Sequence[Total], unknown: Mapping[str, int]) -> set[str]:
    """The hidden cells that have only one possible value, given all that is shown.

    :param unknown: the hidden cells, each with the least it can be.
    """
    rows = _solved([_row(cells, total, unknown) for total in totals])
    low: dict[str, Fraction | None] = {name: Fraction(least) for name, least in unknown.items()}
    high: dict[str, Fraction | None] = dict.fromkeys(unknown)
    changed = True
    while changed:
        changed = False
        for row, constant in rows:
            for name, factor in row.items():
                others = [(other, by) for other, by in row.items() if other != name]
                ends = [
                    None if rest is None else (constant - rest) / factor
                    for rest in (_extreme(others, low, high, upper=side) for side in (True, False))
                ]
                least, most = ends if factor > 0 else reversed(ends)
                was_low, was_high = low[name], high[name]
                if least is not None and (was_low is None or least > was_low):
                    low[name], changed = least, True
                if most is not None and (was_high is None or most < was_high):
                    high[name], changed = most, True
    return {name for name in unknown if low[name] is not None and low[name] == high[name]}


def _row(cells: Mapping[str, int | None], total: Total, unknown: Collection[str]) -> _Row:
    """The total as an equation: factors of the hidden cells, and what they come to."""
    row: dict[str, Fraction] = {}
    constant = Fraction()
    for name, factor in ((total.total, 1), *((part, -1) for part in total.parts)):
        if name in unknown:
            row[name] = row.get(name, Fraction()) + factor
        else:
            constant -= factor * Fraction(cells[name] or 0)
    return {name: factor for name, factor in row.items() if factor}, constant


def _solved(rows: Sequence[_Row]) -> list[_Row]:
    """The equations, and those that follow when one is solved for a cell and put into the others."""
    reduced = [(dict(row), constant) for row, constant in rows]
    done: list[_Row] = []
    while reduced:
        row, constant = reduced.pop()
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        row, constant = {name: by / factor for name, by in row.items()}, constant / factor
        reduced = [_without(other, row, constant, pivot) for other in reduced]
        done = [_without(other, row, constant, pivot) for other in done]
        done.append((row, constant))
    return [(row, constant) for row, constant in (*rows, *done) if row]


def _without(other: _Row, row: Mapping[str, Fraction], constant: Fraction, pivot: str) -> _Row:
    mine, my_constant = other
    factor = mine.get(pivot, Fraction())
    if not factor:
        return other
    names = dict.fromkeys((*mine, *row))
    mixed = {name: mine.get(name, Fraction()) - factor * row.get(name, Fraction()) for name in names}
    return {name: by for name, by in mixed.items() if by}, my_constant - factor * constant


def _extreme(
    terms: Sequence[tuple[str, Fraction]],
    low: Mapping[str, Fraction | None],
    high: Mapping[str, Fraction | None],
    *,
    upper: bool,
) -> Fraction | None:
    """The greatest (or least) that a sum can be, or None if there is no limit."""
    result = Fraction()
    for name, factor in terms:
        end = (high if (factor > 0) == upper else low)[name]
        if end is None:
            return None
        result += factor * end
    return result
