"""Due dates as an iCalendar file: one all-day event for each date still to be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from victims_code.errors import Fault, MissingExtraError
from victims_code.render.tables import STATUS_WORDS, bodies

__all__ = ["assessments_as_icalendar"]

_OPEN = ("not-yet-due", "due-today", "overdue", "cannot-tell")


def assessments_as_icalendar(results: Iterable[Mapping[str, Any]]) -> str:
    """Open obligations as iCalendar text. The same obligation has the same UID each time, so a later file replaces it.

    :raises MissingExtraError: if icalendar is not installed.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise MissingExtraError(
            Fault(
                code="VC-NAME-003",
                where="",
                what="iCalendar files need icalendar, which is not installed.",
                way_out='Install it with: python -m pip install "victims-code[ics]"',
            )
        ) from None
    calendar = Calendar()
    calendar.add("prodid", "-//victims-code//due dates//EN")
    calendar.add("version", "2.0")
    for result in results:
        for obligation in result["obligations"]:
            if not obligation["due_on"] or obligation["status"] not in _OPEN:
                continue
            due = date.fromisoformat(obligation["due_on"])
            event = Event()
            event.add("uid", f"{_identity(result['reference'], obligation)}@victims-code")
            event.add("dtstamp", _midnight(result["stamp"]["as_at"]))
            event.add("dtstart", due)
            event.add("dtend", due + timedelta(days=1))
            event.add("summary", f"{_caution(obligation)}{result['reference']}: {obligation['title']}")
            event.add(
                "description",
                f"{obligation['part']}. Owed by {bodies(obligation['owed_by'])}."
                f" {STATUS_WORDS[obligation['status']].capitalize()}.",
            )
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


def _caution(obligation: Mapping[str, Any]) -> str:
    status = obligation["edition_status"]
    return f"[{status}, not law] " if status in ("draft", "hypothetical") else ""


def _identity(reference: str, obligation: Mapping[str, Any]) -> str:
    """What makes an obligation the same one in a later assessment: everything but its dates due and status."""
    parts = (
        reference,
        *(obligation[key] for key in ("duty", "edition", "victim", "suspect", "hearing", "triggered_on")),
    )
    return sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:32]


def _midnight(iso: str) -> datetime:
    return datetime.combine(date.fromisoformat(iso), datetime.min.time(), tzinfo=UTC)
