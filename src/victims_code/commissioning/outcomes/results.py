"""The results a measure can have, each with how many of how many it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes.cards import basis, card, day_or_dash
from victims_code.commissioning.outcomes.measures import MeasureDefinition, MeasureKind, OutcomeMeasure
from victims_code.commissioning.outcomes.scales import OutcomeScale, gain, score_on
from victims_code.dates import Moment, format_date
from victims_code.dates import civil_date as civil
from victims_code.decimals import format_number, rounded
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault
from victims_code.figures.intervals import Interval, student, wilson
from victims_code.printable import one_line_repr
from victims_code.render import CardTable


@frozen(kw_only=True)
class Coverage:
    """How many of those who could have been counted were counted; ``of`` is None where no one knows how many.

    >>> print(Coverage(counted=41, of=60))
    41 of 60 (68.3%)
    """

    counted: int
    of: int | None

    @property
    def percentage(self) -> Decimal | None:
        """The coverage in per cent to one place, or None."""
        return None if not self.of else rounded(Fraction(self.counted, self.of) * 100, 1)

    def __str__(self) -> str:
        if self.of is None:
            return f"{format_number(self.counted)}, of how many is not known"
        percentage = "" if self.percentage is None else f" ({self.percentage}%)"
        return f"{format_number(self.counted)} of {format_number(self.of)}{percentage}"


def _whole(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongTypeError(faults.NOT_A_COUNT.at("count", value=value))
    if value < 0:
        raise WrongValueError(faults.NEGATIVE_NUMBER.at("count"))
    return value


@frozen(kw_only=True)
class Count:
    """A number of somethings; ``among`` names those it was counted among, where that is known.

    A count published alone, such as how many were better able to cope, has no ``among``, and is never divided.
    """

    number: int = field(converter=_whole)
    counted: str
    among: str | None = None

    def rows(self) -> Iterator[tuple[str, str]]:
        """The figure with its title."""
        yield self.counted, format_number(self.number) + (f" among {self.among}" if self.among else "")


@frozen(kw_only=True)
class Share:
    """A numerator among a denominator that it is a part of, with its coverage."""

    numerator: int
    denominator: int
    numerator_label: str
    denominator_label: str
    coverage: Coverage

    @property
    def value(self) -> Fraction | None:
        """The share exactly, or None where there is no one to count among."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @checked
    def percentage(self, places: int = 1) -> Decimal | None:
        """The share in per cent, halves rounded up, or None where there is no one to count among."""
        return None if self.value is None else rounded(self.value * 100, places)

    def rows(self) -> Iterator[tuple[str, str]]:
        """The figures with their titles."""
        percentage = self.percentage()
        yield (
            f"{self.numerator_label}, among {self.denominator_label}",
            f"{format_number(self.numerator)} of {format_number(self.denominator)}: "
            + ("no one to count among" if percentage is None else f"{percentage}%"),
        )
        yield "how many were counted", str(self.coverage)

    @checked
    def interval(self, level: Decimal | None = None) -> Interval | None:
        """The Wilson confidence interval, between 0 and 1; None where there is no one to count among.

        :raises MissingExtraError: if SciPy is not installed (``pip install "victims-code[stats]"``).
        :raises WrongValueError: if the level is not between 0 and 1.
        """
        return wilson(self.numerator, self.denominator, level) if self.denominator else None


