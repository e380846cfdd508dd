"""The commands on money and decisions, over the folder of an area."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from victims_code.cli import main

AREA = {
    "awards": """
awards:
  - reference: M-2026
    kind: grant
    funder: Ministry of Justice
    recipient: PCC for Borsetshire
    received: true
    amount: '1,371,001'
    first: 2026-04-01
    last: 2027-03-31
    ring_fences: [{purpose: ISVA, amount: '460,000'}]
    spending: []
  - reference: L-2026
    kind: grant
    title: Advisers at Lantern
    description: Advisers for victims of sexual violence.
    funder: PCC for Borsetshire
    recipient: Lantern
    within: M-2026
    amount: '420,000'
    first: 2026-04-01
    last: 2027-03-31
    awarded_on: 2026-03-02
    reduces_crime: false
    ring_fences: [{purpose: ISVA, amount: '400,000'}]
    conditions: [{id: policy, text: Has a policy., due: 2026-04-30}]
    instalments:
      - {due: 2026-10-30, amount: '210,000', held_until: policy}
      - {due: 2026-04-30, amount: '210,000', paid_on: 2026-05-01}
    meetings: [{kind: contract-meeting, due: 2027-01-07}, {kind: grant-visit, due: 2027-01-15}]
  - {reference: V-2026, kind: contract, title: Advice line, funder: PCC for Borsetshire, recipient: Harbour,
     amount: 9000, first: 2026-04-01, last: 2027-03-31, followed_by: V-2026, spending: [{on: 2026-05-01, amount: 9001}]}
""",
    "bids": "bids: [{reference: B1, title: Two more, stream: moj-core, asked: '95,000', closes_on: 2027-01-29}]\n",
    "publisher": "{name: PCC for Borsetshire, prefix: 360G-borset, ocid_prefix: ocds-a1b2c3, website: 'https://example.org'}",
    "decisions": """
decisions:
  - &one
    reference: PCC/D/2026/12
    title: One point of contact
    commissioner: PCC for Borsetshire
    summary: A single point of contact.
    proposal: Begin it.
    no_interests: true
    powers: [PRSRA 2011 s.9]
    significant: true
    part_1: {supporting_report: As in the summary.}
    part_2: {report: Zanzibar quokka bid 4711 pounds, ground: s.41}
    approved_on: 2026-04-24
    officer_approved_on: 2026-04-24
  - reference: PCC/D/2026/13
    title: A line for the night
    commissioner: PCC for Borsetshire
    summary: A line.
    proposal: Begin it.
    no_interests: true
    powers: [PRSRA 2011 s.9]
    part_1: {supporting_report: As in the summary.}
    decide_by: 2026-12-31
