"""An event: something that happened in a case, something done, or something the victim wishes."""

from __future__ import annotations

from datetime import date

from attrs import field, fields, frozen

from victims_code import arguments
from victims_code.cases.texts import text_or_nothing
from victims_code.dates import Moment, civil_date
from victims_code.reading.documents import Plain

__all__ = ["MOST_CORRECTIONS", "Event"]

MOST_CORRECTIONS = 33
"""How many corrections of one record are followed back: SQL without recursion has to end somewhere."""

_text, _maybe_text = arguments.text, arguments.maybe(arguments.text)
_maybe_moment = arguments.maybe(arguments.moment)


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

    event: str = field(validator=_text)
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
