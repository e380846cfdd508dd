"""Texts beside the Code that its duties answer: the Victims' Directive of the European Union, and the Witness Charter.

They are no editions and give no obligations. They say which article or standard a duty of an edition answers, and
what a standard asks that no duty does.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen

from victims_code import faults
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.law.deadlines import Limit
from victims_code.printable import one_line_repr
from victims_code.reading.sources import Sourced


class Carried(StrEnum):
    """Whether the edition answers an article or standard: wholly, partly, through others, or not at all."""

    YES = "yes"
    PARTLY = "partly"
    ELSEWHERE = "elsewhere"
    NO = "no"


@frozen(kw_only=True)
class CrossReference(Sourced):
    """One article or standard, and the duties of the edition that answer it.

    ``label`` is how it is cited, such as *article 11*; ``limit`` what it asks in time, where it says so itself.
    """

    id: str
    label: str
    title: str
    carried: Carried
    answered_by: tuple[str, ...] = ()
    limit: Limit | None = None
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.label}: {0.title}")


@frozen(kw_only=True)
class Instrument(Sourced):
    """A text beside the Code. ``statutory`` says whether it is law at all; ``edition`` whose duties answer it."""

    id: str
    title: str
    statutory: bool
    edition: str
    note: str
    references: tuple[CrossReference, ...]
    since: date | None = None

    __repr__ = one_line_repr("{0.id}: {0.title}")

    def reference(self, id_: str) -> CrossReference:
        """The article or standard of that identifier.

        :raises UnknownNameError: naming the nearest ones.
        """
        found = next((reference for reference in self.references if reference.id == id_), None)
        if found is None:
            raise UnknownNameError(
                faults.NO_SUCH_ENTRY.at(
                    "cross-reference",
                    text=self.id,
                    entry=id_,
                    nearest=did_you_mean(id_, [reference.id for reference in self.references], listing="Entries"),
                )
            )
        return found

    def answered_by(self, duty: str) -> tuple[CrossReference, ...]:
        """The articles or standards that a duty answers."""
        return tuple(reference for reference in self.references if duty in reference.answered_by)
