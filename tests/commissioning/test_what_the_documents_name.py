"""What the client's documents name and no other test runs: boards by their profile, groups, roles, and a birthday."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.commissioning.governance import (
    Board,
    Checklist,
    Meeting,
    Member,
    board_profiles,
    checklist_forms,
    named_documents,
)
from victims_code.commissioning.governance.pages import boards_page
from victims_code.commissioning.powers import Powers, check_citation
from victims_code.commissioning.services import Directory
from victims_code.render import card_to_text

ON = date(2026, 12, 1)

DEPUTY, COMMISSIONER, ADVOCATE = (
    "deputy-police-and-crime-commissioner",
    "police-and-crime-commissioner",
    "victims-advocate",
)
BOARDS = {  # by its profile: what its document asks of it, beyond its purpose
    "victims-board": {"board-chair", "board-minuted", "board-papers-published"},
    "victims-collaboration-board": set(),
    "crime-reduction-board": {"board-members", "board-minuted", "board-papers-published"},
    "local-criminal-justice-board": {"board-chair", "board-members"},
    "national-criminal-justice-board": {"board-chair", "board-members"},
    "west-midlands-criminal-justice-collaboration-forum": {"board-members"},
    "national-steering-group-victims-and-witnesses": {"board-members"},
    "national-steering-group-criminal-justice": {"board-members"},
    "serious-sexual-offences-coordinating-group": set(),
    "strategic-management-board-domestic-abuse": set(),
    "strategic-management-board-sexual-violence": set(),
    "domestic-abuse-partnership": {"board-members"},
    "community-safety-partnership": {"board-members"},
    "safeguarding-adults-board": {"board-members"},
    "safeguarding-children-board": {"board-members"},
    "serious-organised-crime-joint-action-group": set(),
    "lived-experience-group": set(),
    "alliance-governance-group": {"board-members", "board-minuted"},
    "victims-commission": {"board-chair", "board-members"},
    "victims-and-witnesses-delivery-group": {"board-chair"},
    "accountability-and-governance-board": {"board-members"},
    "advisory-panel": {"board-members"},
    "victims-panel": {"board-chair", "board-members"},
    "victim-case-conference": {"board-members"},
    "victims-summit": set(),
}


@pytest.mark.parametrize("profile", BOARDS)
def test_a_board_is_asked_for_what_its_document_says(profile):
    board = Board(title="B", profile=profile, quorum=1, members=[Member(role="someone", holder="M1")])
    board = Board.from_dict({**board.to_dict(), "meetings": [Meeting(on=date(2026, 6, 1), present=["M1"]).to_dict()]})
    found = {one.rule for one in board.findings(ON)}

    assert found == BOARDS[profile]
    assert board_profiles()[profile].purpose


def test_every_profile_of_a_board_is_asked_for_something_or_said_to_ask_for_nothing():
    assert set(BOARDS) == set(board_profiles())


@pytest.mark.parametrize(
    ("profile", "chair"),
    [
        ("victims-board", DEPUTY),
        ("local-criminal-justice-board", COMMISSIONER),
        ("national-criminal-justice-board", "lord-chancellor"),
        ("victims-panel", DEPUTY),
        ("victims-commission", ADVOCATE),
        ("victims-and-witnesses-delivery-group", ADVOCATE),
    ],
)
def test_another_chair_than_the_documents_is_found(profile, chair):
    members = [Member(role=chair, holder="M1"), Member(role="clerk", holder="M2")]
    asked = {"profile": profile, "title": "B", "members": members}

    assert not [one for one in Board(chair=chair, **asked).findings(ON) if one.rule == "board-chair"]
    (found,) = [one for one in Board(chair="clerk", **asked).findings(ON) if one.rule == "board-chair"]
    assert chair in found.message


def test_the_summit_comes_round_each_year():
    summit = Board(title="Victims Summit", profile="victims-summit", members=[Member(role="host", holder="M1")])
    held = Board.from_dict({**summit.to_dict(), "meetings": [{"on": "2026-03-10", "present": ["M1"]}]})

    (item,) = held.due_items(ON)
    assert item.day == date(2027, 3, 10)
    assert summit.due_items(ON)[0].day is None  # never held, so no day is known


@pytest.mark.parametrize(
    ("profile", "after"),
    [
        ("safeguarding-children-board", date(2026, 12, 10)),
        ("serious-organised-crime-joint-action-group", date(2026, 9, 10)),
        ("victims-panel", date(2026, 9, 10)),
        ("accountability-and-governance-board", date(2026, 7, 10)),
        ("alliance-governance-group", None),  # the alliance ended on 30 March 2020
    ],
)
def test_the_next_meeting_follows_from_how_often_the_sources_say_a_board_meets(profile, after):
    board = Board.from_dict({"title": "B", "profile": profile, "meetings": [{"on": "2026-06-10", "present": []}]})
    held = [item.day for item in board.due_items(ON) if item.what.startswith("Hold")]

    assert held == ([] if after is None else [after])


def test_the_group_of_the_alliance_met_each_month_until_it_ended():
    board = Board.from_dict(
        {"title": "B", "profile": "alliance-governance-group", "meetings": [{"on": "2020-02-10", "present": []}]}
    )
    assert date(2020, 3, 10) in [item.day for item in board.due_items(date(2020, 3, 29))]
    assert not [item for item in board.due_items(date(2020, 3, 30)) if item.what.startswith("Hold")]


def test_the_page_of_a_board_says_what_its_sources_say_and_what_none_of_them_does():
    page = card_to_text(boards_page([Board(title="B", profile="crime-reduction-board")], ON), width=200)

    for said in (
        "Receives from: Meetings on serious and organised crime, which pass issues on to it",
        "Decides: Support from end to end, which is prevention, early intervention and targeted intervention",
        "Not said: No source that was read says who chairs it.",
        "Not said: No source that was read says how often it meets.",
    ):
        assert said in " ".join(page.split())
    panel = card_to_text(boards_page([Board(title="B", profile="victims-panel")], ON), width=200)
    assert "Meets: every 3 months" in panel
    assert "Reports to: Local Criminal Justice Board" in panel
    assert "Not said" not in panel


@pytest.mark.parametrize(
    ("text", "on", "standing", "in_force"),
    [
        ("section 52 of the Modern Slavery Act 2015", date(2015, 10, 31), "right", False),
        ("section 52 of the Modern Slavery Act 2015", date(2015, 11, 1), "right", True),
        ("s.56 MSA 2015", date(2015, 3, 26), "right", True),
        ("s.63 Modern Slavery Act 2015", ON, "wrong", None),
        ("section 1 of the Stalking Protection Act 2019", date(2020, 1, 19), "right", False),
        ("section 1 of the Stalking Protection Act 2019", date(2020, 1, 20), "right", True),
        ("s.16 SPA 2019", ON, "wrong", None),
    ],
)
def test_acts_on_slavery_and_stalking_are_cited_and_dated(text, on, standing, in_force):
    verdict = check_citation(text, on=on)

    assert (verdict.standing.value, verdict.in_force) == (standing, in_force)


def test_exploitation_has_five_kinds_and_the_duty_to_notify_is_not_the_commissioners():
    powers = Powers.load()

    assert [limb.id for limb in powers.get("msa-2015-s3").limbs] == [
        "slavery-and-forced-labour",
        "sexual-exploitation",
        "removal-of-organs",
        "services-by-force-threats-or-deception",
        "services-of-children-and-vulnerable-people",
    ]
    owed = {role: {power.id for power in powers.of(role)} for role in ("chief-constable", "local-authorities", "pcc")}
    assert "msa-2015-s52" in owed["chief-constable"] & owed["local-authorities"]
    assert "msa-2015-s52" not in owed["pcc"]
    assert "spa-2019-s1" in owed["chief-constable"] - owed["pcc"]


def test_the_concordat_is_answered_area_by_area():
    checklist = Checklist.from_yaml("""
