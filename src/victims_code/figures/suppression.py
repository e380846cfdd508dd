"""Hiding small numbers, and as much beside them as it takes.

Someone who reads the tables knows every number that is shown, which cells are sums of which, and this rule. A hidden
number is safe if another set of whole numbers fits all that as well, in which it is so much greater that no one can
say whether it is small. The library looks for such sets (with the optimiser HiGHS, which comes with SciPy), at the
least cost in further cells hidden. A cell that differs from its true number in one of those sets is hidden; and
because it differs, it too can have more than one value. What was hidden for one number stays hidden, so that later
steps cannot undo earlier ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import inf, sqrt
from types import MappingProxyType
from typing import Any
from zlib import crc32

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.extras import need
from victims_code.figures.small_numbers import SmallNumbers, Total, check, connected

_SWEEPS, _IDLE_SWEEPS = 6, 2
_REVEALS = 20_000
"""How often to try to show a cell again: so often, divided by how many cells there are."""
_BIDS = (50.0, 150.0, 500.0)
"""What is bid, against the cost of hiding, for many small numbers at once: those that can be protected cheaply come
first, because what is hidden for them often protects the others too."""
_TIMES = (1, 2, 3, 4, 5, 6, 12)
"""How many times as great a set of changes is made that comes out in fractions, to be whole."""
_NOTHING = 1e-6
"""What is less than this is no change but the rounding of the optimiser."""
_WORTH = 1e6
"""What is bid for one that is left: more than any cells there are."""


@frozen(kw_only=True)
class Suppressed:
    """What may be shown. ``shown`` has every cell, None where it is hidden or was missing.

    ``small`` names the cells hidden because they are small, ``besides`` those hidden to protect them. Readers must not
    be told which of the two a cell is.
    """

    shown: Mapping[str, int | None]
    small: tuple[str, ...]
    besides: tuple[str, ...]
    given_away: tuple[str, ...] = ()
    """Small cells that are known, or known to be small, from what was shown before, whatever is hidden now."""

    def hides(self, name: str) -> bool:
        """Whether a cell that has a number is hidden."""
        return name in self.small or name in self.besides


@checked
def suppress(
    cells: Mapping[str, int | None],
    totals: Sequence[Total],
    rule: SmallNumbers,
    *,
    never_shown: Collection[str] = (),
    also_hide: Collection[str] = (),
    aside: Collection[str] = (),
    already_shown: Collection[str] = (),
    worth: Mapping[str, float] | None = None,
) -> Suppressed:
    """Hide small numbers, and as much beside them as it takes.

    The same numbers are hidden whatever order cells and totals come in.

    :param cells: the numbers by name; None is a missing figure, which no one can subtract.
    :param totals: which cells are sums of which, over all tables that are published together.
    :param rule: which numbers are small.
    :param never_shown: cells that are not published in any case, but must not be worked out if they are small.
    :param also_hide: cells that must be hidden although they are not small, such as many records of few people.
    :param aside: cells that are not published, and need not be protected: they only say how others add up.
    :param already_shown: cells that readers know from an earlier publication, so that hiding them protects nothing.
    :param worth: how much more than others some cells are worth to the reader, such as a grand total; 1 is usual.
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
    check(cells, totals, (*never_shown, *also_hide, *aside, *already_shown))
    totals = sorted(
        (Total(total=total.total, parts=sorted(total.parts)) for total in totals),
        key=lambda total: (total.total, total.parts),
    )
    unseen, unprotected, wanted = frozenset((*never_shown, *aside)), frozenset(aside), frozenset(also_hide)
    known = frozenset(already_shown)
    small = [
        name
        for name, number in cells.items()
        if number is not None and (rule.must_hide(number) or name in wanted) and name not in unprotected
    ]
    hidden = {*small, *unseen}
    given_away = set(known.intersection(small))
    for group in connected(totals):
        names = dict.fromkeys(name for total in group for name in total.cells)
        exposed = [name for name in small if name in names and name not in known]
        if exposed:
            linked = _LinkedTotals.of(cells, group, hidden, rule, unseen, known, worth or {})
            hidden |= linked.protect(exposed)
            given_away |= linked.given_away
    besides = hidden.difference(small, unseen)
    return Suppressed(
        shown=MappingProxyType({name: None if name in hidden else number for name, number in cells.items()}),
        small=tuple(small),
        besides=tuple(name for name in cells if name in besides),
        given_away=tuple(name for name in cells if name in given_away),
    )


