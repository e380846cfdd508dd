"""A dbt project: the law as seeds, the views and measures as models, and tests that reconcile what they say."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from victims_code import faults
from victims_code._version import __version__
from victims_code.arguments import checked
from victims_code.bulk.dialects import quoted, today_in
from victims_code.bulk.law_tables import as_csv, hash_of, kinds_of, stored_tables
from victims_code.bulk.rules import Extent
from victims_code.bulk.statement import LawForm, sql, terms_of_tables
from victims_code.bulk.steps.law import LawTable
from victims_code.bulk.tables import INPUTS, OBLIGATIONS, STANDING, Column, InputTable
from victims_code.errors import WrongValueError
from victims_code.printable import capitalised
from victims_code.reading.documents import Plain, write_yaml
from victims_code.reading.writing import write_all_aside
from victims_code.vocabulary import Status, Track
from victims_code.working_days import WorkingDayCalendar

if TYPE_CHECKING:
    from victims_code.code import VictimsCode

SOURCE = "record"
"""What the project calls the tables of the record."""
_HERE = "victims_code_here"
"""The schema the statement is written for, which references of dbt take the place of."""


@checked
def write_dbt_project(
    folder: str | Path,
    *,
    dialect: str = "duckdb",
    optional: Collection[str] = (),
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    overwrite: bool = False,
) -> tuple[str, ...]:
    """Write a dbt project and give the names of its files: ``dbt build`` then makes the obligations and tests them.

    The seeds are the tables of the law, the sources those of the record. The models are the two views of
    :func:`victims_code.bulk.sql` and measures over them. The tests are keys, words that are allowed, references between
    tables, and sums that must agree. The day of assessment is the variable ``as_at`` of dbt; without it, today.

    :param folder: where to; it is made if need be.
    :param dialect: one of :data:`victims_code.bulk.DIALECTS`: that of the adapter you run dbt with.
    :param optional: which optional columns and tables there are, as for :func:`victims_code.bulk.sql`.
    :param code: the law; by default the one that ships with the package.
    :param calendar: another calendar.
    :param overwrite: write over a folder that holds files; those of other names stay.
    :raises UnknownNameError: if there is no such dialect or column.
    :raises WrongValueError: if the folder holds files and ``overwrite`` was not asked for.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     files = write_dbt_project(folder)
    ...     [name for name in files if name.startswith("models/o")]
    ['models/obligations.sql', 'models/obligations_by_duty.sql', 'models/obligations_by_status.sql']
    """
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())) and not overwrite:
        raise WrongValueError(faults.FOLDER_HOLDS_FILES.at("folder", folder=str(place)))
    tables = stored_tables(terms_of_tables(optional, code=code, calendar=calendar))
    models = {
        f"models/{of}.sql": _model(sql(dialect, of=of, law=LawForm.TABLES, optional=optional, schema=_HERE,
                                       query_only=True, code=code, calendar=calendar), dialect)
        for of in Extent
    }  # fmt: skip
    read = _sources_read(models)
    files = {
        "README.md": _README.format(version=__version__, hash=hash_of(tables)),
        "dbt_project.yml": write_yaml(_project(dialect)),
        "macros/as_at.sql": _AS_AT.format(today=today_in(dialect)),
        "models/sources.yml": write_yaml({"version": 2, "sources": [_source(read)]}),
        "models/schema.yml": write_yaml({"version": 2, "models": _schema()}),
        "seeds/schema.yml": write_yaml({"version": 2, "seeds": [_seed(table, dialect) for table in tables]}),
        **{f"seeds/{table.stored_as}.csv": as_csv(table) for table in tables},
        **{f"models/{name}.sql": text.replace('"at"', quoted("at", dialect)) for name, text in _MEASURES.items()},
        **{f"tests/{name}.sql": text for name, text in _TESTS.items()},
        **models,
    }
    write_all_aside(place, {name: text.encode() for name, text in files.items()})
    return tuple(sorted(files))


def _model(query: str, dialect: str) -> str:
    """The query with the references of dbt in the place of its tables, and its variable in that of today."""
    query = re.sub(rf"\b{_HERE}\.(law_\w+)", r"{{ ref('\1') }}", query)
    query = re.sub(rf"\b{_HERE}\.(\w+)", rf"{{{{ source('{SOURCE}', '\1') }}}}", query)
    return query.replace(today_in(dialect), "{{ as_at() }}") + "\n"


def _sources_read(models: dict[str, str]) -> tuple[InputTable, ...]:
    named = set(re.findall(rf"source\('{SOURCE}', '(\w+)'\)", "".join(models.values())))
    return tuple(table for table in INPUTS.values() if table.name in named)


_FIRST: dict[str, list[Plain]] = {"postgres": ["SET enable_nestloop = off", "SET jit = off"]}
"""What is said to a database before a model is made: PostgreSQL cannot guess how many rows a named query has."""


def _project(dialect: str) -> Plain:
    models: dict[str, Plain] = {"+materialized": "table"}
    if dialect in _FIRST:
        models["+pre-hook"] = _FIRST[dialect]
    return {
        "name": "victims_code",
        "version": __version__,
        "config-version": 2,
        "profile": "victims_code",
        "vars": {"as_at": "", "record_schema": "main"},
        "seeds": {"victims_code": {"+quote_columns": False}},
        "models": {"victims_code": models},
    }


def _source(read: Sequence[InputTable]) -> Plain:
    tables: list[Plain] = [
        {
            "name": table.name,
            "columns": [_source_column(column) for column in table.columns],
        }
        for table in read
    ]
    return {
        "name": SOURCE,
        "description": "The record: cases, their victims, what happened, and what is known of them.",
        "schema": "{{ var('record_schema') }}",
        "tables": tables,
    }


def _source_column(column: Column) -> Plain:
    described: dict[str, Plain] = {"name": column.name, "description": _sentence(column.meaning)}
    if column.name in ("at", "value"):  # words that mean something in some databases
        described["quote"] = True
    return described | ({"data_tests": ["not_null"]} if column.needed else {})


def _sentence(meaning: str) -> str:
    return f"{capitalised(meaning)}."


def _schema() -> list[Plain]:
    return [
        _documented(
            "obligations",
            "Every duty that has a deadline, or that a record can show done: one row each.",
            OBLIGATIONS,
            {
                "id": ["not_null", "unique"],
                "duty": ["not_null", _in_seed("law_duties", "duty")],
                "edition": ["not_null", _in_seed("law_duties", "edition")],
                "trigger_event": ["not_null"],
                "triggered_on": ["not_null"],
                "status": ["not_null", _one_of(tuple(Status))],
                "track": ["not_null", _one_of(tuple(Track))],
            },
        ),
        _documented(
            "standing",
            "Every duty that has no deadline and that no record can show done: one row each.",
            STANDING,
            {
                "id": ["not_null", "unique"],
                "duty": ["not_null", _in_seed("law_duties", "duty")],
                "status": ["not_null", _one_of(("undated", "suspended", "cannot-tell"))],
            },
        ),
        {"name": "obligations_by_status", "description": "How many obligations there are of each status."},
        {
            "name": "obligations_by_duty",
            "description": "Each duty with how many of its obligations were met in time, late, overdue, not yet due, "
            "not known, or without a deadline; `on_time_share` is of those whose deadline has passed or that were met.",
        },
        {
            "name": "trigger_events",
            "description": "Every event that can start a duty, and what became of it: it started an obligation, is "
            "still to come, falls under no edition, or started none. Of the last, ask why: the victim may not be "
            "covered, or the record may have been corrected.",
            "columns": [{"name": "outcome", "data_tests": ["not_null", _one_of(_OUTCOMES)]}],
        },
    ]


_OUTCOMES = ("started", "to come", "no edition", "none started")


def _documented(name: str, what: str, columns: Sequence[Column], tests: dict[str, list[Plain]]) -> Plain:
    described: list[Plain] = [
        {
            "name": c.name,
            "description": _sentence(c.meaning),
            **({"data_tests": tests[c.name]} if c.name in tests else {}),
        }
        for c in columns
    ]
    return {"name": name, "description": what, "columns": described}


def _in_seed(seed: str, column: str) -> Plain:
    return {"relationships": {"arguments": {"to": f"ref('{seed}')", "field": column}}}


def _one_of(words: Collection[str]) -> Plain:
    return {"accepted_values": {"arguments": {"values": [str(word) for word in words]}}}


def _seed(table: LawTable, dialect: str) -> Plain:
    columns: list[Plain] = [
        {
            "name": column.name,
            "description": f"{column.meaning}.",
            "data_tests": [
                *([] if column.can_be_empty else ["not_null"]),
                *(["unique"] if table.key == (column.name,) else []),
            ],
        }
        for column in table.columns
    ]
    return {
        "name": table.stored_as,
        "description": f"{table.why}.",
        "config": {"column_types": dict(kinds_of(table, dialect))},
        "columns": columns,
    }


_AS_AT = """{{% macro as_at() %}}
  {{%- if var('as_at') -%}} CAST('{{{{ var('as_at') }}}}' AS DATE) {{%- else -%}} {today} {{%- endif -%}}
{{% endmacro %}}
"""

_MEASURES = {
    "obligations_by_status": """SELECT status, COUNT(*) AS obligations
