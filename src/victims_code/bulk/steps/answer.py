"""Where each duty stands: when it is due, when it was done, and how late."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import first_of, missing_too
from victims_code.bulk.rules import Extent, Family
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.bulk.steps.duties import found_in, slots_of
from victims_code.bulk.steps.identity import id_of
from victims_code.bulk.tables import OBLIGATIONS, STANDING, Column
from victims_code.vocabulary import RECEIVED, Status


def answer_steps(terms: Terms) -> Iterator[QueryStep]:
    """Dates and status, family by family."""
    yield QueryStep(
        "today",
        "How many working days there have been up to the date of assessment",
        f"SELECT working_days FROM days WHERE the_day = {terms.as_at}",
    )
    for family in terms.rules.families:
        if family.clocked:
            yield QueryStep(f"dated_{family.name}", "When each is due and when it was done", _dated(terms, family))
            yield QueryStep(
                f"judged_{family.name}", "Where each stands under the limit that holds, or both", _judged(terms, family)
            )


def answer(terms: Terms) -> str:
    """Every obligation, or every standing duty, one row each."""
    rows = "\nUNION ALL\n".join(
        _clocked_rows(terms, family) if family.clocked else _plain_rows(terms, family)
        for family in terms.rules.families
    )
    order = ", a.case_number, a.victim_number, a.duty_number" if terms.shape.numbered else ""
    cells = ", ".join(_CELLS.get(column.name, f"a.{column.name}") for column in columns_of(terms.rules.extent))
    return f"""
        SELECT {cells}{order}
        FROM ({rows}
        ) AS a
        JOIN named AS d ON d.duty_number = a.duty_number"""


_CELLS = {"id": f"{id_of('a', 'd')} AS id"} | {
    name: f"d.{name}" for name in ("duty", "title", "part", "edition", "owed_by", "evidence")
}
"""The columns that are worked out from the whole row, or come from the law."""


def columns_of(extent: Extent | None) -> tuple[Column, ...]:
    """The columns of the answer."""
    return STANDING if extent is Extent.STANDING else OBLIGATIONS


# --- dates ------------------------------------------------------------------------------------------------------


def _dated(terms: Terms, family: Family) -> str:
    """The end of each limit; where it runs from a receipt not on record, the earliest it can be."""
    joins: list[str] = []
    done = "NULL"
    if family.recurring:
        done = _join_found_in_period(terms, joins)
    elif family.looks_for_a_record:
        done = found_in("w.discharged_by", "w", slots_of(terms, ((row, row.discharged_by) for row in family.duties)))
    if family.by_receipt:
        received = f"CASE WHEN w.received_on <= {terms.as_at} THEN w.received_on END"
        done = f"CASE WHEN w.by_receipt = 1 THEN {received} ELSE {done} END"
    cells = [f"CAST({done} AS DATE) AS done_on"]
    for track in _tracks(family):
        ends = ["w.ends_on"] if family.recurring else []
        counts = ["w.working_days"] if family.recurring else []
        if family.limited:
            start = "w.began_on"
            if family.from_receipt:
                start = f"CASE WHEN w.{track}_from_receipt = 1 THEN COALESCE(w.received_on, {start}) ELSE {start} END"
            joins.append(
                f"LEFT JOIN deadlines AS {track} ON {track}.limit_number = w.{track}_limit"
                f" AND {track}.starts_on = {start}"
            )
            ends.append(f"{track}.ends_on")
            counts.append(f"{track}.working_days")
        if family.awaits_an_event:
            awaited = [(row, row.terms[track == "enhanced"].before) for row in family.duties]
            if slots := slots_of(terms, awaited):
                ends.append(found_in(f"w.{track}_before", "w", slots))
                joins.append(f"LEFT JOIN days AS {track}_day ON {track}_day.the_day = {ends[-1]}")
                counts.append(f"{track}_day.working_days")
        cells.append(f"{first_of(ends)} AS {track}_end")
        cells.append(f"{first_of(counts, 'CAST(NULL AS INT)')} AS {track}_count")
        waits = f"CASE WHEN w.{track}_from_receipt = 1 AND w.received_on IS NULL THEN 1 ELSE 0 END"
        cells.append(f"{waits if family.from_receipt else 0} AS {track}_waits")
    return f"SELECT w.*, {', '.join(cells)} FROM owed_{family.name} AS w {' '.join(joins)}"


def _tracks(family: Family) -> tuple[str, ...]:
    return ("standard", "enhanced") if family.two_limits else ("standard",)


def _join_found_in_period(terms: Terms, joins: list[str]) -> str:
    """Join what was found for each period, and give the column that says when."""
    joins.append(
        f"LEFT JOIN found_in_period AS f ON {terms.same_case('f', 'w')}f.place = w.place"
        " AND f.trigger_number = w.trigger_number AND f.who = w.who AND f.slot = w.discharged_by"
        " AND f.began_on = w.began_on"
    )
    return "f.found_on"


# --- status -----------------------------------------------------------------------------------------------------


def _held(name: str) -> str:
    """Whether the victim had declined this duty, or all updates with it, on the day of that name (reading *wishes*)."""
    return f"({name}_own.scope IS NOT NULL OR {name}_all.scope IS NOT NULL)"


def _wishes_on(name: str, day: str) -> str:
    """Join what the victim has declined on a day: this duty by its name, or all updates."""
    return "".join(
        f"""
        LEFT JOIN refusals AS {name}_{what}
            ON {name}_{what}.case_ref = j.declined_in AND {name}_{what}.who = j.who AND {name}_{what}.scope = {scope}
            AND {name}_{what}.from_day <= {day} AND {name}_{what}.until_day > {day}"""
        for what, scope in (("own", "j.duty_number"), ("all", "CASE WHEN j.with_updates = 1 THEN 0 END"))
    )


def _words(terms: Terms) -> dict[str, str]:
    """Every status as it stands in its column."""
    return {status.value: terms.word("status", status) for status in Status}


def _judged(terms: Terms, family: Family) -> str:
    word, suspended = _words(terms), _words(terms)["suspended"]
    status, differ, doubts = "j.standard_status", "", ""
    if family.two_limits:
        status = "CASE WHEN j.track = 'enhanced' THEN j.enhanced_status ELSE j.standard_status END"
        differ = "j.track = 'unknown' AND j.standard_status <> j.enhanced_status"
        doubts += f"""
                /* reading: unknown-facts */
                WHEN {differ} THEN {word["cannot-tell"]}"""
    if family.by_receipt:
        doubts += f"""
                /* reading: receipt-discharges */
                WHEN j.by_receipt = 1 AND j.received_on IS NULL AND {status} = 'overdue' THEN {word["cannot-tell"]}"""
    open_ = f"({status} <> {suspended}{f' OR {differ}' if differ else ''})"
    each = [f"{_status(terms, track)} AS {track}_status" for track in _tracks(family)]
    joins = [_wishes_on(track, f"COALESCE(j.{track}_end, {terms.as_at})") for track in _tracks(family)]
    joins.append(_wishes_on("began", "j.began_on"))
    return f"""
        SELECT j.*,
            CASE
                /* reading: wishes */
                WHEN j.began_held = 1 THEN {suspended}
                /* reading: unknown-applicability */
                WHEN j.done_on IS NULL AND j.in_doubt = 1 AND {open_} THEN {word["cannot-tell"]}{doubts}
                ELSE {status}
            END AS status
        FROM (
            SELECT j.*, {", ".join(each)}, CASE WHEN {_held("began")} THEN 1 ELSE 0 END AS began_held
            FROM dated_{family.name} AS j{"".join(joins)}
        ) AS j"""


def _status(terms: Terms, track: str) -> str:
    """The status under one limit (readings *wishes*, *death-of-victim*, *late*, *after-receipt*)."""
    end, waits, word = f"j.{track}_end", f"j.{track}_waits", _words(terms)
    held = f"({_held(track)} OR j.died_on <= COALESCE({end}, j.died_on))"
    return f"""CASE
        WHEN (j.done_on IS NULL OR j.done_on > {end}) AND {held} THEN {word["suspended"]}
        WHEN {waits} = 1 AND j.done_on IS NULL AND {terms.as_at} < {end} THEN {word["not-yet-due"]}
        WHEN {waits} = 1 AND (j.done_on IS NULL OR j.done_on > {end}) THEN {word["cannot-tell"]}
        WHEN {end} IS NULL AND j.done_on IS NULL THEN {word["undated"]}
        WHEN {end} IS NULL OR j.done_on <= {end} THEN {word["met"]}
        WHEN j.done_on > {end} THEN {word["met-late"]}
        WHEN {terms.as_at} = {end} THEN {word["due-today"]}
        WHEN {terms.as_at} < {end} THEN {word["not-yet-due"]}
        ELSE {word["overdue"]}
    END"""


# --- rows -------------------------------------------------------------------------------------------------------

ORDER = ("case_number", "victim_number", "duty_number", "triggered_on", "id")
"""By what the rows of numbered tables are ordered: by case and victim as the table of victims has them, by duty as
printed, by the day it began, and last by what tells it apart."""
_COLUMNS = (
    "j.duty_number, j.case_label AS case_ref, j.victim_label AS victim_ref, j.track, j.began_on AS triggered_on,"
    " j.id_part, j.began_with"
)
_LAST_COLUMNS = "j.event AS trigger_event, j.suspect_ref, j.hearing_ref"
_RECEIPT_TOO = missing_too("j.missing_facts", RECEIVED)


def _columns(terms: Terms) -> str:
    return f"{_COLUMNS}, j.case_ref AS case_number, j.who AS victim_number" if terms.shape.numbered else _COLUMNS


def _plain_rows(terms: Terms, family: Family) -> str:
    word = _words(terms)
    return f"""
        SELECT /* Duties {family.title} */ {_columns(terms)},
            CASE
                WHEN {_held("began")} OR {_held("today")} OR j.died_on IS NOT NULL THEN {word["suspended"]}
                WHEN j.in_doubt = 1 THEN {word["cannot-tell"]}
                ELSE {word["undated"]}
            END AS status, {_LAST_COLUMNS}, j.missing_facts
        FROM owed_{family.name} AS j{_wishes_on("began", "j.began_on")}{_wishes_on("today", terms.as_at)}"""


def _clocked_rows(terms: Terms, family: Family) -> str:
    due = "CASE WHEN j.standard_waits = 0 THEN j.standard_end END"
    other_due, act_by = "CAST(NULL AS DATE)", "j.standard_end"
    if family.two_limits:
        due = f"""CASE
                WHEN j.track = 'enhanced' THEN CASE WHEN j.enhanced_waits = 0 THEN j.enhanced_end END ELSE {due} END"""
        other_due = "CASE WHEN j.track = 'unknown' AND j.enhanced_waits = 0 THEN j.enhanced_end END"
        act_by = """CASE
                WHEN j.track = 'enhanced' THEN j.enhanced_end
                WHEN j.track = 'unknown' AND (j.standard_end IS NULL OR j.enhanced_end < j.standard_end)
                    THEN j.enhanced_end
                ELSE j.standard_end END"""
    late, joins = _lateness(family)
    return f"""
        SELECT /* Duties {family.title} */ {_columns(terms)}, {due} AS due_on, {other_due} AS due_on_if_enhanced,
            {act_by} AS act_by, j.done_on AS discharged_on, j.status,
            CASE WHEN j.status IN ('met', 'due-today', 'not-yet-due') THEN 0{late} END AS days_late,
            {_LAST_COLUMNS}, {_missing(family)} AS missing_facts
        FROM judged_{family.name} AS j{joins}"""


def _missing(family: Family) -> str:
    """The facts that are missing; a receipt among them where one is needed and not on record."""
    waits = []
    if family.from_receipt:
        waits.append("j.standard_waits = 1")
        if family.two_limits:
            waits = ["CASE WHEN j.track = 'enhanced' THEN j.enhanced_waits ELSE j.standard_waits END = 1"]
    if family.by_receipt:
        waits.append("(j.by_receipt = 1 AND j.received_on IS NULL AND j.status = 'cannot-tell')")
    return (
        f"CASE WHEN {' OR '.join(waits)} THEN {_RECEIPT_TOO} ELSE j.missing_facts END" if waits else "j.missing_facts"
    )


def _lateness(family: Family) -> tuple[str, str]:
    """Working days after the due date; of two possible dates, only if both give the same."""
    if not (family.limited or family.awaits_an_event or family.recurring):
        return "", ""
    due = "CASE WHEN j.standard_waits = 0 THEN j.standard_count END"
    if family.two_limits:
        other = "CASE WHEN j.enhanced_waits = 0 THEN j.enhanced_count END"
        due = f"""CASE
                    WHEN j.track = 'enhanced' THEN {other}
                    WHEN j.track <> 'unknown' THEN {due}
                    WHEN {due} <> {other} THEN NULL
                    ELSE COALESCE({due}, {other}) END"""
    late = f"""
                WHEN j.status IN ('overdue', 'met-late')
                    THEN CAST(COALESCE(done.working_days, today.working_days) - {due} AS INT)"""
    joins = """
        CROSS JOIN today
        LEFT JOIN days AS done ON done.the_day = CASE WHEN j.status IN ('overdue', 'met-late') THEN j.done_on END"""
    return late, joins
