"""Who is a victim: one person under every definition in force, side by side, and where the definitions part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.eligibility import truth_word
from victims_code.assessment.explanation import Explanation
from victims_code.assessment.obligations import Setting
from victims_code.assessment.people import Person
from victims_code.conditions import Finding, Truth, any_found
from victims_code.documents import Plain
from victims_code.law import Definition, Limb

__all__ = ["DefinitionAnswer", "WhoIsAVictim", "who_is_a_victim"]

_WORDS: dict[Truth, str] = {True: "is a victim", False: "is not a victim", None: "may be a victim"}


@frozen(kw_only=True)
class DefinitionAnswer:
    """Whether a person is a victim under one definition, with the finding for each of its limbs."""

    definition: Definition
    finding: Finding
    limbs: tuple[tuple[Limb, Finding], ...]

    @property
    def truth(self) -> Truth:
        """True, False, or None for unknown."""
        return self.finding.truth

    @property
    def met(self) -> tuple[Limb, ...]:
        """The limbs that are known to be met."""
        return tuple(limb for limb, finding in self.limbs if finding.truth)

    def on_ground(self, ground: str) -> tuple[Limb, Finding] | None:
        """The limb that is about a ground, if the definition has one."""
        return next(((limb, finding) for limb, finding in self.limbs if limb.ground == ground), None)

    def to_dict(self) -> dict[str, Plain]:
        """The answer as plain values."""
        return {
            "definition": self.definition.id,
            "title": self.definition.title,
            "used_for": self.definition.used_for,
            "is_a_victim": truth_word(self.truth),
            "limbs": [
                {
                    "id": limb.id,
                    "ground": limb.ground,
                    "title": limb.title,
                    "holds": truth_word(finding.truth),
                    "evidence": limb.evidence.value,
                    "missing_facts": list(finding.missing),
                }
                for limb, finding in self.limbs
            ],
            "missing_facts": list(self.finding.missing),
        }


@frozen(kw_only=True)
class WhoIsAVictim:
    """One person under every definition in force on a day.

    ``same`` is True if all definitions give the same known answer, False if two known answers differ, and None if an
    answer is open; ``differences`` says in words where and why they differ, also where both say yes on other grounds.
    """

    victim: str
    on: date
    answers: tuple[DefinitionAnswer, ...]
    setting: Setting = field(repr=False, eq=False)
    person: Person = field(repr=False, eq=False)

    def under(self, definition: str) -> Truth:
        """The answer under one definition: True, False, or None for unknown.

        :raises KeyError: if the definition is not in force on the day.
        """
        return {answer.definition.id: answer.truth for answer in self.answers}[definition]

    @property
    def same(self) -> Truth:
        """Whether the definitions agree on this person."""
        truths = {answer.truth for answer in self.answers}
        if {True, False} <= truths:
            return False
        return None if None in truths else True

    @property
    def differences(self) -> tuple[str, ...]:
        """Where the definitions part for this person, ground by ground, in sentences."""
        return tuple(_differences(self.victim, self.answers))

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """The facts nobody has stated that keep an answer open."""
        return tuple(dict.fromkeys(name for answer in self.answers for name in answer.finding.missing))

    def explain(self) -> Explanation:
        """Every definition with its limbs and facts, and the differences: a tree of steps."""
        from victims_code.assessment.explaining_definitions import explain_definitions

        return explain_definitions(self)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> dict[str, Plain]:
        """The answers as plain values."""
        return {
            "victim": self.victim,
            "on": self.on.isoformat(),
            "same": truth_word(self.same),
            "definitions": [answer.to_dict() for answer in self.answers],
            "differences": list(self.differences),
            "missing_facts": list(self.missing_facts),
        }


def who_is_a_victim(people: Sequence[Person], setting: Setting, on: date) -> tuple[WhoIsAVictim, ...]:
    """Every person of a case under every definition in force on a day."""
    definitions = [d for d in setting.law.annexes.definitions.values() if d.is_law_on(on)]
    return tuple(
        WhoIsAVictim(
            victim=person.victim.reference,
            on=on,
            answers=tuple(_answer(definition, person, on) for definition in definitions),
            setting=setting,
            person=person,
        )
        for person in people
    )


def _answer(definition: Definition, person: Person, on: date) -> DefinitionAnswer:
    lookup = person.known.at(on)
    limbs = tuple((limb, limb.when.find(lookup)) for limb in definition.limbs)
    return DefinitionAnswer(definition=definition, finding=any_found([found for _, found in limbs]), limbs=limbs)


def _differences(victim: str, answers: Sequence[DefinitionAnswer]) -> Iterator[str]:
    """A sentence for each ground on which one definition says yes and another does not.

    A ground on which it only may say yes counts if that could change the answer.
    """
    grounds = dict.fromkeys(limb.ground for answer in answers for limb, _ in answer.limbs)
    for ground in grounds:
        held = [(answer, found) for answer in answers if (found := answer.on_ground(ground)) is not None]
        for answer, (limb, finding) in held:
            if finding.truth is False or (finding.truth is None and answer.truth is True):
                continue
            for other in answers:
                if other is not answer and (why := _why_not(other, ground, finding.truth)):
                    word = {True: "makes", None: "may make"}[finding.truth]
                    name = _capital(answer.definition.title)
                    yield f"{name} {word} {victim} a victim as {limb.title}; {other.definition.title} {why}."


def _why_not(other: DefinitionAnswer, ground: str, truth: Truth) -> str | None:
    """Why another definition does not say the same on a ground; None if it does."""
    found = other.on_ground(ground)
    if found is None:
        return f"has no such limb, and by its other limbs the person {_WORDS[other.truth]}"
    limb, finding = found
    if finding.truth == truth:
        return None
    state = {True: "is met", False: "is not met", None: "may be met"}[finding.truth]
    return f"asks for {limb.title}, which {state}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
