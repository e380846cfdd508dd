"""The log of risks and issues of a board, on a scale that the board chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import product
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.actions import Action, action_findings, actions_due
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.dates import Moment, add_months, civil_date, format_date
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.partial import UnreadError, each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class RiskBand:
    """A band of scores, and after how many months a risk in it is reviewed."""

    id: str
    title: str
    from_score: int
    review_months: int


@frozen(kw_only=True)
class RiskReview(Sourced):
    """After how many months a risk is reviewed whose score is in no band."""

    months: int


@frozen(kw_only=True)
class RiskScale(Sourced):
    """A scale of likelihood and impact, from 1 to ``highest``, and at which points a risk is scored."""

    id: str
    title: str
    highest: int
    bands: tuple[RiskBand, ...]
    scores: tuple[str, ...]
    review: RiskReview | None = None

    def band(self, score: int) -> RiskBand | None:
        """The band of a score; None if the scale has no bands.

        >>> risk_scales()["four-by-four"].band(9).id, risk_scales()["four-by-four"].band(8).id
        ('high', 'medium')
        """
        fitting = [band for band in self.bands if band.from_score <= score]
        return max(fitting, key=lambda band: band.from_score) if fitting else None


@cache
def risk_scales() -> Mapping[str, RiskScale]:
    """The scales for risks, by identifier.

    :raises LawDataError: if the data is broken.
    """
    file = DataFile.open("commissioning/risk-scales.yaml")
    scales = file.all(RiskScale)
    for n, scale in enumerate(scales):
        if scale.review is None and scale.band(1) is None:
            file.wrong((n, "review"), faults.RISK_SCALE_WITHOUT_REVIEW.at(scale=scale.title))
    file.finish()
    return by_id(scales)


class EntryState(StrEnum):
    """Whether a risk, an action or an issue is still open."""

    OPEN = "open"
    CLOSED = "closed"


@frozen(kw_only=True)
class RiskScore(CommissioningRecord):
    """Likelihood and impact, each on the scale of the log."""

    likelihood: int
    impact: int

    @property
    def product(self) -> int:
        """The score: likelihood times impact."""
        return self.likelihood * self.impact


@frozen(kw_only=True)
class Risk(CommissioningRecord):
    """Something that may happen: its cause, the event, its impact, its scores, and what is done."""

    reference: str
    cause: str
    event: str
    impact: str
    current: RiskScore
    owner: str | None = None
    inherent: RiskScore | None = None
    target: RiskScore | None = None
    actions: tuple[Action, ...] = ()
    reviewed_on: date | None = None
    state: EntryState = EntryState.OPEN
    escalated: bool = False
    objectives: tuple[str, ...] = ()


@frozen(kw_only=True)
class Issue(CommissioningRecord):
    """Something that has happened and must be dealt with."""

    reference: str
    what: str
    priority: str
    raised_on: date
    owner: str | None = None
    action: str | None = None
    due: date | None = None
    closed_on: date | None = None
    objectives: tuple[str, ...] = ()

    checks = (in_order("raised_on", "closed_on"),)

    def open_on(self, on: date) -> bool:
        """Whether the issue is open on a day."""
        return self.closed_on is None or self.closed_on > on


@frozen(kw_only=True)
class RiskLog(CommissioningRecord):
    """The risks and issues of a board.

    :param scale: the scale of its scores; see :func:`risk_scales`.
    :raises CommissioningError: with every fault.

    >>> log = RiskLog(board="Victims' Board", scale="four-by-four", risks=(Risk(reference="R1", cause="One-year grant",
    ...     event="Advisers leave", impact="Victims wait", current=RiskScore(likelihood=3, impact=3),
    ...     owner="Policy Manager", reviewed_on=date(2026, 4, 1)),))
    >>> log.band(log.risks[0]).title, log.review_due(log.risks[0])
    ('High', datetime.date(2026, 5, 1))
    """

    board: str
    scale: Annotated[str, word("scale", risk_scales)]
    risks: tuple[Risk, ...] = ()
    issues: tuple[Issue, ...] = ()

    def _scores_are_on_it(self) -> Iterator[Contradiction]:
        scale = risk_scales().get(self.scale)
        for at, key in product(("inherent", "current", "target"), ("likelihood", "impact")):
            for n, score in each(self, "risks", at) if scale else ():
                with suppress(UnreadError):
                    if scale and score is not None and not 1 <= getattr(score, key) <= scale.highest:
                        fault = faults.SCORE_OUTSIDE_THE_SCALE.at(
                            score=getattr(score, key), lowest=1, highest=scale.highest
                        )
                        yield Contradiction(("risks", n, at, key), fault)

    checks = (
        _scores_are_on_it,
        all_different("risks[].reference", "issues[].reference"),
        never(
            "risks[].target",
            lambda risk: risk.target and risk.inherent and risk.target.product > risk.inherent.product,
            faults.TARGET_ABOVE_INHERENT,
        ),
    )

    def band(self, risk: Risk) -> RiskBand | None:
        """The band of a risk's current score; None if the scale has no bands."""
        return risk_scales()[self.scale].band(risk.current.product)

    def review_due(self, risk: Risk) -> date | None:
        """By when a risk is to be reviewed; None if it is closed or never was reviewed."""
        if risk.state is EntryState.CLOSED or risk.reviewed_on is None:
            return None
        band, review = self.band(risk), risk_scales()[self.scale].review
        return add_months(risk.reviewed_on, band.review_months if band else review.months if review else 0)

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Reviews, actions and issues that are overdue on a day, and risks and actions without an owner."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        for risk in self.risks:
            if risk.state is EntryState.CLOSED:
                continue
            if risk.owner is None:
                yield finding("risk-owned", "The risk has no owner.", "Name one.", about=risk.reference)
            yield from action_findings(
                risk.actions, as_at, risk.reference, owned="risk-owned", late="risk-action-in-time"
            )
            due, band = self.review_due(risk), self.band(risk)
            if due is not None and due < as_at:
                what = f"Its review was due by {format_date(due)}."
                yield finding("risk-reviewed", what, "Review it, and record the day.", about=risk.reference)
            if risk.reviewed_on is None:
                score = f"{risk.current.product}{f', which is {band.title.lower()}' if band else ''}"
                what = f"It has never been reviewed, and its score is {score}."
                yield finding("risk-reviewed", what, "Review it, and record the day.", about=risk.reference)
        for issue in self.issues:
            if issue.due is None or issue.due >= as_at:
                continue
            day = format_date(issue.due)
            if issue.open_on(as_at):
                what = f"It was due by {day}."
                yield finding("issue-closed-in-time", what, "Have it closed, or set a new day.", about=issue.reference)
            elif issue.closed_on is not None and issue.closed_on > issue.due:
                what = f"It was closed late; it was due by {day}."
                yield finding("issue-closed-in-time", what, "Find out why.", about=issue.reference)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The reviews, actions and issues that are undone on a day; a risk that was never reviewed has no day."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        for risk in self.risks:
            if risk.state is EntryState.OPEN:
                about = risk.reference
                what = f"Review the risk: {risk.event}"
                yield DueItem(
                    day=self.review_due(risk), what=what, owner=risk.owner or "", about=about, kind=DueKind.RISK
                )
                yield from actions_due(risk.actions, on, about)
        for issue in self.issues:
            if issue.open_on(on):
                what = f"Close the issue: {issue.what}"
                yield DueItem(
                    day=issue.due, what=what, owner=issue.owner or "", about=issue.reference, kind=DueKind.RISK
                )
