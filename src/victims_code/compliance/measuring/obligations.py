"""A table of obligations, opened for measuring: read from wherever it is, checked, and joined with the law.

This is the only module of the room that imports DuckDB. The table is scanned where it lies; what is kept is a narrow
copy with one small code for each name, so that a force's year fits in a fraction of its size.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from glob import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.assessment import Assessment, Status, Track
from victims_code.bulk import BulkAssessment
from victims_code.bulk.csv_files import HINT, PROBLEM, is_csv, read_csv_files
from victims_code.bulk.database import in_our_words
from victims_code.bulk.tables import INPUTS, OBLIGATIONS
from victims_code.code import VictimsCode
from victims_code.compliance.measuring.filtering import Filter, Where, filter_of
from victims_code.compliance.measuring.frames import arrow_to_pandas, arrow_to_polars
from victims_code.compliance.measuring.grouping import Dimension, dimensions
from victims_code.compliance.measuring.lacking import lacking
from victims_code.errors import CaseError, WrongTypeError, WrongValueError
from victims_code.extras import need
from victims_code.faults import Fault
from victims_code.figures import publication_defaults
from victims_code.vocabulary import listed_in_a_cell

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from duckdb import DuckDBPyConnection

Table: TypeAlias = object
"""A path to a Parquet or CSV file, a DuckDB relation, an Arrow table, or a pandas or polars frame."""

_KINDS = {"text": "VARCHAR", "day": "DATE", "number": "INTEGER"}
_COLUMNS = {column.name: _KINDS[column.kind] for column in OBLIGATIONS}
_MAY_LACK = ("id", "title", "part", "act_by", "missing_facts", "trigger_event", "suspect_ref", "hearing_ref")
_NEEDED: Mapping[str, str] = {name: kind for name, kind in _COLUMNS.items() if name not in _MAY_LACK}
_OPTIONAL: Mapping[str, str] = {**{name: _COLUMNS[name] for name in _MAY_LACK}, "good_reason": "BOOLEAN"}
_MUST_HOLD_A_VALUE = ("case_ref", "duty", "edition", "track", "triggered_on", "status")
_NO_DIMENSIONS = frozenset({"id", "title", "act_by"})
"""Columns of obligations that nothing is grouped by, so that another table may call a column so."""
_NO_GROUPS = ("born", "committed_on")
"""Dates in the tables of cases and victims are no groups, and a date of birth tells who someone is."""
_GIVEN = (
    "id", "case_ref", "victim_ref", "owed_by", "trigger_event", "suspect_ref", "hearing_ref", "triggered_on", "due_on",
    "due_on_if_enhanced", "discharged_on",
)  # fmt: skip
"""The columns of the table as it came that are joined for lists and frames, under ``given_`` and their names."""
_FRAME = (
    "given_id AS id", "given_case_ref AS case_ref", "given_victim_ref AS victim_ref", "duty", "title",
    'part AS "right"', "edition", "provider AS owed_by", "track", "given_trigger_event AS trigger_event",
    "given_suspect_ref AS suspect_ref", "given_hearing_ref AS hearing_ref", "given_triggered_on AS triggered_on",
    "given_due_on AS due_on", "given_due_on_if_enhanced AS due_on_if_enhanced", "act_by",
    "given_discharged_on AS discharged_on", "status", "days_late", "good_reason", "evidence", "missing_facts",
    "format('{}-{:02d}', month // 100, month % 100) AS month",
    "format('{}-Q{}', month // 100, (month % 100 + 2) // 3) AS quarter",
    "format('{}/{:02d}', financial_year, (financial_year + 1) % 100) AS financial_year",
    "format('{}/{:02d} Q{}', financial_year, (financial_year + 1) % 100, financial_quarter) AS financial_quarter",
)  # fmt: skip
_ORDER = "given_case_ref, given_victim_ref, part, duty, given_triggered_on, given_id, given_suspect_ref"
_PERIODS_BY = ("triggered_on", "due_on", "discharged_on")


@frozen(kw_only=True, eq=False)
class Obligations:
    """A table of obligations, opened once and measured as often as wanted.

    ``columns`` names the optional columns it has; ``dimensions`` what it can be grouped by. Close it, or use it in a
    ``with`` statement, to give its memory back.
    """

    connection: DuckDBPyConnection = field(repr=False)
    code: VictimsCode = field(repr=False)
    columns: frozenset[str]
    dimensions: Mapping[str, Dimension] = field(repr=False)
    editions: tuple[str, ...]
    periods_by: str
    set_aside: int | None = None
    """How many rows of the tables behind it were set aside as faulty; None where that is not known."""
    records_not_counted: int | None = None
    """How many records are later than the date of assessment and not counted; None where that is not known."""
    made_from: str | None = None
    """The tables of the record behind it, in words; None where that is not known."""
    not_given: tuple[str, ...] = ()
    """In sentences: which tables, columns or parts of a mapping were not given, and what each costs."""
    unknown_ages: Mapping[str, int] | None = None
    """How many victims' Enhanced Rights hang on a missing date alone, by the date; None where that is not known."""
    facts_not_read: int | None = None
    """How many stated facts are neither true nor false, and count as not known; None where that is not known."""
    notes: Mapping[str, int] | None = None
    """What was noted while an extract was read, by kind of fault and how often; None for other tables."""
    again: Callable[[VictimsCode], Obligations] | None = field(default=None, repr=False)
    """How the same record is worked out under another Code; None where the record behind the table is not known."""
    table: str = field(default="obligation", repr=False)
    """The narrow copy that measures are counted in."""
    filter: Filter | None = None
    """Which of the obligations are counted; None counts all."""

    @classmethod
    def open(
        cls,
        source: Table | Sequence[Assessment] | Obligations,
        *,
        cases: Table | None = None,
        victims: Table | None = None,
        code: VictimsCode | None = None,
        periods_by: str = "triggered_on",
    ) -> Obligations:
        """Open a table, or the results of :meth:`victims_code.VictimsCode.assess`.

        :param source: the obligations table of the contract, as a path to a Parquet or CSV file, a DuckDB relation, an
            Arrow table, a pandas or polars frame, or an answer of :func:`victims_code.bulk.assess`; or assessments.
            Optional columns: ``missing_facts`` (a list, or text joined with ``; ``), ``good_reason``,
            ``trigger_event``, ``suspect_ref``, ``hearing_ref``, ``id``, ``title``, ``part``, ``act_by``. Any further
            column can be grouped by.
        :param cases: a table with a row for each ``case_ref`` and columns to group by, such as ``force``.
        :param victims: a table with a row for each ``case_ref`` and ``victim_ref`` and columns to group by.
        :param code: the Code the obligations were worked out under; by default the one that ships with the package.
        :param periods_by: the date that says in which month, quarter and year an obligation falls: ``triggered_on``,
            ``due_on`` or ``discharged_on``.
        :raises WrongValueError: with every fault of every table.
        :raises MissingExtraError: if DuckDB is not installed.
        """
        if isinstance(source, Obligations):
            return source
        if periods_by not in _PERIODS_BY:
            raise WrongValueError(
                faults.NO_PERIODS_BY_THAT.at("periods_by", periods_by=periods_by, known=", ".join(_PERIODS_BY))
            )
        connection = _connect()
        opening = _Opening(connection=connection, code=code or VictimsCode.load(), periods_by=periods_by)
        opened = opening.run(source, cases, victims)
        if isinstance(source, list | tuple) and source:
            opened = evolve(opened, again=lambda changed: cls._again(source, cases, victims, changed, periods_by))
        if isinstance(source, BulkAssessment):
            tables = {totals.table for totals in source.totals}
            given = tuple(name for name in INPUTS if name in tables)
            unknown = {row["missing"]: row["rows"] for row in source.unknown_ages.counts("missing").to_pylist()}
            return evolve(
                opened,
                set_aside=sum(totals.set_aside for totals in source.totals),
                records_not_counted=int(str(source.stamp["records_not_counted"])),
                made_from=f"tables of {' and '.join(filter(None, (', '.join(given[:-1]), given[-1])))}",
                not_given=lacking(given, source.columns_left_out),
                unknown_ages=unknown,
            )
        return opened

    @classmethod
    def _again(
        cls,
        results: Sequence[Assessment],
        cases: Table | None,
        victims: Table | None,
        code: VictimsCode,
        periods_by: str,
    ) -> Obligations:
        """The same cases assessed under another Code."""
        made = [code.assess(one.case, as_at=one.stamp.as_at, known_on=one.stamp.known_on) for one in results]
        return cls.open(made, cases=cases, victims=victims, code=code, periods_by=periods_by)

    @checked
    def rows(self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query over ``obligation`` (the narrow copy) and ``given`` (the table as it came)."""
        given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        with in_our_words("obligations", WrongValueError):
            return self.connection.execute(query, given).fetchall()

    @checked
    def run(self, statement: str, parameters: Mapping[str, object] | None = None) -> None:
        """Run a statement that gives no rows."""
        with in_our_words("obligations", WrongValueError):
            self.connection.execute(statement, dict(parameters) if parameters else None)

    @checked
    def dimension(self, name: str, at: str = "by") -> Dimension:
        """Something to group by.

        :param at: where the name was given, for the error.
        :raises WrongValueError: naming what there is.
        """
        if name not in self.dimensions:
            from victims_code.faults import did_you_mean

            raise WrongValueError(
                faults.NOTHING_TO_GROUP_BY.at(
                    at, name=name, nearest=did_you_mean(name, self.dimensions, listing="There are")
                )
            )
        return self.dimensions[name]

    @property
    def total(self) -> int:
        """How many obligations there are."""
        return int(self.rows(f"SELECT count(*) FROM {self.table}")[0][0])

    @checked
    def where(self, where: Where | None) -> Obligations:
        """The obligations that have some values, to be measured; all measures say so. They share one connection.

        :param where: by column, a value or several, such as ``{"force": "North", "quarter": ["2025-Q1", "2025-Q2"]}``.
        :raises WrongValueError: naming every column that is not there, and every value that no obligation has.

        >>> from datetime import date
        >>> import victims_code as vc
        >>> reported = vc.Event(event="crime-reported", at=date(2026, 4, 1))
        >>> case = vc.Case(reference="A/1", victims=[vc.Victim(reference="V1")], events=[reported])
        >>> results = [vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))]
        >>> from_assessments(results).where({"duty": "refer-to-support"}).total
        1
        """
        if not where:
            return self
        chosen = filter_of(where, self)
        (number,) = self.rows("SELECT count(*) FROM duckdb_tables() WHERE starts_with(table_name, 'filtered_')")[0]
        table = f"filtered_{number}"
        self.run(f"CREATE TABLE {table} AS SELECT * FROM {self.table} WHERE {chosen.sql}", chosen.values)
        return evolve(self, table=table, filter=chosen)

    def to_arrow(self, *, drop_empty: bool = False, with_deadline: bool = False) -> pyarrow.Table:
        """The obligations as an Arrow table: the columns of the contract, the Right, periods, and your own columns.

        :param drop_empty: leave out the columns that are empty in every row.
        :param with_deadline: leave out the obligations of duties without a number of days, which are most.
        """
        chosen = self.filter or Filter(sql="true", values={}, words="")
        limited = "limited" if with_deadline else "true"
        own = [f"{d.sql} AS {_name(name)}" for name, d in self.dimensions.items() if d.own]
        query = f"SELECT {', '.join([*_FRAME, *own])} FROM joined WHERE {limited} AND {chosen.sql} ORDER BY {_ORDER}"
        with in_our_words("obligations", WrongValueError):
            found: pyarrow.Table = self.connection.sql(query, params=dict(chosen.values) or None).to_arrow_table()
        if not drop_empty:
            return found
        return found.select([name for name in found.column_names if found[name].null_count < found.num_rows])

    def to_pandas(self, *, drop_empty: bool = False, with_deadline: bool = False) -> pandas.DataFrame:
        """The obligations as a pandas frame, in the columns of :meth:`to_arrow`; dates are dates.

        :param drop_empty: leave out the columns that are empty in every row.
        :param with_deadline: leave out the obligations of duties without a number of days, which are most.
        :raises MissingExtraError: if pandas is not installed.
        """
        return arrow_to_pandas(self.to_arrow(drop_empty=drop_empty, with_deadline=with_deadline))

    def to_polars(self, *, drop_empty: bool = False, with_deadline: bool = False) -> polars.DataFrame:
        """The obligations as a polars frame, in the columns of :meth:`to_arrow`; dates are dates.

        :param drop_empty: leave out the columns that are empty in every row.
        :param with_deadline: leave out the obligations of duties without a number of days, which are most.
        :raises MissingExtraError: if polars is not installed.
        """
        return arrow_to_polars(self.to_arrow(drop_empty=drop_empty, with_deadline=with_deadline))

    @property
    def cautions(self) -> tuple[str, ...]:
        """Which of the editions are not law but drafts or hypothetical, in words."""
        found = (self.code.editions[edition].info for edition in self.editions)
        return tuple(f"{info.caution}{info.title}." for info in found if not info.is_law)

    def close(self) -> None:
        """Give the memory back; nothing can be measured afterwards."""
        self.connection.close()

    def __enter__(self) -> Obligations:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


@checked
def from_assessments(
    results: Iterable[Assessment],
    *,
    cases: Table | None = None,
    victims: Table | None = None,
    code: VictimsCode | None = None,
    periods_by: str = "triggered_on",
) -> Obligations:
    """The obligations of assessments, opened for measuring.

    :raises WrongValueError: if a table beside them does not fit.

    >>> from datetime import date
    >>> import victims_code as vc
    >>> case = vc.Case.from_yaml('''
    ... reference: A/1
    ... victims: [{reference: V1}]
    ... events: [{event: crime-reported, at: 2026-04-01}]
    ... ''')
    >>> obligations = from_assessments([vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))])
    >>> obligations.rows("SELECT status FROM obligation WHERE duty = 'refer-to-support'")
    [('overdue',)]
    """
    return Obligations.open(list(results), cases=cases, victims=victims, code=code, periods_by=periods_by)


def _connect() -> DuckDBPyConnection:
    need("report", "duckdb", feature="Measures of compliance")
    import duckdb

    connection = duckdb.connect(":memory:")
    connection.execute("SET autoinstall_known_extensions = false")  # nothing is fetched from a network
    connection.execute("SET TimeZone = 'Europe/London'") if _knows_zones(connection) else None
    return connection


def _knows_zones(connection: DuckDBPyConnection) -> bool:
    found = connection.execute("SELECT count(*) FROM duckdb_extensions() WHERE extension_name = 'icu' AND loaded")
    return bool(found.fetchall()[0][0])


@frozen(kw_only=True, eq=False)
class _Opening:
    """One opening of a table: what is read, what is wrong with it, and what becomes of it."""

    connection: DuckDBPyConnection
    code: VictimsCode
    periods_by: str
    faults: list[Fault] = field(factory=list)
    odd: dict[str, int] = field(factory=dict)
    """How many rows of each CSV file do not fit it."""

    def run(self, source: object, cases: object, victims: object) -> Obligations:
        self._read("source", source)
        has = self._columns("source")
        self._columns_are_there(has)
        self._stop_if_faulty()
        self._typed(has)
        beside = {
            **self._beside("cases", cases, ("case_ref",)),
            **self._beside("victims", victims, ("case_ref", "victim_ref")),
        }
        self._no_name_twice(has, beside)
        self._stop_if_faulty()
        self._values_are_known()
        self._stop_if_faulty()
        self._law()
        own = [name for name in has if name not in _NEEDED and name not in _OPTIONAL]
        extra = {name: f"given.{_name(name)}" for name in own} | beside
        self._narrow(frozenset(has) & set(_OPTIONAL), extra)
        editions = [row[0] for row in self._rows("SELECT DISTINCT edition::VARCHAR FROM obligation ORDER BY 1")]
        return Obligations(
            connection=self.connection,
            code=self.code,
            columns=frozenset(has) & set(_OPTIONAL),
            dimensions=MappingProxyType({d.name: d for d in dimensions(self.code, editions, tuple(extra))}),
            editions=tuple(editions),
            periods_by=self.periods_by,
            set_aside=sum(self.odd.values()) if any(self.odd.values()) else None,
        )

    # --- reading ------------------------------------------------------------------------------------------------

    def _read(self, name: str, table: object) -> None:
        """Make a table readable under a name, without copying it where that can be helped."""
        if isinstance(table, str | Path):
            self._read_file(name, Path(table))
        elif isinstance(table, list | tuple) and all(isinstance(item, Assessment) for item in table):
            self._read_assessments(name, table)
        elif (write := _writer_of(table)) is not None:
            # it belongs to another connection, so it is handed over as a file
            with tempfile.TemporaryDirectory(prefix="victims-code-") as folder:
                path = str(Path(folder) / f"{name}.parquet")
                write(path)
                self._run(f"CREATE TABLE {name} AS SELECT * FROM read_parquet({_text(path)})")
        else:
            try:
                self.connection.register(name, table)
            except Exception:
                raise WrongTypeError(faults.NOT_A_TABLE.at(name, kind=type(table).__name__)) from None

    def _read_file(self, name: str, path: Path) -> None:
        if not is_csv(path) and path.suffix.lower() != ".parquet":
            raise WrongValueError(faults.NOT_A_TABLE_FILE.at(str(path), name=path.name))
        if not path.exists():
            raise WrongValueError(faults.NO_TABLE_FILE.at(str(path), path=path))
        if is_csv(path):
            self._read_csv(name, path)
            return
        with in_our_words(str(path), WrongValueError):
            self.connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_text(escape(str(path)))})")

    def _read_csv(self, name: str, path: Path) -> None:
        """The rows that fit; those that do not are counted."""
        known = {"cases": ("case_ref",), "victims": ("case_ref", "victim_ref")}.get(name, tuple(_COLUMNS))
        with tempfile.TemporaryDirectory(prefix="victims-code-") as folder:
            try:
                found = read_csv_files([path], Path(folder) / "rows.parquet", name=name, known=known, only=False)
            except CaseError as problem:
                raise WrongValueError(*problem.faults) from None
            self.odd[name] = found.odd
            self._run(
                f"CREATE TABLE {name} AS SELECT * EXCLUDE ({_name(PROBLEM)}, {_name(HINT)})"
                f" FROM read_parquet({_text(str(found.parquet))}) WHERE {_name(PROBLEM)} IS NULL"
            )

    def _read_assessments(self, name: str, results: Sequence[Assessment]) -> None:
        with tempfile.TemporaryDirectory(prefix="victims-code-") as folder:
            path = Path(folder) / "obligations.json"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(row) + "\n" for row in _rows_of(results))
            types = ", ".join(f"{_text(column)}: {_text(kind)}" for column, kind in {**_NEEDED, **_OPTIONAL}.items())
            self._run(
                f"CREATE TABLE {name} AS SELECT * FROM read_json({_text(str(path))},"
                f" format = 'newline_delimited', columns = {{{types}}})"
            )

    def _columns(self, name: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self._rows(f"DESCRIBE {name}")}

    # --- checking -----------------------------------------------------------------------------------------------

    def _columns_are_there(self, has: Mapping[str, str]) -> None:
        for column in _NEEDED:
            if column not in has:
                self.faults.append(faults.OBLIGATIONS_WITHOUT_A_COLUMN.at("obligations", column=column))

    def _typed(self, has: Mapping[str, str]) -> None:
        """The table with every column of the kind it must be; what cannot be read as that is a fault."""
        kinds = {**_NEEDED, **_OPTIONAL}
        columns, checks = [], []
        for name, kind in has.items():
            own = f"source.{_name(name)}"
            if name == "missing_facts" and kind.endswith("[]"):
                own = f"array_to_string({own}, '; ')"
            wanted = kinds.get(name, "VARCHAR")
            if kind == "VARCHAR":
                own = f"nullif({own}, '')"
            read = own if kind == wanted else f"TRY_CAST({own} AS {wanted})"
            columns.append(f"{read} AS {_name(name)}")
            if name in kinds:
                checks.append((name, f"count(*) FILTER ({own} IS NOT NULL AND {read} IS NULL)", f"is no {wanted}"))
            if name in _MUST_HOLD_A_VALUE:
                checks.append((name, f"count(*) FILTER ({own} IS NULL)", "is empty"))
        self._run(f"CREATE VIEW given AS SELECT {', '.join(columns)} FROM source")
        (counts,) = self._rows(f"SELECT {', '.join(check for _, check, _ in checks)} FROM source")
        for (name, _, what), count in zip(checks, counts, strict=True):
            if count:
                problem = what.replace("INTEGER", "whole number").lower()
                self.faults.append(
                    faults.OBLIGATIONS_OF_ANOTHER_KIND.at(
                        f"obligations, {name}", count=count, column=name, problem=problem
                    )
                )

    def _values_are_known(self) -> None:
        for column, known in (("status", Status), ("track", Track)):
            found = self._rows(f"SELECT {column}, count(*) FROM given GROUP BY 1 ORDER BY 1")
            for value, count in found:
                if value not in [member.value for member in known]:
                    self.faults.append(
                        faults.NO_SUCH_VALUE_IN_OBLIGATIONS.at(
                            f"obligations, {column}", count=count, column=column, value=value, known=", ".join(known)
                        )
                    )
        for edition, duty, count in self._rows("SELECT edition, duty, count(*) FROM given GROUP BY 1, 2 ORDER BY 1, 2"):
            at = "obligations, duty"
            if edition not in self.code.editions:
                self.faults.append(faults.NO_SUCH_EDITION_OF_OBLIGATIONS.at(at, count=count, edition=edition))
            elif duty not in self.code.editions[edition].duties:
                self.faults.append(faults.NO_SUCH_DUTY_OF_OBLIGATIONS.at(at, count=count, duty=duty, edition=edition))

    def _beside(self, name: str, table: object, key: tuple[str, ...]) -> dict[str, str]:
        """A table beside the obligations: its columns to group by, as they are read from the join."""
        if table is None:
            return {}
        self._read(name, table)
        has = self._columns(name)
        missing = [column for column in key if column not in has]
        if missing:
            self.faults.extend(faults.TABLE_BESIDE_WITHOUT_A_COLUMN.at(name, column=column) for column in missing)
            return {}
        keys = ", ".join(map(_name, key))
        repeated = self._rows(f"SELECT count(*) FROM (SELECT {keys} FROM {name} GROUP BY {keys} HAVING count(*) > 1)")
        if repeated[0][0]:
            joined = " and ".join(key)
            self.faults.append(faults.TABLE_BESIDE_WITH_REPEATED_ROWS.at(name, count=repeated[0][0], key=joined))
        return {column: f"{name}.{_name(column)}" for column in has if column not in key and column not in _NO_GROUPS}

    def _no_name_twice(self, has: Mapping[str, str], beside: Mapping[str, str]) -> None:
        taken = {d.name for d in dimensions(self.code, (), ())} | set(has) | set(_NEEDED) | set(_OPTIONAL)
        taken -= _NO_DIMENSIONS
        own = {name for name in has if name not in _NEEDED and name not in _OPTIONAL}
        reserved = {d.name for d in dimensions(self.code, (), ())} - set(_NEEDED)
        for name in sorted((set(beside) & taken) | (own & reserved)):
            self.faults.append(faults.GROUPING_NAME_TAKEN.at("columns to group by", name=name))

    # --- what is kept -------------------------------------------------------------------------------------------

    def _law(self) -> None:
        """What the law says of each duty, as a small table."""
        self._run(
            "CREATE TABLE law (edition VARCHAR, duty VARCHAR, part VARCHAR, strength VARCHAR, limited BOOLEAN,"
            " recordable BOOLEAN, shown_by VARCHAR, title VARCHAR)"
        )
        rows = [
            (
                edition.id,
                duty.id,
                edition.part_label(duty.part),
                duty.force.value,
                duty.dated,
                duty.discharged_by is not None,
                None if duty.discharged_by is None else duty.discharged_by.event,
                duty.title,
            )
            for edition in self.code.editions.values()
            for duty in edition.duties.values()
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.connection.execute(f"INSERT INTO law SELECT {', '.join('unnest(?)' for _ in columns)}", columns)

    def _narrow(self, optional: frozenset[str], extra: Mapping[str, str]) -> None:
        """The narrow copy, with a type of its own for every column of names."""
        for column in ("duty", "edition", "owed_by", "track", "status", "evidence"):
            self._names(column, f"SELECT DISTINCT {column} AS name FROM given")
        for column in ("part", "strength", "shown_by", "title"):
            self._names(column, f"SELECT DISTINCT {column} AS name FROM law")
        if "missing_facts" in optional:
            self._names("missing_facts", "SELECT DISTINCT missing_facts AS name FROM given")
        tables = {name: expression.split(".")[0] for name, expression in extra.items()}
        for name, expression in extra.items():
            self._names(f"own_{name}", f"SELECT DISTINCT {expression}::VARCHAR AS name FROM {tables[name]}")
        first = self._first_month
        moment = f"given.{self.periods_by}"
        month = f"CAST(year({moment}) * 100 + month({moment}) AS INTEGER)"
        force = extra.get("force")
        scope = "given.duty AS duty, given.edition AS edition" + ("" if force is None else f", {force} AS force")
        same = "" if force is None else f" AND recording.force IS NOT DISTINCT FROM {force}"
        joins = ""
        if "cases" in tables.values():
            joins += " LEFT JOIN cases ON cases.case_ref::VARCHAR = given.case_ref"
        if "victims" in tables.values():
            joins += (
                " LEFT JOIN victims ON victims.case_ref::VARCHAR = given.case_ref"
                " AND victims.victim_ref::VARCHAR = given.victim_ref"
            )
        columns = [
            "hash(given.case_ref) AS case_key",
            # a filter may be tried on the law, which has names that the table has not
            *(
                f"TRY_CAST(given.{name} AS {_type(name)}) AS {name}"
                for name in ("duty", "edition", "track", "status", "evidence")
            ),
            f"given.owed_by::{_type('owed_by')} AS provider",
            f"law.part::{_type('part')} AS part",
            f"law.strength::{_type('strength')} AS strength",
            f"law.shown_by::{_type('shown_by')} AS shown_by",
            "law.limited OR given.due_on IS NOT NULL AS limited",
            "law.recordable AS recordable",
            "recording.any_done AS recorded",
            "given.discharged_on IS NOT NULL AS done",
            "given.days_late AS days_late",
            f"{month} AS month",
            f"CAST(year({moment}) - CAST(month({moment}) < {first} AS INTEGER) AS INTEGER) AS financial_year",
            f"CAST((month({moment}) - {first} + 12) % 12 // 3 + 1 AS INTEGER) AS financial_quarter",
            "given.good_reason AS good_reason" if "good_reason" in optional else "NULL::BOOLEAN AS good_reason",
            f"given.missing_facts::{_type('missing_facts')} AS missing_facts"
            if "missing_facts" in optional
            else "NULL::VARCHAR AS missing_facts",
            *(
                f"({expression}::VARCHAR)::{_type(f'own_{name}')} AS {_name(f'own_{name}')}"
                for name, expression in extra.items()
            ),
        ]
        self._run(
            f"CREATE TABLE recording AS SELECT {scope}, bool_or(given.discharged_on IS NOT NULL) AS any_done"
            f" FROM given{joins} GROUP BY ALL"
        )
        act_by = "given.act_by" if "act_by" in optional else "least(given.due_on, given.due_on_if_enhanced)"
        beside = [
            *(
                f"{f'given.{name}' if name in optional or name in _NEEDED else 'NULL::VARCHAR'} AS given_{name}"
                for name in _GIVEN
            ),
            f"{act_by} AS act_by",
            f"law.title::{_type('title')} AS title",
        ]
        self._run(
            f"CREATE VIEW joined AS SELECT {', '.join([*columns, *beside])} FROM given"
            f" JOIN law ON law.edition = given.edition AND law.duty = given.duty{joins}"
            f" JOIN recording ON recording.duty = given.duty AND recording.edition = given.edition{same}"
        )
        known = ", ".join(column.rpartition(" AS ")[2] for column in columns)
        self._run(f"CREATE TABLE obligation AS SELECT {known} FROM joined")

    @property
    def _first_month(self) -> int:
        return publication_defaults().financial_year.first_month

    def _names(self, column: str, query: str) -> None:
        self._run(
            f"CREATE TYPE {_type(column)} AS ENUM (SELECT name FROM ({query}) WHERE name IS NOT NULL ORDER BY name)"
        )

    # --- small things -------------------------------------------------------------------------------------------

    def _run(self, statement: str) -> None:
        with in_our_words("obligations", WrongValueError):
            self.connection.execute(statement)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with in_our_words("obligations", WrongValueError):
            return self.connection.execute(query).fetchall()

    def _stop_if_faulty(self) -> None:
        if self.faults:
            self.connection.close()
            raise WrongValueError(*self.faults)


def _writer_of(table: object) -> Callable[[str], object] | None:
    """How a DuckDB relation, or an answer of the bulk engine, writes itself as Parquet; None if it is neither."""
    if isinstance(table, BulkAssessment):  # standing duties are counted too
        return table.owed.to_parquet
    return getattr(
        table, {"DuckDBPyRelation": "write_parquet", "Rows": "to_parquet"}.get(type(table).__name__, ""), None
    )


def _rows_of(results: Iterable[Assessment]) -> Iterator[dict[str, object]]:
    """The rows of the obligations table, column by column, of assessments."""
    others = {"case_ref": "case", "victim_ref": "victim", "suspect_ref": "suspect", "hearing_ref": "hearing"}
    others["trigger_event"] = "trigger"
    for result in results:
        for obligation in result.obligations:
            plain: Mapping[str, object] = obligation.to_dict()
            row = {name: plain[others.get(name, name)] for name in (*_NEEDED, *_OPTIONAL)}
            row["owed_by"] = "; ".join(obligation.owed_by)
            row["missing_facts"] = listed_in_a_cell(one.id for one in obligation.missing_facts)
            yield row


def _name(column: str) -> str:
    """A column's name as SQL."""
    return '"' + column.replace('"', '""') + '"'


def _text(value: str) -> str:
    """Text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def _type(column: str) -> str:
    """The name of the type for a column of names."""
    return _name(f"names of {column}")