@checked
def possible_range(
    shown: Mapping[str, int | None],
    totals: Sequence[Total],
    name: str,
    *,
    least: int = 1,
    noughts: Collection[str] = (),
) -> tuple[int, int | None] | None:
    """The least and the greatest whole number a hidden cell can be for someone who knows everything that is shown.

    :param shown: every cell, None where hidden.
    :param least: the least any hidden cell can be.
    :param noughts: hidden cells that can be zero all the same.
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
class _LinkedTotals:
    """Totals that hang together, with the cells in them that are not shown as zero: those that could be moved."""

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
    exposed: set[str] = field(factory=set)
    proofs: dict[str, frozenset[str]] = field(factory=dict)
    """For each small number that is safe, the cells that differ in the set of numbers that proves it."""
    some_are_known: bool = False
    given_away: set[str] = field(factory=set)
    """Small numbers that nothing which can still be hidden makes safe from those who know others already."""

    @classmethod
    def of(
        cls,
        cells: Mapping[str, int | None],
        totals: Sequence[Total],
        hidden: Collection[str],
        rule: SmallNumbers,
        never_shown: Collection[str],
        known: Collection[str],
        worth: Mapping[str, float],
    ) -> _LinkedTotals:
        everything = dict.fromkeys(name for total in totals for name in total.cells)
        names = tuple(name for name in everything if name not in known and (name in hidden or cells[name] != 0))
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
            (1 + sqrt(cells[name] or 0)) * (4 if name in sums_of else 1) * worth.get(name, 1.0) + n * 1e-6
            for n, name in enumerate(names)
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
            some_are_known=any(name in known for name in everything),
            weights=weights,
            sums_with=tuple(map(tuple, sums_with)),
        )

    def protect(self, exposed: Iterable[str]) -> set[str]:
        """The cells to hide, the exposed ones among them."""
        self.exposed.update(exposed)
        unsafe = sorted(self.exposed, key=lambda name: (-(self.cells[name] or 0), self.place[name]))
        self._sweep(unsafe)
        bids = list(_BIDS)
        while unsafe := [name for name in unsafe if self._is_unsafe(name)]:
            if bids:
                if not self._hide_for(self._apart(unsafe), bids[0]):
                    bids.pop(0)
                    continue
            elif not (
                any(self._hide_for(unsafe[:1], _WORTH, reach=times) for times in _TIMES)
                or self._hide_in_fractions(unsafe[0])
            ):
                self._hide_all_around(unsafe[0])
            self._sweep(unsafe)
        self._reveal()
        return {name for name in self.hidden if self.cells[name] is not None}

    def _is_unsafe(self, name: str) -> bool:
        return name not in self.proofs

    def _sweep(self, names: Sequence[str]) -> None:
        """Move as many hidden numbers as possible at once, among what is hidden already, now up and now down.

        This hides nothing more. It saves looking at one number after another where several protect each other.
        """
        used = [n for n, cell in enumerate(self.names) if cell in self.hidden]
        margin = self.rule.margin
        some = frozenset(names)
        high = [float(margin if self.names[n] in some else 8 * margin) for n in used]
        low = [max(-most, -self._room_below(self.names[n])) for n, most in zip(used, high, strict=True)]
        rows = self._rows_of(used)
        idle = 0
        for turn in range(_SWEEPS):
            cost = [0.0] * len(used)
            for k, n in enumerate(used):
                name = self.names[n]
                if name in some and self._is_unsafe(name):
                    cost[k] = -1.0 if turn == 0 or crc32(f"{turn} {name}".encode()) % 2 else 1.0
            if not any(cost):
                return
            answer = _Optimiser.load().solve(cost, rows, [0.0] * len(rows), low, high, whole=False)
            found = self._sets_of_moves(answer, [self.names[n] for n in used])
            idle = 0 if sum(map(self._accept, found)) else idle + 1
            if idle == _IDLE_SWEEPS:
                return

    def _apart(self, names: Sequence[str]) -> list[str]:
        """Of some cells as many as stand in no sum together, so that none gets in another's way."""
        taken: set[int] = set()
        batch = []
        for name in names:
            rows = self.sums_with[self.place[name]]
            if taken.isdisjoint(rows):
                taken.update(rows)
                batch.append(name)
        return batch

    def _hide_for(self, batch: Sequence[str], bid: float, *, reach: int = 1) -> bool:
        """Find numbers that fit in which some small ones are greater, and hide what differs in them at the least cost.

        :param bid: what a unit of movement of a small number may cost.
        :param reach: how many times as far as needed they may move, because nothing in whole numbers moves them less.
        :returns: whether one of them is safe now.

        Every change is the difference of two numbers of at least zero, one up and one down, so that both cost.
        """
        for moves in self._sets_of_moves(self._moves_for(batch, bid, reach=reach), self.names):
            if self._accept(moves):
                self.hidden.update(moves)
        return any(not self._is_unsafe(name) for name in batch)

    def _moves_for(self, batch: Sequence[str], bid: float, *, reach: int) -> Sequence[float]:
        """By how much each cell differs in the numbers that fit at the least cost; nothing if none are found."""
        width = len(self.names)
        cost = [1e-3 if name in self.hidden else weight for name, weight in zip(self.names, self.weights, strict=True)]
        rows = [{**row, **{width + n: -factor for n, factor in row.items()}} for row in self.rows]
        cost, low = [*cost, *cost], [0.0] * (2 * width)
        high = [*[inf] * width, *(self._room_below(name) for name in self.names)]
        for name in batch:
            n = self.place[name]
            cost[n], high[n], high[width + n] = -bid, float(reach * self.rule.margin), 0.0
        answer = _Optimiser.load().solve(cost, rows, [0.0] * len(rows), low, high, whole=False)
        if answer is None or isinstance(answer, str):
            return ()
        return [answer[n] - answer[width + n] for n in range(width)]

    def _sets_of_moves(self, answer: Sequence[float] | str | None, names: Sequence[str]) -> Iterator[dict[str, int]]:
        """What differs, in whole numbers: cells that hang together by sums are a set of numbers of their own.

        One that comes out in fractions fits as well when all that differs in it is made so many times as great, as long
        as nothing becomes too small.
        """
        if answer is None or isinstance(answer, str) or not len(answer):
            return
        moved = {name: by for name, by in zip(names, answer, strict=True) if abs(by) > _NOTHING}
        for part in self._together(moved):
            for times in _TIMES:
                whole = {name: round(times * moved[name]) for name in part}
                if all(abs(times * moved[name] - by) < _NOTHING for name, by in whole.items()):
                    if all(self._room_below(name) >= -by for name, by in whole.items()):
                        yield whole
                    break

    def _together(self, names: Collection[str]) -> Iterator[list[str]]:
        """Cells in groups: two cells of one sum are in one group, and so are cells linked through further sums."""
        left = {self.place[name] for name in names}
        while left:
            part = [left.pop()]
            for n in part:  # the loop adds to this list as it goes
                near = {m for r in self.sums_with[n] for m in self.rows[r]} & left
                left -= near
                part += sorted(near)
            yield [self.names[n] for n in part]

    def _hide_all_around(self, name: str) -> None:
        """The last resort: hide a cell, all it is part of, and all that these are sums of."""
        edge = {self.place[name]}
        while edge:
            self.hidden.update(self.names[n] for n in edge)
            edge = {
                n
                for inner in edge
                for r in self.sums_with[inner]
                for n in self.rows[r]
                if self.names[n] not in self.hidden
            }
        self.proofs[name] = frozenset(self.hidden)
        if self.some_are_known:
            self.given_away.add(name)

    def _hide_in_fractions(self, name: str) -> bool:
        """Hide for one number what differs in numbers that fit and are not whole, where no whole ones are found."""
        answer = self._moves_for([name], _WORTH, reach=1)
        moves = {other: by for other, by in zip(self.names, answer, strict=False) if abs(by) > _NOTHING}
        if (self.cells[name] or 0) + moves.get(name, 0) < self.rule.below - _NOTHING:
            return False
        self.hidden.update(moves)
        self.proofs[name] = frozenset(moves)
        return True

    def _accept(self, moves: Mapping[str, int]) -> bool:
        """Note which small numbers a set of numbers that fits proves safe, and say if there are any that were not."""
        ways = [moves]
        if all(self._room_below(other) >= moved for other, moved in moves.items()):
            ways.append({other: -moved for other, moved in moves.items()})  # the other way about fits as well
        safe = [
            name
            for way in ways
            for name, moved in way.items()
            if moved >= self.rule.margin and name in self.exposed and name not in self.proofs
        ]
        self.proofs.update(dict.fromkeys(safe, frozenset(moves)))
        return bool(safe)

    def _reveal(self) -> None:
        """Show again what no proof needs, or what other proofs can do without, the most useful first."""
        beside = [
            name
            for name in self.hidden
            if name not in self.exposed and name not in self.may_be_nought and self.cells[name] is not None
        ]
        beside.sort(key=lambda name: (-self.weights[self.place[name]], self.place[name]))
        attempts = max(_REVEALS // len(self.names), 4)
        for name in beside:
            rest_on_it = {other: proof for other, proof in self.proofs.items() if name in proof}
            if rest_on_it and not attempts:
                continue
            self.hidden.discard(name)
            if rest_on_it:
                attempts -= 1
                for other in rest_on_it:
                    del self.proofs[other]
                self._sweep(list(rest_on_it))
                if not rest_on_it.keys() <= self.proofs.keys():
                    self.hidden.add(name)
                    self.proofs.update({other: p for other, p in rest_on_it.items() if other not in self.proofs})
        needed = frozenset[str]().union(*self.proofs.values())
        self.hidden.difference_update([name for name in beside if name not in needed])

    def _rows_of(self, used: Sequence[int]) -> list[dict[int, float]]:
        """The sums in which some cells stand, in the places of those cells; all other cells stay as they are."""
        column = {n: k for k, n in enumerate(used)}
        return [
            {column[n]: factor for n, factor in self.rows[r].items() if n in column}
            for r in sorted({r for n in used for r in self.sums_with[n]})
        ]

    def _room_below(self, name: str) -> float:
        """By how much a cell could be less than it is."""
        number = self.cells[name]
        least = 0 if name in self.may_be_nought else self.rule.least
        return inf if number is None else float(max(number - least, 0))


@frozen(kw_only=True)
class _Optimiser:
    """HiGHS through SciPy: whole numbers at the least cost."""

    milp: Any
    constraint: Any
    bounds: Any
    matrix: Any

    @classmethod
    def load(cls) -> _Optimiser:
        need("stats", "scipy", feature="Tables with small numbers")
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        return cls(milp=milp, constraint=LinearConstraint, bounds=Bounds, matrix=csr_array)

    def solve(
        self,
        cost: Sequence[float],
        rows: Sequence[Mapping[int, float]],
        constants: Sequence[float],
        low: Sequence[float],
        high: Sequence[float],
        *,
        whole: bool = True,
    ) -> Sequence[float] | str | None:
        """The cheapest (whole) numbers between ``low`` and ``high`` for which each row comes to its constant.

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
            cost, integrality=[int(whole)] * len(cost), bounds=self.bounds(low, high), constraints=constraints
        )
        if found.status == 0:
            answer: Sequence[float] = found.x
            return answer
        if found.status == 2:
            return None
        return "unbounded"
