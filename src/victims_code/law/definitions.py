"""Who is a victim, by each definition: of the editions of the Code, of the Act, and of advice to commissioners."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from victims_code.conditions import Condition
from victims_code.dates import spell
from victims_code.reading.sources import Citation, Evidence

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
    """A definition of victim: what it says, for what, whom it binds, and the days it stands.

    ``advice`` marks one that is policy and no law.
    """

    id: str
    title: str
    says: str
    used_for: str
    binds: str
    limbs: tuple[Limb, ...]
    evidence: Evidence
    cites: tuple[Citation, ...]
    advice: bool = False
    since: date | None = None
    until: date | None = None
    note: str | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it holds on a day, as law or as advice."""
        return self.why_not_on(day) is None

    def is_law_on(self, day: date) -> bool:
        """Whether it is law on a day; advice never is."""
        return not self.advice and self.stands_on(day)

    def why_not_on(self, day: date) -> str | None:
        """Why it does not hold on a day, as the end of a sentence; None if it does."""
        if self.since is not None and day < self.since:
            return f"began only on {spell(self.since)}"
        if self.until is not None and self.until < day:
            return f"ended on {spell(self.until)}"
        return None
