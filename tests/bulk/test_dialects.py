"""The statement in every dialect: it says the same, names every duty, and holds nothing the dialect does not have."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import duckdb
import pytest
import sqlglot
from click.testing import CliRunner
from sqlglot import exp

import victims_code as vc
from shared.databases import OPTIONAL, fill_duckdb
from shared.engines import CODE, both_of, differences, told
from shared.parameters import mostly_long
from victims_code.bulk import DIALECTS, OBLIGATIONS, STANDING, law_files, sql
from victims_code.bulk.dialects import in_dialect
from victims_code.cli import main
from victims_code.testing.made_up import made_up_case

AS_AT = date(2026, 4, 20)

_COMMON = {
    "CAST",
    "COALESCE",
    "CONCAT",
    "COUNT",
    "DENSE_RANK",
    "EXISTS",
    "LEAD",
    "MAX",
    "MIN",
    "NULLIF",
    "ROW_NUMBER",
    "SUBSTRING",
}
_COMMON |= {"LENGTH", "MD5", "REPLACE", "SUM"}
FUNCTIONS = {
    "duckdb": _COMMON | {"DATE_DIFF", "EXTRACT"},
    "spark": _COMMON | {"ADD_MONTHS", "DATEDIFF", "EXTRACT"},
    "databricks": _COMMON | {"ADD_MONTHS", "DATEDIFF", "EXTRACT"},
    "postgres": _COMMON | {"EXTRACT"},
    "tsql": _COMMON - {"COUNT", "LENGTH", "MD5"}
    | {"CONCAT", "CONVERT", "HASHBYTES", "LEN", "LOWER", "COUNT_BIG", "DATEADD", "DATEDIFF", "DATEPART", "GETDATE"},
    "snowflake": _COMMON | {"BITAND", "BITOR", "DATEADD", "DATEDIFF", "DATE_PART"},
    "bigquery": _COMMON | {"DATE_ADD", "DATE_DIFF", "EXTRACT", "MOD", "STRUCT", "TO_HEX", "UNNEST"},
    "trino": _COMMON - {"SUBSTRING"}
    | {"BITWISE_AND", "BITWISE_OR", "DATE_ADD", "DATE_DIFF", "DATE_TRUNC", "EXTRACT", "LOWER", "SUBSTR", "TO_HEX"}
    | {"TO_UTF8"},
}
FUNCTIONS["athena"] = FUNCTIONS["trino"]
"""What each dialect's statement may call: all of it in the vendor's documentation."""
TYPES = {
    "tsql": {"DATE", "INTEGER", "BIGINT", "VARCHAR(32)", "VARCHAR(MAX)", "DATETIME2"},
    "bigquery": {"DATE", "INT64", "STRING", "DATETIME"},
    "trino": {"DATE", "INTEGER", "BIGINT", "VARCHAR", "TIMESTAMP"},
    "snowflake": {"DATE", "INT", "BIGINT", "VARCHAR", "TIMESTAMPNTZ"},
}
NAMES_BEFORE_BRACKETS = re.compile(r"\b([A-Z][A-Z0-9_]+)\(")


@pytest.fixture(scope="module", params=mostly_long(sorted(DIALECTS, key="tsql".__ne__)))
def dialect(request):
    return request.param


@cache
def view_in(dialect, of="obligations"):
    """The view with every optional column."""
    return sql(dialect, of=of, optional=OPTIONAL, code=CODE)


@cache
def parsed_in(dialect, of="obligations"):
    """The same, read back in its dialect."""
    return sqlglot.parse_one(view_in(dialect, of), read=dialect)


def code_of(statement):
    """The statement without its comments and texts, which may hold anything."""
    return re.sub(r"/\*.*?\*/|'(?:[^'\\]|''|\\.)*'", "", statement, flags=re.DOTALL)


def test_it_is_read_back_as_one_view(dialect):
    parsed = parsed_in(dialect)
    assert isinstance(parsed, exp.Create)
    assert (parsed.kind, parsed.this.name) == ("VIEW", "obligations")
    assert len(list(parsed.find_all(exp.CTE))) > 40
    assert parsed.expression.named_selects == [column.name for column in OBLIGATIONS]


def test_standing_duties_are_a_view_of_their_own(dialect):
    parsed = parsed_in(dialect, "standing")
    assert (parsed.kind, parsed.this.name) == ("VIEW", "standing")
    assert parsed.expression.named_selects == [column.name for column in STANDING]
    assert "inform-suspect-arrested" not in view_in(dialect, "standing")
    assert "communicate-simply" not in view_in(dialect)


def test_the_two_views_name_every_duty_with_its_source(dialect):
    view = view_in(dialect) + view_in(dialect, "standing")
    comments = " ".join(re.findall(r"/\*(.*?)\*/", view, flags=re.DOTALL))
    named = {
        (duty, " ".join(sources.split()))
        for sources, duty in re.findall(r"/\* ([^*]*) \*/\s*(?:AS [a-z_]+)?,?\s*'([a-z-]+)'", view)
    }
    for edition in CODE.editions.values():
        for duty in CODE.duties(edition=edition.id):
            sources = ", ".join(dict.fromkeys(cite.source for cite in duty.cites))
            assert (duty.id, sources) in named
            assert exp.Literal.string(duty.title).sql(dialect) in view
    for reading in ("corrections", "pairing", "unknown-facts", "since-when", "death-of-victim", "wishes"):
        assert reading in comments
    assert CODE.law.data_hash in comments


def test_it_calls_only_what_the_dialect_has(dialect):
    words = {
        "AS",
        "AND",
        "BY",
        "CASE",
        "ELSE",
        "FROM",
        "IN",
        "INTERVAL",
        "NOT",
        "ON",
        "OR",
        "OVER",
        "THEN",
        "VALUES",
        "WHEN",
    }
    called = set(NAMES_BEFORE_BRACKETS.findall(code_of(view_in(dialect)))) - words - {"VARCHAR"}
    assert called <= FUNCTIONS[dialect]


def test_it_holds_no_construct_that_not_every_database_has(dialect):
    parsed = parsed_in(dialect)
    for kind in (exp.Boolean, exp.Filter, exp.Qualify, exp.Limit, exp.Pivot, exp.Lateral, exp.NullSafeEQ):
        assert parsed.find(kind) is None, kind
    assert "GROUP BY ALL" not in view_in(dialect)
    assert "RECURSIVE" not in view_in(dialect)


@pytest.mark.parametrize("dialect", mostly_long(TYPES))
def test_its_types_are_the_dialects(dialect):
    parsed = parsed_in(dialect)
    simple = {kind.sql(dialect) for kind in parsed.find_all(exp.DataType) if not kind.args.get("nested")}
    assert simple <= TYPES[dialect]


def test_joins_to_the_left_are_on_something_equal(dialect):
    for join in parsed_in(dialect).find_all(exp.Join):
        assert join.side != "LEFT" or join.args["on"].find(exp.EQ)


# --- what is particular to one ----------------------------------------------------------------------------------


def test_tsql_has_no_boolean_and_compares_days_with_days():
    view = view_in("tsql")
    assert "WHEN withdrawn <> 0 THEN" in view
    assert "WHEN a.[value] <> 0 THEN" in view
    assert re.findall(r"\bTRUE\b|\bFALSE\b|\bNULLS (?:FIRST|LAST)\b", code_of(view)) == []
    now, today = view.count("GETDATE()"), view.count("CAST(GETDATE() AS DATE)")
    assert now == today > 0  # the time of day would never be equal to a due date


def test_tsql_gives_bits_of_whole_numbers_alone():
    """It reads a number beyond 32 bits as a decimal unless it is told, and knows no bits of decimals."""
    beyond = [found for found in re.finditer(r"\b\d{10,}\b", code_of(view_in("tsql"))) if int(found[0]) >= 2**31]
    assert beyond
    assert {found.string[found.start() - 5 : found.start()] for found in beyond} == {"CAST("}
    assert {found.string[found.end() : found.end() + 11] for found in beyond} == {" AS BIGINT)"}


@pytest.mark.long
def test_bigquery_has_arrays_of_rows_and_whole_numbers_of_days():
    view = view_in("bigquery")
    assert "VALUES" not in code_of(view)
    assert "UNNEST(ARRAY<STRUCT<digit INT64>>[STRUCT(0), STRUCT(1)" in view
    assert not re.search(r"INTERVAL\s*\(?\s*'", view)
    assert re.findall(r"\bUNION\b(?! ALL| DISTINCT)", code_of(view)) == []
    assert len(view) < 256 * 1024


def test_tsql_hashes_utf_8_and_gives_small_letters():
    """Its national text is UTF-16, of which every other database would make another id."""
    hashed = "LOWER(CONVERT(VARCHAR(32), HASHBYTES('MD5', CAST(CONCAT("
    assert view_in("tsql").count(hashed) == 1
    assert "COLLATE Latin1_General_100_BIN2_UTF8 AS VARCHAR(MAX))), 2))" in view_in("tsql")


def test_no_column_has_a_name_that_tsql_keeps_for_itself():
    """`identity` is one: T-SQL would not take it without brackets."""
    assert not {"identity", "user", "file", "plan"} & {c.alias for c in parsed_in("tsql").find_all(exp.Alias)}


@pytest.mark.long
def test_snowflake_names_nothing_in_small_letters_only():
    assert '"' not in code_of(view_in("snowflake"))


@pytest.mark.long
def test_postgres_says_how_it_is_best_asked():
    assert "/* Ask the view in a session with: SET enable_nestloop = off; SET jit = off; */" in view_in("postgres")


QUOTED = {"tsql": "[at]", "postgres": '"at"', "trino": '"at"', "bigquery": "`at`", "spark": "`at`"}


@pytest.mark.parametrize("name", mostly_long(QUOTED))
def test_words_that_mean_something_elsewhere_are_quoted(name):
    assert QUOTED[name] in view_in(name)
    assert not re.search(r"(?<![\"\[`\w.])at(?![\"\]`\w])", code_of(view_in(name)))


# --- the same answers, back from each dialect -------------------------------------------------------------------


def back_in_duckdb(query, dialect):
    """The query of a dialect in DuckDB's, where a day and some months make a time and not a day as elsewhere."""
    parsed = sqlglot.parse_one(query, read=dialect)
    for hashed in list(parsed.find_all(exp.Lower)):
        if hashed.find(exp.Collate):  # T-SQL's hash of the text as UTF-8, which is how DuckDB has it
            hashed.replace(exp.MD5(this=hashed.find(exp.Collate).this))
    for kind in parsed.find_all(exp.DataType):
        if kind.sql("tsql") == "VARCHAR(MAX)":
            kind.replace(exp.DataType.build("TEXT"))
    for added in reversed(list(parsed.find_all(exp.DateAdd, exp.AddMonths, exp.TsOrDsAdd))):
        added.replace(exp.cast(added.copy(), "DATE"))
    return parsed.sql("duckdb")


