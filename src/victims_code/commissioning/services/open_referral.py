"""The directory as Open Referral: written and read as JSON of the Human Services Data Specification 3 (HSDS).

What HSDS has a field for goes there. The rest goes into attributes of the taxonomy ``victims-code record``, so that a
directory that was written is read back without loss. Of a file of others, what a directory cannot keep is counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.powers.places import authorities_of, find_place
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.services.directory import Directory
from victims_code.commissioning.services.needs import need_categories
from victims_code.commissioning.services.reach import (
    WEEKDAYS,
    Cost,
    Opening,
    Organisation,
    Phone,
    ServiceContact,
    ServiceLocation,
)
from victims_code.commissioning.services.service import Service, ServiceStatus
from victims_code.commissioning.services.words import ServiceVocabulary, service_vocabulary
from victims_code.dates import Moment, civil_date
from victims_code.errors import CommissioningError
from victims_code.faults import Fault
from victims_code.printable import capitalised, json_text
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.documents import Document, Plain, file_text, read_json
from victims_code.reading.sources import Sourced

Thing: TypeAlias = "dict[str, Plain]"

_RECORD, _WORDS, _ONS = "victims-code record", "victims-code", "ONS geography"
_STATISTICS = "http://statistics.data.gov.uk/id/statistical-geography/"
_EVERYWHERE, _COUNTRIES = "K04000001", ("K04000001", "K02000001", "K03000001")
_CODE = re.compile(r"\b[EWK]\d{8}\b")
_DAY_OF_RULE = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_LISTS = {"kind": "kinds", "groups": "groups", "tier": "tiers", "needs": "needs", "access": "access"}
"""The fields of a service whose words are attributes, each with the taxonomy they are of."""


# --- the objects ------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class ReferralObject:
    """An object of Open Referral: its fields by what they hold, those it needs, and those a directory keeps."""

    id: str
    needed: tuple[str, ...]
    uuids: tuple[str, ...]
    kept: tuple[str, ...]
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    uris: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(factory=dict)
    lists: Mapping[str, str] = field(factory=dict)
    things: Mapping[str, str] = field(factory=dict)


@frozen(kw_only=True)
class _ObjectsFile(Sourced):
    native: tuple[str, ...]
    objects: tuple[ReferralObject, ...]


@cache
def referral_objects() -> Mapping[str, ReferralObject]:
    """The objects of Open Referral by name.

    :raises LawDataError: if the data is broken.

    >>> referral_objects()["service"].needed
    ('id', 'name', 'status')
    """
    return by_id(_file().objects)


@cache
def _file() -> _ObjectsFile:
    return DataFile.open("commissioning/open-referral.yaml").one(_ObjectsFile)


@cache
def open_referral_schema() -> Thing:
    """A JSON Schema of a page of services, made from the fields of Open Referral that :func:`referral_objects` lists.

    >>> open_referral_schema()["$defs"]["service"]["required"]
    ['id', 'name', 'status']
    """
    known = referral_objects()
    kinds: list[tuple[str, Thing]] = [
        ("texts", {"type": "string"}),
        ("numbers", {"type": "number"}),
        ("uuids", {"type": "string", "format": "uuid"}),
        ("emails", {"type": "string", "format": "email"}),
        ("uris", {"type": "string", "format": "uri"}),
        ("moments", {"type": "string", "format": "date-time"}),
    ]
    definitions: Thing = {}
    for one in known.values():
        fields: Thing = {name: dict(schema) for kind, schema in kinds for name in getattr(one, kind)}
        fields |= {name: {"type": "string", "enum": list(words)} for name, words in one.words.items()}
        fields |= {name: {"type": "array", "items": _of(kind, known)} for name, kind in one.lists.items()}
        fields |= {name: _of(kind, known) for name, kind in one.things.items()}
        definitions[one.id] = {"type": "object", "properties": fields, "required": list(one.needed)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"contents": {"type": "array", "items": {"$ref": "#/$defs/service"}}},
        "required": ["contents"],
        "$defs": definitions,
    }


def _of(kind: str, known: Mapping[str, ReferralObject]) -> Thing:
    return {"$ref": f"#/$defs/{kind}"} if kind in known else {"type": "object"}


# --- writing ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class OpenReferralExport:
    """A directory as a page of Open Referral services; ``left_out`` says what is not in it, with its number."""

    page: Mapping[str, Plain] = field(repr=False)
    left_out: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The page as JSON text."""
        return json_text(dict(self.page))


