"""From what returns add up to, to the key figures of a Victims' Board's highlight report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from victims_code.arguments import checked
from victims_code.commissioning.highlights import KeyFigure
from victims_code.commissioning.returns.adding_up import Summary
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.returns.sums_shown import hidden_sums
from victims_code.decimals import rounded, to_decimal
from victims_code.errors import Fault, UnknownNameError, WrongValueError, did_you_mean
from victims_code.figures import SmallNumbers

__all__ = ["key_figures"]


@checked
def key_figures(
    summary: Summary,
    targets: Mapping[str, Decimal | int | str | None],
    *,
    small_numbers: SmallNumbers | None = None,
) -> tuple[KeyFigure, ...]:
    """The totals of some measures as figures with targets, one for each basis they are counted on.

    A bare count of a measure that is a share gets no target, because a target in per cent is no target for a count.

    :param targets: the measures to show, in order, each with its target or None; a share has its target in per cent.
    :param small_numbers: hide small numbers, and those that would give them away, in the whole summary.
    :raises UnknownNameError: if the summary has no such measure, naming the nearest.
    :raises WrongValueError: if a target is not an exact number.

    >>> from victims_code.commissioning.returns import Return, add_up
    >>> from victims_code.figures.periods import Period
    >>> year = add_up([Return.from_csv('''provider,period,section,measure,value,numerator,denominator,basis
    ... harbour,2025-26 Q1,output,referrals,1204,,,data-share
    ... harbour,2025-26 Q1,outcome,coped,,97,120,
    ... ''')], period=Period.year(2025))
    >>> for figure in key_figures(year, {"referrals": None, "coped": 85}):
    ...     print(figure.title, figure.value, figure.unit, figure.direction.value)
    Referrals received (data-share) 1204  demand
    Better able to cope at the end of support 80.8 % higher-is-better
    """
    known = dict.fromkeys(one.measure.id for one in summary.sums)
    faults = [
        Fault(
            code="VC-NAME-001",
            location="targets",
            message=f"There is no figure for {name!r} in this summary.",
            hint=did_you_mean(name, known, listing="It has"),
        )
        for name in targets
        if name not in known
    ]
    if faults:
        raise UnknownNameError(*faults)
    hidden = hidden_sums(summary.sums, small_numbers)
    totals = [(one, bool(names)) for one, names in zip(summary.sums, hidden, strict=True) if one.breakdown is None]
    return tuple(
        _key_figure(one, _target(name, target), is_hidden=is_hidden)
        for name, target in targets.items()
        for one, is_hidden in totals
        if one.measure.id == name
    )


def _target(name: str, target: Decimal | int | str | None) -> Decimal | None:
    if target is None:
        return None
    number = to_decimal(target)
    if number is None:
        raise WrongValueError(
            Fault(
                code="VC-MEAS-004",
                location=name,
                message=f"{target!r} is not an exact number.",
                hint="Pass a whole number, a Decimal or text; never a float.",
            )
        )
    return number


def _key_figure(one: Sum, target: Decimal | None, *, is_hidden: bool) -> KeyFigure:
    value, unit = _value(one)
    counted = "; ".join(word for word in (one.basis, one.base, "a bare count" if one.bare_count else None) if word)
    return KeyFigure(
        title=one.label + (f" ({counted})" if counted else ""),
        direction=one.measure.direction,
        value=None if is_hidden else value,
        target=None if one.bare_count else target,
        unit=unit,
        suppressed=is_hidden,
        note=None if is_hidden else "; ".join(_notes(one)) or None,
    )


def _value(one: Sum) -> tuple[Decimal | None, str]:
    if one.bare_count:
        return _exactly(one.numerator), ""
    if one.share is not None:
        return one.percentage, "%"
    if one.amount is not None:
        return one.amount, "pounds"
    if one.mean is not None:
        return rounded(Fraction(one.mean), 2), "points on average"
    return _exactly(one.value), ""


def _exactly(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _notes(one: Sum) -> Iterator[str]:
    if one.share is not None and one.share.coverage.of is not None:
        yield f"asked: {one.share.coverage.percentage}% of those who could have been"
    if one.reported.counted != one.reported.of:
        yield f"{one.reported.counted} of {one.reported.of} returns have the figure"
