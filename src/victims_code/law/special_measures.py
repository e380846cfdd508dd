"""Special measures at court: who is eligible as a witness, on what ground, and for which measures, by date."""

from __future__ import annotations

from attrs import frozen

from victims_code.arguments import checked_if_it_fails
from victims_code.conditions import Condition
from victims_code.law.editions import Statement
from victims_code.printable import one_line_repr
from victims_code.reading.sources import Sourced, Span


@frozen(kw_only=True)
class Group:
    """A group of witnesses that the Act treats alike, such as those eligible by virtue of section 16."""

    id: str
    title: str
    eligible: bool


@frozen(kw_only=True)
class WitnessGround(Sourced, Span):
    """One ground on which a witness is eligible, with the days it is law for.

    ``automatic`` grounds need no finding by the court that the evidence would suffer.
    """

    id: str
    group: str
    section: str
    title: str
    automatic: bool
    when: Condition
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class Availability(Sourced, Span):
    """To whom a measure is open, and since when: whole ``groups`` or single ``grounds``, under a condition or none."""

    groups: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    when: Condition | None = None
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.groups} {0.grounds}, since {0.since}")

    @checked_if_it_fails
    def covers(self, ground: WitnessGround) -> bool:
        """Whether it takes in witnesses eligible on a ground."""
        return ground.group in self.groups or ground.id in self.grounds


@frozen(kw_only=True)
class DatedCondition(Span):
    """A condition with the days it is law for."""

    when: Condition


@frozen(kw_only=True)
class Measure(Sourced):
    """One special measure: its section, what it is, to whom it is open, and what else it needs.

    ``only_if`` lists conditions of which one must hold, whatever makes the witness eligible.
    """

    id: str
    section: str
    title: str
    says: str
    available: tuple[Availability, ...]
    only_if: tuple[DatedCondition, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@frozen(kw_only=True)
class SpecialMeasuresLaw(Sourced):
    """The law of special measures: what the answer is and is not, the grounds in order, and the measures in order."""

    id: str
    title: str
    what_it_is: str
    witness_when: Condition
    groups: tuple[Group, ...]
    grounds: tuple[WitnessGround, ...]
    measures: tuple[Measure, ...]
    statements: tuple[Statement, ...]
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")

    @checked_if_it_fails
    def group(self, id_: str) -> Group:
        """The group of that identifier."""
        return next(group for group in self.groups if group.id == id_)
