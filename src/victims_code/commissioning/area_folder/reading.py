"""How the files of a folder are read, with every fault in its place, and how their records are held together."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.commissioning.area_folder.parts import PARTS, FolderPart
from victims_code.commissioning.records import CommissioningRecord, Typed
from victims_code.commissioning.registers import Registers
from victims_code.commissioning.registers.register import register_kinds
from victims_code.commissioning.services import (
    Directory,
    Organisation,
    OwnWords,
    Referral,
    ReferralList,
    Service,
    national_services,
)
from victims_code.commissioning.validators import values_at
from victims_code.errors import CommissioningError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.reading.data_files import data_converter
from victims_code.reading.documents import Document, Keys, Plain, fields_as_plain, read_document
from victims_code.reading.partial import Partial
from victims_code.reading.structuring import partly, structure

RETURNS = "returns"
"""The folder in which returns of providers are kept."""
DATA_ENDINGS = (".yaml", ".yml", ".json")

_HELD_TOGETHER: Mapping[type[CommissioningRecord], Mapping[str, type]] = {
    Directory: {"services": Service, "organisations": Organisation},
    Registers: register_kinds(),
    ReferralList: {"referrals": Referral},
}
"""What makes one whole, in which records must not contradict each other: by its lists, the classes of records."""

_KNOWN_ANYWAY: Mapping[str, Callable[[], Collection[str]]] = {"service": national_services}
"""Names that need no entry in the folder, by what they are names of."""


@frozen(kw_only=True)
class LeftOut(Typed):
    """A record, or a whole file, that could not be read.

    :param part: the part of the folder it belongs to.
    :param place: the file, with line, column and number of the record.
    """

    part: str
    place: str
    whole_file: bool = False

    def to_dict(self) -> dict[str, Plain]:
        """It as plain values."""
        return fields_as_plain(self)


def lists_of(kind: type[CommissioningRecord], all_of: Callable[[type], tuple[Any, ...]]) -> dict[str, Any]:
    """What a directory, the registers or a list of referrals is made of.

    :param all_of: gives the records of a class.
    """
    found: dict[str, Any] = {name: all_of(one) for name, one in _HELD_TOGETHER[kind].items()}
    if kind is Directory:
        known = {one.reference for one in found["services"]}.union(national_services())
        found["services"] = tuple(_depending_on(one, known) for one in found["services"])
    if kind is Registers:
        here = {one.reference for name, listed in found.items() if name != "lessons" for one in listed}
        learnt = dict.fromkeys(name for lesson in found["lessons"] for name in lesson.learnt_from)
        found["elsewhere"] = tuple(name for name in learnt if name not in here)
    return found


def _depending_on(service: Service, known: Collection[str]) -> Service:
    kept = tuple(name for name in service.depends_on if name in known)
    return service if kept == service.depends_on else evolve(service, depends_on=kept)


def of_no_part(name: str) -> Fault:
    """The warning of a file that no part of the folder takes."""
    first = Path(name).parts[0]
    nearest = did_you_mean(first.rpartition(".")[0] or first, PARTS)
    hint = nearest if nearest.startswith("Did you mean") else "`victims-code schema` lists the parts."
    return faults.NO_PART_OF_THE_FOLDER.at(name, hint=hint)


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, but for hidden ones."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(files) if not name.startswith("."))


@frozen(kw_only=True)
class _Entry:
    """A record as far as it could be read, with its place."""

    part: FolderPart
    thing: Any
    whole: bool
    document: Document
    keys: Keys

    def left_out(self) -> LeftOut:
        """It as one that could not be read."""
        return LeftOut(part=self.part.name, place=self.document.where(self.keys))


@frozen(kw_only=True)
class FolderReading:
    """What has been read of a folder, and what is wrong with it.

    ``lost`` are the kinds of names of which some could not be read, so that a name may be among those. ``away`` are
    the records and files that could not be read.
    """

    folder: Path
    entries: list[_Entry] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    unchecked: list[str] = field(factory=list)
    lost: set[str] = field(factory=set)
    away: list[LeftOut] = field(factory=list)

    def left_out(self) -> Iterator[LeftOut]:
        """What is not among the records, in the order of the parts."""
        found = [*self.away, *(entry.left_out() for entry in self.entries if not entry.whole)]
        order = list(PARTS)
        yield from sorted(found, key=lambda one: order.index(one.part))

    def records(self, part: str) -> tuple[object, ...]:
        """The records of a part."""
        return tuple(entry.thing for entry in self.entries if entry.part.name == part and entry.whole)

    # --- files ---

    def whole_folder(self) -> list[str]:
        """Read every part, check the names, and give the names of the files that belong to no part."""
        files = {file.relative_to(self.folder).as_posix(): file for file in _files(self.folder)}
        taken = [name for part in PARTS.values() for name in files if part.takes(name)]
        for part in PARTS.values():
            for name in files:
                if part.takes(name):
                    self._file(files[name], part, name)
        if not taken:
            self.faults.append(faults.FOLDER_OF_NO_AREA.at(str(self.folder)))
            return []
        self._names_differ()
        self._names_are_known()
        for kind in _HELD_TOGETHER:
            self._hold_together(kind)
        return [name for name in files if name not in taken]

    def one_file(self, file: Path, part: str | None) -> list[str]:
        """Read one file, which leaves no other."""
        name = part or next((name for name in (file.stem, file.resolve().parent.name) if name in PARTS), "")
        if name in PARTS:
            self._file(file, PARTS[name], str(file))
        elif not file.exists():
            self.faults.append(faults.NO_FOLDER_OF_THIS_NAME.at(str(file)))
        else:
            self.faults.append(evolve(of_no_part(file.name), location=str(file)))
        return []

    def _file(self, file: Path, part: FolderPart, name: str) -> None:
        try:
            document = read_document(file, error=CommissioningError, collect_faults=True, source=name, columns=True)
        except CommissioningError as problem:
            self.faults.extend(evolve(fault, location=fault.location or name) for fault in problem.faults)
            self._whole_file_lost(part, name)
            return
        self.faults.extend(document.faults)
        data = document.data
        if data is None:
            return
        listed = part.in_one_file and part.many and (file.stem == part.name or _is_of_a_part(data))
        if not listed:
            self._entry(data, (), part, document)
        elif not isinstance(data, dict) or data.keys() != {part.name} or not isinstance(data[part.name], list | None):
            self.faults.append(faults.FILE_NOT_OF_ITS_PART.at(document.where(), name=part.name))
            self._whole_file_lost(part, name)
        else:
            for n, item in enumerate(data[part.name] or ()):  # type: ignore[arg-type]  # a list or nothing
                self._entry(item, (part.name, n), part, document)

    def _whole_file_lost(self, part: FolderPart, name: str) -> None:
        self.lost.update(part.defines.values())
        self.away.append(LeftOut(part=part.name, place=name, whole_file=True))

    def _entry(self, item: Plain, keys: Keys, part: FolderPart, document: Document) -> None:
        kind: Any = part.file_kind
        thing: Any = None
        if part.read is None:
            thing = structure(data_converter(), item, kind, document, keys, faults=self.faults)
        else:
            try:
                thing = part.read(document, self.folder)
            except VictimsCodeError as problem:
                self.faults.extend(problem.faults)
        whole = thing is not None
        thing = thing if whole else partly(data_converter(), item, kind)
        if thing is not None:
            self.entries.append(_Entry(part=part, thing=thing, whole=whole, document=document, keys=keys))
        else:
            self.away.append(LeftOut(part=part.name, place=document.where(keys)))
        if not whole:
            self.lost.update(k for path, k in part.defines.items() if thing is None or not [*values_at(thing, path)])

    # --- names ---

    def _named(self, which: Callable[[FolderPart], Mapping[str, str]]) -> Iterator[tuple[_Entry, str, str, str]]:
        """Every name that the records hold, with what it is a name of and its place."""
        for entry in self.entries:
            for path, kind in which(entry.part).items():
                for keys, name in values_at(entry.thing, path):
                    yield entry, kind, name, entry.document.where((*entry.keys, *keys))

    def _defined(self) -> Mapping[tuple[str, str], str]:
        """The place of each name, by what it is a name of; of a name that is taken twice the first."""
        found: dict[tuple[str, str], str] = {}
        for _, kind, name, place in self._named(lambda part: part.defines):
            found.setdefault((kind, name), place)
        return found

    def _names_differ(self) -> None:
        first = self._defined()
        for entry, kind, name, place in [*self._named(lambda part: part.defines)]:
            if (other := first[kind, name]) != place:
                self.faults.append(faults.NAME_TAKEN.at(place, kind=kind, name=name, other=other))
                self._leave_out(entry)

    def _leave_out(self, entry: _Entry) -> None:
        self.entries[:] = [evolve(one, whole=False) if one is entry else one for one in self.entries]

    def _hold_together(self, kind: type[CommissioningRecord]) -> None:
        """Leave out the records that contradict others, until what is left can be made one."""
        while True:
            given = lists_of(kind, lambda one: tuple(e.thing for e in self._whole(one)))
            if kind is Directory:
                given["words"] = next((entry.thing for entry in self._whole(OwnWords)), OwnWords())
                given["with_national"] = True
            listed = {name: self._whole(one) for name, one in _HELD_TOGETHER[kind].items()}
            found: Any = Partial(kind, given, {}, {})
            wrong = list(CommissioningRecord.contradictions(found))
            for one in wrong:
                entry = listed[one.keys[0]][one.keys[1]]  # type: ignore[index]  # the list and the number in it
                place = entry.document.where((*entry.keys, *one.keys[2:]))
                if place not in {fault.location for fault in self.faults}:
                    self.faults.append(evolve(one.fault, location=place))
                self._leave_out(entry)
            if not wrong:
                return

    def _whole(self, kind: type) -> list[_Entry]:
        return [entry for entry in self.entries if entry.whole and isinstance(entry.thing, kind)]

    def _names_are_known(self) -> None:
        defined = self._defined()
        kept = {kind for kind, _ in defined}
        open_ = Counter[tuple[str, str]]()
        for entry, kind, name, place in self._named(lambda part: part.refers):
            known = {name for of, name in defined if of == kind}.union(_KNOWN_ANYWAY.get(kind, tuple)())
            if name in known or kind in self.lost:
                continue
            if kind in kept:
                nearest = did_you_mean(name, known, listing="Known")
                self.faults.append(faults.NO_SUCH_REFERENCE.at(place, kind=kind, name=name, nearest=nearest))
            else:
                open_[entry.part.name, kind] += 1
        for (part, kind), number in open_.items():
            self.unchecked.append(f"{part}: {number} with the name of a {kind}, and no {kind} is in the folder.")


def _is_of_a_part(data: Plain) -> bool:
    """Whether a file has a list under the name of a part, and is not one record."""
    return isinstance(data, dict) and bool(data) and data.keys() <= PARTS.keys()
