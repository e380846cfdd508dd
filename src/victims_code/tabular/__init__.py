"""Rows of cells out of files: the one place where CSV text is split into cells and workbooks are read.

Extracts, returns and the tables of the bulk engine take their rows from here. For speed ``bulk.csv_files`` splits lines
without a quotation mark at the delimiter itself.
"""

from victims_code.tabular.grids import (
    BrokenRow,
    Cell,
    ErrorCell,
    FileRow,
    FormulaCell,
    Grid,
    Merged,
    Percent,
    Wanted,
    misfit,
)
from victims_code.tabular.texts import CsvLines, grid_of_csv, has_lost_bytes, said_delimiter
from victims_code.tabular.workbooks import WORKBOOK_ENDINGS, read_workbook

__all__ = [
    "WORKBOOK_ENDINGS",
    "BrokenRow",
    "Cell",
    "CsvLines",
    "ErrorCell",
    "FileRow",
    "FormulaCell",
    "Grid",
    "Merged",
    "Percent",
    "Wanted",
    "grid_of_csv",
    "has_lost_bytes",
    "misfit",
    "read_workbook",
    "said_delimiter",
]
