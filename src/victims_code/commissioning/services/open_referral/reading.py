"""A directory read from a file of Open Referral, ours or that of others."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.powers.places import authorities_of, find_place
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.services.directory import Directory
from victims_code.commissioning.services.open_referral.fields import (
    LISTS,
    ONS,
    RECORD,
    WORDS,
    ReferralObject,
    Thing,
    referral_objects,
    uuid_of,
    without_empty,
)
from victims_code.commissioning.services.open_referral.writing import areas_of_parts
from victims_code.commissioning.services.reach import (
    WEEKDAYS,
    Opening,
    Phone,
)
from victims_code.commissioning.services.words import service_vocabulary
from victims_code.errors import CommissioningError
from victims_code.faults import Fault
from victims_code.reading.documents import Document, Plain, file_text, read_json

_COUNTRIES = ("K04000001", "K02000001", "K03000001")
_CODE = re.compile(r"\b[EWK]\d{8}\b")
_DAY_OF_RULE = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_HOUR = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


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
        stated = {**without_empty(plain), **rest}
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
        made = id_ == uuid_of("organization", str(rest.get("reference") or thing["name"]))
        numbers: list[Plain] = [
            without_empty(
                {
                    "scheme": one.get("identifier_scheme"),
                    "kind": one.get("identifier_type"),
                    "identifier": one.get("identifier"),
                }
            )
            for one in _listed(thing, "organization_identifiers")
        ]
        return without_empty(
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
        fields = {f"{WORDS} {taxonomy}": name for name, taxonomy in LISTS.items()}
        words: dict[str, list[Plain]] = {}
        rest: Thing = {}
        for attribute in attributes:
            term = attribute.get("taxonomy_term")
            taxonomy, code = (term.get("taxonomy"), term.get("code")) if isinstance(term, dict) else (None, None)
            if taxonomy == RECORD and isinstance(attribute.get("value"), str):
                rest[str(code)] = json.loads(str(attribute["value"]))
            elif taxonomy in fields:
                words.setdefault(fields[str(taxonomy)], []).append(code)
            elif taxonomy != ONS and count:
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
            areas = areas_of_parts(within)
        return {"areas": list[Plain](areas), "within": list[Plain](dict.fromkeys(within))}

    def _phones(self, thing: Thing) -> list[Plain]:
        phones = list[Plain]()
        for one in _listed(thing, "phones"):
            plain = without_empty(
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
        return without_empty({**named, "phones": self._phones(thing)})

    def _opening(self, thing: Thing) -> Plain:
        days, weeks = self._days(str(thing.get("byday") or ""))
        opening = without_empty(
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
        return without_empty(
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
        plain = without_empty(
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
            if isinstance(term, dict) and term.get("taxonomy") == ONS:
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
