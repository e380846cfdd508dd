"""The objects of Open Referral with their fields, and what of them our own words become."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from attrs import field, frozen

from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced

Thing: TypeAlias = "dict[str, Plain]"

RECORD, WORDS, ONS = "victims-code record", "victims-code", "ONS geography"
STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
LISTS = {"kind": "kinds", "groups": "groups", "tier": "tiers", "needs": "needs", "access": "access"}
"""The fields of a service whose words are attributes, each with the taxonomy they are of."""


@frozen(kw_only=True)
class ReferralObject:
    """An object of Open Referral: its fields by what they hold, those it needs, and those a directory keeps."""

    id: str
    needed: tuple[str, ...]
    uuids: tuple[str, ...]
    kept: tuple[str, ...]
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(factory=dict)
    lists: Mapping[str, str] = field(factory=dict)
    things: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class _ObjectsFile(Sourced):
    native: tuple[str, ...]
    objects: tuple[ReferralObject, ...]


@cache
def referral_objects() -> Mapping[str, ReferralObject]:
    """The objects of Open Referral by name.

    :raises LawDataError: if the data is broken.

    >>> referral_objects()["service"].needed
    ('id', 'name', 'status')
    """
    return by_id(referral_words().objects)


@cache
def referral_words() -> _ObjectsFile:
    """The objects with their fields, and the words of a service that Open Referral has fields for."""
    return DataFile.open("commissioning/open-referral.yaml").one(_ObjectsFile)


@cache
def open_referral_schema() -> Thing:
    """A JSON Schema of a page of services, made from the fields of Open Referral that :func:`referral_objects` lists.

    >>> open_referral_schema()["$defs"]["service"]["required"]
    ['id', 'name', 'status']
    """
    known = referral_objects()
    kinds: list[tuple[str, Thing]] = [
        ("texts", {"type": "string"}),
        ("numbers", {"type": "number"}),
        ("uuids", {"type": "string", "format": "uuid"}),
        ("emails", {"type": "string", "format": "email"}),
        ("uris", {"type": "string", "format": "uri"}),
        ("moments", {"type": "string", "format": "date-time"}),
    ]
    definitions: Thing = {}
    for one in known.values():
        fields: Thing = {name: dict(schema) for kind, schema in kinds for name in getattr(one, kind)}
        fields |= {name: {"type": "string", "enum": list(words)} for name, words in one.words.items()}
        fields |= {name: {"type": "array", "items": _of(kind, known)} for name, kind in one.lists.items()}
        fields |= {name: _of(kind, known) for name, kind in one.things.items()}
        definitions[one.id] = {"type": "object", "properties": fields, "required": list(one.needed)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"contents": {"type": "array", "items": {"$ref": "#/$defs/service"}}},
        "required": ["contents"],
        "$defs": definitions,
    }


def _of(kind: str, known: Mapping[str, ReferralObject]) -> Thing:
    return {"$ref": f"#/$defs/{kind}"} if kind in known else {"type": "object"}


def uuid_of(*names: str) -> str:
    """An identifier that stays the same for the same names; a name that is one already is kept."""
    return names[-1] if is_uuid(names[-1]) else str(uuid5(NAMESPACE_URL, "victims-code/" + "/".join(names)))


def is_uuid(text: str) -> bool:
    """Whether text is a UUID as it is usually written."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def without_empty(values: Mapping[str, Plain]) -> Thing:
    """What is stated of a thing: neither nothing nor an empty list."""
    return {name: value for name, value in values.items() if value is not None and value != []}
