"""An assessment as CSV, safe to open in a spreadsheet: one row an obligation, or one row a window and limit.

The two are tables of their own, because a file with two headers is read wrongly by everything that reads CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from victims_code.arguments import checked
from victims_code.plain import PlainAssessment
from victims_code.printable import printable

CSV_COLUMNS = (
    "id",
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
    "act_by",
    "discharged_on",
    "status",
    "days_late",
    "urgency",
    "good_reason",
    "evidence",
    "missing_facts",
    "records_not_counted",
)

WINDOW_CSV_COLUMNS = (
    "id",
    "reference",
    "victim",
    "suspect",
    "scheme",
    "title",
    "opened_by",
    "opened_on",
    "state",
    "applies",
    "limit",
    "limit_title",
    "binding",
    "limit_applies",
    "counted_from",
    "closes_on",
    "safe_on",
    "belongs_to",
    "not_before",
    "not_after",
    "until_hour",
    "law_since",
    "law_until",
    "evidence",
    "until",
    "taken_up_on",
    "in_time",
    "decided_by",
    "missing_facts",
    "records_not_counted",
)


@checked
def assessments_to_csv(results: Iterable[PlainAssessment]) -> str:
    """Results as CSV with a header row; lists are joined with semicolons and absent values are empty."""
    wholes = ({**_of_the_case(result), **obligation} for result in results for obligation in result["obligations"])
    return csv_text(CSV_COLUMNS, ([whole[column] for column in CSV_COLUMNS] for whole in wholes))


@checked
def windows_to_csv(results: Iterable[PlainAssessment]) -> str:
    """The windows of results as CSV with a header row, one row for each limit that may apply."""
    wholes = (
        {
            **_of_the_case(result),
            **window,
            **limit,
            "id": window["id"],
            "limit": limit["id"],
            "limit_title": limit["title"],
            "limit_applies": limit["applies"],
            "title": window["title"],
            "applies": window["applies"],
        }
        for result in results
        for window in result["windows"]
        for limit in window["limits"]
    )
    return csv_text(WINDOW_CSV_COLUMNS, ([whole[column] for column in WINDOW_CSV_COLUMNS] for whole in wholes))


def _of_the_case(result: PlainAssessment) -> dict[str, object]:
    return {"reference": result["reference"], "records_not_counted": result["stamp"]["records_not_counted"]}


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV with a header row, every cell safe in a spreadsheet. All CSV is written here, but for the bulk engine's.

    >>> csv_text(("name", "count"), [("=HYPERLINK(1)", -3), (None, True)])
    "name,count\\r\\n'=HYPERLINK(1),-3\\r\\n,true\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_cell(column) for column in columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a cell begins that a spreadsheet may run; the last four are what East Asian keyboards write."""


def _cell(value: object) -> object:
    """A value as it is safe in a spreadsheet: text that would be run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _cell("; ".join(map(str, value)))
    if isinstance(value, str):
        shown = printable(value, keep="\t\r")  # in quotes they are a part of the cell
        return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
    return value