@checked
def to_open_referral(directory: Directory, *, on: Moment) -> OpenReferralExport:
    """The services of a directory as Open Referral, as they are on a day.

    Locations that are confidential, such as refuges, are left out. National services are not of this directory and are
    not written.

    >>> directory = Directory.from_yaml('''
    ... services: [{reference: VAL, name: Victim Advice Line, kind: front-door, provider: West Mercia Police,
    ...             arrangement: in-house, commissioner: PCC for West Mercia, areas: [west-mercia]}]
    ... ''')
    >>> service = to_open_referral(directory, on=date(2026, 4, 1)).page["contents"][0]
    >>> service["name"], service["status"], service["service_areas"][0]["name"]
    ('Victim Advice Line', 'active', 'West Mercia')
    """
    day, words = civil_date(on), directory.vocabulary
    contents: list[Plain] = [_service(service, directory, words, day) for service in directory.services]
    hidden = sum(location.confidential for service in directory.services for location in service.locations)
    whole = directory.to_dict()
    own: Thing = {name: whole[name] for name in ("title", "with_national", "words", "organisations") if name in whole}
    page: Thing = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    if own:
        page["victims_code"] = own
    left_out = (f"{hidden} confidential location{'' if hidden == 1 else 's'}",) if hidden else ()
    return OpenReferralExport(page=page, left_out=left_out)


def _uuid(*names: str) -> str:
    """An identifier that stays the same for the same names; a name that is one already is kept."""
    return names[-1] if _is_uuid(names[-1]) else str(uuid5(NAMESPACE_URL, "victims-code/" + "/".join(names)))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _stated(values: Mapping[str, Plain]) -> Thing:
    return {name: value for name, value in values.items() if value is not None and value != []}


def _parts(owner: str, name: str, parts: Iterable[Mapping[str, Plain]]) -> list[Plain]:
    """Parts of a thing, each with an identifier of its own and without what is not stated."""
    return [{"id": _uuid(owner, name, f"{n} "), **_stated(part)} for n, part in enumerate(parts)]


def _service(service: Service, directory: Directory, words: ServiceVocabulary, on: date) -> Thing:
    id_ = _uuid("service", service.reference)
    organisation = directory.organisation(service.provider)
    open_to = [one for one in service.locations if not one.confidential]
    status = service.status or _status_on(service, on)
    thing: Mapping[str, Plain] = {
        "id": id_,
        "organization_id": _organisation_id(organisation),
        "name": service.name,
        "description": service.description,
        "url": service.website,
        "email": service.email,
        "status": status.value.replace("-", " "),
        "eligibility_description": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.assured_on.isoformat() if service.assured_on else None,
        "assurer_email": service.assured_by,
        "phones": _parts(id_, "phone", (_phone(phone, id_, words) for phone in service.phones)),
        "contacts": _parts(id_, "contact", (_contact(one, id_, words) for one in service.contacts)),
        "schedules": _parts(id_, "schedule", (_schedule(one) for one in service.openings)),
        "service_areas": _parts(id_, "area", _areas(service)),
        "service_at_locations": _parts(id_, "at", (_at_location(one, id_, n, words) for n, one in enumerate(open_to))),
        "languages": _languages(id_, service.languages or (), words),
        "organization": _organisation(organisation),
        "cost_options": _parts(id_, "cost", (_cost(cost) for cost in service.costs)),
        "attributes": list(_attributes(service, id_, words)),
    }
    return _stated(thing)


def _status_on(service: Service, on: date) -> ServiceStatus:
    if service.until is not None and service.until < on:
        return ServiceStatus.DEFUNCT
    return ServiceStatus.ACTIVE if service.runs_on(on) else ServiceStatus.INACTIVE


