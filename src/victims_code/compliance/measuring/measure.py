"""Measuring: from obligations to tables that are safe to publish."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from victims_code import faults
from victims_code.arguments import checked
from victims_code.assessment import Assessment
from victims_code.compliance.measuring.counting import Counts, Group, Request, count, spread
from victims_code.compliance.measuring.definitions import ComplianceMeasure, Kind, measures
from victims_code.compliance.measuring.filtering import Where
from victims_code.compliance.measuring.hiding import hide, name
from victims_code.compliance.measuring.obligations import Obligations, Table
from victims_code.compliance.measuring.tables import SIDES, MeasureTable, Row
from victims_code.errors import WrongValueError
from victims_code.faults import Fault
from victims_code.figures import SmallNumbers, publication_defaults
from victims_code.figures.intervals import wilson


class Default:
    """Stands for the rule of ``data/publication.yaml``, because None stands for no rule at all."""

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT = Default()
"""The rule of ``data/publication.yaml``."""


@checked
def measure(
    id_: str,
    obligations: Table | Sequence[Assessment] | Obligations,
    *,
    by: Sequence[str] = (),
    where: Where | None = None,
    small_numbers: SmallNumbers | Default | None = DEFAULT,
    level: Decimal | None = None,
) -> MeasureTable:
    """One measure by some columns, with all totals, and small numbers hidden.

    :param id_: the measure, such as ``on-time-share``; ``measures()`` has them all.
    :param obligations: a table of obligations, assessments, or either opened with ``Obligations.open``.
    :param by: what to group by: ``duty``, ``part`` (the Right), ``provider``, ``track``, ``edition``, ``month``,
        ``quarter``, ``year``, ``financial-quarter``, ``financial-year``, or a column of the user's own.
    :param where: which obligations to count, by column: a value or several, such as ``{"quarter": "2025-Q1"}``. The
        table says so in every form. Tables of different filters can be subtracted from each other: to publish several,
        group by the column instead.
    :param small_numbers: which numbers are small; by default the rule of ``data/publication.yaml``; None shows
        everything, and is not for publication. Tables that are published together must be made together, with
        :func:`tables`, because what one hides another could give away.
    :param level: of confidence, by default that of ``data/publication.yaml``.
    :raises UnknownNameError: if there is no such measure.
    :raises WrongValueError: if there is no such column, or the table is faulty, with every fault.
    :raises MissingExtraError: if DuckDB or SciPy is not installed (``pip install "victims-code[report]"``).
    """
    (found,) = tables([(id_, by)], obligations, where=where, small_numbers=small_numbers, level=level)
    return found


@checked
def tables(
    asked: Sequence[tuple[str, Sequence[str]] | Request],
    obligations: Table | Sequence[Assessment] | Obligations,
    *,
    where: Where | None = None,
    small_numbers: SmallNumbers | Default | None = DEFAULT,
    level: Decimal | None = None,
) -> tuple[MeasureTable, ...]:
    """Several tables, made safe together: what one hides cannot be worked out from another.

    :param asked: pairs of a measure and what it is by.
    :param where: as for :func:`measure`.
    """
    opened = Obligations.open(obligations).where(where)
    requests = [
        item if isinstance(item, Request) else Request(measure=measures()[item[0]], by=tuple(item[1])) for item in asked
    ]
    check_requests(requests, opened)
    rule = rule_of(small_numbers)
    counts = count(requests, opened)
    hidden = hide(requests, counts, rule)
    percentiles = spread([request for request in requests if request.measure.kind is Kind.PERCENTILE], opened)
    return tuple(
        table_from(request, counts, hidden, opened, rule, level or publication_defaults().confidence.level, percentiles)
        for request in requests
    )


def rule_of(small_numbers: SmallNumbers | Default | None) -> SmallNumbers | None:
    """The rule that is meant."""
    return publication_defaults().small_numbers if isinstance(small_numbers, Default) else small_numbers


def check_requests(requests: Sequence[Request], obligations: Obligations) -> None:
    """Refuse what cannot be measured from a table.

    :raises WrongValueError: with every fault.
    """
    wrong: list[Fault] = []
    for request in requests:
        for dimension in request.by:
            try:
                obligations.dimension(dimension)
            except WrongValueError as problem:
                wrong += problem.faults
        if request.measure.needs_good_reasons and "good_reason" not in obligations.columns:
            wrong.append(faults.NO_GOOD_REASONS_IN_TABLE.at(request.measure.id))
    if wrong:
        raise WrongValueError(*dict.fromkeys(wrong))


def table_from(
    request: Request,
    counts: Counts,
    hidden: Collection[str],
    obligations: Obligations,
    rule: SmallNumbers | None,
    level: Decimal,
    percentiles: Mapping[Request, Mapping[Group, tuple[int | None, int]]],
) -> MeasureTable:
    """The table of a request, from what was counted and what is hidden of it."""
    make = _figures(request.measure, counts, hidden, rule, level, percentiles.get(request, {}))
    order = {dimension: obligations.dimension(dimension) for dimension in request.by}

    def place(group: Group) -> tuple[object, ...]:
        values = dict(group)
        # totals stand before what they are made of
        return tuple((dimension in values, order[dimension].place(values.get(dimension))) for dimension in request.by)

    counted = frozenset[int]().union(*(counts.within(selection) for selection in request.measure.selections))
    noughts = rule is not None and not rule.nought_may_be_shown
    groups = [
        group
        for group in counts.classes
        if tuple(dimension for dimension, _ in group) in request.levels
        and request.shows(group)
        and (not group or noughts or counts.number(group, counted))
    ]
    return MeasureTable(
        measure=request.measure,
        by=tuple(request.by),
        rows=tuple(make(group) for group in sorted(groups, key=place)),
        rule=rule,
        cautions=obligations.cautions,
        where="" if obligations.filter is None else obligations.filter.words,
        dimensions=MappingProxyType(order),
    )


def _figures(
    what: ComplianceMeasure,
    counts: Counts,
    hidden: Collection[str],
    rule: SmallNumbers | None,
    level: Decimal,
    percentiles: Mapping[Group, tuple[int | None, int]],
) -> Callable[[Group], Row]:
    """How a group becomes a row."""
    sides = {
        side: counts.within(selection)
        for side, selection in zip(SIDES, (what.numerator, what.denominator, what.left_out), strict=True)
        if selection is not None
    }
    needed = 0 if rule is None else rule.below
    nowhere = what.counts_a_record and not counts.number((), sides["numerator"])

    def row(group: Group) -> Row:
        numbers = {side: counts.number(group, classes) for side, classes in sides.items()}
        unseen = {side for side, classes in sides.items() if name(group, classes) in hidden}
        value, interval = None, None
        above, below, left_out = (numbers.get(side, 0) for side in SIDES)
        recorded = not nowhere and bool(below or not left_out)
        if what.kind is Kind.COUNT:
            value = float(above)
        elif what.kind is Kind.SHARE and below and recorded:
            value = above / below
            interval = None if unseen else wilson(above, below, level)
        elif what.kind is Kind.PERCENTILE and below:
            # a percentile rests on those beyond it, so they must not be few; how many there are it does not say
            found, beyond = percentiles.get(group, (None, 0))
            value = None if found is None else float(found)
            if beyond < needed or counts.of_few.get((group, sides["denominator"]), needed) < needed:
                unseen.add("value")
        if what.kind is not Kind.PERCENTILE and (unseen - {"left_out"} or (unseen and not below)):
            unseen.add("value")
        return Row(
            group=MappingProxyType(dict(group)),
            numerator=None if "numerator" in unseen or "numerator" not in numbers else above,
            denominator=None if "denominator" in unseen or "denominator" not in numbers else below,
            left_out=None if "left_out" in unseen or "left_out" not in numbers else left_out,
            value=None if "value" in unseen else value,
            interval=interval,
            recorded="value" in unseen or recorded or not (below or left_out),
            hidden=tuple(side for side in (*SIDES, "value") if side in unseen),
        )

    return row
