"""Many assessments on one page: a line for each case, and first those where something is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from victims_code.plain import PlainAssessment
from victims_code.render.tables import bodies, dated, day, due, group_identical, not_counted, to_whom

SUMMARY_COLUMNS = ("Case", "Overdue", "Act now", "Due soon", "Cannot tell")


@frozen(kw_only=True)
class CaseLine:
    """One case: what is overdue, what may be late already, what is due soon, and how many statuses are not known."""

    reference: str
    overdue: tuple[str, ...]
    act_now: tuple[str, ...]
    soon: tuple[str, ...]
    cannot_tell: int
    not_counted: int = 0
    """How many of its records are later than the date of assessment, and not counted."""

    def row(self) -> tuple[str, ...]:
        """The line in the words of :data:`SUMMARY_COLUMNS`."""
        lists = ("\n".join(duties) for duties in (self.overdue, self.act_now, self.soon))
        told = (self.reference, *lists, str(self.cannot_tell or ""))
        return tuple(cell or "–" for cell in told)

    @property
    def place(self) -> int:
        """The most urgent first."""
        lists = (self.overdue, self.act_now, self.soon)
        return next((n for n, duties in enumerate(lists) if duties), len(lists))


def lines_of(results: Iterable[PlainAssessment]) -> list[CaseLine]:
    """A line for each result: where something is overdue, then may be, then is due soon, then the others."""
    return sorted(map(_line, results), key=lambda line: line.place)


def headline(lines: Sequence[CaseLine], as_at: str, soon: date) -> str:
    """How many cases there are, and in how many something is overdue, may be late or is due soon.

    :param soon: the last day that counts as soon.
    """
    overdue, act_now, waiting = (sum(1 for line in lines if line.place == place) for place in range(3))
    left_out = not_counted(sum(line.not_counted for line in lines))
    return (
        f"{len(lines)} cases as at {day(as_at)}: {overdue} with a duty overdue,"
        f" {act_now} more with one that may be late already, {waiting} more with one due by {day(soon.isoformat())}"
    ) + (f". {left_out}" if left_out else "")


def _line(result: PlainAssessment) -> CaseLine:
    return CaseLine(
        reference=result["reference"],
        overdue=_duties(result, "overdue"),
        act_now=_duties(result, "act-now"),
        soon=_duties(result, "due-today", "due-soon"),
        cannot_tell=sum(1 for one in dated(result) if one["status"] == "cannot-tell"),
        not_counted=result["stamp"]["records_not_counted"],
    )


def _duties(result: PlainAssessment, *urgencies: str) -> tuple[str, ...]:
    """The duties of some urgencies in the order of the work list, each with whom it is owed to and when it is due."""
    wanted = (one for one in result["obligations"] if one["urgency"] in urgencies)
    return tuple(
        f"{due(group[0])}: {group[0]['title']}, {to_whom(group) or bodies([group[0]['owed_to']])}"
        + (", if owed" if group[0]["applies"] == "unknown" else "")
        for group in group_identical(sorted(wanted, key=lambda one: str(one["act_by"])))
    )
