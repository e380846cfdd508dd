"""The record in databases: the tables of the contract, filled with cases."""

from __future__ import annotations

from shared.engines import rows_of, tables_of
from victims_code.bulk import INPUTS

TABLES = ("spokespersons", "offences", "offence_victims")
OPTIONAL = (*TABLES, *(f"{t.name}.{c.name}" for t in INPUTS.values() for c in t.columns if c.optional))
"""Every optional column and table."""
KINDS = {"text": "VARCHAR", "moment": "TIMESTAMP", "day": "DATE", "truth": "BOOLEAN", "number": "BIGINT"}


def fill_duckdb(connection, cases, schema=""):
    """The tables of the contract with the cases in them."""
    for name, table in tables_of(cases).items():
        connection.register("handed_in", table)
        cells = ", ".join(f'CAST("{c.name}" AS {KINDS[c.kind]}) AS "{c.name}"' for c in INPUTS[name].columns)
        connection.execute(f"CREATE OR REPLACE TABLE {schema}{name} AS SELECT {cells} FROM handed_in")


def rows_for_insert(cases):
    """The rows of each table as tuples in the order of its columns."""
    return {
        name: [tuple(row[column.name] for column in INPUTS[name].columns) for row in rows]
        for name, rows in rows_of(cases).items()
    }
