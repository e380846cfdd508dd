"""Events as sentences of an explanation."""

from __future__ import annotations

from datetime import date

from victims_code.cases import Event
from victims_code.dates import civil_date, spell
from victims_code.vocabulary import vocabulary

__all__ = ["happened", "happened_uncounted"]


def happened(event: Event) -> str:
    """What an event was, as a sentence with its day."""
    past = vocabulary().events[event.event].past
    about = _told(event.about) if event.event == "victim-informed" and event.about else ""
    concerning = f" (suspect {event.suspect})" if event.suspect else ""
    return f"On {spell(event.on)} {past}{about}{concerning}."


def _told(about: str) -> str:
    words = vocabulary()
    return f" of {words.topics[about].title}" if about in words.topics else f" that {words.events[about].past}"


def happened_uncounted(event: Event, as_at: date) -> str:
    """An event that was not counted, as a sentence with the reason."""
    if event.on > as_at:
        return f"Not counted, because it is dated after {spell(as_at)}: {happened(event)}"
    made = "" if event.recorded is None else f" on {spell(civil_date(event.recorded))}"
    return f"Not counted, because it was recorded later{made}: {happened(event)}"
