"""Who is a victim, asked of facts by themselves, as those who commission services ask it.

The definitions are those of ``data/definitions``; the Framework of 2013, which commissioners were given as advice, is
asked beside the law. Without a record nothing is presumed: a fact that is left out is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from victims_code import faults
from victims_code.arguments import checked
from victims_code.conditions import Value
from victims_code.dates import Moment, civil_date
from victims_code.errors import UnknownNameError
from victims_code.faults import Fault
from victims_code.law.definitions import Definition, DefinitionAnswers, answers_of, definitions_named
from victims_code.law.loader import load_law
from victims_code.vocabulary import Derived, FactName, load_vocabulary


def victim_definitions() -> Mapping[str, Definition]:
    """The definitions of a victim, by identifier.

    :raises LawDataError: if the data is broken.

    >>> victim_definitions()["framework-2013"].binds
    'Those who commission services, as advice.'
    """
    return load_law().related.definitions


@checked
def definition_answers(
    facts: Mapping[str, bool],
    *,
    capacity: str = "person",
    on: Moment | None = None,
    under: Sequence[str] | None = None,
) -> DefinitionAnswers:
    """What each definition says of the person of whom these facts are known.

    :param facts: facts by name; one that is left out is not known.
    :param capacity: in what capacity the person stands, as of a :class:`~victims_code.cases.Victim`.
    :param on: the day asked about. By default the definitions are asked that have not ended.
    :param under: the definitions to ask, by identifier; one that does not stand on the day covers no one.
    :raises UnknownNameError: if a fact is not one that a definition asks, or if there is no such capacity or
        definition, naming the nearest; all facts at once.
    :raises WrongTypeError: if a fact is neither true nor false.

    >>> mother = definition_answers({
    ...     "suffered-harm": False, "family-member-of-the-victim": True, "harmed-through-the-victim": True,
    ...     "bereaved-close-relative": False,
    ... })
    >>> mother.same, mother.under("framework-2013"), mother.under("code-2021"), mother.under("vpa-2024-s1")
    (False, True, False, False)
    """
    _refuse_unknown(facts, capacity)
    day = None if on is None else civil_date(on)
    known = victim_definitions()
    standing = [n for n, d in known.items() if (d.until is None if day is None else d.holds_on(day))]
    definitions = definitions_named(known, standing if under is None else under)
    stated: dict[str, Value] = {**facts, _capacity().id: capacity}
    return DefinitionAnswers(victim="this person", on=day, answers=answers_of(definitions, stated.get, day))


def _refuse_unknown(facts: Mapping[str, bool], capacity: str) -> None:
    """Refuse what no definition could use, with every fault of a kind at once."""
    limbs = [limb for definition in victim_definitions().values() for limb in definition.limbs]
    asked = {name for limb in limbs for name in limb.when.facts()} - {_capacity().id}
    if unknown := [*_unknown(facts, asked), *_unknown_capacity(capacity)]:
        raise UnknownNameError(*unknown)


def _unknown(facts: Mapping[str, bool], asked: Collection[str]) -> Iterator[Fault]:
    for name in facts:
        if name not in asked:
            yield faults.NO_DEFINITION_ASKS_FOR.at(
                "facts", fact=name, nearest=load_vocabulary().nearest(name, asked, listing="Facts asked for")
            )


def _unknown_capacity(capacity: str) -> Iterator[Fault]:
    values = _capacity().values
    if capacity not in values:
        nearest = load_vocabulary().nearest(capacity, values, listing="Capacities")
        yield faults.NO_SUCH_NAME.at("capacity", kind="capacity", name=capacity, nearest=nearest)


def _capacity() -> FactName:
    """The fact of the vocabulary that says in what capacity someone stands in a case."""
    return next(fact for fact in load_vocabulary().facts.values() if fact.derived is Derived.CAPACITY)
