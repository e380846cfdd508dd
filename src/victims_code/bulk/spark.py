"""The same statement in Spark, for those who outgrow one machine.

Spark plans a statement as a whole, and this one is more than its planner can take. So its named queries are asked one
after another: the rows of each are there before the next is planned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4
from warnings import warn

from victims_code.bulk.dialects import queries_in_dialect
from victims_code.bulk.inputs import columns_left_out, missing_tables, wrong_columns
from victims_code.bulk.rules import Extent
from victims_code.bulk.statement import statement, terms_of_view
from victims_code.bulk.tables import INPUTS, InputTable, Shape, Tables
from victims_code.dates import Moment
from victims_code.errors import CaseError
from victims_code.extras import need
from victims_code.faults import COLUMN_READ_AS_EMPTY
from victims_code.working_days import WorkingDayCalendar

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from victims_code.code import VictimsCode


_KINDS = {"text": "STRING", "moment": "DATE", "day": "DATE", "truth": "BOOLEAN", "number": "BIGINT"}


def assess(
    spark: SparkSession,
    tables: Tables,
    *,
    as_at: Moment,
    known_on: Moment | None = None,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    of: str = Extent.OBLIGATIONS,
    temp_dir: str | None = None,
) -> DataFrame:
    """Every duty owed in every case of some tables, with the same answers as :func:`victims_code.bulk.assess`.

    The answer has the columns of
    :data:`victims_code.bulk.OBLIGATIONS` or, for the duties that have no deadline and that no record can show done, of
    :data:`victims_code.bulk.STANDING`. Its rows have been worked out when it is returned. Rows are taken as they
    are: what :func:`victims_code.bulk.assess` would set aside is not looked for here. A column
    that may be left out and is missing is read as empty, with a Python warning that names it.

    :param spark: the session to work in. Times with a zone become the civil date they have in London.
    :param tables: the tables of the record, as frames of Spark.
    :param as_at: the date of assessment; later events are left out.
    :param known_on: reproduce what was known on this day, of the record and of bank holidays alike.
    :param code: the law; by default the one that ships with the package.
    :param calendar: another calendar.
    :param of: ``obligations`` or ``standing``.
    :param temp_dir: a folder that every machine can reach, such as ``s3://…`` or ``dbfs:/…``. The rows of each query
        are written below it and stay there, so that a machine may be lost on the way; without one they stand with the
        executors, as long as these live.
    :raises CaseError: if a table or column is missing, with every fault.
    :raises CalendarRangeError: if the date of assessment lies outside the calendar.
    :raises MissingExtraError: if pyspark or sqlglot is not installed (``pip install "victims-code[spark]"``).
    """
    need("spark", "pyspark", "sqlglot", feature="Tables in Spark")
    _make_sure_all_is_there(tables)
    columns = {f"{name}.{column}" for name, frame in tables.given.items() for column in _types(frame)}
    shape = Shape.of(tables.given, columns)
    terms = terms_of_view(shape, as_at=as_at, known_on=known_on, code=code, calendar=calendar, of=of)
    prefix, views = f"victims_code_{uuid4().hex}_", []
    try:
        for name, frame in tables.given.items():
            _typed(INPUTS[name], frame).createOrReplaceTempView(prefix + name)
            views.append(prefix + name)
        for name, query in queries_in_dialect(statement(terms), "spark", prefix=prefix):
            rows = _kept(spark, spark.sql(query), temp_dir and f"{temp_dir}/{prefix}{name or of}")
            if name:
                rows.createOrReplaceTempView(prefix + name)
                views.append(prefix + name)
    finally:
        for view in views:
            spark.catalog.dropTempView(view)
    return rows


def _make_sure_all_is_there(tables: Tables) -> None:
    faults = [*missing_tables(tables)]
    for name, frame in tables.given.items():
        faults += wrong_columns(INPUTS[name], _types(frame))
    if faults:
        raise CaseError(*faults)
    for name, frame in tables.given.items():
        for column in columns_left_out(INPUTS[name], _types(frame)):
            warn(f"{name}: {COLUMN_READ_AS_EMPTY.at(name=column).message}", stacklevel=3)


def _types(frame: DataFrame) -> dict[str, str]:
    return {name.lower(): kind for name, kind in frame.dtypes}


def _typed(table: InputTable, frame: DataFrame) -> DataFrame:
    """The columns of the contract that are there, each of the type the statement counts on."""
    types = _types(frame)
    cells = []
    for column in table.columns:
        if column.name in types:
            cell = f"`{column.name}`"
            if types[column.name] == "timestamp":  # a point in time, which has another date in another place
                cell = f"convert_timezone('Europe/London', CAST({cell} AS TIMESTAMP_NTZ))"
            cells.append(f"CAST({cell} AS {_KINDS[column.kind]}) AS `{column.name}`")
        elif column.read_as_empty:
            cells.append(f"CAST(NULL AS {_KINDS[column.kind]}) AS `{column.name}`")
    return frame.selectExpr(*cells)


def _kept(spark: SparkSession, rows: DataFrame, folder: str | None) -> DataFrame:
    """The same rows worked out, and no longer bound to how that was done."""
    if folder is None:
        return rows.localCheckpoint()
    rows.write.parquet(folder)
    return spark.read.parquet(folder)
