"""What a record of a case is made of: people, offences, events, and what is said of them. No names, no addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from attrs import field, fields, frozen

from victims_code import arguments
from victims_code.dates import Moment, civil_date
from victims_code.missing_values import is_missing_word
from victims_code.names import EventId, FactId
from victims_code.reading.documents import Plain
from victims_code.vocabulary import load_vocabulary

DIRECT = ("person", "business")
"""The capacities of those whom an offence harms directly."""
MOST_CORRECTIONS = 33
"""How many corrections of one record are followed back: SQL without recursion has to end somewhere."""


def _is_blank(value: object) -> bool:
    """Whether a value is text with nothing in it but white space."""
    return isinstance(value, str) and not value.strip()


def text_or_nothing(value: str | None) -> str | None:
    """The value as it is, or None for text with nothing in it and for words such as ``NULL``.

    >>> text_or_nothing("S1"), text_or_nothing(" "), text_or_nothing("N/A"), text_or_nothing(None)
    ('S1', None, None, None)
    """
    return None if _is_blank(value) or (isinstance(value, str) and is_missing_word(value)) else value


_text, _maybe_text = arguments.text, arguments.maybe(arguments.text)
_maybe_day, _maybe_moment = arguments.maybe(arguments.plain_day), arguments.maybe(arguments.moment)

FactValue = bool | str | None
"""What a fact can be asserted to be: true, false, or None where the answer is not known. Other text is a fault."""
UNKNOWN = "unknown"
"""How a record writes that the answer is not known (reading *stated-as-unknown*)."""


_value = arguments.one_of_types(
    (bool, str, type(None)), "true, false or unknown", "Pass True, False, or None if the answer is not known."
)


def _known(value: FactValue) -> FactValue:
    """The value, or None for the word that says it is not known, and for text with nothing in it."""
    if isinstance(value, str):
        return None if value.strip().casefold() == UNKNOWN else text_or_nothing(value)
    return value


@arguments.class_checked_if_it_fails
@frozen(kw_only=True)
class Assertion:
    """One statement about a victim or the offence.

    :param fact: a name of the vocabulary, such as ``persistently-targeted``.
    :param value: what is said of it; true if left out. None, or the word ``unknown``, says that the answer is not
        known: someone asked, or it was recorded so. Then a needs assessment does not close the fact.
    :param since: the first day it counts for; without one it always counts (reading *since-when*).
    :param source: who says so, in words or as the name of a system.

    >>> Assertion(fact="persistently-targeted", value=True, source="needs assessment")
    Assertion(fact='persistently-targeted', value=True, since=None, source='needs assessment')
    >>> Assertion(fact="mental-disorder", value="unknown").value is None
    True
    """

    fact: FactId = field(validator=_text)
    value: FactValue = field(default=True, converter=_known, validator=_value)
    since: date | None = field(default=None, validator=_maybe_day)
    source: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)

    @property
    def bare(self) -> bool:
        """Whether the assertion is only a fact and a value."""
        return self.since is None and self.source is None

    @property
    def plain_value(self) -> bool | str:
        """The value as a record writes it."""
        return UNKNOWN if self.value is None else self.value

    def to_dict(self) -> dict[str, Plain]:
        """The assertion as keys and plain values, leaving out what is not there."""
        plain: dict[str, Plain] = {"fact": self.fact, "value": self.plain_value}
        if self.since is not None:
            plain["since"] = self.since.isoformat()
        if self.source is not None:
            plain["source"] = self.source
        return plain


def as_assertions(given: Mapping[FactId, FactValue] | Sequence[Assertion | str]) -> tuple[Assertion, ...]:
    """Assertions from a mapping of facts to values, or from assertions and flags as they stand.

    A flag is the name of a fact that holds, or ``not-`` and the name of one that is known not to.
    """
    if isinstance(given, Mapping):
        return tuple(Assertion(fact=fact, value=value) for fact, value in given.items())
    hint = 'Pass {"hate-crime": True}, or a list of Assertion objects.'
    listed = arguments.need_list(given, "facts", hint)
    flags = [_flag(item) if isinstance(item, str) else item for item in listed]
    return arguments.need_each(flags, Assertion, "facts", hint)


def _flag(flag: str) -> Assertion:
    return Assertion(fact=cast("FactId", flag.removeprefix("not-")), value=not flag.startswith("not-"))


def facts_to_plain(facts: tuple[Assertion, ...]) -> Plain:
    """A victim's facts as a mapping where that loses nothing, otherwise as a list."""
    if all(fact.bare for fact in facts) and len({fact.fact for fact in facts}) == len(facts):
        return {fact.fact: fact.plain_value for fact in facts}
    return [fact.to_dict() for fact in facts]


