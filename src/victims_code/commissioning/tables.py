"""The two tables that every page of commissioning has: what is due, and what is amiss."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from victims_code.commissioning.due import DueItem
from victims_code.commissioning.rules import RuleFinding, RuleOutcome
from victims_code.dates import format_short_date
from victims_code.render import CardTable

NOTHING = "–"
"""An empty cell."""


def short_day(day: date | None) -> str:
    """A day as it is written in a table."""
    return NOTHING if day is None else format_short_date(day)


def due_table(items: Iterable[DueItem], on: date | None = None, *, caption: str = "What is due") -> CardTable:
    """What is due, in the order it is given: the day, what, who, the record and the kind.

    :param on: say of what is overdue on this day that it is.
    """
    return CardTable(
        caption=caption,
        columns=("Day", "What", "Who", "About", "Kind"),
        rows=tuple(
            (
                f"{short_day(item.day)}{', overdue' if on is not None and item.overdue_on(on) else ''}",
                item.what,
                item.owner or NOTHING,
                item.about or NOTHING,
                item.kind.in_words,
            )
            for item in items
        ),
        named_rows=False,
    )


def findings_table(found: Iterable[RuleFinding]) -> CardTable:
    """What is amiss: the record, what it is, what to do, and that it is not known where it is not."""
    return CardTable(
        caption="What is amiss",
        columns=("About", "What", "What to do", "Known for sure"),
        rows=tuple(
            (one.about, one.message, one.hint, "no" if one.outcome is RuleOutcome.CANNOT_TELL else NOTHING)
            for one in found
        ),
    )
