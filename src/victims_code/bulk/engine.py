"""Assessing whole tables in DuckDB: take in, check, and ask the statement."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked
from victims_code.bulk.database import in_our_words
from victims_code.bulk.fragments import literal, words
from victims_code.bulk.inputs import TableSource, columns_left_out, register_inputs
from victims_code.bulk.results import BulkAssessment, Progress, Rows
from victims_code.bulk.rules import Extent, rules_of
from victims_code.bulk.statement import MACROS, last_day_of, law_tables, statement, statement_using_law_tables
from victims_code.bulk.steps import ANSWERS, Terms
from victims_code.bulk.steps.answer import ORDER, columns_of
from victims_code.bulk.steps.law import law_words
from victims_code.bulk.table_reader import TableReader
from victims_code.bulk.tables import FAULTS, INPUTS, Shape, Tables
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
"""From how many events on the working tables are in a file and not in memory."""
_SMALL = 2_000
"""Up to how many events a run takes longer to plan than to carry out."""
_WORTH_PLANNING = ("filter_pushdown", "unused_columns")
"""What makes even a small run quicker."""
_FAULT_COLUMNS = tuple(column.name for column in FAULTS)
_TURN = f"""list_position([{", ".join(map(literal, INPUTS))}], "table")"""
"""The tables in the order in which their faults are told."""


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
    with ExitStack() as if_it_fails:
        folder = TemporaryDirectory(prefix="victims-code-", dir=temp_dir)
        if_it_fails.callback(folder.cleanup)
        connection = _connect(folder.name, memory_limit, threads)
        if_it_fails.callback(connection.close)
        sources = register_inputs(connection, tables, Path(folder.name))
        with in_our_words("the tables", CaseError):
            how_many = _one(connection, "SELECT count(*) FROM given_events")
            _create_work_schema(connection, Path(folder.name), how_many)
            if how_many <= _SMALL:
                _plan_little(connection, threads)
            reading = TableReader(connection=connection, sources=sources, law=law, as_at=day, known_on=known)
            totals = reading.run()
            governing = _governing(connection, law, day)
            rules = rules_of(law, governing)
        optional = {f"{name}.{column}" for name, source in sources.items() for column in source.types}
        terms = Terms(
            rules=rules,
            calendar=days,
            shape=Shape.of({*sources, "cases"}, optional | {"events.sequence"}, numbered=True),
            as_at="getvariable('as_at')",
            known_on=None if known is None else "getvariable('known_on')",
            last_day=last_day,
        )
        standing = evolve(terms, rules=rules_of(law, governing, extent=Extent.STANDING))
        _set_up(connection, terms, standing, day, known)
        if how_many > _SMALL:
            # The statement says in which order tables are best joined; DuckDB's guess, which knows no sizes, is worse.
            # Pulling up projections changes nothing in so large a statement and is a third of the time for planning it.
            connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side,projection_pullup'")
        rows = _Answers(
            connection=connection,
            terms=terms,
            of_standing=standing,
            lots=_lots(connection, terms.shape, batch_size),
            progress=progress,
        )
        answer = BulkAssessment(
            obligations=rows.obligations(),
            standing=rows.standing(),
            owed=rows.owed(),
            faults=rows.faults(reading.write_out_faults),
            warnings=rows.warnings(sources["events"]),
            unknown_ages=rows.unknown_ages(),
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
        if_it_fails.pop_all()
    return answer


_WITHOUT_A_DATE = {
    "track": "? AS track",
    "days_late": "CAST(NULL AS INT) AS days_late",
    **{name: f"CAST(NULL AS DATE) AS {name}" for name in ("due_on", "due_on_if_enhanced", "act_by", "discharged_on")},
}
"""What the columns of obligations hold for a standing duty, which has one limit for all: none."""


@frozen(kw_only=True)
class _Answers:
    """The questions to the statement, lot by lot of cases, asked when their rows are read."""

    connection: duckdb.DuckDBPyConnection
    terms: Terms
    of_standing: Terms
    lots: tuple[str, ...]
    progress: Progress

    def obligations(self) -> Rows:
        """Every obligation of every case that has a deadline or that a record can show done."""
        return self._answers(self.terms, self._statement)

    def standing(self) -> Rows:
        """The others."""
        return self._answers(self.of_standing, statement(self.of_standing))

    def owed(self) -> Rows:
        """All of them, in the columns of the obligations, those of a lot of cases one after the other."""
        obligations, standing = self.obligations(), self.standing()
        cells = ", ".join(_WITHOUT_A_DATE.get(name, f'"{name}"') for name in (*obligations.columns, *ORDER[:3]))
        cells = cells.replace("?", self.terms.word("track", "single"))
        others = tuple(f"SELECT {cells} FROM ({part}) AS standing" for part in standing.parts)
        return evolve(obligations, name="owed", parts=(*obligations.parts, *others))

    def _answers(self, terms: Terms, query: str) -> Rows:
        extent, words = terms.rules.extent, (*ANSWERS, "trigger_event")
        columns = tuple(column.name for column in columns_of(extent))
        return self._rows((extent or Extent.OBLIGATIONS).value, query, columns, ORDER, words=words)

    def faults(self, write_out: Callable[[], None]) -> Rows:
        """What was set aside in reading the tables, once it is written out."""
        return Rows(
            connection=self.connection,
            name="faults",
            parts=("SELECT * FROM work.faults",),
            columns=_FAULT_COLUMNS,
            order=(_TURN, '"row"', "code", '"column"', "message"),
            prepare=cache(write_out),
        )

    def warnings(self, events: TableSource) -> Rows:
        """What was assessed and deserves a look."""
        order = ("case_number", _TURN, '"row"', "code", "message")
        return self._rows("warnings", warnings_of(self.terms, events, self._statement), _FAULT_COLUMNS, order)

    def unknown_ages(self) -> Rows:
        """The people of whom it is not known whether they were under age."""
        return self._rows("unknown ages", unknown_ages_of(self.terms), UNKNOWN_AGES, ("case_number", "victim_number"))

    @property
    def _statement(self) -> str:
        return statement_using_law_tables(self.terms)

    def _rows(
        self, name: str, query: str, columns: tuple[str, ...], order: tuple[str, ...], words: tuple[str, ...] = ()
    ) -> Rows:
        return Rows(
            connection=self.connection,
            name=name,
            parts=tuple(query.replace("WITH ", f"WITH {lot}, ", 1) for lot in self.lots),
            columns=columns,
            order=order,
            words=words,
            progress=self.progress,
        )


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


def _set_up(
    connection: duckdb.DuckDBPyConnection, terms: Terms, standing: Terms, as_at: date, known_on: date | None
) -> None:
    """Give the database the date of assessment, the words, the macros and the law."""
    connection.execute("SET VARIABLE as_at = ?", [as_at])
    if known_on is not None:
        connection.execute("SET VARIABLE known_on = ?", [known_on])
    for name, listed in law_words(terms, standing):
        connection.execute(f"CREATE TYPE {name} AS ENUM ({words(listed)})")
    for needed in (*MACROS, *law_tables(terms)):
        connection.execute(needed)


def _plan_little(connection: duckdb.DuckDBPyConnection, threads: int | None) -> None:
    """Leave out what costs more time than it saves where there are few rows."""
    known = (name for (name,) in connection.execute("SELECT name FROM duckdb_optimizers()").fetchall())
    connection.execute("SET disabled_optimizers = ?", [",".join(name for name in known if name not in _WORTH_PLANNING)])
    if threads is None:
        connection.execute("SET threads = 1")


def _create_work_schema(connection: duckdb.DuckDBPyConnection, folder: Path, how_many: int) -> None:
    """Where the working tables stand: in memory, or if there are very many events in a file."""
    if how_many < _LARGE:
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


_SOUND = {name: f"{name}_sound" for name in ("events", "assertions", "spokespersons", "offence_victims")}
_SOUND["offences"] = "offence_list"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
