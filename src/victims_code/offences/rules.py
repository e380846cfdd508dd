"""The rules that read the table of offence codes, as they stand in ``data/offences/categories.yaml``."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from attrs import frozen

from victims_code.law import Evidence
from victims_code.reading.data_files import DataFile

__all__ = ["Answer", "CategoryRules", "Rule", "Rules", "Suffix", "rules"]


class Answer(StrEnum):
    """Whether a code alone puts the offence into a category."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot-tell"


@frozen(kw_only=True)
class Rule:
    """An answer for codes that begin with one of ``codes`` or ``acts``, or whose class does with one of ``classes``."""

    answer: Answer
    why: str
    evidence: Evidence
    source: str
    codes: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    reading: str | None = None

    def fits(self, code: str, home_office_class: str | None) -> bool:
        """Whether the rule speaks of this code, or of its class if it has one."""
        return code.startswith((*self.codes, *self.acts)) or (
            home_office_class is not None and home_office_class.startswith(self.classes)
        )


@frozen(kw_only=True)
class CategoryRules:
    """One category: its rules in order, and the answer where none fits, for offences in general and summary ones."""

    id: str
    title: str
    otherwise: Answer
    summary: Answer
    rules: tuple[Rule, ...]
    unless: str | None = None


@frozen(kw_only=True)
class Suffix:
    """A last letter of offence codes and what it means."""

    letter: str
    words: str


@frozen(kw_only=True)
class Rules:
    """The whole file."""

    no_offence: tuple[str, ...]
    summary_only: tuple[str, ...]
    placeholders: tuple[str, ...]
    suffixes: tuple[Suffix, ...]
    categories: tuple[CategoryRules, ...]


@cache
def rules() -> Rules:
    """The rules, read once.

    >>> [category.id for category in rules().categories][:2]
    ['attempted-murder', 'kidnap']
    """
    return DataFile.open("offences/categories.yaml").one(Rules)
