"""The statement: the law and the record joined in one query, step by step.

It is written in DuckDB's dialect; :mod:`victims_code.bulk.dialects` turns it into others.
"""

from __future__ import annotations

from victims_code.bulk.steps import Terms
from victims_code.bulk.steps.answer import answer, answer_steps
from victims_code.bulk.steps.duties import duty_steps
from victims_code.bulk.steps.law import law_steps
from victims_code.bulk.steps.people import people_steps
from victims_code.bulk.steps.record import record_steps
from victims_code.bulk.steps.rights import rights_steps

__all__ = ["law_tables", "statement"]


def statement(terms: Terms, *, law_stands_by: bool = False) -> str:
    """The whole statement, with comments that name every duty and its sources, and the readings it rests on.

    :param law_stands_by: leave out the steps of the law, because :func:`law_tables` stand in the database already.
    """
    steps = (
        *(() if law_stands_by else law_steps(terms)),
        *record_steps(terms),
        *people_steps(terms),
        *rights_steps(terms),
        *duty_steps(terms),
        *answer_steps(terms),
    )
    return "WITH " + ",\n".join(map(str, steps)) + "\n" + answer(terms)


def law_tables(terms: Terms) -> tuple[str, ...]:
    """The law's small tables, as statements that create them; each reads from the ones before it."""
    return tuple(f"CREATE TEMPORARY TABLE {step.name} AS /* {step.why} */\n{step.query}" for step in law_steps(terms))
