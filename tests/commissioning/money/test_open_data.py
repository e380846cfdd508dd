"""Awards in the formats of the public: they keep to the published schemas, and say what they leave out."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry
from referencing.jsonschema import DRAFT4, DRAFT202012

from victims_code.commissioning.money import (
    Award,
    AwardsPublisher,
    awards_to_csv,
    from_360giving,
    read_360giving,
    to_360giving,
    to_ocds,
)
from victims_code.errors import CommissioningError

KEPT = Path(__file__).parents[2] / "standards"
"""The published schemas that are kept with the tests; its README says where they come from."""
SCHEMAS = Path(os.environ.get("VICTIMS_CODE_STANDARDS", Path(__file__).parents[4] / "shared" / "standards"))
"""Where the published schemas of 360Giving are, if they are there."""
DAY = date(2026, 12, 1)
OFFICE = AwardsPublisher(
    name="PCC for Borsetshire",
    id="GB-GOR-PB1204",
    prefix="360G-borset",
    ocid_prefix="ocds-a1b2c3",
    area="west-mercia",
    website="https://www.example.org",
)
GRANT = """
reference: H/2026
kind: grant
title: Advisers at Harbour
description: Advisers for victims of sexual violence.
funder: PCC for Borsetshire
recipient: Harbour
recipient_id: GB-CHC-1164883
amount: '80,000.10'
first: 2026-04-01
last: 2027-03-31
awarded_on: 2026-03-02
decision: PCC/D/2026/4
owner: Grants Officer
services: [isva, helpline]
streams: [moj-core]
within: M-2026
ring_fences: [{purpose: ISVA, amount: 40000}]
variations:
  - {on: 2026-10-01, amount: 10000, why: More people came., decision: PCC/D/2026/31}
  - {on: 2027-01-15, last: 2027-06-30, why: A worker was ill.}
conditions: [{id: data, text: Sends its figures.}, {id: policy, text: Has a policy.}]
instalments:
  - {due: 2026-04-15, amount: 40000.10, paid_on: 2026-04-16, invoice: INV-1}
  - {due: 2026-10-15, amount: 50000, held_until: data}
