"""Due dates as an iCalendar file (RFC 5545): an all-day event for each date still to be met and each window to close.

What is undone after the last day that is certainly in time has one more event, from the day after it or from the day of
assessment, to the last day that may be in time: it says that the duty is still open.

Outlook, Thunderbird and other diaries take a later file in place of an earlier one, because the same obligation keeps
its UID and every change has a higher SEQUENCE. No clock is read: an event is stamped with midnight, in UTC, of the day
of assessment. A file names cases and victims by their references and holds nothing else about them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.dates import format_date
from victims_code.errors import WrongValueError
from victims_code.extras import need
from victims_code.faults import Fault
from victims_code.plain import PlainAssessment, PlainFollowUp, PlainLimit, PlainObligation, PlainWindow
from victims_code.printable import as_sentence, capitalised, printable
from victims_code.render.tables import STATUS_WORDS, bodies, not_counted, status, until_hour

_DOMAIN = "@victims-code"
_FIRST_DAY = date(2000, 1, 1)
"""Days from here to the day of assessment make the SEQUENCE, so that a later file is always the higher one."""
_AT_NINE = timedelta(hours=9)
_NO_LONGER = "No longer due: "
_CANCELLED = "CANCELLED"
_DUTY = "Duty"
_OPEN = "open"
_DAY = timedelta(days=1)


@checked
def assessments_to_icalendar(
    results: Iterable[PlainAssessment], *, replaces: str | None = None, remind: bool = True
) -> str:
    """What is undone, windows that are open or may be, and what deciding bodies still owe, as iCalendar text.

    Where a receipt is not on record, the earliest date that is possible is in the file, as tentative. Where it is not
    known whether Enhanced Rights apply, both dates are, the one with Enhanced Rights as tentative. From the day after
    the earlier one, an entry says that the duty is still open and may be late. Once something is overdue, that entry
    is on the day of assessment. The UID of an entry is made of the id of the obligation or window, so that a corrected
    date moves the entry that is there.

    :param results: JSON results of assessments.
    :param replaces: the text of the file that was exported before. Dates of the same cases that are in it and no longer
        hold, because the duty was met, withdrawn or moved, are then cancelled; what has not changed keeps its SEQUENCE.
    :param remind: set an alarm for nine o'clock on the last weekday before each date that has not passed.
    :raises MissingExtraError: if icalendar is not installed.
    :raises WrongValueError: if ``replaces`` is not an iCalendar file.
    """
    need("ics", "icalendar", feature="Diary entries")
    given = list(results)
    earlier = {} if replaces is None else _earlier(replaces)
    entries = {entry.uid: entry for result in given for entry in _entries(result)}
    no_longer = _cancelled(earlier, entries, {one["reference"]: _as_at(one) for one in given})
    return _calendar((*entries.values(), *no_longer), earlier, _left_out(given), remind=remind)


@checked
def forward_plan_to_icalendar(plan: Mapping[str, Any], *, replaces: str | None = None, remind: bool = True) -> str:
    """Everything in a forward plan that has a day, as iCalendar text; what has none is named in the description.

    The same thing keeps its UID when its day moves, as long as the plan keeps its title. What is overdue has one more
    entry on the day of the plan.

    :param plan: a forward plan as plain values.
    :param replaces: the text of the file that was exported before; what is no longer due is then cancelled.
    :param remind: set an alarm for nine o'clock on the last weekday before each day that has not passed.
    :raises MissingExtraError: if icalendar is not installed.
    :raises WrongValueError: if ``replaces`` is not an iCalendar file.
    """
    need("ics", "icalendar", feature="Diary entries")
    on, earlier = date.fromisoformat(plan["on"]), {} if replaces is None else _earlier(replaces)
    entries = {entry.uid: entry for entry in _due_entries(plan, on)}
    no_day = [f"{item['what']} ({item['about']})" for item in plan["items"] if item["day"] is None]
    left_out = f"No day is set for these {len(no_day)}: {' '.join(no_day)}" if no_day else ""
    no_longer = _cancelled(earlier, entries, {plan["title"]: on})
    return _calendar((*entries.values(), *no_longer), earlier, left_out, remind=remind)


def _due_entries(plan: Mapping[str, Any], on: date) -> Iterator[_DiaryEntry]:
    """An entry on the day of each thing, and if that is past one on the day of the plan that says it is overdue."""
    alike = Counter[str]()
    for item in plan["items"]:
        if item["day"] is None:
            continue
        mark = sha256(repr((item["kind"], item["about"], item["what"])).encode("utf-8", "surrogatepass")).hexdigest()
        alike[mark] += 1
        number = () if alike[mark] == 1 else (str(alike[mark]),)
        uid = "-".join((_case_mark(plan["title"]), mark[:16], *number)) + _DOMAIN
        who, kind = item["owner"] or "No owner is named", capitalised(item["kind"].replace("-", " "))
        entry = _DiaryEntry(
            uid=uid,
            day=date.fromisoformat(item["day"]),
            summary=item["what"],
            description=f"{kind}. {who}. {plan['title']}, {item['about']}.",
            category=kind,
            status="CONFIRMED",
            as_at=on,
        )
        yield entry
        if entry.day < on:
            yield _still_open(entry, uid.replace(_DOMAIN, f"-{_OPEN}{_DOMAIN}"), entry.day, "overdue")


def _calendar(entries: Iterable[_DiaryEntry], earlier: Mapping[str, _Earlier], left_out: str, *, remind: bool) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//victims-code//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if left_out:
        calendar.add("x-wr-caldesc", printable(left_out))
    for entry in entries:
        calendar.add_component(_event(entry, earlier.get(entry.uid), remind))
    return str(calendar.to_ical().decode("utf-8"))


def _as_at(result: PlainAssessment) -> date:
    return date.fromisoformat(result["stamp"]["as_at"])


@frozen(kw_only=True)
class _DiaryEntry:
    """One all-day event; of several days if it has a ``last_day``. Only what has an ``alarm`` may ring."""

    uid: str
    day: date
    summary: str
    description: str
    category: str
    status: str
    as_at: date
    last_day: date | None = None
    alarm: bool = True


# --- what stands in the file ------------------------------------------------------------------------------------


def _entries(result: PlainAssessment) -> Iterator[_DiaryEntry]:
    """Every entry of a result; each says if records of the case were not counted."""
    left_out = not_counted(result["stamp"]["records_not_counted"])
    for entry in (*_duties(result), *_windows(result)):
        yield evolve(entry, description=f"{entry.description} {left_out}") if left_out else entry


def _left_out(results: Iterable[PlainAssessment]) -> str:
    """The cases of which records were not counted, also those without an entry."""
    said = ((one["reference"], not_counted(one["stamp"]["records_not_counted"])) for one in results)
    return " ".join(f"{reference}: {sentence}" for reference, sentence in said if sentence)


def _windows(result: PlainAssessment) -> Iterator[_DiaryEntry]:
    """The last day under every limit of a window that may still be open, and what the deciding body still owes."""
    for window in result["windows"]:
        if window["state"] != "closed" and not window["taken_up_on"]:
            yield from _last_days(window, result)
        for follow_up in window["follow_ups"]:
            if not follow_up["done_on"]:
                yield from _follow_up(follow_up, window, result)


def _last_days(window: PlainWindow, result: PlainAssessment) -> Iterator[_DiaryEntry]:
    """The days still to come on which the window closes or may close; once all are past, that it may still be open."""
    as_at = date.fromisoformat(result["stamp"]["as_at"])
    entries = [_last_day(limit, window, result) for limit in window["limits"] if limit["binding"]]
    dated = [entry for entry in entries if entry is not None]
    yield from (entry for entry in dated if entry.day >= as_at)
    if dated and window["state"] == "unknown" and min(entry.day for entry in dated) < as_at:
        first = min(dated, key=lambda entry: entry.day)
        yield evolve(
            first,
            uid=_uid(window, _OPEN),
            day=as_at,
            summary=f"{result['reference']}: may still be open to {window['victim']}. {window['title']}",
            description=f"It is not known whether this closed after {format_date(first.day)}. {window['needs']}",
            status="TENTATIVE",
            alarm=False,
        )


def _last_day(limit: PlainLimit, window: PlainWindow, result: PlainAssessment) -> _DiaryEntry | None:
    """The entry on the last day under one limit, or while that is not known on the earliest day it can be.

    Where the last day belongs to someone else it is on the day by which the victim is safe to ask, until that is past.
    """
    safe = limit["safe_on"] if (limit["safe_on"] or "") >= result["stamp"]["as_at"] else None
    last = safe or limit["closes_on"] or limit["not_before"]
    if last is None:
        return None
    if limit["from_birth"]:
        return _before_a_birthday(limit, date.fromisoformat(limit["closes_on"] or last), window, result)
    certain = limit["closes_on"] and limit["applies"] == window["applies"] == "yes"
    condition = ", if this limit applies" if limit["applies"] != "yes" else ""
    known = "" if limit["closes_on"] else " The last day is not known: this is the earliest it can be."
    if limit["belongs_to"] and limit["closes_on"]:
        known = (
            f" The last day, {format_date(date.fromisoformat(limit['closes_on']))}, belongs to {limit['belongs_to']}."
        )
    day_for = "day to ask by" if safe else "last day"
    return _DiaryEntry(
        uid=_uid(window, limit["id"]),
        day=date.fromisoformat(last),
        summary=f"{result['reference']}: {day_for} for {window['victim']}{condition}. {window['title']}",
        description=f"{limit['title']}{until_hour(limit)} (evidence: {limit['evidence']}). {window['needs']}{known}",
        category="What the victim may do",
        status="CONFIRMED" if certain else "TENTATIVE",
        as_at=date.fromisoformat(result["stamp"]["as_at"]),
    )


def _before_a_birthday(limit: PlainLimit, last: date, window: PlainWindow, result: PlainAssessment) -> _DiaryEntry:
    """The entry of a limit that follows from a date of birth, on a day from which that date cannot be told.

    It is at the end of the month before the last day, and from then to the last day on the day of assessment.
    """
    as_at, early = _as_at(result), last.replace(day=1) - _DAY
    at_once = early < as_at <= last
    what = "ask at once" if at_once else "day to ask by"
    condition = ", if this limit applies" if limit["applies"] != "yes" else ""
    when = "is near" if at_once else "is in the month after" + ("" if limit["closes_on"] else ", or later")
    why = "It follows from the date of birth, which no diary holds: assess the case to see it."
    certain = limit["closes_on"] and limit["applies"] == window["applies"] == "yes"
    return _DiaryEntry(
        uid=_uid(window, limit["id"]),
        day=as_at if at_once else early,
        summary=f"{result['reference']}: {what} for {window['victim']}{condition}. {window['title']}",
        description=f"{limit['title']} (evidence: {limit['evidence']}). {window['needs']} The last day {when}. {why}",
        category="What the victim may do",
        status="CONFIRMED" if certain else "TENTATIVE",
        as_at=as_at,
        alarm=not at_once,
    )


def _follow_up(follow_up: PlainFollowUp, window: PlainWindow, result: PlainAssessment) -> Iterator[_DiaryEntry]:
    """The entry on the due date of what a deciding body owes, and once that is past that it is still open."""
    words = capitalised(STATUS_WORDS[follow_up["status"]])
    entry = _DiaryEntry(
        uid=_uid(window, follow_up["id"]),
        day=date.fromisoformat(follow_up["due_on"]),
        summary=f"{result['reference']}: {follow_up['title']}. {window['title']}",
        description=f"Asked for by {window['victim']}. Owed by {bodies(follow_up['owed_by'])}. {words}.",
        category=_DUTY,
        status="CONFIRMED",
        as_at=date.fromisoformat(result["stamp"]["as_at"]),
    )
    yield entry
    if entry.as_at > entry.day:
        yield _still_open(entry, _uid(window, follow_up["id"], _OPEN), entry.day, words.lower())


def _still_open(entry: _DiaryEntry, uid: str, act_by: date, words: str, last_day: date | None = None) -> _DiaryEntry:
    """That something is undone after the last day certainly in time: from then, or from the day of assessment if later.

    :param last_day: the last day that may be in time.
    """
    first = max(min(act_by, date.max - _DAY) + _DAY, entry.as_at)
    return evolve(
        entry,
        uid=uid,
        day=first,
        last_day=last_day if last_day and last_day > first else None,
        summary=f"{as_sentence(entry.summary)} Still open: {words}",
        alarm=False,
    )


def _duties(result: PlainAssessment) -> Iterator[_DiaryEntry]:
    """An entry for each date on which something undone is due; what has no date is not in a diary."""
    for obligation in result["obligations"]:
        if obligation["urgency"] is None or obligation["act_by"] is None:
            continue
        act_by = date.fromisoformat(obligation["act_by"])
        last, sooner = obligation["due_on"], obligation["due_on_if_enhanced"]
        entry = _duty(obligation, act_by, result)
        if last or not sooner:
            yield entry
        if sooner and sooner != last:
            otherwise = f" Without Enhanced Rights it is due by {format_date(entry.day)}." if last else ""
            yield evolve(
                entry,
                uid=_uid(obligation, "enhanced"),
                day=date.fromisoformat(sooner),
                summary=f"{entry.summary}, if Enhanced Rights apply",
                description=f"{entry.description}{otherwise}",
                status="TENTATIVE",
            )
        yield from _open_duty(obligation, act_by, entry)


def _open_duty(obligation: PlainObligation, act_by: date, entry: _DiaryEntry) -> Iterator[_DiaryEntry]:
    """From the day after ``act_by`` on: that it may be late already, and once no date is left that it is overdue."""
    due_on = date.fromisoformat(obligation["due_on"]) if obligation["due_on"] else None
    uid = _uid(obligation, _OPEN)
    if obligation["urgency"] == "overdue":
        yield _still_open(entry, uid, act_by, status(obligation))
    elif due_on != act_by or obligation["urgency"] == "act-now":
        may_be_late = _still_open(entry, uid, act_by, "act now, it may be late already", due_on)
        yield evolve(may_be_late, status="TENTATIVE")


def _duty(obligation: PlainObligation, act_by: date, result: PlainAssessment) -> _DiaryEntry:
    """The entry on the due date, or while that is not known on the earliest day it can be."""
    whom = f" ({obligation['victim']})" if obligation["victim"] else ""
    words = status(obligation)
    description = f"{obligation['part']}. Owed by {bodies(obligation['owed_by'])}. {capitalised(words)}."
    if not obligation["due_on"]:
        description += " The due date is not known: this is the earliest it can be."
    return _DiaryEntry(
        uid=_uid(obligation),
        day=date.fromisoformat(obligation["due_on"]) if obligation["due_on"] else act_by,
        summary=f"{_caution(obligation)}{result['reference']}: {obligation['title']}{whom}",
        description=description,
        category=_DUTY,
        status="CONFIRMED" if obligation["due_on"] and obligation["status"] != "cannot-tell" else "TENTATIVE",
        as_at=date.fromisoformat(result["stamp"]["as_at"]),
    )


def _caution(obligation: PlainObligation) -> str:
    status = obligation["edition_status"]
    return f"[{status}, not law] " if status in ("draft", "hypothetical") else ""


def _uid(of: PlainObligation | PlainWindow, *parts: str) -> str:
    """What makes an entry the same one later: the id of the obligation or window, and which of its days it is.

    The first part is that of the case, so that a later file knows which cases an earlier one is about.
    """
    return "-".join((_case_mark(of["case"]), of["id"], *parts)) + _DOMAIN


def _case_mark(reference: str) -> str:
    return sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- against the file before ------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Earlier:
    """An event of an earlier file. Diaries drop what they do not need, so all but its day may be missing."""

    day: date
    last_day: date | None
    summary: str
    description: str
    category: str
    status: str
    sequence: int
    modified: datetime | None


def _earlier(text: str) -> dict[str, _Earlier]:
    """The events of an earlier file that came from this library, by UID."""
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(text)
    except (ValueError, AttributeError, LookupError, TypeError):
        raise WrongValueError(faults.NOT_AN_ICALENDAR_FILE.at("replaces")) from None
    found: dict[str, _Earlier] = {}
    wrong: list[Fault] = []
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("UID", ""))
        if not uid.endswith(_DOMAIN):
            continue
        day = _value_of(event, "DTSTART")
        if day is None:
            wrong.append(faults.DIARY_EVENT_WITHOUT_A_DAY.at(f"replaces, {uid}"))
            continue
        modified, first = _value_of(event, "LAST-MODIFIED"), _day_of(day)
        found[uid] = _Earlier(
            day=first,
            last_day=_last_day_of(event, first),
            summary=str(event.get("SUMMARY", "")),
            description=str(event.get("DESCRIPTION", "")),
            category=_category_of(event),
            status=str(event.get("STATUS", "")),
            sequence=_number_of(event),
            modified=modified if isinstance(modified, datetime) else None,
        )
    if wrong:
        raise WrongValueError(*wrong)
    return found


def _day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _last_day_of(event: Any, first: date) -> date | None:
    """The last day of an event of several days; the end is the day after it."""
    end = _value_of(event, "DTEND")
    last = first if end is None else _day_of(end) - _DAY
    return last if last > first else None


def _value_of(event: Any, name: str) -> date | None:
    """The date or moment of a property, or None where it is missing, broken or there twice."""
    try:
        value = event[name].dt
    except (LookupError, ValueError, AttributeError):
        return None
    return value if isinstance(value, date) else None


def _number_of(event: Any) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (ValueError, TypeError):
        return 0


def _category_of(event: Any) -> str:
    try:
        return str(event["CATEGORIES"].cats[0])
    except (LookupError, ValueError, AttributeError):
        return _DUTY


def _cancelled(
    earlier: Mapping[str, _Earlier], entries: Mapping[str, _DiaryEntry], again: Mapping[str, date]
) -> Iterator[_DiaryEntry]:
    """An entry for each date of an earlier file that no longer holds.

    :param again: the cases or plans that are written again, by reference or title, each with its day.
    """
    assessed = {_case_mark(name): as_at for name, as_at in again.items()}
    for uid, event in earlier.items():
        as_at = assessed.get(uid.partition("-")[0])
        if as_at is None or uid in entries or event.status == _CANCELLED:
            continue
        yield _DiaryEntry(
            uid=uid,
            day=event.day,
            last_day=event.last_day,
            summary=f"{_NO_LONGER}{event.summary}",
            description="Met, withdrawn or moved since the diary was last written.",
            category=event.category,
            status=_CANCELLED,
            as_at=as_at,
        )


def _revision(entry: _DiaryEntry, before: _Earlier | None) -> tuple[int, datetime]:
    """The SEQUENCE and LAST-MODIFIED of an entry: those it had if nothing of it has changed, and else higher ones."""
    sequence, modified = (entry.as_at - _FIRST_DAY).days, _midnight(entry.as_at)
    if before is None:
        return sequence, modified
    content = (entry.day, entry.last_day, printable(entry.summary), printable(entry.description), entry.status)
    earlier = (before.day, before.last_day, before.summary, before.description, before.status)
    if before.modified and content == earlier:
        return before.sequence, before.modified
    return max(sequence, before.sequence + 1), modified


# --- as RFC 5545 writes it --------------------------------------------------------------------------------------


def _event(entry: _DiaryEntry, before: _Earlier | None, remind: bool) -> Any:
    from icalendar import Event

    sequence, modified = _revision(entry, before)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _midnight(entry.as_at))
    event.add("sequence", sequence)
    event.add("last-modified", modified)
    event.add("status", entry.status)
    event.add("dtstart", entry.day)
    if (last := entry.last_day or entry.day) < date.max:  # without an end it is of that day alone
        event.add("dtend", last + _DAY)
    event.add("summary", printable(entry.summary))
    event.add("description", printable(entry.description))
    event.add("categories", [entry.category])
    event.add("transp", "TRANSPARENT")
    if remind and entry.alarm and entry.status != _CANCELLED and entry.day >= entry.as_at:
        event.add_component(_alarm(entry))
    return event


def _alarm(entry: _DiaryEntry) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", printable(entry.summary))
    alarm.add("trigger", _AT_NINE - timedelta(days=_days_back(entry.day)))
    return alarm


def _days_back(day: date) -> int:
    """How many days before a day the last weekday is: from a Monday to the Friday."""
    return {0: 3, 6: 2}.get(day.weekday(), 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=UTC)
