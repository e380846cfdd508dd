"""Reading the parts of a case from plain data, gathering every fault and keeping whatever can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar, cast

from attrs import NOTHING, Attribute, evolve, field, fields, fields_dict, frozen, resolve_types
from cattrs import Converter

from victims_code import faults
from victims_code.cases.assertions import UNREAD, Assertion, FactValue, as_assertions
from victims_code.cases.checks import Parts, both_given
from victims_code.cases.events import Event
from victims_code.cases.people import Offence, Victim
from victims_code.cases.texts import text_or_nothing
from victims_code.faults import Fault
from victims_code.reading.documents import Document, Keys, Plain
from victims_code.reading.structuring import (
    MisfitError,
    group_of,
    kind_of,
    list_of,
    new_converter,
    structure,
    with_keys_meant,
)

__all__ = ["CaseFile", "read_parts"]

T = TypeVar("T")
Assertions = tuple[Assertion, ...]


@frozen(kw_only=True)
class CaseFile:
    """A case: its offences, its victims, and what happened. No names and no addresses.

    Only the outermost keys; what stands under them is read part by part.

    :param reference: how the record calls the case.
    :param victims: at least one victim.
    :param offence: the offence, as far as it is known.
    :param offences: the offences of a case that has several, in place of ``offence``.
    :param events: what happened, in any order.
    """

    reference: str
    victims: object
    offence: object = None
    offences: object = None
    events: object = None


@cache
def _converter() -> Converter:
    converter = new_converter()

    def fact_value(value: object, _type: object) -> FactValue:
        if value is None or isinstance(value, bool | str):
            return value
        raise MisfitError(faults.FACT_NEEDS_AN_ANSWER.at(given=kind_of(value)))

    converter.register_structure_hook_func(lambda kind: kind == FactValue, fact_value)
    one = converter.get_structure_hook(Assertion)

    def assertions(value: object, _type: object) -> Assertions:
        if isinstance(value, dict):
            return as_assertions(group_of(value, lambda said: fact_value(said, FactValue)))
        if not isinstance(value, list | tuple):
            raise MisfitError(faults.FACTS_NEITHER_GROUP_NOR_LIST.at())
        return as_assertions(list_of(value, lambda item: item if isinstance(item, str) else one(item, Assertion)))

    converter.register_structure_hook_func(lambda kind: kind == Assertions, assertions)
    return converter


def read_parts(document: Document) -> tuple[str, Parts, list[Fault]]:
    """The reference and the parts of a case, and every fault met in reading them."""
    reading = _CaseReader(document=document)
    data = document.data
    if isinstance(data, dict):
        missing = [key for key in ("reference", "victims") if key not in data]
        reading.faults.extend(faults.KEY_MISSING.at(document.where(), key=key) for key in missing)
        data = {**{key: "" if key == "reference" else None for key in missing}, **data}
    file = structure(_converter(), data, CaseFile, document, faults=reading.faults)
    given = with_keys_meant(document.data, CaseFile) if isinstance(document.data, dict) else {}
    victims = reading.listed(given, "victims", Victim)
    events = reading.listed(given, "events", Event)
    offences = [*reading.one(given, "offence", Offence), *reading.listed(given, "offences", Offence)]
    if given.get("offence") is not None and given.get("offences") is not None:
        reading.faults.append(both_given(document.where(("offence",))))
    reference = file.reference if file else ""
    parts = Parts(
        reference=reference,
        offences=offences or [(("offence",), Offence())],
        victims=victims,
        events=events,
        where=document.where,
        unread_victims=given.get("victims") is None or "victims" in reading.nameless,
        unread_offences=not reading.nameless.isdisjoint({"offence", "offences"}),
        unread_records="events" in reading.nameless,
        unread=reading.unread,
    )
    return reference, parts, [*map(_without_date_of_birth, reading.faults), *reading.taken_as_empty()]


@frozen(kw_only=True)
class _CaseReader:
    """The entries of a case as they are read: the faults, and the values of each that could not be read."""

    document: Document
    faults: list[Fault] = field(factory=list)
    unread: dict[Keys, frozenset[str]] = field(factory=dict)
    nameless: set[str] = field(factory=set)
    """The keys under which something stands whose reference could not be read."""
    words: dict[tuple[str, str], list[tuple[Keys, str]]] = field(factory=dict)
    """The words for nothing that were taken as empty, each with its place, by part of the case and key."""

    def listed(self, given: Mapping[str, Plain], name: str, kind: type[T]) -> list[tuple[Keys, T]]:
        """The entries of a list."""
        entries = given.get(name)
        if entries is None:
            return []
        if not isinstance(entries, list | tuple):
            self.faults.append(faults.KEY_NOT_A_LIST.at(self.document.where((name,)), name=name))
            self.nameless.add(name)
            return []
        read = [((name, n), self._entry(item, kind, (name, n))) for n, item in enumerate(entries)]
        return [(keys, part) for keys, part in read if part is not None]

    def one(self, given: Mapping[str, Plain], name: str, kind: type[T]) -> list[tuple[Keys, T]]:
        """The one entry under a key, if there is one."""
        item = given.get(name)
        part = None if item is None else self._entry(item, kind, (name,))
        return [] if part is None else [((name,), part)]

    def _entry(self, item: Plain, kind: type[T], keys: Keys) -> T | None:
        """One entry; where a part of it is broken, what can be read of it with stand-ins for the rest."""
        item = self._without_nothing(item, kind, keys)
        part = structure(_converter(), item, kind, self.document, keys, faults=self.faults)
        if part is not None:
            return part
        as_group = {"reference": item} if isinstance(item, str) and kind is Victim else item
        if not isinstance(as_group, dict):
            return None
        found = _partly(_converter(), as_group, kind, _STAND_INS, _partly_listed)
        if found is None or "reference" in found.broken:
            self.nameless.add(str(keys[0]))
        if found is None:
            return None
        self.unread[keys] = found.unread
        return found.thing

    def _without_nothing(self, item: Plain, kind: type, keys: Keys) -> Plain:
        """An entry without the keys whose text is empty or a word for nothing, which is counted; needed ones stay."""
        if not isinstance(item, dict):
            return item
        needed = {attribute.name for attribute in fields(kind) if attribute.default is NOTHING}
        known = fields_dict(kind).keys() - needed
        empty = {
            key: value
            for key, value in item.items()
            if key in known and isinstance(value, str) and text_or_nothing(value) is None
        }
        for key, value in empty.items():
            if value.strip():
                self.words.setdefault((str(keys[0]), key), []).append(((*keys, key), value.strip()))
        return {key: value for key, value in item.items() if key not in empty}

    def taken_as_empty(self) -> Iterator[Fault]:
        """A warning for each key under which words for nothing were taken as empty, with their number."""
        for (_, name), found in self.words.items():
            place, word = found[0]
            number = "1 place" if len(found) == 1 else f"{len(found)} places"
            yield faults.TAKEN_AS_EMPTY.at(self.document.where(place), name=name, word=word, number=number)


_STAND_INS: Mapping[str, object] = {"event": "", "at": date(2000, 1, 1), "reference": ""}
"""What stands in for a value that an entry needs and that could not be read; no check looks at it."""


def _partly_listed(value: object, type_: object) -> object:
    """What can be read of facts of which some cannot, each in its place; nothing for anything else."""
    if type_ != Assertions:
        return None
    one = _converter().get_structure_hook(Assertion)

    def read(item: object) -> Assertion:
        try:
            return as_assertions([item])[0] if isinstance(item, str) else one(item, Assertion)
        except Exception:  # told of already, as a fault of the whole
            named = item.get("fact") if isinstance(item, dict) else None
            return Assertion(fact=named, since=date.max) if isinstance(named, str) else UNREAD

    if isinstance(value, dict):
        return tuple(
            Assertion(fact=fact, value=said if isinstance(said, FactValue) else True) for fact, said in value.items()
        )
    return tuple(read(item) for item in value) if isinstance(value, list | tuple) else None


_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_BY_ITSELF = re.compile(r"\bvictims\[\d+\]$")


def _without_date_of_birth(fault: Fault) -> Fault:
    """A fault in a date of birth, or in a value where a whole victim belongs, names the place and not the value."""
    if fault.location.endswith(".born"):
        return evolve(fault, message="This is not a date of birth.")
    if _BY_ITSELF.search(fault.location) and fault.message.startswith("A group of keys is needed"):
        return evolve(fault, message="A victim is a group of keys.")
    if fault.code == "VC-FILE-003" and "victims[" in fault.location:  # a key that is a date may be one of birth
        where, what = (_DATE.sub("…", text) for text in (fault.location, fault.message))
        return evolve(fault, location=where, message=what)
    return fault


@frozen(kw_only=True)
class _Partly(Generic[T]):
    """A thing of which not everything could be read.

    ``broken`` names the values that are there and cannot be read, or are needed and not there; ``unread`` those and all
    that are not there while a key is that nobody knows, because they may stand under it.
    """

    thing: T
    broken: frozenset[str]
    unread: frozenset[str]


def _attributes(kind: Any) -> list[Attribute[Any]]:
    return [attribute for attribute in fields(kind) if attribute.init]


def _partly(
    converter: Converter,
    item: Mapping[str, Any],
    kind: type[T],
    stand_ins: Mapping[str, object] = MappingProxyType({}),
    piecewise: Callable[[object, object], object] = lambda _value, _type: None,
) -> _Partly[T] | None:
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
        return _Partly(thing=kind(**standing_in, **values), broken=broken, unread=unread)
    except Exception:  # told of already
        return None
