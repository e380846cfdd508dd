"""Local extracts of any shape: a mapping of columns and codes, written once by each force, turns rows into cases."""

from victims_code.adapters.extracts.checking import ExtractCheck, check_extract, plain_samples
from victims_code.adapters.extracts.mapping import ExtractMapping, RepeatedRows, load_mapping
from victims_code.adapters.extracts.reading import read_extract
from victims_code.adapters.extracts.rows import Row, looks_like_table, read_table
from victims_code.adapters.extracts.together import ExtractChecks, check_together

__all__ = [
    "ExtractCheck",
    "ExtractChecks",
    "ExtractMapping",
    "RepeatedRows",
    "Row",
    "check_extract",
    "check_together",
    "load_mapping",
    "looks_like_table",
    "plain_samples",
    "read_extract",
    "read_table",
]
