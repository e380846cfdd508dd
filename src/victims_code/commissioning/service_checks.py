"""What a service is held to: rules in ``service-rules.yaml``, evaluated over the facts of its record.

A rule that does not hold is a finding with what is the matter and the way out. A rule that cannot be decided, because
the record does not state a fact, is a finding that names the fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.areas import police_areas
from victims_code.commissioning.findings import RuleFinding, RuleOutcome
from victims_code.commissioning.services import Service
from victims_code.conditions import Condition, Value
from victims_code.dates import Moment, civil_date, full_months
from victims_code.law import Citation, Evidence, Force
from victims_code.reading.data_files import DataFile, by_id

__all__ = ["ServiceRule", "check_service", "service_facts", "service_rules"]


@frozen(kw_only=True)
class ServiceRule:
    """A rule that services are held to, as data."""

    id: str
    statement: str
    severity: Force
    holds_when: Condition
    otherwise: str
    hint: str
    cites: tuple[Citation, ...]
    evidence: Evidence
    applies_when: Condition | None = None
    note: str | None = None


@frozen(kw_only=True)
class _Question:
    id: str
    question: str


@frozen(kw_only=True)
class _RulesFile:
    facts: tuple[_Question, ...]
    rules: tuple[ServiceRule, ...]


@cache
def _read() -> tuple[Mapping[str, str], Mapping[str, ServiceRule]]:
    file = DataFile.open("commissioning/service-rules.yaml")
    read = file.one(_RulesFile)
    questions = {fact.id: fact.question for fact in read.facts}
    for n, rule in enumerate(read.rules):
        for key, condition in (("holds_when", rule.holds_when), ("applies_when", rule.applies_when)):
            for name in condition.facts() if condition else ():
                file.unknown(("rules", n, key), "fact of a service", name, questions)
    file.finish()
    return questions, by_id(read.rules)


def service_rules() -> Mapping[str, ServiceRule]:
    """The rules that services are held to, by identifier.

    :raises LawDataError: if the data is broken.
    """
    return _read()[1]


@checked
def service_facts(
    service: Service, *, as_at: Moment, others: Iterable[Service] | None = None
) -> Mapping[str, Value | None]:
    """The facts of a service that rules ask for, on a day; None where the record does not say.

    :param others: the services of the directory, for duplication; None if they are not known.
    """
    day = civil_date(as_at)
    base, assessed = service.evidence_base, service.equality_assessed_on
    if assessed is not None and assessed > day:
        assessed = None
    made: bool | None = True if assessed is not None else service.equality_assessed
    rivals = None if others is None else [other for other in others if other.reference != service.reference]
    return {
        "commissioned": service.commissioned,
        "force-wide": True if service.national else False if service.within else service.force_wide,
        "pilot": service.pilot,
        "local-need": service.answers_local_need,
        "open-to-unreported": service.open_to_unreported,
        "code-on-website": service.code_on_website,
        "free": service.free,
        "confidential": service.confidential,
        "before-proceedings": service.before_proceedings,
        "during-proceedings": service.during_proceedings,
        "after-proceedings": service.after_proceedings,
        "needs-assessed": True if base.needs_assessed_on is not None and base.needs_assessed_on <= day else None,
        "engagement-done": True if base.engaged_on is not None and base.engaged_on <= day else None,
        "outcomes-stated": None if base.outcomes is None else bool(base.outcomes),
        "existing-services-mapped": True
        if base.existing_services_mapped_on is not None and base.existing_services_mapped_on <= day
        else None,
        "repeats-another": None if rivals is None else any(_same_work(service, other, day) for other in rivals),
        "equality-assessed": made,
        "months-since-equality-assessment": None if assessed is None else full_months(assessed, day),
        "in-wales": any(police_areas()[area].country == "wales" for area in service.areas) or service.national,
        "welsh-language-offer": service.welsh_language_offer,
    }


def _same_work(service: Service, other: Service, on: date) -> bool:
    """Whether another commissioned service of the kind runs for the same groups in the same place."""
    here = service.national or other.national or set(service.areas) & set(other.areas)
    parts = not service.within or not other.within or set(service.within) & set(other.within)
    people = (service.everybody and other.everybody) or set(service.groups) & set(other.groups)
    both = service.commissioned and other.commissioned and service.kind == other.kind
    return bool(both and here and parts and people and service.runs_on(on) and other.runs_on(on))


@checked
def check_service(
    service: Service, *, as_at: Moment, others: Iterable[Service] | None = None
) -> tuple[RuleFinding, ...]:
    """Every rule that a service breaks, or of which its record does not say enough, in the order of the rules.

    :param as_at: the day of the check.
    :param others: the services of the directory, so that duplication can be seen; None if they are not known.

    >>> from datetime import date
    >>> from victims_code.commissioning.services import Arrangement
    >>> service = Service(reference="S1", name="Outreach in Ludlow", kind="outreach", provider="A charity",
    ...                   arrangement=Arrangement.GRANT, commissioner="PCC for West Mercia", areas=("west-mercia",),
    ...                   force_wide=False, pilot=False, local_need=False)
    >>> print(check_service(service, as_at=date(2026, 4, 1))[0])
    S1: The service is not force-wide, is no pilot, and answers no local need. Open it to the whole force area, run it
    as a pilot, or name the local need it answers. [force-wide-unless-pilot-or-local-need, must]
    """
    return tuple(_findings(service, service_facts(service, as_at=as_at, others=others)))


def _findings(service: Service, facts: Mapping[str, Value | None]) -> Iterator[RuleFinding]:
    questions, rules = _read()
    for rule in rules.values():
        applies = rule.applies_when.find(facts.get) if rule.applies_when else None
        if applies is not None and applies.truth is False:
            continue
        found = rule.holds_when.find(facts.get)
        if found.truth is True:
            continue
        missing = (*found.missing, *(applies.missing if applies is not None else ()))
        open_ = found.truth is None or bool(applies is not None and applies.truth is None)
        asked = " ".join(questions[name] for name in missing)
        yield RuleFinding(
            rule=rule.id,
            outcome=RuleOutcome.CANNOT_TELL if open_ else RuleOutcome.BROKEN,
            severity=rule.severity,
            message=f"The record does not say enough. {rule.statement}" if open_ else rule.otherwise,
            hint=f"Answer: {asked}" if open_ else rule.hint,
            evidence=rule.evidence,
            about=service.reference,
            missing=missing,
            sources=tuple(citation.source for citation in rule.cites),
        )
