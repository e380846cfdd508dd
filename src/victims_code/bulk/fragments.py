"""Pieces of SQL that the steps are made of.

A fact is a column that holds 1, 0 or null for *not known* (a word for facts that have words), so SQL's own three-valued
logic is that of :mod:`victims_code.conditions`. Truths are numbers and not booleans, because not every database lets a
boolean stand in a column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from victims_code.conditions import Value

Cell = Value | None
"""What a cell of a small table can hold."""


def column(fact: str) -> str:
    """The column that holds a fact.

    >>> column("under-18")
    'under_18'
    """
    return fact.replace("-", "_")


def literal(value: Value | None) -> str:
    """A value as SQL; true is 1 and false 0.

    >>> literal("victim's"), literal(True), literal(date(2026, 4, 2)), literal(None)
    ("'victim''s'", '1', "DATE '2026-04-02'", 'NULL')
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(int(value))
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def any_of(predicates: Iterable[str]) -> str:
    """True if any is; the same predicate is not written twice."""
    different = list(dict.fromkeys(predicates))
    return different[0] if len(different) == 1 else "(" + " OR ".join(different) + ")"


def day(name: str) -> str:
    """The civil date of a column that holds a date or a time."""
    return f"CAST({name} AS DATE)"


def day_as_number(date_: str) -> str:
    """A date as a number such as 20260402, so that the difference of two is full years times ten thousand."""
    return f"(EXTRACT(YEAR FROM {date_}) * 10000 + EXTRACT(MONTH FROM {date_}) * 100 + EXTRACT(DAY FROM {date_}))"


def missing_too(column: str, thing: str) -> str:
    """What is missing in the words of a column, and one thing more, as SQL."""
    return f"CASE WHEN {column} IS NULL THEN '{thing}' ELSE {column} || '; {thing}' END"


def first_of(cells: Sequence[str], otherwise: str = "CAST(NULL AS DATE)") -> str:
    """The first cell that is not null.

    >>> first_of(["a", "b"]), first_of(["a"]), first_of([])
    ('COALESCE(a, b)', 'a', 'CAST(NULL AS DATE)')
    """
    if not cells:
        return otherwise
    return cells[0] if len(cells) == 1 else f"COALESCE({', '.join(cells)})"


def choice(of: str, cases: Iterable[tuple[str, str]], otherwise: str = "") -> str:
    """A CASE over one value.

    >>> choice("x", [("1", "a"), ("2", "b")], "c")
    'CASE x WHEN 1 THEN a WHEN 2 THEN b ELSE c END'
    """
    whens = " ".join(f"WHEN {value} THEN {result}" for value, result in cases)
    if not whens:
        return otherwise or "NULL"
    return f"CASE {of} {whens}{f' ELSE {otherwise}' if otherwise else ''} END"


def part_of_identity(text: str) -> str:
    """A part of an identity, in which the separator cannot stand; see :mod:`victims_code.assessment.identity`.

    >>> part_of_identity("suspect_ref")
    "COALESCE(REPLACE(REPLACE(suspect_ref, '~', '~0'), '/', '~1'), '~')"
    """
    return f"COALESCE(REPLACE(REPLACE({text}, '~', '~0'), '/', '~1'), '~')"


def words(names: Iterable[str]) -> str:
    """Words in a list, for IN.

    >>> words(["b", "a"])
    "'a', 'b'"
    """
    return ", ".join(map(literal, sorted(names)))


_MARKS = 62
"""How many yes-or-no marks one whole number of 64 bits holds with room to spare."""


def marks(name: str, how_many: int) -> tuple[str, ...]:
    """The columns that hold so many yes-or-no marks, as the bits of whole numbers.

    >>> marks("refused", 46), marks("refused", 70)
    (('refused_1',), ('refused_1', 'refused_2'))
    """
    return tuple(f"{name}_{n + 1}" for n in range(max(how_many - 1, 0) // _MARKS + 1))


def marks_with(number: int, how_many: int) -> tuple[int, ...]:
    """What those columns hold if only the mark of that number is set, counted from zero.

    >>> marks_with(3, 46), marks_with(62, 70)
    ((8,), (0, 1))
    """
    column_, bit = divmod(number, _MARKS)
    return tuple(2**bit if n == column_ else 0 for n in range(len(marks("", how_many))))


def is_marked(name: str, number: int) -> str:
    """Whether the mark of that number is set.

    >>> is_marked("refused", 3)
    '(refused_1 & 8) <> 0'
    """
    column_, bit = divmod(number, _MARKS)
    return f"({name}_{column_ + 1} & {2**bit}) <> 0"


def both_marks(pairs: Iterable[tuple[str, str]]) -> str:
    """Whether two columns of marks have one in common, of as many pairs as the marks fill.

    >>> both_marks([("k.known_1", "t.mark_1")])
    '(k.known_1 & t.mark_1) <> 0'
    """
    return any_of(f"({one} & {other}) <> 0" for one, other in pairs)


def table_of(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    comments: Iterable[str] = (),
    kinds: Mapping[str, str] | None = None,
    types: Mapping[str, str] | None = None,
) -> str:
    """A small table written out, each row with a comment if there are any.

    :param kinds: the types of columns that can be empty in every row; the first row states them.
    :param types: the types that whole columns are turned into.
    """
    lines: list[str] = []
    notes = iter(comments)
    for row in rows:
        cells = [
            f"CAST({literal(cell)} AS {kinds[name]})" if kinds and name in kinds and not lines else literal(cell)
            for name, cell in zip(columns, row, strict=True)
        ]
        note = next(notes, None)
        if note is not None:
            cells[0] += f" /* {note.replace('*/', '')} */"
        lines.append(f"({', '.join(cells)})")
    shown = "*"
    if types:
        shown = ", ".join(f"CAST({name} AS {types[name]}) AS {name}" if name in types else name for name in columns)
    return f"SELECT {shown} FROM (VALUES {', '.join(lines)}) AS t({', '.join(columns)})"
