"""Law in force by date: each provision on the days before, on and after it began, from the instruments."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

import victims_code as vc
from victims_code.errors import LawDataError
from victims_code.law import InForce, load_law
from victims_code.reading.data_files import data_folder

CODE = vc.VictimsCode.load()
DAY = timedelta(days=1)

# provision: (first day, instrument, evidence)
BEGAN = {
    "vpa-2024-s1": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s2-2": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s2-13": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s5": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s20-s49a": (date(2025, 11, 7), "SI 2025/1168", "text"),
    "vpa-2024-s21": (date(2025, 6, 25), "SI 2025/731", "text"),
    "vpa-2024-s22-rest": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s23-2": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s23-3": (date(2025, 12, 31), "SI 2025/1325", "text"),
    "vpa-2024-s26-3": (date(2025, 12, 31), "SI 2025/1325", "text"),
    "vpa-2024-s27": (date(2025, 1, 29), "SI 2025/95", "text"),
    "vpa-2024-s28": (date(2026, 1, 12), "SI 2025/1168", "text"),
    "vpa-2024-s30": (date(2026, 1, 12), "SI 2025/1168", "text"),
    "vpa-2024-ss61-64": (date(2025, 12, 31), "SI 2025/1325", "text"),
    "vpa-2024-s81": (date(2024, 5, 24), None, "text"),
    "dvcva-2004-s35": (date(2005, 7, 1), "SI 2005/1705", "text"),
    "dvcva-2004-ss36-38": (date(2005, 7, 1), "SI 2005/1705", "text"),
    "dvcva-2004-ss36a-38b": (date(2008, 11, 3), "SI 2008/1900", "text"),
    "dvcva-2004-ss41a-44b": (date(2008, 11, 3), "SI 2008/1900", "text"),
    "dvcva-2004-s37za": (date(2025, 6, 25), "SI 2025/731", "text"),
    "yjcea-1999-s17-1": (date(2002, 7, 24), "SI 2002/1739", "text"),
    "yjcea-1999-s17-5": (date(2011, 6, 27), "SI 2011/1452", "text"),
    "yjcea-1999-s22a": (date(2011, 6, 27), "SI 2011/1452", "text"),
    "yjcea-1999-s29": (date(2004, 2, 23), "SI 2004/299", "text"),
    "daa-2021-s49a": (date(2025, 11, 7), "SI 2025/1168", "text"),
    "pca-1967-s5-directly": (date(2025, 1, 29), "SI 2025/95", "text"),
    "yjcea-1999-ss34-35": (date(2000, 9, 4), "SI 2000/2091", "text"),
    "sa-2026-s1": (date(2026, 3, 22), None, "text"),
    "sa-2026-s4": (date(2026, 3, 22), None, "text"),
    "sa-2026-s34": (date(2026, 5, 11), "SI 2026/402", "text"),
    "sa-2026-ss38-39": (date(2026, 5, 11), "SI 2026/402", "text"),
    "sa-2026-s42": (date(2026, 6, 1), "SI 2026/402", "text"),
    "sa-2026-s43": (date(2026, 3, 22), None, "text"),
    "cpa-2026-intimate-images": (date(2026, 6, 29), "SI 2026/689", "secondary"),
    "vca-2026-unduly-lenient-sentences": (date(2026, 6, 29), None, "secondary"),
}
# provision: last day on which a source shows it not in force
PROSPECTIVE = {
    "vpa-2024-s2-1": date(2026, 6, 25),
    "vpa-2024-s3": date(2026, 6, 25),
    "vpa-2024-s4": date(2026, 6, 25),
    "vpa-2024-s6": date(2026, 6, 1),
    "vpa-2024-s12": date(2026, 6, 1),
    "vpa-2024-s13": date(2026, 6, 25),
    "vpa-2024-s18": date(2026, 6, 25),
    "vpa-2024-s31": date(2026, 6, 25),
    "vpa-2024-s32": date(2024, 5, 24),
    "vpa-2024-s33": date(2026, 6, 25),
    "sa-2026-s17": date(2026, 3, 31),
    "sa-2026-s22": date(2026, 3, 22),
    "sa-2026-s27": date(2026, 5, 11),
    "vca-2026-s1": date(2026, 4, 29),
    "vca-2026-victim-contact": date(2026, 6, 28),
    "ctb-2026-special-measures": date(2026, 4, 30),
}


@pytest.mark.parametrize("id_", BEGAN)
def test_a_provision_is_in_force_from_its_day_and_not_on_the_day_before(id_):
    first, instrument, evidence = BEGAN[id_]
    provision = CODE.provision(id_)

    before, on = provision.in_force(first - DAY), provision.in_force(first)
    assert (before.answer, before.truth) == (InForce.NO, False)
    assert (on.answer, on.truth, on.since, on.instrument) == (InForce.YES, True, first, instrument)
    assert on.evidence.value == evidence
    assert on.cites
    assert provision.in_force(date(2026, 12, 1)).answer is InForce.YES


@pytest.mark.parametrize("id_", PROSPECTIVE)
def test_a_provision_not_seen_in_force_is_prospective_so_far_and_unconfirmed_after(id_):
    seen = PROSPECTIVE[id_]
    provision = CODE.provision(id_)

    assert provision.in_force(seen).answer is InForce.NO
    assert "prospective" in provision.in_force(seen).why
    after = provision.in_force(seen + DAY)
    assert (after.answer, after.truth, after.evidence.value) == (InForce.UNCONFIRMED, None, "unconfirmed")


def test_before_an_act_was_passed_nothing_of_it_is_in_force():
    answer = CODE.provision("vpa-2024-s32").in_force(date(2024, 5, 23))

    assert answer.why == "not yet passed on Thursday 23 May 2024; passed on Friday 24 May 2024."
    assert CODE.provision("vca-2026-s5").in_force(date(2026, 4, 29)).answer is InForce.UNCONFIRMED


def test_hospital_orders_without_restrictions_began_later():
    orders = CODE.provision("dvcva-2004-ss36-38b")

    assert orders.in_force(date(2008, 11, 2)).answer is InForce.PARTLY
    assert orders.in_force(date(2008, 11, 3)).answer is InForce.YES


def test_regulations_are_all_that_can_begin_part_1():
    answer = CODE.provision("vpa-2024-s4").in_force(date(2026, 6, 25))

    assert (answer.answer, answer.evidence.value) == (InForce.NO, "secondary")
    assert "s.81(2), vpa-2024" in answer.to_dict()["cites"]


def test_new_rules_on_contact_with_victims_are_not_confirmed_on_their_day():
    answer = CODE.provision("vca-2026-victim-contact").in_force(date(2026, 6, 29))

    assert (answer.answer, answer.evidence.value) == (InForce.UNCONFIRMED, "unconfirmed")
    assert "29 June 2026" in CODE.law.readings["victim-notification-2026"].question


def test_a_section_that_began_for_one_purpose_first_says_so():
    section = CODE.provision("vpa-2024-s17")

    assert section.in_force(date(2025, 5, 31)).answer is InForce.NO
    partly = section.in_force(date(2025, 6, 1))
    assert (partly.answer, partly.truth, partly.only_for) == (InForce.PARTLY, None, "making regulations")
    assert section.in_force(date(2025, 10, 1)).answer is InForce.YES


def test_a_section_in_parts_answers_for_each():
    section = CODE.provision("vpa-2024-s2").in_force(date(2025, 3, 1))

    assert section.answer is InForce.PARTLY
    assert {part.section: part.answer.value for part in section.parts} == {
        "s.2(1)": "no",
        "s.2(2)": "yes",
        "s.2(3)-(12)": "no",
        "s.2(13)": "yes",
    }
    assert CODE.provision("vpa-2024-s23").in_force(date(2024, 6, 1)).answer is InForce.NO
    assert CODE.provision("vpa-2024-s23").in_force(date(2025, 12, 31)).answer is InForce.YES


def test_a_start_that_is_known_only_as_at_the_latest_leaves_the_days_before_open():
    section = CODE.provision("vpa-2024-s16")

    assert section.in_force(date(2025, 4, 2)).answer is InForce.YES
    assert section.in_force(date(2025, 4, 2)).since_at_latest
    assert section.in_force(date(2025, 4, 1)).answer is InForce.UNCONFIRMED
    assert section.in_force(date(2024, 5, 23)).answer is InForce.NO


def test_a_provision_that_was_replaced_ends_on_the_day_before():
    old = CODE.provision("pca-1967-s5-through-a-member")

    assert old.in_force(date(2025, 1, 28)).answer is InForce.YES
    assert old.in_force(date(2025, 1, 29)).why == "no longer in force; its last day was Tuesday 28 January 2025."


def test_special_measures_for_domestic_abuse_began_but_for_sections_27_and_28():
    answer = CODE.provision("daa-2021-s62").in_force(date(2022, 5, 19))

    assert (answer.answer, answer.instrument) == (InForce.PARTLY, "SI 2022/553")
    assert answer.only_for == "all purposes but a direction under sections 27 and 28 of the Act of 1999"
    assert CODE.provision("daa-2021-s62").in_force(date(2022, 5, 18)).answer is InForce.NO


def test_every_section_of_part_1_is_there_and_the_list_is_in_order():
    answers = CODE.provisions(on=date(2026, 6, 1))
    sections = [a.provision for a in answers if a.provision.startswith("vpa-2024-s") and a.section.count("(") == 0]

    assert [f"vpa-2024-s{n}" for n in range(1, 34)] == sections[:33]
    assert len({answer.provision for answer in answers}) == len(answers)
    assert [answer.act for answer in answers] == sorted(answer.act for answer in answers)


def test_an_answer_can_be_read_and_stored():
    answer = CODE.provision("vpa-2024-s5").in_force(date(2025, 2, 1))

    assert str(answer) == (
        "Victims and Prisoners Act 2024, s.5: in force since Wednesday 29 January 2025 under SI 2025/95."
        " (evidence: text)"
    )
    assert answer.to_dict()["cites"] == ["si-2025-95"]


def test_a_provision_that_does_not_exist_names_the_nearest():
    with pytest.raises(vc.UnknownNameError, match="Did you mean 'vpa-2024-s5'"):
        CODE.provision("vpa-2024-s5x")


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data_folder(), tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "provisions/sentencing-act-2026.yaml",
            "id: sa-2026-s4",
            "id: sa-2026-s1",
            "provisions/sentencing-act-2026.yaml, line 24, provisions[1].id: 'sa-2026-s1' is given twice."
            " Give each entry an identifier of its own. [VC-DATA-002]",
        ),
        (
            "provisions/sentencing-act-2026.yaml",
            "id: sa-2026-s4",
            "id: sentencing-s4",
            "provisions/sentencing-act-2026.yaml, line 24, provisions[1].id: 'sentencing-s4' does not begin with the"
            " name of its Act, 'sa-2026'. Write it as sa-2026-s1. [VC-DATA-006]",
        ),
        (
            "provisions/sentencing-act-2026.yaml",
            "since: 2026-01-22",
            "since: 2026-01-21",
            "provisions/sentencing-act-2026.yaml, line 131, provisions[10].spans: The spans of 'sa-2026-s49' are not in"
            " the order of their days, or begin before the Act was passed. Put the earliest first and correct its day."
            " [VC-DATA-004]",
        ),
        (
            "provisions/sentencing-act-2026.yaml",
            "section: '49', source: sentencing-act-2026",
            "section: '49', source: sentencing-act-2062",
            "provisions/sentencing-act-2026.yaml, line 40, provisions[2].cites[0].source: There is no source"
            " 'sentencing-act-2062'.",
        ),
        (
            "provisions/domestic-abuse-act-2021.yaml",
            "until: 2021-09-30",
            "until: 2021-07-04",
            "provisions/domestic-abuse-act-2021.yaml, line 14, provisions[0].spans[0].until: It ends on 2021-07-04,"
            " before it begins on 2021-07-05. Correct one of the two days. [VC-DATA-004]",
        ),
        (
            "provisions/victims-and-prisoners-act-2024.yaml",
            "    title: Meaning of victim\n",
            "",
            "provisions/victims-and-prisoners-act-2024.yaml, line 9, provisions[0]: The key 'title' is missing."
            " Add it. [VC-FILE-004]",
        ),
        (
            "special-measures/youth-justice-and-criminal-evidence-act-1999.yaml",
            "    group: section-16\n    section: s.16(1)(b)",
            "    group: section-61\n    section: s.16(1)(b)",
            "There is no group 'section-61'. Did you mean 'section-17' or 'section-16'? [VC-DATA-001]",
        ),
        (
            "special-measures/youth-justice-and-criminal-evidence-act-1999.yaml",
            "grounds: [incapacity]",
            "grounds: [incapacit]",
            "There is no ground 'incapacit'. Did you mean 'incapacity'?",
        ),
        (
            "special-measures/youth-justice-and-criminal-evidence-act-1999.yaml",
            "{fact: weapons-offence, is: true}",
            "{fact: weapon-offence, is: true}",
            "There is no fact 'weapon-offence'. Did you mean 'weapons-offence'? [VC-DATA-001]",
        ),
        (
            "definitions/code-2021.yaml",
            "  - id: close-relative",
            "  - id: harmed",
            "definitions/code-2021.yaml, line 33, limbs[1].id: 'harmed' is given twice.",
        ),
        (
            "definitions/code-2021.yaml",
            "used_for:",
            "use_for:",
            "definitions/code-2021.yaml, line 8, use_for: The key 'use_for' is not known here."
            " Did you mean 'used_for'? [VC-FILE-003]",
        ),
        (
            "definitions/framework-2013.yaml",
            "fact: suffered-harm",
            "fact: sufered-harm",
            "There is no fact 'sufered-harm'. Did you mean 'suffered-harm'? [VC-DATA-001]",
        ),
        (
            "definitions/framework-2013.yaml",
            "{source: west-mercia-victim-witness-strategy}",
            "{source: no-such-strategy}",
            "There is no source 'no-such-strategy'.",
        ),
        (
            "definitions/framework-2013.yaml",
            "since: 2013-05-01",
            "since: 2013-05-01\nuntil: 2013-04-30",
            "It ends on 2013-04-30, before it begins on 2013-05-01. Correct one of the two days. [VC-DATA-004]",
        ),
    ],
)
def test_broken_files_beside_the_code_are_refused_when_they_are_read(folder, name, old, new, message):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    law = load_law(folder)

    with pytest.raises(LawDataError) as refused:
        law.related.provisions  # noqa: B018
    assert any(message in str(fault) for fault in refused.value.faults), [str(f) for f in refused.value.faults]


def test_the_files_beside_the_code_are_part_of_the_hash(folder):
    path = folder / "provisions" / "sentencing-act-2026.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("2026-03-22", "2026-03-23", 1), encoding="utf-8")

    assert load_law(folder).data_hash != load_law().data_hash
