"""The closed vocabulary: what events, facts, bodies, topics and categories are called.

The words themselves are data, in ``data/vocabulary``; this module gives them types. They are the same for every
edition of the Code, so that a record kept under one can be read under another.

>>> import victims_code as vc
>>> vc.vocabulary.events["suspect-arrested"].title
'Suspect arrested'
>>> vc.vocabulary.facts["hate-crime"].question
'Is the offence a hate crime?'
>>> vc.vocabulary.duties["inform-suspect-arrested"].title
'Tell the victim that a suspect has been arrested'
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import need_text
from victims_code.errors import LawDataError, UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.names import EventId, FactId
from victims_code.plain import BelongsTo, PlainQuestion
from victims_code.printable import one_line_repr
from victims_code.reading.compiled import read_compiled
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.documents import Keys
from victims_code.reading.sources import Sourced

_SYNONYM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RECEIVED = "received"
"""How a receipt that is not on record is listed among the missing facts."""
SPEAKS_FOR = "speaks_for"
"""How it is listed among the missing facts that the record does not say for whom someone speaks."""
SPEAKING = ("family-spokesperson", "parent-or-guardian")
"""The capacities of those who are in the case because they hear and speak for another."""
OFFENCE_VICTIMS = "offence_victims"
"""How it is listed among the missing facts that the record does not say who the victims of an offence are."""
_ASKED_AT_ONCE = 3
_BELONGS_TO: Mapping[str, BelongsTo] = {"victim": "victim", "case": "offence", "event": "event"}


def listed_in_a_cell(missing: Iterable[str]) -> str | None:
    """What is missing as one cell has it: facts by name, then the victims of an offence and a receipt.

    >>> listed_in_a_cell(["received", "offence_victims", "terrorism", "hate-crime"])
    'hate-crime; terrorism; offence_victims; received'
    """
    last = (OFFENCE_VICTIMS, RECEIVED)
    return "; ".join(sorted(missing, key=lambda name: (name in last, name))) or None


class Status(StrEnum):
    """Where an obligation stands at the date of assessment."""

    NOT_YET_DUE = "not-yet-due"
    DUE_TODAY = "due-today"
    MET = "met"
    MET_LATE = "met-late"
    OVERDUE = "overdue"
    UNDATED = "undated"
    SUSPENDED = "suspended"
    CANNOT_TELL = "cannot-tell"


class Track(StrEnum):
    """Which limit applies: ``single`` where the same one holds for everyone, ``unknown`` where facts are missing."""

    STANDARD = "standard"
    ENHANCED = "enhanced"
    UNKNOWN = "unknown"
    SINGLE = "single"


class EventKind(StrEnum):
    """What sort of thing an event is."""

    TRIGGER = "trigger"
    NOTIFICATION = "telling"
    ACT = "act"
    WISH = "wish"


class WhenUnstated(StrEnum):
    """What it means when no one has stated a fact; see ``data/vocabulary/facts.yaml``."""

    UNKNOWN = "unknown"
    FALSE = "false"
    TRUE = "true"
    CLOSED_BY_NEEDS_ASSESSMENT = "closed-by-needs-assessment"


class Derived(StrEnum):
    """What a fact follows from that is not stated as such."""

    CAPACITY = "capacity"
    AGE_AT_OFFENCE = "age-at-offence"
    AGE_OF_CHILD = "age-of-child"
    AGE_AT_EVENT = "age-at-event"
    AGE_ON_DAY = "age-on-day"
    EVENT_ON_RECORD = "event-on-record"


@frozen(kw_only=True)
class EventName:
    """A name an event can have; ``past`` completes the sentence *On 2 April 2026 …*.

    ``of_offence`` says that it decides on an offence, so that in a case with several it should name one.
    """

    id: EventId
    kind: EventKind
    title: str
    past: str
    about: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    of_offence: bool = False


@frozen(kw_only=True)
class FactName:
    """A fact that can be stated of a victim (``of: victim``) or of the offence and sentence (``of: case``).

    A ``derived`` fact follows from other parts of the record: ``capacity`` from the victim's capacity; the ages from
    the dates of birth, true if the victim was younger than ``below`` years at the offence, at the first ``event`` of
    that name, or on the day that is asked about, and ``age-of-child`` if those are whom a parent or guardian speaks
    for; ``event-on-record`` is true if such an event had happened, with ``each`` to the same suspect. A ``shared`` fact
    stated of a victim holds for whoever speaks for them, too. Of whom a ``born_later`` fact holds may have been born
    after the offence. ``reading`` names the entry of the interpretation
    register that says why the fact is taken as it is.
    """

    id: FactId
    of: str
    question: str
    silence: WhenUnstated = WhenUnstated.UNKNOWN
    derived: Derived | None = None
    below: int | None = None
    event: str | None = None
    each: str | None = None
    shared: bool = False
    born_later: bool = False
    values: tuple[str, ...] = ()
    reading: str | None = None
    synonyms: tuple[str, ...] = ()

    is_time_dependent: bool = field(init=False, eq=False, repr=False)
    """Whether the fact depends on the day, the suspect or the events in question, and not on the victim alone."""

    @is_time_dependent.default
    def _is_time_dependent(self) -> bool:
        return self.derived in (Derived.AGE_AT_EVENT, Derived.AGE_ON_DAY, Derived.EVENT_ON_RECORD)

    of_dates: bool = field(init=False, eq=False, repr=False)
    """Whether the fact follows from the dates of birth and offence, which come before what is stated of it."""

    @of_dates.default
    def _of_dates(self) -> bool:
        return self.derived is Derived.AGE_AT_OFFENCE

    @property
    def can_be_stated(self) -> bool:
        """Whether a record may state the fact; the others follow from something else it says."""
        return self.derived in (None, Derived.EVENT_ON_RECORD, Derived.AGE_AT_OFFENCE)


@frozen(kw_only=True)
class BodyName(Sourced):
    """A body that owes duties or takes part in them."""

    id: str
    title: str
    group: str
    called: str | None = None
    synonyms: tuple[str, ...] = ()

    @property
    def in_a_sentence(self) -> str:
        """What the body is called in the middle of a sentence.

        >>> load_vocabulary().body("police").in_a_sentence, load_vocabulary().body("witness-care-unit").in_a_sentence
        ('the police', 'the Witness Care Unit')
        """
        return self.called or f"the {self.title}"


@frozen(kw_only=True)
class Topic:
    """Something a victim can be told that is not itself an event."""

    id: str
    title: str
    synonyms: tuple[str, ...] = ()


@frozen(kw_only=True)
class Category:
    """A group of victims who get Enhanced Rights."""

    id: str
    title: str
    synonyms: tuple[str, ...] = ()


@frozen(kw_only=True)
class DutyWords:
    """What people call a duty whose name does not hold the name of an event; what it is, the editions say."""

    id: str
    synonyms: tuple[str, ...]


@frozen(kw_only=True)
class Particular:
    """A date or reference that a record may leave out, with the question that asks for it."""

    id: str
    of: str
    question: str


@frozen(kw_only=True)
class MissingFact:
    """Something that is not known and keeps an answer open.

    >>> asked = load_vocabulary().missing("hate-crime", decides=["whether this duty applies"])
    >>> print(asked)
    Is the offence a hate crime?
    >>> asked.id, asked.of, asked.about, asked.decides
    ('hate-crime', 'offence', 'the offence', ('whether this duty applies',))
    """

    id: str
    """The name of a fact, or of a date or reference such as ``received``; the JSON result and tables list this name."""
    question: str
    """How to ask for it."""
    of: BelongsTo
    """What it belongs to: ``victim``, ``offence``, ``event`` or ``case``."""
    about: str
    """The victim, offence or event that is meant, in words."""
    decides: tuple[str, ...] = ()
    """What it would decide, in words, each of which completes the sentence *It decides …*."""

    __repr__ = one_line_repr("{0.id}, {0.about}")

    def __str__(self) -> str:
        return self.question

    def to_dict(self) -> PlainQuestion:
        """The question as plain values, as the JSON result has it."""
        return {
            "id": self.id,
            "of": self.of,
            "about": self.about,
            "question": self.question,
            "decides": list(self.decides),
        }


class _Word(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Word)


@frozen(kw_only=True)
class Vocabulary:
    """Every word of the closed vocabulary, by its identifier."""

    events: Mapping[str, EventName]
    facts: Mapping[str, FactName]
    bodies: Mapping[str, BodyName]
    topics: Mapping[str, Topic]
    categories: Mapping[str, Category]
    duty_words: Mapping[str, DutyWords]
    particulars: Mapping[str, Particular]

    meanings: Mapping[str, tuple[str, ...]] = field(init=False, eq=False, repr=False)
    """The names that each synonym leads to, of whatever kind."""

    @meanings.default
    def _meanings(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for words in (self.events, self.facts, self.bodies, self.topics, self.categories, self.duty_words):
            for word in words.values():
                for synonym in word.synonyms:
                    found.setdefault(synonym, []).append(word.id)
        return {synonym: tuple(dict.fromkeys(names)) for synonym, names in found.items()}

    def nearest(self, word: object, known: Iterable[str], *, listing: str = "Known names") -> str:
        """The way out for a name that does not exist: the names that mean it, or those with nearly its letters.

        >>> load_vocabulary().nearest("Bail varied", load_vocabulary().events)
        "Did you mean 'bail-conditions-changed'?"
        >>> load_vocabulary().nearest("arrested", ["inform-suspect-arrested", "inform-suspect-charged"])
        "Did you mean 'inform-suspect-arrested'?"
        """
        names = sorted(known)
        meant = self._meant(_in_the_usual_form(word), names)
        if meant:
            return f"Did you mean {' or '.join(repr(name) for name in meant)}?"
        return did_you_mean(word, names, listing=listing)

    def named(self, word: object, known: Iterable[str]) -> tuple[str, ...]:
        """The names that a word is or is a synonym of; none for a word that is only near to one.

        >>> load_vocabulary().named("arrest", load_vocabulary().events)
        ('suspect-arrested',)
        """
        names, word = sorted(known), _in_the_usual_form(word)
        return (word,) if word in names else tuple(self._under(word, names))

    def question(self, name: str) -> str:
        """The question that asks for something that is not known: a fact, a date or a reference.

        >>> load_vocabulary().question("hate-crime"), load_vocabulary().question("born")
        ('Is the offence a hate crime?', 'When was the victim born?')
        """
        asked = self.facts.get(name) or self.particulars.get(name)
        if asked is not None:
            return asked.question
        happened = self.events.get(name)
        return f"What is {name!r}?" if happened is None else f"On what day was it that {happened.past}?"

    def about(self, name: str, *, victim: str | None, event: str | None = None) -> str:
        """What something that is not known is about: a victim, an event, the offence or the case.

        >>> load_vocabulary().about("born", victim="V1"), load_vocabulary().about("hate-crime", victim="V1")
        ('victim V1', 'the offence')
        """
        asked = self.facts.get(name) or self.particulars.get(name)
        of = "record" if asked is None else asked.of
        if of == "event" and event:
            return f"event {event}"
        if of == "victim":
            return f"victim {victim}" if victim else "the victim"
        return "the offence" if of == "case" else "the case"

    def missing(
        self, name: str, *, victim: str | None = None, event: str | None = None, decides: Iterable[str] = ()
    ) -> MissingFact:
        """Something that is not known, with the question that asks for it and what it would decide."""
        asked = self.facts.get(name) or self.particulars.get(name)
        return MissingFact(
            id=name,
            question=self.question(name),
            of="case" if asked is None else _BELONGS_TO[asked.of],
            about=self.about(name, victim=victim, event=event),
            decides=tuple(decides),
        )

    def need_to_know(self, missing: Iterable[str], *, victim: str | None, event: str | None = None) -> str:
        """Sentences that ask for what is not known, and say whom or what it is about; of many the first three.

        >>> load_vocabulary().need_to_know(["born", "hate-crime"], victim="V1")
        'We need to know about victim V1: When was the victim born? About the offence: Is the offence a hate crime?'
        """
        names = tuple(missing)
        questions: dict[str, list[str]] = {}
        for name in names[:_ASKED_AT_ONCE]:
            questions.setdefault(self.about(name, victim=victim, event=event), []).append(self.question(name))
        asked = " About ".join(f"{about}: {' '.join(each)}" for about, each in questions.items())
        more = len(names) - _ASKED_AT_ONCE
        rest = f" And {more} more question{'' if more == 1 else 's'}." if more > 0 else ""
        return f"We need to know about {asked}{rest}"

    def _meant(self, word: str, names: Sequence[str]) -> list[str]:
        """The names that a word means, itself or by a synonym; of a word no one uses, what a part of it means."""
        if word in names:
            return [word]
        if (found := self._under(word, names)) or difflib.get_close_matches(word, names, n=1, cutoff=0.8):
            return found
        spelt = difflib.get_close_matches(word, self.meanings, n=1, cutoff=0.85)
        if spelt and (found := self._under(spelt[0], names)):
            return found
        parts = [self._under(part, names) for part in word.split("-")]
        return next((found for found in parts if found), [])

    def _under(self, synonym: str, names: Sequence[str]) -> list[str]:
        """The names that hold what a synonym leads to, as the duty to tell of an event holds the event."""
        meanings = self.meanings.get(synonym, ())
        whole = [name for name in names if name in meanings]
        return whole or [name for name in names if any(f"-{name}-".find(f"-{one}-") >= 0 for one in meanings)]

    def event(self, name: str) -> EventName:
        """The event of that name.

        :raises UnknownNameError: naming the nearest ones.
        """
        return _get(self.events, name, "event")

    def subjects(self, event: EventName) -> frozenset[str]:
        """What a record of that event can be about; empty for duties and schemes, which the law knows and no record.

        >>> "suspect-arrested" in load_vocabulary().subjects(load_vocabulary().event("victim-informed"))
        True
        """
        triggers = {other.id for other in self.events.values() if other.kind is EventKind.TRIGGER}
        return frozenset(
            (triggers if "event" in event.about else set()) | (set(self.topics) if "topic" in event.about else set())
        )

    def body(self, name: str) -> BodyName:
        """The body of that name.

        :raises UnknownNameError: naming the nearest ones.
        """
        return _get(self.bodies, name, "body")


def _in_the_usual_form(word: object) -> str:
    return "-".join(re.findall(r"[^\W_]+", str(word).lower()))


def _get(words: Mapping[str, N], name: str, kind: str) -> N:
    need_text(name, kind)
    try:
        return words[name]
    except KeyError:
        nearest = load_vocabulary().nearest(name, words)
        raise UnknownNameError(faults.NO_SUCH_NAME.at(kind=kind, name=name, nearest=nearest)) from None


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary, read once.

    :raises LawDataError: if the vocabulary files are broken.

    >>> load_vocabulary().event("suspect-arrested").past
    'a suspect was arrested'
    """
    compiled: Vocabulary | None = read_compiled("vocabulary")
    return _read_vocabulary() if compiled is None else compiled


