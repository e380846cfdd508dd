"""What can be wrong with a case: every check, each a few lines, none stopping another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from typing import Any

from attrs import frozen

from victims_code import faults
from victims_code.cases.records import Assertion, Event, Offence, Victim, text_or_nothing
from victims_code.cases.whose_offence import WhoseOffence
from victims_code.dates import age_on, civil_date, format_date
from victims_code.faults import Fault, did_you_mean
from victims_code.missing_values import is_placeholder
from victims_code.reading.documents import Keys
from victims_code.reading.partial import UnreadError, each, is_whole, readable, stated
from victims_code.vocabulary import SPEAKING, EventKind, EventName, load_vocabulary

SPEAKERS = ("person", "close-relative", *SPEAKING)
"""The capacities in which someone can speak for another; the first two have Rights of their own beside it."""

PLACEHOLDERS = {"born": faults.BIRTH_DATE_FILLED_IN, "committed_on": faults.OFFENCE_DATE_FILLED_IN}
"""What is said of a date that systems fill in."""


@frozen(kw_only=True)
class Parts:
    """The parts of a case as far as they could be read, each with the way to it, and how to name a place.

    A part of which not everything could be read is a :class:`~victims_code.reading.structuring.Partial`: a check ends
    where it asks for what is not there. ``lost`` names what should be a list and is not: no one knows what is in it.
    ``reference`` is that of the case itself.
    """

    offences: Sequence[tuple[Keys, Offence]]
    victims: Sequence[tuple[Keys, Victim]]
    events: Sequence[tuple[Keys, Event]]
    where: Callable[[Keys], str]
    reference: str | None = None
    lost: Collection[str] = ()

    def whole(self, name: str) -> Sequence[tuple[Keys, Any]]:
        """The entries of a list, to look among them for something.

        :raises UnreadError: if it is not known what is in it.
        """
        if name in self.lost:
            raise UnreadError(name)
        listed: Sequence[tuple[Keys, Any]] = getattr(self, name)
        return listed

    @cached_property
    def called(self) -> Mapping[str, Victim]:
        """The victims by reference; all references are known."""
        return {stated(victim, "reference"): victim for _, victim in self.whole("victims")}

    @cached_property
    def offences_called(self) -> Mapping[str | None, Sequence[Offence]]:
        """The offences by reference; all references are known."""
        called: dict[str | None, list[Offence]] = {}
        for _, offence in self.whole("offences"):
            called.setdefault(stated(offence, "reference"), []).append(offence)
        return called

    @cached_property
    def first_day(self) -> date | None:
        """The day before which none of the offences was committed; None if one of the days is not known."""
        return _first_possible([offence for _, offence in self.whole("offences")])

    @cached_property
    def last_day(self) -> date | None:
        """The day of the last record; None if there is none."""
        return max((event.on for _, event in self.whole("events")), default=None)

    @cached_property
    def called_so(self) -> Mapping[str, Sequence[Event]]:
        """All events by their name."""
        found: dict[str, list[Event]] = {}
        for _, event in self.whole("events"):
            found.setdefault(stated(event, "event"), []).append(event)
        return found

    @cached_property
    def suspects(self) -> Mapping[str, Set[str | None]]:
        """The suspects of all events, by the name of the event."""
        found: dict[str, set[str | None]] = {}
        for _, event in self.whole("events"):
            found.setdefault(event.event, set()).add(stated(event, "suspect"))
        return found

    @cached_property
    def records_called(self) -> Collection[str | None]:
        """The references of the events; all are known."""
        return {stated(event, "reference") for _, event in self.whole("events")}

    @cached_property
    def whose(self) -> WhoseOffence:
        """The offences against each victim."""
        return WhoseOffence(
            victims=[victim for _, victim in self.whole("victims")],
            offences=[offence for _, offence in self.whole("offences")],
        )


def both_given(where: str = "offence") -> Fault:
    """The fault of a case that gives one offence and a list of offences."""
    return faults.BOTH_OFFENCE_AND_OFFENCES.at(where)


def check(parts: Parts) -> list[Fault]:
    """Every fault of a case, invalid ones and warnings; a check that rests on something unread is passed over."""
    entries = (*parts.offences, *parts.victims, *parts.events)
    as_read = iter if not parts.lost and all(is_whole(part) for _, part in entries) else readable
    found: list[Fault] = []
    for name, rule in _RULES:
        if not name:
            found += as_read(rule(parts))
        for keys, part in getattr(parts, name) if name else ():
            found += as_read(rule(parts, keys, part))
    return found


def _victims_are_there(parts: Parts) -> Iterator[Fault]:
    if not parts.whole("victims"):
        yield faults.NO_VICTIM.at(parts.where(("victims",)))


def _the_reference_is_filled_in(parts: Parts) -> Iterator[Fault]:
    if parts.reference is not None and text_or_nothing(parts.reference) is None:
        yield faults.EMPTY_CELL.at(parts.where(("reference",)), name="reference")


def _reference_is_filled_in(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    if text_or_nothing(victim.reference) is None:
        yield faults.EMPTY_CELL.at(parts.where((*keys, "reference")), name="reference")


_PART_OF_A_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019.-])*")
_NO_PART_OF_A_NAME = frozenset(
    re.findall(
        r"\w+",
        """
        accused adult appeal boy brother business case central charge child civil complainant count court crime
        crown defendant division east family father female first girl hearing incident interview magistrates
        main male man mother north offence offender officer operation parent police reference report second
        section sentence sister south suspect team third trial unit unknown victim west witness woman youth
        """,
    )
)
"""Words that a reference in words is made of, and no name."""


def may_be_a_name(reference: str) -> bool:
    """Whether a reference looks like the name of a person: two to four words without figures, each with a capital.

    >>> [may_be_a_name(text) for text in ("Mary Smith", "SMITH, J.", "V1", "Suspect Two", "Op Kestrel 3")]
    [True, True, False, False, False]
    """
    parts = [part for part in re.split(r"[\s,]+", reference) if part]
    return (
        2 <= len(parts) <= 4
        and any(len(part) > 2 for part in parts)
        and all(part[0].isupper() and _PART_OF_A_NAME.fullmatch(part) for part in parts)
        and not any(part.casefold().strip(".") in _NO_PART_OF_A_NAME for part in parts)
    )


def _no_reference_is_a_name(parts: Parts) -> Iterator[Fault]:
    """A warning for each reference that may be a name, where it is first; it does not say the name."""
    seen: set[str] = set()
    for keys, reference in _references(parts):
        if reference not in seen and may_be_a_name(reference):
            yield faults.REFERENCE_MAY_BE_A_NAME.at(parts.where(keys))
        seen.add(reference)


def _references(parts: Parts) -> Iterator[tuple[Keys, str]]:
    """Every reference of a case that could be read, with the way to it."""
    if isinstance(parts.reference, str):
        yield ("reference",), parts.reference
    for names, listed in (
        (("reference",), (*parts.victims, *parts.offences)),
        (("suspect", "hearing", "reference"), parts.events),
    ):
        for keys, part in listed:
            for name in names:
                with suppress(UnreadError):
                    if (reference := getattr(part, name)) is not None:
                        yield (*keys, name), reference


def _references_are_unique(parts: Parts) -> Iterator[Fault]:
    for name, fault in _UNIQUE.items():
        seen: set[str] = set()
        for keys, part in getattr(parts, name):
            with suppress(UnreadError):
                if part.reference is not None and part.reference in seen:
                    yield fault.at(parts.where((*keys, "reference")), reference=part.reference)
                seen.add(part.reference)


_UNIQUE = {
    "victims": faults.VICTIM_REFERENCE_TWICE,
    "offences": faults.OFFENCE_REFERENCE_TWICE,
    "events": faults.RECORD_REFERENCE_TWICE,
}


def _capacity_is_known(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    known = load_vocabulary().facts["capacity"].values
    if victim.capacity not in known:
        nearest = load_vocabulary().nearest(victim.capacity, known)
        yield faults.CAPACITY_UNKNOWN.at(parts.where((*keys, "capacity")), word=victim.capacity, nearest=nearest)


def _speaks_for_someone(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    for n, reference in readable(each(victim, "speaks_for")):
        place = parts.where((*keys, "speaks_for", n))
        if victim.capacity not in load_vocabulary().facts["capacity"].values:
            continue  # a fault of its own
        if victim.capacity not in SPEAKERS:
            speakers = " or ".join(SPEAKERS)
            yield faults.SPEAKS_IN_NO_CAPACITY.at(place, capacity=victim.capacity, speakers=speakers)
        elif reference == victim.reference or reference not in parts.called:
            others = [other for other in parts.called if other != victim.reference]
            nearest = did_you_mean(reference, others, listing="Others in the case")
            yield faults.NO_OTHER_VICTIM.at(place, other=reference, nearest=nearest)
        elif parts.called[reference].speaks_for:
            yield faults.SPEAKS_FOR_A_SPOKESPERSON.at(place, other=reference)


def _facts_are_known(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    yield from _assertions_are_sound(parts, (*keys, "facts"), each(victim, "facts"), "victim")


def _flags_are_known(parts: Parts, keys: Keys, offence: Offence) -> Iterator[Fault]:
    yield from _assertions_are_sound(parts, (*keys, "flags"), each(offence, "flags"), "case")


def _assertions_are_sound(
    parts: Parts, keys: Keys, given: Iterator[tuple[int | str, Assertion]], of: str
) -> Iterator[Fault]:
    stated: dict[tuple[str, object], object] = {}
    for n, said in given:
        with suppress(UnreadError):
            place: Keys = (*keys, said.fact if of == "victim" and _is_bare(said) else n)
            yield from readable(_assertion_is_known(parts, place, said, of))
            if said.value is None:
                continue
            if stated.setdefault((said.fact, said.since), said.value) != said.value:
                yield faults.FACT_WITH_TWO_VALUES.at(parts.where(place), fact=said.fact)


def _is_bare(said: Assertion) -> bool:
    """Whether an assertion is known to be only a fact and a value, so that it is found by its fact."""
    with suppress(UnreadError):
        return said.bare
    return False


def _assertion_is_known(parts: Parts, place: Keys, said: Assertion, of: str) -> Iterator[Fault]:
    known = _can_be_stated(of)
    if said.fact not in known:
        unknown = faults.FACT_UNKNOWN if of == "victim" else faults.FLAG_UNKNOWN
        nearest = _elsewhere(said.fact, of) or load_vocabulary().nearest(said.fact, known)
        yield unknown.at(parts.where(place), word=said.fact, nearest=nearest)
    elif isinstance(said.value, str):
        yield faults.FACT_MISWRITTEN.at(parts.where(place), fact=said.fact, value=said.value)


@cache
def _can_be_stated(of: str) -> Collection[str]:
    return {fact.id for fact in load_vocabulary().facts.values() if fact.of == of and fact.can_be_stated}


def _elsewhere(name: str, of: str) -> str | None:
    """Where a fact belongs that is stated in the wrong place, by its name or by what people call it."""
    words = load_vocabulary()
    meant = [fact for fact in (name, *words.meanings.get(name, ())) if fact in words.facts]
    if not meant or words.facts[meant[0]].of == of or not words.facts[meant[0]].can_be_stated:
        return None
    place = "the `flags` of the offence" if of == "victim" else "the `facts` of the victim"
    return f"Write {meant[0]!r} under {place}."


def _has_a_reference_among_several(parts: Parts, keys: Keys, offence: Offence) -> Iterator[Fault]:
    if len(parts.offences) > 1 and offence.reference is None:
        yield faults.OFFENCE_WITHOUT_REFERENCE.at(parts.where(keys))


def _lists_victims_of_the_case(parts: Parts, keys: Keys, offence: Offence) -> Iterator[Fault]:
    for n, reference in each(offence, "victims"):
        yield from _is_a_victim(parts, (*keys, "victims", n), reference)


def _names_a_victim_of_the_case(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.victim is not None:
        yield from _is_a_victim(parts, (*keys, "victim"), event.victim)


def _is_a_victim(parts: Parts, place: Keys, reference: str) -> Iterator[Fault]:
    if reference not in parts.called:
        nearest = did_you_mean(reference, parts.called, listing="Victims of the case")
        yield faults.VICTIM_NOT_IN_THE_CASE.at(parts.where(place), victim=reference, nearest=nearest)


def _names_an_offence_of_the_case(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.offence is not None and event.offence not in parts.offences_called:
        place, known = parts.where((*keys, "offence")), [one for one in parts.offences_called if one is not None]
        if known:
            nearest = did_you_mean(event.offence, known, listing="Offences of the case")
            yield faults.OFFENCE_NOT_IN_THE_CASE.at(place, offence=event.offence, nearest=nearest)
        else:
            yield faults.OFFENCE_IN_NO_LIST.at(place, offence=event.offence)


def _its_victim_is_of_the_offence(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.victim is None or event.offence is None:
        return
    if event.victim not in parts.whose.concerned.get(event.offence, (event.victim,)):
        yield faults.VICTIM_NOT_OF_THE_OFFENCE.at(
            parts.where((*keys, "offence")), event=event.event, victim=event.victim, offence=event.offence
        )


def _every_victim_has_an_offence(parts: Parts) -> Iterator[Fault]:
    places = {victim.reference: keys for keys, victim in parts.victims}
    for victim in parts.whose.named_by_none():
        yield faults.VICTIM_OF_NO_OFFENCE.at(parts.where(places[victim.reference]), victim=victim.reference)


def _decision_names_its_offence(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    name = load_vocabulary().events.get(event.event)
    if name is not None and name.of_offence and event.victim is None and event.offence is None and parts.whose.differ:
        yield faults.DECISION_WITHOUT_OFFENCE.at(parts.where(keys), event=event.event)


def _born_before_the_offence(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    born = victim.born
    if born is None or victim.may_be_born_later:
        return
    offences = [offence for _, offence in parts.whole("offences")]
    listing = [o for o in offences if o.victims is not None and victim.reference in o.victims]
    if _all_before(born, offences) or any(_all_before(born, [o]) for o in listing):
        yield faults.BORN_AFTER_THE_OFFENCE.at(parts.where((*keys, "born")))


def _born_before_the_last_record(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    born, last = victim.born, parts.last_day
    if born is None or last is None or born <= last or victim.may_be_born_later:
        return
    if not _all_before(born, [offence for _, offence in parts.whole("offences")]):
        yield faults.BORN_AFTER_EVERY_RECORD.at(parts.where((*keys, "born")))


def _all_before(day: date, offences: Sequence[Offence]) -> bool:
    return bool(offences) and all(o.committed_on is not None and o.committed_on < day for o in offences)


def _ages_fit_the_dates(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    for n, said in each(victim, "facts"):
        with suppress(UnreadError):
            if is_against_the_dates(said, victim.born, [offence for _, offence in parts.whole("offences")]):
                place = parts.where((*keys, "facts", said.fact if said.bare else n))
                yield faults.AGE_AGAINST_THE_DATES.at(place, fact=said.fact)


def is_against_the_dates(said: Assertion, born: date | None, offences: Sequence[Offence]) -> bool:
    """Whether a stated age is not that of the victim at any of the offences, or would be at none of them."""
    fact = load_vocabulary().facts.get(said.fact)
    if fact is None or not fact.of_dates or fact.below is None or born is None:
        return False
    days = [offence.committed_on for offence in offences if offence.committed_on is not None]
    if len(days) < len(offences):
        return False
    if said.value is True:
        return age_on(born, min(days)) >= fact.below
    return said.value is False and age_on(born, max(days)) < fact.below


def _birth_is_not_filled_in(parts: Parts, keys: Keys, victim: Victim) -> Iterator[Fault]:
    yield from _is_not_filled_in(parts, (*keys, "born"), victim.born)


def _day_is_not_filled_in(parts: Parts, keys: Keys, offence: Offence) -> Iterator[Fault]:
    yield from _is_not_filled_in(parts, (*keys, "committed_on"), offence.committed_on)


def _is_not_filled_in(parts: Parts, place: Keys, day: date | None) -> Iterator[Fault]:
    if day is not None and is_placeholder(day):
        yield PLACEHOLDERS[str(place[-1])].at(parts.where(place))


def _event_name_is_known(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    names = load_vocabulary().events
    if event.event not in names:
        nearest = load_vocabulary().nearest(event.event, names)
        yield faults.EVENT_UNKNOWN.at(parts.where((*keys, "event")), word=event.event, nearest=nearest)


def _about_makes_sense(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    words = load_vocabulary()
    name = words.events.get(event.event)
    if name is None or stated(event, "withdrawn"):
        return
    if stated(event, "about") is None:
        if name.about and event.about is None and not event.withdrawn:
            yield faults.EVENT_ABOUT_NOTHING.at(parts.where(keys), event=event.event, subjects=subjects_of(name))
    elif not name.about:
        yield faults.EVENT_TAKES_NO_ABOUT.at(parts.where((*keys, "about")), event=event.event)
    elif (known := words.subjects(name)) and event.about not in known:
        nearest = words.nearest(event.about, known)
        yield faults.NOTHING_A_VICTIM_IS_TOLD.at(parts.where((*keys, "about")), word=event.about, nearest=nearest)


def subjects_of(name: EventName) -> str:
    """What an event of that name can be about, in words, such as *an event or a topic*."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in name.about)


