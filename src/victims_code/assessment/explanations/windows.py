"""Building the explanation of a window, step by step, in the order a person would check it.

All sentences of such an explanation stand here, so that the wording can be reviewed as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from victims_code.assessment.explanations.obligations import bodies_in_words, clock_steps, fact_steps
from victims_code.assessment.explanations.steps import Explanation, Step, explained, happened, happened_uncounted, quote
from victims_code.assessment.questions import event_of_window
from victims_code.assessment.status import WindowState
from victims_code.assessment.window_limits import Closing, moment_of
from victims_code.cases import Event
from victims_code.conditions import Finding
from victims_code.dates import civil_date, format_date, in_london
from victims_code.law import CountedFrom, InTimeWhen, Within
from victims_code.printable import capitalised
from victims_code.vocabulary import OFFENCE_VICTIMS, Status, load_vocabulary

if TYPE_CHECKING:
    from victims_code.assessment.windows import FollowUp, Window


def explain_window(window: Window) -> Explanation:
    """What may be done, since when and until when, whether it was done, and what follows."""
    steps = (
        _scheme(window),
        _opening(window),
        *_covered(window),
        *_applies(window),
        *(step for closing in window.closings for step in _closing(closing, window)),
        *_act(window),
        *(_follow_up(follow_up, window) for follow_up in window.follow_ups),
        *_over(window),
        *_not_counted(window),
        Step(kind="status", statement=_state(window)),
    )
    return explained(window._setting.law, _summary(window), steps)


def _scheme(window: Window) -> Step:
    scheme, law = window.scheme, window._setting.law
    notes = [scheme.needs, *([scheme.note] if scheme.note else [])]
    return Step(
        kind="scheme",
        statement=f"{scheme.title}. Who decides: {scheme.decided_by}.",
        because=tuple(Step(kind="note", statement=note) for note in notes),
        cites=tuple(quote(citation, law) for citation in scheme.cites),
        evidence=scheme.evidence,
        readings=scheme.readings,
    )


def _opening(window: Window) -> Step:
    statement, together = _opened(window), tuple(_opened_together(window))
    return Step(
        kind="trigger",
        statement=statement + _since(window) + "".join(f" {sentence}" for sentence in together),
        readings=("last-of-the-sentences",) if together else (),
    )


def _opened(window: Window) -> str:
    if window.opened_by is not None:
        return happened(window.opened_by)
    if window.opened_on is None:
        return "It opened on the day of the offence, which is not on record."
    if any(opening.event is None for opening in window.scheme.opens):
        return f"The offence was committed on {format_date(window.opened_on)}."
    return f"It has been open from the first event on record, on {format_date(window.opened_on)}."


def _since(window: Window) -> str:
    scheme = window.scheme
    since = "" if scheme.since is None else f" The scheme covers what happened since {format_date(scheme.since)}."
    if scheme.applications_since is not None:
        since += f" It governs every application since {format_date(scheme.applications_since)}."
    return since


def _opened_together(window: Window) -> Iterator[str]:
    opened = window.opened
    if opened.last_on is not None and opened.event is not None and opened.last_on != opened.on:
        past = load_vocabulary().events[opened.event.event].past
        yield f"The last time {past} in the case was on {format_date(opened.last_on)}."
    if opened.perhaps_last_on is not None and opened.event is not None:
        past = load_vocabulary().events[opened.event.event].past
        yield (
            f"On {format_date(opened.perhaps_last_on)} {past} too. It is not on record whether that"
            " was the same suspect."
        )


def _covered(window: Window) -> Iterator[Step]:
    finding = window._coverage
    if finding.used or finding.missing:
        yield Step(
            kind="applies",
            statement=f"The scheme is open to {window.victim}."
            if finding.truth
            else f"It is not known whether the scheme is open to {window.victim}.",
            because=tuple(_facts(window, finding)),
            readings=("who-may-ask",),
        )


def _applies(window: Window) -> Iterator[Step]:
    finding = window._applicability
    of_coverage = {*window._coverage.used, *window._coverage.missing}
    used = tuple(name for name in finding.used if name not in of_coverage)
    missing = tuple(name for name in finding.missing if name not in of_coverage)
    if used or missing:
        yield Step(
            kind="applies",
            statement="It is not known whether the scheme covers this case."
            if missing
            else "The scheme covers this case.",
            because=tuple(_facts(window, Finding(finding.truth, used, missing))),
            readings=_readings_of(missing),
        )


def _readings_of(missing: tuple[str, ...]) -> tuple[str, ...]:
    whose = ("whose-offence-is-not-known",) if OFFENCE_VICTIMS in missing else ()
    return ("unknown-scheme", *whose) if missing else ()


def _facts(window: Window, finding: Finding) -> Iterator[Step]:
    day = window.opened_on or window._setting.as_at
    return fact_steps(window._known, finding.used, finding.missing, day, window.suspect)


def _closing(closing: Closing, window: Window) -> Iterator[Step]:
    limit, law, calendar = closing.limit, window._setting.law, window._setting.calendar
    because: tuple[Step, ...] = ()
    readings = limit.readings
    if closing.applies.used or closing.applies.missing:
        because += tuple(_facts(window, closing.applies))
    if limit.within is not None and closing.starts_on is not None and closing.on is not None:
        counted = Within(within=limit.within, unit=limit.unit)
        if limit.shift is None:
            because += tuple(clock_steps(counted, closing.starts_on, closing.on, calendar))
        else:
            moved = f"moved {limit.shift} to a working day if the last is none"
            if not calendar.covers(closing.on):
                moved = f"not moved {limit.shift} to a working day, because the calendar does not reach that far"
            because += (
                Step(
                    kind="note",
                    statement=f"{counted.words.split(' of ')[0].removeprefix('within ')} from"
                    f" {format_date(closing.starts_on)}, {moved}: {format_date(closing.on)}.",
                ),
            )
    if closing.missing:
        because += (Step(kind="note", statement=_missing(closing)),)
    if limit.note:
        because += (Step(kind="note", statement=limit.note),)
    yield Step(
        kind="clock",
        statement=f"{_heading(closing)}: {_end(closing)}",
        because=because,
        cites=tuple(quote(citation, law) for citation in limit.cites),
        evidence=limit.evidence,
        readings=readings,
    )


def _heading(closing: Closing) -> str:
    limit = closing.limit
    law = ""
    if limit.since is not None:
        law += f" (law since {format_date(limit.since)})"
    if limit.until is not None:
        law += f" (law until {format_date(limit.until)})"
    may = "" if closing.applies.truth else ", if this limit applies"
    return f"{capitalised(limit.title)}{law}{may}"


def _end(closing: Closing) -> str:
    if closing.limit.ends_with is not None:
        if closing.on is None or closing.ended_by is None:
            return f"it closes when {closing.limit.ends_with.words}, which is not on record."
        return f"it closed on {format_date(closing.on)}, when {load_vocabulary().events[closing.ended_by.event].past}."
    if closing.on is not None:
        if (hour := closing.limit.until_hour) is not None:
            last = "the request must arrive by" if closing.limit.binding else "ask by"
            return f"{last} {_hour(hour)} on {format_date(closing.on)}."
        if closing.safe_on is not None:
            whose = closing.limit.belongs_to
            why = f"and it belongs to {whose}" if whose else "or, as some read it, the day before"
            return f"ask by {format_date(closing.safe_on)}; the last day is {format_date(closing.on)}, {why}."
        last = "the last day is" if closing.limit.binding else "the day to ask by is"
        return f"{last} {format_date(closing.on)}."
    if closing.not_before is not None:
        return f"there is no date; it cannot close before {format_date(closing.not_before)}."
    if closing.not_after is not None:
        return f"there is no date; it closes on {format_date(closing.not_after)} at the latest."
    return "there is no date."


def _hour(hour: time) -> str:
    """An hour as people say it: *5 pm*, *10.30 am*, *5.00.30 pm*."""
    minutes = f".{hour.minute:02}" if hour.minute or hour.second else ""
    minutes += f".{hour.second:02}" if hour.second else ""
    return f"{(hour.hour - 1) % 12 + 1}{minutes} {'am' if hour.hour < 12 else 'pm'}"


def _missing(closing: Closing) -> str:
    if closing.ended_by is not None:
        return f"{happened(closing.ended_by)} {load_vocabulary().question(closing.missing or '')} Not known."
    if closing.limit.counted_from is CountedFrom.TOLD:
        return "It is counted from the day the victim was told, and no telling is on record."
    if closing.limit.counted_from is CountedFrom.EVENT:
        past = load_vocabulary().events[closing.limit.event or ""].past
        return f"It is counted from the day on which {past}, and that is not on record."
    return {
        "born": "It is counted from the date of birth, which is not on record.",
        "suspect": "A later sentence on record names no suspect, so it is not known which sentence was the last.",
        "committed_on": "It is counted from the day of the offence, which is not on record.",
    }.get(closing.missing or "", "It is counted from a receipt that is not on record.")


def _act(window: Window) -> Iterator[Step]:
    request = window.request
    if request is None:
        return
    readings: tuple[str, ...] = ("request-and-its-decision",)
    if window.opened_by is not None:
        readings += ("request-of-which-decision",)
    if window.scheme.in_time_when is InTimeWhen.RECEIVED:
        readings += ("request-in-time-when-received",)
    if (hour := _hour_not_on_record(window, request)) is not None:
        statement = f"{happened(request)} It was in time if it arrived by {_hour(hour)}. The record has no hour."
        yield Step(kind="act", statement=statement, readings=(*readings, "hour-of-a-request"))
        return
    when = {True: "in time", False: "after the window had closed", None: "and it is not known whether in time"}
    statement = f"{happened(request)[:-1]}{_arrived(window, request)}, {when[window.in_time]}."
    yield Step(kind="act", statement=statement, readings=readings)


def _hour_not_on_record(window: Window, request: Event) -> time | None:
    """The hour by which a request had to arrive, if that alone decides and the record has none."""
    moment = moment_of(request, window.scheme)
    if isinstance(moment, datetime) or window.in_time is not None:
        return None
    hours = (closing.limit.until_hour for closing in window.closings if closing.limit.binding and closing.on == moment)
    return next((hour for hour in hours if hour is not None), None)


def _arrived(window: Window, request: Event) -> str:
    """The day and hour a request arrived, where they decide whether it was in time."""
    moment = moment_of(request, window.scheme)
    received = moment is request.received
    at_an_hour = any(closing.limit.until_hour and closing.on == civil_date(moment) for closing in window.closings)
    hour = f" at {_hour(in_london(moment).time())}" if at_an_hour and isinstance(moment, datetime) else ""
    return f", received on {format_date(civil_date(moment))}{hour}" if received else hour


def _over(window: Window) -> Iterator[Step]:
    """Why a window is closed although its limits would leave it open."""
    if window.death is not None:
        yield Step(
            kind="wish",
            statement=f"{happened(window.death)[:-1]}, so the window is closed.",
            readings=("windows-of-a-victim-who-has-died",),
        )
    if window.covered_until is not None:
        since = format_date(window.covered_until + timedelta(days=1))
        yield Step(
            kind="applies",
            statement=f"The scheme has not been open to {window.victim} since {since}.",
            because=tuple(_facts_today(window)),
            readings=("who-may-ask",),
        )


def _not_counted(window: Window) -> Iterator[Step]:
    """The records that would bear on the window if they counted."""
    record = window._setting.record
    if not record.uncounted:
        return
    wanted = set(_bearing(window))
    for event in record.not_counted.events:
        about = event.about if event.event in ("victim-informed", window.scheme.taken_up_by) else None
        same = window.suspect is None or event.suspect in (None, window.suspect)
        if (event.event, about) in wanted and same and record.case.concerns(event, window.victim):
            statement = happened_uncounted(event, window._setting.as_at)
            yield Step(kind="not-counted", statement=statement, readings=("corrections",))


def _bearing(window: Window) -> Iterator[tuple[str, str | None]]:
    """The names of the events that bear on a window, and what they must be about where that matters."""
    scheme = window.scheme
    yield "victim-died", None
    if scheme.taken_up_by is not None:
        of_schemes = "scheme" in load_vocabulary().events[scheme.taken_up_by].about
        yield scheme.taken_up_by, scheme.id if of_schemes else None
    for limit in (closing.limit for closing in window.closings):
        ending = limit.ends_with
        for name in (limit.event, *((ending.event, ending.called_off_by) if ending else ())):
            if name is not None:
                yield name, None
    if window.opened_by is not None:
        yield "victim-informed", window.opened_by.event
        if window.opened.last_on is not None:
            yield window.opened_by.event, None


def _facts_today(window: Window) -> Iterator[Step]:
    today = window._setting.as_at
    return fact_steps(window._person.known, window._coverage.used, (), today)


def _follow_up(follow_up: FollowUp, window: Window) -> Step:
    service, law = follow_up.service, window._setting.law
    counted = Within(within=service.within, unit=service.unit)
    return Step(
        kind="follow-up",
        statement=f"{service.title}: {bodies_in_words(service.owed_by)}, by {format_date(follow_up.due_on)}."
        f" {_follow_up_status(follow_up, window)}",
        because=(
            *clock_steps(counted, follow_up.counted_on, follow_up.due_on, window._setting.calendar),
            *([Step(kind="note", statement=service.note)] if service.note else []),
        ),
        cites=tuple(quote(citation, law) for citation in service.cites),
        evidence=service.evidence,
    )


def _follow_up_status(follow_up: FollowUp, window: Window) -> str:
    done = "" if follow_up.done is None else format_date(follow_up.done.on)
    return {
        Status.MET: f"Done in time, on {done}.",
        Status.MET_LATE: f"Done late, on {done}.",
        Status.DUE_TODAY: "Due today.",
        Status.NOT_YET_DUE: f"Not yet due at {format_date(window._setting.as_at)}.",
    }.get(follow_up.status, f"Not on record at {format_date(window._setting.as_at)}, and overdue.")


def _state(window: Window) -> str:
    as_at = format_date(window._setting.as_at)
    if window.state is WindowState.OPEN:
        return f"Open at {as_at}{_until(window)}."
    if window.state is WindowState.CLOSED:
        return f"Closed at {as_at}."
    return f"Not known whether it is open at {as_at}{_why_unknown(window)}"


def _until(window: Window) -> str:
    if window.closes_on is not None:
        return f",{' at least' if window.may_close_later else ''} until {format_date(window.closes_on)}"
    return "" if window.until is None else f", until {window.until}"


def _why_unknown(window: Window) -> str:
    if window._missing:
        asked = load_vocabulary().need_to_know(window._missing, victim=window.victim, event=event_of_window(window))
        return f". {asked}"
    dates = {closing.on for closing in window.closings if closing.limit.binding}
    return ": no time limit is known." if dates == {None} else ": the limits that may apply end on different days."


def _summary(window: Window) -> str:
    closes: date | None = window.closes_on
    until = f"last day {format_date(closes)}" if closes else f"until {window.until}" if window.until else "no date"
    if window.safe_on is not None:
        until = f"ask by {format_date(window.safe_on)}, {until}"
    until += " at the earliest" if window.may_close_later else ""
    return f"{window.scheme.title} ({window.victim}): {until}. {_state(window)}"
