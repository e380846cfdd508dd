"""``victims-code returns check``: its exit status and what it prints."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from victims_code.cli import main
from victims_code.commissioning.returns import hiding

HEADER = "provider,period,section,measure,value,basis\n"
CLEAN = HEADER + "harbour,2025-26 Q1,output,closed,3,\n"
QUESTION = HEADER + "harbour,2025-26 Q1,output,referrals,3,self\nharbour,2025-26 Q1,output,supported,4,\n"
FAULT = HEADER + "harbour,2025-26 Q1,output,referrals,3,\n"


@pytest.fixture
def run(tmp_path):
    def call(*arguments, **files):
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
        given = [str(tmp_path / a) if "." in a else a for a in arguments]
        return CliRunner().invoke(main, ["returns", "check", *given])

    return call


def test_a_clean_return_exits_0(run):
    result = run("a.csv", a_csv=CLEAN)

    assert (result.exit_code, result.output) == (0, "1 line in 1 file: 0 faults, 0 questions.\n")


def test_questions_alone_exit_0(run):
    result = run("a.csv", a_csv=QUESTION)

    assert result.exit_code == 0
    assert "question: a.csv, row 3, column value: 4 were supported, with 3 referred." in result.output


def test_a_fault_exits_1_and_stands_on_standard_error(run):
    result = run("a.csv", "b.csv", a_csv=FAULT, b_csv=CLEAN)

    assert result.exit_code == 1
    assert "a.csv, row 2, column basis" in result.stderr
    assert "2 files" in result.stdout


def test_wrong_usage_exits_2(run):
    assert run().exit_code == 2
    assert run("a.csv", "--format", "xml", a_csv=CLEAN).exit_code == 2


def test_json_lists_faults_and_questions_with_row_and_column(run):
    result = run("a.csv", "--format", "json", a_csv=FAULT)
    plain = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (plain["faults"][0]["code"], plain["faults"][0]["row"], plain["faults"][0]["column"]) == (
        "VC-RET-010",
        2,
        "basis",
    )


def test_a_register_names_the_providers(run):
    register = "commissioner: Borsetshire\nproviders: [{id: haven}]\n"
    result = run("a.csv", "--register", "register.yaml", a_csv=CLEAN, register_yaml=register)

    assert result.exit_code == 1
    assert "There is no provider 'harbour'" in result.stderr


def test_a_broken_register_exits_1(run):
    result = run("a.csv", "--register", "register.yaml", a_csv=CLEAN, register_yaml="providers: []\n")

    assert result.exit_code == 1
    assert "'commissioner' is missing" in result.stderr


YEAR_REGISTER = """# keep this comment
commissioner: Borsetshire
frameworks: [victims-funding-strategy-2022]
returns: {due_within: 15}
asks: [{measure: coped, target: 85}]
providers:
  - {id: harbour, title: Harbour}
  - {id: lantern, title: Lantern}
