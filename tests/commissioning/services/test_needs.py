"""Needs over time: scores, distance travelled, route, consent, priority, and the faults of a record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from victims_code.commissioning.services import NeedsAssessment, need_categories, routes
from victims_code.errors import CommissioningError, UnknownNameError

APRIL, JULY, OCTOBER = date(2026, 4, 2), date(2026, 7, 1), date(2026, 10, 1)

RECORD = """
reference: N-1
victim: V1
area: west-mercia
route: not-reported
reported_on: 2026-05-01
reasons_not_reported: [fear-of-the-process, delays]
scale: {lowest: 0, highest: 10, direction: higher-is-better}
consents:
  - {to: assessment, given: true, on: 2026-04-01}
  - {to: sharing, given: true, on: 2026-04-02}
  - {to: sharing, given: false, on: 2026-06-01}
assessments:
  - {on: 2026-04-02, scores: {outlook-and-attitudes: 3, finance-and-benefits: 6, drugs-and-alcohol: 5}}
  - {on: 2026-07-01, scores: {outlook-and-attitudes: 7.5, finance-and-benefits: 4}}
  - {on: 2026-10-01, scores: {outlook-and-attitudes: 7.5, social-interactions: 0}}
facts: {domestic-abuse: true, persistently-targeted: false}
first_contact:
  - {item: advice-or-support, on: 2026-04-01}
  - {item: medical-support, relevant: false}
  - {item: specialist-support, on: 2026-04-01}
  - {item: alternative-accommodation, on: 2026-04-02}
"""


@pytest.fixture
def needs():
    return NeedsAssessment.from_yaml(RECORD)


def travelled(needs, start, end):
    return {d.category: (d.change, d.towards.value) for d in needs.travelled(start, end)}


def test_distance_is_travelled_between_any_two_points(needs):
    assert travelled(needs, APRIL, JULY) == {
        "drugs-and-alcohol": (None, "not-known"),
        "finance-and-benefits": (Decimal("-2"), "worse"),
        "outlook-and-attitudes": (Decimal("4.5"), "better"),
    }
    assert travelled(needs, JULY, OCTOBER)["outlook-and-attitudes"] == (Decimal("0.0"), "unchanged")
    assert travelled(needs, OCTOBER, APRIL)["outlook-and-attitudes"] == (Decimal("-4.5"), "worse")


def test_a_category_that_was_not_scored_is_not_nought(needs):
    distance = next(d for d in needs.travelled(APRIL, OCTOBER) if d.category == "social-interactions")

    assert (distance.start, distance.end, distance.change) == (None, Decimal(0), None)


def test_where_lower_is_better_a_fall_is_better():
    needs = NeedsAssessment.from_yaml(RECORD.replace("higher-is-better", "lower-is-better"))

    assert travelled(needs, APRIL, JULY)["finance-and-benefits"] == (Decimal("-2"), "better")


def test_a_day_without_an_assessment_is_refused_with_the_days_there_are(needs):
    with pytest.raises(UnknownNameError, match="2026-04-02, 2026-07-01, 2026-10-01"):
        needs.travelled(APRIL, date(2026, 8, 1))


def test_consent_can_be_taken_back_and_silence_is_no_consent(needs):
    assert needs.consent_to("sharing", date(2026, 5, 31)) is True
    assert needs.consent_to("sharing", date(2026, 6, 1)) is False
    assert needs.consent_to("research", date(2026, 6, 1)) is None


def test_a_report_made_later_is_a_report(needs):
    assert needs.reported is True
    assert NeedsAssessment.from_yaml(RECORD.replace("reported_on: 2026-05-01\n", "")).reported is False
    assert routes()["self-referral"].reported is None


def test_priority_groups_follow_the_code(needs):
    groups = needs.priority_groups(APRIL)

    assert {name: found.truth for name, found in groups.items()} == {
        "most-serious-crime": True,
        "persistently-targeted": False,
        "vulnerable-or-intimidated": None,
    }
    assert groups["vulnerable-or-intimidated"].missing == ("under-18",)


def test_needs_are_looked_at_again_when_the_case_moves():
    needs = NeedsAssessment.from_yaml(RECORD + "journey: [{event: suspect-charged, on: 2026-11-02}]\n")

    assert needs.findings(date(2026, 11, 1)) == ()
    (found,) = needs.findings(date(2026, 11, 2))
    assert found.rule == "needs-looked-at-again"
    assert "On Monday 2 November 2026 a suspect was charged" in found.message


def test_a_review_is_due_so_many_months_after_the_last():
    needs = NeedsAssessment.from_yaml(RECORD + "review_every_months: 3\n")

    assert [f.rule for f in needs.findings(date(2027, 1, 1))] == []
    assert [f.rule for f in needs.findings(date(2027, 1, 2))] == ["review-agreed"]


def test_consent_to_the_assessment_is_looked_for():
    text = RECORD.replace("  - {to: assessment, given: true, on: 2026-04-01}\n", "")
    (found,) = NeedsAssessment.from_yaml(text).findings(APRIL)

    assert (found.rule, found.outcome.value, found.missing) == ("consent-to-assessment", "cannot-tell", ("consents",))


def test_a_record_is_written_and_read_back(needs):
    assert NeedsAssessment.from_yaml(needs.to_yaml()) == needs
    assert NeedsAssessment.from_dict(needs.to_dict()).to_dict() == needs.to_dict()


def test_every_fault_is_given_at_once_with_its_line():
    text = """reference: N-1
