"""Who is a victim: the Framework of 2013, the Code and the Act of 2024, asked about the same person.

Each definition is a list of limbs over facts. A fact that nobody has stated is unknown, and the answer says which
facts keep it open. Where the definitions disagree, the limbs say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from attrs import field, frozen

from victims_code.commissioning.files import DataFile, by_id
from victims_code.conditions import Condition, Finding, Truth
from victims_code.dates import Moment, civil_date, spell
from victims_code.documents import Plain
from victims_code.errors import Fault, UnknownNameError, WrongTypeError, did_you_mean
from victims_code.law import Citation, Evidence
from victims_code.vocabulary import vocabulary

__all__ = [
    "Comparison",
    "DefinitionAnswer",
    "DefinitionLimb",
    "VictimDefinition",
    "victim_definitions",
    "who_is_a_victim",
]

_WORDS: dict[Truth, str] = {True: "yes", False: "no", None: "not known"}


@frozen(kw_only=True)
class DefinitionLimb:
    """One way of being a victim under a definition."""

    id: str
    title: str
    when: Condition
    note: str | None = None


@frozen(kw_only=True)
class VictimDefinition:
    """Who one instrument calls a victim, since when, and whom it binds."""

    id: str
    title: str
    since: date
    binds: str
    limbs: tuple[DefinitionLimb, ...]
    cites: tuple[Citation, ...]
    evidence: Evidence
    rows: tuple[str, ...] = ()
    note: str | None = None


@frozen(kw_only=True)
class DefinitionAnswer:
    """Whether one definition covers a person: True, False, or None with the facts that are missing."""

    definition: VictimDefinition = field(repr=False)
    limbs: tuple[tuple[DefinitionLimb, Finding], ...] = field(repr=False)
    not_yet: bool = False
    """Whether the day asked about is before the definition began."""

    @property
    def covers(self) -> Truth:
        """Whether the person is a victim under this definition."""
        if self.not_yet:
            return False
        truths = [finding.truth for _, finding in self.limbs]
        return True if True in truths else None if None in truths else False

    @property
    def met(self) -> tuple[DefinitionLimb, ...]:
        """The limbs that are met."""
        return tuple(limb for limb, finding in self.limbs if finding.truth)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts nobody has stated that keep the answer open; empty where it is settled."""
        if self.covers is not None:
            return ()
        return tuple(dict.fromkeys(name for _, finding in self.limbs for name in finding.missing))

    @property
    def sentence(self) -> str:
        """The answer in a sentence, with its reason."""
        title = self.definition.title
        if self.not_yet:
            return f"{title}: no, because it began only on {spell(self.definition.since)}."
        if self.met:
            return f"{title}: yes, as {'; and as '.join(limb.title for limb in self.met)}."
        if self.covers is None:
            open_ = "; or ".join(limb.title for limb, finding in self.limbs if finding.truth is None)
            return f"{title}: not known; it would be yes for {open_}. Missing: {', '.join(self.missing)}."
        return f"{title}: no; it covers only {'; or '.join(limb.title for limb, _ in self.limbs)}."


@frozen(kw_only=True)
class Comparison:
    """What every definition says of the same person."""

    answers: tuple[DefinitionAnswer, ...]

    def __getitem__(self, id_: str) -> DefinitionAnswer:
        return next(answer for answer in self.answers if answer.definition.id == id_)

    @property
    def agree(self) -> Truth:
        """Whether all definitions say the same; None where an answer that is not known could change that."""
        truths = {answer.covers for answer in self.answers}
        if {True, False} <= truths:
            return False
        return None if None in truths else True

    @property
    def why(self) -> tuple[str, ...]:
        """One sentence for each definition; where they disagree, the notes of the limbs that make the difference."""
        said = [answer.sentence for answer in self.answers]
        if self.agree is False:
            said += [limb.note for answer in self.answers for limb in answer.met if limb.note]
        return tuple(said)

    def __str__(self) -> str:
        return "\n".join(self.why)

    def to_dict(self) -> dict[str, Plain]:
        """The comparison as plain values."""
        return {
            "agree": self.agree,
            "answers": {
                answer.definition.id: {
                    "covers": _WORDS[answer.covers],
                    "limbs_met": [limb.id for limb in answer.met],
                    "missing_facts": list(answer.missing),
                }
                for answer in self.answers
            },
            "why": list(self.why),
        }


def who_is_a_victim(facts: Mapping[str, bool], *, on: Moment | None = None) -> Comparison:
    """What each definition says of the person of whom these facts are known.

    :param facts: facts by name; one that is left out is not known.
    :param on: the day asked about; a definition that had not begun then covers nobody. Without it all are asked.
    :raises UnknownNameError: if a fact is not one that a definition asks, naming the nearest; all at once.
    :raises WrongTypeError: if a fact is neither true nor false.

    >>> mother = who_is_a_victim({
    ...     "suffered-harm": False, "family-member-of-the-victim": True, "harmed-through-the-victim": True,
    ...     "bereaved-family-member": False, "bereaved-close-relative": False, "spokesperson-of-the-family": False,
    ... })
    >>> mother.agree, mother["framework-2013"].covers, mother["code-2021"].covers, mother["act-2024"].covers
    (False, True, False, False)
    """
    asked = {
        name for definition in victim_definitions().values() for limb in definition.limbs for name in limb.when.facts()
    }
    unknown = [name for name in facts if name not in asked]
    if unknown:
        raise UnknownNameError(
            *(
                Fault(
                    code="VC-NAME-001",
                    where="facts",
                    what=f"No definition asks for {name!r}.",
                    way_out=did_you_mean(name, asked, listing="Facts asked for"),
                )
                for name in unknown
            )
        )
    strange = [name for name, value in facts.items() if not _is_truth(value)]
    if strange:
        raise WrongTypeError(
            *(
                Fault(
                    code="VC-CASE-008",
                    where=f"facts.{name}",
                    what=f"{name!r} is either true or false.",
                    way_out="Leave it out if it is not known.",
                )
                for name in strange
            )
        )
    day = None if on is None else civil_date(on)
    return Comparison(
        answers=tuple(
            DefinitionAnswer(
                definition=definition,
                limbs=tuple((limb, limb.when.find(facts.get)) for limb in definition.limbs),
                not_yet=day is not None and day < definition.since,
            )
            for definition in victim_definitions().values()
        )
    )


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


@frozen(kw_only=True)
class _Question:
    id: str
    question: str


@frozen(kw_only=True)
class _DefinitionsFile:
    facts: tuple[_Question, ...]
    definitions: tuple[VictimDefinition, ...]


@cache
def _read() -> tuple[Mapping[str, str], Mapping[str, VictimDefinition]]:
    file = DataFile.open("definitions.yaml")
    read = file.one(_DefinitionsFile)
    questions = {fact.id: fact.question for fact in vocabulary().facts.values()}
    questions |= {fact.id: fact.question for fact in read.facts}
    for keys, name in _facts_of(read):
        file.unknown(keys, "fact", name, questions)
    file.finish()
    return questions, by_id(read.definitions)


def _facts_of(read: _DefinitionsFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for n, definition in enumerate(read.definitions):
        for m, limb in enumerate(definition.limbs):
            for name in limb.when.facts():
                yield ("definitions", n, "limbs", m, "when"), name


def victim_definitions() -> Mapping[str, VictimDefinition]:
    """The definitions of a victim, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return _read()[1]


def question(fact: str) -> str:
    """What a fact asks, in words."""
    return _read()[0][fact]
