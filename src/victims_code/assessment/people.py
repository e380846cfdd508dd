"""A victim as an assessment sees them: what is known, and what each edition gives, worked out once."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from victims_code.assessment.eligibility import Entitlement, entitlement_of
from victims_code.assessment.record import Known
from victims_code.cases import Victim
from victims_code.law import Edition

__all__ = ["Person"]


@frozen(kw_only=True)
class Person:
    """A victim, and the entitlements already worked out by edition and, where facts change, by day."""

    victim: Victim
    known: Known
    found: dict[tuple[str, date | None], Entitlement] = field(factory=dict, repr=False)

    def entitlement(self, edition: Edition, on: date) -> Entitlement:
        """What an edition gives this victim for triggers on a day."""
        key = (edition.id, on if self.known.changes_over_time else None)
        if key not in self.found:
            self.found[key] = entitlement_of(self.victim, self.known, edition, on)
        return self.found[key]
