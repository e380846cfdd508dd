"""An assessment as CSV, one row an obligation, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["CSV_COLUMNS", "assessments_as_csv", "csv_cell"]

CSV_COLUMNS = (
    "reference",
    "victim",
    "suspect",
    "hearing",
    "duty",
    "title",
    "edition",
    "edition_status",
    "part",
    "owed_by",
    "owed_to",
    "applies",
    "track",
    "trigger",
    "triggered_on",
    "period",
    "due_on",
    "due_on_if_enhanced",
    "discharged_on",
    "status",
    "days_late",
    "good_reason",
    "evidence",
    "missing_facts",
)


def assessments_as_csv(results: Iterable[Mapping[str, Any]]) -> str:
    """Results as CSV with a header row; lists are joined with semicolons and absent values are empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for result in results:
        for obligation in result["obligations"]:
            whole = {"reference": result["reference"], **obligation}
            writer.writerow([csv_cell(whole[column]) for column in CSV_COLUMNS])
    return out.getvalue()


def csv_cell(value: object) -> object:
    """A value as it is safe in a spreadsheet: text that would be run as a formula gets an apostrophe before it.

    >>> csv_cell("=1+1"), csv_cell(["a", "b"]), csv_cell(None), csv_cell(-3)
    ("'=1+1", 'a; b', '', -3)
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return csv_cell("; ".join(map(str, value)))
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"  # a spreadsheet would run it as a formula
    return value
