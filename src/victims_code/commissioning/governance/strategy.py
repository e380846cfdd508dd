"""A strategy with its objectives and commitments, and what serves each: actions, decisions, risks, services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from attrs import fields, frozen, has

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.actions import Action
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import all_different, in_order, one_of
from victims_code.dates import Moment, civil_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word, by_id, named
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class Objective(CommissioningRecord):
    """What a strategy is to bring about."""

    reference: str
    title: str
    statement: str | None = None


@frozen(kw_only=True)
class Commitment(CommissioningRecord):
    """What a commissioner has promised to do, under one of the headings, and the objectives it serves."""

    reference: str
    what: str
    heading: str | None = None
    objectives: tuple[str, ...] = ()


@frozen(kw_only=True)
class Thing:
    """One thing that serves an objective: what sort it is, its reference or title, and what has become of it."""

    kind: str
    title: str
    state: str


@frozen(kw_only=True)
class ObjectiveProgress:
    """An objective or a commitment with everything that serves it, as it is on a day."""

    reference: str
    title: str
    things: tuple[Thing, ...]

    def count(self, kind: str, state: str | None = None) -> int:
        """How many things of a kind serve it, or of those how many are in a state."""
        return sum(one.kind == kind and state in (None, one.state) for one in self.things)


@frozen(kw_only=True)
class Strategy(CommissioningRecord):
    """A strategy: its objectives, the commitments made under its headings, and how long it runs.

    A thing serves an objective or a commitment if it names it in ``objectives``.

    :raises CommissioningError: with every fault.

    >>> strategy = Strategy.published("west-mercia-victim-and-witness-strategy")
    >>> [objective.reference for objective in strategy.objectives], len(strategy.commitments)
    (['A', 'B', 'C', 'D', 'E'], 18)
    >>> [progress.reference for progress in strategy.progress([], date(2026, 4, 1)) if not progress.things][:2]
    ['A', 'B']
    """

    planned_days = frozenset({"review_on"})

    reference: str
    title: str
    area: str | None = None
    since: date | None = None
    until: date | None = None
    agreed_on: date | None = None
    review_on: date | None = None
    owner: str | None = None
    headings: tuple[Word, ...] = ()
    objectives: tuple[Objective, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    checks = (
        in_order("since", "until"),
        all_different("objectives[].reference", "commitments[].reference"),
        all_different("headings[].id"),
        one_of(
            "commitments[].objectives[]",
            lambda strategy: [one.reference for one in strategy.objectives],
            faults.NO_SUCH_OBJECTIVE,
            listing="Objectives",
        ),
        one_of(
            "commitments[].heading",
            lambda strategy: [one.id for one in strategy.headings],
            faults.NO_SUCH_HEADING,
            listing="Headings",
        ),
    )

    @classmethod
    @checked
    def published(cls, name: str) -> Strategy:
        """A strategy that a commissioner has published, as the data has it.

        :raises UnknownNameError: naming the nearest.
        """
        return named(published_strategies(), name, "strategy").strategy

    def progress(self, records: Iterable[object], as_at: Moment) -> tuple[ObjectiveProgress, ...]:
        """Every objective and commitment with what serves it in some records, however deep in them it is.

        :param records: plans, boards, risk logs, services and whatever else names objectives.
        """
        serving = list(_serving(tuple(records), civil_date(as_at)))
        titles = {one.reference: one.title for one in self.objectives}
        titles |= {one.reference: one.what for one in self.commitments}
        return tuple(
            ObjectiveProgress(
                reference=reference,
                title=title,
                things=tuple(thing for names, thing in serving if reference in names),
            )
            for reference, title in titles.items()
        )

    @as_known
    def findings(self, as_at: Moment, records: Iterable[object] = ()) -> tuple[RuleFinding, ...]:
        """The objectives and commitments that nothing serves on a day.

        :param records: as for :meth:`progress`.
        """
        return tuple(
            finding(
                "objective-has-work",
                f"Nothing serves this: {one.title}.",
                "Name it in the `objectives` of an action, a service or a decision.",
                about=f"{self.reference}, {one.reference}",
            )
            for one in self.progress(records, as_at)
            if not one.things
        )

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The review of the strategy, and what is to follow it when it ends."""
        due = ((self.review_on, "Review the strategy"), (self.until, "Agree what follows the strategy when it ends"))
        return by_day(
            DueItem(
                day=day,
                what=f"{what}: {self.title}.",
                owner=self.owner or "",
                about=self.reference,
                kind=DueKind.REVIEW,
            )
            for day, what in due
            if day is not None
        )


def _serving(thing: object, on: date) -> Iterator[tuple[tuple[str, ...], Thing]]:
    """Everything in some records that names objectives, with them and what has become of it."""
    if isinstance(thing, tuple | list):
        for part in thing:
            yield from _serving(part, on)
    elif has(type(thing)) and not isinstance(thing, Strategy):
        names = getattr(thing, "objectives", ())
        if isinstance(names, tuple) and names and all(isinstance(name, str) for name in names):
            yield names, Thing(kind=_kind(thing), title=_title(thing), state=_state(thing, on))
        kind: type = type(thing)
        for attribute in fields(kind):
            yield from _serving(getattr(thing, attribute.name), on)


def _kind(thing: object) -> str:
    """What sort of thing it is, as people call it."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(thing).__name__)
    return words.strip()


def _title(thing: object) -> str:
    names = (getattr(thing, name, None) for name in ("title", "what", "name", "reference"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _state(thing: object, on: date) -> str:
    if isinstance(thing, Action):
        return thing.state(on).value
    state = getattr(thing, "state", "")
    return str(getattr(state, "value", state)) if isinstance(state, str) else ""


@frozen(kw_only=True)
class PublishedStrategy(Sourced):
    """A strategy of a commissioner as data, with its source."""

    id: str
    strategy: Strategy

    __repr__ = one_line_repr("{0.id}: {0.strategy.title}")


@cache
def published_strategies() -> Mapping[str, PublishedStrategy]:
    """The strategies that ship with the package, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return by_id(DataFile.open("commissioning/strategies.yaml").all(PublishedStrategy))


@frozen(kw_only=True)
class WorkingDefinition(Sourced):
    """A term as a commissioner's document uses it, with the figures it gives. It is not law."""

    id: str
    title: str
    definition: str
    figures: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@cache
def working_definitions() -> Mapping[str, WorkingDefinition]:
    """Terms as commissioners' documents use them, by identifier.

    :raises LawDataError: if the data is broken.

    >>> working_definitions()["stalking"].figures[0]
    '1 in 5 women and 1 in 10 men meet it in their adult life'
    """
    return by_id(DataFile.open("commissioning/working-definitions.yaml").all(WorkingDefinition))
