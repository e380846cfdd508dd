"""What victims say: feedback as it comes in, surveys, and the lessons that go into policy and practice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.registers.complaints import ThemeWord
from victims_code.commissioning.registers.timing import channels, done_by
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import in_order, never, word
from victims_code.dates import Moment, civil_date, format_date

ChannelWord = Annotated[str, word("channel", channels, listing="Channels")]


class FeedbackKind(StrEnum):
    """What feedback is: praise, a concern that is no complaint, or an idea."""

    PRAISE = "praise"
    CONCERN = "concern"
    IDEA = "idea"


@frozen(kw_only=True)
class Feedback(CommissioningRecord):
    """Something that a victim or a service user said. It holds no name.

    :param about: the service, provider or board it is about, by reference.
    :param answer_wanted: whether an answer was asked for; ``answer_by`` the day that was promised.
    :raises CommissioningError: with every fault.
    """

    reference: str
    on: date
    channel: ChannelWord
    kind: FeedbackKind
    theme: ThemeWord | None = None
    about: str | None = None
    what: str | None = None
    owner: str | None = None
    answer_wanted: bool | None = None
    answer_by: date | None = None
    answered_on: date | None = None

    hidden = frozenset({"what"})
    checks = (in_order("on", "answered_on"), in_order("on", "answer_by"))

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The answer that was asked for, while it is not given."""
        if not self.answer_wanted or done_by(self.answered_on, on):
            return ()
        return (
            DueItem(
                day=self.answer_by,
                what="Answer the feedback.",
                owner=self.owner or "",
                about=self.reference,
                kind=DueKind.FEEDBACK,
            ),
        )


@frozen(kw_only=True)
class Survey(CommissioningRecord):
    """A survey of victims: how many were asked, answered and were satisfied, and when its report is due.

    :raises CommissioningError: with every fault.

    >>> survey = Survey(reference="S1", title="Victim satisfaction", first=date(2026, 4, 1), last=date(2026, 6, 30),
    ...                 asked=400, answered=120, satisfied=90)
    >>> survey.response, survey.satisfaction
    (Fraction(3, 10), Fraction(3, 4))
    """

    comes_with = (("last", "answered"), ("last", "satisfied"))

    reference: str
    title: str
    first: date
    last: date
    about: str | None = None
    owner: str | None = None
    asked: int | None = None
    answered: int | None = None
    satisfied: int | None = None
    report_due: date | None = None
    reported_on: date | None = None

    checks = (
        in_order("first", "last"),
        never("answered", lambda one: _exceeds(one.answered, one.asked), faults.MORE_ANSWERED_THAN_ASKED),
        never("satisfied", lambda one: _exceeds(one.satisfied, one.answered), faults.MORE_SATISFIED_THAN_ANSWERED),
    )

    @property
    def response(self) -> Fraction | None:
        """The share of those asked who answered."""
        return _share(self.answered, self.asked)

    @property
    def satisfaction(self) -> Fraction | None:
        """The share of those who answered who were satisfied."""
        return _share(self.satisfied, self.answered)

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """A report that is overdue on a day."""
        on = civil_date(as_at)
        if self.report_due is None or self.report_due >= on or done_by(self.reported_on, on):
            return ()
        what = f"The report was due by {format_date(self.report_due)}."
        return (finding("survey-reported", what, "Report it, and record the day.", about=self.reference),)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The report, while it is not given."""
        if done_by(self.reported_on, on):
            return ()
        what = f"Report the survey: {self.title}."
        return (
            DueItem(
                day=self.report_due, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.FEEDBACK
            ),
        )


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and (part < 0 or (whole is not None and part > whole))


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None


@frozen(kw_only=True)
class Lesson(CommissioningRecord):
    """What was learnt from complaints, reviews and feedback, and the policy or practice that changes for it.

    :param learnt_from: the entries of the registers it comes from, by reference.
    :param changes: the policy or practice that is to change.
    :raises CommissioningError: with every fault.
    """

    reference: str
    learnt_from: tuple[str, ...]
    changes: str
    what: str | None = None
    owner: str | None = None
    due: date | None = None
    changed_on: date | None = None
    evidence: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()

    hidden = frozenset({"what"})
    checks = (never("learnt_from", lambda one: not one.learnt_from, faults.LEARNT_FROM_NOTHING),)

    @property
    def state(self) -> str:
        """Whether policy or practice has changed, whatever the day."""
        return "open" if self.changed_on is None else "done"

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """A lesson that no one owns, or that has not changed anything by its day."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        if done_by(self.changed_on, on):
            return
        if self.owner is None:
            yield finding("lesson-taken-up", "No one owns the lesson.", "Name an owner.", about=self.reference)
        if self.due is not None and self.due < on:
            what = f"{self.changes} was to change by {format_date(self.due)}."
            yield finding("lesson-taken-up", what, "Change it, or set a new day.", about=self.reference)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The change of policy or practice, while it is not made."""
        if done_by(self.changed_on, on):
            return ()
        what = f"Take the lesson into policy: {self.changes}."
        return (DueItem(day=self.due, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.FEEDBACK),)
