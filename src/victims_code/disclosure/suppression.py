"""Hiding small numbers, and as much beside them as it takes.

Somebody who reads the tables knows every number that is shown, which cells are sums of which, and this rule. A hidden
number is safe if other sets of numbers fit all that as well: sets in which it is greater, and sets in which it is less,
by as much as makes it impossible to say whether it is small. So for every small number the library looks for two such
sets (whole numbers, found by the optimiser HiGHS, which comes with SciPy), at the least cost in further cells hidden. A
cell that differs from its true number in one of those sets is hidden; and because it differs, it too can have more than
one value. What was hidden for one number stays hidden, so that later steps cannot undo earlier ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf, log2
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from victims_code.disclosure.rule import SmallNumbers
from victims_code.disclosure.sums import Total, check, connected
from victims_code.errors import Fault, MissingExtraError

__all__ = ["Suppressed", "possible_range", "suppress"]

_SMALL_ENOUGH = 600
"""Tables with no more cells than this are searched whole."""


@frozen(kw_only=True)
class Suppressed:
    """What may be shown. ``shown`` has every cell, None where it is hidden or was missing.

    ``small`` names the cells hidden because they are small, ``besides`` those hidden to protect them. Readers must not
    be told which of the two a cell is.
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
    also_hide: Collection[str] = (),
    aside: Collection[str] = (),
) -> Suppressed:
    """Hide small numbers, and as much beside them as it takes.

    :param cells: the numbers by name; None is a missing figure, which nobody can subtract.
    :param totals: which cells are sums of which, over all tables that are published together.
    :param rule: which numbers are small.
    :param never_shown: cells that are not published in any case, but must not be worked out if they are small.
    :param also_hide: cells that must be hidden although they are not small, such as many records of few people.
    :param aside: cells that are not published, and need not be protected: they only say how others add up.
    :raises WrongValueError: if a total names a cell that is not there, or a number is negative.
    :raises MissingExtraError: if SciPy is not installed and something is small.

    >>> counts = {"all": 120, "women": 96, "men": 21, "not known": 3}
    >>> sums = [Total(total="all", parts=["women", "men", "not known"])]
    >>> result = suppress(counts, sums, SmallNumbers(below=5))
    >>> dict(result.shown)
    {'all': 120, 'women': 96, 'men': None, 'not known': None}
    >>> result.small, result.besides
    (('not known',), ('men',))
    """
    rule = SmallNumbers(below=5) if rule is None else rule
    check(cells, totals, (*never_shown, *also_hide, *aside))
    unseen, unprotected, wanted = frozenset((*never_shown, *aside)), frozenset(aside), frozenset(also_hide)
    small = [
        name
        for name, number in cells.items()
        if number is not None and (rule.must_hide(number) or name in wanted) and name not in unprotected
    ]
    hidden = {*small, *unseen}
    for group in connected(totals):
        names = dict.fromkeys(name for total in group for name in total.cells)
        exposed = [name for name in small if name in names]
        if exposed:
            hidden |= _Group.of(cells, group, hidden, rule, unseen).protect(exposed)
    besides = hidden.difference(small, unseen)
    return Suppressed(
        shown=MappingProxyType({name: None if name in hidden else number for name, number in cells.items()}),
        small=tuple(small),
        besides=tuple(name for name in cells if name in besides),
    )


def possible_range(
    shown: Mapping[str, int | None], totals: Sequence[Total], name: str, *, least: int = 1, noughts: Collection[str] = ()
) -> tuple[int, int | None] | None:
    """The least and the greatest whole number a hidden cell can be for somebody who knows everything that is shown.

    :param shown: every cell, None where hidden.
    :param least: the least any hidden cell can be.
    :param noughts: hidden cells that can be nought all the same.
    :returns: None for the greatest if there is no limit; None altogether if no numbers fit at all.

    >>> sums = [Total(total="all", parts=["women", "men", "not known"])]
    >>> possible_range({"all": 120, "women": 96, "men": None, "not known": None}, sums, "not known")
    (1, 23)
    """
    optimiser = _Optimiser.load()
    hidden = [cell for cell, number in shown.items() if number is None]
    place = {cell: n for n, cell in enumerate(hidden)}
    rows, constants = [], []
    for total in totals:
        row: dict[int, float] = {}
        constant = 0
        for cell, factor in ((total.total, 1), *((part, -1) for part in total.parts)):
            if cell in place:
                row[place[cell]] = row.get(place[cell], 0) + factor
            else:
                constant -= factor * (shown[cell] or 0)
        rows.append(row)
        constants.append(constant)
    low = [0.0 if cell in noughts else float(least) for cell in hidden]
    ends: list[int | None] = []
    for sign in (1.0, -1.0):
        cost = [0.0] * len(hidden)
        cost[place[name]] = sign
        found = optimiser.solve(cost, rows, constants, low, [inf] * len(hidden))
        if found is None:
            return None
        ends.append(None if isinstance(found, str) else round(found[place[name]]))
    return ends[0] or 0, ends[1]


