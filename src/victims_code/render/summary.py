"""Many assessments on one page: a line for each case, and first those where something is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from victims_code.render.tables import bodies, dated, day, due, not_counted, said_once, to_whom

__all__ = ["SUMMARY_COLUMNS", "Line", "headline", "lines_of"]

Plainly = Mapping[str, Any]

SUMMARY_COLUMNS = ("Case", "Overdue", "Due soon", "Cannot tell")


@frozen(kw_only=True)
class Line:
    """One case: the duties that are overdue, those due soon, and of how many dated ones it cannot be told."""

    reference: str
    overdue: tuple[str, ...]
    soon: tuple[str, ...]
    cannot_tell: int
    not_counted: int = 0
    """How many of its records are later than the date of assessment, and not counted."""

    def row(self) -> tuple[str, ...]:
        """The line in the words of :data:`SUMMARY_COLUMNS`."""
        told = (self.reference, "\n".join(self.overdue), "\n".join(self.soon), str(self.cannot_tell or ""))
        return tuple(cell or "–" for cell in told)


def lines_of(results: Iterable[Plainly], soon: date) -> list[Line]:
    """A line for each result: where something is overdue, then where something is due soon, then the others.

    :param soon: the last day that counts as soon.
    """
    return sorted(
        (_line(result, soon.isoformat()) for result in results),
        key=lambda line: 0 if line.overdue else 1 if line.soon else 2,
    )


def headline(lines: Sequence[Line], as_at: str, soon: date) -> str:
    """How many cases there are, and in how many something is overdue or due soon."""
    overdue = sum(1 for line in lines if line.overdue)
    waiting = sum(1 for line in lines if line.soon and not line.overdue)
    left_out = not_counted(sum(line.not_counted for line in lines))
    return (
        f"{len(lines)} cases as at {day(as_at)}: {overdue} with a duty overdue,"
        f" {waiting} with none overdue but one due by {day(soon.isoformat())}"
    ) + (f". {left_out}" if left_out else "")


def _line(result: Plainly, last: str) -> Line:
    return Line(
        reference=result["reference"],
        overdue=_duties(result, lambda one: one["status"] == "overdue"),
        soon=_duties(result, lambda one: one["status"] in ("due-today", "not-yet-due") and _first_due(one) <= last),
        cannot_tell=sum(1 for one in dated(result) if one["status"] == "cannot-tell"),
        not_counted=result["stamp"]["records_not_counted"],
    )


def _duties(result: Plainly, wanted: Callable[[Plainly], bool]) -> tuple[str, ...]:
    """The duties that are wanted, each with whom it is owed to and when it is due."""
    groups = said_once(one for one in dated(result) if one["due_on"] and wanted(one))
    return tuple(
        f"{group[0]['duty']}, {to_whom(group) or bodies([group[0]['owed_to']])}: {due(group[0])}"
        + (", if owed" if group[0]["applies"] == "unknown" else "")
        for group in groups
    )


def _first_due(obligation: Plainly) -> str:
    """The earlier of the dates between which it is not known."""
    return str(min(filter(None, (obligation["due_on"], obligation["due_on_if_enhanced"]))))
