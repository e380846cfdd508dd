"""The law as rows: what the statement joins the record to.

Every duty of every encoded edition becomes one row. What duties share (a limit, a condition, a record that would
fulfil them) is numbered once, so that the statement works it out once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Generic, TypeVar

from attrs import field, frozen

from victims_code.conditions import Condition
from victims_code.law import After, Before, Declinable, Duty, Edition, Law, Limit, Unit, Within

__all__ = ["ANY", "UPDATES", "DutyRow", "LimitRow", "Rules", "Sought", "Term", "rules_of"]

T = TypeVar("T", bound=Hashable)

ANY = "any"
"""The name under which duties stand that the first event on record starts."""
UPDATES = "updates"
"""The scope of a refusal of all updates; that of a refused service is the duty."""


@frozen
class LimitRow:
    """So many units after the clock starts."""

    count: int
    unit: Unit


@frozen
class Sought:
    """A record to look for on or after the trigger: its name, what it is about, and which references must agree.

    ``of_victim`` says whether it must concern the victim; what a limit runs up to need not.
    """

    event: str
    about: str | None
    by_suspect: bool
    by_hearing: bool
    of_victim: bool


@frozen(kw_only=True)
class Term:
    """One track's limit by numbers: of the limit and whether it runs from receipt, or of the event it runs up to."""

    limit: int | None = None
    from_receipt: bool = False
    before: int | None = None


@frozen(kw_only=True)
class DutyRow:
    """One duty of one edition, with the numbers of what it shares with others."""

    number: int
    duty: Duty
    edition: Edition
    to_victim: bool
    condition: int | None
    standard: Term
    enhanced: Term
    discharged_by: int | None
    by_receipt: bool
    declinable: str | None

    @property
    def terms(self) -> tuple[Term, Term]:
        """The limits of both tracks."""
        return self.standard, self.enhanced

    @property
    def family(self) -> str:
        """Which way it takes through the statement."""
        if any(term.before is not None for term in self.terms):
            return "up_to_an_event"
        if not self.duty.deadline.single:
            return "two_limits"
        if self.standard.limit is not None:
            return "one_limit"
        return "recorded" if self.discharged_by is not None or self.by_receipt else "plain"


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
        """Whether one of them has a number of days."""
        return any(term.limit is not None for row in self.duties for term in row.terms)

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
        return self.looks_for_a_record or self.by_receipt or self.limited or self.awaits_an_event or self.two_limits

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the duties that this family needs."""
        tracks = ("standard", "enhanced") if self.two_limits else ("standard",)
        wanted = {
            "limit": self.limited,
            "from_receipt": self.from_receipt,
            "before": self.awaits_an_event,
        }
        terms = tuple(f"{track}_{name}" for track in tracks for name, there in wanted.items() if there)
        return (
            *terms,
            *(("discharged_by",) if self.looks_for_a_record else ()),
            *(("by_receipt",) if self.by_receipt else ()),
        )


_DAYS = {Unit.WORKING_DAY: 3, Unit.DAY: 1, Unit.MONTH: 31, Unit.YEAR: 366}
"""More days than a unit takes, holidays and all."""

_FAMILIES = {
    "plain": "with no date and no record to look for",
    "recorded": "with no date, fulfilled by a record",
    "one_limit": "with the same number of days for everybody",
    "two_limits": "with a standard and an enhanced limit",
    "up_to_an_event": "due before an event to come",
}


@frozen(kw_only=True)
class Rules:
    """All duties, and what they share; numbers count from one."""

    law: Law
    editions: tuple[Edition, ...]
    duties: tuple[DutyRow, ...]
    limits: tuple[LimitRow, ...]
    sought: tuple[Sought, ...]
    conditions: tuple[Condition, ...]

    def reach_from(self, day: date) -> date:
        """A day by which every limit has ended whose clock starts on or before a day."""
        return day + timedelta(days=30 + max((limit.count * _DAYS[limit.unit] for limit in self.limits), default=0))

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact that an answer can depend on, in the order of their names."""
        named = {fact for condition in self.conditions for fact in condition.facts()}
        for edition in self.editions:
            rules = edition.eligibility
            named.add(rules.declined_by)
            for capacity in rules.capacities:
                named.update(() if capacity.entitled_when is None else capacity.entitled_when.facts())
            for category in rules.enhanced:
                named.update(fact for criterion in category.criteria for fact in criterion.when.facts())
        return tuple(sorted(named))

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every event that starts a duty, in the order of their names."""
        return tuple(sorted({row.duty.trigger.event for row in self.duties} - {ANY}))

    @property
    def triggers_for_bodies(self) -> tuple[str, ...]:
        """Every event, and perhaps *any*, that starts a duty owed to another body and not to the victim."""
        return tuple(sorted({row.duty.trigger.event for row in self.duties if not row.to_victim}))

    @property
    def any_editions(self) -> tuple[str, ...]:
        """The editions that have duties owed from the first event on record."""
        return tuple(dict.fromkeys(row.edition.id for row in self.duties if row.duty.trigger.event == ANY))

    @property
    def families(self) -> tuple[Family, ...]:
        """The duties by the way they take, ways without a duty left out."""
        found = (
            Family(name=name, title=title, duties=tuple(row for row in self.duties if row.family == name))
            for name, title in _FAMILIES.items()
        )
        return tuple(family for family in found if family.duties)


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
class _Reading:
    """One pass over the editions."""

    limits: _Numbering[LimitRow] = field(factory=_Numbering)
    sought: _Numbering[Sought] = field(factory=_Numbering)
    conditions: _Numbering[Condition] = field(factory=_Numbering)

    def rows(self, editions: Iterable[Edition]) -> Iterator[DutyRow]:
        duties = ((edition, duty) for edition in editions for duty in edition.duties.values())
        for number, (edition, duty) in enumerate(duties, start=1):
            act = duty.discharged_by
            yield DutyRow(
                number=number,
                duty=duty,
                edition=edition,
                to_victim=duty.owed_to == "victim",
                condition=None if duty.applies_when is None else self.conditions.of(duty.applies_when),
                standard=self._term(duty.deadline.standard),
                enhanced=self._term(duty.deadline.enhanced),
                discharged_by=None if act is None or act.event is None else self._act(duty),
                by_receipt=act is not None and act.receipt,
                declinable=_declinable(duty),
            )

    def _term(self, limit: Limit) -> Term:
        if isinstance(limit, Within):
            return Term(
                limit=self.limits.of(LimitRow(limit.within, limit.unit)), from_receipt=limit.after is After.RECEIVED
            )
        if isinstance(limit, Before):
            return Term(before=self.sought.of(Sought(limit.before, None, True, False, of_victim=False)))
        return Term()

    def _act(self, duty: Duty) -> int:
        act = duty.discharged_by
        assert act is not None
        assert act.event is not None
        return self.sought.of(
            Sought(act.event, act.about, "suspect" in act.match, "hearing" in act.match, of_victim=True)
        )


def _declinable(duty: Duty) -> str | None:
    if duty.declinable is None:
        return None
    return UPDATES if duty.declinable is Declinable.UPDATES else duty.id


def rules_of(law: Law) -> Rules:
    """The rows of every encoded edition, the oldest edition first."""
    encoded: Mapping[str, Edition] = law.editions
    editions = tuple(sorted(encoded.values(), key=lambda edition: edition.imprint.in_force_from))
    reading = _Reading()
    duties = tuple(reading.rows(editions))
    return Rules(
        law=law,
        editions=editions,
        duties=duties,
        limits=reading.limits.things,
        sought=reading.sought.things,
        conditions=reading.conditions.things,
    )
