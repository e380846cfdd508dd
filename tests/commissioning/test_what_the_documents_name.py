"""What the client's documents name and no other test runs: boards by their profile, groups, roles, and a birthday."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.commissioning.governance import Board, Meeting, Member, board_profiles
from victims_code.commissioning.services import Directory

ON = date(2026, 12, 1)

DEPUTY, COMMISSIONER, ADVOCATE = (
    "deputy-police-and-crime-commissioner",
    "police-and-crime-commissioner",
    "victims-advocate",
)
BOARDS = {  # by its profile: what its document asks of it, beyond its purpose
    "victims-board": {"board-chair", "board-minuted", "board-papers-published"},
    "victims-collaboration-board": set(),
    "crime-reduction-board": set(),
    "local-criminal-justice-board": {"board-chair"},
    "national-criminal-justice-board": set(),
    "west-midlands-criminal-justice-collaboration-forum": {"board-members"},
    "national-steering-group-victims-and-witnesses": set(),
    "national-steering-group-criminal-justice": set(),
    "serious-sexual-offences-coordinating-group": set(),
    "strategic-management-board-domestic-abuse": set(),
    "strategic-management-board-sexual-violence": set(),
    "domestic-abuse-partnership": set(),
    "community-safety-partnership": set(),
    "safeguarding-adults-board": set(),
    "safeguarding-children-board": set(),
    "serious-organised-crime-joint-action-group": set(),
    "lived-experience-group": set(),
    "alliance-governance-group": set(),
    "victims-commission": {"board-chair"},
    "victims-and-witnesses-delivery-group": {"board-chair"},
    "accountability-and-governance-board": {"board-members"},
    "advisory-panel": set(),
    "victims-panel": set(),
    "victim-case-conference": set(),
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
