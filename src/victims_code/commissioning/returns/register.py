"""Who reports, under which agreement, and when: the register of providers and their reporting terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from attrs import define, evolve, field, frozen, validators

from victims_code.arguments import checked, class_checked_if_it_fails, need_path
from victims_code.commissioning.outcomes import OutcomeFramework, OutcomeMeasure
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.dates import add_months
from victims_code.errors import ReturnError, VictimsCodeError
from victims_code.faults import Fault
from victims_code.figures import ReportingPeriod, publication_defaults
from victims_code.reading.data_files import data_converter, repeated_ids
from victims_code.reading.documents import Document, read_document, read_yaml
from victims_code.reading.structuring import structure
from victims_code.working_days import WorkingDayCalendar, england_and_wales


def _every_months() -> int:
    return reporting_rules().returns.every_months


def _first_month() -> int:
    return publication_defaults().financial_year.first_month


@class_checked_if_it_fails
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

    @checked
    def periods(self, within: ReportingPeriod) -> tuple[ReportingPeriod, ...]:
        """The periods of the agreement that lie wholly within a stretch of days."""
        return tuple(period for period in self._around(within) if within.contains(period))

    @checked
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


@frozen(kw_only=True)
class Provider:
    """A provider of services, and how it reports if its agreement says otherwise than the register."""

    id: str
    title: str = ""
    returns: ReportingTerms | None = None


@frozen(kw_only=True)
class DueReturn:
    """A return that a provider owes; ``due`` is None where no agreement says by when."""

    provider: str
    period: ReportingPeriod
    due: date | None


@frozen(kw_only=True)
class _RegisterFile:
    commissioner: str
    providers: tuple[Provider, ...]
    frameworks: tuple[str, ...] = ()
    returns: ReportingTerms = field(factory=ReportingTerms)


@define(kw_only=True, slots=False, frozen=True)
class Register:
    """A commissioner's providers and frameworks.

    :param providers: None if they are not known; then no provider is refused.
    :param frameworks: the outcome frameworks in use; where two have a measure of the same name the later one holds.
    :param returns: how a provider reports whose own entry does not say.

    >>> register = Register.from_yaml('''
    ... commissioner: Police and Crime Commissioner for Borsetshire
    ... frameworks: [victims-funding-strategy-2022]
    ... providers:
    ...   - {id: harbour, returns: {every_months: 6, due_within: 15, agreement: 'Grant agreement H1, clause 9'}}
    ...   - {id: lantern}
    ... ''')
    >>> [(due.provider, due.period.label, due.due) for due in register.due(ReportingPeriod.year(2025))][0]
    ('harbour', '2025-04-01/2025-09-30', datetime.date(2025, 10, 21))
    """

    commissioner: str = ""
    providers: tuple[Provider, ...] | None = None
    frameworks: tuple[OutcomeFramework, ...] = field(
        factory=lambda: tuple(OutcomeFramework.load(name) for name in OutcomeFramework.names())
    )
    returns: ReportingTerms = field(factory=ReportingTerms)

    @classmethod
    def from_file(cls, path: str | Path) -> Register:
        """A register from a YAML or JSON file; a framework that ends in ``.yaml`` is read from beside it.

        :raises ReturnError: with every fault at once.
        :raises LawDataError: if a framework of the commissioner's own is broken.
        """
        return cls._read(read_document(path, error=ReturnError), need_path(path).parent)

    @classmethod
    @checked
    def from_yaml(cls, text: str, *, source: str = "") -> Register:
        """A register from YAML text, with frameworks that ship with the package.

        :raises ReturnError: with every fault at once.
        """
        return cls._read(read_yaml(text, source=source, error=ReturnError), Path())

    @classmethod
    def _read(cls, document: Document, folder: Path) -> Register:
        faults: list[Fault] = []
        file = structure(data_converter(), document.data, _RegisterFile, document, faults=faults)
        faults += repeated_ids([((), file)], document)
        frameworks: list[OutcomeFramework] = []
        for n, name in enumerate(file.frameworks if file else ()):
            try:
                own = name.endswith((".yaml", ".yml", ".json"))
                frameworks.append(OutcomeFramework.from_file(folder / name) if own else OutcomeFramework.load(name))
            except VictimsCodeError as problem:
                where = document.where(("frameworks", n))
                faults += [evolve(fault, location=f"{where}: {fault.location}") for fault in problem.faults]
        if faults or file is None:
            raise ReturnError(*faults)
        given = {"frameworks": tuple(frameworks)} if frameworks else {}
        return cls(commissioner=file.commissioner, providers=file.providers, returns=file.returns, **given)

    @cached_property
    def measures(self) -> Mapping[str, OutcomeMeasure]:
        """Every measure in use, by its identifier."""
        return MappingProxyType({measure.id: measure for work in self.frameworks for measure in work.measures})

    @cached_property
    def _by_id(self) -> Mapping[str, Provider]:
        return {provider.id: provider for provider in self.providers or ()}

    def knows(self, provider: str) -> bool:
        """Whether a provider is one of the register's; every provider is, where the register has no list."""
        return self.providers is None or provider in self._by_id

    @checked
    def terms(self, provider: str) -> ReportingTerms:
        """How a provider reports: as its own entry says, or as the register does."""
        entry = self._by_id.get(provider)
        return self.returns if entry is None or entry.returns is None else entry.returns

    def due(self, within: ReportingPeriod, *, calendar: WorkingDayCalendar | None = None) -> tuple[DueReturn, ...]:
        """The returns the providers owe for the periods that lie within a stretch of days.

        :param calendar: by default the working days of England and Wales.
        """
        return tuple(
            DueReturn(provider=id_, period=period, due=self.terms(id_).due(period, calendar=calendar))
            for id_ in self._by_id
            for period in self.terms(id_).periods(within)
        )
