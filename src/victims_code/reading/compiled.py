"""Data that ships compiled: what the YAML files say, typed and checked when the wheel was made, as one JSON file.

A file ``data/compiled/NAME.json`` holds the things in the order in which they are built, each distinct one once. Its
stamp names the version of the package and the digest of the YAML files it was made from. If either is another, the
file is not used, a warning says so, and the YAML is read. A checkout has no compiled files and reads the YAML.

Only classes of this package, dates and collections are built, each by its own constructor: such a file holds no code.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from datetime import date, time
from enum import Enum
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import fields, has

from victims_code import faults
from victims_code._version import __version__
from victims_code.reading.data_files import data_folder

FOLDER = "compiled"
_PACKAGE = "victims_code."
MADE_FROM: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "law": (
            *("editions.yaml", "lineage.yaml", "readings.yaml", "sources.yaml"),
            *("cross-references", "definitions", "editions", "provisions", "schemes", "special-measures", "vocabulary"),
        ),
        "vocabulary": ("vocabulary", "sources.yaml"),
        "calendar": ("calendars",),
    }
)
"""By the name of what is compiled, the files and folders it is made from."""


def compiled(name: str, thing: object, data: Path) -> str:
    """The compiled form of a thing, stamped with what it was made from."""
    packed = _Packing()
    packed.add(thing)
    lines = ",\n".join(json.dumps(node, ensure_ascii=False, separators=(",", ":")) for node in packed.nodes)
    kinds = json.dumps(list(packed.kinds), separators=(",", ":"))
    return f'{{"stamp":"{_stamp(name, data)}",\n"kinds":{kinds},\n"nodes":[\n{lines}\n]}}\n'


def read_compiled(name: str) -> Any:
    """What is compiled under a name; None if nothing is, or if it was made from other files or by another version."""
    data = data_folder()
    file = data / FOLDER / f"{name}.json"
    if not file.is_file():
        return None
    try:
        packed = json.loads(file.read_bytes())
        if packed["stamp"] == _stamp(name, data):
            return _unpacked(packed)
    except (ValueError, LookupError, TypeError, AttributeError, ImportError):
        pass
    warnings.warn(str(faults.COMPILED_OF_OTHER_FILES.at(f"{FOLDER}/{file.name}")), stacklevel=2)
    return None


def _stamp(name: str, data: Path) -> str:
    digest = sha256()
    for part in MADE_FROM[name]:
        folder = data / part
        for file in sorted(folder.rglob("*.yaml")) if folder.is_dir() else [folder]:
            digest.update(f"{file.relative_to(data).as_posix()}\0".encode())
            digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__} {digest.hexdigest()}"


class _Packing:
    """Things taken apart: each is a node, whose cells are plain values or, as a list of one, the place of a node."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.nodes: list[list[Any]] = []
        self.known: dict[object, int] = {}

    def add(self, value: object) -> object:
        """A value as a cell."""
        if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
            return value
        kind, cells = self._apart(value)
        node = [self.kinds.setdefault(kind, len(self.kinds)), *map(self.add, cells)]
        key = json.dumps(node)
        if key not in self.known:
            self.known[key] = len(self.nodes)
            self.nodes.append(node)
        return [self.known[key]]

    def _apart(self, value: Any) -> tuple[str, list[object]]:
        kind: type = type(value)
        if isinstance(value, Enum):
            return _name_of(kind), [value.value]
        if kind in (date, time):
            return kind.__name__, [value.isoformat()]
        if kind in (tuple, frozenset):
            return kind.__name__, sorted(value) if kind is frozenset else list(value)
        if kind in (dict, MappingProxyType):
            return kind.__name__, [cell for pair in value.items() for cell in pair]
        if has(kind):
            return _name_of(kind), [getattr(value, part.name) for part in fields(kind) if part.init]
        raise TypeError(f"{kind.__name__} cannot be compiled")


def _name_of(kind: type) -> str:
    if not kind.__module__.startswith(_PACKAGE):
        raise TypeError(f"{kind.__module__}.{kind.__name__} cannot be compiled")
    return f"{kind.__module__.removeprefix(_PACKAGE)}:{kind.__qualname__}"


def _unpacked(packed: dict[str, Any]) -> Any:
    kinds = [_maker(name) for name in packed["kinds"]]
    made: list[Any] = []
    for kind, *cells in packed["nodes"]:
        made.append(kinds[kind]([made[cell[0]] if cell.__class__ is list else cell for cell in cells]))
    return made[-1]


def _mapping(cells: list[Any]) -> dict[Any, Any]:
    return dict(zip(cells[::2], cells[1::2], strict=True))


_PLAIN: dict[str, Callable[[list[Any]], object]] = {
    "date": lambda cells: date.fromisoformat(cells[0]),
    "time": lambda cells: time.fromisoformat(cells[0]),
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": _mapping,
    "mappingproxy": lambda cells: MappingProxyType(_mapping(cells)),
}


def _maker(name: str) -> Callable[[list[Any]], object]:
    """What makes a thing of its cells."""
    if name in _PLAIN:
        return _PLAIN[name]
    module, _, within = name.partition(":")
    kind: Any = getattr(import_module(f"{_PACKAGE}{module}"), within)
    if issubclass(kind, Enum):
        return lambda cells: kind(cells[0])
    names = [part.alias for part in fields(kind) if part.init]
    return lambda cells: kind(**dict(zip(names, cells, strict=True)))
