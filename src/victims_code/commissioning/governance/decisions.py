"""The record of a decision: a public part and an exempt one, with the powers it rests on named and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.commissioning.powers.citations import CitationStanding, CitationVerdict, check_citations
from victims_code.commissioning.records import CommissioningRecord, Contradiction
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import never, of_form, sum_to
from victims_code.errors import CommissioningError
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced

__all__ = ["DecisionRecord", "DecisionReference", "ExemptPart", "Funding", "PublicPart"]


@frozen(kw_only=True)
class _DecisionFile(Sourced):
    reference: str
    example: str
    parts: tuple[Word, ...]
    published_under: str


@cache
def _file() -> _DecisionFile:
    file = DataFile.open("commissioning/decision-record.yaml")
    read = file.one(_DecisionFile)
    if not re.fullmatch(read.reference, read.example):
        file.wrong(("example",), faults.EXAMPLE_NOT_OF_THE_FORM.at())
    file.finish()
    return read


@frozen(kw_only=True)
class DecisionReference:
    """The number of a decision in its parts.

    >>> DecisionReference.parse("PCC/D/2018/12")
    DecisionReference(office='PCC', series='D', year=2018, number=12)
    >>> str(DecisionReference.parse("PCC/D/2018/12"))
    'PCC/D/2018/12'
    """

    office: str
    series: str
    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> DecisionReference:
        """Read a number of a decision.

        :raises CommissioningError: if it is not of the form.
        """
        match = re.fullmatch(_file().reference, text)
        if match is None:
            raise CommissioningError(faults.NOT_A_DECISION_NUMBER.at("reference", text=text, example=_file().example))
        part = match.groupdict()
        return cls(office=part["office"], series=part["series"], year=int(part["year"]), number=int(part["number"]))

    def __str__(self) -> str:
        return f"{self.office}/{self.series}/{self.year}/{self.number}"


@frozen(kw_only=True)
class Funding(CommissioningRecord):
    """A fund a decision is paid from, and how much of it; the amount is None where it is not settled."""

    fund: str
    amount: Decimal | None = None
    ring_fenced: bool | None = None

    checks = (
        never(
            "amount",
            lambda fund: fund.amount is not None and fund.amount < 0,
            lambda fund: f"{fund.amount} is less than nothing.",
            "Write what is paid from the fund.",
        ),
    )


@frozen(kw_only=True)
class PublicPart(CommissioningRecord):
    """Part 1, which is published: the report, the benefits, the money and the law."""

    supporting_report: str
    benefits: tuple[str, ...] = ()
    financial_comments: str | None = None
    legal_considerations: str | None = None


@frozen(kw_only=True)
class ExemptPart(CommissioningRecord):
    """Part 2, which is withheld: what it says, and the ground on which it is."""

    report: str = field(repr=False)
    ground: str | None = None


@frozen(kw_only=True)
class DecisionRecord(CommissioningRecord):
    """A record of decision.

    :param reference: its number, such as ``PCC/D/2018/12``.
    :param cost: what it costs in pounds, None where nothing is said.
    :param powers: the powers it rests on, each as a citation; citations in ``legal_considerations`` are checked too.
    :param approved_on: the day the commissioner approved it, ``officer_approved_on`` the day an officer did.
    :raises CommissioningError: with every fault.

    >>> record = DecisionRecord(reference="PCC/D/2018/12", title="Re-modelling of victim provision", commissioner="PCC",
    ...     summary="A single point of contact.", proposal="To carry out stage two.",
    ...     powers=("PRSRA 2011 Sch 11 para 14",), part_1=PublicPart(supporting_report="As proposed."))
    >>> record.number.year, record.citations()[0].right_citation
    (2018, 'Police Reform and Social Responsibility Act 2011, Sch 1 para 14')
    """

    hidden = frozenset({"part_2"})

    reference: str
    title: str
    commissioner: str
    summary: str
    proposal: str
    part_1: PublicPart
    part_2: ExemptPart | None = field(default=None, repr=False)
    powers: tuple[str, ...] = ()
    cost: Decimal | None = None
    funding: tuple[Funding, ...] = ()
    approved_on: date | None = None
    officer_role: str | None = None
    officer_approved_on: date | None = None
    published_on: date | None = None

    def _year_fits(self) -> Iterator[Contradiction]:
        match = re.fullmatch(_file().reference, self.reference)
        if match and self.approved_on is not None and self.approved_on.year != int(match["year"]):
            what = f"The decision is numbered under {match['year']} and was approved in {self.approved_on.year}."
            yield Contradiction(("approved_on",), what, "Correct the number or the day.", "VC-COM-004")

    checks = (
        of_form("reference", lambda: _file().reference, "the number of a decision", lambda: _file().example),
        _year_fits,
        sum_to(
            "funding[].amount",
            lambda record: record.cost,
            lambda paid, cost: f"The funds make {paid}, and the decision costs {cost}.",
            "Correct an amount, or leave out the ones not settled.",
        ),
    )

    @property
    def number(self) -> DecisionReference:
        """The number of the decision in its parts."""
        return DecisionReference.parse(self.reference)

    def citations(self) -> tuple[CitationVerdict, ...]:
        """Every power that is cited, in the list of powers and in the legal considerations, checked."""
        text = self.part_1.legal_considerations or ""
        return tuple(
            verdict
            for cited in (*self.powers, text)
            if cited
            for verdict in check_citations(cited, on=self.approved_on)
        )

    def public(self) -> DecisionRecord:
        """The record as it may be published: without Part 2.

        :raises CommissioningError: if it has not been approved by both.
        """
        if self.approved_on is None or self.officer_approved_on is None:
            raise CommissioningError(faults.DECISION_NOT_APPROVED.at(self.reference))
        return evolve(self, part_2=None)

    def findings(self) -> tuple[RuleFinding, ...]:
        """What is amiss: powers named wrongly or not at all, approvals, the ground of Part 2, the money."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[RuleFinding]:
        about = self.reference
        verdicts = self.citations()
        if not verdicts:
            what = "No power is cited."
            yield finding("decision-powers-cited-rightly", what, "Name the powers it rests on.", about=about)
        for verdict in verdicts:
            if verdict.standing is not CitationStanding.RIGHT:
                unknown = verdict.standing is CitationStanding.CANNOT_TELL
                instead = f"Write: {verdict.right_citation}." if verdict.right_citation else "Look it up in the Act."
                yield finding(
                    "decision-powers-cited-rightly",
                    f"{verdict.text}: {' '.join((*verdict.wrong, *verdict.open))}",
                    instead,
                    about=about,
                    outcome=RuleOutcome.CANNOT_TELL if unknown else RuleOutcome.BROKEN,
                )
            if verdict.powers and self.approved_on is not None and verdict.in_force is not True:
                unknown = verdict.in_force is None
                yield finding(
                    "decision-powers-in-force",
                    f"{verdict.right_citation or verdict.text}: {verdict.open[-1] if verdict.open else ''}".strip(),
                    "Look up when it began." if unknown else "Rest the decision on a power in force.",
                    about=about,
                    outcome=RuleOutcome.CANNOT_TELL if unknown else RuleOutcome.BROKEN,
                )
        if self.published_on is not None:
            for name, day in (("the commissioner", self.approved_on), ("an officer", self.officer_approved_on)):
                if day is None or day > self.published_on:
                    what = f"It was published without the approval of {name}."
                    yield finding("decision-approved", what, "Record the approval and its day.", about=about)
        if self.part_2 is not None and not self.part_2.ground:
            what = "Part 2 is withheld without a ground."
            yield finding("decision-exempt-part-has-a-ground", what, "Name the exemption.", about=about)
        if self.cost and not self.funding:
            what = f"It costs {self.cost} pounds and names no fund."
            yield finding("decision-money-has-a-source", what, "Name the funds it is paid from.", about=about)

    def to_public_dict(self) -> dict[str, Plain]:
        """The public record as plain values; Part 2 is not in it.

        :raises CommissioningError: if it has not been approved by both.
        """
        return self.public().to_dict()
