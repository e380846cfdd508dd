"""Events as sentences of an explanation."""

from __future__ import annotations

from datetime import date

from victims_code.cases import Event
from victims_code.dates import civil_date, format_date
from victims_code.vocabulary import load_vocabulary

__all__ = ["happened", "happened_uncounted"]


def happened(event: Event) -> str:
    """What an event was, as a sentence with its day."""
    past = load_vocabulary().events[event.event].past
    about = _told(event.about) if event.event == "victim-informed" and event.about else ""
    concerning = f" (suspect {event.suspect})" if event.suspect else ""
    return f"On {format_date(event.on)} {past}{about}{concerning}."


def _told(about: str) -> str:
    words = load_vocabulary()
    return f" of {words.topics[about].title}" if about in words.topics else f" that {words.events[about].past}"


def happened_uncounted(event: Event, as_at: date) -> str:
    """An event that was not counted, as a sentence with the reason."""
    if event.on > as_at:
        return f"Not counted, because it is dated after {format_date(as_at)}: {happened(event)}"
    made = "" if event.recorded is None else f" on {format_date(civil_date(event.recorded))}"
    return f"Not counted, because it was recorded later{made}: {happened(event)}"
