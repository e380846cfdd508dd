"""The law as tables of a database: how each is created and filled, and as CSV; the view reads them.

What a database writes differently is a row of data here, dialect by dialect.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from attrs import evolve, frozen

from victims_code._version import __version__
from victims_code.bulk.dialects import name_in_dialect
from victims_code.bulk.fragments import Cell
from victims_code.bulk.names import Name
from victims_code.bulk.rules import rules_of
from victims_code.bulk.steps import Terms
from victims_code.bulk.steps.law import LawColumn, LawTable, days_table, named_table, tables_of_law

STAMP = "law_stamp"
"""The table that says which law the others hold."""


def stored_tables(terms: Terms) -> tuple[LawTable, ...]:
    """Every table of the law, for all duties, and last the stamp, whose hash is that of all the others."""
    rules = rules_of(terms.rules.law, extent=None, few_ways=True)
    whole = evolve(terms, rules=rules, tables_hash=None)
    tables = (named_table(whole), days_table(whole), *tables_of_law(whole))
    stamp = (
        _hash_of(tables),
        rules.law.data_hash,
        str(rules.law.version),
        ", ".join(edition.id for edition in rules.editions),
        terms.calendar.version,
        terms.last_day,
        __version__,
    )
    columns = (
        LawColumn("tables_hash", "text", "The hash of all the tables of the law; the view was made for one"),
        LawColumn("data_hash", "text", "The hash of the law they were made from"),
        LawColumn("law_version", "text", "The version of the law"),
        LawColumn("editions", "text", "The editions of the Code"),
        LawColumn("calendar", "text", "The version of the calendar"),
        LawColumn("last_day", "day", "The last day of the calendar"),
        LawColumn("made_by", "text", "The version of victims-code"),
    )
    why = "Which law the tables hold; written last, so that tables half written have none"
    return *tables, LawTable(name=STAMP, stored_as=STAMP, why=why, key=("tables_hash",), columns=columns, rows=(stamp,))


def hash_of(tables: Sequence[LawTable]) -> str:
    """The hash in their stamp."""
    return str(tables[-1].rows[0][0])


def _hash_of(tables: Sequence[LawTable]) -> str:
    text = "\n".join(f"{table.stored_as}\n{as_csv(table)}" for table in tables)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def as_csv(table: LawTable) -> str:
    """A table as CSV with a header: texts in quotation marks, and nothing at all where a cell is null."""
    lines = [table.names, *(map(_in_csv, row) for row in table.rows)]
    return "".join(f"{','.join(line)}\n" for line in lines)


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, int) else '"' + cell.replace('"', '""') + '"'


# --- as statements ----------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class TableForm:
    """How a database writes a table: the types, the key, what may be null, comments, and how rows are put in.

    ``at_once`` is how many rows a statement puts in.
    """

    text: str = "VARCHAR({n})"
    number: str = "INTEGER"
    mark: str = "BIGINT"
    day: str = "DATE"
    a_day: str = "DATE '{day}'"
    key: str = ", PRIMARY KEY ({key})"
    needed: str = "{kind} NOT NULL"
    of_column: str = ""
    after: str = ""
    comment: str = ""
    at_once: int = 500
    backslash: bool = False


_FORMS: Mapping[str, TableForm] = MappingProxyType(
    {
        "duckdb": TableForm(text="VARCHAR", comment="COMMENT ON TABLE {table} IS {why};"),
        "postgres": TableForm(comment="COMMENT ON TABLE {table} IS {why};"),
        "tsql": TableForm(text="NVARCHAR({n})", number="INT", a_day="'{day}'"),
        "snowflake": TableForm(comment="COMMENT ON TABLE {table} IS {why};"),
        "bigquery": TableForm(
            text="STRING", number="INT64", mark="INT64", key=", PRIMARY KEY ({key}) NOT ENFORCED",
            of_column=" OPTIONS (description={meaning})", after=" OPTIONS (description={why})", backslash=True,
        ),
        "trino": TableForm(
            text="VARCHAR", key="", of_column=" COMMENT {meaning}", after=" COMMENT {why}"
        ),
        "athena": TableForm(text="STRING", number="INT", key="", needed="{kind}", of_column=" COMMENT {meaning}",
            after="\nLOCATION '{place}/{table}/' TBLPROPERTIES ('table_type' = 'ICEBERG')"),
        "spark": TableForm(
            text="STRING", number="INT", key="", needed="{kind} NOT NULL", of_column=" COMMENT {meaning}",
            after=" COMMENT {why}", backslash=True,
        ),
        "databricks": TableForm(
            text="STRING", number="INT", key=", CONSTRAINT {name}_key PRIMARY KEY ({key})",
            of_column=" COMMENT {meaning}", after=" COMMENT {why}", backslash=True,
        ),
    }
)  # fmt: skip


def create_tables(tables: Sequence[LawTable], dialect: str, schema: Sequence[Name] = ()) -> Iterator[str]:
    """The statements that create the tables, each with what it and its columns hold."""
    form = _FORMS[dialect]
    if dialect == "athena":
        form = evolve(form, backslash=True)  # it reads what creates a table as Hive does, and rows as Trino does
    for table in tables:
        called = name_in_dialect((*schema, Name(text=table.stored_as, quoted=False)), dialect)
        values = {
            "table": called,
            "name": table.stored_as,
            "key": ", ".join(table.key),
            "why": _text(table.why, form),
            "place": _PLACE,
        }
        columns = ",\n".join(f"  {_column(table, number, form)}" for number, _ in enumerate(table.columns))
        key = form.key.format(**values).replace(", ", ",\n  ", 1)
        after = form.after.format(**values)
        yield f"/* {table.why} */\nCREATE TABLE {called} (\n{columns}{key}\n){after};"
        if form.comment:
            yield form.comment.format(**values)


_PLACE = "s3://your-bucket/law"


def kinds_of(table: LawTable, dialect: str) -> Iterator[tuple[str, str]]:
    """The type of each column in a dialect, by its name."""
    for number, column in enumerate(table.columns):
        yield column.name, _kind(table, number, _FORMS[dialect])


def _kind(table: LawTable, number: int, form: TableForm) -> str:
    longest = max((len(str(row[number])) for row in table.rows), default=0)
    kinds = {"text": form.text, "number": form.number, "mark": form.mark, "day": form.day}
    return kinds[table.columns[number].kind].format(n=_room(longest))


def _column(table: LawTable, number: int, form: TableForm) -> str:
    column = table.columns[number]
    kind = _kind(table, number, form)
    kind = kind if column.can_be_empty else form.needed.format(kind=kind)
    if not form.of_column:
        return f"{column.name} {kind} /* {column.meaning} */"
    return f"{column.name} {kind}{form.of_column.format(meaning=_text(column.meaning, form))}"


def _room(longest: int) -> int:
    return next(n for n in (20, 100, 250, 1000, 4000) if n > longest * 1.25)


def fill_tables(tables: Sequence[LawTable], dialect: str, schema: Sequence[Name] = ()) -> Iterator[str]:
    """The statements that put the rows in, the stamp's last."""
    form = _FORMS[dialect]
    for table in tables:
        called = name_in_dialect((*schema, Name(text=table.stored_as, quoted=False)), dialect)
        for first in range(0, len(table.rows), form.at_once):
            rows = ",\n".join(
                f"({', '.join(_value(cell, form) for cell in row)})" for row in table.rows[first : first + form.at_once]
            )
            yield f"INSERT INTO {called} ({', '.join(table.names)}) VALUES\n{rows};"


def _value(cell: Cell, form: TableForm) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, date):
        return form.a_day.format(day=cell.isoformat())
    return str(int(cell)) if isinstance(cell, int) else _text(cell, form)


def _text(text: str, form: TableForm) -> str:
    """A text; T-SQL would lose what is not ASCII of one without its N."""
    text = text.replace("\\", "\\\\") if form.backslash else text
    quote = "\\'" if form.backslash else "''"
    return ("N" if form.text.startswith("NVARCHAR") else "") + "'" + text.replace("'", quote) + "'"
