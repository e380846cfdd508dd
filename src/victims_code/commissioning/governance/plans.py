"""Plans: the police and crime plan, delivery, commissioning and improvement plans, with actions, owners and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code.commissioning.actions import Action, ActionState, action_findings, actions_due
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.powers import police_areas
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import all_different, in_order, word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class PlanKind(Sourced):
    """A kind of plan: whether the views of victims come first, and which boards' plans it supports."""

    id: str
    title: str
    needs_views_of_victims: bool = False
    supports: tuple[str, ...] = ()


@frozen(kw_only=True)
class NamedDocument:
    """A plan or strategy that a commissioner's document names."""

    id: str
    title: str
    area: str
    note: str | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class _PlansFile(Sourced):
    kinds: tuple[PlanKind, ...]
    documents: tuple[NamedDocument, ...]


@cache
def _file() -> _PlansFile:
    file = DataFile.open("commissioning/plans.yaml")
    read = file.one(_PlansFile)
    for n, document in enumerate(read.documents):
        file.unknown(("documents", n, "area"), "area", document.area, police_areas())
    file.finish()
    return read


def plan_kinds() -> Mapping[str, PlanKind]:
    """The kinds of plan, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().kinds)


def named_documents() -> Mapping[str, NamedDocument]:
    """The plans and strategies that commissioners' documents name, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return by_id(_file().documents)


@frozen(kw_only=True)
class Consultation(CommissioningRecord):
    """Whose views were obtained on a plan: of whom, on which day, how many took part, and where it is written."""

    of: str
    on: date
    took_part: int | None = None
    evidence: str | None = None


@frozen(kw_only=True)
class Plan(CommissioningRecord):
    """A plan with its actions.

    :param kind: see :func:`plan_kinds`.
    :param supports: the plans, strategies or boards it is made for, by reference.
    :param consultations: whose views were obtained; ``of: victims`` is what the law asks for.
    :raises CommissioningError: with every fault.

    >>> plan = Plan(reference="DP", title="Delivery plan", kind="delivery-plan", agreed_on=date(2026, 3, 1),
    ...     published_on=date(2026, 3, 2), actions=(Action(what="Set up the service user group", owner="Policy Manager",
    ...     due=date(2026, 6, 30), objectives=("V1",)),))
    >>> plan.summary(date(2026, 7, 1))
    {'open': 0, 'overdue': 1, 'done': 0, 'dropped': 0}
    """

    planned_days = frozenset({"review_on"})

    reference: str
    title: str
    kind: Annotated[str, word("kind of plan", plan_kinds)]
    area: str | None = None
    owner: str | None = None
    since: date | None = None
    until: date | None = None
    agreed_on: date | None = None
    published_on: date | None = None
    published_at: str | None = None
    review_on: date | None = None
    supports: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    actions: tuple[Action, ...] = ()

    checks = (in_order("since", "until"), all_different("actions[].reference"))

    def summary(self, as_at: Moment) -> dict[str, int]:
        """How many of its actions are open, overdue, done and dropped on a day."""
        states = [action.state(civil_date(as_at)) for action in self.actions]
        return {state.value: states.count(state) for state in ActionState}

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What is amiss on a day: not agreed or published, victims not heard, actions late or without an owner."""
        return tuple(self._findings(civil_date(as_at)))

    def _findings(self, on: date) -> Iterator[RuleFinding]:
        begun = self.since is not None and self.since <= on
        for done, what in ((self.agreed_on, "agreed"), (self.published_on, "published")):
            if begun and (done is None or done > on):
                words = f"The plan has begun, and is not {what} on record."
                yield finding("plan-agreed", words, "Record the day.", about=self.reference)
        if plan_kinds()[self.kind].needs_views_of_victims and (begun or self.agreed_on is not None):
            first = self.agreed_on or self.since
            heard = [one for one in self.consultations if one.of == "victims" and (first is None or one.on <= first)]
            if not heard:
                when = f" before {format_date(first)}" if first else ""
                words = f"It is not on record that the views of victims were obtained{when}."
                hint = "Add the consultation, with `of: victims` and its day."
                yield finding("victims-consulted-on-the-plan", words, hint, about=self.reference)
        yield from action_findings(
            self.actions, on, self.reference, owned="plan-action-owned", late="plan-action-in-time"
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The actions undone on a day, the review of the plan, and the end of its time."""
        due = [(self.review_on, "Review the plan"), (self.until, "Agree what follows the plan when it ends")]
        of_the_plan = [
            DueItem(
                day=day,
                what=f"{what}: {self.title}.",
                owner=self.owner or "",
                about=self.reference,
                kind=DueKind.PLAN,
            )
            for day, what in due
            if day is not None
        ]
        return by_day([*of_the_plan, *actions_due(self.actions, on, self.reference)])
