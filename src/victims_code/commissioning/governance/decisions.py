"""The record of a decision: a public part and an exempt one, with the powers it rests on named and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_text
from victims_code.commissioning.powers.acts import read_provision
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.powers.citations import CitationStanding, CitationVerdict, check_citations
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import never, sum_to
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import Money, in_pounds
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class _NumberForm(Sourced):
    """One way in which the office of an area numbers its decisions."""

    area: str
    pattern: str
    example: str


@frozen(kw_only=True)
class _Exemptions(Sourced):
    """The provisions of an Act under which a part of a decision is withheld."""

    act: str
    provisions: tuple[Word, ...]


@frozen(kw_only=True)
class _DecisionFile(Sourced):
    forms: tuple[_NumberForm, ...]
    exemptions: tuple[_Exemptions, ...]
    parts: tuple[Word, ...]
    published_under: str


@cache
def _file() -> _DecisionFile:
    file = DataFile.open("commissioning/decision-record.yaml")
    read = file.one(_DecisionFile)
    for n, form in enumerate(read.forms):
        file.unknown(("forms", n, "area"), "police area", form.area, police_areas())
        if not re.fullmatch(form.pattern, form.example):
            file.wrong(("forms", n, "example"), faults.EXAMPLE_NOT_OF_THE_FORM.at())
    file.finish()
    return read


def _exemption(name: object) -> str:
    """What reads the ground of Part 2: an exemption by its section or its title."""
    text = need_text(name, "")  # type: ignore[arg-type]
    listed = [(held, one) for held in _file().exemptions for one in held.provisions]
    cited = read_provision(text)
    for held, one in listed:
        named = text.casefold() in (one.id.casefold(), one.title.casefold())
        of_this_act = held.act in text or "Act" not in text
        if named or (not cited.empty and of_this_act and read_provision(one.id).same_or_part_of(cited)):
            return text
    titles = [word for _, one in listed for word in (one.id, one.title)]
    raise UnknownNameError(
        faults.NO_SUCH_WORD.at(kind="exemption", name=text, nearest=did_you_mean(text, titles, listing="Exemptions"))
    )


@frozen(kw_only=True)
class DecisionReference:
    """The number of a decision, with the parts that the form of its office has.

    >>> number = DecisionReference.parse("PCC/D/2018/12")
    >>> number.year, number.number, str(number)
    (2018, 12, 'PCC/D/2018/12')
    >>> DecisionReference.parse("PCD 1600").area
    'metropolitan'
    """

    text: str
    area: str | None
    office: str | None = None
    series: str | None = None
    year: int | None = None
    end: int | None = None
    number: int | None = None

    @classmethod
    @checked
    def parse(cls, text: str, *, area: AreaName | None = None) -> DecisionReference:
        """Read a number of a decision.

        :param area: the police area of the office; one with no form in the data numbers its decisions as it likes.
        :raises CommissioningError: if it is not of a form that the office, or any office, is known to use.
        """
        forms = [form for form in _file().forms if area in (None, form.area)]
        for form in forms:
            if match := re.fullmatch(form.pattern, text):
                part = match.groupdict()
                numbers = {name: int(part[name]) for name in ("year", "end", "number") if part.get(name)}
                return cls(text=text, area=form.area, office=part.get("office"), series=part.get("series"), **numbers)
        if area is not None and not forms:
            return cls(text=text, area=area)
        examples = ", ".join(form.example for form in forms)
        raise CommissioningError(faults.NOT_A_DECISION_NUMBER.at("reference", text=text, examples=examples))

    def is_of(self, day: date) -> bool:
        """Whether a day is in the calendar or financial year that the number names, if it names one."""
        if self.year is None:
            return True
        if self.end is None:
            return day.year == self.year
        return ReportingPeriod.year(self.year).contains(ReportingPeriod(first=day, last=day))

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class Funding(CommissioningRecord):
    """A fund a decision is paid from, and how much of it; the amount is None where it is not settled."""

    fund: str
    amount: Money | None = None
    ring_fenced: bool | None = None

    checks = (
        never(
            "amount",
            lambda fund: fund.amount is not None and fund.amount < 0,
            faults.LESS_THAN_NOTHING,
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
    ground: Annotated[str, _exemption] | None = None


@frozen(kw_only=True)
class DecisionRecord(CommissioningRecord):
    """A record of decision.

    :param reference: its number, such as ``PCC/D/2018/12`` or ``PCD 1600``, in a form that its office uses.
    :param area: the police area of the office, which needs saying where its numbers have another form.
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
    area: AreaName | None = None
    summary: str
    proposal: str
    part_1: PublicPart
    part_2: ExemptPart | None = field(default=None, repr=False)
    powers: tuple[str, ...] = ()
    cost: Money | None = None
    funding: tuple[Funding, ...] = ()
    approved_on: date | None = None
    officer_role: str | None = None
    officer_approved_on: date | None = None
    published_on: date | None = None

    def _numbered_rightly(self) -> Iterator[Contradiction]:
        try:
            number = self.number
        except CommissioningError as problem:
            yield from (Contradiction(("reference",), evolve(fault, location="")) for fault in problem.faults)
            return
        if self.approved_on is not None and not number.is_of(self.approved_on):
            fault = faults.DECISION_OF_ANOTHER_YEAR.at(number=number.year, approved=self.approved_on.year)
            yield Contradiction(("approved_on",), fault)

    checks = (
        _numbered_rightly,
        sum_to(
            "funding[].amount",
            lambda record: record.cost,
            faults.FUNDS_DO_NOT_MAKE_THE_COST,
        ),
    )

    @property
    def number(self) -> DecisionReference:
        """The number of the decision in its parts."""
        return DecisionReference.parse(self.reference, area=self.area)

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
            what = f"It costs {in_pounds(self.cost)} and names no fund."
            yield finding("decision-money-has-a-source", what, "Name the funds it is paid from.", about=about)

    def to_public_dict(self) -> dict[str, Plain]:
        """The public record as plain values; Part 2 is not in it.

        :raises CommissioningError: if it has not been approved by both.
        """
        return self.public().to_dict()
