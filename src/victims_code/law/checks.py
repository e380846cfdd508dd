"""What can be wrong with the law files once they are read: every check, each a few lines, none stopping another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from attrs import fields, frozen, has

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not
from victims_code.documents import Document, Keys
from victims_code.errors import Fault, did_you_mean
from victims_code.law.deadlines import Before
from victims_code.law.duties import Duty
from victims_code.law.editions import Imprint
from victims_code.law.readings import Reading
from victims_code.law.schemes import Scheme
from victims_code.law.sources import Citation, Source
from victims_code.vocabulary import vocabulary

__all__ = [
    "Placed",
    "check_citations",
    "check_law",
    "conditions_use_the_vocabulary",
    "duty_uses_the_vocabulary",
]


@frozen(kw_only=True)
class Placed:
    """A thing read from a law file, with its place."""

    thing: object
    document: Document
    keys: Keys

    def fault(self, code: str, keys: Keys, what: str, way_out: str) -> Fault:
        """A fault at a place below the thing; a duty is named."""
        name = f"{self.thing.id}: " if isinstance(self.thing, Duty) else ""
        return Fault(code=code, where=self.document.where((*self.keys, *keys)), what=name + what, way_out=way_out)


@frozen(kw_only=True)
class _Names:
    """The names a law file may refer to."""

    sources: Collection[str]
    readings: Collection[str]


def check_law(
    placed: Sequence[Placed],
    sources: Mapping[str, Source],
    readings: Mapping[str, Reading],
    imprints: Mapping[str, Imprint],
) -> Iterator[Fault]:
    """Every fault of the law as a whole: unresolved names, repeated names, missing sources, dates out of order."""
    names = _Names(sources=sources, readings=readings)
    yield from _identifiers_are_unique(placed)
    yield from _editions_neither_overlap_nor_gap(imprints)
    for thing in placed:
        for rule in _RULES:
            yield from rule(thing, names)


def check_citations(placed: Sequence[Placed], sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Every statement of a file without a source, or with one that does not exist."""
    for thing in placed:
        yield from _statements_have_sources(thing, _Names(sources=sources, readings=()))


def _identifiers_are_unique(placed: Sequence[Placed]) -> Iterator[Fault]:
    counted: Counter[tuple[str, ...]] = Counter()
    for item in placed:
        kind = type(item.thing).__name__
        edition = str(getattr(item.thing, "edition", ""))
        id_ = getattr(item.thing, "id", None)
        if id_ is None:
            continue
        counted[kind, edition, id_] += 1
        if counted[kind, edition, id_] == 2:
            yield Fault(
                code="VC-DATA-002",
                where=item.document.where((*item.keys, "id")),
                what=f"{id_!r} stands twice.",
                way_out="Give each entry an identifier of its own.",
            )


def _editions_neither_overlap_nor_gap(imprints: Mapping[str, Imprint]) -> Iterator[Fault]:
    binding = [imprint for imprint in imprints.values() if imprint.is_law]
    ordered = sorted(binding, key=lambda imprint: imprint.in_force_from)
    for earlier, later in pairwise(ordered):
        if earlier.in_force_until is None or earlier.in_force_until + timedelta(days=1) != later.in_force_from:
            yield Fault(
                code="VC-DATA-004",
                where=f"editions.yaml, {earlier.id} and {later.id}",
                what="The first edition does not end on the day before the second begins.",
                way_out="Correct `in_force_until` or `in_force_from`.",
            )


def _statements_have_sources(item: Placed, names: _Names) -> Iterator[Fault]:
    for keys, cites in _citations(item.thing, ()):
        if not cites:
            yield item.fault("VC-DATA-003", (*keys, "cites"), "Nothing is cited.", "Name at least one source.")
        for n, citation in enumerate(cites):
            if citation.source not in names.sources:
                yield item.fault(
                    "VC-DATA-001",
                    (*keys, "cites", n, "source"),
                    f"There is no source {citation.source!r}.",
                    did_you_mean(citation.source, names.sources),
                )
            confirmed = citation.paragraph_confirmed_by
            if (citation.paragraph is None) != (confirmed is None) or (confirmed and confirmed not in names.sources):
                yield item.fault(
                    "VC-DATA-005",
                    (*keys, "cites", n),
                    "A paragraph is given without a source that confirms it, or the other way about.",
                    "Name the source in `paragraph_confirmed_by`, or stop the locator at the Right.",
                )


def _citations(thing: object, keys: Keys) -> Iterator[tuple[Keys, tuple[Citation, ...]]]:
    """Every ``cites`` inside a thing, with the way to it."""
    kind = type(thing)
    if not has(kind):
        return
    for attribute in fields(kind):
        value = getattr(thing, attribute.name)
        if attribute.name == "cites":
            yield keys, value
        elif isinstance(value, tuple):
            for n, inner in enumerate(value):
                yield from _citations(inner, (*keys, attribute.name, n))


