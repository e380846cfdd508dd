"""A directory written as Open Referral."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from victims_code.arguments import checked
from victims_code.commissioning.powers.areas import police_areas
from victims_code.commissioning.powers.places import find_place
from victims_code.commissioning.services.directory import Directory
from victims_code.commissioning.services.needs import need_categories
from victims_code.commissioning.services.open_referral.fields import (
    LISTS,
    ONS,
    RECORD,
    STATISTICS,
    WORDS,
    Thing,
    is_uuid,
    referral_words,
    uuid_of,
    without_empty,
)
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
from victims_code.commissioning.services.words import ServiceVocabulary
from victims_code.dates import Moment, civil_date
from victims_code.printable import capitalised, json_text
from victims_code.reading.documents import Plain

_EVERYWHERE = "K04000001"


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


def _parts(owner: str, name: str, parts: Iterable[Mapping[str, Plain]]) -> list[Plain]:
    """Parts of a thing, each with an identifier of its own and without what is not stated."""
    return [{"id": uuid_of(owner, name, f"{n} "), **without_empty(part)} for n, part in enumerate(parts)]


def _service(service: Service, directory: Directory, words: ServiceVocabulary, on: date) -> Thing:
    id_ = uuid_of("service", service.reference)
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
    return without_empty(thing)


def _status_on(service: Service, on: date) -> ServiceStatus:
    if service.until is not None and service.until < on:
        return ServiceStatus.DEFUNCT
    return ServiceStatus.ACTIVE if service.runs_on(on) else ServiceStatus.INACTIVE


def _organisation_id(organisation: Organisation) -> str:
    return uuid_of("organization", organisation.reference or organisation.name)


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
    return without_empty(
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
        yield {"name": "England and Wales", "uri": f"{STATISTICS}{_EVERYWHERE}"}
    for name in service.within:
        part = find_place(name)
        yield {"name": name, "uri": f"{STATISTICS}{part.code}" if part else None}
    for area in () if service.within else service.areas:
        yield {"name": police_areas()[area].title, "uri": f"{STATISTICS}{police_areas()[area].ons}"}


def _at_location(location: ServiceLocation, owner: str, n: int, words: ServiceVocabulary) -> Thing:
    id_ = uuid_of("location", owner, str(n)) if location.reference is None else uuid_of("location", location.reference)
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
        attributes.append(_attribute(id_, "location", ONS, district.code, location.district, STATISTICS))
    rest: Thing = {"access": []} if location.access == () else {}
    if location.reference is not None and location.reference != id_:
        rest["reference"] = location.reference
    return {
        "location": without_empty(
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
    for name, taxonomy in LISTS.items():
        listed = getattr(service, name) or ()
        titles = getattr(words, taxonomy, None) or {one.id: one.title for one in need_categories().values()}
        for one in [listed] if isinstance(listed, str) else listed:
            yield _word(id_, taxonomy, one, titles.get(one, one))
    rest: Thing = {name: value for name, value in plain.items() if name not in {*referral_words().native, *LISTS}}
    rest |= {name: [] for name in ("needs", "access", "languages") if getattr(service, name) == ()}
    if service.status is None:
        rest["status"] = None
    if service.reference == id_:
        del rest["reference"]
    if set(service.areas) == set(areas_of_parts(service.within)) or not service.within:
        rest.pop("areas", None)
    yield from _record(id_, "service", rest)


def areas_of_parts(within: Iterable[str]) -> list[str]:
    """The police areas in which some places lie."""
    found = (part for name in within if (part := find_place(name)) is not None)
    return list(dict.fromkeys(area for part in found for area in part.areas))


def _word(owner: str, taxonomy: str, word: str, title: str) -> Plain:
    return _attribute(owner, "service", f"{WORDS} {taxonomy}", word, title)


def _record(owner: str, entity: str, values: Mapping[str, Plain]) -> Iterator[Plain]:
    """What Open Referral has no field for, each as an attribute whose value is JSON."""
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        yield _attribute(owner, entity, RECORD, name, capitalised(name.replace("_", " ")), value=text)


def _attribute(
    owner: str, entity: str, taxonomy: str, code: str, name: str, uris: str | None = None, *, value: str | None = None
) -> Plain:
    term = uuid_of("term", taxonomy, f"{code} ")
    return without_empty(
        {
            "id": uuid_of("attribute", owner, taxonomy, f"{code} "),
            "link_id": owner if is_uuid(owner) else None,
            "link_entity": entity,
            "taxonomy_term_id": term,
            "value": value,
            "taxonomy_term": without_empty(
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
