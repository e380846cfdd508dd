"""The mapping file: which column and which code of an extract means what in the words of the library."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import evolve, field, fields, frozen

from victims_code import faults
from victims_code.arguments import checked, misfits, type_named
from victims_code.cases.checks import subjects_of
from victims_code.cases.records import UNKNOWN
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault
from victims_code.names import EventId, FactId
from victims_code.printable import one_line_repr
from victims_code.reading.documents import Document, Keys, format_path, read_document
from victims_code.reading.mappings import CHECKS_OF_A_FILE, TableMapping, listed
from victims_code.reading.partial import each, is_whole, readable
from victims_code.reading.structuring import new_converter, partly, structure
from victims_code.vocabulary import load_vocabulary


class DateForm(StrEnum):
    """How an extract writes its dates. It must be said, because 03/04/2026 can be read in two ways."""

    YEAR_FIRST = "YYYY-MM-DD"
    DAY_FIRST_STROKES = "DD/MM/YYYY"
    DAY_FIRST_DASHES = "DD-MM-YYYY"
    DAY_FIRST_POINTS = "DD.MM.YYYY"
    MONTH_IN_LETTERS = "DD MON YYYY"
    MONTH_FIRST = "MON DD YYYY"
    DIGITS = "YYYYMMDD"
    EXCEL = "EXCEL"


class RepeatedRows(StrEnum):
    """What becomes of rows that are the same as an earlier one in every cell."""

    ALL = "all"
    ONCE = "once"


class CodeList(StrEnum):
    """A list of codes that the library knows, so that a mapping need not repeat it."""

    HOME_OFFICE_OUTCOMES = "home-office-outcomes"


@frozen(kw_only=True)
class Identifying:
    """The columns that say which case, victim and suspect a row is about, and what is known of the offence.

    ``offence`` tells the offences of a case apart: what a row says of dates, codes and victims is then of its offence.
    ``speaks_for`` names another victim of the case for whom the victim of the row speaks.
    """

    case: str
    victim: str | None = None
    suspect: str | None = None
    hearing: str | None = None
    offence: str | None = None
    born: str | None = None
    speaks_for: str | None = None
    committed_on: str | None = None
    cjs_code: str | None = None


@frozen(kw_only=True)
class DateColumn:
    """A column whose date says that something happened on that day.

    ``of_suspect`` false keeps the suspect of the row out of it: a crime is reported once, whoever is suspected.
    """

    column: str
    event: EventId
    about: str | None = None
    received: str | None = None
    of_suspect: bool = True


@frozen(kw_only=True)
class CodeMeaning:
    """What one code means: an event, or nothing (``ignore``); and ``since`` and ``until`` when it was in use."""

    code: str
    event: EventId | None = None
    about: str | None = None
    ignore: bool = False
    of_suspect: bool = True
    since: date | None = None
    until: date | None = None


@frozen(kw_only=True)
class CodeColumn:
    """A column of codes and the column that dates them."""

    column: str
    date: str
    codes: tuple[CodeMeaning, ...] = field(default=(), converter=listed)
    list: CodeList | None = None
    received: str | None = None


@frozen(kw_only=True)
class FactColumn:
    """A column that says a fact of the victim or of the offence holds (``yes``), or does not (``no``).

    ``unknown`` are words for an answer that is not known, besides that word itself: asked, and not found out.
    """

    column: str
    fact: FactId
    yes: tuple[str, ...] = field(converter=listed)
    no: tuple[str, ...] = field(default=(), converter=listed)
    unknown: tuple[str, ...] = field(default=(), converter=listed)
    since: str | None = None


@frozen(kw_only=True)
class ExtractMapping(TableMapping):
    """A whole mapping. ``source`` is what events and assertions say they come from.

    :param repeated_rows: whether rows that are the same in every cell are read all or once.
    """

    source: str
    dates: DateForm
    rows: Identifying
    events: tuple[DateColumn, ...] = field(default=(), converter=listed)
    codes: tuple[CodeColumn, ...] = field(default=(), converter=listed)
    facts: tuple[FactColumn, ...] = field(default=(), converter=listed)
    repeated_rows: RepeatedRows | None = None

    __repr__ = one_line_repr("{0.name}: {0.source}")

    def means_something(self, column: str, word: str) -> bool:
        """Whether the mapping gives a word in a column a meaning of its own."""
        return any(
            column == codes.column and any(word == meaning.code for meaning in codes.codes) for codes in self.codes
        ) or any(
            column == fact.column and (word in (*fact.yes, *fact.no, *fact.unknown) or word.casefold() == UNKNOWN)
            for fact in self.facts
        )

    def stands_for(self, event: str) -> bool:
        """Whether any column or code says that an event of this name happened."""
        named = [column.event for column in self.events]
        return event in named or any(meaning.event == event for column in self.codes for meaning in column.codes)

    @property
    def states_facts(self) -> bool:
        """Whether any column says a fact, or a date of birth, from which a fact follows."""
        return self.rows.born is not None or bool(self.facts)

    def date_columns(self) -> Iterator[str]:
        """Every column the mapping reads dates from, in its order."""
        dated = [self.rows.born, self.rows.committed_on]
        dated += [column for event in self.events for column in (event.column, event.received)]
        dated += [column for codes in self.codes for column in (codes.date, codes.received)]
        dated += [fact.since for fact in self.facts]
        yield from dict.fromkeys(column for column in dated if column is not None)

    def columns(self) -> Iterator[str]:
        """Every column the mapping reads, in its order."""
        named = (getattr(self.rows, attribute) for attribute in _IDENTIFYING)
        yield from (column for column in named if column is not None)
        for event in self.events:
            yield from (column for column in (event.column, event.received) if column is not None)
        for code in self.codes:
            yield from (column for column in (code.column, code.date, code.received) if column is not None)
        for fact in self.facts:
            yield from (column for column in (fact.column, fact.since) if column is not None)


_IDENTIFYING = ("case", "victim", "suspect", "hearing", "offence", "born", "speaks_for", "committed_on", "cjs_code")


def load_mapping(path: str | Path) -> ExtractMapping:
    """A mapping from a YAML file, read strictly.

    :raises WrongValueError: with every fault of the file, each with its line and the nearest known name.
    """
    document = read_document(path, error=WrongValueError)
    faults: list[Fault] = []
    converter = new_converter()
    mapping = structure(converter, document.data, ExtractMapping, document, faults=faults)
    part = partly(converter, document.data, ExtractMapping) if mapping is None else mapping
    for check in (_events, _codes, _facts, *CHECKS_OF_A_FILE):
        faults += readable(check(part, document)) if part is not None else ()
    if faults or mapping is None:
        raise WrongValueError(*faults)
    return mapping


@checked
def check_mapping(mapping: ExtractMapping) -> None:
    """Refuse a faulty mapping that was written in Python, as :func:`load_mapping` refuses a file.

    :raises WrongTypeError: if a part is of another type, with every fault of the mapping.
    :raises WrongValueError: with every fault, each with its place and the nearest known name.
    """
    document = Document(data={}, source="mapping")
    wrong = [evolve(one, location=f"mapping, {one.location}") for one in _of_another_type(mapping)]
    checks: tuple[Callable[[ExtractMapping, Document], Iterator[Fault]], ...] = (_events, _codes, _facts)
    if not wrong:
        checks = (*checks, *CHECKS_OF_A_FILE)
    found = [fault for check in checks for fault in check(mapping, document)]
    if wrong or found:
        raise (WrongTypeError if wrong else WrongValueError)(*wrong, *found)


def _of_another_type(part: Any, keys: Keys = ()) -> Iterator[Fault]:
    """A fault for everything in a part of a mapping that is not of its type."""
    for name, kind in _types_of(type(part)).items():
        value, place = getattr(part, name), (*keys, name)
        if type(value) in _PARTS:
            yield from _of_another_type(value, place)
        elif isinstance(value, tuple) and value and all(type(one) in _PARTS for one in value):
            for n, one in enumerate(value):
                yield from _of_another_type(one, (*place, n))
        else:
            yield from misfits(value, kind, format_path(place), _HINTS.get(kind, "See help(ExtractMapping)."))


def _is_sound(part: object) -> bool:
    """Whether everything in a part of a mapping is of its type, so that names in it can be looked up."""
    return not any(_of_another_type(part))


def _types_of(kind: Any) -> Mapping[str, object]:
    """The types of the attributes of a part; a name of the vocabulary is text, which is looked up apart."""
    plain = {EventId: str, EventId | None: str | None, FactId: str}
    found = {one.name: type_named(one.name, one.type, globals()) for one in fields(kind)}
    return {name: plain.get(of, of) for name, of in found.items()}


_PARTS = (Identifying, DateColumn, CodeMeaning, CodeColumn, FactColumn)
_HINTS: Mapping[Any, str] = {
    str: "Write it as text. Cells are read as text, so for the number 1 write '1'.",
    tuple[str, ...]: "Write a list of text, such as ['Y', '1'].",
    DateForm: "Write DateForm('DD/MM/YYYY'), or another of its forms.",
}


def _events(mapping: ExtractMapping, document: Document) -> Iterator[Fault]:
    for n, column in _sound(mapping, "events"):
        yield from readable(_event_faults(column, document, ("events", n)))


def _codes(mapping: ExtractMapping, document: Document) -> Iterator[Fault]:
    for n, column in _sound(mapping, "codes"):
        yield from readable(_list_faults(column, document, ("codes", n)))
        for k, meaning in readable(each(column, "codes")):
            yield from readable(_meaning_faults(meaning, document, ("codes", n, "codes", k)))


def _sound(mapping: ExtractMapping, name: str) -> Iterator[tuple[int, Any]]:
    """The entries of a list that are of the right type throughout; a file has seen to that."""
    if is_whole(mapping):
        entries = getattr(mapping, name)
        yield from ((n, one) for n, one in enumerate(entries if isinstance(entries, tuple) else ()) if _is_sound(one))
    else:
        yield from each(mapping, name)


def _list_faults(column: CodeColumn, document: Document, keys: Keys) -> Iterator[Fault]:
    if bool(column.codes) is (column.list is not None):
        yield faults.NEITHER_CODES_NOR_A_LIST.at(document.where(keys))


def _meaning_faults(meaning: CodeMeaning, document: Document, keys: Keys) -> Iterator[Fault]:
    if meaning.ignore is (meaning.event is not None):
        yield faults.NEITHER_EVENT_NOR_IGNORE.at(document.where(keys), code=meaning.code)
    elif meaning.event is not None:
        yield from _event_faults(meaning, document, keys)


def _facts(mapping: ExtractMapping, document: Document) -> Iterator[Fault]:
    known = {fact.id for fact in load_vocabulary().facts.values() if fact.derived is None or fact.of_dates}
    for n, column in _sound(mapping, "facts"):
        yield from readable(_fact_faults(column, known, document, ("facts", n, "fact")))


def _fact_faults(column: FactColumn, known: Collection[str], document: Document, keys: Keys) -> Iterator[Fault]:
    if column.fact not in known:
        yield faults.FACT_CANNOT_BE_STATED.at(
            document.where(keys), fact=column.fact, nearest=load_vocabulary().nearest(column.fact, known)
        )


def _event_faults(column: DateColumn | CodeMeaning, document: Document, keys: Keys) -> Iterator[Fault]:
    words, event = load_vocabulary(), column.event
    name = words.events.get(event or "")
    if name is None:
        yield faults.EVENT_UNKNOWN.at(
            document.where((*keys, "event")), word=event, nearest=words.nearest(event, words.events)
        )
    elif (about := column.about) is None:
        if name.about:
            yield faults.EVENT_ABOUT_NOTHING.at(document.where(keys), event=event, subjects=subjects_of(name))
    elif not name.about:
        yield faults.EVENT_TAKES_NO_ABOUT.at(document.where((*keys, "about")), event=event)
    elif (subjects := words.subjects(name)) and about not in subjects:
        yield faults.NOTHING_A_VICTIM_IS_TOLD.at(
            document.where((*keys, "about")), word=about, nearest=words.nearest(about, subjects)
        )
