"""Grants and contracts, the funding streams they are paid from, and what was spent of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.commissioning.records import Typed
from victims_code.commissioning.returns.register import ReportingTerms
from victims_code.commissioning.validators import word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import WrongValueError
from victims_code.faults import Fault, Severity
from victims_code.figures import ReportingPeriod
from victims_code.money import Money, in_pounds
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.sources import Sourced, Span

__all__ = [
    "Award",
    "AwardCondition",
    "AwardKind",
    "FundingStream",
    "Position",
    "RingFence",
    "Spending",
    "funding_streams",
    "position_of",
]


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
    streams: tuple[_StreamName, ...] = ()
    returns: ReportingTerms | None = None

    def __attrs_post_init__(self) -> None:
        Typed.__attrs_post_init__(self)
        faults = list(self._faults())
        if faults:
            raise WrongValueError(*faults)

    def _faults(self) -> Iterator[Fault]:
        if self.last < self.first:
            yield self._fault(
                "VC-DATE-003",
                f"The award ends on {format_date(self.last)}, before it begins on {format_date(self.first)}.",
                "Swap the two days.",
            )
        if self.amount < 0:
            yield self._fault("VC-MON-001", "An award is not negative.", "Record money paid back as spending below 0.")
        fenced = sum((fence.amount for fence in self.ring_fences), Decimal())
        if fenced > self.amount:
            yield self._fault(
                "VC-MON-003",
                f"{in_pounds(fenced)} is ring-fenced of {in_pounds(self.amount)}.",
                "Ring-fence no more than is awarded.",
            )
        purposes = [fence.purpose for fence in self.ring_fences]
        for purpose in dict.fromkeys(purposes):
            if purposes.count(purpose) > 1:
                yield self._fault("VC-DATA-002", f"{purpose!r} is ring-fenced twice.", "Put the two sums together.")

    def _fault(self, code: str, message: str, hint: str) -> Fault:
        return Fault(code=code, location=self.reference, message=message, hint=hint)

    @property
    def days(self) -> ReportingPeriod:
        """The days the money is for."""
        return ReportingPeriod(first=self.first, last=self.last)

    def ring_fence(self, purpose: str | None) -> Decimal:
        """How much is for one purpose only; for None, how much is for none in particular."""
        fenced = {fence.purpose: fence.amount for fence in self.ring_fences}
        if purpose is None:
            return self.amount - sum(fenced.values(), Decimal())
        return fenced.get(purpose, Decimal("0.00"))


@frozen(kw_only=True)
class Spending(Typed):
    """Money spent on a day; money paid back is negative. Without a purpose it is not from a ring-fence."""

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

    @property
    def spent(self) -> Decimal:
        """Everything spent, inside and outside the days of the award."""
        return sum((one.amount for one in self.spending), Decimal("0.00"))

    @property
    def left(self) -> Decimal:
        """What is left of the award; below nought if it is overspent."""
        return self.award.amount - self.spent

    def spent_on(self, purpose: str | None) -> Decimal:
        """What was spent on a ring-fenced purpose; for None, on everything that is not ring-fenced."""
        fenced = {fence.purpose for fence in self.award.ring_fences}
        return sum(
            (
                one.amount
                for one in self.spending
                if (one.purpose == purpose if purpose is not None else one.purpose not in fenced)
            ),
            Decimal("0.00"),
        )

    def left_for(self, purpose: str | None) -> Decimal:
        """What is left for a ring-fenced purpose; for None, of the money that is not ring-fenced."""
        return self.award.ring_fence(purpose) - self.spent_on(purpose)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What must be put right."""
        return tuple(fault for fault in self.findings if fault.severity is Severity.INVALID)


@checked
def position_of(award: Award, spending: Sequence[Spending], *, as_at: date | None = None) -> Position:
    """Where an award stands after some spending. Nothing is raised: what is wrong is among the findings.

    A fault: the award, or the part that is not ring-fenced, is overspent. Worth a look: money spent outside the days
    of the award; more spent on a ring-fenced purpose than was set aside for it; ring-fenced money unspent at the end.

    :param as_at: the day to look from; unspent ring-fences are named only after the award has ended.

    >>> award = Award(reference="M", kind="grant", funder="Ministry of Justice", recipient="PCC", amount=100,
    ...               first=date(2025, 4, 1), last=date(2026, 3, 31))
    >>> print(position_of(award, [Spending(on=date(2026, 4, 2), amount=60)]).findings[0])
    M: £60.00 was spent on Thursday 2 April 2026, outside the days the money is for (Tuesday 1 April 2025 to Tuesday 31
    March 2026). It cannot be carried over; pay it from elsewhere. [VC-MON-101]
    """
    position = Position(award=award, spending=tuple(spending), findings=())
    return Position(award=award, spending=tuple(spending), findings=tuple(_findings(position, as_at)))


def _findings(position: Position, as_at: date | None) -> Iterator[Fault]:
    award = position.award

    def fault(code: str, message: str, hint: str) -> Fault:
        return Fault(code=code, location=award.reference, message=message, hint=hint)

    if position.left < 0:
        what = f"{in_pounds(position.spent)} was spent of {in_pounds(award.amount)}."
        yield fault("VC-MON-003", what, f"Find {in_pounds(-position.left)} elsewhere, or correct the spending.")
    elif position.left_for(None) < 0 and award.ring_fences:
        free = award.ring_fence(None)
        what = f"{in_pounds(position.spent_on(None))} was spent on other purposes, for which {in_pounds(free)} is free."
        yield fault("VC-MON-003", what, "Ring-fenced money was used; put it back.")
    for one in position.spending:
        if not award.first <= one.on <= award.last:
            what = f"{in_pounds(one.amount)} was spent on {format_date(one.on)}, outside the days the money is for"
            what += f" ({format_date(award.first)} to {format_date(award.last)})."
            yield fault("VC-MON-101", what, "It cannot be carried over; pay it from elsewhere.")
    for fence in award.ring_fences:
        left = position.left_for(fence.purpose)
        if left < 0:
            what = f"{in_pounds(-left)} more was spent on {fence.purpose} than the {in_pounds(fence.amount)} set aside."
            yield fault("VC-MON-102", what, "Is it meant to come from the rest of the award?")
        elif left > 0 and as_at is not None and as_at > award.last:
            what = f"{in_pounds(left)} of the {in_pounds(fence.amount)} set aside for {fence.purpose} was not spent."
            yield fault("VC-MON-102", what, "It is for no other purpose; agree with the funder what happens.")


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
