"""Who is a victim: a person of the record under several definitions side by side, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.explanation import Explanation
from victims_code.assessment.obligations import Context
from victims_code.assessment.people import Person
from victims_code.law import DefinitionAnswers
from victims_code.law.definitions import answers_of, definitions_named

__all__ = ["WhoIsAVictim", "who_is_a_victim"]


@frozen(kw_only=True)
class WhoIsAVictim(DefinitionAnswers):
    """What several definitions say of one person of a record on a day, and how that is known."""

    on: date
    setting: Context = field(repr=False, eq=False)
    person: Person = field(repr=False, eq=False)

    def explain(self) -> Explanation:
        """Every definition with its limbs and facts, and the differences: a tree of steps."""
        from victims_code.assessment.explaining_definitions import explain_definitions

        return explain_definitions(self)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()


def who_is_a_victim(
    people: Sequence[Person], setting: Context, on: date, under: Sequence[str] | None = None
) -> tuple[WhoIsAVictim, ...]:
    """Every person of a case under the definitions named, or else under every one that is law on a day.

    :raises UnknownNameError: if there is no definition of such a name.
    """
    known = setting.law.related.definitions
    law_that_day = [name for name, definition in known.items() if definition.is_law_on(on)]
    definitions = definitions_named(known, law_that_day if under is None else under)
    return tuple(
        WhoIsAVictim(
            victim=person.victim.reference,
            on=on,
            answers=answers_of(definitions, person.known.at(on), on),
            setting=setting,
            person=person,
        )
        for person in people
    )
