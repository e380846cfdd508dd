"""The record as known at the date of assessment (reading *corrections*), and what of it starts something."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import day, literal, words
from victims_code.bulk.rules import ANY
from victims_code.bulk.steps import BEGINNING, HAPPENED_ON, Step, Terms

__all__ = ["TURN", "record_steps"]

TURN = 10**12
"""Room for the order of records within a day: a record's place is its day, from the first there is, times this, and its
own number. The last day there is has one too in a whole number of 64 bits."""


def record_steps(terms: Terms) -> Iterator[Step]:
    """What happened and stands, and the first records of a case that count as such."""
    rules = terms.rules
    if terms.shape.has("events", "replaces"):
        yield Step("known", "What had happened, and was on record, at the date of assessment", _known(terms))
        yield Step(
            "corrected",
            "Records that a later one corrects or withdraws",
            "SELECT DISTINCT case_ref, replaces FROM known WHERE replaces IS NOT NULL",
        )
        yield Step(
            "happened",
            "What stands when corrections have been made (reading: corrections)",
            """SELECT k.* FROM known AS k
            LEFT JOIN corrected AS c ON c.case_ref = k.case_ref AND c.replaces = k.reference
            WHERE k.withdrawn = 0 AND c.case_ref IS NULL""",
        )
    else:
        why = "What had happened, and was on record, at the date of assessment (reading: corrections)"
        yield Step("happened", why, _known(terms))
    standing = sorted({rules.number_of(trigger.edition) for trigger in rules.triggers if trigger.event == ANY})
    if standing:
        yield Step(
            "first_events",
            "The first record of every case under an edition (reading: standing-duties)",
            f"""SELECT case_ref, edition_number, MIN(place) AS place FROM happened
            WHERE edition_number IN ({", ".join(map(str, standing))})
            GROUP BY case_ref, edition_number""",
        )
    if rules.triggers_by_occurrence:
        yield Step(
            "first_for_suspect",
            "The first record for each suspect of the events that start one duty the first time and others later",
            f"""SELECT case_ref, MIN(place) AS place FROM happened
            WHERE event IN ({words(rules.triggers_by_occurrence)}) AND about = ''
            GROUP BY case_ref, event, suspect_ref""",
        )


def _known(terms: Terms) -> str:
    shape, text = terms.shape, terms.text
    in_time, more = f"{HAPPENED_ON} <= {terms.as_at}", ""
    if shape.has("events", "reference"):
        more = f", {text('reference')} AS reference"
    if shape.has("events", "replaces"):
        withdrawn = "CASE WHEN withdrawn THEN 1 ELSE 0 END" if shape.has("events", "withdrawn") else "0"
        more = more or ", CAST(NULL AS TEXT) AS reference"
        more += f", {text('replaces')} AS replaces, {withdrawn} AS withdrawn"
        in_time = f"({in_time} OR {withdrawn} = 1)"
    return f"""
        SELECT case_ref, {_place(terms)} AS place, event, {_about(terms)} AS about, {text("victim_ref")} AS victim_ref,
            {text("suspect_ref")} AS suspect_ref, {text("hearing_ref")} AS hearing_ref, {HAPPENED_ON} AS happened_on,
            {day("received")} AS received_on, COALESCE({day("recorded")}, {HAPPENED_ON}) AS noted_on,
            {_edition(terms)} AS edition_number{more}
        FROM {shape.events}
        WHERE {in_time} AND (recorded IS NULL OR {day("recorded")} <= {terms.known_on})"""


def _about(terms: Terms) -> str:
    """What a record is about; an empty word if it is about nothing."""
    return "about" if terms.shape.numbered else "COALESCE(about, '')"


def _place(terms: Terms) -> str:
    """Where a record stands in time: by day, then in the order of the record."""
    order = "sequence"
    if not terms.shape.has("events", "sequence"):
        order = (
            'ROW_NUMBER() OVER (PARTITION BY case_ref ORDER BY "at", event, about, victim_ref, suspect_ref,'
            " hearing_ref, received, recorded)"
        )
    return f"CAST(DATE_DIFF('day', {BEGINNING}, {HAPPENED_ON}) AS BIGINT) * {TURN} + {order}"


def _edition(terms: Terms) -> str:
    """The edition that governs the day (reading *governing-edition*), if its duties are here; of two, the later."""
    here = {edition.id: n for n, edition in enumerate(terms.rules.editions, start=1)}
    whens = []
    for imprint in sorted(terms.rules.law.imprints.values(), key=lambda cover: cover.in_force_from, reverse=True):
        until = "" if imprint.in_force_until is None else f" AND {HAPPENED_ON} <= {literal(imprint.in_force_until)}"
        governs = f"{HAPPENED_ON} >= {literal(imprint.in_force_from)}{until}"
        whens.append(f"WHEN {governs} THEN {literal(here.get(imprint.id))}")
    return f"CAST(CASE {' '.join(whens)} END AS INT)"
