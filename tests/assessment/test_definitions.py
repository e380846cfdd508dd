"""Who is a victim: each limb of each definition, and in words where they part."""

from __future__ import annotations

from datetime import date

import pytest

import victims_code as vc

CODE = vc.VictimsCode.load()
ON = date(2025, 1, 29)
NOBODY = {
    "subjected-to-the-conduct": False,
    "saw-or-heard-the-conduct": False,
    "born-of-the-offence": False,
    "bereaved-close-family": False,
    "bereaved-close-relative": False,
    "child-victim-of-domestic-abuse": False,
}


def who(on=ON, flags=(), born=None, capacity="person", under=None, **facts):
    stated = {**NOBODY, **{name.replace("_", "-"): value for name, value in facts.items()}}
    victim = vc.Victim(reference="V1", born=born, capacity=capacity, facts=stated)
    offence = vc.Offence(committed_on=date(2024, 5, 1), flags=list(flags))
    (found,) = CODE.who_is_a_victim(vc.Case(reference="X", victims=[victim], offence=offence), on=on, under=under)
    return found


@pytest.mark.parametrize(
    ("facts", "act", "code"),
    [
        ({"subjected_to_the_conduct": True}, True, True),
        ({"subjected_to_the_conduct": True, "suffered_harm": False}, False, False),
        ({"saw_or_heard_the_conduct": True}, True, False),
        ({"born_of_the_offence": True}, True, False),
        ({"bereaved_close_family": True}, True, False),
        ({"bereaved_close_relative": True}, True, True),
        ({"bereaved_close_relative": True, "suffered_harm": False}, False, True),
        ({}, False, False),
        ({"capacity": "business"}, None, False),
        ({"capacity": "parent-or-guardian"}, False, False),
        ({"capacity": "close-relative", "flags": ["death-caused-by-offence"]}, True, True),
        ({"capacity": "family-spokesperson", "flags": ["death-caused-by-offence"]}, False, True),
        ({"capacity": "family-spokesperson"}, False, None),
        ({"child_victim_of_domestic_abuse": True, "flags": ["domestic-abuse"], "born": date(2015, 1, 1)}, True, False),
        ({"child_victim_of_domestic_abuse": True, "flags": ["domestic-abuse"], "born": date(2000, 1, 1)}, False, False),
        ({"child_victim_of_domestic_abuse": True, "flags": ["domestic-abuse"]}, None, False),
    ],
)
def test_each_limb_of_the_act_and_of_the_code(facts, act, code):
    found = who(**facts)

    assert (found.under("vpa-2024-s1"), found.under("code-2021")) == (act, code)


def test_where_and_why_they_differ_for_a_child_of_rape():
    found = who(born_of_the_offence=True)

    assert found.same is False
    assert found.differences == (
        "The Victims and Prisoners Act 2024, section 1 makes V1 a victim as harmed by having been born as a direct"
        " result of the conduct; the Code in force since 1 April 2021 has no such limb, and by its other limbs the"
        " person is not a victim.",
    )


def test_where_and_why_they_differ_for_a_cousin():
    (sentence,) = who(bereaved_close_family=True).differences

    assert sentence == (
        "The Victims and Prisoners Act 2024, section 1 makes V1 a victim as harmed by the death of a close family"
        " member that the conduct caused; the Code in force since 1 April 2021 asks for a close relative of someone"
        " whose death the offence caused, which is not met."
    )


def test_they_agree_on_the_ordinary_victim():
    found = who(subjected_to_the_conduct=True)

    assert found.same is True
    assert found.differences == ()


def test_before_the_act_only_the_code_answers():
    found = who(on=date(2025, 1, 28), born_of_the_offence=True)

    assert [answer.definition.id for answer in found.answers] == ["code-2021"]
    with pytest.raises(KeyError):
        found.under("vpa-2024-s1")


@pytest.mark.parametrize(
    ("on", "ids"),
    [
        (date(2006, 4, 2), []),
        (date(2006, 4, 3), ["code-2006"]),
        (date(2013, 12, 9), ["code-2006"]),
        (date(2013, 12, 10), ["code-2013"]),
        (date(2015, 11, 15), ["code-2013"]),
        (date(2015, 11, 16), ["code-2015"]),
        (date(2021, 3, 31), ["code-2015"]),
        (date(2021, 4, 1), ["code-2021"]),
        (date(2025, 1, 29), ["code-2021", "vpa-2024-s1"]),
    ],
)
def test_the_definition_follows_the_day(on, ids):
    assert [answer.definition.id for answer in who(on=on).answers] == ids


def test_the_code_of_2013_asked_for_a_recordable_crime():
    on = date(2014, 6, 2)

    assert who(on=on, subjected_to_the_conduct=True).under("code-2013") is None
    assert who(on=on, subjected_to_the_conduct=True, flags=["recordable-crime"]).under("code-2013") is True
    assert who(on=on, subjected_to_the_conduct=True, flags=["not-recordable-crime"]).under("code-2013") is False
    assert who(on=date(2016, 6, 1), subjected_to_the_conduct=True, flags=["not-recordable-crime"]).under("code-2015")


def test_a_victim_alone_can_be_asked_about():
    (found,) = CODE.who_is_a_victim(vc.Victim(reference="V9"), on=ON)

    assert found.under("vpa-2024-s1") is True
    assert found.victim == "V9"


def test_the_answer_is_explained_with_limbs_facts_and_evidence():
    explanation = who(bereaved_close_family=True).explain()
    text = explanation.to_text()

    assert explanation.summary == (
        "Is V1 a victim on Wednesday 29 January 2025? the Code in force since 1 April 2021: no,"
        " the Victims and Prisoners Act 2024, section 1: yes."
    )
    assert "Harmed by the death of a close family member that the conduct caused: met." in text
    assert 'The Act does not define "close family member".' in text
    assert "s.1(2)(c), Victims and Prisoners Act 2024, Part 1 and section 81" in text
    assert who(bereaved_close_family=True).to_dict()["same"] == "no"
    assert "Who it binds: Everyone Part 1 of the Act applies to." in text


def test_the_framework_is_asked_when_it_is_named():
    found = who(
        under=["framework-2013", "code-2021", "vpa-2024-s1"],
        family_member_of_the_victim=True,
        harmed_through_the_victim=True,
    )

    assert {answer.definition.id: answer.truth for answer in found.answers} == {
        "framework-2013": True,
        "code-2021": False,
        "vpa-2024-s1": False,
    }
    assert found.same is False
    assert set(found["framework-2013"].used_facts) == {"family-member-of-the-victim", "harmed-through-the-victim"}
    text = found.explain().to_text()
    assert "A family member affected and harmed by an offence against the victim, who need not have died: met." in text
    assert "Wider than the Code and the Act" in text
    assert "Victim and Witness Strategy" in text


def test_a_definition_that_is_named_covers_nobody_before_it_began():
    found = who(on=date(2025, 1, 28), under=["vpa-2024-s1"], subjected_to_the_conduct=True)

    assert found.under("vpa-2024-s1") is False
    text = found.explain().to_text()
    assert "section 1: no, because it began only on Wednesday 29 January 2025." in text


def test_a_definition_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(vc.VictimsCodeError, match=r"There is no definition 'code-2012'\. Did you mean 'code-20"):
        who(under=["code-2012"])


def test_the_record_presumes_harm_and_the_framework_takes_it_so():
    found = who(under=["framework-2013"], subjected_to_the_conduct=True)

    assert found.under("framework-2013") is True
    (limb,) = [limb for limb, finding in found["framework-2013"].limbs if finding.truth]
    assert limb.readings == ("recorded-as-victim", "harmed-directly")
