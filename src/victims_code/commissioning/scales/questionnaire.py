"""Questionnaires whose answers are added up: their arithmetic, bands and conversion, read from data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import field, frozen, validators

from victims_code.errors import Fault, WrongValueError
from victims_code.figures import Direction
from victims_code.reading.data_files import DataFile, packaged_names
from victims_code.reading.sources import Citation, Evidence

__all__ = ["Band", "Conversion", "MeaningfulChange", "Questionnaire", "Score"]

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
class MeaningfulChange:
    """The least change that means something for one person."""

    points: Decimal
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class Score:
    """What answers come to. With an item unanswered there is no score; ``unanswered`` names the items."""

    scale: str
    raw: int | None
    value: Decimal | None
    band: str | None
    unanswered: tuple[int, ...] = ()


@frozen(kw_only=True)
class Questionnaire:
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
    direction: Direction = field(validator=validators.not_(validators.in_((Direction.DEMAND,))))
    items: int = field(validator=validators.ge(1))
    lowest_answer: int
    highest_answer: int
    evidence: Evidence
    cites: tuple[Citation, ...]
    licence: str
    reverse_items: tuple[int, ...] = ()
    youngest: int | None = None
    cut_off: int | None = None
    bands: tuple[Band, ...] = ()
    conversion: tuple[Conversion, ...] = ()
    meaningful_change: MeaningfulChange | None = None
    readings: tuple[str, ...] = ()
    note: str | None = None

    def __attrs_post_init__(self) -> None:
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

    def score(self, answers: Sequence[int | None], *, already_reversed: bool = False) -> Score:
        """What a full set of answers comes to; None stands for an item not answered.

        :param answers: one for each item, in the order of the questionnaire.
        :param already_reversed: the answers are the numbers printed on a form that has the reverse items turned round.
        :raises WrongValueError: if the number of answers is wrong or any lies outside the range; all at once.

        >>> Questionnaire.load("swemwbs").score([3, 3, 3, None, 3, 3, 3]).unanswered
        (4,)
        """
        faults = list(self._faults(answers))
        if faults:
            raise WrongValueError(*faults)
        unanswered = tuple(n for n, answer in enumerate(answers, start=1) if answer is None)
        if unanswered:
            return Score(scale=self.id, raw=None, value=None, band=None, unanswered=unanswered)
        turned = () if already_reversed else self.reverse_items
        both_ends = self.lowest_answer + self.highest_answer
        raw = sum(
            both_ends - answer if n in turned else answer
            for n, answer in enumerate(answers, start=1)
            if answer is not None
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
                Fault(
                    code="VC-MEAS-001",
                    location="raw",
                    message=f"{raw!r} is not a raw total of {self.title}.",
                    hint=f"Totals are whole numbers from {self.lowest_raw} to {self.highest_raw}.",
                )
            )
        if not self.conversion:
            return Decimal(raw)
        return next(row.metric for row in self.conversion if row.raw == raw)

    def band(self, value: Decimal) -> str | None:
        """The name of the stretch a score lies in, or None if the scale has none."""
        return next((band.title for band in self.bands if band.from_score <= value <= band.to_score), None)

    def _faults(self, answers: Sequence[int | None]) -> list[Fault]:
        faults = []
        if len(answers) != self.items:
            faults.append(
                Fault(
                    code="VC-MEAS-002",
                    location="answers",
                    message=f"{self.title} has {self.items} items, and {len(answers)} answers are given.",
                    hint="Give one for each item, None where there is no answer.",
                )
            )
        for n, answer in enumerate(answers, start=1):
            if answer is None:
                continue
            if not _is_whole(answer) or not self.lowest_answer <= answer <= self.highest_answer:
                faults.append(
                    Fault(
                        code="VC-MEAS-001",
                        location=f"item {n}",
                        message=f"{answer!r} is not an answer of {self.title}.",
                        hint=f"Answers are whole numbers from {self.lowest_answer} to {self.highest_answer}.",
                    )
                )
        return faults


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
