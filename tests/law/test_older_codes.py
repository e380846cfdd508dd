"""The Codes of 2006, 2013 and 2015, row by row and number by number, against tables written by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import victims_code as vc
from shared.research_index import rows_in, rows_of, rows_of_duty
from victims_code.law import Every, Unit, Within
from victims_code.reading.documents import read_yaml

CODE = vc.VictimsCode.load()
OLDER = ("code-2006", "code-2013", "code-2015")


def _numbered(letter, last):
    return {f"{letter}{number}" for number in range(1, last + 1)}


# Every row of the research on these Codes: instruments, who is covered, groups, providers, duties by section of
# chapter 2, chapters 3 to 5, what changed, the Code of 2006, and what came before it.
ROWS = (
    _numbered("I", 11)
    | _numbered("W", 10)
    | _numbered("E", 10)
    | _numbered("P", 7)
    | _numbered("A", 19)
    | _numbered("B", 18)
    | _numbered("C", 10)
    | _numbered("D", 9)
    | _numbered("G", 9)
    | _numbered("H", 8)
    | _numbered("F", 6)
    | _numbered("K", 4)
    | _numbered("L", 10)
    | _numbered("Q", 5)
    | _numbered("R", 6)
    | _numbered("T", 23)
    | _numbered("N", 3)
)
# Rows of duties and facts that a source was found for, by the Code they are of.
SEEN_2015 = {
    *("A1", "A2", "A3", "A4", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A16", "A17"),
    *("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11", "B12", "B14", "B16", "B17"),
    *("C1", "C2", "C3", "C4", "C5", "C6", "C7", "D6", "D8", "D9"),
    *("G1", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "H1", "H5", "H6", "H7", "H8"),
    *("F1", "F2", "F4", "K1", "K2", "K3", "K4", "L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"),
}
SEEN_2006 = _numbered("T", 17) - {"T1"} | {"T19", "T21"}
CONFLICTS = {"older-A5", "older-A6", "older-B13", "older-C8", "older-E7", "older-G2"}
# Statements of the Code that no record of a case shows, and that so have no worked case.
NO_CASE = {"B6", "B7", "C3", "H8"}


def test_every_row_of_the_research_is_encoded_somewhere():
    encoded = {row for edition in OLDER for row in rows_of(edition)}
    encoded |= {row for place, rows in rows_in("lineage.yaml").items() if ".stated." in place for row in rows}
    older = {row for rows in rows_in("readings.yaml").values() for row in rows if row.startswith("older-")}
    encoded |= {row.removeprefix("older-") for row in older}

    assert ROWS - encoded == set()
    assert {row for edition in OLDER for row in rows_of(edition)} <= ROWS


def test_rows_of_2006_stand_in_2006_and_the_others_in_2015():
    assert _numbered("T", 23) <= rows_of("code-2006")
    duties = _numbered("A", 19) | _numbered("B", 18) | _numbered("C", 10) | _numbered("D", 9) | _numbered("L", 10)
    duties |= _numbered("G", 9) | _numbered("H", 8) | _numbered("F", 6) | _numbered("K", 4)
    assert duties <= rows_of("code-2015")
    assert duties - _numbered("L", 10) - rows_of("code-2013") == {"A1", "A15", "A18", "B6", "F6", "K4"}


def test_conflicts_of_the_sources_are_readings_with_both_sides():
    settled = {row: CODE.readings[name] for name, rows in rows_in("readings.yaml").items() for row in rows}

    assert set(settled) >= CONFLICTS
    assert all(settled[row].alternatives for row in CONFLICTS)


def test_every_row_with_a_source_has_a_worked_case():
    rests_on = {}
    for path in (Path(__file__).parents[1] / "cases").rglob("*.yaml"):
        worked = read_yaml(path.read_text(encoding="utf-8")).data
        for year in re.findall(r"20(?:06|13|15)", path.name + worked["name"]):
            rests_on.setdefault(year, set()).update(worked.get("rests_on", []))

    assert SEEN_2015 - rests_on["2015"] - NO_CASE == set()
    assert SEEN_2006 - rests_on["2006"] == set()


FIVE_OR_ONE = (5, 1, "event")
# duty: (row, standard working days, enhanced working days, counted from, evidence in 2015, evidence in 2013)
NUMBERS = {
    "acknowledge-complaint": ("H5", 10, 10, "event", "unconfirmed", "secondary"),
    "explain-process-and-support": ("A4", 5, 5, "event", "secondary", "unconfirmed"),
    "inform-decision-not-to-investigate": ("A6", *FIVE_OR_ONE, "unconfirmed", "unconfirmed"),
    "inform-suspect-arrested": ("A8", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-suspect-interviewed-under-caution": ("A9", *FIVE_OR_ONE, "secondary", "unconfirmed"),
    "inform-suspect-released-without-charge": ("A10", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-suspect-bailed": ("A11", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-bail-conditions-changed": ("A11", *FIVE_OR_ONE, "secondary", "unconfirmed"),
    "refer-to-support": ("A12", 2, 2, "event", "secondary", "secondary"),
    "inform-suspect-charged": ("B1", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-out-of-court-disposal-given": ("B2", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-decision-not-to-charge": ("B3", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-first-hearing-listed": ("B4", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-suspect-bailed-to-court": ("B5", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-charge-substantially-altered": ("B8", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-proceedings-stopped": ("B9", *FIVE_OR_ONE, "secondary", "secondary"),
    "inform-hearing-listed": ("B12", 1, 1, "received", "unconfirmed", "secondary"),
    "inform-bail-hearing-decided": ("B13", 5, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-arrest-warrant-issued": ("B14", 5, 1, "received", "secondary", "unconfirmed"),
    "inform-rearrest-hearing-decided": ("B14", 5, 1, "received", "secondary", "unconfirmed"),
    "inform-witness-attendance-required": ("B15", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-case-outcome": ("C4", 1, 1, "received", "unconfirmed", "secondary"),
    "inform-sentence-passed": ("C5", 1, 1, "received", "unconfirmed", "secondary"),
    "pay-expenses": ("C8", 10, 10, "received", "unconfirmed", "unconfirmed"),
    "inform-appeal-to-crown-court-lodged": ("D1", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-crown-court-appeal-decided": ("D1", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-leave-to-appeal-granted": ("D2", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-appellant-bail-decided": ("D3", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "inform-appeal-decided": ("D5", 1, 1, "received", "unconfirmed", "unconfirmed"),
    "pass-leave-to-appeal-granted-to-witness-care": ("D7", 1, 1, "event", "unconfirmed", "unconfirmed"),
    "pass-appeal-decided-to-witness-care": ("D7", 1, 1, "event", "unconfirmed", "unconfirmed"),
    "refer-to-vcs": ("G1", 20, 20, "event", "unconfirmed", "secondary"),
}
# duty: (row, standard, enhanced, counted from, evidence)
NUMBERS_2006 = {
    "inform-decision-not-to-investigate": ("T4", *FIVE_OR_ONE, "secondary"),
    "refer-to-support": ("T5", 2, 2, "event", "secondary"),
    "inform-suspect-arrested": ("T7", *FIVE_OR_ONE, "secondary"),
    "inform-suspect-released-without-charge": ("T8", *FIVE_OR_ONE, "secondary"),
    "inform-suspect-bailed": ("T9", *FIVE_OR_ONE, "secondary"),
    "inform-bail-conditions-changed": ("T9", *FIVE_OR_ONE, "secondary"),
    "inform-suspect-interviewed-under-caution": ("T10", 3, 1, "event", "secondary"),
    "inform-suspect-reported-for-summons": ("T10", 3, 1, "event", "secondary"),
    "inform-suspect-charged": ("T11", *FIVE_OR_ONE, "secondary"),
    "inform-decision-not-to-charge": ("T11", *FIVE_OR_ONE, "secondary"),
    "inform-hearing-listed": ("T12", 1, 1, "received", "unconfirmed"),
    "inform-witness-attendance-required": ("T12", 1, 1, "received", "unconfirmed"),
    "inform-case-outcome": ("T13", 1, 1, "received", "secondary"),
    "inform-sentence-passed": ("T13", 1, 1, "received", "secondary"),
    "inform-proceedings-stopped": ("T14", *FIVE_OR_ONE, "secondary"),
    "inform-charge-substantially-altered": ("T14", *FIVE_OR_ONE, "secondary"),
    "pay-expenses": ("T17", 10, 10, "received", "secondary"),
    "pass-leave-to-appeal-granted-to-witness-care": ("T19", 1, 1, "event", "secondary"),
    "pass-appeal-decided-to-witness-care": ("T19", 1, 1, "event", "secondary"),
    "make-vcs-contact": ("T20", 40, 40, "event", "unconfirmed"),
}


def _check(duty, row, standard, enhanced, after, evidence):
    assert row in rows_of_duty(duty.edition, duty.id)
    assert duty.deadline.standard == Within(within=standard, unit="working-day", after=after)
    assert duty.deadline.enhanced == Within(within=enhanced, unit="working-day", after=after)
    assert duty.evidence == evidence


@pytest.mark.parametrize("duty", NUMBERS)
def test_the_codes_of_2013_and_2015_have_the_numbers_of_their_sources(duty):
    row, standard, enhanced, after, in_2015, in_2013 = NUMBERS[duty]

    _check(CODE.duty(duty, edition="code-2015"), row, standard, enhanced, after, in_2015)
    _check(CODE.duty(duty, edition="code-2013"), row, standard, enhanced, after, in_2013)


@pytest.mark.parametrize("duty", NUMBERS_2006)
def test_the_code_of_2006_has_the_numbers_of_its_sources(duty):
    _check(CODE.duty(duty, edition="code-2006"), *NUMBERS_2006[duty])


def test_no_other_duty_has_a_number():
    assert {duty.id for duty in CODE.duties(edition="code-2015") if duty.dated} == set(NUMBERS)
    assert {duty.id for duty in CODE.duties(edition="code-2013") if duty.dated} == set(NUMBERS)
    assert {duty.id for duty in CODE.duties(edition="code-2006") if duty.dated} == {*NUMBERS_2006, "update-monthly"}


def test_the_monthly_update_recurs_and_ends_with_the_decision():
    limit = CODE.duty("update-monthly", edition="code-2006").deadline.standard

    assert isinstance(limit, Every)
    assert (limit.every, limit.unit) == (1, Unit.MONTH)
    assert {"suspect-charged", "decision-not-to-charge", "investigation-ended"} <= set(limit.until)


def test_a_number_of_2013_that_2015_only_inherits_says_so():
    for duty, (_, _, _, _, in_2015, in_2013) in NUMBERS.items():
        if (in_2015, in_2013) == ("unconfirmed", "secondary"):
            assert "figures-carried-into-2015" in CODE.duty(duty, edition="code-2015").readings, duty


@pytest.mark.parametrize(
    ("edition", "paragraphs"),
    [
        ("code-2015", {"6", "1.18", "1.19", "1.20", "1.21", "1.22"}),
        ("code-2013", set()),
        ("code-2006", {"1.3", "1.4", "5.4", "5.10", "5.12", "7.3", "7.4", "7.6", "7.7"}),
    ],
)
def test_only_confirmed_paragraphs_are_printed(edition, paragraphs):
    found = CODE.edition(edition)
    cites = [cite for duty in found.duties.values() for cite in duty.cites]
    cites += [cite for statement in found.statements for cite in statement.cites]

    assert {cite.paragraph for cite in cites if cite.paragraph} == paragraphs
    assert all(cite.paragraph_confirmed_by for cite in cites if cite.paragraph)


def test_the_groups_of_each_code():
    groups = {edition: [c.id for c in CODE.edition(edition).eligibility.enhanced] for edition in OLDER}

    assert groups["code-2006"] == ["vulnerable", "intimidated"]
    assert groups["code-2013"] == groups["code-2015"]
    assert groups["code-2015"] == [
        "most-serious-crime",
        "persistently-targeted",
        "vulnerable-or-intimidated",
        "at-discretion",
    ]
    ages = {
        edition: {
            fact
            for category in CODE.edition(edition).eligibility.enhanced
            for criterion in category.criteria
            for fact in criterion.when.facts()
            if fact.startswith("under-")
        }
        for edition in OLDER
    }
    assert ages == {"code-2006": {"under-17"}, "code-2013": {"under-18"}, "code-2015": {"under-18"}}


def test_chapter_5_binds_bodies_that_no_other_code_binds_this_way():
    five = [duty for duty in CODE.duties(edition="code-2015") if duty.part == "chapter-5-other-bodies"]

    assert len(five) == 13
    assert all("investigated-by-other-body" in set(duty.applies_when.facts()) for duty in five)
    assert all(not duty.dated for duty in five)
    assert {duty.id for duty in CODE.duties(edition="code-2015", owed_by="nca")} == {duty.id for duty in five}
    assert "nca" not in CODE.edition("code-2013").bodies


def test_what_is_missing_from_the_older_codes_is_missing():
    assert "inform-suspect-released-under-investigation" not in CODE.edition("code-2015").duties
    assert "acknowledge-crime" not in CODE.edition("code-2013").duties
    assert "update-monthly" not in CODE.edition("code-2013").duties
    assert "chapter-5-other-bodies" not in [part.id for part in CODE.edition("code-2013").parts]
