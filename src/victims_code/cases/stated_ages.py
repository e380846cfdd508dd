"""An age that was stated on a day, where no date of birth is known, as the facts that it settles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from victims_code.cases.records import Assertion
from victims_code.dates import age_on, births_of_age
from victims_code.vocabulary import FactName, load_vocabulary


@frozen(kw_only=True)
class StatedAge:
    """How old someone was on a day.

    :param age: full years of age.
    :param on: the day on which they were of that age.

    >>> seventeen = StatedAge(age=17, on=date(2026, 4, 1))
    >>> [(fact.fact, fact.value) for fact in seventeen.facts(date(2026, 3, 31))]
    [('under-18', True)]
    >>> [fact.fact for fact in StatedAge(age=18, on=date(2026, 4, 1)).facts(date(2026, 3, 31))]   # it may have been 17
    ['under-17']
    """

    age: int
    on: date

    def could_have_lived_on(self, day: date) -> bool:
        """Whether someone of that age can have been born by a day."""
        return births_of_age(self.age, self.on)[0] <= day

    def answers(self, committed_on: date | None) -> Iterator[tuple[FactName, bool | None]]:
        """Each fact of age at the offence that a record may state, and whether it holds; None where it may or may not.

        :param committed_on: the day of the offence; without it we take the offence to be no later than the day on which
            the age was stated.
        """
        for fact in load_vocabulary().facts.values():
            if fact.of_dates and fact.can_be_stated and fact.below is not None:
                yield fact, self._was_below(fact.below, committed_on)

    def _was_below(self, age: int, committed_on: date | None) -> bool | None:
        if committed_on is None:
            return True if self.age < age else None
        oldest, youngest = (age_on(born, committed_on) < age for born in births_of_age(self.age, self.on))
        return oldest if oldest == youngest else None

    def facts(self, committed_on: date | None) -> tuple[Assertion, ...]:
        """The facts that the age settles, each with the age as its source."""
        source = f"aged {self.age} on {self.on.isoformat()}"
        return tuple(
            Assertion(fact=fact.id, value=holds, source=source)
            for fact, holds in self.answers(committed_on)
            if holds is not None
        )
