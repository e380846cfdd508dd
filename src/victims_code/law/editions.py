"""An edition of the Code: its dates, its parts, its duties and who it covers; and how open questions are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.conditions import Condition, without_facts
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.law.deadlines import Before, Every
from victims_code.law.duties import Duty
from victims_code.printable import one_line_repr
from victims_code.reading.sources import Evidence, Sourced, SourceName
from victims_code.vocabulary import Derived, EventKind, load_vocabulary


class EditionStatus(StrEnum):
    """Where an edition stands. Drafts are loaded only when asked for; a hypothetical edition is made, never loaded."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    DRAFT = "draft"
    HYPOTHETICAL = "hypothetical"


@frozen(kw_only=True)
class EditionInfo(Sourced):
    """What is known of an edition from its cover: title, authority and the days it governs.

    ``in_force_until`` is the last day, or None while it is in force; ``encoded`` says whether its duties are here.
    ``printed`` is the source that is the text of the Code itself. A hypothetical edition is ``based_on`` the one it
    alters.
    """

    id: str
    title: str
    made_under: str
    in_force_from: date
    in_force_until: date | None
    status: EditionStatus
    encoded: bool
    last_checked: date | None = None
    printed: SourceName | None = None
    based_on: str | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")

    @property
    def is_law(self) -> bool:
        """Whether the edition is or was law: not a draft and not hypothetical."""
        return self.status in (EditionStatus.IN_FORCE, EditionStatus.SUPERSEDED)

    @property
    def caution(self) -> str:
        """What must be said before anything that follows from this edition; empty for one that is law."""
        return {EditionStatus.DRAFT: "A draft, not law: ", EditionStatus.HYPOTHETICAL: "Hypothetical, not law: "}.get(
            self.status, ""
        )

    @checked_if_it_fails
    def governs(self, on: date) -> bool:
        """Whether the edition was in force on a day."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


@frozen(kw_only=True)
class Part(Sourced):
    """A part of an edition, such as a Right or a section of a chapter; its duties stand in ``file`` in printed order.

    ``number`` is that of the Right or chapter; None where the edition gives none, or none is confirmed.
    """

    id: str
    title: str
    file: str
    number: int | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class Layout(Sourced):
    """How an edition is built, in a few words such as *twelve Rights*."""

    words: str

    __repr__ = one_line_repr("{0.words}")


@frozen(kw_only=True)
class Providers(Sourced):
    """Bodies that an edition binds, named together because they rest on the same sources.

    ``part`` is the part of the edition that binds them, where only one does.
    """

    bodies: tuple[str, ...]
    part: str | None = None

    __repr__ = one_line_repr("{0.bodies}")


@frozen(kw_only=True)
class BodyTitle:
    """What an edition calls a body that has another name today."""

    body: str
    title: str


@frozen(kw_only=True)
class Statement(Sourced):
    """Something an edition says that is not a duty: a definition, a principle, a right of the victim."""

    id: str
    statement: str

    __repr__ = one_line_repr("{0.id}: {0.statement}")


@frozen(kw_only=True)
class Capacity(Sourced):
    """A capacity in which someone stands in a case, and what it entitles to.

    ``victim`` says whether the edition calls this person a victim, ``victim_when`` under what condition;
    ``enhanced`` whether Enhanced Rights are open to them; ``entitled_when`` under what condition they receive the
    Rights at all. Who ``speaks`` for another has Enhanced Rights whenever that person does.
    """

    id: str
    title: str
    victim: bool
    enhanced: bool
    speaks: bool = False
    entitled_when: Condition | None = None
    victim_when: Condition | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")

    @property
    def below(self) -> int | None:
        """The age in years below which someone must be to have this person speak for them; None for any age."""
        facts = load_vocabulary().facts
        asked = () if self.entitled_when is None else self.entitled_when.facts()
        return next((facts[name].below for name in asked if facts[name].derived is Derived.AGE_OF_CHILD), None)


@frozen(kw_only=True)
class Criterion(Sourced):
    """One way into a category of Enhanced Rights."""

    id: str
    title: str
    when: Condition

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class EnhancedCategory(Sourced):
    """A group of victims who get Enhanced Rights; any one criterion is enough."""

    id: str
    criteria: tuple[Criterion, ...]
    title: str | None = None

    __repr__ = one_line_repr("{0.id}")


@frozen(kw_only=True)
class Eligibility:
    """Who an edition covers, and who gets Enhanced Rights under it."""

    capacities: tuple[Capacity, ...]
    enhanced: tuple[EnhancedCategory, ...]
    declined_by: str
    statements: tuple[Statement, ...] = ()

    __repr__ = one_line_repr("{0.enhanced}")

    @cached_property
    def enhanced_by_person(self) -> tuple[Condition, ...]:
        """What brings Enhanced Rights whatever the offence, for those who are in a case only to speak for others."""
        of_case = {fact.id for fact in load_vocabulary().facts.values() if fact.of == "case"}
        found = (without_facts(one.when, of_case) for category in self.enhanced for one in category.criteria)
        return tuple(when for when in found if when is not None)

    @checked_if_it_fails
    def capacity(self, name: str) -> Capacity:
        """The capacity of that name."""
        return next(capacity for capacity in self.capacities if capacity.id == name)


@frozen(kw_only=True)
class EditionFile:
    """What stands in ``edition.yaml``: an edition without its duties and eligibility."""

    id: str
    enhanced: str
    layout: Layout
    parts: tuple[Part, ...]
    providers: tuple[Providers, ...]
    locator: str | None = None
    called: tuple[BodyTitle, ...] = ()
    statements: tuple[Statement, ...] = ()


@frozen(kw_only=True, eq=False)
class Edition:
    """An edition of the Code with everything that is encoded of it. Editions are compared by identity.

    ``locator`` is the word before the number of a part, such as *Right*; ``enhanced`` what the edition calls Enhanced
    Rights; ``called`` the names it has for bodies that are called otherwise today.
    """

    info: EditionInfo
    enhanced: str
    layout: Layout
    parts: tuple[Part, ...]
    providers: tuple[Providers, ...]
    statements: tuple[Statement, ...]
    eligibility: Eligibility
    duties: Mapping[str, Duty] = field(repr=False)
    locator: str | None = None
    called: tuple[BodyTitle, ...] = ()

    __repr__ = one_line_repr("{0.info.id}: {0.info.title}")

    @property
    def id(self) -> str:
        """The identifier, such as ``code-2021``."""
        return self.info.id

    def part(self, id_: str) -> Part:
        """The part of that identifier.

        :raises UnknownNameError: naming the nearest ones.
        """
        for part in self.parts:
            if part.id == id_:
                return part
        nearest = did_you_mean(id_, [part.id for part in self.parts])
        raise UnknownNameError(faults.NO_SUCH_PART.at("part", edition=self.id, part=id_, nearest=nearest))

    def part_label(self, id_: str) -> str:
        """How a part is called in a citation, such as ``Right 6``; its own words where it has no number."""
        part = self.part(id_)
        return part.title if part.number is None else f"{self.locator} {part.number}"

    def body_title(self, body: str) -> str:
        """What the edition calls a body, such as ``Probation trust``.

        :raises UnknownNameError: if there is no such body.
        """
        own = next((name.title for name in self.called if name.body == body), None)
        return own or load_vocabulary().body(body).title

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body the edition binds, in its own order."""
        return tuple(body for group in self.providers for body in group.bodies)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The triggers that no duty starts with and no limit waits for: nothing known of the edition answers them."""
        limits = [limit for duty in self.duties.values() for limit in (duty.deadline.standard, duty.deadline.enhanced)]
        answered = {duty.trigger.event for duty in self.duties.values()}
        answered |= {limit.before for limit in limits if isinstance(limit, Before)}
        answered.update(*(limit.until for limit in limits if isinstance(limit, Every)))
        triggers = (event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER)
        return tuple(event for event in triggers if event not in answered)


@frozen(kw_only=True)
class Reading:
    """One question of interpretation, the answer taken, the answers not taken, and the reason."""

    id: str
    question: str
    reading: str
    why: str
    alternatives: tuple[str, ...] = ()
    evidence: Evidence | None = None
    used_by: str | None = None

    __repr__ = one_line_repr("{0.id}: {0.reading}")
