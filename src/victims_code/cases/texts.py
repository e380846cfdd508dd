"""Texts of a record: one with nothing in it, or with a word for nothing, is not there."""

from __future__ import annotations

from victims_code.missing_values import is_missing_word

__all__ = ["is_blank", "text_or_nothing"]


def is_blank(value: object) -> bool:
    """Whether a value is text with nothing in it but white space."""
    return isinstance(value, str) and not value.strip()


def text_or_nothing(value: str | None) -> str | None:
    """The value as it is, or None for text with nothing in it and for words such as ``NULL``.

    >>> text_or_nothing("S1"), text_or_nothing(" "), text_or_nothing("N/A"), text_or_nothing(None)
    ('S1', None, None, None)
    """
    return None if is_blank(value) or (isinstance(value, str) and is_missing_word(value)) else value
