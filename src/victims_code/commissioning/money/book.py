"""All awards of an area together: who makes each, how one is paid out of another, and whose work is what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, field, frozen

from victims_code.commissioning.due import DueItem, by_day
from victims_code.commissioning.money.awards import Award
from victims_code.commissioning.money.terms import TermsByValue
from victims_code.commissioning.records import Typed
from victims_code.commissioning.rules import RuleFinding


@frozen(kw_only=True)
class AwardBook(Typed):
    """The awards of an area, with the commissioner's own bands of value.

    An award that is paid out of one that the commissioner makes to a provider is made by that provider, and what is due
    of it is that provider's work. Where it does not show who the commissioner is, all counts as the commissioner's.

    :param terms: the commissioner's own bands of value, if there are any.
    :param ours: what the commissioner's office is called, as funder or as recipient. Who receives an award that is
        ``received``, and who makes awards out of it, is the commissioner too.

    >>> days = {"first": date(2026, 4, 1), "last": date(2027, 3, 31), "kind": "grant", "amount": 90}
    >>> book = AwardBook(awards=[Award(reference="M", funder="MoJ", recipient="PCC", received=True, **days),
    ...                          Award(reference="L", funder="PCC", recipient="Lantern", within="M", **days),
    ...                          Award(reference="S", funder="Lantern", recipient="Beacon", within="L", **days)])
    >>> [book.made_by_others(award) for award in book.awards]
    ['', '', 'Lantern']
    >>> {(item.about, item.owner) for item in book.due_items(date(2026, 5, 1)) if item.whose}
    {('S', 'Lantern')}
    """

    awards: tuple[Award, ...] = field(repr=False)
    terms: TermsByValue | None = None
    ours: tuple[str, ...] = ()

    def _is_ours(self, name: str) -> bool:
        received = {one.reference for one in self.awards if one.received}
        names = {one.recipient for one in self.awards if one.received}
        names |= {one.funder for one in self.awards if one.within in received}
        return _plain(name) in map(_plain, (*self.ours, *names))

    def _by_reference(self) -> Mapping[str, Award]:
        return {one.reference: one for one in self.awards}

    def made_by_others(self, award: Award) -> str:
        """Who makes an award that is paid out of one to a provider: that provider; nothing if it is the commissioner's.

        One whose award above is not here counts as the commissioner's, so that nothing due of it is lost.
        """
        known, seen, below = self._by_reference(), {award.reference}, award
        while (above := known.get(below.within or "")) is not None and above.reference not in seen:
            if above.received or self._is_ours(above.recipient):
                return ""
            if self._is_ours(above.funder):
                return known[award.within or ""].recipient
            seen.add(above.reference)
            below = above
        return ""

    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is undone of every award on a day; what is due of an award that a provider makes is that provider's."""
        return by_day(item for award in self.awards for item in self._due_of(award, on))

    def _due_of(self, award: Award, on: date) -> Iterator[DueItem]:
        maker = self.made_by_others(award)
        for item in award.due_items(on, terms=self.terms):
            owner = item.owner or maker or (award.funder if award.within else "")
            yield evolve(item, whose=maker, owner="" if self._is_ours(owner) else owner)

    def findings(self, on: date) -> tuple[RuleFinding, ...]:
        """What is amiss with how the commissioner looks after the awards it makes or received."""
        ours = (award for award in self.awards if not self.made_by_others(award))
        return tuple(found for award in ours for found in award.findings(on, terms=self.terms))


_OFFICES = {
    "police, fire and crime commissioner": "pfcc",
    "police fire and crime commissioner": "pfcc",
    "police and crime commissioner": "pcc",
    "office of the ": "",
    "the ": "",
}


def _plain(name: str) -> str:
    """A name without capitals, in which the titles of an office are short."""
    short = " ".join(name.casefold().split())
    for long, abbreviation in _OFFICES.items():
        short = short.replace(long, abbreviation)
    return short
