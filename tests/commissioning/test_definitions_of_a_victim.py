"""The Framework of 2013, the Code and the Act of 2024 asked about the same person."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning import victim_definitions, who_is_a_victim
from victims_code.errors import UnknownNameError, WrongTypeError

NOBODY = dict.fromkeys(
    (
        "suffered-harm",
        "subjected-to-the-conduct",
        "saw-or-heard-the-conduct",
        "born-of-the-offence",
        "bereaved-close-family",
        "child-victim-of-domestic-abuse",
        "bereaved-family-member",
        "bereaved-close-relative",
        "family-member-of-the-victim",
        "harmed-through-the-victim",
        "spokesperson-of-the-family",
        "death-caused-by-offence",
    ),
    False,
)


def asked(**facts):
    return who_is_a_victim(NOBODY | {name.replace("_", "-"): value for name, value in facts.items()})


def answers(comparison):
    return {answer.definition.id: answer.covers for answer in comparison.answers}


@pytest.mark.parametrize(
    ("facts", "framework", "code", "act"),
    [
        ({}, False, False, False),
        ({"suffered_harm": True, "subjected_to_the_conduct": True}, True, True, True),
        # the mother of somebody who was assaulted and lived: only the Framework takes her in
        ({"family_member_of_the_victim": True, "harmed_through_the_victim": True}, True, False, False),
        # a cousin of somebody who was killed: family for the Framework; no close relative for the Code
        ({"bereaved_family_member": True, "harmed_through_the_victim": True}, True, False, False),
        # a spouse who was not harmed through the death: the Code asks for no harm of a close relative
        ({"bereaved_close_relative": True}, False, True, False),
        ({"spokesperson_of_the_family": True, "death_caused_by_offence": True}, False, True, False),
        ({"spokesperson_of_the_family": True}, False, False, False),
        # harmed, and neither subjected to the conduct nor any of the Act's other four
        ({"suffered_harm": True}, True, True, False),
        ({"suffered_harm": True, "born_of_the_offence": True}, True, True, True),
        ({"saw_or_heard_the_conduct": True}, False, False, False),
    ],
)
def test_the_definitions_differ_where_they_differ(facts, framework, code, act):
    assert answers(asked(**facts)) == {"framework-2013": framework, "code-2021": code, "act-2024": act}


def test_why_they_differ_is_said():
    comparison = asked(family_member_of_the_victim=True, harmed_through_the_victim=True)

    assert comparison.agree is False
    assert comparison.why[0].startswith("Victims' Services Commissioning Framework of 2013: yes, as a family member")
    assert comparison.why[1].startswith("Victims' Code in force since 1 April 2021: no; it covers only")
    assert "Wider than the Code and the Act" in comparison.why[-1]


def test_a_fact_that_is_not_known_is_named_and_settles_nothing():
    comparison = who_is_a_victim({"suffered-harm": True})

    assert answers(comparison) == {"framework-2013": True, "code-2021": True, "act-2024": None}
    assert comparison.agree is None
    assert set(comparison["act-2024"].missing) >= {"subjected-to-the-conduct", "born-of-the-offence"}


def test_a_fact_that_cannot_matter_is_not_asked_for():
    comparison = who_is_a_victim(NOBODY | {"suffered-harm": False} | {"subjected-to-the-conduct": True})

    assert comparison["act-2024"].covers is False
    assert comparison["act-2024"].missing == ()


def test_a_definition_covers_nobody_before_it_began():
    before, since = (
        who_is_a_victim(NOBODY | {"suffered-harm": True, "subjected-to-the-conduct": True}, on=day)["act-2024"]
        for day in (date(2025, 1, 28), date(2025, 1, 29))
    )

    assert (before.covers, since.covers) == (False, True)
    assert "began only on Wednesday 29 January 2025" in before.sentence


def test_a_misspelt_fact_is_refused_with_the_nearest_and_all_at_once():
    with pytest.raises(UnknownNameError) as refused:
        who_is_a_victim({"sufered-harm": True, "zz": False})

    assert [fault.code for fault in refused.value.faults] == ["VC-NAME-001", "VC-NAME-001"]
    assert "Did you mean 'suffered-harm'?" in refused.value.faults[0].way_out


def test_a_fact_is_true_or_false():
    with pytest.raises(WrongTypeError, match="true or false"):
        who_is_a_victim({"suffered-harm": "yes"})


def test_the_same_as_plain_values():
    plain = asked(suffered_harm=True, subjected_to_the_conduct=True).to_dict()

    assert plain["agree"] is True
    assert plain["answers"]["act-2024"] == {"covers": "yes", "limbs_met": ["subjected"], "missing_facts": []}


def test_the_act_rests_on_its_text_and_the_framework_does_not():
    assert {name: definition.evidence.value for name, definition in victim_definitions().items()} == {
        "framework-2013": "secondary",
        "code-2021": "secondary",
        "act-2024": "text",
    }
