"""Reading the files of ``data/commissioning``, and a commissioner's own, as strictly as the law is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import fields, has
from cattrs import Converter

from victims_code.commissioning.exact import exact
from victims_code.documents import Document, Keys, read_document
from victims_code.errors import Fault, LawDataError, UnknownNameError, VictimsCodeError, did_you_mean
from victims_code.law.checks import check_citations
from victims_code.law.placing import Placed
from victims_code.law.sources import Evidence, Source
from victims_code.packaged_data import data_folder
from victims_code.structuring import MisfitError, new_converter, structure

__all__ = [
    "bibliography",
    "commissioning_converter",
    "commissioning_folder",
    "packaged_names",
    "read_packaged",
    "repeated_ids",
    "structure_cited",
]

T = TypeVar("T")


@cache
def commissioning_converter() -> Converter:
    """The converter for commissioning files: strict, and with numbers that have a point kept exactly as written."""
    converter = new_converter()

    def number(value: object, _type: object = None) -> Decimal:
        found = exact(value)
        if found is None:
            raise MisfitError(f"A number is needed, not {value!r}.", "Write it in figures, such as 12.5.")
        return found

    def evidence(value: object, _type: object = None) -> Evidence:
        in_files = [level.value for level in Evidence if level is not Evidence.HYPOTHETICAL]
        if value not in in_files:
            raise MisfitError(f"{value!r} is not allowed here.", did_you_mean(value, in_files, listing="Allowed"))
        return Evidence(value)

    converter.register_structure_hook(Decimal, number)
    converter.register_structure_hook(Evidence, evidence)
    return converter


@cache
def bibliography() -> Mapping[str, Source]:
    """Every source in ``data/sources.yaml``, by its identifier.

    :raises LawDataError: if the file is broken.
    """
    document = read_document(data_folder() / "sources.yaml", error=LawDataError)
    faults: list[Fault] = []
    listed = document.data if isinstance(document.data, list) else []
    found = [
        structure(commissioning_converter(), item, Source, document, (n,), faults=faults)
        for n, item in enumerate(listed)
    ]
    if faults:
        raise LawDataError(*faults)
    return MappingProxyType({source.id: source for source in found if source is not None})


def commissioning_folder() -> Path:
    """The folder of commissioning data that ships with the package."""
    return data_folder() / "commissioning"


def packaged_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder of ``data/commissioning``."""
    return tuple(sorted(path.stem for path in (commissioning_folder() / folder).glob("*.yaml")))


def read_packaged(folder: str, name: str, what: str) -> Document:
    """One file of a folder of ``data/commissioning``.

    :param what: what the file holds, for the error.
    :raises UnknownNameError: if there is no such file, naming the nearest.
    """
    path = Path(folder) / f"{name}.yaml"
    if name not in packaged_names(folder):
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                where=what,
                what=f"There is no {what} {name!r}.",
                way_out=did_you_mean(name, packaged_names(folder), listing="Known"),
            )
        )
    document = read_document(commissioning_folder() / path, error=LawDataError)
    return Document(data=document.data, source=f"commissioning/{path.as_posix()}", text=document.text)


def structure_cited(
    document: Document,
    kind: type[T],
    *,
    faults: list[Fault],
    sources: Mapping[str, Source] | None = None,
    error: type[VictimsCodeError] = LawDataError,
) -> T:
    """A document as a typed thing whose every statement cites a source that exists.

    :param faults: faults found so far; they are raised with those found here.
    :raises VictimsCodeError: of class ``error``, with every fault.
    """
    thing = structure(commissioning_converter(), document.data, kind, document, faults=faults)
    if thing is not None:
        placed = [Placed(thing=thing, document=document, keys=())]
        faults.extend(check_citations(placed, {**bibliography(), **(sources or {})}))
        faults.extend(repeated_ids(thing, document))
    if thing is None or faults:
        raise error(*faults)
    return thing


def repeated_ids(thing: object, document: Document, keys: Keys = ()) -> Iterator[Fault]:
    """Identifiers that stand twice in one list, however deep."""
    kind: type[Any] = type(thing)
    if not has(kind):
        return
    for attribute in fields(kind):
        listed = getattr(thing, attribute.name)
        if not isinstance(listed, tuple):
            continue
        seen: set[str] = set()
        for n, item in enumerate(listed):
            id_ = getattr(item, "id", None)
            if id_ is not None and id_ in seen:
                yield Fault(
                    code="VC-DATA-002",
                    where=document.where((*keys, attribute.name, n, "id")),
                    what=f"{id_!r} stands twice.",
                    way_out="Give each entry an identifier of its own.",
                )
            if id_ is not None:
                seen.add(id_)
            yield from repeated_ids(item, document, (*keys, attribute.name, n))
