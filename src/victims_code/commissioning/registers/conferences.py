"""Case conferences of force and support agencies: which cases, who was there, and what is to be done on each."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from victims_code.commissioning.actions import Action, action_findings, actions_due
from victims_code.commissioning.due import DueItem, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding
from victims_code.commissioning.validators import all_different
from victims_code.dates import Moment, civil_date


@frozen(kw_only=True)
class ConferenceCase(CommissioningRecord):
    """A case that was looked at, by its reference, with the actions that were agreed. It holds no name."""

    case: str
    actions: tuple[Action, ...] = ()

    checks = (all_different("actions[].reference"),)


@frozen(kw_only=True)
class CaseConference(CommissioningRecord):
    """A meeting on cases: its day, the agencies that were there, and the cases with their actions.

    :raises CommissioningError: with every fault.

    >>> meeting = CaseConference(reference="CC1", on=date(2026, 5, 6), present=("Force", "Lantern"), cases=(
    ...     ConferenceCase(case="K1", actions=(
    ...         Action(what="Offer an ISVA", owner="Lantern", due=date(2026, 5, 13)),)),))
    >>> print(meeting.due_items(date(2026, 5, 14))[0])
    By Wednesday 13 May 2026: Offer an ISVA. (Lantern, CC1/K1)
    """

    reference: str
    on: date
    present: tuple[str, ...] = ()
    cases: tuple[ConferenceCase, ...] = ()

    checks = (all_different("cases[].case"),)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions of all its cases."""
        return tuple(action for one in self.cases for action in one.actions)

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Actions without an owner, late or overdue on a day."""
        on = civil_date(as_at)
        return tuple(
            found
            for one in self.cases
            for found in action_findings(
                one.actions,
                on,
                f"{self.reference}/{one.case}",
                owned="conference-action-owned",
                late="conference-action-in-time",
            )
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The actions that are undone on a day."""
        return by_day(
            item for one in self.cases for item in actions_due(one.actions, on, f"{self.reference}/{one.case}")
        )
