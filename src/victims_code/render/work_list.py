"""What is to be done next in some cases, in words: the most urgent first, and of those the earliest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from victims_code.dates import format_date
from victims_code.plain import PlainAssessment, PlainObligation
from victims_code.render.tables import (
    bodies,
    due,
    event,
    group_identical,
    is_undone,
    late,
    not_counted,
    to_whom,
)

WORK_COLUMNS = ("By", "Case", "What", "To", "Because of", "Owed by")
GROUPS = {
    "overdue": "Overdue",
    "act-now": "Act now: it may be late already",
    "due-today": "Due today",
    "due-soon": "Due soon",
}
"""The urgencies that the list shows, each with its heading."""


@frozen(kw_only=True)
class WorkList:
    """What is to be done in some cases.

    :param urgent: the rows of each urgency of :data:`GROUPS`, in the words of :data:`WORK_COLUMNS`.
    :param cases: how many cases were looked at.
    :param later: how many obligations have a date after the last day that counts as soon.
    :param without_date: how many obligations without a date no record shows done.
    :param not_counted: how many records are later than the date of assessment.
    """

    urgent: dict[str, list[tuple[str, ...]]]
    cases: int
    later: int
    without_date: int
    not_counted: int

    def headline(self, as_at: date, soon: date) -> str:
        """How much there is to do, and by when.

        :param soon: the last day that counts as soon.
        """
        overdue, act_now, today, due_soon = (len(self.urgent[name]) for name in GROUPS)
        cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
        return (
            f"To do in {cases} as at {format_date(as_at)}: {overdue} overdue, {act_now} to act on now,"
            f" {today} due today, {due_soon} due by {format_date(soon)}."
        )

    def rest(self) -> str:
        """What is not on the list, with its number."""
        parts = [f"{self.later} due later"] if self.later else []
        parts += [f"{self.without_date} without a date"] if self.without_date else []
        undone = f"Also undone: {', '.join(parts)}; assess --all shows them." if parts else ""
        return " ".join(filter(None, (undone, not_counted(self.not_counted))))


def work_list_of(results: Sequence[PlainAssessment]) -> WorkList:
    """The work list of some results, whose urgency says what counts as soon."""
    undone = [one for result in results for one in result["obligations"] if is_undone(one)]
    return WorkList(
        urgent={name: work_rows(one for one in undone if one["urgency"] == name) for name in GROUPS},
        cases=len({result["reference"] for result in results}),
        later=sum(1 for one in undone if one["urgency"] == "later"),
        without_date=sum(1 for one in undone if one["urgency"] is None),
        not_counted=sum(result["stamp"]["records_not_counted"] for result in results),
    )


def work_rows(obligations: Iterable[PlainObligation]) -> list[tuple[str, ...]]:
    """Obligations in the words of :data:`WORK_COLUMNS`, the earliest first; what several are owed alike is one row."""
    cases: dict[str, list[PlainObligation]] = {}
    for one in obligations:
        cases.setdefault(one["case"], []).append(one)
    groups = [group for case in cases.values() for group in group_identical(case)]
    return [_row(group) for group in sorted(groups, key=lambda group: (group[0]["act_by"] or "", group[0]["case"]))]


def _row(group: Sequence[PlainObligation]) -> tuple[str, ...]:
    first = group[0]
    return (
        ", ".join(filter(None, (due(first), late(first, " late")))),
        first["case"],
        first["title"] + (", if owed" if first["applies"] == "unknown" else ""),
        to_whom(group) or bodies([first["owed_to"]]),
        event(first),
        bodies(first["owed_by"]),
    )
