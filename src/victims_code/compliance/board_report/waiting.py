"""The waiting list: what is overdue, what may be, and what is due soon, case by case, for those who do the work.

It names cases, so it is never published, and whoever holds it can work out any small number that tables hide. What is
undone is never off it because something is not known: see :func:`~victims_code.assessment.work_list`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from victims_code.arguments import checked
from victims_code.compliance.measuring.obligations import Obligations
from victims_code.figures import publication_defaults
from victims_code.printable import one_line_repr
from victims_code.render.csvs import csv_text
from victims_code.working_days import WorkingDayCalendar, england_and_wales

_COLUMNS = [
    "list", "id", "case_ref", "victim_ref", "duty", "title", "part", "owed_by", "triggered_on", "act_by", "due_on",
    "days_late",
]  # fmt: skip


@frozen(kw_only=True)
class Waiting:
    """One obligation that waits.

    ``act_by`` is the last day on which doing it is certainly in time. ``due_on`` is None where the due date is not
    known, and ``id`` where the table of obligations has none. ``days_late`` counts working days after the due date,
    None if not known. ``recorded`` says whether the data holds any fulfilment of the duty; where it holds none, nobody
    can tell what was done from what was recorded.
    """

    id: str | None
    case: str
    victim: str | None
    duty: str
    title: str
    part: str
    provider: str
    triggered_on: date
    act_by: date
    due_on: date | None
    days_late: int | None
    recorded: bool


@frozen(kw_only=True)
class WaitingList:
    """What waits, each list in the order of ``act_by`` as far as asked for, and how much there is.

    ``act_now`` is certainly in time no longer, and perhaps late: the record does not say which limit applies, when
    something was received, or whether the duty applies.
    """

    overdue: tuple[Waiting, ...]
    act_now: tuple[Waiting, ...]
    due_soon: tuple[Waiting, ...]
    all_overdue: int
    all_act_now: int
    all_due_soon: int
    never_recorded: int
    """How many obligations that are overdue, or may be, are left out: the data holds no fulfilment of their duty."""
    until: date

    __repr__ = one_line_repr(
        "until {0.until}: {0.all_overdue} overdue, {0.all_act_now} to do now, {0.all_due_soon} due soon"
    )

    def to_csv(self) -> str:
        """What waits, as CSV."""
        rows = []
        for name, items in (("overdue", self.overdue), ("act now", self.act_now), ("due soon", self.due_soon)):
            for item in items:
                cells = (name, item.id, item.case, item.victim, item.duty, item.title, item.part, item.provider)
                due_on = None if item.due_on is None else item.due_on.isoformat()
                dates = (item.triggered_on.isoformat(), item.act_by.isoformat(), due_on)
                rows.append((*cells, *dates, item.days_late))
        return csv_text(_COLUMNS, rows)


@checked
def waiting_list(
    obligations: Obligations,
    *,
    as_at: date,
    most: int | None = None,
    due_soon: int | None = None,
    calendar: WorkingDayCalendar | None = None,
) -> WaitingList:
    """What is overdue, what may be, and what is due soon.

    :param as_at: the date of assessment of the obligations.
    :param most: how many of each to list; by default all.
    :param due_soon: how many working days ahead to look; by default as in ``data/publication.yaml``.
    """
    days = publication_defaults().due_soon.working_days if due_soon is None else due_soon
    working_days = calendar or england_and_wales()
    # a weekend after the last of those days belongs to them
    lists = _Lists(obligations=obligations, as_at=as_at, before=working_days.add(as_at, days + 1), most=most)
    return WaitingList(
        overdue=tuple(lists.items(_OVERDUE, recorded=True)),
        act_now=tuple(lists.items(_ACT_NOW, recorded=True)),
        due_soon=tuple(lists.items(_SOON)),
        all_overdue=lists.number(_OVERDUE, recorded=True),
        all_act_now=lists.number(_ACT_NOW, recorded=True),
        all_due_soon=lists.number(_SOON),
        never_recorded=lists.number(f"({_OVERDUE} OR {_ACT_NOW})", recorded=False),
        until=working_days.add(as_at, days),
    )


_OVERDUE = "one.status = 'overdue'"
_PERHAPS = "one.discharged_on IS NULL AND one.status NOT IN ('overdue', 'met', 'met-late', 'suspended')"
"""What is undone and not certainly late, whether or not the rest is known."""
_ACT_NOW = f"{_PERHAPS} AND one.in_time_until < $as_at"
_SOON = f"{_PERHAPS} AND one.in_time_until >= $as_at AND one.in_time_until < $before"


@frozen(kw_only=True)
class _Lists:
    """The obligations of a table, to be listed and counted."""

    obligations: Obligations
    as_at: date
    before: date
    most: int | None

    def number(self, where: str, *, recorded: bool | None = None) -> int:
        """How many there are."""
        return int(self._rows("count(*)", where, recorded)[0][0])

    def items(self, where: str, *, recorded: bool | None = None) -> Iterator[Waiting]:
        """The first of them, in the order of the day by which to act."""
        has_id = "id" in self.obligations.columns
        columns = (
            f"{'one.id' if has_id else 'NULL'}, one.case_ref, one.victim_ref, one.duty, one.edition, law.part,"
            " one.owed_by, one.triggered_on, one.in_time_until, one.due_on, one.days_late, recording.any_done"
        )
        order = " ORDER BY one.in_time_until, one.case_ref, one.duty, one.victim_ref, one.triggered_on, one.owed_by"
        limit = "" if self.most is None else f" LIMIT {self.most:d}"
        provider = self.obligations.dimension("provider")
        for (
            id_,
            case,
            victim,
            duty,
            edition,
            part,
            owed_by,
            triggered_on,
            act_by,
            due_on,
            days_late,
            any_done,
        ) in self._rows(columns, where, recorded, order + limit):
            yield Waiting(
                id=id_,
                case=case,
                victim=victim,
                duty=duty,
                title=self.obligations.code.editions[edition].duties[duty].title,
                part=part,
                provider=provider.label(owed_by),
                triggered_on=triggered_on,
                act_by=act_by,
                due_on=due_on,
                days_late=days_late,
                recorded=any_done,
            )

    def _rows(self, columns: str, where: str, recorded: bool | None, last: str = "") -> list[tuple[Any, ...]]:
        """Rows of the obligations, with what the law and the data say of their duties.

        :param recorded: only those of duties of which the data holds a fulfilment, or only the others.
        """
        act_by = "act_by" if "act_by" in self.obligations.columns else "least(due_on, due_on_if_enhanced)"
        query = (
            f"SELECT {columns} FROM (SELECT *, {act_by} AS in_time_until FROM given) AS one"
            " JOIN law USING (edition, duty)"
            " JOIN (SELECT duty, edition, bool_or(recorded) AS any_done FROM obligation GROUP BY ALL) AS recording"
            " ON recording.duty::VARCHAR = one.duty AND recording.edition::VARCHAR = one.edition"
            f" WHERE {where}"
        )
        query += "" if recorded is None else f" AND {'' if recorded else 'NOT '}recording.any_done"
        values = {"as_at": self.as_at, "before": self.before}
        named = {name: value for name, value in values.items() if f"${name}" in where}
        return self.obligations.connection.execute(query + last, named).fetchall()
