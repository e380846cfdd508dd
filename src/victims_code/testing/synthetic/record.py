"""What happened in some crimes, as columns of numbers: an event at a time, for all crimes in which it happened."""

from __future__ import annotations

import numpy as np
from attrs import field, frozen

from victims_code.testing.synthetic.crimes import Chance, Crimes, Numbers, Truths

NONE = -1
"""Stands in an empty cell."""
COLUMNS = ("crime", "event", "at", "received", "about", "victim", "suspect", "hearing", "recorded", "offence")


@frozen(kw_only=True)
class SyntheticRecord:
    """The events of some crimes so far. ``names`` are the words that stand as numbers in the columns.

    ``drawn_on`` is the day on which the tables are drawn: what is on record only later is not in them.
    """

    chance: Chance
    crimes: Crimes
    drawn_on: int
    names: dict[str, int] = field(factory=dict)
    parts: list[tuple[Numbers, ...]] = field(factory=list)

    def add(
        self,
        event: str,
        crime: Numbers,
        at: Numbers,
        *,
        received: Numbers | int = NONE,
        about: str | None = None,
        victim: Numbers | int = NONE,
        suspect: Numbers | int = NONE,
        hearing: Numbers | int = NONE,
        offence: int = NONE,
    ) -> None:
        """An event in each of some crimes. Most are recorded on the day, some later, and of some it is not said."""
        size = len(crime)
        late = np.where(self.chance.which(0.85, size), 0, 1 + self.chance.days(size, median=3, spread=0.9))
        recorded = np.where(self.chance.which(0.06, size), NONE, at + late)
        told = NONE if about is None else self._number(about)
        columns = (crime, self._number(event), at, received, told, victim, suspect, hearing, recorded, offence)
        self.parts.append(tuple(np.broadcast_to(column, size) for column in columns))

    def tell(
        self,
        about: str,
        crime: Numbers,
        after: Numbers,
        *,
        missed: float,
        median: float,
        suspect: Numbers | int = NONE,
        hearing: Numbers | int = NONE,
    ) -> None:
        """Tell the victims of an event: most soon, some late, some never. Some records do not say whom, or of whom."""
        which, victim = self.each_victim(crime)
        told = ~self.chance.which(missed, len(which))
        which, victim = which[told], victim[told]
        size, crime = len(which), crime[which]
        days = self.chance.days(size, median=median, spread=1.1)
        days = np.where(self.crimes.urgent[crime], days // 2, days)
        at = self.chance.in_office(after[which] + days)
        alone = self.crimes.how_many[crime] == 1
        whom = np.where(alone & self.chance.which(0.3, size), NONE, victim)
        said = ~self.chance.which(0.05, size)
        of = np.where(said, np.broadcast_to(suspect, len(after))[which], NONE)
        where = np.where(said, np.broadcast_to(hearing, len(after))[which], NONE)
        self.add("victim-informed", crime, at, about=about, victim=whom, suspect=of, hearing=where)

    def each_victim(self, crime: Numbers) -> tuple[Numbers, Numbers]:
        """For each victim of some crimes: which of them it is of, and the victim's number."""
        how_many = self.crimes.how_many[crime]
        which = np.repeat(np.arange(len(crime)), how_many)
        victim = np.arange(len(which)) - (np.cumsum(how_many) - how_many)[which] + 1
        return which, victim

    def in_order(self) -> dict[str, Numbers]:
        """The events on record by column, those of a crime together and by day."""
        columns = dict(zip(COLUMNS, map(np.concatenate, zip(*self.parts, strict=True)), strict=True))
        columns["received"] = np.where(columns["received"] > self.drawn_on, NONE, columns["received"])
        (there,) = np.nonzero(np.maximum(columns["at"], columns["recorded"]) <= self.drawn_on)
        order = there[np.lexsort((columns["at"][there], columns["crime"][there]))]
        return {name: column[order] for name, column in columns.items()}

    def receipt(self, at: Numbers) -> Numbers:
        """When a court's news came in: within days, some after more, and of some it is not on record."""
        size = len(at)
        came = at + np.where(self.chance.which(0.6, size), self.chance.random.integers(0, 2, size), 0)
        came = came + np.where(self.chance.which(0.3, size), self.chance.days(size, median=4, spread=0.8), 0)
        return np.where(self.chance.which(0.12, size), NONE, came)

    def _number(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))


def chosen(which: Truths, *columns: Numbers) -> tuple[Numbers, ...]:
    """The chosen rows of some columns."""
    return tuple(column[which] for column in columns)
