"""Services, the rules they are held to, the directory, referrals and restorative justice."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.services import (
    Directory,
    Referral,
    RestorativeJustice,
    Service,
    check_service,
    national_services,
    service_rules,
)
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.working_days import england_and_wales

DAY = date(2026, 4, 1)

GOOD = """
reference: ISVA
name: Adult ISVA service
kind: isva
provider: AXIS
arrangement: contract
commissioner: PCC for West Mercia
areas: [west-mercia]
force_wide: true
tier: specialist
groups: [sexual-violence]
needs: [mental-and-physical-health, outlook-and-attitudes]
free: true
confidential: true
open_to_unreported: true
before_proceedings: true
during_proceedings: true
after_proceedings: true
code_on_website: true
evidence_base:
  needs_assessed_on: 2025-06-01
  engaged_on: 2025-07-01
  existing_services_mapped_on: 2025-06-01
  outcomes: [Better able to cope]
equality_assessed_on: 2025-04-02
co_commissioners:
  - {body: PCC for West Mercia, share: 0.70}
  - {body: NHS England, share: 0.30}
"""
OTHER = """
reference: other
name: A charity's group
kind: drop-in
provider: A charity
arrangement: not-commissioned
areas: [west-mercia]
within: ["Ludlow, Shropshire"]
groups: [sexual-violence]
"""


def service(text=GOOD, **changes):
    return Service.from_dict(Service.from_yaml(text).to_dict() | changes)


def broken(checked, *, others=(), as_at=DAY):
    return [found.rule for found in check_service(checked, as_at=as_at, others=others)]


OTHERS = (Service.from_yaml(OTHER),)


def test_a_service_in_order_has_no_findings():
    assert broken(service(), others=OTHERS) == []


def test_a_service_neither_force_wide_nor_pilot_nor_for_a_local_need_is_flagged_with_rule_and_source():
    local = service(force_wide=False, within=["Ludlow, Shropshire"], pilot=False, local_need=False)

    (found,) = check_service(local, as_at=DAY, others=OTHERS)
    assert (found.rule, found.outcome.value, found.severity.value) == (
        "force-wide-unless-pilot-or-local-need",
        "broken",
        "must",
    )
    assert found.message == "The service is not force-wide, is not a pilot, and does not meet a local need."
    assert found.hint == "Open it to the whole force area, run it as a pilot, or name the local need it answers."
    assert found.sources == ("west-mercia-victim-witness-strategy",)


@pytest.mark.parametrize("reason", [{"pilot": True}, {"local_need": True}, {"local_need_named": "Rural isolation"}])
def test_a_pilot_or_a_local_need_excuses_a_part_of_the_area(reason):
    local = (
        service(force_wide=False, within=["Ludlow, Shropshire"])
        if reason is None
        else service(force_wide=False, within=["Ludlow, Shropshire"], **reason)
    )

    assert broken(local, others=OTHERS) == []


def test_what_the_record_does_not_say_is_asked_for_and_not_guessed():
    local = service(force_wide=False, within=["Ludlow, Shropshire"], pilot=False)
    (found,) = check_service(local, as_at=DAY, others=OTHERS)

    assert (found.outcome.value, found.missing) == ("cannot-tell", ("local-need",))
    assert found.hint == "Answer: Does it answer a local need through the Community Safety Partnership?"


def test_a_service_failing_several_rules_lists_all():
    bad = service(
        force_wide=False,
        within=["Ludlow, Shropshire"],
        pilot=False,
        local_need=False,
        open_to_unreported=False,
        code_on_website=False,
        free=False,
        confidential=False,
        after_proceedings=False,
        equality_assessed_on="2025-04-01",
        evidence_base={"needs_assessed_on": "2025-06-01", "outcomes": []},
    )
    twin = service(reference="twin", force_wide=False, within=["Ludlow, Shropshire"])

    found = {f.rule: f.outcome.value for f in check_service(bad, as_at=DAY, others=[twin])}
    assert found == dict.fromkeys(
        [
            "force-wide-unless-pilot-or-local-need",
            "open-whether-or-not-reported",
            "code-on-website",
            "evidence-base",
            "no-duplication",
            "equality-impact-assessment-each-year",
            "free-of-charge",
            "confidential",
            "before-during-and-after",
        ],
        "broken",
    ) | {"existing-services-mapped": "cannot-tell"}


def test_every_rule_can_be_broken():
    """The rules of the test above and the Welsh one are all there are, so no rule goes untested."""
    assert set(service_rules()) == {
        "force-wide-unless-pilot-or-local-need",
        "open-whether-or-not-reported",
        "code-on-website",
        "evidence-base",
        "existing-services-mapped",
        "no-duplication",
        "equality-impact-assessment-each-year",
        "free-of-charge",
        "confidential",
        "before-during-and-after",
        "welsh-language-offer",
    }


@pytest.mark.parametrize(("made", "fresh"), [("2025-04-02", True), ("2025-04-01", False), ("2024-04-02", False)])
def test_an_equality_assessment_is_fresh_until_its_anniversary(made, fresh):
    assert (
        "equality-impact-assessment-each-year" not in broken(service(equality_assessed_on=made), others=OTHERS)
    ) is fresh


def test_a_service_in_wales_is_asked_for_its_offer_in_welsh():
    welsh = service(areas=["gwent"])

    (found,) = check_service(welsh, as_at=DAY, others=OTHERS)
    assert (found.rule, found.outcome.value, found.evidence.value) == (
        "welsh-language-offer",
        "cannot-tell",
        "unconfirmed",
    )
    assert broken(service(areas=["gwent"], welsh_language_offer=False), others=OTHERS) == ["welsh-language-offer"]


def test_duplication_is_known_only_where_the_other_services_are():
    (found,) = check_service(service(), as_at=DAY)

    assert (found.rule, found.missing) == ("no-duplication", ("repeats-another",))
    assert check_service(service(), as_at=DAY, others=[]) == ()


def test_a_service_nobody_commissions_is_held_to_nothing():
    assert broken(OTHERS[0]) == []


@pytest.mark.parametrize(
    ("change", "repeats"),
    [
        ({}, True),
        ({"kind": "counselling"}, False),
        ({"groups": ["domestic-abuse"]}, False),
        ({"areas": ["warwickshire"]}, False),
        ({"until": "2026-03-31"}, False),
        ({"arrangement": "not-commissioned", "commissioner": None, "co_commissioners": []}, False),
    ],
)
def test_duplication_is_the_same_work_for_the_same_groups_in_the_same_place(change, repeats):
    twin = Service.from_dict(
        {k: v for k, v in (service().to_dict() | {"reference": "twin"} | change).items() if v is not None}
    )

    assert ("no-duplication" in broken(service(), others=[twin])) is repeats


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"groups": []}, {}),
        ({}, {"groups": []}),
        ({"groups": []}, {"groups": [], "everybody": True}),
        ({"force_wide": None}, {"force_wide": False, "within": ["Ludlow, Shropshire"]}),
    ],
)
def test_duplication_is_not_known_where_a_record_does_not_say_for_whom_or_where(mine, theirs):
    def made(change, **more):
        return Service.from_dict({k: v for k, v in (service().to_dict() | more | change).items() if v is not None})

    found = check_service(made(mine), as_at=DAY, others=[made(theirs, reference="twin")])
    assert [(f.rule, f.outcome.value) for f in found if f.rule == "no-duplication"] == [
        ("no-duplication", "cannot-tell")
    ]


def test_a_service_that_has_ended_is_held_to_nothing():
    ended = service(until="2026-03-31", equality_assessed_on="2020-01-01")

    assert check_service(ended, as_at=DAY) == ()
    assert check_service(ended, as_at=date(2026, 3, 31)) != ()
    assert Directory(services=[ended]).check(as_at=DAY) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("share: 0.30", "share: 0.31", "VC-COM-002", "make 1.01 and not 1"),
        ("share: 0.30", "share: 30", "VC-COM-002", "not a share of a whole"),
        (", share: 0.30", "", "VC-COM-002", "some have none"),
        ("body: NHS England", "body: PCC for West Mercia", "VC-COM-008", "is there twice"),
        ("kind: isva", "kind: iscva", "VC-COM-007", "isva"),
        ("areas: [west-mercia]", "areas: [mercia]", "VC-NAME-001", "west-mercia"),
        ("areas: [west-mercia]\n", "", "VC-COM-001", "does not say where"),
        ("commissioner: PCC for West Mercia\n", "", "VC-COM-001", "no commissioner is named"),
        ("force_wide: true", 'force_wide: true\nwithin: ["Ludlow, Shropshire"]', "VC-COM-001", "only within parts"),
        ("groups: [sexual-violence]", "groups: [sexual-violence]\neverybody: true", "VC-COM-001", "for everyone"),
        ("tier: specialist", "tier: specialist\nsince: 2026-01-01\nuntil: 2025-01-01", "VC-COM-006", "ends before"),
        ("free: true", "free: 'yes'", "VC-FILE-005", "true or false"),
        ("share: 0.30", "share: a third", "VC-FILE-005", "A number is needed"),
    ],
)
def test_each_fault_of_a_service(old, new, code, words):
    assert old in GOOD
    with pytest.raises(CommissioningError) as refused:
        Service.from_yaml(GOOD.replace(old, new, 1), source="service.yaml")

    assert any(
        f.code == code and words in f"{f.message} {f.hint}" and f.location.startswith("service.yaml, line")
        for f in refused.value.faults
    ), refused.value


def test_faults_of_kind_and_of_sense_are_given_together():
    text = (
        GOOD.replace("free: true", "free: maybe").replace("share: 0.30", "share: 0.31").replace("kind: isva", "kind: x")
    )

    with pytest.raises(CommissioningError) as refused:
        Service.from_yaml(text)
    assert [fault.code for fault in refused.value.faults] == ["VC-COM-007", "VC-FILE-005", "VC-COM-002"]


DIRECTORY = f"""
services:
  - {GOOD.strip().replace(chr(10), chr(10) + "    ")}
  - {OTHER.strip().replace(chr(10), chr(10) + "    ")}
  - {{reference: brake, name: Brake, kind: helpline, provider: Brake, arrangement: not-commissioned,
      national: true, groups: [road-collisions]}}
  - {{reference: old, name: Old line, kind: helpline, provider: X, arrangement: not-commissioned,
      areas: [west-mercia], everybody: true, until: 2020-01-01}}
