"""The rows every view of an assessment shows, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from victims_code.dates import spell_short

__all__ = [
    "COLUMNS",
    "FOLLOW_UP_COLUMNS",
    "SPECIAL_MEASURES_COLUMNS",
    "SPECIAL_MEASURES_TITLE",
    "STATUS_WORDS",
    "WINDOW_COLUMNS",
    "dated",
    "day",
    "follow_up_rows",
    "row",
    "special_measures_row",
    "standing",
    "who",
    "window_row",
]

Plainly = Mapping[str, Any]

COLUMNS = ("Due", "Status", "Duty", "Where", "Owed by", "To", "Event")
WINDOW_COLUMNS = ("Until", "State", "What", "Victim", "Decided by", "Limits, each with its evidence")
FOLLOW_UP_COLUMNS = ("Due", "Status", "What", "Owed by", "To", "After")
SPECIAL_MEASURES_TITLE = "Special measures at court: eligibility as a witness, not a court's decision"
SPECIAL_MEASURES_COLUMNS = ("Victim", "On", "Eligible", "Grounds", "The court may give", "Not known")
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


def window_row(window: Plainly) -> tuple[str, ...]:
    """One window in the words of :data:`WINDOW_COLUMNS`."""
    return (
        window_end(window),
        window_state(window),
        window["title"],
        window["victim"],
        window["decided_by"],
        "; ".join(f"{limit['title']}: {limit_end(limit)} ({limit['evidence']})" for limit in window["limits"]),
    )


def window_end(window: Plainly) -> str:
    """Until when the victim may act: a day, an event to come, or that there is no date."""
    if window["closes_on"]:
        ordinarily = window["ordinarily_by"]
        early = f" (ordinarily by {day(ordinarily)})" if ordinarily and ordinarily < window["closes_on"] else ""
        return day(window["closes_on"]) + early
    if window["until"]:
        return f"until {window['until']}"
    return "not known" if window["missing_facts"] else "no date"


def window_state(window: Plainly) -> str:
    """Open, closed or unknown, and whether the victim has acted."""
    text: str = window["state"]
    if window["applies"] == "unknown":
        text += ", if the scheme applies"
    if window["taken_up_on"]:
        when = {"yes": "in time", "no": "too late", "unknown": "not known whether in time"}[window["in_time"]]
        text += f"; done {day(window['taken_up_on'])}, {when}"
    return text


def limit_end(limit: Plainly) -> str:
    """The last day under one limit, or the bounds between which it lies."""
    if limit["closes_on"]:
        return day(limit["closes_on"])
    if limit["not_before"]:
        return f"not before {day(limit['not_before'])}"
    return f"{day(limit['not_after'])} at the latest" if limit["not_after"] else "no date"


def follow_up_rows(result: Plainly) -> list[tuple[str, ...]]:
    """What deciding bodies owe once a victim has asked, in the words of :data:`FOLLOW_UP_COLUMNS`."""
    return [
        (
            day(follow_up["due_on"]),
            STATUS_WORDS[follow_up["status"]] + (f" ({day(follow_up['done_on'])})" if follow_up["done_on"] else ""),
            follow_up["title"],
            bodies(follow_up["owed_by"]),
            window["victim"],
            f"{window['title']}, {day(window['taken_up_on'])}",
        )
        for window in result["windows"]
        for follow_up in window["follow_ups"]
    ]


def special_measures_row(measures: Plainly) -> tuple[str, ...]:
    """The eligibility of one victim in the words of :data:`SPECIAL_MEASURES_COLUMNS`."""
    holding = [ground for ground in measures["grounds"] if ground["holds"] == "yes"]
    grounds = [f"{g['section']} {g['title']}" + ("" if g["automatic"] else ", if the court finds so") for g in holding]
    given = [measure["title"].lower() for measure in measures["measures"] if measure["open"] == "yes"]
    return (
        measures["victim"],
        day(measures["on"]),
        measures["eligible"],
        "; ".join(grounds) or "–",
        ", ".join(given) or "–",
        ", ".join(measures["missing_facts"]) or "–",
    )


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
