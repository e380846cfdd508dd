"""Conditions over facts as SQL.

A fact is a column that holds 1, 0 or null for *not known* (a word for facts that have words), so SQL's own three-valued
logic is that of :mod:`victims_code.conditions`. Truths are numbers and not booleans, because not every database lets a
boolean stand in a column.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Value

__all__ = ["any_of", "column", "literal", "predicate", "truth"]

_OPERATORS = {"is": "=", "is-not": "<>", "at-least": ">=", "at-most": "<=", "before": "<", "on-or-after": ">="}


def column(fact: str) -> str:
    """The column that holds a fact.

    >>> column("under-18")
    'under_18'
    """
    return fact.replace("-", "_")


def literal(value: Value | None) -> str:
    """A value as SQL; true is 1 and false 0.

    >>> literal("victim's"), literal(True), literal(date(2026, 4, 2)), literal(None)
    ("'victim''s'", '1', "DATE '2026-04-02'", 'NULL')
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def predicate(condition: Condition) -> str:
    """A condition as something that can stand after WHEN: true, false, or null for unknown.

    >>> from victims_code.conditions import parse_condition
    >>> predicate(parse_condition({"any": [{"fact": "kidnap", "is": True}, {"not": {"fact": "under-18", "is": True}}]}))
    '(kidnap = 1 OR NOT under_18 = 1)'
    """
    if isinstance(condition, Leaf):
        if condition.test == "in":
            values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
            return f"{column(condition.fact)} IN ({', '.join(map(literal, values))})"
        assert not isinstance(condition.value, tuple)
        return f"{column(condition.fact)} {_OPERATORS[condition.test]} {literal(condition.value)}"
    if isinstance(condition, AllOf):
        return "(" + " AND ".join(map(predicate, condition.parts)) + ")"
    if isinstance(condition, AnyOf):
        return any_of(map(predicate, condition.parts))
    return f"NOT {predicate(condition.part)}"


def any_of(predicates: Iterable[str]) -> str:
    """True if any is; the same predicate is not written twice."""
    different = list(dict.fromkeys(predicates))
    return different[0] if len(different) == 1 else "(" + " OR ".join(different) + ")"


def truth(predicate_: str) -> str:
    """A predicate as a number: 1, 0, or null for unknown.

    >>> truth("kidnap = 1")
    'CASE WHEN kidnap = 1 THEN 1 WHEN NOT (kidnap = 1) THEN 0 END'
    """
    return f"CASE WHEN {predicate_} THEN 1 WHEN NOT ({predicate_}) THEN 0 END"
