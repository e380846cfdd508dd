"""Wide sheets: what each column, and each row, of a provider's own sheet means in the words of a return.

In a return each figure has a row of its own. Providers' own sheets have a column for each figure, or a row for each
measure and a column for each quarter. A mapping says it once for each sheet, as one of an extract does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from attrs import field, fields, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes import MeasureKind
from victims_code.commissioning.records import Typed
from victims_code.commissioning.returns.lines import COLUMNS, FIGURES, ReturnFinding
from victims_code.commissioning.returns.reading import (
    Cell,
    ReturnSheet,
    SheetRow,
    Unfold,
    cell_of_a_return,
    remarks_on,
    rows_not_read,
)
from victims_code.commissioning.returns.register import Register
from victims_code.commissioning.validators import word
from victims_code.errors import ReturnError, WrongValueError
from victims_code.faults import Fault, did_you_mean
from victims_code.figures.periods import PeriodLabel
from victims_code.missing_values import is_missing_word
from victims_code.reading.data_files import data_converter
from victims_code.reading.documents import Document, read_document, read_yaml
from victims_code.reading.mappings import CHECKS_OF_A_FILE, TableMapping
from victims_code.reading.partial import readable
from victims_code.reading.structuring import partly, structure
from victims_code.tabular import Grid

_FIGURE_OF = {MeasureKind.NUMBER: "value", MeasureKind.AMOUNT: "amount", MeasureKind.MEAN_CHANGE: "mean"}
"""Where the figure goes of a measure that has only one."""


_FigureName = Annotated[str, word("figure", lambda: FIGURES, listing="Figures")]


@frozen(kw_only=True)
class FigureMeaning(Typed):
    """What is known of a figure: who reports it, for when, of what, and which figure of it."""

    provider: str | None = None
    service: str | None = None
    period: PeriodLabel | None = None
    measure: str | None = None
    breakdown: str | None = None
    item: str | None = None
    figure: _FigureName | None = None
    base: str | None = None
    basis: str | None = None
    counted: str | None = None

    def stated(self) -> Iterator[tuple[str, str]]:
        """What is known, by name."""
        for name in MEANINGS:
            if (value := getattr(self, name)) is not None:
                yield name, value


MEANINGS = tuple(attribute.name for attribute in fields(FigureMeaning))


@frozen(kw_only=True)
class MappedColumn(FigureMeaning):
    """What the figures of a column are."""

    column: str


@frozen(kw_only=True)
class MappedRow(FigureMeaning):
    """What the figures of a row are that begins with a text; ``ignore`` passes it over."""

    text: str
    ignore: bool = False


@frozen(kw_only=True)
class ReturnMapping(TableMapping):
    """A whole mapping of a wide sheet.

    :param every: what holds for each figure, such as the provider.
    :param read: what a cell of the row says, by the column it is in, such as the period.
    :param label: the column with the texts of ``rows``, where each row is of a measure of its own.

    >>> mapping = ReturnMapping.from_yaml('''
    ... name: Harbour's own sheet
    ... every: {provider: harbour}
    ... read: {period: Quarter}
    ... figures:
    ...   - {column: Referrals in, measure: referrals, basis: data-share}
    ...   - {column: Asked, measure: coped, figure: denominator}
    ...   - {column: Cope better, measure: coped, figure: numerator}
    ... ''')
    >>> list(mapping.columns())
    ['Quarter', 'Referrals in', 'Asked', 'Cope better']
    """

    figures: tuple[MappedColumn, ...]
    every: FigureMeaning = field(factory=FigureMeaning)
    read: Mapping[str, str] = field(factory=dict)
    label: str | None = None
    rows: tuple[MappedRow, ...] = ()

    def columns(self) -> Iterator[str]:
        """Every column the mapping reads, in its order."""
        yield from (column for column in (*self.read.values(), self.label) if column is not None)
        yield from (figure.column for figure in self.figures)

    @classmethod
    def from_file(cls, path: str | Path) -> ReturnMapping:
        """A mapping from a YAML file, read strictly.

        :raises WrongValueError: with every fault of the file, each with its line and the nearest known name.
        """
        return cls._read(read_document(path, error=WrongValueError))

    @classmethod
    @checked
    def from_yaml(cls, text: str, *, source: str = "") -> ReturnMapping:
        """A mapping from YAML text.

        :raises WrongValueError: with every fault at once, each with its line.
        """
        return cls._read(read_yaml(text, source=source, error=WrongValueError))

    @classmethod
    def _read(cls, document: Document) -> ReturnMapping:
        wrong: list[Fault] = []
        converter = data_converter()
        mapping = structure(converter, document.data, cls, document, faults=wrong)
        part = partly(converter, document.data, cls) if mapping is None else mapping
        for check in (*CHECKS_OF_A_FILE, _levels):
            wrong += readable(check(part, document)) if part is not None else ()
        if wrong or mapping is None:
            raise WrongValueError(*wrong)
        return mapping

    def unfold(self, register: Register) -> Unfold:
        """How a wide sheet is read: each figure becomes a line of a return.

        A sheet without a column of the mapping, and a measure that no framework in use has, is refused.
        """
        return Unfold(
            wanted=self.wanted(),
            delimiter=self.delimiter,
            encoding=self.encoding,
            sheet=lambda grid: _Unfolding(mapping=self, grid=grid, register=register).sheet(),
        )


def _levels(mapping: ReturnMapping, document: Document) -> Iterator[Fault]:
    """What is said twice of one figure, what no level says, and names that are not there."""
    for name in mapping.read:
        if name not in MEANINGS:
            near = did_you_mean(name, MEANINGS, listing="Known")
            yield faults.NO_SUCH_WORD.at(document.where(("read", name)), kind="thing to read", name=name, nearest=near)
    if mapping.rows and mapping.label is None:
        yield faults.ROWS_WITHOUT_A_LABEL.at(document.where(("rows",)))
    above = {**dict(mapping.every.stated()), **mapping.read}
    for name in mapping.read:
        if name in dict(mapping.every.stated()):
            yield faults.SAID_TWICE_OF_A_FIGURE.at(document.where(("read", name)), name=name)
    rows = [dict(row.stated()) for row in mapping.rows if not row.ignore]
    for key, listed in (("rows", mapping.rows), ("figures", mapping.figures)):
        for n, meaning in enumerate(listed):
            by_rows = {name for row in rows for name in row} if key == "figures" else set()
            for name, _ in meaning.stated():
                if name in above or name in by_rows:
                    yield faults.SAID_TWICE_OF_A_FIGURE.at(document.where((key, n, name)), name=name)
    for n, figure in enumerate(mapping.figures):
        for row in rows or [{}]:
            known = {*above, *row, *dict(figure.stated())}
            if lacking := [name for name in ("provider", "period", "measure") if name not in known]:
                yield faults.NOT_SAID_OF_A_FIGURE.at(document.where(("figures", n)), names=" and ".join(lacking))
                break


_Address = tuple[tuple[str, Cell], ...]


@frozen(kw_only=True)
class _Unfolding:
    """Turns the rows and columns of a wide sheet into lines of a return."""

    mapping: ReturnMapping
    grid: Grid
    register: Register

    def sheet(self) -> ReturnSheet:
        wrong = [*self._columns_not_there(), *self._measures_not_there(), *self._figures_not_said()]
        if wrong:
            raise ReturnError(*wrong)
        found, unread = self._findings()
        said = list(remarks_on(self.grid))
        if empty := self._empty_columns():
            said.append(f"Columns without a figure, which are not reported: {', '.join(map(repr, sorted(empty)))}.")
        named = {*self.mapping.columns(), *self.mapping.ignored, ""}
        if others := [name for name in self.grid.header if name not in named]:
            said.append(f"Columns that the mapping does not name, which are not read: {', '.join(map(repr, others))}.")
        return ReturnSheet(
            source=self.grid.name,
            header=tuple(column.name for column in COLUMNS),
            header_row=self.grid.header_row,
            rows=tuple(self._lines(empty)),
            findings=tuple(found),
            unread=unread + len(self.grid.broken),
            remarks=tuple(said),
        )

    def _columns_not_there(self) -> Iterator[Fault]:
        for column in dict.fromkeys(self.mapping.columns()):
            if self.grid.header.count(column) != 1:
                near = did_you_mean(column, [name for name in self.grid.header if name], listing="Columns")
                yield faults.NO_SUCH_COLUMN.at(self.grid.name, column=column, nearest=near)

    def _measures_not_there(self) -> Iterator[Fault]:
        every = (self.mapping.every, *self.mapping.rows, *self.mapping.figures)
        for name in dict.fromkeys(meaning.measure for meaning in every if meaning.measure):
            if name not in self.register.measures:
                used = ", ".join(framework.id for framework in self.register.frameworks)
                near = did_you_mean(name, self.register.measures)
                yield faults.NO_SUCH_MEASURE.at(self.mapping.name, name=name, frameworks=used, nearest=near)

    def _figures_not_said(self) -> Iterator[Fault]:
        """Of a share nothing says whether a number is its numerator or its denominator."""
        for one in self.mapping.figures:
            for row in self.mapping.rows or (FigureMeaning(),):
                known = {**dict(self.mapping.every.stated()), **dict(row.stated()), **dict(one.stated())}
                measure = self.register.measures.get(known.get("measure", ""))
                if measure is not None and measure.kind not in _FIGURE_OF and not known.get("figure"):
                    where = f"{self.mapping.name}, column {one.column}"
                    yield faults.NOT_SAID_OF_A_FIGURE.at(where, names="figure (numerator, denominator or percentage)")
                    break

    def _cells(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """The rows, with a word that means nothing as an empty cell."""
        empty = {word.strip().casefold() for word in self.mapping.empty}
        for number, row in self.grid.rows:
            cells: dict[str, Cell] = {}
            for name, cell in zip(self.grid.header, row, strict=False):
                plain = cell_of_a_return(cell)
                nothing = isinstance(plain, str) and (plain.strip().casefold() in empty or is_missing_word(plain))
                cells[name] = None if nothing else plain
            yield number, cells

    def _row_meaning(self, cells: Mapping[str, Cell]) -> MappedRow | None:
        label = cells.get(self.mapping.label or "")
        return self._by_text.get(_plain(label)) if isinstance(label, str | int) else None

    @property
    def _by_text(self) -> Mapping[str, MappedRow]:
        return {_plain(row.text): row for row in self.mapping.rows}

    def _findings(self) -> tuple[list[ReturnFinding], int]:
        """Rows that cannot be read, and those whose text the mapping does not know, with how many those are."""
        found = list(rows_not_read(self.grid))
        unknown = 0
        for number, cells in self._cells() if self.mapping.label is not None else ():
            label = cells.get(self.mapping.label or "")
            if label is not None and self._row_meaning(cells) is None:
                near = did_you_mean(str(label), [row.text for row in self.mapping.rows], listing="Rows")
                fault = faults.ROW_NOT_MAPPED.at(text=str(label), nearest=near)
                place = {"source": self.grid.name, "row": number, "column": self.mapping.label}
                found.append(ReturnFinding(found=fault, **place))  # type: ignore[arg-type]
                unknown += 1
        return found, unknown

    def _empty_columns(self) -> set[str]:
        rows = [cells for _, cells in self._cells()]
        return {one.column for one in self.mapping.figures if all(cells.get(one.column) is None for cells in rows)}

    def _lines(self, empty: Collection[str]) -> Iterator[SheetRow]:
        """The figures of each row, those of one measure and part together; a row without a label holds none."""
        every = dict(self.mapping.every.stated())
        for number, cells in self._cells():
            meaning = self._row_meaning(cells)
            if self.mapping.label is not None and (meaning is None or meaning.ignore):
                continue
            read = {name: cells.get(column) for name, column in self.mapping.read.items()}
            if all(cells.get(one.column) is None for one in self.mapping.figures):
                continue
            lines: dict[_Address, dict[str, Cell]] = defaultdict(dict)
            heads: dict[_Address, dict[str, str]] = defaultdict(dict)
            for one in self.mapping.figures:
                if one.column in empty:
                    continue
                said = dict(meaning.stated()) if meaning else {}
                known: dict[str, Cell] = {**every, **read, **said, **dict(one.stated())}
                measure = self.register.measures.get(str(known.get("measure")))
                figure = known.pop("figure", None) or (None if measure is None else _FIGURE_OF.get(measure.kind))
                address = tuple(sorted(known.items(), key=lambda item: item[0]))
                lines[address] |= known
                if measure is not None:
                    lines[address]["section"] = measure.section.value
                place = str(figure or "numerator")
                lines[address][place] = cells.get(one.column)
                heads[address][place] = one.column
            for address, line in lines.items():
                yield SheetRow(number=number, cells=line, columns={**self.mapping.read, **heads[address]})


def _plain(text: str | int) -> str:
    return " ".join(str(text).split()).casefold()
