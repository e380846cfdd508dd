"""Which duties apply to each profile, which are in doubt and why, and which limit holds."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import choice, column, is_marked, literal
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.law import Edition
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
    rules = terms.rules
    of_editions = {
        what: choice("d.edition_number", [(str(rules.number_of(e)), f"p.{_of(what, e)}") for e in rules.editions])
        for what in ("entitled", "enhanced")
    }
    numbers = range(1, len(rules.conditions) + 1)
    own = choice("d.condition_number", [(str(n), f"p.condition_{n}") for n in numbers], "1")
    open_ = ", ".join(f"{cell} AS {mark}" for mark, cell in _open(terms).items())
    return f"""
        SELECT w.*
        FROM (
            SELECT p.profile, d.*, {of_editions["entitled"]} AS entitled, {of_editions["enhanced"]} AS enhanced,
                {own} AS own_condition, {open_}
            FROM profiles AS p CROSS JOIN duties AS d
        ) AS w
        WHERE (w.entitled IS NULL OR w.entitled = 1) AND (w.own_condition IS NULL OR w.own_condition = 1)"""


def _open(terms: Terms) -> dict[str, str]:
    """The marks of what is missing: for the Rights, for the limit, and for the duty's own condition."""
    rules = terms.rules
    parts = [(f"condition_{n}", f"d.condition_number = {n}") for n in range(1, len(rules.conditions) + 1)]
    for edition in rules.editions:
        here = f"d.edition_number = {rules.number_of(edition)}"
        parts += [(_of("entitled", edition), here), (_of("enhanced", edition), f"{here} AND d.one_limit = 0")]
    return {
        mark: " | ".join(
            f"CASE WHEN {when} AND p.{name} IS NULL THEN p.{terms.marks(f'{name}_open')[n]} ELSE 0 END"
            for name, when in parts
        )
        for n, mark in enumerate(terms.marks("open"))
    }


def _of(what: str, edition: Edition) -> str:
    return f"{what}_{column(edition.id)}"


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
