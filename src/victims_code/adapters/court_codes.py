"""What the codes of court results mean in the words of the library; the meanings themselves are data.

The courts of England and Wales share one list of result codes and qualifiers. What both adapters of court results need
of it stands in ``data/adapters/court-results.yaml``; what only one of them needs, in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from attrs import frozen

from victims_code.law import Evidence
from victims_code.reading.data_files import DataFile

__all__ = ["CourtCodes", "FactOfSentence", "Mark", "ResultMeaning", "SentenceFacts", "court_codes"]


@frozen(kw_only=True)
class ResultMeaning:
    """What a group of result codes tells: an event of the vocabulary, or none with the reason in ``note``.

    With ``doubt`` it may have ended proceedings or undone their end; the case then has a note that says so.
    """

    codes: tuple[str, ...]
    event: str | None
    meaning: str
    evidence: Evidence
    source: str
    note: str | None = None
    doubt: str | None = None


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
class FactOfSentence:
    """Which result codes show a fact of the sentence; ``months`` is the shortest term that does."""

    fact: str
    evidence: Evidence
    source: str
    codes: tuple[str, ...] = ()
    for_life: tuple[str, ...] = ()
    months: int | None = None


@frozen(kw_only=True)
class SentenceFacts:
    """What results say of the sentence."""

    hospital_order: FactOfSentence
    custody: FactOfSentence
    crown_court: FactOfSentence


@frozen(kw_only=True)
class _File:
    results: tuple[ResultMeaning, ...]
    marks: tuple[Mark, ...]
    qualifiers: tuple[Mark, ...]
    sentence: SentenceFacts


@frozen(kw_only=True)
class CourtCodes:
    """The meanings of result codes and of their qualifiers, by code; ``marks`` are result codes that say something."""

    results: Mapping[str, ResultMeaning]
    marks: Mapping[str, Mark]
    qualifiers: Mapping[str, Mark]
    sentence: SentenceFacts


@cache
def court_codes() -> CourtCodes:
    """What result codes and qualifiers mean, read once.

    >>> court_codes().results["4028"].event, court_codes().qualifiers["LG"].fact
    ('bail-hearing-decided', 'domestic-abuse')
    """
    file = DataFile.open("adapters/court-results.yaml").one(_File)
    return CourtCodes(
        results=MappingProxyType({code: row for row in file.results for code in row.codes}),
        marks=MappingProxyType({mark.code: mark for mark in file.marks}),
        qualifiers=MappingProxyType({mark.code: mark for mark in file.qualifiers}),
        sentence=file.sentence,
    )
