"""From dated facts in court messages to cases that hold together: what all adapters of court results share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count

from attrs import define, evolve, field, frozen

from victims_code import faults
from victims_code.adapters.court_codes import CourtResult, Mark, ResultMeaning, court_codes, sentence_flags
from victims_code.adapters.offence_drafts import (
    ADJOURNED,
    ENDS,
    AboutOffences,
    OffenceDraft,
    SaidOf,
    dated_before,
    with_victims_by_code,
)
from victims_code.adapters.references import Spellings, cases_called, suspects_called
from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.cases.checks import is_against_the_dates
from victims_code.dates import Moment, civil_date, format_date, parse_moment
from victims_code.errors import WrongValueError
from victims_code.faults import Fault, FaultTemplate
from victims_code.missing_values import is_placeholder
from victims_code.names import EventId
from victims_code.offences import flags_of
from victims_code.printable import capitalised

PLACEHOLDER_VICTIM = "victim"
"""The reference of the victim who stands in where a message lists none."""
EARLIEST, LATEST = date(1990, 1, 1), date(2060, 12, 31)
"""Dates outside of what agencies do are taken for mistakes; the calendar of working days spans the same years."""
FIRST_OFFENCE = date(1920, 1, 1)
"""Offences tried today reach back to the 1940s; no one alive under the Codes could commit one before this day."""
FIRST_BIRTH = date(1880, 1, 1)
"""No one in a case of those years was born before."""
COURSE = (
    ("suspect-arrested", "suspect-charged"),
    ("suspect-charged", "hearing-listed"),
    ("suspect-charged", "bail-hearing-decided"),
    ("suspect-charged", "proceedings-stopped"),
    ("suspect-charged", "case-outcome"),
    ("case-outcome", "sentence-passed"),
)
"""What comes before what for one defendant; messages often have it otherwise."""


@frozen(kw_only=True)
class ReportedEvent:
    """Something a message says happened, with the date as it was written and where it stands."""

    event: EventId
    written: object
    where: str
    suspect: str | None = None
    hearing: str | None = None
    victim: str | None = None
    about: str | None = None
    received: object = None
    offence: str | None = None


@define(kw_only=True)
class CaseDraft:
    """A case while a message is being read. :meth:`finish` makes it hold together, and notes what it left out."""

    reference: str
    source: str
    where: str
    committed: list[tuple[object, str]] = field(factory=list)
    """Dates of the offence of a record that does not tell several apart, as written, and where."""
    codes: list[str] = field(factory=list)
    """Codes of that offence."""
    offences: dict[str, OffenceDraft] = field(factory=dict)
    """The offences that a message tells apart, by reference."""
    occurrences: list[ReportedEvent] = field(factory=list)
    results: list[CourtResult] = field(factory=list)
    flags: list[Assertion] = field(factory=list)
    facts: list[Assertion] = field(factory=list)
    """Facts of every victim of the case."""
    facts_of: dict[str, list[Assertion]] = field(factory=dict)
    """Facts of one victim, by the victim's reference."""
    victims: dict[str, tuple[object, str]] = field(factory=dict)
    """Date of birth as written, and where, by the victim's reference."""
    spoken_for: dict[str, dict[str, str]] = field(factory=dict)
    """Whom a victim speaks for, and where that is said, by the victim's reference."""
    notes: list[Fault] = field(factory=list)
    unread: dict[str, Counter[str]] = field(factory=dict)
    """What was left out because it tells nothing the duties turn on: by kind, how often each."""
    said_of_ends: int = 0
    """How much has been said of the end of an offence: grows with every event or note of that kind."""
    suspects: Spellings = field(factory=suspects_called)
    called: Spellings = field(factory=cases_called)

    def __attrs_post_init__(self) -> None:
        self.called.first(self.reference)

    def happened(
        self,
        event: EventId,
        written: object,
        where: str,
        *,
        suspect: str | None = None,
        hearing: str | None = None,
        victim: str | None = None,
        about: str | None = None,
        received: object = None,
        offence: str | None = None,
    ) -> None:
        """The message says that something happened; without a date it tells nothing."""
        if written is not None:
            self.said_of_ends += event in ENDS
            self.occurrences.append(
                ReportedEvent(
                    event=event,
                    written=written,
                    where=where,
                    suspect=self.suspects.called(suspect),
                    hearing=hearing,
                    victim=victim,
                    about=about,
                    received=received,
                    offence=offence,
                )
            )

    def offence(self, told: OffenceDraft) -> OffenceDraft:
        """The offence that is told of: one told of before, or another, which is called otherwise if that is taken."""
        for number in count(1):
            name = told.reference if number == 1 else f"{told.reference} ({number})"
            known = self.offences.get(name)
            if known is None:
                if number > 1:
                    self.note(faults.REFERENCE_OF_ANOTHER_OFFENCE, told.where, reference=told.reference, name=name)
                return self.offences.setdefault(name, evolve(told, reference=name))
            if not known.is_another_than(told):
                known.told_again(told)
                return known
        raise AssertionError("there is always another number")

    def resulted(self, result: CourtResult, label: Mark | None = None) -> None:
        """A court result with its code and qualifiers: what it tells, and what it says of case and victims.

        :param label: what its label means, if that is known.
        """
        codes = court_codes()
        self.results.append(result)
        meaning = codes.results.get(result.code or "")
        marks = [(label, "result"), (codes.marks.get(result.code or ""), "result code")]
        for qualifier in result.qualifiers:
            if (known := codes.qualifiers.get(qualifier)) is None:
                self.not_read("result qualifiers", qualifier)
            marks.append((known, "result qualifier"))
        events = [meaning.event] if meaning and meaning.event else []
        events += [mark.event for mark, _ in marks if mark is not None and mark.event is not None]
        for event in events:
            self.decided(event, result)
        for mark, kind in marks:
            if mark is not None:
                self.marked(mark, kind, result.where, offence=result.offence)
        if not events:
            self._tells_nothing(result, meaning, known=any(mark is not None for mark, _ in marks))

    def decided(self, event: EventId, by: CourtResult) -> None:
        """A result says that something happened; without a date no event can be made of it."""
        if by.written is None:
            self.note(faults.RESULT_WITHOUT_DATE, by.where, result=by.name, event=event)
        self.happened(event, by.written, by.where, suspect=by.suspect, hearing=by.hearing, offence=by.offence)

    def _tells_nothing(self, result: CourtResult, meaning: ResultMeaning | None, *, known: bool) -> None:
        """A result of which no event was made: said at length if it may have ended something."""
        where, name = result.where, result.name
        if result.ends:
            self.note(faults.RESULT_ENDED_AN_OFFENCE, where, result=name)
        elif meaning is not None:
            if meaning.doubt is not None:
                said, doubt = meaning.meaning, meaning.doubt
                self.note(faults.RESULT_LEAVES_A_DOUBT, where, result=name, meaning=said, doubt=doubt)
        elif not known and result.final:
            self.note(faults.FINAL_RESULT_NOT_UNDERSTOOD, where, result=name)
        elif not known:
            self.not_read("results", name)

    def not_read(self, kind: str, name: str) -> None:
        """Something that tells nothing the duties turn on. It is counted, and one note says what and how often."""
        self.unread.setdefault(kind, Counter())[name] += 1

    def marked(self, mark: Mark, kind: str, where: str, *, offence: str | None = None) -> None:
        """A mark becomes an assertion with its source, of one offence or of all of them."""
        if mark.fact is None:
            return
        said = Assertion(fact=mark.fact, value=True, source=f"{self.source} {kind} {mark.code}")
        flags = self.flags if offence is None else self.offences[offence].flags
        (self.facts if mark.of == "victim" else flags).append(said)
        if mark.doubt is not None:
            meaning, doubt = mark.meaning.lower(), mark.doubt
            self.note(faults.MARK_OF_SOMEONE_ELSE, where, kind=kind, code=mark.code, meaning=meaning, doubt=doubt)

    def said_of(self, victim: str, said: Assertion) -> None:
        """Something said of one victim of the case."""
        self.facts_of.setdefault(victim, []).append(said)

    def named(self, victim: str, born: object, where: str) -> None:
        """A victim is named, perhaps with a date of birth; one that is given counts before none."""
        known, _ = self.victims.get(victim, (None, ""))
        if known is None:
            self.victims[victim] = (born, where)
        elif born is not None and born != known:
            self.note(faults.ANOTHER_DATE_OF_BIRTH_BEFORE, where)

    def speaks(self, victim: str, other: str, where: str) -> None:
        """A victim speaks for another victim of the case."""
        self.spoken_for.setdefault(victim, {}).setdefault(other, where)

    def _speaks_for(self, victim: str) -> Iterator[str]:
        """Those a victim speaks for who are victims of the case and speak for no one themselves."""
        for other, where in self.spoken_for.get(victim, {}).items():
            if other in self.victims and other != victim and other not in self.spoken_for:
                yield other
            else:
                self.note(faults.CANNOT_SPEAK_FOR, where, victim=victim, other=other)

    def says_something(self) -> None:
        """Note a case of which the message tells nothing that happened, so that no one takes silence for an answer."""
        if not self.occurrences:
            self.note(faults.CASE_WITHOUT_EVENT, self.where)

    def note(self, entry: FaultTemplate, where: str, **particulars: object) -> None:
        """Something worth a look: left out, not understood, or perhaps the end of an offence, which is counted."""
        self.said_of_ends += entry.kind in (faults.VC_READ_110, faults.VC_READ_116)
        self.notes.append(entry.at(where, **particulars))

    def _no_date(self, location: str, written: object) -> None:
        """Something written where a date belongs, which is none or cannot be right."""
        shown = format_date(civil_date(written)) if isinstance(written, date) else repr(written)
        if isinstance(written, Fault):
            self.note(faults.DATE_CELL_NOT_READ, location, problem=written.message, hint=written.hint)
        elif isinstance(written, date) and is_placeholder(written):
            self.note(faults.DATE_FILLED_IN, location, shown=shown)
        else:
            self.note(faults.NOT_THE_DATE_OF_THIS, location, shown=shown)

    def finish(self, *, classify: bool = False) -> Case:
        """The case: unusable dates left out, contradictions resolved by leaving out, and a note for each.

        :param classify: take what the offence codes say of the offence as said, where the message says nothing of it.
        """
        self.notes += [*self.called.notes(self.where), *self.suspects.notes(self.where)]
        for what, names in self.unread.items():
            kind, count = capitalised(what), names.total()
            self.note(faults.PARTS_TELL_NO_EVENT, self.where, kind=kind, count=count, names=_counted(names))
        offences = self._offences(classify=classify)
        found = self._events(offences)
        events = tuple(found)
        offences = self._dated_rightly(offences, events)
        return Case(
            reference=self.reference,
            victims=self._victims(offences, events),
            events=events,
            offences=offences,
            notes=tuple(dict.fromkeys(self.notes)),
            places=tuple(found.values()),
        )

    def _offences(self, *, classify: bool) -> tuple[Offence, ...]:
        """The offences a message tells apart, each with what is said of it; or the one offence of a record."""
        if not self.offences:
            return (self._one_offence(classify=classify),)
        marked, results = self._agreeing(self.flags), self._results_by_offence()
        if nobody := all(draft.victims == {} for draft in self.offences.values()):
            self.note(faults.NO_VICTIM_OF_ANY_OFFENCE, self.where)
        return with_victims_by_code(
            [
                Offence(
                    reference=draft.reference,
                    committed_on=self._day_of(draft),
                    cjs_code=draft.code,
                    flags=self._flags([*marked, *draft.flags], results[draft.reference], draft.code, classify),
                    victims=None if nobody or draft.victims is None else tuple(draft.victims),
                )
                for draft in self.offences.values()
            ]
        )

    def _day_of(self, offence: OffenceDraft) -> date | None:
        """The earliest of the days a message gives for an offence, with a note if they differ."""
        if len(days := {str(written)[:10] for written, _ in offence.committed if written is not None}) > 1:
            self.note(faults.SEVERAL_DAYS_OF_AN_OFFENCE, offence.where, days=len(days), offence=offence.reference)
        return self._first_day(offence.committed)

    def _results_by_offence(self) -> dict[str, list[CourtResult]]:
        """The results on each offence, and those on its defendant as a whole."""
        found: dict[str, list[CourtResult]] = {reference: [] for reference in self.offences}
        of_suspects: dict[str | None, list[CourtResult]] = {}
        for result in self.results:
            if result.offence is None:
                of_suspects.setdefault(self.suspects.called(result.suspect), []).append(result)
            else:
                found[result.offence].append(result)
        return {
            reference: [*own, *of_suspects.get(self.offences[reference].suspect, ())]
            for reference, own in found.items()
        }

    def _one_offence(self, *, classify: bool) -> Offence:
        codes = tuple(dict.fromkeys(self.codes))
        if len(codes) > 1:
            self.note(faults.OFFENCES_OF_SEVERAL_CODES, self.where, codes=", ".join(codes))
        elif len(days := {at for at, _ in self.committed if isinstance(at, date)}) > 1:
            self.note(faults.SEVERAL_DAYS_OF_THE_OFFENCE, self.where, days=len(days))
        flags = self._agreeing([*self.flags, *sentence_flags(self.results, self.source)])
        said = {flag.fact for flag in flags if flag.value is not None}
        by_code = [flag for flag in flags_of(codes if classify else ()) if flag.fact not in said]
        return Offence(
            committed_on=self._first_day(self.committed),
            cjs_code=codes[0] if len(codes) == 1 else None,
            flags=(*flags, *by_code),
        )

    def _flags(
        self, marked: Iterable[Assertion], results: Sequence[CourtResult], code: str | None, classify: bool
    ) -> tuple[Assertion, ...]:
        """What marks say, what the results say of the sentence, and what the code says of what is still open."""
        flags = self._agreeing([*marked, *sentence_flags(results, self.source)])
        said = {flag.fact for flag in flags if flag.value is not None}
        codes = [code] if classify and code is not None else []
        return (*flags, *(flag for flag in flags_of(codes) if flag.fact not in said))

    def _agreeing(self, said: Iterable[Assertion]) -> tuple[Assertion, ...]:
        """Every assertion once; of two that contradict each other, the first, with a note."""
        first: dict[tuple[str, date | None], Assertion] = {}
        agreeing: dict[Assertion, None] = {}
        for assertion in said:
            known = assertion
            if assertion.value is not None:
                known = first.setdefault((assertion.fact, assertion.since), assertion)
            if known.value == assertion.value:
                agreeing[assertion] = None
            else:
                self.note(faults.FACT_CONTRADICTED, self.where, fact=assertion.fact, kept="first", source=known.source)
        return tuple(agreeing)

    def _events(self, offences: Sequence[Offence]) -> dict[Event, str]:
        """One event for each different thing that happened, with the place that says so first.

        Several offences of one defendant often say the same; what none of them decides happened once.
        """
        said: dict[Particulars, list[tuple[str | None, tuple[Event, str]]]] = {}
        about = AboutOffences(offences=offences, suspects={r: draft.suspect for r, draft in self.offences.items()})
        for one in self.occurrences:
            at = self._usable(one.written, one.where)
            if at is not None:
                event = self._event(one, at)
                for offence in self._decided_on(one, event, offences):
                    said.setdefault(particulars(event), []).append((offence, (event, one.where)))
        self._without_victim(about, said.values())
        found = group_identical(placed for one in said.values() for placed in about.events(one))
        events = dict(sorted(found.values(), key=lambda placed: placed[0].on))
        self.notes += [evolve(fault, location=self.where) for fault in out_of_order(events)]
        self._whose_it_was(events, offences)
        return events

    def _event(self, said: ReportedEvent, at: Moment) -> Event:
        return Event(
            event=said.event,
            at=at,
            received=self._received(said, at),
            about=said.about,
            victim=said.victim,
            suspect=said.suspect,
            hearing=said.hearing,
            source=self.source,
        )

    def _decided_on(self, said: ReportedEvent, event: Event, offences: Sequence[Offence]) -> Iterator[str | None]:
        """The offence of an event. What ends a whole case ends each offence of the suspect that is not to be tried yet.

        Reading *case-result-against-an-open-offence*.
        """
        drafts = [self.offences[one.reference or ""] for one in offences if one.victims != () and self.offences]
        own = [draft for draft in drafts if event.suspect is None or draft.suspect == event.suspect]
        if said.offence is not None or event.event not in ENDS or not own:
            yield said.offence
            return
        for draft in own:
            if (to_come := self._to_come(draft, event.on)) is None:
                yield draft.reference
            else:
                self.note(
                    faults.RESULT_ON_THE_WHOLE_CASE,
                    said.where,
                    event=event.event,
                    day=format_date(event.on),
                    offence=draft.reference,
                    to_come=to_come,
                )

    def _to_come(self, offence: OffenceDraft, day: date) -> str | None:
        """What shows that an offence was still to be tried after a day, in words."""
        for what, written in offence.to_come:
            at = read_moment(written)
            if at is not None and (civil_date(at) > day or (what == ADJOURNED and civil_date(at) == day)):
                return f"{what} {format_date(civil_date(at))}"
        return None

    def _without_victim(self, about: AboutOffences, said: Iterable[SaidOf]) -> None:
        """Note what was decided on offences that have no victim, and that no event was made of it."""
        names = Counter(
            f"{event} on {offence.cjs_code or offence.reference}"
            for one in said
            for event, offence in about.without_victim(one)
        )
        if names:
            self.note(faults.DECISIONS_ABOUT_NO_VICTIM, self.where, count=names.total(), names=_counted(names))

    def _whose_it_was(self, events: Iterable[Event], offences: Sequence[Offence]) -> None:
        """Note that some offences ended and others did not, where no one says whose offence each was."""
        unknown = {offence.reference for offence in offences if offence.victims is None}
        ended = {event.offence for event in events if event.event in ENDS} & unknown
        if len(unknown) > 1 and ended:
            self.note(faults.SOME_OFFENCES_ENDED, self.where, ended=len(ended), all=len(unknown))

    def _received(self, said: ReportedEvent, at: Moment) -> Moment | None:
        """When it was received, unless that was before it happened."""
        if said.received is None:
            return None
        received = self._usable(said.received, said.where)
        if received is not None and civil_date(received) < civil_date(at):
            self.note(faults.RECEIPT_BEFORE_THE_EVENT, said.where)
            return None
        return received

    def _first_day(self, committed: Iterable[tuple[object, str]]) -> date | None:
        """The earliest of the dates of an offence that can be right."""
        usable = (self._usable(written, where, FIRST_OFFENCE) for written, where in committed)
        return min((civil_date(at) for at in usable if at is not None), default=None)

    def _dated_rightly(self, offences: Sequence[Offence], events: Iterable[Event]) -> tuple[Offence, ...]:
        """The offences without the dates before which something happened: then one of the two is wrong."""
        wrong = dict(dated_before(events, offences))
        self.notes += [evolve(fault, location=self.where) for fault in dict.fromkeys(wrong.values())]
        return tuple(evolve(one, committed_on=None) if one in wrong else one for one in offences)

    def _victims(self, offences: Sequence[Offence], events: Sequence[Event]) -> tuple[Victim, ...]:
        facts = self._agreeing(self.facts)
        if not self.victims.keys() - {PLACEHOLDER_VICTIM}:
            self.note(faults.NO_VICTIM_LISTED, self.where, reference=PLACEHOLDER_VICTIM)
        if not self.victims:
            return (Victim(reference=PLACEHOLDER_VICTIM, facts=facts),)
        victims = []
        for reference, (written, where) in self.victims.items():
            own = self.facts_of.get(reference, ())
            stated = self._agreeing([*facts, *own])
            others = tuple(self._speaks_for(reference))
            victim = Victim(reference=reference, facts=stated, speaks_for=others)
            victim = evolve(victim, born=self._born(written, where, last_possible(victim, offences, events)))
            victim, wrong = of_the_age_by_dates(victim, offences)
            for said in wrong:
                self.note(faults.STATED_AGE_NOT_USED, where, fact=said.fact)
            victims.append(victim)
        return tuple(victims)

    def _born(self, written: object, where: str, latest: date | None) -> date | None:
        """The date of birth if it can be right; notes about it never show it."""
        if written is None:
            return None
        at = read_moment(written)
        if at is not None and is_placeholder(at):
            self.note(faults.BIRTH_DATE_STANDS_IN, where)
            return None
        born = None if at is None else civil_date(at)
        if born is None or not FIRST_BIRTH <= born <= LATEST or (latest is not None and born > latest):
            way = f" {written.hint}" if isinstance(written, Fault) else ""
            self.note(faults.BIRTH_DATE_IMPOSSIBLE, where, way=way)
            return None
        return born

    def _usable(self, written: object, where: str, earliest: date = EARLIEST) -> Moment | None:
        if written is None:
            return None
        at = read_moment(written)
        if at is not None and is_placeholder(at):
            self._no_date(where, at)
            return None
        if at is None or not earliest <= civil_date(at) <= LATEST:
            self._no_date(where, written)
            return None
        return at


