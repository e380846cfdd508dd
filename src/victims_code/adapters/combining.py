"""Cases of different origin that are one case: what they say of events, victims and offence, brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.adapters.court_cases import (
    PLACEHOLDER_VICTIM,
    group_identical,
    last_possible,
    of_the_age_by_dates,
    out_of_order,
    particulars,
)
from victims_code.adapters.offence_drafts import dated_before, with_victims_by_code
from victims_code.adapters.offences_together import OffencesTogether
from victims_code.adapters.references import References
from victims_code.arguments import need_each
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.faults import Fault, FaultTemplate
from victims_code.identifiers import case_key
from victims_code.vocabulary import load_vocabulary

T = TypeVar("T")
PlacedEvent = tuple[Event, str]
"""An event and where it stands in what it was read from."""


def combined(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Cases of different origin brought together by their reference, however each writes it; nothing is taken back.

    Victims that one origin lists take the place of the one who stands in for another, and events and facts of all are
    kept, so that extracts of a case give together what one joined extract gives. Where they contradict each other the
    case has a note.

    >>> from datetime import date
    >>> from victims_code.cases import Event, Victim
    >>> court = Case(reference="45AA0000126", victims=[Victim(reference="victim")],
    ...              events=[Event(event="suspect-charged", at=date(2026, 4, 2))])
    >>> police = Case(reference="45AA0000126", victims=[Victim(reference="V1", facts={"persistently-targeted": True})])
    >>> (case,) = combined([court, police])
    >>> [victim.reference for victim in case.victims], len(case.events)
    (['V1'], 1)
    """
    told: dict[str, list[Case]] = {}
    for case in need_each(cases, Case, "cases", "Pass Case objects, such as read_cases gives."):
        told.setdefault(case_key(case.reference), []).append(case)
    return tuple(one[0] if len(one) == 1 else _joined(one) for one in told.values())


def _joined(told: Sequence[Case]) -> Case:
    """One case of several that have one reference, which is written as the first of them writes it."""
    references = References()
    cases = [references.in_case(case) for case in told]
    together = OffencesTogether(cases=cases)
    events, said_again = _events(cases, together)
    joining = CaseMerger(cases=cases, events=events, together=together)
    joining.note_said_again(said_again)
    joining.notes.extend(references.notes())
    return joining.case()


def _events(cases: Sequence[Case], together: OffencesTogether) -> tuple[list[PlacedEvent], list[PlacedEvent]]:
    """The events of all the cases by day, what several say once, and every correction with the record it corrects.

    Beside them the decisions that name no offence and were taken for one that another record names, although they may
    be about more. Where others would hear nothing of them they stay.
    """
    plain: list[PlacedEvent] = []
    corrections: list[PlacedEvent] = []
    names: set[str] = set()
    for n, case in enumerate(cases, start=1):
        corrected = {event.replaces for event in case.events} - {None}
        for event, place in placed(case):
            own = _renamed(event, names, n)
            if own.offence is not None:
                own = evolve(own, offence=together.names_in(n - 1)[own.offence])
            if event.replaces is not None or event.reference in corrected:
                corrections.append((own, place))
            else:
                plain.append((own, place))
        names |= {event.reference for event in case.events if event.reference is not None}
    kept = list(group_identical(plain).values())
    doubtful = list(_with_less(plain, [event for event, _ in kept], together.offences()))
    everybody = {victim.reference for case in cases for victim in case.victims}
    stay = [placed for placed, reached in doubtful if reached is not None and not everybody <= reached]
    events = sorted([*kept, *stay, *corrections], key=lambda one: one[0].on)
    return events, [placed for placed, _ in doubtful if placed not in stay]


