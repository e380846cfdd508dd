"""What returns come to, altogether and by provider and quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define, field, frozen

from victims_code.commissioning.outcomes import MeasureKind, Taken
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.register import Register, ReportingTerms
from victims_code.commissioning.returns.sums import ReturnKey, Sum, return_of, sum_of
from victims_code.figures import ReportingPeriod

_QUARTERS = ReportingTerms(every_months=3)


@frozen(kw_only=True)
class QuarterFigure:
    """One figure of the table: of one provider, or of all, in one column.

    :param provider: None for all providers together.
    :param column: a quarter, or the whole period.
    """

    provider: str | None
    service: str | None
    column: ReportingPeriod
    sum: Sum = field(repr=False)

    @property
    def own_period(self) -> ReportingPeriod | None:
        """The period of a figure that is longer than its column, such as a half-year; else None."""
        periods = [line.period for line in self.sum.contributions if not self.column.contains(line.period)]
        return max(periods, default=None)


@define(kw_only=True, slots=False, frozen=True)
class Reported:
    """What was reported over a period: the lines, and the returns that should have come and did not."""

    lines: tuple[ReportedLine, ...] = field(repr=False)
    missing: tuple[tuple[str, ReportingPeriod], ...]
    period: ReportingPeriod
    register: Register = field(repr=False)

    @cached_property
    def columns(self) -> tuple[ReportingPeriod, ...]:
        """The quarters of the period, or the period itself where it is not made of quarters."""
        quarters = _QUARTERS.periods(self.period)
        whole = quarters and (quarters[0].first, quarters[-1].last) == (self.period.first, self.period.last)
        return quarters if whole else (self.period,)

    def column_of(self, period: ReportingPeriod) -> ReportingPeriod:
        """The quarter that a period is in; of one that is longer than a quarter the quarter in which it ends."""
        return next(one for one in self.columns if one.first <= period.last <= one.last)

    @cached_property
    def by_quarter(self) -> tuple[QuarterFigure, ...]:
        """The totals of every measure by provider and quarter, of each provider in all, and of all in each quarter."""
        totals = [line for line in self.lines if line.is_total]
        apart: dict[tuple[str, str | None], list[ReportedLine]] = defaultdict(list)
        for line in totals:
            apart[line.provider, line.service].append(line)
        found: list[QuarterFigure] = []
        for (provider, service), lines in apart.items():
            for column in self.columns:
                within = [line for line in lines if self.column_of(line.period) == column]
                found += self._figures(provider, service, column, within)
            if len(self.columns) > 1:
                found += self._figures(provider, service, self.period, lines)
        if len(self.columns) > 1:
            for column in self.columns:
                found += self._figures(None, None, column, [one for one in totals if column.contains(one.period)])
        return tuple(found)

    def _figures(
        self, provider: str | None, service: str | None, column: ReportingPeriod, lines: Sequence[ReportedLine]
    ) -> Iterator[QuarterFigure]:
        missing = [
            (name, period)
            for name, period in self.missing
            if provider in (None, name)
            and (column.contains(period) or (provider is not None and self.column_of(period) == column))
        ]
        for one in sums_of(lines, missing, self.register):
            yield QuarterFigure(provider=provider, service=service, column=column, sum=one)


def sums_of(
    lines: Sequence[ReportedLine], missing: Sequence[tuple[str, ReportingPeriod]], register: Register
) -> list[Sum]:
    """The sums of what is counted alike, each with the returns that should have the figure."""
    expected = _expected(lines, missing, register)
    sums = []
    for alike in groups_of(lines, register).values():
        measure = register.measures[alike[0].measure]
        spared = {return_of(line, measure) for line in alike if _owes_no_figure(line)}
        sums.append(sum_of(measure, _that_count(alike, measure.taken), expected[measure.id] - spared))
    return sums


def groups_of(lines: Sequence[ReportedLine], register: Register) -> dict[tuple[object, ...], list[ReportedLine]]:
    """Lines that are counted alike: the same part of the same measure, on the same basis, among the same people.

    A missing figure is of no basis; it goes to the others of its part where there is only one such group.
    """
    groups: dict[tuple[object, ...], list[ReportedLine]] = defaultdict(list)
    missing: list[ReportedLine] = []
    for line in lines:
        measure = register.measures[line.measure]
        bare = measure.kind in (MeasureKind.SHARE, MeasureKind.PAIRED) and line.denominator is None
        part = (line.measure, line.breakdown, line.item)
        if line.is_missing:
            missing.append(line)
        else:
            groups[(part, line.basis, line.counted or measure.counted, line.base, bare)].append(line)
    for line in missing:
        part = (line.measure, line.breakdown, line.item)
        found = [key for key in groups if key[0] == part]
        groups[found[0] if len(found) == 1 else (part, None, None, None, None)].append(line)
    return groups


def _that_count(lines: Sequence[ReportedLine], taken: Taken) -> Sequence[ReportedLine]:
    """Of figures taken on one day, the last (or first) of each provider's service; of all others, all."""
    if taken is Taken.OVER_PERIOD:
        return lines
    found: dict[tuple[str, str | None], ReportedLine] = {}
    for line in sorted(lines, key=lambda line: line.period, reverse=taken is Taken.AT_START):
        found[line.provider, line.service] = line
    return list(found.values())


def _expected(
    lines: Sequence[ReportedLine], missing: Sequence[tuple[str, ReportingPeriod]], register: Register
) -> dict[str, frozenset[ReturnKey]]:
    """For each measure the returns that should have a figure of it: those that came, and those that did not."""
    returns = dict.fromkeys([*((line.provider, line.period) for line in lines), *missing])
    found: dict[str, frozenset[ReturnKey]] = {}
    for id_ in dict.fromkeys(line.measure for line in lines):
        measure = register.measures[id_]
        whole = measure.taken is Taken.OVER_PERIOD
        came = {return_of(line, measure) for line in lines if line.measure == id_}
        spoken_for = {(provider, period) for provider, _, period in came}
        asked = [one for one in returns if register.asks_for(one[0], id_)]
        other = {(provider, period if whole else None) for provider, period in asked} - spoken_for
        found[id_] = frozenset(came | {(provider, None, period) for provider, period in other})
    return found


def _owes_no_figure(line: ReportedLine) -> bool:
    return any(word.owes_no_figure for word in reporting_rules().reasons_missing if word.id == line.why_missing)
