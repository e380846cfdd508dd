"""What the codes of court results mean in the words of the library; the meanings themselves are data.

The courts of England and Wales share one list of result codes and qualifiers. What both adapters of court results need
of it stands in ``data/adapters/court-results.yaml``; what only one of them needs, in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from attrs import frozen

from victims_code.documents import read_document
from victims_code.errors import Fault, LawDataError
from victims_code.law import Evidence
from victims_code.packaged_data import data_folder
from victims_code.structuring import new_converter, structure

__all__ = ["CourtCodes", "Mark", "ResultMeaning", "adapter_data", "court_codes"]

T = TypeVar("T")


@frozen(kw_only=True)
class ResultMeaning:
    """What a group of result codes tells: an event of the vocabulary, or none with the reason in ``note``."""

    codes: tuple[str, ...]
    event: str | None
    meaning: str
    evidence: Evidence
    source: str
    note: str | None = None


@frozen(kw_only=True)
class Mark:
    """A code that says something of the case (``of: case``, a flag) or of its victims (``of: victim``, a fact).

    With ``event`` it also tells that something happened. ``doubt`` says why it may not be about the victim.
    """

    code: str
    of: str | None
    fact: str | None
    meaning: str
    evidence: Evidence
    source: str
    event: str | None = None
    doubt: str | None = None


@frozen(kw_only=True)
class _File:
    results: tuple[ResultMeaning, ...]
    marks: tuple[Mark, ...]
    qualifiers: tuple[Mark, ...]


@frozen(kw_only=True)
class CourtCodes:
    """The meanings of result codes and of their qualifiers, by code; ``marks`` are result codes that say something."""

    results: Mapping[str, ResultMeaning]
    marks: Mapping[str, Mark]
    qualifiers: Mapping[str, Mark]


def adapter_data(name: str, kind: type[T]) -> T:
    """A file of ``data/adapters`` as typed objects.

    :raises LawDataError: with every fault of the file.
    """
    document = read_document(data_folder() / "adapters" / name, error=LawDataError)
    faults: list[Fault] = []
    file = structure(new_converter(), document.data, kind, document, faults=faults)
    if file is None:
        raise LawDataError(*faults)
    return file


@cache
def court_codes() -> CourtCodes:
    """What result codes and qualifiers mean, read once.

    >>> court_codes().results["4028"].event, court_codes().qualifiers["LG"].fact
    ('bail-hearing-decided', 'domestic-abuse')
    """
    file = adapter_data("court-results.yaml", _File)
    return CourtCodes(
        results=MappingProxyType({code: row for row in file.results for code in row.codes}),
        marks=MappingProxyType({mark.code: mark for mark in file.marks}),
        qualifiers=MappingProxyType({mark.code: mark for mark in file.qualifiers}),
    )
