"""A checklist that was filled in, taken back into the data: what was read in the print and agreed becomes *text*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, need_path
from victims_code.dates import format_date, parse_written_day
from victims_code.drafting.checklist import (
    AGREED,
    ANSWER,
    CORRECT,
    DAY,
    DIFFERS,
    DUTY_COLUMNS,
    PARAGRAPH,
    READER,
    REFERENCE,
    STATEMENT_COLUMNS,
    TO_FILL,
    Checklist,
    ChecklistRow,
    checklist_from,
    printed_source,
)
from victims_code.drafting.files import edited, flow, write_law
from victims_code.errors import LawDataError, WrongValueError
from victims_code.faults import Fault, FaultTemplate, did_you_mean
from victims_code.law import Citation, Duty, read_law_files
from victims_code.reading.documents import Plain, file_bytes, write_yaml
from victims_code.reading.sources import ReadBy
from victims_code.reading.writing import bare_dates
from victims_code.tabular import WORKBOOK_ENDINGS, Cell, FormulaCell, Grid, Wanted, read_workbook

_SHEETS = {"Duties": DUTY_COLUMNS, "Statements": STATEMENT_COLUMNS}
_BEFORE_THE_NUMBER = re.compile(r"^(paragraph|para\.?|¶)\s*", re.IGNORECASE)


@frozen(kw_only=True)
class Confirmation:
    """What came of a checklist: the rows that are *text* now, those that differ, and how many no one has read."""

    confirmed: tuple[ChecklistRow, ...]
    already: tuple[ChecklistRow, ...]
    differing: tuple[tuple[ChecklistRow, str], ...]
    unread: int
    written: tuple[Path, ...]


@frozen(kw_only=True)
class _Answer:
    """A row of the checklist that was read: whether it agrees, and where and by whom it was read."""

    row: ChecklistRow
    agreed: bool
    citation: Citation | None
    correct: str


@checked_if_it_fails
def confirm(checklist: str | Path, folder: str | Path, *, today: date | None = None) -> Confirmation:
    """Take the rows of a checklist that agree with the print into the data of a folder of law.

    Their evidence becomes *text*, and the printed Code is cited with the paragraph, the reader and the day. Comments
    and layout of the files stay. Rows that differ are given back and not applied.

    :param today: the day on which this is done, as no clock is read here; a row read on a later day is refused.
    :raises LawDataError: with every fault of the checklist or of the folder; then nothing is written.
    """
    path, root = need_path(checklist, "checklist"), need_path(folder, "folder")
    if path.suffix.lower() not in WORKBOOK_ENDINGS:
        raise LawDataError(faults.NOT_A_CHECKLIST.at(path.name))
    files = read_law_files(root)
    if files.law is None or files.faults:
        raise LawDataError(*files.faults)
    known: dict[str, Checklist] = {edition: checklist_from(files, edition) for edition in files.law.editions}
    rows = {name: row for one in known.values() for name, row in one.rows.items()}
    reading = _Reading(rows=rows, law=files.law, today=today)
    book = read_workbook(file_bytes(path, error=LawDataError), path.suffix.lower(), path.name, error=LawDataError)
    answers: list[_Answer] = []
    for title, ours in _SHEETS.items():
        if title not in book.titles:
            reading.faults.append(faults.SHEET_MISSING.at(path.name, sheet=title))
            continue
        wanted = Wanted(columns=frozenset((REFERENCE, *ours, *TO_FILL)))
        answers += reading.answers(book.grid(title, title, wanted), f"{path.name}, sheet {title}", ours)
    if reading.faults:
        raise LawDataError(*reading.faults)
    fresh = [one for one in answers if one.agreed and one.citation not in one.row.statement.cites]
    texts = dict(_changed(fresh))
    if texts:
        write_law(root, texts)
    return Confirmation(
        confirmed=tuple(one.row for one in fresh),
        already=tuple(one.row for one in answers if one.agreed and one not in fresh),
        differing=tuple((one.row, one.correct) for one in answers if not one.agreed),
        unread=reading.unread,
        written=tuple(root / name for name in texts),
    )


# --- reading it ---------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Reading:
    """One pass over a checklist, gathering its faults."""

    rows: Mapping[str, ChecklistRow]
    law: Any
    today: date | None
    faults: list[Fault] = field(factory=list)
    met: dict[str, int] = field(factory=dict)
    skipped: list[int] = field(factory=list)

    @property
    def unread(self) -> int:
        """How many rows no one has filled in."""
        return len(self.skipped)

    def answers(self, grid: Grid, where: str, ours: tuple[str, ...]) -> Iterator[_Answer]:
        """What the rows of a sheet answer; rows that are empty are counted and passed over."""
        missing = [name for name in (REFERENCE, *ours, *TO_FILL) if name not in grid.header]
        for name in missing:
            self.faults.append(faults.CHECKLIST_COLUMN_MISSING.at(f"{where}, row {grid.header_row}", column=name))
        for number, cells in () if missing else grid.rows:
            row = dict(zip(grid.header, map(_plain, cells), strict=True))
            if all(row[name] is None for name in TO_FILL):
                self.skipped.append(number)
            elif (answer := self.answer(row, f"{where}, row {number}", ours, number)) is not None:
                yield answer

    def answer(self, cells: Mapping[str, Cell], where: str, ours: tuple[str, ...], number: int) -> _Answer | None:
        """What a row that was filled in answers; None if it has a fault."""
        before = len(self.faults)

        def wrong(column: str, template: FaultTemplate, **particulars: object) -> None:
            self.faults.append(template.at(f"{where}, {column}", **particulars))

        reference = str(cells[REFERENCE] or "")
        row = self.rows.get(reference)
        if row is None:
            wrong(
                REFERENCE, faults.CHECKLIST_ROW_UNKNOWN, reference=reference, nearest=did_you_mean(reference, self.rows)
            )
            return None
        if reference in self.met:
            wrong(REFERENCE, faults.CHECKLIST_ROW_TWICE, reference=reference, row=self.met[reference])
        self.met[reference] = number
        for name in ours:
            if (now := row.ours[name]) != (was := str(cells[name] or "")):
                wrong(name, faults.CHECKLIST_OUT_OF_DATE, reference=reference, was=was, now=now)
        answer = str(cells[ANSWER] or "").lower()
        correct = str(cells[CORRECT] or "")
        if answer not in (AGREED, DIFFERS):
            wrong(ANSWER, faults.CHECKLIST_NOT_ANSWERED, given=answer)
        elif answer == DIFFERS and not correct:
            wrong(CORRECT, faults.CORRECT_WORDS_MISSING)
        elif answer == AGREED and correct:
            wrong(CORRECT, faults.CORRECT_WORDS_OF_AGREED)
        citation = None if answer in ("", DIFFERS) else self.citation(row, cells, wrong)
        if len(self.faults) > before:
            return None
        return _Answer(row=row, agreed=answer == AGREED, citation=citation, correct=correct)

    def citation(self, row: ChecklistRow, cells: Mapping[str, Cell], wrong: Any) -> Citation | None:
        """The place in the printed Code where a row was read, with the reader and the day."""
        edition = self.law.editions[row.reference.partition("/")[0]]
        paragraph, reader, day = (cells[name] for name in (PARAGRAPH, READER, DAY))
        if paragraph is None and isinstance(row.statement, Duty):
            wrong(PARAGRAPH, faults.PARAGRAPH_MISSING)
        if paragraph is not None and not isinstance(paragraph, str | int):
            wrong(PARAGRAPH, faults.PARAGRAPH_AS_A_NUMBER, given=paragraph)
        if reader is None:
            wrong(READER, faults.READER_MISSING)
        read_on = _day(day)
        if read_on is None:
            wrong(DAY, faults.DAY_OF_READING_NEEDED)
        elif self.today is not None and read_on > self.today:
            wrong(DAY, faults.DAY_OF_READING_TO_COME, day=format_date(read_on))
        source = printed_source(edition, self.law).id
        if reader is None or read_on is None:
            return None
        number = None if paragraph is None else _BEFORE_THE_NUMBER.sub("", str(paragraph))
        return Citation(
            **_part_cited(row, edition),
            source=source,  # type: ignore[arg-type]
            paragraph=number,
            paragraph_confirmed_by=None if number is None else source,  # type: ignore[arg-type]
            read_by=ReadBy(name=str(reader), day=read_on),
        )


def _plain(cell: Cell) -> Cell:
    """The value of a cell, also of a formula."""
    return cell.saved if isinstance(cell, FormulaCell) else cell


def _day(cell: Cell) -> date | None:
    if type(cell) is date:
        return cell
    try:
        return parse_written_day(cell) if isinstance(cell, str) else None
    except WrongValueError:
        return None


def _part_cited(row: ChecklistRow, edition: Any) -> dict[str, Any]:
    """The Right or the part that a duty is printed in, as a citation names it."""
    if not isinstance(row.statement, Duty):
        return {}
    part = edition.part(row.statement.part)
    if edition.locator == "Right" and part.number is not None:
        return {"right": part.number}
    return {"chapter": edition.part_label(part.id)}


# --- taking it in -------------------------------------------------------------------------------------------------


def _changed(answers: list[_Answer]) -> Iterator[tuple[str, str]]:
    """Each file with a statement that was confirmed, by its name in the folder, and its text with them."""
    for name in dict.fromkeys(one.row.placed.document.source for one in answers):
        mine = [one for one in answers if one.row.placed.document.source == name]

        def confirmed(data: Any, mine: list[_Answer] = mine) -> None:
            for one in mine:
                node = data
                for key in (*one.row.placed.keys, *one.row.keys):
                    node = node[key]
                _confirm(node, one.citation)

        yield name, edited(mine[0].row.placed.document.text, confirmed)


def _confirm(node: Any, citation: Citation | None) -> None:
    """Cite the printed Code first, in place of what was cited of it before, and call the evidence *text*."""
    assert citation is not None
    assert citation.read_by is not None
    plain: dict[str, Plain] = {
        "right": citation.right,
        "chapter": citation.chapter,
        "paragraph": citation.paragraph,
        "source": citation.source,
        "paragraph_confirmed_by": citation.paragraph_confirmed_by,
        "read_by": {"name": citation.read_by.name, "day": citation.read_by.day.isoformat()},
    }
    cites = flow(bare_dates(write_yaml([{name: value for name, value in plain.items() if value is not None}])))
    cites.extend(cited for cited in node["cites"] if _source_of(cited) != citation.source)
    node["cites"], node["evidence"] = cites, "text"


def _source_of(cited: Any) -> str:
    return str(cited if isinstance(cited, str) else cited["source"])
