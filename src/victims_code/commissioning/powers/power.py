"""The powers and duties of those who commission services for victims, by date.

Each is stated in our own words beside its section, with who holds it and when it was in force. Commencement has three
answers: in force, not in force, or not known from anything that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.acts import Act, ProvisionPlace, known_acts, read_provision
from victims_code.commissioning.powers.areas import roles
from victims_code.commissioning.records import Typed
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date
from victims_code.law import load_law
from victims_code.law.provisions import Standing
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced

_GROUPS: dict[str, bool | None] = {"local-policing-body": None, "elected-local-policing-body": True}
_OTHERS = (
    "secretary-of-state",
    "chief-constable",
    "criminal-justice-bodies",
    "police-and-crime-panel",
    "british-transport-police",
    "ministry-of-defence-police",
    "integrated-care-boards",
    "local-authorities",
    "everybody",
)


class PowerKind(StrEnum):
    """Whether a provision lets, requires, or only says what words mean."""

    POWER = "power"
    DUTY = "duty"
    MEANING = "meaning"


@frozen(kw_only=True)
class PowerLimb:
    """One part of a provision."""

    id: str
    statement: str


@frozen(kw_only=True)
class Commencement:
    """What was read of when a provision was in force.

    ``provision`` names the one in ``data/provisions`` that answers. Otherwise ``since`` is the day it began, ``by`` a
    day on which it was certainly in force, and ``not_on`` the last on which it was seen not to be. Days that these do
    not settle are not known.
    """

    provision: str | None = None
    since: date | None = None
    by: date | None = None
    not_on: date | None = None

    def in_force(self, on: date) -> Truth:
        """Whether the provision was in force on a day: True, False, or None where it was only partly or is not known.

        >>> Commencement(not_on=date(2026, 6, 1)).in_force(date(2026, 6, 1))
        False
        >>> print(Commencement(not_on=date(2026, 6, 1)).in_force(date(2026, 12, 1)))
        None
        """
        standing = self.standing(on)
        if standing is not None:
            return standing.truth
        if self.since is not None:
            return on >= self.since
        if self.by is not None and on >= self.by:
            return True
        if self.not_on is not None and on <= self.not_on:
            return False
        return None

    def standing(self, on: date) -> Standing | None:
        """How the provision stands that answers, with its sources; None if this file answers itself.

        >>> Commencement(provision="vpa-2024-s2").standing(date(2026, 6, 1)).answer.value
        'partly'
        """
        return None if self.provision is None else load_law().related.provisions[self.provision].in_force(on)


@frozen(kw_only=True)
class Power(Typed, Sourced):
    """One power, duty or meaning, with its section, its holders, and when it was in force."""

    id: str
    act: str
    provision: str
    title: str
    kind: PowerKind
    holders: tuple[str, ...]
    statement: str
    extent: str
    in_force: Commencement
    limbs: tuple[PowerLimb, ...] = ()
    subsections: int | None = None

    @property
    def citation(self) -> str:
        """How the power is cited.

        >>> Powers.load().get("prsra-2011-sch1-para14").citation
        'Police Reform and Social Responsibility Act 2011, Sch 1 para 14'
        """
        return f"{known_acts()[self.act].title}, {self.provision}"

    @property
    def place(self) -> ProvisionPlace:
        """The provision in its parts."""
        return read_provision(self.provision)


@frozen(kw_only=True)
class Powers:
    """Every power and duty that is encoded, in printed order.

    >>> from datetime import date
    >>> powers = Powers.load()
    >>> [limb.id for limb in powers.get("asbcpa-2014-s143").limbs]
    ['crime-and-disorder-reduction', 'victims-and-witnesses', 'specified-by-order']
    >>> [power.id for power, in_force in powers.at(date(2026, 6, 1)) if in_force is False][:2]
    ['vpa-2024-s6', 'vpa-2024-s7']
    """

    all: Mapping[str, Power] = field(repr=False)

    @classmethod
    @checked
    def load(cls, *, commenced: Mapping[str, date] | None = None) -> Powers:
        """The powers that ship with the package.

        :param commenced: provisions that have begun since the data was made, by identifier, with the day.
        :raises UnknownNameError: if ``commenced`` names a power that does not exist.
        """
        powers = dict(_powers())
        for id_, day in (commenced or {}).items():
            powers[id_] = evolve(named(powers, id_, "power"), in_force=Commencement(since=day))
        return cls(all=powers)

    def get(self, id_: str) -> Power:
        """The power of that identifier.

        :raises UnknownNameError: naming the nearest ones.
        """
        return named(self.all, id_, "power")

    def at(self, on: Moment) -> Iterator[tuple[Power, Truth]]:
        """Every power with whether it was in force on a day: True, False, or None where it is not known."""
        day = civil_date(on)
        for power in self.all.values():
            yield power, power.in_force.in_force(day)

    def of(self, role: str) -> tuple[Power, ...]:
        """The powers a role has: its own, and those of every local policing body or every elected one.

        :param role: a kind of local policing body, such as ``pcc`` or ``common-council``, or another holder as the
            data names it, such as ``secretary-of-state``.
        :raises UnknownNameError: if there is no such role.

        >>> "vpa-2024-s8" in [power.id for power in Powers.load().of("common-council")]
        False
        """
        if role in _OTHERS:
            held = {role, "everybody"}
        else:
            elected = named(roles(), role, "role").elected
            held = {role, "everybody", *(g for g, needs in _GROUPS.items() if needs is None or needs == elected)}
            if role in ("pfcc", "mayor"):
                held.add("pcc")
        return tuple(power for power in self.all.values() if held.intersection(power.holders))

    def cited(self, act: Act, provision: ProvisionPlace) -> tuple[Power, ...]:
        """The powers that a provision of an Act contains or is part of."""
        return tuple(
            power for power in self.all.values() if power.act == act.id and power.place.same_or_part_of(provision)
        )


@cache
def _powers() -> Mapping[str, Power]:
    file = DataFile.open("commissioning/powers.yaml")
    powers = file.all(Power)
    for n, power in enumerate(powers):
        file.unknown((n, "act"), "Act", power.act, known_acts())
        for m, holder in enumerate(power.holders):
            file.unknown((n, "holders", m), "holder", holder, (*roles(), *_GROUPS, *_OTHERS))
        if read_provision(power.provision).empty:
            file.wrong((n, "provision"), faults.NOT_A_PROVISION.at(provision=power.provision))
        if power.in_force == Commencement():
            file.wrong((n, "in_force"), faults.POWER_WITHOUT_DATES.at())
        if power.in_force.provision is not None:
            keys = (n, "in_force", "provision")
            file.unknown(keys, "provision", power.in_force.provision, load_law().related.provisions)
    file.finish()
    return by_id(powers)
