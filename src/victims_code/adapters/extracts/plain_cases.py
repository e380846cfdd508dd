"""Plain cases: those of a large table in which nothing is doubtful, read straight into rows of the bulk engine.

A case is plain if reading it as an object would note nothing but facts that were not understood and that no victim is
listed. Every other case is left to :func:`~victims_code.adapters.extracts.reading.drafts_of`, so that whatever has to
be said is said there, once. Cells are understood once for each different value of a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from attrs import define, evolve, field, frozen

from victims_code import faults
from victims_code.adapters.court_cases import (
    COURSE,
    EARLIEST,
    FIRST_BIRTH,
    FIRST_OFFENCE,
    LATEST,
    PLACEHOLDER_VICTIM,
)
from victims_code.adapters.extracts.cells import as_whole, date_of, shown_value, text_of
from victims_code.adapters.extracts.mapping import CodeColumn, ExtractMapping, FactColumn
from victims_code.adapters.extracts.reading import meaning_of, says
from victims_code.adapters.extracts.rows import Row, Table
from victims_code.cases import Assertion, Offence
from victims_code.cases.checks import is_against_the_dates
from victims_code.cases.records import text_or_nothing
from victims_code.dates import Moment, civil_date
from victims_code.faults import Fault
from victims_code.identifiers import case_key, suspect_key
from victims_code.missing_values import is_placeholder
from victims_code.vocabulary import EventKind, load_vocabulary

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "events": (
        "case_ref", "event", "at", "received", "about", "victim_ref", "suspect_ref", "hearing_ref", "withdrawn",
        "sequence",
    ),
    "victims": ("case_ref", "victim_ref", "born", "capacity"),
    "assertions": ("victim_ref", "case_ref", "fact", "value", "since", "source"),
    "cases": ("case_ref", "committed_on", "cjs_code"),
}  # fmt: skip
"""The columns of the tables of the bulk engine that plain cases fill; the others are empty."""
Cells = tuple[str | None, ...]


@frozen(kw_only=True)
class PlainCases:
    """The plain cases of a table as rows of the bulk engine, and the rows of the table that are left.

    :param rows: by table, the rows in the order of :data:`COLUMNS`, every cell as text.
    :param references: by the key of each case, how it is called.
    :param notes: by the key of each case, what was noted of it.
    :param keys: the key of the case of each row of the table, in order.
    :param left: the table with the rows of all other cases.
    """

    rows: Mapping[str, Sequence[Cells]] = field(repr=False)
    references: Mapping[str, str] = field(repr=False)
    notes: Mapping[str, Sequence[Fault]] = field(repr=False)
    keys: Sequence[str] = field(repr=False)
    left: Table


class _Day(NamedTuple):
    """A date as it was understood: its day, and the moment as text."""

    day: date
    text: str
    usable: bool


class _Happened(NamedTuple):
    """What tells one event of a case from another."""

    event: str
    day: date
    suspect: str | None
    victim: str | None
    about: str | None
    hearing: str | None


class _Source(NamedTuple):
    """A column whose date says that something happened; ``trigger`` concerns every victim."""

    column: str
    event: str
    about: str | None
    received: str | None
    of_suspect: bool
    trigger: bool
    since: date = EARLIEST
    until: date = LATEST


class _DoubtfulError(Exception):
    """The case is not plain."""


def row_keys(mapping: ExtractMapping, table: Table) -> list[str]:
    """The key of the case of each row; a row without a reference is a case of its own."""
    column = mapping.rows.case
    return [case_key(text_of(row.get(column)) or f"{table.name}, row {number}") for number, row in table.rows]


def plain_cases(mapping: ExtractMapping, table: Table) -> PlainCases:
    """The plain cases of a table, and what is left of it."""
    keys = row_keys(mapping, table)
    named = {case_key(cell) for aside in table.set_aside for cell in aside.cells if isinstance(cell, str)}
    grouped: dict[str, list[tuple[int, Row]]] = {}
    for key, row in zip(keys, table.rows, strict=True):
        grouped.setdefault(key, []).append(row)
    reading = _PlainReading(mapping=mapping, table=table)
    plain = {key for key, rows in grouped.items() if key not in named and reading.reads(key, rows)}
    left = tuple(row for key, row in zip(keys, table.rows, strict=True) if key not in plain)
    return PlainCases(
        rows=reading.rows, references=reading.references, notes=reading.notes, keys=keys, left=evolve(table, rows=left)
    )


@define(kw_only=True)
class _PlainReading:
    mapping: ExtractMapping
    table: Table
    rows: dict[str, list[Cells]] = field(factory=lambda: {name: [] for name in COLUMNS})
    references: dict[str, str] = field(factory=dict)
    notes: dict[str, list[Fault]] = field(factory=dict)
    _days: dict[object, _Day | None] = field(factory=dict)
    _meanings: dict[tuple[int, str], _Source | None] = field(factory=dict)
    _answers: dict[tuple[int, type, object], tuple[str, bool | None, bool]] = field(factory=dict)
    _sources: tuple[_Source, ...] = field(init=False)
    _columns: tuple[str, ...] = field(init=False)
    _of_case: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._sources = tuple(
            _Source(one.column, one.event, one.about, one.received, one.of_suspect, _is_trigger(one.event))
            for one in self.mapping.events
        )
        self._columns = tuple(dict.fromkeys(self.mapping.columns()))
        facts = load_vocabulary().facts
        self._of_case = frozenset(one.fact for one in self.mapping.facts if facts[one.fact].of == "case")

    def reads(self, key: str, rows: Sequence[tuple[int, Row]]) -> bool:
        """Read a case, if it is plain; otherwise nothing is kept of it."""
        try:
            case = _PlainCase(reading=self, key=key, rows=rows)
            case.read()
            case.keep()
        except _DoubtfulError:
            return False
        return True

    def day(self, cell: object, earliest: date = EARLIEST) -> _Day:
        """A cell as a date that can be right."""
        if cell not in self._days:
            self._days[cell] = self._understood(cell)
        found = self._days[cell]
        if found is None or not (found.usable and earliest <= found.day <= LATEST):
            raise _DoubtfulError
        return found

    def _understood(self, cell: object) -> _Day | None:
        at: Moment | None = date_of(cell, self.mapping.dates, epoch=self.table.epoch)
        if at is None:
            return None
        try:
            return _Day(civil_date(at), at.isoformat(), not is_placeholder(at))
        except OverflowError:
            return None

    def meaning(self, number: int, column: CodeColumn, code: str) -> _Source | None:
        """What a code says happened; None if the mapping ignores it."""
        if (number, code) not in self._meanings:
            meaning = meaning_of(column, code)
            if meaning is None:
                raise _DoubtfulError
            self._meanings[number, code] = (
                None
                if meaning.event is None
                else _Source(
                    column.date,
                    meaning.event,
                    meaning.about,
                    column.received,
                    meaning.of_suspect,
                    _is_trigger(meaning.event),
                    meaning.since or EARLIEST,
                    meaning.until or LATEST,
                )
            )
        return self._meanings[number, code]

    def answer(self, number: int, fact: FactColumn, cell: object) -> tuple[str, bool | None, bool]:
        """A cell of a fact as text, as its value, and whether it was understood."""
        same = (number, type(cell), cell)
        if same not in self._answers:
            written = str(cell)
            value = says(fact, written)
            self._answers[same] = (written, value if isinstance(value, bool) else None, value is not None)
        return self._answers[same]


@define(kw_only=True)
class _PlainCase:
    reading: _PlainReading
    key: str
    rows: Sequence[tuple[int, Row]]
    reference: str = ""
    events: dict[_Happened, tuple[str, str | None]] = field(factory=dict)
    born: dict[str, _Day | None] = field(factory=dict)
    committed: _Day | None = None
    code: str | None = None
    said: dict[str | None, dict[tuple[str, bool | None, str | None, str], None]] = field(factory=dict)
    notes: list[Fault] = field(factory=list)
    suspects: set[str] = field(factory=set)

    def read(self) -> None:
        for number, row in self.rows:
            self._row(number, row)
        self._references_agree()
        self._events_agree()
        self._people_agree()

    def _row(self, number: int, row: Row) -> None:
        reading, of = self.reading, self.reading.mapping.rows
        if any(type(row.get(column)) is Fault for column in reading._columns):
            raise _DoubtfulError
        reference = text_of(row.get(of.case))
        if reference is None or (self.reference and reference != self.reference):
            raise _DoubtfulError
        self.reference = reference
        where = f"{reading.table.name}, case {reference}, row {number}"
        if (of.offence and row.get(of.offence) is not None) or (of.speaks_for and row.get(of.speaks_for) is not None):
            raise _DoubtfulError
        victim = self._victim(row)
        suspect, hearing = _referred(row, of.suspect), _referred(row, of.hearing)
        if suspect is not None:
            self.suspects.add(suspect)
        self._offence(row)
        for source in reading._sources:
            if row.get(source.column) is not None:
                self._happened(row, source, victim, suspect, hearing)
        for n, column in enumerate(reading.mapping.codes):
            code = text_of(row.get(column.column))
            meaning = None if code is None else reading.meaning(n, column, code)
            if meaning is not None:
                self._happened(row, meaning, victim, suspect, hearing)
        for n, fact in enumerate(reading.mapping.facts):
            cell = row.get(fact.column)
            if cell is not None:
                self._fact(n, fact, cell, row, victim, where)

    def _victim(self, row: Row) -> str | None:
        reading, of = self.reading, self.reading.mapping.rows
        cell = row.get(of.born) if of.born else None
        born = None if cell is None else reading.day(cell, FIRST_BIRTH)
        if of.victim is None:
            named, victim = PLACEHOLDER_VICTIM, None
            if born is None:
                return None
        else:
            victim = _referred(row, of.victim)
            if victim is None:
                raise _DoubtfulError
            named = victim
        known = self.born.get(named)
        if known is not None and born is not None and row.get(of.born or "") is not None and known != born:
            raise _DoubtfulError
        if known is None:
            self.born[named] = born
        return victim

    def _offence(self, row: Row) -> None:
        of = self.reading.mapping.rows
        cell = row.get(of.committed_on) if of.committed_on else None
        if cell is not None:
            committed = self.reading.day(cell, FIRST_OFFENCE)
            if self.committed is not None and committed != self.committed:
                raise _DoubtfulError
            self.committed = committed
        code = text_of(row.get(of.cjs_code)) if of.cjs_code else None
        if code is not None:
            if text_or_nothing(code) is None or (self.code is not None and code != self.code):
                raise _DoubtfulError
            self.code = code

    def _happened(
        self, row: Row, source: _Source, victim: str | None, suspect: str | None, hearing: str | None
    ) -> None:
        cell = row.get(source.column)
        if cell is None:
            raise _DoubtfulError
        at = self.reading.day(cell)
        if not source.since <= at.day <= source.until:
            raise _DoubtfulError
        came = row.get(source.received) if source.received else None
        received = None if came is None else self.reading.day(came)
        if received is not None and received.day < at.day:
            raise _DoubtfulError
        one = _Happened(
            source.event,
            at.day,
            suspect if source.of_suspect else None,
            None if source.trigger else victim,
            source.about,
            hearing,
        )
        if one not in self.events:
            self.events[one] = (at.text, None if received is None else received.text)

    def _fact(self, n: int, fact: FactColumn, cell: object, row: Row, victim: str | None, where: str) -> None:
        written, value, understood = self.reading.answer(n, fact, cell)
        if not understood:
            place = f"{where}, {fact.column}"
            self.notes.append(faults.NEITHER_YES_NOR_NO.at(place, value=shown_value(written)))
        start = row.get(fact.since) if fact.since else None
        since = None if start is None else self._since(start)
        of_case = fact.fact in self.reading._of_case
        said = self.said.setdefault(None if of_case else victim or PLACEHOLDER_VICTIM, {})
        said[fact.fact, value, since, f"{self.reading.mapping.source}, {fact.column}"] = None

    def _since(self, cell: object) -> str:
        """The day a fact counts from; any date that can be read is taken."""
        reading = self.reading
        if cell not in reading._days:
            reading._days[cell] = reading._understood(cell)
        found = reading._days[cell]
        if found is None:
            raise _DoubtfulError
        return found.day.isoformat()

    # --- what holds together ------------------------------------------------------------------------------------

    def _references_agree(self) -> None:
        if len(self.suspects) > 1 and len(set(map(suspect_key, self.suspects))) < len(self.suspects):
            raise _DoubtfulError
        if text_or_nothing(self.reference) is None:
            raise _DoubtfulError
        for said in self.said.values():
            values: dict[tuple[str, str | None], bool] = {}
            for fact, value, since, _ in said:
                if value is not None and values.setdefault((fact, since), value) != value:
                    raise _DoubtfulError

    def _events_agree(self) -> None:
        """The events are in an order that can be right, and every telling answers one of them."""
        for one in [one for one in self.events if one.hearing is not None]:
            self.events.pop(one._replace(hearing=None), None)
        first: dict[str | None, dict[str, date]] = {}
        for one in self.events:
            days = first.setdefault(one.suspect, {})
            days[one.event] = min(days.get(one.event, one.day), one.day)
        for days in first.values():
            if any(later in days and earlier in days and days[later] < days[earlier] for earlier, later in COURSE):
                raise _DoubtfulError
        if self.committed is not None and any(one.day < self.committed.day for one in self.events):
            raise _DoubtfulError
        for one in self.events:
            if one.event == "victim-informed" and _is_event(one.about or ""):
                told_of = [other for other in self.events if other.event == one.about]
                suspects = {other.suspect for other in told_of} - {None}
                several = one.suspect is None and len(suspects) > 1 and _is_trigger(one.about or "")
                if several or not any(_answers(one, other) for other in told_of):
                    raise _DoubtfulError

    def _people_agree(self) -> None:
        """Everyone was born by the day of the offence and of the last record, and no stated age contradicts that."""
        latest = [] if self.committed is None else [self.committed.day]
        latest += [max(one.day for one in self.events)] if self.events else []
        offence = _offence_on(None if self.committed is None else self.committed.day)
        for victim, born in self.born.items():
            if born is not None and latest and born.day > min(latest):
                raise _DoubtfulError
            for fact, value, _, _ in self.said.get(victim, ()):
                if (value and _is_born_later(fact)) or is_against_the_dates(
                    _assertion(fact, value), None if born is None else born.day, (offence,)
                ):
                    raise _DoubtfulError

    def keep(self) -> None:
        """Write the case down."""
        reading, case, rows = self.reading, self.reference, self.reading.rows
        victims = self.born or {PLACEHOLDER_VICTIM: None}
        if not victims.keys() - {PLACEHOLDER_VICTIM}:
            where = f"{reading.table.name}, case {case}, row {self.rows[0][0]}"
            self.notes.append(faults.NO_VICTIM_LISTED.at(where, reference=PLACEHOLDER_VICTIM))
        committed = None if self.committed is None else self.committed.day.isoformat()
        rows["cases"].append((case, committed, self.code))
        ordered = sorted(self.events.items(), key=lambda item: item[0].day)
        rows["events"] += [
            (
                case,
                one.event,
                at,
                received,
                one.about,
                one.victim,
                one.suspect,
                one.hearing,
                "false",
                str(number),
            )
            for number, (one, (at, received)) in enumerate(ordered, start=1)
        ]
        for victim, born in victims.items():
            rows["victims"].append((case, victim, None if born is None else born.day.isoformat(), "person"))
        for of in (None, *victims):
            rows["assertions"] += [
                (of, case, fact, None if value is None else str(value).lower(), since, source)
                for fact, value, since, source in self.said.get(of, ())
            ]
        reading.references[self.key] = case
        if self.notes:
            reading.notes[self.key] = self.notes


def _referred(row: Row, column: str | None) -> str | None:
    """What a row calls someone or something."""
    written = text_of(row.get(column)) if column else None
    return None if written is None else _reference(written)


@cache
def _reference(written: str) -> str:
    whole = as_whole(written)
    if text_or_nothing(whole) is None:
        raise _DoubtfulError
    return whole


def _answers(told: _Happened, other: _Happened) -> bool:
    """Whether a telling can be of an event: not before it, and their references are equal or absent on either side."""
    return other.day <= told.day and all(
        one is None or theirs is None or one == theirs
        for one, theirs in ((told.suspect, other.suspect), (told.hearing, other.hearing))
    )


@cache
def _is_event(name: str) -> bool:
    return name in load_vocabulary().events


@cache
def _is_trigger(name: str) -> bool:
    found = load_vocabulary().events.get(name)
    return found is not None and found.kind is EventKind.TRIGGER


@cache
def _is_born_later(fact: str) -> bool:
    return load_vocabulary().facts[fact].born_later


@cache
def _assertion(fact: str, value: bool | None) -> Assertion:
    return Assertion(fact=fact, value=value)  # type: ignore[arg-type]


@cache
def _offence_on(day: date | None) -> Offence:
    return Offence(committed_on=day)
