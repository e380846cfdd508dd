"""What can be wrong with a case: every check, each a few lines, none stopping another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from victims_code import faults
from victims_code.cases.assertions import UNREAD, Assertion
from victims_code.cases.events import Event
from victims_code.cases.people import Offence, Victim
from victims_code.cases.texts import text_or_nothing
from victims_code.cases.whose_offence import WhoseOffence
from victims_code.dates import age_on, civil_date, format_date
from victims_code.faults import Fault, did_you_mean
from victims_code.missing_values import is_placeholder
from victims_code.reading.documents import Keys
from victims_code.vocabulary import EventKind, EventName, load_vocabulary

__all__ = [
    "LONGEST_GAP",
    "PLACEHOLDERS",
    "SPEAKERS",
    "SPEAKING",
    "Parts",
    "both_given",
    "check",
    "is_against_the_dates",
    "subjects_of",
]

SPEAKING = ("family-spokesperson", "parent-or-guardian")
"""The capacities of those who are in the case because they hear and speak for another."""
SPEAKERS = ("person", "close-relative", *SPEAKING)
"""The capacities in which somebody can speak for another; the first two have Rights of their own beside it."""

PLACEHOLDERS = {"born": faults.BIRTH_DATE_FILLED_IN, "committed_on": faults.OFFENCE_DATE_FILLED_IN}
"""What is said of a date that systems fill in."""
LONGEST_GAP = 1
"""How many years the last date of a case may lie after every other before that is said."""


@frozen(kw_only=True)
class Parts:
    """The parts of a case as far as they could be read, each with the way to it, and how to name a place.

    ``reference`` is that of the case itself.

    ``unread`` holds by the way to a part the names of its values that could not be read; another value stands in their
    place, and no check may rest on it. ``unread_victims`` says that a victim is there whose reference is not known,
    ``unread_offences`` and ``unread_records`` the same of the others.
    """

    offences: Sequence[tuple[Keys, Offence]]
    victims: Sequence[tuple[Keys, Victim]]
    events: Sequence[tuple[Keys, Event]]
    where: Callable[[Keys], str]
    reference: str = ""
    unread_victims: bool = False
    unread_offences: bool = False
    unread_records: bool = False
    unread: Mapping[Keys, frozenset[str]] = field(factory=dict)

    def are_read(self, keys: Keys, *names: str) -> bool:
        """Whether a check can rest on these values of a part."""
        return not self.unread or self.unread.get(keys, frozenset()).isdisjoint(names)

    @property
    def whose(self) -> WhoseOffence:
        """The offences against each victim, as far as both could be read."""
        return WhoseOffence(
            victims=[victim for _, victim in self.victims], offences=[offence for _, offence in self.offences]
        )


def both_given(where: str = "offence") -> Fault:
    """The fault of a case that gives one offence and a list of offences."""
    return faults.BOTH_OFFENCE_AND_OFFENCES.at(where)


def check(parts: Parts) -> list[Fault]:
    """Every fault of a case, invalid ones and warnings, in the order of the record."""
    return [fault for rule in _RULES for fault in rule(parts)]


def _victims_are_there(parts: Parts) -> Iterator[Fault]:
    if not parts.victims and not parts.unread_victims:
        yield faults.NO_VICTIM.at(parts.where(("victims",)))


def _references_are_unique(parts: Parts) -> Iterator[Fault]:
    seen: set[str] = set()
    for keys, victim in parts.victims:
        if not parts.are_read(keys, "reference"):
            continue
        if victim.reference in seen:
            yield faults.VICTIM_REFERENCE_TWICE.at(parts.where((*keys, "reference")), reference=victim.reference)
        seen.add(victim.reference)
    seen = set()
    for keys, offence in parts.offences:
        if offence.reference is not None and offence.reference in seen:
            yield faults.OFFENCE_REFERENCE_TWICE.at(parts.where((*keys, "reference")), reference=offence.reference)
        seen.add(offence.reference or "")
    seen = set()
    for keys, event in parts.events:
        if event.reference is not None and event.reference in seen:
            yield faults.RECORD_REFERENCE_TWICE.at(parts.where((*keys, "reference")), reference=event.reference)
        seen.add(event.reference or "")


def _references_are_filled_in(parts: Parts) -> Iterator[Fault]:
    if parts.reference and text_or_nothing(parts.reference) is None:
        yield faults.EMPTY_CELL.at(parts.where(("reference",)), name="reference")
    for keys, victim in parts.victims:
        if text_or_nothing(victim.reference) is None and parts.are_read(keys, "reference"):
            yield faults.EMPTY_CELL.at(parts.where((*keys, "reference")), name="reference")


def _capacities_are_known(parts: Parts) -> Iterator[Fault]:
    known = load_vocabulary().facts["capacity"].values
    for keys, victim in parts.victims:
        if victim.capacity not in known:
            yield faults.CAPACITY_UNKNOWN.at(
                parts.where((*keys, "capacity")),
                word=victim.capacity,
                nearest=load_vocabulary().nearest(victim.capacity, known),
            )


def _spokespersons_speak_for_somebody(parts: Parts) -> Iterator[Fault]:
    people = {victim.reference: victim for _, victim in parts.victims}
    for keys, victim in parts.victims:
        for n, reference in enumerate(victim.speaks_for):
            place: Keys = (*keys, "speaks_for", n)
            if victim.capacity not in load_vocabulary().facts["capacity"].values or not parts.are_read(
                keys, "capacity"
            ):
                continue  # a fault of its own
            if victim.capacity not in SPEAKERS:
                yield faults.SPEAKS_IN_NO_CAPACITY.at(
                    parts.where(place), capacity=victim.capacity, speakers=" or ".join(SPEAKERS)
                )
            elif reference == victim.reference or (reference not in people and not parts.unread_victims):
                others = [other for other in people if other != victim.reference]
                yield faults.NO_OTHER_VICTIM.at(
                    parts.where(place),
                    other=reference,
                    nearest=did_you_mean(reference, others, listing="Others in the case"),
                )
            elif reference in people and people[reference].speaks_for:
                yield faults.SPEAKS_FOR_A_SPOKESPERSON.at(parts.where(place), other=reference)


def _facts_are_known(parts: Parts) -> Iterator[Fault]:
    for keys, victim in parts.victims:
        yield from _check_assertions(parts, (*keys, "facts"), victim.facts, "victim")
    for keys, offence in parts.offences:
        yield from _check_assertions(parts, (*keys, "flags"), offence.flags, "case")


def _check_assertions(parts: Parts, keys: Keys, given: tuple[Assertion, ...], of: str) -> Iterator[Fault]:
    known = {fact.id: fact for fact in load_vocabulary().facts.values() if fact.of == of and fact.can_be_stated}
    stated: dict[tuple[str, object], object] = {}
    for n, assertion in enumerate(given):
        if assertion is UNREAD:
            continue
        place: Keys = (*keys, assertion.fact) if of == "victim" and assertion.bare else (*keys, n)
        if assertion.fact not in known:
            unknown = faults.FACT_UNKNOWN if of == "victim" else faults.FLAG_UNKNOWN
            nearest = _elsewhere(assertion.fact, of) or load_vocabulary().nearest(assertion.fact, known)
            yield unknown.at(parts.where(place), word=assertion.fact, nearest=nearest)
        elif isinstance(assertion.value, str):
            yield faults.FACT_MISWRITTEN.at(parts.where(place), fact=assertion.fact, value=assertion.value)
        key = (assertion.fact, assertion.since)
        if assertion.value is None:
            continue
        if key in stated and stated[key] != assertion.value:
            yield faults.FACT_WITH_TWO_VALUES.at(parts.where(place), fact=assertion.fact)
        stated[key] = assertion.value


def _several_offences_have_references(parts: Parts) -> Iterator[Fault]:
    for keys, offence in parts.offences if len(parts.offences) > 1 else ():
        if offence.reference is None and parts.are_read(keys, "reference"):
            yield faults.OFFENCE_WITHOUT_REFERENCE.at(parts.where(keys))


def _offences_name_victims_of_the_case(parts: Parts) -> Iterator[Fault]:
    known = {victim.reference for _, victim in parts.victims}
    for keys, offence in parts.offences:
        for n, reference in enumerate(offence.victims or ()):
            if reference not in known and not parts.unread_victims:
                yield faults.VICTIM_NOT_IN_THE_CASE.at(
                    parts.where((*keys, "victims", n)),
                    victim=reference,
                    nearest=did_you_mean(reference, known, listing="Victims of the case"),
                )


def _events_name_offences_of_the_case(parts: Parts) -> Iterator[Fault]:
    known = {offence.reference for _, offence in parts.offences if offence.reference is not None}
    for keys, event in parts.events:
        if event.offence is not None and event.offence not in known and not parts.unread_offences:
            place = parts.where((*keys, "offence"))
            if known:
                nearest = did_you_mean(event.offence, known, listing="Offences of the case")
                yield faults.OFFENCE_NOT_IN_THE_CASE.at(place, offence=event.offence, nearest=nearest)
            else:
                yield faults.OFFENCE_IN_NO_LIST.at(place, offence=event.offence)


def _victims_named_are_of_the_offence(parts: Parts) -> Iterator[Fault]:
    concerned = parts.whose.concerned
    for keys, event in parts.events:
        named = concerned.get(event.offence or "")
        if named is not None and event.victim is not None and event.victim not in named and not parts.unread_victims:
            yield faults.VICTIM_NOT_OF_THE_OFFENCE.at(
                parts.where((*keys, "offence")), event=event.event, victim=event.victim, offence=event.offence
            )


def _every_victim_has_an_offence(parts: Parts) -> Iterator[Fault]:
    places = {victim.reference: keys for keys, victim in parts.victims}
    for victim in parts.whose.named_by_none():
        yield faults.VICTIM_OF_NO_OFFENCE.at(parts.where(places[victim.reference]), victim=victim.reference)


def _decisions_name_their_offence(parts: Parts) -> Iterator[Fault]:
    """Every decision on an offence that does not say which."""
    names, whose = load_vocabulary().events, parts.whose
    for keys, event in parts.events if whose.differ else ():
        name = names.get(event.event)
        silent = event.victim is None and event.offence is None and parts.are_read(keys, "victim", "offence")
        if name is not None and name.of_offence and silent:
            yield faults.DECISION_WITHOUT_OFFENCE.at(parts.where(keys), event=event.event)


def _elsewhere(name: str, of: str) -> str | None:
    """Where a fact belongs that is stated in the wrong place, by its name or by what people call it."""
    words = load_vocabulary()
    meant = [fact for fact in (name, *words.meanings.get(name, ())) if fact in words.facts]
    if not meant or words.facts[meant[0]].of == of or not words.facts[meant[0]].can_be_stated:
        return None
    place = "the `flags` of the offence" if of == "victim" else "the `facts` of the victim"
    return f"Write {meant[0]!r} under {place}."


def _born_before_the_offence(parts: Parts) -> Iterator[Fault]:
    for keys, victim in parts.victims:
        born = victim.born
        if born is None or victim.may_be_born_later or not parts.are_read(keys, "capacity", "facts"):
            continue
        listing = [o for _, o in parts.offences if o.victims is not None and victim.reference in o.victims]
        if _all_before(born, [o for _, o in parts.offences]) or any(_all_before(born, [o]) for o in listing):
            yield faults.BORN_AFTER_THE_OFFENCE.at(parts.where((*keys, "born")))


def _ages_fit_the_dates(parts: Parts) -> Iterator[Fault]:
    offences = [offence for _, offence in parts.offences]
    for keys, victim in parts.victims:
        for n, said in enumerate(victim.facts if parts.are_read(keys, "born", "facts") else ()):
            if is_against_the_dates(said, victim.born, offences):
                place = said.fact if said.bare else n
                yield faults.AGE_AGAINST_THE_DATES.at(parts.where((*keys, "facts", place)), fact=said.fact)


def is_against_the_dates(said: Assertion, born: date | None, offences: Sequence[Offence]) -> bool:
    """Whether a stated age is not that of the victim at any of the offences, or would be at none of them."""
    fact = load_vocabulary().facts.get(said.fact)
    days = [offence.committed_on for offence in offences if offence.committed_on is not None]
    if fact is None or not fact.of_dates or fact.below is None or born is None or len(days) < len(offences):
        return False
    if said.value is True:
        return age_on(born, min(days)) >= fact.below
    return said.value is False and age_on(born, max(days)) < fact.below


def _all_before(day: date, offences: Sequence[Offence]) -> bool:
    return bool(offences) and all(o.committed_on is not None and o.committed_on < day for o in offences)


def _dates_are_not_filled_in(parts: Parts) -> Iterator[Fault]:
    dates = [((*keys, "born"), victim.born) for keys, victim in parts.victims if parts.are_read(keys, "born")]
    for keys, offence in parts.offences:
        if parts.are_read(keys, "committed_on"):
            dates.append(((*keys, "committed_on"), offence.committed_on))
    for place, day in dates:
        if day is not None and is_placeholder(day):
            yield PLACEHOLDERS[str(place[-1])].at(parts.where(place))


def _event_names_are_known(parts: Parts) -> Iterator[Fault]:
    names = load_vocabulary().events
    for keys, event in parts.events:
        if event.event not in names and parts.are_read(keys, "event"):
            yield faults.EVENT_UNKNOWN.at(
                parts.where((*keys, "event")), word=event.event, nearest=load_vocabulary().nearest(event.event, names)
            )


def _about_makes_sense(parts: Parts) -> Iterator[Fault]:
    words = load_vocabulary()
    for keys, event in parts.events:
        name = words.events.get(event.event)
        if name is None or event.withdrawn:
            continue
        if event.about is None:
            if name.about and parts.are_read(keys, "about", "withdrawn"):
                yield faults.EVENT_ABOUT_NOTHING.at(parts.where(keys), event=event.event, subjects=subjects_of(name))
        elif not name.about:
            yield faults.EVENT_TAKES_NO_ABOUT.at(parts.where((*keys, "about")), event=event.event)
        elif (known := words.subjects(name)) and event.about not in known:
            yield faults.NOTHING_A_VICTIM_IS_TOLD.at(
                parts.where((*keys, "about")), word=event.about, nearest=words.nearest(event.about, known)
            )


def subjects_of(name: EventName) -> str:
    """What an event of that name can be about, in words, such as *an event or a topic*."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in name.about)


