"""Where money stands: what was spent, paid and passed on of an award, and a ring-fence followed down to the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, raise_all
from victims_code.commissioning.money.awards import Award, Spending, total
from victims_code.dates import format_date
from victims_code.errors import UnknownNameError, VictimsCodeError
from victims_code.faults import Fault, Severity, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import in_pounds
from victims_code.printable import one_line_repr


@frozen(kw_only=True)
class Position:
    """Where an award stands: what was spent of it, what is left, and what is wrong or worth a look.

    ``reported`` is false while nothing is known of the spending; the sums then hold for nothing spent.
    """

    award: Award
    as_at: date | None
    spending: tuple[Spending, ...] = field(repr=False)
    reported: bool
    findings: tuple[Fault, ...]
    passed_on: Decimal = Decimal(0)

    __repr__ = one_line_repr("{0.award.reference}: {0.left} left, {0.short} short")

    @property
    def amount(self) -> Decimal:
        """The award with its variations up to the day."""
        return self.award.terms(self.as_at).amount

    @property
    def spent(self) -> Decimal:
        """Everything spent, inside and outside the days of the award."""
        return total(one.amount for one in self.spending)

    @property
    def paid(self) -> Decimal:
        """What was paid to the recipient, less what was paid back."""
        return self.award.paid(self.as_at)

    @property
    def left(self) -> Decimal:
        """What is neither spent nor passed on; below zero if there was not as much."""
        return self.amount - self.spent - self.passed_on

    def spent_on(self, purpose: str | None) -> Decimal:
        """What was spent on a purpose; for None, on everything that is not ring-fenced.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        if purpose is None:
            return self.spent - total(self.spent_on(fence) for fence in self.award.terms(self.as_at).ring_fences)
        name = self.award.purpose(purpose)
        return total(one.amount for one in self.spending if one.purpose and self.award.purpose(one.purpose) == name)

    def spent_in(self, year: int) -> Decimal:
        """What was spent in the financial year that begins in a calendar year."""
        days = ReportingPeriod.year(year)
        return total(one.amount for one in self.spending if days.first <= one.on <= days.last)

    @property
    def short(self) -> Decimal:
        """What must be found elsewhere: what no ring-fence holds, less the money that is not ring-fenced."""
        fences = self.award.terms(self.as_at).ring_fences
        beyond = total(max(-self.left_for(purpose), Decimal(0)) for purpose in fences)
        return max(beyond - self.left_for(None), Decimal("0.00"))

    def left_for(self, purpose: str | None) -> Decimal:
        """What is left for a ring-fenced purpose; for None, of the money that is not ring-fenced."""
        return self.award.ring_fence(purpose, self.as_at) - self.spent_on(purpose)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What must be put right."""
        return tuple(fault for fault in self.findings if fault.severity is Severity.INVALID)


@checked
def position_of(
    award: Award,
    spending: Sequence[Spending] | None = None,
    *,
    as_at: date | None = None,
    passed_on: Decimal = Decimal(0),
) -> Position:
    """Where an award stands after some spending; what is wrong is among the findings.

    A fault: more was spent than the ring-fences and the rest of the award hold. Worth a look: money spent outside the
    days of the award; more spent on a ring-fenced purpose than was set aside for it; ring-fenced money unspent at the
    end; a financial year above its share; a payment made before its condition was met; spending not reported.

    :param spending: by default what the award records of it.
    :param as_at: the day to look from; what came later is not counted, and unspent ring-fences are named only after the
        award has ended.
    :param passed_on: what was passed on to others; see :func:`check_passed_on` for what does not hold between them.
    :raises UnknownNameError: if money was spent on a purpose that the award does not know; all of them at once.

    >>> award = Award(reference="M", kind="grant", funder="Ministry of Justice", recipient="PCC", amount=100,
    ...               first=date(2025, 4, 1), last=date(2026, 3, 31))
    >>> print(position_of(award, [Spending(on=date(2026, 4, 2), amount=60)]).findings[0])
    M: £60.00 was spent on Thursday 2 April 2026, outside the days the money is for (Tuesday 1 April 2025 to Tuesday 31
    March 2026). It cannot be carried over; pay it from elsewhere. [VC-MON-101]
    """
    given = award.spending if spending is None else spending
    _need_known_purposes(award, given or ())
    counted = tuple(one for one in given or () if as_at is None or one.on <= as_at)
    reported = given is not None
    position = Position(award=award, as_at=as_at, spending=counted, reported=reported, findings=(), passed_on=passed_on)
    return evolve(position, findings=tuple(_findings(position)))


def _need_known_purposes(award: Award, spending: Sequence[Spending]) -> None:
    wrong: list[VictimsCodeError] = []
    for purpose in dict.fromkeys(one.purpose for one in spending if one.purpose is not None):
        try:
            award.purpose(purpose)
        except UnknownNameError as problem:
            wrong.append(problem)
    raise_all(wrong)


def _findings(position: Position) -> Iterator[Fault]:
    award, at = position.award, position.award.reference
    terms, whole = award.terms(position.as_at), in_pounds(position.amount)
    if not position.reported:
        yield faults.SPENDING_NOT_REPORTED.at(at, amount=whole, recipient=award.recipient)
    if position.short and terms.ring_fences and position.left_for(None) < 0:
        spent, free, short = map(in_pounds, (position.spent_on(None), terms.free, position.short))
        yield faults.RING_FENCED_MONEY_USED.at(at, spent=spent, free=free, short=short)
    elif position.short:
        spent, short = map(in_pounds, (position.spent, position.short))
        yield faults.AWARD_OVERSPENT.at(at, spent=spent, amount=whole, short=short)
    for one in position.spending:
        if not award.first <= one.on <= terms.last:
            on, first, last = map(format_date, (one.on, award.first, terms.last))
            yield faults.SPENT_OUTSIDE_ITS_DAYS.at(at, amount=in_pounds(one.amount), on=on, first=first, last=last)
    if position.reported:
        yield from _ring_fence_findings(position, terms.ring_fences, terms.last)
    for share in award.profile:
        if (in_year := position.spent_in(share.year)) > share.amount:
            yield faults.SPENT_ABOVE_THE_YEAR.at(
                at, year=ReportingPeriod.year(share.year).label, spent=in_pounds(in_year), share=in_pounds(share.amount)
            )
    yield from _payment_findings(award, at)


def _ring_fence_findings(position: Position, fences: Mapping[str, Decimal], last: date) -> Iterator[Fault]:
    at, as_at = position.award.reference, position.as_at
    for purpose, amount in fences.items():
        left, whole = position.left_for(purpose), in_pounds(amount)
        if left < 0:
            yield faults.RING_FENCE_OVERSPENT.at(at, over=in_pounds(-left), purpose=purpose, amount=whole)
        elif left > 0 and as_at is not None and as_at > last:
            yield faults.RING_FENCE_NOT_SPENT.at(at, left=in_pounds(left), purpose=purpose, amount=whole)


def _payment_findings(award: Award, at: str) -> Iterator[Fault]:
    planned, whole = total(one.amount for one in award.instalments), award.terms().amount
    if award.instalments and planned < whole:
        yield faults.INSTALMENTS_BELOW_THE_AWARD.at(at, planned=in_pounds(planned), amount=in_pounds(whole))
    conditions = {one.id: one for one in award.conditions}
    for one in award.instalments:
        held = conditions.get(one.held_until or "")
        if held and one.paid_on and held.met_on(one.paid_on) is not True:
            yield faults.PAID_AGAINST_A_CONDITION.at(
                at, amount=in_pounds(one.paid_by(None)), on=format_date(one.paid_on), condition=held.text
            )


# --- money that is passed on ------------------------------------------------------------------------------------


@frozen(kw_only=True)
class TrailStep:
    """One award on the way of ring-fenced money: what is fenced in it, passed on from it, spent and left.

    ``spent`` and ``left`` are None where spending is not reported. ``level`` is zero for the first award.
    """

    award: Award
    level: int
    fenced: Decimal
    passed_on: Decimal
    spent: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What is neither passed on nor spent."""
        return None if self.spent is None else self.fenced - self.passed_on - self.spent


