"""Building the explanation of special measures, ground by ground and measure by measure.

All sentences of such an explanation stand here, so that the wording can be reviewed as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.assessment.explaining import fact_steps
from victims_code.assessment.explaining_events import happened_uncounted
from victims_code.assessment.explanation import Explanation, Step, explained, quote
from victims_code.assessment.special_measures import DECIDED, GroundFinding, MeasureFinding, SpecialMeasures
from victims_code.conditions import Finding
from victims_code.dates import format_date
from victims_code.law import Evidence
from victims_code.vocabulary import load_vocabulary

__all__ = ["explain_special_measures"]

_HOLDS = {True: "holds", False: "does not hold", None: "may hold"}
_OPEN = {True: "open to this witness", False: "not open to this witness", None: "not known"}


def explain_special_measures(measures: SpecialMeasures) -> Explanation:
    """Who is eligible on which ground and for which measures, and what that is not."""
    law, source = measures.law, measures.setting.law
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
            because=tuple(_facts(measures, law.witness_when.find(measures.person.known.at(measures.on)))),
        ),
        *(_ground(found, measures) for found in measures.grounds),
        *(_measure(found, measures) for found in measures.measures),
        *_not_counted(measures),
        Step(kind="status", statement=_answer(measures)),
    )
    return explained(source, _summary(measures), steps)


def _not_counted(measures: SpecialMeasures) -> Iterator[Step]:
    """Decisions of the court that would set the day if they counted."""
    record, as_at = measures.setting.record, measures.setting.as_at
    for event in record.not_counted.all_of(DECIDED) if record.uncounted else ():
        if record.case.concerns(event, measures.victim):
            yield Step(kind="not-counted", statement=happened_uncounted(event, as_at), readings=("corrections",))


def _statements(measures: SpecialMeasures) -> Iterator[Step]:
    for statement in measures.law.statements:
        cites = tuple(quote(citation, measures.setting.law) for citation in statement.cites)
        yield Step(kind="note", statement=statement.statement, cites=cites, evidence=statement.evidence)


def _ground(found: GroundFinding, measures: SpecialMeasures) -> Step:
    ground = found.ground
    by = "without a finding by the court" if ground.automatic else "if the court finds so"
    own = ground.when.find(measures.person.known.at(measures.on))
    note = [Step(kind="note", statement=ground.note)] if ground.note and own.truth is not False else []
    return Step(
        kind="ground",
        statement=f"{ground.section}, {ground.title} ({by}): {_HOLDS[found.finding.truth]}.",
        because=(*_facts(measures, own), *note),
        cites=tuple(quote(citation, measures.setting.law) for citation in ground.cites),
        evidence=ground.evidence,
        readings=ground.readings,
    )


def _measure(found: MeasureFinding, measures: SpecialMeasures) -> Step:
    measure, law = found.measure, measures.setting.law
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
    return fact_steps(measures.person.known, finding.used, finding.missing, measures.on)


def _answer(measures: SpecialMeasures) -> str:
    if measures.eligible:
        names = [found.measure.title.lower() for found in measures.measures if found.finding.truth]
        may = [found.measure.title.lower() for found in measures.measures if found.finding.truth is None]
        also = f" Not known: {', '.join(may)}." if may else ""
        return f"{measures.victim} is eligible. The court may give: {', '.join(names) or 'none so far'}.{also}"
    if measures.eligible is False:
        return f"{measures.victim} is not eligible under sections 16 and 17."
    asked = load_vocabulary().need_to_know(measures.eligibility.missing, victim=measures.victim)
    return f"It is not known whether {measures.victim} is eligible. {asked}"


def _summary(measures: SpecialMeasures) -> str:
    return f"Special measures for {measures.victim} on {format_date(measures.on)}: {_answer(measures)}"
