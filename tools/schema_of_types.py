"""From types to JSON Schema: attrs classes, typed dictionaries, enumerations and what they are made of.

The schema of a type says what the strict loader (:mod:`victims_code.reading.structuring`) takes for it: keys that are
not known are refused, a whole number will do for text, and nothing else is converted.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import abc
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, TypeAlias, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, define, field, fields, frozen, has, resolve_types
from typing_extensions import is_typeddict  # which knows its own and those of the standard library

from victims_code.arguments import OneOfWords
from victims_code.dates import Moment
from victims_code.money import pounds
from victims_code.printable import capitalised
from victims_code.reading.sources import SourceName

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema as plain data."""

Narrowing: TypeAlias = "Schema | Callable[[SchemaMaker], Schema]"
"""What to say of an attribute beyond its type."""

_LEAP_YEAR = r"(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_REAL_DAY = (
    r"(?!0000)"
    r"(\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
    rf"|{_LEAP_YEAR}-02-29)"
)
_TIME = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?"

DAY: Schema = {"type": "string", "format": "date", "pattern": f"^{_REAL_DAY}$"}
"""A day as 2026-04-02. The pattern knows how long months are, for readers that leave ``format`` out."""
MOMENT: Schema = {"type": "string", "pattern": f"^{_REAL_DAY}([T ]{_TIME})?$"}
"""A day, or a day and a time; without a zone the time is that of London, so it is no ``date-time`` of RFC 3339."""

_DIGITS = r"(\d+|\d{1,3}(,\d{3})+)"
NUMBER: Schema = {"type": ["number", "string"], "pattern": rf"^\s*-?{_DIGITS}(\.\d+)?\s*$"}
"""A number, which as text is kept exactly as it is written."""
MONEY: Schema = {"type": ["number", "string"], "pattern": rf"^\s*-?(£\s*)?{_DIGITS}(\.\d{{1,2}}0*)?\s*$"}
"""Pounds to the penny."""

