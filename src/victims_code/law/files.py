"""Reading the law from its files: strictly, and with every fault of the whole file set at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from attrs import evolve, field, frozen
from cattrs import Converter

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, need_path
from victims_code.errors import LawDataError
from victims_code.faults import Fault, in_printed_order
from victims_code.law.checks import check_law
from victims_code.law.converter import law_converter
from victims_code.law.cross_references import Instrument
from victims_code.law.definitions import Definition
from victims_code.law.duties import Duty
from victims_code.law.editions import Edition, EditionFile, EditionInfo, EditionStatus, Eligibility, Reading
from victims_code.law.lineage import LineageStep
from victims_code.law.loader import Law, RelatedLaw
from victims_code.law.provisions import ActFile
from victims_code.law.schemes import Scheme
from victims_code.law.special_measures import SpecialMeasuresLaw
from victims_code.reading.data_files import (
    DataFile,
    Placed,
    bibliography,
    data_folder,
    name_of,
    read_bibliography,
)
from victims_code.reading.documents import Plain
from victims_code.reading.partial import UnreadError, each, is_whole, readable
from victims_code.reading.sources import Source

_PROVISIONS, _MEASURES, _DEFINITIONS = "provisions", "special-measures", "definitions"
_ANNEXES = (_PROVISIONS, _MEASURES, _DEFINITIONS)

T = TypeVar("T")


def read_law(folder: str | Path, *, drafts: bool) -> Law:
    """The law in a folder.

    :raises LawDataError: with every fault of every file.
    """
    return _LawLoader(folder=_there(folder), drafts=drafts).law()


def read_related(folder: Path, sources: Mapping[str, Source], readings: Collection[str]) -> RelatedLaw:
    """What is in a folder beside the Code.

    :raises LawDataError: with every fault of its files.
    """
    return _LawLoader(folder=folder, drafts=False, sources=dict(sources)).related(readings)


@frozen(kw_only=True)
class LawFiles:
    """A folder of law as far as it could be read: every fault, and every thing with its place.

    ``law`` is the law with its drafts; None if a file it is read from has a fault.
    """

    faults: tuple[Fault, ...]
    placed: tuple[Placed, ...] = field(repr=False)
    law: Law | None


@checked_if_it_fails
def read_law_files(folder: str | Path) -> LawFiles:
    """Everything in a folder of law, drafts and the law beside the Code included; its faults are kept and not raised.

    :raises LawDataError: if there is no such folder.

    >>> from victims_code.law import load_law
    >>> files = read_law_files(data_folder())
    >>> files.faults, files.law.version == load_law().version
    ((), True)
    """
    loader = _LawLoader(folder=_there(folder), drafts=True, columns=True)
    law = None
    with suppress(LawDataError):
        law = loader.law()
    annexes = evolve(loader, faults=[], placed=[], digest=[], lost=loader.lost, sources=loader.sources)
    with suppress(LawDataError):
        annexes.related(loader.names(Reading, "readings.yaml"))
    found = dict.fromkeys((*loader.faults, *annexes.faults))
    return LawFiles(faults=in_printed_order(found), placed=(*loader.placed, *annexes.placed), law=law)


def _there(folder: str | Path) -> Path:
    root = need_path(folder, "folder")
    if not root.is_dir():
        raise LawDataError(faults.NO_FOLDER_OF_LAW.at(folder=str(folder)))
    return root


@frozen(kw_only=True)
class _EditionsFile:
    law_version: str
    editions: tuple[EditionInfo, ...]


@frozen(kw_only=True)
class _LawLoader:
    """One pass over a folder of law, gathering faults and remembering where each thing is."""

    folder: Path
    drafts: bool
    columns: bool = False
    """Whether faults name the column too."""
    faults: list[Fault] = field(factory=list)
    placed: list[Placed] = field(factory=list)
    digest: list[bytes] = field(factory=list)
    lost: list[str] = field(factory=list)
    """The files with a thing of which too little could be read to check what hangs on it."""
    sources: dict[str, Source] = field(factory=dict)
    converter: Converter = field(init=False)

    @converter.default
    def _converter(self) -> Converter:
        return law_converter(lambda: None if "sources.yaml" in self.lost else self.sources)

    @property
    def _whole(self) -> bool:
        """Whether all of every edition could be read, so that what joins them can be checked."""
        parts = (_EditionsFile, EditionFile, Eligibility, Duty)
        broken = any(isinstance(item.thing, parts) and not is_whole(item.thing) for item in self.placed)
        return not broken and not any(name.startswith("editions") for name in self.lost)

    def law(self) -> Law:
        self._sources()
        readings = {reading.id: reading for reading in self._list("readings.yaml", Reading)}
        cover = self._one("editions.yaml", _EditionsFile)
        infos = {
            i.id: i for i in (cover.editions if cover else ()) if self.drafts or i.status is not EditionStatus.DRAFT
        }
        editions = {
            info.id: edition for info in infos.values() if info.encoded and (edition := self._edition(info)) is not None
        }
        schemes = {scheme.id: scheme for scheme in self._folder("schemes", Scheme)}
        instruments = {instrument.id: instrument for instrument in self._folder("cross-references", Instrument)}
        unread = {info.id for info in (cover.editions if cover else ()) if info.id not in infos}
        lineage = tuple(step for step in self._list("lineage.yaml", LineageStep) if step.later not in unread)
        self.placed[:] = (item for item in self.placed if not _leads_to(item.thing, unread))
        self.digest.extend(
            (self.folder / name).read_bytes().replace(b"\r\n", b"\n") for part in _ANNEXES for name in self._files(part)
        )
        self.faults.extend(
            check_law(self.placed, self.names(Reading, "readings.yaml"), infos, editions if self._whole else {})
        )
        if self.faults:
            raise LawDataError(*self.faults)
        return Law(
            version=cover.law_version if cover else "",
            data_hash=sha256(b"\0".join(self.digest)).hexdigest()[:12],
            infos=MappingProxyType(infos),
            editions=MappingProxyType(editions),
            schemes=MappingProxyType(schemes),
            readings=MappingProxyType(readings),
            sources=MappingProxyType(self.sources),
            lineage=lineage,
            instruments=MappingProxyType(instruments),
            folder=self.folder,
        )

    def related(self, readings: Collection[str] | None) -> RelatedLaw:
        acts = tuple(self._folder(_PROVISIONS, ActFile))
        measures = tuple(self._folder(_MEASURES, SpecialMeasuresLaw))
        definitions = tuple(self._folder(_DEFINITIONS, Definition))
        self.faults.extend(check_law(self.placed, readings, {}, {}))
        if not measures and not self.faults:
            self.faults.append(faults.NO_FILE_OF_SPECIAL_MEASURES.at(_MEASURES))
        if self.faults:
            raise LawDataError(*self.faults)
        return RelatedLaw(
            provisions=MappingProxyType({part.id: part for act in acts for part in act.provisions_in_order()}),
            special_measures=measures[0],
            definitions=MappingProxyType({definition.id: definition for definition in definitions}),
        )

    def _files(self, folder: str) -> list[str]:
        """The files of a folder of the law, in the order of their names."""
        return [f"{folder}/{path.name}" for path in sorted((self.folder / folder).glob("*.yaml"))]

    def _edition(self, info: EditionInfo) -> Edition | None:
        base = f"editions/{info.id}"
        file = self._one(f"{base}/edition.yaml", EditionFile)
        parts = [item.thing for item in self.placed if item.document.source == f"{base}/edition.yaml"]
        eligibility = self._one(f"{base}/eligibility.yaml", Eligibility)
        duties: dict[str, Duty] = {}
        for _, part in (entry for known in parts for entry in readable(each(known, "parts"))):
            if is_whole(part):
                extra: Mapping[str, Plain] = {"edition": info.id, "part": part.id}
                duties |= {duty.id: duty for duty in self._list(f"{base}/{part.file}", Duty, extra)}
        if file is None or eligibility is None:
            return None
        return Edition(
            info=info,
            enhanced=file.enhanced,
            layout=file.layout,
            parts=file.parts,
            providers=file.providers,
            statements=file.statements,
            eligibility=eligibility,
            duties=MappingProxyType(duties),
            locator=file.locator,
            called=file.called,
        )

    def _sources(self) -> None:
        """Read the bibliography; that of the package is read once, also for what is beside the law."""
        if self.folder == data_folder():
            self.digest.append(read_bibliography().document.text.encode())
            self.placed.extend(read_bibliography().placed)
            self.sources.update(bibliography())
        else:
            self._list("sources.yaml", Source)
            known = [item.thing for item in self.placed]
            self.sources.update({id_: source for source in known if (id_ := name_of(source)) is not None})
            self.names(Source, "sources.yaml")

    def names(self, kind: type, file: str) -> Collection[str] | None:
        """The names of the things of a kind; None, and the file is lost, if one could not be read."""
        names = [name_of(item.thing) for item in self.placed if isinstance(item.thing, kind)]
        if None in names:
            self.lost.append(file)
        return None if file in self.lost else {name for name in names if name is not None}

    def _folder(self, name: str, kind: type[T]) -> Iterator[T]:
        """One thing from each file of a folder, in the order of their names."""
        for file in self._files(name):
            thing = self._one(file, kind)
            if thing is not None:
                yield thing

    def _open(self, name: str, kind: type) -> DataFile | None:
        try:
            document = DataFile.open(name, self.folder, columns=self.columns).document
        except LawDataError as problem:
            self.faults.extend(problem.faults)
            self.lost.append(name)
            return None
        self.digest.append(document.text.encode())
        return DataFile(
            document=document,
            converter=self.converter,
            faults=self.faults,
            placed=self.placed,
            lost=self.lost,
            named=kind is Duty,
        )

    def _list(self, name: str, kind: type[T], extra: Mapping[str, Plain] | None = None) -> Iterable[T]:
        file = self._open(name, kind)
        return () if file is None else file.each(kind, extra).values()

    def _one(self, name: str, kind: type[T]) -> T | None:
        file = self._open(name, kind)
        return None if file is None else file.read(kind, file.document.data)


def _leads_to(thing: object, unread: Collection[str]) -> bool:
    """Whether this is a step of the lineage to an edition that is not read."""
    with suppress(UnreadError):
        return isinstance(thing, LineageStep) and thing.later in unread
    return False