def _dates_are_in_order(parts: Parts) -> Iterator[Fault]:
    called: dict[str | None, list[Offence]] = {None: [offence for _, offence in parts.offences]}
    for _, offence in parts.offences:
        if offence.reference is not None:
            called.setdefault(offence.reference, []).append(offence)
    first_days = {reference: _first_possible(offences) for reference, offences in called.items()}
    for keys, event in parts.events:
        if not parts.are_read(keys, "at"):
            continue
        committed = first_days.get(event.offence)
        if committed is not None and event.on < committed:
            yield faults.EVENT_BEFORE_OFFENCE.at(
                parts.where((*keys, "at")),
                event=event.event,
                at=format_date(event.on),
                committed=format_date(committed),
            )
        if event.received_on is not None and event.received_on < event.on:
            yield faults.RECEIVED_BEFORE_IT_HAPPENED.at(
                parts.where((*keys, "received")), received=format_date(event.received_on), at=format_date(event.on)
            )
        if event.recorded is not None and (made := civil_date(event.recorded)) < event.on:
            yield faults.RECORDED_BEFORE_IT_HAPPENED.at(
                parts.where((*keys, "recorded")), recorded=format_date(made), at=format_date(event.on)
            )


def _first_possible(offences: Sequence[Offence]) -> date | None:
    """The day before which none of the offences was committed; None if one of the days is not known."""
    known = [offence.committed_on for offence in offences if offence.committed_on is not None]
    return min(known, default=None) if len(known) == len(offences) else None


