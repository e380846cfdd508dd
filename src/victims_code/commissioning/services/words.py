"""The words that services are described in: kinds, groups of victims, tiers, ways of access and languages.

The lists that ship are there to be added to. A word of a commissioner's own begins with ``local-``, so that everyone
who reads it sees that it is not on the list; the directory gives its title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.validators import all_different, word
from victims_code.law import Citation, Evidence
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction

LOCAL = "local-"
"""How a word of a commissioner's own begins."""


@frozen(kw_only=True)
class ServiceWord:
    """A listed word with its title; where it says nothing of its sources, those of the whole list hold."""

    id: str
    title: str
    cites: tuple[Citation, ...] = ()
    evidence: Evidence | None = None


@frozen(kw_only=True)
class ServiceVocabulary:
    """The words of each list by identifier with its title."""

    kinds: Mapping[str, str]
    groups: Mapping[str, str]
    tiers: Mapping[str, str]
    access: Mapping[str, str]
    languages: Mapping[str, str]


@frozen(kw_only=True)
class _VocabularyFile(Sourced):
    kinds: tuple[ServiceWord, ...]
    groups: tuple[ServiceWord, ...]
    tiers: tuple[ServiceWord, ...]
    access: tuple[ServiceWord, ...]
    languages: tuple[Word, ...]
    languages_evidence: Evidence


@cache
def service_vocabulary() -> ServiceVocabulary:
    """The words that services are described in.

    :raises LawDataError: if the data is broken.

    >>> service_vocabulary().languages["cy"], service_vocabulary().access["step-free-access"]
    ('Welsh', 'Step-free access')
    """
    read = DataFile.open("commissioning/service-vocabulary.yaml").one(_VocabularyFile)
    lists = (read.kinds, read.groups, read.tiers, read.access)
    kinds, groups, tiers, access = ({word.id: word.title for word in words} for words in lists)
    languages = {language.id: language.title for language in read.languages}
    return ServiceVocabulary(kinds=kinds, groups=groups, tiers=tiers, access=access, languages=languages)


def _or_local(read: Callable[[object], str]) -> Callable[[object], str]:
    """What reads a listed word, and takes a word of the commissioner's own as it is."""

    def one(name: object) -> str:
        return name if isinstance(name, str) and name.startswith(LOCAL) else read(name)

    return one


def _language(name: object) -> str:
    """A language by its code of ISO 639 or its English name."""
    by_name = {title.lower(): code for code, title in service_vocabulary().languages.items()}
    given = by_name.get(name.lower(), name) if isinstance(name, str) else name
    return word("language", lambda: service_vocabulary().languages, listing="Codes")(given)


KindName = Annotated[str, _or_local(word("kind of service", lambda: service_vocabulary().kinds))]
VictimGroup = Annotated[str, _or_local(word("group of victims", lambda: service_vocabulary().groups))]
TierName = Annotated[str, word("tier", lambda: service_vocabulary().tiers)]
AccessName = Annotated[str, _or_local(word("way of access", lambda: service_vocabulary().access))]
LanguageName = Annotated[str, _or_local(_language)]


@frozen(kw_only=True)
class OwnWord(CommissioningRecord):
    """A word of a commissioner's own, which begins with ``local-``, and its title."""

    id: str
    title: str

    def _is_local(self) -> Iterator[Contradiction]:
        if not self.id.startswith(LOCAL) or self.id == LOCAL:
            yield Contradiction(("id",), faults.OWN_WORD_NOT_LOCAL.at(name=self.id))

    checks = (_is_local,)


@frozen(kw_only=True)
class OwnWords(CommissioningRecord):
    """The words that a commissioner adds to the lists.

    >>> own = OwnWords.from_yaml("groups: [{id: local-farmers, title: Farming families}]")
    >>> own.vocabulary().groups["local-farmers"]
    'Farming families'
    """

    kinds: tuple[OwnWord, ...] = ()
    groups: tuple[OwnWord, ...] = ()
    access: tuple[OwnWord, ...] = ()
    languages: tuple[OwnWord, ...] = field(default=())

    checks = (all_different("kinds[].id", "groups[].id", "access[].id", "languages[].id"),)

    def vocabulary(self) -> ServiceVocabulary:
        """The lists that ship, with these words added."""
        shipped = service_vocabulary()
        added = {
            name: {**getattr(shipped, name), **{one.id: one.title for _, one in each(self, name)}}
            for name in ("kinds", "groups", "access", "languages")
        }
        return evolve(shipped, **added)
