"""Several messages on the same cases: a later message on a hearing corrects what an earlier one said of it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, field, frozen

from victims_code.adapters.combining import CaseMerger, PlacedEvent, placed
from victims_code.adapters.court_cases import Particulars, particulars
from victims_code.adapters.offences_together import OffencesTogether
from victims_code.adapters.references import References
from victims_code.cases import Case, Event
from victims_code.dates import Moment, civil_date
from victims_code.identifiers import case_key


@frozen(kw_only=True)
class ReadMessage:
    """The cases of one message, when it was shared, and the hearings it reports."""

    cases: tuple[Case, ...]
    shared: Moment | None = None
    hearings: frozenset[str] = frozenset()


@frozen
class _Standing:
    event: Event
    place: str
    hearings: frozenset[str]


def with_corrections(readings: Iterable[ReadMessage]) -> tuple[Case, ...]:
    """One case for each reference, with everything the messages say of it, the oldest message first.

    What an earlier message said of a hearing and a later message on that hearing no longer says is withdrawn. Events
    are ``recorded`` when their message was shared, so that the position before a correction can be made again. Flags
    and facts have no such history: those of the last message on each hearing count.
    """
    found: dict[str, _History] = {}
    for number, reading in enumerate(readings):
        for case in reading.cases:
            found.setdefault(case_key(case.reference), _History()).add(case, reading, number)
    return tuple(history.case() for history in found.values())


@frozen
class _History:
    """One case as message after message tells it."""

    told: list[tuple[Case, frozenset[str]]] = field(factory=list)
    records: list[PlacedEvent] = field(factory=list)
    standing: dict[Particulars, _Standing] = field(factory=dict)
    references: References = field(factory=References)

    def add(self, case: Case, reading: ReadMessage, number: int) -> None:
        case = self.references.in_case(case)
        self.told.append((case, reading.hearings))
        events = {particulars(event): (event, place) for event, place in placed(case)}
        for key, earlier in list(self.standing.items()):
            if key not in events and earlier.hearings & reading.hearings:
                del self.standing[key]
                self.records.append((_withdrawn(earlier.event, reading.shared), earlier.place))
        for n, (key, (event, place)) in enumerate(events.items()):
            if key not in self.standing:
                reference = f"message {number + 1}, {n + 1}"
                record = evolve(event, reference=reference, recorded=_recorded(reading.shared, event))
                self.records.append((record, place))
                self.standing[key] = _Standing(record, place, reading.hearings)
            else:
                known = self.standing[key]
                self.standing[key] = evolve(known, hearings=known.hearings | reading.hearings)

    def case(self) -> Case:
        """The case as the messages tell it together."""
        together = OffencesTogether(cases=[case for case, _ in self.told])
        joining = CaseMerger(cases=self._counting(), events=self._records(together), together=together)
        joining.notes.extend(self.references.notes())
        return joining.case()

    def _records(self, together: OffencesTogether) -> list[PlacedEvent]:
        """The records, with their offences as the case calls them."""
        names = {old: new for n in range(len(self.told)) for old, new in together.names_in(n).items()}
        return [
            (event if event.offence is None else evolve(event, offence=names[event.offence]), place)
            for event, place in self.records
        ]

    def _counting(self) -> list[Case]:
        """The messages on whose hearings no later one reports."""
        return [
            case
            for n, (case, hearings) in enumerate(self.told)
            if not hearings or not any(hearings <= later for _, later in self.told[n + 1 :])
        ]


def _withdrawn(event: Event, shared: Moment | None) -> Event:
    return evolve(event, reference=None, replaces=event.reference, withdrawn=True, recorded=_recorded(shared, event))


def _recorded(shared: Moment | None, event: Event) -> Moment | None:
    """When the message was shared, unless the event is dated after that: then one of the two dates is wrong."""
    return shared if shared is not None and civil_date(shared) >= event.on else None
