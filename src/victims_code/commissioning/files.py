"""Reading ``data/commissioning``: strictly, with every fault of a file at once, and every statement with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from attrs import field, frozen

from victims_code.commissioning.data_files import bibliography, commissioning_converter, repeated_ids
from victims_code.documents import Document, Keys, Plain, read_document
from victims_code.errors import Fault, LawDataError, UnknownNameError, did_you_mean
from victims_code.law.checks import check_citations
from victims_code.law.placing import Placed
from victims_code.packaged_data import data_folder
from victims_code.structuring import structure

__all__ = ["DataFile", "Word", "by_id", "named"]

T = TypeVar("T")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@frozen(kw_only=True)
class Word:
    """An identifier with its title, as lists of words hold them."""

    id: str
    title: str


@frozen(kw_only=True)
class DataFile:
    """One file of ``data/commissioning`` while it is read; :meth:`finish` raises if anything was wrong.

    :raises LawDataError: from the constructor if the file cannot be read at all.
    """

    document: Document
    faults: list[Fault] = field(factory=list)
    placed: list[Placed] = field(factory=list)

    @classmethod
    def open(cls, name: str, folder: str | Path | None = None) -> DataFile:
        """The file of that name in a folder, by default the one that ships with the package."""
        path = (data_folder() / "commissioning" if folder is None else Path(folder)) / name
        document = read_document(path, error=LawDataError)
        return cls(document=Document(data=document.data, source=f"commissioning/{name}", text=document.text))

    def one(self, kind: type[T]) -> T:
        """The whole file as one thing.

        :raises LawDataError: with every fault.
        """
        thing = self._read(self.document.data, kind, ())
        self.finish()
        assert thing is not None
        return thing

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """The file as a list of things.

        :raises LawDataError: with every fault.
        """
        data = self.document.data
        if not isinstance(data, list):
            self.wrong((), "VC-FILE-005", "The file is a list.", "Begin each entry with a dash.")
            data = []
        things = tuple(thing for n, item in enumerate(data) if (thing := self._read(item, kind, (n,))) is not None)
        self.finish()
        return things

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

        :raises LawDataError: with every fault.
        """
        self.faults.extend(check_citations(self.placed, bibliography()))
        self._identifiers_differ()
        self.placed.clear()
        if self.faults:
            raise LawDataError(*self.faults)

    def _identifiers_differ(self) -> None:
        seen: set[object] = set()
        for placed in self.placed:
            id_ = getattr(placed.thing, "id", None)
            if id_ is not None and id_ in seen:
                what = f"{id_!r} stands twice."
                self.wrong((*placed.keys, "id"), "VC-DATA-002", what, "Give each entry an identifier of its own.")
            seen.add(id_)
            self.faults.extend(repeated_ids(placed.thing, self.document, placed.keys))

    def _read(self, item: Plain, kind: type[T], keys: Keys) -> T | None:
        thing = structure(commissioning_converter(), item, kind, self.document, keys, faults=self.faults)
        if thing is not None:
            self.placed.append(Placed(thing=thing, document=self.document, keys=keys))
        return thing


def by_id(things: Iterable[N]) -> Mapping[str, N]:
    """Things by their identifiers, in order."""
    return {thing.id: thing for thing in things}


def named(things: Mapping[str, N], id_: str, what: str) -> N:
    """The thing of that identifier.

    :raises UnknownNameError: naming the nearest ones.
    """
    try:
        return things[id_]
    except KeyError:
        raise UnknownNameError(
            Fault(
                code="VC-NAME-001",
                where="",
                what=f"There is no {what} called {id_!r}.",
                way_out=did_you_mean(id_, things, listing="Known"),
            )
        ) from None
