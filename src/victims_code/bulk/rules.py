"""The law as rows: what the statement joins the record to.

Every duty of every edition becomes one row. What duties share (a limit, a condition, a record that would fulfil them)
is numbered once, so that the statement works it out once.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Generic, TypeVar

from attrs import evolve, field, frozen

from victims_code.conditions import AnyOf, Condition, Leaf
from victims_code.law import After, Before, Declinable, Duty, Edition, Every, Law, Limit, Occurrence, Unit, Within

T = TypeVar("T", bound=Hashable)

ANY = "any"
"""The name under which duties stand that the first event on record starts."""

_PLAIN = "plain"
"""The family of duties with neither a date nor a record to look for."""

_DAYS = {Unit.WORKING_DAY: 3, Unit.DAY: 1, Unit.MONTH: 31, Unit.YEAR: 366}
"""More days than a unit takes, holidays and all."""


@frozen
class LimitRow:
    """So many units, once after the clock starts or again and again."""

    count: int
    unit: Unit

    @property
    def most_days(self) -> int:
        """More days than it takes."""
        return self.count * _DAYS[self.unit]


@frozen(kw_only=True)
class Sought:
    """A record to look for on or after the trigger: what it is called and about, and which references must agree.

    ``of_victim`` says whether it must concern the victim; ``heard`` whether one that concerns someone who speaks for
    the victim will do (reading *told-through-another*).
    """

    events: tuple[str, ...]
    about: str | None = None
    by_suspect: bool = False
    by_hearing: bool = False
    of_victim: bool = True
    heard: bool = False


@frozen(kw_only=True)
class Term:
    """One track's limit by numbers: of the limit and whether it runs from receipt, or of the event it runs up to."""

    limit: int | None = None
    from_receipt: bool = False
    before: int | None = None


@frozen(kw_only=True, eq=False)
class DutyRow:
    """One duty of one edition, with the numbers of what it shares with others.

    ``round`` is the number of the limit of a duty that recurs, ``ends_with`` that of the records that end it.
    ``with_updates`` says whether someone who declines all updates declines it too.
    """

    number: int
    duty: Duty
    edition: Edition
    to_victim: bool
    condition: int | None
    standard: Term
    enhanced: Term
    round: int | None
    ends_with: int | None
    discharged_by: int | None
    by_receipt: bool
    with_updates: bool

    @property
    def terms(self) -> tuple[Term, Term]:
        """The limits of both tracks."""
        return self.standard, self.enhanced

    @property
    def seeks(self) -> tuple[int | None, ...]:
        """The numbers of the records looked for because of it."""
        return self.discharged_by, self.standard.before, self.enhanced.before, self.ends_with

    @property
    def family(self) -> str:
        """Which way it takes through the statement."""
        return family_of(self.duty)


def family_of(duty: Duty) -> str:
    """Which way a duty takes through the statement."""
    limits, act = duty.deadline, duty.discharged_by
    if isinstance(limits.standard, Every) and duty.owed_to == "victim":
        return "recurring"
    if isinstance(limits.standard, Before) or isinstance(limits.enhanced, Before):
        return "up_to_an_event"
    if not limits.single:
        return "two_limits"
    if isinstance(limits.standard, Within):
        return "one_limit"
    return _PLAIN if act is None or (act.event is None and not act.receipt) else "recorded"


class Extent(StrEnum):
    """Which duties a statement tells of.

    ``obligations`` are those that have a deadline or that a record can show done; ``standing`` are the others, of which
    nothing more can be said than that they are owed. Together they are all.
    """

    OBLIGATIONS = "obligations"
    STANDING = "standing"

    def takes(self, duty: Duty) -> bool:
        """Whether a duty is among them."""
        return (family_of(duty) == _PLAIN) is (self is Extent.STANDING)


@frozen(kw_only=True, eq=False)
class TriggerRow:
    """What starts duties: an event under an edition, perhaps only the first of its kind or a later one.

    Duties to the victim and to another body have triggers of their own, so that a trigger also says whom it concerns.
    """

    number: int
    edition: Edition
    event: str
    occurrence: Occurrence | None
    to_victim: bool
    duties: tuple[DutyRow, ...]

    @property
    def slots(self) -> dict[int, int]:
        """What is looked for because of it: the numbers of the records, each with its slot, from one up."""
        wanted = {number for row in self.duties for number in row.seeks if number is not None}
        return {number: slot for slot, number in enumerate(sorted(wanted), start=1)}


