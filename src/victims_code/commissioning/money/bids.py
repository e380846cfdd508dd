"""Bids for national funds: what is asked for, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.money.streams import StreamName
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.validators import in_order
from victims_code.money import Money, in_pounds
from victims_code.reading.structuring import Contradiction


class BidResult(StrEnum):
    """What came of a bid."""

    PENDING = "pending"
    WON = "won"
    PARTLY_WON = "partly-won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


@frozen(kw_only=True)
class Bid(CommissioningRecord):
    """A bid for money of a national fund.

    :param stream: the fund, as one of ``funding_streams()``; or ``fund``, its name.
    :param closes_on: the last day for bids.
    :param expected_on: the day by which the funder means to answer.
    :param won: what was awarded, None while that is not known; ``award`` is the reference of the award it became.
    :raises CommissioningError: with every fault.

    >>> bid = Bid(reference="B1", title="Two more advisers", stream="moj-isva-idva", asked="95,000",
    ...           closes_on=date(2026, 5, 29), submitted_on=date(2026, 5, 27), expected_on=date(2026, 7, 31))
    >>> print(bid.due_items(date(2026, 8, 3))[0])
    By Friday 31 July 2026: Ask what came of the bid for £95,000.00: Two more advisers. (B1)
    """

    planned_days = frozenset({"closes_on", "expected_on"})
    comes_with = (("result_on", "result"), ("result_on", "won"), ("result_on", "award"), ("result_on", "why"))

    reference: str
    title: str
    asked: Money
    stream: StreamName | None = None
    fund: str | None = None
    owner: str = ""
    closes_on: date | None = None
    submitted_on: date | None = None
    expected_on: date | None = None
    result: BidResult = BidResult.PENDING
    result_on: date | None = None
    won: Money | None = None
    award: str | None = None
    why: str | None = None

    def _result_is_whole(self) -> Iterator[Contradiction]:
        won = self.result in (BidResult.WON, BidResult.PARTLY_WON)
        if won and self.won is None:
            fault = faults.BID_WITHOUT_ITS_RESULT.at(
                result=self.result.value, lacks="no sum is given", hint="Write it as `won`."
            )
            yield Contradiction(("won",), fault)
        if self.won and not won:
            fault = faults.BID_WITHOUT_ITS_RESULT.at(
                result=self.result.value, lacks="a sum was won", hint="Correct one of the two."
            )
            yield Contradiction(("result",), fault)
        if self.result in (BidResult.WON, BidResult.PARTLY_WON, BidResult.LOST) and self.submitted_on is None:
            lacks, hint = "it was never sent", "Write the day as `submitted_on`."
            yield Contradiction(
                ("submitted_on",), faults.BID_WITHOUT_ITS_RESULT.at(result=self.result.value, lacks=lacks, hint=hint)
            )

    checks = (_result_is_whole, in_order("submitted_on", "result_on"))

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is still undone on a day: the bid to send, the answer to ask for, the award to record."""
        return by_day(self._due(on))

    def _due(self, on: date) -> Iterator[DueItem]:
        what = f"{in_pounds(self.asked)}: {self.title}"
        answered = self.result is not BidResult.PENDING and (self.result_on is None or self.result_on <= on)
        if not answered and (self.submitted_on is None or self.submitted_on > on):
            yield self._item(self.closes_on, f"Send the bid for {what}")
        elif not answered:
            yield self._item(self.expected_on, f"Ask what came of the bid for {what}")
        elif self.won and self.award is None:
            yield self._item(None, f"Record the award of {in_pounds(self.won)} that the bid won: {self.title}")

    def _item(self, day: date | None, what: str) -> DueItem:
        return DueItem(day=day, what=what, owner=self.owner, about=self.reference, kind=DueKind.ACTION)
