"""The view: what is asked of it stands in it."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from attrs import evolve

import victims_code as vc
from victims_code.bulk import DIALECTS, OBLIGATIONS, Tables, assess, sql
from victims_code.bulk.dialects import in_dialect, name_in_dialect
from victims_code.bulk.names import names_in
from victims_code.errors import WrongValueError


def create(connection, schema=""):
    """Tables with the contract's columns and no optional ones, and one case in them."""
    connection.execute(
        f"""CREATE TABLE {schema}events (case_ref VARCHAR, event VARCHAR, "at" DATE, received DATE, about VARCHAR,
            victim_ref VARCHAR, suspect_ref VARCHAR, hearing_ref VARCHAR, recorded DATE);
        CREATE TABLE {schema}victims (case_ref VARCHAR, victim_ref VARCHAR, born DATE);
        CREATE TABLE {schema}assertions (victim_ref VARCHAR, case_ref VARCHAR, fact VARCHAR, "value" BOOLEAN,
            since DATE, source VARCHAR);
        CREATE TABLE {schema}cases (case_ref VARCHAR, committed_on DATE, cjs_code VARCHAR);
        INSERT INTO {schema}events (case_ref, event, "at", suspect_ref)
            VALUES ('1', 'suspect-arrested', '2026-04-02', 'S1');
        INSERT INTO {schema}victims VALUES ('1', 'V1', '1990-03-02');
        INSERT INTO {schema}assertions VALUES ('V1', '1', 'persistently-targeted', true, NULL, NULL)"""
    )


QUERY = "SELECT due_on, status FROM {} WHERE duty = 'inform-suspect-arrested'"


def test_a_view_over_tables_with_the_contracts_columns_alone():
    with duckdb.connect() as connection:
        create(connection)
        connection.execute(sql(as_at=date(2026, 4, 7)))
        assert connection.execute(QUERY.format("obligations")).fetchall() == [(date(2026, 4, 7), "due-today")]
        columns = [row[0] for row in connection.execute("DESCRIBE obligations").fetchall()]
        assert columns == [column.name for column in OBLIGATIONS]


@pytest.mark.long
def test_a_view_without_a_date_takes_todays():
    """The due date is the first working day after Thursday 2 April 2026, which has passed whenever this runs."""
    with duckdb.connect() as connection:
        create(connection)
        connection.execute(sql())
        assert connection.execute(QUERY.format("obligations")).fetchall() == [(date(2026, 4, 7), "overdue")]


@pytest.mark.long
def test_tables_and_view_in_a_schema():
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA police")
        create(connection, "police.")
        connection.execute(sql(as_at=date(2026, 4, 8), schema="police", view="duties_owed"))
        assert connection.execute(QUERY.format("police.duties_owed")).fetchall() == [(date(2026, 4, 7), "overdue")]


def test_names_with_hyphens_and_spaces_are_quoted():
    with duckdb.connect() as connection:
        connection.execute('CREATE SCHEMA "my-project"')
        create(connection, '"my-project".')
        connection.execute(sql(as_at=date(2026, 4, 8), schema="my-project", view='"what is owed"'))
        found = connection.execute(QUERY.format('"my-project"."what is owed"')).fetchall()
        assert found == [(date(2026, 4, 7), "overdue")]


QUOTED = {
    "bigquery": "`my-project`.victims",
    "spark": "`my-project`.victims",
    "databricks": "`my-project`.victims",
    "tsql": "[my-project].victims",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_quotes_the_names_of_view_and_tables(dialect):
    names = names_in("my-project.victims.events", "schema")
    within = QUOTED.get(dialect, '"my-project".victims')
    assert name_in_dialect(names, dialect) == f"{within}.events"
    query = in_dialect(f"SELECT case_ref FROM {'.'.join(map(str, names))}", dialect)
    assert f"FROM {within}.events" in " ".join(query.split())


@pytest.mark.parametrize("option", ["view", "schema"])
@pytest.mark.parametrize(
    "text",
    ["x AS SELECT 1; DROP TABLE events; --", "", "a..b", "a.", ".a", "1st", '"a', '"a""b"', "a b", "a\x00", "[a]]"],
)
def test_what_is_not_a_name_is_refused(option, text):
    with pytest.raises(WrongValueError) as refused:
        sql(as_at=date(2026, 4, 8), **{option: text})
    assert [(fault.code, fault.location) for fault in refused.value.faults] == [("VC-NAME-004", option)]


def test_a_view_is_one_name():
    with pytest.raises(WrongValueError, match="more than one name"):
        sql(as_at=date(2026, 4, 8), view="police.obligations")


@pytest.mark.long
def test_a_query_alone_can_fill_a_table():
    with duckdb.connect() as connection:
        create(connection)
        connection.execute(f"CREATE TABLE kept AS {sql(as_at=date(2026, 4, 2), query_only=True)}")
        assert connection.execute(QUERY.format("kept")).fetchall() == [(date(2026, 4, 7), "not-yet-due")]


@pytest.mark.long
def test_another_law_and_another_calendar_are_in_the_statement():
    slower = vc.VictimsCode.load().with_changes(
        "two-days", title="two days instead of one", deadlines={"inform-suspect-arrested": {"enhanced": {"within": 2}}}
    )
    closed = vc.england_and_wales().with_changes(add={date(2026, 4, 8): "Office closed"})
    with duckdb.connect() as connection:
        create(connection)
        connection.execute(sql(as_at=date(2026, 4, 8), code=slower, view="changed"))
        assert connection.execute(QUERY.format("changed")).fetchall() == [(date(2026, 4, 8), "due-today")]
        connection.execute(sql(as_at=date(2026, 4, 8), code=slower, calendar=closed))
        assert connection.execute(QUERY.format("obligations")).fetchall() == [(date(2026, 4, 9), "not-yet-due")]


def test_a_date_outside_the_calendar_is_refused():
    with pytest.raises(vc.CalendarRangeError):
        sql(as_at=date(1066, 10, 14))


def test_every_optional_column_that_is_none_is_told():
    with pytest.raises(vc.UnknownNameError) as refused:
        sql(optional=["events.sequnce", "victim.capacity", "victims.capacity"])
    assert [fault.message for fault in refused.value.faults] == [
        "There is no optional column 'events.sequnce'.",
        "There is no optional column 'victim.capacity'.",
    ]
    assert "'events.sequence'" in refused.value.faults[0].hint


def test_a_law_of_dated_duties_alone_has_no_standing_duty():
    """As where a what-if works out only what it touches: the other table is empty, and not wrong."""
    law = vc.VictimsCode.load().law
    dated = {
        name: evolve(edition, duties={id_: duty for id_, duty in edition.duties.items() if duty.dated})
        for name, edition in law.editions.items()
    }
    few = vc.VictimsCode(law=evolve(law, editions=dated))
    event = {"case_ref": "1", "event": "suspect-arrested", "at": "2026-04-02", "victim_ref": None, "suspect_ref": "S1"}
    events = pa.Table.from_pylist([event])
    victims = pa.table({"case_ref": ["1"], "victim_ref": ["V1"], "born": ["1990-03-02"]})
    with assess(Tables(events=events, victims=victims), as_at=date(2026, 4, 8), code=few) as answer:
        assert answer.standing.to_dicts() == []
        assert answer.owed.to_dicts() == answer.obligations.to_dicts() != []
