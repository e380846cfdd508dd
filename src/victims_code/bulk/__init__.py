"""Millions of cases: the same law as one SQL statement, run in DuckDB or in the database where the cases are.

:func:`assess` takes tables and gives tables. :func:`sql` gives the statement, for any of :data:`DIALECTS`, and
:func:`law_files` the law as tables with a short view over them.
"""

from victims_code.bulk.dialects import DIALECTS
from victims_code.bulk.engine import assess
from victims_code.bulk.results import BulkAssessment, Rows
from victims_code.bulk.statement import law_files, sql
from victims_code.bulk.tables import FAULTS, INPUTS, OBLIGATIONS, STANDING, Column, InputTable, Shape, Tables, rows_of

__all__ = [
    "DIALECTS",
    "FAULTS",
    "INPUTS",
    "OBLIGATIONS",
    "STANDING",
    "BulkAssessment",
    "Column",
    "InputTable",
    "Rows",
    "Shape",
    "Tables",
    "assess",
    "law_files",
    "rows_of",
    "sql",
]
