"""The statement: the law and the record joined in one query, step by step, ready to create as a view.

It is written in DuckDB's dialect; :mod:`victims_code.bulk.dialects` turns it into others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked
from victims_code.bulk.dialects import in_dialect, name_in_dialect
from victims_code.bulk.fragments import literal
from victims_code.bulk.law_tables import as_csv, create_tables, fill_tables, hash_of, stored_tables
from victims_code.bulk.names import Name, name_of, names_in
from victims_code.bulk.rules import Extent, Rules, rules_of
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.bulk.steps.answer import ORDER, answer, answer_steps, columns_of
from victims_code.bulk.steps.duties import duty_steps
from victims_code.bulk.steps.facts import facts_steps
from victims_code.bulk.steps.law import law_steps, stored_law_steps
from victims_code.bulk.steps.people import people_steps
from victims_code.bulk.steps.record import record_steps
from victims_code.bulk.steps.rights import rights_steps
from victims_code.bulk.tables import INPUTS, Shape
from victims_code.dates import Moment, civil_date
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.law import load_law
from victims_code.working_days import WorkingDayCalendar, england_and_wales

if TYPE_CHECKING:
    from victims_code.code import VictimsCode


@checked
def sql(
    dialect: str = "duckdb",
    *,
    as_at: Moment | None = None,
    known_on: Moment | None = None,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    optional: Collection[str] = (),
    of: str = Extent.OBLIGATIONS,
    view: str | None = None,
    query_only: bool = False,
    schema: str | None = None,
    law: str = "inline",
) -> str:
    """The law as one statement over the tables of :data:`victims_code.bulk.INPUTS`.

    There are two statements: ``obligations`` has every duty with a deadline or that a record can show done, and
    ``standing`` the duties with neither, of which nothing more can be said than that they are owed.

    :param dialect: one of :data:`victims_code.bulk.DIALECTS`.
    :param as_at: the date of assessment; without one the view takes the database's current date.
    :param known_on: reproduce what was known on this day, of the record and of bank holidays alike.
    :param optional: which of the optional columns the tables have, as ``events.sequence``; and ``spokespersons``,
        ``offences`` and ``offence_victims``, if there are those tables.
    :param of: ``obligations`` or ``standing``.
    :param view: the name of the view; by default that of the statement.
    :param query_only: give the query without the view.
    :param schema: the schema, or in BigQuery the dataset, in which the tables and the view are, such as
        ``my-project.victims``; without one they are looked for where the database looks by itself. Names that need
        quotation marks get those of the dialect.
    :param law: ``inline`` writes the law into the statement; ``tables`` reads it from the tables of
        :func:`law_files`, which makes the statement short.
    :raises UnknownNameError: if there is no such dialect, column, statement or form of the law.
    :raises WrongValueError: if the view or the schema is not a name.
    :raises CalendarRangeError: if the date of assessment lies outside the calendar.

    >>> "inform-suspect-arrested" in sql("postgres", as_at=date(2026, 4, 20))
    True
    """
    before = () if schema is None else names_in(schema, "schema")
    called = name_of(of if view is None else view, "view")
    terms = terms_of_tables(optional, before, as_at=as_at, known_on=known_on, code=code, calendar=calendar, of=of)
    if form_of(law) is LawForm.INLINE:
        query, stands = in_dialect(statement(terms), dialect), ""
    else:
        tables = stored_tables(terms)
        terms = evolve(terms, tables_hash=hash_of(tables))
        stored = tuple((table.name, table.stored_as) for table in tables)
        stored += tuple((table.stored_as, table.stored_as) for table in tables)
        query = in_dialect(short_statement(terms), dialect, stored=stored, schema=before)
        stands = f"; it reads the law from the tables law_*, whose hash must be {terms.tables_hash}"
    if query_only:
        return query
    rules = terms.rules
    editions = ", ".join(edition.id for edition in rules.editions)
    heading = (
        f"/* The law of {rules.law.version} ({rules.law.data_hash}), {editions}; calendar {terms.calendar.version}; "
        f"victims-code {__version__}{stands} */"
    )
    if dialect == "postgres":  # it cannot guess how many rows a named query has
        heading += "\n/* Ask the view in a session with: SET enable_nestloop = off; SET jit = off; */"
    return f"{heading}\nCREATE VIEW {name_in_dialect((*before, called), dialect)} AS\n{query};"


class LawForm(StrEnum):
    """Where a statement has the law: written into it, or in tables that are created and filled, or loaded from CSV."""

    INLINE = "inline"
    TABLES = "tables"
    CSV = "csv"


def form_of(law: str) -> LawForm:
    """The form of a name.

    :raises UnknownNameError: if there is no such form.
    """
    if law not in tuple(LawForm):
        nearest = did_you_mean(law, [form.value for form in LawForm], listing="Forms")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("law", kind="form of the law", name=law, nearest=nearest))
    return LawForm(law)


@checked
def law_files(
    dialect: str = "duckdb",
    *,
    as_at: Moment | None = None,
    known_on: Moment | None = None,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    optional: Collection[str] = (),
    law: str = "tables",
    schema: str | None = None,
) -> dict[str, str]:
    """The law as small tables, and the views that read them, as the files of a folder.

    ``1-create-law-tables.sql`` creates the tables; ``2-fill-law-tables.sql`` fills them, or there is one CSV file for
    each; ``3-obligations.sql`` and ``3-standing.sql`` create the two views of :func:`sql`. A view stops with an error
    if the tables are not those it was made for.

    :param law: ``tables`` or ``csv``.
    :param schema: where all tables and views are. The other parameters are those of :func:`sql`.
    :raises UnknownNameError: if there is no such dialect, column or form.
    :raises WrongValueError: if the schema is not a name.
    :raises CalendarRangeError: if the date of assessment lies outside the calendar.

    >>> sorted(law_files("postgres"))
    ['1-create-law-tables.sql', '2-fill-law-tables.sql', '3-obligations.sql', '3-standing.sql']
    """
    before = () if schema is None else names_in(schema, "schema")
    views = {
        f"3-{of}.sql": sql(
            dialect, as_at=as_at, known_on=known_on, code=code, calendar=calendar, optional=optional, of=of,
            schema=schema, law=LawForm.TABLES,
        ) + "\n"
        for of in Extent
    }  # fmt: skip
    terms = terms_of_tables(
        optional, before, as_at=as_at, known_on=known_on, code=code, calendar=calendar, of=Extent.OBLIGATIONS
    )
    tables = stored_tables(terms)
    files = {"1-create-law-tables.sql": "\n".join(create_tables(tables, dialect, before)) + "\n"}
    if form_of(law) is LawForm.CSV:
        files |= {f"{table.stored_as}.csv": as_csv(table) for table in tables}
    else:
        files["2-fill-law-tables.sql"] = "\n".join(fill_tables(tables, dialect, before)) + "\n"
    return files | views


def terms_of_tables(
    optional: Collection[str],
    before: Sequence[Name] = (),
    *,
    as_at: Moment | None = None,
    known_on: Moment | None = None,
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    of: str = Extent.OBLIGATIONS,
) -> Terms:
    """The terms of a view over tables with some of the optional columns, in a schema."""
    within = "".join(f"{name}." for name in before)
    shape = Shape.of({"assertions", "cases", *optional}, _columns(optional), schema=within)
    return terms_of_view(shape, as_at=as_at, known_on=known_on, code=code, calendar=calendar, of=of)


def terms_of_view(
    shape: Shape,
    *,
    as_at: Moment | None,
    known_on: Moment | None,
    code: VictimsCode | None,
    calendar: WorkingDayCalendar | None,
    of: str = Extent.OBLIGATIONS,
) -> Terms:
    """What the statement is written for when it reads the contract's own tables, under every edition.

    :raises UnknownNameError: if there is no such statement.
    :raises CalendarRangeError: if the date of assessment lies outside the calendar.
    """
    day, known = (None if moment is None else civil_date(moment) for moment in (as_at, known_on))
    days = calendar or england_and_wales(known_on=known)
    rules = rules_of(load_law() if code is None else code.law, extent=_extent(of), few_ways=True)
    today = "CURRENT_DATE" if day is None else literal(day)
    return Terms(
        rules=rules,
        calendar=days,
        shape=shape,
        as_at=today,
        known_on=None if known is None else literal(known),
        last_day=last_day_of(rules, days, day),
    )


def _extent(of: str) -> Extent:
    if of not in tuple(Extent):
        nearest = did_you_mean(of, tuple(Extent), listing="Statements")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("of", kind="statement", name=of, nearest=nearest))
    return Extent(of)


def _columns(optional: Collection[str]) -> frozenset[str]:
    known = [f"{t.name}.{column.name}" for t in INPUTS.values() for column in t.columns if column.optional]
    known += ["spokespersons", "offences", "offence_victims"]
    unknown = [
        faults.NO_SUCH_NAME.at(
            "optional", kind="optional column", name=name, nearest=did_you_mean(name, known, listing="Optional columns")
        )
        for name in optional
        if name not in known
    ]
    if unknown:
        raise UnknownNameError(*unknown)
    return frozenset(optional)


def last_day_of(rules: Rules, calendar: WorkingDayCalendar, as_at: date | None) -> date:
    """How far days must be numbered: to the last proclaimed year, or as far as limits may reach that run at a date.

    :raises CalendarRangeError: if the date lies outside the calendar.
    """
    proclaimed = date(calendar.last_proclaimed_year, 12, 31)
    if as_at is None:
        return proclaimed
    calendar.is_working_day(as_at)  # which raises if it lies outside
    return min(calendar.last_day, max(proclaimed, rules.reach_from(as_at)))


@lru_cache(maxsize=8)
def statement(terms: Terms) -> str:
    """The whole statement, with comments that name every duty and its sources, and the readings it rests on.

    Of a law in which no duty is of the kind asked for, it is a query without rows.
    """
    if not terms.rules.duties:
        kinds = {"day": "DATE", "number": "INT", "text": "TEXT"}
        cells = [f"CAST(NULL AS {kinds[one.kind]}) AS {one.name}" for one in columns_of(terms.rules.extent)]
        cells += [f"CAST(NULL AS INT) AS {name}" for name in ORDER[:3]] if terms.shape.numbered else []
        return f"SELECT {', '.join(cells)} WHERE 1 = 0"
    return _joined(map(str, (*law_steps(terms), *_steps(terms))), terms)


def short_statement(terms: Terms) -> str:
    """The statement for a database in which the tables of the law stand, as the terms have their hash."""
    return _joined(map(str, (*stored_law_steps(terms), *_steps(terms))), terms)


@lru_cache(maxsize=8)
def statement_using_law_tables(terms: Terms) -> str:
    """The statement for DuckDB where :func:`law_tables` and :data:`MACROS` stand in the database already."""
    return _joined((step.named(kept=step.name not in _CHEAP) for step in _steps(terms)), terms)


_CHEAP = frozenset({"happened"})
"""Steps that are cheaper to repeat than to keep."""


@lru_cache(maxsize=8)
def steps_to_rights(terms: Terms) -> tuple[QueryStep, ...]:
    """The record, the people, what is known of them and what every edition gives them."""
    return *record_steps(terms), *people_steps(terms), *facts_steps(terms), *rights_steps(terms)


def _steps(terms: Terms) -> tuple[QueryStep, ...]:
    return (
        *steps_to_rights(terms),
        *duty_steps(terms),
        *answer_steps(terms),
    )


def _joined(steps: Iterable[str], terms: Terms) -> str:
    return "WITH " + ",\n".join(steps) + "\n" + answer(terms)


MACROS = (
    "CREATE TEMPORARY MACRO add_days(day_, n) AS day_ + CAST(n AS INTEGER)",
    "CREATE TEMPORARY MACRO add_months(day_, n) AS CAST(day_ + to_months(CAST(n AS INTEGER)) AS DATE)",
)
"""What the statement calls and DuckDB does not have; :mod:`victims_code.bulk.dialects` writes it out for others."""


@lru_cache(maxsize=8)
def law_tables(terms: Terms) -> tuple[str, ...]:
    """The law's small tables, as statements that create them; each reads from the ones before it."""
    return tuple(f"CREATE TEMPORARY TABLE {step.name} AS /* {step.why} */\n{step.query}" for step in law_steps(terms))
