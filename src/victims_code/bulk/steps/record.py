"""The record as known at the date of assessment (reading *corrections*), and what of it starts something."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import day, literal, words
from victims_code.bulk.rules import ANY
from victims_code.bulk.steps import BEGINNING, HAPPENED_ON, QueryStep, Terms

TURN = 10**12
"""Room for the order of records within a day: a record's place is its day, from the first there is, times this, and its
own number. The last day there is has one too in a whole number of 64 bits."""


def record_steps(terms: Terms) -> Iterator[QueryStep]:
    """What happened and stands, and the first records of a case that count as such."""
    rules = terms.rules
    if terms.shape.has("events", "replaces"):
        yield QueryStep("known", "What had happened, and was on record, at the date of assessment", _known(terms))
        yield QueryStep(
            "corrected",
            "Records that a later one corrects or withdraws",
            "SELECT DISTINCT case_ref, replaces FROM known WHERE replaces IS NOT NULL",
        )
        yield QueryStep(
            "happened",
            "What stands when corrections have been made (reading: corrections)",
            """SELECT k.* FROM known AS k
            LEFT JOIN corrected AS c ON c.case_ref = k.case_ref AND c.replaces = k.reference
            WHERE k.withdrawn = 0 AND c.case_ref IS NULL""",
        )
    else:
        why = "What had happened, and was on record, at the date of assessment (reading: corrections)"
        yield QueryStep("happened", why, _known(terms))
    standing = sorted({rules.number_of(trigger.edition) for trigger in rules.triggers if trigger.event == ANY})
    if standing:
        yield QueryStep(
            "first_events",
            "The first record of every case under an edition (readings: standing-duties, order-within-a-day)",
            _first_events(terms, standing),
        )
    if rules.triggers_by_occurrence:
        yield QueryStep(
            "first_for_suspect",
            "The first record for each suspect of the events that start one duty the first time and others later"
            " (readings: order-within-a-day, hearing-without-suspect)",
            _first_for_suspect(terms),
        )


def _first_events(terms: Terms, standing: list[int]) -> str:
    """The first record in order, looked for only among those of the first day."""
    return f"""
        SELECT n.case_ref, n.edition_number, n.place
        FROM (
            SELECT h.case_ref, h.edition_number, h.place,
                ROW_NUMBER() OVER (PARTITION BY h.case_ref, h.edition_number ORDER BY {_order()}, h.place) AS nth
            FROM happened AS h
            JOIN (
                SELECT case_ref, edition_number, MIN(happened_on) AS happened_on FROM happened
                WHERE edition_number IN ({", ".join(map(str, standing))})
                GROUP BY case_ref, edition_number
            ) AS d
                ON d.case_ref = h.case_ref AND d.edition_number = h.edition_number AND d.happened_on = h.happened_on
        ) AS n
        WHERE n.nth = 1"""


def _first_for_suspect(terms: Terms) -> str:
    label = "victim_label" if terms.shape.numbered else "victim_ref"
    return f"""
        SELECT n.case_ref, n.place
        FROM (
            SELECT h.case_ref, h.place,
                ROW_NUMBER() OVER (
                    PARTITION BY h.case_ref, h.event, h.suspect_ref
                    ORDER BY h.happened_on, {_order()}, {order_of_alike(terms, "h", f"v.{label}")}
                ) AS nth
            FROM happened AS h
            LEFT JOIN {terms.shape.victims} AS v ON v.case_ref = h.case_ref AND v.victim_ref = h.victim_ref
            WHERE h.event IN ({words(terms.rules.triggers_by_occurrence)}) AND h.about = ''
        ) AS n
        WHERE n.nth = 1"""


def _order() -> str:
    """The order of records within a day, which is not that of the rows (reading *order-within-a-day*).

    Names are ordered as text, not as the numbers they may be kept as.
    """
    names = ("suspect_ref", "hearing_ref")
    return ", ".join(
        (
            "h.happened_at",
            f"COALESCE(h.received_on, {BEGINNING})",
            *(f"COALESCE(h.{name}, '')" for name in names),
            "CAST(h.event AS TEXT)",
            "CAST(h.about AS TEXT)",
        )
    )


def order_of_alike(terms: Terms, alias: str, victim: str) -> str:
    """The order of records of one event that :func:`_order` leaves open: by all they say, and last by their place.

    Records that this leaves open say the same, so that it does not matter which of them comes first.

    :param victim: the name of the victim whom a record concerns, as SQL.
    """
    events = terms.shape
    columns = ["offence_ref"] if terms.names_offences else []
    columns += ["reference"] if events.has("events", "reference") or events.has("events", "replaces") else []
    columns += ["replaces"] if events.has("events", "replaces") else []
    names = (victim, *(f"{alias}.{name}" for name in columns))
    return ", ".join((*(f"COALESCE({name}, '')" for name in names), f"{alias}.noted_on", f"{alias}.place"))


def _known(terms: Terms) -> str:
    shape, text = terms.shape, terms.text
    in_time, more = f"{HAPPENED_ON} <= {terms.as_at}", ""
    happened_at = "happened_at" if shape.numbered else 'CAST("at" AS TIMESTAMP)'
    if shape.has("events", "reference"):
        more = f", {text('reference')} AS reference"
    if shape.has("events", "replaces"):
        withdrawn = "CASE WHEN withdrawn THEN 1 ELSE 0 END" if shape.has("events", "withdrawn") else "0"
        more = more or ", CAST(NULL AS TEXT) AS reference"
        more += f", {text('replaces')} AS replaces, {withdrawn} AS withdrawn"
    if terms.names_offences:
        more += f", {text('offence_ref')} AS offence_ref"
    if shape.has("events", "replaces"):
        in_time = f"({in_time} OR {withdrawn} = 1)"
    return f"""
        SELECT case_ref, {_place(terms)} AS place, event, {_about(terms)} AS about, {text("victim_ref")} AS victim_ref,
            {text("suspect_ref")} AS suspect_ref, {text("hearing_ref")} AS hearing_ref, {HAPPENED_ON} AS happened_on,
            {happened_at} AS happened_at, {_received_on(terms)} AS received_on,
            COALESCE({day("recorded")}, {HAPPENED_ON}) AS noted_on,
            {_edition(terms)} AS edition_number{more}
        FROM {shape.events}{"" if terms.tables_hash is None else " CROSS JOIN same_law"}
        WHERE {"" if terms.tables_hash is None else "is_same = 1 AND "}{in_time} AND {_on_record(terms)}"""


def _on_record(terms: Terms) -> str:
    """Whether a record had been made; without a day of record, not before what it records (reading *corrections*)."""
    if terms.known_on is None:
        return f"(recorded IS NULL OR {day('recorded')} <= {terms.as_at})"
    return f"COALESCE({day('recorded')}, {HAPPENED_ON}) <= {terms.known_on}"


def _received_on(terms: Terms) -> str:
    """The day of receipt, if it had come (reading *receipt-to-come*)."""
    come = [f"{day('received')} <= {limit}" for limit in (terms.as_at, terms.known_on) if limit is not None]
    return f"CASE WHEN {' AND '.join(come)} THEN {day('received')} END"


def _about(terms: Terms) -> str:
    """What a record is about; an empty word if it is about nothing."""
    return "about" if terms.shape.numbered else "COALESCE(about, '')"


def _place(terms: Terms) -> str:
    """Where a record stands in time: by day, then in the order of the record."""
    order = "sequence"
    if not terms.shape.has("events", "sequence"):
        said = ("offence_ref", "reference", "replaces", "withdrawn")
        more = "".join(f", {name}" for name in said if terms.shape.has("events", name))
        order = (
            'ROW_NUMBER() OVER (PARTITION BY case_ref ORDER BY "at", event, about, victim_ref, suspect_ref,'
            f" hearing_ref, received, recorded{more})"
        )
    return f"CAST(DATE_DIFF('day', {BEGINNING}, {HAPPENED_ON}) AS BIGINT) * {TURN} + {order}"


def _edition(terms: Terms) -> str:
    """The edition that governs the day (reading *governing-edition*), if its duties are here; of two, the later."""
    here = {edition.id: n for n, edition in enumerate(terms.rules.editions, start=1)}
    whens = []
    for info in sorted(terms.rules.law.infos.values(), key=lambda cover: cover.in_force_from, reverse=True):
        until = "" if info.in_force_until is None else f" AND {HAPPENED_ON} <= {literal(info.in_force_until)}"
        governs = f"{HAPPENED_ON} >= {literal(info.in_force_from)}{until}"
        whens.append(f"WHEN {governs} THEN {literal(here.get(info.id))}")
    return f"CAST(CASE {' '.join(whens)} END AS INT)"
