"""The record of a decision: its stage, a public part and an exempt one, the powers it rests on, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_text
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.powers.acts import read_provision
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.powers.citations import CitationStanding, CitationVerdict, check_citations
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import never, sum_to
from victims_code.dates import format_date
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import Money, in_pounds
from victims_code.printable import capitalised
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.documents import Plain, format_path, walk
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction
from victims_code.render.pages import CardTable
from victims_code.render.papers import Paper, PaperPart


@frozen(kw_only=True)
class _NumberForm(Sourced):
    """One way in which the office of an area numbers its decisions."""

    area: str
    pattern: str
    example: str


@frozen(kw_only=True)
class _Exemption:
    """A provision under which something is withheld; of one that is not ``absolute`` the public interest is weighed."""

    id: str
    title: str
    absolute: bool | None = False


@frozen(kw_only=True)
class _Exemptions(Sourced):
    """The provisions of an Act under which a part of a decision is withheld."""

    act: str
    provisions: tuple[_Exemption, ...]


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


def _found_exemption(text: str) -> tuple[_Exemptions, _Exemption] | None:
    """The Act and the exemption that a ground names by its section or its title."""
    cited = read_provision(text)
    for held in _file().exemptions:
        for one in held.provisions:
            named = text.casefold() in (one.id.casefold(), one.title.casefold())
            of_this_act = held.act in text or "Act" not in text
            if named or (not cited.empty and of_this_act and read_provision(one.id).same_or_part_of(cited)):
                return held, one
    return None


def _exemption(name: object) -> str:
    """What reads the ground of Part 2: an exemption by its section or its title."""
    text = need_text(name, "")  # type: ignore[arg-type]
    if _found_exemption(text) is None:
        titles = [word for held in _file().exemptions for one in held.provisions for word in (one.id, one.title)]
        nearest = did_you_mean(text, titles, listing="Exemptions")
        raise UnknownNameError(faults.NO_SUCH_WORD.at(kind="exemption", name=text, nearest=nearest))
    return text


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


class DecisionStage(StrEnum):
    """How far a proposal has come: the options, an outline of the business case, or the full one."""

    OPTIONS = "options"
    OUTLINE = "outline-business-case"
    FULL = "full-business-case"

    @property
    def in_words(self) -> str:
        """The stage as people write it."""
        return capitalised(self.value.replace("-", " "))


@frozen(kw_only=True)
class DecisionOption(CommissioningRecord):
    """A way that was looked at, what it costs, and why it is preferred or not."""

    title: str
    cost: Money | None = None
    preferred: bool = False
    why: str | None = None


@frozen(kw_only=True)
class DeclaredInterest(CommissioningRecord):
    """An interest that was declared, by the post of who holds it, and what was done about it."""

    holder: str
    interest: str
    action: str | None = None


@frozen(kw_only=True)
class PromisedBenefit(CommissioningRecord):
    """A benefit that a decision promises, and whether it came.

    :param measure: what shows it, such as the name of an outcome measure.
    :param due: the day by which it is looked for.
    :param came: None while that is not known.
    """

    comes_with = (("checked_on", "came"), ("checked_on", "evidence"))

    text: str
    measure: str | None = None
    owner: str = ""
    due: date | None = None
    came: bool | None = None
    checked_on: date | None = None
    evidence: str | None = None

    checks = (
        never("checked_on", lambda one: one.came is not None and not one.checked_on, faults.BENEFIT_CHECKED_ON_NO_DAY),
    )

    def is_settled(self, on: date) -> bool:
        """Whether it was known by a day if the benefit came."""
        return self.came is not None and self.checked_on is not None and self.checked_on <= on


@frozen(kw_only=True)
class DecisionMilestone(CommissioningRecord):
    """A step of carrying a decision out, such as the day a service begins."""

    title: str
    due: date | None = None
    done_on: date | None = None
    owner: str = ""


@frozen(kw_only=True)
class PublicPart(CommissioningRecord):
    """Part 1, which is published: the report, the benefits, the money and the law."""

    supporting_report: str
    benefits: tuple[PromisedBenefit, ...] = ()
    financial_comments: str | None = None
    legal_considerations: str | None = None


@frozen(kw_only=True)
class ExemptPart(CommissioningRecord):
    """Part 2, which is withheld: what it says, and the ground on which it is.

    :param further_grounds: other exemptions that hold as well.
    :param public_interest: why the public interest in withholding it is greater than that in disclosing it; withheld
        too.
    """

    hidden = frozenset({"report", "public_interest"})

    report: str = field(repr=False)
    ground: Annotated[str, _exemption] | None = None
    further_grounds: tuple[Annotated[str, _exemption], ...] = ()
    public_interest: str | None = field(default=None, repr=False)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every ground, with the section, the title and the Act."""
        named = (one for one in (self.ground, *self.further_grounds) if one)
        found = (found for one in named if (found := _found_exemption(one)))
        return tuple(f"{one.id} ({one.title}), {held.act}" for held, one in found)

    @property
    def is_absolute(self) -> bool | None:
        """Whether one of the grounds is absolute, so that no public interest is weighed; None if that is not known."""
        found = [_found_exemption(one) for one in (self.ground, *self.further_grounds) if one]
        absolute = [one[1].absolute for one in found if one]
        return True if True in absolute else None if None in absolute else False