@pytest.mark.long
def test_what_it_says_is_what_the_objects_say(dialect):
    """Translated back from the dialect, so that it shows what was lost or turned round on the way there."""
    when = {"as_at": date(2024, 6, 20), "known_on": date(2024, 6, 10)}

    def answer(cases):
        queries = [
            f"({back_in_duckdb(sql(dialect, of=of, query_only=True, optional=OPTIONAL, code=CODE, **when), dialect)})"
            for of in ("obligations", "standing")
        ]
        with duckdb.connect() as connection:
            fill_duckdb(connection, cases)
            return connection.execute(both_of(*queries)).fetchall()

    wrong = differences([made_up_case(8800 + n, around=date(2024, 5, 3)) for n in range(60)], **when, answer=answer)
    assert not wrong, told(wrong, **when)


# --- days and months --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "days", "months"),
    [
        ("duckdb", "d + CAST(5 AS INT)", "CAST(d + INTERVAL (1) MONTH AS DATE)"),
        ("spark", "d + CAST(5 AS INT)", "ADD_MONTHS(d, 1)"),
        ("databricks", "d + CAST(5 AS INT)", "ADD_MONTHS(d, 1)"),
        ("postgres", "d + CAST(5 AS INT)", "CAST(d + (1) * INTERVAL '1 MONTH' AS DATE)"),
        ("tsql", "DATEADD(DAY, 5, d)", "DATEADD(MONTH, 1, d)"),
        ("snowflake", "DATEADD(DAY, 5, d)", "DATEADD(MONTH, 1, d)"),
        ("trino", "DATE_ADD('DAY', 5, d)", "DATE_ADD('MONTH', 1, d)"),
        ("athena", "DATE_ADD('DAY', 5, d)", "DATE_ADD('MONTH', 1, d)"),
        ("bigquery", "DATE_ADD(d, INTERVAL (5) DAY)", "DATE_ADD(d, INTERVAL (1) MONTH)"),
    ],
)
def test_days_and_months_are_added(dialect, days, months):
    def said(statement):
        return (
            " ".join(in_dialect(statement, dialect).removeprefix("SELECT").split())
            .replace("( ", "(")
            .replace(" )", ")")
        )

    assert said("SELECT ADD_DAYS(d, 5)") == days
    assert said("SELECT ADD_MONTHS(d, 1)") == months


