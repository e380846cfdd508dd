"""What tells the records that start duties apart, whatever their dates: SQL for what
:mod:`victims_code.assessment.identity` says of objects.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import part_of_identity
from victims_code.bulk.steps import BEGINNING, QueryStep, Terms
from victims_code.bulk.steps.record import order_of_alike
from victims_code.cases.records import MOST_CORRECTIONS

_HOPS = range(1, (MOST_CORRECTIONS - 1).bit_length())
"""How often the way back along corrections is doubled, to go as far as the other engine."""


def identity_steps(terms: Terms) -> Iterator[QueryStep]:
    """The events that start duties, each told apart from the others of its case."""
    if terms.shape.has("events", "replaces") and terms.shape.has("events", "reference"):
        yield from _corrections_back(terms)
    yield QueryStep("apart", "The events that start duties, and what each says but for its dates", _apart(terms))
    yield QueryStep("alike", "Those that say the same, numbered in the order in which they became known", _alike(terms))
    yield QueryStep(
        "starting",
        "The events that start duties, each with what tells it apart from the others",
        f"""
        SELECT n.case_ref, n.place, n.event, n.happened_on, n.received_on, n.suspect_ref, n.hearing_ref, n.victim_ref,
            n.edition_number{", n.offence_ref" if terms.names_offences else ""},
            n.said || '/' || COALESCE(CAST(a.nth AS TEXT), '1') AS began_with
        FROM apart AS n LEFT JOIN alike AS a ON {terms.same_case("a", "n")}a.place = n.place""",
    )


def id_of(obligation: str, duty: str) -> str:
    """The id of an obligation: what is said of its person, of its duty and of what began it, one after the other."""
    return f"SUBSTRING(MD5({obligation}.id_part || {duty}.id_part || {obligation}.began_with), 1, 16)"


def _apart(terms: Terms) -> str:
    """The reference of the first record of each event that starts duties, or what it says but for its dates."""
    shape = terms.shape
    first, corrections = "CAST(NULL AS TEXT)", ""
    if shape.has("events", "reference"):
        first = "h.reference"
        if shape.has("events", "replaces"):
            first = "CASE WHEN h.replaces IS NULL THEN h.reference ELSE COALESCE(c.replaces, h.replaces) END"
            corrections = f"""
            LEFT JOIN {_corrections(len(_HOPS))} AS c ON c.case_ref = h.case_ref AND c.reference = h.replaces"""
    victim, people = "h.victim_ref", ""
    if shape.numbered:
        victim = "p.victim_label"
        people = "\n            LEFT JOIN people AS p ON p.case_ref = h.case_ref AND p.who = h.victim_ref"
    said = ["suspect_ref", "hearing_ref", "victim_said"]
    said += ["offence_ref"] if terms.names_offences else []
    parts = [part_of_identity("n.first_ref"), "n.event_word"]
    parts += [f"CASE WHEN n.first_ref IS NULL THEN {part_of_identity(f'n.{name}')} ELSE '~' END" for name in said]
    parts += [] if terms.names_offences else ["'~'"]
    return f"""
        SELECT n.*, {" || '/' || ".join(parts)} AS said
        FROM (
            SELECT h.*, {first} AS first_ref, {victim} AS victim_said, CAST(h.event AS TEXT) AS event_word
            FROM happened AS h{corrections}{people}
            WHERE h.event IN (SELECT event FROM triggers)
        ) AS n"""


def _alike(terms: Terms) -> str:
    """Most events are like no other of their case, so that few have to be put in order."""
    order = f"n.noted_on, n.happened_on, COALESCE(n.received_on, {BEGINNING})"
    order += ", COALESCE(n.reference, '')" if terms.shape.has("events", "reference") else ""
    order += ", n.happened_at, COALESCE(n.suspect_ref, ''), COALESCE(n.hearing_ref, ''), n.event_word"
    order += f", CAST(n.about AS TEXT), {order_of_alike(terms, 'n', 'n.victim_said')}"
    return f"""
        SELECT {terms.case_of("n")}n.place, ROW_NUMBER() OVER (PARTITION BY n.case_ref, n.said ORDER BY {order}) AS nth
        FROM apart AS n
        JOIN (SELECT case_ref, said FROM apart GROUP BY case_ref, said HAVING COUNT(*) > 1) AS m
            ON m.case_ref = n.case_ref AND m.said = n.said"""


def _corrections(doubled: int) -> str:
    return f"corrections_{2**doubled}"


def _corrections_back(terms: Terms) -> Iterator[QueryStep]:
    """From every record that corrects another back to the first one, twice as far with every step."""
    text = terms.text
    yield QueryStep(
        _corrections(0),
        "Which record each record corrects, whether or not it counts",
        f"""SELECT case_ref, {text("reference")} AS reference, MIN({text("replaces")}) AS replaces
        FROM {terms.shape.events}
        WHERE {text("reference")} IS NOT NULL AND {text("replaces")} IS NOT NULL
        GROUP BY case_ref, {text("reference")}""",
    )
    for doubled in _HOPS:
        near = _corrections(doubled - 1)
        yield QueryStep(
            _corrections(doubled),
            f"The record up to {2**doubled} corrections before",
            f"""SELECT a.case_ref, a.reference, COALESCE(b.replaces, a.replaces) AS replaces
            FROM {near} AS a
            LEFT JOIN {near} AS b ON b.case_ref = a.case_ref AND b.reference = a.replaces""",
        )
