"""The forward plan: everything that is due over an area's records, as text, Markdown, HTML, JSON and a diary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Self

from attrs import field, fields, frozen, has

from victims_code import faults, render
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import Typed
from victims_code.commissioning.tables import due_table
from victims_code.dates import format_date, format_month
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.printable import printable
from victims_code.reading.documents import Plain
from victims_code.render import Card


@frozen(kw_only=True)
class ForwardPlan(Typed):
    """Everything that is still undone on a day: what is overdue, what comes by month, and what has no day.

    :param title: whose plan it is; a diary keeps its entries as long as this stays the same.
    :param items: in order of day.
    :param until: the last day it looks ahead to; None is as far as there are days.
    :param later: how many things come after that day.
    :param without_dates: how many records have no dates to plan by, of how many, by their kind.
    :param of_others: how much more is due that is the work of others, by whose it is.

    >>> item = DueItem(day=date(2026, 6, 30), what="Publish the plan.", owner="Analyst", about="P1", kind="action")
    >>> print(ForwardPlan(title="West Mercia", on=date(2026, 7, 1), items=(item,)).to_text())
    Forward plan: West Mercia
    <BLANKLINE>
    On Wednesday 1 July 2026: 1 overdue, 0 to come, 0 with no day.
    <BLANKLINE>
    Overdue
      Tue 30 Jun 2026: Publish the plan.
        Who: Analyst; About: P1; Kind: Action
    <BLANKLINE>
    """

    title: str
    on: date
    items: tuple[DueItem, ...] = field(repr=False)
    until: date | None = None
    later: int = 0
    without_dates: tuple[tuple[str, int, int], ...] = field(default=(), repr=False)
    of_others: tuple[tuple[str, int], ...] = ()

    @classmethod
    @checked
    def of(
        cls,
        records: Iterable[object],
        on: date,
        *,
        title: str,
        until: date | None = None,
        kinds: Iterable[DueKind] | None = None,
        owner: str | None = None,
        everyone: bool = False,
    ) -> Self:
        """The plan over some records on a day.

        :param records: those with ``due_items`` are asked. Those without, and those that give nothing and hold no day,
            are counted by their kind.
        :param until: leave out what is due after this day, and say how much that is.
        :param kinds: only these kinds of things.
        :param owner: only what this owner does, the work of other bodies too.
        :param everyone: with the work of other bodies; by default it is counted and left out.
        :raises UnknownNameError: if no one of that name owns anything that is due, naming the nearest.
        """
        given, wanted = tuple(records), None if kinds is None else frozenset(kinds)
        asked = [(record, record.due_items(on) if hasattr(record, "due_items") else ()) for record in given]
        found = [item for _, items in asked for item in items if wanted is None or item.kind in wanted]
        if owner is not None:
            found = _owned(found, owner)
        ours = found if everyone or owner is not None else [item for item in found if not item.whose]
        kept = [item for item in ours if until is None or item.day is None or item.day <= until]
        looked_at = Counter(_words(type(record)) for record in given)
        undated = Counter(_words(type(record)) for record, items in asked if not items and not _can_be_planned(record))
        return cls(
            title=title,
            on=on,
            items=by_day(kept),
            until=until,
            later=len(ours) - len(kept),
            without_dates=tuple((name, number, looked_at[name]) for name, number in sorted(undated.items())),
            of_others=tuple(sorted(Counter(item.whose for item in found if item not in ours).items())),
        )

    @property
    def overdue(self) -> tuple[DueItem, ...]:
        """What should have been done before the day of the plan."""
        return tuple(item for item in self.items if item.overdue_on(self.on))

    @property
    def to_come(self) -> tuple[DueItem, ...]:
        """What is due on the day of the plan or later."""
        return tuple(item for item in self.items if item.day is not None and not item.overdue_on(self.on))

    @property
    def no_day(self) -> tuple[DueItem, ...]:
        """What is undone and has no day."""
        return tuple(item for item in self.items if item.day is None)

    def to_card(self) -> Card:
        """The plan as a title, sentences and tables: overdue, each month, and what has no day."""
        months = [
            (format_month(year, month), tuple(items))
            for (year, month), items in groupby(self.to_come, key=lambda item: (_day(item).year, _day(item).month))
        ]
        sections = [("Overdue", self.overdue), *months, ("No day is set", self.no_day)]
        return Card(
            title=f"Forward plan: {self.title}",
            sentences=tuple(self._sentences()),
            tables=tuple(due_table(items, caption=caption) for caption, items in sections),
        )

    def _sentences(self) -> Iterator[str]:
        counts = f"{len(self.overdue)} overdue, {len(self.to_come)} to come, {len(self.no_day)} with no day"
        yield f"On {format_date(self.on)}: {counts}."
        if self.until is not None:
            yield f"It looks ahead to {format_date(self.until)}; {self.later} more come later."
        if self.without_dates:
            kinds = ", ".join(f"{name} {number} of {whole}" for name, number, whole in self.without_dates)
            yield f"These records have no dates to plan by: {kinds}."
        if self.of_others:
            whose = ", ".join(f"{name} {number}" for name, number in self.of_others)
            yield f"Due, but the work of others and left out here: {whose}."

    def to_text(self, *, width: int = 80) -> str:
        """The plan as text."""
        return printable(render.card_to_text(self.to_card(), width=width))

    def to_markdown(self) -> str:
        """The plan as a Markdown page."""
        return render.card_to_markdown(self.to_card())

    def to_html(self, *, page: bool = False) -> str:
        """The plan as HTML.

        :param page: a whole page with its own style instead of a fragment.
        :raises MissingExtraError: if Jinja2 is not installed (``pip install "victims-code[html]"``).
        """
        return render.card_to_html(self.to_card(), page=page)

    def to_icalendar(self, *, replaces: str | None = None, remind: bool = True) -> str:
        """The plan as a calendar file; see :func:`victims_code.render.forward_plan_to_icalendar`.

        :raises MissingExtraError: if icalendar is not installed (``pip install "victims-code[ics]"``).
        """
        return render.forward_plan_to_icalendar(self.to_dict(), replaces=replaces, remind=remind)

    def to_dict(self) -> dict[str, Plain]:
        """The plan as plain values."""
        return {
            "title": self.title,
            "on": self.on.isoformat(),
            "until": None if self.until is None else self.until.isoformat(),
            "later": self.later,
            "without_dates": {name: {"number": number, "of": of} for name, number, of in self.without_dates},
            "of_others": dict(self.of_others),
            "items": [{**item.to_dict(), "overdue": item.overdue_on(self.on)} for item in self.items],
        }

    def _repr_html_(self) -> str | None:
        return render.html_or_none(self.to_html)


def _owned(items: Iterable[DueItem], owner: str) -> list[DueItem]:
    """What someone owns, whatever the capitals.

    :raises UnknownNameError: if that is nothing, naming the nearest.
    """
    given = tuple(items)
    found = [item for item in given if owner.casefold() in (item.owner.casefold(), item.whose.casefold())]
    if not found:
        owners = {name for item in given for name in (item.owner, item.whose) if name}
        nearest = did_you_mean(owner, owners, listing="Owners of what is due")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("owner", kind="owner", name=owner, nearest=nearest))
    return found


def _can_be_planned(record: object) -> bool:
    """Whether a record of a class that has dates holds one."""
    return hasattr(record, "due_items") and _holds_a_day(record)


def _holds_a_day(value: object) -> bool:
    if isinstance(value, date):
        return True
    kind: Any = type(value)
    if has(kind):
        return any(_holds_a_day(getattr(value, one.name)) for one in fields(kind))
    if isinstance(value, Mapping):
        return any(map(_holds_a_day, value.values()))
    return isinstance(value, tuple) and any(map(_holds_a_day, value))


def _words(kind: type) -> str:
    """What a record is, as people call it."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


def _day(item: DueItem) -> date:
    return item.day or date.max
