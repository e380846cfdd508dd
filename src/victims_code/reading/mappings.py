"""What every mapping of a table says, whatever its columns mean: how the file is written and where its header is."""

from __future__ import annotations

import codecs
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from attrs import field, frozen

from victims_code import faults
from victims_code.faults import Fault
from victims_code.reading.documents import Document
from victims_code.tabular import Wanted

T = TypeVar("T")


def listed(values: Iterable[T]) -> tuple[T, ...]:
    """A list that Python was given, as it cannot be changed any more; text, which is no list, stays what it is."""
    return tuple(values) if isinstance(values, list) else values  # type: ignore[return-value]


@frozen(kw_only=True)
class TableMapping:
    """The file that a mapping is of.

    :param ignored: columns that are known and not read.
    :param empty: words that mean an empty cell, besides those of ``data/vocabulary/missing-values.yaml``.
    :param header_row: the row with the names of the columns, if it is not to be looked for.
    """

    name: str
    ignored: tuple[str, ...] = field(default=(), converter=listed)
    empty: tuple[str, ...] = field(default=(), converter=listed)
    header_row: int | None = None
    delimiter: str = ","
    encoding: str = "utf-8-sig"

    @abstractmethod
    def columns(self) -> Iterator[str]:
        """Every column the mapping reads, in its order."""

    def wanted(self) -> Wanted:
        """By what the header is told from titles above it."""
        return Wanted(columns=frozenset((*self.columns(), *self.ignored)), header_row=self.header_row)


def _delimiter(mapping: TableMapping, document: Document) -> Iterator[Fault]:
    if len(mapping.delimiter) != 1:
        yield faults.DELIMITER_OF_ONE_CHARACTER.at(document.where(("delimiter",)))


def _encoding(mapping: TableMapping, document: Document) -> Iterator[Fault]:
    if not _is_text_encoding(mapping.encoding):
        yield faults.NO_SUCH_ENCODING.at(document.where(("encoding",)), encoding=mapping.encoding)


def _header_row(mapping: TableMapping, document: Document) -> Iterator[Fault]:
    if mapping.header_row is not None and mapping.header_row < 1:
        yield faults.ROWS_COUNTED_FROM_ONE.at(document.where(("header_row",)))


def _is_text_encoding(name: str) -> bool:
    try:
        "".encode(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return False
    return True


CHECKS_OF_A_FILE: tuple[Callable[[Any, Document], Iterator[Fault]], ...] = (_delimiter, _encoding, _header_row)
"""What finds every fault in what a mapping says of its file; of a part that could not be read each finds nothing."""
