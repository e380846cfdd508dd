"""Special measures in words and as data: what the Act gives to whom, and what the answer is not."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import victims_code as vc
from victims_code.law import load_law
from victims_code.testing.strategies import FIRST_DAY, LAST_DAY, cases

CODE = vc.VictimsCode.load()
LAW = load_law().related.special_measures
ON = date(2026, 5, 5)
VULNERABLE = ["s.23", "s.24", "s.25", "s.26", "s.27", "s.22A", "s.28", "s.29", "s.30"]
INTIMIDATED = VULNERABLE[:-2]


def open_to(group):
    """The sections of the measures that are open to a whole group or to some ground of it."""
    grounds = {ground.id for ground in LAW.grounds if ground.group == group}
    return [
        measure.section
        for measure in LAW.measures
        if any(group in rule.groups or grounds & set(rule.grounds) for rule in measure.available)
    ]


def one(flags=(), on=ON, **victim):
    case = vc.Case(
        reference="X",
        victims=[vc.Victim(reference="V1", **victim)],
        offence=vc.Offence(flags=list(flags)),
        events=[vc.Event(event="needs-assessed", at=date(2026, 3, 2))],
    )
    (found,) = CODE.special_measures(case, on=on)
    return found


def test_section_16_gives_sections_23_to_30_and_section_17_only_23_to_28():
    """Section 22A is a rule on recorded evidence in chief for adult complainants of either group."""
    assert open_to("section-16") == VULNERABLE
    assert open_to("section-17") == INTIMIDATED
    assert open_to("section-22") == ["s.27"]


def test_domestic_abuse_alone_opens_neither_section_27_nor_28():
    (ground,) = [ground for ground in LAW.grounds if ground.id == "complainant-of-domestic-abuse"]
    shut = [m.section for m in LAW.measures if not any(rule.covers(ground) for rule in m.available)]

    assert shut == ["s.27", "s.22A", "s.28", "s.29", "s.30"]


def test_which_grounds_need_no_finding_by_the_court():
    assert {ground.id for ground in LAW.grounds if not ground.automatic} == {"incapacity", "fear-or-distress"}


def test_only_section_17_4_and_5_can_be_declined():
    declinable = {ground.section for ground in LAW.grounds if "declined-special-measures" in set(ground.when.facts())}

    assert declinable == {"s.17(4)", "s.17(4A)(c)", "s.17(5)"}


def test_the_answer_says_that_it_is_no_decision():
    found = one(["sexual-offence", "not-weapons-offence"], born=date(1990, 3, 2))
    text = found.explain().to_text()

    assert "no one has a measure until the court has given a direction" in found.to_dict()["what_it_is"]
    assert found.to_dict()["what_it_is"] in text
    assert "not a court's decision" in assessed().to_markdown()


def assessed():
    case = vc.Case(
        reference="X",
        victims=[vc.Victim(reference="V1", born=date(2010, 3, 2))],
        events=[vc.Event(event="crime-reported", at=date(2026, 3, 2))],
    )
    return CODE.assess(case, as_at=ON)


def test_every_page_shows_who_is_eligible():
    row = "| V1 | Tue 5 May 2026 | yes | s.16(1)(a) under 18 when the court decides on special measures |"

    assert row in assessed().to_markdown()
    assert ">s.16(1)(a) under 18 when the court decides on special measures</td>" in assessed().to_html()
    assert assessed().to_dict()["special_measures"][0]["eligible"] == "yes"
    assert assessed().special_measures[0].open_measures[:2] == ("screen", "live-link")


def test_the_explanation_names_sections_facts_and_what_is_missing():
    adult = {"born": date(1990, 3, 2), "facts": {"recorded-interview-under-18": False}}
    text = one(["domestic-abuse", "not-weapons-offence"], **adult).explain().to_text()

    for words in (
        "s.17(4A)(c), complainant of an offence alleged to be domestic abuse (without a finding by the court): holds.",
        "Is the offence domestic abuse? Yes, as recorded.",
        "Was the witness under 18 when the court was to decide? No, from the date of birth and that day.",
        "Screen (s.23): open to this witness through s.17(4A)(c).",
        "Intermediary (s.29): not open to this witness.",
        "On this ground alone every measure is open but recorded evidence in chief and recorded cross-examination.",
        "Recorded evidence in chief (s.27): not open to this witness.",
        "Recorded cross-examination (s.28): not open to this witness.",
        "section-28-domestic-abuse",
        "V1 is eligible. The court may give: screen, live link, evidence in private,",
    ):
        assert words in text


def test_a_measure_open_on_a_sure_ground_is_as_sure_as_that_ground():
    found = one(["domestic-abuse", "crown-court-trial", "not-weapons-offence"], born=date(2010, 3, 2))
    (step,) = [s for s in found.explain().steps if s.statement.startswith("Recorded cross-examination")]

    assert "open to this witness through s.16(1)(a)." in step.statement
    assert step.evidence.value == "text"
    assert step.readings == ()


def test_without_a_needs_assessment_nothing_is_taken_to_be_false():
    case = vc.Case(reference="X", victims=[vc.Victim(reference="V1")])
    (found,) = CODE.special_measures(case, on=ON)

    assert found.eligible is None
    assert {"under-18-at-hearing", "fear-or-distress-about-testifying", "sexual-offence"} <= {
        one.id for one in found.missing_facts
    }
    assert found.explain().summary.startswith(
        "Special measures for V1 on Tuesday 5 May 2026: It is not known whether V1 is eligible. We need to know about "
    )


def test_before_the_sections_began_nobody_is_eligible():
    found = one(["sexual-offence"], on=date(2002, 7, 23), born=date(1990, 3, 2))

    assert found.eligible is False
    assert found.open_measures == ()


@given(cases(), st.dates(FIRST_DAY, LAST_DAY))
def test_no_measure_without_a_ground_and_every_answer_can_be_explained(case, on):
    for found in CODE.special_measures(case, on=on):
        if found.eligible is False:
            assert set(found.open_measures) <= {"recorded-evidence-in-chief"}
        grounds = {ground.ground.group for ground in found.grounds if ground.finding.truth}
        if "section-16" not in grounds:
            assert not {"intermediary", "aids-to-communication"} & set(found.open_measures)
        assert (found.eligible is None) == bool(found._eligibility.missing)
        assert found.explain().steps
