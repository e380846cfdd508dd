"""The table of offence codes: read when first asked, kept as bytes, and searched without being taken apart."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from victims_code import faults
from victims_code.errors import LawDataError
from victims_code.reading.data_files import data_folder

__all__ = ["Entry", "entry", "origin"]


@frozen
class Entry:
    """One offence code of the standing data: its Home Office class, its kind (such as CE, either way) and its title."""

    code: str
    home_office_class: str
    kind: str
    title: str


@cache
def _table() -> bytes:
    """The file, sorted by code, one code a line, after a line that says where it comes from."""
    path = data_folder() / "offences" / "offences.tsv"
    try:
        return path.read_bytes()
    except OSError as problem:
        raise LawDataError(faults.OFFENCE_TABLE_MISSING.at(str(path), reason=problem.strerror)) from None


def origin() -> str:
    """Where the table comes from, in one line.

    >>> origin()
    '@moj-bichard7-developers/bichard7-next-data 2.0.414, MIT licence'
    """
    return _table().partition(b"\n")[0].decode().removeprefix("# ").partition(":")[0]


def entry(code: str) -> Entry | None:
    """The entry of a code, found by halving the file.

    >>> entry("OF61131").home_office_class
    '008/01'
    >>> entry("OF61999") is None
    True
    """
    table, wanted = _table(), code.encode()
    low, high = 0, len(table)
    while low < high:
        start = table.rfind(b"\n", 0, (low + high) // 2) + 1
        end = table.find(b"\n", start)
        found = table[start : table.find(b"\t", start)]
        if found == wanted:
            return Entry(*table[start:end].decode().split("\t"))
        if found < wanted:
            low = end + 1
        else:
            high = start
    return None
