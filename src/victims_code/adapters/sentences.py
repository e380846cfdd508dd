"""What court results say of a sentence: whether it was custody of some length, a hospital order, of the Crown Court."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from victims_code.adapters.court_codes import FactOfSentence, court_codes
from victims_code.cases import Assertion

__all__ = ["CourtResult", "sentence_flags"]

_MONTHS = {"Y": 12, "M": 1}
LIFE = "L"


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
    return any(unit == LIFE for _, unit in result.term) or _months(result.term) >= custody.months


def _months(term: Iterable[tuple[object, object]]) -> int:
    """The whole months of a term; parts in other units are not counted."""
    return sum(
        int(str(count)) * _MONTHS[str(unit)]
        for count, unit in term
        if str(unit) in _MONTHS and str(count).isdecimal() and str(count).isascii()
    )


def _flag(fact: FactOfSentence, source: str, *, value: bool = True) -> Assertion:
    return Assertion(fact=fact.fact, value=value, source=source)
