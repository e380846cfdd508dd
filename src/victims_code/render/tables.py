"""The rows every view of an assessment shows, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from victims_code.dates import format_short_date
from victims_code.plain import (
    PlainAssessment,
    PlainEligibility,
    PlainGround,
    PlainLimit,
    PlainObligation,
    PlainStep,
    PlainWindow,
)
from victims_code.vocabulary import load_vocabulary

PlainResult: TypeAlias = Mapping[str, Any]
"""Plain data of a shape that no typed dictionary describes."""
SpeaksFor = Mapping[str, Sequence[str]]
"""Who of the case speaks for whom; the JSON result does not hold it, so a stored result may come without."""

QUESTION_COLUMNS = ("We need to know", "About", "It decides", "Name in the record")
QUESTIONS_TITLE = "What is not known"
PEOPLE_COLUMNS = ("Victim", "Covered", "Enhanced Rights", "Not known")
COLUMNS = ("Due", "Status", "Duty", "Where", "Owed by", "To", "Event")
WINDOW_COLUMNS = ("Until", "State", "What", "Victim", "Decided by", "Limits, each with its evidence")
FOLLOW_UP_COLUMNS = ("Due", "Status", "What", "Owed by", "To", "After")
_IN_TIME = {"yes": "in time", "no": "too late", "unknown": "not known whether in time"}
_STATES = ("open", "unknown", "closed")
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


_ACT = {"act-now": "act now: it may be late already", "due-today": "act today to be sure to be in time"}
"""What to do where it cannot be told whether something undone is late, by its urgency."""


def dated(result: PlainAssessment) -> list[PlainObligation]:
    """The obligations with a due date, or that would have one if a receipt or the track were known."""
    return [o for o in result["obligations"] if o["act_by"] or "received" in o["missing_facts"]]


def standing(result: PlainAssessment) -> list[PlainObligation]:
    """The obligations for which the Code sets no number of days."""
    shown = {id(obligation) for obligation in dated(result)}
    return [obligation for obligation in result["obligations"] if id(obligation) not in shown]


def people_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """Who is covered, in the words of :data:`PEOPLE_COLUMNS`."""
    return [
        (who(person, result), person["entitled"], person["enhanced"], asked(person["missing_facts"]))
        for person in result["eligibility"]
    ]


def asked(missing: Sequence[str]) -> str:
    """How much is not known; the questions have a table of their own.

    >>> asked([]), asked(["hate-crime"]), asked(["hate-crime", "kidnap"])
    ('–', '1 question', '2 questions')
    """
    return f"{len(missing)} question{'' if len(missing) == 1 else 's'}" if missing else "–"


def group_identical(obligations: Iterable[PlainObligation]) -> list[list[PlainObligation]]:
    """The obligations in their order, those that read the same but for the victim put together."""
    groups: dict[tuple[object, ...], list[PlainObligation]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for obligation in obligations:
        key = (*row({**obligation, "victim": None}), *obligation["missing_facts"], obligation["victim"] is None)
        nth = seen[(*key, obligation["victim"])]  # what is owed twice to the same victim is said twice
        seen[(*key, obligation["victim"])] += 1
        groups.setdefault((*key, nth), []).append(obligation)
    return list(groups.values())


def rows(obligations: Iterable[PlainObligation]) -> list[tuple[str, ...]]:
    """The obligations in the words of :data:`COLUMNS`, what is owed to several alike in one row."""
    return [row({**group[0], "victim": to_whom(group)}) for group in group_identical(obligations)]


def standing_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """The obligations without a number of days, in the words of :data:`COLUMNS` after the first."""
    return [cells[1:] for cells in rows(standing(result))]


def to_whom(group: Sequence[PlainObligation]) -> str | None:
    """The victims of obligations that are put together; None where the duty is owed to another body."""
    victims = [one["victim"] for one in group if one["victim"] is not None]
    return listed(victims) if victims else None


def spoken_for(result: PlainAssessment, speaks_for: SpeaksFor) -> list[str]:
    """For everyone who speaks for another, a sentence that what is the same for both is said once."""
    assessed = {person["victim"] for person in result["eligibility"]}
    return [
        f"{person} speaks for {listed(others)}: what is the same for them is said once."
        for person, others in speaks_for.items()
        if others and person in assessed
    ]


def in_place_of(result: PlainAssessment, speaks_for: SpeaksFor) -> SpeaksFor:
    """Who is in the case only to speak for others, so that their reasons are those of the others."""
    themselves = {one["victim"] for one in result["eligibility"] if one["capacity"] in ("person", "close-relative")}
    return {person: others for person, others in speaks_for.items() if person not in themselves}


def same_reasons(group: Sequence[PlainObligation], speaks_for: SpeaksFor) -> list[list[PlainObligation]]:
    """Obligations that read the same, put together if the reasons are the same too, or follow from whom one speaks for.

    The first of each list is the one whose reasons are given.
    """
    found: list[list[PlainObligation]] = []
    for obligation in group:
        for others in found:
            first = others[0]
            if first["victim"] in speaks_for.get(obligation["victim"] or "", ()) or _reasons_without_victim(
                first
            ) == _reasons_without_victim(obligation):
                others.append(obligation)
                break
        else:
            found.append([obligation])
    return found


def _reasons_without_victim(obligation: PlainObligation) -> tuple[object, ...]:
    """The reasons of an obligation without the name of its victim."""

    def statements(steps: Iterable[PlainStep]) -> Iterable[str]:
        for step in steps:
            yield " ".join(
                "…" if word.strip(".,:") == obligation["victim"] else word for word in step["statement"].split()
            )
            yield from statements(step["because"])

    return tuple(statements(obligation["explanation"]["steps"]))


def whose(alike: Sequence[PlainObligation], speaks_for: SpeaksFor) -> str:
    """Whose obligation reasons are given for, and for whom else they are the same.

    >>> child, parent = {"victim": "V1"}, {"victim": "V2"}
    >>> whose([child, parent], {"V2": ["V1"]})
    'V1; the same for V2, who speaks for V1'
    """
    first, *others = alike
    if not first["victim"]:
        return ""
    said = []
    for other in others:
        spoken = speaks_for.get(other["victim"] or "", ())
        said.append(f"{other['victim']}" + (f", who speaks for {listed(spoken)}" if first["victim"] in spoken else ""))
    return first["victim"] + (f"; the same for {'; for '.join(said)}" if said else "")


def row(obligation: PlainObligation) -> tuple[str, ...]:
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


def due(obligation: PlainObligation) -> str:
    """The due date, or both where the track is unknown; where neither is known, the earliest that is possible."""
    if not obligation["due_on"]:
        if obligation["act_by"]:
            return f"not known, {day(obligation['act_by'])} at the earliest"
        return "not known" if "received" in obligation["missing_facts"] else "–"
    text = day(obligation["due_on"])
    if obligation["due_on_if_enhanced"]:
        text += f" (enhanced {day(obligation['due_on_if_enhanced'])})"
    return text


def status(obligation: PlainObligation) -> str:
    """The status, with how late, and whether it is certain that the duty is owed."""
    text = STATUS_WORDS[obligation["status"]]
    if obligation["status"] == "cannot-tell":
        text = _ACT.get(obligation["urgency"] or "", text)
    if obligation["status"] in ("overdue", "met-late") and (days := late(obligation)):
        text += f" by {days}"
    if obligation["discharged_on"]:
        text += done(obligation["discharged_on"])
    return text + (", if owed" if obligation["applies"] == "unknown" else "")


def late(obligation: PlainObligation, word: str = "") -> str:
    """By how many working days it is late, or may be where it is not known which deadline holds; nothing if by none.

    :param word: what stands after the working days, such as `` late``.

    >>> late({"days_late": 1}), late({"days_late": 5}, " late")
    ('1 working day', '5 working days late')
    >>> late({"days_late": None, "days_late_if_standard": 2, "days_late_if_enhanced": 6}, " late")
    '2 working days late, or 6 if Enhanced Rights apply'
    >>> late({"days_late": None, "days_late_if_standard": 0, "days_late_if_enhanced": 4}, " late")
    '4 working days late if Enhanced Rights apply'
    """
    if obligation["days_late"] is not None:
        return _working_days(obligation["days_late"]) + word if obligation["days_late"] else ""
    standard, enhanced = obligation["days_late_if_standard"], obligation["days_late_if_enhanced"]
    if standard and enhanced:
        return f"{_working_days(standard)}{word}, or {enhanced} if Enhanced Rights apply"
    if enhanced:
        return f"{_working_days(enhanced)}{word} if Enhanced Rights apply"
    return f"{_working_days(standard)}{word} unless Enhanced Rights apply" if standard else ""


def _working_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def is_undone(obligation: PlainObligation) -> bool:
    """Whether nothing on record shows an obligation done, and it is not on hold."""
    return not obligation["discharged_on"] and obligation["status"] != "suspended"


def done(iso: str) -> str:
    """What stands after a status: the day on which the duty was done, such as the victim told."""
    return f" (done {day(iso)})"


def who(person: PlainEligibility, result: PlainAssessment) -> str:
    """The person an answer is about; with the edition, if the case falls under several."""
    several = len({other["edition"] for other in result["eligibility"]}) > 1
    return f"{person['victim']} under {person['edition']}" if several else str(person["victim"])


def where(obligation: PlainObligation) -> str:
    """The part that states the duty; with the edition, if that is not the one in force."""
    if obligation["edition_status"] == "in-force":
        return str(obligation["part"])
    return f"{obligation['edition']}, {obligation['part']}"


def event(obligation: PlainObligation) -> str:
    """The event that started the duty, with the suspect."""
    suspect = f", {obligation['suspect']}" if obligation["suspect"] else ""
    nth = f", period {obligation['period']}" if obligation["period"] else ""
    return f"{obligation['trigger'].replace('-', ' ')} {day(obligation['triggered_on'])}{suspect}{nth}"


def not_counted(number: int) -> str:
    """How many records are not counted, as a sentence; nothing if all are.

    >>> not_counted(1), not_counted(0)
    ('1 record is later and not counted.', '')
    """
    if not number:
        return ""
    return "1 record is later and not counted." if number == 1 else f"{number} records are later and not counted."


def open_first(windows: Iterable[PlainWindow]) -> list[PlainWindow]:
    """The windows: open ones first, then those of which it is not known, then the closed ones."""
    return sorted(windows, key=lambda window: _STATES.index(window["state"]))


def window_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """The windows in the words of :data:`WINDOW_COLUMNS`, what is open to several alike in one row."""
    victims: dict[tuple[str, ...], list[str]] = {}
    for window in open_first(result["windows"]):
        victims.setdefault(_window_row({**window, "victim": ""}), []).append(window["victim"])
    return [(*cells[:3], listed(list(dict.fromkeys(names))), *cells[4:]) for cells, names in victims.items()]


def _window_row(window: PlainWindow) -> tuple[str, ...]:
    return (
        window_end(window),
        window_state(window),
        window["title"],
        window["victim"],
        window["decided_by"],
        "; ".join(
            f"{limit['title']}{_may(limit)}: {limit_end(limit)} ({limit['evidence']})" for limit in window["limits"]
        ),
    )


def window_end(window: PlainWindow) -> str:
    """Until when the victim may act: a day, an event to come, or that there is no date."""
    if window["closes_on"]:
        ordinarily = window["ordinarily_by"]
        early = f" (ordinarily by {day(ordinarily)})" if ordinarily and ordinarily < window["closes_on"] else ""
        safe = f"{day(window['safe_on'])} to be safe; " if window["safe_on"] else ""
        return safe + day(window["closes_on"]) + _or_later(window) + early
    if window["until"]:
        return f"until {window['until']}"
    return "not known" if window["missing_facts"] else "no date"


def _or_later(window: PlainWindow) -> str:
    """The other days on which a window may close, where it is not known which of its limits holds."""
    if not window["may_close_later"]:
        return ""
    ends = [limit["closes_on"] for limit in window["limits"] if limit["binding"]]
    others = sorted({end for end in ends if end} - {window["closes_on"]})
    if not others:
        return " at the earliest"
    return "".join(f" or {day(end)}" for end in others) + (" or later" if None in ends else "")


def window_state(window: PlainWindow) -> str:
    """Open, closed or unknown, and whether the victim has acted."""
    text: str = window["state"]
    if window["applies"] == "unknown":
        text += ", if the scheme applies"
    if window["taken_up_on"]:
        when = _IN_TIME[window["in_time"] or "unknown"]
        text += f"; done {day(window['taken_up_on'])}, {when}"
    if window["missing_facts"]:
        text += f". {load_vocabulary().need_to_know(window['missing_facts'], victim=window['victim'])}"
    return text


def _may(limit: PlainLimit) -> str:
    return "" if limit["applies"] == "yes" else ", if this limit applies"


def until_hour(limit: PlainLimit) -> str:
    """The hour of the last day after which it is too late, where the limit names one."""
    return f", by {limit['until_hour']}" if limit["until_hour"] else ""


def limit_end(limit: PlainLimit) -> str:
    """The last day under one limit, or the bounds between which it lies."""
    if limit["closes_on"]:
        others = f", the last day of {limit['belongs_to']}" if limit["belongs_to"] else ""
        return day(limit["closes_on"]) + until_hour(limit) + others
    if limit["not_before"]:
        return f"not before {day(limit['not_before'])}"
    return f"{day(limit['not_after'])} at the latest" if limit["not_after"] else "no date"


def follow_up_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """What deciding bodies owe once a victim has asked, in the words of :data:`FOLLOW_UP_COLUMNS`."""
    return [
        (
            day(follow_up["due_on"]),
            STATUS_WORDS[follow_up["status"]] + (done(follow_up["done_on"]) if follow_up["done_on"] else ""),
            follow_up["title"],
            bodies(follow_up["owed_by"]),
            window["victim"],
            f"{window['title']}, {day(window['taken_up_on'] or follow_up['counted_from'])}",
        )
        for window in result["windows"]
        for follow_up in window["follow_ups"]
    ]


def special_measures_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """Who would be eligible for special measures, in the words of :data:`SPECIAL_MEASURES_COLUMNS`."""
    return [
        (
            measures["victim"],
            day(measures["on"]),
            measures["eligible"],
            "; ".join(map(_ground, (one for one in measures["grounds"] if one["holds"] == "yes"))) or "–",
            ", ".join(one["title"].lower() for one in measures["measures"] if one["open"] == "yes") or "–",
            asked(measures["missing_facts"]),
        )
        for measures in result["special_measures"]
    ]


def _ground(ground: PlainGround) -> str:
    return f"{ground['section']} {ground['title']}" + ("" if ground["automatic"] else ", if the court finds so")


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence.

    >>> listed(["V1"]), listed(["V1", "V2", "V3"])
    ('V1', 'V1, V2 and V3')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def bodies(names: Iterable[str]) -> str:
    """Bodies as words."""
    short = {"cps": "CPS", "hmcts": "HMCTS", "ccrc": "CCRC", "cica": "CICA", "pcc": "PCC"}
    return " or ".join(short.get(name, name.replace("-", " ")) for name in names)


def day(iso: str) -> str:
    """A date as it stands in a table.

    >>> day("2026-04-13")
    'Mon 13 Apr 2026'
    """
    return format_short_date(date.fromisoformat(iso))
