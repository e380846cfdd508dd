"""The view in a real PostgreSQL, started for the test from Debian's packages: ``pytest -m postgres``."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bulk.test_dbt import AS_AT, build, dbt_program
from shared.engines import CODE, as_rows, both_of, differences, numbered, rows_of, told
from victims_code.bulk import INPUTS, law_files, sql
from victims_code.bulk.dbt import write_dbt_project
from victims_code.bulk.law_tables import stored_tables
from victims_code.bulk.statement import terms_of_tables
from victims_code.testing.made_up import made_up_case, turning_days

pytestmark = pytest.mark.postgres
TABLES = ("spokespersons", "offences", "offence_victims")
OPTIONAL = (*TABLES, *(f"{t.name}.{c.name}" for t in INPUTS.values() for c in t.columns if c.optional))
SETTINGS = ("SET enable_nestloop = off", "SET jit = off")
"""What docs/how-to/run-it-in-your-database.md asks for: PostgreSQL cannot guess the sizes of named queries."""
KINDS = {"text": "text", "moment": "timestamp", "day": "date", "truth": "boolean", "number": "bigint"}


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not found[-1].is_file():
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def server():
    """A server of its own in a temporary folder, run by someone without privileges."""
    import psycopg

    programs, port = _programs(), _free_port()
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="victims-code-postgres-") as folder:
        if who:
            shutil.chown(folder, "postgres", "postgres")

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [str(programs / program), "-D", f"{folder}/data", *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                **who,
            )

        run("initdb", "--auth=trust", "--username=test", "--encoding=UTF8", "--locale=C")
        run("pg_ctl", "start", "-w", "-l", f"{folder}/log", "-o", f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off")
        try:
            with psycopg.connect(
                f"host=127.0.0.1 port={port} user=test dbname=postgres", autocommit=True
            ) as connection:
                for setting in SETTINGS:
                    connection.execute(setting)
                yield connection
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


def fill(connection, cases) -> None:
    """The tables of the contract, with the cases in them."""
    for name, rows in rows_of(cases).items():
        columns = INPUTS[name].columns
        connection.execute(f"DROP TABLE IF EXISTS {name} CASCADE")
        connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c.name} {KINDS[c.kind]}' for c in columns)})")
        places = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {name} VALUES ({places})", [[row[column.name] for column in columns] for row in rows]
            )
        connection.execute(f"ANALYZE {name}")


@pytest.mark.parametrize("seed", range(6))
def test_the_view_gives_the_same_answers(server, seed):
    around = turning_days()[seed * 977 % len(turning_days())]
    when = {"as_at": around + timedelta(days=(5, 40, 100)[seed % 3])}
    if seed == 5:
        when["known_on"] = when["as_at"] - timedelta(days=20)

    def answer(cases):
        fill(server, cases)
        for of in ("obligations", "standing"):
            server.execute(sql("postgres", of=of, optional=OPTIONAL, code=CODE, **when))
        return server.execute(both_of("obligations", "standing")).fetchall()

    wrong = differences([made_up_case(seed * 1000 + n, around=around) for n in range(120)], **when, answer=answer)
    assert not wrong, told(wrong, **when)


def test_a_view_without_a_date_takes_todays(server):
    fill(server, [made_up_case(1, around=date(2024, 5, 1))])
    server.execute(sql("postgres", optional=OPTIONAL, code=CODE))
    (today,) = server.execute("SELECT current_date").fetchone()
    expected = as_rows(made_up_case(1, around=date(2024, 5, 1)), as_at=today, standing=False)
    assert server.execute("SELECT count(*) FROM obligations").fetchone() == (len(expected),)


def test_the_view_over_tables_of_the_law_gives_the_same_answers(server):
    when = {"as_at": date(2024, 7, 30)}
    files = law_files("postgres", optional=OPTIONAL, code=CODE, **when)
    server.execute("DROP TABLE IF EXISTS " + ", ".join(_LAW) + " CASCADE")
    for name in ("1-create-law-tables.sql", "2-fill-law-tables.sql"):
        server.execute(files[name])

    def answer(cases):
        fill(server, cases)
        for of in ("obligations", "standing"):
            server.execute(sql("postgres", of=of, law="tables", optional=OPTIONAL, code=CODE, **when))
        return server.execute(both_of("obligations", "standing")).fetchall()

    wrong = differences([made_up_case(3000 + n, around=date(2024, 5, 3)) for n in range(120)], **when, answer=answer)
    assert not wrong, told(wrong, **when)
    import psycopg

    server.execute("UPDATE law_stamp SET tables_hash = 'another'")
    with pytest.raises(psycopg.Error, match="not those this view was made for"):
        server.execute("SELECT count(*) FROM obligations")


_LAW = tuple(table.stored_as for table in stored_tables(terms_of_tables(OPTIONAL)))


def test_dbt_builds_the_project_in_postgres(server, tmp_path):
    dbt_program()
    for of in ("obligations", "standing"):
        server.execute(f"DROP VIEW IF EXISTS {of} CASCADE")
    server.execute("DROP TABLE IF EXISTS " + ", ".join(_LAW) + " CASCADE")
    cases = [made_up_case(4000 + n, around=date(2025, 5, 3)) for n in range(60)]
    fill(server, numbered(cases))
    write_dbt_project(tmp_path / "project", dialect="postgres", optional=OPTIONAL, code=CODE)
    project = tmp_path / "project"
    settings = project / "dbt_project.yml"
    asked = settings.read_text(encoding="utf-8").replace("record_schema: main", "record_schema: public")
    settings.write_text(asked, encoding="utf-8")
    info = server.info
    build(
        project,
        {"type": "postgres", "host": "127.0.0.1", "port": info.port, "user": "test", "password": "-", "threads": 1,
         "dbname": "postgres", "schema": "public"},
    )  # fmt: skip
    when = {"as_at": AS_AT}
    found = lambda _: server.execute(both_of("obligations", "standing")).fetchall()  # noqa: E731
    wrong = differences(cases, **when, answer=found)
    assert not wrong, told(wrong, **when)
