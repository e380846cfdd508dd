"""Questionnaires whose answers are added up: their arithmetic, bands and conversion, read from data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Protocol, TypeGuard

from attrs import field, frozen, validators

from victims_code import faults
from victims_code.arguments import checked, class_checked_if_it_fails
from victims_code.commissioning.records import Typed
from victims_code.decimals import format_number, to_decimal
from victims_code.errors import WrongValueError
from victims_code.faults import Fault
from victims_code.figures import Direction
from victims_code.reading.data_files import DataFile, packaged_names
from victims_code.reading.sources import Sourced

_FOLDER = "commissioning/scales"


@frozen(kw_only=True)
class Band:
    """A stretch of scores with a name, both ends included."""

    title: str
    from_score: Decimal
    to_score: Decimal


@frozen(kw_only=True)
class Conversion:
    """What a raw total is on the metric scale."""

    raw: int
    metric: Decimal


@frozen(kw_only=True)
class MeaningfulChange(Sourced):
    """The least change that means something for one person."""

    points: Decimal


@frozen(kw_only=True)
class Score:
    """What answers come to. With an item unanswered there is no score; ``unanswered`` names the items."""

    scale: str
    raw: int | None
    value: Decimal | None
    band: str | None
    unanswered: tuple[int, ...] = ()


@class_checked_if_it_fails
@frozen(kw_only=True)
class Questionnaire(Typed, Sourced):
    """A questionnaire: how many items, which answers, which items count the other way round.

    >>> core = Questionnaire.load("core-10")
    >>> score = core.score([4, 0, 0, 4, 4, 4, 4, 4, 4, 4])      # items 2 and 3 count the other way round
    >>> score.raw, score.band
    (40, 'severe')
    >>> Questionnaire.load("swemwbs").convert(21)
    Decimal('19.25')
    """

    id: str
    title: str
    direction: Direction
    items: int = field(validator=validators.ge(1))
    lowest_answer: int
    highest_answer: int
    licence: str
    reverse_items: tuple[int, ...] = ()
    youngest: int | None = None
    cut_off: int | None = None
    bands: tuple[Band, ...] = ()
    conversion: tuple[Conversion, ...] = ()
    meaningful_change: MeaningfulChange | None = None
    readings: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        if self.direction is Direction.DEMAND:
            raise WrongValueError(faults.NOT_A_SCALE.at("scale", scale=self.title))
        totals = list(range(self.lowest_raw, self.highest_raw + 1))
        if self.conversion and [row.raw for row in self.conversion] != totals:
            raise ValueError("The conversion does not name every total once and in order")
        metrics = [row.metric for row in self.conversion]
        if any(later <= earlier for earlier, later in pairwise(metrics)):
            raise ValueError("The conversion does not rise from each total to the next")
        if not set(self.reverse_items) <= set(range(1, self.items + 1)):
            raise ValueError("A reverse item is not among the items")
        scores = [Decimal(total) for total in totals] if not self.conversion else metrics
        if self.bands and any(self.band(score) is None for score in scores):
            raise ValueError("A score lies in no band")

    @classmethod
    def load(cls, id_: str) -> Questionnaire:
        """The questionnaire of that identifier: ``core-10`` or ``swemwbs``.

        :raises UnknownNameError: if there is none, naming the nearest.
        """
        return DataFile.among(_FOLDER, id_, "scale").one(cls)

    @staticmethod
    def names() -> tuple[str, ...]:
        """The identifiers of the questionnaires that ship with the package."""
        return packaged_names(_FOLDER)

    @property
    def lowest_raw(self) -> int:
        """The lowest total there is."""
        return self.items * self.lowest_answer

    @property
    def highest_raw(self) -> int:
        """The highest total there is."""
        return self.items * self.highest_answer

    @property
    def lowest(self) -> Decimal:
        """The lowest score there is, after any conversion."""
        return self.convert(self.lowest_raw)

    @property
    def highest(self) -> Decimal:
        """The highest score there is, after any conversion."""
        return self.convert(self.highest_raw)

    @property
    def meaningful_points(self) -> Decimal | None:
        """The least change that means something for one person, or None if that is not known."""
        return None if self.meaningful_change is None else self.meaningful_change.points

    @checked
    def score(self, answers: Sequence[object], *, already_reversed: bool = False) -> Score:
        """What a full set of answers comes to; None stands for an item not answered.

        :param answers: a whole number or None for each item, in the order of the questionnaire.
        :param already_reversed: the answers are the numbers printed on a form that has the reverse items turned round.
        :raises WrongValueError: if the number of answers is wrong or any lies outside the range; all at once.

        >>> Questionnaire.load("swemwbs").score([3, 3, 3, None, 3, 3, 3]).unanswered
        (4,)
        """
        if wrong := list(self._faults(answers)):
            raise WrongValueError(*wrong)
        unanswered = tuple(n for n, answer in enumerate(answers, start=1) if answer is None)
        if unanswered:
            return Score(scale=self.id, raw=None, value=None, band=None, unanswered=unanswered)
        turned = () if already_reversed else self.reverse_items
        both_ends = self.lowest_answer + self.highest_answer
        raw = sum(
            both_ends - answer if n in turned else answer
            for n, answer in enumerate(answers, start=1)
            if _is_whole(answer)
        )
        value = self.convert(raw)
        return Score(scale=self.id, raw=raw, value=value, band=self.band(value))

    def convert(self, raw: int) -> Decimal:
        """A raw total on the scale that scores are compared on; the same number where there is no conversion.

        :raises WrongValueError: if there is no such total.
        """
        known = _is_whole(raw) and self.lowest_raw <= raw <= self.highest_raw
        if not known:
            raise WrongValueError(
                faults.NOT_A_RAW_TOTAL.at(
                    "raw", raw=raw, scale=self.title, lowest=self.lowest_raw, highest=self.highest_raw
                )
            )
        if not self.conversion:
            return Decimal(raw)
        return next(row.metric for row in self.conversion if row.raw == raw)

    def band(self, value: Decimal) -> str | None:
        """The name of the stretch a score lies in, or None if the scale has none."""
        return next((band.title for band in self.bands if band.from_score <= value <= band.to_score), None)

    def _faults(self, answers: Sequence[object]) -> list[Fault]:
        wrong = []
        if len(answers) != self.items:
            wrong.append(
                faults.ANSWERS_DO_NOT_MATCH_ITEMS.at("answers", scale=self.title, items=self.items, given=len(answers))
            )
        for n, answer in enumerate(answers, start=1):
            if answer is None:
                continue
            if not _is_whole(answer) or not self.lowest_answer <= answer <= self.highest_answer:
                wrong.append(
                    faults.NOT_AN_ANSWER.at(
                        f"item {n}",
                        answer=answer,
                        scale=self.title,
                        lowest=self.lowest_answer,
                        highest=self.highest_answer,
                    )
                )
        return wrong


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


class OutcomeScale(Protocol):
    """A range of scores, and which way is good."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def direction(self) -> Direction:
        """Which way is good."""

    @property
    def lowest(self) -> Decimal:
        """The lowest score there is."""

    @property
    def highest(self) -> Decimal:
        """The highest score there is."""

    @property
    def meaningful_points(self) -> Decimal | None:
        """The least change that means something for one person, or None if that is not known."""