Particulars = tuple[str, date, str | None, str | None, str | None, str | None, str | None]
"""What tells one event from another; the offence and the hearing come last."""


def particulars(event: Event) -> Particulars:
    """What tells one event from another: another victim, suspect, offence, hearing or subject is another event."""
    return event.event, event.on, event.suspect, event.victim, event.about, event.offence, event.hearing


def group_identical(events: Iterable[tuple[Event, str]]) -> dict[Particulars, tuple[Event, str]]:
    """Every event once, with its place; what is said with its offence or hearing and also without is said with it."""
    found: dict[Particulars, tuple[Event, str]] = {}
    for event, place in events:
        found.setdefault(particulars(event), (event, place))
    for *same, offence, hearing in list(found):
        for less in {(offence, None), (None, hearing), (None, None)} - {(offence, hearing)}:
            found.pop((*same, *less), None)  # type: ignore[arg-type]
    return found


def of_the_age_by_dates(victim: Victim, offences: Sequence[Offence]) -> tuple[Victim, tuple[Assertion, ...]]:
    """A victim without stated ages that the dates contradict, and those."""
    wrong = tuple(said for said in victim.facts if is_against_the_dates(said, victim.born, offences))
    return evolve(victim, facts=tuple(said for said in victim.facts if said not in wrong)), wrong


