"""Home Office outcome types 1 to 22: how a recorded crime ended, and the event of the Code that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import need_text
from victims_code.cases import Event
from victims_code.dates import Moment
from victims_code.errors import UnknownNameError
from victims_code.law import Evidence
from victims_code.names import EventId
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import FromOneSource

_WRITTEN = re.compile(
    r"""(?:(?:ho|home\ office)\s*)?                # whose types they are
        (?:(?:outcome|oc|o)[\s.:#-]*)?
        (?:(?:type|code|t)[\s.:#-]*)?         # what the number is
        (?:(?:number|no)\b[\s.:#-]*)?
        0*(?P<number>\d{1,2})(?:\.0+)?\s*(?P<letter>[a-z])?
        (?:(?:\s*[:\N{EN DASH}\N{EM DASH}.-]\s*+|\s+(?=[a-z(]\D))    # and the title of the type,
           (?!(?:(?:and|or|to)\b\s*)?\d|[a-z]{3,9}[\s-]\d{4}).+)?     # which is no other number or date""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL | re.ASCII,
)


@frozen(kw_only=True)
class OutcomeType:
    """One way a recorded crime can end.

    ``event`` is the event of the vocabulary it stands for, or None with the reason in ``note``; which event that is
    rests on nothing that was read, so assessments that use it rest on ``unconfirmed`` ground. ``suspect`` says whether
    a suspect was identified, or None if the type does not say. ``letters`` are those that may follow the number, and
    ``since`` and ``until`` the first and last day on which the type was in use, where they are known.
    """

    code: str
    title: str
    event: EventId | None
    suspect: bool | None
    note: str | None = None
    letters: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    __repr__ = one_line_repr("{0.code}: {0.title}")

    def event_on(self, at: Moment, *, suspect: str | None = None) -> Event | None:
        """The event, on the day the outcome was recorded, or None if the type stands for none.

        >>> outcome_type("8").event_on(date(2026, 4, 2)).event
        'out-of-court-disposal-given'
        """
        if self.event is None:
            return None
        return Event(event=self.event, at=at, suspect=suspect, source=f"Home Office outcome type {self.code}")


@frozen(kw_only=True)
class _OutcomesFile(FromOneSource):
    outcomes: tuple[OutcomeType, ...]
    since: date
    event_evidence: Evidence


@cache
def outcome_types() -> Mapping[str, OutcomeType]:
    """The outcome types by their number as text; 0 is a row of tables and no outcome."""
    file = DataFile.open("adapters/home-office-outcomes.yaml").one(_OutcomesFile)
    return MappingProxyType({one.code: evolve(one, since=one.since or file.since) for one in file.outcomes})


def outcome_type(written: str) -> OutcomeType:
    """The outcome type of a number as forces write it: ``18``, ``18.0``, ``Outcome type 18``, ``18 - title``, ``1A``.

    A last letter marks the alternate offence, and the type is the same. No other letter is known.

    :raises UnknownNameError: if there is no such type.

    >>> outcome_type("Outcome 18").title
    'Investigation complete, no suspect identified'
    >>> outcome_type("1A").event
    'suspect-charged'
    """
    text = need_text(written, "written", 'Pass it as text, such as "18".').strip()
    found = _WRITTEN.fullmatch(text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text)
    known = outcome_types().get(found["number"]) if found else None
    letter = (found["letter"] or "").upper() if found else ""
    if known is None or (letter and letter not in known.letters):
        raise UnknownNameError(faults.NO_SUCH_OUTCOME_TYPE.at("outcome", outcome=written))
    return known
