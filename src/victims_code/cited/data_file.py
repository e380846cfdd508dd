"""A file while it is read: every fault of it at once, and every statement with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from attrs import field, fields, frozen, has

from victims_code.cited.converter import cited_converter
from victims_code.documents import Document, Keys, Plain, read_document
from victims_code.errors import Fault, LawDataError, UnknownNameError, VictimsCodeError, did_you_mean
from victims_code.law.checks import check_citations
from victims_code.law.placing import Placed
from victims_code.law.sources import Source
from victims_code.packaged_data import data_folder
from victims_code.structuring import structure

__all__ = ["DataFile", "bibliography", "packaged_names", "repeated_ids"]

T = TypeVar("T")


@cache
def bibliography() -> Mapping[str, Source]:
    """Every source in ``data/sources.yaml``, by its identifier.

    :raises LawDataError: if the file is broken.
    """
    document = read_document(data_folder() / "sources.yaml", error=LawDataError)
    faults: list[Fault] = []
    listed = document.data if isinstance(document.data, list) else []
    found = [structure(cited_converter(), item, Source, document, (n,), faults=faults) for n, item in enumerate(listed)]
    if faults:
        raise LawDataError(*faults)
    return MappingProxyType({source.id: source for source in found if source is not None})


def packaged_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder of ``data``, such as ``commissioning/scales``."""
    return tuple(sorted(path.stem for path in (data_folder() / folder).glob("*.yaml")))


@frozen(kw_only=True)
class DataFile:
    """One file while it is read; :meth:`finish` raises an ``error`` if anything was wrong.

    ``sources`` are those it brings with it, beside the bibliography.

    :raises LawDataError: from :meth:`open` if the file cannot be read at all.
    """

    document: Document
    faults: list[Fault] = field(factory=list)
    placed: list[Placed] = field(factory=list)
    sources: Mapping[str, Source] = field(factory=dict)
    error: type[VictimsCodeError] = LawDataError

    @classmethod
    def open(cls, name: str, root: Path | None = None) -> DataFile:
        """The file of that name, such as ``measures/timeliness.yaml``, in a folder of data: by default the packaged."""
        document = read_document((root or data_folder()) / name, error=LawDataError)
        return cls(document=Document(data=document.data, source=name, text=document.text))

    @classmethod
    def among(cls, folder: str, id_: str, what: str) -> DataFile:
        """The file of that identifier in a folder of ``data`` where each holds one thing.

        :param what: what the file holds, for the error.
        :raises UnknownNameError: if there is no such file, naming the nearest.
        """
        if id_ not in packaged_names(folder):
            raise UnknownNameError(
                Fault(
                    code="VC-NAME-001",
                    where=what,
                    what=f"There is no {what} {id_!r}.",
                    way_out=did_you_mean(id_, packaged_names(folder), listing="Known"),
                )
            )
        return cls.open(f"{folder}/{id_}.yaml")

    def one(self, kind: type[T]) -> T:
        """The whole file as one thing.

        :raises VictimsCodeError: of class ``error``, with every fault.
        """
        thing = self.read(kind, self.document.data)
        self.finish()
        assert thing is not None
        return thing

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """The file as a list of things.

        :raises VictimsCodeError: of class ``error``, with every fault.
        """
        things = tuple(self.each(kind).values())
        self.finish()
        return things

    def each(self, kind: type[T]) -> Mapping[int, T]:
        """The sound things of a file that is a list, by their places; whatever is wrong is noted."""
        data = self.document.data
        if not isinstance(data, list):
            self.wrong((), "VC-FILE-005", "The file is a list.", "Begin each entry with a dash.")
            data = []
        found = {n: self.read(kind, item, (n,)) for n, item in enumerate(data)}
        return {n: thing for n, thing in found.items() if thing is not None}

    def read(self, kind: type[T], item: Plain, keys: Keys = ()) -> T | None:
        """A part of the file as a typed thing, or None if it is none; whatever is wrong is noted."""
        thing = structure(cited_converter(), item, kind, self.document, keys, faults=self.faults)
        if thing is not None:
            self.placed.append(Placed(thing=thing, document=self.document, keys=keys))
        return thing

    def wrong(self, keys: Keys, code: str, what: str, way_out: str) -> None:
        """Note a fault at a place of the file."""
        self.faults.append(Fault(code=code, where=self.document.where(keys), what=what, way_out=way_out))

    def unknown(self, keys: Keys, what: str, name: str, known: Iterable[str]) -> None:
        """Note a fault if a name is not among the known ones."""
        known = tuple(known)
        if name not in known:
            self.wrong(keys, "VC-DATA-001", f"There is no {what} {name!r}.", did_you_mean(name, known))

    def finish(self) -> None:
        """Check names and sources, and raise if anything was wrong.

        :raises VictimsCodeError: of class ``error``, with every fault.
        """
        self.faults.extend(check_citations(self.placed, {**bibliography(), **self.sources}))
        self._identifiers_differ()
        self.placed.clear()
        if self.faults:
            raise self.error(*self.faults)

    def _identifiers_differ(self) -> None:
        seen: set[object] = set()
        for placed in self.placed:
            id_ = getattr(placed.thing, "id", None)
            if id_ is not None and id_ in seen:
                what = f"{id_!r} stands twice."
                self.wrong((*placed.keys, "id"), "VC-DATA-002", what, "Give each entry an identifier of its own.")
            seen.add(id_)
            self.faults.extend(repeated_ids(placed.thing, self.document, placed.keys))


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
