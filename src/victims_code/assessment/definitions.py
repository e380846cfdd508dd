"""Who is a victim: a person of the record under several definitions side by side, and why."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.eligibility import Person
from victims_code.assessment.explanations.obligations import fact_steps
from victims_code.assessment.explanations.steps import Explanation, Step, explained, quote
from victims_code.assessment.obligations import Setting
from victims_code.dates import format_date
from victims_code.law import DefinitionAnswer, DefinitionAnswers
from victims_code.law.definitions import answers_of, definitions_named
from victims_code.printable import capitalised, one_line_repr

_ANSWERS = {True: "yes", False: "no", None: "not known"}
_HOLDS = {True: "met", False: "not met", None: "not known whether it is met"}


@frozen(kw_only=True)
class WhoIsAVictim(DefinitionAnswers):
    """What several definitions say of one person of a record on a day, and how that is known."""

    on: date
    _setting: Setting = field(repr=False, eq=False)
    _person: Person = field(repr=False, eq=False)

    __repr__ = one_line_repr("{0.victim} on {0.on}: {0.answers}")

    def explain(self) -> Explanation:
        """Every definition with its limbs and facts, and the differences: a tree of steps."""
        return _explain(self)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()


def who_is_a_victim(
    people: Sequence[Person], setting: Setting, on: date, under: Sequence[str] | None = None
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


def _who_again(setting: Setting, victim: str, on: date, under: tuple[str, ...]) -> WhoIsAVictim:
    (found,) = who_is_a_victim([setting.people[victim]], setting, on, under)
    return found


copyreg.pickle(
    WhoIsAVictim,
    lambda one: (_who_again, (one._setting, one.victim, one.on, tuple(each.definition.id for each in one.answers))),
)

# --- The explanation: each definition with its limbs, then where they part ---------------------------------------


def _explain(who: WhoIsAVictim) -> Explanation:
    """Every definition asked, and in words where and why they differ for this person."""
    steps = (
        *(_definition(answer, who) for answer in who.answers),
        *(Step(kind="difference", statement=sentence) for sentence in who.differences),
    )
    return explained(who._setting.law, _summary(who), steps)


def _definition(answer: DefinitionAnswer, who: WhoIsAVictim) -> Step:
    definition, law = answer.definition, who._setting.law
    answered = f"no, because it {answer.not_standing}" if answer.not_standing else _ANSWERS[answer.truth]
    return Step(
        kind="edition",
        statement=f"Under {definition.title}: {answered}. {definition.says}"
        f" What it is for: {definition.used_for} Who it binds: {definition.binds}",
        because=tuple(_limbs(answer, who)),
        cites=tuple(quote(citation, law) for citation in definition.cites),
        evidence=definition.evidence,
    )


def _limbs(answer: DefinitionAnswer, who: WhoIsAVictim) -> Iterator[Step]:
    for limb, finding in answer.limbs:
        facts = tuple(fact_steps(who._person.known, finding.used, finding.missing, who.on))
        note = (Step(kind="note", statement=limb.note),) if limb.note and finding.truth is not False else ()
        yield Step(
            kind="limb",
            statement=f"{capitalised(limb.title)}: {_HOLDS[finding.truth]}.",
            because=(*facts, *note),
            cites=tuple(quote(citation, who._setting.law) for citation in limb.cites),
            evidence=limb.evidence,
            readings=limb.readings,
        )


def _summary(who: WhoIsAVictim) -> str:
    answers = ", ".join(f"{answer.definition.title}: {_ANSWERS[answer.truth]}" for answer in who.answers)
    return f"Is {who.victim} a victim on {format_date(who.on)}? {answers or 'No definition was in force'}."
