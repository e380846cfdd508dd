"""The directory of services, local and national, and where to point a victim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding
from victims_code.commissioning.services.needs import NeedName, need_categories
from victims_code.commissioning.services.service import (
    Arrangement,
    Service,
    VictimGroup,
    check_service,
    service_vocabulary,
)
from victims_code.commissioning.validators import one_of
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced, Span
from victims_code.reading.structuring import Contradiction, each


@frozen(kw_only=True)
class NationalTerm(Sourced, Span):
    """Who commissioned a national service from whom, as far as the days were read."""

    commissioner: str
    provider: str | None
    since: date | None
    until: date | None


@frozen(kw_only=True)
class NationalService(Sourced):
    """A service commissioned for all of England and Wales."""

    id: str
    title: str
    kind: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    statement: str
    terms: tuple[NationalTerm, ...]

    __repr__ = one_line_repr("{0.id}: {0.title}")

    def term_on(self, on: Moment) -> NationalTerm | None:
        """The arrangement of a day, the latest that began if several do; None if none is known.

        >>> national_services()["witness-service"].term_on(date(2016, 1, 1)).provider
        'Citizens Advice'
        """
        day = civil_date(on)
        fitting = [term for term in self.terms if term.holds_on(day)]
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


@frozen(kw_only=True)
class Signpost:
    """A service a victim can be pointed to.

    ``fits`` is True if it answers all that was asked, and None if its record does not say whether it does; ``unstated``
    then names what it does not say.
    """

    service: Service
    fits: Truth
    unstated: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0}")

    def __str__(self) -> str:
        service = self.service
        where = "nationally" if service.national else ", ".join(service.within or service.areas)
        paid = "commissioned" if service.commissioned else "not commissioned"
        doubt = f"; not stated: {', '.join(self.unstated)}" if self.unstated else ""
        return f"{service.name} ({service.provider}), {where}, {paid}{doubt}"

    def to_dict(self) -> dict[str, Plain]:
        """The signpost as plain values."""
        return {"service": self.service.to_dict(), "fits": self.fits, "unstated": list(self.unstated)}


@frozen(kw_only=True)
class Directory(CommissioningRecord):
    """The services of an area, commissioned and other ones, to which national services are added.

    :param services: the services, each with a reference of its own.
    :param with_national: whether the nationally commissioned services that ship with the package are listed too.
    :raises CommissioningError: with every fault.

    >>> directory = Directory.from_yaml('''
    ... services:
    ...   - reference: VAL
    ...     name: Victim Advice Line
    ...     kind: front-door
    ...     provider: West Mercia Police
    ...     arrangement: grant
    ...     commissioner: PCC for West Mercia
    ...     areas: [west-mercia]
    ...     everybody: true
    ...     needs: [finance-and-benefits, outlook-and-attitudes]
    ...   - reference: brake
    ...     name: Brake
    ...     kind: helpline
    ...     provider: Brake
    ...     arrangement: not-commissioned
    ...     national: true
    ...     groups: [road-collisions]
    ... ''')
    >>> found = directory.find(need="finance-and-benefits", area="west-mercia", group="road-collisions",
    ...                        on=date(2026, 4, 1))
    >>> for signpost in found:
    ...     print(signpost)
    Victim Advice Line (West Mercia Police), west-mercia, commissioned
    Brake (Brake), nationally, not commissioned; not stated: needs
    National telephone helplines (not known), nationally, commissioned; not stated: needs, groups
    """

    services: tuple[Service, ...]
    title: str | None = None
    with_national: bool = True

    def _references_differ(self) -> Iterator[Contradiction]:
        seen: set[str] = set(national_services()) if self.with_national else set()
        for n, reference in each(self, "services", "reference"):
            if reference in seen:
                yield Contradiction(("services", n, "reference"), faults.SERVICE_NAME_TWICE.at(reference=reference))
            seen.add(reference)

    checks = (
        _references_differ,
        one_of(
            "services[].depends_on[]",
            lambda directory: {service.reference for service in directory.services} | set(national_services()),
            faults.NOT_IN_THE_DIRECTORY,
        ),
    )

    def get(self, reference: str) -> Service:
        """The service of that reference, not counting national ones.

        :raises UnknownNameError: naming the nearest ones.
        """
        return named({service.reference: service for service in self.services}, reference, "service")  # type: ignore[type-var]

    @checked
    def find(
        self,
        *,
        need: NeedName | None = None,
        area: AreaName | None = None,
        group: VictimGroup | None = None,
        on: Moment,
    ) -> tuple[Signpost, ...]:
        """The services to point a victim to, commissioned and other ones.

        Services whose record says that they do not fit are left out. Those that fit in all that was asked come first,
        then those whose record does not say; within each, local ones before national ones.

        :param need: a category of need.
        :param area: a police area, by its identifier, force number or ONS code.
        :param group: a group of victims.
        :param on: the day; services that do not run then are left out.
        :raises UnknownNameError: if the need, area or group does not exist; all of them at once.
        """
        day = civil_date(on)
        signposts = [
            signpost
            for service in self._all(day)
            if service.runs_on(day)
            and (area is None or service.serves(area))
            and (signpost := _signpost(service, need, group)) is not None
        ]
        return tuple(sorted(signposts, key=lambda s: (len(s.unstated), s.service.national, not s.service.commissioned)))

    def _all(self, on: date) -> Iterator[Service]:
        yield from self.services
        if self.with_national:
            for national in national_services().values():
                service = national.as_service(on)
                if service is not None:
                    yield service

    def check(self, *, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What every service of the directory is held to and does not meet, duplication included."""
        return tuple(
            found for service in self.services for found in check_service(service, as_at=as_at, others=self.services)
        )


def _signpost(service: Service, need: str | None, group: str | None) -> Signpost | None:
    answers = {
        "needs": True if need is None else service.meets(need),
        "groups": True if group is None else service.is_for(group),
    }
    if False in answers.values():
        return None
    unstated = tuple(name for name, answer in answers.items() if answer is None)
    return Signpost(service=service, fits=None if unstated else True, unstated=unstated)
