"""Building the explanation of who is a victim: each definition with its limbs, then where they part."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.assessment.definitions import WhoIsAVictim
from victims_code.assessment.explaining import fact_steps
from victims_code.assessment.explanation import Explanation, Step, explained, quote
from victims_code.dates import format_date
from victims_code.law import DefinitionAnswer

__all__ = ["explain_definitions"]

_ANSWERS = {True: "yes", False: "no", None: "not known"}
_HOLDS = {True: "met", False: "not met", None: "not known whether it is met"}


def explain_definitions(who: WhoIsAVictim) -> Explanation:
    """Every definition asked, and in words where and why they differ for this person."""
    steps = (
        *(_definition(answer, who) for answer in who.answers),
        *(Step(kind="difference", statement=sentence) for sentence in who.differences),
    )
    return explained(who.setting.law, _summary(who), steps)


def _definition(answer: DefinitionAnswer, who: WhoIsAVictim) -> Step:
    definition, law = answer.definition, who.setting.law
    answered = f"no, because it {answer.not_standing}" if answer.not_standing else _ANSWERS[answer.truth]
    return Step(
        kind="edition",
        statement=f"Under {definition.title}: {answered}. {definition.says}"
        f" What it is for: {definition.used_for} Whom it binds: {definition.binds}",
        because=tuple(_limbs(answer, who)),
        cites=tuple(quote(citation, law) for citation in definition.cites),
        evidence=definition.evidence,
    )


def _limbs(answer: DefinitionAnswer, who: WhoIsAVictim) -> Iterator[Step]:
    for limb, finding in answer.limbs:
        facts = tuple(fact_steps(who.person.known, finding.used, finding.missing, who.on))
        note = (Step(kind="note", statement=limb.note),) if limb.note and finding.truth is not False else ()
        yield Step(
            kind="limb",
            statement=f"{limb.title[0].upper()}{limb.title[1:]}: {_HOLDS[finding.truth]}.",
            because=(*facts, *note),
            cites=tuple(quote(citation, who.setting.law) for citation in limb.cites),
            evidence=limb.evidence,
            readings=limb.readings,
        )


def _summary(who: WhoIsAVictim) -> str:
    answers = ", ".join(f"{answer.definition.title}: {_ANSWERS[answer.truth]}" for answer in who.answers)
    return f"Is {who.victim} a victim on {format_date(who.on)}? {answers or 'No definition was in force'}."
