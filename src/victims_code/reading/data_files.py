"""The files of ``data/``: where they are, and how one is read, with every fault at once and every source looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, get_args

from attrs import evolve, field, fields, frozen, has, resolve_types

from victims_code import faults
from victims_code.arguments import need_text
from victims_code.conditions import Condition, leaves_apart
from victims_code.errors import LawDataError, UnknownNameError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.documents import Document, Keys, Plain, read_document
from victims_code.reading.partial import UnreadError, each, is_whole, readable
from victims_code.reading.sources import Source

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@cache
def data_folder() -> Path:
    """The folder with the law and the frameworks as data: inside the installed package, or beside ``src``.

    :raises LawDataError: if the installation is incomplete.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "data", package.parent.parent / "data"):
        if (folder / "editions.yaml").is_file():
            return folder
    raise LawDataError(faults.INSTALLATION_INCOMPLETE.at(str(package)))


def packaged_names(folder: str) -> tuple[str, ...]:
    """The names of the files in a folder of ``data``, such as ``commissioning/scales``."""
    return tuple(sorted(path.stem for path in (data_folder() / folder).glob("*.yaml")))


@cache
def read_bibliography() -> DataFile:
    """The packaged ``sources.yaml``, read once, with what was found in it."""
    file = DataFile.open("sources.yaml")
    file.each(Source)
    return file


@cache
def bibliography() -> Mapping[str, Source]:
    """Every source in ``data/sources.yaml``, by its identifier.

    :raises LawDataError: if the file is broken.
    """
    file = read_bibliography()
    if file.faults:
        raise LawDataError(*file.faults)
    return MappingProxyType({placed.thing.id: placed.thing for placed in file.placed})


@cache
def data_converter() -> Converter:
    """The converter for the data that ships with the package, made once; it looks sources up in the bibliography."""
    from victims_code.reading.structuring import converter_with_sources  # what reads no file starts without cattrs

    return converter_with_sources(bibliography)


@frozen(kw_only=True)
class Placed:
    """A thing read from a file, as far as it could be read, with its place; if ``named``, its faults say its name."""

    thing: Any
    document: Document
    keys: Keys = ()
    named: bool = False

    def placed(self, keys: Keys, fault: Fault) -> Fault:
        """A fault at a place below the thing."""
        name = f"{id_}: " if self.named and (id_ := name_of(self.thing)) else ""
        return evolve(fault, location=self.document.where((*self.keys, *keys)), message=name + fault.message)

    def unknown(self, keys: Keys, kind: str, name: str, known: Collection[str]) -> Iterator[Fault]:
        """A fault if a name is not one of those that are known, with the nearest."""
        if name not in known:
            yield self.placed(
                keys, faults.NO_SUCH_NAME_IN_THE_DATA.at(kind=kind, name=name, nearest=did_you_mean(name, known))
            )


