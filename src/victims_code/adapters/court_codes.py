"""What the codes of court results mean in the words of the library; the meanings themselves are data.

The courts of England and Wales share one list of result codes and qualifiers. What both adapters of court results need
of it is in ``data/adapters/court-results.yaml``; what only one of them needs, in a file of its own. Results also say
whether a sentence was custody of some length, a hospital order, or of the Crown Court.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from attrs import field, frozen

from victims_code.cases import Assertion
from victims_code.names import EventId, FactId
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import FromOneSource

_MONTHS = {"Y": 12, "M": 1}
_LIFE = "L"


@frozen(kw_only=True)
class ResultMeaning(FromOneSource):
    """What a group of result codes tells: an event of the vocabulary, or none with the reason in ``note``.

    With ``doubt`` it may have ended proceedings or undone their end; the case then has a note that says so.
    """

    codes: tuple[str, ...]
    event: EventId | None
    meaning: str
    note: str | None = None
    doubt: str | None = None


@frozen(kw_only=True)
class Mark(FromOneSource):
    """A code that says something of the case (``of: case``, a flag) or of its victims (``of: victim``, a fact).

    With ``event`` it also tells that something happened. ``doubt`` says why it may not be about the victim.
    """

    code: str
    of: str | None
    fact: FactId | None
    meaning: str
    event: EventId | None = None
    doubt: str | None = None


@frozen(kw_only=True)
class FactOfSentence(FromOneSource):
    """Which result codes show a fact of the sentence; ``months`` is the shortest term that does."""

    fact: FactId
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
class _CourtResultsFile:
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
    file = DataFile.open("adapters/court-results.yaml").one(_CourtResultsFile)
    return CourtCodes(
        results=MappingProxyType({code: row for row in file.results for code in row.codes}),
        marks=MappingProxyType({mark.code: mark for mark in file.marks}),
        qualifiers=MappingProxyType({mark.code: mark for mark in file.qualifiers}),
        sentence=file.sentence,
    )


@frozen(kw_only=True)
class CourtResult:
    """One result of a court, as a message has it.

    :param written: the day it was ordered, as written.
    :param crown_court: whether the Crown Court ordered it, or None if the message does not say.
    :param term: the parts of its length, each a number and a unit such as ``("18", "M")``.
    :param offence: the offence it stands on, or None if it stands on the defendant or the case.
    :param label: what the message calls it.
    :param final: whether the message calls it final.
    :param ends: whether the message says that it ended the proceedings on the offence.
    """

    code: str | None
    written: object
    where: str
    qualifiers: tuple[str, ...] = ()
    suspect: str | None = None
    hearing: str | None = None
    crown_court: bool | None = None
    term: tuple[tuple[object, object], ...] = field(default=())
    offence: str | None = None
    label: str | None = None
    final: bool = False
    ends: bool = False

    @property
    def name(self) -> str:
        """How a note calls it.

        >>> CourtResult(code="3011", label="Costs", written=None, where="").name
        "'Costs' (3011)"
        """
        label = None if self.label is None else repr(self.label)
        code = f"({self.code})" if label else self.code
        return " ".join(part for part in (label, code if self.code else None) if part) or "without a name"


def sentence_flags(results: Sequence[CourtResult], source: str) -> Iterator[Assertion]:
    """Flags of the offence from the results of one defendant. Several defendants have several sentences: then none.

    >>> result = CourtResult(code="1002", written="2025-05-12", where="", suspect="D", term=(("1", "Y"), ("6", "M")))
    >>> [flag.fact for flag in sentence_flags([result], "SPI")]
    ['custody-of-12-months-or-more']
    """
    facts = court_codes().sentence
    if len({result.suspect for result in results}) > 1:
        return
    sentences = [result for result in results if _is_sentence(result)]
    ordered = [result for result in sentences if result.code in facts.hospital_order.codes]
    if ordered:
        yield _flag(facts.hospital_order, f"{source} result code {ordered[0].code}")
    long_enough = [result for result in sentences if _is_long(result, facts.custody)]
    if long_enough:
        yield _flag(facts.custody, f"{source} result code {long_enough[0].code}")
    courts = {result.crown_court for result in sentences}
    if len(courts) == 1 and None not in courts:
        yield _flag(facts.crown_court, f"{source} court of the hearing", value=courts == {True})


def _is_sentence(result: CourtResult) -> bool:
    meaning = court_codes().results.get(result.code or "")
    return meaning is not None and meaning.event == "sentence-passed"


def _is_long(result: CourtResult, custody: FactOfSentence) -> bool:
    if result.code in custody.for_life:
        return True
    if result.code not in custody.codes or custody.months is None:
        return False
    return any(unit == _LIFE for _, unit in result.term) or _months(result.term) >= custody.months


def _months(term: Iterable[tuple[object, object]]) -> int:
    """The whole months of a term; parts in other units are not counted."""
    return sum(
        int(str(count)) * _MONTHS[str(unit)]
        for count, unit in term
        if str(unit) in _MONTHS and str(count).isdecimal() and str(count).isascii()
    )


def _flag(fact: FactOfSentence, source: str, *, value: bool = True) -> Assertion:
    return Assertion(fact=fact.fact, value=value, source=source)
