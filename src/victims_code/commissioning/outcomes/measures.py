"""The parts of an outcome framework: categories of need, outcomes, measures, and the words that returns use."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache

from attrs import field, frozen, validators

from victims_code.commissioning.outcomes.cards import basis, card, day_or_dash
from victims_code.commissioning.records import Typed
from victims_code.dates import Moment, civil_date
from victims_code.figures import Direction
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Citation, Evidence, Sourced, Span
from victims_code.render import CardTable


class MeasureKind(StrEnum):
    """What a measure is made of.

    ``number``: a count. ``share``: a numerator among a denominator. ``mean-change``: the mean gain of those measured
    twice. ``paired``: how many of those measured twice are better. ``amount``: money.
    """

    NUMBER = "number"
    SHARE = "share"
    MEAN_CHANGE = "mean-change"
    PAIRED = "paired"
    AMOUNT = "amount"


class Section(StrEnum):
    """The part of a return: what was done, what came of it in numbers, what it changed, what it cost."""

    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    SPEND = "spend"


class MeasureRole(StrEnum):
    """What a measure stands for where a check needs to know, whatever it is called."""

    REFERRAL = "referral"
    SUPPORT = "support"
    CARRIED_OVER = "carried-over"


class Taken(StrEnum):
    """When a figure is taken: over the whole period, so that periods add up, or on its first or last day."""

    OVER_PERIOD = "over-period"
    AT_START = "at-start"
    AT_END = "at-end"


@frozen(kw_only=True)
class OutcomeCategory(Typed, Sourced):
    """A category of need."""

    id: str
    title: str


@frozen(kw_only=True)
class Outcome(Typed, Sourced):
    """What support is meant to bring about. In a notebook it shows itself."""

    id: str
    title: str

    def _repr_html_(self) -> str | None:
        return card(self.title, [f"Outcome {self.id}.", *basis(self.evidence, self.cites, self.note)])


@frozen(kw_only=True)
class MeasureDefinition(Typed, Span):
    """How a measure is counted from ``since`` to ``until``, both days included; None is open.

    Evidence and sources are those of the measure unless the definition has its own.
    """

    text: str
    numerator: str | None = None
    denominator: str | None = None
    evidence: Evidence | None = None
    cites: tuple[Citation, ...] | None = None
    note: str | None = None


@frozen(kw_only=True)
class OutcomeMeasure(Typed, Sourced):
    """Something counted or measured, what it belongs to, and which way is good. In a notebook it shows itself.

    ``reports_as`` names the measure of a funder's framework that this one is reported under.
    """

    id: str
    title: str
    kind: MeasureKind
    section: Section
    direction: Direction
    counted: str
    definitions: tuple[MeasureDefinition, ...]
    role: MeasureRole | None = None
    taken: Taken = Taken.OVER_PERIOD
    outcomes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    scale: str | None = None
    reports_as: str | None = field(default=None)

    @property
    def is_rated(self) -> bool:
        """Whether it can be good or bad at all; a measure of demand cannot."""
        return self.direction is not Direction.DEMAND

    def _repr_html_(self) -> str | None:
        return card(
            self.title,
            [
                f"Measure {self.id}, of the kind {self.kind.replace('-', ' ')}; it counts {self.counted}.",
                f"Which way is good: {self.direction.replace('-', ' ')}.",
                *basis(self.evidence, self.cites, self.note),
            ],
            CardTable(
                caption="How it is defined",
                columns=("From", "Until", "What is counted", "Numerator", "Denominator"),
                rows=tuple(
                    (
                        day_or_dash(one.since),
                        day_or_dash(one.until),
                        one.text,
                        one.numerator or "–",
                        one.denominator or "–",
                    )
                    for one in self.definitions
                ),
                named_rows=False,
            ),
        )

    def definition_on(self, on: Moment) -> MeasureDefinition | None:
        """How it is counted on a day, or None if it was not counted then."""
        day = civil_date(on)
        return next((definition for definition in self.definitions if definition.holds_on(day)), None)

    def changes_between(self, first: date, last: date) -> tuple[date, ...]:
        """The days within a period, after its first, on which a new definition begins."""
        begins = (definition.since for definition in self.definitions)
        return tuple(day for day in begins if day is not None and first < day <= last)


class TiedCount(StrEnum):
    """Which of the counts of a measure is tied to others."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    ELIGIBLE = "eligible"


@frozen(kw_only=True)
class TiedFigure(Typed):
    """One figure of a tie: a count of a measure, as a whole or, with ``breakdown`` and ``item``, of one part of it."""

    measure: str
    count: TiedCount = TiedCount.VALUE
    breakdown: str | None = None
    item: tuple[str, ...] = ()


@frozen(kw_only=True)
class MeasureTie(Typed, Sourced):
    """What a figure of one measure is the sum of, so that who knows the others knows it too.

    A tie between measures as wholes holds for each part of them as well.

    :param rest: who else is in the total and in none of the parts, if there are such people: their number is nowhere
        in a return, but follows by subtraction.
    :param next_period: the parts are those of the period that begins on the day after.

    >>> from victims_code.commissioning.outcomes import OutcomeFramework
    >>> tie = OutcomeFramework.load("victims-funding-strategy-2022").ties[0]
    >>> tie.total.measure, [part.measure for part in tie.parts]
    ('supported', ['carried-over', 'started-support'])
    """

    total: TiedFigure
    parts: tuple[TiedFigure, ...]
    rest: str | None = None
    next_period: bool = False

    @property
    def figures(self) -> tuple[TiedFigure, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


@frozen(kw_only=True)
class ReturnsRule(Sourced):
    """How many months a return covers where no agreement says otherwise."""

    every_months: int = field(validator=validators.in_((1, 2, 3, 4, 6, 12)))


@frozen(kw_only=True)
class ReportingWord(Sourced):
    """A word a return may use, and what it means. With ``owes_no_figure`` none is missed where it is the reason."""

    id: str
    title: str
    parts_must_state: bool = False
    owes_no_figure: bool = False


@frozen(kw_only=True)
class ReportingRules:
    """Everything ``reporting.yaml`` says."""

    returns: ReturnsRule
    counting_bases: tuple[ReportingWord, ...]
    counted: tuple[ReportingWord, ...]
    reasons_missing: tuple[ReportingWord, ...]


@cache
def reporting_rules() -> ReportingRules:
    """The rules that ship with the package, read once.

    :raises LawDataError: if the file is broken, with every fault.

    >>> reporting_rules().returns.every_months
    3
    """
    return DataFile.open("commissioning/reporting.yaml").one(ReportingRules)