def _happened_after_the_offence(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    offence = event.offence
    committed = parts.first_day if offence is None else _first_possible(parts.offences_called.get(offence, ()))
    if committed is not None and event.on < committed:
        yield faults.EVENT_BEFORE_OFFENCE.at(
            parts.where((*keys, "at")), event=event.event, at=format_date(event.on), committed=format_date(committed)
        )


def _first_possible(offences: Sequence[Offence]) -> date | None:
    """The day before which none of the offences was committed; None if one of the days is not known."""
    known = [offence.committed_on for offence in offences if offence.committed_on is not None]
    return min(known, default=None) if len(known) == len(offences) else None


def _received_after_it_happened(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.received_on is not None and event.received_on < event.on:
        yield faults.RECEIVED_BEFORE_IT_HAPPENED.at(
            parts.where((*keys, "received")), received=format_date(event.received_on), at=format_date(event.on)
        )


def _recorded_after_it_happened(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.recorded is not None and (made := civil_date(event.recorded)) < event.on:
        yield faults.RECORDED_BEFORE_IT_HAPPENED.at(
            parts.where((*keys, "recorded")), recorded=format_date(made), at=format_date(event.on)
        )


def _corrects_a_record(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.replaces is not None and (event.replaces == event.reference or event.replaces not in parts.records_called):
        yield faults.CORRECTION_OF_NO_RECORD.at(parts.where((*keys, "replaces")), replaces=event.replaces)


def _withdraws_a_record(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.withdrawn and event.replaces is None:
        yield faults.WITHDRAWAL_OF_NOTHING.at(parts.where((*keys, "withdrawn")))


def _no_record_is_there_twice(parts: Parts) -> Iterator[Fault]:
    counted = Counter(event for _, event in parts.events if is_whole(event))
    for keys, event in parts.events:
        if counted[event] > 1:
            counted[event] = 0
            yield faults.RECORDED_TWICE.at(parts.where(keys), event=event.event)


def _telling_names_its_suspect(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.event != "victim-informed" or event.suspect is not None:
        return
    name = load_vocabulary().events.get(event.about or "")
    if name is None or name.kind is not EventKind.TRIGGER:
        return
    suspects = parts.suspects.get(event.about or "", set()) - {None}
    if len(suspects) > 1:
        yield faults.NOTIFICATION_WITHOUT_SUSPECT.at(parts.where(keys), suspects=len(suspects))


def _telling_answers_an_event(parts: Parts, keys: Keys, event: Event) -> Iterator[Fault]:
    if event.event != "victim-informed" or event.about not in load_vocabulary().events:
        return
    told_of = parts.called_so.get(event.about or "", ())
    if not told_of:
        yield faults.NOTIFICATION_OF_NOTHING_ON_RECORD.at(parts.where(keys), about=event.about)
    elif not any(one.on <= event.on and one.agrees(event, "suspect", "hearing") for one in told_of):
        yield faults.NOTIFICATION_OF_ANOTHER_RECORD.at(parts.where(keys), about=event.about)


_RULES: tuple[tuple[str, Callable[..., Iterator[Fault]]], ...] = (
    ("", _victims_are_there),
    ("", _the_reference_is_filled_in),
    ("victims", _reference_is_filled_in),
    ("", _references_are_unique),
    ("", _no_reference_is_a_name),
    ("victims", _capacity_is_known),
    ("victims", _speaks_for_someone),
    ("victims", _facts_are_known),
    ("offences", _flags_are_known),
    ("offences", _has_a_reference_among_several),
    ("offences", _lists_victims_of_the_case),
    ("victims", _born_before_the_offence),
    ("victims", _born_before_the_last_record),
    ("victims", _ages_fit_the_dates),
    ("victims", _birth_is_not_filled_in),
    ("offences", _day_is_not_filled_in),
    ("events", _event_name_is_known),
    ("events", _about_makes_sense),
    ("events", _happened_after_the_offence),
    ("events", _received_after_it_happened),
    ("events", _recorded_after_it_happened),
    ("events", _names_a_victim_of_the_case),
    ("events", _names_an_offence_of_the_case),
    ("events", _its_victim_is_of_the_offence),
    ("", _every_victim_has_an_offence),
    ("events", _corrects_a_record),
    ("events", _withdraws_a_record),
    ("", _no_record_is_there_twice),
    ("events", _telling_names_its_suspect),
    ("events", _telling_answers_an_event),
    ("events", _decision_names_its_offence),
)
"""Every check with the parts of the case it is made of one by one; without a name it looks at the whole case."""
