"""Services that are commissioned nationally, with their commissioners and providers by date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from attrs import frozen

from victims_code.commissioning.needs import need_categories
from victims_code.commissioning.services import Arrangement, Service, service_vocabulary
from victims_code.dates import Moment, civil_date
from victims_code.law import Citation, Evidence
from victims_code.reading.data_files import DataFile, by_id

__all__ = ["NationalService", "NationalTerm", "national_services"]


@frozen(kw_only=True)
class NationalTerm:
    """Who commissioned a national service from whom, as far as the days were read."""

    commissioner: str
    provider: str | None
    since: date | None
    until: date | None
    cites: tuple[Citation, ...]
    evidence: Evidence
    note: str | None = None

    def covers(self, on: date) -> bool:
        """Whether the days of the arrangement, as far as they are known, include a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@frozen(kw_only=True)
class NationalService:
    """A service commissioned for all of England and Wales."""

    id: str
    title: str
    kind: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    statement: str
    terms: tuple[NationalTerm, ...]
    cites: tuple[Citation, ...]
    evidence: Evidence

    def term_on(self, on: Moment) -> NationalTerm | None:
        """The arrangement of a day, the latest that began if several do; None if none is known.

        >>> national_services()["witness-service"].term_on(date(2016, 1, 1)).provider
        'Citizens Advice'
        """
        day = civil_date(on)
        fitting = [term for term in self.terms if term.covers(day)]
        return max(fitting, key=lambda term: term.since or date.min) if fitting else None

    def as_service(self, on: Moment) -> Service | None:
        """The service as it stands in a directory on a day; None if no arrangement of that day is known.

        Whether it is free, confidential and open to the unreported was not read, so the record does not say.
        """
        term = self.term_on(on)
        if term is None:
            return None
        return Service(
            reference=self.id,
            name=self.title,
            kind=self.kind,
            provider=term.provider or "not known",
            arrangement=Arrangement.CONTRACT,
            commissioner=term.commissioner,
            national=True,
            groups=self.groups,
            needs=self.needs or None,
            note=" ".join(part for part in (self.statement, term.note) if part),
        )


@cache
def national_services() -> Mapping[str, NationalService]:
    """The nationally commissioned services, by identifier.

    :raises LawDataError: if the data is broken.

    >>> list(national_services())[:3]
    ['homicide-service', 'witness-service', 'rape-support-centres']
    """
    file = DataFile.open("commissioning/national-services.yaml")
    services = file.all(NationalService)
    words = service_vocabulary()
    for n, service in enumerate(services):
        file.unknown((n, "kind"), "kind of service", service.kind, words.kinds)
        for m, group in enumerate(service.groups):
            file.unknown((n, "groups", m), "group of victims", group, words.groups)
        for m, need in enumerate(service.needs):
            file.unknown((n, "needs", m), "category of need", need, need_categories())
    file.finish()
    return by_id(services)
