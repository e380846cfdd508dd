"""Tables of obligations written by hand."""

from __future__ import annotations

import duckdb

COLUMNS = {
    "case_ref": "VARCHAR",
    "victim_ref": "VARCHAR",
    "duty": "VARCHAR",
    "edition": "VARCHAR",
    "owed_by": "VARCHAR",
    "track": "VARCHAR",
    "triggered_on": "DATE",
    "due_on": "DATE",
    "due_on_if_enhanced": "DATE",
    "discharged_on": "DATE",
    "status": "VARCHAR",
    "days_late": "INTEGER",
    "evidence": "VARCHAR",
}
DEFAULTS = {
    "victim_ref": "V1",
    "duty": "inform-suspect-arrested",
    "edition": "code-2021",
    "owed_by": "police",
    "track": "standard",
    "triggered_on": "2026-04-01",
    "due_on": "2026-04-10",
    "status": "met",
    "evidence": "secondary",
}
LATENESS = {"met": 0, "not-yet-due": 0, "due-today": 0}


def table_of(rows, **more):
    """A DuckDB relation of obligations; what a row leaves out has a usual value, and every row is a case of its own."""
    connection = duckdb.connect()
    kinds = COLUMNS | more
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(f"CREATE TABLE made ({columns})")
    whole = []
    for n, row in enumerate(rows):
        full = {"case_ref": f"C{n}", "days_late": LATENESS.get(row.get("status", "met"))} | DEFAULTS | row
        if full["status"] in ("met", "met-late"):
            full.setdefault("discharged_on", "2026-04-09")
        whole.append([full.get(name) for name in kinds])
    if whole:
        cells = ", ".join(f"CAST(unnest(?) AS {kind})" for kind in kinds.values())
        texts = [[None if cell is None else str(cell) for cell in column] for column in zip(*whole, strict=True)]
        connection.execute(f"INSERT INTO made SELECT {cells}", texts)
    return connection.table("made")


def times(number, **row):
    """So many obligations alike."""
    return [dict(row) for _ in range(number)]
