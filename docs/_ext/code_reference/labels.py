"""The anchors of the reference. They hold from release to release, so others may link to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import fields, has

from victims_code.conditions import AllOf, AnyOf, Leaf, Not
from victims_code.law import (
    Capacity,
    Citation,
    Criterion,
    Definition,
    Duty,
    Edition,
    EditionInfo,
    Eligibility,
    EnhancedCategory,
    Limb,
    Measure,
    Part,
    Provision,
    ProvisionPart,
    Reading,
    Scheme,
    SchemeLimit,
    SchemeService,
    Source,
    Statement,
    WitnessGround,
)

Words = AllOf | AnyOf | Citation | Leaf | Not

_KINDS: dict[type, str] = {
    Capacity: "capacity",
    Criterion: "criterion",
    Definition: "definition",
    EnhancedCategory: "category",
    Limb: "limb",
    Measure: "measure",
    Part: "part",
    Provision: "provision",
    ProvisionPart: "provision",
    Reading: "reading",
    Scheme: "scheme",
    SchemeLimit: "limit",
    SchemeService: "service",
    Source: "source",
    Statement: "statement",
    WitnessGround: "ground",
}


def label_of(thing: object, within: str = "", place: str = "") -> str:
    """The anchor of a thing: its kind and its identifier, after the anchor of what it stands within.

    ``place`` stands in for a thing that has no identifier.

    >>> from victims_code.law import load_law
    >>> label_of(load_law().editions["code-2021"].duties["refer-to-support"])
    'code-2021-refer-to-support'
    >>> label_of(load_law().readings["pairing"])
    'reading-pairing'
    """
    if isinstance(thing, Duty):
        return f"{thing.edition}-{thing.id}"
    if isinstance(thing, Edition | EditionInfo):
        return thing.id
    if isinstance(thing, Eligibility):
        return f"{within}-eligibility"
    kind = _KINDS.get(type(thing), type(thing).__name__.lower())
    own = f"{kind}-{thing.id}" if hasattr(thing, "id") else place
    return f"{within}-{own}" if within else own


def parts_of(thing: object, label: str) -> Iterator[tuple[str, object, str]]:
    """Everything of the law that stands inside a thing: the attribute it stands in, itself, and its anchor."""
    for attribute in fields(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, attribute.name)
        for number, part in enumerate(held_by(value)):
            place = attribute.name if has(type(value)) else f"{attribute.name}-{number}"
            yield attribute.name, part, label_of(part, label, place)


def held_by(value: object) -> tuple[object, ...]:
    """The things of the law that a value is or holds; conditions and citations are words and not things."""
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
    return tuple(item for item in items if has(type(item)) and not isinstance(item, Words))
