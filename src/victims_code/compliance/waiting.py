"""The waiting list: what is overdue and what is due soon, case by case, for those who do the work.

It names cases, so it is never published, and whoever holds it can work out any small number that tables hide.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from victims_code.compliance.obligations import Obligations
from victims_code.publication import publication
from victims_code.render.csvs import csv_text
from victims_code.working_days import WorkingDayCalendar, england_and_wales

__all__ = ["Waiting", "WaitingList", "waiting_list"]

_COLUMNS = ["list", "case_ref", "victim_ref", "duty", "title", "part", "owed_by", "triggered_on", "due_on", "days_late"]


@frozen(kw_only=True)
class Waiting:
    """One obligation that waits. ``days_late`` counts working days after the due date, None if not known.

    ``recorded`` says whether the data holds any fulfilment of the duty; where it holds none, nobody can tell what was
    done from what was recorded.
    """

    case: str
    victim: str | None
    duty: str
    title: str
    part: str
    provider: str
    triggered_on: date
    due_on: date
    days_late: int | None
    recorded: bool


@frozen(kw_only=True)
class WaitingList:
    """What waits: ``overdue``, longest first, and ``due_soon``, earliest first, as far as asked for; and how much."""

    overdue: tuple[Waiting, ...]
    due_soon: tuple[Waiting, ...]
    all_overdue: int
    all_due_soon: int
    never_recorded: int
    """How many overdue obligations are left out, because the data holds no fulfilment of their duty at all."""
    until: date

    def to_csv(self) -> str:
        """What waits, as CSV."""
        rows = []
        for name, items in (("overdue", self.overdue), ("due soon", self.due_soon)):
            for item in items:
                cells = (name, item.case, item.victim, item.duty, item.title, item.part, item.provider)
                rows.append((*cells, item.triggered_on.isoformat(), item.due_on.isoformat(), item.days_late))
        return csv_text(_COLUMNS, rows)


def waiting_list(
    obligations: Obligations,
    *,
    as_at: date,
    most: int | None = None,
    due_soon: int | None = None,
    calendar: WorkingDayCalendar | None = None,
) -> WaitingList:
    """What is overdue and what is due soon.

    :param as_at: the date of assessment of the obligations.
    :param most: how many of each to list; by default all.
    :param due_soon: how many working days ahead to look; by default as in ``data/publication.yaml``.
    """
    days = publication().due_soon.working_days if due_soon is None else due_soon
    until = (calendar or england_and_wales()).add(as_at, days)
    late = "given.status = 'overdue' AND recording.any_done"
    soon = "given.status IN ('not-yet-due', 'due-today') AND given.due_on <= ?"
    (never,) = obligations.rows("SELECT count(*) FROM obligation WHERE status = 'overdue' AND NOT recorded")
    return WaitingList(
        overdue=tuple(_items(obligations, late, (), "given.days_late DESC NULLS LAST, given.due_on", most)),
        due_soon=tuple(_items(obligations, soon, (until,), "given.due_on", most)),
        all_overdue=_number(obligations, late, ()),
        all_due_soon=_number(obligations, soon, (until,)),
        never_recorded=int(never[0]),
        until=until,
    )


_FROM = (
    " FROM given JOIN law USING (edition, duty)"
    " JOIN (SELECT duty, edition, bool_or(recorded) AS any_done FROM obligation GROUP BY ALL) AS recording"
    " ON recording.duty::VARCHAR = given.duty AND recording.edition::VARCHAR = given.edition"
)


def _number(obligations: Obligations, where: str, parameters: tuple[object, ...]) -> int:
    return int(obligations.rows(f"SELECT count(*){_FROM} WHERE {where}", parameters)[0][0])


def _items(
    obligations: Obligations, where: str, parameters: tuple[object, ...], order: str, most: int | None
) -> Iterator[Waiting]:
    columns = (
        "given.case_ref, given.victim_ref, given.duty, given.edition, law.part, given.owed_by, given.triggered_on,"
        " given.due_on, given.days_late, recording.any_done"
    )
    limit = "" if most is None else f" LIMIT {most:d}"
    query = (
        f"SELECT {columns}{_FROM} WHERE {where} ORDER BY {order}, given.case_ref, given.duty, given.victim_ref{limit}"
    )
    provider = obligations.dimension("provider")
    for case, victim, duty, edition, part, owed_by, triggered_on, due_on, days_late, recorded in obligations.rows(
        query, parameters
    ):
        yield Waiting(
            case=case,
            victim=victim,
            duty=duty,
            title=obligations.code.editions[edition].duties[duty].title,
            part=part,
            provider=provider.label(owed_by),
            triggered_on=triggered_on,
            due_on=due_on,
            days_late=days_late,
            recorded=recorded,
        )
