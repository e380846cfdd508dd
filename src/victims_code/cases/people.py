"""The victim and the offence, as far as the Code needs them: no names, no addresses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from victims_code import arguments
from victims_code.cases.assertions import Assertion, as_assertions, facts_to_plain, flags_to_plain
from victims_code.cases.texts import is_blank, text_or_nothing
from victims_code.reading.documents import Plain
from victims_code.vocabulary import load_vocabulary

__all__ = ["DIRECT", "Offence", "Victim"]

DIRECT = ("person", "business")
"""The capacities of those whom an offence harms directly."""

_text, _maybe_text = arguments.text, arguments.maybe(arguments.text)
_maybe_day = arguments.maybe(arguments.plain_day)


def _references(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    return arguments.need_list(given, "speaks_for", 'Pass references such as ["V1", "V2"].')


def _capacity(given: str) -> str:
    return "person" if is_blank(given) else given


@frozen(kw_only=True)
class Victim:
    """A victim of the case, by reference.

    :param reference: how the record calls this person; unique in the case.
    :param born: date of birth, needed only to tell whether the victim was under 18; never shown.
    :param capacity: ``person`` (the rule), ``close-relative``, ``family-spokesperson``, ``parent-or-guardian`` or
        ``business``.
    :param speaks_for: the victims for whom this person hears and speaks: as a family spokesperson for the family or
        for somebody who cannot communicate, as a parent or guardian for a child, or as a victim for another victim.
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
