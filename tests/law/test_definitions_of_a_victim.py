"""The Framework of 2013, the Code and the Act of 2024 asked about the same person, by facts alone."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc
from victims_code.errors import UnknownNameError, WrongTypeError
from victims_code.law import definition_answers, victim_definitions

NOBODY = dict.fromkeys(
    (
        "suffered-harm",
        "subjected-to-the-conduct",
        "saw-or-heard-the-conduct",
        "born-of-the-offence",
        "bereaved-close-family",
        "child-victim-of-domestic-abuse",
        "bereaved-close-relative",
        "family-member-of-the-victim",
        "harmed-through-the-victim",
        "death-caused-by-offence",
    ),
    False,
)


def asked(capacity="person", **facts):
    stated = NOBODY | {name.replace("_", "-"): value for name, value in facts.items()}
    return definition_answers(stated, capacity=capacity)


def answers(comparison):
    return {answer.definition.id: answer.truth for answer in comparison.answers}


SPOKESPERSON = "family-spokesperson"
CASES = [
    ({}, False, False, False),
    ({"suffered_harm": True, "subjected_to_the_conduct": True}, True, True, True),
    # the mother of someone who was assaulted and lived: only the Framework takes her in
    ({"family_member_of_the_victim": True, "harmed_through_the_victim": True}, True, False, False),
    # a cousin of someone who was killed: family for the Framework; no close relative for the Code
    (
        {"family_member_of_the_victim": True, "death_caused_by_offence": True, "harmed_through_the_victim": True},
        True,
        False,
        False,
    ),
    # the same cousin, not harmed by the death
    ({"family_member_of_the_victim": True, "death_caused_by_offence": True}, False, False, False),
    # a spouse who was not harmed through the death: the Code asks for no harm of a close relative
    ({"bereaved_close_relative": True}, False, True, False),
    ({"bereaved_close_relative": True, "harmed_through_the_victim": True}, True, True, False),
    (
        {"capacity": "close-relative", "death_caused_by_offence": True, "harmed_through_the_victim": True},
        True,
        True,
        False,
    ),
    # close family, whoever that is under the Act, is family for the Framework
    ({"bereaved_close_family": True, "harmed_through_the_victim": True, "suffered_harm": True}, True, False, True),
    ({"capacity": SPOKESPERSON, "death_caused_by_offence": True}, False, True, False),
    ({"capacity": SPOKESPERSON}, False, False, False),
    # harmed, and neither subjected to the conduct nor any of the Act's other four (reading harmed-directly)
    ({"suffered_harm": True}, False, False, False),
    ({"suffered_harm": True, "born_of_the_offence": True}, False, False, True),
    # a bystander harmed by what they saw: a limb of the Act and not of the Code (reading harmed-by-witnessing)
    ({"suffered_harm": True, "saw_or_heard_the_conduct": True}, False, False, True),
    ({"saw_or_heard_the_conduct": True}, False, False, False),
]


@pytest.mark.parametrize(("facts", "framework", "code", "act"), CASES)
def test_the_definitions_differ_where_they_differ(facts, framework, code, act):
    assert answers(asked(**facts)) == {"code-2021": code, "framework-2013": framework, "vpa-2024-s1": act}


@pytest.mark.parametrize(("facts", "framework", "code", "act"), CASES)
def test_a_record_that_states_the_same_facts_gets_the_same_answers(facts, framework, code, act):
    stated = NOBODY | {name.replace("_", "-"): value for name, value in facts.items() if name != "capacity"}
    flags = ["death-caused-by-offence" if stated.pop("death-caused-by-offence") else "not-death-caused-by-offence"]
    victim = vc.Victim(reference="V1", capacity=facts.get("capacity", "person"), facts=stated)
    case = vc.Case(reference="X", victims=[victim], offence=vc.Offence(flags=flags))
    under = ["framework-2013", "code-2021", "vpa-2024-s1"]
    (found,) = vc.VictimsCode.load().who_is_a_victim(case, on=date(2025, 1, 29), under=under)

    assert answers(found) == {"framework-2013": framework, "code-2021": code, "vpa-2024-s1": act}


def test_the_definitions_are_those_of_the_law():
    assert victim_definitions() is vc.VictimsCode.load().law.related.definitions


def test_why_they_differ_is_said():
    comparison = asked(family_member_of_the_victim=True, harmed_through_the_victim=True)

    assert comparison.same is False
    framework, code = comparison["framework-2013"].sentence, comparison["code-2021"].sentence
    assert framework.startswith("The Victims' Services Commissioning Framework of 2013: yes, as a family member")
    assert code.startswith("The Code in force since 1 April 2021: no; it covers only")
    assert {framework, code, *comparison.differences} < set(comparison.why)
    assert (
        "The Victims' Services Commissioning Framework of 2013 makes this person a victim as a family member affected"
        " and harmed by an offence against the victim, who need not have died; the Code in force since 1 April 2021 has"
        " no such limb, and by its other limbs the person is not a victim."
    ) in comparison.differences
    assert "Wider than the Code and the Act" in comparison.why[-1]
    assert str(comparison).splitlines() == list(comparison.why)


def test_where_all_agree_the_answers_are_all_that_is_said():
    comparison = asked(suffered_harm=True, subjected_to_the_conduct=True)

    assert len(comparison.why) == 3
    assert comparison.differences == ()


def test_a_fact_that_is_not_known_is_named_and_settles_nothing():
    comparison = definition_answers({"suffered-harm": True, "saw-or-heard-the-conduct": True})

    assert answers(comparison) == {"framework-2013": None, "code-2021": None, "vpa-2024-s1": True}
    assert comparison.same is None
    assert {one.id for one in comparison["framework-2013"].missing_facts} == {
        "subjected-to-the-conduct",
        "harmed-through-the-victim",
        "bereaved-close-relative",
        "bereaved-close-family",
        "death-caused-by-offence",
        "family-member-of-the-victim",
    }
    assert set(comparison["vpa-2024-s1"].used_facts) == {"capacity", "suffered-harm", "saw-or-heard-the-conduct"}
    assert "not known; it would be yes as a person harmed directly by" in comparison["framework-2013"].sentence
    asked = comparison["framework-2013"].sentence
    assert "We need to know about the victim: Was this person subjected to" in asked
    assert asked.endswith("And 3 more questions.")


def test_without_a_record_nobody_is_presumed_to_be_harmed_or_subjected():
    found = definition_answers({"suffered-harm": True})

    assert answers(found) == {"framework-2013": None, "code-2021": None, "vpa-2024-s1": None}
    assert {one.id for one in found["vpa-2024-s1"].missing_facts} >= {"subjected-to-the-conduct", "born-of-the-offence"}


def test_a_fact_that_cannot_matter_is_not_asked_for():
    act = definition_answers(NOBODY | {"suffered-harm": False} | {"subjected-to-the-conduct": True})["vpa-2024-s1"]

    assert (act.truth, act.missing_facts) == (False, ())


def test_a_definition_covers_nobody_before_it_began_or_after_it_ended():
    facts = NOBODY | {"suffered-harm": True, "subjected-to-the-conduct": True, "recordable-crime": True}
    before, since = (
        definition_answers(facts, on=day, under=["vpa-2024-s1", "code-2021"])
        for day in (date(2025, 1, 28), date(2025, 1, 29))
    )

    assert (before.under("vpa-2024-s1"), since.under("vpa-2024-s1")) == (False, True)
    assert "no, because it began only on Wednesday 29 January 2025" in before["vpa-2024-s1"].sentence
    assert before.differences == (
        "The Code in force since 1 April 2021 makes this person a victim as a person harmed directly by the offence;"
        " the Victims and Prisoners Act 2024, section 1 began only on Wednesday 29 January 2025.",
    )
    assert before["vpa-2024-s1"].to_dict()["not_standing"] == "began only on Wednesday 29 January 2025"
    ended = definition_answers(facts, on=date(2013, 12, 10), under=["code-2006", "code-2013"])
    assert answers(ended) == {"code-2006": False, "code-2013": True}
    assert "because it ended on Monday 9 December 2013" in ended["code-2006"].sentence


@pytest.mark.parametrize(
    ("on", "ids"),
    [
        (date(2013, 4, 30), {"code-2006"}),
        (date(2013, 5, 1), {"code-2006", "framework-2013"}),
        (date(2016, 6, 1), {"code-2015", "framework-2013"}),
        (date(2025, 1, 28), {"code-2021", "framework-2013"}),
        (date(2025, 1, 29), {"code-2021", "framework-2013", "vpa-2024-s1"}),
    ],
)
def test_on_a_day_those_are_asked_that_stand_on_it(on, ids):
    assert set(answers(definition_answers(NOBODY, on=on))) == ids


def test_every_edition_can_be_asked_whatever_the_day():
    facts = NOBODY | {"suffered-harm": True, "subjected-to-the-conduct": True, "recordable-crime": False}
    found = definition_answers(facts, under=list(victim_definitions()))

    assert answers(found) == {
        "code-2006": False,
        "code-2013": False,
        "code-2015": True,
        "code-2021": True,
        "framework-2013": True,
        "vpa-2024-s1": True,
    }
    assert any("asks for a person harmed directly by a recordable crime, which is not met" in d for d in found.why)


def test_a_misspelt_name_is_refused_with_the_nearest_and_all_at_once():
    with pytest.raises(UnknownNameError) as refused:
        definition_answers({"sufered-harm": True, "zz": False}, capacity="persom")

    assert [fault.code for fault in refused.value.faults] == ["VC-NAME-001"] * 3
    assert "Did you mean 'suffered-harm'?" in refused.value.faults[0].hint
    assert "Did you mean 'person'?" in refused.value.faults[2].hint
    with pytest.raises(UnknownNameError, match="There is no definition 'act-2024'"):
        definition_answers({}, under=["act-2024"])


def test_a_fact_is_true_or_false():
    with pytest.raises(WrongTypeError, match="true or false"):
        definition_answers({"suffered-harm": "yes"})


def test_the_same_as_plain_values():
    plain = asked(suffered_harm=True, subjected_to_the_conduct=True).to_dict()
    act = next(answer for answer in plain["definitions"] if answer["definition"] == "vpa-2024-s1")

    assert (plain["same"], plain["on"]) == ("yes", None)
    assert act["is_a_victim"] == "yes"
    assert [limb["id"] for limb in act["limbs"] if limb["holds"] == "yes"] == ["subjected"]
    assert act["missing_facts"] == []
    assert act["used_facts"] == ["capacity", "suffered-harm", "subjected-to-the-conduct"]


def test_the_act_rests_on_its_text_and_the_framework_does_not():
    definitions = victim_definitions()

    assert {name: definitions[name].evidence.value for name in ("framework-2013", "code-2021", "vpa-2024-s1")} == {
        "framework-2013": "secondary",
        "code-2021": "secondary",
        "vpa-2024-s1": "text",
    }
    assert {limb.evidence.value for limb in definitions["framework-2013"].limbs} == {"secondary"}
    assert all(limb.cites for definition in definitions.values() for limb in definition.limbs)


def test_the_framework_is_advice_and_the_others_are_law():
    assert [name for name, definition in victim_definitions().items() if definition.advice] == ["framework-2013"]
    assert victim_definitions()["framework-2013"].binds == "Those who commission services, as advice."
