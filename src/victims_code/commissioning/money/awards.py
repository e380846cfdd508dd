"""Grants and contracts as they live: sums and days that change, instalments, conditions, meetings, visits, the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import need_text
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.money.specified_information import ItemName
from victims_code.commissioning.money.streams import StreamName
from victims_code.commissioning.money.terms import TermsByValue, ValueBand, band_for
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.returns.register import ReportingTerms
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, in_order, never, one_of, sum_to
from victims_code.dates import add_months, format_date
from victims_code.errors import UnknownNameError, WrongValueError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.identifiers import OrganisationId, organisation_lists
from victims_code.money import Money, in_pounds
from victims_code.printable import capitalised
from victims_code.reading.structuring import Contradiction


def _organisation(value: object) -> str:
    """What reads the identifier of an organisation; it is wrong if it is of no list that is known."""
    read = OrganisationId.parse(need_text(value, ""))  # type: ignore[arg-type]
    if read.list_code not in ("360G", *organisation_lists()):
        nearest = did_you_mean(read.list_code or read.text, organisation_lists(), listing="Lists")
        raise WrongValueError(faults.NOT_AN_ORGANISATION_ID.at(text=read.raw, nearest=nearest))
    return read.text


OrganisationName = Annotated[str, _organisation]
"""The identifier of an organisation, such as ``GB-CHC-1164883``."""


class AwardKind(StrEnum):
    """The two ways a service is funded."""

    GRANT = "grant"
    CONTRACT = "contract"


@frozen(kw_only=True)
class ConditionCheck(CommissioningRecord):
    """A day on which a condition was asked after, what the answer was, and what shows it.

    ``met`` is None where the answer did not settle it.
    """

    on: date
    met: bool | None = None
    evidence: str | None = None


@frozen(kw_only=True)
class AwardCondition(CommissioningRecord):
    """What the money is given on, and what was found when it was asked after.

    :param text: the condition, in the funder's words or one's own.
    :param passed_on: whether those who get a part of the money are bound by it too.
    :param due: the day by which it must be met, or first be asked after.
    :param every_months: how often it is asked after again once it was met; None for a condition that is met for good.

    >>> condition = AwardCondition(id="safeguarding", text="Has a policy on safeguarding.", due=date(2026, 5, 1),
    ...                            every_months=12, asked=[ConditionCheck(on=date(2026, 4, 20), met=True)])
    >>> condition.met_on(date(2026, 4, 1)), condition.met_on(date(2026, 5, 1)), condition.next_due(date(2026, 5, 1))
    (None, True, datetime.date(2027, 4, 20))
    """

    id: str
    text: str
    passed_on: bool = False
    due: date | None = None
    every_months: int | None = None
    asked: tuple[ConditionCheck, ...] = ()

    checks = (
        never(
            "every_months", lambda one: one.every_months is not None and one.every_months < 1, faults.ASKED_TOO_OFTEN
        ),
        all_different("asked[].on"),
    )

    def last_asked(self, on: date) -> ConditionCheck | None:
        """The last time it was asked after, up to a day."""
        return max((one for one in self.asked if one.on <= on), key=lambda one: one.on, default=None)

    def met_on(self, on: date) -> bool | None:
        """Whether it was met when it was last asked after; None if it never was, or the answer did not settle it."""
        last = self.last_asked(on)
        return last.met if last else None

    def next_due(self, on: date) -> date | None:
        """The day by which it must be met or asked after next; None if no day is set, or it is met for good."""
        last = self.last_asked(on)
        if last is None or not last.met:
            return self.due
        return add_months(last.on, self.every_months) if self.every_months else None

    def is_done(self, on: date) -> bool:
        """Whether nothing is left to ask: it was met, and is not asked after again."""
        return self.met_on(on) is True and self.every_months is None


@frozen(kw_only=True)
class RingFence(CommissioningRecord):
    """A part of an award that may be spent on one purpose only."""

    purpose: str
    amount: Money


@frozen(kw_only=True)
class Variation(CommissioningRecord):
    """A change of an award once it was made.

    :param on: the day from which it holds.
    :param amount: by how much the sum changes; below zero it is cut. None if the sum stays.
    :param purpose: the ring-fence that the change belongs to, which need not be there yet.
    :param last: the new last day; None if that stays.
    :param decision: the number of the decision it rests on.
    """

    planned_days = frozenset({"on"})

    on: date
    why: str
    amount: Money | None = None
    purpose: str | None = None
    last: date | None = None
    decision: str | None = None

    checks = (
        never("amount", lambda one: not one.amount and one.last is None, faults.VARIATION_OF_NOTHING),
        never("purpose", lambda one: one.purpose and not one.amount, faults.PURPOSE_WITHOUT_A_SUM),
    )


@frozen(kw_only=True)
class YearShare(CommissioningRecord):
    """What of an award is for a financial year, which is named by the calendar year it begins in."""

    year: int
    amount: Money


@frozen(kw_only=True)
class Instalment(CommissioningRecord):
    """A payment that is due, or was made.

    :param paid: what was paid, if it was not the whole.
    :param invoice: the invoice it was paid on.
    :param held_until: the condition before which it is not paid, by its identifier.
    """

    comes_with = (("paid_on", "paid"), ("paid_on", "invoice"))

    due: date
    amount: Money
    paid_on: date | None = None
    paid: Money | None = None
    invoice: str | None = None
    held_until: str | None = None

    checks = (
        never("amount", lambda one: one.amount < 0, faults.LESS_THAN_NOTHING_PAID),
        never("paid", lambda one: one.paid is not None and one.paid_on is None, faults.PAID_ON_NO_DAY),
    )

    def paid_by(self, on: date | None) -> Decimal:
        """What of it had been paid by a day; by now if that is None."""
        if self.paid_on is None or (on is not None and self.paid_on > on):
            return Decimal("0.00")
        return self.amount if self.paid is None else self.paid


@frozen(kw_only=True)
class Clawback(CommissioningRecord):
    """Money that is asked back."""

    asked_on: date
    amount: Money
    why: str
    due: date | None = None
    repaid_on: date | None = None

    checks = (
        in_order("asked_on", "repaid_on"),
        never("amount", lambda one: one.amount <= 0, faults.LESS_THAN_NOTHING_PAID),
    )


class AwardMeetingKind(StrEnum):
    """A meeting about the contract, or a visit to the service."""

    CONTRACT_MEETING = "contract-meeting"
    GRANT_VISIT = "grant-visit"


@frozen(kw_only=True)
class VisitFinding(CommissioningRecord):
    """What a meeting or visit found, and what is to be done about it, by whom, by when."""

    text: str
    action: str | None = None
    owner: str = ""
    due: date | None = None
    done_on: date | None = None

    checks = (never("action", lambda one: one.due is not None and not one.action, faults.DUE_WITHOUT_AN_ACTION),)


@frozen(kw_only=True)
class UserFeedback(CommissioningRecord):
    """What people who use the service say, and how many of them; never their names. Errors do not quote it."""

    hidden = frozenset({"text"})

    text: str = field(repr=False)
    people: int | None = None


@frozen(kw_only=True)
class AwardMeeting(CommissioningRecord):
    """A contract meeting or a grant visit, planned or held.

    :param due: the day by which it is to be held.
    """

    comes_with = (("held_on", "findings"), ("held_on", "feedback"))

    kind: AwardMeetingKind
    due: date | None = None
    held_on: date | None = None
    findings: tuple[VisitFinding, ...] = ()
    feedback: tuple[UserFeedback, ...] = ()

    checks = (
        never("due", lambda one: one.due is None and one.held_on is None, faults.MEETING_WITHOUT_A_DAY),
        never("findings", lambda one: one.held_on is None and one.findings, faults.FOUND_BEFORE_IT_WAS_HELD),
    )

    def is_held(self, on: date) -> bool:
        """Whether it had been held by a day."""
        return self.held_on is not None and self.held_on <= on


@frozen(kw_only=True)
class Spending(CommissioningRecord):
    """Money spent on a day; money paid back is negative. ``purpose`` is one that the award knows, or None."""

    on: date
    amount: Money
    purpose: str | None = None
    note: str | None = None


@frozen(kw_only=True)
class AwardTerms:
    """What an award comes to with its variations up to a day: the sum, the last day, and the ring-fences."""

    amount: Decimal
    last: date
    ring_fences: Mapping[str, Decimal]

    @property
    def free(self) -> Decimal:
        """What is for no one purpose in particular."""
        return self.amount - total(self.ring_fences.values())


@frozen(kw_only=True)
class Award(CommissioningRecord):
    """A grant or a contract. Money is for its days only: what is not spent by the last one is not carried over.

    :param funder: who gives the money, such as the Ministry of Justice to a commissioner, or the commissioner.
    :param recipient: who gets it. ``funder_id`` and ``recipient_id`` identify the two, as ``GB-CHC-1164883`` does.
    :param amount: the sum as it was first awarded, and ``last`` the last day; ``variations`` say how they changed.
    :param description: what the money is for, for those who read about it.
    :param awarded_on: the day it was awarded; ``decision`` is the number of the decision.
    :param received: whether it is money that one gets and does not give, such as the Ministry's grant.
    :param within: the award out of which this one is paid, by its reference: a sub-grant.
    :param services: the services it pays for, and ``objectives`` what it serves, by their references.
    :param purposes: further purposes that spending may name, together with those of the ring-fences.
    :param streams: identifiers of funding streams it is paid from; ``funding_streams()`` lists them.
    :param profile: how the sum is spread over financial years.
    :param spending: what was spent; None while nothing was reported, which is not nothing spent.
    :param returns: what the agreement says of returns, if it says anything.
    :param decide_by: the day by which it must be settled what follows; ``followed_by`` says what does.
    :param reduces_crime: whether it is a crime and disorder reduction grant; None if that is not settled.
    :param reasons: why it should help to reduce crime, or is good value, as it is published.
    :param published: the day each item of the Specified Information Order was published, by its paragraph.
    :raises WrongTypeError: for a float.
    :raises CommissioningError: with every other fault: it ends before it begins, more is ring-fenced than awarded, ...

    >>> award = Award(reference="H/2025", kind="grant", funder="PCC", recipient="harbour", amount="85,000",
    ...               first=date(2025, 4, 1), last=date(2026, 3, 31),
    ...               ring_fences=[RingFence(purpose="ISVA", amount="40,000")],
    ...               variations=[Variation(on=date(2025, 10, 1), amount="5,000", why="More people came.")])
    >>> award.terms(date(2025, 9, 30)).amount, award.terms().amount, award.terms().free
    (Decimal('85000.00'), Decimal('90000.00'), Decimal('50000.00'))
    """

    known_from = "awarded_on"

    reference: str
    kind: AwardKind
    title: str = ""
    description: str | None = None
    funder: str
    recipient: str
    funder_id: OrganisationName | None = None
    recipient_id: OrganisationName | None = None
    amount: Money
    first: date
    last: date
    awarded_on: date | None = None
    decision: str | None = None
    owner: str = ""
    received: bool = False
    within: str | None = None
    services: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    conditions: tuple[AwardCondition, ...] = ()
    ring_fences: tuple[RingFence, ...] = ()
    purposes: tuple[str, ...] = ()
    streams: tuple[StreamName, ...] = ()
    variations: tuple[Variation, ...] = ()
    profile: tuple[YearShare, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    clawbacks: tuple[Clawback, ...] = ()
    spending: tuple[Spending, ...] | None = None
    meetings: tuple[AwardMeeting, ...] = ()
    returns: ReportingTerms | None = None
    decide_by: date | None = None
    followed_by: str | None = None
    closed_on: date | None = None
    reduces_crime: bool | None = None
    reasons: str | None = None
    published: Mapping[ItemName, date] = field(factory=dict)

    def _sums_hold(self) -> Iterator[Contradiction]:
        if self.amount < 0:
            yield Contradiction(("amount",), faults.AWARD_IS_NEGATIVE.at())
        for n, day in enumerate([None, *sorted({one.on for one in self.variations})]):
            terms = self.terms(day or date.min)
            place = ("variations",) if n else ("ring_fences",)
            if terms.amount < 0 and n:
                yield Contradiction(place, faults.AWARD_IS_NEGATIVE.at())
            elif terms.free < 0 and self.amount >= 0:
                fenced = in_pounds(terms.amount - terms.free)
                yield Contradiction(
                    place, faults.TOO_MUCH_RING_FENCED.at(fenced=fenced, amount=in_pounds(terms.amount))
                )
                return

    def _days_hold(self) -> Iterator[Contradiction]:
        ends = [(("last",), self.last), *((("variations", n, "last"), v.last) for n, v in enumerate(self.variations))]
        for keys, last in ends:
            if last is not None and last < self.first:
                fault = faults.AWARD_ENDS_TOO_EARLY.at(last=format_date(last), first=format_date(self.first))
                yield Contradiction(keys, fault)

    def _paid_within_the_sum(self) -> Iterator[Contradiction]:
        planned, whole = total(one.amount for one in self.instalments), self.terms().amount
        if planned > whole:
            fault = faults.INSTALMENTS_ABOVE_THE_AWARD.at(planned=in_pounds(planned), amount=in_pounds(whole))
            yield Contradiction(("instalments",), fault)

    def _fences_differ(self) -> Iterator[Contradiction]:
        purposes = [fence.purpose.casefold() for fence in self.ring_fences]
        for n, fence in enumerate(self.ring_fences):
            if purposes[n] in purposes[:n]:
                yield Contradiction(("ring_fences", n, "purpose"), faults.RING_FENCED_TWICE.at(purpose=fence.purpose))

    checks = (
        _sums_hold,
        _days_hold,
        _paid_within_the_sum,
        _fences_differ,
        all_different("conditions[].id"),
        all_different("profile[].year"),
        sum_to("profile[].amount", lambda award: award.terms().amount, faults.PROFILE_DOES_NOT_MAKE_THE_AWARD),
        one_of(
            "instalments[].held_until",
            lambda award: [one.id for one in award.conditions],
            faults.NO_SUCH_CONDITION,
            listing="Conditions",
        ),
        one_of("spending[].purpose", lambda award: _Names(award), faults.NO_SUCH_PURPOSE, listing="Purposes"),
        never("within", lambda award: award.within == award.reference, faults.WITHIN_ITSELF),
    )

    @property
    def name(self) -> str:
        """Its title, or what it is and to whom."""
        return self.title or f"{capitalised(self.kind.value)} to {self.recipient}"

    @property
    def days(self) -> ReportingPeriod:
        """The days the money is for, with every variation."""
        return ReportingPeriod(first=self.first, last=self.terms().last)

    def terms(self, on: date | None = None) -> AwardTerms:
        """What it comes to with the variations up to a day, or with all of them."""
        counted = sorted((one for one in self.variations if on is None or one.on <= on), key=lambda one: one.on)
        fences: dict[str, Decimal] = {}
        changed = ((one.purpose, one.amount) for one in counted if one.purpose and one.amount)
        for purpose, amount in (*((fence.purpose, fence.amount) for fence in self.ring_fences), *changed):
            name = _spelt(purpose, fences) or purpose
            fences[name] = fences.get(name, Decimal("0.00")) + amount
        return AwardTerms(
            amount=self.amount + total(one.amount or Decimal(0) for one in counted),
            last=next((one.last for one in reversed(counted) if one.last is not None), self.last),
            ring_fences=fences,
        )

    def ring_fence(self, purpose: str | None, on: date | None = None) -> Decimal:
        """How much is for one purpose only; for None, how much is for none in particular.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        terms = self.terms(on)
        return terms.free if purpose is None else terms.ring_fences.get(self.purpose(purpose), Decimal("0.00"))

    def purpose(self, name: str) -> str:
        """A purpose as the award writes it, whatever its capitals.

        :raises UnknownNameError: if the award knows no such purpose, naming the nearest.
        """
        if (found := _spelt(need_text(name, "purpose"), known := self._purposes())) is None:
            nearest = did_you_mean(name, known, listing="Purposes of the award")
            raise UnknownNameError(faults.NO_SUCH_PURPOSE.at(self.reference, name=name, nearest=nearest))
        return found

    def _purposes(self) -> tuple[str, ...]:
        varied = (one.purpose for one in self.variations if one.purpose)
        return tuple(dict.fromkeys((*(fence.purpose for fence in self.ring_fences), *self.purposes, *varied)))

    def paid(self, on: date | None = None) -> Decimal:
        """What was paid up to a day, less what was paid back."""
        back = (one.amount for one in self.clawbacks if one.repaid_on and (on is None or one.repaid_on <= on))
        return total(one.paid_by(on) for one in self.instalments) - total(back)

    def visits_made(self, on: date) -> tuple[AwardMeeting, ...]:
        """The grant visits that had been made by a day."""
        return tuple(one for one in self.meetings if one.kind is AwardMeetingKind.GRANT_VISIT and one.is_held(on))

    def band(self, terms: TermsByValue | None = None) -> ValueBand:
        """What is asked of an award of this value; as the bands of ``terms`` have it."""
        return band_for(self.terms().amount, terms.bands if terms else None)

    @as_known
    def findings(self, on: date, *, terms: TermsByValue | None = None) -> tuple[RuleFinding, ...]:
        """What is amiss with how the award is looked after.

        :param terms: the commissioner's own bands of value.
        """
        return tuple(self._findings(on, self.band(terms)))

    def _findings(self, on: date, band: ValueBand) -> Iterator[RuleFinding]:
        about = self.reference
        for condition in self.conditions:
            yield from self._condition_findings(condition, on)
        for n, change in enumerate(self.variations, 1):
            if change.on <= on and not change.decision:
                what = f"Variation {n} of {format_date(change.on)} names no decision."
                yield finding("award-variation-decided", what, "Name the decision it rests on.", about=about)
        visits = self.visits_made(on)
        for visit in visits:
            if not visit.feedback:
                what = f"The visit of {format_date(visit.held_on or on)} records no feedback from service users."
                yield finding("visit-hears-service-users", what, "Ask people who use the service.", about=about)
        if on > self.terms(on).last and len(visits) < band.visits and not self.received:
            what = f"The award has ended with {len(visits)} of {band.visits} visits made."
            yield finding("award-visited", what, "Visit the service while the award runs.", about=about)
        if self.returns and self.returns.every_months > band.returns_every_months and not self.received:
            every, usual = self.returns.every_months, band.returns_every_months
            what = f"Returns are agreed every {every} months; awards of this value report every {usual}."
            yield finding("award-reports-by-value", what, "Agree returns more often, or say why not.", about=about)
        yield from self._unspent(on)

    def _condition_findings(self, condition: AwardCondition, on: date) -> Iterator[RuleFinding]:
        about, last, due = self.reference, condition.last_asked(on), condition.next_due(on)
        text = f"Condition {condition.text!r}"
        if last is not None and last.met is False:
            what, hint = f"{text} was not met on {format_date(last.on)}.", "Agree by when it will be, or hold payment."
            yield finding("award-condition-met", what, hint, about=about)
        elif due is not None and due < on:
            what = f"{text} should have been asked after by {format_date(due)}."
            hint, outcome = "Ask whether it is met, and for the evidence.", RuleOutcome.CANNOT_TELL
            yield finding("award-condition-met", what, hint, about=about, outcome=outcome)
        elif last is not None and last.met and not last.evidence:
            what = f"{text} is recorded as met, and nothing shows it."
            yield finding("award-condition-evidenced", what, "Name the evidence.", about=about)

    def _unspent(self, on: date) -> Iterator[RuleFinding]:
        if on <= self.terms(on).last or not self.instalments or self.received:
            return
        if self.spending is None:
            what = f"The award has ended, and what was spent of {in_pounds(self.paid(on))} is not reported."
            hint = "Ask for the final account."
            yield finding("award-unspent-returned", what, hint, about=self.reference, outcome=RuleOutcome.CANNOT_TELL)
            return
        asked = total(one.amount for one in self.clawbacks if one.repaid_on is None or one.repaid_on > on)
        unspent = self.paid(on) - total(one.amount for one in self.spending if one.on <= on) - asked
        if unspent > 0:
            what = f"The award has ended, and {in_pounds(unspent)} that was paid is not spent and not asked back."
            yield finding("award-unspent-returned", what, "Ask for it back.", about=self.reference)

    @as_known
    def due_items(self, on: date, *, terms: TermsByValue | None = None) -> tuple[DueItem, ...]:
        """What is still undone on a day: conditions, instalments, money asked back, meetings, visits, the end.

        :param terms: the commissioner's own bands of value, by which meetings and visits are due.
        """
        return by_day(self._due(on, self.band(terms)))

    def _due(self, on: date, band: ValueBand) -> Iterator[DueItem]:
        if self.closed_on is not None and self.closed_on <= on:
            return
        other = self.funder if self.received else self.recipient
        for condition in self.conditions:
            if not condition.is_done(on):
                asked = f"Show {other} that this is met: " if self.received else f"Ask {other} about: "
                yield self._item(condition.next_due(on), f"{asked}{condition.text}", DueKind.CONDITION)
        for instalment in self.instalments:
            if instalment.paid_on is None or instalment.paid_on > on:
                held = next((one for one in self.conditions if one.id == instalment.held_until), None)
                hold = f" Held until this is met: {held.text}" if held and held.met_on(on) is not True else ""
                sum_ = f"an instalment of {in_pounds(instalment.amount)}"
                what = f"Claim {sum_} from {other}.{hold}" if self.received else f"Pay {other} {sum_}.{hold}"
                yield self._item(instalment.due, what, DueKind.INSTALMENT)
        for back in self.clawbacks:
            if back.asked_on <= on and (back.repaid_on is None or back.repaid_on > on):
                sum_ = in_pounds(back.amount)
                what = f"Pay {sum_} back to {other}: " if self.received else f"Get back {sum_} from {other}: "
                yield self._item(back.due, f"{what}{back.why}", DueKind.INSTALMENT)
        yield from self._due_meetings(on, band)
        if self.followed_by is None:
            award = f"the {self.kind.value} {'from' if self.received else 'to'} {other}"
            if self.decide_by is not None:
                yield self._item(self.decide_by, f"Decide what follows {award}.", DueKind.DECISION)
            what = f"{capitalised(award)} ends. Settle what follows, and close the account."
            yield self._item(self.terms(on).last, what, DueKind.CONTRACT_END)

    def _due_meetings(self, on: date, band: ValueBand) -> Iterator[DueItem]:
        visiting = f"Visit {self.recipient} and ask people who use the service."
        meeting = f"Meet {self.recipient} about the contract."
        if self.received:
            visiting, meeting = f"Prepare the visit of {self.funder}.", f"Meet {self.funder} about the money."
        for one in self.meetings:
            visit = one.kind is AwardMeetingKind.GRANT_VISIT
            if not one.is_held(on):
                kind = DueKind.VISIT if visit else DueKind.MEETING
                yield self._item(one.due or one.held_on, visiting if visit else meeting, kind)
            for found in one.findings if one.is_held(on) else ():
                if found.action and (found.done_on is None or found.done_on > on):
                    yield self._item(found.due, found.action, DueKind.ACTION, owner=found.owner)
        if self.received:
            return
        last = self.terms(on).last
        visits = [one for one in self.meetings if one.kind is AwardMeetingKind.GRANT_VISIT]
        for _ in range(band.visits - len(visits)):
            yield self._item(last, visiting, DueKind.VISIT)
        if band.meetings_every_months is not None and (next_one := self._next_meeting(on, band)) <= last:
            yield self._item(next_one, meeting, DueKind.MEETING)

    def _next_meeting(self, on: date, band: ValueBand) -> date:
        """The day by which the next contract meeting is due by the value of the award; far off if one is planned."""
        of_contract = [one for one in self.meetings if one.kind is AwardMeetingKind.CONTRACT_MEETING]
        if any(not one.is_held(on) for one in of_contract):
            return date.max
        latest = max((one.held_on for one in of_contract if one.held_on), default=self.first)
        return add_months(latest, band.meetings_every_months or 0)

    def _item(self, day: date | None, what: str, kind: DueKind, owner: str = "") -> DueItem:
        return DueItem(day=day, what=what, owner=owner or self.owner, about=self.reference, kind=kind)


class _Names(tuple[str, ...]):
    """The purposes of an award, which a name is in whatever its capitals."""

    def __new__(cls, award: Award) -> _Names:
        return super().__new__(cls, award._purposes())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _spelt(name, tuple(self)) is not None


def _spelt(name: str, known: Iterable[str]) -> str | None:
    """A name as it is written among others, whatever its capitals; None if it is not there."""
    return next((one for one in known if one.casefold() == name.casefold()), None)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """A sum of money, which is £0.00 for no amounts."""
    return sum(amounts, Decimal("0.00"))
