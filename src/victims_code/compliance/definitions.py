"""What is measured and how it is counted: ``data/measures`` as types, read as strictly as the law.

Nobody has prescribed how compliance with the Code is counted, so a measure says exactly what it counts, what it leaves
out, and how sure it is that anybody else counts in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from attrs import field, frozen, validators

from victims_code.assessment import Status
from victims_code.code import VictimsCode
from victims_code.documents import Document, read_document
from victims_code.errors import Fault, LawDataError, UnknownNameError, did_you_mean
from victims_code.law import Citation, Evidence
from victims_code.law.checks import check_citations
from victims_code.law.placing import Placed
from victims_code.law.structures import law_converter
from victims_code.packaged_data import data_folder
from victims_code.structuring import structure
from victims_code.vocabulary import vocabulary

__all__ = ["Direction", "Kind", "Measure", "Measures", "Return", "ReturnItem", "Selection", "measures"]

T = TypeVar("T")
MEASURE_FILES = ("timeliness.yaml", "recording.yaml")
RETURN_FILE = "moj-quarterly-return.yaml"


class Kind(StrEnum):
    """What sort of figure a measure gives."""

    SHARE = "share"
    COUNT = "count"
    PERCENTILE = "percentile"


class Direction(StrEnum):
    """Which way is good. ``demand`` says how much there is, and is never rated: more of it is not worse work."""

    HIGHER_IS_BETTER = "higher-is-better"
    LOWER_IS_BETTER = "lower-is-better"
    DEMAND = "demand"


@frozen(kw_only=True)
class Selection:
    """Which obligations are counted; what is None makes no difference.

    ``limited``: the duty has a limit in days. ``recordable``: some event of the vocabulary can show that it was done.
    ``recorded``: the data holds at least one fulfilment of the duty. ``lateness_known``: the working days late are
    known. ``good_reason``: a good reason is on record.
    """

    words: str
    status: tuple[Status, ...] = field(validator=validators.min_len(1))
    limited: bool | None = None
    recordable: bool | None = None
    recorded: bool | None = None
    lateness_known: bool | None = None
    good_reason: bool | None = None

    @property
    def needs_good_reasons(self) -> bool:
        """Whether the table must say if a good reason is on record."""
        return self.good_reason is not None


@frozen(kw_only=True)
class Measure:
    """One measure. A share has a numerator and a denominator, a count a numerator, a percentile a denominator.

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
    evidence: Evidence
    cites: tuple[Citation, ...]
    numerator: Selection | None = None
    denominator: Selection | None = None
    percentile: int | None = field(default=None, validator=validators.optional([validators.ge(1), validators.le(99)]))
    note: str | None = None

    @property
    def selections(self) -> tuple[Selection, ...]:
        """Whatever of numerator and denominator it has."""
        return tuple(selection for selection in (self.numerator, self.denominator) if selection is not None)

    @property
    def needs_good_reasons(self) -> bool:
        """Whether it can only be worked out from a table that says if a good reason is on record."""
        return any(selection.needs_good_reasons for selection in self.selections)


@frozen(kw_only=True)
class Counted:
    """How an item of a return is counted: by which measures, of the duties whose fulfilment which event shows."""

    shown_by: str
    measures: tuple[str, ...]
    evidence: Evidence
    cites: tuple[Citation, ...]
    note: str | None = None


@frozen(kw_only=True)
class ReturnItem:
    """An item of a return. One that cannot be counted from a record says why."""

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    counted: Counted | None = None
    cannot_be_counted: str | None = None


@frozen(kw_only=True)
class Return:
    """A return that somebody asks for, as a list of items."""

    id: str
    title: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    items: tuple[ReturnItem, ...]
    note: str | None = None