def _organisation_id(organisation: Organisation) -> str:
    return _uuid("organization", organisation.reference or organisation.name)


def _organisation(organisation: Organisation) -> Thing:
    id_ = _organisation_id(organisation)
    numbers = [
        {"identifier_scheme": one.scheme, "identifier_type": one.kind, "identifier": one.identifier}
        for one in organisation.identifiers
    ]
    rest: Thing = {}
    for name in ("note", "reference"):
        value = getattr(organisation, name)
        if value is not None and value != id_:
            rest[name] = value
    return _stated(
        {
            "id": id_,
            "name": organisation.name,
            "description": organisation.description or "",
            "email": organisation.email,
            "website": organisation.website,
            "organization_identifiers": _parts(id_, "identifier", numbers),
            "attributes": list(_record(id_, "organization", rest)),
        }
    )


def _phone(phone: Phone, owner: str, words: ServiceVocabulary) -> Thing:
    return {
        "number": phone.number,
        "extension": phone.extension,
        "type": phone.kind,
        "description": phone.note,
        "languages": _languages(f"{owner}/{phone.number}", phone.languages, words),
    }


def _languages(owner: str, languages: Sequence[str], words: ServiceVocabulary) -> list[Plain]:
    return _parts(owner, "language", ({"code": one, "name": words.languages.get(one, one)} for one in languages))


def _contact(contact: ServiceContact, owner: str, words: ServiceVocabulary) -> Thing:
    phones = _parts(f"{owner}/{contact.name}", "phone", (_phone(one, owner, words) for one in contact.phones))
    return {"name": contact.name, "title": contact.title, "email": contact.email, "phones": phones}


def _schedule(opening: Opening) -> Thing:
    days = [WEEKDAYS[day] for day in opening.days]
    weeks = [f"{week}{day}" for week in opening.weeks for day in days]
    return {
        "freq": "MONTHLY" if opening.weeks else "WEEKLY" if days else None,
        "interval": opening.every_weeks if opening.every_weeks != 1 else None,
        "byday": ",".join(weeks or days) or None,
        "opens_at": f"{opening.opens:%H:%M}" if opening.opens else None,
        "closes_at": f"{opening.closes:%H:%M}" if opening.closes else None,
        "valid_from": opening.since.isoformat() if opening.since else None,
        "valid_to": opening.until.isoformat() if opening.until else None,
        "attending_type": opening.how,
        "description": opening.note,
    }


def _cost(cost: Cost) -> Thing:
    return {
        "option": cost.option,
        "amount": None if cost.amount is None else float(cost.amount),
        "currency": None if cost.amount is None else "GBP",
        "amount_description": cost.note,
        "valid_from": cost.since.isoformat() if cost.since else None,
        "valid_to": cost.until.isoformat() if cost.until else None,
    }


def _areas(service: Service) -> Iterator[Thing]:
    if service.national:
        yield {"name": "England and Wales", "uri": f"{_STATISTICS}{_EVERYWHERE}"}
    for name in service.within:
        part = find_place(name)
        yield {"name": name, "uri": f"{_STATISTICS}{part.code}" if part else None}
    for area in () if service.within else service.areas:
        yield {"name": police_areas()[area].title, "uri": f"{_STATISTICS}{police_areas()[area].ons}"}


