"""What can be wrong with the law files once they are read: every check, each a few lines, none stopping another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from attrs import field, fields, frozen, has, resolve_types

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not
from victims_code.documents import Keys
from victims_code.errors import Fault, did_you_mean
from victims_code.law.cross_references import Instrument
from victims_code.law.deadlines import Before, Every
from victims_code.law.duties import Duty
from victims_code.law.editions import Edition, EditionFile, Imprint
from victims_code.law.lineage_checks import check_lineage
from victims_code.law.placing import Placed
from victims_code.law.readings import Reading
from victims_code.law.schemes import Scheme
from victims_code.law.sources import Citation, Source
from victims_code.vocabulary import vocabulary

__all__ = ["check_citations", "check_law", "conditions_use_the_vocabulary", "duty_uses_the_vocabulary"]


@frozen(kw_only=True)
class _Names:
    """The names a law file may refer to."""

    sources: Collection[str]
    readings: Collection[str]
    editions: Mapping[str, Edition]
    bound: Mapping[str, frozenset[str]] = field(init=False)

    @bound.default
    def _bound(self) -> Mapping[str, frozenset[str]]:
        return {id_: frozenset(edition.bodies) for id_, edition in self.editions.items()}


def check_law(
    placed: Sequence[Placed],
    sources: Mapping[str, Source],
    readings: Mapping[str, Reading],
    imprints: Mapping[str, Imprint],
    editions: Mapping[str, Edition],
) -> Iterator[Fault]:
    """Every fault of the law as a whole: unresolved names, repeated names, missing sources, dates out of order.

    :param editions: the editions, or none where one could not be read: then what joins them is not looked at.
    """
    names = _Names(sources=sources, readings=readings, editions=editions)
    yield from _identifiers_are_unique(placed)
    yield from _editions_neither_overlap_nor_gap(imprints)
    yield from check_lineage(placed, editions)
    yield from _facts_name_readings(readings)
    for thing in placed:
        for rule in _RULES:
            yield from rule(thing, names)


def check_citations(placed: Sequence[Placed], sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Every statement of a file without a source, or with one that does not exist."""
    for item in placed:
        for keys, name, value in _inside(item.thing, ()):
            if name == "cites":
                yield from _citations_are_sound(item, keys, value, _Names(sources=sources, readings=(), editions={}))


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


def _facts_name_readings(readings: Collection[str]) -> Iterator[Fault]:
    for fact in vocabulary().facts.values():
        if fact.reading is not None and fact.reading not in readings:
            yield Fault(
                code="VC-DATA-001",
                where=f"vocabulary/facts.yaml, {fact.id}.reading",
                what=f"There is no reading {fact.reading!r}.",
                way_out=did_you_mean(fact.reading, readings),
            )


def _what_stands_inside_is_sound(item: Placed, names: _Names) -> Iterator[Fault]:
    """Citations and conditions, wherever in the thing they stand, in one walk."""
    for keys, name, value in _inside(item.thing, ()):
        if name == "cites":
            yield from _citations_are_sound(item, keys, value, names)
        elif name == "readings":
            yield from _readings_exist(item, keys, value, names)
        elif isinstance(value, Leaf | AllOf | AnyOf | Not):
            yield from _condition_uses_the_vocabulary(item, (*keys, name), value)


def _inside(thing: object, keys: Keys) -> Iterator[tuple[Keys, str, Any]]:
    """Every attribute of a thing and of the things in it that is more than a plain value, with the way to it."""
    for name in _attributes(type(thing)):  # type: ignore[arg-type]
        value = getattr(thing, name)
        kind = value.__class__
        if kind in _PLAIN:
            continue
        yield keys, name, value
        if kind is tuple:
            for n, inner in enumerate(value):
                if inner.__class__ in _PLAIN:
                    break
                yield from _inside(inner, (*keys, name, n))
        else:
            yield from _inside(value, (*keys, name))


_CONDITIONS = (Leaf, AllOf, AnyOf, Not)
_LOOKED_AT = ("cites", "readings")
_PLAIN = frozenset((str, int, bool, date, type(None)))


@cache
def _attributes(kind: type) -> tuple[str, ...]:
    """The attributes that are citations, readings or a condition, or have such in them."""
    if not has(kind) or kind in _CONDITIONS:
        return ()
    return tuple(a.name for a in fields(resolve_types(kind)) if a.init and (a.name in _LOOKED_AT or _leads_on(a.type)))


def _leads_on(type_: Any) -> bool:
    return (
        type_ in _CONDITIONS
        or bool(get_args(type_) and any(map(_leads_on, get_args(type_))))
        or bool(isinstance(type_, type) and _attributes(type_))
    )


def _citations_are_sound(item: Placed, keys: Keys, cites: tuple[Citation, ...], names: _Names) -> Iterator[Fault]:
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