meetings: [{kind: grant-visit, held_on: 2026-09-03, feedback: [{text: They listened., people: 6}]}]
spending: [{on: 2026-09-30, amount: 20000, purpose: ISVA}]
"""


PLAIN = {
    "reference": "P",
    "kind": "grant",
    "funder": OFFICE.name,
    "recipient": "Harbour",
    "description": "d",
    "first": "2026-04-01",
    "last": "2027-03-31",
    "awarded_on": "2026-03-02",
}


def grant(**more):
    return Award.from_dict({**Award.from_yaml(GRANT).to_dict(), **more})


def contract(**more):
    return grant(**{"kind": "contract", "reference": "C-7", **more})


FORMATS = jsonschema.FormatChecker([])


@FORMATS.checks("date-time", raises=ValueError)
def is_a_moment(value):
    """Whether text is a moment with its offset; the checker that comes with jsonschema needs a further package."""
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


@FORMATS.checks("uri")
def is_an_address(value):
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def validator(name, kind, specification):
    """A validator of a published schema, which finds the other schemas of its standard."""
    folder = KEPT if (KEPT / name).is_file() else SCHEMAS
    if not (folder / name).is_file():
        pytest.skip(f"the published schema {name} is not beside the repository")
    files = folder.glob(f"{name.split('-')[0]}*.json")
    read = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in files}
    registry = Registry()
    for file, schema in read.items():
        for uri in [schema.get("$id") or schema.get("id"), *OTHER_NAMES.get(file, ())]:
            registry = registry.with_resource(uri, specification.create_resource(schema))
    return kind(read[name], registry=registry, format_checker=FORMATS)


OTHER_NAMES = {
    # the package of 1.4.3 still refers to the grants of 1.4.2
    "360-giving-schema.json": [
        "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/1.4.2/schema/360-giving-schema.json"
    ]
}


@pytest.fixture(scope="module")
def giving():
    return validator("360-giving-package-schema.json", jsonschema.Draft202012Validator, DRAFT202012)


@pytest.fixture(scope="module")
def ocds():
    return validator("ocds-release-package-schema.json", jsonschema.Draft4Validator, DRAFT4)


def problems(schema, data):
    return [f"{list(one.absolute_path)}: {one.message[:200]}" for one in schema.iter_errors(data)]


def told(faults):
    return [fault.message for fault in faults]


# --- 360Giving --------------------------------------------------------------------------------------------------
def test_grants_keep_to_the_published_schema(giving):
    needed = ("kind", "funder", "recipient", "amount", "first", "last")
    bare = {key: value for key, value in grant().to_dict().items() if key in needed}
    least = {**bare, "reference": "B", "description": "d", "awarded_on": "2026-01-01"}
    made = to_360giving([grant(), Award.from_dict(least)], OFFICE, as_at=DAY)

    assert made.count == 2
    assert problems(giving, json.loads(made.to_json())) == []
    del made.data["grants"][0]["recipientOrganization"]  # so that the test would see a fault
    assert problems(giving, made.data)


def test_a_grant_says_what_was_awarded_changed_and_paid_by_the_day():
    (one,) = to_360giving([grant()], OFFICE, as_at=DAY).data["grants"]

    assert one["id"] == "360G-borset-H_2026"
    assert (one["amountAwarded"], one["amountDisbursed"], one["awardDate"]) == (90000.1, 40000.1, "2026-03-02")
    assert one["plannedDates"] == [{"startDate": "2026-04-01", "endDate": "2027-03-31"}]
    assert [(t["transactionDate"], t["value"], t["description"]) for t in one["commitmentTransaction"]] == [
        ("2026-03-02", 80000.1, "As awarded."),
        ("2026-10-01", 10000, "More people came."),
    ]
    assert one["beneficiaryLocation"] == [{"name": "West Mercia", "geoCode": "E23000016", "geoCodeType": "PFA"}]
    assert one["fundingOrganization"] == [{"id": "GB-GOR-PB1204", "name": "PCC for Borsetshire"}]
    assert one["relatedActivity"] == ["360G-borset-M-2026"]
    early = to_360giving([grant()], OFFICE, as_at=date(2026, 4, 1)).data["grants"][0]
    assert (early["amountAwarded"], early["amountDisbursed"]) == (80000.1, 0)


def test_what_is_left_out_is_said_with_its_number():
    others = [
        contract(),
        grant(reference="X", funder="Ministry of Justice"),
        grant(reference="Y", awarded_on=None),
        {key: value for key, value in grant(reference="Z").to_dict().items() if key != "description"},
    ]
    awards = [grant(), *(one if isinstance(one, Award) else Award.from_dict(one) for one in others)]
    made = to_360giving(awards, OFFICE, as_at=DAY)

    assert made.count == 1
    assert told(made.left_out) == [
        "Left out: 1 award of others. 360Giving takes each grant that PCC for Borsetshire makes.",
        "Left out: 1 contract. 360Giving takes each grant that PCC for Borsetshire makes.",
        "1 grant left out without the `awarded_on` that 360Giving requires: Y.",
        "1 grant left out without the `description` that 360Giving requires: Z.",
        "1 name of an owner was left out: 360Giving has no place for it.",
        "1 number of a decision was left out: 360Giving has no place for it.",
        "2 ties to services were left out: 360Giving has no place for them.",
        "2 conditions were left out: 360Giving has no place for them.",
        "1 ring-fence was left out: 360Giving has no place for it.",
        "1 line of spending was left out: 360Giving has no place for it.",
        "1 meeting or visit was left out: 360Giving has no place for it.",
        "1 instalment that is not paid was left out: 360Giving has no place for it.",
        "2 invoices and conditions of instalments were left out: 360Giving has no place for them.",
        "1 change of the last day was left out: 360Giving has no place for it.",
        "1 number of the decision on a change was left out: 360Giving has no place for it.",
        "1 reference is written with _ for other signs.",
    ]


def test_every_field_of_an_award_is_exported_or_counted():
    """Whoever adds a field to an award says here where it goes."""
    from attrs import fields

    from victims_code.commissioning.money.open_data import _HELD

    exported = {
        *("reference", "kind", "title", "description", "funder", "recipient", "funder_id", "recipient_id", "amount"),
        *("first", "last", "awarded_on", "within", "streams", "variations", "instalments", "received"),
    }
    assert {one.name for one in fields(Award)} == exported | set(_HELD)


def test_nothing_that_service_users_said_is_published():
    made = to_360giving([grant()], OFFICE, as_at=DAY).to_json() + awards_to_csv([grant()], as_at=DAY)
    assert "listened" not in made + to_ocds([contract()], OFFICE, as_at=DAY).to_json()


def test_grants_are_read_back_as_they_were_but_for_what_was_left_out(tmp_path):
    path = tmp_path / "grants.json"
    path.write_text(to_360giving([grant()], OFFICE, as_at=date(2027, 2, 1)).to_json(), encoding="utf-8")
    read = read_360giving(path)

    kept = {
        "reference": "H_2026",
        "kind": "grant",
        "title": "Advisers at Harbour",
        "description": "Advisers for victims of sexual violence.",
        "funder": "PCC for Borsetshire",
        "funder_id": "GB-GOR-PB1204",
        "recipient": "Harbour",
        "recipient_id": "GB-CHC-1164883",
        "amount": "80000.10",
        "first": "2026-04-01",
        "last": "2027-06-30",
        "awarded_on": "2026-03-02",
        "within": "M-2026",
        "streams": ["moj-core"],
        "variations": [{"on": "2026-10-01", "why": "More people came.", "amount": "10000.00"}],
        "instalments": [{"due": "2026-04-16", "amount": "40000.10", "paid_on": "2026-04-16"}],
    }
    assert read.awards == (Award.from_dict(kept),)
    assert told(read.not_read) == ["1 value of beneficiaryLocation was not read."]
    again = to_360giving(read.awards, OFFICE, as_at=date(2027, 2, 1))
    assert again.data["grants"] == json.loads(path.read_text(encoding="utf-8"))["grants"]
    assert again.left_out == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"recipientIndividual": {"id": "x", "name": "Ann Other"}}, "1 grant to an individual was not read."),
        ({"currency": "EUR"}, "1 grant in another currency was not read."),
        ({"plannedDates": [{"startDate": "2026-04", "endDate": "2027-03"}]}, "1 grant without its days was not read."),
        ({"plannedDates": "soon"}, "The grant was not read. `plannedDates` is not what 360Giving has there."),
        ({"amountAwarded": "lots"}, "The grant was not read. 'lots' is not an amount of money."),
        ({"amountAwarded": 1.005}, "The grant was not read. 1.005 is not a whole number of pence."),
        ({"id": None}, "The grant was not read. The grant has no `id`."),
        ({"recipientOrganization": []}, "The grant was not read. The grant has no `recipientOrganization`."),
        ({"disbursementTransaction": [{"value": 5}]}, "The grant was not read. A transaction has no day."),
    ],
)
def test_what_is_not_read_is_said_and_names_no_one(change, said):
    data = json.loads(to_360giving([grant()], OFFICE, as_at=DAY).to_json())
    data["grants"][0] |= change
    data["grants"][0].pop("commitmentTransaction")
    read = from_360giving(data)

    assert read.awards == ()
    assert said in told(read.not_read)
    assert "Ann Other" not in str(read.not_read)


def test_what_of_a_grant_is_not_read_is_said():
    data = json.loads(to_360giving([grant()], OFFICE, as_at=DAY).to_json())
    one = data["grants"][0]
    one["commitmentTransaction"][1]["value"] = 9999
    one["grantProgramme"].append({"code": "other"})
    one["recipientOrganization"].append({"id": "GB-CHC-1", "name": "Beacon"})
    one["fundingOrganization"][0]["id"] = "US-EIN-1"
    read = from_360giving(data)

    assert (read.awards[0].terms().amount, read.awards[0].variations) == (grant().terms(DAY).amount, ())
    assert {
        "2 commitments that do not make the sum awarded were not read.",
        "1 grant programme was not read.",
        "1 further organisation was not read.",
        "1 identifier of an organisation was not read.",
    } <= set(told(read.not_read))


@pytest.mark.parametrize("data", [{}, {"grants": {}}, {"grants": 1}])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(CommissioningError, match="not a 360Giving package"):
        from_360giving(data)


def test_without_a_prefix_and_with_one_identifier_twice_nothing_is_made():
    for make, kind in ((to_360giving, "prefix"), (to_ocds, "ocid_prefix")):
        with pytest.raises(CommissioningError, match=f"no `{kind}`"):
            make([grant()], AwardsPublisher(name="PCC for Borsetshire"), as_at=DAY)
    with pytest.raises(CommissioningError, match="'360G-borset-H_2026' is there twice"):
        to_360giving([grant(), grant(reference="H 2026")], OFFICE, as_at=DAY)


@pytest.mark.parametrize("wrong", [{"prefix": "borset"}, {"prefix": "360G-bor-set"}, {"ocid_prefix": "ocds-1"}])
def test_a_prefix_is_of_the_form_in_which_it_is_given_out(wrong):
    with pytest.raises(CommissioningError, match="not a prefix"):
        AwardsPublisher(name="PCC", **wrong)


# --- OCDS -------------------------------------------------------------------------------------------------------
def test_contracts_keep_to_the_published_schema(ocds):
    made = to_ocds([contract(), contract(reference="C 8", recipient_id=None, instalments=[])], OFFICE, as_at=DAY)

    assert made.count == 2
    assert problems(ocds, json.loads(made.to_json())) == []
    made.data["releases"][0]["tag"] = ["agreement"]  # so that the test would see a fault
    assert problems(ocds, made.data)


def test_a_contract_says_its_amendments_payments_and_milestones():
    (release,) = to_ocds([contract()], OFFICE, as_at=DAY).data["releases"]
    (one,) = release["contracts"]

    assert (release["ocid"], release["tag"]) == (
        "ocds-a1b2c3-C-7",
        ["award", "contract", "contractAmendment", "implementation"],
    )
    assert (one["status"], one["value"], one["period"]["endDate"]) == (
        "active",
        {"amount": 90000.1, "currency": "GBP"},
        "2027-03-31T00:00:00Z",
    )
    assert release["awards"][0]["value"]["amount"] == 80000.1
    assert [(a["rationale"], a["description"]) for a in one["amendments"]] == [
        ("More people came.", "The sum changes by £10,000.00.")
    ]
    assert [t["value"]["amount"] for t in one["implementation"]["transactions"]] == [40000.1]
    assert [(m["type"], m["status"]) for m in one["milestones"]] == [
        ("delivery", "scheduled"),
        ("delivery", "scheduled"),
        ("payment", "scheduled"),
    ]
    assert {party["name"]: (party["roles"], party["identifier"].get("scheme")) for party in release["parties"]} == {
        "PCC for Borsetshire": (["buyer"], "GB-GOR"),
        "Harbour": (["supplier"], "GB-CHC"),
    }
    for day, status in ((date(2026, 3, 31), "pending"), (date(2027, 7, 1), "terminated")):
        assert to_ocds([contract()], OFFICE, as_at=day).data["releases"][0]["contracts"][0]["status"] == status


def test_grants_and_what_ocds_has_no_place_for_are_counted():
    said = told(to_ocds([contract(), grant()], OFFICE, as_at=DAY).left_out)

    assert "Left out: 1 grant. OCDS takes each contract that PCC for Borsetshire makes." in said
    assert "1 meeting or visit was left out: OCDS has no place for it." in said
    assert not [words for words in said if "condition" in words]


# --- CSV --------------------------------------------------------------------------------------------------------
def test_the_table_has_a_row_for_each_award_and_no_formula():
    risky = grant(reference="=1+1", spending=None)
    rows = list(csv.DictReader(io.StringIO(awards_to_csv([grant(), risky], as_at=DAY))))

    assert [row["reference"] for row in rows] == ["H/2026", "'=1+1"]
    assert (rows[0]["amount"], rows[0]["paid"], rows[0]["spent"], rows[1]["spent"]) == (
        "90000.10",
        "40000.10",
        "20000.00",
        "",
    )
    assert (rows[0]["last"], rows[0]["services"]) == ("2027-03-31", "isva; helpline")


@given(st.integers(0, 10**13), st.integers(-(10**6), 10**6))
@settings(deadline=None, max_examples=60)
def test_every_penny_survives_the_way_out_and_back(pence, change):
    """A number of JSON is a float to many readers, and still the same pence."""
    amount, more = Decimal(pence).scaleb(-2), Decimal(change).scaleb(-2)
    if not amount + more >= 0:
        return
    changed = [{"on": "2026-05-01", "amount": str(more), "why": "x"}] if more else []
    one = Award.from_dict({**PLAIN, "amount": str(amount), "variations": changed})
    made = json.loads(to_360giving([one], OFFICE, as_at=DAY).to_json())

    assert from_360giving(made).awards[0].terms().amount == amount + more
    assert from_360giving(made).awards[0].amount == amount