@frozen(kw_only=True)
class Measures(Mapping[str, Measure]):
    """The measures by their identifiers, and the quarterly return that is made of them."""

    by_id: Mapping[str, Measure]
    quarterly_return: Return

    def __getitem__(self, id_: str) -> Measure:
        try:
            return self.by_id[id_]
        except KeyError:
            raise UnknownNameError(
                Fault(
                    code="VC-NAME-001",
                    where="measure",
                    what=f"There is no measure {id_!r}.",
                    way_out=did_you_mean(id_, self.by_id, listing="Measures"),
                )
            ) from None

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
    ['on-time-share', 'on-time-share-where-recorded', 'lateness-median']
    >>> [item.id for item in measures().quarterly_return.items if item.counted is None]
    ['told-of-release']
    """
    return read_measures(data_folder() / "measures")


def read_measures(folder: Path) -> Measures:
    """The measures of a folder with the files of ``data/measures``.

    :raises LawDataError: with every fault of every file.
    """
    faults: list[Fault] = []
    placed: list[Placed] = []
    for name in MEASURE_FILES:
        placed += _entries(folder / name, faults)
    whole = _read(folder / RETURN_FILE, faults)
    asked = None if whole is None else structure(law_converter(), whole.data, Return, whole, faults=faults)
    if asked is not None and whole is not None:
        placed.append(Placed(thing=asked, document=whole, keys=()))
    faults += check_citations(placed, VictimsCode.load().sources)
    found = {item.thing.id: item.thing for item in placed if isinstance(item.thing, Measure)}
    for item in placed:
        if isinstance(item.thing, Measure):
            faults += _shape_faults(item.thing, item)
        elif isinstance(item.thing, Return):
            faults += _return_faults(item.thing, item, found)
    if faults or asked is None:
        raise LawDataError(*faults)
    return Measures(by_id=MappingProxyType(found), quarterly_return=asked)


def read_one(path: Path, kind: type[T]) -> T:
    """A file of ``data/measures`` that is one thing, with every statement in it cited.

    :raises LawDataError: with every fault.
    """
    faults: list[Fault] = []
    document = _read(path, faults)
    thing = None if document is None else structure(law_converter(), document.data, kind, document, faults=faults)
    if thing is not None and document is not None:
        placed = Placed(thing=thing, document=document, keys=())
        faults += check_citations([placed], VictimsCode.load().sources)
    if faults or thing is None:
        raise LawDataError(*faults)
    return thing


def _read(path: Path, faults: list[Fault]) -> Document | None:
    try:
        document = read_document(path, error=LawDataError)
    except LawDataError as problem:
        faults.extend(problem.faults)
        return None
    return Document(data=document.data, source=f"measures/{path.name}", text=document.text)


def _entries(path: Path, faults: list[Fault]) -> list[Placed]:
    document = _read(path, faults)
    if document is None:
        return []
    if not isinstance(document.data, list):
        faults.append(
            Fault(
                code="VC-FILE-005",
                where=document.source,
                what="The file is a list.",
                way_out="Begin each entry with a dash.",
            )
        )
        return []
    found: list[Placed] = []
    for n, item in enumerate(document.data):
        thing = structure(law_converter(), item, Measure, document, (n,), faults=faults)
        if thing is not None:
            found.append(Placed(thing=thing, document=document, keys=(n,)))
    return found


_PARTS = {
    Kind.SHARE: (True, True, False),
    Kind.COUNT: (True, False, False),
    Kind.PERCENTILE: (False, True, True),
}


def _shape_faults(measure: Measure, item: Placed) -> list[Fault]:
    """What a measure of its kind lacks or has too much, and a numerator that is no part of its denominator."""
    has = (measure.numerator is not None, measure.denominator is not None, measure.percentile is not None)
    faults = []
    if has != _PARTS[measure.kind]:
        names = ("numerator", "denominator", "percentile")
        wanted = ", ".join(name for name, needed in zip(names, _PARTS[measure.kind], strict=True) if needed)
        faults.append(
            item.fault(
                "VC-DATA-006", ("kind",), f"A {measure.kind.value} has exactly: {wanted}.", "Add or take out the rest."
            )
        )
    above, below = measure.numerator, measure.denominator
    if above is not None and below is not None and not set(above.status) <= set(below.status):
        faults.append(
            item.fault(
                "VC-DATA-006",
                ("numerator", "status"),
                "The numerator counts statuses that the denominator does not.",
                "Add them to the denominator, or take them out.",
            )
        )
    return faults


def _return_faults(asked: Return, item: Placed, known: Mapping[str, Measure]) -> list[Fault]:
    faults = []
    for n, entry in enumerate(asked.items):
        keys = ("items", n)
        if (entry.counted is None) == (entry.cannot_be_counted is None):
            faults.append(
                item.fault(
                    "VC-DATA-006",
                    keys,
                    "An item is either counted or cannot be counted.",
                    "Give one of `counted` and `cannot_be_counted`.",
                )
            )
        if entry.counted is None:
            continue
        if entry.counted.shown_by not in vocabulary().events:
            faults.append(
                item.fault(
                    "VC-DATA-001",
                    (*keys, "counted", "shown_by"),
                    f"There is no event {entry.counted.shown_by!r}.",
                    did_you_mean(entry.counted.shown_by, vocabulary().events),
                )
            )
        faults += [
            item.fault(
                "VC-DATA-001",
                (*keys, "counted", "measures", k),
                f"There is no measure {name!r}.",
                did_you_mean(name, known, listing="Measures"),
            )
            for k, name in enumerate(entry.counted.measures)
            if name not in known
        ]
    return faults
