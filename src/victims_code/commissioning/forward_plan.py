"""The forward plan: everything that is due over an area's records, as text, Markdown, HTML, JSON and a diary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Self

from attrs import field, frozen

from victims_code import render
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import Typed
from victims_code.commissioning.tables import due_table
from victims_code.dates import format_date, format_month
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
    :param without_dates: how many records were looked at that say nothing of what is due, by their kind.

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
    without_dates: tuple[tuple[str, int], ...] = field(default=(), repr=False)

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
    ) -> Self:
        """The plan over some records on a day.

        :param records: those with ``due_items`` are asked; the others are counted by their kind.
        :param until: leave out what is due after this day, and say how much that is.
        :param kinds: only these kinds of things.
        """
        given, wanted = tuple(records), None if kinds is None else frozenset(kinds)
        dated = [record for record in given if hasattr(record, "due_items")]
        found = [item for record in dated for item in record.due_items(on)]
        found = [item for item in found if wanted is None or item.kind in wanted]
        kept = [item for item in found if until is None or item.day is None or item.day <= until]
        others = Counter(_words(type(record)) for record in given if not hasattr(record, "due_items"))
        return cls(
            title=title,
            on=on,
            items=by_day(kept),
            until=until,
            later=len(found) - len(kept),
            without_dates=tuple(sorted(others.items())),
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
            kinds = ", ".join(f"{name} {number}" for name, number in self.without_dates)
            yield f"These records have no dates to be due: {kinds}."

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
            "without_dates": dict(self.without_dates),
            "items": [{**item.to_dict(), "overdue": item.overdue_on(self.on)} for item in self.items],
        }

    def _repr_html_(self) -> str | None:
        return render.html_or_none(self.to_html)


def _words(kind: type) -> str:
    """What a record is, as people call it."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


def _day(item: DueItem) -> date:
    return item.day or date.max
