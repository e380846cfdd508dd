"""The directory as Open Referral: valid, without loss there and back, and of others' files what is not kept is told."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from victims_code.commissioning.services import (
    Directory,
    Service,
    from_open_referral,
    open_referral_file,
    open_referral_schema,
    to_open_referral,
)
from victims_code.errors import CommissioningError

jsonschema = pytest.importorskip("jsonschema")
DAY = date(2026, 12, 1)
PUBLIC = Path(os.environ.get("VICTIMS_CODE_STANDARDS", Path(__file__).parents[4] / "shared" / "standards"))
"""Where the compiled schemas of the standard are, if they are there."""

FULL = """
title: Services in West Mercia
words: {access: [{id: local-mobile-unit, title: Mobile unit}], groups: [{id: local-farmers, title: Farming families}]}
organisations:
  - name: A charity
    reference: charity-1
    description: Support after crime
    email: office@example.org
    website: https://example.org
    identifiers: [{kind: charity, identifier: '1234567', scheme: GB-CHC}]
    note: Also known as AC
  - {name: West Mercia Police}
  - {name: An organisation without services, description: None yet}
services:
  - reference: hub
    name: The hub
    provider: A charity
    kind: one-to-one-support
    arrangement: contract
    commissioner: PCC for West Mercia
    areas: [west-mercia]
    within: [Worcestershire, "Ludlow, Shropshire"]
    force_wide: false
    local_need_named: Rural isolation
    co_commissioners: [{body: PCC for West Mercia, share: '0.7'}, {body: Shropshire Council, share: '0.3'}]
    tier: specialist
    groups: [sexual-violence, local-farmers]
    needs: [mental-and-physical-health, finance-and-benefits]
    free: false
    confidential: true
    evidence_base: {needs_assessed_on: 2026-01-05, outcomes: [Better able to cope]}
    since: 2026-04-01
    status: temporarily-closed
    description: Support for as long as it takes
    website: https://example.org/hub
    email: hub@example.org
    phones:
      - {number: 0300 123 4567, extension: 3, kind: voice, note: Ask for the hub, languages: [cy]}
    contacts:
      - {name: The desk, title: Manager, email: desk@example.org, phones: [{number: 0300 123 4568}]}
    openings:
      - {days: [monday, friday], opens: '09:00', closes: '17:30', note: Not on bank holidays}
      - {days: [tuesday], weeks: [1, -1], opens: '18:00', since: 2026-04-01, until: 2027-03-31, how: Online}
      - {days: [sunday], every_weeks: 2}
    locations:
      - name: The house
        reference: house
        address: 1 High Street
        town: Worcester
        county: Worcestershire
        postcode: WR1 1AA
        district: Worcester
        uprn: '10092008082'
        latitude: '52.1936'
        longitude: '-2.2216'
        access: [step-free-access, local-mobile-unit]
        access_note: Ring for the ramp
        note: Behind the library
      - {name: Online room, kind: virtual, access: []}
    languages: [en, cy]
    access: [by-telephone, local-mobile-unit]
    costs: [{option: Course, amount: '12.50', note: Waived on request, since: 2026-04-01}]
    eligibility: Adults
    minimum_age: 18
    maximum_age: 99
    assured_on: 2026-11-01
    assured_by: assurer@example.org
    depends_on: [VAL]
    note: 'Quotes " and: colons'
  - {reference: VAL, name: Victim Advice Line, kind: front-door, provider: West Mercia Police, arrangement: in-house,
     commissioner: PCC for West Mercia, areas: [west-mercia, warwickshire], everybody: true, needs: [], languages: [],
     until: 2026-03-31, access: []}
  - {reference: 3f6b3c0e-6a35-4a8e-9d5e-0c1f4d1f3c11, name: National line, provider: Another, national: true}
