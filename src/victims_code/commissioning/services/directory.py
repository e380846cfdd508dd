"""The directory of services, local and national, and where to point a victim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.due import DueItem, due_items
from victims_code.commissioning.powers.areas import AreaName, police_area
from victims_code.commissioning.powers.places import Place, PlaceName
from victims_code.commissioning.powers.places import place as place_named
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding, rule
from victims_code.commissioning.services.needs import NeedName, need_categories
from victims_code.commissioning.services.reach import Organisation
from victims_code.commissioning.services.service import Arrangement, Service, check_service
from victims_code.commissioning.services.words import (
    LOCAL,
    AccessName,
    KindName,
    LanguageName,
    OwnWords,
    ServiceVocabulary,
    TierName,
    VictimGroup,
    service_vocabulary,
)
from victims_code.commissioning.validators import all_different, one_of, values_at
from victims_code.conditions import Truth
from victims_code.dates import Moment, add_months, civil_date
from victims_code.errors import UnknownNameError
from victims_code.faults import Fault, did_you_mean
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, by_id, named
from victims_code.reading.documents import Plain
from victims_code.reading.partial import each
from victims_code.reading.sources import Sourced, Span
from victims_code.reading.structuring import Contradiction


@frozen(kw_only=True)
class NationalTerm(Sourced, Span):
    """Who commissioned a national service from whom, as far as the days were read."""

    commissioner: str
    provider: str | None
    since: date | None
    until: date | None


@frozen(kw_only=True)
class NationalService(Sourced):
    """A service commissioned for all of England and Wales."""

    id: str
    title: str
    kind: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    statement: str
    terms: tuple[NationalTerm, ...]

    __repr__ = one_line_repr("{0.id}: {0.title}")

    def term_on(self, on: Moment) -> NationalTerm | None:
        """The arrangement of a day, the latest that began if several do; None if none is known.

        >>> national_services()["witness-service"].term_on(date(2016, 1, 1)).provider
        'Citizens Advice'
        """
        day = civil_date(on)
        fitting = [term for term in self.terms if term.holds_on(day)]
        return max(fitting, key=lambda term: term.since or date.min) if fitting else None

    def as_service(self, on: Moment) -> Service | None:
        """The service as it stands in a directory on a day; None if no arrangement of that day is known.

        Whether it is free, confidential and open to the unreported was not read, so the record does not say.
        """
        term = self.term_on(on)
        if term is None:
            return None
        return Service(
            reference=self.id,
            name=self.title,
            kind=self.kind,
            provider=term.provider or "not known",
            arrangement=Arrangement.CONTRACT,
            commissioner=term.commissioner,
            national=True,
            groups=self.groups,
            needs=self.needs or None,
            note=" ".join(part for part in (self.statement, term.note) if part),
        )


@cache
def national_services() -> Mapping[str, NationalService]:
    """The nationally commissioned services, by identifier.

    :raises LawDataError: if the data is broken.

    >>> list(national_services())[:3]
    ['homicide-service', 'witness-service', 'rape-support-centres']
    """
    file = DataFile.open("commissioning/national-services.yaml")
    services = file.all(NationalService)
    words = service_vocabulary()
    for n, service in enumerate(services):
        file.unknown((n, "kind"), "kind of service", service.kind, words.kinds)
        for m, group in enumerate(service.groups):
            file.unknown((n, "groups", m), "group of victims", group, words.groups)
        for m, need in enumerate(service.needs):
            file.unknown((n, "needs", m), "category of need", need, need_categories())
    file.finish()
    return by_id(services)


@frozen(kw_only=True)
class Signpost:
    """A service a victim can be pointed to.

    ``fits`` is True if it answers all that was asked, and None if its record does not say whether it does; ``unstated``
    then names what it does not say.
    """

    service: Service
    fits: Truth
    unstated: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0}")

    def __str__(self) -> str:
        service = self.service
        where = "nationally" if service.national else ", ".join(service.within or service.areas)
        paid = {True: "commissioned", False: "not commissioned", None: "not known who pays"}[service.commissioned]
        doubt = f"; not stated: {', '.join(self.unstated)}" if self.unstated else ""
        return f"{service.name} ({service.provider}), {where}, {paid}{doubt}"

    def to_dict(self) -> dict[str, Plain]:
        """The signpost as plain values."""
        return {"service": self.service.to_dict(), "fits": self.fits, "unstated": list(self.unstated)}


@frozen(kw_only=True)
class Directory(CommissioningRecord):
    """The services of an area, commissioned and other ones, to which national services are added.

    :param services: the services, each with a reference of its own.
    :param with_national: whether the nationally commissioned services that ship with the package are listed too.
    :param organisations: what is known of the providers that the services name.
    :param words: kinds, groups, ways of access and languages of the commissioner's own, which begin with ``local-``.
    :raises CommissioningError: with every fault.

    >>> directory = Directory.from_yaml('''
    ... services:
    ...   - reference: VAL
    ...     name: Victim Advice Line
    ...     kind: front-door
    ...     provider: West Mercia Police
    ...     arrangement: grant
    ...     commissioner: PCC for West Mercia
    ...     areas: [west-mercia]
    ...     everybody: true
    ...     needs: [finance-and-benefits, outlook-and-attitudes]
    ...   - reference: brake
    ...     name: Brake
    ...     kind: helpline
    ...     provider: Brake
    ...     arrangement: not-commissioned
    ...     national: true
    ...     groups: [road-collisions]
    ... ''')
    >>> found = directory.find(need="finance-and-benefits", area="west-mercia", group="road-collisions",
    ...                        on=date(2026, 4, 1))
    >>> for signpost in found:
    ...     print(signpost)
    Victim Advice Line (West Mercia Police), west-mercia, commissioned
    Brake (Brake), nationally, not commissioned; not stated: needs
    National telephone helplines (not known), nationally, commissioned; not stated: needs, groups
    """

    services: tuple[Service, ...]
    title: str | None = None
    with_national: bool = True
    organisations: tuple[Organisation, ...] = ()
    words: OwnWords = field(factory=OwnWords)

    def _references_differ(self) -> Iterator[Contradiction]:
        seen: set[str] = set(national_services()) if self.with_national else set()
        for n, reference in each(self, "services", "reference"):
            if reference in seen:
                yield Contradiction(("services", n, "reference"), faults.SERVICE_NAME_TWICE.at(reference=reference))
            seen.add(reference)

    def _own_words_are_listed(self) -> Iterator[Contradiction]:
        known = self.words.vocabulary()
        for path, words in _OWN.items():
            listed = getattr(known, words)
            for keys, name in values_at(self, path):
                if name.startswith(LOCAL) and name not in listed:
                    nearest = did_you_mean(name, [one for one in listed if one.startswith(LOCAL)], listing="Listed")
                    yield Contradiction(keys, faults.OWN_WORD_NOT_LISTED.at(name=name, nearest=nearest))

    checks = (
        _references_differ,
        _own_words_are_listed,
        all_different("organisations[].name"),
        one_of(
            "services[].depends_on[]",
            lambda directory: {service.reference for service in directory.services} | set(national_services()),
            faults.NOT_IN_THE_DIRECTORY,
        ),
    )

    @property
    def vocabulary(self) -> ServiceVocabulary:
        """The words of this directory: those that ship and the commissioner's own."""
        return self.words.vocabulary()

    def get(self, reference: str) -> Service:
        """The service of that reference, not counting national ones.

        :raises UnknownNameError: naming the nearest ones.
        """
        return named({service.reference: service for service in self.services}, reference, "service")  # type: ignore[type-var]

    def organisation(self, name: str) -> Organisation:
        """The organisation of that name; if the directory says nothing else of it, its name alone."""
        return next((one for one in self.organisations if one.name == name), Organisation(name=name))

    @checked
    def find(
        self,
        *,
        need: NeedName | None = None,
        area: AreaName | None = None,
        place: PlaceName | None = None,
        group: VictimGroup | None = None,
        kind: KindName | None = None,
        tier: TierName | None = None,
        language: LanguageName | None = None,
        access: AccessName | None = None,
        on: Moment,
    ) -> tuple[Signpost, ...]:
        """The services to point a victim to, commissioned and other ones.

        Services whose record says that they do not fit are left out. Those that fit in all that was asked come first,
        then those whose record does not say; within each, local ones before national ones.

        :param need: a category of need.
        :param area: a police area, by its identifier, force number or ONS code.
        :param place: a local authority, county or partnership by name or ONS code, or a town in one; see
            :meth:`remarks_on_place` for what is not known of a town.
        :param group: a group of victims.
        :param kind: a kind of service.
        :param tier: a tier of the offer.
        :param language: a language, by its code or name.
        :param access: a way of access.
        :param on: the day; services that do not run then are left out.
        :raises UnknownNameError: if a word does not exist; all of them at once.
        """
        day = civil_date(on)
        self._own_words_exist(kinds=kind, groups=group, access=access, languages=language)
        asked: dict[str, Callable[[Service], Truth] | None] = {
            "needs": None if need is None else lambda service: service.meets(need),
            "groups": None if group is None else lambda service: service.is_for(group),
            "place": None if place is None else lambda service: service.serves_place(place),
            "kind": None if kind is None else lambda service: None if service.kind is None else service.kind == kind,
            "tier": None if tier is None else lambda service: None if service.tier is None else service.tier == tier,
            "languages": None if language is None else lambda service: service.speaks(language),
            "access": None if access is None else lambda service: service.offers(access),
        }
        questions = {name: question for name, question in asked.items() if question is not None}
        signposts = [
            signpost
            for service in self.all_on(day)
            if (area is None or service.serves(area)) and (signpost := _signpost(service, questions)) is not None
        ]
        return tuple(sorted(signposts, key=lambda s: (len(s.unstated), s.service.national, not s.service.commissioned)))

    @checked
    def remarks_on_place(
        self, *, place: PlaceName | None = None, area: AreaName | None = None, on: Moment
    ) -> tuple[Fault, ...]:
        """What is not known of a place that services were asked for, as warnings.

        There is no list of towns. A town that no service names may be misspelt, and the services that are only for
        other towns of its district are then left out for a reason that may not hold: they are counted and named.

        >>> directory = Directory.from_yaml('''
        ... services: [{reference: S1, name: Farm watch, provider: A charity, areas: [west-mercia],
        ...             within: ["Oswestry, Shropshire"]}]
        ... ''')
        >>> print(directory.remarks_on_place(place="Ludow, Shropshire", on=date(2026, 4, 1))[0].message)
        No service names 'Ludow' in Shropshire, so whether it was misspelt is not known. Left out: 1 that is only for
        other towns there (Farm watch: Oswestry, Shropshire).
        """
        return tuple(self._remarks_on(place, area, civil_date(on))) if place is not None else ()

    def _remarks_on(self, place: str, area: str | None, on: date) -> Iterator[Fault]:
        asked = place_named(place)
        if area is not None and area not in asked.areas:
            yield faults.PLACE_OUTSIDE_THE_AREA.at(place=place, area=police_area(area).title)
        towns = self._towns_of(asked, on)
        if asked.locality is None or any(place_named(town).covers(asked) for town in towns):
            return
        lost = [(service, towns_) for service, towns_ in self._only_for_towns(asked, on)]
        named = "; ".join(f"{service.name}: {', '.join(towns_)}" for service, towns_ in lost)
        those = "1 that is" if len(lost) == 1 else f"{len(lost)} that are"
        left_out = f"Left out: {those} only for other towns there ({named})." if lost else "Nothing is left out for it."
        known = [place_named(town).locality or "" for town in towns]
        nearest = did_you_mean(asked.locality, known, listing="Towns that services name there")
        district = asked.authorities[0].title
        yield faults.TOWN_NOT_NAMED.at(town=asked.locality, district=district, left_out=left_out, nearest=nearest)

    def _towns_of(self, asked: Place, on: date) -> tuple[str, ...]:
        """The towns in the authority of a place that services name as theirs."""
        running = (service for service in self.services if service.runs_on(on))
        named = (place_named(name) for service in running for name in service.within)
        return tuple(dict.fromkeys(one.name for one in named if one.locality and one.code == asked.code))

    def _only_for_towns(self, asked: Place, on: date) -> Iterator[tuple[Service, list[str]]]:
        """The services that are not for a town, and that are for another town of its authority."""
        for service in self.services:
            towns = [name for name in service.within if name in self._towns_of(asked, on)]
            if towns and service.runs_on(on) and service.serves_place(asked.name) is False:
                yield service, towns

    def _own_words_exist(self, **asked: str | None) -> None:
        wrong = [
            faults.NO_SUCH_NAME.at(words, kind="word of your own", name=name, nearest=did_you_mean(name, known))
            for words, name in asked.items()
            if name is not None and name not in (known := getattr(self.vocabulary, words))
        ]
        if wrong:
            raise UnknownNameError(*wrong)

    def all_on(self, on: Moment) -> Iterator[Service]:
        """Every service that runs on a day, local ones first and then the national ones."""
        day = civil_date(on)
        yield from (service for service in self.services if service.runs_on(day))
        if self.with_national:
            for national in national_services().values():
                service = national.as_service(day)
                if service is not None:
                    yield service

    @checked
    def check(self, *, as_at: Moment) -> tuple[RuleFinding, ...]:
        """What every service of the directory is held to and does not meet, duplication included.

        The directory as a whole is held to the three tiers of the offer, and its entries to being checked.
        """
        day = civil_date(as_at)
        found = [one for service in self.services for one in check_service(service, as_at=day, others=self.services)]
        return (*found, *self._tiers(day), *self._entries(day))

    def _tiers(self, on: date) -> Iterator[RuleFinding]:
        if not any(service.runs_on(on) for service in self.services):
            return
        running = list(self.all_on(on))
        unstated = sum(service.tier is None for service in running)
        for tier, title in service_vocabulary().tiers.items():
            if tier == "directory" or any(service.tier == tier for service in running):
                continue
            doubt = f" {unstated} of {len(running)} services do not say on which tier they are." if unstated else ""
            yield finding(
                "offer-in-three-tiers",
                f"No service is on the tier {title!r}.{doubt}",
                "Say on which tier each service is, or commission one." if unstated else "Commission one.",
                outcome=RuleOutcome.CANNOT_TELL if unstated else RuleOutcome.BROKEN,
                missing=("tier",) if unstated else (),
            )

    def _entries(self, on: date) -> Iterator[RuleFinding]:
        running = [service for service in self.services if service.runs_on(on)]
        months = rule("entries-checked").numbers["months"]
        never = [one.reference for one in running if one.assured_on is None or one.assured_on > on]
        old = [one.reference for one in running if one.assured_on and add_months(one.assured_on, months) < on]
        hint = "Check the entries with their providers, and write the day as `assured_on`."
        if old:
            said = f"{len(old)} of {len(running)} entries were last checked over {months} months ago: {', '.join(old)}."
            yield finding("entries-checked", said, hint)
        if never:
            said = f"{len(never)} of {len(running)} entries do not say when they were last checked: {', '.join(never)}."
            outcome = RuleOutcome.CANNOT_TELL
            yield finding("entries-checked", said, hint, outcome=outcome, missing=("assured_on",))

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """What is due for the services: equality impact assessments and the next check of each entry."""
        return due_items(self.services, on)


_OWN = {
    "services[].kind": "kinds",
    "services[].groups[]": "groups",
    "services[].access[]": "access",
    "services[].languages[]": "languages",
    "services[].locations[].access[]": "access",
}
"""Where the records of a directory may name words of the commissioner's own, with the list they must be in."""


def _signpost(service: Service, questions: Mapping[str, Callable[[Service], Truth]]) -> Signpost | None:
    answers = {name: question(service) for name, question in questions.items()}
    if False in answers.values():
        return None
    unstated = tuple(name for name, answer in answers.items() if answer is None)
    return Signpost(service=service, fits=None if unstated else True, unstated=unstated)
