"""How a victim reaches a service: where it is, when it is open, by which number, at what cost, and who runs it.

Nothing here is invented: a number or an hour that no one has given is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.commissioning.powers.places import PlaceName
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.services.words import AccessName, LanguageName
from victims_code.commissioning.validators import all_different, in_order, never, word
from victims_code.money import Money
from victims_code.reading.structuring import Contradiction

_NUMBER = re.compile(r"\+?[\d ()-]{3,20}")


WEEKDAYS = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
"""The days of the week, each with its two letters in iCalendar and Open Referral."""
_DayName = Annotated[str, word("day of the week", lambda: WEEKDAYS, listing="Days")]


@frozen(kw_only=True)
class Phone(CommissioningRecord):
    """A telephone number as it is dialled, and what it is for.

    >>> Phone(number="ring us")
    Traceback (most recent call last):
    ...
    victims_code.errors.CommissioningError: number: 'ring us' is not a telephone number. ... [VC-COM-004]
    """

    number: str
    extension: int | None = None
    kind: str | None = None
    note: str | None = None
    languages: tuple[LanguageName, ...] = ()

    def _is_a_number(self) -> Iterator[Contradiction]:
        if not _NUMBER.fullmatch(self.number) or sum(letter.isdigit() for letter in self.number) < 3:
            yield Contradiction(("number",), faults.NOT_A_TELEPHONE_NUMBER.at(number=self.number))

    checks = (_is_a_number,)


@frozen(kw_only=True)
class Opening(CommissioningRecord):
    """When a service is open: on which days of the week, from when to when, and during which dates.

    :param weeks: in which weeks of a month, such as 1 for the first and -1 for the last; empty for every week.
    :param every_weeks: 2 for every other week.
    """

    days: tuple[_DayName, ...] = ()
    opens: time | None = None
    closes: time | None = None
    weeks: tuple[int, ...] = ()
    every_weeks: int = 1
    since: date | None = None
    until: date | None = None
    how: str | None = None
    note: str | None = None

    checks = (all_different("days[]"), in_order("since", "until"))


@frozen(kw_only=True)
class Cost(CommissioningRecord):
    """What a victim pays for what; None if the sum is not known."""

    option: str | None = None
    amount: Money | None = None
    note: str | None = None
    since: date | None = None
    until: date | None = None

    checks = (in_order("since", "until"),)


@frozen(kw_only=True)
class ServiceContact(CommissioningRecord):
    """A person or desk to turn to."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phones: tuple[Phone, ...] = ()


class LocationKind(StrEnum):
    """Whether a location is a building, an address for letters, or somewhere online."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"


@frozen(kw_only=True)
class ServiceLocation(CommissioningRecord):
    """A place where a service is given.

    :param district: the local authority, by name or ONS code, or a town in one.
    :param confidential: whether the address must not be published, as that of a refuge; it is never exported.
    :param access: ways of access; None if the record does not say.
    """

    name: str
    reference: str | None = None
    kind: LocationKind = LocationKind.PHYSICAL
    address: str | None = None
    town: str | None = None
    county: str | None = None
    postcode: str | None = None
    district: PlaceName | None = None
    uprn: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    access: tuple[AccessName, ...] | None = None
    access_note: str | None = None
    confidential: bool = False
    note: str | None = None

    checks = (
        never("latitude", lambda one: one.latitude is not None and abs(one.latitude) > 90, faults.NOT_A_LATITUDE),
        never("longitude", lambda one: one.longitude is not None and abs(one.longitude) > 180, faults.NOT_A_LONGITUDE),
    )


@frozen(kw_only=True)
class OrganisationIdentifier(CommissioningRecord):
    """A number of an organisation and whose register it is from, such as that of charities."""

    kind: str
    identifier: str
    scheme: str | None = None


@frozen(kw_only=True)
class Organisation(CommissioningRecord):
    """An organisation that gives services; services name it as their ``provider``."""

    name: str
    reference: str | None = None
    description: str | None = None
    email: str | None = None
    website: str | None = None
    identifiers: tuple[OrganisationIdentifier, ...] = field(default=())
    note: str | None = None