"""


@pytest.fixture(scope="module")
def directory():
    return Directory.from_yaml(FULL)


@pytest.fixture(scope="module")
def export(directory):
    return to_open_referral(directory, on=DAY)


def problems(schema, instance):
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{list(one.path)}: {one.message}" for one in validator.iter_errors(instance)]


def test_a_directory_is_written_and_read_back_without_loss(directory, export):
    back = from_open_referral(export.to_json(), source="directory.json")

    assert back.directory == directory
    assert back.summary() == ("3 services read.",)
    assert to_open_referral(back.directory, on=DAY) == export


def test_the_page_fits_the_schema_made_from_the_fields_of_the_standard(export):
    page = json.loads(export.to_json())

    assert problems(open_referral_schema(), page) == []
    del page["contents"][0]["status"]
    page["contents"][1]["id"] = "VAL"
    assert len(problems(open_referral_schema(), page)) == 2


@pytest.mark.parametrize("profile", ["uk", "hsds"])
def test_every_service_fits_the_compiled_schema_of_the_standard(export, profile):
    path = PUBLIC / f"{profile}-service.json"
    if not path.is_file():
        pytest.skip(f"the published schema {path.name} is not beside the repository")
    schema = json.loads(path.read_text(encoding="utf-8"))

    assert [found for service in export.page["contents"] for found in problems(schema, service)] == []


def test_the_field_of_the_standard_is_used_where_there_is_one(export):
    hub, line, national = export.page["contents"]

    assert (hub["status"], line["status"], national["status"]) == ("temporarily closed", "defunct", "active")
    assert [area["uri"].rpartition("/")[2] for area in hub["service_areas"]] == ["E10000034", "E06000051"]
    assert [area["name"] for area in line["service_areas"]] == ["West Mercia", "Warwickshire"]
    assert [one["byday"] for one in hub["schedules"]] == ["MO,FR", "1TU,-1TU", "SU"]
    location = hub["service_at_locations"][0]["location"]
    assert location["attributes"][0]["taxonomy_term"]["code"] == "E07000237"
    assert location["accessibility"][0]["description"] == "Step-free access"
    assert hub["cost_options"][0]["amount"] == 12.5
    assert national["id"] == "3f6b3c0e-6a35-4a8e-9d5e-0c1f4d1f3c11"


def test_a_confidential_location_is_never_written(directory):
    hidden = {"name": "Refuge", "address": "7 Quiet Lane", "confidential": True}
    refuge = Service.from_dict(directory.services[0].to_dict() | {"locations": [hidden], "depends_on": []})
    export = to_open_referral(Directory(services=(refuge,), words=directory.words, with_national=False), on=DAY)

    assert export.left_out == ("1 confidential location",)
    assert "Quiet Lane" not in export.to_json()


FOREIGN = {
    "id": "11111111-1111-4111-8111-111111111111",
    "name": "Counselling",
    "status": "active",
    "alert": "Moved online",
    "accreditations": "BACP",
    "fees_description": "Sliding scale",
    "assured_date": "soon",
    "organization": {
        "id": "22222222-2222-4222-8222-222222222222",
        "name": "Mind",
        "description": "Charity",
        "logo": "x",
    },
    "service_areas": [
        {"id": "a", "name": "Shropshire"},
        {"id": "b", "name": "MyCity"},
        {"id": "c", "name": "x", "uri": "http://x/E23000017"},
    ],
    "languages": [{"id": "l", "name": "Polish"}, {"id": "l", "code": "tlh"}],
    "phones": [{"id": "p", "number": "0300 123 4567"}, {"id": "p", "number": "see website"}],
    "schedules": [
        {"id": "s", "freq": "MONTHLY", "byday": "1MO,2TU", "opens_at": "10:00:00", "closes_at": "late"},
        {"id": "s", "freq": "MONTHLY", "bymonthday": "5"},
        {"id": "s", "valid_from": "2026-02-01", "valid_to": "2026-01-01"},
    ],
    "cost_options": [{"id": "k", "amount": 9.99, "currency": "EUR"}, {"id": "k", "amount": 5, "currency": "GBP"}],
    "service_at_locations": [
        {
            "id": "sl",
            "location": {
                "id": "33333333-3333-4333-8333-333333333333",
                "location_type": "physical",
                "latitude": 100.5,
                "longitude": -2.7,
                "external_identifier": "7",
                "external_identifier_type": "other",
                "addresses": [
                    {
                        "id": "a",
                        "address_1": "1 Road",
                        "city": "Ludlow",
                        "state_province": "",
                        "postal_code": "SY8",
                        "country": "GB",
                        "address_type": "physical",
                    }
                ]
                * 2,
            },
        }
    ],
    "attributes": [
        {
            "id": "t",
            "taxonomy_term": {"id": "u", "name": "Advice", "description": "Advice", "taxonomy": "esdServiceTypes"},
        }
    ],
    "extra": {"a": 1},
}


def test_what_a_file_of_others_holds_and_is_not_kept_is_told_with_its_number(tmp_path):
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps(FOREIGN), encoding="utf-8")
    read = open_referral_file(path)
    (service,) = read.directory.services

    assert (service.kind, service.arrangement) == (None, None)
    assert service.areas == ("west-mercia", "warwickshire")
    assert service.within[:2] == ("Shropshire", "North Warwickshire")
    assert service.languages == ("pl",)
    assert [phone.number for phone in service.phones] == ["0300 123 4567"]
    assert service.locations[0].reference == "33333333-3333-4333-8333-333333333333"
    assert (service.openings[0].days, f"{service.openings[0].opens:%H:%M}") == ((), "10:00")
    assert read.not_kept == {
        "assured_date that is no date": 1,
        "attribute of the taxonomy esdServiceTypes": 1,
        "cost_option.amount in another currency": 1,
        "language that is not on the list": 1,
        "location.external_identifier that is no UPRN": 1,
        "location.latitude that cannot be right": 1,
        "organization.logo": 1,
        "phone whose number is not a telephone number": 1,
        "schedule that contradicts itself": 1,
        "schedule.byday that is no days of the week or month": 1,
        "schedule.bymonthday": 1,
        "schedule.closes_at that is no time of day": 1,
        "second address of a location": 1,
        "service.accreditations": 1,
        "service.alert": 1,
        "service.extra": 1,
        "service_area that is no place we know": 1,
    }
    assert "Not kept: service.alert, 1 value." in read.summary()


def test_services_without_a_place_are_filed_under_the_area_that_is_named():
    text = json.dumps([{"id": "x", "name": "Line", "status": "active"}])

    with pytest.raises(CommissioningError, match="VC-COM-010"):
        from_open_referral(text)
    read = from_open_referral(text, area="22")
    assert (read.directory.services[0].areas, read.directory.services[0].provider) == (("west-mercia",), "not known")
    assert read.notes == (
        "Services filed under west-mercia, because the file names no place we know: 1.",
        "Services whose organisation the file does not give; the provider is not known: 1.",
    )


@pytest.mark.parametrize("text", ['{"hello": 1}', '{"contents": [1]}', "3", '[{"name": "x"}]'])
def test_another_file_is_refused(text):
    with pytest.raises(CommissioningError, match="holds no services of Open Referral"):
        from_open_referral(text, source="x.json")


def test_values_of_the_wrong_kind_are_refused_all_at_once():
    text = json.dumps(
        [
            {"id": "x", "name": 3, "status": "open", "minimum_age": "twelve", "phones": "none", "organization": [1]},
            {"id": "y", "status": "active"},
        ]
    )
    with pytest.raises(CommissioningError) as refused:
        from_open_referral(text, source="x.json", area="kent")

    assert [(fault.location, fault.message) for fault in refused.value.faults] == [
        ("x.json, services[0].name", "`name` must be text."),
        ("x.json, services[0].status", "`status` must be one of active, inactive, defunct, temporarily closed."),
        ("x.json, services[0].minimum_age", "`minimum_age` must be a number."),
        ("x.json, services[0].phones", "`phones` must be a list of objects."),
        ("x.json, services[0].organization", "`organization` must be an object."),
        ("x.json, services[1]", "service has no `name`."),
    ]
