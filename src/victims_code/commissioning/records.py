"""Records of commissioning: read strictly, checked as a whole, and written back without loss.

A record is a frozen class. Reading one from plain data gathers every fault at once: unknown and missing keys, values
of the wrong kind, and whatever its checks find. A check that needs a part which could not be read is passed over, so
that one misspelt date does not hide the other faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Self, get_args, get_type_hints

from attrs import NOTHING, Attribute, fields, frozen

from victims_code.arguments import checked, misfits, need
from victims_code.commissioning.validators import Check
from victims_code.errors import CommissioningError, WrongTypeError
from victims_code.faults import Fault
from victims_code.reading.data_files import data_converter
from victims_code.reading.documents import (
    Document,
    Keys,
    Plain,
    format_path,
    read_document,
    read_yaml,
    to_plain,
    write_yaml,
)
from victims_code.reading.structuring import Contradiction, readable, structure

__all__ = ["CommissioningRecord", "Contradiction"]


@frozen(kw_only=True)
class CommissioningRecord:
    """A typed record of commissioning. Building one checks it and raises if its parts contradict each other.

    :raises CommissioningError: with every fault, each naming its place and the way out.
    """

    hidden: ClassVar[frozenset[str]] = frozenset()
    """Fields that a fault never quotes, because they may hold personal data."""
    checks: ClassVar[tuple[Check, ...]] = ()
    """What finds whatever cannot be right in the record; see ``validators``."""

    def __attrs_post_init__(self) -> None:
        found = [*_made_exact(self)]
        if not found:
            self._need_their_types()
            found = list(self.contradictions())
        if found:
            raise CommissioningError(
                *(Fault(code=c.code, location=format_path(c.keys), message=c.message, hint=c.hint) for c in found)
            )

    def _need_their_types(self) -> None:
        kind = type(self)
        faults = [
            fault
            for attribute in fields(kind)
            if attribute.init
            for fault in misfits(
                getattr(self, attribute.name),
                _hints(kind)[attribute.name],
                f"{kind.__name__}.{attribute.name}",
                f"See help({kind.__name__}).",
            )
        ]
        if faults:
            raise WrongTypeError(*faults)

    def contradictions(self) -> Iterator[Contradiction]:
        """What cannot be right in this record, by every check of its class that rests on nothing unread."""
        for check in self.__class__.checks:  # of a record that is not whole, too
            yield from readable(check(self))

    @classmethod
    @checked
    def from_dict(cls, data: Mapping[str, object], *, source: str = "") -> Self:
        """The record from plain data.

        :param source: what to call the data in faults.
        :raises CommissioningError: with every fault at once.
        """
        need(data, Mapping, "data", "a mapping", "Pass a dict with the keys of a file.")
        return cls._from_document(Document(data=dict(data), source=source))  # type: ignore[arg-type]

    @classmethod
    @checked
    def from_yaml(cls, text: str, *, source: str = "") -> Self:
        """The record from YAML text.

        :raises CommissioningError: with every fault at once, each with its line.
        """
        return cls._from_document(read_yaml(text, source=source, error=CommissioningError))

    @classmethod
    @checked
    def from_file(cls, path: str | Path) -> Self:
        """The record from a YAML or JSON file.

        :raises CommissioningError: with every fault at once, each with its line.
        """
        return cls._from_document(read_document(path, error=CommissioningError))

    @classmethod
    def _from_document(cls, document: Document) -> Self:
        faults: list[Fault] = []
        read = structure(data_converter(), document.data, cls, document, faults=faults)
        if read is None or faults:
            raise CommissioningError(*faults)
        return read

    def to_dict(self) -> dict[str, Plain]:
        """The record as plain data that :meth:`from_dict` reads back to an equal one; what is not there is left out."""
        plain: dict[str, Plain] = {}
        for attribute in fields(type(self)):
            value = getattr(self, attribute.name)
            if attribute.init and not _is_default(attribute, value):
                plain[attribute.name] = to_plain(value)
        return plain

    def to_yaml(self) -> str:
        """The record as YAML text that :meth:`from_yaml` reads back."""
        return write_yaml(self.to_dict())


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    """The types of a record's fields, worked out once a class."""
    if kind not in _HINTS:
        types = get_type_hints(kind)
        _HINTS[kind] = {attribute.name: types[attribute.name] for attribute in fields(kind)}
    return _HINTS[kind]


def _made_exact(record: CommissioningRecord) -> Iterator[Contradiction]:
    """Make lists tuples and whole numbers exact where a record asks for exact numbers; a float is refused."""
    for name, kind in _hints(type(record)).items():
        value = getattr(record, name, None)
        if isinstance(value, list):
            object.__setattr__(record, name, tuple(value))
        elif isinstance(value, Mapping):
            if _asks_for_decimals(kind):
                yield from (_refused((name, str(key))) for key, inside in value.items() if isinstance(inside, float))
                value = {key: _exactly(inside) for key, inside in value.items()}
            object.__setattr__(record, name, MappingProxyType(dict(value)))
        elif _asks_for_decimals(kind):
            if isinstance(value, float):
                yield _refused((name,))
            object.__setattr__(record, name, _exactly(value))


@cache
def _asks_for_decimals(kind: object) -> bool:
    """Whether a type is an exact number or holds some."""
    return kind is Decimal or any(map(_asks_for_decimals, get_args(kind)))


def _exactly(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _refused(keys: Keys) -> Contradiction:
    return Contradiction(
        keys, "A float is not exact.", 'Write Decimal("12.50"), or the text of the number.', "VC-FILE-005"
    )


def _is_default(attribute: Attribute[Any], value: object) -> bool:
    if attribute.default is NOTHING:
        return False
    default: Any = attribute.default
    if hasattr(default, "factory"):
        default = default.factory()
    if isinstance(default, Mapping):
        return value == default
    return type(value) is type(default) and bool(value == default)