def _victims_are_known(parts: Parts) -> Iterator[Fault]:
    known = {victim.reference for _, victim in parts.victims}
    if parts.unread_victims:
        return
    for keys, event in parts.events:
        if event.victim is not None and event.victim not in known:
            yield faults.VICTIM_NOT_IN_THE_CASE.at(
                parts.where((*keys, "victim")),
                victim=event.victim,
                nearest=did_you_mean(event.victim, known, listing="Victims of the case"),
            )


def _corrections_name_a_record(parts: Parts) -> Iterator[Fault]:
    known = {event.reference for _, event in parts.events if event.reference is not None}
    for keys, event in parts.events:
        unknown = event.replaces not in known and not parts.unread_records
        if event.replaces is not None and (unknown or event.replaces == event.reference):
            yield faults.CORRECTION_OF_NO_RECORD.at(parts.where((*keys, "replaces")), replaces=event.replaces)
        if event.withdrawn and event.replaces is None and parts.are_read(keys, "replaces"):
            yield faults.WITHDRAWAL_OF_NOTHING.at(parts.where((*keys, "withdrawn")))


def _no_record_stands_twice(parts: Parts) -> Iterator[Fault]:
    counted = Counter(event for keys, event in parts.events if keys not in parts.unread)
    for keys, event in parts.events:
        if counted[event] > 1:
            counted[event] = 0
            yield faults.RECORDED_TWICE.at(parts.where(keys), event=event.event)