victim: V1
route: polise-referral
area: west-mersia
scale: {lowest: 0, highest: 10, direction: upwards}
assessments:
  - {on: 2026-13-02, scores: {outlook: 3}}
  - {on: 2026-07-01, scores: {finance-and-benefits: much}}
reasons_not_reported: [delay]
extra: 1
"""
    with pytest.raises(CommissioningError) as refused:
        NeedsAssessment.from_yaml(text, source="needs.yaml")

    found = {(fault.code, fault.location) for fault in refused.value.faults}
    assert found == {
        ("VC-FILE-003", "needs.yaml, line 10, extra"),
        ("VC-FILE-005", "needs.yaml, line 5, scale.direction"),
        ("VC-DATE-001", "needs.yaml, line 7, assessments[0].on"),
        ("VC-COM-007", "needs.yaml, line 7, assessments[0].scores.outlook"),
        ("VC-FILE-005", "needs.yaml, line 8, assessments[1].scores.finance-and-benefits"),
        ("VC-COM-007", "needs.yaml, line 3, route"),
        ("VC-NAME-001", "needs.yaml, line 4, area"),
        ("VC-COM-007", "needs.yaml, line 9, reasons_not_reported[0]"),
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("outlook-and-attitudes: 3,", "outlook-and-attitudes: 11,", "VC-COM-005", "outside the scale of 0 to 10"),
        ("outlook-and-attitudes: 3,", "outlook-and-attitude: 3,", "VC-COM-007", "outlook-and-attitudes"),
        ("on: 2026-07-01", "on: 2026-04-02", "VC-COM-008", "Two assessments"),
        ("reported_on: 2026-05-01", "reported_on: 2026-03-01", "VC-COM-001", "was not reported"),
        ("route: not-reported", "route: police-referral", "VC-COM-001", "known to them"),
        ("highest: 10", "highest: 0", "VC-COM-005", "no span"),
        ("domestic-abuse: true", "domestic-abus: true", "VC-COM-007", "domestic-abuse"),
    ],
)
def test_each_fault_of_a_record(old, new, code, words):
    assert old in RECORD
    with pytest.raises(CommissioningError) as refused:
        NeedsAssessment.from_yaml(RECORD.replace(old, new, 1))

    assert any(f.code == code and words in f"{f.message} {f.hint}" for f in refused.value.faults), refused.value


def test_a_float_is_refused():
    record = NeedsAssessment.from_yaml(RECORD).to_dict()
    record["assessments"][0]["scores"]["outlook-and-attitudes"] = 3.5

    with pytest.raises(CommissioningError, match="A number is needed"):
        NeedsAssessment.from_dict(record)


def test_the_names_of_three_categories_are_confirmed_and_five_are_not():
    evidence = [category.evidence.value for category in need_categories().values()]

    assert len(evidence) == 8
    assert evidence.count("secondary") == 3
    assert evidence.count("unconfirmed") == 5


CLOSED = RECORD.replace("route: not-reported", "route: not-reported\nopened_on: 2026-04-01\nclosed_on: 2026-10-15") + (
    "closed_because: needs-met\nreview_every_months: 3\njourney: [{event: suspect-charged, on: 2026-10-10}]\n"
)


def test_a_closed_record_is_asked_for_nothing_more():
    needs = NeedsAssessment.from_yaml(CLOSED)
    still_open = NeedsAssessment.from_dict(
        {key: value for key, value in needs.to_dict().items() if key not in ("closed_on", "closed_because")}
    )
    later = date(2027, 3, 1)

    assert needs.findings(later) == ()
    assert needs.due_items(later) == ()
    assert [found.rule for found in still_open.findings(later)] == ["needs-looked-at-again", "review-agreed"]
    assert [(item.day, item.what) for item in still_open.due_items(later)] == [
        (date(2026, 10, 10), "Offer V1 a new assessment of needs: a suspect was charged."),
        (date(2027, 1, 1), "Review the needs of V1."),
    ]
    assert (needs.open_on(date(2026, 10, 15)), needs.open_on(date(2026, 10, 16))) == (True, False)


def test_the_things_told_at_first_contact_are_ticked_off():
    text = RECORD.replace("  - {item: specialist-support, on: 2026-04-01}\n", "")
    (found,) = NeedsAssessment.from_yaml(text).findings(APRIL)

    assert (found.rule, found.outcome.value) == ("told-at-first-contact", "cannot-tell")
    assert "told of: Specialist support, such as psychological support." in found.message


def test_a_victim_passed_on_without_consent_or_answer_is_found():
    onward = """onward:
  - {to: counselling, on: 2026-05-01, consent: true, accepted: true, answered_on: 2026-05-04}
  - {to: refuge, on: 2026-05-02, consent: false, accepted: false}
  - {to: advice, on: 2026-05-03}
