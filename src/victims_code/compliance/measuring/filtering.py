"""Filtering: which obligations are counted, as a query whose values are never part of its text, and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from victims_code import faults
from victims_code.compliance.measuring.grouping import NOT_RECORDED, Dimension, Value
from victims_code.errors import WrongValueError
from victims_code.faults import Fault, did_you_mean

if TYPE_CHECKING:
    from victims_code.compliance.measuring.obligations import Obligations

Where: TypeAlias = Mapping[str, Value | Collection[Value]]
"""What is counted: by column, a value or several. A value is written as it is in the data, as ``2025-Q1``, or in the
words that tables show; None is what is not recorded."""


@frozen(kw_only=True)
class Filter:
    """A filter: a condition with places for its values, and the same in words."""

    sql: str
    values: Mapping[str, str] = field(repr=False)
    words: str


def filter_of(where: Where, obligations: Obligations) -> Filter:
    """A filter over some obligations.

    :raises WrongValueError: naming every column that is not there, and every value that no obligation has.
    """
    before = obligations.filter
    tests = [] if before is None else [before.sql]
    values = {} if before is None else dict(before.values)
    words = [] if before is None else [before.words]
    wrong: list[Fault] = []
    for name, wanted in where.items():
        try:
            dimension = obligations.dimension(name, "where")
        except WrongValueError as problem:
            wrong += problem.faults
            continue
        there = list(_there(dimension, obligations))
        found = [_found(dimension, there, value) for value in _several(wanted)]
        wrong += [fault for fault in found if isinstance(fault, Fault)]
        kept = [value for value in found if not isinstance(value, Fault)]
        if not found:
            wrong.append(faults.NO_VALUE_TO_KEEP.at(f"where, {name}", column=name))
        places = {f"value_{len(values) + n}": str(v) for n, v in enumerate(v for v in kept if v is not None)}
        own = f"({dimension.sql})::VARCHAR"
        tests.append(_test(dimension, own, places, empty=None in kept))
        values |= places
        words.append(f"{dimension.noun}: {' or '.join(dimension.label(value) for value in kept)}")
    if wrong:
        raise WrongValueError(*dict.fromkeys(wrong))
    return Filter(sql=" AND ".join(tests) or "true", values=values, words="; ".join(words))


def _several(wanted: Value | Collection[Value]) -> Collection[Value]:
    return (wanted,) if wanted is None or isinstance(wanted, str | int) else wanted


def _there(dimension: Dimension, obligations: Obligations) -> Iterator[Value]:
    """The values that some obligation has, missing facts one by one."""
    rows = obligations.rows(f"SELECT DISTINCT {dimension.sql} AS value FROM {obligations.table} ORDER BY 1")
    if not dimension.lists:
        yield from (value for (value,) in rows)
        return
    yield from dict.fromkeys(one for (value,) in rows for one in (value.split("; ") if value else [None]))


def _found(dimension: Dimension, there: list[Value], wanted: Value) -> Value | Fault:
    """The value of the data that is meant."""
    if wanted is None or wanted == NOT_RECORDED:
        return None
    for value in there:
        if value is not None and str(wanted) in (str(value), str(dimension.key(value)), dimension.label(value)):
            return value
    known = [str(dimension.key(value)) for value in there if value is not None]
    near = did_you_mean(str(wanted), known, listing="There are")
    at = f"where, {dimension.name}"
    missing: Fault = faults.NO_SUCH_VALUE_TO_KEEP.at(at, column=dimension.name, value=str(wanted), nearest=near)
    return missing


def _test(dimension: Dimension, own: str, places: Mapping[str, str], *, empty: bool) -> str:
    """Whether an obligation has one of some values, as SQL that is never unknown."""
    listed = ", ".join(f"${place}" for place in places)
    test = f"list_has_any(string_split({own}, '; '), [{listed}])" if dimension.lists else f"{own} IN ({listed})"
    tests = [*([f"coalesce({test}, false)"] if places else []), *([f"{own} IS NULL"] if empty else [])]
    return f"({' OR '.join(tests) or 'false'})"