def _with_less(
    told: Sequence[PlacedEvent], kept: Sequence[Event], offences: Sequence[Offence]
) -> Iterator[tuple[PlacedEvent, set[str] | None]]:
    """The decisions without an offence that are not kept, while one of the offences has none of that day.

    With each the victims of the offences that have one; None if those can be all.
    """
    named: dict[tuple[object, ...], list[str | None]] = {}
    for event in kept:
        if event.offence is not None:
            named.setdefault(particulars(event)[:5], []).append(event.offence)
    for placed in {particulars(event): (event, place) for event, place in told if event.offence is None}.values():
        event = placed[0]
        about = named.get(particulars(event)[:5], [])
        others = [one for one in offences if one.reference not in about and one.victims != ()]
        if about and others and load_vocabulary().events[event.event].of_offence:
            listed = [one.victims for one in offences if one.reference in about]
            yield placed, None if None in listed else {name for names in listed for name in names or ()}


def _renamed(event: Event, taken: set[str], n: int) -> Event:
    """An event whose references are not those of another origin's records."""

    def name(given: str | None) -> str | None:
        return f"{given} ({n})" if given in taken else given

    return evolve(event, reference=name(event.reference), replaces=name(event.replaces)) if taken else event


def placed(case: Case) -> Iterator[PlacedEvent]:
    """The events of a case, each with where it stands in what the case was read from, if that is known."""
    return zip(case.events, case._places or [""] * len(case.events), strict=True)