def _readings_exist(item: Placed, keys: Keys, readings: tuple[str, ...], names: _Names) -> Iterator[Fault]:
    for n, reading in enumerate(readings):
        if reading not in names.readings:
            yield item.fault(
                "VC-DATA-001",
                (*keys, "readings", n),
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
    if duty.owed_to != "victim":
        yield from _unknown(item, ("owed_to",), "recipient", duty.owed_to, words.bodies)
    if duty.trigger.event != "any":
        yield from _unknown(item, ("trigger", "event"), "event", duty.trigger.event, words.events)
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
        if act.about is not None and act.about not in words.events:
            known = {*words.events, *words.topics}
            yield from _unknown(item, ("discharged_by", "about"), "event or topic", act.about, known)
        for n, name in enumerate(act.match):
            yield from _unknown(item, ("discharged_by", "match", n), "reference", name, {"suspect", "hearing"})
    for track in ("standard", "enhanced"):
        limit = getattr(duty.deadline, track)
        if isinstance(limit, Before):
            yield from _unknown(item, ("deadline",), "event", limit.before, words.events)
        elif isinstance(limit, Every):
            if not duty.deadline.single:
                yield item.fault(
                    "VC-DATA-006", ("deadline",), "A duty recurs for some victims only.", "Write it as `all`."
                )
            for name in limit.until:
                yield from _unknown(item, ("deadline",), "event", name, words.events)


def _schemes_use_the_vocabulary(item: Placed, _names: _Names) -> Iterator[Fault]:
    if isinstance(item.thing, Scheme) and item.thing.opens_with is not None:
        yield from _unknown(item, ("opens_with",), "event", item.thing.opens_with, vocabulary().events)


def conditions_use_the_vocabulary(item: Placed) -> Iterator[Fault]:
    """Every fact in the conditions of a thing that is not in the vocabulary or cannot have the value asked for."""
    for keys, name, value in _inside(item.thing, ()):
        if isinstance(value, _CONDITIONS):
            yield from _condition_uses_the_vocabulary(item, (*keys, name), value)


def _condition_uses_the_vocabulary(item: Placed, keys: Keys, condition: Condition) -> Iterator[Fault]:
    facts = vocabulary().facts
    for leaf in _leaves(condition):
        fact = facts.get(leaf.fact)
        if fact is None:
            yield from _unknown(item, keys, "fact", leaf.fact, facts)
        elif fact.values and leaf.value not in fact.values:
            yield from _unknown(item, keys, f"value of {leaf.fact!r}", str(leaf.value), fact.values)
        elif not fact.values and not isinstance(leaf.value, bool):
            yield item.fault(
                "VC-DATA-006",
                keys,
                f"{leaf.fact!r} is true or false, not {leaf.value!r}.",
                "Write `is: true` or `is: false`.",
            )


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


def _editions_use_the_vocabulary(item: Placed, _names: _Names) -> Iterator[Fault]:
    """The bodies an edition binds or names; a provider of one part names a part of the edition."""
    if not isinstance(item.thing, EditionFile):
        return
    parts = [part.id for part in item.thing.parts]
    for n, group in enumerate(item.thing.providers):
        for m, body in enumerate(group.bodies):
            yield from _unknown(item, ("providers", n, "bodies", m), "body", body, vocabulary().bodies)
        if group.part is not None:
            yield from _unknown(item, ("providers", n, "part"), "part", group.part, parts)
    for n, name in enumerate(item.thing.called):
        yield from _unknown(item, ("called", n, "body"), "body", name.body, vocabulary().bodies)


def _duties_are_owed_by_providers(item: Placed, names: _Names) -> Iterator[Fault]:
    """Only a body its edition binds, or a partner that none binds, can owe a duty."""
    duty = item.thing
    if not isinstance(duty, Duty) or duty.edition not in names.editions:
        return
    bound = names.bound[duty.edition]
    for n, body in enumerate(duty.owed_by):
        if body not in bound and body in vocabulary().bodies and vocabulary().bodies[body].group != "partner":
            yield item.fault(
                "VC-DATA-001",
                ("owed_by", n),
                f"{duty.edition} does not bind {body!r}.",
                "Name it under `providers` in edition.yaml, or correct who owes the duty.",
            )


def _cross_references_name_duties(item: Placed, names: _Names) -> Iterator[Fault]:
    thing = item.thing
    if not isinstance(thing, Instrument) or not names.editions:
        return
    if thing.edition not in names.editions:
        yield from _unknown(item, ("edition",), "edition", thing.edition, names.editions)
        return
    duties = names.editions[thing.edition].duties
    for n, reference in enumerate(thing.references):
        for m, duty in enumerate(reference.answered_by):
            yield from _unknown(item, ("references", n, "answered_by", m), f"duty in {thing.edition}", duty, duties)


_RULES: tuple[Callable[[Placed, _Names], Iterator[Fault]], ...] = (
    _what_stands_inside_is_sound,
    duty_uses_the_vocabulary,
    _schemes_use_the_vocabulary,
    _editions_use_the_vocabulary,
    _duties_are_owed_by_providers,
    _cross_references_name_duties,
)
