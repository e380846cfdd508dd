"""Due dates as an iCalendar file: an all-day event for each date still to be met and each window that will close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from attrs import frozen

from victims_code.errors import Fault, MissingExtraError
from victims_code.render.tables import STATUS_WORDS, bodies

__all__ = ["assessments_as_icalendar"]

_OPEN = ("not-yet-due", "due-today", "overdue", "cannot-tell")


def assessments_as_icalendar(results: Iterable[Mapping[str, Any]]) -> str:
    """Open obligations, windows that are open or may be, and what deciding bodies still owe, as iCalendar text.

    The same obligation has the same UID each time, so a later file replaces it.

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
        for entry in (*_duties(result), *_windows(result)):
            event = Event()
            due = date.fromisoformat(entry.day)
            event.add("uid", f"{entry.uid}@victims-code")
            event.add("dtstamp", _midnight(result["stamp"]["as_at"]))
            event.add("dtstart", due)
            event.add("dtend", due + timedelta(days=1))
            event.add("summary", entry.summary)
            event.add("description", entry.description)
            event.add("transp", "TRANSPARENT")
            calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


@frozen(kw_only=True)
class _Entry:
    """One all-day event."""

    uid: str
    day: str
    summary: str
    description: str


def _windows(result: Mapping[str, Any]) -> Iterator[_Entry]:
    """The last day under every limit of a window that may still be open, and what the deciding body still owes."""
    for window in result["windows"]:
        identity = (result["reference"], *(window[key] for key in ("scheme", "victim", "suspect", "opened_on")))
        for limit in window["limits"] if window["state"] != "closed" and not window["taken_up_on"] else ():
            if limit["binding"] and limit["closes_on"] and limit["closes_on"] >= result["stamp"]["as_at"]:
                yield _Entry(
                    uid=_identity(*identity, limit["id"]),
                    day=limit["closes_on"],
                    summary=f"{result['reference']}: last day for {window['victim']}. {window['title']}",
                    description=f"{limit['title']} (evidence: {limit['evidence']}). {window['needs']}",
                )
        for follow_up in window["follow_ups"]:
            if follow_up["status"] in _OPEN:
                yield _Entry(
                    uid=_identity(*identity, follow_up["id"]),
                    day=follow_up["due_on"],
                    summary=f"{result['reference']}: {follow_up['title']}. {window['title']}",
                    description=f"Owed by {bodies(follow_up['owed_by'])}."
                    f" {STATUS_WORDS[follow_up['status']].capitalize()}.",
                )


def _duties(result: Mapping[str, Any]) -> Iterator[_Entry]:
    for obligation in result["obligations"]:
        if not obligation["due_on"] or obligation["status"] not in _OPEN:
            continue
        yield _Entry(
            uid=_identity(
                result["reference"],
                *(obligation[key] for key in ("duty", "edition", "victim", "suspect", "hearing", "triggered_on")),
            ),
            day=obligation["due_on"],
            summary=f"{_caution(obligation)}{result['reference']}: {obligation['title']}",
            description=f"{obligation['part']}. Owed by {bodies(obligation['owed_by'])}."
            f" {STATUS_WORDS[obligation['status']].capitalize()}.",
        )


def _caution(obligation: Mapping[str, Any]) -> str:
    status = obligation["edition_status"]
    return f"[{status}, not law] " if status in ("draft", "hypothetical") else ""


def _identity(*parts: object) -> str:
    """What makes an entry the same one in a later assessment: everything but its date and status."""
    return sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:32]


def _midnight(iso: str) -> datetime:
    return datetime.combine(date.fromisoformat(iso), datetime.min.time(), tzinfo=UTC)