@frozen(kw_only=True)
class _Group:
    """Totals that hang together, with the cells in them that are not shown as nought: those that could be moved."""

    cells: Mapping[str, int | None]
    names: tuple[str, ...]
    place: Mapping[str, int]
    rows: tuple[Mapping[int, float], ...]
    hidden: set[str]
    rule: SmallNumbers
    may_be_nought: frozenset[str]
    weights: tuple[float, ...]
    sums_with: tuple[tuple[int, ...], ...]
    """For each cell the rows it stands in."""
    cheapest_first: tuple[tuple[int, ...], ...]
    """For each row its cells, those first that are worth least to the reader."""
    reached: dict[str, tuple[int, int]] = field(factory=dict)
    """How far down and up a hidden cell has been moved in the sets of numbers found so far."""

    @classmethod
    def of(
        cls,
        cells: Mapping[str, int | None],
        totals: Sequence[Total],
        hidden: Collection[str],
        rule: SmallNumbers,
        never_shown: Collection[str],
    ) -> _Group:
        everything = dict.fromkeys(name for total in totals for name in total.cells)
        names = tuple(name for name in everything if name in hidden or cells[name] != 0)
        place = {name: n for n, name in enumerate(names)}
        sums_of = {total.total for total in totals}
        rows = []
        for total in totals:
            row: dict[int, float] = {}
            for name, factor in ((total.total, 1.0), *((part, -1.0) for part in total.parts)):
                if name in place:
                    row[place[name]] = row.get(place[name], 0.0) + factor
            rows.append({n: factor for n, factor in row.items() if factor})
        rows = [row for row in rows if row]
        # large cells and totals are worth more to the reader than small cells
        weights = tuple(
            (1 + log2(1 + (cells[name] or 0))) * (4 if name in sums_of else 1) + n * 1e-6 for n, name in enumerate(names)
        )
        sums_with: list[list[int]] = [[] for _ in names]
        for r, row in enumerate(rows):
            for n in row:
                sums_with[n].append(r)
        return cls(
            cells=cells,
            names=names,
            place=place,
            rows=tuple(rows),
            hidden={name for name in names if name in hidden or cells[name] is None},
            rule=rule,
            may_be_nought=frozenset(never_shown),
            weights=weights,
            sums_with=tuple(map(tuple, sums_with)),
            cheapest_first=tuple(tuple(sorted(row, key=lambda n: weights[n])) for row in rows),
        )

    def protect(self, exposed: Iterable[str]) -> set[str]:
        """The cells to hide, the exposed ones among them."""
        for name in sorted(exposed, key=lambda name: (-(self.cells[name] or 0), self.place[name])):
            true = self.cells[name] or 0
            self._move(name, true + self.rule.margin)
            for target in range(max(self._least(name), true - self.rule.margin), true):
                if self._move(name, target):
                    break  # where several hidden numbers of at least 1 make up this one, it cannot be less than they
        return {name for name in self.hidden if self.cells[name] is not None}

    def _least(self, name: str) -> int:
        return 0 if name in self.may_be_nought else self.rule.least

    def _move(self, name: str, target: int) -> bool:
        """Find numbers that fit in which a cell is ``target``, and hide what differs in them; say if there are any."""
        by = target - (self.cells[name] or 0)
        down, up = self.reached.get(name, (0, 0))
        if down <= by <= up:
            return True
        found = next((way for used in self._neighbourhoods(name) if (way := self._solve(name, by, used))), None)
        if found is None:
            return False
        self.hidden.update(found)
        ways = [found]
        if all(self._room_below(other) >= moved for other, moved in found.items()):
            ways.append({other: -moved for other, moved in found.items()})  # the other way about fits as well
        for way in ways:
            for other, moved in way.items():
                down, up = self.reached.get(other, (0, 0))
                self.reached[other] = (min(down, moved), max(up, moved))
        return True

    def _neighbourhoods(self, name: str) -> Iterator[list[int]]:
        """Cells to look among, first few and near, then more, at last all: large tables need not be searched whole."""
        last = 0
        for most in (0, *((4, 24) if len(self.names) > _SMALL_ENOUGH else ()), len(self.names)):
            used = self._near(name, most)
            if len(used) > last:
                yield used
            last = len(used)

    def _near(self, name: str, most: int) -> list[int]:
        """The cells that share sums with a cell, over several steps: of each sum the hidden ones and ``most`` others."""
        reached, edge, seen = {self.place[name]}, [self.place[name]], set[int]()
        while edge:
            further = []
            for n in edge:
                for r in self.sums_with[n]:
                    if r in seen:
                        continue
                    seen.add(r)
                    others = 0
                    for other in self.cheapest_first[r]:
                        if self.names[other] not in self.hidden:
                            others += 1
                            if others > most:
                                continue
                        if other not in reached:
                            reached.add(other)
                            further.append(other)
            edge = further
        return sorted(reached)

    def _solve(self, name: str, by: int, used: Sequence[int]) -> dict[str, int] | None:
        """The cheapest changes that keep every sum and change one cell by ``by``; each change is up or down."""
        column = {n: k for k, n in enumerate(used)}
        width = len(used)
        cost, high = [], []
        for n in used:
            cell = self.names[n]
            free = cell in self.hidden
            cost.append(1e-3 if free else self.weights[n])
            high.append(float(abs(by)) if cell == name else inf)
        downs = [self._room_below(self.names[n]) for n in used]
        rows: list[Mapping[int, float]] = []
        for r in sorted({r for n in used for r in self.sums_with[n]}):
            row = self.rows[r]
            mine = {column[n]: factor for n, factor in row.items() if n in column}
            if mine:
                rows.append({**mine, **{width + k: -factor for k, factor in mine.items()}})
        constants: list[float] = [0.0] * len(rows)
        target = column[self.place[name]]
        rows.append({target: 1.0, width + target: -1.0})
        constants.append(float(by))
        answer = _Optimiser.load().solve([*cost, *cost], rows, constants, [0.0] * (2 * width), [*high, *downs])
        if answer is None or isinstance(answer, str):
            return None
        moves = {self.names[n]: round(answer[k] - answer[width + k]) for k, n in enumerate(used)}
        return {cell: moved for cell, moved in moves.items() if moved}

    def _room_below(self, name: str) -> float:
        """By how much a cell could be less than it is."""
        number = self.cells[name]
        return inf if number is None else float(max(number - self._least(name), 0))


