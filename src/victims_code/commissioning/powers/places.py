"""Places that services are for: local authorities, counties and community safety partnerships, with their police area.

A town or village is written before its authority, ``Ludlow, Shropshire``, because there is no list of them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.records import Typed
from victims_code.conditions import Truth
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.reading.data_files import DataFile
from victims_code.reading.sources import Sourced

_OFFICE = re.compile(r"(?: (?:county|city|borough|district|metropolitan borough))? council$|, (?:county|city) of$")


@frozen(kw_only=True)
class LocalAuthority(Typed):
    """A district, unitary authority or borough with its code of the Office for National Statistics.

    ``county`` and ``partnership`` are the codes of the county council above it and of its community safety partnership;
    None where there is no county council, or the partnership is not known.
    """

    ons: str
    title: str
    area: str
    county: str | None = None
    partnership: str | None = None


@frozen(kw_only=True)
class _Named:
    ons: str
    title: str


@frozen(kw_only=True)
class _PlacesFile(Sourced):
    counties: tuple[_Named, ...]
    partnerships: tuple[_Named, ...]
    authorities: tuple[LocalAuthority, ...]


@frozen(kw_only=True)
class Place(Typed):
    """A place as a set of whole local authorities, or as a town or village (``locality``) in one of them."""

    name: str
    code: str
    authorities: tuple[LocalAuthority, ...] = field(repr=False)
    locality: str | None = None

    @property
    def areas(self) -> tuple[str, ...]:
        """The police areas that it lies in."""
        return tuple(dict.fromkeys(authority.area for authority in self.authorities))

    def covers(self, other: Place) -> Truth:
        """Whether what is open in this place is open to all of another; None if it is open only in a part of that.

        Two towns of an authority that are spelt almost alike may be one, misspelt: that is not known either.

        >>> place("Worcestershire").covers(place("Malvern Hills")), place("Shropshire").covers(place("Malvern Hills"))
        (True, False)
        >>> print(place("Ludlow, Shropshire").covers(place("Shropshire")))
        None
        >>> place("Ludlow, Shropshire").covers(place("Oswestry, Shropshire"))
        False
        >>> print(place("Ludlow, Shropshire").covers(place("Ludow, Shropshire")))
        None
        """
        mine, theirs = set(self.authorities), set(other.authorities)
        if not mine & theirs:
            return False
        if self.locality is not None:
            return None if other.locality is None else _same_town(self.locality, other.locality)
        return True if theirs <= mine else None


_ALIKE = 0.7
"""From which likeness on two names of towns may be one: one letter wrong in a name of four."""


def _same_town(one: str, other: str) -> Truth:
    names = [_NOT_A_LETTER.sub(" ", name.casefold().replace("'", "").replace("’", "")).split() for name in (one, other)]
    if names[0] == names[1]:
        return True
    return None if SequenceMatcher(None, " ".join(names[0]), " ".join(names[1])).ratio() >= _ALIKE else False


_NOT_A_LETTER = re.compile(r"[\W_]+")


@cache
def _places() -> _PlacesFile:
    file = DataFile.open("commissioning/local-authorities.yaml")
    read = file.one(_PlacesFile)
    for n, authority in enumerate(read.authorities):
        for key, known in (("county", read.counties), ("partnership", read.partnerships)):
            if (code := getattr(authority, key)) is not None:
                file.unknown(("authorities", n, key), key, code, [one.ons for one in known])
    file.finish()
    return read


@cache
def local_authorities() -> Mapping[str, LocalAuthority]:
    """The local authorities of England and Wales by their codes.

    :raises LawDataError: if the data is broken.

    >>> len(local_authorities()), local_authorities()["E06000051"].title
    (318, 'Shropshire')
    """
    return {authority.ons: authority for authority in _places().authorities}


@checked
def authorities_of(area: str) -> tuple[LocalAuthority, ...]:
    """The local authorities in a police area, in the order of their codes.

    :param area: the identifier of the police area.

    >>> [authority.title for authority in authorities_of("west-mercia")][:3]
    ['Herefordshire, County of', 'Telford and Wrekin', 'Shropshire']
    """
    return tuple(authority for authority in _places().authorities if authority.area == area)


@cache
def _by_name() -> Mapping[str, Place]:
    """Every place by its code and its name; an authority goes before a county, and that before a partnership."""
    read, found = _places(), dict[str, Place]()

    def add(code: str, title: str, authorities: Iterable[LocalAuthority]) -> None:
        one = Place(name=title, code=code, authorities=tuple(authorities))
        for name in (code.lower(), title.lower(), _plain(title)):
            found.setdefault(name, one)

    for authority in read.authorities:
        add(authority.ons, authority.title, [authority])
    for key, listed in (("county", read.counties), ("partnership", read.partnerships)):
        for one in listed:
            add(one.ons, one.title, [a for a in read.authorities if getattr(a, key) == one.ons])
    return found


def _plain(name: str) -> str:
    return _OFFICE.sub("", " ".join(name.lower().replace("&", "and").split()))


@checked
def place(name: str) -> Place:
    """The place of that name or ONS code: a local authority, a county, a community safety partnership, or a town.

    :raises UnknownNameError: naming the nearest ones.

    >>> place("Shropshire Council") is place("E06000051"), place("North Worcestershire").authorities[0].title
    (True, 'Bromsgrove')
    >>> place("Ludlow, Shropshire").locality
    'Ludlow'
    >>> place("Narnia")
    Traceback (most recent call last):
    ...
    victims_code.errors.UnknownNameError: There is no local authority, county or partnership 'Narnia'. Write a town or
    village before its authority: 'Ludlow, Shropshire'. [VC-NAME-001]
    """
    if (found := find_place(name)) is not None:
        return found
    nearest = did_you_mean(name.rpartition(",")[2].strip(), {one.name for one in _by_name().values()})
    hint = f"{nearest} " if nearest.startswith("Did you mean") else ""
    raise UnknownNameError(faults.NO_SUCH_PLACE.at(name=name, nearest=hint))


def find_place(name: str) -> Place | None:
    """The place of that name or ONS code, or None if there is none."""
    known = _by_name()
    if (found := known.get(name.lower()) or known.get(_plain(name))) is not None:
        return found
    for comma in re.finditer(",", name):
        locality, whole = name[: comma.start()].strip(), known.get(_plain(name[comma.end() :]))
        if locality and whole is not None:
            written = f"{locality}, {whole.name}"
            return Place(name=written, code=whole.code, authorities=whole.authorities, locality=locality)
    return None


PlaceName = Annotated[str, lambda name: place(name).name]
"""A place by its name as the list has it, whichever of its names or its code was given."""