"""
COPED = "provider,period,section,measure,numerator,denominator\nharbour,2025-26 Q1,outcome,coped,96,120\n"


@pytest.fixture
def area(tmp_path):
    (tmp_path / "register.yaml").write_text(YEAR_REGISTER, encoding="utf-8")
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / "harbour-q1.csv").write_text(COPED, encoding="utf-8")
    return tmp_path


def command(*arguments):
    return CliRunner().invoke(main, ["returns", *map(str, arguments)])


def test_templates_are_written_for_each_provider(area):
    result = command("template", area, "--period", "Q1 2025/26", "--output", area / "out")

    assert result.exit_code == 0
    assert sorted(path.name for path in (area / "out").iterdir()) == [
        "harbour-2025-26-q1.xlsx",
        "lantern-2025-26-q1.xlsx",
    ]


def test_a_period_that_may_be_two_is_wrong_usage_with_both(area):
    result = command("template", area, "--period", "2025-Q1", "--output", area / "out")

    assert result.exit_code == 2
    assert "April to June 2025 or January to March 2025" in " ".join(result.stderr.split())


def test_a_folder_of_returns_is_added_up(area):
    result = command("add-up", area / "returns", "--register", area, "--period", "2025-26 Q1")

    assert result.exit_code == 0
    assert "80.0% (96 of 120)" in result.stdout
    assert "No return of lantern for 2025-26 Q1" in result.stdout
    sent = command(
        *("add-up", area / "returns", "--register", area, "--period", "2025-26 Q1"),
        *("--for-ministry", "victims-funding-strategy-2022", "--format", "csv"),
    )
    assert sent.stdout.startswith("\"This list of measures is not the Ministry of Justice's own")


def test_the_performance_table_is_printed_or_written(area):
    given = ("performance", area / "returns", "--register", area, "--period", "2025-26 Q1")
    printed = command(*given)
    assert "| Harbour | ▲ 80.0% (96 of 120) | 85% | ▲ Within a tenth of the target |" in printed.stdout

    written = command(*given, "--format", "html", "--output", area / "table.html")
    assert written.exit_code == 0
    assert "Within a tenth of the target" in (area / "table.html").read_text(encoding="utf-8")
    assert command(*given, "--format", "xlsx").exit_code == 2
    assert command(*given, "--format", "xlsx", "--output", area / "table.xlsx").exit_code == 0
    missing = command(*given, "--format", "csv", "--output", area / "none" / "table.csv")
    assert (missing.exit_code, "VC-FILE-006" in missing.stderr) == (1, True)


def test_receipts_are_noted_in_the_register_and_reminders_go_to_the_others(area):
    noted = command("received", area, area / "returns" / "harbour-q1.csv", "--on", "2025-07-23")
    assert noted.stdout == "Harbour, 2025-26 Q1: Received on Wednesday 23 July 2025, 2 working days late.\n"
    text = (area / "register.yaml").read_text(encoding="utf-8")
    assert text.startswith(YEAR_REGISTER)
    assert "received: 2025-07-23" in text

    again = command("received", area, area / "returns" / "harbour-q1.csv", "--on", "2025-07-24")
    assert (again.exit_code, "VC-RET-024" in again.stderr) == (1, True)

    result = command("remind", area, "--on", "2025-07-24")
    assert "Received on Wednesday 23 July 2025, 2 working days late." in result.stdout
    assert "Subject: Your return for April to June 2025: 3 working days overdue" in result.stdout
    assert "Dear Harbour" not in result.stdout
    plain = json.loads(command("remind", area, "--on", "2025-07-24", "--format", "json").stdout)
    assert [one["provider"] for one in plain["letters"]] == ["lantern"]
    assert plain["returns"][0]["working_days_late"] == 2


def test_a_return_with_a_fault_is_not_noted_as_received(area):
    (area / "returns" / "harbour-q1.csv").write_text(COPED.replace("96,120", "130,120"), encoding="utf-8")
    result = command("received", area, area / "returns" / "harbour-q1.csv", "--on", "2025-07-23")

    assert (result.exit_code, "VC-RET-008" in result.stderr) == (1, True)
    assert (area / "register.yaml").read_text(encoding="utf-8") == YEAR_REGISTER


def test_a_wide_sheet_is_checked_by_its_mapping(area):
    (area / "wide.csv").write_text("Quarter,Better,Asked\nQ1 2025/26,96,120\n", encoding="utf-8")
    (area / "map.yaml").write_text(
        "name: wide\nevery: {provider: harbour, measure: coped}\nread: {period: Quarter}\nfigures:\n"
        "  - {column: Better, figure: numerator}\n  - {column: Asked, figure: denominator}\n",
        encoding="utf-8",
    )
    result = command("check", area / "wide.csv", "--register", area, "--mapping", area / "map.yaml")

    assert (result.exit_code, result.output) == (0, "1 line in 1 file: 0 faults, 0 questions.\n")


def test_what_was_published_before_is_named_by_its_period_or_its_folder(tmp_path):
    """40 came in time and were published; the late 3 follow unless the sum is hidden now."""
    now, then = tmp_path / "now", tmp_path / "then"
    for folder in (now, then):
        folder.mkdir()
        (folder / "a.csv").write_text(HEADER + "harbour,2025-26 Q1,output,closed,40,\n", encoding="utf-8")
    (now / "b.csv").write_text(HEADER + "beacon,2025-26 Q1,output,closed,3,\n", encoding="utf-8")

    def add_up(*more):
        given = ["returns", "add-up", str(now), "--period", "2025-26 Q1", "--format", "csv", *more]
        result = CliRunner().invoke(main, given)
        assert result.exit_code == 0, result.output
        return ",closed,,,43," in result.stdout, result.stderr

    assert add_up() == (True, "")
    assert add_up("--published-before", f"2025-26 Q1={then}") == (False, "")
    result = CliRunner().invoke(main, ["returns", "add-up", str(now), "--period", "2025-26", "--published-before", "q"])
    assert result.exit_code == 2


def test_what_follows_from_earlier_publications_is_said_on_standard_error(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(CLEAN, encoding="utf-8")
    monkeypatch.setattr(
        hiding, "hidden_counts", lambda rows, *_, **__: hiding.Hiding(columns=[()] * len(rows), given_away=2)
    )
    given = ["returns", "add-up", str(tmp_path), "--period", "2025-26 Q1"]

    assert CliRunner().invoke(main, given).stderr.startswith("warning: Small numbers that can be worked out")
