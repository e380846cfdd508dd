"""Identity: what keeps an obligation the same one when the date of the record that started it is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import md5
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from victims_code.cases import Event
from victims_code.cases.records import MOST_CORRECTIONS
from victims_code.dates import civil_date

if TYPE_CHECKING:
    from victims_code.plain import PlainRecordIdentity


_NONE = "~"


@frozen(kw_only=True)
class RecordIdentity:
    """Which record of a case this is, in words that a correction of its date leaves alone.

    ``reference`` is that of the first record of a chain of corrections. Without one, the record is known by its
    event, suspect, hearing, victim and offence. ``number`` counts the records for which all of that is the same, in
    the order in which they became known.
    """

    event: str
    reference: str | None
    suspect: str | None = None
    hearing: str | None = None
    victim: str | None = None
    offence: str | None = None
    number: int = 1

    def to_dict(self) -> PlainRecordIdentity:
        """The identity as plain values."""
        return {"event": self.event, "reference": self.reference, "number": self.number}

    @property
    def text(self) -> str:
        """Every part, each told apart from the next."""
        parts = (self.reference, self.event, self.suspect, self.hearing, self.victim, self.offence)
        return "/".join((*map(_part, parts), str(self.number)))


def mark_of(
    case: str, victim: str | None, duty: str, edition: str, started_by: RecordIdentity | None, period: int | None
) -> str:
    """The ``id`` of an obligation: 16 hex digits made of all it rests on.

    >>> mark_of("22/0412/26", "V1", "refer-to-support", "code-2021", None, None)
    '93826dbaf0632258'
    """
    began = "" if started_by is None else started_by.text
    text = "/".join((_part(case), _part(victim), duty, edition, began, _NONE if period is None else str(period)))
    return md5(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:16]


def _part(value: str | None) -> str:
    """A part of an identity, in which the separator cannot stand; nothing is not the same as any text."""
    return value.replace("~", "~0").replace("/", "~1") if value else _NONE


def identities_of(standing: Iterable[Event], recorded: Iterable[Event]) -> Mapping[int, RecordIdentity]:
    """The identity of every record that stands, by the ``id()`` of its event.

    :param recorded: every record of the case, those that were corrected among them.
    """
    corrects = {event.reference: event.replaces for event in recorded if event.reference and event.replaces}
    found: dict[int, RecordIdentity] = {}
    counts: dict[RecordIdentity, int] = {}
    for event in sorted(standing, key=_in_order):
        alike = _unnumbered(event, corrects)
        number = counts[alike] = counts.get(alike, 0) + 1
        found[id(event)] = evolve(alike, number=number)
    return found


def _unnumbered(event: Event, corrects: Mapping[str, str]) -> RecordIdentity:
    reference = _first_of(event, corrects)
    if reference is not None:
        return RecordIdentity(event=event.event, reference=reference)
    return RecordIdentity(
        event=event.event,
        reference=None,
        suspect=event.suspect or None,
        hearing=event.hearing or None,
        victim=event.victim or None,
        offence=event.offence or None,
    )


def _first_of(event: Event, corrects: Mapping[str, str]) -> str | None:
    """The reference of the first record of a chain of corrections."""
    if not event.replaces:
        return event.reference or None
    first = event.replaces
    for _ in range(MOST_CORRECTIONS - 1):
        if first not in corrects:
            break
        first = corrects[first]
    return first


def _in_order(event: Event) -> tuple[date, date, date, str]:
    """The order in which records became known, whatever the order of the file.

    A later date of assessment then only adds to the end, so that numbers stay.
    """
    known = event.on if event.recorded is None else civil_date(event.recorded)
    return known, event.on, event.received_on or date.min, event.reference or ""
