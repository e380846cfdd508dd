"""PyYAML, used strictly: scalars stay as they are written, and a key is one word.

It is imported when the first YAML is read or written, so that what reads none starts without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

if TYPE_CHECKING:
    from victims_code.reading.documents import Keys, Plain

YAMLError = yaml.YAMLError
Mark: TypeAlias = yaml.Mark

_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"0|-?[1-9][0-9]*")


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves every scalar as it is written; converting is done here, and strictly."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """No tag: nothing is told apart by how it is written."""
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Nothing to resolve on the way down."""

    def ascend_resolver(self) -> None:
        """Nor on the way up."""


_SCALAR, _MAPPING, _SEQUENCE = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
_END_OF_MAPPING, _END_OF_SEQUENCE = yaml.MappingEndEvent, yaml.SequenceEndEvent


class YamlReader:
    """One pass over the events of a YAML text. Far quicker than composing nodes, which nothing here needs."""

    def __init__(self) -> None:
        self.odd = False
        """Whether a key is repeated or an alias was met; what and where is looked up only then."""
        self.next: Callable[[], Any]

    def document(self, text: str) -> Plain:
        """The one document of the text, or None if it is empty."""
        loader = PlainLoader(text)
        try:
            self.next = loader.get_event
            self.next()  # the start of the stream
            if isinstance(self.next(), yaml.StreamEndEvent):
                return None
            data = self.value(self.next())
            self.next()  # the end of the document
            if not isinstance(more := self.next(), yaml.StreamEndEvent):
                raise yaml.composer.ComposerError(None, None, "a second document begins", more.start_mark)
            return data
        finally:
            loader.dispose()

    def value(self, event: Any) -> Plain:
        """The value that begins with an event."""
        kind = event.__class__
        value: Plain
        if kind is _SCALAR:
            value = event.value if event.style else as_scalar(event.value)
        elif kind is _MAPPING:
            value = self.mapping()
        elif kind is _SEQUENCE:
            value = self.sequence()
        else:
            self.odd, value = True, None  # an alias
        return value

    def mapping(self) -> dict[str, Plain]:
        """The keys and values up to the end of the mapping."""
        result: dict[str, Plain] = {}
        while (key := self.next()).__class__ is not _END_OF_MAPPING:
            if key.__class__ is not _SCALAR:
                raise yaml.composer.ComposerError(None, None, "a key is one word", key.start_mark)
            name = key.value
            value = self.value(self.next())
            if name in result:
                self.odd = True
            else:
                result[name] = value
        return result

    def sequence(self) -> list[Plain]:
        """The items up to the end of the sequence."""
        items: list[Plain] = []
        while (item := self.next()).__class__ is not _END_OF_SEQUENCE:
            items.append(self.value(item))
        return items


def as_scalar(text: str) -> Plain:
    """What a plain scalar means: true, false, null, a whole number, or the text it is."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if text[0] in "-0123456789" and _WHOLE.fullmatch(text) else text


def compose(text: str) -> Any:
    """The nodes of a YAML text, each with where it begins and ends; None if the text is empty."""
    return yaml.compose(text, Loader=PlainLoader)


@lru_cache(maxsize=64)
def lines_of(text: str) -> Mapping[Keys, Mark]:
    """Where every key and value of a YAML text is; of a repeated key, the first."""
    root = compose(text)
    lines: dict[Keys, Mark] = {} if root is None else {(): root.start_mark}
    for keys, line in _places(root, (), set()):
        lines.setdefault(keys, line)
    return lines


def _places(node: yaml.Node | None, keys: Keys, met: set[int]) -> Iterator[tuple[Keys, Mark]]:
    """The way to everything inside a node with its place, in the order it is written; nothing below an alias."""
    if id(node) in met:
        return
    met.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for n, item in enumerate(node.value):
            yield (*keys, n), item.start_mark
            yield from _places(item, (*keys, n), met)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*keys, str(key.value))
            yield inner, key.start_mark
            yield from _places(value, inner, met)


def dump(data: Plain, *, width: float, in_braces: bool) -> str:
    """Plain data as YAML."""
    return str(
        yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=width, default_flow_style=in_braces)
    )


class _Dumper(yaml.SafeDumper):
    """Quotes every text that either a strict or an ordinary reader would take for something else."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    looks_converted = as_scalar(text) is not text and as_scalar(text) != text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if looks_converted else None)


_Dumper.add_representer(str, _represent_text)
