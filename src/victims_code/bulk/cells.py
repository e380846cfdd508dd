"""A cell of an input table as the statement needs it, whatever type the database or the file gave it.

Text is read as strictly as in a case file: a date is ``2026-04-02`` and nothing looser. A time with a zone becomes the
civil date it has in London.
"""

from __future__ import annotations

from victims_code.bulk.fragments import literal, words
from victims_code.bulk.inputs import Source
from victims_code.cases.assertions import UNKNOWN
from victims_code.missing_values import missing_words

__all__ = ["cell", "is_empty", "unreadable", "word_for_nothing"]

_TRUTHS = "WHEN 'true' THEN true WHEN '1' THEN true WHEN 'false' THEN false WHEN '0' THEN false"
_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"[T ]([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?"
_ZONE = r"(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)"
_BLANKS = [code for code in range(0x3001) if chr(code).isspace()]
"""The characters that Python takes for white space; there are none beyond."""
_LONGEST = 12
"""No word for nothing is longer, with white space at its end that is none of the usual kind."""


def cell(source: Source, column: str, *, to: str = "DATE") -> str:
    """The value of a column as SQL: text, a date, a boolean or a number; null where the cell is empty or wrong.

    :param to: what a date or time becomes: a ``DATE``, or a ``TIMESTAMP`` in London.
    """
    if not source.has(column):
        return f"CAST(NULL AS {_TYPES[source.table.column(column).kind]})"
    kind, given = source.table.column(column).kind, source.types[column]
    name = f's."{column}"'
    if kind == "text":
        return _unless_nothing(f"CAST({name} AS VARCHAR)")
    if kind == "truth":
        if given == "BOOLEAN":
            return name
        return f"CASE lower(CAST({name} AS VARCHAR)) {_TRUTHS} END"
    if kind == "number":
        return f"TRY_CAST({name} AS BIGINT)"
    if given == "DATE":
        return _of_this_calendar(name, to)
    if given.startswith("TIMESTAMP WITH TIME ZONE"):
        return _of_this_calendar(f"CAST(timezone('Europe/London', {name}) AS {to})", to)
    if given.startswith("TIMESTAMP"):
        return _of_this_calendar(f"CAST({name} AS {to})", to)
    return _of_this_calendar(_dated(f"CAST({name} AS VARCHAR)", with_time=kind == "moment", to=to), to)


def _unless_nothing(text: str) -> str:
    """A text, or null if it is blank or a word for nothing: a long one that begins with a letter is not looked at."""
    return f"""CASE WHEN ascii({text}) BETWEEN 33 AND 132 AND length(rtrim({text})) > {_LONGEST} THEN {text}
        WHEN {_bare(text)} NOT IN ('', {words(missing_words())}) THEN {text} END"""


def _bare(text: str) -> str:
    blanks = " || ".join(f"chr({code})" for code in _BLANKS)
    return f"lower(trim({text}, {blanks}))"


def word_for_nothing(source: Source, column: str) -> str:
    """Whether a cell holds a word for nothing, as SQL."""
    if not source.has(column) or source.types[column].startswith(_NEVER_BLANK):
        return "false"
    text = f'CAST(s."{column}" AS VARCHAR)'
    return f"(length(rtrim({text})) <= {_LONGEST} AND {_bare(text)} IN ({words(missing_words())}))"


def _of_this_calendar(day: str, to: str) -> str:
    """A day, or null if it lies before the year 1 or after the year 9999, as infinity does."""
    within = f"{day} >= DATE '0001-01-01' AND {day} < DATE '10000-01-01'"
    return f"CASE WHEN {within} THEN {day if to == 'DATE' else f'CAST({day} AS {to})'} END"


def _dated(text: str, *, with_time: bool, to: str) -> str:
    whens = [f"WHEN regexp_full_match({text}, '{_DATE}') THEN CAST(TRY_CAST({text} AS DATE) AS {to})"]
    if with_time:
        zoned = rf"regexp_replace({text}, '([+-]\d{{2}})(\d{{2}})$', '\1:\2')"
        whens += [
            f"WHEN regexp_full_match({text}, '{_DATE}{_TIME}') THEN CAST(TRY_CAST({text} AS TIMESTAMP) AS {to})",
            rf"WHEN regexp_full_match({text}, '{_DATE}{_TIME}{_ZONE}')"
            f" THEN CAST(timezone('Europe/London', TRY_CAST({zoned} AS TIMESTAMPTZ)) AS {to})",
        ]
    return f"CASE {' '.join(whens)} END"


def is_empty(source: Source, column: str) -> str:
    """Whether nothing stands in a cell, as SQL."""
    name = f's."{column}"'
    if source.types[column].startswith(_NEVER_BLANK):
        return f"{name} IS NULL"
    return f"({_unless_nothing(f'CAST({name} AS VARCHAR)')}) IS NULL"


def unreadable(source: Source, column: str) -> str:
    """Whether something stands in a cell that cannot be read, as SQL."""
    kind = source.table.column(column).kind
    if not source.has(column) or kind == "text" or _always_readable(kind, source.types[column]):
        return "false"
    said = f" AND {_bare(f'CAST(s.{column} AS VARCHAR)')} <> {literal(UNKNOWN)}" if column == "value" else ""
    return f"(NOT {is_empty(source, column)} AND ({cell(source, column)}) IS NULL{said})"


def _always_readable(kind: str, given: str) -> bool:
    return kind == "truth" and given == "BOOLEAN"


_NEVER_BLANK = ("DATE", "TIMESTAMP", "BOOLEAN", "INTEGER", "BIGINT")
_TYPES = {"text": "VARCHAR", "moment": "DATE", "day": "DATE", "truth": "BOOLEAN", "number": "BIGINT"}