@frozen(kw_only=True)
class Family:
    """Duties that are worked out in the same way, so that no query joins what none of its duties needs."""

    name: str
    title: str
    duties: tuple[DutyRow, ...]

    @property
    def looks_for_a_record(self) -> bool:
        """Whether a record can fulfil one of them."""
        return any(row.discharged_by is not None for row in self.duties)

    @property
    def by_receipt(self) -> bool:
        """Whether the receipt of the trigger fulfils one of them."""
        return any(row.by_receipt for row in self.duties)

    @property
    def limited(self) -> bool:
        """Whether one of them has a number of days, once."""
        return any(term.limit is not None for row in self.duties for term in row.terms)

    @property
    def recurring(self) -> bool:
        """Whether they are owed again and again."""
        return any(row.round is not None for row in self.duties)

    @property
    def from_receipt(self) -> bool:
        """Whether the clock of one of them starts on a receipt."""
        return any(term.from_receipt for row in self.duties for term in row.terms)

    @property
    def awaits_an_event(self) -> bool:
        """Whether one of them is due before an event to come."""
        return any(term.before is not None for row in self.duties for term in row.terms)

    @property
    def two_limits(self) -> bool:
        """Whether one of them has another limit for Enhanced Rights."""
        return any(not row.duty.deadline.single for row in self.duties)

    @property
    def clocked(self) -> bool:
        """Whether there is a date or a record to look for at all."""
        return self.name != _PLAIN

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the duties that this family needs to find dates."""
        tracks = ("standard", "enhanced") if self.two_limits else ("standard",)
        of_terms = {
            "limit": self.limited,
            "from_receipt": self.from_receipt,
            "before": self.awaits_an_event,
        }
        others = {"discharged_by": self.looks_for_a_record, "by_receipt": self.by_receipt}
        terms = (f"{track}_{name}" for track in tracks for name, there in of_terms.items() if there)
        return (*terms, *(name for name, there in others.items() if there))


_FAMILIES = {
    _PLAIN: "with no date and no record to look for",
    "recorded": "with no date, fulfilled by a record",
    "one_limit": "with the same number of days for everyone",
    "two_limits": "with a standard and an enhanced limit",
    "up_to_an_event": "due before an event to come",
    "recurring": "owed again and again",
}
_WAYS = {
    _PLAIN: (_FAMILIES[_PLAIN], (_PLAIN,)),
    "once": ("owed once", ("recorded", "one_limit", "two_limits", "up_to_an_event")),
    "recurring": (_FAMILIES["recurring"], ("recurring",)),
}
"""The fewest ways there can be: shorter to read, though each joins what only some of its duties need."""


def enhanced_when(edition: Edition) -> Condition | None:
    """When someone has Enhanced Rights under an edition in their own right; None if no one has."""
    criteria = tuple(criterion.when for category in edition.eligibility.enhanced for criterion in category.criteria)
    return AnyOf(criteria) if criteria else None


def enhanced_by_person_when(edition: Edition) -> Condition | None:
    """When someone has them because of what is known of themselves, whatever the offence; None if no one has."""
    parts = edition.eligibility.enhanced_by_person
    return AnyOf(parts) if parts else None


def declined_when(edition: Edition) -> Condition:
    """When someone has declined Enhanced Rights under an edition."""
    return Leaf(edition.eligibility.declined_by, "is", True)


@frozen(kw_only=True, eq=False)
class Rules:
    """All duties, and what they share; numbers count from one.

    The numbers are the same whether only obligations, only standing duties or both are asked for. With ``few_ways``
    duties are worked out in as few ways as there can be.
    """

    law: Law
    extent: Extent | None
    editions: tuple[Edition, ...]
    duties: tuple[DutyRow, ...]
    triggers: tuple[TriggerRow, ...]
    limits: tuple[LimitRow, ...]
    rounds: tuple[LimitRow, ...]
    sought: tuple[Sought, ...]
    conditions: tuple[Condition, ...]
    few_ways: bool = False

    @property
    def families(self) -> tuple[Family, ...]:
        """The duties by the way they take, ways without a duty left out."""
        ways = _WAYS if self.few_ways else {name: (title, (name,)) for name, title in _FAMILIES.items()}
        found = (
            Family(name=name, title=title, duties=tuple(row for row in self.duties if row.family in families))
            for name, (title, families) in ways.items()
        )
        return tuple(family for family in found if family.duties)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that an answer can depend on, in the order of their names."""
        return tuple(sorted({fact for condition in self.conditions for fact in condition.facts()}))

    def condition_number(self, condition: Condition | None) -> int | None:
        """The number of a condition; None if there is none."""
        return None if condition is None else self.conditions.index(condition) + 1

    @property
    def triggers_by_occurrence(self) -> tuple[str, ...]:
        """Every event of which the first and the later ones start different duties."""
        return tuple(sorted({row.duty.trigger.event for row in self.duties if row.duty.trigger.occurrence is not None}))

    @property
    def bodies_have_conditions(self) -> bool:
        """Whether a duty owed to another body hangs on a fact."""
        return any(row.condition is not None for row in self.duties if not row.to_victim)

    @property
    def owed_to_bodies(self) -> bool:
        """Whether a duty is owed to another body and not to the victim."""
        return any(not row.to_victim for row in self.duties)

    @property
    def looks_for_records(self) -> bool:
        """Whether a record is looked for because of one of them."""
        return any(number is not None for row in self.duties for number in row.seeks)

    @property
    def limited(self) -> bool:
        """Whether one of them has a number of days."""
        return any(family.limited for family in self.families)

    @property
    def recurring(self) -> bool:
        """Whether one of them is owed again and again."""
        return any(family.recurring for family in self.families)

    @property
    def most_slots(self) -> int:
        """For how many different records a trigger looks at most."""
        return max((len(trigger.slots) for trigger in self.triggers), default=0)

    def number_of(self, edition: Edition) -> int:
        """The number of an edition, the oldest first, from one."""
        return [other.id for other in self.editions].index(edition.id) + 1

    @property
    def first_day(self) -> date:
        """The first day of the oldest edition."""
        return min(edition.info.in_force_from for edition in self.editions)

    def reach_from(self, day: date) -> date:
        """A day by which every limit has ended whose clock starts on or before a day."""
        return day + timedelta(days=30 + max((limit.most_days for limit in (*self.limits, *self.rounds)), default=0))


