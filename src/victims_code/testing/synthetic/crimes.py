"""Some crimes and their victims, drawn from the invented shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from victims_code.testing.synthetic.shares import AGE_BANDS, CRIMES, DISTRICTS, ETHNICITIES, MONTHS, VICTIMS, WEEK

Numbers: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]
Shares: TypeAlias = NDArray[np.float64]
T = TypeVar("T")


@frozen
class Chance:
    """What is left to chance; with the same seed the same comes about."""

    random: np.random.Generator

    def which(self, share: float | Shares, of: int) -> Truths:
        """Which of so many things come about, each with a chance."""
        return self.random.random(of) < share

    def one_of(self, shares: Mapping[T, float], of: int) -> Numbers:
        """For each of so many things the place of one of the choices."""
        weights = np.array(list(shares.values()))
        return self.random.choice(len(weights), of, p=weights / weights.sum())

    def days(self, of: int, *, median: float, spread: float = 1.0) -> Numbers:
        """For each of so many things a number of days: half of them up to the median, some very many more."""
        drawn = np.floor(self.random.lognormal(np.log(median), spread, of))
        return np.minimum(drawn, 1000).astype(np.int64)

    def in_office(self, days: Numbers) -> Numbers:
        """The same days; of those on a weekend most become the Monday."""
        weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
        return np.where((weekday > 4) & self.which(0.7, len(days)), days + 7 - weekday, days)


@frozen(kw_only=True)
class Victims:
    """The victims of some crimes, those of one crime together: their crime, their number in it, and who they are."""

    crime: Numbers
    number: Numbers
    age: Numbers
    birthday: Numbers
    age_recorded: Truths
    speaks: Truths
    ethnicity: Numbers


@frozen(kw_only=True)
class Crimes:
    """Some crimes by number, with their days as days since 1970, and their victims."""

    size: int
    crime_type: Numbers
    district: Numbers
    committed: Numbers
    committed_recorded: Truths
    reported: Numbers
    domestic: Truths
    hate: Truths
    sexual: Truths
    business: Truths
    suspects: Numbers
    how_many: Numbers
    first: Numbers
    victims: Victims

    @property
    def urgent(self) -> Truths:
        """Those in which victims are told sooner than in others."""
        return self.domestic | self.sexual


def draw_crimes(chance: Chance, size: int, year: int) -> Crimes:
    """So many crimes that are reported in a year."""
    kinds = list(CRIMES.values())
    crime_type = chance.one_of({name: kind.share for name, kind in CRIMES.items()}, size)

    def of_its_type(shares: list[float]) -> Truths:
        return chance.which(np.array(shares)[crime_type], size)

    reported = _days_in(chance, size, year)
    at_once = chance.which(0.7, size)
    committed = reported - np.where(at_once, 0, chance.days(size, median=4, spread=1.6))
    business = of_its_type([kind.against_business for kind in kinds])
    known = of_its_type([kind.suspect_known for kind in kinds])
    how_many = np.where(business, 1, np.array(list(VICTIMS))[chance.one_of(VICTIMS, size)])
    first = np.cumsum(how_many) - how_many
    return Crimes(
        size=size,
        crime_type=crime_type,
        district=chance.one_of(DISTRICTS, size),
        committed=committed,
        committed_recorded=chance.which(0.95, size),
        reported=reported,
        domestic=of_its_type([kind.domestic for kind in kinds]),
        hate=of_its_type([kind.hate for kind in kinds]),
        sexual=crime_type == list(CRIMES).index("sexual offence"),
        business=business,
        suspects=np.where(known, 1 + chance.one_of({1: 0.82, 2: 0.14, 3: 0.04}, size), 0),
        how_many=how_many,
        first=first,
        victims=_victims(chance, committed, how_many, first),
    )


def _days_in(chance: Chance, size: int, year: int) -> Numbers:
    """Days of a year, more of them on busy days of the week and in busy months."""
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64) % 12
    weekdays = (days.astype(np.int64) + 3) % 7
    weights = np.array(MONTHS)[months] * np.array(WEEK)[weekdays]
    return days.astype(np.int64)[chance.random.choice(len(days), size, p=weights / weights.sum())]


def _victims(chance: Chance, committed: Numbers, how_many: Numbers, first: Numbers) -> Victims:
    crime = np.repeat(np.arange(len(how_many)), how_many)
    number = np.arange(len(crime)) - first[crime] + 1
    age = np.clip(np.floor(chance.random.gamma(4.0, 9.5, len(crime))), 2, 97).astype(np.int64)
    child = age[first[crime]] < 18
    speaks = (number == 2) & chance.which(np.where(child, 0.6, 0.02), len(crime))
    age = np.where(speaks, np.maximum(age, 25), age)
    days = np.floor(age * 365.25).astype(np.int64) + chance.random.integers(2, 363, len(crime))
    return Victims(
        crime=crime,
        number=number,
        age=age,
        birthday=committed[crime] - days,
        age_recorded=chance.which(0.93, len(crime)),
        speaks=speaks,
        ethnicity=chance.one_of(ETHNICITIES, len(crime)),
    )


def age_bands(ages: Numbers) -> Numbers:
    """The place of each age among the bands."""
    return np.searchsorted(np.array(list(AGE_BANDS)), ages, side="right") - 1
