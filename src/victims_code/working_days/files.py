"""Reading calendars and overrides from files, strictly and with every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from attrs import evolve, frozen
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, override

from victims_code.dates import spell
from victims_code.errors import Fault, VictimsCodeError, WrongValueError, did_you_mean
from victims_code.reading.documents import Document, Keys, read_document
from victims_code.reading.structuring import MisfitError, kind_of, new_converter, structure
from victims_code.working_days.holidays import BankHoliday

__all__ = ["CalendarFile", "OverridesFile", "read_calendar", "read_overrides"]

T = TypeVar("T")
_Day: TypeAlias = date  # the field `date` of a class below would hide the type
_SATURDAY = 5


class _Evidence(Enum):
    TEXT = "text"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


@frozen(kw_only=True)
class _Covers:
    from_: date
    to: date


@frozen(kw_only=True)
class _CalendarSource:
    id: str
    title: str
    publisher: str
    evidence: _Evidence
    url: str | None = None
    read: str | None = None


@frozen(kw_only=True)
class CalendarFile:
    """A dated list of holidays, the years it covers, and its sources."""

    version: str
    covers: _Covers
    sources: tuple[_CalendarSource, ...]
    holidays: tuple[BankHoliday, ...]


@frozen(kw_only=True)
class _Removal:
    date: _Day
    source: str
    title: str = ""
    announced: _Day | None = None

    def as_holiday(self) -> BankHoliday:
        return BankHoliday(date=self.date, title=self.title, source=self.source, announced=self.announced)


@frozen(kw_only=True)
class OverridesFile:
    """Days to add to a calendar and days to take out."""

    add: tuple[BankHoliday, ...] = ()
    remove: tuple[_Removal, ...] = ()


_WRITTEN = {
    "from_": "from",
    "announced_source": "announced-source",
    "moved_from": "moved-from",
    "substitute_for": "substitute-for",
}
"""Keys whose spelling in the files is no name in Python."""


def _read(path: Path, kind: type[T], error: type[VictimsCodeError]) -> tuple[Document, T]:
    document = read_document(path, error=error)
    faults: list[Fault] = []
    read = structure(_converter(), document.data, kind, document, faults=faults)
    if read is None:
        raise error(*map(_as_written, faults))
    return document, read


def _as_written(fault: Fault) -> Fault:
    """A fault that names keys as they are spelt in the file."""
    where, what, hint = fault.location, fault.message, fault.hint
    for name, key in _WRITTEN.items():
        where, what, hint = (text.replace(name, key) for text in (where, what, hint))
    return evolve(fault, location=where, message=what, hint=hint)


@cache
def _converter() -> Converter:
    converter = new_converter()
    for kind in (BankHoliday, _Covers):
        renamed: dict[str, Any] = {n: override(rename=k) for n, k in _WRITTEN.items() if n in kind.__annotations__}
        hook = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **renamed)
        converter.register_structure_hook(kind, partial(_from_keys, hook))
    return converter


def _from_keys(hook: Callable[[Any, Any], Any], value: object, kind: type) -> Any:
    if not isinstance(value, dict):
        raise MisfitError(f"A group of keys is needed, not {kind_of(value)}.", "Write it as keys and values.")
    return hook(value, kind)


def read_overrides(path: Path) -> tuple[Document, OverridesFile]:
    """The overrides in a file, with the document, so that later faults can name their place.

    :raises WrongValueError: with every fault of the file.
    """
    return _read(path, OverridesFile, WrongValueError)


def read_calendar(path: Path, error: type[VictimsCodeError]) -> CalendarFile:
    """The calendar in a file.

    :raises VictimsCodeError: of class ``error``, with every fault of the file.
    """
    document, file = _read(path, CalendarFile, error)
    faults = [
        Fault(code=code, location=document.where(keys), message=what, hint=hint)
        for code, keys, what, hint in _wrong_in(file)
    ]
    if faults:
        raise error(*faults)
    return file


def _wrong_in(file: CalendarFile) -> Iterator[tuple[str, Keys, str, str]]:
    """What is wrong with a calendar whose keys and dates are in order: code, place, fault and way out."""
    covers, sources = file.covers, [source.id for source in file.sources]
    if (covers.from_.month, covers.from_.day, covers.to.month, covers.to.day) != (1, 1, 12, 31):
        yield "VC-DATA-004", ("covers",), "A calendar covers whole years.", "Write 1 January and 31 December."
    for n, name in enumerate(sources):
        if name in sources[:n]:
            yield "VC-DATA-002", ("sources", n, "id"), f"The source {name!r} is listed twice.", "Keep one of the two."
    before = None
    for n, holiday in enumerate(file.holidays):
        keys: Keys = ("holidays", n)
        if not covers.from_ <= holiday.date <= covers.to:
            what = f"{spell(holiday.date)} lies outside what the file covers."
            yield "VC-DATA-004", (*keys, "date"), what, "Correct the date, or extend `covers`."
        if before is not None and holiday.date == before:
            yield "VC-DATA-002", (*keys, "date"), f"{spell(before)} is listed twice.", "Keep one of the two."
        elif before is not None and holiday.date < before:
            what = f"{spell(holiday.date)} comes after {spell(before)}."
            yield "VC-DATA-004", (*keys, "date"), what, "Put the days in order."
        before = holiday.date
        for key, source in (("source", holiday.source), ("announced-source", holiday.announced_source)):
            if source is not None and source not in sources:
                hint = did_you_mean(source, sources, listing="Listed sources")
                yield "VC-DATA-001", (*keys, key), f"The source {source!r} is not listed.", hint
        if holiday.announced is not None and holiday.announced > holiday.date:
            what = f"{spell(holiday.date)} was announced only after it had passed."
            yield "VC-DATA-004", (*keys, "announced"), what, "Correct one of the two dates."
        if holiday.substitute_for is not None and holiday.substitute_for.weekday() < _SATURDAY:
            what = f"{spell(holiday.substitute_for)} is not a day of the weekend."
            yield "VC-DATA-004", (*keys, "substitute-for"), what, "Name the Saturday or Sunday it stands in for."