FROM {{ ref('obligations') }}
GROUP BY status
""",
    "obligations_by_duty": """WITH counted AS (
  SELECT
    duty,
    title,
    part,
    edition,
    owed_by,
    COUNT(*) AS obligations,
    SUM(CASE WHEN status = 'met' AND due_on IS NOT NULL THEN 1 ELSE 0 END) AS met_in_time,
    SUM(CASE WHEN status = 'met-late' THEN 1 ELSE 0 END) AS met_late,
    SUM(CASE WHEN status = 'overdue' THEN 1 ELSE 0 END) AS overdue,
    SUM(CASE WHEN status IN ('not-yet-due', 'due-today') THEN 1 ELSE 0 END) AS not_yet_due,
    SUM(CASE WHEN status = 'cannot-tell' THEN 1 ELSE 0 END) AS not_known,
    SUM(CASE WHEN status = 'suspended' THEN 1 ELSE 0 END) AS on_hold,
    SUM(CASE WHEN status = 'undated' OR (status = 'met' AND due_on IS NULL) THEN 1 ELSE 0 END) AS without_deadline
  FROM {{ ref('obligations') }}
  GROUP BY duty, title, part, edition, owed_by
)
SELECT
  counted.*,
  CASE WHEN met_in_time + met_late + overdue > 0
    THEN 1.0 * met_in_time / (met_in_time + met_late + overdue) END AS on_time_share
