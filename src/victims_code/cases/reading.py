"""Reading the parts of a case from plain data, gathering every fault and keeping whatever can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from attrs import NOTHING, evolve, field, fields, fields_dict, frozen
from cattrs import Converter

from victims_code import faults
from victims_code.cases.checks import Parts, both_given
from victims_code.cases.records import Assertion, Event, FactValue, Offence, Victim, as_assertions, text_or_nothing
from victims_code.faults import Fault
from victims_code.names import FactId
from victims_code.reading.documents import Document, Keys, Plain
from victims_code.reading.structuring import (
    MisfitError,
    group_of,
    kind_of,
    list_of,
    new_converter,
    partly,
    structure,
    with_keys_meant,
)

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

    def assertion(value: object, _type: object = None) -> Assertion:
        said: Assertion = as_assertions([value])[0] if isinstance(value, str) else one(value, Assertion)
        return said

    def assertions(value: object, _type: object) -> Assertions:
        if isinstance(value, dict):
            stated = group_of(value, lambda said: fact_value(said, FactValue))
            return as_assertions(cast("dict[FactId, FactValue]", stated))  # the names are checked with the case
        if not isinstance(value, list | tuple):
            raise MisfitError(faults.FACTS_NEITHER_GROUP_NOR_LIST.at())
        return tuple(list_of(value, assertion))

    converter.register_structure_hook_func(lambda kind: kind is Assertion, assertion)
    converter.register_structure_hook_func(lambda kind: kind == Assertions, assertions)
    return converter


def read_parts(document: Document) -> tuple[Parts, list[Fault]]:
    """The parts of a case as far as they can be read, and every fault met in reading them."""
    reading = _CaseReader(document=document)
    file = structure(_converter(), document.data, CaseFile, document, faults=reading.faults)
    given = with_keys_meant(document.data, CaseFile) if isinstance(document.data, dict) else {}
    victims = reading.listed(given, "victims", Victim)
    events = reading.listed(given, "events", Event)
    offences = [*reading.one(given, "offence", Offence), *reading.listed(given, "offences", Offence)]
    if given.get("offence") is not None and given.get("offences") is not None:
        reading.faults.append(both_given(document.where(("offence",))))
    if given.get("victims") is None:
        reading.lost.add("victims")
    reference = file.reference if file else given.get("reference")
    parts = Parts(
        reference=reference if isinstance(reference, str) else None,
        offences=offences or [(("offence",), Offence())],
        victims=victims,
        events=events,
        where=document.where,
        lost=reading.lost,
    )
    return parts, [*map(_without_date_of_birth, reading.faults), *reading.taken_as_empty()]


@frozen(kw_only=True)
class _CaseReader:
    """The entries of a case as they are read, with the faults."""

    document: Document
    faults: list[Fault] = field(factory=list)
    lost: set[str] = field(factory=set)
    """The lists that are not lists, so that no one knows what is in them."""
    words: dict[tuple[str, str], list[tuple[Keys, str]]] = field(factory=dict)
    """The words for nothing that were taken as empty, each with its place, by part of the case and key."""

    def listed(self, given: Mapping[str, Plain], name: str, kind: type[T]) -> list[tuple[Keys, T]]:
        """The entries of a list."""
        entries = given.get(name)
        if entries is None:
            return []
        if not isinstance(entries, list | tuple):
            self.faults.append(faults.KEY_NOT_A_LIST.at(self.document.where((name,)), name=name))
            self.lost.add(name)
            return []
        read = [((name, n), self._entry(item, kind, (name, n))) for n, item in enumerate(entries)]
        return [(keys, part) for keys, part in read if part is not None]

    def one(self, given: Mapping[str, Plain], name: str, kind: type[T]) -> list[tuple[Keys, T]]:
        """The one entry under a key, if there is one."""
        item = given.get(name)
        part = None if item is None else self._entry(item, kind, (name,))
        return [] if part is None else [((name,), part)]

    def _entry(self, item: Plain, kind: type[T], keys: Keys) -> T | None:
        """One entry, or as much of it as can be read."""
        item = self._without_nothing(item, kind, keys)
        part = structure(_converter(), item, kind, self.document, keys, faults=self.faults)
        if part is None:
            group = {"reference": item} if isinstance(item, str) and kind is Victim else item
            part = partly(_converter(), group, kind, {Assertions: _apart})
        return part

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


def _apart(facts: object) -> Mapping[str | int, tuple[object, Any]]:
    """What facts consist of: the items of a list, or the facts of a group, each with its value."""
    if isinstance(facts, dict):
        return {fact: ({"fact": fact, "value": said}, Assertion) for fact, said in facts.items()}
    return {n: (item, Assertion) for n, item in enumerate(facts)} if isinstance(facts, list | tuple) else {}


_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_BY_ITSELF = re.compile(r"\bvictims\[\d+\]$")


def _without_date_of_birth(fault: Fault) -> Fault:
    """A fault in a date of birth, or in a value where a whole victim belongs, names the place and not the value."""
    if fault.location.endswith(".born"):
        return evolve(fault, message="This is not a date of birth.", hint=faults.NOT_A_DATE_OF_BIRTH.at().hint)
    if _BY_ITSELF.search(fault.location) and fault.message.startswith("A group of keys is needed"):
        return evolve(fault, message="A victim is a group of keys.")
    if fault.code == "VC-FILE-003" and "victims[" in fault.location:  # a key that is a date may be one of birth
        where, what = (_DATE.sub("…", text) for text in (fault.location, fault.message))
        return evolve(fault, location=where, message=what)
    return fault
