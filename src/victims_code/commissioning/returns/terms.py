"""What an agreement says of returns: how often, from which month, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen, validators

from victims_code.commissioning.reporting import reporting_rules
from victims_code.dates import add_months
from victims_code.figures import ReportingPeriod, publication_defaults
from victims_code.working_days import WorkingDayCalendar, england_and_wales

__all__ = ["ReportingTerms"]


def _every_months() -> int:
    return reporting_rules().returns.every_months


def _first_month() -> int:
    return publication_defaults().financial_year.first_month


@frozen(kw_only=True)
class ReportingTerms:
    """How a provider reports. Without an agreement that says otherwise: every quarter of the financial year.

    :param every_months: months in a return: 1, 2, 3, 4, 6 or 12.
    :param first_month: the month with which the reporting year begins.
    :param due_within: working days from the last day of the period to the day the return is due. No source gives a
        number, so without one in the agreement there is no due date.
    :param agreement: the clause that says so.

    >>> from datetime import date
    >>> terms = ReportingTerms(due_within=10, agreement="Grant agreement, clause 9")
    >>> terms.due(ReportingPeriod.quarter(2025, 4))                  # Good Friday and Easter Monday are not counted
    datetime.date(2026, 4, 16)
    >>> print(ReportingTerms().due(ReportingPeriod.quarter(2025, 4)))
    None
    """

    every_months: int = field(factory=_every_months, validator=validators.in_((1, 2, 3, 4, 6, 12)))
    first_month: int = field(factory=_first_month, validator=[validators.ge(1), validators.le(12)])
    due_within: int | None = field(default=None, validator=validators.optional(validators.ge(1)))
    agreement: str | None = None

    def periods(self, within: ReportingPeriod) -> tuple[ReportingPeriod, ...]:
        """The periods of the agreement that lie wholly within a stretch of days."""
        return tuple(period for period in self._around(within) if within.contains(period))

    def knows(self, period: ReportingPeriod) -> bool:
        """Whether a period is one of the agreement's."""
        return period in self._around(period)

    def due(self, period: ReportingPeriod, *, calendar: WorkingDayCalendar | None = None) -> date | None:
        """The day the return of a period is due, or None if the agreement does not say.

        The last day of the period is day zero.

        :param calendar: by default the working days of England and Wales.
        """
        if self.due_within is None:
            return None
        return (calendar or england_and_wales()).add(period.last, self.due_within)

    def _around(self, within: ReportingPeriod) -> Iterator[ReportingPeriod]:
        first = date(within.first.year - 1, self.first_month, 1)
        while first <= within.last:
            yield ReportingPeriod.months_from(first, self.every_months)
            first = add_months(first, self.every_months)
