"""Which figures of a return are sums of others, and what follows from that although no line gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache

from attrs import define, evolve, field, frozen

from victims_code.commissioning.outcomes import MeasureTie, OutcomeFramework, TiedCount, TiedFigure
from victims_code.commissioning.services import improvement_measures
from victims_code.figures import ReportingPeriod
from victims_code.reading.sources import Evidence

FigurePath = tuple[str | None, tuple[str, ...]]
"""A measure as a whole, or by what it is broken down and which part."""
_WHOLE: FigurePath = (None, ())


@frozen(cache_hash=True)
class Figure:
    """A figure that one provider, or one of its services, gives or could give in a period."""

    period: ReportingPeriod
    measure: str
    path: FigurePath
    count: str


Equation = tuple[Figure, tuple[Figure, ...]]
"""A total, and what makes it up."""


@cache
def needs_ties() -> tuple[MeasureTie, ...]:
    """The ties of what is rolled up from records of needs: scored people are the leavers of whom the need is known."""
    return tuple(
        MeasureTie(
            total=TiedFigure(measure=measure, count=TiedCount.ELIGIBLE),
            parts=tuple(
                TiedFigure(measure="closed", breakdown=f"need {category}", item=(answer,)) for answer in ("yes", "no")
            ),
            cites=(),
            evidence=Evidence.TEXT,
            note="This library counts them so.",
        )
        for category, measure in improvement_measures().items()
    )


def ties_of(frameworks: Iterable[OutcomeFramework]) -> tuple[MeasureTie, ...]:
    """The ties between the measures of some frameworks, and those of what is rolled up from records of needs."""
    return tuple(dict.fromkeys([*(tie for work in frameworks for tie in work.ties), *needs_ties()]))


@cache
def shipped_ties() -> tuple[MeasureTie, ...]:
    """The ties of all frameworks that ship with the package."""
    return ties_of(map(OutcomeFramework.load, OutcomeFramework.names()))


@define
class WorkedOut:
    """The figures that one provider gave, those that follow from them by ties, and what adds up to what."""

    values: dict[Figure, int]
    equations: dict[Equation, None] = field(factory=dict)

    @classmethod
    def of(cls, given: Mapping[Figure, int], ties: Sequence[MeasureTie]) -> WorkedOut:
        """What follows from figures that were published at one time."""
        made = cls(dict(given))
        before = -1
        while before != len(made.values):  # what follows from one tie may settle the next
            before = len(made.values)
            for n, tie in enumerate(ties):
                made._follow(tie, n, last=False)
        for n, tie in enumerate(ties):
            made._follow(tie, n, last=True)
        made.equations |= dict.fromkeys(families(made.values))
        return made

    def _follow(self, tie: MeasureTie, number: int, *, last: bool) -> None:
        for total, parts in self._of_tie(tie):
            known = [part for part in parts if part in self.values]
            unknown = [part for part in parts if part not in self.values]
            made = sum(self.values[part] for part in known)
            if total not in self.values:
                if known and not unknown and tie.rest is None and not self._is_nought(total):
                    self._note(total, made, (total, tuple(parts)))
            elif not unknown and tie.rest is None:
                self.equations[total, tuple(parts)] = None
            elif (not known and len(parts) > 1) or self.values[total] < made:
                continue
            elif len(unknown) == 1 and tie.rest is None:
                self._note(unknown[0], self.values[total] - made, (total, tuple(parts)))
            elif last and (tie.rest is None or not unknown):
                left = Figure(total.period, f"rest of tie {number}", total.path, total.count)
                self._note(left, self.values[total] - made, (total, (*known, left)))

    def _note(self, figure: Figure, value: int, equation: Equation) -> None:
        self.values[figure] = value
        self.equations[equation] = None

    def _of_tie(self, tie: MeasureTie) -> Iterator[tuple[Figure, list[Figure]]]:
        """The total and the parts in each period, as a whole and for each part of a measure; noughts left out."""
        tied = {figure.measure for figure in tie.figures}
        whole = [key for key in self.values if key.measure in tied]
        periods = dict.fromkeys(key.period for key in self.values)
        paths = dict.fromkeys([_WHOLE])
        if not any(figure.breakdown for figure in tie.figures):
            paths |= dict.fromkeys(key.path for key in whole)
        for period in periods:
            then = _next(period, periods) if tie.next_period else period
            if then is None:
                continue
            for path in paths:
                total = _figure(tie.total, period, path)
                parts = [_figure(part, then, path) for part in tie.parts]
                yield total, [part for part in parts if part in self.values or not self._is_nought(part)]

    def _is_nought(self, figure: Figure) -> bool:
        """Whether a part has no line because it is zero: the parts that have one make their total."""
        if figure.path == _WHOLE:
            return False
        above = evolve(figure, path=_above(figure.path))
        if above not in self.values:
            return self._is_nought(above)
        beside = [
            value
            for key, value in self.values.items()
            if (key.measure, key.period, key.count) == (figure.measure, figure.period, figure.count)
            and key.path != _WHOLE
            and key.path[0] == figure.path[0]
            and _above(key.path) == above.path
        ]
        return bool(beside) and sum(beside) == self.values[above]


def _figure(tied: TiedFigure, period: ReportingPeriod, path: FigurePath) -> Figure:
    return Figure(period, tied.measure, path if tied.breakdown is None else (tied.breakdown, tied.item), tied.count)


def _next(period: ReportingPeriod, periods: Collection[ReportingPeriod]) -> ReportingPeriod | None:
    day = period.last + timedelta(days=1)
    return next((one for one in periods if one.first == day), None)


def _above(path: FigurePath) -> FigurePath:
    return (path[0], path[1][:-1]) if path[1][1:] else _WHOLE


def families(values: Mapping[Figure, int]) -> Iterator[Equation]:
    """The totals among some figures that the parts next to them make up."""
    parts: dict[tuple[Figure, str | None], list[Figure]] = defaultdict(list)
    for figure in values:
        if figure.path != _WHOLE:
            parts[evolve(figure, path=_above(figure.path)), figure.path[0]].append(figure)
    for (above, _), below in parts.items():
        if above in values and values[above] == sum(values[part] for part in below):
            yield above, tuple(sorted(below, key=lambda part: str(part.path)))


def over_time(values: dict[Figure, int], running: Collection[str]) -> Iterator[Equation]:
    """Of figures that add up over time, what a longer period is made of; the rest is a figure too.

    :param running: the measures that add up over time.
    """
    alike: dict[tuple[str, FigurePath, str], list[Figure]] = defaultdict(list)
    for figure in values:
        if figure.measure in running:
            alike[figure.measure, figure.path, figure.count].append(figure)
    for figures in alike.values():
        for longer in figures if len(figures) > 1 else ():
            within: list[Figure] = []
            for one in sorted(figures, key=lambda figure: (figure.period.first, -figure.period.last.toordinal())):
                apart = not within or one.period.first > within[-1].period.last
                if one != longer and longer.period.contains(one.period) and apart:
                    within.append(one)
            left = values[longer] - sum(values[one] for one in within)
            if not within or left < 0:
                continue
            if sum(map(_days, within)) != _days(longer):
                rest = evolve(longer, measure=f"rest of {longer.measure}")
                values[rest] = left
                within.append(rest)
            yield longer, tuple(within)


def _days(figure: Figure) -> int:
    return (figure.period.last - figure.period.first).days + 1
