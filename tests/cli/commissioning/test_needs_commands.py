"""What is due in records of needs, a return counted from them, and the share of referrals in time."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.commissioning.returns import Return

FILES = {
    "area.yaml": "area: west-mercia",
    "services.yaml": """
services:
  - {reference: isva, name: ISVA, provider: Lantern, areas: [west-mercia]}
  - {reference: VAL, name: Victim Advice Line, provider: Police, areas: [west-mercia]}
""",
    "needs.yaml": """
needs:
  - reference: N1
    victim: V1
    service: isva
    group: sexual-violence
    route: self-referral
    opened_on: 2026-07-01
    closed_on: 2026-09-01
    closed_because: needs-met
    scale: {lowest: 0, highest: 10, direction: higher-is-better}
    assessments:
      - {on: 2026-07-01, scores: {outlook-and-attitudes: 3}}
      - {on: 2026-09-01, scores: {outlook-and-attitudes: 7}}
    review_every_months: 3
  - reference: N2
    victim: V2
    route: self-referral
    opened_on: 2026-07-05
    scale: {lowest: 0, highest: 10, direction: higher-is-better}
    assessments: [{on: 2026-07-05, scores: {outlook-and-attitudes: 3}}]
    review_every_months: 3
""",
    "referrals.yaml": """
referrals:
  - {reference: R1, victim: V1, to: VAL, basis: data-share, reported_on: 2026-04-02, made_on: 2026-04-08,
     accepted: true}
  - {reference: R2, victim: V2, to: VAL, basis: data-share, reported_on: 2026-04-02, made_on: 2026-04-09}
  - {reference: R3, victim: V3, to: isva, basis: consented, consent: true}
  - {reference: R4, victim: V1, to: isva, basis: consented, consent: true, after: R1, accepted: false}
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words):
    done = CliRunner().invoke(main, ["commissioning", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done


def test_open_records_are_due_and_closed_ones_are_not(folder):
    shown = run("needs", "due", folder, "--as-at", "2026-12-01").output

    assert "2 records, 1 closed." in shown
    assert "Review the needs of V2." in shown
    assert "V1" not in shown


def test_a_return_is_counted_from_the_records(folder):
    done = run("needs", "roll-up", folder, "--period", "2026-27 Q2", "--provider", "lantern", "--service", "isva")

    lines = {(one.measure, one.item): one.value for one in Return.from_csv(done.stdout, source="needs").lines}
    assert (lines["closed", ()], lines["supported", ()], lines["in-support", ()]) == (1, 1, 0)
    assert "Records that name no service and are not counted: 1." in done.stderr
    run("needs", "roll-up", folder, "--period", "2026-27 Q2", "--provider", "lantern", "--output", folder / "q2.csv")
    assert Return.from_file(folder / "q2.csv").lines


def test_the_share_of_referrals_in_time_comes_with_what_is_not_known(folder):
    shown = run("referrals", folder, "--as-at", "2026-04-20", "--format", "markdown").output

    assert "1 of 2 in time (50.0%); 1 not known, so between 33.3% and 66.7%" in shown
    assert "| VAL | 1 | 1 | 0 | 0 | 0 | 0 | 50.0% |" in shown
    assert "| isva | 0 | 0 | 0 | 1 | 0 | 0 | – (0.0% to 100.0%) |" in shown
    assert "| V1 | VAL &gt; isva | did not take the victim |" in shown.replace("\\>", "&gt;").replace(" > ", " &gt; ")


def test_a_misspelt_provider_or_service_is_no_return_of_noughts(folder):
    text = (
        "commissioner: PCC\nframeworks: [victims-funding-strategy-2022]\nproviders: [{id: lantern, title: Lantern}]\n"
    )
    (folder / "register.yaml").write_text(text, encoding="utf-8")
    for given, said in (
        (("--provider", "lantrn"), "There is no provider 'lantrn'. Did you mean 'lantern'?"),
        (("--provider", "lantern", "--service", "ivsa"), "'ivsa'. Did you mean 'isva'?"),
    ):
        refused = CliRunner().invoke(
            main, ["commissioning", "needs", "roll-up", str(folder), "--period", "2026-27 Q2", *given]
        )
        assert refused.exit_code == 1
        assert refused.stdout == ""
        assert said in " ".join(refused.stderr.split())
