"""What can be read of an entry of which a part is broken, so that every check that does not rest on that part is made.

The faults of the broken part have been gathered already; nothing here tells of any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from attrs import NOTHING, Attribute, fields, frozen, resolve_types
from cattrs import Converter

__all__ = ["Partly", "partly", "with_keys_meant"]

T = TypeVar("T")
_NEAR = 0.75
"""How alike a key that is not known must be to one that is missing to be read as that one."""


@frozen(kw_only=True)
class Partly(Generic[T]):
    """A thing of which not everything could be read.

    ``broken`` names the values that are there and cannot be read, or are needed and not there; ``unread`` those and all
    that are not there while a key is that nobody knows, because they may stand under it.
    """

    thing: T
    broken: frozenset[str]
    unread: frozenset[str]


def _attributes(kind: Any) -> list[Attribute[Any]]:
    return [attribute for attribute in fields(kind) if attribute.init]


def with_keys_meant(item: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """A group of keys in which each key that is not known has the name of the missing one it is nearest to.

    >>> from victims_code.cases import Event
    >>> with_keys_meant({"event": "suspect-arrested", "att": "2026-04-02", "colour": "red"}, Event)
    {'event': 'suspect-arrested', 'at': '2026-04-02', 'colour': 'red'}
    """
    known = [attribute.name for attribute in _attributes(kind)]
    meant: dict[str, Any] = {}
    for key, value in item.items():
        missing = [name for name in known if name not in item and name not in meant]
        near = [] if key in known else get_close_matches(str(key), missing, n=1, cutoff=_NEAR)
        meant[near[0] if near else key] = value
    return meant


def partly(
    converter: Converter,
    item: Mapping[str, Any],
    kind: type[T],
    stand_ins: Mapping[str, object] = MappingProxyType({}),
    piecewise: Callable[[object, object], object] = lambda _value, _type: None,
) -> Partly[T] | None:
    """What can be read of a group of keys as a thing of a kind; None if it cannot be made even so.

    :param stand_ins: what to put in the place of a value that is needed and cannot be read.
    :param piecewise: reads what it can of a value of a type, or gives None if nothing of it can be read.
    """
    resolve_types(cast(Any, kind))
    given = with_keys_meant(item, kind)
    known = {attribute.name: attribute for attribute in _attributes(kind)}
    values: dict[str, object] = {}
    for name in known.keys() & given.keys():
        type_ = known[name].type
        try:
            values[name] = converter.get_structure_hook(type_)(given[name], type_)
        except Exception:  # told of already
            pieces = piecewise(given[name], type_)
            if pieces is not None:
                values[name] = pieces
    needed = {name for name in known if known[name].default is NOTHING}
    broken = frozenset((known.keys() & given.keys() - values.keys()) | (needed - values.keys()))
    unread = broken | (known.keys() - given.keys() if given.keys() - known.keys() else frozenset())
    if not (needed - values.keys()) <= stand_ins.keys():
        return None
    standing_in = {name: stand_ins[name] for name in needed - values.keys()}
    try:
        return Partly(thing=kind(**standing_in, **values), broken=broken, unread=unread)
    except Exception:  # told of already
        return None
