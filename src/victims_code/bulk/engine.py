"""Assessing whole tables in DuckDB: take in, check, and ask the statement."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked
from victims_code.bulk.database import in_our_words
from victims_code.bulk.fragments import literal, words
from victims_code.bulk.inputs import columns_left_out, register_inputs
from victims_code.bulk.reading import TableReader
from victims_code.bulk.results import BulkAssessment, Progress, Rows
from victims_code.bulk.rules import rules_of
from victims_code.bulk.statement import MACROS, last_day_of, law_tables, statement_using_law_tables
from victims_code.bulk.steps import ANSWERS, Terms
from victims_code.bulk.steps.answer import ORDER
from victims_code.bulk.steps.law import law_words
from victims_code.bulk.tables import FAULTS, INPUTS, OBLIGATIONS, Shape, Tables
from victims_code.bulk.warnings import UNKNOWN_AGES, not_counted, unknown_ages_of, warnings_of
from victims_code.dates import Moment, civil_date
from victims_code.errors import CaseError, WrongValueError
from victims_code.extras import need
from victims_code.law import Law, load_law
from victims_code.working_days import WorkingDayCalendar, england_and_wales

if TYPE_CHECKING:
    import duckdb

    from victims_code.code import VictimsCode


_LARGE = 20_000_000
"""From how many events on the working tables stand in a file and not in memory."""


@checked
def assess(
    tables: Tables,
    *,
    as_at: Moment,
    known_on: Moment | None = None,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    output: str | Path | None = None,
    progress: Progress = False,
    batch_size: int = 250_000,
    memory_limit: str | None = None,
    threads: int | None = None,
    temp_dir: str | Path | None = None,
) -> BulkAssessment:
    """Every duty owed in every case of some tables, with the same answers as :meth:`victims_code.VictimsCode.assess`.

    :param tables: the tables of the record; each is the path of Parquet or CSV files, an Arrow table, a pandas or
        polars frame, or a DuckDB relation.
    :param as_at: the date of assessment; later events are left out.
    :param known_on: reproduce what was known on this day, of the record and of bank holidays alike.
    :param code: the law; by default the one that ships with the package.
    :param calendar: another calendar.
    :param output: write the obligations to this Parquet or CSV file, or as Parquet files to this folder.
    :param progress: True for a bar on standard error, or a function that is told how much is done, from 0 to 1.
    :param batch_size: how many cases are worked out together; fewer need less memory.
    :param memory_limit: what DuckDB may use, such as ``"4GB"``; beyond it, it works on disk.
    :param threads: how many threads it may use.
    :param temp_dir: a folder for what does not fit in memory; by default the system's.
    :raises CaseError: if a table or a column is missing or cannot be read.
    :raises WrongValueError: if ``batch_size``, ``threads``, ``memory_limit`` or ``temp_dir`` cannot be used.
    :raises CalendarRangeError: if the date of assessment lies outside the calendar.
    :raises MissingExtraError: if DuckDB or pyarrow is not installed (``pip install "victims-code[bulk]"``).

    >>> from datetime import date
    >>> import pyarrow as pa
    >>> events = pa.table({
    ...     "case_ref": ["1", "1"], "at": ["2026-04-02", "2026-04-08"],
    ...     "event": ["suspect-arrested", "victim-informed"],
    ...     "received": [None, None], "about": [None, "suspect-arrested"], "victim_ref": [None, "V1"],
    ...     "suspect_ref": ["S1", "S1"], "hearing_ref": [None, None], "recorded": [None, None]})
    >>> victims = pa.table({"case_ref": ["1"], "victim_ref": ["V1"], "born": ["1990-03-02"]})
    >>> with assess(Tables(events=events, victims=victims), as_at=date(2026, 4, 20)) as answer:
    ...     [row] = [row for row in answer.obligations.to_dicts() if row["duty"] == "inform-suspect-arrested"]
    >>> row["due_on"], row["due_on_if_enhanced"], row["status"]
    (datetime.date(2026, 4, 13), datetime.date(2026, 4, 7), 'cannot-tell')
    """
    _check_options(batch_size=batch_size, threads=threads, temp_dir=temp_dir)
    day, known = civil_date(as_at), None if known_on is None else civil_date(known_on)
    days = calendar or england_and_wales(known_on=known)
    law = load_law() if code is None else code.law
    last_day = last_day_of(rules_of(law), days, day)
    folder = TemporaryDirectory(prefix="victims-code-", dir=temp_dir)
    try:
        connection = _connect(folder.name, memory_limit, threads)
    except BaseException:
        folder.cleanup()
        raise
    try:
        sources = register_inputs(connection, tables, Path(folder.name))
        with in_our_words("the tables", CaseError):
            _create_work_schema(connection, Path(folder.name))
            reading = TableReader(connection=connection, sources=sources, law=law, as_at=day, known_on=known)
            totals = reading.run()
            rules = rules_of(law, _governing(connection, law, day))
    except BaseException:
        connection.close()
        folder.cleanup()
        raise
    optional = {f"{name}.{column}" for name, source in sources.items() for column in source.types}
    shape = Shape.of({*sources, "cases"}, optional | {"events.sequence"}, numbered=True)
    connection.execute("SET VARIABLE as_at = ?", [day])
    if known is not None:
        connection.execute("SET VARIABLE known_on = ?", [known])
    terms = Terms(
        rules=rules,
        calendar=days,
        shape=shape,
        as_at="getvariable('as_at')",
        known_on=None if known is None else "getvariable('known_on')",
        last_day=last_day,
    )
    for name, listed in law_words(terms):
        connection.execute(f"CREATE TYPE {name} AS ENUM ({words(listed)})")
    for needed in (*MACROS, *law_tables(terms)):
        connection.execute(needed)
    # The statement says in which order tables are best joined; DuckDB's guess, which knows no sizes, is worse.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    lots = _lots(connection, shape, batch_size)
    query = statement_using_law_tables(terms)
    warnings = warnings_of(terms, sources["events"], query)
    columns = tuple(column.name for column in FAULTS)
    turn = f"""list_position([{", ".join(map(literal, INPUTS))}], "table")"""
    answer = BulkAssessment(
        obligations=Rows(
            connection=connection,
            name="obligations",
            parts=tuple(_over(lot, query) for lot in lots),
            columns=tuple(column.name for column in OBLIGATIONS),
            order=ORDER,
            words=(*ANSWERS, "trigger_event"),
            progress=progress,
        ),
        faults=Rows(
            connection=connection,
            name="faults",
            parts=("SELECT * FROM work.faults",),
            columns=columns,
            order=(turn, '"row"', "code", '"column"', "message"),
            prepare=cache(reading.write_out_faults),
        ),
        warnings=Rows(
            connection=connection,
            name="warnings",
            parts=tuple(_over(lot, warnings) for lot in lots),
            columns=columns,
            order=("case_number", turn, '"row"', "code", "message"),
            progress=progress,
        ),
        unknown_ages=Rows(
            connection=connection,
            name="unknown ages",
            parts=tuple(_over(lot, unknown_ages_of(terms)) for lot in lots),
            columns=UNKNOWN_AGES,
            order=("case_number", "victim_number"),
            progress=progress,
        ),
        totals=totals,
        columns_left_out=tuple(
            f"{name}.{column}"
            for name, source in sources.items()
            for column in columns_left_out(source.table, source.types)
        ),
        stamp={
            "package": __version__,
            "law": law.version,
            "law_hash": law.data_hash,
            "calendar": days.version,
            "editions": [edition.id for edition in rules.editions],
            "as_at": day.isoformat(),
            "known_on": None if known is None else known.isoformat(),
            "records_not_counted": _one(
                connection, f"SELECT count(*) FROM work.events_sound WHERE {not_counted(terms)}"
            ),
        },
        temp_dir=folder,
    )
    if output is not None:
        answer.to_csv(output) if Path(output).suffix == ".csv" else answer.to_parquet(output)
    return answer


def _check_options(*, batch_size: object, threads: object, temp_dir: str | Path | None) -> None:
    """Refuse numbers with which nothing can be worked out, and a folder that is not there."""
    wrong = []
    for name, number in (("batch_size", batch_size), ("threads", 1 if threads is None else threads)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            wrong.append(faults.NUMBER_FROM_ONE_NEEDED.at(name, number=number))
    if temp_dir is not None and not Path(temp_dir).is_dir():
        wrong.append(faults.NO_SUCH_FOLDER.at("temp_dir", folder=str(temp_dir)))
    if wrong:
        raise WrongValueError(*wrong)


def _connect(folder: str, memory_limit: str | None, threads: int | None) -> duckdb.DuckDBPyConnection:
    need("bulk", "duckdb", "pyarrow", feature="Assessments in bulk")
    import duckdb

    connection = duckdb.connect(":memory:", config={"temp_directory": folder})
    if memory_limit is not None:
        try:
            connection.execute("SET memory_limit = ?", [memory_limit])
        except duckdb.Error:
            connection.close()
            raise WrongValueError(faults.NOT_AN_AMOUNT_OF_MEMORY.at("memory_limit", given=memory_limit)) from None
    if threads is not None:
        connection.execute("SET threads = ?", [threads])
    return connection


def _create_work_schema(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Where the working tables stand: in memory, or if there are very many events in a file."""
    if _one(connection, "SELECT count(*) FROM given_events") < _LARGE:
        connection.execute("CREATE SCHEMA work")
    else:
        connection.execute(f"ATTACH {literal(f'{folder}/work.duckdb')} AS work")