@frozen(kw_only=True)
class DecisionRecord(CommissioningRecord):
    """A record of decision.

    :param reference: its number, such as ``PCC/D/2018/12`` or ``PCD 1600``, in a form that its office uses.
    :param area: the police area of the office, which needs saying where its numbers have another form.
    :param stage: how far the proposal has come; ``follows`` is the decision of the stage before, by its number.
    :param next_stage_due: the day by which the next stage is to be decided; ``followed_by`` is that decision.
    :param interests: the interests declared; ``no_interests`` says that people were asked and there were none.
    :param cost: what it costs in pounds, None where nothing is said.
    :param powers: the powers it rests on, each as a citation; citations in ``legal_considerations`` are checked too.
    :param awards: the awards it makes or changes, and ``objectives`` what it serves, by their references.
    :param significant: whether it is of significant public interest, so that its record must be published; None if
        that is not settled.
    :param decide_by: the day by which it is to be decided.
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
    stage: DecisionStage | None = None
    follows: str | None = None
    followed_by: str | None = None
    next_stage_due: date | None = None
    summary: str
    proposal: str
    options: tuple[DecisionOption, ...] = ()
    part_1: PublicPart
    part_2: ExemptPart | None = field(default=None, repr=False)
    interests: tuple[DeclaredInterest, ...] = ()
    no_interests: bool | None = None
    powers: tuple[str, ...] = ()
    cost: Money | None = None
    funding: tuple[Funding, ...] = ()
    awards: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    milestones: tuple[DecisionMilestone, ...] = ()
    owner: str = ""
    significant: bool | None = None
    decide_by: date | None = None
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
        sum_to("funding[].amount", lambda record: record.cost, faults.FUNDS_DO_NOT_MAKE_THE_COST),
        never("no_interests", lambda record: record.no_interests and record.interests, faults.NO_INTERESTS_AND_SOME),
        never("options", lambda record: sum(one.preferred for one in record.options) > 1, faults.TWO_OPTIONS_PREFERRED),
        never("follows", lambda record: record.follows == record.reference, faults.FOLLOWS_ITSELF),
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

    def is_approved(self, on: date | None = None) -> bool:
        """Whether commissioner and officer had both approved it by a day; by now if that is None."""
        days = (self.approved_on, self.officer_approved_on)
        return all(day is not None and (on is None or day <= on) for day in days)

    def public(self) -> DecisionRecord:
        """The record as it may be published: without Part 2.

        :raises CommissioningError: if it has not been approved by both, or its public part says what Part 2 withholds.
        """
        if not self.is_approved():
            raise CommissioningError(faults.DECISION_NOT_APPROVED.at(self.reference))
        if repeated := self.said_of_part_2():
            raise CommissioningError(*(faults.PART_2_IN_PUBLIC.at(f"{self.reference}: {name}") for name in repeated))
        return evolve(self, part_2=None)

    def said_of_part_2(self) -> tuple[str, ...]:
        """The public fields, by their names, that repeat six words of Part 2 in a row, or all of a short one."""
        if self.part_2 is None:
            return ()
        withheld = (self.part_2.report, self.part_2.public_interest or "")
        public = walk(evolve(self, part_2=None).to_dict())
        return tuple(
            format_path(keys)
            for keys, text in public
            if isinstance(text, str) and any(_repeats(text, one) for one in withheld)
        )

    @as_known
    def findings(self, on: date | None = None) -> tuple[RuleFinding, ...]:
        """What is amiss: powers, approvals, interests, the stage, Part 2, publication, the money, the benefits.

        :param on: the day to look from; without one, no benefit is called late.
        """
        return tuple(
            found
            for part in (self._power_findings(), self._part_2_findings(), self._other_findings(on))
            for found in part
        )

    def _power_findings(self) -> Iterator[RuleFinding]:
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

    def _part_2_findings(self) -> Iterator[RuleFinding]:
        about, part = self.reference, self.part_2
        if part is None:
            return
        if not part.grounds:
            what = "Part 2 is withheld without a ground."
            yield finding("decision-exempt-part-has-a-ground", what, "Name the exemption.", about=about)
        elif not part.is_absolute and not part.public_interest:
            what = f"Nothing says why the public interest in withholding Part 2 under {part.grounds[0]} is greater."
            outcome = RuleOutcome.CANNOT_TELL if part.is_absolute is None else RuleOutcome.BROKEN
            hint = "Weigh it, and write the result as `public_interest` of Part 2."
            yield finding("decision-public-interest-weighed", what, hint, about=about, outcome=outcome)
        for name in self.said_of_part_2():
            what = f"`{name}` repeats words of Part 2."
            yield finding("decision-exempt-part-apart", what, "Take them out of the public part.", about=about)
        for name, sums in self._sums_of_part_2().items():
            what = f"`{name}` gives {' and '.join(sums)}, which Part 2 gives too."
            hint = "Is that withheld? Then take it out of the public part."
            yield finding("decision-exempt-part-apart", what, hint, about=about, outcome=RuleOutcome.CANNOT_TELL)

    def _sums_of_part_2(self) -> dict[str, list[str]]:
        """The sums of money that a public field and Part 2 both give, by the name of the field."""
        withheld = {
            sum_ for part in [self.part_2] if part for sum_ in _SUM.findall(f"{part.report} {part.public_interest}")
        }
        public = walk(evolve(self, part_2=None).to_dict())
        found = {format_path(keys): _SUM.findall(text) for keys, text in public if isinstance(text, str)}
        return {name: both for name, sums in found.items() if (both := [one for one in sums if one in withheld])}

    def _other_findings(self, on: date | None) -> Iterator[RuleFinding]:
        about = self.reference
        if self.published_on is not None:
            for name, day in (("the commissioner", self.approved_on), ("an officer", self.officer_approved_on)):
                if day is None or day > self.published_on:
                    what = f"It was published without the approval of {name}."
                    yield finding("decision-approved", what, "Record the approval and its day.", about=about)
        elif self.is_approved(on) and self.significant is not False:
            known = self.significant is True
            what = "It is approved and not published." + (
                "" if known else " Whether it is of significant public interest is not settled."
            )
            hint = "Publish it." if known else "Publish it, or write significant: false."
            outcome = RuleOutcome.BROKEN if known else RuleOutcome.CANNOT_TELL
            missing = () if known else ("significant",)
            yield finding("decision-published", what, hint, about=about, outcome=outcome, missing=missing)
        if not self.interests and not self.no_interests:
            what, hint = "The record does not say whether interests were declared.", "Ask, and write what was said."
            yield finding("decision-interests-declared", what, hint, about=about, outcome=RuleOutcome.CANNOT_TELL)
        if self.cost and not self.funding:
            what = f"It costs {in_pounds(self.cost)} and names no fund."
            yield finding("decision-money-has-a-source", what, "Name the funds it is paid from.", about=about)
        if self.stage in (DecisionStage.OUTLINE, DecisionStage.FULL) and self.follows is None:
            what = f"{self.stage.in_words}: the record does not name the decision of the stage before."
            yield finding("decision-in-its-stage", what, "Write its number as `follows`.", about=about)
        for benefit in self.part_1.benefits if on is not None else ():
            if on is not None and benefit.due is not None and benefit.due < on and not benefit.is_settled(on):
                what = f"Whether this came should have been settled by {format_date(benefit.due)}: {benefit.text}"
                hint, outcome = "Look at what shows it.", RuleOutcome.CANNOT_TELL
                yield finding("decision-benefits-looked-for", what, hint, about=about, outcome=outcome)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is still undone on a day: to decide, to publish, the next stage, milestones, benefits to look for."""
        return by_day(self._due(on))

    def _due(self, on: date) -> Iterator[DueItem]:
        if not self.is_approved(on):
            if self.decide_by is not None:
                yield self._item(self.decide_by, f"Decide: {self.title}", DueKind.DECISION)
        elif self.significant is not False and (self.published_on is None or self.published_on > on):
            yield self._item(None, f"Publish the decision: {self.title}", DueKind.DECISION)
        if self.next_stage_due is not None and self.followed_by is None:
            yield self._item(self.next_stage_due, f"Decide the next stage of: {self.title}", DueKind.DECISION)
        for step in self.milestones:
            if step.done_on is None or step.done_on > on:
                yield self._item(step.due, step.title, DueKind.ACTION, step.owner)
        for benefit in self.part_1.benefits if self.is_approved(on) else ():
            if not benefit.is_settled(on):
                yield self._item(
                    benefit.due, f"Find out whether this came: {benefit.text}", DueKind.REVIEW, benefit.owner
                )

    def _item(self, day: date | None, what: str, kind: DueKind, owner: str = "") -> DueItem:
        return DueItem(day=day, what=what, owner=owner or self.owner, about=self.reference, kind=kind)

    def to_public_dict(self) -> dict[str, Plain]:
        """The public record as plain values; Part 2 is not in it.

        :raises CommissioningError: as :meth:`public` does.
        """
        return self.public().to_dict()

    def page(self) -> Paper:
        """Part 1 as a page to publish, with ``to_html(page=True)`` and ``to_markdown()``.

        That there is a Part 2 is said, and on what ground it is withheld.

        :raises CommissioningError: as :meth:`public` does.
        """
        return _page(self.public(), self.part_2.grounds if self.part_2 is not None else None)


