"""CSV files as Parquet: every row is read by rules of our own, and one that does not fit is kept as what is wrong.

Nothing is guessed from the rows. The first row has the names of the columns; cells are parted by commas, in ``.tsv``
files by tabs, or by what a first line ``sep=;`` says; cells are quoted with ``"``, which is written twice within one;
there are no comments, and the text is UTF-8. White space around a cell is not part of it, and an empty cell is null.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from victims_code import faults
from victims_code.errors import CaseError
from victims_code.faults import Fault
from victims_code.tabular import CsvLines, has_lost_bytes, misfit, said_delimiter

if TYPE_CHECKING:
    import pyarrow


PROBLEM, HINT = "problem of this row", "what to do about this row"
"""The columns that say of a row that does not fit what is wrong with it, and what to do; null in all others."""
_AT_ONCE = 50_000
_ENDINGS = (".csv", ".tsv")
_OTHER_DELIMITERS = ";\t|,"


@frozen(kw_only=True)
class CsvRows:
    """The rows of CSV files as a Parquet file.

    ``rows`` counts them by the lines of the files, apart from the reading; ``odd`` how many do not fit.
    """

    parquet: Path
    rows: int
    odd: int


def is_csv(path: str | Path) -> bool:
    """Whether a file is CSV by its name, packed or not."""
    return Path(str(path).removesuffix(".gz").removesuffix(".zst")).suffix.lower() in _ENDINGS


def read_csv_files(
    paths: Sequence[str | Path], to: Path, *, name: str, known: Collection[str], only: bool = True
) -> CsvRows:
    """Write the rows of some CSV files to one Parquet file, in their order.

    :param name: what the table is called in faults.
    :param known: the columns that are looked for; at least one of them must be there.
    :param only: leave all other columns out.
    :raises CaseError: if a file cannot be opened, its header cannot be used, or the files differ in their columns.
    """
    import pyarrow
    import pyarrow.parquet

    files = [_File.open(Path(path), name, known) for path in paths]
    columns = [column for column in files[0].header if not only or column.lower() in known]
    _make_sure_all_have(columns, files, name, known)
    schema = pyarrow.schema([(column, pyarrow.string()) for column in (*columns, PROBLEM, HINT)])
    rows = odd = 0
    with pyarrow.parquet.ParquetWriter(to, schema) as writer:
        for file in files:
            before = len(files) > 1
            for lot in file.lots(columns, schema, named=before):
                writer.write_table(lot)
                odd += lot.num_rows - lot[PROBLEM].null_count
            rows += file.rows_by_lines()
    return CsvRows(parquet=to, rows=rows, odd=odd)


def _make_sure_all_have(columns: Sequence[str], files: Sequence[_File], name: str, known: Collection[str]) -> None:
    wanted = {column.lower() for column in columns} & set(known)
    wrong = []
    for file in files:
        has = {column.lower() for column in file.header} & set(known)
        for column in sorted(wanted ^ has):
            lacking, having = (file, files[0]) if column in wanted else (files[0], file)
            other = having.path.name
            wrong.append(faults.FILE_WITHOUT_A_COLUMN.at(name, file=lacking.path.name, column=column, other=other))
    if wrong:
        raise CaseError(*wrong)


@define(kw_only=True)
class _Tally:
    """How many lines of a file have been read under its header, and how many rows came of them."""

    lines: int = 0
    rows: int = 0


@frozen(kw_only=True)
class _File:
    """One CSV file whose header has been read."""

    path: Path
    name: str
    header: tuple[str, ...]
    delimiter: str
    head_lines: int
    tally: _Tally = field(factory=_Tally)

    @classmethod
    def open(cls, path: Path, name: str, known: Collection[str]) -> _File:
        """Read the header.

        :raises CaseError: if there is none that can be used; never with a word of what stands there instead.
        """
        with _opened(path, name) as lines:
            first = next(lines, "")
            said = said_delimiter(first)
            delimiter = said or ("\t" if ".tsv" in "".join(path.suffixes).lower() else ",")
            reader = CsvLines(lines if said else chain([first], lines), delimiter=delimiter)
            line = next(reader, None)
        if line is None or line.problem is not None:
            raise CaseError(faults.FILE_WITHOUT_A_HEADER.at(name, file=path.name))
        header = tuple("" if cell is None else str(cell) for cell in line.cells)
        if not {column.lower() for column in header} & set(known):
            raise CaseError(_no_header(path, name, header, delimiter, known))
        twice = {column for column in header if [other.lower() for other in header].count(column.lower()) > 1} & set(
            known
        )
        if twice:
            raise CaseError(faults.COLUMN_TWICE.at(name, file=path.name, column=min(twice)))
        return cls(path=path, name=name, header=header, delimiter=delimiter, head_lines=line.lines + (said is not None))

    def lots(self, columns: Sequence[str], schema: pyarrow.Schema, *, named: bool) -> Iterator[pyarrow.Table]:
        """The rows under the header, so many at once.

        :param named: say of a row that does not fit in which file it is.
        """
        import pyarrow
        import pyarrow.compute

        places = {column.lower(): place for place, column in reversed(list(enumerate(self.header)))}
        takes = [places[column.lower()] for column in columns]
        for rows in self._rows(named):
            found = [
                pyarrow.compute.utf8_trim_whitespace(pyarrow.array([row[place] for row in rows], pyarrow.string()))
                for place in (*takes, len(self.header), len(self.header) + 1)
            ]
            yield pyarrow.table(found, schema=schema)

    def _rows(self, named: bool) -> Iterator[list[Sequence[object]]]:
        """The rows with two cells more, for what is wrong with one; a row that does not fit has nothing else."""
        whence = f" of {self.path.name}" if named else ""
        with _opened(self.path, self.name) as lines:
            for _ in islice(lines, self.head_lines):
                pass
            while chunk := list(islice(lines, _AT_ONCE)):
                text = "".join(chunk)
                if '"' in text or has_lost_bytes(text):  # from here on every row is taken apart with care
                    yield from _in_lots(self._careful(chain(chunk, lines), whence))
                    return
                yield list(self._plain(chunk, whence))

    def _plain(self, lines: Sequence[str], whence: str) -> Iterator[Sequence[object]]:
        """The rows of lines without a quotation mark."""
        for line in lines:
            self.tally.lines += 1
            if line.strip("\r\n "):
                cells = line.rstrip("\r\n").split(self.delimiter)
                yield self._row(cells, f"Line {self.head_lines + self.tally.lines}{whence}")

    def _careful(self, lines: Iterable[str], whence: str) -> Iterator[Sequence[object]]:
        """The rows of any lines; a cell can hold several of them."""
        for line in CsvLines(lines, delimiter=self.delimiter, width=len(self.header)):
            place = f"Line {self.head_lines + self.tally.lines + 1}{whence}"
            self.tally.lines += line.lines
            if line.problem is not None:
                yield self._odd(place, line.problem)
            elif not line.blank or len(line.cells) > 1:
                yield self._row(line.cells, place)

    def _row(self, cells: Sequence[object], place: str) -> Sequence[object]:
        if len(cells) != len(self.header):
            return self._odd(place, misfit(len(cells), len(self.header)))
        self.tally.rows += 1
        return (*cells, None, None)

    def _odd(self, place: str, problem: Fault) -> Sequence[object]:
        self.tally.rows += 1
        return (*[None] * len(self.header), f"{place}: {problem.message}", problem.hint)

    def rows_by_lines(self) -> int:
        """How many rows there are by the lines of the file, counted apart from the reading.

        :raises CaseError: if a line was lost.
        """
        lines = _count_lines(self.path, self.name) - self.head_lines
        if lines != self.tally.lines:
            file, read = self.path.name, self.tally.lines
            raise CaseError(faults.LINES_LOST.at(self.name, file=file, lines=lines, read=read))
        return self.tally.rows


def _in_lots(rows: Iterator[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    while lot := list(islice(rows, _AT_ONCE)):
        yield lot


def _no_header(path: Path, name: str, header: Sequence[str], delimiter: str, known: Collection[str]) -> Fault:
    """None of the columns that are looked for is there: perhaps the cells are parted by something else."""
    for other in _OTHER_DELIMITERS:
        parted = {column.strip(' "').lower() for cell in header for column in cell.split(other)}
        if other != delimiter and parted & set(known):
            kind = "tab" if other == "\t" else other
            shown = "a tab" if delimiter == "\t" else repr(delimiter)
            return faults.OTHER_DELIMITER.at(name, file=path.name, delimiter=shown, other=kind)
    return faults.NONE_OF_THE_COLUMNS.at(name, file=path.name, known=", ".join(known))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Iterator[str]]:
    """The lines of a file as text, each with its end; packed files are unpacked on the way."""
    with _bytes_of(path, name) as stream:
        with _to_its_end(path, name):
            start = stream.peek(4)[:4]
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start:
            raise CaseError(faults.TABLE_NOT_UTF_8.at(name, file=path.name))
        with io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
            yield _lines(text, path, name)


def _lines(text: Iterable[str], path: Path, name: str) -> Iterator[str]:
    with _to_its_end(path, name):
        yield from text


@contextmanager
def _to_its_end(path: Path, name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError):
        raise CaseError(faults.FILE_NOT_READ_TO_ITS_END.at(name, file=path.name)) from None


def _bytes_of(path: Path, name: str) -> io.BufferedReader:
    import pyarrow

    packed = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix.lower())
    try:
        if packed is None:
            return path.open("rb")
        return io.BufferedReader(pyarrow.input_stream(str(path), compression=packed))
    except OSError:
        raise CaseError(faults.PATH_NOT_OPENED.at(name, path=path)) from None


def _count_lines(path: Path, name: str) -> int:
    """How many lines a file has, by its bytes: each ends with a line feed, a carriage return, or both."""
    ends, last = 0, b""
    with _bytes_of(path, name) as stream:
        while block := stream.read(1 << 20):
            pair = last == b"\r" and block[:1] == b"\n"
            ends += block.count(b"\n") + block.count(b"\r") - block.count(b"\r\n") - pair
            last = block[-1:]
    return ends + (last not in (b"", b"\n", b"\r"))
