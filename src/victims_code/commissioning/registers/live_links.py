"""Live links from the remote evidence centre: who gives evidence, when, in which room, and whether it was tested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding, rule
from victims_code.commissioning.validators import never
from victims_code.dates import Moment, civil_date, format_date
from victims_code.working_days import england_and_wales


@frozen(kw_only=True)
class LiveLinkBooking(CommissioningRecord):
    """A room of the centre for a witness, for a hearing. It holds no name.

    :param witness: the reference of the witness.
    :param begins: from when the room is needed on that day, London time, as 09:30; ``ends`` until when.
    :param tested_on: the day the link to the court was tested; ``test_worked`` whether it did.
    :param took_place: whether the evidence was given over the link; None if that is not recorded.
    :raises CommissioningError: with every fault.

    >>> booking = LiveLinkBooking(reference="L1", witness="W1", room="Room 1", court="Stafford Crown Court",
    ...                           on=date(2026, 5, 5), begins=time(9, 30), ends=time(13, 0))
    >>> booking.test_by
    datetime.date(2026, 5, 1)
    """

    planned_days = frozenset({"on"})
    comes_with = (("tested_on", "test_worked"), ("on", "took_place"))

    reference: str
    witness: str
    room: str
    on: date
    begins: time
    ends: time
    court: str | None = None
    case: str | None = None
    owner: str | None = None
    confirmed_on: date | None = None
    tested_on: date | None = None
    test_worked: bool | None = None
    cancelled_on: date | None = None
    took_place: bool | None = None
    note: str | None = None

    hidden = frozenset({"note"})
    checks = (
        never("ends", lambda one: one.ends <= one.begins, faults.ENDS_BEFORE_IT_BEGINS),
        never(
            "test_worked", lambda one: one.test_worked is not None and one.tested_on is None, faults.TESTED_ON_NO_DAY
        ),
        never("tested_on", lambda one: one.tested_on and one.tested_on > one.on, faults.TESTED_AFTERWARDS),
        never("took_place", lambda one: one.cancelled_on and one.took_place, faults.CANCELLED_AND_HELD),
    )

    @property
    def test_by(self) -> date:
        """The last day to test the link, under the rule *live-link-tested*."""
        return england_and_wales().subtract(self.on, rule("live-link-tested").numbers["working_days_before"])

    def cancelled(self, on: date) -> bool:
        """Whether it had been cancelled on a day."""
        return self.cancelled_on is not None and self.cancelled_on <= on

    def overlaps(self, other: LiveLinkBooking) -> bool:
        """Whether it needs the same room at the same time as another booking that is not cancelled either."""
        both = (
            self.cancelled_on is None and other.cancelled_on is None and (self.room, self.on) == (other.room, other.on)
        )
        return both and self.begins < other.ends and other.begins < self.ends

    def ready(self, on: date) -> bool:
        """Whether the link had been tested and worked on a day."""
        return self.tested_on is not None and self.tested_on <= on and self.test_worked is True

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: not tested in time, a test that failed, and no record of what happened."""
        on = civil_date(as_at)
        return () if self.cancelled(on) else tuple(self._findings(on))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        about, tested = self.reference, self.tested_on is not None and self.tested_on <= on
        if tested and self.test_worked is False:
            yield finding("live-link-tested", "The test failed.", "Mend the link, and test again.", about=about)
        elif tested and self.test_worked is None:
            what, hint = "Whether the test worked is not on record.", "Record it."
            outcome = RuleOutcome.CANNOT_TELL
            yield finding("live-link-tested", what, hint, about=about, outcome=outcome)
        if self.test_by < on and not (self.tested_on is not None and self.tested_on <= self.test_by):
            what = f"The link was to be tested by {format_date(self.test_by)}."
            yield finding("live-link-tested", what, "Test it, and tell the court if it fails.", about=about)
        if self.on < on and self.took_place is None:
            what = "Whether evidence was given over the link is not on record."
            outcome = RuleOutcome.CANNOT_TELL
            yield finding("live-link-recorded", what, "Record it.", about=about, outcome=outcome)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is undone on a day: the room to confirm, the test, the hearing itself, and what became of it."""
        return () if self.cancelled(on) else by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        if self.on < on:
            if self.took_place is None:
                yield self._due(self.on, "Record whether evidence was given over the live link.")
            return
        if not (self.confirmed_on is not None and self.confirmed_on <= on):
            yield self._due(self.test_by, "Confirm the room and the link with the court.")
        if not self.ready(on):
            yield self._due(self.test_by, "Test the live link to the court.")
        yield self._due(
            self.on, f"Live link at {self.begins:%H:%M} in {self.room}{f', {self.court}' if self.court else ''}."
        )

    def _due(self, day: date, what: str) -> DueItem:
        return DueItem(day=day, what=what, owner=self.owner or "", about=self.reference, kind=DueKind.BOOKING)
