"""The front door against its delivery model, referrals over many, and the chain from one service to the next."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.services import FrontDoor, Referral, ReferralList, delivery_models, referral_timeliness
from victims_code.errors import CommissioningError

DAY = date(2026, 4, 20)
DOOR = """
reference: VAL
area: west-mercia
model: partly-in-house
decision: PCC/D/2018/12
services: [counselling]
parts:
  - {part: single-point-of-contact, by: in-house, who: Victim Advice Line, since: 2019-04-01, passes_to: [triage]}
  - {part: triage, by: in-house, since: 2019-04-01, passes_to: [integrated-assessment]}
  - {part: integrated-assessment, by: in-house, passes_to: [face-to-face-support, counselling]}
  - {part: co-location, by: in-house, passes_to: []}
  - {part: face-to-face-support, by: provider, since: 2019-04-01}
"""


def messages(text, on=DAY):
    return [(found.outcome.value, found.message) for found in FrontDoor.from_yaml(text).findings(on)]


def test_the_decision_of_west_mercia_is_a_model_with_its_parts():
    model = delivery_models()["partly-in-house"]

    assert model.in_house == ("single-point-of-contact", "triage", "integrated-assessment", "co-location")
    assert (model.by_provider, model.cites[0].source) == (("face-to-face-support",), "west-mercia-decision-2018-12")


def test_a_front_door_as_its_model_has_it_leads_from_first_contact_to_support():
    door = FrontDoor.from_yaml(DOOR.replace("triage]", "triage, co-location]"))

    assert door.findings(DAY) == ()
    assert door.chain() == (
        "single-point-of-contact",
        "triage",
        "co-location",
        "integrated-assessment",
        "face-to-face-support",
        "counselling",
    )


def test_a_part_that_is_not_there_or_arranged_otherwise_is_found():
    without = DOOR.replace(
        "  - {part: triage, by: in-house, since: 2019-04-01, passes_to: [integrated-assessment]}\n", ""
    )
    without = without.replace("passes_to: [triage]", "passes_to: [integrated-assessment, co-location]")

    assert messages(without) == [
        (
            "cannot-tell",
            "Triage by several professions: the record does not say whether it is there; the model has it in-house.",
        )
    ]
    assert messages(DOOR.replace("part: co-location, by: in-house", "part: co-location")) == [
        (
            "cannot-tell",
            "The teams work in one place, under one lead: the record does not say who has it;"
            " the model has it in-house.",
        ),
        ("broken", "The teams work in one place, under one lead: no part passes victims on to it."),
    ]
    ended = DOOR.replace("by: provider, since: 2019-04-01", "by: provider, until: 2026-03-31")
    assert ("broken", "Face-to-face support ended on Tuesday 31 March 2026.") in messages(ended)


def test_parts_still_to_begin_are_due():
    door = FrontDoor.from_yaml(DOOR)
    before = date(2018, 4, 24)

    assert [item.day for item in door.due_items(before)] == [date(2019, 4, 1)] * 3
    assert door.due_items(before)[1].what == "Begin: Single point of contact, one gateway for all victims."
    assert ("broken", "Triage by several professions begins on Monday 1 April 2019.") in messages(DOOR, before)
    assert door.due_items(DAY) == ()


def test_a_part_passes_victims_only_to_what_there_is():
    with pytest.raises(CommissioningError, match="passed on to 'councelling'"):
        FrontDoor.from_yaml(DOOR.replace("support, counselling", "support, councelling"))


def referral(n, reported_on, made=None, **more):
    given = {"reference": f"R{n}", "victim": f"V{n}", "to": "VAL", "basis": "data-share"}
    return Referral(**given, reported_on=reported_on, made_on=made, **more)


THURSDAY = date(2026, 4, 2)
"""Before Easter: two working days end on Wednesday 8 April."""


def test_the_share_in_time_counts_what_is_not_known():
    many = [
        referral(1, THURSDAY, date(2026, 4, 8)),
        referral(2, THURSDAY, date(2026, 4, 8)),
        referral(3, THURSDAY, date(2026, 4, 9)),
        referral(4, THURSDAY, date(2026, 4, 14)),
        referral(5, THURSDAY),
        referral(6, None),
        referral(7, None, reported=False),
        referral(8, date(2026, 4, 17)),
        referral(9, THURSDAY, date(2026, 4, 17), after="R1"),
    ]
    found = referral_timeliness(many, as_at=DAY)

    assert (found.in_time, found.late, found.overdue, found.not_known) == (2, 2, 1, 1)
    assert (found.not_yet_due, found.no_limit) == (1, 1)
    assert found.days_late == (1, 4, 8)
    assert (str(found.share.percentage()), str(found.share.coverage)) == ("40.0", "5 of 6 (83.3%)")
    assert str(found) == (
        "2 of 5 in time (40.0%); 1 not known, so between 33.3% and 50.0%;"
        " working days late: 4 in the middle, 8 at most."
    )
    assert found.to_dict()["share_lowest_and_highest"] == ["33.3", "50.0"]
    assert str(referral_timeliness([], as_at=DAY)) == "No referral was due."
    assert str(referral_timeliness([referral(1, None)], as_at=DAY)) == (
        "None is known; 1 not known, so between 0.0% and 100.0%."
    )


def test_a_referral_not_made_is_due_on_the_day_of_the_code():
    (item,) = referral(1, THURSDAY).due_items(DAY)

    assert (item.day, item.what, item.kind.value) == (date(2026, 4, 8), "Refer V1 to VAL.", "referral")
    assert referral(1, THURSDAY, date(2026, 4, 8)).due_items(DAY) == ()


CHAIN = """
referrals:
  - {reference: R1, victim: V1, to: VAL, basis: data-share, made_on: 2026-04-08, accepted: true}
  - {reference: R2, victim: V1, to: triage, basis: consented, after: R1, accepted: true}
  - {reference: R3, victim: V1, to: counselling, basis: consented, after: R2, accepted: false}
  - {reference: R4, victim: V1, to: refuge, basis: consented, after: R2, accepted: true}
"""


def test_the_chain_of_referrals_is_followed_to_where_it_breaks():
    listed = ReferralList.from_yaml(CHAIN)

    assert [[one.to for one in chain] for chain in listed.chains()] == [
        ["VAL", "triage", "counselling"],
        ["VAL", "triage", "refuge"],
    ]
    assert [chain[-1].reference for chain in listed.broken()] == ["R3"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("after: R1", "after: R9", "follows the referral 'R9'"),
        ("reference: R1, victim: V1, to: VAL", "reference: R1, victim: V1, after: R3, to: VAL", "follows itself"),
        ("reference: R3, victim: V1", "reference: R3, victim: V2", "is of another victim"),
        ("reference: R4", "reference: R3", "there twice"),
        ("accepted: true}", "accepted: true, accepted_on: 2026-04-07}", "ends before"),
    ],
)
def test_a_list_of_referrals_that_cannot_be_right_is_refused(old, new, words):
    with pytest.raises(CommissioningError) as refused:
        ReferralList.from_yaml(CHAIN.replace(old, new, 1))
    assert words in str(refused.value)
