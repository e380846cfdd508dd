"""The case: its offences, its victims, and what happened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import (
    checked_if_it_fails,
    class_checked_if_it_fails,
    need,
    need_each,
    need_list,
    need_path,
    need_text,
    text,
)
from victims_code.cases.checks import Parts, both_given, check
from victims_code.cases.reading import read_parts
from victims_code.cases.records import Event, Offence, Victim
from victims_code.cases.whose_offence import WhoseOffence
from victims_code.errors import CaseError
from victims_code.faults import Fault, Severity
from victims_code.printable import one_line
from victims_code.reading.documents import (
    Document,
    Keys,
    Plain,
    format_path,
    read_document,
    read_json,
    read_yaml,
    write_yaml,
)

_A_VICTIM = "Pass Victim objects; Case.from_dict takes plain data."
_AN_EVENT = "Pass Event objects; Case.from_dict takes plain data."
_AN_OFFENCE = "Pass Offence objects; Case.from_dict takes plain data."
_A_FAULT = "Pass Fault objects."
_A_PLACE = "Pass a text for each event."


def _victims(given: Iterable[Victim]) -> tuple[Victim, ...]:
    return need_each(given, Victim, "Case.victims", _A_VICTIM)


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    """The events, each an object of its own: one that is given twice is two records."""
    events = need_each(given, Event, "Case.events", _AN_EVENT)
    if len({id(event) for event in events}) == len(events):
        return events
    met: set[int] = set()
    apart = []
    for event in events:
        apart.append(evolve(event) if id(event) in met else event)
        met.add(id(event))
    return tuple(apart)


def _offences(given: Iterable[Offence]) -> tuple[Offence, ...]:
    return need_each(given, Offence, "Case.offences", _AN_OFFENCE) or (Offence(),)


def _faults(given: Iterable[Fault]) -> tuple[Fault, ...]:
    return need_each(given, Fault, "Case.notes", _A_FAULT)


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    return need_each(given, str, "Case.places", _A_PLACE)


def _as_text(plain: object) -> str:
    """Plain data as text that is the same whatever the order of lists and keys."""
    if isinstance(plain, dict):
        return json.dumps({key: _as_text(value) for key, value in plain.items()}, sort_keys=True)
    return json.dumps(sorted(map(_as_text, plain)) if isinstance(plain, list) else plain, default=str)


def _way_to(n: int, offences: tuple[Offence, ...]) -> Keys:
    return ("offences", n) if len(offences) > 1 else ("offence",)


@class_checked_if_it_fails
@frozen(kw_only=True, init=False)
class Case:
    """A case that holds together: building one checks it and raises if any part contradicts another.

    :param reference: how the record calls the case.
    :param victims: at least one :class:`Victim`.
    :param events: :class:`Event` objects in any order.
    :param offences: the :class:`Offence` objects, as far as they are known; with several, each needs a reference.
    :param offence: the offence of a case with one, in place of ``offences``.
    :param notes: warnings from whatever read the case in, such as an adapter.
    :param places: where each event stands in what the case was read from, in the order of the events, for warnings;
        dropped if the events are others.
    :raises CaseError: with every fault, each naming its place and the way out.

    >>> from datetime import date
    >>> case = Case(reference="22/0412/26", victims=[Victim(reference="V1")],
    ...             events=[Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
    >>> Case.from_dict(case.to_dict()) == case
    True

    In a notebook it shows itself, without any date of birth.
    """

    reference: str = field(validator=text)
    victims: tuple[Victim, ...] = field(converter=_victims)
    events: tuple[Event, ...] = field(default=(), converter=_events)
    offences: tuple[Offence, ...] = field(default=(), converter=_offences)
    _notes: tuple[Fault, ...] = field(default=(), converter=_faults, eq=False)
    _places: tuple[str, ...] = field(default=(), converter=_texts, eq=False)
    faults: tuple[Fault, ...] = field(init=False, eq=False)
    """Warnings about the record: those it was read with and those the checks found."""
    whose: WhoseOffence = field(init=False, eq=False)
    """The offences against each victim, and the people whom each offence concerns."""

    def __repr__(self) -> str:
        return one_line(f"<Case {self.reference}, victims: {len(self.victims)}, events: {len(self.events)}>")

    def __init__(
        self,
        *,
        reference: str,
        victims: Iterable[Victim],
        events: Iterable[Event] = (),
        offences: Iterable[Offence] = (),
        offence: Offence | None = None,
        notes: Iterable[Fault] = (),
        places: Iterable[str] = (),
    ) -> None:
        given = need_list(offences, "Case.offences", _AN_OFFENCE)
        if offence is not None and given:
            raise CaseError(both_given())
        if offence is not None:
            need(offence, Offence, "Case.offence", "an Offence", _AN_OFFENCE)
        self.__attrs_init__(
            reference=reference,
            victims=victims,
            events=events,
            offences=given if offence is None else (offence,),
            notes=notes,
            places=places,
        )

    @whose.default
    def _whose(self) -> WhoseOffence:
        return WhoseOffence(victims=self.victims, offences=self.offences)

    _place_of: Mapping[Event, str] = field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if len(self._places) != len(self.events):
            object.__setattr__(self, "_places", ())
        placed = reversed(list(zip(self.events, self._places, strict=False)))  # of records alike, the first
        object.__setattr__(self, "_place_of", dict(placed))
        parts = Parts(
            reference=self.reference,
            offences=[(_way_to(n, self.offences), offence) for n, offence in enumerate(self.offences)],
            victims=[(("victims", n), victim) for n, victim in enumerate(self.victims)],
            events=[(("events", n), event) for n, event in enumerate(self.events)],
            where=self._where,
        )
        found = check(parts)
        if any(fault.severity is Severity.INVALID for fault in found):
            raise CaseError(*found)
        object.__setattr__(self, "faults", (*self._notes, *found))

    @checked_if_it_fails
    def _where(self, keys: Keys) -> str:
        """The place of a value in words: that of its event where the case was read, or the path to it."""
        if len(keys) > 1 and keys[0] == "events" and self._places:
            return ", ".join(filter(None, (self._places[int(keys[1])], format_path(keys[2:]))))
        return format_path(keys)

    @checked_if_it_fails
    def where_it_happened(self, event: Event, name: str) -> str:
        """A name with the place of the event it belongs to, if there is one."""
        return ", ".join(filter(None, (self._place_of.get(event, ""), name)))

    @property
    def offence(self) -> Offence:
        """The offence of a case with one.

        :raises CaseError: if the case has several; read ``offences`` then.
        """
        if len(self.offences) > 1:
            raise CaseError(faults.SEVERAL_OFFENCES.at(self._where(("offences",)), count=len(self.offences)))
        return self.offences[0]

    @checked_if_it_fails
    def concerns(self, event: Event, victim: str | None) -> bool:
        """Whether an event concerns a person of the case: it names them, or an offence against them, or neither.

        :param victim: a reference; None asks whether the event concerns everyone.
        """
        if event.victim is not None:
            return event.victim == victim
        return event.offence is None or victim in self.whose.concerned.get(event.offence, ())

    @checked_if_it_fails
    def certainly_concerns(self, event: Event, victim: str | None) -> bool:
        """Whether an event concerns a person, and not only may because its offence may be against them."""
        if event.victim is not None:
            return event.victim == victim
        return event.offence is None or victim in self.whose.certain.get(event.offence, ())

    @property
    def speaks_for(self) -> dict[str, tuple[str, ...]]:
        """Everyone who hears and speaks for others, with those others."""
        return {victim.reference: victim.speaks_for for victim in self.victims if victim.speaks_for}

    @classmethod
    def from_dict(cls, data: Mapping[str, object], *, source: str = "") -> Case:
        """A case from plain data with the keys of a case file.

        :param source: what to call the data in faults.
        :raises CaseError: with every fault at once.
        :raises WrongTypeError: if ``data`` is not a mapping.
        """
        need(data, Mapping, "data", "a mapping", "Pass a dict with the keys of a case file.")
        return cls._from_document(Document(data=dict(data), source=need_text(source, "source")))  # type: ignore[arg-type]

    @classmethod
    def from_yaml(cls, text: str, *, source: str = "") -> Case:
        """A case from YAML text.

        :raises CaseError: with every fault at once, each with its line.
        """
        need_text(text, "text", "Pass YAML as text; Case.from_file reads a file.")
        return cls._from_document(read_yaml(text, source=need_text(source, "source"), collect_faults=True))

    @classmethod
    def from_json(cls, text: str, *, source: str = "") -> Case:
        """A case from JSON text.

        :raises CaseError: with every fault at once.
        """
        need_text(text, "text", "Pass JSON as text; Case.from_file reads a file.")
        return cls._from_document(read_json(text, source=need_text(source, "source"), collect_faults=True))

    @classmethod
    def from_file(cls, path: str | Path) -> Case:
        """A case from a YAML or JSON file.

        :raises CaseError: with every fault at once, each with its line.
        """
        return cls._from_document(read_document(need_path(path), collect_faults=True))

    @classmethod
    def _from_document(cls, document: Document) -> Case:
        parts, found = read_parts(document)
        faults = [*document.faults, *found, *check(parts)]
        if any(fault.severity is Severity.INVALID for fault in faults):
            raise CaseError(*faults)
        notes = [*document.faults, *found]
        return cls(
            notes=notes,
            reference=parts.reference or "",
            victims=tuple(victim for _, victim in parts.victims),
            events=tuple(event for _, event in parts.events),
            offences=tuple(offence for _, offence in parts.offences),
        )

    def to_dict(self) -> dict[str, Plain]:
        """The case as plain data with the keys of a case file; nothing is lost but notes."""
        plain: dict[str, Plain] = {"reference": self.reference}
        if len(self.offences) > 1:
            plain["offences"] = [offence.to_dict() for offence in self.offences]
        elif offence := self.offence.to_dict():
            plain["offence"] = offence
        plain["victims"] = [victim.to_dict() for victim in self.victims]
        if self.events:
            plain["events"] = [event.to_dict() for event in self.events]
        return plain

    def digest(self) -> str:
        """What tells this record from any other: SHA-256 over its plain data without dates of birth, in hexadecimal.

        The dates of birth are left out so that none can be found out by trying; that one is known counts. The order of
        what is listed does not count.

        >>> case = Case(reference="A1", victims=[Victim(reference="V1")])
        >>> case.digest()[:12], len(case.digest())
        ('6ad3eca4c8cd', 64)
        """
        people = [
            {**victim, "born": victim["born"] is not None} if "born" in victim else victim
            for victim in (one.to_dict() for one in self.victims)
        ]
        text = _as_text({**self.to_dict(), "victims": people})
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def to_json(self) -> str:
        """The case as JSON text that :meth:`from_json` reads back."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_yaml(self) -> str:
        """The case as YAML text that :meth:`from_yaml` reads back."""
        return write_yaml(self.to_dict())

    def _repr_html_(self) -> str | None:
        from victims_code import render  # reading a case does without

        return render.html_or_none(lambda: render.case_to_html(self.to_dict()))
