"""The offences of a case while a message is being read, and which of its events are about which of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from victims_code import faults
from victims_code.cases import Assertion, Event, Offence
from victims_code.dates import format_date
from victims_code.faults import Fault
from victims_code.identifiers import OffenceCode
from victims_code.offences import without_victim
from victims_code.vocabulary import load_vocabulary

ENDS = ("case-outcome", "sentence-passed", "proceedings-stopped")
"""What the end of an offence before a court looks like in the vocabulary."""
ADJOURNED = "adjourned on"
"""How it is said that a hearing is to come that has no day yet."""
Placed = tuple[Event, str]
"""An event and the place that says so."""
SaidOf = Sequence[tuple[str | None, Placed]]
"""One thing that happened, as often as it is said: the offence it is said of, and the event."""


@define(kw_only=True)
class OffenceDraft:
    """One offence of a message: its code, its dates as they were written, what is said of it and who its victims are.

    :param suspect: whose offence it was.
    :param victims: its victims in the order they are listed; None where the message does not say who they are.
    :param listed_in: the lists of the message that hold it.
    :param to_come: what shows that it is still to be tried, in words, each with a day as written.
    """

    reference: str
    where: str
    suspect: str | None = None
    code: str | None = None
    committed: list[tuple[object, str]] = field(factory=list)
    flags: list[Assertion] = field(factory=list)
    victims: dict[str, None] | None = None
    listed_in: list[object] = field(factory=list)
    to_come: list[tuple[str, object]] = field(factory=list)

    def is_another_than(self, other: OffenceDraft) -> bool:
        """Whether an offence of the same reference cannot be this one: it is in one list with it, or says otherwise."""
        codes = {OffenceCode.parse(one.code).text for one in (self, other) if one.code is not None}
        suspects = {self.suspect, other.suspect} - {None}
        return len(codes) > 1 or len(suspects) > 1 or any(place in self.listed_in for place in other.listed_in)

    def told_again(self, other: OffenceDraft) -> None:
        """Another part of the message tells of it, too."""
        self.code, self.suspect = other.code or self.code, other.suspect or self.suspect
        self.committed += other.committed
        self.listed_in += other.listed_in

    def against_nobody(self) -> None:
        """An empty list of victims is given for it."""
        self.victims = self.victims or {}

    def against(self, victim: str) -> None:
        """A victim is listed for it."""
        self.victims = {**(self.victims or {}), victim: None}


def with_victims_by_code(offences: Sequence[Offence]) -> tuple[Offence, ...]:
    """The offences; one that by its code has no individual victim has none, if another may have one.

    Reading *offences-without-a-victim*. Where no other offence may have a victim, it stays open who is concerned.
    """
    without = [one.victims is None and without_victim(one.cjs_code or "") is not None for one in offences]
    if all(without):
        return tuple(offences)
    return tuple(evolve(one, victims=()) if none else one for one, none in zip(offences, without, strict=True))


@frozen(kw_only=True)
class AboutOffences:
    """The offences of a case, and which of its events are about which of them (reading *one-event-of-several-counts*).

    What ends an offence is an event of that offence. Where every offence that may have a victim ends alike on one day,
    and no one lists their victims, it is one event that names none. A charge on several counts is one event; it names
    none if it is on all of them, or the first of those with the same victims. Whatever else happened, such as an
    arrest, happened once. It names an offence only if it is said of one, or if those it is said of have other victims
    than the rest.
    """

    offences: Sequence[Offence]
    suspects: Mapping[str | None, str | None]
    """The suspect of each offence, by the reference of the offence."""
    _known: Mapping[str | None, Offence] = field(init=False)
    _with_victims: int = field(init=False)
    _some_list_victims: bool = field(init=False)
    _kinds: Mapping[str | None, object] = field(init=False)

    @_known.default
    def _by_reference(self) -> Mapping[str | None, Offence]:
        return {one.reference: one for one in self.offences if one.reference is not None}

    @_with_victims.default
    def _count_with_victims(self) -> int:
        return sum(one.victims != () for one in self.offences)

    @_some_list_victims.default
    def _any_lists_victims(self) -> bool:
        return any(one.victims for one in self.offences)

    @_kinds.default
    def _kinds_of_those_with_victims(self) -> Mapping[str | None, object]:
        """What each offence that may have a victim is: two suspects of one offence have it under two references."""
        return {
            one.reference: one.reference
            if one.cjs_code is None or one.committed_on is None
            else (OffenceCode.parse(one.cjs_code).text, one.committed_on)
            for one in self.offences
            if one.victims != ()
        }

    def events(self, said: SaidOf) -> Iterator[Placed]:
        """The events of one thing that happened; none of a decision on an offence that has no victim."""
        of: dict[str | None, Placed] = {}
        for reference, placed in said:
            of.setdefault(reference, placed)
        told = [self._known[reference] for reference in of if reference in self._known]
        own = [one for one in told if one.victims != ()]
        event = said[0][1][0]
        if len(self.offences) > 1 and told and load_vocabulary().events[event.event].of_offence:
            if self._are_all(own, event.suspect):
                yield said[0][1]
            elif event.event not in ENDS:
                yield from (_about(one, of[one.reference]) for one in _first_of_each(own))
            else:
                yield from (_about(one, of[one.reference]) for one in own)
        elif len(own) == 1:
            yield _about(own[0], of[own[0].reference])
        elif not own or None in {one.victims for one in own} or len(own) == self._with_victims:
            yield said[0][1]
        else:
            yield from (_about(one, of[one.reference]) for one in _first_of_each(own))

    def without_victim(self, said: SaidOf) -> Iterator[tuple[str, Offence]]:
        """The decisions on offences that have no victim: the name of the event, and the offence."""
        name = said[0][1][0].event
        if len(self.offences) > 1 and load_vocabulary().events[name].of_offence:
            of = dict.fromkeys(reference for reference, _ in said)
            found = (self._known[reference] for reference in of if reference in self._known)
            yield from ((name, one) for one in found if one.victims == ())

    def _are_all(self, own: Sequence[Offence], suspect: str | None) -> bool:
        """Whether these are all offences that may have a victim, and no one lists the victims of any."""
        if self._some_list_victims or self._with_victims < 2:
            return False
        named = {one.reference for one in own}
        of_suspect = {one for one in self._kinds if self.suspects.get(one) == suspect}
        return of_suspect <= named and {self._kinds[one] for one in named} == set(self._kinds.values())


def _first_of_each(offences: Iterable[Offence]) -> Iterable[Offence]:
    """Of the offences with the same victims, the first."""
    found: dict[object, Offence] = {}
    for offence in offences:
        found.setdefault(offence.victims, offence)
    return found.values()


def _about(offence: Offence, placed: Placed) -> Placed:
    return evolve(placed[0], offence=offence.reference), placed[1]


def dated_before(events: Iterable[Event], offences: Sequence[Offence]) -> Iterator[tuple[Offence, Fault]]:
    """The offences whose date cannot be right because an event about them is dated before it, each with its fault."""
    earliest: dict[str | None, Event] = {}
    for event in events:
        if event.offence not in earliest or event.on < earliest[event.offence].on:
            earliest[event.offence] = event
    days = [offence.committed_on for offence in offences]
    known = [day for day in days if day is not None]
    first = min(known) if known and len(known) == len(days) else None
    for offence in offences:
        if (committed := offence.committed_on) is None:
            continue
        about = [earliest.get(None) if committed == first else None, earliest.get(offence.reference)]
        early = min((one for one in about if one is not None), key=lambda one: one.on, default=None)
        if early is not None and early.on < committed:
            day, before = format_date(early.on), format_date(committed)
            yield offence, faults.OFFENCE_DATED_AFTER_AN_EVENT.at(event=early.event, day=day, committed=before)
