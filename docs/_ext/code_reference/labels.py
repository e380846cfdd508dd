"""The anchors of the reference. They hold from release to release, so others may link to them."""

from __future__ import annotations

from victims_code.law import (
    Capacity,
    Criterion,
    Duty,
    Edition,
    EnhancedCategory,
    Imprint,
    Part,
    Reading,
    Scheme,
    SchemeLimit,
    Source,
    Statement,
)

__all__ = ["label_of"]

_KINDS: dict[type, str] = {
    Capacity: "capacity",
    Criterion: "criterion",
    EnhancedCategory: "category",
    Part: "part",
    Reading: "reading",
    Scheme: "scheme",
    SchemeLimit: "limit",
    Source: "source",
    Statement: "statement",
}


def label_of(thing: object, within: str = "") -> str:
    """The anchor of a thing: its kind and its identifier, after the edition or scheme it belongs to.

    >>> from victims_code.law import load_law
    >>> label_of(load_law().editions["code-2021"].duties["refer-to-support"])
    'code-2021-refer-to-support'
    >>> label_of(load_law().readings["pairing"])
    'reading-pairing'
    """
    if isinstance(thing, Duty):
        return f"{thing.edition}-{thing.id}"
    if isinstance(thing, Edition | Imprint):
        return thing.id
    kind = _KINDS.get(type(thing), type(thing).__name__.lower())
    return "-".join(part for part in (within, kind, str(getattr(thing, "id", ""))) if part)
