"""What a return is checked against: a commissioner's providers, what their agreements say, and the measures in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from attrs import define, field, frozen

from victims_code.arguments import need_path
from victims_code.commissioning.frameworks import OutcomeFramework, OutcomeMeasure
from victims_code.commissioning.returns.terms import ReportingTerms
from victims_code.errors import Fault, ReturnError, VictimsCodeError
from victims_code.figures import ReportingPeriod
from victims_code.reading.data_files import data_converter, repeated_ids
from victims_code.reading.documents import Document, read_document, read_yaml
from victims_code.reading.structuring import structure
from victims_code.working_days import WorkingDayCalendar

__all__ = ["DueReturn", "Provider", "Register"]


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
                faults += [
                    Fault(
                        code=fault.code, location=f"{where}: {fault.location}", message=fault.message, hint=fault.hint
                    )
                    for fault in problem.faults
                ]
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
