"""The steps of the statement, each a named query that reads from the ones before it.

They follow :mod:`victims_code.assessment`: the law as small tables, the record as known, the people and what is known
of them, the duties that events start, and where each stands.
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from victims_code.bulk.fragments import literal, marks, marks_with
from victims_code.bulk.rules import Rules
from victims_code.bulk.tables import Shape
from victims_code.vocabulary import SPEAKS_FOR
from victims_code.working_days import WorkingDayCalendar

__all__ = ["ANSWERS", "BEGINNING", "END", "HAPPENED_ON", "QueryStep", "Terms"]

BEGINNING = "DATE '0001-01-01'"
"""The day from which everything counts that has no day of its own."""
END = "DATE '9999-12-31'"
"""The day up to which everything counts that has no end."""
ANSWERS = ("duty", "title", "part", "edition", "owed_by", "evidence", "track", "status")
"""The columns of the answer that hold one of few words: of the law, or a track or a status."""
HAPPENED_ON = 'CAST("at" AS DATE)'


@frozen
class QueryStep:
    """A named query, and why it is there."""

    name: str
    why: str
    query: str

    def __str__(self) -> str:
        return self.named()

    def named(self, *, kept: bool = True) -> str:
        """The query with its name; if it is not to be ``kept``, the database works it out where it is used."""
        return f"{self.name} AS {'' if kept else 'NOT MATERIALIZED '}(\n/* {self.why} */\n{self.query}\n)"


@frozen(kw_only=True)
class Terms:
    """What every step is written for: the law, the calendar, the input tables, and the dates.

    ``as_at`` is the date of assessment and ``known_on`` the day whose knowledge is taken, both as SQL; without one,
    the record is taken as known at the date of assessment. ``last_day`` is
    the last day the days are numbered to; due dates beyond it are null. ``tables_hash`` is that of the law tables the
    statement reads, where it has them in the database; without one the law is written into the statement.
    """

    rules: Rules
    calendar: WorkingDayCalendar
    shape: Shape
    as_at: str
    known_on: str | None
    last_day: date
    tables_hash: str | None = None

    @property
    def monday(self) -> date:
        """The Monday before the first edition: days are numbered from it, and the rest by seven is the weekday."""
        first = self.rules.first_day
        return first - timedelta(days=first.weekday())

    @property
    def nobody(self) -> str:
        """How the row is marked that stands for duties owed to no victim but to another body."""
        return "0" if self.shape.numbered else "''"

    @property
    def missable(self) -> tuple[str, ...]:
        """What can be missing, by the number of its mark: facts, and for whom someone speaks."""
        return tuple(sorted((*self.rules.facts, SPEAKS_FOR)))

    def marks(self, name: str) -> tuple[str, ...]:
        """The columns of a name that hold the marks of what can be missing."""
        return marks(name, len(self.missable))

    def marks_of(self, *things: str) -> tuple[int, ...]:
        """The marks of some of them, column by column."""
        known = self.missable
        each = [marks_with(known.index(thing), len(known)) for thing in things]
        return tuple(map(sum, zip(*each, strict=True))) if each else tuple(0 for _ in self.marks(""))

    @property
    def names(self) -> dict[str, str]:
        """The types of the columns that hold one of few words, where those are numbers with words and not text."""
        return {name: f"work.{name}_name" for name in ("event", "about", *ANSWERS)} if self.shape.numbered else {}

    def word(self, column: str, word: str) -> str:
        """A word that stands in a column, of the type that the column has."""
        return f"CAST({literal(word)} AS {self.names[column]})" if column in self.names else literal(word)

    @property
    def speakers(self) -> str | None:
        """The table of who speaks for whom, if there is one."""
        return self.shape.spokespersons

    @property
    def names_offences(self) -> bool:
        """Whether a record can name the offence it is about."""
        return self.shape.offences is not None and self.shape.has("events", "offence_ref")

    def text(self, name: str) -> str:
        """A reference, or null where the cell is empty."""
        return name if self.shape.numbered else f"NULLIF({name}, '')"

    def case_of(self, alias: str) -> str:
        """The case beside a record's place; a numbered record has a place of its own."""
        return "" if self.shape.numbered else f"{alias}.case_ref, "

    def same_case(self, one: str, other: str) -> str:
        """The case as part of a comparison of two records' places."""
        return "" if self.shape.numbered else f"{one}.case_ref = {other}.case_ref AND "