def score_on(scale: OutcomeScale, value: Decimal | int | str, where: str = "") -> Decimal:
    """A score that lies on the scale.

    :param where: what to call the place in an error.
    :raises WrongValueError: if the value is not an exact number or lies outside the scale.
    """
    number = to_decimal(value)
    if number is None:
        raise WrongValueError(faults.SCORE_NOT_EXACT.at(where, value=value))
    if not scale.lowest <= number <= scale.highest:
        shown = format_number(number)
        raise WrongValueError(
            faults.SCORE_OUTSIDE_ITS_SCALE.at(
                where, number=shown, scale=scale.title, lowest=scale.lowest, highest=scale.highest
            )
        )
    return number


def gain(scale: OutcomeScale, start: Decimal, exit_: Decimal) -> Decimal:
    """How much better the second score is than the first: positive is better, whichever way the scale runs."""
    return exit_ - start if scale.direction is Direction.HIGHER_IS_BETTER else start - exit_


def _number(value: object) -> Decimal:
    number = to_decimal(value)
    if number is None:
        raise WrongValueError(faults.SCORE_NOT_EXACT.at("scale", value=value))
    return number


def _optional_number(value: object) -> Decimal | None:
    return None if value is None else _number(value)


@frozen(kw_only=True)
class ExternalScale(Typed):
    """A score from any tool, such as a licensed one, of which only the number is kept.

    :param title: what the user calls it.
    :param lowest: the lowest score there is.
    :param highest: the highest.
    :param direction: ``higher-is-better`` or ``lower-is-better``.
    :param meaningful_points: the least change that means something for one person, where the tool says so.
    :raises WrongValueError: if the range is empty, a number is not exact, or the direction is ``demand``.

    >>> ladder = ExternalScale(title="Safety at home", lowest=1, highest=10, direction="higher-is-better")
    >>> ladder.score(7)
    Decimal('7')
    >>> ladder.score(11)
    Traceback (most recent call last):
    ...
    victims_code.errors.WrongValueError: 11 lies outside Safety at home, which runs from 1 to 10. ... [VC-MEAS-001]
    """

    title: str
    lowest: Decimal = field(converter=_number)
    highest: Decimal = field(converter=_number)
    direction: Direction
    meaningful_points: Decimal | None = field(default=None, converter=_optional_number)

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        if self.lowest >= self.highest or self.direction is Direction.DEMAND:
            raise WrongValueError(faults.NOT_A_SCALE.at("scale", scale=self.title))

    def score(self, value: Decimal | int | str) -> Decimal:
        """A score that lies on the scale.

        :raises WrongValueError: if it does not.
        """
        return score_on(self, value)
