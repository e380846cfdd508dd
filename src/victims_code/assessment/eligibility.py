"""Who is covered by an edition, and who gets Enhanced Rights under it: yes, no, or not known.

A `Person` is a victim as an assessment sees them: what is known, and what each edition gives, worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve, field, frozen

from victims_code.assessment.questions import COVERED, ENHANCED
from victims_code.assessment.record import Known, Record
from victims_code.cases import Victim
from victims_code.conditions import Condition, Finding, Lookup, Truth, all_found, one_answer_is_enough, truth_word
from victims_code.dates import age_on
from victims_code.law import Capacity, Criterion, Edition
from victims_code.plain import PlainEligibility
from victims_code.printable import one_line, one_line_repr
from victims_code.vocabulary import SPEAKS_FOR, MissingFact, load_vocabulary


@frozen(kw_only=True)
class Entitlement:
    """What an edition gives a victim for triggers on a day.

    ``entitled`` is whether the person receives the Rights at all, ``victim`` whether the edition calls them a victim,
    ``enhanced`` whether they have Enhanced Rights; ``categories`` holds the finding for each category, and ``met`` the
    criteria that are known to be met. ``through`` is the person spoken for whose Enhanced Rights this person shares
    (reading *rights-of-those-spoken-for*).
    """

    edition: Edition
    capacity: Capacity
    entitled: Finding
    victim: Finding
    enhanced: Finding
    categories: tuple[tuple[str, Finding], ...]
    met: tuple[Criterion, ...]
    through: str | None = None

    __repr__ = one_line_repr("{0.edition.id}: Enhanced Rights {0.enhanced.truth}")


def _entitlement_of(
    victim: Victim, known: Known, edition: Edition, on: date, spoken_for: Mapping[str, Entitlement]
) -> Entitlement:
    """Work out what an edition gives a victim for triggers on a day.

    :param spoken_for: what it gives those the victim speaks for, by reference.
    """
    lookup = known.on(on)
    rules = edition.eligibility
    capacity = rules.capacity(victim.capacity)
    entitled = all_found(_found(capacity.entitled_when, lookup))
    found = [(category, [(c, c.when.find(lookup)) for c in category.criteria]) for category in rules.enhanced]
    categories = tuple((category.id, _any([finding for _, finding in criteria])) for category, criteria in found)
    own = _enhanced(capacity, [finding for _, finding in categories], lookup(rules.declined_by), rules.declined_by)
    if capacity.speaks and own.truth and not _known_of_themselves(edition, lookup):
        own = Finding(False, own.used)
    through = None
    if capacity.speaks and not own.truth:
        through = next((name for name, other in spoken_for.items() if other.enhanced.truth), None)
    return Entitlement(
        edition=edition,
        capacity=capacity,
        entitled=entitled,
        victim=all_found([Finding(capacity.victim), entitled, *_found(capacity.victim_when, lookup)]),
        enhanced=_with_those_spoken_for(own, capacity, [other.enhanced for other in spoken_for.values()]),
        categories=categories,
        met=tuple(c for _, criteria in found for c, finding in criteria if finding.truth),
        through=through,
    )


def _found(condition: Condition | None, lookup: Lookup) -> list[Finding]:
    return [] if condition is None else [condition.find(lookup)]


def _with_those_spoken_for(own: Finding, capacity: Capacity, theirs: list[Finding]) -> Finding:
    """Enhanced Rights of those someone speaks for; their own only if they are known to have them."""
    if not capacity.speaks or own.truth:
        return own
    if not theirs:
        return Finding(None, own.used, (*own.missing, SPEAKS_FOR))
    return _any(theirs)


def _known_of_themselves(edition: Edition, lookup: Lookup) -> bool:
    """Whether what is known of a person, and not of the offence, brings Enhanced Rights."""
    return any(when.find(lookup).truth for when in edition.eligibility.enhanced_by_person)


def _enhanced(capacity: Capacity, categories: list[Finding], declined: object, declined_by: str) -> Finding:
    if not capacity.enhanced:
        return Finding(False, ("capacity",))
    if declined is True:
        return Finding(False, (declined_by,))
    return _any(categories)


def _any(findings: list[Finding]) -> Finding:
    """True if any is true; unknown if none is and one is unknown."""
    truths = [finding for finding in findings if finding.truth]
    if truths:
        return Finding(True, tuple(dict.fromkeys(name for finding in truths for name in finding.used)))
    used = tuple(dict.fromkeys(name for finding in findings for name in finding.used))
    missing = tuple(dict.fromkeys(name for finding in findings if finding.truth is None for name in finding.missing))
    return Finding(None, used, missing) if missing else Finding(False, used)


@frozen(kw_only=True)
class Person:
    """A victim, and the entitlements already worked out by edition and, where answers change over time, by day."""

    victim: Victim
    known: Known
    others: Mapping[str, Person] = field(eq=False)
    """Everyone of the case by reference."""
    found: dict[tuple[str, date | None], Entitlement] = field(factory=dict)
    heard: dict[tuple[str, str, date], bool] = field(factory=dict)
    enough: dict[tuple[str, date | None], frozenset[str]] = field(factory=dict)

    __repr__ = one_line_repr("{0.victim!r}")

    def entitlement(self, edition: Edition, on: date) -> Entitlement:
        """What an edition gives this victim for triggers on a day."""
        key = (edition.id, on if self.known.changes_over_time else None)
        if (known := self.found.get(key)) is not None:
            return known
        spoken_for = {
            reference: self.others[reference].entitlement(edition, on) for reference in self.victim.speaks_for
        }
        return self.found.setdefault(key, _entitlement_of(self.victim, self.known, edition, on, spoken_for))

    def enough_for_enhanced(self, edition: Edition, on: date) -> frozenset[str]:
        """The facts of which one answer gives this person Enhanced Rights, whatever else is not known."""
        key = (edition.id, on if self.known.changes_over_time else None)
        if key not in self.enough:
            lookup = self.known.on(on)
            self.enough[key] = frozenset(
                name
                for category in edition.eligibility.enhanced
                for criterion in category.criteria
                for name in criterion.when.facts()
                if lookup(name) is None and one_answer_is_enough(criterion.when, lookup, name)
            )
        return self.enough[key]

    def hears_for(self, other: str, edition: Edition, on: date) -> bool:
        """Whether what this person is told on a day counts for another (reading *told-through-another*).

        It does if they may receive the Rights in the place of another; a victim with Rights of their own hears for
        another where someone who is only there to speak certainly would: for a child, only if the age is known.
        """
        key = other, edition.id, on
        if key not in self.heard:
            entitlement = self.entitlement(edition, on)
            self.heard[key] = (
                entitlement.entitled.truth is not False
                if entitlement.capacity.speaks
                else any(self._would_speak_as(capacity, other, on) for capacity in edition.eligibility.capacities)
            )
        return self.heard[key]

    def _would_speak_as(self, capacity: Capacity, other: str, on: date) -> bool:
        if not capacity.speaks or capacity.entitled_when is None:
            return capacity.speaks
        below, born = capacity.below, self.others[other].victim.born
        if below is not None and (born is None or age_on(born, on) >= below):
            return False
        stand_in = evolve(self.known, victim=evolve(self.victim, capacity=capacity.id))
        return capacity.entitled_when.find(stand_in.on(on)).truth is True


def people_of(record: Record) -> tuple[Person, ...]:
    """Everyone the record calls a victim, in its order."""
    others: dict[str, Person] = {}
    for victim in record.case.victims:
        others[victim.reference] = Person(victim=victim, known=record.known_of(victim), others=others)
    return tuple(others.values())


@frozen(kw_only=True)
class VictimEligibility:
    """The eligibility of one victim under one edition, as it stands at the date of assessment."""

    victim: str
    _entitlement: Entitlement

    def __repr__(self) -> str:
        edition, enhanced = self._entitlement.edition.id, truth_word(self.enhanced)
        return one_line(f"<VictimEligibility {self.victim}, {edition}: Enhanced Rights {enhanced}>")

    @property
    def entitled(self) -> Truth:
        """Whether this person receives the Rights of the Code: True, False, or None for unknown."""
        return self._entitlement.entitled.truth

    @property
    def enhanced(self) -> Truth:
        """Whether this person gets Enhanced Rights: True, False, or None for unknown."""
        return self._entitlement.enhanced.truth

    @property
    def _findings(self) -> tuple[Finding, ...]:
        return self._entitlement.entitled, self._entitlement.victim, self._entitlement.enhanced

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The facts the answers rest on."""
        return _joined(*(finding.used for finding in self._findings))

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps an answer open, each with its question."""
        enhanced = self._entitlement.enhanced.missing
        return tuple(
            load_vocabulary().missing(name, victim=self.victim, decides=[ENHANCED if name in enhanced else COVERED])
            for name in self._missing
        )

    @property
    def _missing(self) -> tuple[str, ...]:
        """The names of what is not known."""
        return _joined(*(finding.missing for finding in self._findings))

    def to_dict(self) -> PlainEligibility:
        """The eligibility as plain values, as it stands in the JSON result."""
        entitlement = self._entitlement
        return {
            "victim": self.victim,
            "edition": entitlement.edition.id,
            "edition_status": entitlement.edition.info.status.value,
            "capacity": entitlement.capacity.id,
            "is_victim": truth_word(entitlement.victim.truth),
            "entitled": truth_word(self.entitled),
            "enhanced": truth_word(self.enhanced),
            "categories": {name: truth_word(finding.truth) for name, finding in entitlement.categories},
            "criteria_met": [criterion.id for criterion in entitlement.met],
            "used_facts": list(self.used_facts),
            "missing_facts": list(self._missing),
        }


def _joined(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