@frozen(kw_only=True)
class CaseMerger:
    """One case in the making, from what several cases say. What only together they contradict is noted.

    :param cases: those whose victims, facts and notes count, the last word last.
    :param events: the events of the case that is made.
    :param together: its offences, whose flags are those that the cases state.
    """

    cases: Sequence[Case]
    events: Sequence[PlacedEvent]
    together: OffencesTogether
    notes: list[Fault] = field(factory=list)

    def case(self) -> Case:
        """The case that holds together."""
        offences = self._offences()
        victims = self._victims(offences)
        given = [note for case in self.cases for note in case._notes]
        if PLACEHOLDER_VICTIM not in victims:
            given = [note for note in given if note.code != "VC-READ-102"]
        said = {note.message for note in given}
        withdrawn = {event.replaces for event, _ in self.events}
        for fault in out_of_order(event for event, _ in self.events if self._stands(event, withdrawn)):
            if fault.message not in said:
                self.notes.append(evolve(fault, location=self._place))
        places = [place for _, place in self.events]
        return Case(
            reference=self.reference,
            victims=tuple(victims.values()),
            events=tuple(event for event, _ in self.events),
            offences=offences,
            notes=tuple(dict.fromkeys([*given, *self.together.notes, *self.notes])),
            places=tuple(places) if all(places) else (),
        )

    def note_said_again(self, events: Sequence[PlacedEvent]) -> None:
        """Say which decisions without an offence were taken for those that name one."""
        if events:
            names = ", ".join(dict.fromkeys(event.event for event, _ in events))
            self._note(faults.DECISIONS_SAID_AGAIN, "", count=len(events), names=names)

    @property
    def reference(self) -> str:
        """How all of them call the case."""
        return self.cases[-1].reference

    @staticmethod
    def _stands(event: Event, replaced: set[str | None]) -> bool:
        return not event.withdrawn and (event.reference is None or event.reference not in replaced)

    def _offences(self) -> tuple[Offence, ...]:
        """The offences with their flags, without dates before which something on record happened."""
        found = []
        known = {victim.reference for case in self.cases for victim in case.victims}
        for told, flags in zip(self.together.offences(), self.together.flags(self.cases), strict=True):
            offence = _with_known_victims(told, known)
            self._contradictions(flags, "offence" if offence.reference is None else f"offence {offence.reference}")
            found.append(evolve(offence, flags=_agreed(flags)))
        offences = with_victims_by_code(found) if len(found) > 1 else tuple(found)
        self._without_victim(offences)
        wrong = dict(dated_before([event for event, _ in self.events], offences))
        self.notes.extend(evolve(fault, location=self._place) for fault in dict.fromkeys(wrong.values()))
        return tuple(evolve(one, committed_on=None) if one in wrong else one for one in offences)

    def _without_victim(self, offences: Sequence[Offence]) -> None:
        """Note the decisions of the records that are about offences without a victim, which only together they show."""
        codes = {one.reference: one.cjs_code for one in offences if one.victims == () and len(offences) > 1}
        about = [event for event, _ in self.events if event.offence in codes and not event.withdrawn]
        names = [f"{e.event} on {codes[e.offence]}" for e in about if load_vocabulary().events[e.event].of_offence]
        if names:
            listed = ", ".join(dict.fromkeys(names))
            self._note(faults.DECISIONS_START_NO_DUTY, "", count=len(names), names=listed)

    def _victims(self, offences: Sequence[Offence]) -> dict[str, Victim]:
        """Everyone who is listed, each as the last case has them that says anything; otherwise the stand-in."""
        told: dict[str, list[Victim]] = {}
        for victim in (victim for case in self.cases for victim in case.victims):
            told.setdefault(victim.reference, []).append(victim)
        everybody = [victim.facts for victim in told.get(PLACEHOLDER_VICTIM, ())]
        found = {}
        named = [name for name in told if name != PLACEHOLDER_VICTIM]
        if named and any(victim.born for victim in told.get(PLACEHOLDER_VICTIM, ())):
            self._note(faults.BIRTH_OF_NO_VICTIM, "")
        for reference in named or [PLACEHOLDER_VICTIM]:
            own = [victim.facts for victim in told[reference]]
            facts = own if reference == PLACEHOLDER_VICTIM else [*own, *everybody]
            born = _last(victim.born for victim in told[reference])
            if len({victim.born for victim in told[reference]} - {None}) > 1:
                self._note(faults.SEVERAL_DATES_OF_BIRTH, reference)
            self._contradictions(facts, reference)
            victim = Victim(
                reference=reference,
                capacity=_last(one.capacity for one in told[reference] if one.capacity != "person") or "person",
                speaks_for=_last(one.speaks_for for one in told[reference] if one.speaks_for) or (),
                facts=_agreed(facts),
            )
            latest = last_possible(victim, offences, (event for event, _ in self.events))
            if born is not None and latest is not None and born > latest:
                self._note(faults.BIRTH_DATE_TOO_LATE, reference)
                born = None
            found[reference], wrong = of_the_age_by_dates(evolve(victim, born=born), offences)
            for stated in wrong:
                self._note(faults.STATED_AGE_NOT_USED, reference, fact=stated.fact)
        return found

    def _contradictions(self, said: Sequence[tuple[Assertion, ...]], of: str) -> None:
        """A note for everything that one case says holds, and another that it does not."""
        kept = {(one.fact, one.since): one for one in _agreed(said) if one.value is not None}
        for key in dict.fromkeys((one.fact, one.since) for given in said for one in given):
            if len({one.value for given in said for one in given if (one.fact, one.since) == key} - {None}) > 1:
                self._note(faults.FACT_CONTRADICTED, of, fact=key[0], kept="last", source=kept[key].source)

    @property
    def _place(self) -> str:
        return f"case {self.reference}"

    def _note(self, entry: FaultTemplate, of: str, **particulars: object) -> None:
        self.notes.append(entry.at(", ".join(filter(None, (self._place, of))), **particulars))


def _with_known_victims(offence: Offence, known: set[str]) -> Offence:
    """The offence with the victims that the case has; not known, if it lists only others."""
    if not offence.victims:
        return offence
    return evolve(offence, victims=tuple(one for one in offence.victims if one in known) or None)


def _last(given: Iterable[T | None]) -> T | None:
    """The last that is not None, if there is one."""
    return next((one for one in reversed(list(given)) if one is not None), None)


def _agreed(said: Sequence[tuple[Assertion, ...]]) -> tuple[Assertion, ...]:
    """Every assertion once; where cases contradict each other, the last one counts."""
    every = dict.fromkeys(assertion for given in said for assertion in given)
    last = {(one.fact, one.since): one.value for given in said for one in given if one.value is not None}
    return tuple(one for one in every if one.value in (None, last.get((one.fact, one.since))))
