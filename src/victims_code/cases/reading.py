"""Reading the parts of a case from plain data, gathering every fault and keeping whatever can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar

from attrs import NOTHING, evolve, fields, fields_dict, frozen
from cattrs import Converter

from victims_code.cases.assertions import Assertion, as_assertions
from victims_code.cases.checks import Parts, both_given
from victims_code.cases.events import Event
from victims_code.cases.people import Offence, Victim
from victims_code.cases.texts import is_blank
from victims_code.documents import Document, Keys, Plain
from victims_code.errors import Fault
from victims_code.structuring import MisfitError, kind_of, new_converter, structure

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

    def fact_value(value: object, _type: object) -> bool | str:
        if isinstance(value, bool | str):
            return value
        given = kind_of(value)
        raise MisfitError(f"A fact is true or false, not {given}.", "Write true or false; leave it out if not known.")

    converter.register_structure_hook_func(lambda kind: kind == (bool | str), fact_value)
    one = converter.get_structure_hook(Assertion)

    def assertions(value: object, _type: object) -> Assertions:
        if isinstance(value, dict):
            return as_assertions({fact: fact_value(said, bool | str) for fact, said in value.items()})
        if not isinstance(value, list | tuple):
            raise MisfitError("Facts are a group of keys or a list.", "Write `facts: {persistently-targeted: true}`.")
        return as_assertions([item if isinstance(item, str) else one(item, Assertion) for item in value])

    converter.register_structure_hook_func(lambda kind: kind == Assertions, assertions)
    return converter


def read_parts(document: Document) -> tuple[str, Parts, list[Fault]]:
    """The reference and the parts of a case, and every fault met in reading them."""
    faults: list[Fault] = []
    converter = _converter()
    outer: Document = document
    data = document.data
    if isinstance(data, dict):
        missing = [key for key in ("reference", "victims") if key not in data]
        faults += [
            Fault(code="VC-FILE-004", where=document.where(), what=f"The key {key!r} is missing.", way_out="Add it.")
            for key in missing
        ]
        data = {**{key: "" if key == "reference" else None for key in missing}, **data}
    file = structure(converter, data, CaseFile, outer, faults=faults)
    given = data if isinstance(data, dict) else {}
    victims = _listed(converter, Victim, given.get("victims"), document, "victims", faults)
    events = _listed(converter, Event, given.get("events"), document, "events", faults)
    offences = _read_offences(converter, given, document, faults)
    listed = given.get("victims")
    parts = Parts(
        offences=offences or [(("offence",), Offence())],
        victims=victims,
        events=events,
        where=document.where,
        unread_victims=not isinstance(listed, list) or len(victims) < len(listed),
        unread_offences=len(offences) < _how_many_offences(given),
    )
    return (file.reference if file else ""), parts, [_without_date_of_birth(fault) for fault in faults]


def _read_offences(
    converter: Converter, given: Mapping[str, Plain], document: Document, faults: list[Fault]
) -> Sequence[tuple[Keys, Offence]]:
    """The one under ``offence``, or the several under ``offences``; not both."""
    one, several = given.get("offence"), given.get("offences")
    if one is not None and several is not None:
        faults.append(both_given(document.where(("offence",))))
    read = [] if one is None else [(("offence",), _read(converter, one, Offence, document, ("offence",), faults))]
    found = [(keys, offence) for keys, offence in read if offence is not None]
    return [*found, *_listed(converter, Offence, several, document, "offences", faults)]


def _how_many_offences(given: Mapping[str, Plain]) -> int:
    several = given.get("offences")
    return (given.get("offence") is not None) + (len(several) if isinstance(several, list | tuple) else 0)


def _listed(
    converter: Converter, kind: type[T], given: object, document: Document, name: str, faults: list[Fault]
) -> Sequence[tuple[Keys, T]]:
    if given is None:
        return []
    if not isinstance(given, list | tuple):
        faults.append(
            Fault(
                code="VC-FILE-005",
                where=document.where((name,)),
                what=f"`{name}` is a list.",
                way_out="Begin each entry with a dash.",
            )
        )
        return []
    read = [((name, n), _read(converter, item, kind, document, (name, n), faults)) for n, item in enumerate(given)]
    return [(keys, part) for keys, part in read if part is not None]


def _read(
    converter: Converter, item: Plain, kind: type[T], document: Document, keys: Keys, faults: list[Fault]
) -> T | None:
    """One entry; a victim with a key that is not known is still a victim whom events may name."""
    item = _without_blanks(item, kind)
    part = structure(converter, item, kind, document, keys, faults=faults)
    if part is None and kind is Victim and isinstance(item, dict):
        known = {key: value for key, value in item.items() if key in fields_dict(Victim)}
        return structure(converter, known, kind, document, keys, faults=[])
    return part


def _without_blanks(item: Plain, kind: type) -> Plain:
    """An entry without the keys of which the text is empty, as if they were not there; needed ones stay."""
    if not isinstance(item, dict):
        return item
    needed = {attribute.name for attribute in fields(kind) if attribute.default is NOTHING}
    known = fields_dict(kind).keys() - needed
    return {key: value for key, value in item.items() if key not in known or not is_blank(value)}


_BY_ITSELF = re.compile(r"\bvictims\[\d+\]$")


def _without_date_of_birth(fault: Fault) -> Fault:
    """A fault in a date of birth, or in a value where a whole victim belongs, names the place and not the value."""
    if fault.where.endswith(".born"):
        return evolve(fault, what="This is not a date of birth.")
    if _BY_ITSELF.search(fault.where) and fault.what.startswith("A group of keys is needed"):
        return evolve(fault, what="A victim is a group of keys.")
    return fault
