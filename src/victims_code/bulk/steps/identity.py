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
    yield QueryStep(
        "starting", "The events that start duties, each with what tells it apart from the others", _apart(terms)
    )


def id_of(alias: str) -> str:
    """The id of an obligation, of the columns of its row."""
    case, victim = (part_of_identity(f"{alias}.{name}") for name in ("case_ref", "victim_ref"))
    duty = "CAST(d.duty AS TEXT) || '/' || CAST(d.edition AS TEXT)"
    period = f"COALESCE(CAST({alias}.period AS TEXT), '~')"
    text = " || '/' || ".join((case, victim, duty, f"{alias}.began_with", period))
    return f"SUBSTRING(MD5({text}), 1, 16)"


def _apart(terms: Terms) -> str:
    """The events that start duties, each with what tells it apart from the others of its case.

    That is the reference of its first record, or what the record says but for its dates; and a number among those
    alike, in the order in which they became known. :mod:`victims_code.assessment.identity` says the same of objects.
    """
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
    alike = ", ".join(f"CASE WHEN n.first_ref IS NULL THEN n.{name} END" for name in said)
    cells = ["n.first_ref", "n.event_word"]
    parts = [part_of_identity(cell) for cell in cells]
    parts += [f"CASE WHEN n.first_ref IS NULL THEN {part_of_identity(f'n.{name}')} ELSE '~' END" for name in said]
    parts += [] if terms.names_offences else ["'~'"]
    offence = "n.offence_ref, " if terms.names_offences else ""
    order = f"n.noted_on, n.happened_on, COALESCE(n.received_on, {BEGINNING})"
    order += ", COALESCE(n.reference, '')" if shape.has("events", "reference") else ""
    order += ", n.happened_at, COALESCE(n.suspect_ref, ''), COALESCE(n.hearing_ref, ''), n.event_word"
    order += f", CAST(n.about AS TEXT), {order_of_alike(terms, 'n', 'n.victim_said')}"
    return f"""
        SELECT n.case_ref, n.place, n.event, n.happened_on, n.received_on, n.suspect_ref, n.hearing_ref, n.victim_ref,
            n.edition_number, {offence}{" || '/' || ".join(parts)} || '/' || CAST(ROW_NUMBER() OVER (
                PARTITION BY n.case_ref, n.event, n.first_ref, {alike} ORDER BY {order}
            ) AS TEXT) AS began_with
        FROM (
            SELECT h.*, {first} AS first_ref, {victim} AS victim_said, CAST(h.event AS TEXT) AS event_word
            FROM happened AS h{corrections}{people}
            WHERE h.event IN (SELECT event FROM triggers)
        ) AS n"""


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