def _at_location(location: ServiceLocation, owner: str, n: int, words: ServiceVocabulary) -> Thing:
    id_ = _uuid("location", owner, str(n)) if location.reference is None else _uuid("location", location.reference)
    address = {
        "address_1": location.address or "",
        "city": location.town or "",
        "state_province": location.county or "",
        "postal_code": location.postcode or "",
        "country": "GB",
        "address_type": location.kind.value,
    }
    written = location.address or location.town or location.county or location.postcode
    ways: list[Thing] = [
        {
            "description": words.access.get(way, way),
            "attributes": [_word(f"{id_}/{way}", "access", way, words.access.get(way, way))],
        }
        for way in location.access or ()
    ]
    note: list[Thing] = [{"description": location.access_note}] if location.access_note else []
    attributes = []
    if location.district is not None and (district := find_place(location.district)) is not None:
        attributes.append(_attribute(id_, "location", _ONS, district.code, location.district, _STATISTICS))
    rest: Thing = {"access": []} if location.access == () else {}
    if location.reference is not None and location.reference != id_:
        rest["reference"] = location.reference
    return {
        "location": _stated(
            {
                "id": id_,
                "location_type": location.kind.value,
                "name": location.name,
                "description": location.note,
                "latitude": None if location.latitude is None else float(location.latitude),
                "longitude": None if location.longitude is None else float(location.longitude),
                "external_identifier": location.uprn,
                "external_identifier_type": "UPRN" if location.uprn else None,
                "addresses": _parts(id_, "address", [address] if written else []),
                "accessibility": _parts(id_, "accessibility", [*ways, *note]),
                "attributes": [*attributes, *_record(id_, "location", rest)],
            }
        ),
    }


def _attributes(service: Service, id_: str, words: ServiceVocabulary) -> Iterator[Plain]:
    plain = service.to_dict()
    for name, taxonomy in _LISTS.items():
        listed = getattr(service, name) or ()
        titles = getattr(words, taxonomy, None) or {one.id: one.title for one in need_categories().values()}
        for one in [listed] if isinstance(listed, str) else listed:
            yield _word(id_, taxonomy, one, titles.get(one, one))
    rest: Thing = {name: value for name, value in plain.items() if name not in {*_file().native, *_LISTS}}
    rest |= {name: [] for name in ("needs", "access", "languages") if getattr(service, name) == ()}
    if service.status is None:
        rest["status"] = None
    if service.reference == id_:
        del rest["reference"]
    if set(service.areas) == set(_areas_of_parts(service.within)) or not service.within:
        rest.pop("areas", None)
    yield from _record(id_, "service", rest)


def _areas_of_parts(within: Iterable[str]) -> list[str]:
    found = (part for name in within if (part := find_place(name)) is not None)
    return list(dict.fromkeys(area for part in found for area in part.areas))


def _word(owner: str, taxonomy: str, word: str, title: str) -> Plain:
    return _attribute(owner, "service", f"{_WORDS} {taxonomy}", word, title)


def _record(owner: str, entity: str, values: Mapping[str, Plain]) -> Iterator[Plain]:
    """What Open Referral has no field for, each as an attribute whose value is JSON."""
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        yield _attribute(owner, entity, _RECORD, name, capitalised(name.replace("_", " ")), value=text)


def _attribute(
    owner: str, entity: str, taxonomy: str, code: str, name: str, uris: str | None = None, *, value: str | None = None
) -> Plain:
    term = _uuid("term", taxonomy, f"{code} ")
    return _stated(
        {
            "id": _uuid("attribute", owner, taxonomy, f"{code} "),
            "link_id": owner if _is_uuid(owner) else None,
            "link_entity": entity,
            "taxonomy_term_id": term,
            "value": value,
            "taxonomy_term": _stated(
                {
                    "id": term,
                    "code": code,
                    "name": name,
                    "description": name,
                    "taxonomy": taxonomy,
                    "term_uri": None if uris is None else uris + code,
                }
            ),
        }
    )


# --- reading ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class OpenReferralImport:
    """A directory read from Open Referral, and what the file holds that a directory does not keep.

    ``not_kept`` counts the values by field, such as ``service.alert``; ``notes`` says what was read in another way.
    """

    directory: Directory
    not_kept: Mapping[str, int] = field(factory=dict)
    notes: tuple[str, ...] = ()

    def summary(self) -> tuple[str, ...]:
        """What was read and what was not kept, in sentences."""
        services = len(self.directory.services)
        kept = f"{services} service{'' if services == 1 else 's'} read."
        lost = [
            f"Not kept: {name}, {number} value{'' if number == 1 else 's'}." for name, number in self.not_kept.items()
        ]
        return (kept, *self.notes, *lost)


