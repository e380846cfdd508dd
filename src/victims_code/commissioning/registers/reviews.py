"""Requests under a right to review: the gate, the dates of the scheme, the outcome, and what was learnt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.registers.timing import Timing, done_by, timing
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import in_order, never, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date, format_date
from victims_code.law import CountedFrom, Scheme, load_law
from victims_code.law.deadlines import due_date
from victims_code.working_days import england_and_wales

_REQUEST = "review-requested"


@cache
def review_schemes() -> Mapping[str, Scheme]:
    """The schemes under which a victim asks for a review of a decision, by identifier.

    :raises LawDataError: if the data is broken.

    >>> "police-right-to-review" in review_schemes()
    True
    """
    return {
        id_: scheme
        for id_, scheme in load_law().schemes.items()
        if scheme.taken_up_by == _REQUEST and id_.endswith("right-to-review")
    }


class ReviewOutcome(StrEnum):
    """How a review ended: the decision stands or falls, the request is outside the scheme, or it was withdrawn."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    OUT_OF_SCHEME = "out-of-scheme"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class ScheduledStep:
    """A step that the deciding body owes: what, by when, and whether it was done in time."""

    id: str
    title: str
    due_on: date
    done_on: date | None
    timing: Timing


@frozen(kw_only=True)
class ReviewRequest(CommissioningRecord):
    """A request to review a decision, as the gatekeeper of the scheme keeps it. It holds no name.

    :param scheme: see :func:`review_schemes`.
    :param told_on: the day the victim was told of the decision, from which the time to ask runs.
    :param in_scheme: whether the gatekeeper let it in: True, False with ``why_not``, or None while it is not decided.
    :param outcome: ``upheld`` is the decision, which stands; ``overturned`` is the decision, which falls.
    :raises CommissioningError: with every fault.

    >>> request = ReviewRequest(reference="V1", scheme="police-right-to-review", told_on=date(2026, 1, 5),
    ...                         requested_on=date(2026, 3, 30))
    >>> [(step.id, step.due_on) for step in request.steps(date(2026, 4, 1))]
    [('acknowledge', datetime.date(2026, 4, 15)), ('decide', datetime.date(2026, 5, 14))]
    >>> request.asked_in_time()
    True
    """

    comes_with = (("decided_on", "outcome"),)

    reference: str
    scheme: Annotated[str, word("scheme", review_schemes, listing="Schemes")]
    requested_on: date
    told_on: date | None = None
    decision: str | None = None
    owner: str | None = None
    in_scheme: bool | None = None
    why_not: str | None = None
    acknowledged_on: date | None = None
    resolved_locally_on: date | None = None
    decided_on: date | None = None
    outcome: ReviewOutcome | None = None
    victim_told_on: date | None = None

    hidden = frozenset({"decision", "why_not"})
    checks = (
        in_order("told_on", "requested_on"),
        *(in_order("requested_on", day) for day in ("acknowledged_on", "resolved_locally_on", "decided_on")),
        in_order("decided_on", "victim_told_on"),
        never("why_not", lambda one: one.in_scheme is False and not one.why_not, faults.KEPT_OUT_WITHOUT_A_REASON),
        never(
            "decided_on",
            lambda one: one.outcome in ("upheld", "overturned") and one.decided_on is None,
            faults.OUTCOME_WITHOUT_A_DAY,
        ),
        never(
            "outcome", lambda one: one.in_scheme is True and one.outcome == "out-of-scheme", faults.IN_AND_OUT_OF_SCHEME
        ),
    )

    @property
    def _done(self) -> Mapping[str, date | None]:
        """When each event was, by which the scheme knows that a step is done."""
        return {
            "review-acknowledged": self.acknowledged_on,
            "review-resolved-locally": self.resolved_locally_on,
            "review-decided": self.decided_on,
        }

    @property
    def closed(self) -> bool:
        """Whether the gatekeeper has nothing to do any more: withdrawn, or kept out of the scheme."""
        return self.in_scheme is False or self.outcome in (ReviewOutcome.OUT_OF_SCHEME, ReviewOutcome.WITHDRAWN)

    def steps(self, as_at: Moment) -> tuple[ScheduledStep, ...]:
        """What the deciding body owes under the scheme, each by its last day; none where no number was read."""
        on, calendar = civil_date(as_at), england_and_wales()
        return tuple(
            ScheduledStep(
                id=service.id,
                title=service.title,
                due_on=(due := due_date(self.requested_on, service.within, service.unit, calendar)),
                done_on=self._done[service.done_by],
                timing=timing(due, self._done[service.done_by], on),
            )
            for service in review_schemes()[self.scheme].services
            if service.after == _REQUEST and service.done_by in self._done
        )

    def asked_in_time(self) -> Truth:
        """Whether the request came in time: None if the day the victim was told, or the limit, is not known."""
        if self.told_on is None:
            return None
        ends = [
            due_date(self.told_on, limit.within, limit.unit, england_and_wales())
            for limit in review_schemes()[self.scheme].limits
            if limit.binding and limit.within is not None and limit.counted_from is CountedFrom.TOLD
        ]
        return self.requested_on <= max(ends) if ends else None

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: steps late or overdue, the gate undecided, late requests let in, victims not told."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        about = self.reference
        for step in () if self.closed else self.steps(on):
            if step.timing in (Timing.LATE, Timing.OVERDUE):
                came = (
                    f" It was done on {format_date(step.done_on)}."
                    if step.timing is Timing.LATE and step.done_on
                    else ""
                )
                what = f"{step.title}: due by {format_date(step.due_on)}.{came}"
                hint = "Find out why." if step.done_on else "Do it at once, and tell the victim why it is late."
                yield finding("review-in-time", what, hint, about=about)
        if self.asked_in_time() is False and self.in_scheme is True and self.why_not is None:
            what = "The request came after the last day to ask, and was let in without a reason on record."
            yield finding("review-gate", what, "Record the reason in `why_not`.", about=about)
        if self.in_scheme is None and not self.closed and done_by(self.acknowledged_on, on):
            what = "It is acknowledged, and it is not on record whether it comes under the scheme."
            outcome = RuleOutcome.CANNOT_TELL
            yield finding("review-gate", what, "Decide, and record it.", about=about, outcome=outcome)
        if done_by(self.decided_on, on) and not done_by(self.victim_told_on, on):
            what = "It is decided, and it is not on record that the victim was told."
            yield finding("review-in-time", what, "Tell the victim, and record the day.", about=about)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is undone on a day: the gate, the steps of the scheme, and telling the victim."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        if done_by(self.decided_on, on) and not done_by(self.victim_told_on, on):
            yield self._due(None, "Tell the victim how the review ended.")
        if self.closed or done_by(self.decided_on, on):
            return
        if self.in_scheme is None:
            yield self._due(None, "Decide whether the request comes under the scheme.")
        steps = self.steps(on)
        for step in steps:
            if not done_by(step.done_on, on):
                yield self._due(step.due_on, f"{step.title}.")
        if not steps:
            yield self._due(None, "Acknowledge and decide the request: no time limit of the scheme was read.")

    def _due(self, day: date | None, what: str) -> DueItem:
        return DueItem(day=day, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.RIGHT_TO_REVIEW)
