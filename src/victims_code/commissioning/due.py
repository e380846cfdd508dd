"""What is due: one line for each thing that is still undone, out of every record that has dates.

A record with dates has a method ``due_items(on)``. It gives what is undone on that day: first what is overdue, then
what comes, and last what has no day. The forward plan of an area is these lines and no other list of dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.records import Typed
from victims_code.dates import format_date
from victims_code.printable import as_sentence, capitalised
from victims_code.reading.documents import Plain, fields_as_plain


class DueKind(StrEnum):
    """What sort of thing is due; :attr:`in_words` is how people write it."""

    ACTION = "action"
    ASSESSMENT = "assessment"
    BOARD = "board"
    BOOKING = "booking"
    COMPLAINT = "complaint"
    CONDITION = "condition"
    CONTRACT_END = "contract-end"
    DECISION = "decision"
    FEEDBACK = "feedback"
    INSTALMENT = "instalment"
    MEETING = "meeting"
    PLAN = "plan"
    RECOMMENDATION = "recommendation"
    REFERRAL = "referral"
    RETURN = "return"
    REVIEW = "review"
    RIGHT_TO_REVIEW = "right-to-review"
    RISK = "risk"
    TERM_OF_OFFICE = "term-of-office"
    VISIT = "visit"

    @property
    def in_words(self) -> str:
        """The kind as people write it.

        >>> DueKind.CONTRACT_END.in_words
        'Contract end'
        """
        return capitalised(self.value.replace("-", " "))


@frozen(kw_only=True)
class DueItem(Typed):
    """One thing that is still undone.

    :param day: the last day on which it is in time; None if no record sets a day, which does not make it done.
    :param what: a plain sentence that says what to do, without the day: the same thing keeps its place in a diary when
        its day moves.
    :param owner: the title of who does it, or nothing if no one is named.
    :param about: the reference of the record it comes from.
    :param whose: the body whose work it is if that is not the body whose plan it is in, such as a provider that passes
        on a part of its grant.

    >>> item = DueItem(day=date(2026, 6, 30), what="Publish the needs assessment.", owner="Analyst", about="P1/3",
    ...                kind="action")
    >>> item.overdue_on(date(2026, 7, 1)), print(item)
    By Tuesday 30 June 2026: Publish the needs assessment. (Analyst, P1/3)
    (True, None)
    """

    day: date | None
    what: str
    owner: str = ""
    about: str = ""
    kind: DueKind
    whose: str = ""

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        object.__setattr__(self, "what", as_sentence(self.what))

    def __str__(self) -> str:
        when = "No day set" if self.day is None else f"By {format_date(self.day)}"
        who = ", ".join(part for part in (self.owner, self.about) if part)
        return f"{when}: {self.what}{f' ({who})' if who else ''}"

    def overdue_on(self, on: date) -> bool:
        """Whether its day has passed on a day; what has no day is never overdue."""
        return self.day is not None and self.day < on

    def to_dict(self) -> dict[str, Plain]:
        """The item as plain values."""
        return fields_as_plain(self)


class HasDueItems(Protocol):
    """A record with dates."""

    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is still undone on a day: overdue first, then what comes, then what has no day."""


@checked
def by_day(items: Iterable[DueItem]) -> tuple[DueItem, ...]:
    """The items in the order of their days, and of a day in the order of what they are about; no day comes last.

    >>> first = DueItem(day=date(2026, 4, 1), what="Meet.", kind=DueKind.BOARD)
    >>> [item.what for item in by_day((DueItem(day=None, what="Agree a day.", kind=DueKind.BOARD), first))]
    ['Meet.', 'Agree a day.']
    """
    return tuple(sorted(items, key=lambda item: (item.day or date.max, item.kind, item.about, item.what, item.owner)))


@checked
def due_items(records: Iterable[HasDueItems], on: date) -> tuple[DueItem, ...]:
    """What is still undone on a day over many records, overdue first."""
    return by_day(item for record in records for item in record.due_items(on))
