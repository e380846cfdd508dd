"""The law as tables, and the short view over them: the same answers, from nothing but what the files say."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import duckdb
import pytest
import sqlglot
from sqlglot import exp

import victims_code as vc
from shared.databases import OPTIONAL, fill_duckdb
from shared.engines import CODE, both_of, differences, told
from shared.parameters import mostly_long
from victims_code.bulk import DIALECTS, law_files, sql
from victims_code.testing.made_up import made_up_case

WHEN = {"as_at": date(2024, 7, 30), "known_on": date(2024, 6, 10)}
CREATE, FILL = "1-create-law-tables.sql", "2-fill-law-tables.sql"


@cache
def files_of(dialect="duckdb", law="tables", optional=OPTIONAL):
    return law_files(dialect, law=law, optional=optional, code=CODE, **WHEN)


@pytest.fixture(scope="module")
def database():
    """The law's tables and the views over them, with a few cases."""
    with duckdb.connect() as connection:
        fill_duckdb(connection, [made_up_case(1, around=date(2024, 5, 1))])
        for name in (CREATE, FILL, "3-obligations.sql", "3-standing.sql"):
            connection.execute(files_of()[name])
        yield connection


@pytest.mark.parametrize("around", mostly_long([date(2024, 5, 1), date(2008, 5, 3), date(2015, 11, 15)]))
def test_the_view_over_tables_says_what_the_objects_say(database, around):
    def answer(cases):
        fill_duckdb(database, cases)
        return database.execute(both_of("obligations", "standing")).fetchall()

    wrong = differences([made_up_case(500 + n, around=around) for n in range(60)], **WHEN, answer=answer)
    assert not wrong, told(wrong, **WHEN)


def test_csv_files_hold_the_same_rows(database, tmp_path):
    files = files_of(law="csv")
    names = sorted(name for name in files if name.endswith(".csv"))
    stored = database.execute("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'law_%'").fetchall()
    assert names == sorted(f"{name}.csv" for (name,) in stored)
    for name in names:
        (tmp_path / name).write_text(files[name], encoding="utf-8")
        table = name.removesuffix(".csv")
        with duckdb.connect() as other:
            other.execute(files[CREATE])
            other.execute(f"COPY {table} FROM '{tmp_path / name}' (HEADER)")
            loaded = other.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()
        assert loaded == database.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def test_tables_have_keys_comments_and_a_stamp(database):
    comments = dict(database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
    keys = {
        name
        for (name,) in database.execute(
            "SELECT table_name FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
    }
    law = {name for name in comments if name.startswith("law_")}
    assert law == {name for name in keys if name.startswith("law_")}
    assert all(comments[name] for name in law)
    (stamp,) = database.execute("SELECT data_hash, editions FROM law_stamp").fetchall()
    assert stamp == (CODE.law.data_hash, "code-2006, code-2013, code-2015, code-2021")
    assert database.execute("SELECT count(*) FROM law_duties").fetchone() == (
        sum(len(edition.duties) for edition in CODE.editions.values()),
    )
    assert database.execute("SELECT reason FROM law_bank_holidays WHERE the_day = DATE '2023-05-08'").fetchone()
    assert database.execute("SELECT works FROM law_days WHERE the_day = DATE '2024-05-06'").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE law_stamp SET tables_hash = 'of-another-year'",
        "DELETE FROM law_stamp",
        "INSERT INTO law_stamp SELECT 'second', * EXCLUDE (tables_hash) FROM law_stamp",
    ],
)
def test_a_view_stops_if_the_tables_are_not_its_own(database, change):
    database.execute("BEGIN")
    try:
        database.execute(change)
        with pytest.raises(duckdb.Error, match="not those this view was made for"):
            database.execute("SELECT count(*) FROM obligations").fetchall()
    finally:
        database.execute("ROLLBACK")
    assert database.execute("SELECT count(*) FROM obligations").fetchone()


def test_another_law_has_another_hash():
    slower = vc.VictimsCode.load().with_changes(
        "two-days", title="two days instead of one", deadlines={"inform-suspect-arrested": {"enhanced": {"within": 2}}}
    )
    ours, theirs = (
        re.search(r"hash must be (\w+)", sql(law="tables", code=code, as_at=date(2024, 7, 30)))[1]
        for code in (CODE, slower)
    )
    assert ours != theirs


def test_rows_are_put_in_with_the_stamp_last():
    inserted = re.findall(r"INSERT INTO (\w+)", files_of()[FILL])
    assert inserted[-1] == "law_stamp"
    assert inserted.count("law_stamp") == 1


@pytest.mark.parametrize("dialect", mostly_long(sorted(DIALECTS, key="tsql".__ne__)))
def test_the_view_is_short_and_says_what_each_query_does(dialect):
    view = sql(dialect, law="tables", code=CODE)
    assert len(view) < 60_000
    parsed = sqlglot.parse_one(view, read=dialect)
    for query in parsed.find_all(exp.CTE):
        assert re.search(rf"\b{query.alias}[\]`\"]? AS \(\s*/\*", view), query.alias
    for duty in CODE.duties(edition="code-2021"):
        assert f"'{duty.id}'" not in view
    read = {table.name for table in parsed.find_all(exp.Table)}
    assert {"law_stamp", "law_days", "law_duties", "law_tests", "law_limits"} <= read


@pytest.mark.parametrize("dialect", mostly_long(sorted(DIALECTS, key="tsql".__ne__)))
def test_tables_and_rows_are_read_back_in_the_dialect(dialect):
    files = files_of(dialect)
    created = [one for one in sqlglot.parse(files[CREATE], read=dialect) if isinstance(one, exp.Create)]
    assert len(created) == 13
    filled = [one for one in sqlglot.parse(files[FILL], read=dialect) if isinstance(one, exp.Insert)]
    rows = {}
    for one in filled:
        table = one.find(exp.Table).name
        rows[table] = rows.get(table, 0) + len(one.find(exp.Values).expressions)
    assert rows["law_duties"] == sum(len(edition.duties) for edition in CODE.editions.values())
    assert rows["law_stamp"] == 1


def test_tables_and_view_stand_in_a_schema():
    files = law_files(schema="police", as_at=date(2026, 4, 8), code=CODE)
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA police")
        fill_duckdb(connection, [made_up_case(3, around=date(2024, 5, 1))], "police.")
        for name in (CREATE, FILL, "3-obligations.sql"):
            connection.execute(files[name])
        assert connection.execute("SELECT count(*) > 0 FROM police.obligations").fetchone() == (True,)


def test_a_form_that_is_none_is_refused():
    with pytest.raises(vc.UnknownNameError, match=r"There is no form of the law 'table'\. Did you mean 'tables'"):
        sql(law="table")
