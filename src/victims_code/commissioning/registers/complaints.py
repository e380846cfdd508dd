"""Complaints of victims: acknowledged in the time of the Code, passed on if they went to the wrong body, answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.code_limits import CodeLimit, code_limit
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.registers.timing import Timing, bodies, done_by, register_words, themes, timing
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import in_order, never, word
from victims_code.dates import Moment, civil_date, format_date

BodyWord = Annotated[str, word("body", bodies, listing="Bodies")]
ThemeWord = Annotated[str, word("theme", themes, listing="Themes")]


class ComplaintOutcome(StrEnum):
    """How a complaint ended."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly-upheld"
    NOT_UPHELD = "not-upheld"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class Complaint(CommissioningRecord):
    """A complaint about a service that a victim should have had. It holds no name.

    :param received_by: the body that received it; for a support service ``receiver`` is its reference.
    :param meant_for: the body it is about, if that is another one. It is then passed on and the victim is told.
    :param right: the Right of the Code it is about, 1 to 12.
    :param acknowledged_on: the day it was acknowledged; a full answer in its place counts as well.
    :param escalated_to: who looked at it next, such as the Ombudsman.
    :raises CommissioningError: with every fault.

    >>> complaint = Complaint(reference="C1", received_on=date(2025, 12, 15), received_by="pcc")
    >>> complaint.due().due_on, complaint.timing(date(2026, 1, 2)).value
    (datetime.date(2025, 12, 31), 'overdue')
    """

    comes_with = (("answered_on", "outcome"), ("forwarded_on", "forwarded_to"), ("escalated_on", "escalated_to"))

    reference: str
    received_on: date
    received_by: BodyWord
    receiver: str | None = None
    meant_for: BodyWord | None = None
    right: int | None = None
    theme: ThemeWord | None = None
    what: str | None = None
    owner: str | None = None
    acknowledged_on: date | None = None
    answered_on: date | None = None
    outcome: ComplaintOutcome | None = None
    forwarded_to: BodyWord | None = None
    forwarded_on: date | None = None
    victim_told_on: date | None = None
    told_how_to_escalate_on: date | None = None
    escalated_to: str | None = None
    escalated_on: date | None = None

    hidden = frozenset({"what"})
    checks = (
        *(
            in_order("received_on", day)
            for day in ("acknowledged_on", "answered_on", "forwarded_on", "victim_told_on", "escalated_on")
        ),
        never("right", lambda one: one.right is not None and not 1 <= one.right <= 12, faults.NO_SUCH_RIGHT),
        never("meant_for", lambda one: one.meant_for == one.received_by, faults.MEANT_FOR_ITS_RECEIVER),
        never(
            "forwarded_on",
            lambda one: (one.forwarded_on is None) != (one.forwarded_to is None),
            faults.FORWARDED_BY_HALF,
        ),
        never(
            "outcome",
            lambda one: one.outcome in ("upheld", "partly-upheld", "not-upheld") and not one.answered_on,
            faults.OUTCOME_WITHOUT_A_DAY,
        ),
    )

    def due(self) -> CodeLimit:
        """By when it is to be acknowledged or answered, under the edition that governs the day it was received."""
        terms = register_words().complaints
        limit = code_limit(terms.acknowledge, self.received_on)
        owes = limit.duty is not None and self.received_by in (*limit.duty.owed_by, *limit.bodies)
        if limit.due_on is None or owes or self.received_by in terms.owed_by_agreement:
            return limit
        why = f"No source that was read says that {bodies()[self.received_by]} owes it under {limit.edition}."
        return CodeLimit(due_on=None, why=why, edition=limit.edition, duty=limit.duty, bodies=limit.bodies)

    @property
    def first_reply_on(self) -> date | None:
        """The day of the acknowledgement, or of the full answer if that came first."""
        return min((day for day in (self.acknowledged_on, self.answered_on) if day is not None), default=None)

    def timing(self, as_at: Moment) -> Timing:
        """Whether it was acknowledged or answered in time, as far as it was known on a day."""
        on = civil_date(as_at)
        if self._withdrawn and self.first_reply_on is None:
            return Timing.NOT_KNOWN
        return timing(self.due().due_on, self.first_reply_on, on)

    @property
    def _withdrawn(self) -> bool:
        return self.outcome is ComplaintOutcome.WITHDRAWN

    def _misdirected(self, on: date) -> bool:
        """Whether it went to the wrong body and is not passed on yet, or the victim is not told."""
        return self.meant_for is not None and not (done_by(self.forwarded_on, on) and done_by(self.victim_told_on, on))

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: no reply in time, not passed on, passed to another body, no word of the next step."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        about, limit, how = self.reference, self.due(), self.timing(on)
        if how in (Timing.OVERDUE, Timing.LATE):
            came = f" The first reply was on {format_date(self.first_reply_on)}." if self.first_reply_on else ""
            what = f"{limit.why}{came}"
            hint = (
                "Find out why." if how is Timing.LATE else "Acknowledge it at once, and say when an answer will come."
            )
            yield finding("complaint-acknowledged", what, hint, about=about)
        if how is Timing.NOT_KNOWN and not self._withdrawn:
            hint = "Ask the body by when it replies."
            outcome = RuleOutcome.CANNOT_TELL
            yield finding("complaint-acknowledged", limit.why, hint, about=about, outcome=outcome)
        if self._misdirected(on) and not self._withdrawn:
            done = "has not been told" if done_by(self.forwarded_on, on) else "is not said to have been told"
            to = bodies()[self.meant_for or ""]
            passed = "was passed on" if done_by(self.forwarded_on, on) else "is not passed on"
            what = f"It is about another body ({to}). It {passed}, and the victim {done}."
            yield finding("complaint-forwarded", what, "Pass it on, tell the victim, and record both.", about=about)
        if self.forwarded_to is not None and self.meant_for is not None and self.forwarded_to != self.meant_for:
            what = f"It is about {bodies()[self.meant_for]} and went to {bodies()[self.forwarded_to]}."
            yield finding("complaint-forwarded", what, "Pass it to the right body, or correct the record.", about=about)
        if done_by(self.answered_on, on) and not done_by(self.told_how_to_escalate_on, on) and not self._withdrawn:
            what = "It is answered, and it is not on record that the victim was told how to take it further."
            yield finding("complaint-escalation-explained", what, "Tell the victim, and record the day.", about=about)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is undone on a day: the acknowledgement, passing it on, the answer, and the word on the next step."""
        return () if self._withdrawn else by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        if not done_by(self.first_reply_on, on):
            yield self._due(self.due().due_on, "Acknowledge the complaint, or answer it.")
        if self._misdirected(on):
            to = bodies()[self.meant_for or ""]
            undone = (
                "Tell the victim that the complaint was passed on"
                if done_by(self.forwarded_on, on)
                else "Pass on the complaint"
            )
            yield self._due(None, f"{undone}: {to}.")
        elif self.meant_for is None and not done_by(self.answered_on, on):
            yield self._due(None, "Answer the complaint.")
        if done_by(self.answered_on, on) and not done_by(self.told_how_to_escalate_on, on):
            yield self._due(None, "Tell the victim how to take the complaint further.")

    def _due(self, day: date | None, what: str) -> DueItem:
        return DueItem(day=day, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.COMPLAINT)