@frozen(kw_only=True)
class RingFenceTrail:
    """Ring-fenced money of an award followed through the awards that are paid from it, down to the last."""

    purpose: str
    steps: tuple[TrailStep, ...]

    @property
    def amount(self) -> Decimal:
        """What is ring-fenced in the first award."""
        return self.steps[0].fenced

    @property
    def spent(self) -> Decimal:
        """What is known to be spent on the purpose, by whoever has the money."""
        return total(step.spent or Decimal(0) for step in self.steps)

    @property
    def not_reported(self) -> Decimal:
        """What is in the hands of those who have not reported their spending."""
        return total(step.fenced - step.passed_on for step in self.steps if step.spent is None)

    @property
    def left(self) -> Decimal:
        """What is known not to be spent."""
        return total(step.left or Decimal(0) for step in self.steps)


@checked
def follow_ring_fence(
    award: Award, awards: Sequence[Award], purpose: str, *, as_at: date | None = None
) -> RingFenceTrail:
    """The money ring-fenced for a purpose, followed through the awards paid out of an award.

    What an award records as spent is what its recipient spent, not what it passed on.

    :raises UnknownNameError: if the award knows no such purpose, naming the nearest.

    >>> from victims_code.commissioning.money import RingFence
    >>> days = {"first": date(2026, 4, 1), "last": date(2027, 3, 31), "kind": "grant"}
    >>> ministry = Award(reference="M", funder="MoJ", recipient="PCC", amount=100, spending=[], **days,
    ...                  ring_fences=[RingFence(purpose="ISVA", amount=60)])
    >>> lantern = Award(reference="L", funder="PCC", recipient="Lantern", amount=50, within="M", **days,
    ...                 ring_fences=[RingFence(purpose="isva", amount=50)])
    >>> trail = follow_ring_fence(ministry, [ministry, lantern], "ISVA")
    >>> [(step.award.reference, step.fenced, step.passed_on) for step in trail.steps]
    [('M', Decimal('60.00'), Decimal('50.00')), ('L', Decimal('50.00'), Decimal('0.00'))]
    >>> trail.spent, trail.left, trail.not_reported
    (Decimal('0.00'), Decimal('10.00'), Decimal('50.00'))
    """
    return RingFenceTrail(
        purpose=award.purpose(purpose),
        steps=tuple(_steps(award, _made(awards, as_at), purpose, as_at, 0, frozenset())),
    )


