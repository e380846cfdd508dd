"""Home Office outcome types 1 to 22: how a recorded crime ended, and the event of the Code that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from attrs import frozen

from victims_code.cases import Event
from victims_code.dates import Moment
from victims_code.errors import Fault, UnknownNameError
from victims_code.law import Evidence
from victims_code.structuring import packaged

__all__ = ["OutcomeType", "outcome_type", "outcome_types"]

_WRITTEN = re.compile(r"(?:outcome|type|oc)?\s*0*(\d{1,2})\s*([a-z])?", re.IGNORECASE)


@frozen(kw_only=True)
class OutcomeType:
    """One way a recorded crime can end.

    ``event`` is the event of the vocabulary it stands for, or None with the reason in ``note``; which event that is
    rests on nothing that was read, so assessments that use it rest on ``unconfirmed`` ground. ``suspect`` says whether
    a suspect was identified, or None if the type does not say.
    """

    code: str
    title: str
    event: str | None
    suspect: bool | None
    note: str | None = None
    since: date | None = None

    def event_on(self, at: Moment, *, suspect: str | None = None) -> Event | None:
        """The event, on the day the outcome was recorded, or None if the type stands for none.

        >>> outcome_type("8").event_on(date(2026, 4, 2)).event
        'out-of-court-disposal-given'
        """
        if self.event is None:
            return None
        return Event(event=self.event, at=at, suspect=suspect, source=f"Home Office outcome type {self.code}")


@frozen(kw_only=True)
class _File:
    outcomes: tuple[OutcomeType, ...]
    evidence: Evidence
    event_evidence: Evidence
    source: str


@cache
def outcome_types() -> Mapping[str, OutcomeType]:
    """The outcome types by their number as text; 0 is a row of tables and no outcome."""
    return MappingProxyType({one.code: one for one in packaged("adapters/home-office-outcomes.yaml", _File).outcomes})


def outcome_type(written: str) -> OutcomeType:
    """The outcome type of a number as forces write it: ``18``, ``018``, ``Type 18``, ``1A``.

    A last letter marks the alternate offence, and the type is the same.

    :raises UnknownNameError: if there is no such type.

    >>> outcome_type("Outcome 18").title
    'Investigation complete, no suspect identified'
    >>> outcome_type("1A").event
    'suspect-charged'
    """
    found = _WRITTEN.fullmatch(written.strip())
    known = outcome_types().get(found.group(1)) if found else None
    if known is None:
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                where="outcome",
                what=f"There is no Home Office outcome type {written!r}.",
                way_out="The types are numbered 1 to 22, and 0 where none is assigned yet.",
            )
        )
    return known
