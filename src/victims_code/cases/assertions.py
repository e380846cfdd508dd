"""What somebody has said of a victim or an offence: a fact, its value, since when, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

from victims_code import arguments
from victims_code.cases.texts import text_or_nothing
from victims_code.reading.documents import Plain

__all__ = ["UNKNOWN", "UNREAD", "Assertion", "FactValue", "as_assertions", "facts_to_plain", "flags_to_plain"]

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

    fact: str = field(validator=arguments.text)
    value: FactValue = field(default=True, converter=_known, validator=_value)
    since: date | None = field(default=None, validator=arguments.maybe(arguments.plain_day))
    source: str | None = field(default=None, converter=text_or_nothing, validator=arguments.maybe(arguments.text))

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


UNREAD = Assertion(fact="")
"""What stands in a list in the place of an assertion that could not be read, so that the others keep their places."""


def as_assertions(given: Mapping[str, FactValue] | Iterable[Assertion | str]) -> tuple[Assertion, ...]:
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
    return Assertion(fact=flag.removeprefix("not-"), value=not flag.startswith("not-"))


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