_PLAIN: dict[object, Schema] = {
    Decimal: NUMBER,
    time: {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"},
    str: {"type": ["string", "integer"]},
    SourceName: {"type": ["string", "integer"]},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: DAY,
    object: {},
    NoneType: {"type": "null"},
}


def or_null(schema: Schema) -> Schema:
    """A schema that allows null as well, written so that a validator still names the place of what is wrong inside."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}


def _or_blank(schema: Schema) -> Schema:
    """A schema that takes empty text as well."""
    plain = schema.keys() <= {"type"} and "string" in schema.get("type", ())
    return schema if plain else {"anyOf": [*schema.get("anyOf", [schema]), {"type": "string", "pattern": r"^\s*$"}]}


@define
class SchemaMaker:
    """Makes the schema of a type, and collects the classes it is made of as definitions.

    :param given: schemas for single types that the loader reads in a way of its own.
    :param narrowed: by class and attribute, what to say beyond the type: the words of a vocabulary, for one. What
        names a type or lists words stands in its place, and null stays allowed where the type allows it.
    :param written: how a class writes the name of an attribute as a key, if not as it is.
    :param left_out: attributes that are not read from the document, by class.
    :param ruled: what holds for a class as a whole, beyond its attributes.
    :param blanks: classes of which a key that need not be there can hold empty text, which is nothing.
    :param loose_text: whether a whole number will do for text, as it does in what is read.
    """

    given: Mapping[object, Callable[[SchemaMaker], Schema]] = field(factory=dict)
    narrowed: Mapping[tuple[type, str], Narrowing] = field(factory=dict)
    written: Mapping[type, Callable[[str], str]] = field(factory=dict)
    left_out: Mapping[type, frozenset[str]] = field(factory=dict)
    ruled: Mapping[type, Schema] = field(factory=dict)
    blanks: frozenset[type] = frozenset()
    loose_text: bool = True
    definitions: dict[str, Schema] = field(factory=dict, init=False)

    def of(self, kind: Any) -> Schema:
        """The schema of a type; of a class, a reference to its definition."""
        if kind in self.given:
            return self.given[kind](self)
        if kind == Moment:
            return dict(MOMENT)
        if kind is str and not self.loose_text:
            return {"type": "string"}
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        if has(kind) or is_typeddict(kind):
            return self.defined(kind.__name__, lambda: self.inside(kind))
        return self._made_of_others(kind)

    def _made_of_others(self, kind: Any) -> Schema:
        origin, inner = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(*inner[:2])
        if origin is Literal:
            return {"enum": list(inner)}
        if origin is NotRequired:
            return self.of(inner[0])
        if origin in (Union, UnionType):
            for whole in (*self.given, Moment):  # a union inside a union was taken apart
                if (parts := get_args(whole)) and set(parts) < set(inner):
                    inner = (whole, *(part for part in inner if part not in parts))
            some = [self.of(part) for part in inner if part is not NoneType]
            one = some[0] if len(some) == 1 else {"anyOf": some}
            return or_null(one) if NoneType in inner else one
        if origin in (tuple, list):
            return {"type": "array", "items": self.of(inner[0])}
        if origin in (dict, abc.Mapping):
            names = self.of(inner[0])
            named = {"propertyNames": {"enum": names["enum"]}} if "enum" in names else {}
            return {"type": "object", "additionalProperties": self.of(inner[1]), **named}
        raise TypeError(f"no schema is known for {kind!r}")

    def _annotated(self, kind: Any, means: Any) -> Schema:
        """Text that is a date (see :mod:`victims_code.plain`), one word of a list, or what another function reads."""
        if isinstance(means, OneOfWords):
            return {"enum": sorted(means.words())}
        if means is pounds:
            return dict(MONEY)
        return self.of(kind if inspect.isfunction(means) else means)

    def defined(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to the definition of that name, made the first time it is asked for."""
        if name not in self.definitions:
            self.definitions[name] = {}  # a class may hold others of its kind
            self.definitions[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def inside(self, kind: type) -> Schema:
        """The schema of a class itself, and not a reference to it."""
        said = _said_of(kind)
        keys = self._keys_of_dictionary(kind) if is_typeddict(kind) else self._keys_of_class(kind)
        named = self.written.get(kind, str)
        properties = {named(key.name): self._property(kind, key, said) for key in keys}
        schema: Schema = {
            "description": said[""],
            "type": "object",
            "properties": properties,
            "required": [named(key.name) for key in keys if key.needed],
            "additionalProperties": False,
        }
        return {**schema, **self.ruled.get(kind, {})}

    def _property(self, kind: type, key: _Key, said: Mapping[str, str]) -> Schema:
        narrowed = self.narrowed.get((kind, key.name), {})
        if callable(narrowed):
            narrowed = narrowed(self)
        if _SAYS_ALL & narrowed.keys():
            schema = or_null(narrowed) if NoneType in get_args(key.type) else narrowed
        else:
            schema = {**self.of(key.type), **narrowed}
        if key.least is not None:
            schema = {**schema, "minimum": key.least}
        if kind in self.blanks and not key.needed:
            schema = _or_blank(schema)
        return {"description": said[key.name], **schema} if key.name in said else schema

    def _keys_of_class(self, kind: type) -> list[_Key]:
        resolve_types(kind)
        absent = self.left_out.get(kind, frozenset())
        return [
            _Key(name=one.name, type=one.type, needed=one.default is NOTHING, least=_least(one))
            for one in sorted(fields(kind), key=lambda one: one.inherited)  # what it rests on comes last
            if one.init and one.name not in absent
        ]

    def _keys_of_dictionary(self, kind: Any) -> list[_Key]:
        hints = get_type_hints(kind, include_extras=True)
        return [
            _Key(name=name, type=type_, needed=get_origin(type_) is not NotRequired) for name, type_ in hints.items()
        ]


_SAYS_ALL = frozenset(("enum", "anyOf", "$ref", "type"))
"""What in a narrower schema says so much that the type adds nothing."""


@frozen(kw_only=True)
class _Key:
    """A key of a document: its type, whether it must be there, and the least a number may be."""

    name: str
    type: Any
    needed: bool
    least: int | None = None


def _least(attribute: Attribute[Any]) -> int | None:
    """The bound of the validator ``ge``, which is the only one that files meet."""
    validator: Any = attribute.validator
    return validator.bound if getattr(validator, "compare_op", None) == ">=" else None


# --- what the docstrings say ------------------------------------------------------------------------------------

_PARAM = re.compile(r":param (\w+): (.*?)(?=\n\s*:|\n\n|\Z)", re.DOTALL)


@cache
def _said_of(kind: type) -> Mapping[str, str]:
    """What the docstring of a class says of it (under the empty name) and of each attribute."""
    doc = inspect.cleandoc(kind.__doc__ or "")
    said = {"": _plain_words(re.split(r"\n\n|\n:", doc)[0])}
    said |= {name: _plain_words(text) for name, text in _PARAM.findall(doc)}
    said |= {name: _plain_words(text) for name, text in _below_attributes(kind)}
    return said


def _below_attributes(kind: type) -> list[tuple[str, str]]:
    """The text that stands below an attribute in the source, as documentation of it."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return [
        (item.target.id, text.value.value)
        for item, text in zip(tree.body, tree.body[1:], strict=False)
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    ]


def _plain_words(text: str) -> str:
    """A docstring without its marks, on one line, with a full stop."""
    text = re.sub(r":\w+:`~?\.?([^`]+)`", r"\1", text)
    text = " ".join(text.replace("``", "`").split())
    text = capitalised(text)
    return text if text.endswith(".") else f"{text}."
