"""Reading YAML and JSON so that words stay words.

Ordinary YAML readers turn a paragraph ``4.10`` into the number 4.1, the key ``on`` into true and ``1:30`` into
ninety, and let a repeated key win in silence. Here only ``true``, ``false``, ``null`` and whole numbers convert;
everything else is the text that was written. Repeated keys are faults, and the line of every value is kept so that
later faults can name it. This is the only module that imports PyYAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import yaml
from attrs import field, frozen

from victims_code.errors import CaseError, Fault, VictimsCodeError

__all__ = ["Document", "Keys", "Plain", "format_path", "read_document", "read_json", "read_yaml", "write_yaml"]

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""What a document is made of once read."""

Keys = tuple[str | int, ...]
"""The way to a value inside a document, such as ``("events", 3, "at")``."""

_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"0|-?[1-9][0-9]*")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Leaves every scalar as it is written; converting is done here, and strictly."""

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Nothing to resolve on the way down."""

    def ascend_resolver(self) -> None:
        """Nor on the way up."""


@frozen(kw_only=True)
class Document:
    """A file once read: its data, its name, and the line each value stands on."""

    data: Plain
    source: str
    lines: Mapping[Keys, int] = field(factory=dict, repr=False)

    def where(self, keys: Keys = ()) -> str:
        """The place of a value in words: file, line and path.

        >>> document = read_yaml("events:\\n  - {at: soon}\\n", source="case.yaml")
        >>> document.where(("events", 0, "at"))
        'case.yaml, line 2, events[0].at'
        """
        known = next((self.lines[keys[:n]] for n in range(len(keys), -1, -1) if keys[:n] in self.lines), None)
        parts = (self.source, f"line {known}" if known else "", format_path(keys))
        return ", ".join(part for part in parts if part)


def format_path(keys: Iterable[str | int]) -> str:
    """A path as people write it.

    >>> format_path(("events", 3, "at"))
    'events[3].at'
    """
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def read_document(path: str | Path, *, error: type[VictimsCodeError] = CaseError) -> Document:
    """Read a YAML or JSON file, chosen by its ending (``.json`` is JSON, everything else YAML).

    :param error: the class of error to raise, so that a broken case and broken law are told apart.
    :raises VictimsCodeError: of class ``error``, with every repeated key and the place of any syntax fault.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise error(
            Fault(
                code="VC-FILE-006",
                where=str(path),
                what=f"The file cannot be opened: {reason}.",
                way_out="Check the name and the folder.",
            )
        ) from None
    except UnicodeDecodeError:
        raise error(
            Fault(code="VC-FILE-001", where=str(path), what="The file is not UTF-8 text.", way_out="Save it as UTF-8.")
        ) from None
    reader = read_json if path.suffix.lower() == ".json" else read_yaml
    return reader(text, source=path.name, error=error)


def read_yaml(text: str, *, source: str = "", error: type[VictimsCodeError] = CaseError) -> Document:
    """Read YAML text strictly.

    :raises VictimsCodeError: of class ``error``.

    >>> read_yaml("paragraph: 4.10\\non: no\\ncount: 5").data
    {'paragraph': '4.10', 'on': 'no', 'count': 5}
    """
    reading = _Reading(source=source)
    try:
        root = yaml.compose(text, Loader=_Loader)
        data = None if root is None else reading.plain(root, ())
    except yaml.YAMLError as problem:
        raise error(_syntax_fault(problem, source)) from None
    except RecursionError:
        raise error(_too_deep(source)) from None
    if reading.faults:
        raise error(*reading.faults)
    return Document(data=data, source=source, lines=reading.lines)


@frozen
class _Reading:
    """One YAML document on its way to plain data."""

    source: str
    lines: dict[Keys, int] = field(factory=dict)
    faults: list[Fault] = field(factory=list)
    nodes: set[int] = field(factory=set)
    """The nodes already met: an alias brings one of them back."""

    def plain(self, node: yaml.Node, keys: Keys) -> Plain:
        line = node.start_mark.line + 1
        self.lines[keys] = line
        if id(node) in self.nodes:
            self.faults.append(_alias(self._where(keys, line)))
            return None
        self.nodes.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value) if not node.style else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*keys, n)) for n, item in enumerate(node.value)]
        assert isinstance(node, yaml.MappingNode)
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in result:
                self.faults.append(_repeated_key(self._where((*keys, key), line), key))
                continue
            result[key] = self.plain(value_node, (*keys, key))
            self.lines[(*keys, key)] = line
        return result

    def _where(self, keys: Keys, line: int) -> str:
        return Document(data=None, source=self.source, lines={keys: line}).where(keys)


def _scalar(text: str) -> Plain:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def _repeated_key(where: str, key: str) -> Fault:
    return Fault(
        code="VC-FILE-002", where=where, what=f"The key {key!r} is written twice.", way_out="Keep one of the two."
    )


def _alias(where: str) -> Fault:
    return Fault(
        code="VC-FILE-001",
        where=where,
        what="An alias stands here for another part of the file.",
        way_out="Write the part out; aliases are not read, because they hide what a file says.",
    )


def _too_deep(source: str) -> Fault:
    return Fault(
        code="VC-FILE-001",
        where=source,
        what="The file is nested too deeply to be read.",
        way_out="Check that it is a file of the kind that belongs here.",
    )


def _syntax_fault(problem: yaml.YAMLError, source: str) -> Fault:
    mark = getattr(problem, "problem_mark", None)
    line = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    place = ", ".join(part for part in (source, line) if part)
    what = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    return Fault(
        code="VC-FILE-001",
        where=place,
        what=f"This is not YAML: {what}.",
        way_out="Look at the line named and the one above it: a missing quote, colon or indent is the usual cause.",
    )


def read_json(text: str, *, source: str = "", error: type[VictimsCodeError] = CaseError) -> Document:
    """Read JSON text strictly: a repeated key is a fault.

    :raises VictimsCodeError: of class ``error``.
    """
    faults: list[Fault] = []

    def pairs(items: list[tuple[str, Plain]]) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key, value in items:
            if key in result:
                faults.append(_repeated_key(source, key))
            result[key] = value
        return result

    try:
        data = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as problem:
        place = f"{source}, line {problem.lineno}, column {problem.colno}" if source else f"line {problem.lineno}"
        raise error(
            Fault(
                code="VC-FILE-001",
                where=place,
                what=f"This is not JSON: {problem.msg}.",
                way_out="Look at the line named and the one above it.",
            )
        ) from None
    except RecursionError:
        raise error(_too_deep(source)) from None
    if faults:
        raise error(*faults)
    return Document(data=data, source=source)


def write_yaml(data: Plain) -> str:
    """Plain data as YAML that :func:`read_yaml` reads back to the same data.

    >>> print(write_yaml({"reference": "22/0412/26", "flag": "no", "code": "007", "count": 7}), end="")
    reference: 22/0412/26
    flag: 'no'
    code: '007'
    count: 7
    """
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))


class _Dumper(yaml.SafeDumper):
    """Quotes every text that either a strict or an ordinary reader would take for something else."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    looks_converted = _scalar(text) is not text and _scalar(text) != text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if looks_converted else None)


_Dumper.add_representer(str, _represent_text)


def walk(data: Plain, keys: Keys = ()) -> Iterator[tuple[Keys, Plain]]:
    """Every value of a document with the way to it, outermost first."""
    yield keys, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*keys, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from walk(value, (*keys, n))