def _steps(
    award: Award, awards: Sequence[Award], purpose: str, as_at: date | None, level: int, above: frozenset[str]
) -> Iterator[TrailStep]:
    above |= {award.reference}
    paid_from_it = [one for one in awards if one.within == award.reference and one.reference not in above]
    passed_on = total(_fenced(one, purpose, as_at) for one in paid_from_it)
    position = position_of(award, as_at=as_at)
    known = position.reported and any(name.casefold() == purpose.casefold() for name in award.terms(as_at).ring_fences)
    spent = position.spent_on(purpose) if known else None
    fenced = _fenced(award, purpose, as_at)
    yield TrailStep(award=award, level=level, fenced=fenced, passed_on=passed_on, spent=spent)
    for one in paid_from_it:
        if _fenced(one, purpose, as_at):
            yield from _steps(one, awards, purpose, as_at, level + 1, above)


def _fenced(award: Award, purpose: str, as_at: date | None) -> Decimal:
    fences = award.terms(as_at).ring_fences
    return total(amount for name, amount in fences.items() if name.casefold() == purpose.casefold())


def _made(awards: Sequence[Award], as_at: date | None) -> Sequence[Award]:
    """The awards that had been made by a day, as far as it is known when they were."""
    return [one for one in awards if as_at is None or one.awarded_on is None or one.awarded_on <= as_at]


@checked
def passed_on(award: Award, awards: Sequence[Award], as_at: date | None = None) -> Decimal:
    """What the awards that are paid out of an award come to."""
    return total(
        one.terms(as_at).amount for one in _made(awards, as_at) if one.within == award.reference and one is not award
    )


@checked
def check_passed_on(awards: Sequence[Award], *, as_at: date | None = None) -> tuple[Fault, ...]:
    """What does not hold between awards and those they are paid out of, with the place.

    A fault: an award is paid out of one that is not there, or out of itself by way of others; more is passed on, or
    spent and passed on, than there is. Worth a look: ring-fenced money passed on without its ring-fence, or more than
    is fenced; days outside those of the award above; a condition that must be passed on and is not.

    >>> from victims_code.commissioning.money import RingFence
    >>> days = {"first": date(2026, 4, 1), "last": date(2027, 3, 31), "kind": "grant"}
    >>> ministry = Award(reference="M", funder="MoJ", recipient="PCC", amount=100, **days,
    ...                  ring_fences=[RingFence(purpose="ISVA", amount=60)])
    >>> lantern = Award(reference="L", funder="PCC", recipient="Lantern", amount=50, within="M", **days)
    >>> print(check_passed_on([ministry, lantern])[0])
    M: £10.00 of the money ring-fenced for ISVA was passed on without the ring-fence (M > L). Ring-fence it in the
    awards that are paid from it: L. [VC-MON-104]
    """
    return tuple(_passed_on(_made(awards, as_at), as_at))


