"""Who is a victim, by each definition: of the editions of the Code, of the Act, and of advice to commissioners.

A definition is asked with a lookup of facts, so that it does not matter whether they come from the record of a case or
are stated by themselves. A fact that no one has stated is unknown, and the answer says which facts keep it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, need_each
from victims_code.conditions import Condition, Finding, Lookup, Truth, any_found, truth_word
from victims_code.dates import format_date
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.printable import capitalised, one_line_repr
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced, Span
from victims_code.vocabulary import MissingFact, load_vocabulary

_IS: dict[Truth, str] = {True: "is a victim", False: "is not a victim", None: "may be a victim"}


@frozen(kw_only=True)
class Limb(Sourced):
    """One way of being a victim under a definition.

    ``ground`` names what the limb is about with a word that all definitions share, so that they can be compared.
    """

    id: str
    ground: str
    title: str
    when: Condition
    readings: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}")


@frozen(kw_only=True)
class Definition(Sourced, Span):
    """A definition of victim: what it says, for what, whom it binds, and the days it stands.

    ``advice`` marks one that is policy and no law.
    """

    id: str
    title: str
    says: str
    used_for: str
    binds: str
    limbs: tuple[Limb, ...]
    advice: bool = False

    __repr__ = one_line_repr("{0.id}")

    def is_law_on(self, day: date) -> bool:
        """Whether it is law on a day; advice never is."""
        return not self.advice and self.holds_on(day)

    @checked_if_it_fails
    def why_not_on(self, day: date) -> str | None:
        """Why it does not hold on a day, as the end of a sentence; None if it does."""
        if self.since is not None and day < self.since:
            return f"began only on {format_date(self.since)}"
        if self.until is not None and self.until < day:
            return f"ended on {format_date(self.until)}"
        return None


@frozen(kw_only=True)
class DefinitionAnswer:
    """Whether a person is a victim under one definition, with the finding for each of its limbs.

    ``not_standing`` says why the definition covers no one on the day asked about, as the end of a sentence; None if it
    holds on that day.
    """

    definition: Definition
    finding: Finding
    limbs: tuple[tuple[Limb, Finding], ...]
    not_standing: str | None = None

    __repr__ = one_line_repr("{0.definition.id}: {0.truth}")

    @property
    def truth(self) -> Truth:
        """True, False, or None for unknown."""
        return self.finding.truth

    @property
    def met(self) -> tuple[Limb, ...]:
        """The limbs that are known to be met."""
        return tuple(limb for limb, finding in self.limbs if finding.truth)

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The known facts that the answer rests on."""
        return self.finding.used

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps the answer open, each with its question; empty where it is settled."""
        decides = [f"whether this person is a victim under {self.definition.title}"]
        return tuple(load_vocabulary().missing(name, decides=decides) for name in self.finding.missing)

    @property
    def sentence(self) -> str:
        """The answer in a sentence, with its reason."""
        title = capitalised(self.definition.title)
        if self.not_standing:
            return f"{title}: no, because it {self.not_standing}."
        if self.met:
            return f"{title}: yes, as {'; and as '.join(limb.title for limb in self.met)}."
        if self.truth is None:
            open_ = "; or as ".join(limb.title for limb, finding in self.limbs if finding.truth is None)
            asked = load_vocabulary().need_to_know(self.finding.missing, victim=None)
            return f"{title}: not known; it would be yes as {open_}. {asked}"
        return f"{title}: no; it covers only {'; or '.join(limb.title for limb, _ in self.limbs)}."

    def on_ground(self, ground: str) -> tuple[Limb, Finding] | None:
        """The limb that is about a ground, if the definition has one."""
        return next(((limb, finding) for limb, finding in self.limbs if limb.ground == ground), None)

    def to_dict(self) -> dict[str, Plain]:
        """The answer as plain values."""
        return {
            "definition": self.definition.id,
            "title": self.definition.title,
            "used_for": self.definition.used_for,
            "binds": self.definition.binds,
            "is_a_victim": truth_word(self.truth),
            "not_standing": self.not_standing,
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
            "used_facts": list(self.used_facts),
            "missing_facts": list(self.finding.missing),
        }


@frozen(kw_only=True)
class DefinitionAnswers:
    """What several definitions say of one person on a day, or, where ``on`` is None, without regard to the day.

    ``same`` is True if all definitions give the same known answer, False if two known answers differ, and None if an
    answer is open; ``differences`` says in words where and why they differ, also where both say yes on other grounds.
    """

    victim: str
    on: date | None
    answers: tuple[DefinitionAnswer, ...]

    def __getitem__(self, definition: str) -> DefinitionAnswer:
        """The answer of one definition.

        :raises KeyError: if that definition was not asked.
        """
        return {answer.definition.id: answer for answer in self.answers}[definition]

    @checked_if_it_fails
    def under(self, definition: str) -> Truth:
        """The answer under one definition: True, False, or None for unknown.

        :raises KeyError: if that definition was not asked.
        """
        return self[definition].truth

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
    def why(self) -> tuple[str, ...]:
        """One sentence for each definition; where they disagree, then the differences and the notes of limbs met."""
        said = [answer.sentence for answer in self.answers]
        if self.same is False:
            said += self.differences
            said += [limb.note for answer in self.answers for limb in answer.met if limb.note]
        return tuple(said)

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The known facts that the answers rest on."""
        return tuple(dict.fromkeys(name for answer in self.answers for name in answer.used_facts))

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps an answer open, each once, with every definition that it decides."""
        decides: dict[MissingFact, list[str]] = {}
        for one in (one for answer in self.answers for one in answer.missing_facts):
            decides.setdefault(evolve(one, decides=()), []).extend(one.decides)
        return tuple(evolve(one, decides=tuple(words)) for one, words in decides.items())

    def __str__(self) -> str:
        """Why each definition answers as it does, a sentence a line."""
        return "\n".join(self.why)

    def to_dict(self) -> dict[str, Plain]:
        """The answers as plain values."""
        return {
            "victim": self.victim,
            "on": None if self.on is None else self.on.isoformat(),
            "same": truth_word(self.same),
            "definitions": [answer.to_dict() for answer in self.answers],
            "differences": list(self.differences),
            "used_facts": list(self.used_facts),
            "missing_facts": [one.id for one in self.missing_facts],
        }


def answers_of(definitions: Sequence[Definition], lookup: Lookup, on: date | None) -> tuple[DefinitionAnswer, ...]:
    """What each definition says of the person whom a lookup of facts knows.

    :param on: the day asked about; a definition that does not stand on it covers no one. None leaves the day aside.
    """
    return tuple(_answer(definition, lookup, on) for definition in definitions)


def definitions_named(definitions: Mapping[str, Definition], names: Sequence[str]) -> tuple[Definition, ...]:
    """The definitions of those names, in that order.

    :raises UnknownNameError: with every name that is not one, and the nearest.
    """
    names = need_each(names, str, "under", 'Pass a list of names such as ["vpa-2024-s1"].')
    unknown = [name for name in names if name not in definitions]
    if unknown:
        raise UnknownNameError(
            *(
                faults.NO_SUCH_NAME.at("under", kind="definition", name=name, nearest=did_you_mean(name, definitions))
                for name in unknown
            )
        )
    return tuple(definitions[name] for name in names)


def _answer(definition: Definition, lookup: Lookup, on: date | None) -> DefinitionAnswer:
    not_standing = None if on is None else definition.why_not_on(on)
    if not_standing:
        return DefinitionAnswer(definition=definition, finding=Finding(False), limbs=(), not_standing=not_standing)
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
                    name = capitalised(answer.definition.title)
                    yield f"{name} {word} {victim} a victim as {limb.title}; {other.definition.title} {why}."


def _why_not(other: DefinitionAnswer, ground: str, truth: Truth) -> str | None:
    """Why another definition does not say the same on a ground; None if it does."""
    if other.not_standing:
        return other.not_standing
    found = other.on_ground(ground)
    if found is None:
        return f"has no such limb, and by its other limbs the person {_IS[other.truth]}"
    limb, finding = found
    if finding.truth == truth:
        return None
    state = {True: "is met", False: "is not met", None: "may be met"}[finding.truth]
    return f"asks for {limb.title}, which {state}"
