"""Texts of a record: one with nothing in it is not there."""

from __future__ import annotations

__all__ = ["is_blank", "text_or_nothing"]


def is_blank(value: object) -> bool:
    """Whether a value is text with nothing in it but white space."""
    return isinstance(value, str) and not value.strip()


def text_or_nothing(value: str | None) -> str | None:
    """The value as it is, or None for text with nothing in it.

    >>> text_or_nothing("S1"), text_or_nothing(" "), text_or_nothing(None)
    ('S1', None, None)
    """
    return None if is_blank(value) else value
