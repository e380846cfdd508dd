"""The Code in force, number by number, against a table written by hand from its sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import victims_code as vc
from shared.research_index import INDEX, rows_in, rows_of, rows_of_duty
from victims_code.law import Promptly, Within
from victims_code.reading.documents import read_yaml
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
EDITION = CODE.edition("code-2021")

KEY_DECISION = (5, 1, "event")
# duty: (research row, standard working days, enhanced working days, counted from, evidence)
# A new duty with a number of days gets its line here, with the row of docs/research-index.yaml it was encoded from.
DATED = {
    "refer-to-support": ("D01", 2, 2, "event", "secondary"),
    "inform-suspect-arrested": ("D02", *KEY_DECISION, "secondary"),
    "inform-suspect-interviewed-under-caution": ("D03", *KEY_DECISION, "secondary"),
    "inform-suspect-released-without-charge": ("D04", *KEY_DECISION, "secondary"),
    "inform-suspect-bailed": ("D05", *KEY_DECISION, "secondary"),
    "inform-suspect-released-under-investigation": ("D06", *KEY_DECISION, "secondary"),
    "inform-bail-conditions-changed": ("D07", *KEY_DECISION, "secondary"),
    "inform-decision-not-to-investigate": ("D08", *KEY_DECISION, "secondary"),
    "inform-out-of-court-disposal-given": ("D09", *KEY_DECISION, "secondary"),
    "inform-suspect-charged": ("D10", *KEY_DECISION, "secondary"),
    "inform-decision-not-to-charge": ("D11", *KEY_DECISION, "unconfirmed"),
    "inform-proceedings-stopped": ("D12", *KEY_DECISION, "secondary"),
    "inform-charge-substantially-altered": ("D13", *KEY_DECISION, "secondary"),
    "inform-hearing-listed": ("D14", 1, 1, "received", "secondary"),
    "inform-bail-hearing-decided": ("D15", 5, 1, "received", "secondary"),
    "inform-arrest-warrant-issued": ("D16", 5, 1, "received", "secondary"),
    "inform-rearrest-hearing-decided": ("D16", 5, 1, "received", "secondary"),
    "pass-hearing-listed-to-witness-care": ("D17", 5, 5, "event", "secondary"),
    "pass-bail-hearing-decided-to-witness-care": ("D17", 5, 5, "event", "secondary"),
    "pass-arrest-warrant-issued-to-witness-care": ("D17", 5, 5, "event", "secondary"),
    "pass-rearrest-hearing-decided-to-witness-care": ("D17", 5, 5, "event", "secondary"),
    "inform-witness-attendance-required": ("D18", 1, 1, "received", "secondary"),
    "inform-case-outcome": ("D19", 1, 1, "received", "secondary"),
    "inform-sentence-passed": ("D20", 1, 1, "received", "secondary"),
    "pass-case-outcome-to-witness-care": ("D21", 5, 5, "event", "secondary"),
    "pass-sentence-passed-to-witness-care": ("D21", 5, 5, "event", "secondary"),
    "explain-unduly-lenient-sentence-scheme": ("D22", 1, 1, "received", "secondary"),
    "inform-appeal-to-crown-court-lodged": ("D24", 1, 1, "received", "unconfirmed"),
    "inform-crown-court-appeal-decided": ("D25", 1, 1, "received", "unconfirmed"),
    "inform-leave-to-appeal-granted": ("D26", 1, 1, "received", "unconfirmed"),
    "inform-appellant-bail-decided": ("D27", 1, 1, "received", "unconfirmed"),
    "inform-appeal-decided": ("D28", 1, 1, "received", "unconfirmed"),
    "pay-expenses": ("D29", 10, 10, "received", "secondary"),
    "refer-to-vcs": ("D31", 10, 10, "event", "secondary"),
    "make-vcs-contact": ("D32", 20, 20, "event", "secondary"),
    "acknowledge-complaint": ("D34", 10, 10, "event", "secondary"),
}
UNDATED = {"return-property": "D30", "acknowledge-crime": "D36", "record-crime": "D37", "assess-needs": "4a"}

EVENTS = {
    "crime-reported",
    "decision-not-to-investigate",
    "suspect-arrested",
    "suspect-interviewed-under-caution",
    "suspect-released-without-charge",
    "suspect-bailed",
    "suspect-released-under-investigation",
    "bail-conditions-changed",
    "out-of-court-disposal-given",
    "suspect-charged",
    "decision-not-to-charge",
    "proceedings-stopped",
    "charge-substantially-altered",
    "hearing-listed",
    "bail-hearing-decided",
    "arrest-warrant-issued",
    "rearrest-hearing-decided",
    "witness-attendance-required",
    "case-outcome",
    "sentence-passed",
    "appeal-to-crown-court-lodged",
    "crown-court-appeal-decided",
    "leave-to-appeal-granted",
    "appellant-bail-decided",
    "appeal-decided",
    "expenses-claimed",
    "referred-to-vcs",
    "complaint-received",
    "victim-informed",
    "referred-to-support",
    "crime-acknowledged",
    "needs-assessed",
    "vps-offered",
    "vps-made",
    "vcs-contact-made",
    "expenses-paid",
    "complaint-acknowledged",
    "property-returned",
    "updates-declined",
    "updates-resumed",
    "service-declined",
    "good-reason",
}
FACTS = {
    "persistently-targeted",
    "bereaved-close-relative",
    "evidence-quality-affected",
    "mental-disorder",
    "impaired-intelligence-and-social-functioning",
    "physical-disability-or-disorder",
    "fear-or-distress-about-testifying",
    "enhanced-at-discretion",
    "declined-enhanced-rights",
    "domestic-abuse",
    "hate-crime",
    "terrorism",
    "sexual-offence",
    "human-trafficking",
    "modern-slavery",
    "attempted-murder",
    "kidnap",
    "false-imprisonment",
    "arson-endangering-life",
    "wounding-or-gbh-with-intent",
}


@pytest.mark.parametrize("duty", DATED)
def test_every_dated_duty_has_the_numbers_of_its_sources(duty):
    row, standard, enhanced, after, evidence = DATED[duty]
    found = EDITION.duties[duty]

    assert row in rows_of_duty("code-2021", duty)
    assert found.deadline.standard == Within(within=standard, unit="working-day", after=after)
    assert found.deadline.enhanced == Within(within=enhanced, unit="working-day", after=after)
    assert found.evidence == evidence


def test_no_other_duty_has_a_number():
    dated = {duty.id for duty in CODE.duties() if duty.dated}
    assert sorted(dated - set(DATED)) == [], "write a line for each in DATED above, from its source"
    assert sorted(set(DATED) - dated) == [], "take out the lines in DATED above of duties without a number of days"


@pytest.mark.parametrize("duty", UNDATED)
def test_a_duty_without_a_number_stays_without_one(duty):
    assert UNDATED[duty] in rows_of_duty("code-2021", duty)
    assert isinstance(EDITION.duties[duty].deadline.standard, Promptly)


def test_every_row_of_the_deadline_table_is_encoded_somewhere():
    schemes = {row for name in INDEX if name.startswith("schemes/") for rows in rows_in(name).values() for row in rows}
    rows = rows_of("code-2021") | schemes

    assert rows >= {f"D{number:02}" for number in range(1, 38)}


def test_no_paragraph_is_given_but_the_one_a_source_confirms():
    paragraphs = {cite.paragraph for duty in CODE.duties() for cite in duty.cites}

    assert paragraphs == {None, "8.2"}


def test_the_names_others_rely_on_are_there():
    assert set(load_vocabulary().events) >= EVENTS
    assert set(load_vocabulary().facts) >= FACTS
    assert len(EDITION.parts) == 12


def test_conflicts_of_the_sources_are_in_the_register_with_both_sides():
    settled = {row for rows in rows_in("readings.yaml").values() for row in rows}

    assert settled >= {f"X{number}" for number in range(1, 13)}
    assert all(reading.alternatives and reading.why for reading in CODE.readings.values())


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: CODE.edition("code-2022"), "Did you mean 'code-2021'"),
        (lambda: CODE.edition("code-2014"), "'code-2013'"),
        (lambda: CODE.compare("code-2015", "code-202"), "'code-2021'"),
        (lambda: CODE.duty("update-montly", edition="code-2006"), "Did you mean 'update-monthly'"),
        (lambda: CODE.cross_references("eu-directive-2012"), "'eu-directive-2012-29'"),
        (lambda: CODE.cross_references("eu-directive-2012-29").reference("article-55"), "'article-5'"),
        (lambda: CODE.duty("inform-suspect-arested"), "Did you mean 'inform-suspect-arrested'"),
        (lambda: CODE.duties(owed_by="polise"), "Did you mean 'police'"),
        (lambda: CODE.deadline("inform-suspect-arrested", on=date(2026, 4, 2)), "Say which"),
        (lambda: CODE.deadline("inform-suspect-arrested", on=date(2026, 4, 2), track="enhnced"), "enhanced"),
        (lambda: CODE.deadline("return-property", on=date(2026, 4, 2)), "no number of days"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest_name(ask, words):
    with pytest.raises(vc.VictimsCodeError) as refused:
        ask()

    assert words in str(refused.value)


def test_the_worked_cases_cover_every_dated_duty():
    """Each dated duty is met, late and overdue among the cases worked by hand, and enhanced where it can be."""
    seen = set()
    for path in (Path(__file__).parents[1] / "cases").rglob("*.yaml"):
        if path.name.startswith("code-20"):
            continue  # these are worked under an older Code
        for wanted in read_yaml(path.read_text(encoding="utf-8")).data["expect"].get("obligations", []):
            seen.add((wanted["duty"], wanted.get("status")))
            seen.add((wanted["duty"], wanted.get("track")))
    gaps = {(duty, status) for duty in DATED for status in ("met", "met-late") if (duty, status) not in seen}
    gaps |= {(duty, "overdue") for duty in DATED if not duty.startswith("pass-") and (duty, "overdue") not in seen}
    gaps |= {(duty, "enhanced") for duty, row in DATED.items() if row[1] != row[2] and (duty, "enhanced") not in seen}

    assert gaps == set(), "work these out by hand in tests/cases"