_SUM = re.compile(r"£\d[\d,]*(?:\.\d\d)?")
_RUN, _SHORTEST = 6, 4
"""How many words in a row that are the same are no chance; of a shorter text the whole, if it has as many as that."""


def _repeats(public: str, withheld: str) -> bool:
    """Whether a text repeats a stretch of a withheld one, whatever its capitals, stops and line ends."""
    said, secret = (re.findall(r"\w+", text.casefold()) for text in (public, withheld))
    size = min(_RUN, len(secret))
    runs = {tuple(secret[n : n + size]) for n in range(len(secret) - size + 1)}
    return size >= _SHORTEST and any(tuple(said[n : n + size]) in runs for n in range(len(said) - size + 1))


@checked
def check_stages(records: Sequence[DecisionRecord]) -> tuple[RuleFinding, ...]:
    """What does not hold between stages: each follows a decision that is there, was approved, and came before.

    >>> part = PublicPart(supporting_report="As proposed.")
    >>> full = DecisionRecord(reference="PCC/D/2018/12", title="Model", commissioner="PCC", summary="s", proposal="p",
    ...                       part_1=part, stage="full-business-case", follows="PCC/D/2017/40")
    >>> print(check_stages([full])[0].message)
    It follows PCC/D/2017/40, of which there is no record.
    """
    known = {record.reference: record for record in records}
    return tuple(found for record in known.values() for found in _stage_findings(record, known))