def _readings_exist(item: Placed, names: _Names) -> Iterator[Fault]:
    for n, reading in enumerate(item.thing.readings if isinstance(item.thing, Duty) else ()):
        if reading not in names.readings:
            yield item.fault(
                "VC-DATA-001",
                ("readings", n),
                f"There is no reading {reading!r}.",
                did_you_mean(reading, names.readings),
            )


def duty_uses_the_vocabulary(item: Placed, _names: _Names | None = None) -> Iterator[Fault]:
    """Every word of a duty that is not in the vocabulary."""
    duty = item.thing
    if not isinstance(duty, Duty):
        return
    words = vocabulary()
    for n, body in enumerate(duty.owed_by):
        yield from _unknown(item, ("owed_by", n), "body", body, words.bodies)
    if not duty.owed_by:
        yield item.fault("VC-DATA-001", ("owed_by",), "Nobody owes this duty.", "Name at least one body.")
    yield from _unknown(item, ("owed_to",), "recipient", duty.owed_to, {"victim", *words.bodies})
    yield from _unknown(item, ("trigger", "event"), "event", duty.trigger.event, {"any", *words.events})
    if duty.trigger.each is not None:
        yield from _unknown(item, ("trigger", "each"), "reference", duty.trigger.each, {"suspect", "hearing"})
    if (act := duty.discharged_by) is not None:
        if (act.event is None) != act.receipt:
            yield item.fault(
                "VC-DATA-006",
                ("discharged_by",),
                "A duty is discharged by an event or by receipt.",
                "Give either `event` or `receipt: true`.",
            )
        if act.event is not None:
            yield from _unknown(item, ("discharged_by", "event"), "event", act.event, words.events)
        if act.about is not None:
            yield from _unknown(
                item, ("discharged_by", "about"), "event or topic", act.about, {*words.events, *words.topics}
            )
        for n, name in enumerate(act.match):
            yield from _unknown(item, ("discharged_by", "match", n), "reference", name, {"suspect", "hearing"})
    for track in ("standard", "enhanced"):
        limit = getattr(duty.deadline, track)
        if isinstance(limit, Before):
            yield from _unknown(item, ("deadline",), "event", limit.before, words.events)


def _schemes_use_the_vocabulary(item: Placed, _names: _Names) -> Iterator[Fault]:
    if isinstance(item.thing, Scheme) and item.thing.opens_with is not None:
        yield from _unknown(item, ("opens_with",), "event", item.thing.opens_with, vocabulary().events)


def conditions_use_the_vocabulary(item: Placed, _names: _Names | None = None) -> Iterator[Fault]:
    """Every fact in the conditions of a thing that is not in the vocabulary or cannot have the value asked for."""
    for keys, condition in _conditions(item.thing, ()):
        for leaf in _leaves(condition):
            fact = vocabulary().facts.get(leaf.fact)
            if fact is None:
                yield from _unknown(item, keys, "fact", leaf.fact, vocabulary().facts)
            elif fact.values and leaf.value not in fact.values:
                yield from _unknown(item, keys, f"value of {leaf.fact!r}", str(leaf.value), fact.values)
            elif not fact.values and not isinstance(leaf.value, bool):
                yield item.fault(
                    "VC-DATA-006",
                    keys,
                    f"{leaf.fact!r} is true or false, not {leaf.value!r}.",
                    "Write `is: true` or `is: false`.",
                )


def _conditions(thing: object, keys: Keys) -> Iterator[tuple[Keys, Condition]]:
    kind = type(thing)
    if not has(kind):
        return
    for attribute in fields(kind):
        value = getattr(thing, attribute.name)
        if isinstance(value, Leaf | AllOf | AnyOf | Not):
            yield (*keys, attribute.name), value
        elif isinstance(value, tuple):
            for n, inner in enumerate(value):
                yield from _conditions(inner, (*keys, attribute.name, n))


def _leaves(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from _leaves(condition.part)
    else:
        for part in condition.parts:
            yield from _leaves(part)


def _unknown(item: Placed, keys: Keys, what: str, name: str, known: Collection[str]) -> Iterator[Fault]:
    if name not in known:
        yield item.fault("VC-DATA-001", keys, f"There is no {what} {name!r}.", did_you_mean(name, known))


_RULES: tuple[Callable[[Placed, _Names], Iterator[Fault]], ...] = (
    _statements_have_sources,
    _readings_exist,
    duty_uses_the_vocabulary,
    _schemes_use_the_vocabulary,
    conditions_use_the_vocabulary,
)
