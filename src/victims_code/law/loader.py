"""The law as one thing, loaded from its compiled form or from its files."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, SupportsIndex

from attrs import field, fields, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.dates import format_date
from victims_code.errors import LawDataError
from victims_code.law.cross_references import CrossReference, Instrument
from victims_code.law.editions import Edition, EditionInfo, Reading
from victims_code.law.lineage import LineageStep
from victims_code.law.schemes import Scheme
from victims_code.printable import one_line_repr
from victims_code.reading.compiled import read_compiled
from victims_code.reading.data_files import data_folder
from victims_code.reading.sources import Citation, Source

if TYPE_CHECKING:
    from victims_code.law.definitions import Definition
    from victims_code.law.provisions import ProvisionPart
    from victims_code.law.special_measures import SpecialMeasuresLaw


@frozen(kw_only=True)
class RelatedLaw:
    """The law that stands beside the Code: provisions of Acts by date, special measures, definitions of victim."""

    provisions: Mapping[str, ProvisionPart] = field(repr=False)
    special_measures: SpecialMeasuresLaw = field(repr=False)
    definitions: Mapping[str, Definition] = field(repr=False)


@frozen(kw_only=True)
class Law:
    """Everything the law files say, typed and checked.

    >>> law = load_law()
    >>> law.editions["code-2021"].duties["refer-to-support"].deadline.standard.words
    'within 2 working days of it'
    >>> law.sources["bedfordshire-pcc-right-6"].read
    'Summary of the Right; cut before out-of-court disposals.'
    """

    version: str
    data_hash: str
    infos: Mapping[str, EditionInfo]
    editions: Mapping[str, Edition] = field(repr=False)
    schemes: Mapping[str, Scheme] = field(repr=False)
    readings: Mapping[str, Reading] = field(repr=False)
    sources: Mapping[str, Source] = field(repr=False)
    lineage: tuple[LineageStep, ...] = field(repr=False, default=())
    instruments: Mapping[str, Instrument] = field(repr=False, factory=dict)
    folder: Path = field(repr=False, eq=False)

    __repr__ = one_line_repr("{0.version}")

    @cached_property
    def related(self) -> RelatedLaw:
        """What stands beside the Code: provisions, special measures and definitions, read when first asked for.

        :raises LawDataError: with every fault of their files.
        """
        related: RelatedLaw = _files().read_related(self.folder, self.sources, self.readings)
        return related

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        packaged = next((drafts for drafts, law in _PACKAGED.items() if law is self), None)
        return super().__reduce_ex__(protocol) if packaged is None else (_packaged_again, (packaged, self.data_hash))

    def answers(self, edition: str, duty: str) -> tuple[tuple[Instrument, CrossReference], ...]:
        """The articles and standards of texts beside the Code that a duty of an edition answers."""
        return tuple(
            (instrument, reference)
            for instrument in self.instruments.values()
            if instrument.edition == edition
            for reference in instrument.answered_by(duty)
        )

    @checked_if_it_fails
    def quote(self, citation: Citation) -> str:
        """A citation as people write it: the locator, the source it was read in, and who read it there."""
        source = self.sources[citation.source]
        return citation.in_words(f"{source.title} ({source.publisher})")

    def range_in_words(self) -> str:
        """From when to when the editions run, to tell someone whose date lies outside."""
        ordered = sorted(self.infos.values(), key=lambda known: known.in_force_from)
        until = ordered[-1].in_force_until
        end = f"to {format_date(until)}" if until else "to the present"
        return (
            f"The editions run from {format_date(ordered[0].in_force_from)} ({ordered[0].id}) {end} ({ordered[-1].id})."
        )

    @checked_if_it_fails
    def info_on(self, on: date) -> EditionInfo | None:
        """The edition that governs a day, encoded or not; of a draft that was asked for and the law, the draft."""
        governing = [info for info in self.infos.values() if info.governs(on)]
        return max(governing, key=lambda info: info.in_force_from, default=None)


@checked_if_it_fails
def load_law(folder: str | Path | None = None, *, drafts: bool = False) -> Law:
    """The law in a folder, by default the one that ships with the package; that one is read once and kept.

    :param drafts: read draft editions too, and let each govern from its assumed date on.
    :raises LawDataError: with every fault of every file.
    """
    if folder is not None:
        law: Law = _files().read_law(folder, drafts=drafts)
        return law
    if drafts not in _PACKAGED:
        compiled = None if drafts else read_compiled("law")
        _PACKAGED[drafts] = _files().read_law(data_folder(), drafts=drafts) if compiled is None else _law_of(compiled)
    return _PACKAGED[drafts]


def parts_of(law: Law) -> dict[str, object]:
    """All that a law is made of but its folder, as the compiled form keeps it."""
    return {part.name: getattr(law, part.name) for part in fields(Law) if part.init and part.name != "folder"}


def _law_of(parts: Mapping[str, Any]) -> Law:
    return Law(**parts, folder=data_folder())


def _files() -> Any:
    """The module that reads the files of law; it rests on this one, and is imported only when there is one to read."""
    return import_module("victims_code.law.files")


_PACKAGED: dict[bool, Law] = {}
"""The law that ships with the package, once it was read: without and with drafts."""


def _packaged_again(drafts: bool, data_hash: str) -> Law:
    """The law that ships with the package, in place of a pickle of it.

    :raises LawDataError: if the pickle was made with another edition of the law data.
    """
    law = load_law(drafts=drafts)
    if law.data_hash != data_hash:
        raise LawDataError(faults.PICKLED_WITH_OTHER_DATA.at("pickle"))
    return law


copyreg.pickle(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))  # so that a law of your own pickles


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)