def _stage_findings(record: DecisionRecord, known: Mapping[str, DecisionRecord]) -> Iterator[RuleFinding]:
    rule, about = "decision-in-its-stage", record.reference
    if record.follows is None:
        return
    before = known.get(record.follows)
    if before is None:
        what, hint = f"It follows {record.follows}, of which there is no record.", "Add that record."
        yield finding(rule, what, hint, about=about, outcome=RuleOutcome.CANNOT_TELL)
        return
    stages = list(DecisionStage)
    if record.stage and before.stage and stages.index(before.stage) >= stages.index(record.stage):
        what = f"It is at the stage {record.stage.value!r} and follows one at {before.stage.value!r}."
        yield finding(rule, what, "Correct the stage of one of the two.", about=about)
    if record.approved_on is not None and not before.is_approved(record.approved_on):
        what = f"It was approved before {record.follows}, which it follows."
        yield finding(rule, what, "Record the approval of the stage before.", about=about)


def _page(record: DecisionRecord, withheld_under: tuple[str, ...] | None) -> Paper:
    part, day = record.part_1, format_date(record.approved_on) if record.approved_on else ""
    money = CardTable(
        caption="Paid from",
        columns=("Fund", "Amount", "Ring-fenced"),
        rows=tuple(
            (one.fund, "–" if one.amount is None else in_pounds(one.amount), _yes_no(one.ring_fenced))
            for one in record.funding
        ),
    )
    options = CardTable(
        caption="Each option, and why",
        columns=("Option", "Cost", "Preferred", "Why"),
        rows=tuple(
            (one.title, "–" if one.cost is None else in_pounds(one.cost), _yes_no(one.preferred), one.why or "–")
            for one in record.options
        ),
    ).without_empty_columns()
    benefits = CardTable(
        caption="What is promised, and whether it came",
        columns=("Benefit", "Shown by", "Looked for by", "Came"),
        rows=tuple(
            (one.text, one.measure or "–", format_date(one.due) if one.due else "–", _came(one))
            for one in part.benefits
        ),
    ).without_empty_columns()
    steps = CardTable(
        caption="Steps and their days",
        columns=("Step", "By", "Done"),
        rows=tuple(
            (one.title, format_date(one.due) if one.due else "–", format_date(one.done_on) if one.done_on else "–")
            for one in record.milestones
        ),
    ).without_empty_columns()
    officer = f"{record.officer_role or 'Officer'}, {format_date(record.officer_approved_on or date.min)}"
    interests = tuple(
        f"{one.holder}: {one.interest}{f' {one.action}' if one.action else ''}" for one in record.interests
    ) or (
        ("No interests were declared.",)
        if record.no_interests
        else ("Whether interests were declared is not recorded.",)
    )
    stage = (f"Stage: {record.stage.in_words}.",) if record.stage else ()
    follows = (f"It follows decision {record.follows}.",) if record.follows else ()
    cost = (f"It costs {in_pounds(record.cost)}.",) if record.cost is not None else ()
    access = (
        f"Information in this record is subject to the {_file().published_under}. Part 1 is published.",
        *(
            ()
            if withheld_under is None
            else (
                f"A Part 2 is withheld under {', and '.join(withheld_under)}."
                if withheld_under
                else "There is a Part 2, which is withheld.",
            )
        ),
    )
    return Paper(
        title=f"Record of decision {record.reference}: {record.title}",
        sentences=(f"{record.commissioner}. Approved on {day}.", *stage, *follows),
        parts=(
            PaperPart(heading="Summary", sentences=(record.summary,)),
            PaperPart(heading="Proposal", sentences=(record.proposal,)),
            PaperPart(heading="Options looked at", table=options),
            PaperPart(heading="Supporting report", sentences=_paragraphs(part.supporting_report)),
            PaperPart(heading="Benefits", table=benefits),
            PaperPart(heading="Money", sentences=(*cost, *_paragraphs(part.financial_comments)), table=money),
            PaperPart(heading="Law", sentences=_paragraphs(part.legal_considerations), items=record.powers),
            PaperPart(heading="Interests", items=interests),
            PaperPart(heading="Carrying it out", table=steps),
            PaperPart(heading="Public access to information", sentences=access),
            PaperPart(heading="Approval", items=(f"{record.commissioner}, {day}", officer)),
        ),
    )


def _paragraphs(text: str | None) -> tuple[str, ...]:
    return tuple(part for one in (text or "").split("\n\n") if (part := " ".join(one.split())))


def _yes_no(value: bool | None) -> str:
    return "–" if value is None else "yes" if value else "no"


def _came(benefit: PromisedBenefit) -> str:
    if benefit.came is None or benefit.checked_on is None:
        return "not known yet"
    return f"{_yes_no(benefit.came)}, {format_date(benefit.checked_on)}"