def flags_to_plain(flags: tuple[Assertion, ...]) -> list[Plain]:
    """An offence's flags as words, or with since and source as groups of keys."""
    return [
        ("" if flag.value else "not-") + flag.fact if flag.bare and isinstance(flag.value, bool) else flag.to_dict()
        for flag in flags
    ]


def _references(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    return arguments.need_list(given, "speaks_for", 'Pass references such as ["V1", "V2"].')


def _capacity(given: str) -> str:
    return "person" if _is_blank(given) else given


@arguments.class_checked_if_it_fails
@frozen(kw_only=True)
class Victim:
    """A victim of the case, by reference.

    :param reference: how the record calls this person; unique in the case.
    :param born: date of birth, needed only to tell whether the victim was under 18; never shown.
    :param capacity: ``person`` (the rule), ``close-relative``, ``family-spokesperson``, ``parent-or-guardian`` or
        ``business``.
    :param speaks_for: the victims for whom this person hears and speaks: as a family spokesperson for the family or
        for someone who cannot communicate, as a parent or guardian for a child, or as a victim for another victim.
    :param facts: a mapping of facts to values, or :class:`Assertion` objects with since and source.

    >>> Victim(reference="V1", born=date(2010, 5, 1))
    Victim(reference='V1', capacity='person', facts=())
    """

    reference: str = field(validator=_text)
    born: date | None = field(default=None, repr=False, validator=_maybe_day)
    capacity: str = field(default="person", converter=_capacity, validator=_text)
    facts: tuple[Assertion, ...] = field(default=(), converter=as_assertions)
    speaks_for: tuple[str, ...] = field(default=(), repr=False, converter=_references, validator=arguments.each(_text))

    @property
    def may_be_born_later(self) -> bool:
        """Whether this person may have been born after the offence (reading *born-after-the-offence*)."""
        facts = load_vocabulary().facts
        stated = (facts.get(said.fact) for said in self.facts if said.value is True)
        return self.capacity not in DIRECT or any(fact is not None and fact.born_later for fact in stated)

    def to_dict(self) -> dict[str, Plain]:
        """The victim as keys and plain values, leaving out what is not there."""
        plain: dict[str, Plain] = {"reference": self.reference}
        if self.born is not None:
            plain["born"] = self.born.isoformat()
        if self.capacity != "person":
            plain["capacity"] = self.capacity
        if self.facts:
            plain["facts"] = facts_to_plain(self.facts)
        if self.speaks_for:
            plain["speaks_for"] = list(self.speaks_for)
        return plain


def _victims(given: Iterable[str] | None) -> tuple[str, ...] | None:
    if given is None or isinstance(given, str):
        return None if given is None else (given,)
    return arguments.need_list(given, "victims", 'Pass references such as ["V1", "V2"].')


@arguments.class_checked_if_it_fails
@frozen(kw_only=True)
class Offence:
    """An offence of the case.

    :param reference: how the record calls the offence; needed only where a case has several.
    :param committed_on: the day it was committed, where that is known.
    :param cjs_code: the CJS offence code, kept as it was given.
    :param flags: facts about the offence and the sentence, such as ``"domestic-abuse"`` or ``"not-hate-crime"``.
    :param victims: the victims of this offence; left out where that is not known, when it can concern any of them.
        An empty list says that no victim of the case is a victim of this offence, such as failing to surrender.

    >>> offence = Offence(committed_on=date(2026, 3, 31), flags=["domestic-abuse", "not-hate-crime"])
    >>> [(flag.fact, flag.value) for flag in offence.flags]
    [('domestic-abuse', True), ('hate-crime', False)]
    """

    reference: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    committed_on: date | None = field(default=None, validator=_maybe_day)
    cjs_code: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    flags: tuple[Assertion, ...] = field(default=(), converter=as_assertions)
    victims: tuple[str, ...] | None = field(
        default=None, converter=_victims, validator=arguments.maybe(arguments.each(_text))
    )

    def to_dict(self) -> dict[str, Plain]:
        """The offence as keys and plain values, leaving out what is not there."""
        plain: dict[str, Plain] = {}
        if self.reference is not None:
            plain["reference"] = self.reference
        if self.committed_on is not None:
            plain["committed_on"] = self.committed_on.isoformat()
        if self.cjs_code is not None:
            plain["cjs_code"] = self.cjs_code
        if self.flags:
            plain["flags"] = list(flags_to_plain(self.flags))
        if self.victims is not None:
            plain["victims"] = list(self.victims)
        return plain


@arguments.class_checked_if_it_fails
@frozen(kw_only=True)
class Event:
    """One record of the case. Empty text is nothing: ``suspect=""`` is an event that names no suspect.

    :param event: a name of the vocabulary, such as ``suspect-arrested``.
    :param at: when it happened: a date, or a datetime (naive ones are London time).
    :param received: when the body that owes the next duty received it, where the Code counts from receipt.
    :param about: for a telling, the event or topic told of; for a good reason or a declined service, the duty.
    :param victim: the victim concerned; without one the event concerns every victim.
    :param suspect: the suspect concerned.
    :param hearing: the hearing concerned.
    :param offence: the offence it was about, where the case has several; it then concerns that offence's victims.
    :param recorded: when the record was made, so that an earlier state of knowledge can be reproduced.
    :param reference: the name of this record, needed only if a later one corrects it.
    :param replaces: the record this one corrects.
    :param withdrawn: this record only withdraws the one it replaces.
    :param source: the system or person the record comes from.

    >>> Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1").on
    datetime.date(2026, 4, 2)
    """

    event: EventId = field(validator=_text)
    at: Moment = field(validator=arguments.moment)
    received: Moment | None = field(default=None, validator=_maybe_moment)
    about: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    victim: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    suspect: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    hearing: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    offence: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    recorded: Moment | None = field(default=None, validator=_maybe_moment)
    reference: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    replaces: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    withdrawn: bool = field(default=False, validator=arguments.flag)
    source: str | None = field(default=None, converter=text_or_nothing, validator=_maybe_text)
    on: date = field(init=False, repr=False, eq=False)
    """The civil date in London on which it happened."""
    received_on: date | None = field(init=False, repr=False, eq=False)
    """The civil date in London on which it was received."""

    @on.default
    def _on(self) -> date:
        return civil_date(self.at, "Event.at")

    @received_on.default
    def _received_on(self) -> date | None:
        return None if self.received is None else civil_date(self.received, "Event.received")

    def agrees(self, other: Event, *references: str) -> bool:
        """Whether some references of two records are equal, or absent on either side (reading *pairing*).

        >>> told = Event(event="victim-informed", about="suspect-arrested", at=date(2026, 4, 8), offence="O1")
        >>> told.agrees(Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1"), "suspect", "offence")
        True
        """
        for name in references:
            one, theirs = getattr(self, name), getattr(other, name)
            if one is not None and theirs is not None and one != theirs:
                return False
        return True

    def to_dict(self) -> dict[str, Plain]:
        """The event as keys and plain values, leaving out what is not there."""
        plain: dict[str, Plain] = {}
        for attribute in fields(Event):
            value = getattr(self, attribute.name) if attribute.init else None
            if value is None or value is False:
                continue
            plain[attribute.name] = value.isoformat() if isinstance(value, date) else value
        return plain
