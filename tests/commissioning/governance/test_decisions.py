"""Records of decision and the page that is published of them, and the course of a service to its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from victims_code.commissioning.governance import DecisionRecord, ExemptPart, ServiceCourse, check_stages
from victims_code.commissioning.governance.decisions import DecisionReference
from victims_code.errors import CommissioningError


def faults_of(build, place=None):
    with pytest.raises(CommissioningError) as refused:
        build()
    found = [(fault.code, fault.location) for fault in refused.value.faults]
    return found if place is None else [(code, location.split(", ")[place]) for code, location in found]


# --- Decisions --------------------------------------------------------------------------------------------------
DECISION = """
reference: PCC/D/2018/12
title: Re-modelling of victim provision
commissioner: Police and Crime Commissioner for West Mercia
summary: A single point of contact for victims and survivors is preferred.
proposal: Run a partial in-house service, and produce a full business case.
cost: 65000
funding:
  - {fund: MoJ victims grant 2018/19, ring_fenced: true}
  - {fund: PCC grant budget 2018/19, ring_fenced: true}
part_1:
  supporting_report: As in the summary.
  benefits: [{text: Better information for victims, due: 2019-10-01}, {text: Clear lines of responsibility}]
  legal_considerations: >-
    By virtue of section 143 of the Antisocial Behaviour, Policing and Crime Act 2014 services may be provided. By
    virtue of schedule 11, paragraph 14 of the Police Reform and Social Responsibility Act 2011 more may be done.
