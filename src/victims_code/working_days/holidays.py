"""A bank holiday, and where it comes from."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from attrs import field, frozen
from attrs.converters import optional

from victims_code.dates import civil_date

__all__ = ["PROJECTED", "BankHoliday", "was_known"]

_Day: TypeAlias = date  # the field `date` of the class below would hide the type

PROJECTED = "projected by rule"
"""The source of a holiday that was worked out and is not yet proclaimed."""


@frozen(kw_only=True)
class BankHoliday:
    """A day off for the whole of England and Wales, or one added by an override.

    ``source`` says what the day rests on. ``announced`` is the day a one-off or moved holiday became known, and
    ``announced_source`` what that rests on; without it the day counts as always known. ``moved_from`` is the day the
    holiday would otherwise have fallen on, ``substitute_for`` the weekend day it stands in for.

    >>> BankHoliday(date=date(2026, 12, 28), title="Boxing Day", source="govuk-bank-holidays",
    ...             substitute_for=date(2026, 12, 26)).reason
    'Boxing Day (substitute day)'
    """

    date: _Day = field(converter=civil_date)
    title: str
    source: str
    announced: _Day | None = field(default=None, converter=optional(civil_date))
    announced_source: str | None = field(default=None, metadata={"key": "announced-source"})
    moved_from: _Day | None = field(default=None, converter=optional(civil_date), metadata={"key": "moved-from"})
    substitute_for: _Day | None = field(
        default=None, converter=optional(civil_date), metadata={"key": "substitute-for"}
    )

    @property
    def projected(self) -> bool:
        """Whether the day was worked out by rule and is not yet proclaimed."""
        return self.source == PROJECTED

    @property
    def reason(self) -> str:
        """The title, saying so if this is a substitute day."""
        return self.title if self.substitute_for is None else f"{self.title} (substitute day)"


def was_known(holiday: BankHoliday, on: date) -> bool:
    """Whether a holiday was known on a day; one without a day of announcement always was."""
    return holiday.announced is None or holiday.announced <= on
