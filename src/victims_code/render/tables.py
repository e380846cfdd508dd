"""The rows every view of an assessment shows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from victims_code.dates import spell_short

__all__ = ["COLUMNS", "STATUS_WORDS", "dated", "day", "row", "standing", "who"]

Plainly = Mapping[str, Any]

COLUMNS = ("Due", "Status", "Duty", "Where", "Owed by", "To", "Event")
STATUS_WORDS = {
    "not-yet-due": "not yet due",
    "due-today": "due today",
    "met": "met",
    "met-late": "met late",
    "overdue": "overdue",
    "undated": "no date set",
    "suspended": "suspended",
    "cannot-tell": "cannot tell",
}


def dated(result: Plainly) -> list[Plainly]:
    """The obligations with a due date, or that would have one if a receipt were on record."""
    return [o for o in result["obligations"] if o["due_on"] or "received" in o["missing_facts"]]


def standing(result: Plainly) -> list[Plainly]:
    """The obligations for which the Code sets no number of days."""
    shown = {id(obligation) for obligation in dated(result)}
    return [obligation for obligation in result["obligations"] if id(obligation) not in shown]


def row(obligation: Plainly) -> tuple[str, ...]:
    """One obligation in the words of :data:`COLUMNS`."""
    return (
        due(obligation),
        status(obligation),
        obligation["title"],
        where(obligation),
        bodies(obligation["owed_by"]),
        obligation["victim"] or bodies([obligation["owed_to"]]),
        event(obligation),
    )


def due(obligation: Plainly) -> str:
    """The due date, or both where the track is unknown."""
    if not obligation["due_on"]:
        return "not known" if "received" in obligation["missing_facts"] else "–"
    text = day(obligation["due_on"])
    if obligation["due_on_if_enhanced"]:
        text += f" (enhanced {day(obligation['due_on_if_enhanced'])})"
    return text


def status(obligation: Plainly) -> str:
    """The status, with how late, and whether it is certain that the duty is owed."""
    text = STATUS_WORDS[obligation["status"]]
    if obligation["days_late"]:
        text += f" by {obligation['days_late']} working day{'' if obligation['days_late'] == 1 else 's'}"
    if obligation["discharged_on"]:
        text += f" ({day(obligation['discharged_on'])})"
    return text + (", if owed" if obligation["applies"] == "unknown" else "")


def who(person: Plainly, result: Plainly) -> str:
    """The person an answer is about; with the edition, if the case falls under several."""
    several = len({other["edition"] for other in result["eligibility"]}) > 1
    return f"{person['victim']} under {person['edition']}" if several else str(person["victim"])


def where(obligation: Plainly) -> str:
    """The part that states the duty; with the edition, if that is not the one in force."""
    if obligation["edition_status"] == "in-force":
        return str(obligation["part"])
    return f"{obligation['edition']}, {obligation['part']}"


def event(obligation: Plainly) -> str:
    """The event that started the duty, with the suspect."""
    suspect = f", {obligation['suspect']}" if obligation["suspect"] else ""
    nth = f", period {obligation['period']}" if obligation["period"] else ""
    return f"{obligation['trigger'].replace('-', ' ')} {day(obligation['triggered_on'])}{suspect}{nth}"


def bodies(names: Iterable[str]) -> str:
    """Bodies as words."""
    short = {"cps": "CPS", "hmcts": "HMCTS", "ccrc": "CCRC", "cica": "CICA", "pcc": "PCC"}
    return " or ".join(short.get(name, name.replace("-", " ")) for name in names)


def day(iso: str) -> str:
    """A date as it stands in a table.

    >>> day("2026-04-13")
    'Mon 13 Apr 2026'
    """
    return spell_short(date.fromisoformat(iso))