FROM counted
""",
    "trigger_events": """WITH starts AS (
  SELECT DISTINCT event FROM {{ ref('law_triggers') }} WHERE for_obligations = 1
), governed AS (
  SELECT MIN(in_force_from) AS first_day FROM {{ ref('law_editions') }}
), started AS (
  SELECT DISTINCT case_ref, trigger_event, triggered_on FROM {{ ref('obligations') }}
), happened AS (
  SELECT e.case_ref, e.event, CAST(e."at" AS DATE) AS happened_on
  FROM {{ source('record', 'events') }} AS e
  JOIN starts ON starts.event = e.event
)
SELECT
  h.case_ref,
  h.event,
  h.happened_on,
  CASE
    WHEN s.case_ref IS NOT NULL THEN 'started'
    WHEN h.happened_on > {{ as_at() }} THEN 'to come'
    WHEN h.happened_on < g.first_day THEN 'no edition'
    ELSE 'none started'
  END AS outcome
FROM happened AS h
CROSS JOIN governed AS g
LEFT JOIN started AS s ON s.case_ref = h.case_ref AND s.trigger_event = h.event AND s.triggered_on = h.happened_on
""",
}

_TESTS = {
    "every_status_is_counted": """-- The obligations of every status add up to all obligations.
SELECT 'by status' AS table_name, counted.obligations, whole.obligations AS expected
FROM (SELECT SUM(obligations) AS obligations FROM {{ ref('obligations_by_status') }}) AS counted
CROSS JOIN (SELECT COUNT(*) AS obligations FROM {{ ref('obligations') }}) AS whole
WHERE COALESCE(counted.obligations, 0) <> whole.obligations
""",
    "every_duty_adds_up": """-- What became of the obligations of a duty adds up to all of them.
SELECT *
FROM {{ ref('obligations_by_duty') }}
WHERE obligations <> met_in_time + met_late + overdue + not_yet_due + not_known + on_hold + without_deadline
""",
    "every_obligation_has_its_event": """
-- Every obligation goes back to an event of its case on its day, but for those that recur.
SELECT o.id
FROM {{ ref('obligations') }} AS o
LEFT JOIN {{ ref('trigger_events') }} AS t
  ON t.case_ref = o.case_ref AND t.event = o.trigger_event AND t.happened_on = o.triggered_on
WHERE t.case_ref IS NULL AND o.duty NOT IN (
  SELECT d.duty FROM {{ ref('law_duties') }} AS d
  JOIN {{ ref('law_duties_started') }} AS w ON w.duty_number = d.duty_number
  WHERE w.way = 'recurring'
)
""",
    "every_trigger_event_is_accounted_for": """
-- Every event that can start a duty is there once, with what became of it.
SELECT there.events, expected.events AS expected
FROM (SELECT COUNT(*) AS events FROM {{ ref('trigger_events') }}) AS there
CROSS JOIN (
  SELECT COUNT(*) AS events FROM {{ source('record', 'events') }}
  WHERE event IN (SELECT event FROM {{ ref('law_triggers') }} WHERE for_obligations = 1)
) AS expected
WHERE there.events <> expected.events
""",
    "no_trigger_event_starts_nothing": """-- Events that started nothing though an edition governs them: look into each.
{{ config(severity='warn') }}
SELECT * FROM {{ ref('trigger_events') }} WHERE outcome = 'none started'
""",
}

_README = """# The Victims' Code in dbt

Written by victims-code {version}; the hash of the law's tables is {hash}. Do not edit: write it anew when the law or
the calendar changes.

1. Give `profiles.yml` a profile `victims_code`.
2. Say where your tables are: `--vars '{{record_schema: police}}'`, or change `models/sources.yml`.
3. `dbt build`, or for another day than today `dbt build --vars '{{as_at: 2026-03-31}}'`.

`obligations` and `standing` are the duties, `obligations_by_duty` and `obligations_by_status` measures.
`trigger_events` says what became of every event that can start a duty. The seeds `law_*` are the law.
"""
