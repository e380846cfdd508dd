"""The statement in the dialects of other databases, through sqlglot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from victims_code import faults
from victims_code.bulk.names import Name
from victims_code.bulk.tables import INPUTS, OBLIGATIONS
from victims_code.errors import UnknownNameError
from victims_code.extras import need
from victims_code.faults import did_you_mean

if TYPE_CHECKING:
    from sqlglot import exp


DIALECTS = ("duckdb", "spark", "postgres", "tsql", "snowflake", "bigquery", "trino", "databricks", "athena")
"""The dialects the statement can be had in."""
_REFUSED = MappingProxyType(
    {
        "oracle": "it takes an empty text for null, on which the comparisons of the statement would fail unnoticed",
        "mysql": "it works a named query out anew wherever it is read, and does not come to an end",
        "mariadb": "it works a named query out anew wherever it is read, and does not come to an end",
        "clickhouse": "it works a named query out anew wherever it is read, and does not come to an end",
    }
)
"""Dialects that would be asked for and cannot be had, and why."""

_OWN = frozenset(column.name for columns in (OBLIGATIONS, *(t.columns for t in INPUTS.values())) for column in columns)
_DAYS: Mapping[str, str] = MappingProxyType(
    {
        "tsql": "DATEADD(DAY, {n}, {day})",
        "trino": "DATE_ADD('day', {n}, {day})",
        "athena": "DATE_ADD('day', {n}, {day})",
        "bigquery": "DATE_ADD({day}, INTERVAL ({n}) DAY)",
        "snowflake": "DATEADD(DAY, {n}, {day})",
    }
)
_MONTHS: Mapping[str, str] = MappingProxyType(
    {
        "duckdb": "CAST({day} + INTERVAL ({n}) MONTH AS DATE)",
        "postgres": "CAST({day} + ({n}) * INTERVAL '1 MONTH' AS DATE)",
        "tsql": "DATEADD(MONTH, {n}, {day})",
        "trino": "DATE_ADD('month', {n}, {day})",
        "athena": "DATE_ADD('month', {n}, {day})",
        "bigquery": "DATE_ADD({day}, INTERVAL ({n}) MONTH)",
        "snowflake": "DATEADD(MONTH, {n}, {day})",
    }
)
_STOPS: Mapping[str, str] = MappingProxyType(
    {
        "duckdb": "ERROR({day} || ' ' || COALESCE({n}, 'none'))",
        "spark": "RAISE_ERROR(CONCAT({day}, ' ', COALESCE({n}, 'none')))",
        "databricks": "RAISE_ERROR(CONCAT({day}, ' ', COALESCE({n}, 'none')))",
        "bigquery": "ERROR(CONCAT({day}, ' ', COALESCE({n}, 'none')))",
        "tsql": "CAST(CONCAT({day}, ' ', {n}) AS INT)",
    }
)
"""How a database stops with a sentence; without a function for it, a text that is no number is turned into one."""
_STOP_RULE = "CAST({day} || ' ' || COALESCE({n}, 'none') AS INT)"
_DAY_RULE, _MONTH_RULE = "{day} + CAST({n} AS INT)", "ADD_MONTHS({day}, {n})"


@lru_cache(maxsize=16)
def in_dialect(
    statement: str, dialect: str, *, stored: tuple[tuple[str, str], ...] = (), schema: tuple[Name, ...] = ()
) -> str:
    """A statement written for DuckDB, laid out and in another dialect.

    :param stored: the tables of the law that stand in the database: what the statement calls each, and its own name.
        Such a statement is short, and laid out to be read.
    :param schema: where they stand.
    :raises UnknownNameError: if there is no such dialect.
    :raises MissingExtraError: if sqlglot is not installed.
    """
    parsed = _translated(statement, dialect)
    if not stored:
        return _laid_out(parsed, dialect)
    _read_from(parsed, dict(stored), schema)
    return parsed.sql(dialect, pretty=True, max_text_width=100, indent=2, pad=2)


def _read_from(parsed: exp.Expr, stored: Mapping[str, str], schema: tuple[Name, ...]) -> None:
    """Read each table that is stored under its own name, and call it as the statement does."""
    from sqlglot import exp

    within = exp.to_table(".".join(map(str, schema)), dialect="duckdb") if schema else None
    queries = {query.alias for query in parsed.find_all(exp.CTE)}
    for table in list(parsed.find_all(exp.Table)):
        name = stored.get(table.name)
        if name is None or table.db or table.name in queries:
            continue
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("this", exp.to_identifier(name))
        if within is not None:
            table.set("db", within.this.copy())
            table.set("catalog", within.args.get("db") and within.args["db"].copy())


def queries_in_dialect(statement: str, dialect: str, *, prefix: str) -> Iterator[tuple[str, str]]:
    """The named queries of a statement one by one, each with its name, and last the answer, which has none.

    They are for databases that do better if the result of one is there before the next is planned.

    :param prefix: what stands before the name of every table and query, so that none is taken for something else.
    """
    from sqlglot import exp

    parsed = _translated(statement, dialect)
    for table in parsed.find_all(exp.Table):
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.this.set("this", f"{prefix}{table.name}")
    with_ = parsed.find(exp.With)
    assert with_ is not None
    for query in with_.expressions:
        yield query.alias, _laid_out(query.this, dialect)
    with_.pop()
    yield "", _laid_out(parsed, dialect)


def name_in_dialect(names: Sequence[Name], dialect: str) -> str:
    """A name with what comes before it, as a dialect writes it.

    >>> from victims_code.bulk.names import names_in
    >>> name_in_dialect(names_in("my-project.victims.obligations", "view"), "bigquery")
    '`my-project`.victims.obligations'
    """
    from sqlglot import exp

    return ".".join(exp.to_identifier(name.text, quoted=name.quoted).sql(dialect) for name in names)


def make_sure_offered(dialect: str) -> None:
    """Refuse a dialect that cannot be had.

    :raises UnknownNameError: if there is no such dialect, or the statement cannot be carried into it; with the reason.
    """
    if (why := _REFUSED.get(dialect)) is not None:
        listed = ", ".join(DIALECTS)
        raise UnknownNameError(faults.DIALECT_NOT_OFFERED.at("dialect", dialect=dialect, why=why, dialects=listed))
    if dialect not in DIALECTS:
        nearest = did_you_mean(dialect, DIALECTS, listing="Dialects")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("dialect", kind="dialect", name=dialect, nearest=nearest))


def today_in(dialect: str) -> str:
    """The database's current date, as a statement in a dialect has it.

    >>> today_in("tsql"), today_in("postgres")
    ('CAST(GETDATE() AS DATE)', 'CURRENT_DATE')
    """
    return in_dialect("SELECT CURRENT_DATE", dialect).removeprefix("SELECT").strip()


def quoted(name: str, dialect: str) -> str:
    """A name in the quotation marks of a dialect."""
    return name_in_dialect((Name(text=name, quoted=True),), dialect)


def _translated(statement: str, dialect: str) -> exp.Expr:
    make_sure_offered(dialect)
    need("bulk", "sqlglot", feature="Statements for a database")
    import sqlglot

    parsed = sqlglot.parse_one(statement, read="duckdb").transform(_days_and_months(dialect), copy=False)
    for rewrite in _REWRITES.get(dialect, ()):
        parsed = parsed.transform(rewrite, copy=False)
    return parsed


def _laid_out(parsed: exp.Expr, dialect: str) -> str:
    # BigQuery takes 262,144 characters in a view, so that a step to the right is one of them and not two
    return parsed.sql(dialect, pretty=True, max_text_width=400, indent=1, pad=1)


def _days_and_months(dialect: str) -> Callable[[exp.Expr], exp.Expr]:
    """Days and months are added to a date in as many ways as there are databases."""
    from sqlglot import exp, parse_one

    rules = {
        "ADD_DAYS": _DAYS.get(dialect, _DAY_RULE),
        "ADD_MONTHS": _MONTHS.get(dialect, _MONTH_RULE),
        "STOP_WITH": _STOPS.get(dialect, _STOP_RULE),
    }

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
    """Names of the contract without quotation marks: in Snowflake a quoted name is one in small letters.

    Times are of the type as its documentation has it first, with an underscore, which other parsers know too.
    """
    from sqlglot import exp

    if isinstance(node, exp.DataType) and node.is_type("timestamp", "timestampntz"):
        return exp.DataType(this=exp.DataType.Type.USERDEFINED, kind="TIMESTAMP_NTZ")

    if isinstance(node, exp.Identifier) and node.name in _OWN:
        node.set("quoted", False)
    return node


def _a_day_and_no_time(node: exp.Expr) -> exp.Expr:
    """The current date as a date: T-SQL has only the current time, which is never equal to a day."""
    from sqlglot import exp

    if isinstance(node, exp.CurrentDate):
        return exp.cast(exp.CurrentTimestamp(), "DATE")
    return node


def _concatenated(node: exp.Expr) -> exp.Expr:
    """Texts put together by a function: T-SQL has the sign of addition for it, which is read as one."""
    from sqlglot import exp

    return exp.func("CONCAT", *node.flatten(), dialect="duckdb") if isinstance(node, exp.DPipe) else node


def _whole_number(node: exp.Expr) -> exp.Expr:
    """A number beyond 32 bits said to be a whole one: T-SQL takes it for a decimal, of which it gives no bits."""
    from sqlglot import exp

    if isinstance(node, exp.Literal) and node.is_int and int(node.name) >= 2**31:
        return node if isinstance(node.parent, exp.Cast) else exp.cast(node, "BIGINT")
    return node


def _hashed(node: exp.Expr) -> exp.Expr:
    """A hash as text in small letters, and of UTF-8: T-SQL gives bytes, and hashes a national text as UTF-16."""
    from sqlglot import exp, parse_one

    if not isinstance(node, exp.MD5):
        return node
    text = node.this.transform(_hashed).sql("tsql")
    return parse_one(
        f"LOWER(CONVERT(VARCHAR(32), HASHBYTES('MD5', CAST({text} COLLATE {_UTF_8} AS VARCHAR(MAX))), 2))", read="tsql"
    )


_UTF_8 = "Latin1_General_100_BIN2_UTF8"


def _in_an_array(node: exp.Expr) -> exp.Expr:
    """A table written out as an array of rows: BigQuery has no VALUES."""
    from sqlglot import exp

    if not isinstance(node, exp.Values):
        return node
    rows = [row.expressions for row in node.expressions]
    columns = ", ".join(
        f"{name.name} {_kind([row[place] for row in rows])}" for place, name in enumerate(node.args["alias"].columns)
    )
    if len(rows[0]) == 1:  # one cell in brackets would be no row
        node.set("expressions", [exp.Struct(expressions=row) for row in rows])
    array = exp.cast(exp.Array(expressions=node.expressions), f"ARRAY<STRUCT<{columns}>>", dialect="bigquery")
    return exp.Unnest(expressions=[array], alias=exp.TableAlias(columns=[node.args["alias"].this]))


def _kind(cells: Sequence[exp.Expr]) -> str:
    """The type of a column that is written out, by its first cell that says it."""
    from sqlglot import exp

    cell = next(cell for cell in cells if not isinstance(cell, exp.Null))
    if isinstance(cell, exp.Cast):
        return str(cell.to.sql("bigquery"))
    return "STRING" if cell.is_string else "INT64"


def _no_word_of_nulls(node: exp.Expr) -> exp.Expr:
    """A running sum with no word of where nulls stand: BigQuery would not take it, and there are none."""
    from sqlglot import exp

    if isinstance(node, exp.Ordered) and isinstance(window := node.find_ancestor(exp.Window), exp.Window):
        node.set("nulls_first", node.args.get("nulls_first") or isinstance(window.this, exp.Sum))
    return node


_REWRITES: Mapping[str, tuple[Callable[[exp.Expr], exp.Expr], ...]] = MappingProxyType(
    {
        "tsql": (_a_day_and_no_time, _concatenated, _whole_number, _hashed),
        "bigquery": (_in_an_array, _no_word_of_nulls),
        "snowflake": (_unquoted,),
    }
)
