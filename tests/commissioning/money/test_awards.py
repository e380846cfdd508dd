"""An award from the day it is made to the day its account is closed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from victims_code.commissioning.money import (
    Award,
    AwardBook,
    AwardsPublisher,
    Bid,
    RingFence,
    Spending,
    TermsByValue,
    ValueBand,
    band_for,
    check_passed_on,
    follow_ring_fence,
    position_of,
    publication_findings,
)
from victims_code.errors import CommissioningError, UnknownNameError, WrongTypeError

AWARD = """
reference: H/2026
kind: grant
title: Advisers at Harbour
funder: PCC
recipient: Harbour
recipient_id: GB-CHC-1164883
amount: 80000
first: 2026-04-01
last: 2027-03-31
awarded_on: 2026-03-02
decision: PCC/D/2026/4
owner: Grants Officer
services: [harbour-isva]
streams: [moj-core]
ring_fences: [{purpose: ISVA, amount: 40000}]
purposes: [front door]
variations:
  - {on: 2026-10-01, amount: 10000, purpose: isva, why: More people came., decision: PCC/D/2026/31}
  - {on: 2027-01-15, last: 2027-06-30, why: A worker was ill.}
profile: [{year: 2026, amount: 75000}, {year: 2027, amount: 15000}]
conditions:
  - id: safeguarding
    text: Has a policy on safeguarding.
    due: 2026-04-30
    every_months: 12
    passed_on: true
    asked: [{on: 2026-04-20, met: true, evidence: Policy of March 2026}]
  - {id: data, text: Sends its figures., due: 2026-05-31}
instalments:
  - {due: 2026-04-15, amount: 40000, paid_on: 2026-04-21, invoice: INV-1, held_until: safeguarding}
  - {due: 2026-10-15, amount: 50000, held_until: data}
meetings:
  - {kind: contract-meeting, held_on: 2026-07-01}
  - kind: grant-visit
    due: 2026-09-01
    held_on: 2026-09-03
    findings: [{text: No ramp., action: Put in a ramp., owner: Harbour, due: 2026-11-30}, {text: Warm welcome.}]
    feedback: [{text: They listened., people: 6}]
spending:
  - {on: 2026-09-30, amount: 20000, purpose: ISVA}
  - {on: 2026-09-30, amount: 15000.50, purpose: Front Door}
