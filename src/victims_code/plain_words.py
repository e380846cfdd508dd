"""How duties, schemes and advice are put to the victim: plain sentences that say *you*, from ``data/vocabulary``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from attrs import frozen

from victims_code.errors import LawDataError
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class DutyForVictims:
    """What a duty asks for, said to the victim: it ends the sentence *The police had until 13 April 2026 to …*."""

    id: str
    to_you: str


@frozen(kw_only=True)
class SchemeForVictims:
    """What a victim may do beyond the Code, said to them: ``you_may`` ends *You may …*, ``ask`` is where to begin."""

    id: str
    you_may: str
    ask: str


@frozen(kw_only=True)
class Advice(Sourced):
    """A sentence of advice to the victim."""

    id: str
    said: str


@frozen(kw_only=True)
class PlainWords:
    """What is said to victims, by the identifiers of duties, schemes and advice."""

    duties: Mapping[str, DutyForVictims]
    schemes: Mapping[str, SchemeForVictims]
    advice: Mapping[str, Advice]

    def duty(self, name: str, title: str) -> str:
        """What a duty asks for, said to the victim; for a duty that no one has put so, its title as the law has it.

        >>> load_plain_words().duty("inform-suspect-charged", "")
        'tell you that a suspect has been charged'
        >>> load_plain_words().duty("of-my-own", "Tell the victim of it")
        'do what the Code calls "Tell the victim of it"'
        """
        known = self.duties.get(name)
        return known.to_you if known else f'do what the Code calls "{title}"'


@cache
def load_plain_words() -> PlainWords:
    """What is said to victims, read once.

    :raises LawDataError: if the files are broken.
    """
    files: list[DataFile] = []
    words = PlainWords(
        duties=_words("duties-for-victims", DutyForVictims, files),
        schemes=_words("schemes-for-victims", SchemeForVictims, files),
        advice=_words("advice-for-victims", Advice, files),
    )
    if found := [fault for file in files for fault in file.faults]:
        raise LawDataError(*found)
    return words


_Word = TypeVar("_Word", DutyForVictims, SchemeForVictims, Advice)


def _words(name: str, kind: type[_Word], files: list[DataFile]) -> Mapping[str, _Word]:
    files.append(file := DataFile.open(f"vocabulary/{name}.yaml"))
    return MappingProxyType(by_id(file.each(kind).values()))
