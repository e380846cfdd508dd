"""A service for victims: who provides and pays for it, where, for whom, and the rules it is held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.rules import RecordRule, RuleFinding, RuleOutcome
from victims_code.commissioning.services.needs import NeedName
from victims_code.commissioning.validators import all_different, in_order, never, sum_to, word
from victims_code.conditions import Condition, Truth, Value
from victims_code.dates import Moment, civil_date, full_months
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.sources import Sourced


class Arrangement(StrEnum):
    """How a service is paid for: by grant, by contract, or by no public body at all."""

    GRANT = "grant"
    CONTRACT = "contract"
    NOT_COMMISSIONED = "not-commissioned"


@frozen(kw_only=True)
class ServiceVocabulary:
    """The kinds of service, the groups of victims and the tiers, each by identifier with its title."""

    kinds: Mapping[str, str]
    groups: Mapping[str, str]
    tiers: Mapping[str, str]


@frozen(kw_only=True)
class _VocabularyFile(Sourced):
    kinds: tuple[Word, ...]
    groups: tuple[Word, ...]
    tiers: tuple[Word, ...]


@cache
def service_vocabulary() -> ServiceVocabulary:
    """The words that services are described in.

    :raises LawDataError: if the data is broken.
    """
    read = DataFile.open("commissioning/service-vocabulary.yaml").one(_VocabularyFile)
    kinds, groups, tiers = ({word.id: word.title for word in words} for words in (read.kinds, read.groups, read.tiers))
    return ServiceVocabulary(kinds=kinds, groups=groups, tiers=tiers)


VictimGroup = Annotated[str, word("group of victims", lambda: service_vocabulary().groups)]
_ServiceKind = Annotated[str, word("kind of service", lambda: service_vocabulary().kinds)]
_Tier = Annotated[str, word("tier", lambda: service_vocabulary().tiers)]


@frozen(kw_only=True)
class CoCommissioner(CommissioningRecord):
    """A body that commissions a service with others, and its share of a pooled budget as a part of one."""

    body: str
    share: Decimal | None = None


@frozen(kw_only=True)
class EvidenceBase(CommissioningRecord):
    """What a service rests on; a date is the day of the work, and None that the record does not say."""

    needs_assessed_on: date | None = None
    engaged_on: date | None = None
    existing_services_mapped_on: date | None = None
    outcomes: tuple[str, ...] | None = None
    note: str | None = None


@frozen(kw_only=True)
class Service(CommissioningRecord):
    """A service for victims, commissioned or not.

    Whether something holds of a service is true, false, or None where the record does not say. What the record does not
    say is never taken for an answer.

    :param reference: how the directory calls it.
    :param kind: what sort of service it is; see :func:`service_vocabulary`.
    :param arrangement: grant, contract, or not-commissioned.
    :param commissioner: who pays; for a national service the department.
    :param areas: police areas it serves, or empty if it is ``national``.
    :param force_wide: whether it is open to everybody in those areas; ``within`` names the parts if not.
    :param groups: groups of victims it is for; empty if the record does not say, ``everybody`` true if it is for all.
    :param needs: categories of need it meets; None if the record does not say.
    :raises CommissioningError: with every fault.

    >>> service = Service(reference="VAL", name="Victim Advice Line", kind="front-door", provider="West Mercia Police",
    ...                   arrangement=Arrangement.GRANT, commissioner="PCC for West Mercia", areas=("west-mercia",))
    >>> Service.from_dict(service.to_dict()) == service
    True
    """

    reference: str
    name: str
    kind: _ServiceKind
    provider: str
    arrangement: Arrangement
    commissioner: str | None = None
    national: bool = False
    areas: tuple[AreaName, ...] = ()
    within: tuple[str, ...] = ()
    force_wide: bool | None = None
    pilot: bool | None = None
    local_need: bool | None = None
    local_need_named: str | None = None
    co_commissioners: tuple[CoCommissioner, ...] = ()
    tier: _Tier | None = None
    groups: tuple[VictimGroup, ...] = ()
    everybody: bool | None = None
    needs: tuple[NeedName, ...] | None = None
    free: bool | None = None
    confidential: bool | None = None
    open_to_unreported: bool | None = None
    before_proceedings: bool | None = None
    during_proceedings: bool | None = None
    after_proceedings: bool | None = None
    code_on_website: bool | None = None
    welsh_language_offer: bool | None = None
    restorative_parts: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    """Co-dependencies: references of other services, or other bodies, that it takes referrals from or passes to."""
    evidence_base: EvidenceBase = field(factory=EvidenceBase)
    equality_assessed_on: date | None = None
    equality_assessed: bool | None = None
    since: date | None = None
    until: date | None = None
    website: str | None = None
    note: str | None = None

    checks = (
        never(
            "areas",
            lambda service: service.national and service.areas,
            faults.NATIONAL_WITH_AREAS,
        ),
        never(
            "areas",
            lambda service: not service.national and not service.areas,
            faults.SERVICE_WITHOUT_A_PLACE,
        ),
        never(
            "commissioner",
            lambda service: service.commissioner and not service.commissioned,
            faults.COMMISSIONER_OF_NOTHING,
        ),
        never(
            "commissioner",
            lambda service: service.commissioned and not service.commissioner,
            faults.NO_COMMISSIONER_NAMED,
        ),
        never(
            "co_commissioners[].share",
            lambda partner: partner.share is not None and not 0 < partner.share <= 1,
            faults.NOT_A_SHARE,
        ),
        sum_to(
            "co_commissioners[].share",
            lambda _service: Decimal(1),
            faults.SHARES_DO_NOT_MAKE_ONE,
        ),
        never(
            "co_commissioners",
            lambda service: len({partner.share is None for partner in service.co_commissioners}) > 1,
            faults.SHARES_OF_SOME,
        ),
        all_different("co_commissioners[].body"),
        never(
            "within",
            lambda service: service.force_wide and service.within,
            faults.FORCE_WIDE_AND_WITHIN,
        ),
        never(
            "local_need",
            lambda service: service.local_need_named and service.local_need is False,
            faults.LOCAL_NEED_DENIED,
        ),
        never(
            "groups",
            lambda service: service.everybody and service.groups,
            faults.EVERYBODY_AND_GROUPS,
        ),
        in_order("since", "until"),
        never(
            "equality_assessed",
            lambda service: service.equality_assessed is False and service.equality_assessed_on is not None,
            faults.EQUALITY_ASSESSED_AND_NOT,
        ),
    )

    @property
    def commissioned(self) -> bool:
        """Whether a public body pays for it."""
        return self.arrangement is not Arrangement.NOT_COMMISSIONED

    @property
    def answers_local_need(self) -> Truth:
        """Whether it answers a local need, by a plain word or by naming it."""
        return True if self.local_need_named else self.local_need

    @checked
    def runs_on(self, on: Moment) -> bool:
        """Whether it runs on a day, as far as its dates say."""
        day = civil_date(on)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @checked
    def serves(self, area: AreaName) -> bool:
        """Whether it serves a police area, or a part of it."""
        return self.national or area in self.areas

    @checked
    def is_for(self, group: VictimGroup) -> Truth:
        """Whether it is for a group of victims; None where the record does not say."""
        if self.everybody or group in self.groups:
            return True
        return False if self.groups else None

    @checked
    def meets(self, need: NeedName) -> Truth:
        """Whether it meets a category of need; None where the record does not say."""
        return None if self.needs is None else need in self.needs


@frozen(kw_only=True)
class ServiceRule(RecordRule):
    """A rule that services are held to, as data."""

    holds_when: Condition
    otherwise: str
    hint: str
    applies_when: Condition | None = None


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
        "repeats-another": None if rivals is None else _any(_same_work(service, other, day) for other in rivals),
        "equality-assessed": made,
        "months-since-equality-assessment": None if assessed is None else full_months(assessed, day),
        "in-wales": any(police_areas()[area].country == "wales" for area in service.areas) or service.national,
        "welsh-language-offer": service.welsh_language_offer,
    }


def _any(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else None if None in found else False


def _same_work(service: Service, other: Service, on: date) -> Truth:
    """Whether another commissioned service of the kind runs for the same groups in the same place.

    It is not known where a record does not say for whom the service is, or whether it is open to the whole area.
    """
    here = service.national or other.national or set(service.areas) & set(other.areas)
    both = service.commissioned and other.commissioned and service.kind == other.kind
    if not (both and here and service.runs_on(on) and other.runs_on(on)):
        return False
    parts: Truth = True
    if service.within and other.within:
        parts = bool(set(service.within) & set(other.within))
    elif service.within or other.within:
        whole = other if service.within else service
        parts = True if whole.national or whole.force_wide else None
    people: Truth = bool(service.everybody and other.everybody) or bool(set(service.groups) & set(other.groups))
    if any(not one.everybody and not one.groups for one in (service, other)):
        people = None
    return False if False in (parts, people) else None if None in (parts, people) else True


@checked
def check_service(
    service: Service, *, as_at: Moment, others: Iterable[Service] | None = None
) -> tuple[RuleFinding, ...]:
    """Every rule that a service breaks, or of which its record does not say enough, in the order of the rules.

    A service that has ended is held to none.

    :param as_at: the day of the check.
    :param others: the services of the directory, so that duplication can be seen; None if they are not known.

    >>> from datetime import date
    >>> from victims_code.commissioning.services.service import Arrangement
    >>> service = Service(reference="S1", name="Outreach in Ludlow", kind="outreach", provider="A charity",
    ...                   arrangement=Arrangement.GRANT, commissioner="PCC for West Mercia", areas=("west-mercia",),
    ...                   force_wide=False, pilot=False, local_need=False)
    >>> print(check_service(service, as_at=date(2026, 4, 1))[0])
    S1: The service is not force-wide, is no pilot, and answers no local need. Open it to the whole force area, run it
    as a pilot, or name the local need it answers. [force-wide-unless-pilot-or-local-need, must]
    """
    if service.until is not None and service.until < civil_date(as_at):
        return ()
    if service.until is not None and service.until < civil_date(as_at):
        return ()
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