def _passed_on(awards: Sequence[Award], as_at: date | None) -> Iterator[Fault]:
    known = {one.reference: one for one in awards}
    for one in awards:
        if one.within is not None and one.within not in known:
            nearest = did_you_mean(one.within, known, listing="Awards")
            yield faults.NO_SUCH_AWARD.at(f"{one.reference}: within", name=one.within, nearest=nearest)
        elif _is_in_a_circle(one, known):
            yield faults.WITHIN_ITSELF.at(f"{one.reference}: within")
    for award in awards:
        if parts := [one for one in awards if one.within == award.reference and one is not award]:
            yield from _parts_of(award, parts, awards, as_at)


def _is_in_a_circle(award: Award, known: Mapping[str, Award]) -> bool:
    seen, above = {award.reference}, known.get(award.within or "")
    while above is not None and above.reference not in seen:
        seen.add(above.reference)
        above = known.get(above.within or "")
    return above is not None and above.reference == award.reference


def _chains(award: Award, awards: Sequence[Award]) -> Iterator[str]:
    """Every way that money takes through an award, from the first award down to the last: ``M > L > S``."""
    known = {one.reference: one for one in awards}
    way = [award.reference]
    while (above := known.get(known[way[0]].within or "")) is not None and above.reference not in way:
        way.insert(0, above.reference)
    yield from _further(way, awards)


def _further(way: list[str], awards: Sequence[Award]) -> Iterator[str]:
    below = [one.reference for one in awards if one.within == way[-1] and one.reference not in way]
    for name in below:
        yield from _further([*way, name], awards)
    if not below:
        yield " > ".join(way)


def _parts_of(award: Award, parts: Sequence[Award], awards: Sequence[Award], as_at: date | None) -> Iterator[Fault]:
    at, terms = award.reference, award.terms(as_at)
    given = passed_on(award, parts, as_at)
    if given > terms.amount:
        yield faults.SUB_AWARDS_ABOVE_THE_AWARD.at(at, given=in_pounds(given), amount=in_pounds(terms.amount))
    position = position_of(award, as_at=as_at)
    if given <= terms.amount < given + position.spent:
        spent, onward, whole = map(in_pounds, (position.spent, given, terms.amount))
        yield faults.SPENT_AND_PASSED_ON_ABOVE.at(at, spent=spent, given=onward, of=f"the award is {whole}")
    fenced = {purpose: total(_fenced(one, purpose, as_at) for one in parts) for purpose in terms.ring_fences}
    for purpose, amount in terms.ring_fences.items():
        if fenced[purpose] <= amount < fenced[purpose] + (spent_on := position.spent_on(purpose)):
            spent, onward, whole = map(in_pounds, (spent_on, fenced[purpose], amount))
            of = f"{whole} is ring-fenced for {purpose}"
            yield faults.SPENT_AND_PASSED_ON_ABOVE.at(f"{at}: {purpose}", spent=spent, given=onward, of=of)
    for purpose, amount in terms.ring_fences.items():
        if fenced[purpose] > amount:
            yield faults.RING_FENCE_PASSED_ON_ABOVE.at(
                at, given=in_pounds(fenced[purpose]), purpose=purpose, amount=in_pounds(amount)
            )
    lost = min(given, terms.amount) - total(fenced.values()) - terms.free
    if lost > 0 and fenced:
        open_to = [purpose for purpose, amount in terms.ring_fences.items() if fenced[purpose] < amount]
        without = [one for one in parts if total(_fenced(one, p, as_at) for p in open_to) == 0]
        yield faults.RING_FENCE_LOST.at(
            at,
            lost=in_pounds(lost),
            purpose=" and ".join(open_to),
            chains="; ".join(chain for one in without for chain in _chains(one, awards)),
            awards=", ".join(one.reference for one in without),
        )
    for one in parts:
        last = one.terms(as_at).last
        if one.first < award.first or last > terms.last:
            yield faults.SUB_AWARD_OUTSIDE_ITS_DAYS.at(
                at, award=one.reference, first=format_date(one.first), last=format_date(last)
            )
        theirs = {condition.id for condition in one.conditions}
        for condition in award.conditions:
            if condition.passed_on and condition.id not in theirs:
                yield faults.CONDITION_NOT_PASSED_ON.at(at, award=one.reference, condition=condition.text)