@checked
def share(numerator: Count, denominator: Count, *, eligible: int | None = None) -> Share:
    """A share of two counts, if the first is counted among the second.

    :param eligible: how many could have been in the denominator, for the coverage.
    :raises WrongValueError: if the numerator does not say of whom it is, says of others, or is the greater.

    >>> better = Count(number=46, counted="better able to cope", among="men and boys supported")
    >>> share(better, Count(number=46, counted="men and boys supported")).percentage()
    Decimal('100.0')
    >>> share(Count(number=5368, counted="better able to cope"), Count(number=83889, counted="supported"))
    Traceback (most recent call last):
    ...
    victims_code.errors.WrongValueError: 5,368 better able to cope is a bare count: it does not say of how many. ...
    """
    number, counted, whole = format_number(numerator.number), numerator.counted, format_number(denominator.number)
    if numerator.among is None:
        raise WrongValueError(faults.BARE_COUNT_NOT_DIVIDED.at(number=number, counted=counted))
    if numerator.among != denominator.counted:
        raise WrongValueError(
            faults.COUNTED_AMONG_OTHERS.at(counted=counted, among=numerator.among, others=denominator.counted)
        )
    if numerator.number > denominator.number:
        raise WrongValueError(faults.NUMERATOR_NOT_A_PART.at(number=number, counted=counted, whole=whole))
    if eligible is not None and eligible < denominator.number:
        raise WrongValueError(faults.MORE_COUNTED_THAN_ELIGIBLE.at(number=whole, eligible=format_number(eligible)))
    return Share(
        numerator=numerator.number,
        denominator=denominator.number,
        numerator_label=numerator.counted,
        denominator_label=denominator.counted,
        coverage=Coverage(counted=denominator.number, of=eligible),
    )


@frozen(kw_only=True)
class Pair:
    """One person's scores at the start and at the exit; None where there is none."""

    start: Decimal | int | str | None
    exit: Decimal | int | str | None


@frozen(kw_only=True)
class MeanChange:
    """The mean gain of those measured twice: positive is better, whichever way the scale runs."""

    gains: tuple[Decimal, ...] = field(repr=False)
    coverage: Coverage

    @property
    def value(self) -> Fraction | None:
        """The mean gain exactly, or None if no one was measured twice."""
        return sum(map(Fraction, self.gains), Fraction()) / len(self.gains) if self.gains else None

    def mean(self, places: int = 2) -> Decimal | None:
        """The mean gain, or None if no one was measured twice."""
        return None if self.value is None else rounded(self.value, places)

    def rows(self) -> Iterator[tuple[str, str]]:
        """The figures with their titles."""
        yield "mean gain; positive is better", "no one was measured twice" if self.value is None else str(self.mean())
        yield "how many were counted", str(self.coverage)

    @checked
    def interval(self, level: Decimal | None = None) -> Interval | None:
        """Student's confidence interval of the mean; None where too few were measured or all gained the same.

        :raises MissingExtraError: if SciPy is not installed (``pip install "victims-code[stats]"``).
        """
        return student(self.gains, level)


@frozen(kw_only=True)
class Paired:
    """How many of those with two scores are better, the same or worse; those with one are only in the coverage.

    ``meaningfully_better`` counts gains at least as great as the scale says one person's change must be to mean
    something; it is None for a scale that does not say.
    """

    better: int
    same: int
    worse: int
    meaningfully_better: int | None
    change: MeanChange
    coverage: Coverage

    @property
    def improved(self) -> Share:
        """Those who are better, among those with two scores."""
        among = "people with a score at the start and at the exit"
        return share(
            Count(number=self.better, counted="better at the exit", among=among),
            Count(number=self.coverage.counted, counted=among),
            eligible=self.coverage.of,
        )

    def rows(self) -> Iterator[tuple[str, str]]:
        """The figures with their titles."""
        yield from (("better", str(self.better)), ("the same", str(self.same)), ("worse", str(self.worse)))
        if self.meaningfully_better is not None:
            yield "better by enough to mean something", str(self.meaningfully_better)
        yield from self.change.rows()