"""
    found = NeedsAssessment.from_yaml(RECORD + onward).findings(JULY)

    assert [(one.outcome.value, one.message) for one in found] == [
        ("broken", "The victim was passed on to refuge on Saturday 2 May 2026 against their will."),
        (
            "cannot-tell",
            "The victim was passed on to advice on Sunday 3 May 2026 and whether they agreed is not on record.",
        ),
        ("cannot-tell", "It is not known whether advice took the victim on Sunday 3 May 2026 or later."),
    ]


def test_several_scales_are_kept_on_one_record():
    text = RECORD.replace("finance-and-benefits: 4}}", "finance-and-benefits: 4}, on_scales: {core-10: 24, star: 2}}")
    text = text.replace("social-interactions: 0}}", "social-interactions: 0}, on_scales: {core-10: 11, star: 4}}")
    needs = NeedsAssessment.from_yaml(
        text + "other_scales: {star: {lowest: 1, highest: 5, direction: higher-is-better}}\n"
    )

    core, star = needs.course("core-10"), needs.course("star")
    assert (core.change, core.towards.value, star.change, star.towards.value) == (-13, "better", 2, "better")
    assert needs.course("core-10", until=JULY).towards.value == "not-known"
    assert needs.course("outlook-and-attitudes").change == Decimal("4.5")
    assert needs.course("education-skills-and-employment") is None
    assert NeedsAssessment.from_yaml(needs.to_yaml()) == needs


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ("closed_on: 2026-10-15\n", "VC-COM-001", "no reason is given"),
        ("closed_because: needs-met\n", "VC-COM-001", "the day is not given"),
        ("closed_on: 2026-10-15\nclosed_because: bored\n", "VC-COM-007", "no reason for closing 'bored'"),
        ("opened_on: 2026-10-15\nclosed_on: 2026-10-14\nclosed_because: died\n", "VC-COM-006", "ends before"),
    ],
)
def test_a_record_that_ends_says_when_and_why(change, code, words):
    with pytest.raises(CommissioningError) as refused:
        NeedsAssessment.from_yaml(RECORD + change)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert words in refused.value.faults[0].message


def test_a_score_on_a_scale_that_is_not_there_or_outside_it_is_refused():
    text = RECORD.replace("finance-and-benefits: 4}}", "finance-and-benefits: 4}, on_scales: {core-10: 41, gad-7: 3}}")

    with pytest.raises(CommissioningError) as refused:
        NeedsAssessment.from_yaml(text)
    assert [(fault.code, fault.message) for fault in refused.value.faults] == [
        ("VC-COM-005", "41 lies outside the scale of 0 to 40."),
        ("VC-NAME-001", "There is no scale 'gad-7'."),
    ]


def test_a_score_at_the_good_end_is_no_need():
    needs = NeedsAssessment.from_yaml(RECORD.replace("drugs-and-alcohol: 5", "drugs-and-alcohol: 10"))

    assert (needs.has_need("finance-and-benefits"), needs.has_need("drugs-and-alcohol")) == (True, False)
    assert needs.has_need("education-skills-and-employment") is None
