"""A service for victims: who provides and pays for it, where, for whom, and the rules it is held to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.powers.places import PlaceName, place
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RecordRule, RuleFinding, RuleOutcome, finding, rule
from victims_code.commissioning.services.needs import NeedName
from victims_code.commissioning.services.reach import Cost, Opening, Phone, ServiceContact, ServiceLocation
from victims_code.commissioning.services.words import AccessName, KindName, LanguageName, TierName, VictimGroup
from victims_code.commissioning.validators import all_different, in_order, never, sum_to
from victims_code.conditions import Condition, Truth, Value
from victims_code.dates import Moment, add_months, civil_date, format_date, full_months
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced
from victims_code.reading.structuring import Contradiction


class Arrangement(StrEnum):
    """How a service is paid for: by grant, by contract, in a public body's own house, or by no public body at all."""

    GRANT = "grant"
    CONTRACT = "contract"
    IN_HOUSE = "in-house"
    NOT_COMMISSIONED = "not-commissioned"


class ServiceStatus(StrEnum):
    """What the directory says of a service beyond its dates."""

    ACTIVE = "active"
    TEMPORARILY_CLOSED = "temporarily-closed"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"


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
    :param kind: what sort of service it is; ``service_vocabulary()`` lists them. None if the record does not say.
    :param arrangement: grant, contract, in-house or not-commissioned; None if the record does not say.
    :param commissioner: who pays; for a national service the department.
    :param areas: police areas it serves, or empty if it is ``national``.
    :param objectives: the objectives of the strategy that it serves, by their references.
    :param force_wide: whether it is open to everyone in those areas; ``within`` names the parts if not: local
        authorities, counties or partnerships by name or ONS code, or a town as ``Ludlow, Shropshire``.
    :param groups: groups of victims it is for; empty if the record does not say, ``everybody`` true if it is for all.
    :param needs: categories of need it meets; None if the record does not say.
    :param languages: languages it is offered in, by code or name; None if the record does not say.
    :param access: ways of access it offers anywhere; each location may have more. None if the record does not say.
    :param assured_on: the day on which the entry was last checked, and ``assured_by`` the address of who checked it.
    :raises CommissioningError: with every fault.

    >>> service = Service(reference="VAL", name="Victim Advice Line", kind="front-door", provider="West Mercia Police",
    ...                   arrangement=Arrangement.GRANT, commissioner="PCC for West Mercia", areas=("west-mercia",))
    >>> Service.from_dict(service.to_dict()) == service
    True
    """

    reference: str
    name: str
    provider: str
    kind: KindName | None = None
    arrangement: Arrangement | None = None
    commissioner: str | None = None
    national: bool = False
    areas: tuple[AreaName, ...] = ()
    within: tuple[PlaceName, ...] = ()
    force_wide: bool | None = None
    pilot: bool | None = None
    local_need: bool | None = None
    local_need_named: str | None = None
    co_commissioners: tuple[CoCommissioner, ...] = ()
    tier: TierName | None = None
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
    objectives: tuple[str, ...] = ()
    until: date | None = None
    status: ServiceStatus | None = None
    description: str | None = None
    website: str | None = None
    email: str | None = None
    phones: tuple[Phone, ...] = ()
    contacts: tuple[ServiceContact, ...] = ()
    openings: tuple[Opening, ...] = ()
    locations: tuple[ServiceLocation, ...] = ()
    languages: tuple[LanguageName, ...] | None = None
    access: tuple[AccessName, ...] | None = None
    costs: tuple[Cost, ...] = ()
    eligibility: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    assured_on: date | None = None
    assured_by: str | None = None
    note: str | None = None

    def _parts_lie_in_its_areas(self) -> Iterator[Contradiction]:
        for n, name in each(self, "within"):
            if self.areas and not set(place(name).areas) & set(self.areas):
                lies_in = " and ".join(place(name).areas)
                yield Contradiction(("within", n), faults.PART_OF_ANOTHER_AREA.at(place=name, area=lies_in))

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
            lambda service: service.commissioner and service.commissioned is False,
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
        all_different("within[]"),
        _parts_lie_in_its_areas,
        never(
            "maximum_age",
            lambda service: (
                service.minimum_age is not None
                and service.maximum_age is not None
                and service.maximum_age < service.minimum_age
            ),
            faults.OLDEST_YOUNGER_THAN_YOUNGEST,
        ),
        never("costs", lambda service: service.free and any(c.amount for c in service.costs), faults.FREE_AND_COSTS),
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
    def commissioned(self) -> Truth:
        """Whether a public body pays for it; None where the record does not say."""
        return None if self.arrangement is None else self.arrangement is not Arrangement.NOT_COMMISSIONED

    @property
    def answers_local_need(self) -> Truth:
        """Whether it answers a local need, by a plain word or by naming it."""
        return True if self.local_need_named else self.local_need

    @checked
    def runs_on(self, on: Moment) -> bool:
        """Whether it runs on a day, as far as its dates and its status say."""
        day = civil_date(on)
        if self.status not in (None, ServiceStatus.ACTIVE):
            return False
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @checked
    def serves(self, area: AreaName) -> bool:
        """Whether it serves a police area, or a part of it."""
        return self.national or area in self.areas

    @checked
    def serves_place(self, name: PlaceName) -> Truth:
        """Whether it is open to all of a place; None where the record does not say, or it is open to a part of it.

        >>> outreach = Service(reference="S1", name="Outreach", provider="A charity", areas=("west-mercia",),
        ...                    within=("Worcestershire", "Ludlow, Shropshire"))
        >>> outreach.serves_place("Redditch"), outreach.serves_place("Telford and Wrekin")
        (True, False)
        >>> print(outreach.serves_place("Shropshire"))
        None
        """
        asked = place(name)
        if self.national:
            return True
        if not set(asked.areas) & set(self.areas):
            return False
        if not self.within:
            return True if self.force_wide and set(asked.areas) <= set(self.areas) else None
        found = [place(part).covers(asked) for part in self.within]
        together = {
            authority for part in self.within if place(part).locality is None for authority in place(part).authorities
        }
        if True in found or together >= set(asked.authorities):
            return True
        return None if None in found else False

    @checked
    def speaks(self, language: LanguageName) -> Truth:
        """Whether it is offered in a language; None where the record does not say."""
        if language == "cy" and self.welsh_language_offer is not None:
            return self.welsh_language_offer
        return None if self.languages is None else language in self.languages

    @checked
    def offers(self, access: AccessName) -> Truth:
        """Whether it offers a way of access, everywhere or at a location; None where the record does not say."""
        stated = [listed for listed in (self.access, *(one.access for one in self.locations)) if listed is not None]
        return any(access in listed for listed in stated) if stated else None

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

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is due for a service that runs: its equality impact assessment, and the next check of its entry."""
        return by_day(self._due(on)) if self.runs_on(on) else ()

    def _due(self, on: date) -> Iterator[DueItem]:
        assessed, checked_on = self.equality_assessed_on, self.assured_on
        if self.commissioned and (assessed is not None or self.equality_assessed is False):
            last = None if assessed is None else add_months(assessed, 12) - timedelta(days=1)
            what = f"Make the equality impact assessment of {self.name} anew."
            yield DueItem(day=last, what=what, about=self.reference, kind=DueKind.ASSESSMENT)
        if checked_on is not None:
            last = add_months(checked_on, rule("entries-checked").numbers["months"])
            what = f"Check the directory entry of {self.name} with {self.provider}."
            yield DueItem(day=last, what=what, about=self.reference, kind=DueKind.REVIEW)


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
    for n, one in enumerate(read.rules):
        for key, condition in (("holds_when", one.holds_when), ("applies_when", one.applies_when)):
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
    both = service.commissioned is not False and other.commissioned is not False
    like = service.kind == other.kind or None in (service.kind, other.kind)
    if not (both and like and here and service.runs_on(on) and other.runs_on(on)):
        return False
    if None in (service.kind, other.kind, service.commissioned, other.commissioned):
        return None
    parts: Truth = True
    if service.within and other.within:
        parts = any(place(one).covers(place(two)) is not False for one in service.within for two in other.within)
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

    >>> from datetime import date, timedelta
    >>> from victims_code.commissioning.services.service import Arrangement
    >>> service = Service(reference="S1", name="Outreach in Ludlow", kind="outreach", provider="A charity",
    ...                   arrangement=Arrangement.GRANT, commissioner="PCC for West Mercia", areas=("west-mercia",),
    ...                   force_wide=False, pilot=False, local_need=False)
    >>> print(check_service(service, as_at=date(2026, 4, 1))[0])
    S1: The service is not force-wide, is not a pilot, and does not meet a local need. Open it to the whole force area,
    run it as a pilot, or name the local need it answers. [force-wide-unless-pilot-or-local-need, must]
    """
    if service.status is ServiceStatus.DEFUNCT or (service.until is not None and service.until < civil_date(as_at)):
        return ()
    found = _findings(service, service_facts(service, as_at=as_at, others=others))
    return (*found, *_former_names(service, civil_date(as_at)))


def _former_names(service: Service, on: date) -> Iterator[RuleFinding]:
    """The bodies of a service that have another name, or are there no more, on a day."""
    bodies = [service.provider, service.commissioner or "", *(one.body for one in service.co_commissioners)]
    for former in former_bodies(" / ".join(bodies), on=on):
        yield finding("bodies-as-they-are-called-now", former.message, former.hint, about=service.reference)


@frozen(kw_only=True)
class FormerBody(Sourced):
    """A body or service that ended or has another name since a day, and what is there in its place."""

    id: str
    title: str
    names: tuple[str, ...]
    until: date
    now: str

    @property
    def message(self) -> str:
        """What is out of date."""
        return f"{self.title} ended on {format_date(self.until)}."

    @property
    def hint(self) -> str:
        """What there is in its place."""
        return f"Name {self.now}."


@cache
def _former() -> tuple[FormerBody, ...]:
    file = DataFile.open("commissioning/former-bodies.yaml")
    read = file.all(FormerBody)
    file.finish()
    return read


@checked
def former_bodies(text: str, *, on: Moment) -> tuple[FormerBody, ...]:
    """The bodies named in a text that are there no more on a day.

    >>> [body.now for body in former_bodies("Funded with NHS Shropshire CCG", on=date(2026, 4, 1))]
    ['the integrated care board']
    >>> former_bodies("Funded with NHS Shropshire CCG", on=date(2020, 4, 1))
    ()
    """
    day = civil_date(on)
    return tuple(
        body
        for body in _former()
        if body.until < day
        and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in body.names)
    )


def _findings(service: Service, facts: Mapping[str, Value | None]) -> Iterator[RuleFinding]:
    questions, rules = _read()
    for rule_ in rules.values():
        applies = rule_.applies_when.find(facts.get) if rule_.applies_when else None
        if applies is not None and applies.truth is False:
            continue
        found = rule_.holds_when.find(facts.get)
        if found.truth is True:
            continue
        missing = (*found.missing, *(applies.missing if applies is not None else ()))
        open_ = found.truth is None or bool(applies is not None and applies.truth is None)
        asked = " ".join(questions[name] for name in missing)
        yield RuleFinding(
            rule=rule_.id,
            outcome=RuleOutcome.CANNOT_TELL if open_ else RuleOutcome.BROKEN,
            severity=rule_.severity,
            message=f"The record does not say enough. {rule_.statement}" if open_ else rule_.otherwise,
            hint=f"Answer: {asked}" if open_ else rule_.hint,
            evidence=rule_.evidence,
            about=service.reference,
            missing=missing,
            sources=tuple(citation.source for citation in rule_.cites),
        )