part_2: {report: What is not published.}
approved_on: 2018-04-24
officer_role: Chief Executive Officer
officer_approved_on: 2018-04-24
published_on: 2018-04-24
"""


def test_the_record_of_decision_is_read_with_both_mistakes_of_law_and_the_missing_ground():
    record = DecisionRecord.from_yaml(DECISION)

    assert (record.number.office, record.number.year, record.number.number) == ("PCC", 2018, 12)
    assert record.cost == Decimal(65000)
    assert [(f.rule, f.hint) for f in record.findings()] == [
        ("decision-powers-cited-rightly", "Write: Anti-social Behaviour, Crime and Policing Act 2014, s.143."),
        ("decision-powers-cited-rightly", "Write: Police Reform and Social Responsibility Act 2011, Sch 1 para 14."),
        ("decision-exempt-part-has-a-ground", "Name the exemption."),
        ("decision-interests-declared", "Ask, and write what was said."),
    ]


def test_cited_rightly_there_is_nothing_to_find():
    right = DECISION.replace("Antisocial Behaviour, Policing and Crime", "Anti-social Behaviour, Crime and Policing")
    right = right.replace("schedule 11", "schedule 1").replace("cost:", "no_interests: true\ncost:")
    right = right.replace("report: What", "ground: section 43, public_interest: It would cost more., report: What")

    assert DecisionRecord.from_yaml(right).findings() == ()


def test_part_2_is_neither_published_nor_shown():
    record = DecisionRecord.from_yaml(DECISION)

    assert "part_2" not in record.to_public_dict()
    assert "What is not published" not in repr(record)
    assert record.to_dict()["part_2"] == {"report": "What is not published."}
    assert DecisionRecord.from_yaml(record.to_yaml()) == record
    wrong = DECISION.replace("part_2: {report: What is not published.}", "part_2: {report: [Secret]}")
    with pytest.raises(CommissioningError) as refused:
        DecisionRecord.from_yaml(wrong)
    assert "Secret" not in str(refused.value)


def test_a_decision_is_published_only_when_both_have_approved():
    waiting = DecisionRecord.from_yaml(DECISION.replace("officer_approved_on: 2018-04-24\n", ""))

    assert faults_of(waiting.public) == [("VC-COM-003", "PCC/D/2018/12")]
    assert "decision-approved" in [f.rule for f in waiting.findings()]


def test_a_power_not_in_force_on_the_day_is_found():
    early = DECISION.replace("part_1:", "powers: [VPA 2024 s.5]\npart_1:")

    found = [f for f in DecisionRecord.from_yaml(early).findings() if f.rule == "decision-powers-in-force"]
    assert [(f.outcome.value, f.message) for f in found] == [
        ("broken", "Victims and Prisoners Act 2024, s.5: It was not in force on Tuesday 24 April 2018.")
    ]


NUMBERS = [
    ("PCC/D/2018/12", "west-mercia", 2018, 12),
    ("PCD 1600", "metropolitan", None, 1600),
    ("WPCC3-0129", "warwickshire", None, 129),
    ("2022-0021", "cleveland", 2022, 21),
    ("2025-26-0026", "cleveland", 2025, 26),
    ("OPCC.D.032.23", "kent", None, 32),
]


@pytest.mark.parametrize(("text", "area", "year", "number"), NUMBERS)
def test_each_office_numbers_its_decisions_in_its_own_form(text, area, year, number):
    read = DecisionReference.parse(text)

    assert (read.area, read.year, read.number, str(read)) == (area, year, number, text)
    assert DecisionReference.parse(text, area=area) == read


def test_a_number_is_of_the_form_of_its_office():
    with pytest.raises(CommissioningError, match="Write it like PCD 1600, DMPCD 2016 44"):
        DecisionReference.parse("PCC/D/2018/12", area="metropolitan")
    assert DecisionReference.parse("No. 7 of 2026", area="30").area == "derbyshire"  # no form of theirs was read
    with pytest.raises(CommissioningError, match="name the `area`"):
        DecisionReference.parse("No. 7 of 2026")


def test_a_decision_is_approved_in_the_year_of_its_number():
    cleveland = DECISION.replace("PCC/D/2018/12", "2018-19-0012").replace("2018-04-24", "2019-03-31")
    assert DecisionRecord.from_yaml(cleveland).number.year == 2018

    assert ("VC-COM-004", "approved_on") in faults_of(
        lambda: DecisionRecord.from_yaml(cleveland.replace("2019-03-31", "2019-04-01")), place=-1
    )


@pytest.mark.parametrize("ground", ["s.43", "section 43(2) FOIA 2000", "commercial interests", "Sch 12A para 3"])
def test_part_2_is_withheld_under_an_exemption_that_exists(ground):
    assert ExemptPart(report="x", ground=ground).ground == ground


@pytest.mark.parametrize("ground", ["because", "s.45", "section 43 of the Data Protection Act 2018"])
def test_an_exemption_that_does_not_exist_is_refused(ground):
    with pytest.raises(CommissioningError, match="There is no exemption"):
        ExemptPart(report="x", ground=ground)


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("PCC/D/2018/12", "PCC-D-2018-12", "VC-COM-004", "line 2, reference"),
        ("approved_on: 2018-04-24", "approved_on: 2019-04-24", "VC-COM-004", "line 18, approved_on"),
        (
            "2018/19, ring_fenced: true}\n  - {fund: PCC",
            "2018/19, amount: 1}\n  - {amount: 2, fund: PCC",
            "VC-COM-002",
            "line 8, funding",
        ),
        ("fund: MoJ", "amount: -1, fund: MoJ", "VC-COM-001", "line 9, funding[0].amount"),
    ],
)
def test_each_fault_of_a_decision(old, new, code, where):
    assert old in DECISION
    faults = faults_of(lambda: DecisionRecord.from_yaml(DECISION.replace(old, new, 1), source="d.yaml"))

    assert (code, f"d.yaml, {where}") in faults


# --- Stages, interests, benefits ---------------------------------------------------------------------------------
LATER = """
reference: PCC/D/2019/3
title: The full business case
commissioner: Police and Crime Commissioner for West Mercia
summary: The model is ready.
proposal: Begin it.
stage: full-business-case
follows: PCC/D/2018/12
part_1: {supporting_report: As in the summary.}
approved_on: 2019-02-01
officer_approved_on: 2019-02-01
"""


def stages(*changes):
    first = DECISION.replace("summary:", "stage: options\nsummary:", 1)
    for old, new in changes:
        first = first.replace(old, new)
    return check_stages([DecisionRecord.from_yaml(first), DecisionRecord.from_yaml(LATER)])


def test_each_stage_follows_one_that_was_approved_before_it():
    assert stages() == ()
    assert [(f.about, f.message) for f in stages(("stage: options", "stage: full-business-case"))] == [
        ("PCC/D/2019/3", "It is at the stage 'full-business-case' and follows one at 'full-business-case'.")
    ]
    unapproved = ("approved_on: 2018-04-24\nofficer", "officer")
    assert [f.message for f in stages(unapproved)] == ["It was approved before PCC/D/2018/12, which it follows."]
    alone = check_stages([DecisionRecord.from_yaml(LATER)])
    assert [(f.outcome.value, f.message) for f in alone] == [
        ("cannot-tell", "It follows PCC/D/2018/12, of which there is no record.")
    ]
    headless = DecisionRecord.from_yaml(LATER.replace("follows: PCC/D/2018/12\n", ""))
    assert "decision-in-its-stage" in [f.rule for f in headless.findings()]


def rules_of(text, on=None):
    return [(f.rule, f.outcome.value) for f in DecisionRecord.from_yaml(text).findings(on)]


def test_interests_are_declared_or_it_is_said_that_there_are_none():
    said = ("decision-interests-declared", "cannot-tell")
    assert said in rules_of(LATER)
    assert said not in rules_of(LATER + "no_interests: true\n")
    declared = "interests: [{holder: Deputy, interest: Trustee of a bidder., action: Took no part.}]\n"
    assert said not in rules_of(LATER + declared)
    assert faults_of(lambda: DecisionRecord.from_yaml(LATER + declared + "no_interests: true\n"), place=-1) == [
        ("VC-COM-001", "no_interests")
    ]


def test_a_decision_that_is_approved_is_published_if_it_matters_and_not_knowing_is_said():
    rule = "decision-published"
    assert (rule, "cannot-tell") in rules_of(LATER)
    assert (rule, "broken") in rules_of(LATER + "significant: true\n")
    assert rule not in dict(rules_of(LATER + "significant: false\n"))
    assert rule not in dict(rules_of(LATER + "significant: true\npublished_on: 2019-02-02\n"))
    assert rule not in dict(rules_of(LATER, date(2019, 1, 31)))  # not approved yet


@pytest.mark.parametrize(
    ("part_2", "outcome"),
    [
        ("ground: s.43", "broken"),
        ("ground: s.40", "cannot-tell"),
        ("ground: s.41", None),
        ("ground: s.43, further_grounds: [s.41]", None),
        ("ground: s.43, public_interest: It would lower the bids.", None),
    ],
)
def test_the_public_interest_is_weighed_unless_the_exemption_is_absolute(part_2, outcome):
    found = dict(rules_of(LATER + f"part_2: {{report: Bids of three firms., {part_2}}}\n"))
    assert found.get("decision-public-interest-weighed") == outcome


def test_whether_a_benefit_came_is_looked_for_by_its_day():
    rule, on = "decision-benefits-looked-for", date(2019, 10, 2)
    assert (rule, "cannot-tell") in rules_of(DECISION, on)
    assert rule not in dict(rules_of(DECISION, date(2019, 10, 1)))
    came = DECISION.replace("due: 2019-10-01", "due: 2019-10-01, came: false, checked_on: 2019-09-20")
    assert rule not in dict(rules_of(came, on))
    assert "no, Friday 20 September 2019" in with_interest(came).page().to_markdown()
    undated = came.replace(", checked_on: 2019-09-20", "")
    assert ("VC-COM-001", "part_1.benefits[0].checked_on") in faults_of(
        lambda: DecisionRecord.from_yaml(undated), place=-1
    )


def test_what_is_due_of_a_decision():
    text = LATER.replace("approved_on: 2019-02-01\nofficer_approved_on: 2019-02-01\n", "decide_by: 2019-02-28\n")
    assert [str(item) for item in DecisionRecord.from_yaml(text).due_items(date(2019, 2, 1))] == [
        "By Thursday 28 February 2019: Decide: The full business case. (PCC/D/2019/3)"
    ]
    more = "next_stage_due: 2019-04-30\nmilestones: [{title: The line opens., due: 2019-04-01, owner: Lead}]\n"
    record = DecisionRecord.from_yaml(DECISION.replace("published_on: 2018-04-24\n", more))
    assert [(str(item.day), item.kind.value, item.what) for item in record.due_items(date(2018, 5, 1))] == [
        ("2019-04-01", "action", "The line opens."),
        ("2019-04-30", "decision", "Decide the next stage of: Re-modelling of victim provision."),
        ("2019-10-01", "review", "Find out whether this came: Better information for victims."),
        ("None", "decision", "Publish the decision: Re-modelling of victim provision."),
        ("None", "review", "Find out whether this came: Clear lines of responsibility."),
    ]


# --- What is published ------------------------------------------------------------------------------------------
SECRETS = ("Zanzibar Quokka bid 4711 pounds an hour", "Quixotic xylophone of a zephyr")
MARKERS = ("zanzibar", "quokka", "4711", "quixotic", "xylophone", "zephyr")


def with_interest(text, ground="s.43"):
    part = f"part_2: {{report: {SECRETS[0]}, ground: {ground}, public_interest: {SECRETS[1]}}}"
    return DecisionRecord.from_yaml(text.replace("part_2: {report: What is not published.}", part))


def every_output(record):
    """Everything in words that a record and what is made of it can be shown as."""
    page = record.page()
    yield from (repr(record), str(record), repr(record.part_2), str(record.part_2))
    yield from (str(record.to_public_dict()), record.public().to_yaml(), repr(record.public()))
    yield from (page.to_markdown(), page.to_html(), page.to_html(page=True), repr(page), page._repr_html_())
    yield from map(str, record.findings(date(2030, 1, 1)))
    yield from (str(found.to_dict()) for found in record.findings(date(2030, 1, 1)))
    yield from map(str, record.due_items(date(2018, 5, 1)))
    yield from map(str, record.citations())
    yield from map(str, check_stages([record]))


def test_nothing_of_part_2_is_in_any_output():
    record = with_interest(DECISION)
    outputs = list(every_output(record))
    assert len(outputs) > 15
    assert not [(word, text) for word in MARKERS for text in outputs if word in text.casefold()]


@pytest.mark.parametrize(
    "wrong",
    [
        f"part_2: {{report: [{SECRETS[0]}], ground: s.43}}",
        f"part_2: [{SECRETS[0]}]",
        f"part_2: {{report: x, ground: s.43, public_interest: [{SECRETS[1]}]}}",
        f"part_2: {{reprot: {SECRETS[0]}}}",
    ],
)
def test_no_fault_quotes_part_2(wrong):
    with pytest.raises(CommissioningError) as refused:
        DecisionRecord.from_yaml(DECISION.replace("part_2: {report: What is not published.}", wrong))
    assert not [word for word in MARKERS if word in str(refused.value).casefold()]


@pytest.mark.parametrize("place", ["summary: A", "proposal: Run a", "supporting_report: As", "text: Better"])
def test_a_public_part_that_repeats_part_2_is_found_and_not_published(place):
    text = DECISION.replace(place, f"{place.partition(':')[0]}: ZANZIBAR quokka; bid 4711 Pounds an hour. As", 1)
    record = with_interest(text)

    assert "decision-exempt-part-apart" in [found.rule for found in record.findings()]
    assert not [found for found in record.findings() if "Zanzibar" in str(found)]
    for publish in (record.public, record.to_public_dict, record.page):
        with pytest.raises(CommissioningError, match="repeats words of Part 2") as refused:
            publish()
        assert "Zanzibar" not in str(refused.value)


def test_a_few_words_that_are_the_same_are_no_leak():
    assert (
        with_interest(DECISION.replace("summary: A", "summary: The Zanzibar Consortium made a bid. A")).said_of_part_2()
        == ()
    )


def test_the_page_says_all_that_part_1_says():
    record = with_interest(
        DECISION.replace("cost:", "stage: options\noptions: [{title: In-house, preferred: true}]\ncost:")
        + "interests: [{holder: Deputy, interest: Trustee of a bidder., action: Took no part.}]\n"
        + "milestones: [{title: Go live, due: 2019-04-01}]\n",
        ground="commercial interests",
    )
    page = record.page()
    markdown = page.to_markdown()
    for words in (
        "# Record of decision PCC/D/2018/12: Re-modelling of victim provision",
        "Approved on Tuesday 24 April 2018.",
        "Stage: Options.",
        "It costs £65,000.00.",
        "| MoJ victims grant 2018/19 | – | yes |",
        "| In-house | yes |",
        "| Better information for victims | Tuesday 1 October 2019 | not known yet |",
        "By virtue of section 143",
        "Deputy: Trustee of a bidder. Took no part.",
        "| Go live | Monday 1 April 2019 |",
        "A Part 2 is withheld under s.43 (Commercial interests), Freedom of Information Act 2000.",
        "Chief Executive Officer, Tuesday 24 April 2018",
    ):
        assert words in markdown.replace("\\", ""), words
    html = page.to_html(page=True)
    assert html.startswith("<!DOCTYPE html>")
    assert "<h2>Public access to information</h2>" in html


def test_without_both_approvals_there_is_no_page():
    with pytest.raises(CommissioningError, match="has not been approved"):
        DecisionRecord.from_yaml(DECISION.replace("officer_approved_on: 2018-04-24\n", "")).page()


# --- Decommissioning --------------------------------------------------------------------------------------------
def test_a_service_is_supported_then_improved_and_ended_only_with_the_provider():
    course = ServiceCourse(service="S1")
    course = course.move("support-offered", on=date(2026, 4, 1), why="Outcomes missed")
    course = course.move("improvement-plan", on=date(2026, 5, 1), why="No change", plan="Plan of 1 May")
    ended = course.move("decommissioned", on=date(2026, 9, 1), why="Not viable", jointly_with="The provider")

    assert ended.state == "decommissioned"
    assert ended.state_on(date(2026, 8, 31)) == "improvement-plan"
    assert ended.state_on(date(2026, 3, 31)) == "performing"
    assert ServiceCourse.from_yaml(ended.to_yaml()) == ended


@pytest.mark.parametrize(
    ("steps", "where", "words"),
    [
        ([{"to": "decommissioned", "on": "2026-04-01"}], "history[0].to", "can become: support-offered"),
        ([{"to": "improvement-plan", "on": "2026-04-01"}], "history[0].to", "can become: support-offered"),
        ([{"to": "support-offered", "on": "2026-04-01"}], "history[0].why", "Add `why`"),
        (
            [
                {"to": "support-offered", "on": "2026-04-01", "why": "x"},
                {"to": "improvement-plan", "on": "2026-05-01", "why": "x"},
            ],
            "history[1].plan",
            "Add `plan`",
        ),
        (
            [
                {"to": "support-offered", "on": "2026-04-01", "why": "x"},
                {"to": "improvement-plan", "on": "2026-05-01", "why": "x", "plan": "p"},
                {"to": "decommissioned", "on": "2026-06-01", "why": "x"},
            ],
            "history[2].jointly_with",
            "Add `jointly_with`",
        ),
        ([{"to": "closed", "on": "2026-04-01"}], "history[0].to", "decommissioned"),
    ],
)
def test_illegal_moves_are_refused_with_the_way_out(steps, where, words):
    with pytest.raises(CommissioningError) as refused:
        ServiceCourse.from_dict({"service": "S1", "history": steps})

    assert any(fault.location == where and words in fault.hint for fault in refused.value.faults), refused.value


def test_any_service_may_be_ended_once_support_was_offered_and_nothing_comes_after_the_end():
    steps = [
        {"to": "support-offered", "on": "2026-04-01", "why": "x"},
        {"to": "decommissioned", "on": "2026-05-01", "why": "Not viable", "jointly_with": "Provider"},
    ]

    ended = ServiceCourse.from_dict({"service": "S1", "history": steps})
    assert (ended.state, ended.has_ended) == ("decommissioned", True)
    assert faults_of(lambda: ServiceCourse.from_dict({"service": "S1", "history": steps[1:]})) == [
        ("VC-COM-003", "history[0].to")
    ]
    again = [*steps, {"to": "performing", "on": "2026-06-01", "why": "x"}]
    with pytest.raises(CommissioningError, match="no further move"):
        ServiceCourse.from_dict({"service": "S1", "history": again})


@pytest.mark.parametrize(
    ("end", "needs"),
    [
        ("expired", {}),
        ("funding-lost", {"why": "The fund closed."}),
        ("ended-by-agreement", {"why": "Merged.", "jointly_with": "Provider"}),
        ("provider-failed", {"why": "Insolvent."}),
    ],
)
def test_a_service_ends_in_other_ways_from_any_state_and_says_what_becomes_of_people(end, needs):
    for before in ([], [{"to": "support-offered", "on": "2026-04-01", "why": "x"}]):
        last = {"to": end, "on": "2026-05-01", **needs}
        course = ServiceCourse.from_dict({"service": "S1", "history": [*before, last]})
        assert (course.state, course.has_ended) == (end, True)
        assert [found.rule for found in course.findings()] == ["service-users-looked-after"]
        told = {**last, "service_users": "All 41 were passed on to Lantern."}
        assert ServiceCourse.from_dict({"service": "S1", "history": [told]}).findings() == ()
    for need in needs:
        lacking = {"to": end, "on": "2026-05-01", **{key: text for key, text in needs.items() if key != need}}
        build = {"service": "S1", "history": [lacking]}
        assert faults_of(lambda build=build: ServiceCourse.from_dict(build)) == [("VC-COM-003", f"history[0].{need}")]


def test_a_sum_that_part_2_gives_too_is_asked_about():
    """It may be the sum of the award, which is public, or that of the bid that lost: only people can tell."""
    text = DECISION.replace("summary: A", "summary: The next bid was £143,210. A")
    record = DecisionRecord.from_yaml(text.replace("{report: What is not published.}", "{report: 'It bid £143,210.'}"))
    asked = [found for found in record.findings() if "£143,210, which Part 2 gives too" in found.message]
    assert [(found.rule, found.outcome.value) for found in asked] == [("decision-exempt-part-apart", "cannot-tell")]
