"""Who reports what, under which agreement, and when: the register of providers and their reporting terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import define, evolve, field, frozen, validators

from victims_code import faults
from victims_code.arguments import checked, class_checked_if_it_fails, need_path
from victims_code.commissioning.due import DueItem, DueKind
from victims_code.commissioning.outcomes import MeasureTie, OutcomeFramework, OutcomeMeasure
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.commissioning.records import Typed
from victims_code.commissioning.returns.receipts import Receipt, ReturnStatus
from victims_code.commissioning.returns.ties import ties_of
from victims_code.commissioning.value_bands import band_of, bands_hold
from victims_code.dates import add_months
from victims_code.errors import ReturnError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean
from victims_code.figures import ReportingPeriod, publication_defaults
from victims_code.money import Money
from victims_code.reading.data_files import data_converter, repeated_ids
from victims_code.reading.documents import Document, Keys, read_document, read_yaml
from victims_code.reading.structuring import structure
from victims_code.working_days import WorkingDayCalendar, england_and_wales

_A_YEAR = timedelta(days=366)


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

    >>> from datetime import date, timedelta
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
    def ending_in(self, within: ReportingPeriod) -> tuple[ReportingPeriod, ...]:
        """The periods of the agreement whose last day is in a stretch of days."""
        return tuple(period for period in self._around(within) if within.first <= period.last <= within.last)

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
class AskedMeasure(Typed):
    """A measure that is asked for.

    :param target: what is aimed at in each return; of a share in per cent.
    :param by: by what it is to be broken down, each with its parts, such as ``age`` with ``under 18`` and ``adult``.
    """

    measure: str
    target: Decimal | None = None
    by: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen(kw_only=True)
class ReportingBand:
    """How providers report whose agreement is worth ``at_least`` so many pounds a year.

    So a small grant is not made to report what a large contract does.
    """

    returns: ReportingTerms
    at_least: Money
    asks: tuple[AskedMeasure, ...] | None = None


@frozen(kw_only=True)
class Provider:
    """A provider of services, and how it reports if its agreement says otherwise than the register.

    :param asks: the measures it is asked for.
    :param services: its services, if each reports apart.
    :param value: what its agreement is worth in a year, in pounds, where reporting goes by that.
    :param since: the first day of its agreement, and ``until`` the last; a return is owed for what lies between.
    :param contact: who is reminded, such as an address for post of the organisation.
    """

    id: str
    title: str = ""
    returns: ReportingTerms | None = None
    asks: tuple[AskedMeasure, ...] | None = None
    services: tuple[str, ...] = ()
    value: Money | None = None
    since: date | None = None
    until: date | None = None
    contact: str | None = None

    @property
    def name(self) -> str:
        """Its title, or its identifier where it has none."""
        return self.title or self.id

    def is_bound_in(self, period: ReportingPeriod) -> bool:
        """Whether its agreement runs on any day of a period."""
        return (self.since is None or self.since <= period.last) and (self.until is None or period.first <= self.until)


@frozen(kw_only=True)
class DueReturn:
    """A return that a provider owes; ``due`` is None where no agreement says by when."""

    provider: str
    period: ReportingPeriod
    due: date | None


@frozen(kw_only=True)
class RegisterFile:
    """The keys of a register's file. A framework is one that ships with the package, or a file beside the register."""

    commissioner: str
    providers: tuple[Provider, ...]
    frameworks: tuple[str, ...] = ()
    returns: ReportingTerms = field(factory=ReportingTerms)
    asks: tuple[AskedMeasure, ...] | None = None
    by_value: tuple[ReportingBand, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    followed_since: date | None = None


@define(kw_only=True, slots=False, frozen=True)
class Register:
    """A commissioner's providers and frameworks.

    :param providers: None if they are not known; then no provider is refused.
    :param frameworks: the outcome frameworks in use; where two have a measure of the same name the later one holds.
    :param returns: how a provider reports whose own entry does not say.
    :param asks: what a provider is asked for whose own entry does not say; None for every measure.
    :param by_value: how providers report by what their agreement is worth; the highest band that it reaches holds.
    :param receipts: the returns that came, each with its day.
    :param followed_since: the day from which receipts were kept; by default the first day of the financial year.

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
    asks: tuple[AskedMeasure, ...] | None = None
    by_value: tuple[ReportingBand, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    followed_since: date | None = None

    @classmethod
    def from_file(cls, path: str | Path) -> Register:
        """A register from a YAML or JSON file; a framework that ends in ``.yaml`` is read from beside it.

        :raises ReturnError: with every fault at once.
        :raises LawDataError: if a framework of the commissioner's own is broken.
        """
        return cls.from_document(read_document(path, error=ReturnError), need_path(path).parent)

    @classmethod
    @checked
    def from_yaml(cls, text: str, *, source: str = "") -> Register:
        """A register from YAML text, with frameworks that ship with the package.

        :raises ReturnError: with every fault at once.
        """
        return cls.from_document(read_yaml(text, source=source, error=ReturnError), Path())

    @classmethod
    @checked
    def from_document(cls, document: Document, folder: Path) -> Register:
        """A register from a file once read.

        :param folder: where its own frameworks are.
        :raises ReturnError: with every fault at once.
        """
        wrong: list[Fault] = []
        file = structure(data_converter(), document.data, RegisterFile, document, faults=wrong)
        wrong += repeated_ids([((), file)], document)
        frameworks: list[OutcomeFramework] = []
        for n, name in enumerate(file.frameworks if file else ()):
            try:
                own = name.endswith((".yaml", ".yml", ".json"))
                frameworks.append(OutcomeFramework.from_file(folder / name) if own else OutcomeFramework.load(name))
            except VictimsCodeError as problem:
                where = document.where(("frameworks", n))
                wrong += [evolve(fault, location=f"{where}: {fault.location}") for fault in problem.faults]
        if wrong or file is None:
            raise ReturnError(*wrong)
        given: dict[str, Any] = {"frameworks": tuple(frameworks)} if frameworks else {}
        names = ("commissioner", "providers", "returns", "asks", "by_value", "receipts", "followed_since")
        register = cls(**{name: getattr(file, name) for name in names}, **given)
        if wrong := list(register._contradictions(document)):
            raise ReturnError(*wrong)
        return register

    def _contradictions(self, document: Document) -> Iterator[Fault]:
        """Measures that no framework in use has, a value that is not stated, and receipts of what is not owed."""
        lists: list[tuple[Keys, tuple[AskedMeasure, ...] | None]] = [(("asks",), self.asks)]
        lists += [(("by_value", n, "asks"), band.asks) for n, band in enumerate(self.by_value)]
        lists += [(("providers", n, "asks"), one.asks) for n, one in enumerate(self.providers or ())]
        used = ", ".join(framework.id for framework in self.frameworks)
        for keys, asked in lists:
            for n, one in enumerate(asked or ()):
                if one.measure not in self.measures:
                    yield faults.NO_SUCH_MEASURE.at(
                        document.where((*keys, n, "measure")),
                        name=one.measure,
                        frameworks=used,
                        nearest=did_you_mean(one.measure, self.measures),
                    )
        for check in bands_hold("by_value"):
            yield from (evolve(one.fault, location=document.where(one.keys)) for one in check(self))
        for n, provider in enumerate(self.providers or ()):
            if self.by_value and provider.returns is None and provider.value is None:
                yield faults.PROVIDER_WITHOUT_A_VALUE.at(document.where(("providers", n)), name=provider.id)
        for n, receipt in enumerate(self.receipts):
            if (fault := self.not_owed(receipt.provider, receipt.days)) is not None:
                yield evolve(fault, location=document.where(("receipts", n)))

    @cached_property
    def measures(self) -> Mapping[str, OutcomeMeasure]:
        """Every measure in use, by its identifier."""
        return MappingProxyType({measure.id: measure for work in self.frameworks for measure in work.measures})

    @cached_property
    def ties(self) -> tuple[MeasureTie, ...]:
        """Which figures of the measures in use are sums of others."""
        return ties_of(self.frameworks)

    @checked
    def cautions(self, measures: Collection[str]) -> tuple[str, ...]:
        """What is said first of some measures, such as that the list is not the ministry's own."""
        used = (work for work in self.frameworks if any(measure.id in measures for measure in work.measures))
        return tuple(dict.fromkeys(work.caution for work in used if work.caution))

    @cached_property
    def _by_id(self) -> Mapping[str, Provider]:
        return {provider.id: provider for provider in self.providers or ()}

    def knows(self, provider: str) -> bool:
        """Whether a provider is one of the register's; every provider is, where the register has no list."""
        return self.providers is None or provider in self._by_id

    @checked
    def terms(self, provider: str) -> ReportingTerms:
        """How a provider reports: as its own entry says, or the band of its value, or the register."""
        entry, band = self._by_id.get(provider), self._band(provider)
        if entry is not None and entry.returns is not None:
            return entry.returns
        return self.returns if band is None else band.returns

    @checked
    def asked(self, provider: str) -> tuple[AskedMeasure, ...] | None:
        """What a provider is asked for: as its own entry says, or the band of its value, or the register.

        None where none of them says, so that every measure may be reported and none is missed.
        """
        entry, band = self._by_id.get(provider), self._band(provider)
        if entry is not None and entry.asks is not None:
            return entry.asks
        return self.asks if band is None or band.asks is None else band.asks

    @checked
    def asks_for(self, provider: str, measure: str) -> bool:
        """Whether a provider is asked for a measure; every one is, where nothing says what is asked."""
        asked = self.asked(provider)
        return asked is None or any(one.measure == measure for one in asked)

    def _band(self, provider: str) -> ReportingBand | None:
        value = getattr(self._by_id.get(provider), "value", None)
        return None if value is None else band_of(value, self.by_value)

    @checked
    def not_owed(self, provider: str, period: ReportingPeriod) -> Fault | None:
        """What is wrong with a return of a provider for a period, if it does not owe one; None if it does."""
        if not self.knows(provider):
            nearest = did_you_mean(provider, self._by_id, listing="Providers")
            return faults.NO_SUCH_PROVIDER.at(name=provider, nearest=nearest)
        terms = self.terms(provider)
        if self.providers is None or terms.knows(period):
            return None
        months = "month" if terms.every_months == 1 else f"{terms.every_months} months"
        around = ReportingPeriod(first=period.first - _A_YEAR, last=period.last + _A_YEAR)
        return faults.NOT_A_PERIOD_OF_THE_AGREEMENT.at(
            provider=provider,
            months=months,
            clause=f" ({terms.agreement})" if terms.agreement else "",
            period=period.label,
            near=", ".join(one.label for one in terms.periods(around) if one.overlaps(period)),
        )

    def due(self, within: ReportingPeriod, *, calendar: WorkingDayCalendar | None = None) -> tuple[DueReturn, ...]:
        """The returns the providers owe for the periods that lie within a stretch of days.

        :param calendar: by default the working days of England and Wales.
        """
        return tuple(
            DueReturn(provider=id_, period=period, due=self.terms(id_).due(period, calendar=calendar))
            for id_, provider in self._by_id.items()
            for period in self.terms(id_).periods(within)
            if provider.is_bound_in(period)
        )

    def provider(self, id_: str) -> Provider:
        """The provider of an identifier; of one that the register does not list only that is known."""
        return self._by_id.get(id_) or Provider(id=id_)

    def statuses(
        self, on: date, *, within: ReportingPeriod | None = None, calendar: WorkingDayCalendar | None = None
    ) -> tuple[ReturnStatus, ...]:
        """Every return that is owed, whether it came, and how late, as known on a day.

        :param within: by default from ``followed_since`` to the end of the financial year of the day.
        :param calendar: by default the working days of England and Wales.
        """
        working_days = calendar or england_and_wales()
        year = ReportingPeriod.of_year(on)
        if within is None:
            within = ReportingPeriod(first=min(self.followed_since or year.first, year.last), last=year.last)
        return tuple(
            ReturnStatus.of(
                provider=owed.provider,
                name=self.provider(owed.provider).name,
                period=owed.period,
                due=owed.due,
                receipts=[one for one in self.receipts if (one.provider, one.days) == (owed.provider, owed.period)],
                on=on,
                calendar=working_days,
            )
            for owed in self.due(within, calendar=working_days)
        )

    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The returns that have not come: first those that are overdue, then those that will be due."""
        open_ = [status for status in self.statuses(on) if status.is_open]
        items = [
            DueItem(
                day=status.due,
                what=f"Get the return of {status.name} for {status.period.in_words}.",
                owner="",
                about=f"{status.provider} {status.period.label}",
                kind=DueKind.RETURN,
            )
            for status in open_
        ]
        return tuple(sorted(items, key=lambda item: (item.day or date.max, item.about)))
