"""References that are one reference, however several records write it: joined by their key, shown as first written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.cases import Case, Event
from victims_code.faults import Fault
from victims_code.identifiers import case_key, suspect_key


@frozen(kw_only=True)
class Spellings:
    """Every way in which references are written, the first of each first.

    :param what: what they refer to, as it is said in a note.
    :param key: the form by which two of them are compared.
    """

    what: str
    key: Callable[[str], str]
    written: dict[str, dict[str, None]] = field(factory=dict)

    def first(self, reference: str) -> str:
        """The reference as it was first written."""
        written = self.written.setdefault(self.key(reference), {})
        written[reference] = None
        return next(iter(written))

    def called(self, reference: str | None) -> str | None:
        """The reference as it was first written, if there is one."""
        return None if reference is None else self.first(reference)

    def in_event(self, event: Event) -> Event:
        """The event with its suspect as first written."""
        if event.suspect is None or (first := self.first(event.suspect)) == event.suspect:
            return event
        return evolve(event, suspect=first)

    def notes(self, where: str) -> Iterator[Fault]:
        """A note for each reference that is written in several ways."""
        for written in self.written.values():
            first, *others = written
            if others:
                yield faults.REFERENCE_WRITTEN_IN_SEVERAL_WAYS.at(
                    where, kind=self.what, first=first, others=" and ".join(map(repr, others))
                )


def cases_called() -> Spellings:
    """The ways in which a case is called.

    >>> case = cases_called()
    >>> case.first("01ZD0307708"), case.first("01/zd/03077/08")
    ('01ZD0307708', '01ZD0307708')
    >>> [note.message for note in case.notes("")]
    ["The case '01ZD0307708' is also written '01/zd/03077/08'."]
    """
    return Spellings(what="case", key=case_key)


def suspects_called() -> Spellings:
    """The ways in which the suspects of a case are called."""
    return Spellings(what="suspect", key=suspect_key)


@frozen
class References:
    """What several records of one case call the case and its suspects."""

    called: Spellings = field(factory=cases_called)
    suspects: Spellings = field(factory=suspects_called)

    def in_case(self, case: Case) -> Case:
        """The case with its references as first written."""
        reference = self.called.first(case.reference)
        events = tuple(self.suspects.in_event(event) for event in case.events)
        if reference == case.reference and all(new is old for new, old in zip(events, case.events, strict=True)):
            return case
        return evolve(case, reference=reference, events=events)

    def notes(self) -> Iterator[Fault]:
        """A note for each reference that is written in several ways."""
        (first, *_), *_ = self.called.written.values()
        yield from self.called.notes(f"case {first}")
        yield from self.suspects.notes(f"case {first}")
