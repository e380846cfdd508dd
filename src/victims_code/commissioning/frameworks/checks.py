"""What can be wrong with an outcome framework once it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from victims_code.commissioning.frameworks.measures import (
    MeasureKind,
    MeasureRole,
    Outcome,
    OutcomeCategory,
    OutcomeMeasure,
)
from victims_code.commissioning.reporting import reporting_rules
from victims_code.errors import Fault, did_you_mean
from victims_code.reading.data_files import packaged_names
from victims_code.reading.documents import Document, Keys

__all__ = ["check_framework"]

_NEEDED: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.NUMBER: (),
    MeasureKind.AMOUNT: (),
    MeasureKind.SHARE: ("numerator", "denominator"),
    MeasureKind.PAIRED: ("numerator", "denominator"),
    MeasureKind.MEAN_CHANGE: ("denominator",),
}


def check_framework(
    own: Sequence[OutcomeMeasure],
    outcomes: Sequence[Outcome],
    categories: Sequence[OutcomeCategory],
    measures: Sequence[OutcomeMeasure],
    document: Document,
) -> Iterator[Fault]:
    """Names that do not exist, definitions out of order, and measures without what their kind needs.

    :param own: the measures that stand in the document, in its order; the other lists are those of the whole.
    """
    counted = [word.id for word in reporting_rules().counted]
    for n, measure in enumerate(own):
        keys: Keys = ("measures", n)
        for m, name in enumerate(measure.outcomes):
            yield from _known(document, (*keys, "outcomes", m), "outcome", name, [part.id for part in outcomes])
        for m, name in enumerate(measure.categories):
            yield from _known(document, (*keys, "categories", m), "category", name, [part.id for part in categories])
        yield from _known(document, (*keys, "counted"), "thing to count", measure.counted, counted)
        if measure.scale is not None:
            yield from _known(
                document, (*keys, "scale"), "scale", measure.scale, packaged_names("commissioning/scales")
            )
        if measure.role is not None and measure.kind is not MeasureKind.NUMBER:
            yield Fault(
                code="VC-FILE-005",
                location=document.where((*keys, "role")),
                message=f"A measure with the role {measure.role.value!r} is a number.",
                hint=f"Make it `kind: number`, or leave out the role. Roles: {', '.join(MeasureRole)}.",
            )
        yield from _definitions(measure, document, keys)


def _known(document: Document, keys: Keys, what: str, name: str, known: Sequence[str]) -> Iterator[Fault]:
    if name not in known:
        yield Fault(
            code="VC-DATA-001",
            location=document.where(keys),
            message=f"There is no {what} {name!r}.",
            hint=did_you_mean(name, known),
        )


def _definitions(measure: OutcomeMeasure, document: Document, keys: Keys) -> Iterator[Fault]:
    if not measure.definitions:
        yield Fault(
            code="VC-FILE-004",
            location=document.where((*keys, "definitions")),
            message=f"{measure.id}: nothing says how this is counted.",
            hint="Give at least one definition.",
        )
    for n, definition in enumerate(measure.definitions):
        for name in ("numerator", "denominator"):
            given = getattr(definition, name) is not None
            if given != (name in _NEEDED[measure.kind]):
                yield Fault(
                    code="VC-FILE-003" if given else "VC-FILE-004",
                    location=document.where((*keys, "definitions", n)),
                    message=f"{measure.id}: a measure of the kind {measure.kind.value!r} has "
                    + (f"no {name}." if given else f"a {name}, and this definition has none."),
                    hint="Take it out." if given else "Say in words whom it counts.",
                )
        if definition.since is not None and definition.until is not None and definition.until < definition.since:
            yield Fault(
                code="VC-DATA-004",
                location=document.where((*keys, "definitions", n)),
                message=f"{measure.id}: the definition ends before it begins.",
                hint="Correct `since` or `until`.",
            )
    for n, (earlier, later) in enumerate(pairwise(measure.definitions)):
        if earlier.until is None or later.since is None or earlier.until + timedelta(days=1) != later.since:
            yield Fault(
                code="VC-DATA-004",
                location=document.where((*keys, "definitions", n + 1)),
                message=f"{measure.id}: this definition does not begin on the day after the one before it ends.",
                hint="Correct `until` of the earlier or `since` of the later.",
            )
