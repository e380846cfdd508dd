"""Which duties apply to each profile, which are in doubt and why, and which limit holds."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import is_marked, literal
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.vocabulary import Track


def applies_steps(terms: Terms) -> Iterator[QueryStep]:
    """The duties that apply or may, what is missing to tell, and both together."""
    yield QueryStep(
        "applicable", "Which duties apply to each profile or may, and what is missing to tell", _applicable(terms)
    )
    yield QueryStep("missing", "What is missing in words, each time it is the same once", _missing(terms))
    yield QueryStep("applies", "The duties with what is missing in words, and which limit holds", _applies(terms))


def _applicable(terms: Terms) -> str:
    """A duty applies if the person is entitled under its edition, and its own condition holds."""
    marks = ", ".join(
        f"CASE WHEN c.holds IS NULL THEN COALESCE(c.{mark}, 0) ELSE 0 END"
        f" | CASE WHEN p.entitled IS NULL THEN p.{entitled} ELSE 0 END"
        f" | CASE WHEN d.one_limit = 0 AND p.enhanced IS NULL THEN p.{mark} ELSE 0 END AS {mark}"
        for mark, entitled in zip(terms.marks("open"), terms.marks("entitled_open"), strict=True)
    )
    return f"""
        SELECT w.*
        FROM (
            SELECT p.profile, d.*, p.entitled, p.enhanced,
                CASE WHEN d.condition_number IS NULL THEN 1 ELSE c.holds END AS own_condition, {marks}
            FROM profiles AS p
            JOIN duties AS d ON d.edition_number = p.edition_number
            LEFT JOIN conditions AS c ON c.kind = p.kind AND c.condition_number = d.condition_number
        ) AS w
        WHERE (w.entitled IS NULL OR w.entitled = 1) AND (w.own_condition IS NULL OR w.own_condition = 1)"""


def _missing(terms: Terms) -> str:
    """What is marked, as text joined with ``; ``."""
    marks = terms.marks("open")
    parts = (
        f"CASE WHEN {is_marked('n.open', number)} THEN {literal(f'; {thing}')} ELSE '' END"
        for number, thing in enumerate(terms.missable)
    )
    return f"""
        SELECT n.*, SUBSTRING({" || ".join(parts)}, 3, 4000) AS missing_facts
        FROM (
            SELECT DISTINCT {", ".join(marks)} FROM applicable
            WHERE {" OR ".join(f"{mark} <> 0" for mark in marks)}
        ) AS n"""


def _applies(terms: Terms) -> str:
    track = {word.value: terms.word("track", word) for word in Track}
    return f"""
        SELECT w.*, CASE WHEN w.entitled IS NULL OR w.own_condition IS NULL THEN 1 ELSE 0 END AS in_doubt,
            CASE WHEN w.one_limit = 1 THEN {track["single"]} WHEN w.enhanced = 1 THEN {track["enhanced"]}
                WHEN w.enhanced = 0 THEN {track["standard"]} ELSE {track["unknown"]} END AS track, n.missing_facts
        FROM applicable AS w
        LEFT JOIN missing AS n ON {" AND ".join(f"n.{mark} = w.{mark}" for mark in terms.marks("open"))}"""