of: mental-health-crisis-care-concordat
title: Crisis care 2026
answers:
  - {item: urgent-and-emergency, met: true, on: 2026-05-01, evidence: [Agreement with the trust]}
  - {item: action-plan, met: false, on: 2026-05-01, owner: Policy Manager}
""")
    assert checklist.summary(ON) == {"yes": 1, "no": 1, "unknown": 4}
    assert any("A shared action plan" in found.message for found in checklist.findings(ON))


def test_the_six_priorities_of_the_health_service_are_answered_one_by_one():
    checklist = Checklist.from_yaml("""
of: nhs-sexual-assault-and-abuse-services-strategy
title: Sexual violence 2026
answers:
  - {item: involvement, met: true, on: 2026-05-01, evidence: [Minutes of the group]}
""")
    assert checklist.summary(ON) == {"yes": 1, "no": 0, "unknown": 5}


def test_an_advocate_is_selected_on_merit_and_under_the_principles_of_public_life():
    checklist = Checklist.from_yaml("""
of: selection-of-the-victims-advocate
title: Selection 2026
answers:
  - {item: on-merit, met: true, on: 2026-05-01, evidence: [Record of the panel]}
  - {item: open, met: false, on: 2026-05-01, owner: Chief Executive}
""")
    assert checklist.summary(ON) == {"yes": 1, "no": 1, "unknown": 4}
    found = " ".join(one.message for one in checklist.findings(ON))
    assert "The selection is open" in found
    assert "principles of public life" in found


def test_whatever_a_board_supports_is_there():
    there = {*board_profiles(), *named_documents(), *checklist_forms()}

    assert {one for board in board_profiles().values() for one in board.supports} <= there


@pytest.mark.parametrize(
    "group",
    [
        "mental-health",
        "modern-slavery",
        "road-collisions",
        "rural-crime",
        "cyber-crime-and-fraud",
        "honour-based-abuse-and-forced-marriage",
        "stalking-and-harassment",
        "elderly-people",
        "female-genital-mutilation",
    ],
)
def test_a_service_is_found_by_the_group_it_is_for_and_no_other_is(group):
    common = {"provider": "P", "arrangement": "grant", "commissioner": "PCC", "areas": ["west-mercia"]}
    directory = Directory.from_dict(
        {
            "with_national": False,
            "services": [
                {"reference": "theirs", "name": "Theirs", "kind": "outreach", "groups": [group], **common},
                {"reference": "others", "name": "Others", "kind": "outreach", "groups": ["hate-crime"], **common},
            ],
        }
    )
    found = directory.find(group=group, area="22", on=ON)
    assert [one.service.reference for one in found] == ["theirs"]


@pytest.mark.parametrize(("committed", "vulnerable"), [("2026-05-09", "yes"), ("2026-05-10", "unknown")])
def test_vulnerable_by_age_ends_on_the_eighteenth_birthday(committed, vulnerable):
    case = vc.Case.from_dict(
        {
            "reference": "A1",
            "offence": {"committed_on": committed},
            "victims": [{"reference": "V1", "born": "2008-05-10"}],
            "events": [{"event": "crime-reported", "at": committed}],
        }
    )
    (who,) = vc.VictimsCode.load().assess(case, as_at=ON).eligibility
    assert who.to_dict()["categories"]["vulnerable-or-intimidated"] == vulnerable


def test_the_witness_care_unit_has_its_duties():
    owed = {duty.id for duty in vc.VictimsCode.load().duties(owed_by="witness-care-unit")}
    assert "inform-hearing-listed" in owed
    assert "refer-to-support" not in owed
