"""From the rows of an extract to cases, by a mapping."""

from __future__ import annotations

from datetime import date, datetime

from attrs import define, field

from victims_code.adapters.court_cases import CaseDraft, Unreadable
from victims_code.adapters.extracts.mapping import (
    CodeColumn,
    CodeList,
    CodeMeaning,
    DateColumn,
    DateForm,
    FactColumn,
    Mapping,
)
from victims_code.adapters.extracts.tables import Row, Source, read_table
from victims_code.adapters.home_office_outcomes import outcome_type
from victims_code.cases import Assertion, Case
from victims_code.dates import civil_date
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.identifiers import case_key
from victims_code.vocabulary import EventKind, vocabulary

__all__ = ["ExtractReading", "date_of", "meaning_of", "read_extract", "text_of"]

_FORMS = {
    DateForm.YEAR_FIRST: "%Y-%m-%d",
    DateForm.DAY_FIRST_STROKES: "%d/%m/%Y",
    DateForm.DAY_FIRST_DASHES: "%d-%m-%Y",
}
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S")


def read_extract(
    mapping: Mapping, source: Source, *, table: str | None = None, classify_offences: bool = False
) -> tuple[Case, ...]:
    """The cases of an extract, one for each case reference, in the order of its rows.

    Rows with the same reference are one case; a date that is said in several rows is one event. A telling or other act
    concerns the victim of its row, everything else all victims. What could not be used is in the case's ``notes``.

    :param mapping: what columns and codes mean.
    :param source: a file, or rows as mappings; see :func:`victims_code.adapters.extracts.read_table`.
    :param table: the sheet of a workbook, or the table of a database.
    :param classify_offences: take what the offence codes say of the offence as said, each with its source.
    :raises WrongValueError: if the table cannot be read, or lacks a column the mapping reads.

    >>> from victims_code.adapters.extracts.mapping import DateColumn, Identifying
    >>> arrested = DateColumn(column="ARRESTED", event="suspect-arrested")
    >>> mapping = Mapping(name="mine", source="RMS", dates=DateForm.DAY_FIRST_STROKES,
    ...                   rows=Identifying(case="CRIME"), events=(arrested,))
    >>> (case,) = read_extract(mapping, [{"CRIME": "22/0412/26", "ARRESTED": "02/04/2026"}])
    >>> case.reference, case.events[0].on.isoformat(), case.events[0].source
    ('22/0412/26', '2026-04-02', 'RMS')
    """
    rows = read_table(source, mapping, table=table)
    if faults := rows.faults(mapping):
        raise WrongValueError(*faults)
    reading = ExtractReading(mapping=mapping)
    for number, row in rows.rows:
        reading.add(number, row, rows.name)
    return tuple(draft.finish(classify=classify_offences) for draft in reading.drafts.values())


@define(kw_only=True)
class ExtractReading:
    """The cases of an extract while its rows are being read."""

    mapping: Mapping
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
            draft.left_out(where, "The row has no case reference.", f"It is called {reference!r} here.")
        victim = text_of(row.get(rows.victim)) if rows.victim else None
        if victim is not None and (victim not in draft.victims or rows.born):
            draft.victims.setdefault(victim, (self._cell(row, rows.born), f"{where}, {rows.born or rows.victim}"))
        if (code := text_of(row.get(rows.cjs_code)) if rows.cjs_code else None) is not None:
            draft.codes.append(code)
        draft.committed.append((self._cell(row, rows.committed_on), f"{where}, {rows.committed_on}"))
        for event in self.mapping.events:
            self._happened(draft, row, event, event.column, event.received, where, victim)
        for column in self.mapping.codes:
            self._read_code(draft, row, column, where, victim)
        for fact in self.mapping.facts:
            self._read_fact(draft, row, fact, where, victim)
        return draft

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
        rows, event = self.mapping.rows, meaning.event or ""
        concerns = victim if vocabulary().events[event].kind is not EventKind.TRIGGER else None
        draft.happened(
            event,
            self._cell(row, column),
            f"{where}, {column}",
            suspect=text_of(row.get(rows.suspect)) if rows.suspect and meaning.of_suspect else None,
            hearing=text_of(row.get(rows.hearing)) if rows.hearing else None,
            victim=concerns,
            about=meaning.about,
            received=self._cell(row, received),
        )

    def _read_code(self, draft: CaseDraft, row: Row, column: CodeColumn, where: str, victim: str | None) -> None:
        code = text_of(row.get(column.column))
        if code is None:
            return
        meaning = meaning_of(column, code)
        if meaning is None:
            draft.left_out(f"{where}, {column.column}", f"The code {code!r} is not in the mapping.")
        elif meaning.event is not None and text_of(row.get(column.date)) is None:
            draft.undated(f"{where}, {column.date}", f"The code {code!r} has no date.", meaning.event)
        elif meaning.event is not None:
            self._happened(draft, row, meaning, column.date, column.received, where, victim)

    def _read_fact(self, draft: CaseDraft, row: Row, fact: FactColumn, where: str, victim: str | None) -> None:
        written = text_of(row.get(fact.column))
        if written is None:
            return
        value = written in fact.yes
        if not value and written not in fact.no:
            draft.left_out(f"{where}, {fact.column}", f"{written!r} is neither a yes nor a no of the mapping.")
            return
        since = self._cell(row, fact.since)
        if isinstance(since, Unreadable):
            draft.no_date(f"{where}, {fact.since}", since, "The fact is taken to hold from the start.")
        said = Assertion(
            fact=fact.fact,
            value=value,
            since=civil_date(since) if isinstance(since, date) else None,
            source=f"{self.mapping.source}, {fact.column}",
        )
        if vocabulary().facts[fact.fact].of == "case":
            draft.flags.append(said)
        elif victim is not None:
            draft.said_of(victim, said)
        else:
            draft.facts.append(said)

    def _cell(self, row: Row, column: str | None) -> object:
        """A date of the row: as a date if it is one, otherwise as it was written, for a warning."""
        written = row.get(column) if column else None
        text = text_of(written)
        return date_of(written, self.mapping.dates) or (None if text is None else Unreadable(text))


def meaning_of(column: CodeColumn, code: str) -> CodeMeaning | None:
    """What a code of a column means, or None if the mapping does not say."""
    if column.list is CodeList.HOME_OFFICE_OUTCOMES:
        try:
            known = outcome_type(code)
        except UnknownNameError:
            return None
        return CodeMeaning(code=code, event=known.event, ignore=known.event is None)
    return next((meaning for meaning in column.codes if meaning.code == code), None)


def text_of(cell: object) -> str | None:
    """A cell as text; None if it is empty."""
    return None if cell is None else str(cell).strip() or None


def date_of(cell: object, form: DateForm) -> date | datetime | None:
    """A cell as a date, with its time if it has one, or None if it is none of the form of the mapping.

    >>> date_of("02/04/2026 10:20", DateForm.DAY_FIRST_STROKES)
    datetime.datetime(2026, 4, 2, 10, 20)
    >>> date_of("02/04/2026", DateForm.YEAR_FIRST) is None
    True
    """
    if isinstance(cell, date):
        midnight = isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date() if midnight and isinstance(cell, datetime) else cell
    written = text_of(cell)
    for time in _TIMES if written else ():
        try:
            read = datetime.strptime(written or "", _FORMS[form] + time)  # noqa: DTZ007 - London time, as the record has it
        except ValueError:
            continue
        return read if time else read.date()
    return None
