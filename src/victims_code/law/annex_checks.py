"""What can be wrong with what stands beside the duties: schemes, provisions, special measures and definitions.

Names inside one file, the days of spans, and references from one part of a file to another.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.errors import Fault
from victims_code.law.definitions import Definition
from victims_code.law.provisions import ActFile, Provision, ProvisionPart
from victims_code.law.schemes import Scheme
from victims_code.law.special_measures import SpecialMeasuresLaw
from victims_code.reading.data_files import Placed, within

__all__ = ["check_annex"]


def check_annex(item: Placed, _names: object = None) -> Iterator[Fault]:
    """Every fault of such a file beyond its sources, readings and conditions; none of anything else."""
    if not isinstance(item.thing, Scheme | ActFile | SpecialMeasuresLaw | Definition):
        return
    yield from _inner_identifiers_are_unique(item)
    yield from _spans_are_in_order(item)
    if isinstance(item.thing, ActFile):
        yield from _provisions_are_well_formed(item, item.thing)
    if isinstance(item.thing, SpecialMeasuresLaw):
        yield from _special_measures_hold_together(item, item.thing)


def _inner_identifiers_are_unique(item: Placed) -> Iterator[Fault]:
    """Limits of a scheme, grounds and measures, limbs, and the sections of an Act each have a name of their own."""
    seen: set[tuple[str, str]] = set()
    for keys, node in within(item.thing):
        id_ = getattr(node, "id", None)
        if not keys or id_ is None:
            continue
        kind = "provision" if isinstance(node, ProvisionPart) else type(node).__name__
        if (kind, id_) in seen:
            yield item.fault(
                "VC-DATA-002", (*keys, "id"), f"{id_!r} stands twice.", "Give each entry an identifier of its own."
            )
        seen.add((kind, id_))


def _spans_are_in_order(item: Placed) -> Iterator[Fault]:
    for keys, node in within(item.thing):
        since, until = getattr(node, "since", None), getattr(node, "until", None)
        if since is not None and until is not None and until < since:
            yield item.fault(
                "VC-DATA-004", (*keys, "until"), f"It ends on {until}, before it begins on {since}.", "Correct one."
            )


def _provisions_are_well_formed(item: Placed, act: ActFile) -> Iterator[Fault]:
    for keys, node in within(act):
        if not isinstance(node, ProvisionPart):
            continue
        if not node.id.startswith(f"{act.id}-"):
            yield item.fault(
                "VC-DATA-006",
                (*keys, "id"),
                f"{node.id!r} does not begin with the name of its Act, {act.id!r}.",
                f"Write it as {act.id}-s1.",
            )
        starts = [span.since for span in node.spans]
        if act.passed is not None:
            starts.insert(0, act.passed)
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


def _special_measures_hold_together(item: Placed, law: SpecialMeasuresLaw) -> Iterator[Fault]:
    groups, grounds = {group.id for group in law.groups}, {ground.id for ground in law.grounds}
    for n, ground in enumerate(law.grounds):
        yield from item.unknown(("grounds", n, "group"), "group", ground.group, groups)
    for n, measure in enumerate(law.measures):
        for m, available in enumerate(measure.available):
            for k, name in enumerate(available.groups):
                yield from item.unknown(("measures", n, "available", m, "groups", k), "group", name, groups)
            for k, name in enumerate(available.grounds):
                yield from item.unknown(("measures", n, "available", m, "grounds", k), "ground", name, grounds)