def _tellings_name_their_suspect(parts: Parts) -> Iterator[Fault]:
    names = load_vocabulary().events
    triggers = [e for _, e in parts.events if e.event in names and names[e.event].kind is EventKind.TRIGGER]
    for keys, event in parts.events:
        if event.event == "victim-informed" and event.suspect is None and parts.are_read(keys, "suspect"):
            suspects = {other.suspect for other in triggers if other.event == event.about and other.suspect}
            if len(suspects) > 1:
                yield faults.NOTIFICATION_WITHOUT_SUSPECT.at(parts.where(keys), suspects=len(suspects))


def _tellings_answer_an_event(parts: Parts) -> Iterator[Fault]:
    happened = {event.event for _, event in parts.events}
    if parts.unread_records or not all(parts.are_read(keys, "event") for keys, _ in parts.events):
        return
    for keys, event in parts.events:
        if event.event == "victim-informed" and event.about in load_vocabulary().events and event.about not in happened:
            yield faults.NOTIFICATION_OF_NOTHING_ON_RECORD.at(parts.where(keys), about=event.about)


_RULES: tuple[Callable[[Parts], Iterator[Fault]], ...] = (
    _victims_are_there,
    _references_are_filled_in,
    _references_are_unique,
    _capacities_are_known,
    _spokespersons_speak_for_somebody,
    _facts_are_known,
    _several_offences_have_references,
    _offences_name_victims_of_the_case,
    _born_before_the_offence,
    _ages_fit_the_dates,
    _dates_are_not_filled_in,
    _event_names_are_known,
    _about_makes_sense,
    _dates_are_in_order,
    _victims_are_known,
    _events_name_offences_of_the_case,
    _victims_named_are_of_the_offence,
    _every_victim_has_an_offence,
    _corrections_name_a_record,
    _no_record_stands_twice,
    _tellings_name_their_suspect,
    _tellings_answer_an_event,
    _decisions_name_their_offence,
)
