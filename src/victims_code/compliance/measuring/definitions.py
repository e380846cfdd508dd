"""What is measured and how it is counted: ``data/measures`` as types, read as strictly as the law.

No one has prescribed how compliance with the Code is counted, so a measure says exactly what it counts, what it leaves
out, and how sure it is that anyone else counts in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen, validators

from victims_code import faults
from victims_code.arguments import class_checked_if_it_fails
from victims_code.assessment import Status
from victims_code.errors import LawDataError
from victims_code.faults import Fault
from victims_code.figures import Direction
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, data_folder, named
from victims_code.reading.sources import Sourced
from victims_code.render import Card, CardTable, card_to_html, html_or_none
from victims_code.vocabulary import load_vocabulary

MEASURE_FILES = ("timeliness.yaml", "recording.yaml")
RETURN_FILE = "moj-quarterly-return.yaml"


class Kind(StrEnum):
    """What sort of figure a measure gives."""

    SHARE = "share"
    COUNT = "count"
    PERCENTILE = "percentile"


@frozen(kw_only=True)
class Selection:
    """Which obligations are counted; what is None makes no difference.

    ``limited``: the duty has a limit in days. ``recordable``: some event of the vocabulary can show that it was done.
    ``recorded``: the data holds at least one fulfilment of the duty. ``done``: the data holds that of this obligation.
    ``lateness_known``: the working days late are known. ``good_reason``: a good reason is on record.
    """

    words: str
    status: tuple[Status, ...] = field(validator=validators.min_len(1))
    limited: bool | None = None
    recordable: bool | None = None
    recorded: bool | None = None
    done: bool | None = None
    lateness_known: bool | None = None
    good_reason: bool | None = None

    @property
    def needs_good_reasons(self) -> bool:
        """Whether the table must say if a good reason is on record."""
        return self.good_reason is not None


@class_checked_if_it_fails
@frozen(kw_only=True)
class ComplianceMeasure(Sourced):
    """One measure; in a notebook it shows itself.

    A share has a numerator and a denominator, a count a numerator, a percentile a denominator. ``left_out`` selects the
    obligations that a share leaves out because the data never shows their duty as done: they are counted next to it.

    >>> measure = measures()["on-time-share"]
    >>> measure.title, measure.direction.value, measure.evidence.value
    ('Done in time', 'higher-is-better', 'secondary')
    """

    id: str
    title: str
    what: str
    kind: Kind
    unit: str
    direction: Direction
    exclusions: tuple[str, ...]
    numerator: Selection | None = None
    denominator: Selection | None = None
    left_out: Selection | None = None
    percentile: int | None = field(default=None, validator=validators.optional([validators.ge(1), validators.le(99)]))

    __repr__ = one_line_repr("{0.id}: {0.title}")

    def _repr_html_(self) -> str | None:
        return html_or_none(lambda: card_to_html(self._card()))

    def _card(self) -> Card:
        """What it counts, of what, what is left out, which way is good, and what it rests on."""
        counted = [
            (place, selection.words, ", ".join(status.value.replace("-", " ") for status in selection.status))
            for place, selection in (
                ("above the line", self.numerator),
                ("below the line", self.denominator),
                ("left out, and counted apart", self.left_out),
            )
            if selection is not None
        ]
        sources = "; ".join(cite.in_words(cite.source) for cite in self.cites)
        return Card(
            title=self.title,
            sentences=(
                self.what,
                f"Measure {self.id}: a {self.kind}, in {self.unit}.",
                f"Which way is good: {self.direction.replace('-', ' ')}.",
                f"Evidence: {self.evidence}. Sources: {sources}.",
                *([self.note] if self.note else []),
            ),
            tables=(
                CardTable(caption="What is counted", columns=("Place", "Obligations", "Status"), rows=tuple(counted)),
                CardTable(
                    caption="What is left out",
                    columns=("Left out",),
                    rows=tuple((one,) for one in self.exclusions),
                    named_rows=False,
                ),
            ),
        )

    @property
    def selections(self) -> tuple[Selection, ...]:
        """Whatever of numerator, denominator and what is left out it has."""
        return tuple(one for one in (self.numerator, self.denominator, self.left_out) if one is not None)

    @property
    def counts_a_record(self) -> bool:
        """Whether it is a share of what only a record of its own shows: a wish of the victim, or a good reason."""
        above = self.numerator if self.kind is Kind.SHARE else None
        return above is not None and (above.status == (Status.SUSPENDED,) or above.needs_good_reasons)

    @property
    def needs_good_reasons(self) -> bool:
        """Whether it can only be worked out from a table that says if a good reason is on record."""
        return any(selection.needs_good_reasons for selection in self.selections)


@frozen(kw_only=True)
class Counted(Sourced):
    """How an item of a return is counted: by which measures, of the duties whose fulfilment which event shows."""

    shown_by: str
    measures: tuple[str, ...]


@frozen(kw_only=True)
class ReturnItem(Sourced):
    """An item of a return. One that cannot be counted from a record says why."""

    id: str
    title: str
    counted: Counted | None = None
    cannot_be_counted: str | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class ReturnDefinition(Sourced):
    """A return that someone asks for, as a list of items."""

    id: str
    title: str
    items: tuple[ReturnItem, ...]


@frozen(kw_only=True)
class Measures(Mapping[str, ComplianceMeasure]):
    """The measures by their identifiers, and the quarterly return that is made of them."""

    by_id: Mapping[str, ComplianceMeasure]
    quarterly_return: ReturnDefinition

    def __getitem__(self, id_: str) -> ComplianceMeasure:
        return named(self.by_id, id_, "measure")

    def __contains__(self, id_: object) -> bool:
        return id_ in self.by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)


@cache
def measures() -> Measures:
    """The measures that ship with the package, read once.

    :raises LawDataError: if a file is broken, with every fault of every file.

    >>> list(measures())[:3]
    ['on-time-share', 'lateness-median', 'lateness-90th-percentile']
    >>> [item.id for item in measures().quarterly_return.items if item.counted is None]
    ['told-of-release']
    """
    return read_measures(data_folder())


def read_measures(root: Path) -> Measures:
    """The measures of a folder of data, which has the files of ``data/measures`` in its folder ``measures``.

    :raises LawDataError: with every fault of every file.
    """
    faults: list[Fault] = []
    found: dict[str, ComplianceMeasure] = {}
    asked = None
    for name in (*MEASURE_FILES, RETURN_FILE):
        try:
            file = DataFile.open(f"measures/{name}", root)
            if name == RETURN_FILE:
                asked = file.read(ReturnDefinition, file.document.data)
                if asked is not None:
                    _check_return(asked, file, found)
            else:
                for n, measure in file.each(ComplianceMeasure).items():
                    found[measure.id] = measure
                    _check_shape(measure, file, n)
            file.finish()
        except LawDataError as problem:
            faults += problem.faults
    if faults or asked is None:
        raise LawDataError(*faults)
    return Measures(by_id=MappingProxyType(found), quarterly_return=asked)


_PARTS = {
    Kind.SHARE: (True, True, False),
    Kind.COUNT: (True, False, False),
    Kind.PERCENTILE: (False, True, True),
}


def _check_shape(measure: ComplianceMeasure, file: DataFile, n: int) -> None:
    """What a measure of its kind lacks or has too much, and a numerator that is no part of its denominator."""
    has = (measure.numerator is not None, measure.denominator is not None, measure.percentile is not None)
    if has != _PARTS[measure.kind]:
        names = ("numerator", "denominator", "percentile")
        wanted = ", ".join(name for name, needed in zip(names, _PARTS[measure.kind], strict=True) if needed)
        file.wrong((n, "kind"), faults.MEASURE_OF_WRONG_KEYS.at(kind=measure.kind.value, wanted=wanted))
    above, below = measure.numerator, measure.denominator
    if above is not None and below is not None and not set(above.status) <= set(below.status):
        file.wrong((n, "numerator", "status"), faults.NUMERATOR_BEYOND_DENOMINATOR.at())


def _check_return(asked: ReturnDefinition, file: DataFile, known: Mapping[str, ComplianceMeasure]) -> None:
    """Items neither counted nor said not to be countable, and names of events and measures that are not known."""
    for n, item in enumerate(asked.items):
        if (item.counted is None) == (item.cannot_be_counted is None):
            file.wrong(("items", n), faults.ITEM_COUNTED_OR_NOT.at())
        if item.counted is None:
            continue
        keys = ("items", n, "counted")
        file.unknown((*keys, "shown_by"), "event", item.counted.shown_by, load_vocabulary().events)
        for k, name in enumerate(item.counted.measures):
            file.unknown((*keys, "measures", k), "measure", name, known)
