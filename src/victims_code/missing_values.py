"""Words and dates that records hold where a value is not known, words of rows that are no records, and likely slips."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from attrs import frozen

from victims_code.dates import Moment
from victims_code.reading.data_files import DataFile

_NO_LETTER = re.compile(r"[^a-z]+")


@frozen(kw_only=True)
class _PlaceholderDate:
    date: date
    written_by: str


@frozen(kw_only=True)
class _MissingValues:
    words: tuple[str, ...]
    footers: tuple[str, ...]
    dates: tuple[_PlaceholderDate, ...]
    slip_after_months: int
    evidence: str
    source: str


@cache
def _file() -> _MissingValues:
    return DataFile.open("vocabulary/missing-values.yaml").one(_MissingValues)


@cache
def missing_words() -> frozenset[str]:
    """The words that stand for an empty cell, in small letters.

    >>> "n/a" in missing_words()
    True
    """
    return frozenset(word.casefold() for word in _file().words)


def is_missing_word(text: str) -> bool:
    """Whether a text is one of the words that mean an empty cell, with or without spaces around it.

    >>> is_missing_word("NULL "), is_missing_word("Nullson")
    (True, False)
    """
    word = text.strip()
    return len(word) <= _longest() and word.casefold() in missing_words()


@cache
def _footers() -> frozenset[str]:
    return frozenset(_file().footers)


def is_footer(text: str) -> bool:
    """Whether a text is the word of a footer, whatever numbers and marks are around it.

    >>> is_footer("Total: 12"), is_footer("(12 rows affected)"), is_footer("45/AA/12")
    (True, True, False)
    """
    return _NO_LETTER.sub(" ", text.casefold()).strip() in _footers()


@cache
def _longest() -> int:
    return max(map(len, missing_words()))


@cache
def placeholder_dates() -> frozenset[date]:
    """The dates that systems fill in where a date is not known."""
    return frozenset(one.date for one in _file().dates)


def slip_after_months() -> int:
    """How many months after every other date of a case its last date is likely a slip.

    >>> slip_after_months()
    12
    """
    return _file().slip_after_months


def is_placeholder(at: Moment) -> bool:
    """Whether a date is one that systems fill in where the date is not known.

    >>> is_placeholder(date(1900, 1, 1))
    True
    """
    return date(at.year, at.month, at.day) in placeholder_dates()