@checked
def paired(pairs: Iterable[Pair], scale: OutcomeScale) -> Paired:
    """What scores at start and exit come to.

    :raises WrongValueError: with every score that does not lie on the scale.

    >>> from victims_code.commissioning.outcomes.scales import Questionnaire
    >>> scores = [Pair(start=20, exit=9), Pair(start=15, exit=15), Pair(start=18, exit=None), Pair(start=11, exit=14)]
    >>> result = paired(scores, Questionnaire.load("core-10"))
    >>> result.better, result.same, result.worse, str(result.coverage), result.change.mean()
    (1, 1, 1, '3 of 4 (75.0%)', Decimal('2.67'))
    """
    wrong: list[Fault] = []
    gains: list[Decimal] = []
    everyone = 0
    for n, pair in enumerate(pairs, start=1):
        everyone += 1
        scores = [
            None if value is None else _score(scale, value, f"pair {n}, {name}", wrong)
            for name, value in (("start", pair.start), ("exit", pair.exit))
        ]
        first, last = scores
        if first is not None and last is not None:
            gains.append(gain(scale, first, last))
    if wrong:
        raise WrongValueError(*wrong)
    enough = scale.meaningful_points
    coverage = Coverage(counted=len(gains), of=everyone)
    return Paired(
        better=sum(change > 0 for change in gains),
        same=sum(change == 0 for change in gains),
        worse=sum(change < 0 for change in gains),
        meaningfully_better=None if enough is None else sum(change >= enough for change in gains),
        change=MeanChange(gains=tuple(gains), coverage=coverage),
        coverage=coverage,
    )


def _score(scale: OutcomeScale, value: Decimal | int | str, where: str, wrong: list[Fault]) -> Decimal | None:
    try:
        return score_on(scale, value, where)
    except WrongValueError as problem:
        wrong.extend(problem.faults)
        return None


Result = Count | Share | MeanChange | Paired

_KINDS: dict[MeasureKind, type[Result]] = {
    MeasureKind.NUMBER: Count,
    MeasureKind.SHARE: Share,
    MeasureKind.MEAN_CHANGE: MeanChange,
    MeasureKind.PAIRED: Paired,
}


@frozen(kw_only=True)
class Measured:
    """A result of a measure as it was defined on a day. In a notebook it shows itself."""

    measure: OutcomeMeasure
    definition: MeasureDefinition
    result: Result

    __repr__ = one_line_repr("{0.measure.id}")

    def _repr_html_(self) -> str | None:
        definition = self.definition
        return card(
            self.measure.title,
            [
                definition.text,
                f"Defined so from {day_or_dash(definition.since)} until {day_or_dash(definition.until)}.",
                f"Which way is good: {self.measure.direction.replace('-', ' ')}.",
                *basis(
                    definition.evidence or self.measure.evidence,
                    definition.cites or self.measure.cites,
                    definition.note,
                ),
            ],
            CardTable(caption="Result", columns=("Figure", "Value"), rows=tuple(self.result.rows())),
        )


@checked
def measured(measure: OutcomeMeasure, result: Result, *, on: Moment) -> Measured:
    """A result put to the measure it is a result of.

    :param on: a day of the period; the definition of that day is the one that holds.
    :raises WrongValueError: if the result is not of the measure's kind, or the measure was not defined on that day.

    >>> from datetime import date
    >>> from victims_code.commissioning.outcomes.framework import OutcomeFramework
    >>> measure = OutcomeFramework.load("victims-funding-strategy-2022").measure("referrals")
    >>> found = measured(measure, Count(number=408, counted="referrals"), on=date(2022, 6, 30))
    >>> found.measure.is_rated, found.definition.text[:13]
    (False, 'Every referra')
    """
    day = civil(on)
    definition = measure.definition_on(day)
    if definition is None:
        raise WrongValueError(faults.MEASURE_NOT_DEFINED_THEN.at(measure.id, measure=measure.id, day=format_date(day)))
    wanted = _KINDS.get(measure.kind)
    if wanted is None or not isinstance(result, wanted):
        name = wanted.__name__ if wanted else "sum of money, which has its own types"
        given, kind = type(result).__name__, measure.kind.value
        raise WrongValueError(
            faults.RESULT_OF_ANOTHER_KIND.at(measure.id, measure=measure.id, kind=kind, given=given, wanted=name)
        )
    return Measured(measure=measure, definition=definition, result=result)
