"""Reading YAML and JSON so that words stay words.

Ordinary YAML readers turn a paragraph ``4.10`` into the number 4.1, the key ``on`` into true and ``1:30`` into
ninety, and let a repeated key win in silence. Here only ``true``, ``false``, ``null`` and whole numbers convert;
everything else is the text that was written. Repeated keys are faults. Lines are looked up only when a fault has to
name one, so that sound files are read fast. Only :mod:`victims_code.reading.yaml_text` imports PyYAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from enum import Enum
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import NOTHING, Attribute, field, fields, frozen, has

from victims_code import faults
from victims_code.arguments import need_path
from victims_code.errors import CaseError, VictimsCodeError
from victims_code.faults import Fault

if TYPE_CHECKING:
    from victims_code.reading.yaml_text import Mark

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
"""What a document is made of once read."""

Keys = tuple[str | int, ...]
"""The way to a value inside a document, such as ``("events", 3, "at")``."""

_HALF = re.compile("[\ud800-\udfff]")
_HALF_WRITTEN = re.compile(r"\\[uU](?:0000)?[dD][89a-fA-F]|[\ud800-\udfff]")


@frozen(kw_only=True)
class Document:
    """A file once read: its data, its name, and the YAML text in which the line of a value can be looked up."""

    data: Plain = field(repr=False)
    source: str
    text: str = field(default="", repr=False)
    faults: tuple[Fault, ...] = ()
    """Repeated keys and aliases, where the reader was asked to go on in spite of them."""
    columns: bool = False
    """Whether a place names the column too, for those who write the file in an editor."""

    def where(self, keys: Keys = ()) -> str:
        """The place of a value in words: file, line, column if wanted, and path.

        >>> document = read_yaml("events:\\n  - {at: soon}\\n", source="case.yaml")
        >>> document.where(("events", 0, "at"))
        'case.yaml, line 2, events[0].at'
        """
        lines = _lines_of(self.text)
        known = next((lines[keys[:n]] for n in range(len(keys), -1, -1) if keys[:n] in lines), None)
        return _place(self.source, known, keys, self.columns)


def format_path(keys: Iterable[str | int]) -> str:
    """A path as people write it.

    >>> format_path(("events", 3, "at"))
    'events[3].at'
    """
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def file_bytes(path: str | PathLike[str], *, error: type[VictimsCodeError] = CaseError) -> bytes:
    """What stands in a file.

    :raises VictimsCodeError: of class ``error``, if it cannot be opened.
    """
    file = need_path(path)
    try:
        return file.read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise error(faults.FILE_NOT_OPENED.at(str(path), reason=reason)) from None


def file_text(path: str | PathLike[str], *, error: type[VictimsCodeError] = CaseError) -> str:
    """The text of a file in UTF-8, with the line ends of Unix.

    :raises VictimsCodeError: of class ``error``, if it cannot be opened or is not in UTF-8.
    """
    try:
        return file_bytes(path, error=error).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise error(faults.NOT_UTF_8.at(str(path))) from None


def read_document(
    path: str | Path,
    *,
    error: type[VictimsCodeError] = CaseError,
    collect_faults: bool = False,
    source: str | None = None,
    columns: bool = False,
) -> Document:
    """Read a YAML or JSON file, chosen by its ending (``.json`` is JSON, everything else YAML).

    :param collect_faults: keep repeated keys and aliases as faults of the document, so that all else can be
        checked as well.
    :param error: the class of error to raise, so that a broken case and broken law are told apart.
    :param source: what faults call the file; by default its name.
    :param columns: name the columns of YAML in faults too.
    :raises VictimsCodeError: of class ``error``, with every repeated key and the place of any syntax fault.
    """
    path = need_path(path)
    text = file_text(path, error=error)
    source = path.name if source is None else source
    if path.suffix.lower() == ".json":
        return read_json(text, source=source, error=error, collect_faults=collect_faults)
    return read_yaml(text, source=source, error=error, collect_faults=collect_faults, columns=columns)


def read_yaml(
    text: str,
    *,
    source: str = "",
    error: type[VictimsCodeError] = CaseError,
    collect_faults: bool = False,
    columns: bool = False,
) -> Document:
    """Read YAML text strictly.

    :param collect_faults: keep repeated keys and aliases as faults of the document; the first of two values stands.
    :raises VictimsCodeError: of class ``error``.

    >>> read_yaml("paragraph: 4.10\\non: no\\ncount: 5").data
    {'paragraph': '4.10', 'on': 'no', 'count': 5}
    """
    from victims_code.reading.yaml_text import YAMLError, YamlReader  # what reads no YAML starts without it

    reading = YamlReader()
    try:
        data = reading.document(text)
        found = (*(_oddities(text, source, columns) if reading.odd else ()), *_halves(text, data, source))
    except YAMLError as problem:
        raise error(_syntax_fault(problem, source)) from None
    except RecursionError:
        raise error(faults.NESTED_TOO_DEEPLY.at(source)) from None
    except UnicodeEncodeError:
        raise error(faults.HALF_A_CHARACTER_IN_TEXT.at(source)) from None
    except ValueError:
        raise error(faults.TOO_MANY_DIGITS.at(source)) from None
    if found and not collect_faults:
        raise error(*found)
    return Document(data=data, source=source, text=text, faults=found, columns=columns)


def _lines_of(text: str) -> Mapping[Keys, Mark]:
    if not text:
        return {}
    from victims_code.reading.yaml_text import lines_of

    return lines_of(text)


def _oddities(text: str, source: str, columns: bool) -> Iterator[Fault]:
    """A fault for every key that is written again and every alias, at the line where it is."""
    from victims_code.reading.yaml_text import compose

    nodes: set[int] = set()

    def look(node: Any, keys: Keys, mark: Mark) -> Iterator[Fault]:
        if id(node) in nodes:  # an alias brings back a node that was met before
            yield faults.YAML_ALIAS.at(_place(source, mark, keys, columns))
            return
        nodes.add(id(node))
        if node.id == "sequence":
            for n, item in enumerate(node.value):
                yield from look(item, (*keys, n), item.start_mark)
        elif node.id == "mapping":
            seen: set[str] = set()
            for key, value in node.value:
                name, mark = str(key.value), key.start_mark
                if name in seen:
                    yield faults.KEY_TWICE.at(_place(source, mark, (*keys, name), columns), key=name)
                else:
                    yield from look(value, (*keys, name), mark)
                seen.add(name)

    root = compose(text)
    if root is not None:
        yield from look(root, (), root.start_mark)


def _place(source: str, mark: Mark | None, keys: Keys, columns: bool) -> str:
    line = f"line {mark.line + 1}" if mark else ""
    column = f"column {mark.column + 1}" if mark and columns else ""
    return ", ".join(part for part in (source, line, column, format_path(keys)) if part)


def _halves(text: str, data: Plain, source: str) -> Iterator[Fault]:
    """A fault for every key and text with half a character in it, which JSON and YAML can write as an escape."""
    if not _HALF_WRITTEN.search(text):
        return
    for keys, value in walk(data):
        written = [value] if isinstance(value, str) else list(value) if isinstance(value, dict) else []
        if any(_HALF.search(word) for word in written):
            yield faults.HALF_A_CHARACTER_IN_TEXT.at(", ".join(part for part in (source, format_path(keys)) if part))


def _syntax_fault(problem: Exception, source: str) -> Fault:
    mark = getattr(problem, "problem_mark", None)
    line = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    place = ", ".join(part for part in (source, line) if part)
    what = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    return faults.NOT_YAML.at(place, problem=what)


def read_json(
    text: str,
    *,
    source: str = "",
    error: type[VictimsCodeError] = CaseError,
    fraction: Callable[[str], Plain] = float,
    collect_faults: bool = False,
) -> Document:
    """Read JSON text strictly: a repeated key is a fault.

    :param collect_faults: keep repeated keys as faults of the document; the first of two values stands.
    :param fraction: what a number with a point becomes; ``str`` keeps it as it was written, as :func:`read_yaml` does.
    :raises VictimsCodeError: of class ``error``.
    """
    twice: list[Fault] = []

    def pairs(items: list[tuple[str, Plain]]) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key, value in items:
            if key in result:
                twice.append(faults.KEY_TWICE.at(source, key=key))
            result.setdefault(key, value)
        return result

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_float=fraction)
    except json.JSONDecodeError as problem:
        place = f"{source}, line {problem.lineno}, column {problem.colno}" if source else f"line {problem.lineno}"
        raise error(faults.NOT_JSON.at(place, problem=problem.msg)) from None
    except RecursionError:
        raise error(faults.NESTED_TOO_DEEPLY.at(source)) from None
    except ValueError:
        raise error(faults.TOO_MANY_DIGITS.at(source)) from None
    found = (*twice, *_halves(text, data, source))
    if found and not collect_faults:
        raise error(*found)
    return Document(data=data, source=source, faults=found)


def write_yaml(data: Plain, *, in_braces: bool = False) -> str:
    """Plain data as YAML that :func:`read_yaml` reads back to the same data.

    :param in_braces: on one line, with braces and brackets.

    >>> print(write_yaml({"reference": "22/0412/26", "flag": "no", "code": "007", "count": 7}), end="")
    reference: 22/0412/26
    flag: 'no'
    code: '007'
    count: 7
    """
    from victims_code.reading.yaml_text import dump

    return dump(data, width=float("inf") if in_braces else 110, in_braces=in_braces)


def walk(data: Plain, keys: Keys = ()) -> Iterator[tuple[Keys, Plain]]:
    """Every value of a document with the way to it, outermost first."""
    yield keys, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk(value, (*keys, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from walk(value, (*keys, n))


def to_plain(value: Any) -> Plain:
    """A value of a typed thing as plain data: exact numbers and days as text, a thing by its own ``to_dict``."""
    if hasattr(value, "to_dict"):
        return value.to_dict()  # type: ignore[no-any-return]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(inside) for key, inside in value.items()}
    if value is None or isinstance(value, bool | int | str):
        return value
    if has(type(value)):
        return stated_as_plain(value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def stated_as_plain(thing: Any) -> dict[str, Plain]:
    """What a typed thing is built of as plain data, in order; what is as it would be if not stated is left out."""
    given = ((attribute, getattr(thing, attribute.name)) for attribute in fields(type(thing)) if attribute.init)
    return {attribute.name: to_plain(value) for attribute, value in given if not _is_default(attribute, value)}


def _is_default(attribute: Attribute[Any], value: object) -> bool:
    if attribute.default is NOTHING:
        return False
    default: Any = attribute.default
    if hasattr(default, "factory"):
        default = default.factory()
    if isinstance(default, Mapping):
        return value == default
    return type(value) is type(default) and bool(value == default)


def fields_as_plain(thing: Any) -> dict[str, Plain]:
    """The fields of a typed thing as plain data, in order."""
    return {attribute.name: to_plain(getattr(thing, attribute.name)) for attribute in fields(type(thing))}
