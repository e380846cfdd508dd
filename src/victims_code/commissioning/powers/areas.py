"""Police areas, and who is the local policing body of each on a day.

The powers over services for victims belong to the *local policing body* of a police area. Who that is has changed
and will change again, so it is a dated role and never taken from the name of an office.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.places import find_place
from victims_code.commissioning.records import Typed
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.law import Citation, Evidence
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced, Span


@frozen(kw_only=True)
class PolicingRole(Typed, Sourced):
    """A kind of local policing body, such as a police and crime commissioner."""

    id: str
    title: str
    elected: bool
    statement: str


@frozen(kw_only=True)
class Announcement(Sourced):
    """A change that has been announced and is not law."""

    id: str
    applies_to: tuple[str, ...]
    begins: date
    statement: str


@frozen(kw_only=True)
class Tenure(Typed, Sourced, Span):
    """Who holds the role in an area, from when until when; ``since`` None means as far back as the data goes."""

    role: str
    since: date | None
    title: str | None = None


@frozen(kw_only=True)
class LocalPolicingBody(Typed):
    """The local policing body of an area on a day, or why that cannot be told.

    ``role`` is None where it cannot be told; ``note`` then says why.
    """

    area: str
    role: PolicingRole | None
    title: str | None
    evidence: Evidence
    cites: tuple[Citation, ...] = field(repr=False)
    note: str | None = None

    @property
    def elected(self) -> bool | None:
        """Whether it is an *elected* local policing body, as several duties require; None where it cannot be told."""
        return None if self.role is None else self.role.elected


@frozen(kw_only=True)
class PoliceArea(Typed):
    """A police area with the codes other systems know it by.

    ``id`` is also the name (slug) that data.police.uk uses; ``cjs`` holds the force numbers of criminal justice
    systems, ``ons`` the code of the Office for National Statistics.
    """

    id: str
    title: str
    cjs: tuple[str, ...]
    ons: str
    country: str
    governance: tuple[Tenure, ...] = field(repr=False)
    cites: tuple[Citation, ...] = field(repr=False)
    evidence: Evidence

    @property
    def slug(self) -> str:
        """The name that data.police.uk uses."""
        return self.id

    def local_policing_body(self, on: Moment) -> LocalPolicingBody:
        """Who the local policing body is on a day.

        Before the first tenure on record, and after a change that is announced but not yet law, it cannot be told.

        >>> from datetime import date
        >>> police_area("north-yorkshire").local_policing_body(date(2020, 1, 1)).title
        'Police, Fire and Crime Commissioner for North Yorkshire'
        >>> police_area("north-yorkshire").local_policing_body(date(2024, 5, 7)).title
        'Mayor of York and North Yorkshire'
        >>> print(police_area("kent").local_policing_body(date(2029, 1, 1)).role)
        None
        """
        day = civil_date(on)
        tenure = next((tenure for tenure in self.governance if tenure.holds_on(day)), None)
        if tenure is None:
            first = self.governance[0]
            return LocalPolicingBody(
                area=self.id,
                role=None,
                title=None,
                evidence=first.evidence,
                cites=first.cites,
                note=f"Nothing is recorded for {self.title} before {format_date(first.since)}."
                if first.since
                else None,
            )
        change = next((a for a in _roles()[1].values() if tenure.role in a.applies_to and a.begins <= day), None)
        if change is not None:
            return LocalPolicingBody(
                area=self.id, role=None, title=None, evidence=change.evidence, cites=change.cites, note=change.statement
            )
        role = roles()[tenure.role]
        return LocalPolicingBody(
            area=self.id,
            role=role,
            title=tenure.title or role.title.format(area=self.title),
            evidence=tenure.evidence,
            cites=tenure.cites,
            note=tenure.note,
        )


@frozen(kw_only=True)
class _RolesFile:
    roles: tuple[PolicingRole, ...]
    announced: tuple[Announcement, ...]


@cache
def _roles() -> tuple[Mapping[str, PolicingRole], Mapping[str, Announcement]]:
    file = DataFile.open("commissioning/roles.yaml")
    read = file.one(_RolesFile)
    for n, announcement in enumerate(read.announced):
        for m, role in enumerate(announcement.applies_to):
            file.unknown(("announced", n, "applies_to", m), "role", role, (known.id for known in read.roles))
    file.finish()
    return by_id(read.roles), by_id(read.announced)


def roles() -> Mapping[str, PolicingRole]:
    """The kinds of local policing body, by identifier."""
    return _roles()[0]


@cache
def police_areas() -> Mapping[str, PoliceArea]:
    """The 43 police areas of England and Wales, by identifier.

    :raises LawDataError: if the data is broken.

    >>> len(police_areas()), sum(area.country == "england" for area in police_areas().values())
    (43, 39)
    """
    file = DataFile.open("commissioning/areas.yaml")
    areas = file.all(PoliceArea)
    for n, area in enumerate(areas):
        for m, tenure in enumerate(area.governance):
            file.unknown((n, "governance", m, "role"), "role", tenure.role, roles())
        for earlier, later in pairwise(area.governance):
            if earlier.until is None or later.since != earlier.until + timedelta(days=1):
                file.wrong((n, "governance"), faults.TENURES_OVERLAP_OR_LEAVE_A_GAP.at(area=area.title))
    file.finish()
    return by_id(areas)


@cache
def _identifiers() -> Mapping[str, str]:
    """The identifier of each police area by its name, whatever its capitals, hyphens and ampersands."""
    return {_letters(name): area.id for area in police_areas().values() for name in (area.id, area.title)}


def _letters(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").replace("-", " ").split())


@checked
def police_area(name: str) -> PoliceArea:
    """The police area of that name or identifier, CJS force number or ONS code.

    :raises UnknownNameError: naming the nearest ones, or the police area that a local authority of that name lies in.

    >>> police_area("22") is police_area("E23000016") is police_area("west-mercia")
    True
    >>> police_area("Devon & Cornwall").id
    'devon-and-cornwall'
    >>> police_area("shropshire")
    Traceback (most recent call last):
    ...
    victims_code.errors.UnknownNameError: 'shropshire' is not a police area. Shropshire lies in 'west-mercia'.
    [VC-NAME-001]
    """
    areas = police_areas()
    name = _identifiers().get(_letters(name), name)
    if name in areas:
        return areas[name]
    for area in areas.values():
        if name == area.ons or name in area.cjs:
            return area
    if name[:1].isdigit():
        known = ", ".join(sorted(code for area in areas.values() for code in area.cjs))
        raise UnknownNameError(faults.NO_SUCH_FORCE_NUMBER.at(name=name, known=known))
    if name[:1] in "EW" and name[1:].isdigit():
        raise UnknownNameError(
            faults.NO_SUCH_ONS_CODE.at(name=name, nearest=did_you_mean(name, (area.ons for area in areas.values())))
        )
    if (place := find_place(name)) is not None:
        lies_in = " and ".join(repr(area) for area in place.areas)
        raise UnknownNameError(faults.PLACE_AND_NOT_POLICE_AREA.at(name=name, place=place.name, area=lies_in))
    return named(areas, name, "police area")


AreaName = Annotated[str, lambda name: police_area(name).id]
"""A police area by its identifier, whichever of its names or numbers was given."""