"""


def found(**asked):
    return [s.service.reference for s in Directory.from_yaml(DIRECTORY).find(on=DAY, **asked)]


def test_the_directory_points_to_commissioned_and_other_services_the_surest_first():
    assert found(need="outlook-and-attitudes", area="west-mercia", group="sexual-violence") == [
        "ISVA",
        "rape-support-centres",
        "other",
        "national-domestic-and-sexual-violence-services",
        "national-helplines",
    ]


def test_what_a_service_does_not_say_is_named():
    signposts = Directory.from_yaml(DIRECTORY).find(
        need="drugs-and-alcohol", area="22", group="sexual-violence", on=DAY
    )

    assert [(s.service.reference, s.fits, s.unstated) for s in signposts] == [
        ("other", None, ("needs",)),
        ("national-domestic-and-sexual-violence-services", None, ("needs",)),
        ("national-helplines", None, ("needs", "groups")),
    ]


def test_services_elsewhere_or_ended_or_for_others_are_not_pointed_to():
    assert "ISVA" not in found(area="kent", group="sexual-violence")
    assert "old" not in found(area="west-mercia")
    assert "brake" not in found(group="sexual-violence")
    assert "brake" in found(group="road-collisions", area="kent")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"need": "money"}, "category of need"),
        ({"group": "sexual-violance"}, "sexual-violence"),
        ({"area": "x"}, "police area"),
    ],
)
def test_a_word_that_does_not_exist_is_refused(asked, words):
    with pytest.raises(UnknownNameError, match=words):
        found(**asked)


def test_every_word_that_does_not_exist_is_told_at_once():
    with pytest.raises(UnknownNameError) as refused:
        found(need="shelter", area="west-mercai", group="childern")

    text = str(refused.value)
    for name in ("shelter", "west-mercai", "childern"):
        assert f"{name!r}" in text


def test_the_directory_is_checked_as_a_whole():
    directory = Directory.from_yaml(DIRECTORY)

    assert {found.rule for found in directory.check(as_at=DAY)} == {"offer-in-three-tiers", "entries-checked"}
    assert Directory.from_yaml(directory.to_yaml()) == directory


def test_references_in_a_directory_are_unique_and_exist():
    text = DIRECTORY.replace("reference: brake", "reference: witness-service").replace(
        "force_wide: true", "force_wide: true\n    depends_on: [brakes]"
    )
    with pytest.raises(CommissioningError) as refused:
        Directory.from_yaml(text)

    assert {fault.code for fault in refused.value.faults} == {"VC-COM-008", "VC-COM-007"}


@pytest.mark.parametrize(
    ("service_id", "day", "commissioner", "provider"),
    [
        ("witness-service", date(2015, 3, 31), "Ministry of Justice", "Victim Support"),
        ("witness-service", date(2015, 4, 1), "Ministry of Justice", "Citizens Advice"),
        ("witness-service", date(2026, 4, 1), "Ministry of Justice", None),
        ("homicide-service", date(2019, 4, 1), "Ministry of Justice", "Victim Support"),
        ("trafficking-services", date(2026, 4, 1), "Home Office", None),
    ],
)
def test_national_services_have_dated_commissioners(service_id, day, commissioner, provider):
    term = national_services()[service_id].term_on(day)

    assert (term.commissioner, term.provider) == (commissioner, provider)


def test_the_six_national_services_of_the_strategy_are_there():
    assert list(national_services()) == [
        "homicide-service",
        "witness-service",
        "rape-support-centres",
        "trafficking-services",
        "national-helplines",
        "national-domestic-and-sexual-violence-services",
    ]


def referral(**changes):
    return Referral(
        **{"reference": "R1", "victim": "V1", "to": "ISVA", "basis": "data-share", "reported_on": date(2026, 4, 2)}
        | changes
    )


@pytest.mark.parametrize(
    ("made_on", "as_at", "standing"),
    [
        (None, date(2026, 4, 7), "not-yet-due"),
        (None, date(2026, 4, 8), "due-today"),
        (None, date(2026, 4, 9), "overdue"),
        (date(2026, 4, 8), date(2026, 4, 20), "met"),
        (date(2026, 4, 9), date(2026, 4, 20), "met-late"),
        (date(2026, 4, 9), date(2026, 4, 8), "due-today"),
    ],
)
def test_two_working_days_over_easter_2026(made_on, as_at, standing):
    """Thursday 2 April; Good Friday to Easter Monday do not count, so Wednesday 8 April is the last day."""
    assert referral(made_on=made_on).standing(as_at).value == standing


def test_the_limit_is_the_one_of_the_code_and_of_the_calendar_given():
    due = referral().due()
    assert (due.due_on, due.edition, due.duty.id) == (date(2026, 4, 8), "code-2021", "refer-to-support")

    closed = england_and_wales(add={date(2026, 4, 7): "Office closed"})
    assert referral().due(calendar=closed).due_on == date(2026, 4, 9)


def test_no_report_no_clock_and_no_day_no_answer():
    assert referral(reported=False, reported_on=None).standing(DAY).value == "no-limit"
    unknown = referral(reported_on=None)
    assert unknown.standing(DAY).value == "cannot-tell"
    assert [(f.rule, f.missing) for f in unknown.findings(DAY)] == [("referral-in-time", ("reported_on",))]


def test_a_report_before_any_code_cannot_be_judged():
    early = referral(reported_on=date(2001, 1, 1))

    assert early.standing(DAY).value == "cannot-tell"
    assert "No Code governs" in early.due().why


def test_late_referrals_and_missing_consent_are_found():
    late = referral(basis="consented", made_on=date(2026, 4, 9))

    assert [(f.rule, f.outcome.value) for f in late.findings(date(2026, 4, 20))] == [
        ("referral-in-time", "broken"),
        ("referral-with-consent", "cannot-tell"),
    ]
    assert "was made on Thursday 9 April 2026" in late.findings(date(2026, 4, 20))[0].message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"basis": "share"}, "VC-COM-007"),
        ({"reported": False}, "VC-COM-001"),
        ({"made_on": date(2026, 4, 1)}, "VC-COM-006"),
        ({"valid": False}, "VC-COM-001"),
        ({"valid": True, "not_valid_because": "duplicate"}, "VC-COM-001"),
    ],
)
def test_each_fault_of_a_referral(changes, code):
    with pytest.raises(CommissioningError) as refused:
        referral(**changes)

    assert [fault.code for fault in refused.value.faults] == [code]


RJ = {"reference": "RJ-1", "victim": "V1", "offered_on": "2026-05-01", "parts": [{"part": "explain-the-impact"}]}


@pytest.mark.parametrize(
    ("victim", "offender", "may"),
    [(True, True, True), (True, False, False), (None, False, False), (True, None, None), (None, None, None)],
)
def test_restorative_justice_goes_ahead_only_if_both_agree(victim, offender, may):
    process = RestorativeJustice.from_dict(RJ | {"victim_agrees": victim, "offender_agrees": offender})

    assert process.may_go_ahead is may
    held = RestorativeJustice.from_dict(
        process.to_dict() | {"parts": [{"part": "explain-the-impact", "done_on": "2026-06-01"}]}
    )
    assert [f.outcome.value for f in held.findings(date(2026, 7, 1))] == {
        True: [],
        False: ["broken"],
        None: ["cannot-tell"],
    }[may]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"part": "apology"}, "VC-COM-007"),
        ({"part": "seek-explanation-and-apology", "done_on": "2026-04-30"}, "VC-COM-006"),
        ({"part": "seek-explanation-and-apology", "done_on": "2026-06-30", "wanted": False}, "VC-COM-001"),
        ({"part": "explain-the-impact"}, "VC-COM-008"),
    ],
)
def test_each_fault_of_restorative_justice(part, code):
    with pytest.raises(CommissioningError) as refused:
        RestorativeJustice.from_dict(RJ | {"parts": [*RJ["parts"], part]})

    assert [fault.code for fault in refused.value.faults] == [code]
