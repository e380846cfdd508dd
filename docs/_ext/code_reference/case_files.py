"""The keys of a case file, taken from the types that read it, so that the list is never out of date."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, frozen

from victims_code.cases import Assertion, Case, Event, Offence, Victim

_GROUPS = {
    "The case": Case,
    "`offence`": Offence,
    "`victims`": Victim,
    "`events`": Event,
    "A fact or flag, written out": Assertion,
}
_KINDS = {str: "text", bool: "true or false", date: "date", datetime: "date or date and time"}


@frozen(kw_only=True)
class Key:
    """One key: what may stand there, whether it must be there, and what it means."""

    name: str
    kind: str
    needed: bool
    meaning: str


def case_file_keys() -> dict[str, list[Key]]:
    """Every key a case file may have, group by group."""
    return {title: list(_keys(kind)) for title, kind in _GROUPS.items()}


def _keys(kind: type) -> Iterator[Key]:
    hints, meanings = get_type_hints(kind), _meanings(kind)
    for attribute in fields(kind):
        if attribute.init and not attribute.name.startswith("_"):
            yield Key(
                name=attribute.name,
                kind=_kind(hints[attribute.name]),
                needed=attribute.default is NOTHING,
                meaning=meanings[attribute.name],
            )


def _kind(hint: Any) -> str:
    choices = set(get_args(hint)) - {type(None)} if get_origin(hint) in (Union, UnionType) else {hint}
    if datetime in choices:
        return _KINDS[datetime]
    if get_origin(hint) is tuple:
        return "list or group of keys" if Assertion in get_args(hint) else "list"
    return " or ".join(_KINDS.get(choice, "group of keys") for choice in sorted(choices, key=str, reverse=True))


def _meanings(kind: type) -> dict[str, str]:
    """What the docstring says of each parameter, in MyST."""
    found = re.findall(r":param (\w+): (.+?)(?=\n:|\n\n|\Z)", inspect.cleandoc(kind.__doc__ or ""), re.DOTALL)
    return {name: _as_myst(text) for name, text in found}


def _as_myst(text: str) -> str:
    named = re.sub(r":class:`~?(?:\w+\.)*(\w+)`( objects)?", _noun, " ".join(text.split()))
    return named.replace("``", "`").removesuffix(".")


def _noun(role: re.Match[str]) -> str:
    return role[1].lower() + ("s" if role[2] else "")
