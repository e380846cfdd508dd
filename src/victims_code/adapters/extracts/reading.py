"""From the rows of an extract to cases, by a mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import cast

from attrs import define, field

from victims_code import faults
from victims_code.adapters.court_cases import PLACEHOLDER_VICTIM, CaseDraft
from victims_code.adapters.extracts.cells import as_whole, date_of, shown_value, text_of, unread_date
from victims_code.adapters.extracts.mapping import (
    CodeColumn,
    CodeList,
    CodeMeaning,
    DateColumn,
    ExtractMapping,
    FactColumn,
)
from victims_code.adapters.extracts.rows import Row, Source, Table, read_table
from victims_code.adapters.home_office_outcomes import outcome_type
from victims_code.adapters.offence_drafts import OffenceDraft
from victims_code.arguments import checked
from victims_code.cases import Assertion, Case
from victims_code.cases.records import UNKNOWN
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.faults import Fault
from victims_code.identifiers import case_key
from victims_code.names import EventId
from victims_code.vocabulary import EventKind, load_vocabulary


@checked
def read_extract(
    mapping: ExtractMapping,
    source: Source,
    *,
    table: str | None = None,
    classify_offences: bool = False,
    warn: Callable[[Fault], None] | None = None,
) -> tuple[Case, ...]:
    """The cases of an extract, one for each case reference, in the order of its rows.

    Rows with the same reference are one case; a date that is said in several rows is one event. A telling or other act
    concerns the victim of its row, everything else all victims. What could not be used is in the case's ``notes``. A
    case with a note that is invalid, because a cell of a fact was not understood, is not assessed or written down.

    :param mapping: what columns and codes mean.
    :param source: a file, a data frame, or rows as mappings; see :func:`victims_code.adapters.extracts.read_table`.
    :param table: the sheet of a workbook, or the table of a database.
    :param classify_offences: take what the offence codes say of the offence as said, each with its source.
    :param warn: is called with a fault for every row that does not fit the header; such a row is set aside.
        And with a warning if rows hold no record, or repeat others and the mapping does not say what they are.
    :raises WrongValueError: if the table cannot be read, or lacks a column the mapping reads; and without ``warn`` if
        any row does not fit, with a fault for each.

    >>> from victims_code.adapters.extracts.mapping import DateColumn, DateForm, Identifying
    >>> arrested = DateColumn(column="ARRESTED", event="suspect-arrested")
    >>> mapping = ExtractMapping(name="mine", source="RMS", dates=DateForm.DAY_FIRST_STROKES,
    ...                   rows=Identifying(case="CRIME"), events=(arrested,))
    >>> (case,) = read_extract(mapping, [{"CRIME": "22/0412/26", "ARRESTED": "02/04/2026"}])
    >>> case.reference, case.events[0].on.isoformat(), case.events[0].source
    ('22/0412/26', '2026-04-02', 'RMS')
    """
    rows = read_table(source, mapping, table=table)
    faults = rows.faults(mapping)
    not_read = tuple(rows.not_read())
    if faults or (not_read and warn is None):
        raise WrongValueError(*faults, *not_read)
    for fault in (*not_read, *rows.passed_over(), *rows.repeats(mapping)):
        if warn is not None:
            warn(fault)
    return tuple(draft.finish(classify=classify_offences) for draft in drafts_of(mapping, rows))


def drafts_of(mapping: ExtractMapping, table: Table) -> Iterable[CaseDraft]:
    """The cases of a table before they are made to hold together; a row that was set aside is told to its case."""
    reading = ExtractReading(mapping=mapping, epoch=table.epoch)
    for number, row in table.rows:
        reading.add(number, row, table.name)
    for draft in reading.drafts.values():
        if draft.offences and (draft.codes or any(at is not None for at, _ in draft.committed)):
            draft.note(faults.OFFENCE_NAMED_IN_SOME_ROWS, draft.where)
    for aside in table.set_aside:
        named = {case_key(cell): cell for cell in aside.cells if isinstance(cell, str)}
        for key in named.keys() & reading.drafts.keys():
            draft = reading.drafts[key]
            where = f"{table.name}, case {draft.reference}, row {aside.number}"
            draft.note(faults.ROW_OF_THE_CASE_SET_ASIDE, where)
    return reading.drafts.values()


@define(kw_only=True)
class ExtractReading:
    """The cases of an extract while its rows are being read."""

    mapping: ExtractMapping
    epoch: date | None = None
    drafts: dict[str, CaseDraft] = field(factory=dict)

    def add(self, number: int, row: Row, name: str) -> CaseDraft:
        """Read one row into the case it is about."""
        rows = self.mapping.rows
        given = text_of(row.get(rows.case))
        where = f"{name}, case {given}, row {number}" if given else f"{name}, row {number}"
        reference = given or where
        draft = self.drafts.setdefault(
            case_key(reference), CaseDraft(reference=reference, source=self.mapping.source, where=where)
        )
        draft.called.first(reference)
        if given is None:
            place = f"{where}, {rows.case}"
            draft.note(faults.ROW_WITHOUT_CASE, place, column=rows.case, reference=reference)
        self._say_unusable(draft, row, where)
        victim = _reference(row, rows.victim)
        if victim is not None:
            draft.named(victim, self._cell(row, rows.born), f"{where}, {rows.born or rows.victim}")
            other = _reference(row, rows.speaks_for)
            if other is not None:
                draft.speaks(victim, other, f"{where}, {rows.speaks_for}")
        elif (born := self._cell(row, rows.born)) is not None and rows.victim is None:
            draft.named(PLACEHOLDER_VICTIM, born, f"{where}, {rows.born}")  # every row is about the one victim there is
        elif born is not None:
            draft.note(faults.BIRTH_OF_NO_VICTIM, f"{where}, {rows.born}")
        offence = self._offence(draft, row, where, victim)
        for event in self.mapping.events:
            self._happened(draft, row, event, event.column, event.received, where, victim)
        for column in self.mapping.codes:
            self._read_code(draft, row, column, where, victim)
        for fact in self.mapping.facts:
            self._read_fact(draft, row, fact, where, victim, offence)
        return draft

    def _offence(self, draft: CaseDraft, row: Row, where: str, victim: str | None) -> OffenceDraft | None:
        """What a row says of the offence it names, or of the only offence of its case."""
        rows = self.mapping.rows
        code = text_of(row.get(rows.cjs_code)) if rows.cjs_code else None
        committed = (self._cell(row, rows.committed_on), f"{where}, {rows.committed_on}")
        reference = _reference(row, rows.offence)
        if reference is None:
            draft.committed.append(committed)
            draft.codes += [code] if code is not None else []
            return None
        offence = draft.offences.setdefault(reference, OffenceDraft(reference=reference, where=where))
        offence.committed.append(committed)
        if offence.code is not None and code not in (None, offence.code):
            place = f"{where}, {rows.cjs_code}"
            draft.note(faults.OFFENCE_WITH_ANOTHER_CODE, place, offence=reference, code=offence.code)
        offence.code = offence.code or code
        if victim is not None:
            offence.against(victim)
        if rows.suspect and offence.suspect is None:
            offence.suspect = draft.suspects.called(_reference(row, rows.suspect))
        return offence

    def _say_unusable(self, draft: CaseDraft, row: Row, where: str) -> None:
        """Note the cells that hold no value, except those of dates and facts, which are noted with what is missing."""
        elsewhere = _dated(self.mapping) | {fact.column for fact in self.mapping.facts}
        for column in dict.fromkeys(self.mapping.columns()):
            cell = row.get(column)
            if column not in elsewhere and isinstance(cell, Fault):
                draft.note(faults.CELL_NOT_READ, f"{where}, {column}", problem=cell.message, hint=cell.hint)

    def _happened(
        self,
        draft: CaseDraft,
        row: Row,
        meaning: DateColumn | CodeMeaning,
        column: str,
        received: str | None,
        where: str,
        victim: str | None,
    ) -> None:
        rows, event = self.mapping.rows, cast("EventId", meaning.event)
        trigger = load_vocabulary().events[event].kind is EventKind.TRIGGER
        concerns = None if trigger else victim
        draft.happened(
            event,
            self._cell(row, column),
            f"{where}, {column}",
            suspect=_reference(row, rows.suspect) if meaning.of_suspect else None,
            hearing=_reference(row, rows.hearing),
            victim=concerns,
            about=meaning.about,
            received=self._cell(row, received),
            offence=_reference(row, rows.offence) if trigger else None,
        )

    def _read_code(self, draft: CaseDraft, row: Row, column: CodeColumn, where: str, victim: str | None) -> None:
        code = text_of(row.get(column.column))
        if code is None:
            return
        meaning = meaning_of(column, code)
        place = f"{where}, {column.column}"
        if meaning is None and column.list is CodeList.HOME_OFFICE_OUTCOMES:
            draft.note(faults.NOT_AN_OUTCOME_TYPE, place, code=shown_value(code))
        elif meaning is None:
            draft.note(faults.CODE_NOT_IN_THE_MAPPING, place, code=shown_value(code), column=column.column)
        elif meaning.event is not None and row.get(column.date) is None:
            draft.note(faults.CODE_WITHOUT_DATE, f"{where}, {column.date}", code=code, event=meaning.event)
        elif meaning.event is not None:
            self._say_out_of_use(draft, row, meaning, column, place)
            self._happened(draft, row, meaning, column.date, column.received, where, victim)

    def _say_out_of_use(self, draft: CaseDraft, row: Row, meaning: CodeMeaning, column: CodeColumn, where: str) -> None:
        """A code that is dated before it was in use, or after, is read all the same: one of the two is wrong."""
        at = date_of(row.get(column.date), self.mapping.dates, epoch=self.epoch)
        if at is None:
            return
        code, day, since, until = meaning.code, civil_date(at), meaning.since, meaning.until
        if since is not None and day < since:
            draft.note(faults.CODE_NOT_YET_IN_USE, where, code=code, day=format_date(day), since=format_date(since))
        elif until is not None and day > until:
            draft.note(faults.CODE_NO_LONGER_IN_USE, where, code=code, day=format_date(day), until=format_date(until))

    def _read_fact(
        self,
        draft: CaseDraft,
        row: Row,
        fact: FactColumn,
        where: str,
        victim: str | None,
        offence: OffenceDraft | None,
    ) -> None:
        cell = row.get(fact.column)
        if cell is None:
            return
        written = text_of(cell)
        value = None if written is None else says(fact, written)
        if isinstance(cell, Fault):
            draft.note(faults.FACT_CELL_NOT_READ, f"{where}, {fact.column}", problem=cell.message, hint=cell.hint)
        elif written is not None and value is None:
            draft.note(faults.NEITHER_YES_NOR_NO, f"{where}, {fact.column}", value=shown_value(written))
        since = self._cell(row, fact.since)
        if isinstance(since, Fault):
            draft.note(faults.START_NOT_READ, f"{where}, {fact.since}", problem=since.message, hint=since.hint)
            since = None
        said = Assertion(
            fact=fact.fact,
            value=value,
            since=None if since is None else civil_date(since),
            source=f"{self.mapping.source}, {fact.column}",
        )
        if load_vocabulary().facts[fact.fact].of == "case":
            (draft.flags if offence is None else offence.flags).append(said)
        elif victim is not None:
            draft.said_of(victim, said)
        else:
            draft.facts.append(said)

    def _cell(self, row: Row, column: str | None) -> Moment | Fault | None:
        """A date of the row; if it is none, its fault."""
        cell = row.get(column) if column else None
        if cell is None:
            return None
        read = date_of(cell, self.mapping.dates, epoch=self.epoch)
        return unread_date(cell, self.mapping.dates) if read is None else read


@cache
def _dated(mapping: ExtractMapping) -> frozenset[str]:
    return frozenset(mapping.date_columns())


def meaning_of(column: CodeColumn, code: str) -> CodeMeaning | None:
    """What a code of a column means, or None if the mapping does not say."""
    if column.list is CodeList.HOME_OFFICE_OUTCOMES:
        try:
            known = outcome_type(code)
        except UnknownNameError:
            return None
        return CodeMeaning(
            code=code, event=known.event, ignore=known.event is None, since=known.since, until=known.until
        )
    meanings = {as_whole(meaning.code): meaning for meaning in reversed(column.codes)}
    meanings |= {meaning.code: meaning for meaning in reversed(column.codes)}
    return meanings.get(code) or meanings.get(as_whole(code))


def says(fact: FactColumn, written: str) -> bool | str | None:
    """Whether a value of a column says that its fact holds or is unknown, or None if the mapping does not say."""
    for value in (written, as_whole(written)):
        for holds, words in ((True, fact.yes), (False, fact.no), (UNKNOWN, fact.unknown)):
            if value in words or value in map(as_whole, words):
                return holds
    return UNKNOWN if written.casefold() == UNKNOWN else None


def _reference(row: Row, column: str | None) -> str | None:
    """What a row calls someone or something: ``1.0`` is the ``1`` of other rows."""
    written = text_of(row.get(column)) if column else None
    return None if written is None else as_whole(written)
