"""Restorative justice: its three parts, what victim and offender want, and whether it may go ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, never, word
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date, format_date
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class _PartsFile(Sourced):
    parts: tuple[Word, ...]


@cache
def restorative_parts() -> Mapping[str, str]:
    """The three parts of restorative justice, by identifier with what each is.

    :raises LawDataError: if the data is broken.

    >>> list(restorative_parts())
    ['explain-the-impact', 'seek-explanation-and-apology', 'agree-reparation-or-rehabilitation']
    """
    return {
        part.id: part.title for part in DataFile.open("commissioning/restorative-justice.yaml").one(_PartsFile).parts
    }


@frozen(kw_only=True)
class RestorativePart(CommissioningRecord):
    """One part of it: whether the victim wants it, and the day it was done."""

    part: Annotated[str, word("part", restorative_parts, listing="Parts")]
    wanted: bool | None = None
    done_on: date | None = None


@frozen(kw_only=True)
class RestorativeJustice(CommissioningRecord):
    """Restorative justice for one victim, from the offer to what was done.

    :raises CommissioningError: with every fault.

    >>> process = RestorativeJustice(reference="RJ-1", victim="V1", offered_on=date(2026, 5, 1), victim_agrees=True,
    ...                              parts=(RestorativePart(part="explain-the-impact", wanted=True),))
    >>> print(process.may_go_ahead)
    None
    """

    known_from = "offered_on"

    reference: str
    victim: str
    offered_on: date | None = None
    victim_agrees: bool | None = None
    offender_agrees: bool | None = None
    parts: tuple[RestorativePart, ...] = ()
    facilitator: str | None = None
    method: str | None = None
    withdrawn_on: date | None = None
    outcome: str | None = None

    def _nothing_before_the_offer(self) -> Iterator[Contradiction]:
        for n, done_on in each(self, "parts", "done_on"):
            if done_on is not None and self.offered_on is not None and done_on < self.offered_on:
                yield Contradiction(("parts", n, "done_on"), faults.DONE_BEFORE_THE_OFFER.at(day=format_date(done_on)))

    checks = (
        all_different("parts[].part"),
        _nothing_before_the_offer,
        never(
            "parts[].wanted",
            lambda part: part.done_on is not None and part.wanted is False,
            faults.DONE_AND_NOT_WANTED,
        ),
    )

    @property
    def may_go_ahead(self) -> Truth:
        """Whether both sides agree: True, False, or None where one has not been asked."""
        answers = (self.victim_agrees, self.offender_agrees)
        return False if False in answers else None if None in answers else True

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Parts done by a day without the agreement of both sides on record."""
        day = civil_date(as_at)
        done = [part for part in self.parts if part.done_on is not None and part.done_on <= day]
        if not done or self.may_go_ahead is True:
            return ()
        refused = self.may_go_ahead is False
        sides = {"victim_agrees": self.victim_agrees, "offender_agrees": self.offender_agrees}
        return (
            finding(
                "restorative-justice-is-voluntary",
                "It was held although one side had refused."
                if refused
                else "It was held; not both sides' agreement is known.",
                "Stop and ask both sides." if refused else "Record what both sides said.",
                about=self.reference,
                outcome=RuleOutcome.BROKEN if refused else RuleOutcome.CANNOT_TELL,
                missing=() if refused else tuple(name for name, answer in sides.items() if answer is None),
            ),
        )