@frozen
class _Numbering(Generic[T]):
    """Gives each different thing a number, from one, in the order they are met."""

    numbers: dict[T, int] = field(factory=dict)

    def of(self, thing: T) -> int:
        return self.numbers.setdefault(thing, len(self.numbers) + 1)

    @property
    def things(self) -> tuple[T, ...]:
        return tuple(self.numbers)


@frozen(kw_only=True)
class _Numbers:
    """One pass over the editions."""

    limits: _Numbering[LimitRow] = field(factory=_Numbering)
    rounds: _Numbering[LimitRow] = field(factory=_Numbering)
    sought: _Numbering[Sought] = field(factory=_Numbering)
    conditions: _Numbering[Condition] = field(factory=_Numbering)

    def rows(self, editions: Iterable[Edition]) -> Iterator[DutyRow]:
        duties = ((edition, duty) for edition in editions for duty in edition.duties.values())
        for number, (edition, duty) in enumerate(duties, start=1):
            to_victim, limits = duty.owed_to == "victim", duty.deadline
            every = limits.standard if to_victim and isinstance(limits.standard, Every) else None
            yield DutyRow(
                number=number,
                duty=duty,
                edition=edition,
                to_victim=to_victim,
                condition=None if duty.applies_when is None else self.conditions.of(duty.applies_when),
                standard=self._term(limits.standard),
                enhanced=self._term(limits.enhanced),
                round=None if every is None else self.rounds.of(LimitRow(every.every, every.unit)),
                ends_with=None if every is None or not every.until else self.sought.of(Sought(events=every.until)),
                discharged_by=self._act(duty),
                by_receipt=duty.discharged_by is not None and duty.discharged_by.receipt,
                with_updates=to_victim and duty.declinable is Declinable.UPDATES,
            )

    def number_conditions(self, edition: Edition) -> None:
        """Number what decides whom an edition covers, and who has Enhanced Rights under it."""
        whens = (capacity.entitled_when for capacity in edition.eligibility.capacities)
        for when in (*whens, declined_when(edition), enhanced_when(edition), enhanced_by_person_when(edition)):
            if when is not None:
                self.conditions.of(when)

    def _term(self, limit: Limit) -> Term:
        if isinstance(limit, Within):
            number = self.limits.of(LimitRow(limit.within, limit.unit))
            return Term(limit=number, from_receipt=limit.after is After.RECEIVED)
        if isinstance(limit, Before):
            return Term(before=self.sought.of(Sought(events=(limit.before,), by_suspect=True, of_victim=False)))
        return Term()

    def _act(self, duty: Duty) -> int | None:
        act = duty.discharged_by
        if act is None or act.event is None:
            return None
        return self.sought.of(
            Sought(
                events=(act.event,),
                about=act.about,
                by_suspect="suspect" in act.match,
                by_hearing="hearing" in act.match,
                heard=duty.owed_to == "victim",
            )
        )


