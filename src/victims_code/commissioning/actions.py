"""Something to be done: what, who does it, by when, and what became of it. Plans, boards and logs share this record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import never
from victims_code.dates import format_date


class ActionState(StrEnum):
    """What has become of an action on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DROPPED = "dropped"


@frozen(kw_only=True)
class Action(CommissioningRecord):
    """Something to be done: what, who does it, by when, and what became of it.

    :param what: an instruction; it names no one.
    :param owner: the title of who does it.
    :param dropped_on: the day it was given up, with the reason.
    :param objectives: the objectives and commitments that it serves, by reference.
    :raises CommissioningError: with every fault.

    >>> action = Action(what="Publish the needs assessment", owner="Analyst", due=date(2026, 6, 30))
    >>> action.state(date(2026, 6, 30)).value, action.state(date(2026, 7, 1)).value
    ('open', 'overdue')
    """

    comes_with = (("done_on", "evidence"), ("dropped_on", "why_dropped"))

    what: str
    reference: str | None = None
    owner: str | None = None
    due: date | None = None
    done_on: date | None = None
    dropped_on: date | None = None
    why_dropped: str | None = None
    evidence: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()

    hidden = frozenset({"what", "why_dropped"})
    checks = (
        never("dropped_on", lambda action: action.done_on and action.dropped_on, faults.DONE_AND_DROPPED),
        never("why_dropped", lambda action: action.dropped_on and not action.why_dropped, faults.DROPPED_FOR_NO_REASON),
    )

    def state(self, on: date) -> ActionState:
        """What has become of it on a day; what was recorded for a later day has not happened yet."""
        if self.done_on is not None and self.done_on <= on:
            return ActionState.DONE
        if self.dropped_on is not None and self.dropped_on <= on:
            return ActionState.DROPPED
        return ActionState.OVERDUE if self.due is not None and self.due < on else ActionState.OPEN


def actions_due(actions: Iterable[Action], on: date, about: str) -> Iterator[DueItem]:
    """The actions that are undone on a day, as lines of the forward plan.

    :param about: the reference of the record they belong to.
    """
    for action in actions:
        if action.state(on) in (ActionState.OPEN, ActionState.OVERDUE):
            place = f"{about}/{action.reference}" if action.reference else about
            yield DueItem(
                day=action.due,
                what=action.what,
                owner=action.owner or "",
                about=place,
                kind=DueKind.ACTION,
            )


def action_findings(actions: Iterable[Action], on: date, about: str, *, owned: str, late: str) -> Iterator[RuleFinding]:
    """What is amiss with actions on a day: no owner while they are undone, not done by their day, or done late.

    :param owned: the rule that an action has an owner.
    :param late: the rule that an action is done by its day.
    """
    for action in actions:
        state, what = action.state(on), f"The action {action.what!r}"
        if action.owner is None and state in (ActionState.OPEN, ActionState.OVERDUE):
            yield finding(owned, f"{what} has no owner.", "Name an owner.", about=about)
        if action.due is None or action.due >= on or state is ActionState.DROPPED:
            continue
        due = format_date(action.due)
        if state is ActionState.OVERDUE:
            yield finding(late, f"{what} was due by {due}.", "Have it done, or set a new day.", about=about)
        elif action.done_on is not None and action.done_on > action.due:
            yield finding(late, f"{what} was done late; it was due by {due}.", "Find out why.", about=about)
