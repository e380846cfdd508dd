"""Which figures may not be published because they, or others that follow from them, are small.

A year of returns is published as a page of sums and as a table by provider and quarter. Whoever reads the one may read
the other, and knows which provider reports which measure and breakdown, which measures are sums of others, and what was
published before. So what is hidden is worked out once over all of it.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Protocol

from attrs import define, field, frozen

from victims_code.commissioning.outcomes import MeasureTie, Taken
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.returns.ties import Figure, FigurePath, WorkedOut, over_time, shipped_ties
from victims_code.figures import ReportingPeriod, SmallNumbers, Total, suppress

COUNTS = ("value", "numerator", "denominator", "eligible")
_SUBTRACTED = (("numerator", "denominator"), ("denominator", "eligible"))
_FOLLOWING = ("percentage", "mean")
"""Figures that are hidden with the counts they are worked out from."""
_PAGE_BEFORE_TABLE = 8.0
"""How much more a figure of the page is worth to the reader than one of the table by provider and quarter."""

_Giver = tuple[str, str | None]
"""A provider and, if it has several, its service."""
_Key = tuple[ReportingPeriod | None, str, FigurePath, str, int]
"""A figure of some who report alike: period, measure, part, count and version; no period where it makes no difference.

The version is 0 for what is published now. A figure that was another when it was published before has its own.
"""
_Place = tuple[int, int]
"""Which publication, and which row of it."""


@frozen(kw_only=True)
class FigureRow:
    """The counts of one row of a table.

    ``given`` holds who gave which of the counts, in which period and of which measure. Readers are taken to know that,
    though they may see only the sums. ``running`` says that the measure adds up over time.
    """

    breakdown: str | None
    item: tuple[str, ...]
    counts: Mapping[str, int]
    given: Mapping[tuple[_Giver, ReportingPeriod, str], Mapping[str, int]]
    worth: float = 1.0
    running: bool = True

    @property
    def path(self) -> FigurePath:
        """The part of the measure that it is of."""
        return (self.breakdown, self.item)

    @classmethod
    def of(cls, one: ReportedLine | Sum, *, worth: float = 1.0) -> FigureRow:
        """The counts of a line or a sum."""
        lines = one.contributions if isinstance(one, Sum) else (one,)
        return cls(
            breakdown=one.breakdown,
            item=one.item,
            counts=_counts(one),
            given={((line.provider, line.service), line.period, line.measure): _counts(line) for line in lines},
            worth=worth,
            running=not isinstance(one, Sum) or one.measure.taken is Taken.OVER_PERIOD,
        )


def _counts(one: ReportedLine | Sum) -> dict[str, int]:
    return {name: figure for name in COUNTS if (figure := getattr(one, name)) is not None}


@frozen(kw_only=True)
class EarlierRows:
    """Rows as they were published before, and for each the counts that were hidden."""

    rows: Sequence[FigureRow]
    hidden: Sequence[tuple[str, ...]]


@frozen(kw_only=True)
class Hiding:
    """For each row the columns that must not be shown, and how many small numbers follow from earlier publications.

    The latter are out whatever is hidden now: nothing that is published can be taken back.
    """

    columns: list[tuple[str, ...]]
    given_away: int = 0


class Publishable(Protocol):
    """A return or a summary: what can be published."""

    @property
    def ties(self) -> tuple[MeasureTie, ...]:
        """Which of its figures are sums of others."""

    def published_figures(self) -> tuple[Sequence[ReportedLine | Sum], Sequence[Sum]]:
        """All that readers get to see: the return or the page of sums, and the table by provider and quarter."""


@frozen(kw_only=True)
class EarlierPublication:
    """What has been published, so that what is published next does not give away what was hidden in it.

    Which numbers were hidden is worked out again. Keep the returns it was made of, as they were then.

    :param what: the return or the summary, as it was then.
    :param small_numbers: the rule by which it was published; None if all numbers were shown.
    :param published_before: what had been published before it.

    >>> from victims_code.commissioning.returns import Return, add_up
    >>> text = "provider,period,section,measure,value\\n"
    >>> quarter = "{0},2025-26 {1},output,closed,{2}\\n"
    >>> first = Return.from_csv(text + quarter.format("harbour", "Q1", 40))
    >>> then = Return.from_csv(text + quarter.format("harbour", "Q2", 3))
    >>> rule = SmallNumbers(below=5)
    >>> published = EarlierPublication(
    ...     what=add_up([first], period=ReportingPeriod.quarter(2025, 1)), small_numbers=rule)
    >>> half_year = add_up([first, then], period=ReportingPeriod.parse("2025-26 H1"))
    >>> half_year.find("closed")[0].value
    43
    >>> half_year.hidden(rule, published_before=[published])
    [('value',)]
    """

    what: Publishable
    small_numbers: SmallNumbers | None
    published_before: Sequence[EarlierPublication] = ()

    def rows(self) -> EarlierRows:
        """Its rows, and what was hidden in them."""
        rows = _rows(*self.what.published_figures())
        before = [one.rows() for one in self.published_before]
        hidden = hidden_counts(rows, self.small_numbers, ties=self.what.ties, before=before)
        return EarlierRows(rows=rows, hidden=hidden.columns)


class AlreadyPublishedWarning(UserWarning):
    """Small numbers follow from what was published before, whatever is hidden now."""


def hide(what: Publishable, rule: SmallNumbers | None, before: Sequence[EarlierPublication] = ()) -> Hiding:
    """What must not be shown of a return or a summary; with a count the percentage or mean that is made of it.

    Warns with how many small numbers follow from what was published before.
    """
    page, table = what.published_figures()
    found = hidden_counts(_rows(page, table), rule, ties=what.ties, before=[one.rows() for one in before])
    if found.given_away:
        warnings.warn(
            f"Small numbers that can be worked out from what was published before, whatever is hidden now:"
            f" {found.given_away}. See what they are before you publish more of these figures.",
            AlreadyPublishedWarning,
            stacklevel=3,
        )
    columns = [
        names + tuple(name for name in _FOLLOWING if names and getattr(one, name) is not None)
        for one, names in zip((*page, *table), found.columns, strict=True)
    ]
    return Hiding(columns=columns, given_away=found.given_away)


def _rows(page: Sequence[ReportedLine | Sum], table: Sequence[Sum]) -> list[FigureRow]:
    return [*(FigureRow.of(one, worth=_PAGE_BEFORE_TABLE) for one in page), *map(FigureRow.of, table)]


def hidden_counts(
    rows: Sequence[FigureRow],
    rule: SmallNumbers | None,
    *,
    ties: Sequence[MeasureTie] | None = None,
    before: Sequence[EarlierRows] = (),
) -> Hiding:
    """For each row the counts that must not be shown; nothing, if there is no rule.

    A reader who knows which provider reports which measure and breakdown can add up the parts of one provider and take
    them from the sum of several. So the sums are hidden as if the figures were known of all together who report the
    same and are in the same sums; those are never shown, and must not be worked out either where they are small.

    :param ties: which figures are sums of others; by default the ties of every framework that ships.
    :param before: what was published before.
    """
    if rule is None:
        return Hiding(columns=[() for _ in rows])
    made = _Cells()
    published = [rows, *(earlier.rows for earlier in before)]
    for measures in _Publications.of(published, shipped_ties() if ties is None else ties).apart():
        made.add(measures)
    shown = {made.names[0, n, name] for n, row in enumerate(rows) for name in row.counts}
    known = {
        made.names[k, n, name]
        for k, earlier in enumerate(before, start=1)
        for n, (row, hidden) in enumerate(zip(earlier.rows, earlier.hidden, strict=True))
        for name in row.counts
        if name not in hidden
    }
    worth = dict[str, float]()
    for n, row in enumerate(rows):
        worth |= {cell: max(row.worth, worth.get(cell, 0)) for cell in (made.names[0, n, name] for name in row.counts)}
    result = suppress(
        made.numbers,
        made.totals,
        rule,
        never_shown=[cell for cell in made.numbers if cell not in shown and cell not in known | made.aside],
        aside=[cell for cell in made.numbers if cell in made.aside and cell not in shown | known],
        already_shown=[cell for cell in made.numbers if cell in known],
        worth=worth,
    )
    return Hiding(
        columns=[
            tuple(name for name in row.counts if result.hides(made.names[0, n, name])) for n, row in enumerate(rows)
        ],
        given_away=len(result.given_away),
    )


@frozen(kw_only=True)
class _Reported:
    """Where the figures of someone are, and which of them add up to which."""

    rows: frozenset[tuple[_Place, _Key]]
    equations: frozenset[tuple[_Key, tuple[_Key, ...]]]

    def by_period(self) -> Mapping[ReportingPeriod | None, Hashable]:
        """For each period the same of its figures alone, to see which periods are alike in it."""
        rows: dict[ReportingPeriod | None, set[Hashable]] = defaultdict(set)
        for place, key in self.rows:
            rows[key[0]].add((place, key[1:]))
        for total, parts in self.equations:
            inside = {part[0] for part in parts} == {total[0]}
            rows[total[0]].add((total[1:], tuple(part[1:] for part in parts) if inside else None))
            for part in () if inside else parts:
                rows[part[0]].add((part[1:], None))
        return {period: frozenset(found) for period, found in rows.items()}


@frozen(kw_only=True)
class _Alike:
    """Those who report the same and are in the same sums, with their figures together.

    No one can tell what each of them gave. Where figures are tied to those of other measures or of the next period, one
    is all the periods of a provider; else one is a single period of a provider.
    """

    reported: _Reported
    figures: Mapping[_Key, int]


@define(kw_only=True)
class _Publications:
    """What each provider gave, as it was at each publication, with what follows from it."""

    rows: Sequence[Sequence[FigureRow]]
    places: dict[tuple[_Giver, Figure, int], set[_Place]] = field(factory=lambda: defaultdict(set))
    equations: dict[_Giver, dict[tuple[tuple[Figure, int], tuple[tuple[Figure, int], ...]], None]] = field(
        factory=lambda: defaultdict(dict)
    )
    versions: dict[tuple[_Giver, Figure], list[int]] = field(factory=lambda: defaultdict(list))
    tied: set[str] = field(factory=set)
    """The measures that are tied to others, or over time."""
    leader: dict[str, str] = field(factory=dict)

    @classmethod
    def of(cls, published: Sequence[Sequence[FigureRow]], ties: Sequence[MeasureTie]) -> _Publications:
        made = cls(rows=published)
        running = dict[str, bool]()
        views: dict[_Giver, dict[int, dict[Figure, int]]] = defaultdict(lambda: defaultdict(dict))
        for k, rows in enumerate(published):
            for n, row in enumerate(rows):
                made._join(measure for _, _, measure in row.given)
                for (giver, period, measure), counts in row.given.items():
                    running[measure] = running.get(measure, True) and row.running
                    for name in row.counts.keys() & counts.keys():
                        figure = Figure(period, measure, row.path, name)
                        views[giver][k][figure] = counts[name]
                        made.places[giver, figure, made._version(giver, figure, counts[name])].add((k, n))
        adding = {measure for measure, adds in running.items() if adds}
        for giver, view in views.items():
            given = [figures for _, figures in sorted(view.items())]
            latest = {figure: value for figures in reversed(given) for figure, value in figures.items()}
            for figures in given if len(given) == 1 else (*given, latest):
                found = WorkedOut.of(figures, ties)
                made._add(giver, found.equations, found.values)
            made._add(giver, list(over_time(latest, adding)), latest)
        return made

    def _version(self, giver: _Giver, figure: Figure, value: int) -> int:
        values = self.versions[giver, figure]
        if value not in values:
            values.append(value)
        return values.index(value)

    def _add(
        self, giver: _Giver, found: Iterable[tuple[Figure, tuple[Figure, ...]]], values: Mapping[Figure, int]
    ) -> None:
        for total, parts in found:
            made = [(one, self._version(giver, one, values[one])) for one in (total, *parts)]
            self.equations[giver][made[0], tuple(made[1:])] = None
            if any((one.measure, one.period) != (total.measure, total.period) for one in parts):
                self.tied.update(one.measure for one in (total, *parts))
                self._join(one.measure for one in (total, *parts))

    def _join(self, measures: Iterable[str]) -> None:
        roots = [self._first(measure) for measure in dict.fromkeys(measures)]
        for root in roots[1:]:
            self.leader[self._first(root)] = self._first(roots[0])

    def _first(self, measure: str) -> str:
        while self.leader.setdefault(measure, measure) != measure:
            measure = self.leader[measure]
        return measure

    def apart(self) -> Iterator[list[_Alike]]:
        """Those who report alike, for each lot of measures that have nothing to do with the others."""
        tied = {self._first(measure) for measure in self.tied}
        lots: dict[str, dict[Hashable, dict[_Key, int]]] = defaultdict(lambda: defaultdict(dict))
        rows: dict[tuple[str, Hashable], set[tuple[_Place, _Key]]] = defaultdict(set)
        sums: dict[tuple[str, Hashable], set[tuple[_Key, tuple[_Key, ...]]]] = defaultdict(set)

        def block(giver: _Giver, figure: Figure, version: int) -> tuple[str, Hashable, _Key]:
            lot = self._first(figure.measure)
            period = figure.period if lot in tied else None
            key = (period, figure.measure, figure.path, figure.count, version)
            return lot, giver if lot in tied else (giver, figure.period), key

        for (giver, figure), values in self.versions.items():
            for version, value in enumerate(values):
                lot, who, key = block(giver, figure, version)
                lots[lot][who][key] = value
                rows[lot, who] |= {(place, key) for place in self.places.get((giver, figure, version), ())}
        for giver, found in self.equations.items():
            for total, parts in found:
                lot, who, key = block(giver, *total)
                sums[lot, who].add((key, tuple(block(giver, *part)[2] for part in parts)))
        for lot, whose in lots.items():
            alike: dict[_Reported, list[Mapping[_Key, int]]] = defaultdict(list)
            for who, figures in whose.items():
                reported = _Reported(rows=frozenset(rows[lot, who]), equations=frozenset(sums[lot, who]))
                alike[reported].append(figures)
            yield [
                _Alike(reported=reported, figures={key: sum(one[key] for one in several) for key in several[0]})
                for reported, several in alike.items()
            ]


_Cell = frozenset[tuple[int, _Key]]
"""The figures that a number is the sum of: whose, and which."""


@define
class _Cells:
    """The numbers a reader can see or work out, and which are sums of which."""

    numbers: dict[str, int | None] = field(factory=dict)
    totals: list[Total] = field(factory=list)
    aside: set[str] = field(factory=set)
    names: dict[tuple[int, int, str], str] = field(factory=dict)
    """The cell of each count of each row of each publication."""

    def add(self, alike: Sequence[_Alike]) -> None:
        """Add all that some measures come to."""
        made: dict[_Cell, str] = {}
        together: dict[tuple[int, _Key], _Cell] = {}
        for m, who in enumerate(alike):
            seen = {key for _, key in who.reported.rows}
            same: dict[Hashable, list[tuple[int, _Key]]] = defaultdict(list)
            alike_in = who.reported.by_period()
            for key, number in who.figures.items():
                made[frozenset([(m, key)])] = self._number(number, key[3])
                same[key[1:], alike_in[key[0]] if key in seen else key[0]].append((m, key))
            for several in same.values():
                if len(several) > 1:  # periods of one figure that are in all the same sums
                    whole = frozenset(several)
                    self._sum(whole, [frozenset([one]) for one in several], made)
                    self.aside |= {made[frozenset([one])] for one in several}
                    together |= dict.fromkeys(several, whole)
            for total, parts in sorted(who.reported.equations, key=str):
                names = tuple(made[frozenset([(m, part)])] for part in parts)
                self.totals.append(Total(total=made[frozenset([(m, total)])], parts=names))
        in_rows: dict[tuple[_Place, str], set[tuple[int, _Key]]] = defaultdict(set)
        for m, who in enumerate(alike):
            for place, key in who.reported.rows:
                in_rows[place, key[3]].add((m, key))
        for ((k, n), name), whose in in_rows.items():
            whole = frozenset(whose)
            if whole not in made:
                lots = dict.fromkeys(together.get(one, frozenset([one])) for one in sorted(whose, key=str))
                self._sum(whole, lots, made)
            self.names[k, n, name] = made[whole]
        self._add_what_is_left(made)

    def _number(self, number: int, name: str) -> str:
        cell = f"{len(self.numbers)} {name}"
        self.numbers[cell] = number
        return cell

    def _sum(self, whole: _Cell, parts: Iterable[_Cell], made: dict[_Cell, str]) -> None:
        names = tuple(made[part] for part in parts)
        made[whole] = self._number(sum(self.numbers[name] or 0 for name in names), next(iter(whole))[1][3])
        self.totals.append(Total(total=made[whole], parts=names))

    def _add_what_is_left(self, made: Mapping[_Cell, str]) -> None:
        """Those who are counted in one figure and not in the next are never printed, and follow by subtraction."""
        by_count: dict[tuple[Hashable, str], list[str]] = defaultdict(list)
        for cell, name in made.items():
            by_count[frozenset((m, *key[:3]) for m, key in cell), next(iter(cell))[1][3]].append(name)
        for (whose, part), lesser in list(by_count.items()):
            for whole in (whole for one, whole in _SUBTRACTED if one == part):
                for below, above in product(lesser, by_count.get((whose, whole), ())):
                    left = f"{above} less {below}"
                    self.numbers[left] = max((self.numbers[above] or 0) - (self.numbers[below] or 0), 0)
                    self.totals.append(Total(total=above, parts=(below, left)))
                    self.aside |= {left} if {above, below} & self.aside else set()