def rules_of(
    law: Law,
    only: Collection[str] | None = None,
    *,
    extent: Extent | None = Extent.OBLIGATIONS,
    few_ways: bool = False,
) -> Rules:
    """The rows of every encoded edition, the oldest edition first.

    :param only: the editions that can govern anything in the record; the others are left out.
    :param extent: which of their duties; None for all.
    :param few_ways: work duties out in as few ways as there can be.
    """
    return _rules_of(_Part(law, None if only is None else frozenset(only), extent, few_ways))


@frozen
class _Part:
    """A law and some of its editions, the same as another if the law is the same object."""

    law: Law = field(eq=id)
    only: frozenset[str] | None
    extent: Extent | None
    few_ways: bool

    def editions(self) -> tuple[Edition, ...]:
        wanted = (edition for edition in self.law.editions.values() if self.only is None or edition.id in self.only)
        return tuple(sorted(wanted, key=lambda edition: edition.info.in_force_from))


@lru_cache(maxsize=8)
def _rules_of(part: _Part) -> Rules:
    editions = part.editions()
    numbers = _Numbers()
    every = tuple(numbers.rows(editions))
    for edition in editions:
        numbers.number_conditions(edition)
    duties = tuple(row for row in every if part.extent is None or part.extent.takes(row.duty))
    wanted = {row.number for row in duties}
    triggers = (
        evolve(trigger, duties=tuple(row for row in trigger.duties if row.number in wanted))
        for trigger in _triggers(every)
    )
    return Rules(
        law=part.law,
        extent=part.extent,
        editions=editions,
        duties=duties,
        triggers=tuple(trigger for trigger in triggers if trigger.duties),
        limits=numbers.limits.things,
        rounds=numbers.rounds.things,
        sought=numbers.sought.things,
        conditions=numbers.conditions.things,
        few_ways=part.few_ways,
    )


def _triggers(duties: Iterable[DutyRow]) -> Iterator[TriggerRow]:
    """Everything that starts a duty; where a duty asks which time it is, the first time and later ones are two."""
    found: dict[tuple[str, str, bool], list[DutyRow]] = {}
    for row in duties:
        found.setdefault((row.edition.id, row.duty.trigger.event, row.to_victim), []).append(row)
    number = 0
    for rows in found.values():
        told_apart = any(row.duty.trigger.occurrence is not None for row in rows)
        for occurrence in sorted(Occurrence) if told_apart else (None,):
            number += 1
            yield TriggerRow(
                number=number,
                edition=rows[0].edition,
                event=rows[0].duty.trigger.event,
                occurrence=occurrence,
                to_victim=rows[0].to_victim,
                duties=tuple(row for row in rows if row.duty.trigger.occurrence in (None, occurrence)),
            )