# --- the command line -------------------------------------------------------------------------------------------


def test_the_command_prints_the_same_view(dialect):
    done = CliRunner().invoke(main, ["sql", "--dialect", dialect, *(f"--with={name}" for name in OPTIONAL)])
    assert done.exit_code == 0
    assert done.stdout == view_in(dialect) + "\n"
    assert done.stderr == ""


def test_the_command_takes_a_date_of_assessment():
    done = CliRunner().invoke(main, ["sql", "--dialect", "duckdb", "--as-at", AS_AT.isoformat()])
    assert done.stdout == sql("duckdb", as_at=AS_AT) + "\n"


def test_an_unknown_dialect_brings_the_nearest_to_mind():
    done = CliRunner().invoke(main, ["sql", "--dialect", "postgress"])
    assert done.exit_code == 2
    assert "There is no dialect 'postgress'. Did you mean 'postgres'?" in done.stderr
    with pytest.raises(vc.UnknownNameError, match="Did you mean 'snowflake'"):
        sql("snowflakes")


@pytest.mark.parametrize("dialect", ["oracle", "mysql", "mariadb", "clickhouse"])
def test_a_database_that_cannot_carry_it_is_refused_with_the_reason(dialect):
    with pytest.raises(vc.UnknownNameError) as refused:
        sql(dialect)
    [fault] = refused.value.faults
    assert re.search("empty text for null|works a named query out anew", fault.message)
    assert "Or assess the tables in DuckDB" in fault.hint
    done = CliRunner().invoke(main, ["sql", "--dialect", dialect])
    assert (done.exit_code, "cannot be had" in done.stderr) == (2, True)


def test_the_command_writes_tables_and_views_to_a_folder(tmp_path):
    done = CliRunner().invoke(main, ["sql", "--law-as", "csv", "--output", str(tmp_path / "law")])
    assert done.exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "law").iterdir()}
    assert written == law_files(law="csv")
    assert CliRunner().invoke(main, ["sql", "--law-as", "csv"]).exit_code == 2
    assert CliRunner().invoke(main, ["sql", "--output", str(tmp_path)]).exit_code == 2


def test_an_optional_column_that_is_none_ends_with_one():
    done = CliRunner().invoke(main, ["sql", "--with", "events.replacs"])
    assert done.exit_code == 1
    assert "Did you mean 'events.replaces'?" in done.stderr
