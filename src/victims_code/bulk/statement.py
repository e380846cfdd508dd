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

__all__ = ["statement"]


def statement(terms: Terms) -> str:
    """The whole statement, with comments that name every duty and its sources, and the readings it rests on."""
    steps = (
        *law_steps(terms),
        *record_steps(terms),
        *people_steps(terms),
        *duty_steps(terms),
        *answer_steps(terms),
    )
    return "WITH " + ",\n".join(map(str, steps)) + "\n" + answer(terms)