@frozen(kw_only=True)
class _Optimiser:
    """HiGHS through SciPy: whole numbers at the least cost."""

    milp: Any
    constraint: Any
    bounds: Any
    matrix: Any

    @classmethod
    def load(cls) -> _Optimiser:
        try:
            from scipy.optimize import Bounds, LinearConstraint, milp
            from scipy.sparse import csr_array
        except ImportError:
            raise MissingExtraError(
                Fault(
                    code="VC-NAME-003",
                    where="",
                    what="Hiding small numbers needs SciPy, which is not installed.",
                    way_out='Install it with: python -m pip install "victims-code[stats]"',
                )
            ) from None
        return cls(milp=milp, constraint=LinearConstraint, bounds=Bounds, matrix=csr_array)

    def solve(
        self,
        cost: Sequence[float],
        rows: Sequence[Mapping[int, float]],
        constants: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
    ) -> Sequence[float] | str | None:
        """The cheapest whole numbers between ``low`` and ``high`` for which each row comes to its constant.

        :returns: None if there are none, and ``"unbounded"`` if the cost has no lower limit.
        """
        data, columns, starts = [], [], [0]
        for row in rows:
            columns += list(row)
            data += list(row.values())
            starts.append(len(columns))
        constraints = (
            [self.constraint(self.matrix((data, columns, starts), shape=(len(rows), len(cost))), constants, constants)]
            if rows
            else []
        )
        found = self.milp(
            cost, integrality=[1] * len(cost), bounds=self.bounds(low, high), constraints=constraints
        )
        if found.status == 0:
            answer: Sequence[float] = found.x
            return answer
        if found.status == 2:
            return None
        return "unbounded"
