"""The report from the command line."""

from __future__ import annotations

from click.testing import CliRunner

from compliance.made import table_of, times
from victims_code.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def obligations(folder):
    path = folder / "obligations.parquet"
    rows = times(30) + times(20, status="overdue", days_late=9, case_ref="CASE/1")
    table_of(rows).write_parquet(str(path))
    return path


def test_it_writes_a_folder_and_names_the_files(tmp_path):
    out = tmp_path / "new" / "report"
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--out", out, "--area", "Anyshire")

    assert (result.exit_code, result.stderr) == (0, "")
    assert str(out / "report.html") in result.stdout.splitlines()
    assert "Anyshire" in (out / "report.html").read_text(encoding="utf-8")
    assert "CASE/1" in (out / "waiting-list.csv").read_text(encoding="utf-8")


def test_for_publication_it_names_no_case(tmp_path):
    out = tmp_path / "report"
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--out", out, "--for-publication")

    assert result.exit_code == 0
    assert not any("CASE/1" in file.read_text(encoding="utf-8") for file in out.iterdir())


def test_columns_from_a_table_beside_it(tmp_path):
    (tmp_path / "cases.csv").write_text("case_ref,force\nCASE/1,North\n", encoding="utf-8")
    out = tmp_path / "report"
    result = run(
        obligations(tmp_path), "--as-at", "2026-04-24", "--out", out, "--cases", tmp_path / "cases.csv", "--by", "force"
    )

    assert result.exit_code == 0
    assert (out / "by-force.csv").read_text(encoding="utf-8").startswith("force,on-time-share value")


def test_faults_go_to_standard_error_and_nothing_is_written(tmp_path):
    path = tmp_path / "obligations.csv"
    path.write_text("case_ref,status\nA,met\n", encoding="utf-8")
    result = run(path, "--as-at", "2026-04-24", "--out", tmp_path / "report")

    assert result.exit_code == 1
    assert "error" not in result.stdout
    assert "The column 'duty' is missing. Add it. [VC-COMP-002]" in result.stderr
    assert not (tmp_path / "report").exists()


def test_a_report_cannot_show_small_numbers_and_be_for_publication(tmp_path):
    both = ("--for-publication", "--show-small-numbers")
    result = run(obligations(tmp_path), "--as-at", "2026-04-24", "--out", tmp_path / "report", *both)

    assert result.exit_code == 1
    assert "not for publication" in result.stderr
