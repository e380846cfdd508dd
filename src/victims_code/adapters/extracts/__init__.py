"""Local extracts of any shape: a mapping of columns and codes, written once by each force, turns rows into cases."""

from victims_code.adapters.extracts.checking import ExtractCheck, check_extract
from victims_code.adapters.extracts.mapping import Mapping, load_mapping
from victims_code.adapters.extracts.reading import read_extract
from victims_code.adapters.extracts.tables import Row, read_table

__all__ = ["ExtractCheck", "Mapping", "Row", "check_extract", "load_mapping", "read_extract", "read_table"]
