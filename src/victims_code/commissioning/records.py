"""Records of commissioning: read strictly, checked as a whole, and written back without loss.

A record is a frozen class. Reading one from plain data gathers every fault at once: unknown and missing keys, values
of the wrong kind, and whatever its checks find. A check that needs a part which could not be read is passed over, so
that one misspelt date does not hide the other faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, wraps
from inspect import signature
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, TypeAlias, TypeVar, get_type_hints

from attrs import NOTHING, evolve, fields, frozen

from victims_code.arguments import checked, checked_if_it_fails, fitted, need, raise_all
from victims_code.commissioning.validators import Check
from victims_code.dates import Moment, civil_date
from victims_code.errors import CommissioningError, VictimsCodeError, WrongTypeError
from victims_code.faults import Fault
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import data_converter
from victims_code.reading.documents import (
    Document,
    Plain,
    format_path,
    read_document,
    read_yaml,
    stated_as_plain,
    write_yaml,
)
from victims_code.reading.partial import Partial, readable
from victims_code.reading.structuring import Contradiction, structure

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Record = TypeVar("_Record", bound="CommissioningRecord")
_Asked: TypeAlias = Callable[Concatenate[_Record, _P], tuple[_T, ...]]


@frozen(kw_only=True, weakref_slot=False)
class Typed:
    """A thing that is built of values as its types have them: text that is a listed word is taken for the word.

    :raises VictimsCodeError: with every value that does not fit its type; see ``victims_code.arguments.fitted``.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "__repr__" not in vars(cls):
            cls.__repr__ = one_line_repr("{0._shown}")  # type: ignore[method-assign]

    @property
    def _shown(self) -> str:
        """The first few plain values, which tell one thing of a class from another."""
        plain = (str, int, date, Decimal)
        kind: type = type(self)
        values = (getattr(self, attribute.name) for attribute in fields(kind) if attribute.repr)
        shown = (one for one in values if isinstance(one, plain) and not isinstance(one, Enum))
        return ", ".join(str(value) for value in islice(shown, 3))

    def __attrs_post_init__(self) -> None:
        raise_all([problem for problems in self._misfits().values() for problem in problems])

    def _misfits(self) -> dict[str, list[VictimsCodeError]]:
        """Put each value as its type has it, and give what is wrong with those that do not fit, by their names."""
        kind: type = type(self)
        wrong: dict[str, list[VictimsCodeError]] = {}
        for name, type_ in _hints(kind).items():
            value, found = getattr(self, name), list[VictimsCodeError]()
            made = fitted(value, type_, f"{kind.__name__}.{name}", f"See help({kind.__name__}).", found)
            if found:
                wrong[name] = found
            if made is not value:
                object.__setattr__(self, name, made)
        return wrong


@frozen(kw_only=True)
class CommissioningRecord(Typed):
    """A typed record of commissioning. Building one checks it and raises if its parts contradict each other.

    :raises WrongTypeError: with every value of the wrong type.
    :raises CommissioningError: with every other fault, each naming its place and the way out.
    """

    hidden: ClassVar[frozenset[str]] = frozenset()
    """Fields that a fault never quotes, because they may hold personal data."""
    known_from: ClassVar[str] = ""
    """The field with the day from which there is the record at all, if it is not one that must be given."""
    planned_days: ClassVar[frozenset[str]] = frozenset()
    """Fields named like days on which something was done that hold days on which something is to be done."""
    comes_with: ClassVar[tuple[tuple[str, str], ...]] = ()
    """A day with what became known on it, such as the day of the decision with the outcome."""
    checks: ClassVar[tuple[Check, ...]] = ()
    """What finds whatever cannot be right in the record; see ``validators``."""

    def __attrs_post_init__(self) -> None:
        misfits = self._misfits()
        wrong = [problem for problems in misfits.values() for problem in problems]
        if any(isinstance(problem, WrongTypeError) for problem in wrong):
            raise_all(wrong)
        kind: type = type(self)
        read = {name: getattr(self, name) for name in _hints(kind) if name not in misfits}
        checked_part: Any = Partial(kind, read, {}, {}) if misfits else self
        found = [fault for problem in wrong for fault in problem.faults]
        found += [
            evolve(c.fault, location=format_path(c.keys)) for c in CommissioningRecord.contradictions(checked_part)
        ]
        if found:
            raise CommissioningError(*found)

    def contradictions(self) -> Iterator[Contradiction]:
        """What cannot be right in this record, by every check of its class that rests on nothing unread."""
        for check in self.__class__.checks:  # of a record that is not whole, too
            yield from readable(check(self))

    def known_on(self, on: date) -> Self | None:
        """The record as it was known on a day, without what was recorded for later; None if it was not there yet.

        Days that are named ``on`` or ``..._on`` are those on which something was done. What is planned stays.
        """
        kind: Any = type(self)
        changed: dict[str, Any] = {}
        for attribute in fields(kind):
            name, value = attribute.name, getattr(self, attribute.name)
            if isinstance(value, CommissioningRecord):
                changed.setdefault(name, value.known_on(on) or _default_of(attribute))
            elif isinstance(value, tuple) and any(isinstance(one, CommissioningRecord) for one in value):
                changed.setdefault(name, tuple(found for one in value if (found := one.known_on(on)) is not None))
            elif type(value) is date and value > on:
                if name == self.known_from or (attribute.default is NOTHING and self._is_done(name)):
                    return None
                if self._is_done(name):
                    changed[name] = None
                with_it = [other for day, other in self.comes_with if day == name]
                changed |= {other: _default_of(getattr(fields(kind), other)) for other in with_it}
        known = copy(self)
        for name, value in changed.items():
            object.__setattr__(known, name, value)
        return known

    def _is_done(self, name: str) -> bool:
        return (name == "on" or name.endswith("_on")) and name not in self.planned_days

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
        return stated_as_plain(self)

    def to_yaml(self) -> str:
        """The record as YAML text that :meth:`from_yaml` reads back."""
        return write_yaml(self.to_dict())


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of the values a thing is built of."""
    types = get_type_hints(kind, include_extras=True)
    return {attribute.name: types[attribute.name] for attribute in fields(kind) if attribute.init}


def _default_of(attribute: Any) -> Any:
    default = attribute.default
    return None if default is NOTHING else default.factory() if hasattr(default, "factory") else default


def as_known(
    method: Callable[Concatenate[_Record, _P], tuple[_T, ...]],
) -> Callable[Concatenate[_Record, _P], tuple[_T, ...]]:
    """What asks a record about a day, the first argument, asks what was known on it; nothing of one not there yet."""
    day = [*signature(method).parameters][1]

    @wraps(method)
    def asked(self: _Record, /, *given: _P.args, **named: _P.kwargs) -> tuple[_T, ...]:
        on: Any = given[0] if given else named.get(day)
        known = self if on is None else self.known_on(civil_date(on))
        return () if known is None else method(known, *given, **named)

    return asked


@checked_if_it_fails
def known_among(records: Iterable[_Record], on: Moment) -> tuple[_Record, ...]:
    """Records as they were known on a day, without those that were not there yet."""
    found = (record.known_on(civil_date(on)) for record in records)
    return tuple(record for record in found if record is not None)
