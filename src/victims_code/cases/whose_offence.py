"""Whose offence it was: the offences against each victim, and the people whom a record about an offence concerns.

A case with one offence needs none of this: the offence is against every victim. With several offences, those that list
their victims are against these and no one else (reading *several-offences*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from victims_code.cases.records import Offence, Victim
from victims_code.printable import one_line_repr
from victims_code.vocabulary import SPEAKING


@frozen(kw_only=True)
class WhoseOffence:
    """The offences and the victims of a case, and which belong together.

    >>> whose = WhoseOffence(
    ...     victims=[Victim(reference="V1"), Victim(reference="V2")],
    ...     offences=[Offence(reference="O1", victims=["V1"]), Offence(reference="O2")])
    >>> [[offence.reference for offence in whose.against[victim]] for victim in ("V1", "V2")]
    [['O1', 'O2'], ['O2']]
    """

    victims: Sequence[Victim]
    offences: Sequence[Offence]

    __repr__ = one_line_repr("{0.offences}")

    @cached_property
    def against(self) -> Mapping[str, tuple[Offence, ...]]:
        """The offences that are, or may be, against each victim, by the reference of the victim."""
        if len(self.offences) == 1:
            return {victim.reference: tuple(self.offences) for victim in self.victims}
        own = {victim.reference: self._of(victim) for victim in self.victims}
        return {
            victim.reference: self._in_the_place_of_others(victim, own)
            or own[victim.reference]
            or self._not_before(victim)
            for victim in self.victims
        }

    @cached_property
    def concerned(self) -> Mapping[str, frozenset[str]]:
        """The people whom a decision on an offence concerns, or may concern, by the reference of the offence."""
        return self._whom(certainly=False)

    @cached_property
    def certain(self) -> Mapping[str, frozenset[str]]:
        """Those of them of whom that is certain (reading *whose-offence-is-not-known*)."""
        return self._whom(certainly=True)

    def _whom(self, *, certainly: bool) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {one.reference: set() for one in self.offences if one.reference is not None}
        none_is_listed = not any(offence.victims for offence in self.offences)
        for victim in self.victims if found else ():
            for person in (victim.reference, *victim.speaks_for):
                own = self.against.get(person, ())
                for offence in own:
                    sure = none_is_listed or len(own) == 1 or person in (offence.victims or ())
                    if offence.reference is not None and (sure or not certainly):
                        found[offence.reference].add(victim.reference)
        return {offence: frozenset(people) for offence, people in found.items()}

    @property
    def differ(self) -> bool:
        """Whether some offence of several lists a victim, so that it matters which one a decision is about."""
        return len(self.offences) > 1 and any(offence.victims for offence in self.offences)

    def named_by_none(self) -> Iterable[Victim]:
        """The victims whom no offence lists, where every offence lists its victims."""
        if all(offence.victims is not None for offence in self.offences):
            listed = {reference for offence in self.offences for reference in offence.victims or ()}
            yield from (v for v in self.victims if not listed & {v.reference, *v.speaks_for})

    def _of(self, victim: Victim) -> tuple[Offence, ...]:
        return tuple(offence for offence in self.offences if _may_be_against(victim, offence))

    def _of_those_spoken_for(self, victim: Victim, own: Mapping[str, tuple[Offence, ...]]) -> tuple[Offence, ...]:
        found = [offence for other in victim.speaks_for for offence in own.get(other, ())]
        return tuple(offence for offence in self.offences if offence in found)

    def _in_the_place_of_others(self, victim: Victim, own: Mapping[str, tuple[Offence, ...]]) -> tuple[Offence, ...]:
        """The offences that count for someone who is in the case only to speak: those of the others, and their own."""
        if victim.capacity not in SPEAKING or not victim.speaks_for:
            return ()
        found = self._of_those_spoken_for(victim, own)
        return tuple(one for one in self.offences if one in found or victim.reference in (one.victims or ()))

    def _not_before(self, victim: Victim) -> tuple[Offence, ...]:
        """Every offence that has a victim, or every one if none has: no record says which was against this one."""
        having = [offence for offence in self.offences if offence.victims != ()] or self.offences
        return tuple(offence for offence in having if not _is_before_birth(victim, offence))


def _may_be_against(victim: Victim, offence: Offence) -> bool:
    if offence.victims is not None:
        return victim.reference in offence.victims
    return not _is_before_birth(victim, offence)


def _is_before_birth(victim: Victim, offence: Offence) -> bool:
    born, committed = victim.born, offence.committed_on
    return born is not None and committed is not None and committed < born and not victim.may_be_born_later