returns: {every_months: 6, agreement: Clause 9}
"""


def award(text=AWARD, *changes):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return Award.from_yaml(text, source="harbour.yaml")


def faults_of(build):
    with pytest.raises(CommissioningError) as refused:
        build()
    return [(fault.code, fault.location.split(", ")[-1]) for fault in refused.value.faults]


def told(items):
    return [(str(item.day), item.kind.value, item.what) for item in items]


def test_an_award_is_written_and_read_back_whole():
    one = award()

    assert Award.from_yaml(one.to_yaml()) == one
    assert one.returns.every_months == 6
    assert one.to_dict()["variations"][0] == {
        "on": "2026-10-01",
        "why": "More people came.",
        "amount": "10000.00",
        "purpose": "isva",
        "decision": "PCC/D/2026/31",
    }


def test_sum_days_and_ring_fence_are_those_of_the_day_that_is_asked_about():
    one = award()

    first, later, last = one.terms(date(2026, 9, 30)), one.terms(date(2026, 10, 1)), one.terms()
    assert (first.amount, first.ring_fences, first.free) == (80000, {"ISVA": 40000}, 40000)
    assert (later.amount, later.ring_fences, later.last) == (90000, {"ISVA": 50000}, date(2027, 3, 31))
    assert (last.last, one.days.last, one.ring_fence("ISVA"), one.ring_fence(None)) == (
        date(2027, 6, 30),
        date(2027, 6, 30),
        50000,
        40000,
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("amount: 80000", "amount: -1", "VC-MON-001", "amount"),
        ("amount: 10000, purpose: isva", "amount: -90000", "VC-MON-001", "variations"),
        ("amount: 10000, purpose: isva", "amount: 60000, purpose: isva", "VC-MON-002", "profile"),
        ("amount: 40000}]", "amount: 90000}]", "VC-MON-003", "ring_fences"),
        ("amount: 10000, purpose: isva", "amount: -45000", "VC-MON-003", "variations"),
        ("last: 2027-06-30", "last: 2026-03-31", "VC-DATE-003", "variations[1].last"),
        ("year: 2027, amount: 15000", "year: 2027, amount: 15001", "VC-MON-002", "profile"),
        ("year: 2027", "year: 2026", "VC-COM-008", "profile[1].year"),
        ("2026-10-15, amount: 50000", "2026-10-15, amount: 50001", "VC-MON-003", "instalments"),
        ("held_until: data", "held_until: date", "VC-COM-007", "instalments[1].held_until"),
        ("id: data", "id: safeguarding", "VC-COM-008", "conditions[1].id"),
        ("purpose: Front Door", "purpose: wages", "VC-COM-007", "spending[1].purpose"),
        ("amount: 10000, purpose: isva, ", "", "VC-COM-001", "variations[0].amount"),
        ("amount: 10000, purpose: isva", "last: 2027-04-30, purpose: isva", "VC-COM-001", "variations[0].purpose"),
        ("every_months: 12", "every_months: 0", "VC-COM-001", "conditions[0].every_months"),
        ("amount: 50000, held", "amount: -5, held", "VC-COM-001", "instalments[1].amount"),
        ("amount: 50000, held", "amount: 50000, paid: 3, held", "VC-COM-001", "instalments[1].paid"),
        ("held_on: 2026-07-01", "findings: []", "VC-COM-001", "meetings[0].due"),
        ("held_on: 2026-09-03\n", "\n", "VC-COM-001", "meetings[1].findings"),
        ("action: Put in a ramp., owner", "owner", "VC-COM-001", "meetings[1].findings[0].action"),
        ("services:", "within: H/2026\nservices:", "VC-COM-001", "within"),
        ("GB-CHC-1164883", "GB-CHR-1164883", "VC-COM-004", "recipient_id"),
        ("streams: [moj-core]", "streams: [moj-coer]", "VC-COM-007", "streams[0]"),
        ("kind: grant\n", "kind: gift\n", "VC-FILE-005", "kind"),
    ],
)
def test_each_fault_of_an_award_is_named_in_its_place(old, new, code, where):
    assert (code, where) in faults_of(lambda: award(AWARD, (old, new)))


def test_what_people_say_of_a_service_is_quoted_in_no_fault_and_no_repr():
    feedback = award().meetings[1].feedback[0]
    assert "listened" not in repr(feedback)
    with pytest.raises(CommissioningError) as refused:
        award(AWARD, ("text: They listened.", "text: [They listened to Ann Other.]"))
    assert "Ann Other" not in str(refused.value)


def test_a_float_is_refused_in_every_part():
    from victims_code.commissioning import money

    for build in (
        lambda: money.Variation(on=date(2026, 4, 1), why="x", amount=1.5),
        lambda: money.Instalment(due=date(2026, 4, 1), amount=1.5),
        lambda: money.YearShare(year=2026, amount=1.5),
        lambda: money.Clawback(asked_on=date(2026, 4, 1), amount=1.5, why="x"),
        lambda: money.ValueBand(at_least=1.5, returns_every_months=3),
        lambda: money.Bid(reference="B", title="T", asked=1.5),
    ):
        with pytest.raises(WrongTypeError):
            build()


# --- What is due ------------------------------------------------------------------------------------------------
def test_what_is_due_is_what_is_undone_on_the_day():
    due = told(award().due_items(date(2026, 10, 20)))

    assert due == [
        ("2026-05-31", "condition", "Ask Harbour about: Sends its figures."),
        (
            "2026-10-15",
            "instalment",
            "Pay Harbour an instalment of £50,000.00. Held until this is met: Sends its figures.",
        ),
        ("2026-11-30", "action", "Put in a ramp."),
        ("2027-01-01", "meeting", "Meet Harbour about the contract."),
        ("2027-03-31", "contract-end", "The grant to Harbour ends. Settle what follows, and close the account."),
        ("2027-04-20", "condition", "Ask Harbour about: Has a policy on safeguarding."),
    ]
    assert {item.owner for item in award().due_items(date(2026, 10, 20))} == {"Grants Officer", "Harbour"}


def test_what_is_done_later_is_still_due_today_and_not_the_day_after():
    asked = award(AWARD, ("due: 2026-05-31}", "due: 2026-05-31, asked: [{on: 2026-06-10, met: true, evidence: Mail}]}"))

    for day, expected in ((date(2026, 6, 9), True), (date(2026, 6, 10), False)):
        kinds = [item for item in asked.due_items(day) if "figures" in item.what and item.kind.value == "condition"]
        assert bool(kinds) is expected
    assert "Held" in str(asked.due_items(date(2026, 6, 9)))
    assert "Held" not in str(asked.due_items(date(2026, 6, 10)))


def test_an_answer_of_no_or_not_known_leaves_the_condition_due():
    for answer in ("met: false", "evidence: None yet"):
        asked = award(AWARD, ("due: 2026-05-31}", f"due: 2026-05-31, asked: [{{on: 2026-05-20, {answer}}}]}}"))
        assert ("2026-05-31", "condition", "Ask Harbour about: Sends its figures.") in told(
            asked.due_items(date(2026, 6, 1))
        )
    assert asked.conditions[1].met_on(date(2026, 6, 1)) is None


def test_the_end_is_settled_by_what_follows_or_the_closed_account():
    ends = "contract-end"
    assert ends in [item.kind.value for item in award().due_items(date(2030, 1, 1))]
    for line in ("followed_by: H/2027", "closed_on: 2027-08-01"):
        settled = award(AWARD, ("services:", f"decide_by: 2026-12-31\n{line}\nservices:"))
        assert not {ends, "decision"} & {item.kind.value for item in settled.due_items(date(2030, 1, 1))}
    assert ("2026-12-31", "decision", "Decide what follows the grant to Harbour.") in told(
        award(AWARD, ("services:", "decide_by: 2026-12-31\nservices:")).due_items(date(2026, 12, 1))
    )


def test_a_visit_is_due_by_the_end_when_none_is_planned():
    unvisited = award(AWARD, ("  - kind: grant-visit\n    due", "  - kind: contract-meeting\n    due"))

    assert ("2027-03-31", "visit", "Visit Harbour and ask people who use the service.") in told(
        unvisited.due_items(date(2026, 12, 1))
    )


def test_money_asked_back_is_due_until_it_is_repaid():
    line = "clawbacks: [{asked_on: 2027-07-15, amount: 500, why: Unspent., due: 2027-08-15, repaid_on: 2027-08-20}]"
    one = award(AWARD, ("services:", f"{line}\nservices:"))

    what = ("2027-08-15", "instalment", "Get back £500.00 from Harbour: Unspent.")
    assert what not in told(one.due_items(date(2027, 7, 14)))
    assert what in told(one.due_items(date(2027, 8, 19)))
    assert what not in told(one.due_items(date(2027, 8, 20)))
    assert (one.paid(date(2027, 8, 19)), one.paid(date(2027, 8, 20))) == (40000, 39500)


def test_money_that_one_gets_is_claimed_and_shown_and_not_visited():
    got = award(AWARD, ("owner:", "received: true\nowner:"))
    words = [item.what for item in got.due_items(date(2026, 10, 20))]

    assert words == [
        "Show PCC that this is met: Sends its figures.",
        "Claim an instalment of £50,000.00 from PCC. Held until this is met: Sends its figures.",
        "Put in a ramp.",
        "The grant from PCC ends. Settle what follows, and close the account.",
        "Show PCC that this is met: Has a policy on safeguarding.",
    ]
    assert rules_of(got, date(2027, 7, 1)) == [
        ("award-condition-met", "cannot-tell"),
        ("award-condition-met", "cannot-tell"),
        ("award-variation-decided", "broken"),
    ]


# --- What is amiss ----------------------------------------------------------------------------------------------
def rules_of(one, day, **more):
    return [(found.rule, found.outcome.value) for found in one.findings(day, **more)]


def test_conditions_decisions_visits_and_returns_are_looked_at():
    assert rules_of(award(), date(2026, 5, 31)) == [("award-reports-by-value", "broken")]
    assert rules_of(award(), date(2027, 2, 1)) == [
        ("award-condition-met", "cannot-tell"),
        ("award-variation-decided", "broken"),
        ("award-reports-by-value", "broken"),
    ]
    no_feedback = award(AWARD, ("    feedback: [{text: They listened., people: 6}]\n", ""))
    assert ("visit-hears-service-users", "broken") in rules_of(no_feedback, date(2026, 10, 1))
    assert ("visit-hears-service-users", "broken") not in rules_of(no_feedback, date(2026, 9, 2))
    no_evidence = award(AWARD, (", evidence: Policy of March 2026", ""))
    assert ("award-condition-evidenced", "broken") in rules_of(no_evidence, date(2026, 10, 1))
    refused = award(AWARD, ("met: true, evidence: Policy of March 2026", "met: false"))
    assert ("award-condition-met", "broken") in rules_of(refused, date(2026, 10, 1))
    unvisited = award(AWARD, ("kind: grant-visit", "kind: contract-meeting"))
    assert ("award-visited", "broken") in rules_of(unvisited, date(2027, 7, 1))
    assert ("award-visited", "broken") not in rules_of(unvisited, date(2027, 6, 30))


def test_what_was_paid_and_not_spent_is_asked_back_after_the_end_and_not_knowing_is_told():
    after, unspent = date(2027, 7, 1), ("award-unspent-returned", "broken")

    assert unspent in rules_of(award(), after)  # 40,000 paid, 35,000.50 spent
    assert unspent not in rules_of(award(), date(2027, 6, 30))
    asked = "clawbacks: [{asked_on: 2027-07-01, amount: 4999.50, why: Unspent.}]\nservices:"
    assert unspent not in rules_of(award(AWARD, ("services:", asked)), after)
    short = asked.replace("4999.50", "4999.49")
    assert "£0.01" in str(award(AWARD, ("services:", short)).findings(after)[-1])
    silent = AWARD[: AWARD.index("spending:")]
    assert ("award-unspent-returned", "cannot-tell") in rules_of(award(silent), after)


def test_what_is_asked_goes_by_the_value_of_the_award():
    assert [band_for(sum_).returns_every_months for sum_ in (0, "4999.99", 5000, "24,999.99", 25000)] == [
        12,
        12,
        6,
        6,
        3,
    ]
    assert [band_for(sum_).meetings_every_months for sum_ in (5000, 25000, 100000, 1000000)] == [None, 6, 3, 1]
    own = TermsByValue(bands=[ValueBand(at_least=0, returns_every_months=6, visits=0)])
    assert "award-reports-by-value" not in dict(rules_of(award(), date(2026, 5, 31), terms=own))
    assert faults_of(lambda: TermsByValue(bands=[ValueBand(at_least=1, returns_every_months=6)])) == [
        ("VC-COM-001", "bands")
    ]


# --- Where it stands --------------------------------------------------------------------------------------------
def codes(position):
    return [fault.code for fault in position.findings]


def test_the_position_counts_what_there_was_on_the_day():
    position = position_of(award(), as_at=date(2026, 9, 29))
    assert (position.spent, position.amount, position.paid, position.reported) == (0, 80000, 40000, True)

    position = position_of(award(), as_at=date(2026, 10, 1))
    assert (position.spent, position.left, position.left_for("isva")) == (
        Decimal("35000.50"),
        Decimal("54999.50"),
        30000,
    )
    assert position.spent_in(2026) == Decimal("35000.50")
    assert codes(position) == []


def test_a_year_above_its_share_and_a_payment_before_its_condition_are_worth_a_look():
    over = award(AWARD, ("amount: 15000.50, purpose: Front Door", "amount: 55000.01"))
    assert "£75,000.01 was spent in 2026-27, for which £75,000.00 is set aside." in str(position_of(over).findings)
    early = award(AWARD, ("held_until: data", "held_until: data, paid_on: 2026-10-15"))
    assert "VC-MON-103" in codes(position_of(early))
    less = award(AWARD, ("2026-10-15, amount: 50000", "2026-10-15, amount: 49999"))
    assert "The instalments make £89,999.00 of £90,000.00." in str(position_of(less).findings)


def test_nothing_reported_is_not_nothing_spent():
    position = position_of(award(AWARD[: AWARD.index("spending:")]))

    assert not position.reported
    assert "What was spent of £90,000.00 is not reported." in str(position.findings[0])


# --- Money passed on --------------------------------------------------------------------------------------------
DAYS = {"kind": "grant", "first": date(2026, 4, 1), "last": date(2027, 3, 31)}


def chain(**lantern):
    """The ministry to the commissioner, to Lantern, to Beacon; of 100,000 are 60,000 for ISVAs."""
    ministry = {"reference": "M", "funder": "MoJ", "recipient": "PCC", "amount": 100000, "spending": []}
    given = {"reference": "L", "funder": "PCC", "recipient": "Lantern", "amount": 70000, "within": "M"}
    beacon = {"reference": "B", "funder": "Lantern", "recipient": "Beacon", "amount": 20000, "within": "L"}
    fence = {"ring_fences": [{"purpose": "ISVA", "amount": 60000}]}
    rows = [
        {**ministry, **fence, "conditions": [{"id": "v", "text": "Victims only.", "passed_on": True}]},
        {
            **given,
            "ring_fences": [{"purpose": "isva", "amount": 55000}],
            "spending": [{"on": "2026-06-30", "amount": 20000, "purpose": "ISVA"}],
            "conditions": [{"id": "v", "text": "Victims only."}],
            **lantern,
        },
        {**beacon, "ring_fences": [{"purpose": "Isva", "amount": 15000}]},
    ]
    dates = {"first": "2026-04-01", "last": "2027-03-31", "kind": "grant"}
    return [Award.from_dict({**dates, **row}) for row in rows]


def test_a_ring_fence_is_followed_down_to_the_last():
    awards = chain()
    trail = follow_ring_fence(awards[0], awards, "isva")

    assert [(s.level, s.award.recipient, s.fenced, s.passed_on, s.spent, s.left) for s in trail.steps] == [
        (0, "PCC", 60000, 55000, 0, 5000),
        (1, "Lantern", 55000, 15000, 20000, 20000),
        (2, "Beacon", 15000, 0, None, None),
    ]
    assert (trail.amount, trail.spent, trail.left, trail.not_reported) == (60000, 20000, 25000, 15000)
    assert trail.amount == trail.spent + trail.left + trail.not_reported
    with pytest.raises(UnknownNameError):
        follow_ring_fence(awards[0], awards, "wages")


def test_lost_ring_fences_name_every_chain_that_has_none():
    awards = chain()
    bare = [evolve(award, ring_fences=()) if award.reference == "B" else award for award in awards]
    further = evolve(bare[2], reference="C", recipient="Candle", funder="Beacon", within="B", amount=5000)
    told = [fault for fault in check_passed_on([*bare, further]) if "without the ring-fence" in fault.message]

    assert [(fault.location, fault.message.partition("(")[2]) for fault in told] == [("L", "M > L > B > C).")]


# --- Whose work it is -------------------------------------------------------------------------------------------


def book(*ours, received=True):
    first, *others = chain()
    return AwardBook(awards=(evolve(first, received=received), *others), ours=ours)


def test_what_is_due_of_a_sub_grant_is_the_work_of_the_provider_that_makes_it():
    due = book().due_items(date(2026, 6, 1))

    assert {(item.about, item.whose) for item in due} == {("M", ""), ("L", ""), ("B", "Lantern")}
    assert {item.owner for item in due if item.about == "B"} == {"Lantern"}
    assert {item.owner for item in due if item.about == "L"} == {""}
    assert "B" not in {found.about for found in book().findings(date(2028, 6, 1))}
    assert "L" in {found.about for found in book().findings(date(2028, 6, 1))}


def test_nothing_counts_as_the_work_of_others_where_it_does_not_show_who_the_commissioner_is():
    unknown = book(received=False)
    assert {item.whose for item in unknown.due_items(date(2026, 6, 1))} == {""}
    assert {item.owner for item in unknown.due_items(date(2026, 6, 1)) if item.about == "B"} == {"Lantern"}
    known = book("The PCC", received=False)
    assert {item.about for item in known.due_items(date(2026, 6, 1)) if item.whose} == {"B"}


def test_awards_paid_out_of_each_other_are_no_endless_chain_of_makers():
    first, second, _ = chain()
    circle = AwardBook(awards=(evolve(first, within="L"), second))
    assert [circle.made_by_others(award) for award in circle.awards] == ["", ""]


def test_meetings_and_visits_are_due_by_the_commissioners_own_bands():
    small = Award.from_dict(
        {
            "reference": "S",
            "kind": "grant",
            "funder": "PCC",
            "recipient": "Beacon",
            "amount": 4000,
            "first": "2026-04-01",
            "last": "2027-03-31",
        }
    )
    own = TermsByValue(bands=[ValueBand(at_least=0, returns_every_months=3, meetings_every_months=6, visits=2)])
    due = AwardBook(awards=[small], terms=own).due_items(date(2026, 5, 1))

    assert [item.kind.value for item in due] == ["meeting", "contract-end", "visit", "visit"]
    assert [item.kind.value for item in small.due_items(date(2026, 5, 1))] == ["contract-end"]


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 500), st.one_of(st.none(), st.integers(0, 500))), max_size=6)
)
@settings(deadline=None, max_examples=60)
def test_no_pound_of_a_ring_fence_is_lost_on_its_way(rows):
    """Whatever is passed on to whom: what is spent, left and not reported makes the ring-fence."""
    days = {"first": date(2026, 4, 1), "last": date(2027, 3, 31), "kind": "grant", "funder": "F", "recipient": "R"}
    awards = []
    for n, (above, fenced, spent) in enumerate([(0, 1000, 0), *rows]):
        within = f"A{min(above, n - 1)}" if n else None
        lines = None if spent is None else [Spending(on=date(2026, 5, 1), amount=spent, purpose="ISVA")]
        fence = [RingFence(purpose="ISVA", amount=fenced)]
        award_ = Award(reference=f"A{n}", amount=1000, within=within, ring_fences=fence, spending=lines, **days)
        awards.append(award_)
    trail = follow_ring_fence(awards[0], awards, "ISVA")
    reached = {step.award.reference for step in trail.steps}

    assert trail.amount == trail.spent + trail.left + trail.not_reported == 1000
    assert all(one.within in reached for one in awards if one.reference in reached and one.within)


def test_what_is_passed_on_in_order_has_no_fault():
    assert check_passed_on(chain()) == ()


@pytest.mark.parametrize(
    ("lantern", "code", "words"),
    [
        (
            {"ring_fences": [], "spending": []},
            "VC-MON-104",
            "without the ring-fence (M > L > B)",
        ),
        ({"amount": 100001}, "VC-MON-003", "£100,001.00 was passed on, and"),
        ({"ring_fences": [{"purpose": "ISVA", "amount": 61000}]}, "VC-MON-104", "£61,000.00 was passed on for ISVA"),
        ({"last": "2027-04-30"}, "VC-MON-104", "outside the days"),
        ({"conditions": []}, "VC-MON-104", "does not have the condition 'Victims only.'"),
        ({"within": "N"}, "VC-COM-007", "There is no award 'N'"),
    ],
)
def test_each_fault_of_what_is_passed_on(lantern, code, words):
    found = check_passed_on(chain(**lantern))
    assert [fault.code for fault in found if words in fault.message] == [code], found


def test_awards_paid_out_of_each_other_are_found_and_do_not_run_for_ever():
    awards = chain()
    circle = [Award.from_dict({**awards[0].to_dict(), "within": "B"}), *awards[1:]]

    assert [fault.location for fault in check_passed_on(circle) if "itself" in fault.message] == [
        "M: within",
        "L: within",
        "B: within",
    ]
    assert len(follow_ring_fence(circle[0], circle, "ISVA").steps) == 3


# --- Published --------------------------------------------------------------------------------------------------
OFFICE = AwardsPublisher(name="PCC")


def unpublished(day=date(2026, 6, 1), **more):
    one = Award.from_dict({**award().to_dict(), **more})
    return [(found.message, found.outcome.value) for found in publication_findings(one, OFFICE, day)]


def test_a_grant_is_published_as_one_to_reduce_crime_or_as_spending_and_not_knowing_is_said():
    (open_,) = unpublished()
    assert (open_[1], "whether this is a crime and disorder reduction grant" in open_[0]) == ("cannot-tell", True)
    asked = [words for words, _ in unpublished(reduces_crime=True)]
    assert "(paragraph 3(f))" in asked[0]
    assert asked[1:] == [
        "Paragraph 3(f) asks for the purpose, and the award does not say it.",
        "Paragraph 3(f) asks for the reasons, and the award does not say it.",
    ]
    said = {"description": "Advisers.", "reasons": "Fewer are harmed again."}
    assert unpublished(reduces_crime=True, published={"3(f)": "2026-05-31"}, **said) == []
    assert unpublished(reduces_crime=False, published={"3(g)": "2026-05-31"}, **said) == []
    assert len(unpublished(reduces_crime=False, published={"3(f)": "2026-05-31"}, **said)) == 1
    assert unpublished(published={"3(f)": "2026-05-31"}, **said) == []
    assert len(unpublished(reduces_crime=True, published={"3(f)": "2026-06-02"}, **said)) == 1


def test_contracts_go_by_their_value_and_what_others_give_is_not_ours_to_publish():
    said = {"kind": "contract", "description": "Advisers.", "reasons": "The best bid."}
    plain = {"variations": [], "profile": [], "instalments": [], "ring_fences": [], "spending": []}
    paragraphs = {
        amount: [words[-6:-2] for words, _ in unpublished(amount=amount, **said, **plain)]
        for amount in ("500", "500.01", "10000", "10000.01")
    }
    assert paragraphs == {"500": [], "500.01": ["3(g)"], "10000": ["3(g)"], "10000.01": ["3(g)", "4(b)"]}
    assert unpublished(funder="Ministry of Justice") == []
    assert unpublished(day=date(2026, 3, 1)) == []
    assert ("VC-COM-007", "published.3(z)") in faults_of(
        lambda: award(AWARD, ("services:", "published: {3(z): 2026-04-01}\nservices:"))
    )


# --- Bids -------------------------------------------------------------------------------------------------------
BID = {
    "reference": "B1",
    "title": "Two advisers",
    "stream": "moj-isva-idva",
    "asked": "95000",
    "owner": "Grants Officer",
}


def test_a_bid_is_sent_answered_and_becomes_an_award():
    sent = {**BID, "closes_on": "2026-05-29", "submitted_on": "2026-05-27", "expected_on": "2026-07-31"}
    won = {**sent, "result": "partly-won", "result_on": "2026-07-20", "won": "50000", "why": "Demand was shown."}

    one = Bid.from_dict(won)
    assert Bid.from_yaml(one.to_yaml()) == one
    words = [
        (date(2026, 5, 26), "2026-05-29", "Send the bid for £95,000.00: Two advisers."),
        (date(2026, 5, 27), "2026-07-31", "Ask what came of the bid for £95,000.00: Two advisers."),
        (date(2026, 7, 20), "None", "Record the award of £50,000.00 that the bid won: Two advisers."),
    ]
    for day, due, what in words:
        assert told(one.due_items(day)) == [(due, "action", what)]
    assert Bid.from_dict({**won, "award": "M/2026"}).due_items(date(2026, 8, 1)) == ()
    assert Bid.from_dict({**sent, "result": "lost"}).due_items(date(2026, 8, 1)) == ()


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"result": "won", "submitted_on": "2026-05-01"}, "won"),
        ({"result": "lost", "submitted_on": "2026-05-01", "won": 5}, "result"),
        ({"result": "lost"}, "submitted_on"),
        ({"submitted_on": "2026-05-02", "result_on": "2026-05-01"}, "result_on"),
        ({"stream": "moj"}, "stream"),
    ],
)
def test_a_bid_that_contradicts_itself_is_refused(more, where):
    assert where in [location for _, location in faults_of(lambda: Bid.from_dict({**BID, **more}))]
