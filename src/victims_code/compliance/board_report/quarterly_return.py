"""The quarterly return: its items, counted as far as a record can show them, and why not where it cannot."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from victims_code.assessment import Assessment
from victims_code.compliance.board_report.sheets import Sheet
from victims_code.compliance.measuring.counting import Request
from victims_code.compliance.measuring.definitions import ReturnItem, measures
from victims_code.compliance.measuring.measure import DEFAULT, Default, tables
from victims_code.compliance.measuring.obligations import Obligations, Table
from victims_code.compliance.measuring.tables import HIDDEN, NOT_IN_DATA, MeasureTable
from victims_code.decimals import percent
from victims_code.figures import SmallNumbers
from victims_code.printable import capitalised

_BY = ("shown-by", "quarter")


@frozen(kw_only=True)
class ReturnLine:
    """An item of the return and the tables it is counted in, by quarter; none, if it cannot be counted."""

    item: ReturnItem
    tables: tuple[MeasureTable, ...]


def quarterly_return(
    obligations: Table | Sequence[Assessment] | Obligations, *, small_numbers: SmallNumbers | Default | None = DEFAULT
) -> tuple[ReturnLine, ...]:
    """The five items of the Ministry of Justice's quarterly return, by quarter, with small numbers hidden.

    An item for which the vocabulary has no event has no tables, and says why it cannot be counted. An item whose event
    the data never holds has no share: its rows have ``recorded`` false.

    :raises WrongValueError: with every fault of the table.

    >>> from datetime import date
    >>> import victims_code as vc
    >>> case = vc.Case.from_yaml('''
    ... reference: A/1
    ... victims: [{reference: V1}]
    ... events: [{event: crime-reported, at: 2026-04-01}]
    ... ''')
    >>> results = [vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))]
    >>> for line in quarterly_return(results, small_numbers=None):
    ...     print(line.item.id, [(row.value, row.denominator) for table in line.tables for row in table.rows[:1]])
    written-acknowledgement [(None, 0)]
    referred-to-support [(None, 0), (None, 0)]
    updates-in-time [(None, 0)]
    vps-offered [(None, 0)]
    told-of-release []
    """
    opened = Obligations.open(obligations)
    return return_lines(tables(return_requests(), opened, small_numbers=small_numbers))


def return_requests() -> list[Request]:
    """The tables that the return needs, in order."""
    return [
        Request(measure=measures()[id_], by=_BY, only={"shown-by": [item.counted.shown_by]})
        for item in measures().quarterly_return.items
        if item.counted is not None
        for id_ in item.counted.measures
    ]


def return_lines(made: Sequence[MeasureTable]) -> tuple[ReturnLine, ...]:
    """The items with their tables, which :func:`return_requests` asked for."""
    left = list(made)
    lines = []
    for item in measures().quarterly_return.items:
        number = 0 if item.counted is None else len(item.counted.measures)
        lines.append(ReturnLine(item=item, tables=tuple(left[:number])))
        left = left[number:]
    return tuple(lines)


def return_sheet(lines: Sequence[ReturnLine], quarters: Sequence[int]) -> Sheet:
    """The return for some quarters, the last ones on the right."""
    dimension = next(table.dimensions["quarter"] for line in lines for table in line.tables)
    rows: list[tuple[str, ...]] = []
    for n, line in enumerate(lines, start=1):
        head = f"{n}. {line.item.title}"
        if not line.tables:
            rows.append(
                (head, f"Cannot be measured from this record. {line.item.cannot_be_counted}", *("–" for _ in quarters))
            )
        for table in line.tables:
            found = {row.group["quarter"]: row for row in table if "quarter" in row.group and "shown-by" in row.group}
            cells = []
            for quarter in quarters:
                row = found.get(quarter)
                if row is not None and not row.recorded:
                    cells.append(capitalised(NOT_IN_DATA))
                elif row is None or (row.value is None and not row.is_hidden):
                    cells.append("–")
                elif row.is_hidden:
                    cells.append(HIDDEN)
                else:
                    cells.append(f"{percent(row.value or 0)} of {row.denominator:,}")
            rows.append((head, table.measure.title, *cells))
    return Sheet(
        id="quarterly-return",
        title=measures().quarterly_return.title,
        what="Each item by the quarter in which the obligation arose, as far as such a record can show it. The items"
        " are those a police force named; how they are counted is this library's choice.",
        columns=("Item", "Counted as", *(dimension.label(quarter) for quarter in quarters)),
        rows=tuple(rows),
        heads=2,
        csv="".join(table.to_csv() for line in lines for table in line.tables),
    )