@checked
def from_open_referral(text: str, *, source: str = "", area: AreaName | None = None) -> OpenReferralImport:
    """A directory from JSON text of Open Referral: a page of services, a list of them, or one.

    :param source: what to call the text in faults.
    :param area: the police area of services for which the file names no place in England and Wales that we know.
    :raises CommissioningError: with every fault.
    """
    document = read_json(text, source=source, error=CommissioningError, fraction=str)
    return _Reading(document=document, area=area).directory()


def open_referral_file(path: str | Path, *, area: AreaName | None = None) -> OpenReferralImport:
    """A directory from a JSON file of Open Referral; see :func:`from_open_referral`.

    :raises CommissioningError: with every fault.
    """
    return from_open_referral(file_text(path, error=CommissioningError), source=Path(path).name, area=area)


@frozen(kw_only=True)
class _Reading:
    """One file while it is read: what is wrong in it, what is not kept of it, and what was read in another way."""

    document: Document
    area: str | None
    faults: list[Fault] = field(factory=list)
    lost: Counter[str] = field(factory=Counter)
    notes: Counter[str] = field(factory=Counter)

    def directory(self) -> OpenReferralImport:
        data = self.document.data
        own = data.get("victims_code") if isinstance(data, dict) else None
        services = list(self._services(data))
        for n, service in enumerate(services):
            self._check(service, "service", f"services[{n}]")
        if self.faults:
            raise CommissioningError(*self.faults)
        plain: Thing = dict(own) if isinstance(own, dict) else {"with_national": True}
        records = [self._service(service, n) for n, service in enumerate(services)]
        found = {str(one["name"]): one for service in services if (one := self._organisation(service))}
        listed = {str(one.get("name")): one for one in _listed(plain, "organisations")}
        listed = {name: found.get(name, one) for name, one in listed.items()}
        listed |= {name: one for name, one in found.items() if len(one) > 1}
        if self.faults:
            raise CommissioningError(*self.faults)
        if listed:
            plain["organisations"] = [*listed.values()]
        directory = Directory.from_dict({**plain, "services": records}, source=self.document.source)
        said = (f"{what}: {number}." for what, number in sorted(self.notes.items()))
        return OpenReferralImport(directory=directory, not_kept=dict(sorted(self.lost.items())), notes=tuple(said))

    def _services(self, data: Plain) -> Iterator[Thing]:
        listed = data.get("contents", [data]) if isinstance(data, dict) else data
        found = listed if isinstance(listed, list) else []
        if not all(isinstance(one, dict) and "id" in one for one in found) or not isinstance(listed, list):
            self.faults.append(faults.NOT_OPEN_REFERRAL.at(self.document.source))
            return
        yield from (one for one in found if isinstance(one, dict))

    # Every value is of the kind its field has, and what no record keeps is counted.

    def _check(self, thing: Thing, kind: str, where: str) -> None:
        known = referral_objects()[kind]
        for name in known.needed:
            if thing.get(name) is None:
                place = f"{self.document.source}, {where}"
                self.faults.append(faults.OPEN_REFERRAL_FIELD_MISSING.at(place, thing=kind, name=name))
        for name, value in thing.items():
            if value is None or value == [] or value == "":
                continue
            self._check_value(known, name, value, f"{where}.{name}")
            if name not in known.kept and name not in known.uuids and name != "metadata":
                self.lost[f"{kind}.{name}"] += len(value) if isinstance(value, list) else 1

    def _check_value(self, known: ReferralObject, name: str, value: Plain, where: str) -> None:
        texts = (*known.texts, *known.emails, *known.uris, *known.moments, *known.uuids)
        needed = None
        if name in texts and not isinstance(value, str):
            needed = "text"
        elif name in known.numbers and not _is_number(value):
            needed = "a number"
        elif name in known.words and value not in known.words[name]:
            needed = f"one of {', '.join(known.words[name])}"
        elif name in known.lists:
            inner = known.lists[name]
            if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
                needed = "a list of objects"
            elif inner in referral_objects() and name in known.kept:
                for n, one in enumerate(value):
                    self._check(one if isinstance(one, dict) else {}, inner, f"{where}[{n}]")
        elif name in known.things:
            if not isinstance(value, dict):
                needed = "an object"
            elif known.things[name] in referral_objects() and name in known.kept:
                self._check(value, known.things[name], where)
        if needed is not None:
            place = f"{self.document.source}, {where}"
            self.faults.append(faults.OPEN_REFERRAL_FIELD_WRONG.at(place, name=name, needed=needed))

    def _service(self, thing: Thing, n: int) -> Plain:
        words, rest = self._words(_listed(thing, "attributes"))
        plain: Thing = {
            "reference": thing["id"],
            "name": thing["name"],
            "description": thing.get("description") or None,
            "website": thing.get("url"),
            "email": thing.get("email"),
            "status": str(thing["status"]).replace(" ", "-"),
            "eligibility": thing.get("eligibility_description"),
            "minimum_age": thing.get("minimum_age"),
            "maximum_age": thing.get("maximum_age"),
            "assured_on": self._day(thing, "assured_date"),
            "assured_by": thing.get("assurer_email"),
            "phones": self._phones(thing),
            "contacts": [self._contact(one) for one in _listed(thing, "contacts")],
            "openings": [self._opening(one) for one in _listed(thing, "schedules")],
            "locations": [self._location(one) for one in _listed(thing, "service_at_locations")],
            "languages": self._languages(thing),
            "costs": [*map(self._cost, _listed(thing, "cost_options"))],
            "provider": self._provider(thing),
            **self._places(thing),
            **words,
        }
        if fees := thing.get("fees_description"):
            plain["costs"] = [*_listed(plain, "costs"), {"note": fees}]
        stated = {**_stated(plain), **rest}
        if not stated.get("areas") and not stated.get("national"):
            self._file_under_the_area(stated, n)
        return {name: value for name, value in stated.items() if value is not None}

    def _file_under_the_area(self, plain: Thing, n: int) -> None:
        if self.area is None:
            where = f"{self.document.source}, services[{n}].service_areas"
            self.faults.append(faults.OPEN_REFERRAL_SERVICE_NOWHERE.at(where, name=plain["name"]))
            return
        plain["areas"] = [self.area]
        self.notes[f"Services filed under {self.area}, because the file names no place we know"] += 1

    def _provider(self, thing: Thing) -> str:
        organisation = thing.get("organization")
        if isinstance(organisation, dict):
            return str(organisation["name"])
        self.notes["Services whose organisation the file does not give; the provider is not known"] += 1
        return "not known"

    def _organisation(self, service: Thing) -> Thing:
        thing = service.get("organization")
        if not isinstance(thing, dict):
            return {}
        _, rest = self._words(_listed(thing, "attributes"), count=False)
        id_ = str(thing["id"])
        made = id_ == _uuid("organization", str(rest.get("reference") or thing["name"]))
        numbers: list[Plain] = [
            _stated(
                {
                    "scheme": one.get("identifier_scheme"),
                    "kind": one.get("identifier_type"),
                    "identifier": one.get("identifier"),
                }
            )
            for one in _listed(thing, "organization_identifiers")
        ]
        return _stated(
            {
                "name": thing["name"],
                "reference": None if made else id_,
                "description": thing.get("description") or None,
                "email": thing.get("email"),
                "website": thing.get("website"),
                "identifiers": numbers,
                **rest,
            }
        )

    def _words(self, attributes: Iterable[Thing], *, count: bool = True) -> tuple[Thing, Thing]:
        """The listed words among attributes, by the field they are of, and the rest of a record of our own."""
        fields = {f"{_WORDS} {taxonomy}": name for name, taxonomy in _LISTS.items()}
        words: dict[str, list[Plain]] = {}
        rest: Thing = {}
        for attribute in attributes:
            term = attribute.get("taxonomy_term")
            taxonomy, code = (term.get("taxonomy"), term.get("code")) if isinstance(term, dict) else (None, None)
            if taxonomy == _RECORD and isinstance(attribute.get("value"), str):
                rest[str(code)] = json.loads(str(attribute["value"]))
            elif taxonomy in fields:
                words.setdefault(fields[str(taxonomy)], []).append(code)
            elif taxonomy != _ONS and count:
                self.lost[f"attribute of the taxonomy {taxonomy or 'not stated'}"] += 1
        one = {name: listed[0] if name in ("kind", "tier") else listed for name, listed in words.items()}
        return dict(one), rest

    def _places(self, thing: Thing) -> Thing:
        areas, within, national = list[str](), list[str](), False
        by_ons = {area.ons: area.id for area in police_areas().values()}
        by_title = {area.title.lower(): area.id for area in police_areas().values()}
        for one in _listed(thing, "service_areas"):
            name = str(one.get("name") or one.get("service_area") or "")
            found = _CODE.search(str(one.get("uri") or ""))
            code = found[0] if found else ""
            part = find_place(name) or find_place(code)
            if code in _COUNTRIES:
                national = True
            elif code in by_ons or (not code and name.lower() in by_title):
                areas.append(by_ons.get(code) or by_title[name.lower()])
            elif part is not None:
                within.append(part.name)
            else:
                self.lost["service_area that is no place we know"] += 1
        if national:
            return {"national": True}
        if within:
            within += [one.title for area in areas for one in authorities_of(area)]
            areas = _areas_of_parts(within)
        return {"areas": list[Plain](areas), "within": list[Plain](dict.fromkeys(within))}

    def _phones(self, thing: Thing) -> list[Plain]:
        phones = list[Plain]()
        for one in _listed(thing, "phones"):
            plain = _stated(
                {
                    "number": one["number"],
                    "extension": one.get("extension"),
                    "kind": one.get("type"),
                    "note": one.get("description"),
                    "languages": self._languages(one),
                }
            )
            if self._fits(Phone, plain):
                phones.append(plain)
            else:
                self.lost["phone whose number is not a telephone number"] += 1
        return phones

    def _fits(self, kind: type[CommissioningRecord], plain: Thing) -> bool:
        try:
            kind.from_dict(plain)
        except CommissioningError:
            return False
        return True

    def _contact(self, thing: Thing) -> Plain:
        named: Thing = {name: thing.get(name) for name in ("name", "title", "email")}
        return _stated({**named, "phones": self._phones(thing)})

    def _opening(self, thing: Thing) -> Plain:
        days, weeks = self._days(str(thing.get("byday") or ""))
        opening = _stated(
            {
                "days": days,
                "weeks": weeks,
                "every_weeks": thing.get("interval"),
                "since": self._day(thing, "valid_from"),
                "until": self._day(thing, "valid_to"),
                "how": thing.get("attending_type"),
                "note": thing.get("description"),
            }
        )
        for ours, theirs in (("opens", "opens_at"), ("closes", "closes_at")):
            if written := thing.get(theirs):
                if found := _HOUR.match(str(written)):
                    opening[ours] = found[0]
                else:
                    self.lost[f"schedule.{theirs} that is no time of day"] += 1
        if not self._fits(Opening, opening):
            self.lost["schedule that contradicts itself"] += 1
            return {}
        return opening

    def _days(self, rule: str) -> tuple[list[Plain], list[Plain]]:
        """The days of the week and the weeks of the month in a rule such as ``1MO,3MO``."""
        parts = [part.strip() for part in rule.split(",") if part.strip()]
        found = [_DAY_OF_RULE.fullmatch(part) for part in parts]
        names = {code: day for day, code in WEEKDAYS.items()}
        read = [(one[1], names[one[2]]) for one in found if one is not None]
        days = list(dict.fromkeys(day for _, day in read))
        weeks = list(dict.fromkeys(int(week) for week, _ in read if week is not None))
        every: list[str | None] = [str(week) for week in weeks] or [None]
        whole = {(week, day) for week in every for day in days}
        if None in found or {(week and str(int(week)), day) for week, day in read} != whole:
            self.lost["schedule.byday that is no days of the week or month"] += 1
            return [], []
        return list(days), list(weeks)

    def _day(self, thing: Thing, name: str) -> Plain:
        written = thing.get(name)
        if not written:
            return None
        try:
            return date.fromisoformat(str(written)[:10]).isoformat()
        except ValueError:
            self.lost[f"{name} that is no date"] += 1
            return None

    def _languages(self, thing: Thing) -> list[Plain]:
        known = service_vocabulary().languages
        by_name = {title.lower(): code for code, title in known.items()}
        languages = list[Plain]()
        for one in _listed(thing, "languages"):
            code = str(one.get("code") or "")
            found = code if code in known or code.startswith("local-") else by_name.get(str(one.get("name")).lower())
            if found is None:
                self.lost["language that is not on the list"] += 1
            else:
                languages.append(found)
        return languages

    def _cost(self, thing: Thing) -> Plain:
        pounds = thing.get("currency") in (None, "", "GBP")
        if not pounds and thing.get("amount") is not None:
            self.lost["cost_option.amount in another currency"] += 1
        amount = thing.get("amount") if pounds else None
        return _stated(
            {
                "option": thing.get("option"),
                "amount": None if amount is None else str(Decimal(str(amount)).quantize(Decimal("0.01"))),
                "note": thing.get("amount_description"),
                "since": self._day(thing, "valid_from"),
                "until": self._day(thing, "valid_to"),
            }
        )

    def _location(self, thing: Thing) -> Plain:
        whole = thing.get("location")
        location: Thing = whole if isinstance(whole, dict) else {}
        addresses = _listed(location, "addresses")
        if len(addresses) > 1:
            self.lost["second address of a location"] += len(addresses) - 1
        address = addresses[0] if addresses else {}
        access, notes = list[Plain](), list[str]()
        for one in _listed(location, "accessibility"):
            words, _ = self._words(_listed(one, "attributes"))
            if words.get("access"):
                access += words["access"] if isinstance(words["access"], list) else []
            elif one.get("description"):
                notes.append(str(one["description"]))
        uprn = location.get("external_identifier_type") == "UPRN"
        if location.get("external_identifier") and not uprn:
            self.lost["location.external_identifier that is no UPRN"] += 1
        _, rest = self._words(_listed(location, "attributes"))
        id_ = str(location.get("id"))
        plain = _stated(
            {
                "name": location.get("name") or address.get("address_1") or "Location",
                "reference": id_ if self._is_foreign(location) else None,
                "kind": location.get("location_type"),
                "address": address.get("address_1") or None,
                "town": address.get("city") or None,
                "county": address.get("state_province") or None,
                "postcode": address.get("postal_code") or None,
                "district": self._district(location),
                "uprn": location.get("external_identifier") if uprn else None,
                **self._point(location),
                "access": access,
                "access_note": " ".join(notes) or None,
                "note": location.get("description"),
            }
        )
        return {**plain, **rest}

    def _point(self, location: Thing) -> Thing:
        found: Thing = {}
        for name, most in (("latitude", 90), ("longitude", 180)):
            if (value := location.get(name)) is not None:
                if abs(Decimal(str(value))) <= most:
                    found[name] = str(value)
                else:
                    self.lost[f"location.{name} that cannot be right"] += 1
        return found

    def _is_foreign(self, location: Thing) -> bool:
        """Whether a location has an identifier of others, and not one that was made for our own export."""
        try:
            return UUID(str(location.get("id"))).version != 5
        except ValueError:
            return location.get("id") is not None

    def _district(self, location: Thing) -> Plain:
        for attribute in _listed(location, "attributes"):
            term = attribute.get("taxonomy_term")
            if isinstance(term, dict) and term.get("taxonomy") == _ONS:
                found = find_place(str(term.get("name"))) or find_place(str(term.get("code")))
                return None if found is None else found.name
        return None


def _is_number(value: Plain) -> bool:
    """Whether a value was written as a number; one with a point is text here, as it was written."""
    text = isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+([eE][+-]?\d+)?", value) is not None
    return text or (isinstance(value, int) and not isinstance(value, bool))


def _listed(thing: Mapping[str, Plain], name: str) -> list[Thing]:
    value = thing.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
