"""The waiting list: what is overdue, what may be, and what is due soon, case by case, for those who do the work.

It names cases, so it is never published: who holds it can work out any small number that tables hide. What is undone
is never off it because something is not known, or because the data never shows the duty done: see
:func:`~victims_code.assessment.work_list`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.compliance.measuring.grouping import Dimension
from victims_code.compliance.measuring.obligations import Obligations
from victims_code.figures import publication_defaults
from victims_code.printable import one_line_repr
from victims_code.render.csvs import csv_text
from victims_code.working_days import WorkingDayCalendar, england_and_wales

_COLUMNS = (
    "list", "id", "case_ref", "victim_ref", "duty", "title", "part", "owed_by", "triggered_on", "act_by", "due_on",
    "days_late",
)  # fmt: skip
_AREAS = ("force", "area")


@frozen(kw_only=True)
class Waiting:
    """One obligation that waits.

    ``act_by`` is the last day on which doing it is certainly in time. ``due_on`` is None where the due date is not
    known, and ``id`` where the table of obligations has none. ``days_late`` counts working days after the due date,
    None if not known. ``recorded`` says whether the data holds any fulfilment of the duty; where it holds none, what
    was done cannot be told from what was recorded. ``areas`` has the force and area, by column, where the data has
    them. ``nth`` counts the obligations of a duty in one list, the earliest first.
    """

    id: str | None
    case: str
    victim: str | None
    duty: str
    title: str
    part: str
    provider: str
    triggered_on: date
    act_by: date | None
    due_on: date | None
    days_late: int | None
    recorded: bool
    areas: Mapping[str, str] = field(factory=dict)
    nth: int = 1


@frozen(kw_only=True)
class WaitingList:
    """What waits, each list in the order of ``act_by`` as far as asked for, and how much there is.

    ``act_now`` is certainly in time no longer, and perhaps late: the record does not say which limit applies, when
    something was received, or whether the duty applies. ``never_recorded`` is overdue, or may be, and of duties of
    which the data holds no fulfilment whatever. What is not all listed has every duty in it, the earliest of each.
    """

    overdue: tuple[Waiting, ...]
    act_now: tuple[Waiting, ...]
    due_soon: tuple[Waiting, ...]
    never_recorded: tuple[Waiting, ...]
    all_overdue: int
    all_act_now: int
    all_due_soon: int
    all_never_recorded: int
    until: date
    areas: tuple[str, ...] = ()
    """The columns that say where an obligation belongs, such as ``force``."""
    where: str = ""
    """Which obligations were looked at, in words; empty if all were."""

    __repr__ = one_line_repr(
        "until {0.until}: {0.all_overdue} overdue, {0.all_act_now} to do now, {0.all_due_soon} due soon,"
        " {0.all_never_recorded} never recorded"
    )

    @property
    def lists(self) -> Mapping[str, tuple[Waiting, ...]]:
        """The lists by their names."""
        return {
            "overdue": self.overdue,
            "act now": self.act_now,
            "due soon": self.due_soon,
            "never recorded": self.never_recorded,
        }

    def to_csv(self) -> str:
        """What waits, as CSV."""
        rows = []
        only = (self.where,) if self.where else ()
        for name, items in self.lists.items():
            for item in items:
                cells = (name, item.id, item.case, item.victim, item.duty, item.title, item.part, item.provider)
                dates = (item.triggered_on, item.act_by, item.due_on)
                days = (None if day is None else day.isoformat() for day in dates)
                areas = (item.areas.get(area) for area in self.areas)
                rows.append((*cells, *days, item.days_late, *areas, *only))
        return csv_text([*_COLUMNS, *self.areas, *(["only"] if only else [])], rows)


@checked
def waiting_list(
    obligations: Obligations,
    *,
    as_at: date,
    most: int | None = None,
    due_soon: int | None = None,
    calendar: WorkingDayCalendar | None = None,
    areas: Collection[str] = _AREAS,
) -> WaitingList:
    """What is overdue, what may be, and what is due soon.

    :param as_at: the date of assessment of the obligations.
    :param most: how many of each to list; by default all.
    :param due_soon: how many working days ahead to look; by default as in ``data/publication.yaml``.
    :param areas: columns that say where an obligation belongs; those that the data does not have are left out.
    """
    days = publication_defaults().due_soon.working_days if due_soon is None else due_soon
    working_days = calendar or england_and_wales()
    shown = [obligations.dimension(name) for name in dict.fromkeys(areas) if name in obligations.dimensions]
    # a weekend after the last of those days belongs to them
    before = working_days.add(as_at, days + 1)
    _find(obligations, as_at, before, shown)
    numbers = {name: int(number) for name, number in obligations.rows("SELECT list, count(*) FROM waiting GROUP BY 1")}
    items = {name: tuple(_items(obligations, name, most, shown)) for name in ("overdue", "act now", "due soon", _NEVER)}
    return WaitingList(
        overdue=items["overdue"],
        act_now=items["act now"],
        due_soon=items["due soon"],
        never_recorded=items[_NEVER],
        all_overdue=numbers.get("overdue", 0),
        all_act_now=numbers.get("act now", 0),
        all_due_soon=numbers.get("due soon", 0),
        all_never_recorded=numbers.get(_NEVER, 0),
        until=working_days.add(as_at, days),
        areas=tuple(area.name for area in shown),
        where="" if obligations.filter is None else obligations.filter.words,
    )


_NEVER = "never recorded"
_IN_ORDER = "act_by, case_ref, duty, victim_ref, triggered_on, owed_by"


def _find(obligations: Obligations, as_at: date, before: date, areas: Collection[Dimension]) -> None:
    """What is undone, as a table that says in which list each obligation is and the how manieth of its duty it is."""
    chosen = obligations.filter
    undone = "given_discharged_on IS NULL AND status NOT IN ('met', 'met-late', 'suspended')"
    late = "(status = 'overdue' OR act_by < $as_at)"
    shown = "".join(f", ({area.sql})::VARCHAR AS area_{n}" for n, area in enumerate(areas))
    obligations.run(
        "CREATE OR REPLACE TEMP TABLE waiting AS SELECT *, row_number() OVER (PARTITION BY list, duty"
        f" ORDER BY {_IN_ORDER}) AS nth FROM (SELECT given_id AS id, given_case_ref AS case_ref,"
        " given_victim_ref AS victim_ref, duty::VARCHAR AS duty, title::VARCHAR AS title, part::VARCHAR AS part,"
        " provider::VARCHAR AS owed_by, given_triggered_on AS triggered_on, act_by, given_due_on AS due_on, days_late,"
        f" recorded{shown}, CASE WHEN {late} AND NOT recorded THEN '{_NEVER}'"
        " WHEN status = 'overdue' THEN 'overdue' WHEN act_by < $as_at THEN 'act now' ELSE 'due soon' END AS list"
        f" FROM joined WHERE {undone} AND ({late} OR act_by < $before) AND {chosen.sql if chosen else 'true'})",
        {"as_at": as_at, "before": before, **(chosen.values if chosen else {})},
    )


def _items(obligations: Obligations, name: str, most: int | None, areas: Collection[Dimension]) -> Iterator[Waiting]:
    """The obligations of a list in order; of more than so many the earliest of each duty, then the next of each."""
    provider = obligations.dimension("provider")
    columns = (
        "id, case_ref, victim_ref, duty, title, part, owed_by, triggered_on, act_by, due_on, days_late, recorded, nth"
    )
    shown = "".join(f", area_{n}" for n, _ in enumerate(areas))
    limit = "" if most is None else f" LIMIT {most:d}"
    for row in obligations.rows(
        f"SELECT * FROM (SELECT {columns}{shown} FROM waiting WHERE list = $list ORDER BY nth, {_IN_ORDER}{limit})"
        f" ORDER BY {_IN_ORDER}",
        {"list": name},
    ):
        id_, case, victim, duty, title, part, owed_by, triggered_on, act_by, due_on, late, recorded, nth, *places = row
        yield Waiting(
            id=id_,
            case=case,
            victim=victim,
            duty=duty,
            title=title,
            part=part,
            provider=provider.label(owed_by),
            triggered_on=triggered_on,
            act_by=act_by,
            due_on=due_on,
            days_late=late,
            recorded=recorded,
            nth=nth,
            areas=MappingProxyType({area.name: area.label(place) for area, place in zip(areas, places, strict=True)}),
        )