def _governing(connection: duckdb.DuckDBPyConnection, law: Law, as_at: date) -> frozenset[str]:
    """The editions under which something in the record can fall; without any record, the one in force."""
    query = 'SELECT min("at"), max("at") FROM work.events_sound'
    first, last = connection.execute(query).fetchall()[0]
    first, last = min(first or as_at, as_at), min(last or as_at, as_at)
    covers = [edition.info for edition in law.editions.values()]
    found = {c.id for c in covers if c.in_force_from <= last and (c.in_force_until or last) >= first}
    return frozenset(found or {max(covers, key=lambda cover: cover.in_force_from).id})


def _lots(connection: duckdb.DuckDBPyConnection, shape: Shape, at_once: int) -> tuple[str, ...]:
    """The tables of each lot of cases, by their numbers, as named queries."""
    how_many = max(1, _one(connection, "SELECT count(*) FROM work.cases"))
    tables = ["events", "victims", "cases"]
    more = (shape.assertions, shape.spokespersons, shape.offences, shape.offence_victims)
    tables += [name for name in more if name is not None]
    return tuple(
        ", ".join(
            f"{table} AS NOT MATERIALIZED (SELECT * FROM work.{_SOUND.get(table, table)}"
            f" WHERE case_ref BETWEEN {first} AND {first + at_once - 1})"
            for table in tables
        )
        for first in range(1, how_many + 1, at_once)
    )


def _over(lot: str, query: str) -> str:
    """A query over the tables of one lot of cases."""
    return query.replace("WITH ", f"WITH {lot}, ", 1)


_SOUND = {name: f"{name}_sound" for name in ("events", "assertions", "spokespersons", "offence_victims")}
_SOUND["offences"] = "offence_list"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