def last_possible(victim: Victim, offences: Sequence[Offence], events: Iterable[Event] = ()) -> date | None:
    """The last day on which a victim can have been born: the offences as far as known, or the last record."""
    last = max((event.on for event in events), default=None)
    if victim.may_be_born_later:
        return last
    listing = [one.committed_on for one in offences if one.victims is not None and victim.reference in one.victims]
    certain = [day for day in listing if day is not None]
    every = [one.committed_on for one in offences]
    latest = [max(day for day in every if day is not None)] if every and None not in every else []
    return min([*certain, *latest, *([] if last is None else [last])], default=None)


def out_of_order(events: Iterable[Event]) -> Iterator[Fault]:
    """For each defendant the dates that cannot all be right."""
    first: dict[str | None, dict[str, date]] = {}
    for event in sorted(events, key=lambda event: event.on):
        first.setdefault(event.suspect, {}).setdefault(event.event, event.on)
    for suspect, dates in first.items():
        for earlier, later in COURSE:
            if earlier in dates and later in dates and dates[later] < dates[earlier]:
                yield faults.DATES_OUT_OF_ORDER.at(
                    later=later,
                    later_day=format_date(dates[later]),
                    earlier=earlier,
                    earlier_day=format_date(dates[earlier]),
                    of=f" (defendant {suspect})" if suspect else "",
                )


def _counted(names: Counter[str]) -> str:
    return ", ".join(name if count == 1 else f"{name} ({count} times)" for name, count in names.items())


def read_moment(written: object) -> Moment | None:
    """The moment as it was written, or None if it is none or its day cannot be told."""
    if not isinstance(written, str | date):
        return None
    try:
        moment = written if isinstance(written, date) else parse_moment(written.strip())
        civil_date(moment)
    except (WrongValueError, OverflowError):
        return None
    return moment