""".replace("&one\n    ", ""),
}


@pytest.fixture
def area(tmp_path):
    for name, text in AREA.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(main, ["commissioning", *map(str, words)])


def test_money_shows_awards_ring_fences_instalments_bids_and_what_is_due(area):
    shown = run("money", area, "--as-at", "2026-12-01")

    assert shown.exit_code == 1  # more was spent of V-2026 than there is
    for words in (
        "3 awards as at Tue 1 Dec 2026: 2 overdue, 1 without reported spending.",
        "│ M-2026   │ ISVA    │ £460,000.00 │ £400,000.00 │ £0.00     │ £60,000.00 │",
        "│ · L-2026 │ ISVA    │ £400,000.00 │ £0.00       │ not known │ not known  │",
        "Fri 30 Oct 2026 │ L-2026 │ £210,000.00 │ overdue, held until: Has a policy.",
        "│ B1  │ moj-core │ £95,000.00 │ pending │ –   │",
        "│ Thu 30 Apr 2026, overdue │ Ask Lantern about: Has a policy.",
        "invalid: V-2026: £9,001.00 was spent of £9,000.00.",
        "Not published: Each item of spending above £500",
    ):
        assert words in shown.output, words
    assert shown.output.index("Thu 30 Apr 2026 │") < shown.output.index("Fri 30 Oct 2026 │")


def test_money_of_one_award_is_that_and_what_is_paid_out_of_it(area):
    plain = json.loads(
        run("money", "position", area, "--as-at", "2026-12-01", "--award", "M-2026", "--format", "json").output
    )

    assert [one["reference"] for one in plain["awards"]] == ["M-2026", "L-2026"]
    assert plain["awards"][1]["spent"] is None
    assert [(one["award"], one["level"], one["left"]) for one in plain["ring_fences"]] == [
        ("M-2026", 0, "60000.00"),
        ("L-2026", 1, None),
    ]
    assert plain["bids"] == []
    wrong = run("money", area, "--as-at", "2026-12-01", "--award", "M-2025")
    assert (wrong.exit_code, "Did you mean 'M-2026'" in wrong.output) == (1, True)


def test_money_fits_a_screen_of_80_columns(area):
    terminal = CliRunner(env={"COLUMNS": "80", "FORCE_COLOR": "1", "TERM": "xterm"})
    shown = terminal.invoke(main, ["commissioning", "money", str(area), "--as-at", "2026-12-01"]).stdout
    tables = re.sub(r"\x1b\[[\d;]*m", "", shown)[: shown.index("Not published")]

    assert "Ring-fences, followed down" in tables
    assert "To: Lantern · Sum: £420,000.00" in tables
    assert max(map(len, tables.splitlines()[:60])) <= 80


def test_money_is_exported_and_what_is_left_out_is_said(area):
    grants = run("money", "export", area, "--as-at", "2026-12-01", "--format", "360giving")
    assert [one["id"] for one in json.loads(grants.stdout)["grants"]] == ["360G-borset-L-2026"]
    assert "1 of 3 awards written." in grants.stderr
    assert "1 condition was left out" in grants.stderr
    contracts = run("money", "export", area, "--as-at", "2026-12-01", "--format", "ocds")
    assert [one["ocid"] for one in json.loads(contracts.stdout)["releases"]] == ["ocds-a1b2c3-V-2026"]
    rows = run("money", "export", area, "--as-at", "2026-12-01", "--format", "csv").stdout.splitlines()
    assert len(rows) == 4
    Path(area, "publisher.yaml").unlink()
    refused = run("money", "export", area, "--as-at", "2026-12-01", "--format", "ocds")
    assert (refused.exit_code, "Fill in publisher.yaml" in refused.output) == (1, True)


def test_grants_that_were_exported_are_read_back_into_a_folder(area, tmp_path_factory):
    path, folder = area / "grants.json", tmp_path_factory.mktemp("other")
    path.write_text(
        run("money", "export", area, "--as-at", "2026-12-01", "--format", "360giving").stdout, encoding="utf-8"
    )
    read = run("money", "import", path)
    (folder / "awards.yaml").write_text(read.stdout, encoding="utf-8")

    assert read.exit_code == 0
    assert "1 award read." in read.stderr
    shown = json.loads(run("money", folder / "awards.yaml", "--as-at", "2026-12-01", "--format", "json").stdout)
    assert [(one["reference"], one["amount"], one["paid"]) for one in shown["awards"]] == [
        ("L-2026", "420000.00", "210000.00")
    ]


def test_decisions_are_checked(area):
    checked = run("decision", "check", area, "--as-at", "2026-12-01")

    assert checked.exit_code == 1
    assert "PCC/D/2026/12: It is approved and not published. Publish it." in checked.output
    assert "2 decisions: 1 finding." in checked.output
    good = (area / "decisions.yaml").read_text(encoding="utf-8").replace("significant: true", "significant: false")
    (area / "decisions.yaml").write_text(good, encoding="utf-8")
    checked = run("decision", "check", area / "decisions.yaml", "--as-at", "2026-12-01")
    assert (checked.exit_code, checked.output) == (0, "2 decisions: 0 findings.\n")


def test_part_1_is_published_and_part_2_in_no_file_and_no_output(area):
    out = area / "website"
    published = run("decision", "publish", area, "--output", out)

    assert published.exit_code == 0
    assert [path.name for path in sorted(out.iterdir())] == ["PCC-D-2026-12.html", "PCC-D-2026-12.md"]
    assert "Not approved, and not published: PCC/D/2026/13." in published.stderr
    told = [published.output, *(path.read_text(encoding="utf-8") for path in out.iterdir())]
    commands = (
        ("decision", "check", area, "--as-at", "2026-12-01"),
        ("decision", "check", area, "--as-at", "2026-12-01", "--format", "json"),
        ("forward-plan", area, "--as-at", "2026-12-01"),
        ("check", area),
        ("money", area, "--as-at", "2026-12-01"),
    )
    told += [run(*command).output for command in commands]
    assert not [word for word in ("zanzibar", "quokka", "4711") for text in told if word in text.casefold()]
    assert "A Part 2 is withheld under s.41" in told[1].replace("\\", "") + told[2].replace("\\", "")


def test_what_cannot_be_published_is_named_and_nothing_of_it_is_written(area):
    out = area / "website"
    refused = run("decision", "publish", area, "--decision", "PCC/D/2026/13", "--output", out)
    assert (refused.exit_code, "has not been approved" in refused.output, out.exists()) == (1, True, False)
    leak = (
        (area / "decisions.yaml").read_text(encoding="utf-8").replace("single point", "Zanzibar quokka bid 4711 pounds")
    )
    (area / "decisions.yaml").write_text(leak, encoding="utf-8")
    refused = run("decision", "publish", area, "--output", out)
    assert (refused.exit_code, out.exists()) == (1, False)
    assert "PCC/D/2026/12: summary: This public part repeats words of Part 2." in refused.output
    assert "Zanzibar" not in refused.output
    unknown = run("decision", "publish", area, "--decision", "PCC/D/2026/14", "--output", out)
    assert (unknown.exit_code, "There is no decision 'PCC/D/2026/14'" in unknown.output) == (1, True)


def test_only_what_was_approved_by_the_day_is_published_in_the_format_asked_for(area):
    out = area / "website"
    assert run("decision", "publish", area, "--output", out, "--approved-by", "2026-04-23").exit_code == 0
    assert not out.exists()
    run("decision", "publish", area, "--output", out, "--approved-by", date(2026, 4, 24), "--format", "markdown")
    assert [path.name for path in out.iterdir()] == ["PCC-D-2026-12.md"]