def _read_vocabulary() -> Vocabulary:
    files: list[DataFile] = []
    words = Vocabulary(
        events=_words("events", EventName, files),
        facts=_words("facts", FactName, files),
        bodies=_words("bodies", BodyName, files),
        topics=_words("topics", Topic, files),
        categories=_words("categories", Category, files),
        duty_words=_words("duties", DutyWords, files),
        particulars=_words("particulars", Particular, files),
    )
    if faults := [fault for file in files for fault in file.faults]:
        raise LawDataError(*faults)
    return words


if TYPE_CHECKING:
    from victims_code.law.duty_names import DutyName

    events: Mapping[str, EventName]
    facts: Mapping[str, FactName]
    bodies: Mapping[str, BodyName]
    topics: Mapping[str, Topic]
    categories: Mapping[str, Category]
    particulars: Mapping[str, Particular]
    duties: Mapping[str, DutyName]
else:

    def __getattr__(name: str) -> Mapping[str, object]:
        """The events, facts, bodies and so on of the vocabulary, by identifier; read when first asked for."""
        if name == "duties":  # which the editions name, in a room above this one
            return import_module("victims_code.law.duty_names").duty_names()
        if name not in ("events", "facts", "bodies", "topics", "categories", "particulars"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(load_vocabulary(), name)


def _words(name: str, kind: type[N], files: list[DataFile]) -> Mapping[str, N]:
    files.append(file := DataFile.open(f"vocabulary/{name}.yaml"))
    listed = file.each(kind)
    words = by_id(listed.values())
    for n, word in listed.items():
        _check_synonyms(file, n, word, words)
    return MappingProxyType(words)


def _check_synonyms(file: DataFile, n: int, word: _Word, words: Collection[str]) -> None:
    """Note every synonym that is itself a name of its kind, is written twice, or is not in small letters."""
    listed: tuple[str, ...] = getattr(word, "synonyms", ())
    for m, synonym in enumerate(listed):
        keys: Keys = (n, "synonyms", m)
        if synonym in words:
            file.wrong(keys, faults.SYNONYM_IS_A_NAME.at(synonym=synonym))
        elif synonym in listed[:m]:
            file.wrong(keys, faults.SYNONYM_TWICE.at(synonym=synonym))
        elif not _SYNONYM.fullmatch(synonym):
            file.wrong(keys, faults.SYNONYM_NOT_IN_THE_USUAL_FORM.at(synonym=synonym))
