"""One sum: what lines that are counted alike come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, field, frozen

from victims_code.commissioning.outcomes import MeasureKind, OutcomeMeasure, Taken
from victims_code.commissioning.outcomes.results import Coverage, Share
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.decimals import rounded
from victims_code.figures import ReportingPeriod

ReturnKey = tuple[str, str | None, ReportingPeriod | None]
"""A return: the provider, the service if the provider has several, and the period."""


@frozen(kw_only=True)
class Sum:
    """Figures of one measure, or of one part of it, that are counted alike, added up.

    For a share, ``numerator`` and ``denominator`` are the sums of those who gave both; for a bare count ``numerator``
    stands alone. ``contributions`` are the lines it is made of, and ``expected`` the returns that should have the
    figure, whether they came or not.
    """

    measure: OutcomeMeasure
    breakdown: str | None
    item: tuple[str, ...]
    basis: str | None
    base: str | None
    counted: str
    contributions: tuple[ReportedLine, ...] = field(repr=False)
    expected: frozenset[ReturnKey] = field(default=frozenset(), repr=False)

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same for two sums to be added."""
        return (self.measure.id, self.breakdown, self.item, self.basis, self.base, self.counted, self.bare_count)

    @property
    def _given(self) -> tuple[ReportedLine, ...]:
        figures = ("value", "numerator", "denominator", "mean", "amount")
        return tuple(part for part in self.contributions if any(getattr(part, name) is not None for name in figures))

    @property
    def is_missing(self) -> bool:
        """Whether no line had a figure."""
        return not self._given

    @property
    def bare_count(self) -> bool:
        """Whether it is a numerator without a denominator."""
        return any(part.numerator is not None and part.denominator is None for part in self._given)

    @property
    def value(self) -> int | None:
        """The count, or None if there is none."""
        return self._added("value")

    @property
    def numerator(self) -> int | None:
        """The numerator of a share, or None."""
        return self._added("numerator")

    @property
    def denominator(self) -> int | None:
        """The denominator of a share or mean, or None."""
        return self._added("denominator")

    @property
    def eligible(self) -> int | None:
        """How many could have been in the denominator, or None unless every line says."""
        if any(part.eligible is None for part in self._given):
            return None
        return self._added("eligible")

    @property
    def amount(self) -> Decimal | None:
        """The money, or None."""
        amounts = [part.amount for part in self.contributions if part.amount is not None]
        return sum(amounts, Decimal()) if amounts else None

    @property
    def mean(self) -> Fraction | None:
        """The mean of the means, each weighed by how many people it is the mean of, exactly; or None."""
        weighed = [
            (part.mean, part.denominator) for part in self.contributions if part.mean is not None and part.denominator
        ]
        people = sum(number for _, number in weighed)
        return sum((Fraction(mean) * number for mean, number in weighed), Fraction()) / people if people else None

    @property
    def share(self) -> Share | None:
        """The share with its coverage and, when asked, its confidence interval; None for anything else."""
        if self.numerator is None or self.denominator is None or self.bare_count:
            return None
        definition = self.measure.definitions[-1]
        return Share(
            numerator=self.numerator,
            denominator=self.denominator,
            numerator_label=definition.numerator or self.measure.title,
            denominator_label=self.base or definition.denominator or "",
            coverage=Coverage(counted=self.denominator, of=self.eligible),
        )

    @property
    def percentage(self) -> Decimal | None:
        """The share in per cent to one place, or None; a bare count has none."""
        return None if self.share is None else self.share.percentage()

    @property
    def reported(self) -> Coverage:
        """How many of the returns that should have come have the figure."""
        given = {return_of(part, self.measure) for part in self._given}
        lines = {return_of(part, self.measure) for part in self.contributions}
        return Coverage(counted=len(given), of=len(given | (self.expected or lines)))

    @property
    def figure(self) -> tuple[Decimal | None, str]:
        """The one figure that stands for it, and its unit: a share in per cent, else the money, mean or count."""
        if self.bare_count:
            return _exactly(self.numerator), ""
        if self.share is not None:
            return self.percentage, "%"
        if self.amount is not None:
            return self.amount, "pounds"
        if self.mean is not None:
            return self.mean_rounded, "points on average"
        return _exactly(self.value), ""

    @property
    def how_counted(self) -> str:
        """On which basis and among whom, in words; nothing where it is counted as the framework says."""
        return "; ".join(word for word in (self.basis, self.base, "a bare count" if self.bare_count else None) if word)

    @property
    def providers(self) -> tuple[str, ...]:
        """Who contributed a figure, in order of name."""
        return tuple(sorted({part.provider for part in self._given}))

    @property
    def label(self) -> str:
        """The measure and the part in words."""
        if self.breakdown is None:
            return self.measure.title
        return f"{self.measure.title}, {self.breakdown}: {' > '.join(self.item)}"

    def plus(self, others: Sequence[Sum]) -> Sum:
        """This sum with the contributions of others that have the same key."""
        parts = tuple(part for one in (self, *others) for part in one.contributions)
        return evolve(self, contributions=parts, expected=self.expected.union(*(one.expected for one in others)))

    def _added(self, name: str) -> int | None:
        figures = [figure for part in self.contributions if (figure := getattr(part, name)) is not None]
        return sum(figures) if figures else None

    @property
    def mean_rounded(self) -> Decimal | None:
        """The mean to two places, or None."""
        return None if self.mean is None else rounded(self.mean, 2)


def _exactly(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def return_of(line: ReportedLine, measure: OutcomeMeasure) -> ReturnKey:
    """Which return a line is of; of a figure taken on one day only one return of each service counts."""
    return (line.provider, line.service, line.period if measure.taken is Taken.OVER_PERIOD else None)


def sum_of(measure: OutcomeMeasure, lines: Sequence[ReportedLine], expected: frozenset[ReturnKey] = frozenset()) -> Sum:
    """The sum of lines that are counted alike."""
    first = lines[0]
    share = measure.kind in (MeasureKind.SHARE, MeasureKind.PAIRED)
    return Sum(
        measure=measure,
        breakdown=first.breakdown,
        item=first.item,
        basis=first.basis,
        base=first.base,
        counted=first.counted or measure.counted,
        expected=expected,
        contributions=tuple(
            # a denominator without a numerator would make the share too small
            evolve(line, denominator=None) if share and line.numerator is None else line
            for line in sorted(lines, key=lambda line: (line.provider, line.service or "", line.period))
        ),
    )
