"""Everything in the folder of an area, read: its records by part and by class, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from attrs import evolve, field, frozen

from victims_code.arguments import checked, need_path
from victims_code.commissioning.area_folder.parts import PARTS, AreaDetails
from victims_code.commissioning.area_folder.reading import (
    DATA_ENDINGS,
    RETURNS,
    FolderReading,
    LeftOut,
    lists_of,
    of_no_part,
)
from victims_code.commissioning.money import Award, AwardBook, AwardsPublisher, TermsByValue
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.registers import Registers
from victims_code.commissioning.services import Directory, OwnWords, ReferralList
from victims_code.errors import CommissioningError
from victims_code.faults import Fault, in_printed_order

_R = TypeVar("_R")


@frozen(kw_only=True)
class AreaFolder:
    """Everything in the folder of an area, read.

    :param path: the folder, or the one file that was read.
    :param records: the records of each part, by the name of the part.
    :param returns: the returns of providers in the folder ``returns``, which the room ``returns`` reads.
    :param unread: other files, which nothing here reads.
    :param remarks: warnings: YAML and JSON files that are no part of the folder, in case a name is misspelt.
    :param unchecked: sentences that say which references could not be checked, and why.
    :param left_out: the records and files that could not be read and are not among the records.
    :param later: how many records were not there yet on the day that :meth:`known_on` was asked about, by part.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name:
    ...     _ = Path(name, "boards.yaml").write_text("boards:\\n  - {title: Victims' Board}\\n", encoding="utf-8")
    ...     folder = AreaFolder.read(name)
    >>> from victims_code.commissioning.governance import Board
    >>> [board.title for board in folder.all(Board)], folder.one(OwnWords)
    (["Victims' Board"], None)
    """

    path: Path
    records: Mapping[str, tuple[object, ...]] = field(repr=False)
    returns: tuple[Path, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()
    remarks: tuple[Fault, ...] = ()
    unchecked: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    later: Mapping[str, int] = field(factory=dict)

    @classmethod
    @checked
    def read(cls, path: str | Path, *, part: str | None = None) -> Self:
        """Read a folder, or one file of it by itself.

        :param part: what a file holds, such as ``boards``; by default what its name or its folder says.
        :raises CommissioningError: with every fault of every file, each with file, line and column.
        """
        area, wrong = cls.read_in_part(path, part=part)
        if wrong:
            raise CommissioningError(*wrong)
        return area

    @classmethod
    @checked
    def read_in_part(cls, path: str | Path, *, part: str | None = None) -> tuple[Self, tuple[Fault, ...]]:
        """As :meth:`read`, but give what could be read, and every fault; ``left_out`` says what is not there.

        A record that names another which is not there is kept. Of two records with one name the second is left out.
        """
        place = need_path(path)
        reading = FolderReading(folder=place if place.is_dir() else place.parent)
        others = reading.whole_folder() if place.is_dir() else reading.one_file(place, part)
        top = {name: name.partition("/")[0] for name in others}
        strange = [name for name in others if top[name] != RETURNS]
        area = cls(
            path=place,
            records={name: reading.records(name) for name in PARTS},
            returns=tuple(place / name for name in others if top[name] == RETURNS),
            unread=tuple(name for name in strange if not name.endswith(DATA_ENDINGS)),
            remarks=tuple(of_no_part(name) for name in strange if name.endswith(DATA_ENDINGS)),
            unchecked=tuple(reading.unchecked),
            left_out=tuple(reading.left_out()),
        )
        return area, in_printed_order(reading.faults)

    def known_on(self, on: date) -> Self:
        """The folder as it was known on a day: without what was recorded for later, records and parts of them.

        ``later`` says how many whole records that leaves out. Returns of providers are not looked at.
        """
        known = {name: tuple(map(partial(_known, on=on), records)) for name, records in self.records.items()}
        later = {name: sum(one is None for one in records) for name, records in known.items()}
        return evolve(
            self,
            records={name: tuple(one for one in records if one is not None) for name, records in known.items()},
            later={name: number for name, number in later.items() if number},
        )

    def all(self, kind: type[_R]) -> tuple[_R, ...]:
        """Every record of a class, in the order of the files."""
        return tuple(record for records in self.records.values() for record in records if isinstance(record, kind))

    def one(self, kind: type[_R]) -> _R | None:
        """The record of a class of which there is one at most; None if there is none."""
        return next(iter(self.all(kind)), None)

    def missing(self, *kinds: type) -> tuple[LeftOut, ...]:
        """What was left out of some classes of records; of all if none is named."""
        return tuple(one for one in self.left_out if not kinds or PARTS[one.part].kind in kinds)

    def not_whole(self, *kinds: type) -> tuple[str, ...]:
        """The sentence that what rests on some classes of records must say if some of those could not be read.

        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as name:
        ...     text = "boards:\\n  - {title: A}\\n  - {titel: B}\\n"
        ...     _ = Path(name, "boards.yaml").write_text(text, encoding="utf-8")
        ...     folder, wrong = AreaFolder.read_in_part(name)
        >>> folder.not_whole()
        ('Not complete: 1 record could not be read (boards 1).',)
        """
        missing = self.missing(*kinds)
        if not missing:
            return ()
        records = Counter(one.part for one in missing if not one.whole_file)
        files = [one.place for one in missing if one.whole_file]
        counted = ", ".join(f"{part} {number}" for part, number in records.items())
        total = records.total()
        said = [f"{total} record{'' if total == 1 else 's'} could not be read ({counted})"] if total else []
        if files:
            said.append(f"nothing could be read of {', '.join(files)}, whose number of records is not known")
        return (f"Not complete: {'; and '.join(said)}.",)

    def directory(self, *, with_national: bool = True) -> Directory:
        """The directory of its services; a dependency on a service that could not be read is left out of it."""
        words = self.one(OwnWords) or OwnWords()
        return Directory(**lists_of(Directory, self.all), words=words, with_national=with_national)

    def registers(self) -> Registers:
        """Its registers; a lesson does not name an entry that could not be read."""
        return Registers(**lists_of(Registers, self.all))

    def award_book(self) -> AwardBook:
        """Its awards together, with the commissioner's own bands of value."""
        details, publisher = self.one(AreaDetails), self.one(AwardsPublisher)
        names = (details.office if details else None, publisher.name if publisher else None)
        return AwardBook(awards=self.all(Award), terms=self.one(TermsByValue), ours=tuple(filter(None, names)))

    def referral_list(self) -> ReferralList:
        """Its referrals, with what follows what."""
        return ReferralList(**lists_of(ReferralList, self.all))


def _known(record: object, on: date) -> object:
    return record.known_on(on) if isinstance(record, CommissioningRecord) else record
