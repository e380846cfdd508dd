"""Who is a victim, by each definition in force: that of the Act, and those of the editions of the Code."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from victims_code.conditions import Condition
from victims_code.law.sources import Citation, Evidence

__all__ = ["Definition", "Limb"]


@frozen(kw_only=True)
class Limb:
    """One way of being a victim under a definition.

    ``ground`` names what the limb is about with a word that all definitions share, so that they can be compared.
    """

    id: str
    ground: str
    title: str
    when: Condition
    evidence: Evidence
    cites: tuple[Citation, ...]
    readings: tuple[str, ...] = ()
    note: str | None = None


@frozen(kw_only=True)
class Definition:
    """A definition of victim, where it stands, for what, and the days it is law for."""

    id: str
    title: str
    says: str
    used_for: str
    limbs: tuple[Limb, ...]
    evidence: Evidence
    cites: tuple[Citation, ...]
    since: date | None = None
    until: date | None = None
    note: str | None = None

    def is_law_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
