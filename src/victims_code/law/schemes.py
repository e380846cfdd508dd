"""Schemes beyond the Code: what a victim may do, and until when."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen, validators

from victims_code.conditions import Condition
from victims_code.law.deadlines import Unit
from victims_code.law.sources import Citation, Evidence

__all__ = ["Scheme", "SchemeLimit"]


@frozen(kw_only=True)
class SchemeLimit:
    """One time limit of a scheme, with the days it is law for.

    ``since`` and ``until`` bound the day the window opens. ``within`` is None where the rule has no number.
    """

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    within: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    unit: Unit = Unit.DAY
    since: date | None = None
    until: date | None = None
    applies_when: Condition | None = None
    note: str | None = None

    def is_law_on(self, day: date) -> bool:
        """Whether the limit is law for windows that open on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@frozen(kw_only=True)
class Scheme:
    """Something a victim may ask for, who decides it, and its limits.

    The window opens with an event (``opens_with``) or, without one, on the day of the offence.
    """

    id: str
    title: str
    decided_by: str
    needs: str
    limits: tuple[SchemeLimit, ...]
    evidence: Evidence
    cites: tuple[Citation, ...]
    opens_with: str | None = None
    rows: tuple[str, ...] = ()
    note: str | None = None
