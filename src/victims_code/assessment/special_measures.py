"""Special measures at court: whether a victim would be eligible as a witness, on which grounds, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.assessment.eligibility import Person
from victims_code.assessment.explanations.obligations import fact_steps
from victims_code.assessment.explanations.steps import Explanation, Step, explained, happened_uncounted, quote
from victims_code.assessment.obligations import Setting
from victims_code.assessment.questions import ELIGIBLE, MEASURES
from victims_code.conditions import Finding, Lookup, Truth, all_found, any_found, truth_word
from victims_code.dates import format_date
from victims_code.law import Availability, Evidence, Measure, SpecialMeasuresLaw, WitnessGround
from victims_code.plain import PlainGround, PlainMeasure, PlainSpecialMeasures
from victims_code.printable import one_line, one_line_repr
from victims_code.vocabulary import MissingFact, load_vocabulary

_DECIDED = "special-measures-decided"
_HOLDS = {True: "holds", False: "does not hold", None: "may hold"}
_OPEN = {True: "open to this witness", False: "not open to this witness", None: "not known"}


@frozen(kw_only=True)
class GroundFinding:
    """Whether a ground of eligibility holds, with the facts used and missing."""

    ground: WitnessGround
    finding: Finding

    __repr__ = one_line_repr("{0.ground.id}: {0.finding.truth}")

    def to_dict(self) -> PlainGround:
        """The ground as plain values."""
        return {
            "id": self.ground.id,
            "section": self.ground.section,
            "title": self.ground.title,
            "holds": truth_word(self.finding.truth),
            "automatic": self.ground.automatic,
            "evidence": self.ground.evidence.value,
            "missing_facts": list(self.finding.missing),
        }


@frozen(kw_only=True)
class MeasureFinding:
    """Whether a measure is open to the witness, on which grounds, and by which rule on availability."""

    measure: Measure
    finding: Finding
    through: tuple[GroundFinding, ...]
    available: tuple[Availability, ...]

    __repr__ = one_line_repr("{0.measure.id}: {0.finding.truth}")

    def to_dict(self) -> PlainMeasure:
        """The measure as plain values."""
        return {
            "id": self.measure.id,
            "section": self.measure.section,
            "title": self.measure.title,
            "open": truth_word(self.finding.truth),
            "grounds": [found.ground.id for found in self.through],
            "evidence": self.measure.evidence.value,
            "missing_facts": list(self.finding.missing),
        }


@frozen(kw_only=True)
class SpecialMeasures:
    """Eligibility of one victim on one day. It is not a court's decision: only the court gives a direction.

    ``eligible`` is True, False, or None for unknown; ``grounds`` holds every ground that was law on the day and
    ``measures`` every measure, each with its finding.
    """

    victim: str
    on: date
    law: SpecialMeasuresLaw
    _eligibility: Finding
    grounds: tuple[GroundFinding, ...]
    measures: tuple[MeasureFinding, ...]
    _setting: Setting = field(eq=False)
    _person: Person = field(eq=False)

    def __repr__(self) -> str:
        return one_line(f"<SpecialMeasures {self.victim} on {self.on}: eligible {truth_word(self.eligible)}>")

    def __str__(self) -> str:
        return self.explain().summary

    @property
    def eligible(self) -> Truth:
        """Whether the victim is eligible for assistance as a witness."""
        return self._eligibility.truth

    @property
    def open_measures(self) -> tuple[str, ...]:
        """The measures that the court may give this witness, by identifier."""
        return tuple(found.measure.id for found in self.measures if found.finding.truth)

    @property
    def used_facts(self) -> tuple[str, ...]:
        """The facts the answers rest on."""
        return _names([self._eligibility.used, *(found.finding.used for found in self.measures)])

    @property
    def missing_facts(self) -> tuple[MissingFact, ...]:
        """What is not known and keeps an answer open, each with its question."""
        unsure = self._eligibility.missing
        return tuple(
            load_vocabulary().missing(name, victim=self.victim, decides=[ELIGIBLE if name in unsure else MEASURES])
            for name in self._missing
        )

    @property
    def _missing(self) -> tuple[str, ...]:
        """The names of what is not known."""
        return _names([self._eligibility.missing, *(found.finding.missing for found in self.measures)])

    def explain(self) -> Explanation:
        """Why, ground by ground and measure by measure: a tree of steps, built when it is asked for."""
        return _explain(self)

    def _repr_html_(self) -> str | None:
        return self.explain()._repr_html_()

    def to_dict(self) -> PlainSpecialMeasures:
        """The eligibility as plain values, as it stands in the JSON result."""
        return {
            "victim": self.victim,
            "on": self.on.isoformat(),
            "what_it_is": self.law.what_it_is,
            "eligible": truth_word(self.eligible),
            "grounds": [found.to_dict() for found in self.grounds],
            "measures": [found.to_dict() for found in self.measures],
            "used_facts": list(self.used_facts),
            "missing_facts": list(self._missing),
        }


def _names(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def special_measures_of(
    people: Sequence[Person], setting: Setting, on: date | None = None
) -> tuple[SpecialMeasures, ...]:
    """The eligibility of every victim on a day.

    Without a day it is the last one on which a court decided on special measures, or the date of assessment (reading
    *special-measures-day*).
    """
    law = setting.law.related.special_measures
    return tuple(_of(person, law, on or _day(person, setting), setting) for person in people)


def _day(person: Person, setting: Setting) -> date:
    record, victim = setting.record, person.victim.reference
    decided = [event.on for event in record.all_of(_DECIDED) if record.case.concerns(event, victim)]
    return max(decided, default=setting.as_at)


def _of(person: Person, law: SpecialMeasuresLaw, on: date, setting: Setting) -> SpecialMeasures:
    lookup = person.known.at(on)
    witness = law.witness_when.find(lookup)
    grounds = tuple(
        GroundFinding(ground=ground, finding=all_found([witness, ground.when.find(lookup)]))
        for ground in law.grounds
        if ground.holds_on(on)
    )
    eligible = [found.finding for found in grounds if law.group(found.ground.group).eligible]
    return SpecialMeasures(
        victim=person.victim.reference,
        on=on,
        law=law,
        eligibility=any_found(eligible),
        grounds=grounds,
        measures=tuple(_measure(measure, grounds, lookup, on) for measure in law.measures),
        setting=setting,
        person=person,
    )


def _measure(measure: Measure, grounds: Sequence[GroundFinding], lookup: Lookup, on: date) -> MeasureFinding:
    """Open if some ground gives it, it was available on that ground, and what else it needs is there."""
    ways: list[tuple[Finding, GroundFinding, Availability]] = []
    for available in measure.available:
        if not available.holds_on(on):
            continue
        rule = Finding(True) if available.when is None else available.when.find(lookup)
        ways += [
            (all_found([found.finding, rule]), found, available) for found in grounds if available.covers(found.ground)
        ]
    given = any_found([way for way, _, _ in ways])
    finding = given
    if measure.only_if:
        needs = [need.when.find(lookup) for need in measure.only_if if need.holds_on(on)]
        finding = all_found([given, any_found(needs)])
    deciding = [(found, rule) for way, found, rule in ways if way.truth is given.truth and finding.truth is not False]
    return MeasureFinding(
        measure=measure,
        finding=finding,
        through=tuple(dict.fromkeys(found for found, _ in deciding)),
        available=tuple(dict.fromkeys(rule for _, rule in deciding)),
    )


# --- The explanation: ground by ground, and measure by measure ---------------------------------------------------


def _explain(measures: SpecialMeasures) -> Explanation:
    """Who is eligible on which ground and for which measures, and what that is not."""
    law, source = measures.law, measures._setting.law
    steps = (
        Step(
            kind="scheme",
            statement=f"{law.title}. {law.what_it_is}",
            because=tuple(_statements(measures)),
            cites=tuple(quote(citation, source) for citation in law.cites),
            evidence=law.evidence,
            readings=law.readings,
        ),
        Step(
            kind="applies",
            statement=f"It is looked at as on {format_date(measures.on)}.",
            because=tuple(_facts(measures, law.witness_when.find(measures._person.known.at(measures.on)))),
        ),
        *(_ground_step(found, measures) for found in measures.grounds),
        *(_measure_step(found, measures) for found in measures.measures),
        *_not_counted(measures),
        Step(kind="status", statement=_answer(measures)),
    )
    summary = f"Special measures for {measures.victim} on {format_date(measures.on)}: {_answer(measures)}"
    return explained(source, summary, steps)


def _not_counted(measures: SpecialMeasures) -> Iterator[Step]:
    """Decisions of the court that would set the day if they counted."""
    record, as_at = measures._setting.record, measures._setting.as_at
    for event in record.not_counted.all_of(_DECIDED) if record.uncounted else ():
        if record.case.concerns(event, measures.victim):
            yield Step(kind="not-counted", statement=happened_uncounted(event, as_at), readings=("corrections",))


def _statements(measures: SpecialMeasures) -> Iterator[Step]:
    for statement in measures.law.statements:
        cites = tuple(quote(citation, measures._setting.law) for citation in statement.cites)
        yield Step(kind="note", statement=statement.statement, cites=cites, evidence=statement.evidence)


def _ground_step(found: GroundFinding, measures: SpecialMeasures) -> Step:
    ground = found.ground
    by = "without a finding by the court" if ground.automatic else "if the court finds so"
    own = ground.when.find(measures._person.known.at(measures.on))
    note = [Step(kind="note", statement=ground.note)] if ground.note and own.truth is not False else []
    return Step(
        kind="ground",
        statement=f"{ground.section}, {ground.title} ({by}): {_HOLDS[found.finding.truth]}.",
        because=(*_facts(measures, own), *note),
        cites=tuple(quote(citation, measures._setting.law) for citation in ground.cites),
        evidence=ground.evidence,
        readings=ground.readings,
    )


def _measure_step(found: MeasureFinding, measures: SpecialMeasures) -> Step:
    measure, law = found.measure, measures._setting.law
    grounds = ", ".join(ground.ground.section for ground in found.through)
    through = f" through {grounds}" if grounds else ""
    readings = tuple(dict.fromkeys(name for rule in found.available for name in rule.readings))
    cites = (*measure.cites, *(citation for rule in found.available for citation in rule.cites))
    notes = [rule.note for rule in found.available if rule.note] if found.finding.truth is not False else []
    return Step(
        kind="measure",
        statement=f"{measure.title} ({measure.section}): {_OPEN[found.finding.truth]}{through}. {measure.says}",
        because=(
            *_facts(measures, Finding(None, (), found.finding.missing)),
            *(Step(kind="note", statement=note) for note in dict.fromkeys(notes)),
        ),
        cites=tuple(dict.fromkeys(quote(citation, law) for citation in cites)),
        evidence=_weakest(found),
        readings=readings,
    )


def _weakest(found: MeasureFinding) -> Evidence:
    """How sure the answer is: no surer than the rule on availability it rests on."""
    levels = list(Evidence)
    return max((found.measure.evidence, *(rule.evidence for rule in found.available)), key=levels.index)


def _facts(measures: SpecialMeasures, finding: Finding) -> Iterator[Step]:
    return fact_steps(measures._person.known, finding.used, finding.missing, measures.on)


def _answer(measures: SpecialMeasures) -> str:
    if measures.eligible:
        names = [found.measure.title.lower() for found in measures.measures if found.finding.truth]
        may = [found.measure.title.lower() for found in measures.measures if found.finding.truth is None]
        also = f" Not known: {', '.join(may)}." if may else ""
        return f"{measures.victim} is eligible. The court may give: {', '.join(names) or 'none so far'}.{also}"
    if measures.eligible is False:
        return f"{measures.victim} is not eligible under sections 16 and 17."
    asked = load_vocabulary().need_to_know(measures._eligibility.missing, victim=measures.victim)
    return f"It is not known whether {measures.victim} is eligible. {asked}"
