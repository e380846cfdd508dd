"""The directory: searched by place, kind, tier, language and access; its own words; its gaps; what is due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import indent

import pytest

from shared.west_mercia import ORGANISATIONS, SERVICES, WORDS
from victims_code.commissioning.powers.places import place
from victims_code.commissioning.services import (
    AreaFigure,
    AreaNeedsAssessment,
    Directory,
    Phone,
    Service,
    figures_for,
    former_bodies,
    gap_map,
)
from victims_code.errors import CommissioningError, VictimsCodeError

DAY = date(2026, 12, 1)
TEXT = f"""
with_national: false
words:
{indent(WORDS, "  ")}
{ORGANISATIONS}{SERVICES}  - reference: quiet
    name: Quiet service
    provider: A charity
    areas: [west-mercia]
  - reference: ended
    name: Ended service
    provider: A charity
    arrangement: grant
    commissioner: PCC for West Mercia
    areas: [west-mercia]
    force_wide: true
    status: defunct
"""


@pytest.fixture(scope="module")
def directory():
    return Directory.from_yaml(TEXT)


def found(directory, **asked):
    return {signpost.service.reference: signpost.unstated for signpost in directory.find(on=DAY, **asked)}


def test_a_service_of_other_districts_is_not_offered_to_ludlow(directory):
    assert found(directory, place="Ludlow, Shropshire") == {"farmers": (), "quiet": ("place",)}
    assert found(directory, place="E07000236") == {"WMRSASC": (), "quiet": ("place",)}
    assert found(directory, place="Shropshire") == {"farmers": ("place",), "quiet": ("place",)}


def remarks(directory, **asked):
    return [str(fault) for fault in directory.remarks_on_place(on=DAY, **asked)]


def test_a_misspelt_town_loses_no_service(directory):
    assert found(directory, place="Ludow, Shropshire") == {"farmers": ("place",), "quiet": ("place",)}
    (told,) = remarks(directory, place="Ludow, Shropshire")
    assert "No service names 'Ludow' in Shropshire" in told
    assert "Nothing is left out for it. Did you mean 'Ludlow'?" in told


def test_of_a_town_that_no_service_names_what_is_left_out_is_counted_and_named(directory):
    assert found(directory, place="Oswestry, Shropshire") == {"quiet": ("place",)}
    (told,) = remarks(directory, place="Oswestry, Shropshire")
    assert "Left out: 1 that is only for other towns there (Farm watch: Ludlow, Shropshire)." in told
    assert "Towns that services name there: Ludlow." in told


@pytest.mark.parametrize(
    "place", ["Ludlow, Shropshire", "LUDLOW,  Shropshire Council", "Shropshire", "E07000236", None]
)
def test_of_a_known_place_there_is_nothing_to_say(directory, place):
    assert remarks(directory, place=place) == []


def test_a_place_outside_the_area_that_is_asked_about_is_said(directory):
    (told,) = remarks(directory, place="Leeds", area="west-mercia")
    assert "Leeds does not lie in West Mercia" in told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("St. Mary's, Shropshire", "St Marys, Shropshire", True),
        ("Stoke-on-Tern, Shropshire", "Stoke on Tern, Shropshire", True),
        ("Telferd, Shropshire", "Telford, Shropshire", None),
        ("Buds, Cornwall", "Bude, Cornwall", None),
        ("Whitchurch, Shropshire", "Church Stretton, Shropshire", False),
        ("Ludlow, Shropshire", "Ludlow, Redditch", False),
    ],
)
def test_towns_that_are_spelt_almost_alike_may_be_one(one, other, same):
    assert place(one).covers(place(other)) is same


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"language": "polish"}, {"WMRSASC": (), "farmers": ("languages",), "quiet": ("languages",)}),
        ({"language": "cy"}, {"farmers": ("languages",), "quiet": ("languages",)}),
        ({"access": "step-free-access"}, {"WMRSASC": (), "farmers": ("access",), "quiet": ("access",)}),
        ({"access": "home-visits"}, {"farmers": ("access",), "quiet": ("access",)}),
        ({"tier": "specialist"}, {"WMRSASC": (), "quiet": ("tier",)}),
        ({"kind": "local-helpdesk"}, {"farmers": (), "quiet": ("kind",)}),
        ({"group": "local-farmers"}, {"farmers": (), "quiet": ("groups",)}),
        ({"group": "sexual-violence", "place": "Worcester"}, {"WMRSASC": (), "quiet": ("groups", "place")}),
    ],
)
def test_services_are_found_by_what_is_asked_and_what_is_not_stated_is_named(directory, asked, answer):
    assert found(directory, **asked) == answer


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"place": "Narnia"}, "no local authority, county or partnership 'Narnia'"),
        ({"group": "local-fishers"}, "no word of your own 'local-fishers'"),
        ({"language": "Klingon"}, "no language 'Klingon'"),
        ({"kind": "help-line"}, "Did you mean 'helpline'"),
    ],
)
def test_a_word_that_does_not_exist_is_refused(directory, asked, words):
    with pytest.raises(VictimsCodeError) as refused:
        directory.find(on=DAY, **asked)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("within: [Worcestershire, Herefordshire]", "within: [Narnia]", "VC-NAME-001", "'Narnia'"),
        ("within: [Worcestershire, Herefordshire]", "within: [Kent]", "VC-COM-001", "Kent lies in kent"),
        ("groups: [local-farmers]", "groups: [local-fishers]", "VC-COM-007", "what 'local-fishers' is"),
        ("id: local-farmers", "id: farmers", "VC-COM-001", "Begin it with `local-`"),
        ("access: [by-telephone]", "access: [by-fax]", "VC-COM-007", "no way of access 'by-fax'"),
        (
            "tier: general",
            "tier: general\n    minimum_age: 18\n    maximum_age: 17",
            "VC-COM-001",
            "greatest age is 17",
        ),
        ("tier: general", "tier: general\n    free: true\n    costs: [{amount: £5}]", "VC-COM-001", "free and has a"),
        ("district: E07000237", "latitude: 91, longitude: 181", "VC-COM-001", "is not a latitude"),
        ("district: E07000237", "latitude: 52, longitude: 181", "VC-COM-001", "is not a longitude"),
        ("tier: general", "tier: general\n    phones: [{number: ask us}]", "VC-COM-004", "not a telephone number"),
    ],
)
def test_a_directory_that_cannot_be_right_is_refused(old, new, code, words):
    assert old in TEXT
    with pytest.raises(CommissioningError) as refused:
        Directory.from_yaml(TEXT.replace(old, new, 1))
    assert any(fault.code == code and words in f"{fault.message} {fault.hint}" for fault in refused.value.faults)


def test_a_directory_is_written_and_read_without_loss(directory):
    assert Directory.from_yaml(directory.to_yaml()) == directory
    assert directory.organisation("WMRSASC").website == "https://example.org/"
    assert directory.organisation("A charity").to_dict() == {"name": "A charity"}


def test_the_gap_map_tells_none_from_not_known(directory):
    quiet = Directory.from_dict(
        directory.to_dict() | {"services": [one.to_dict() for one in directory.services if one.reference != "quiet"]}
    )
    sure = {(gap.of, gap.place): gap for gap in gap_map(quiet, area="west-mercia", on=DAY)}
    unsure = {(gap.of, gap.place): gap for gap in gap_map(directory, area="west-mercia", on=DAY)}

    assert len(sure) == 8 * 9
    assert sure["mental-and-physical-health", "Worcester"].part == ("Support after sexual violence",)
    theirs = {
        gap.of: gap
        for gap in gap_map(quiet, area="west-mercia", on=DAY, group="sexual-violence")
        if gap.place == "Worcester"
    }
    assert theirs["mental-and-physical-health"].met == ("Support after sexual violence",)
    assert theirs["finance-and-benefits"].state.value == "none"
    assert sure["mental-and-physical-health", "Shropshire"].state.value == "none"
    assert sure["finance-and-benefits", "Shropshire"].state.value == "in-part"
    assert unsure["mental-and-physical-health", "Shropshire"].state.value == "not-known"
    assert unsure["mental-and-physical-health", "Shropshire"].unsure == ("Quiet service",)
    groups = {(gap.of, gap.place): gap.state.value for gap in gap_map(quiet, area="west-mercia", on=DAY, by="group")}
    assert groups["sexual-violence", "Worcester"] == "met"
    assert groups["local-farmers", "Shropshire"] == "in-part"


def test_a_gap_is_seen_with_the_figures_of_the_area(directory):
    assessment = AreaNeedsAssessment(
        reference="NA-2026",
        area="west-mercia",
        assessed_on=date(2026, 3, 1),
        review_by=date(2027, 3, 1),
        figures=(
            AreaFigure(
                counted="people-in-need",
                number=120,
                period="2025/26",
                source="Survey",
                place="Shropshire",
                need="finance-and-benefits",
            ),
            AreaFigure(counted="recorded-crime", number=1500, population=30000, period="2025-26", source="Police"),
        ),
    )
    gap = next(
        g for g in gap_map(directory, area="22", on=DAY) if (g.of, g.place) == ("finance-and-benefits", "Shropshire")
    )

    assert [figure.number for figure in figures_for(assessment, gap)] == [120]
    assert (assessment.figures[1].rate, assessment.figures[0].rate) == (Decimal("50.0"), None)
    assert assessment.due_items(DAY)[0].day == date(2027, 3, 1)
    with pytest.raises(CommissioningError) as refused:
        AreaFigure(counted="victims", number=-1, population=0, period="2025-26", source="Police")
    assert {fault.location for fault in refused.value.faults} == {"number", "population"}
    with pytest.raises(CommissioningError, match="period: 'lately' is not a period"):
        AreaFigure(counted="victims", number=1, period="lately", source="Police")
    with pytest.raises(CommissioningError, match="VC-COM-006"):
        AreaNeedsAssessment(reference="N", area="22", assessed_on=DAY, review_by=DAY)


def test_what_is_due_of_a_service_comes_with_its_day(directory):
    assert [(item.day, item.kind.value, item.about) for item in directory.due_items(DAY)] == [
        (date(2027, 3, 9), "assessment", "WMRSASC"),
        (date(2027, 10, 1), "review", "WMRSASC"),
    ]


def test_entries_never_checked_and_missing_tiers_are_found(directory):
    entries = [one for one in directory.check(as_at=DAY) if one.rule == "entries-checked"]
    later = [one for one in directory.check(as_at=date(2028, 1, 1)) if one.rule == "entries-checked"]

    assert [one.outcome.value for one in entries] == ["cannot-tell"]
    assert entries[0].message == "2 of 3 entries do not say when they were last checked: farmers, quiet."
    assert "last checked over 12 months ago: WMRSASC" in later[0].message
    assert "offer-in-three-tiers" not in {one.rule for one in directory.check(as_at=DAY)}


def test_a_body_that_is_there_no_more_is_found():
    service = Service.from_yaml(
        "{reference: SARC, name: SARC, provider: NHS, kind: sexual-assault-referral-centre, arrangement: contract,"
        " commissioner: NHS England, areas: [west-mercia], co_commissioners: [{body: NHS Shropshire CCG}]}"
    )
    directory = Directory(services=(service,))

    found = [one for one in directory.check(as_at=DAY) if one.rule == "bodies-as-they-are-called-now"]
    assert [(one.message, one.hint) for one in found] == [
        ("The clinical commissioning group ended on Thursday 30 June 2022.", "Name the integrated care board.")
    ]
    assert [one.id for one in former_bodies("Report it to Action Fraud.", on=DAY)] == ["action-fraud"]
    assert former_bodies("Report it to Action Fraud.", on=date(2025, 12, 3)) == ()


def test_no_national_service_has_a_telephone_number():
    directory = Directory(services=())

    assert not any(service.phones or service.contacts for service in directory.all_on(DAY))
    assert Phone(number="+44 (0)300 123 4567", extension=12).extension == 12
