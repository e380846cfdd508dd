"""CSV text, however spreadsheets and databases write it: its encoding, its delimiter, and every row or why not."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import evolve

from victims_code import faults
from victims_code.errors import VictimsCodeError
from victims_code.faults import Fault
from victims_code.tabular.grids import Cell, FileRow, Grid, Wanted, grid_of_rows, header_among

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_WIDE = ("utf-16", "utf-32")
_SEP = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_DELIMITERS = (";", "\t", "|", ",")
_LOST = re.compile("[\udc80-\udcff]")
"""Bytes that are not of the encoding, as they come out of it."""
_ENDS = re.compile(r"\r\n|\r|\n")


def said_delimiter(line: str) -> str | None:
    """What separates cells by the first line of a file, as Excel writes it; None if that line does not say.

    >>> said_delimiter("sep=;\\r\\n"), said_delimiter("case_ref,event")
    (';', None)
    """
    said = _SEP.fullmatch(line)
    return None if said is None else said[1]


def has_lost_bytes(text: str) -> bool:
    """Whether text has bytes in it that are not of its encoding, as they come out of decoding with surrogateescape."""
    return _LOST.search(text) is not None


def decoded(content: bytes, encoding: str, where: str, error: type[VictimsCodeError], hint: str) -> tuple[str, str]:
    """The text of a file and its encoding. A byte-order mark at the start says more of it than anyone can.

    Bytes that are not of the encoding become characters that :class:`CsvLines` finds again, row by row.

    :raises VictimsCodeError: of class ``error``, if the file is in another encoding; never with a word of the text.
    """
    by_mark = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    chosen = by_mark or ("utf-8" if encoding.lower().replace("_", "-") == "utf-8-sig" else encoding)
    wide = chosen.lower().replace("_", "-").startswith(_WIDE)
    if content.startswith(_PACKED):
        raise error(_not_in(encoding, where, "It looks like a workbook or a packed file. Give its name that ending."))
    start = content[:200]  # in UTF-16 every second byte of Latin letters is zero
    if by_mark is None and (start.count(0) * 3 > len(start)) is not wide and content:
        other = "UTF-8" if wide else "UTF-16"
        raise error(_not_in(encoding, where, f"It looks like {other}. {hint}"))
    try:
        text = content.decode(chosen, errors="strict" if wide else "surrogateescape")
    except (UnicodeError, LookupError):
        raise error(_not_in(encoding if by_mark is None else by_mark, where, hint)) from None
    return text.removeprefix("\ufeff"), chosen


def _not_in(encoding: str, where: str, hint: str) -> Fault:
    return faults.FILE_IN_ANOTHER_ENCODING.at(where, encoding=encoding, hint=hint)


class CsvLines(Iterator[FileRow]):
    """The rows of CSV text one after another; a row that cannot be taken apart has a problem, and the next is read.

    :param width: how many columns there are; from then on a quotation mark that swallowed whole rows is found out.
    """

    def __init__(
        self,
        text: Iterable[str],
        *,
        delimiter: str = ",",
        encoding: str = "utf-8",
        width: int = 0,
        encoding_hint: str = "Save the file as UTF-8.",
    ) -> None:
        self.width = width
        self._delimiter, self._encoding, self._encoding_hint = delimiter, encoding, encoding_hint
        self._source, self._waiting, self._taken = iter(text), deque[str](), list[str]()
        self._number = 0
        self._reader = self._new_reader()

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._waiting.popleft() if self._waiting else next(self._source, None)
            if line is None:
                return
            self._taken.append(line)
            yield line

    def __next__(self) -> FileRow:
        self._number += 1
        self._taken.clear()
        try:
            cells = next(self._reader)
        except csv.Error:
            return self._given_up()
        if self.width and len(self._taken) > 1 and self._swallowed(cells):
            return self._given_up()
        if has_lost_bytes("".join(self._taken)):
            fault = faults.ROW_WITH_LOST_BYTES.at(encoding=self._encoding, hint=self._encoding_hint)
            return FileRow(number=self._number, cells=(), lines=len(self._taken), problem=fault)
        plain = tuple(cell.strip() or None for cell in cells)
        return FileRow(number=self._number, cells=plain, lines=len(self._taken))

    def _swallowed(self, cells: list[str]) -> bool:
        """Whether a cell of several lines holds what would be the end of one row and the beginning of another."""
        several = ((n, cell) for n, cell in enumerate(cells) if _ENDS.search(cell))
        return len(cells) != self.width or any(
            self._delimiters(cell) == self._delimiters_of_rows(n, cell) for n, cell in several
        )

    def _delimiters(self, cell: str) -> list[int]:
        return [line.count(self._delimiter) for line in _ENDS.split(cell)]

    def _delimiters_of_rows(self, n: int, cell: str) -> list[int]:
        """How many delimiters the lines of a cell have if it begins and ends where the cell with the number n does."""
        between = len(_ENDS.findall(cell)) - 1
        return [self.width - 1 - n, *[self.width - 1] * between, n]

    def _given_up(self) -> FileRow:
        """Only the first line of those that were taken is lost; the others are read again."""
        first, *others = self._taken
        self._waiting.extendleft(reversed(others))
        self._reader = self._new_reader()
        cells: tuple[Cell, ...] = tuple(cell.strip('" ') for cell in first.strip().split(self._delimiter))
        return FileRow(number=self._number, cells=cells, problem=faults.QUOTATION_MARK_OPEN.at())


def grid_of_csv(
    content: bytes,
    name: str,
    wanted: Wanted,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    encoding_hint: str = "Save the file as UTF-8.",
    error: type[VictimsCodeError],
) -> Grid:
    """The table in a CSV file. Every line of it is in a row that fits, in one that does not, or in a title.

    :param delimiter: what separates cells, unless the file begins with ``sep=``, as Excel writes it.
    :param encoding_hint: what to do about a file in another encoding.
    :raises VictimsCodeError: of class ``error``, if the file is in another encoding.
    """
    text, encoding = decoded(content, encoding, name, error, encoding_hint)
    lines = list(io.StringIO(text, newline=""))
    remarks = []
    skipped = 0
    if lines and (said := said_delimiter(lines[0])):
        delimiter, skipped = said, 1
        remarks.append(f"The file says in its first line that {delimiter!r} separates its cells.")

    def rows(width: int = 0) -> CsvLines:
        return CsvLines(
            lines[skipped:], delimiter=delimiter, encoding=encoding, width=width, encoding_hint=encoding_hint
        )

    header_row = header_among(_numbered(islice(rows(), 60), skipped), wanted)
    titles = next((line.cells for line in _numbered(rows(), skipped) if line.number == header_row), ())
    reader = rows(len(titles))
    found = list(_numbered(reader, skipped))
    of_cells = {line.number for line in found if not line.blank}
    blank = sum(line.blank for line in found)
    continued = sum(line.lines - 1 for line in found)
    ends = len(_ENDS.findall(text)) + (not text.endswith(("\r", "\n")) and bool(text))

    def counted(header: int) -> int:
        return ends - skipped - continued - blank - sum(number <= header for number in of_cells)

    return grid_of_rows(name, found, wanted, exact=True, counted=counted, remarks=remarks)


def _numbered(lines: Iterable[FileRow], skipped: int) -> Iterator[FileRow]:
    """Lines with the numbers a spreadsheet shows, where some lines above were not read as rows."""
    for line in lines:
        yield evolve(line, number=line.number + skipped) if skipped else line
