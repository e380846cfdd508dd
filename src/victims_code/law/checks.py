"""What can be wrong with the law files once they are read: every check, each a few lines, none stopping another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from attrs import field, fields, frozen, has

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not
from victims_code.documents import Document, Keys
from victims_code.errors import Fault, did_you_mean
from victims_code.law.deadlines import Before
from victims_code.law.duties import Duty
from victims_code.law.editions import Eligibility, Imprint
from victims_code.law.provisions import ActFile, Provision, ProvisionPart
from victims_code.law.readings import Reading
from victims_code.law.schemes import CountedFrom, Scheme
from victims_code.law.sources import Source
from victims_code.law.special_measures import SpecialMeasuresLaw
from victims_code.vocabulary import vocabulary

__all__ = ["Placed", "check_law", "conditions_use_the_vocabulary", "duty_uses_the_vocabulary"]


@frozen(kw_only=True)
class Placed:
    """A thing read from a law file, with its place."""

    thing: object
    document: Document
    keys: Keys
    nodes: tuple[tuple[Keys, object], ...] = field(init=False, repr=False)
    """The thing and every typed thing inside its lists, each with the way to it."""

    @nodes.default
    def _nodes(self) -> tuple[tuple[Keys, object], ...]:
        return tuple(_inside(self.thing, ()))

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
    for keys, cites in _named("cites", item):
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


def _named(name: str, item: Placed) -> Iterator[tuple[Keys, tuple[Any, ...]]]:
    """Every list called ``name`` in a thing or inside it, such as its ``cites``, with the way to what has it."""
    for keys, node in item.nodes:
        if name in _attributes(type(node)):
            yield keys, getattr(node, name)


def _inside(thing: object, keys: Keys) -> Iterator[tuple[Keys, object]]:
    names = _attributes(type(thing))
    if not names:
        return
    yield keys, thing
    for name in names:
        value = getattr(thing, name)
        if type(value) is tuple:
            for n, inner in enumerate(value):
                yield from _inside(inner, (*keys, name, n))


_ATTRIBUTES: dict[type, frozenset[str]] = {}
"""The attributes of each type met so far, because they are asked for often."""


def _attributes(kind: type) -> frozenset[str]:
    """The attributes of a law type; none for plain values."""
    if kind not in _ATTRIBUTES:
        _ATTRIBUTES[kind] = frozenset(a.name for a in fields(kind)) if has(kind) else frozenset()
    return _ATTRIBUTES[kind]


def _readings_exist(item: Placed, names: _Names) -> Iterator[Fault]:
    for keys, readings in _named("readings", item):
        for n, reading in enumerate(readings):
            yield from _unknown(item, (*keys, "readings", n), "reading", reading, names.readings)


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
    scheme = item.thing
    if not isinstance(scheme, Scheme):
        return
    for keys, event in _events_of(scheme):
        yield from _unknown(item, keys, "event", event, {"any", *vocabulary().events})
    for n, service in enumerate(scheme.services):
        for m, body in enumerate(service.owed_by):
            yield from _unknown(item, ("services", n, "owed_by", m), "body", body, vocabulary().bodies)


def _events_of(scheme: Scheme) -> Iterator[tuple[Keys, str]]:
    """Every event a scheme names, with the way to it."""
    named: list[tuple[Keys, str | None]] = [(("taken_up_by",), scheme.taken_up_by)]
    named += [(("opens", n, "event"), opening.event) for n, opening in enumerate(scheme.opens)]
    for n, limit in enumerate(scheme.limits):
        named.append((("limits", n, "event"), limit.event))
        if limit.ends_with is not None:
            named.append((("limits", n, "ends_with", "event"), limit.ends_with.event))
            named.append((("limits", n, "ends_with", "for_each"), limit.ends_with.for_each))
    for n, service in enumerate(scheme.services):
        named += [(("services", n, "after"), service.after), (("services", n, "done_by"), service.done_by)]
    return ((keys, event) for keys, event in named if event is not None)


def _scheme_limits_are_well_formed(item: Placed, _names: _Names) -> Iterator[Fault]:
    if not isinstance(item.thing, Scheme):
        return
    if not item.thing.opens:
        yield item.fault("VC-DATA-006", ("opens",), "Nothing opens this scheme.", "Give at least one opening.")
    for n, limit in enumerate(item.thing.limits):
        kinds = [limit.within is not None, limit.until_age is not None, limit.ends_with is not None]
        if sum(kinds) > 1:
            yield item.fault(
                "VC-DATA-006",
                ("limits", n),
                f"{limit.id!r} ends in more than one way.",
                "Keep one of `within`, `until_age` and `ends_with`.",
            )
        if (limit.counted_from is CountedFrom.EVENT) != (limit.event is not None):
            yield item.fault(
                "VC-DATA-006",
                ("limits", n),
                f"{limit.id!r} is counted from an event without naming it, or names one without being counted from it.",
                "Give `counted_from: event` together with `event`.",
            )


def _inner_identifiers_are_unique(item: Placed, _names: _Names) -> Iterator[Fault]:
    """Limits of a scheme, grounds and measures, limbs, and the sections of an Act each have a name of their own."""
    seen: set[tuple[str, str]] = set()
    for keys, node in item.nodes:
        id_ = getattr(node, "id", None)
        if not keys or id_ is None:
            continue
        kind = "provision" if isinstance(node, ProvisionPart) else type(node).__name__
        if (kind, id_) in seen:
            yield item.fault(
                "VC-DATA-002", (*keys, "id"), f"{id_!r} stands twice.", "Give each entry an identifier of its own."
            )
        seen.add((kind, id_))


def _provisions_are_well_formed(item: Placed, _names: _Names) -> Iterator[Fault]:
    if not isinstance(item.thing, ActFile):
        return
    for keys, node in item.nodes:
        if not isinstance(node, ProvisionPart):
            continue
        if not node.id.startswith(f"{item.thing.id}-"):
            yield item.fault(
                "VC-DATA-006",
                (*keys, "id"),
                f"{node.id!r} does not begin with the name of its Act, {item.thing.id!r}.",
                f"Write it as {item.thing.id}-s1.",
            )
        starts = [span.since for span in node.spans]
        if item.thing.passed is not None:
            starts.insert(0, item.thing.passed)
        if starts != sorted(starts):
            yield item.fault(
                "VC-DATA-004",
                (*keys, "spans"),
                f"The spans of {node.id!r} are not in the order of their days, or begin before the Act was passed.",
                "Put the earliest first and correct its day.",
            )
        if isinstance(node, Provision) and node.parts and node.spans:
            yield item.fault(
                "VC-DATA-006", keys, f"{node.id!r} has both spans and parts.", "Give the spans to the parts."
            )


def _special_measures_hold_together(item: Placed, _names: _Names) -> Iterator[Fault]:
    law = item.thing
    if not isinstance(law, SpecialMeasuresLaw):
        return
    groups, grounds = {group.id for group in law.groups}, {ground.id for ground in law.grounds}
    for n, ground in enumerate(law.grounds):
        yield from _unknown(item, ("grounds", n, "group"), "group", ground.group, groups)
    for n, measure in enumerate(law.measures):
        for m, available in enumerate(measure.available):
            for k, name in enumerate(available.groups):
                yield from _unknown(item, ("measures", n, "available", m, "groups", k), "group", name, groups)
            for k, name in enumerate(available.grounds):
                yield from _unknown(item, ("measures", n, "available", m, "grounds", k), "ground", name, grounds)


def _spans_are_in_order(item: Placed, _names: _Names) -> Iterator[Fault]:
    for keys, node in item.nodes:
        since, until = getattr(node, "since", None), getattr(node, "until", None)
        if since is not None and until is not None and until < since:
            yield item.fault(
                "VC-DATA-004", (*keys, "until"), f"It ends on {until}, before it begins on {since}.", "Correct one."
            )


def _duties_ask_nothing_of_the_moment(item: Placed, _names: _Names) -> Iterator[Fault]:
    """A duty's condition is found once for a victim, so it cannot hang on a day or on another event."""
    if not isinstance(item.thing, Duty | Eligibility):
        return
    for keys, condition in _conditions(item):
        for leaf in _leaves(condition):
            fact = vocabulary().facts.get(leaf.fact)
            if fact is not None and fact.hangs_on_the_moment:
                yield item.fault(
                    "VC-DATA-006",
                    keys,
                    f"{leaf.fact!r} hangs on a day or an event, which no duty and no category can ask about.",
                    "Use a fact of the victim or of the case.",
                )


def conditions_use_the_vocabulary(item: Placed, _names: _Names | None = None) -> Iterator[Fault]:
    """Every fact in the conditions of a thing that is not in the vocabulary or cannot have the value asked for."""
    for keys, condition in _conditions(item):
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


def _conditions(item: Placed) -> Iterator[tuple[Keys, Condition]]:
    for keys, node in item.nodes:
        for name in _attributes(type(node)):
            value = getattr(node, name)
            if isinstance(value, Leaf | AllOf | AnyOf | Not):
                yield (*keys, name), value


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
    _scheme_limits_are_well_formed,
    _inner_identifiers_are_unique,
    _provisions_are_well_formed,
    _special_measures_hold_together,
    _spans_are_in_order,
    _duties_ask_nothing_of_the_moment,
    conditions_use_the_vocabulary,
)
