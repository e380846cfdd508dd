"""What can be wrong with the law files once they are read: every check, each a few lines, none stopping another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from attrs import field, fields, frozen, has, resolve_types

from victims_code import faults
from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not
from victims_code.faults import Fault, did_you_mean
from victims_code.law.cross_references import Instrument
from victims_code.law.deadlines import Before, Every
from victims_code.law.definitions import Definition
from victims_code.law.duties import Duty
from victims_code.law.editions import Edition, EditionFile, EditionInfo
from victims_code.law.lineage import check_lineage
from victims_code.law.provisions import ActFile, Provision, ProvisionPart
from victims_code.law.schemes import Scheme, check_scheme
from victims_code.law.special_measures import SpecialMeasuresLaw
from victims_code.reading.data_files import Placed, name_of, within
from victims_code.reading.documents import Keys
from victims_code.reading.partial import UnreadError, each, readable
from victims_code.reading.sources import Span
from victims_code.vocabulary import load_vocabulary


@frozen(kw_only=True)
class _Names:
    """The names a law file may refer to."""

    readings: Collection[str] | None
    editions: Mapping[str, Edition]
    bound: Mapping[str, frozenset[str]] = field(init=False)

    @bound.default
    def _bound(self) -> Mapping[str, frozenset[str]]:
        return {id_: frozenset(edition.bodies) for id_, edition in self.editions.items()}


def check_law(
    placed: Sequence[Placed],
    readings: Collection[str] | None,
    infos: Mapping[str, EditionInfo],
    editions: Mapping[str, Edition],
) -> Iterator[Fault]:
    """Every fault of the law as a whole: unresolved names, repeated names, dates out of order.

    :param readings: the names of the readings, or None if one could not be read.
    :param editions: the editions, or none where one could not be read: then what joins them is not looked at.
    """
    names = _Names(readings=readings, editions=editions)
    yield from _identifiers_are_unique(placed)
    yield from _editions_neither_overlap_nor_gap(infos)
    yield from check_lineage(placed, editions)
    yield from _facts_name_readings(readings or ())
    for thing in placed:
        for rule in _RULES:
            yield from readable(rule(thing, names))


def _identifiers_are_unique(placed: Sequence[Placed]) -> Iterator[Fault]:
    counted: Counter[tuple[str, ...]] = Counter()
    for item in placed:
        if (id_ := name_of(item.thing)) is None:
            continue
        name = (item.thing.__class__.__name__, str(getattr(item.thing, "edition", "")), id_)
        counted[name] += 1
        if counted[name] == 2:
            yield faults.ID_TWICE.at(item.document.where((*item.keys, "id")), id=id_)


def _editions_neither_overlap_nor_gap(infos: Mapping[str, EditionInfo]) -> Iterator[Fault]:
    binding = [info for info in infos.values() if info.is_law]
    ordered = sorted(binding, key=lambda info: info.in_force_from)
    for earlier, later in pairwise(ordered):
        if earlier.in_force_until is None or earlier.in_force_until + timedelta(days=1) != later.in_force_from:
            yield faults.EDITIONS_OVERLAP_OR_LEAVE_A_GAP.at(f"editions.yaml, {earlier.id} and {later.id}")


def _facts_name_readings(readings: Collection[str]) -> Iterator[Fault]:
    for fact in load_vocabulary().facts.values() if readings else ():
        if fact.reading is not None and fact.reading not in readings:
            yield faults.NO_SUCH_READING.at(
                f"vocabulary/facts.yaml, {fact.id}.reading",
                reading=fact.reading,
                nearest=did_you_mean(fact.reading, readings),
            )


def _what_stands_inside_is_sound(item: Placed, names: _Names) -> Iterator[Fault]:
    """Readings and conditions, wherever in the thing they stand, in one walk."""
    for keys, name, value in _inside(item.thing, ()):
        if name == "readings":
            yield from _readings_exist(item, keys, value, names)
        elif isinstance(value, Leaf | AllOf | AnyOf | Not):
            yield from _condition_uses_the_vocabulary(item, (*keys, name), value)


def _inside(thing: object, keys: Keys) -> Iterator[tuple[Keys, str, Any]]:
    """Every attribute of a thing and of the things in it that is more than a plain value, with the way to it."""
    for name in _attributes(thing.__class__):  # type: ignore[arg-type]
        try:
            value = getattr(thing, name)
        except UnreadError:  # of a list that is broken, the entries that could be read
            yield from _in_entries(readable(each(thing, name)), keys, name)
            continue
        kind = value.__class__
        if kind in _PLAIN:
            continue
        yield keys, name, value
        if kind is tuple:
            yield from _in_entries(enumerate(value), keys, name)
        else:
            yield from _inside(value, (*keys, name))


def _in_entries(entries: Iterable[tuple[int, object]], keys: Keys, name: str) -> Iterator[tuple[Keys, str, Any]]:
    """The same in the entries of a list, and the leaves of a condition of which not all could be read."""
    for n, inner in entries:
        if inner.__class__ in _PLAIN:
            break
        yield from [(keys, name, inner)] if isinstance(inner, Leaf) else _inside(inner, (*keys, name, n))


_CONDITIONS = (Leaf, AllOf, AnyOf, Not)
_PLAIN = frozenset((str, int, bool, date, type(None)))


@cache
def _attributes(kind: type) -> tuple[str, ...]:
    """The attributes that are readings or a condition, or have such in them."""
    if not has(kind) or kind in _CONDITIONS:
        return ()
    return tuple(a.name for a in fields(resolve_types(kind)) if a.init and (a.name == "readings" or _leads_on(a.type)))


def _leads_on(type_: Any) -> bool:
    return (
        type_ in _CONDITIONS
        or bool(get_args(type_) and any(map(_leads_on, get_args(type_))))
        or bool(isinstance(type_, type) and _attributes(type_))
    )


def _readings_exist(item: Placed, keys: Keys, readings: tuple[str, ...], names: _Names) -> Iterator[Fault]:
    for n, reading in enumerate(readings):
        if names.readings is not None and reading not in names.readings:
            yield item.placed(
                (*keys, "readings", n),
                faults.NO_SUCH_READING.at(reading=reading, nearest=did_you_mean(reading, names.readings)),
            )


def duty_uses_the_vocabulary(item: Placed, _names: _Names | None = None) -> Iterator[Fault]:
    """Every word of a duty that is not in the vocabulary."""
    if isinstance(item.thing, Duty):
        for check in (_owed_by, _owed_to, _trigger, _discharge, _deadline):
            yield from readable(check(item, item.thing))


def _owed_by(item: Placed, duty: Duty) -> Iterator[Fault]:
    for n, body in each(duty, "owed_by"):
        yield from item.unknown(("owed_by", n), "body", body, load_vocabulary().bodies)
    if not duty.owed_by:
        yield item.placed(("owed_by",), faults.DUTY_OWED_BY_NO_ONE.at())


def _owed_to(item: Placed, duty: Duty) -> Iterator[Fault]:
    if duty.owed_to != "victim":
        yield from item.unknown(("owed_to",), "recipient", duty.owed_to, load_vocabulary().bodies)


def _trigger(item: Placed, duty: Duty) -> Iterator[Fault]:
    if duty.trigger.event != "any":
        yield from item.unknown(("trigger", "event"), "event", duty.trigger.event, load_vocabulary().events)
    if duty.trigger.each is not None:
        yield from item.unknown(("trigger", "each"), "reference", duty.trigger.each, {"suspect", "hearing"})


def _discharge(item: Placed, duty: Duty) -> Iterator[Fault]:
    words = load_vocabulary()
    if (act := duty.discharged_by) is None:
        return
    for n, name in readable(each(act, "match")):
        yield from item.unknown(("discharged_by", "match", n), "reference", name, {"suspect", "hearing"})
    if act.about is not None and act.about not in words.events:
        known = {*words.events, *words.topics}
        yield from item.unknown(("discharged_by", "about"), "event or topic", act.about, known)
    if act.event is not None:
        yield from item.unknown(("discharged_by", "event"), "event", act.event, words.events)
    if (act.event is None) != act.receipt:
        yield item.placed(("discharged_by",), faults.DUTY_WITHOUT_AN_END.at())


def _deadline(item: Placed, duty: Duty) -> Iterator[Fault]:
    for name in ("standard", "enhanced"):
        yield from readable(_limit(item, duty, name))


def _limit(item: Placed, duty: Duty, which: str) -> Iterator[Fault]:
    limit = getattr(duty.deadline, which)
    for event in (limit.before,) if isinstance(limit, Before) else limit.until if isinstance(limit, Every) else ():
        yield from item.unknown(("deadline",), "event", event, load_vocabulary().events)
    if isinstance(limit, Every) and not duty.deadline.single:
        yield item.placed(("deadline",), faults.DUTY_RECURS_FOR_SOME.at())


def conditions_use_the_vocabulary(item: Placed) -> Iterator[Fault]:
    """Every fact in the conditions of a thing that is not in the vocabulary or cannot have the value asked for."""
    for keys, name, value in _inside(item.thing, ()):
        if isinstance(value, _CONDITIONS):
            yield from _condition_uses_the_vocabulary(item, (*keys, name), value)


def _condition_uses_the_vocabulary(item: Placed, keys: Keys, condition: Condition) -> Iterator[Fault]:
    for leaf in _leaves(condition):
        yield from readable(_leaf_uses_the_vocabulary(item, keys, leaf))


def _leaf_uses_the_vocabulary(item: Placed, keys: Keys, leaf: Leaf) -> Iterator[Fault]:
    facts = load_vocabulary().facts
    fact = facts.get(leaf.fact)
    if fact is None:
        yield from item.unknown(keys, "fact", leaf.fact, facts)
    elif fact.values and leaf.value not in fact.values:
        yield from item.unknown(keys, f"value of {leaf.fact!r}", str(leaf.value), fact.values)
    elif not fact.values and not isinstance(leaf.value, bool):
        yield item.placed(keys, faults.LEAF_NOT_TRUE_OR_FALSE.at(fact=leaf.fact, value=leaf.value))
    elif fact.is_time_dependent and not isinstance(item.thing, _ASKS_OF_A_DAY):
        yield item.placed(keys, faults.LEAF_DEPENDS_ON_A_DAY.at(fact=leaf.fact))


_ASKS_OF_A_DAY = (Scheme, SpecialMeasuresLaw, Definition)
"""What is found for a day and an event; anything else is found once for a victim."""


def _leaves(condition: Condition) -> Iterator[Leaf]:
    if isinstance(condition, Leaf):
        yield condition
    elif isinstance(condition, Not):
        yield from _leaves(condition.part)
    else:
        for part in condition.parts:
            yield from _leaves(part)


def _editions_use_the_vocabulary(item: Placed, _names: _Names) -> Iterator[Fault]:
    """The bodies an edition binds or names; a provider of one part names a part of the edition."""
    if not isinstance(item.thing, EditionFile):
        return
    for n, group in readable(each(item.thing, "providers")):
        for m, body in readable(each(group, "bodies")):
            yield from item.unknown(("providers", n, "bodies", m), "body", body, load_vocabulary().bodies)
    for n, name in readable(each(item.thing, "called")):
        with suppress(UnreadError):
            yield from item.unknown(("called", n, "body"), "body", name.body, load_vocabulary().bodies)
    parts = [part.id for part in item.thing.parts]
    for n, group in each(item.thing, "providers"):
        if group.part is not None:
            yield from item.unknown(("providers", n, "part"), "part", group.part, parts)


def _duties_are_owed_by_providers(item: Placed, names: _Names) -> Iterator[Fault]:
    """Only a body its edition binds, or a partner that none binds, can owe a duty."""
    duty = item.thing
    if not isinstance(duty, Duty) or duty.edition not in names.editions:
        return
    bound = names.bound[duty.edition]
    for n, body in enumerate(duty.owed_by):
        if body not in bound and body in load_vocabulary().bodies and load_vocabulary().bodies[body].group != "partner":
            yield item.placed(("owed_by", n), faults.BODY_NOT_BOUND.at(edition=duty.edition, body=body))


def _cross_references_name_duties(item: Placed, names: _Names) -> Iterator[Fault]:
    thing = item.thing
    if not isinstance(thing, Instrument) or not names.editions:
        return
    if thing.edition not in names.editions:
        yield from item.unknown(("edition",), "edition", thing.edition, names.editions)
        return
    duties = names.editions[thing.edition].duties
    for n, reference in each(thing, "references"):
        for m, duty in readable(each(reference, "answered_by")):
            yield from item.unknown(("references", n, "answered_by", m), f"duty in {thing.edition}", duty, duties)


def _annexes_hold_together(item: Placed, _names: object = None) -> Iterator[Fault]:
    """Names inside a file, the days of spans, and references from one part of a file to another."""
    if not isinstance(item.thing, Scheme | ActFile | SpecialMeasuresLaw | Definition):
        return
    seen: set[tuple[str, str]] = set()
    for keys, node in within(item.thing):
        if keys and (id_ := name_of(node)) is not None:
            yield from _is_another(item, keys, node, id_, seen)
        if isinstance(node, Span):
            yield from readable(_span_is_in_order(item, keys, node))
        if isinstance(node, ProvisionPart):
            for check in (_is_named_after_its_act, _began_in_order, _has_spans_or_parts):
                yield from readable(check(item, keys, node))
    if isinstance(item.thing, SpecialMeasuresLaw):
        yield from readable(_groups_and_grounds_are_known(item, item.thing))


def _is_another(item: Placed, keys: Keys, node: object, id_: str, seen: set[tuple[str, str]]) -> Iterator[Fault]:
    """Limits of a scheme, grounds and measures, limbs, and the sections of an Act each have a name of their own."""
    kind = "provision" if isinstance(node, ProvisionPart) else node.__class__.__name__
    if (kind, id_) in seen:
        yield item.placed((*keys, "id"), faults.ID_TWICE.at(id=id_))
    seen.add((kind, id_))


def _span_is_in_order(item: Placed, keys: Keys, span: Span) -> Iterator[Fault]:
    if span.since is not None and span.until is not None and span.until < span.since:
        yield item.placed((*keys, "until"), faults.SPAN_ENDS_BEFORE_IT_BEGINS.at(until=span.until, since=span.since))


def _is_named_after_its_act(item: Placed, keys: Keys, part: ProvisionPart) -> Iterator[Fault]:
    act = item.thing.id
    if not part.id.startswith(f"{act}-"):
        yield item.placed((*keys, "id"), faults.PROVISION_NOT_NAMED_AFTER_ITS_ACT.at(provision=part.id, act=act))


def _began_in_order(item: Placed, keys: Keys, part: ProvisionPart) -> Iterator[Fault]:
    passed = item.thing.passed
    starts = [span.since for span in part.spans]
    if passed is not None:
        starts.insert(0, passed)
    if starts != sorted(starts):
        yield item.placed((*keys, "spans"), faults.SPANS_OUT_OF_ORDER.at(provision=part.id))


def _has_spans_or_parts(item: Placed, keys: Keys, part: ProvisionPart) -> Iterator[Fault]:
    if isinstance(part, Provision) and part.parts and part.spans:
        yield item.placed(keys, faults.SPANS_AND_PARTS.at(provision=part.id))


def _groups_and_grounds_are_known(item: Placed, law: SpecialMeasuresLaw) -> Iterator[Fault]:
    groups, grounds = {group.id for group in law.groups}, {ground.id for ground in law.grounds}
    for n, ground in readable(each(law, "grounds")):
        with suppress(UnreadError):
            yield from item.unknown(("grounds", n, "group"), "group", ground.group, groups)
    for n, measure in each(law, "measures"):
        for m, available in readable(each(measure, "available")):
            for k, name in readable(each(available, "groups")):
                yield from item.unknown(("measures", n, "available", m, "groups", k), "group", name, groups)
            for k, name in readable(each(available, "grounds")):
                yield from item.unknown(("measures", n, "available", m, "grounds", k), "ground", name, grounds)


_RULES: tuple[Callable[[Placed, _Names], Iterator[Fault]], ...] = (
    _what_stands_inside_is_sound,
    duty_uses_the_vocabulary,
    check_scheme,
    _annexes_hold_together,
    _editions_use_the_vocabulary,
    _duties_are_owed_by_providers,
    _cross_references_name_duties,
)
