"""The statement in the dialects of other databases, through sqlglot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from victims_code.bulk.extras import need
from victims_code.errors import Fault, UnknownNameError, did_you_mean

if TYPE_CHECKING:
    from sqlglot import exp

__all__ = ["DIALECTS", "in_dialect"]

DIALECTS = ("duckdb", "spark", "postgres", "tsql", "snowflake", "bigquery", "trino", "databricks")
"""The dialects the statement can be had in."""

_DAYS: Mapping[str, str] = MappingProxyType(
    {
        "tsql": "DATEADD(DAY, {n}, {day})",
        "trino": "DATE_ADD('day', {n}, {day})",
        "bigquery": "DATE_ADD({day}, INTERVAL {n} DAY)",
        "snowflake": "DATEADD(DAY, {n}, {day})",
    }
)
_MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "duckdb": "CAST({day} + INTERVAL ({n}) MONTH AS DATE)",
        "postgres": "CAST({day} + ({n}) * INTERVAL '1 MONTH' AS DATE)",
        "tsql": "DATEADD(MONTH, {n}, {day})",
        "trino": "DATE_ADD('month', {n}, {day})",
        "bigquery": "DATE_ADD({day}, INTERVAL {n} MONTH)",
        "snowflake": "DATEADD(MONTH, {n}, {day})",
    }
)
_DAY_RULE, _MONTH_RULE = "{day} + CAST({n} AS INT)", "ADD_MONTHS({day}, {n})"


def in_dialect(statement: str, dialect: str, *, inline: Collection[str] = ()) -> str:
    """A statement written for DuckDB, laid out and in another dialect.

    :param inline: named queries that the database is asked to work out where they are used, and not to store.
    :raises UnknownNameError: if there is no such dialect.
    :raises MissingExtraError: if sqlglot is not installed.
    """
    if dialect not in DIALECTS:
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                where="dialect",
                what=f"There is no dialect {dialect!r} here.",
                way_out=did_you_mean(dialect, DIALECTS, listing="Dialects"),
            )
        )
    need("bulk", "sqlglot")
    import sqlglot
    from sqlglot import exp

    parsed = sqlglot.parse_one(statement, read="duckdb").transform(_days_and_months(dialect))
    for named in parsed.find_all(exp.CTE):
        if named.alias in inline:
            named.set("materialized", False)
    if dialect == "snowflake":  # where a quoted name is one in small letters
        parsed = parsed.transform(_unquoted)
    return parsed.sql(dialect, pretty=True, max_text_width=400)


def _days_and_months(dialect: str) -> Callable[[exp.Expr], exp.Expr]:
    """Days and months are added to a date in as many ways as there are databases."""
    from sqlglot import exp, parse_one

    rules = {"ADD_DAYS": _DAYS.get(dialect, _DAY_RULE), "ADD_MONTHS": _MONTHS.get(dialect, _MONTH_RULE)}

    def rewrite(node: exp.Expr) -> exp.Expr:
        name = (
            node.name.upper()
            if isinstance(node, exp.Anonymous)
            else "ADD_MONTHS"
            if isinstance(node, exp.AddMonths)
            else ""
        )
        if name not in rules:
            return node
        day, n = node.expressions if isinstance(node, exp.Anonymous) else (node.this, node.expression)
        return parse_one(rules[name].format(day=day.transform(rewrite).sql(dialect), n=n.sql(dialect)), read=dialect)

    return rewrite


def _unquoted(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    if isinstance(node, exp.Identifier):
        node.set("quoted", False)
    return node
