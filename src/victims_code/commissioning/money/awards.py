"""Grants and contracts, the funding streams they are paid from, and what was spent of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_text, raise_all
from victims_code.commissioning.records import Typed
from victims_code.commissioning.returns.register import ReportingTerms
from victims_code.commissioning.validators import word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import UnknownNameError, VictimsCodeError, WrongValueError
from victims_code.faults import Fault, Severity, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import Money, in_pounds
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced, Span

_StreamName = Annotated[str, word("funding stream", lambda: by_id(_all()))]


class AwardKind(StrEnum):
    """The two ways a service is funded."""

    GRANT = "grant"
    CONTRACT = "contract"


@frozen(kw_only=True)
class AwardCondition(Typed):
    """What the money is given on: in the funder's words or one's own, with the day it was met, if it was.

    ``passed_on`` says that providers who get the money are bound by it too.
    """

    id: str
    text: str
    passed_on: bool = False
    met_on: date | None = None


@frozen(kw_only=True)
class RingFence(Typed):
    """A part of an award that may be spent on one purpose only."""

    purpose: str
    amount: Money


@frozen(kw_only=True)
class Award(Typed):
    """A grant or a contract. Money is for its days only: what is not spent by the last one is not carried over.

    :param funder: who gives the money, such as the Ministry of Justice to a commissioner, or the commissioner.
    :param recipient: who gets it.
    :param purposes: further purposes that spending may name, beside those of the ring-fences.
    :param streams: identifiers of funding streams it is paid from; see :class:`FundingStream`.
    :param returns: what the agreement says of returns, if it says anything.
    :raises WrongTypeError: for a float.
    :raises WrongValueError: if it ends before it begins, or more is ring-fenced than awarded; all at once.

    >>> award = Award(reference="H/2025", kind="grant", funder="PCC", recipient="harbour", amount="85,000",
    ...               first=date(2025, 4, 1), last=date(2026, 3, 31),
    ...               ring_fences=[RingFence(purpose="ISVA", amount="40,000")])
    >>> position = position_of(award, [Spending(on=date(2025, 6, 30), amount="21,250", purpose="ISVA")])
    >>> position.left, position.left_for("ISVA"), position.left_for(None)
    (Decimal('63750.00'), Decimal('18750.00'), Decimal('45000.00'))
    """

    reference: str
    kind: AwardKind
    funder: str
    recipient: str
    amount: Money
    first: date
    last: date
    conditions: tuple[AwardCondition, ...] = ()
    ring_fences: tuple[RingFence, ...] = ()
    purposes: tuple[str, ...] = ()
    streams: tuple[_StreamName, ...] = ()
    returns: ReportingTerms | None = None

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        if wrong := list(self._faults()):
            raise WrongValueError(*wrong)

    def _faults(self) -> Iterator[Fault]:
        at = self.reference
        if self.last < self.first:
            yield faults.AWARD_ENDS_TOO_EARLY.at(at, last=format_date(self.last), first=format_date(self.first))
        if self.amount < 0:
            yield faults.AWARD_IS_NEGATIVE.at(at)
        fenced = _sum(fence.amount for fence in self.ring_fences)
        if fenced > self.amount:
            yield faults.TOO_MUCH_RING_FENCED.at(at, fenced=in_pounds(fenced), amount=in_pounds(self.amount))
        purposes = [fence.purpose.casefold() for fence in self.ring_fences]
        for n, fence in enumerate(self.ring_fences):
            if purposes[n] in purposes[:n]:
                yield faults.RING_FENCED_TWICE.at(at, purpose=fence.purpose)

    @property
    def days(self) -> ReportingPeriod:
        """The days the money is for."""
        return ReportingPeriod(first=self.first, last=self.last)

    def ring_fence(self, purpose: str | None) -> Decimal:
        """How much is for one purpose only; for None, how much is for none in particular.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        if purpose is None:
            return self.amount - _sum(fence.amount for fence in self.ring_fences)
        name = self.purpose(purpose)
        return _sum(fence.amount for fence in self.ring_fences if fence.purpose == name)

    def purpose(self, name: str) -> str:
        """A purpose as the award writes it, whatever its capitals.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        known = {one.casefold(): one for one in (*(fence.purpose for fence in self.ring_fences), *self.purposes)}
        if (found := known.get(need_text(name, "purpose").casefold())) is None:
            nearest = did_you_mean(name, known.values(), listing="Purposes of the award")
            raise UnknownNameError(faults.NO_SUCH_PURPOSE.at(self.reference, name=name, nearest=nearest))
        return found


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


@frozen(kw_only=True)
class Spending(Typed):
    """Money spent on a day; money paid back is negative. ``purpose`` is one that the award knows, or None."""

    on: date
    amount: Money
    purpose: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class Position:
    """Where an award stands: what was spent of it, what is left, and what is wrong or worth a look."""

    award: Award
    spending: tuple[Spending, ...] = field(repr=False)
    findings: tuple[Fault, ...]

    __repr__ = one_line_repr("{0.award.reference}: {0.left} left, {0.short} short")

    @property
    def spent(self) -> Decimal:
        """Everything spent, inside and outside the days of the award."""
        return _sum(one.amount for one in self.spending)

    @property
    def left(self) -> Decimal:
        """What is left of the award; below nought if it is overspent."""
        return self.award.amount - self.spent

    def spent_on(self, purpose: str | None) -> Decimal:
        """What was spent on a purpose; for None, on everything that is not ring-fenced.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        if purpose is None:
            return self.spent - _sum(self.spent_on(fence.purpose) for fence in self.award.ring_fences)
        name = self.award.purpose(purpose)
        return _sum(one.amount for one in self.spending if one.purpose and self.award.purpose(one.purpose) == name)

    @property
    def short(self) -> Decimal:
        """What must be found elsewhere: what no ring-fence holds, less the money that is not ring-fenced."""
        beyond = _sum(max(-self.left_for(fence.purpose), Decimal(0)) for fence in self.award.ring_fences)
        return max(beyond - self.left_for(None), Decimal("0.00"))

    def left_for(self, purpose: str | None) -> Decimal:
        """What is left for a ring-fenced purpose; for None, of the money that is not ring-fenced."""
        return self.award.ring_fence(purpose) - self.spent_on(purpose)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What must be put right."""
        return tuple(fault for fault in self.findings if fault.severity is Severity.INVALID)


@checked
def position_of(award: Award, spending: Sequence[Spending], *, as_at: date | None = None) -> Position:
    """Where an award stands after some spending; what is wrong is among the findings.

    A fault: more was spent than the ring-fences and the rest of the award hold. Worth a look: money spent outside the
    days of the award; more spent on a ring-fenced purpose than was set aside for it; ring-fenced money unspent at the
    end.

    :param as_at: the day to look from; unspent ring-fences are named only after the award has ended.
    :raises UnknownNameError: if money was spent on a purpose that the award does not know; all of them at once.

    >>> award = Award(reference="M", kind="grant", funder="Ministry of Justice", recipient="PCC", amount=100,
    ...               first=date(2025, 4, 1), last=date(2026, 3, 31))
    >>> print(position_of(award, [Spending(on=date(2026, 4, 2), amount=60)]).findings[0])
    M: £60.00 was spent on Thursday 2 April 2026, outside the days the money is for (Tuesday 1 April 2025 to Tuesday 31
    March 2026). It cannot be carried over; pay it from elsewhere. [VC-MON-101]
    """
    _need_known_purposes(award, spending)
    position = Position(award=award, spending=tuple(spending), findings=())
    return evolve(position, findings=tuple(_findings(position, as_at)))


def _need_known_purposes(award: Award, spending: Sequence[Spending]) -> None:
    wrong: list[VictimsCodeError] = []
    for purpose in dict.fromkeys(one.purpose for one in spending if one.purpose is not None):
        try:
            award.purpose(purpose)
        except UnknownNameError as problem:
            wrong.append(problem)
    raise_all(wrong)


def _findings(position: Position, as_at: date | None) -> Iterator[Fault]:
    award, at = position.award, position.award.reference
    if position.short and award.ring_fences and position.left_for(None) < 0:
        spent, free, short = map(in_pounds, (position.spent_on(None), award.ring_fence(None), position.short))
        yield faults.RING_FENCED_MONEY_USED.at(at, spent=spent, free=free, short=short)
    elif position.short:
        spent, whole, short = map(in_pounds, (position.spent, award.amount, position.short))
        yield faults.AWARD_OVERSPENT.at(at, spent=spent, amount=whole, short=short)
    for one in position.spending:
        if not award.first <= one.on <= award.last:
            on, first, last = map(format_date, (one.on, award.first, award.last))
            yield faults.SPENT_OUTSIDE_ITS_DAYS.at(at, amount=in_pounds(one.amount), on=on, first=first, last=last)
    for fence in award.ring_fences:
        left, whole = position.left_for(fence.purpose), in_pounds(fence.amount)
        if left < 0:
            yield faults.RING_FENCE_OVERSPENT.at(at, over=in_pounds(-left), purpose=fence.purpose, amount=whole)
        elif left > 0 and as_at is not None and as_at > award.last:
            yield faults.RING_FENCE_NOT_SPENT.at(at, left=in_pounds(left), purpose=fence.purpose, amount=whole)


@frozen(kw_only=True)
class FundingStream(Typed, Sourced, Span):
    """Money with a name: who gives it, for what, from when until when (both days included; None is not known)."""

    id: str
    title: str
    funder: str
    purpose: str
    ring_fenced: bool = False
    carried_over: bool | None = None
    merged_into: str | None = None

    @classmethod
    def load(cls, id_: str) -> FundingStream:
        """The stream of that identifier.

        :raises UnknownNameError: if there is none, naming the nearest.

        >>> FundingStream.load("moj-isva-idva").merged_into
        'moj-domestic-abuse-and-sexual-violence-merged'
        """
        return named(by_id(_all()), id_, "funding stream")


@frozen(kw_only=True)
class _StreamsFile:
    streams: tuple[FundingStream, ...]


@cache
def _all() -> tuple[FundingStream, ...]:
    return DataFile.open("commissioning/funding-streams.yaml").one(_StreamsFile).streams


def funding_streams(on: Moment | None = None) -> tuple[FundingStream, ...]:
    """Every funding stream, or those that may exist on a day.

    :raises LawDataError: if the file is broken.

    >>> [stream.id for stream in funding_streams(date(2025, 6, 1)) if stream.id.startswith("moj-domestic")]
    ['moj-domestic-abuse-and-sexual-violence-merged']
    """
    if on is None:
        return _all()
    day = civil_date(on)
    return tuple(stream for stream in _all() if stream.holds_on(day))
