"""A victim as an assessment sees them: what is known, and what each edition gives, worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve, field, frozen

from victims_code.assessment.eligibility import Entitlement, entitlement_of
from victims_code.assessment.record import Known, Record
from victims_code.cases import Victim
from victims_code.dates import age_on
from victims_code.law import Capacity, Edition
from victims_code.printable import one_line_repr

__all__ = ["Person", "people_of"]


@frozen(kw_only=True)
class Person:
    """A victim, and the entitlements already worked out by edition and, where answers change over time, by day."""

    victim: Victim
    known: Known
    others: Mapping[str, Person] = field(eq=False)
    """Everybody of the case by reference."""
    found: dict[tuple[str, date | None], Entitlement] = field(factory=dict)
    heard: dict[tuple[str, str, date], bool] = field(factory=dict)

    __repr__ = one_line_repr("{0.victim!r}")

    def entitlement(self, edition: Edition, on: date) -> Entitlement:
        """What an edition gives this victim for triggers on a day."""
        key = (edition.id, on if self.known.changes_over_time else None)
        if (known := self.found.get(key)) is not None:
            return known
        spoken_for = {
            reference: self.others[reference].entitlement(edition, on) for reference in self.victim.speaks_for
        }
        return self.found.setdefault(key, entitlement_of(self.victim, self.known, edition, on, spoken_for))

    def hears_for(self, other: str, edition: Edition, on: date) -> bool:
        """Whether what this person is told on a day counts for another (reading *told-through-another*).

        It does if they may receive the Rights in the place of another; a victim with Rights of their own hears for
        another where somebody who is only there to speak certainly would: for a child, only if the age is known.
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
    """Everybody the record calls a victim, in its order."""
    others: dict[str, Person] = {}
    for victim in record.case.victims:
        others[victim.reference] = Person(victim=victim, known=record.known_of(victim), others=others)
    return tuple(others.values())