@frozen(kw_only=True)
class DataFile:
    """One file while it is read; :meth:`finish` raises an ``error`` if anything was wrong.

    ``converter`` makes typed things of it; ``placed`` holds what was read of each, for the checks that follow, and
    ``lost`` names the file if nothing could be read of one. With ``named`` the faults of a thing begin with its name.

    :raises LawDataError: from :meth:`open` if the file cannot be read at all.
    """

    document: Document
    converter: Converter = field(factory=data_converter)
    error: type[VictimsCodeError] = LawDataError
    faults: list[Fault] = field(factory=list)
    placed: list[Placed] = field(factory=list)
    lost: list[str] = field(factory=list)
    named: bool = False

    @classmethod
    def open(cls, name: str, root: Path | None = None, *, columns: bool = False) -> DataFile:
        """The file of that name, such as ``measures/timeliness.yaml``, in a folder of data: by default the packaged.

        :param columns: name the columns in faults too.
        """
        path = (root or data_folder()) / name
        return cls(document=read_document(path, error=LawDataError, source=name, columns=columns))

    @classmethod
    def among(cls, folder: str, id_: str, kind: str) -> DataFile:
        """The file of that identifier in a folder of ``data`` where each holds one thing.

        :param kind: what the file holds, for the error.
        :raises UnknownNameError: if there is no such file, naming the nearest.
        """
        if id_ not in packaged_names(folder):
            nearest = did_you_mean(id_, packaged_names(folder), listing="Known")
            raise UnknownNameError(faults.NO_SUCH_NAME.at(kind, kind=kind, name=id_, nearest=nearest))
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

    def each(self, kind: type[T], extra: Mapping[str, Plain] | None = None) -> Mapping[int, T]:
        """The sound things of a file that is a list, by their places; whatever is wrong is noted.

        :param extra: keys that every entry has beside its own.
        """
        data = self.document.data
        if not isinstance(data, list):
            self.wrong((), faults.FILE_NOT_A_LIST.at())
            data = []
        entries = ({**item, **extra} if extra and isinstance(item, dict) else item for item in data)
        found = {n: self.read(kind, item, (n,)) for n, item in enumerate(entries)}
        return {n: thing for n, thing in found.items() if thing is not None}

    def read(self, kind: type[T], item: Plain, keys: Keys = ()) -> T | None:
        """A part of the file as a typed thing, or None if it is not one; whatever is wrong is noted."""
        from victims_code.reading.structuring import partly, structure

        thing = structure(self.converter, item, kind, self.document, keys, faults=self.faults)
        part = partly(self.converter, item, kind, {Condition: leaves_apart}) if thing is None else thing
        if part is None:
            self.lost.append(self.document.source)
            return None
        self.placed.append(Placed(thing=part, document=self.document, keys=keys, named=self.named))
        return part if is_whole(part) else None

    def wrong(self, keys: Keys, fault: Fault) -> None:
        """Note a fault at a place of the file."""
        self.faults.append(evolve(fault, location=self.document.where(keys)))

    def unknown(self, keys: Keys, kind: str, name: str, known: Iterable[str]) -> None:
        """Note a fault if a name is not among the known ones."""
        self.faults.extend(Placed(thing=None, document=self.document).unknown(keys, kind, name, tuple(known)))

    def finish(self) -> None:
        """Check that identifiers differ, and raise if anything was wrong.

        :raises VictimsCodeError: of class ``error``, with every fault.
        """
        self.faults.extend(repeated_ids([(placed.keys, placed.thing) for placed in self.placed], self.document))
        self.placed.clear()
        if self.faults:
            raise self.error(*self.faults)


def name_of(thing: object) -> str | None:
    """The identifier of a thing; None if it has none or it could not be read."""
    with suppress(UnreadError):
        found: str | None = getattr(thing, "id", None)
        return found
    return None


def within(thing: object, keys: Keys = ()) -> Iterator[tuple[Keys, object]]:
    """A thing and every typed thing in it and its lists, each with the way to it, as far as they could be read."""
    if not has(thing.__class__):
        return
    yield keys, thing
    for name in _names_of(thing.__class__):
        with suppress(UnreadError):
            if not isinstance(value := getattr(thing, name), tuple):
                yield from within(value, (*keys, name))
                continue
        for n, inner in readable(each(thing, name)):
            yield from within(inner, (*keys, name, n))


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    """The attributes of a class that can have typed things in them."""
    return tuple(attribute.name for attribute in fields(resolve_types(kind)) if _holds_things(attribute.type))


def _holds_things(type_: Any) -> bool:
    return has(type_) or any(map(_holds_things, get_args(type_)))


def repeated_ids(things: Iterable[tuple[Keys, object]], document: Document) -> Iterator[Fault]:
    """A fault for every identifier that is given twice in one list, however deep in the things at those places."""
    seen: set[tuple[Keys, str]] = set()
    for keys, thing in things:
        for place, inner in within(thing, keys):
            id_ = name_of(inner)
            if id_ is None or not place or isinstance(place[-1], str):
                continue
            if (place[:-1], id_) in seen:
                yield faults.ID_TWICE.at(document.where((*place, "id")), id=id_)
            seen.add((place[:-1], id_))


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@frozen(kw_only=True)
class Word:
    """An identifier with its title, as lists of words hold them."""

    id: str
    title: str


def by_id(things: Iterable[N]) -> Mapping[str, N]:
    """Things by their identifiers, in order."""
    return {thing.id: thing for thing in things}


def named(things: Mapping[str, N], id_: str, kind: str) -> N:
    """The thing of that identifier.

    :raises UnknownNameError: naming the nearest ones.
    """
    need_text(id_, kind)
    try:
        return things[id_]
    except KeyError:
        nearest = did_you_mean(id_, things, listing="Known")
        raise UnknownNameError(faults.NO_SUCH_NAME.at(kind=kind, name=id_, nearest=nearest)) from None
