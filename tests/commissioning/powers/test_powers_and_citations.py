"""Powers by date, who holds them, and citations: against what the Acts and the commissioners' own documents say."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code import VictimsCode
from victims_code.commissioning.powers import (
    Powers,
    check_citation,
    check_citations,
    known_acts,
    police_area,
    police_areas,
)
from victims_code.errors import UnknownNameError, WrongValueError

PRSRA = "Police Reform and Social Responsibility Act 2011"
ASBCPA = "Anti-social Behaviour, Crime and Policing Act 2014"
DVCVA = "Domestic Violence, Crime and Victims Act 2004"
VPA = "Victims and Prisoners Act 2024"

# As the record of decision PCC/D/2018/12 puts the law, in the words that matter for a citation.
DECISION_2018_12 = (
    "By virtue of section 143 of the Antisocial Behaviour, Policing and Crime Act 2014 the commissioner may provide "
    "services. By virtue of schedule 11, paragraph 14 of the Police Reform and Social Responsibility Act 2011 the "
    "commissioner may do anything incidental."
)


@pytest.mark.parametrize(
    ("text", "standing", "right"),
    [
        ("PRSRA 2011 Sch 11 para 14", "wrong", f"{PRSRA}, Sch 1 para 14"),
        (
            "paragraph 14 of Schedule 11 to the Police Reform and Social Responsibility Act 2011",
            "wrong",
            f"{PRSRA}, Sch 1 para 14",
        ),
        ("PRSRA 2011 Sch 1 para 14", "right", f"{PRSRA}, Sch 1 para 14"),
        ("PRSRA 2011, Sch. 1, para. 14(2)(c)", "right", f"{PRSRA}, Sch 1 para 14(2)(c)"),
        ("Sch 1 para 17 PRSRA 2011", "wrong", None),
        ("PRSRA Sch 11 para 9", "wrong", None),
        ("PRSRA 2011 Sch 11 para 3", "cannot-tell", None),
        ("s.143 of the Antisocial Behaviour, Policing and Crime Act 2014", "wrong", f"{ASBCPA}, s.143"),
        ("section 143 Anti-social Behaviour, Crime and Policing Act 2014", "right", f"{ASBCPA}, s.143"),
        ("Anti social Behaviour Crime & Policing Act 2014, s 143(1)(b)", "right", f"{ASBCPA}, s.143(1)(b)"),
        ("ASBCPA 2014 s.143(5)", "wrong", None),
        ("Domestic Violence Crime and Disorder Act 2004", "wrong", DVCVA),
        ("DVCVA 2004 s.56", "right", f"{DVCVA}, s.56"),
        ("DVCVA 2004 s.64", "wrong", None),
        ("Victims Law", "wrong", VPA),
        ("VPA 2024 ss.6-12", "right", f"{VPA}, ss.6–12"),
        ("VPA 2024 s.5(2)", "cannot-tell", None),
        ("PRSRA 2011 s.77", "cannot-tell", None),
        ("PRSRA 2011 ss.12-14", "cannot-tell", None),
        ("Police Reform and Social Responsibility Act 2010 s.9", "wrong", f"{PRSRA}, s.9"),
        ("Victims and Prisoner Act 2024 s.13", "wrong", f"{VPA}, s.13"),
        ("section 5 of the Fishing Boats Act 2013", "cannot-tell", None),
        ("s.143", "cannot-tell", None),
    ],
)
def test_a_citation_is_right_wrong_or_cannot_be_told(text, standing, right):
    verdict = check_citation(text)

    assert (verdict.standing.value, verdict.right_citation) == (standing, right)


def test_the_mistaken_schedule_is_explained_with_its_source():
    verdict = check_citation("PRSRA 2011 Sch 11 para 14")

    assert "Schedule 11 changes the Crime and Disorder Act 1998" in verdict.wrong[0]
    assert "west-mercia-decision-2018-12" in verdict.sources
    assert verdict.powers == ("prsra-2011-sch1-para14",)


def test_the_misnamed_act_of_the_timeline_is_explained():
    (why,) = check_citation("the Domestic Violence Crime and Disorder Act 2004 transferred responsibility").wrong

    assert "did not transfer commissioning" in why
    assert "section 143" in why


def test_both_mistakes_of_the_record_of_decision_are_found_in_its_own_words():
    first, second = check_citations(DECISION_2018_12, on=date(2018, 4, 24))

    assert (first.standing.value, first.right_citation) == ("wrong", f"{ASBCPA}, s.143")
    assert (second.standing.value, second.right_citation) == ("wrong", f"{PRSRA}, Sch 1 para 14")
    assert first.in_force is True
    assert second.in_force is True


def test_every_citation_of_a_list_is_read():
    text = f"PRSRA 2011 ss.5-12, 14 and Sch 1 para 14; section 143 of the {ASBCPA}; VPA 2024 ss.6 and 8"

    assert [verdict.right_citation for verdict in check_citations(text)] == [
        f"{PRSRA}, ss.5–12",
        f"{PRSRA}, s.14",
        f"{PRSRA}, Sch 1 para 14",
        f"{ASBCPA}, s.143",
        f"{VPA}, s.6",
        f"{VPA}, s.8",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [("no law here", "no citation"), ("VPA 2024 s.5 and PRSRA 2011 s.9", "2 citations"), ("", "no citation")],
)
def test_one_citation_is_asked_for(text, words):
    with pytest.raises(WrongValueError) as refused:
        check_citation(text)

    (fault,) = refused.value.faults
    assert fault.code == "VC-COM-009"
    assert words in fault.message


def test_a_power_that_had_not_begun_is_right_and_not_in_force():
    verdict = check_citation("VPA 2024 s.13", on=date(2026, 3, 31))

    assert verdict.standing.value == "right"
    assert verdict.in_force is False
    assert verdict.open == ("It was not in force on Tuesday 31 March 2026.",)


@pytest.mark.parametrize(
    ("power", "day", "in_force"),
    [
        ("vpa-2024-s5", date(2025, 1, 28), False),
        ("vpa-2024-s5", date(2025, 1, 29), True),
        ("vpa-2024-s2", date(2025, 1, 28), False),
        ("vpa-2024-s2", date(2026, 6, 1), None),
        ("vpa-2024-s6", date(2026, 6, 1), False),
        ("vpa-2024-s6", date(2026, 6, 2), None),
        ("vpa-2024-s16", date(2025, 11, 7), True),
        ("vpa-2024-s16", date(2025, 1, 1), None),
        ("asbcpa-2014-s143", date(2014, 10, 1), True),
        ("asbcpa-2014-s143", date(2014, 9, 30), None),
        ("prsra-2011-sch1-para14", date(2018, 4, 24), True),
    ],
)
def test_commencement_has_three_answers(power, day, in_force):
    assert Powers.load().get(power).in_force.in_force(day) is in_force


def test_a_section_of_which_some_is_in_force_is_neither_in_force_nor_not():
    """Subsections (2) and (13) began on 29 January 2025 (SI 2025/95), and the duties themselves had not."""
    verdict = check_citation("VPA 2024 s.2", on=date(2026, 6, 1))

    assert verdict.in_force is None
    (note,) = verdict.open
    assert note.startswith("It was only partly in force on Monday 1 June 2026. s.2(1): no, prospective")
    assert "s.2(2): in force since Wednesday 29 January 2025 under SI 2025/95." in note


def test_a_power_stands_as_the_provision_does():
    """When a section began is said once: the powers and the law in force give one answer."""
    for power in Powers.load().all.values():
        if power.act == "vpa-2024":
            for day in (date(2025, 1, 28), date(2025, 1, 29), date(2025, 11, 7), date(2026, 6, 1), date(2026, 12, 1)):
                assert power.in_force.in_force(day) is VictimsCode.load().provision(power.id).in_force(day).truth


def test_a_later_commencement_can_be_added():
    powers = Powers.load(commenced={"vpa-2024-s13": date(2027, 1, 1)})

    assert powers.get("vpa-2024-s13").in_force.in_force(date(2026, 12, 31)) is False
    assert powers.get("vpa-2024-s13").in_force.in_force(date(2027, 1, 1)) is True
    with pytest.raises(UnknownNameError, match="vpa-2024-s13"):
        Powers.load(commenced={"vpa-2024-s131": date(2027, 1, 1)})


def test_the_power_to_provide_services_has_three_limbs_and_the_incidental_power_borrowing():
    powers = Powers.load()

    assert len(powers.get("asbcpa-2014-s143").limbs) == 3
    assert "not of the same household" not in powers.get("asbcpa-2014-s143-meanings").statement
    assert "outside the person's household" in powers.get("asbcpa-2014-s143-meanings").statement
    assert [limb.id for limb in powers.get("prsra-2011-sch1-para14").limbs][-1] == "borrowing"
    assert "borrowing" in powers.get("prsra-2011-sch2-para7").statement


def test_powers_named_in_the_facts_are_all_there():
    powers = set(Powers.load().all)
    wanted = {"dvcva-2004-s56", "asbcpa-2014-s143", "prsra-2011-sch1-para14", "prsra-2011-sch2-para7", "prsra-2011-s14"}
    wanted |= {f"prsra-2011-s{n}" for n in range(5, 13)} | {f"vpa-2024-s{n}" for n in range(6, 17)}

    assert wanted <= powers


def test_an_elected_body_has_duties_that_the_common_council_has_not():
    powers = Powers.load()
    council, commissioner = ({power.id for power in powers.of(role)} for role in ("common-council", "pcc"))

    assert "asbcpa-2014-s143" in council & commissioner
    assert "vpa-2024-s13" in council & commissioner
    assert commissioner >= {"vpa-2024-s8", "prsra-2011-s9"}
    assert not council & {"vpa-2024-s8", "prsra-2011-s9", "prsra-2011-sch1-para14"}
    assert "prsra-2011-sch1-para14" in {power.id for power in powers.of("mayor")}


def test_there_are_43_areas_and_42_that_return_for_grants():
    areas = police_areas().values()

    assert len(areas) == 43
    assert sum(area.country == "wales" for area in areas) == 4
    assert len({area.ons for area in areas}) == 43
    assert len({code for area in areas for code in area.cjs}) == 44  # the Metropolitan Police has two


def test_mayors_commissioners_and_others_in_the_middle_of_2024():
    held = [area.local_policing_body(date(2024, 6, 30)).role.id for area in police_areas().values()]

    assert {role: held.count(role) for role in set(held)} == {
        "pcc": 33,
        "pfcc": 4,
        "mayor": 4,
        "mopac": 1,
        "common-council": 1,
    }


@pytest.mark.parametrize(
    ("area", "day", "title"),
    [
        ("west-mercia", date(2018, 4, 24), "Police and Crime Commissioner for West Mercia"),
        ("south-yorkshire", date(2024, 5, 6), "Police and Crime Commissioner for South Yorkshire"),
        ("south-yorkshire", date(2024, 5, 7), "Mayor of South Yorkshire"),
        ("staffordshire", date(2018, 7, 31), "Police and Crime Commissioner for Staffordshire"),
        ("staffordshire", date(2018, 8, 1), "Staffordshire Commissioner for Police, Fire and Rescue and Crime"),
        ("cumbria", date(2023, 4, 1), "Police, Fire and Crime Commissioner for Cumbria"),
        ("metropolitan", date(2028, 6, 1), "Mayor's Office for Policing and Crime"),
        ("greater-manchester", date(2028, 6, 1), "Mayor of Greater Manchester"),
    ],
)
def test_the_local_policing_body_is_a_dated_role(area, day, title):
    assert police_area(area).local_policing_body(day).title == title


def test_after_the_announced_abolition_nobody_is_named():
    body = police_area("west-mercia").local_policing_body(date(2028, 5, 1))

    assert (body.role, body.title, body.elected) == (None, None, None)
    assert "subject to legislation" in body.note
    assert police_area("west-mercia").local_policing_body(date(2028, 4, 30)).elected is True
    assert police_area("west-mercia").local_policing_body(date(2012, 11, 21)).role is None
    assert police_area("city-of-london").local_policing_body(date(2026, 1, 1)).elected is False


@pytest.mark.parametrize(
    ("code", "words"), [("99", "force number"), ("E23000099", "ONS code"), ("west-mersia", "west-mercia")]
)
def test_an_area_that_does_not_exist_is_refused(code, words):
    with pytest.raises(UnknownNameError, match=words):
        police_area(code)


def test_known_wrong_names_are_not_names_of_acts():
    titles = {act.title for act in known_acts().values()}

    assert titles == {PRSRA, ASBCPA, DVCVA, VPA, "Modern Slavery Act 2015", "Stalking Protection Act 2019"}
    assert not titles & {wrong.name for act in known_acts().values() for wrong in act.misnamed}
