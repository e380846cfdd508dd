"""The statement: the law and the record joined in one query, step by step.

It is written in DuckDB's dialect; :mod:`victims_code.bulk.dialects` turns it into others.
"""

from __future__ import annotations

from collections.abc import Iterable

from victims_code.bulk.steps import Step, Terms
from victims_code.bulk.steps.answer import answer, answer_steps
from victims_code.bulk.steps.duties import duty_steps
from victims_code.bulk.steps.facts import facts_steps
from victims_code.bulk.steps.law import law_steps
from victims_code.bulk.steps.people import people_steps
from victims_code.bulk.steps.record import record_steps
from victims_code.bulk.steps.rights import rights_steps

__all__ = ["MACROS", "law_tables", "statement", "statement_using_law_tables", "steps_to_rights"]


def statement(terms: Terms) -> str:
    """The whole statement, with comments that name every duty and its sources, and the readings it rests on."""
    return _joined(map(str, (*law_steps(terms), *_steps(terms))), terms)


def statement_using_law_tables(terms: Terms) -> str:
    """The statement for DuckDB where :func:`law_tables` and :data:`MACROS` stand in the database already."""
    return _joined((step.named(kept=step.name not in _CHEAP) for step in _steps(terms)), terms)


_CHEAP = frozenset({"happened"})
"""Steps that are cheaper to repeat than to keep."""


def steps_to_rights(terms: Terms) -> tuple[Step, ...]:
    """The record, the people, what is known of them and what every edition gives them."""
    return *record_steps(terms), *people_steps(terms), *facts_steps(terms), *rights_steps(terms)


def _steps(terms: Terms) -> tuple[Step, ...]:
    return (
        *steps_to_rights(terms),
        *duty_steps(terms),
        *answer_steps(terms),
    )


def _joined(steps: Iterable[str], terms: Terms) -> str:
    return "WITH " + ",\n".join(steps) + "\n" + answer(terms)


MACROS = (
    "CREATE TEMPORARY MACRO add_days(day_, n) AS day_ + CAST(n AS INTEGER)",
    "CREATE TEMPORARY MACRO add_months(day_, n) AS CAST(day_ + to_months(CAST(n AS INTEGER)) AS DATE)",
)
"""What the statement calls and DuckDB does not have; :mod:`victims_code.bulk.dialects` writes it out for others."""


def law_tables(terms: Terms) -> tuple[str, ...]:
    """The law's small tables, as statements that create them; each reads from the ones before it."""
    return tuple(f"CREATE TEMPORARY TABLE {step.name} AS /* {step.why} */\n{step.query}" for step in law_steps(terms))
