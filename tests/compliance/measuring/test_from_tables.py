"""From the tables of a record, through the bulk engine, to measures, report and what if."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from click.testing import CliRunner

import victims_code as vc
from victims_code import compliance
from victims_code.bulk import INPUTS, Tables, rows_of
from victims_code.cli import main
from victims_code.compliance.measuring.lacking import lacking

AS_AT = date(2026, 6, 30)
EVENTS = ["case_ref", "event", "at", "received", "about", "victim_ref", "suspect_ref", "hearing_ref", "recorded"]


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """Arrests on Monday 1 June 2026. Told on the 2nd: 7; on the 5th: 6; on the 9th: 5. One row is faulty."""
    tmp_path = tmp_path_factory.mktemp("record")
    events, victims, cases = [], [], []
    for n, day in enumerate([2] * 7 + [5] * 6 + [9] * 5):
        case = {"case_ref": f"C{n}"}
        victim = {**case, "victim_ref": "V1"}
        arrest = {**case, "event": "suspect-arrested", "at": "2026-06-01", "suspect_ref": "S1"}
        told = {**victim, "event": "victim-informed", "about": "suspect-arrested", "at": f"2026-06-{day:02}"}
        events += [{**victim, "event": "needs-assessed", "at": "2026-06-01"}, arrest, {**told, "suspect_ref": "S1"}]
        victims.append({**victim, "born": "1990-03-02", "age_band": "35 to 44"})
        cases.append({**case, "committed_on": "2026-06-01", "force": "North" if n % 2 else "South"})
    events.append({"case_ref": "C0", "event": "suspect-arested", "at": "2026-06-03"})
    return {
        "events": write(tmp_path / "events.csv", EVENTS, events),
        "victims": write(tmp_path / "victims.csv", ["case_ref", "victim_ref", "born", "age_band"], victims),
        "cases": write(
            tmp_path / "cases.csv",
            ["case_ref", "committed_on", "cjs_code", "force"],
            cases,
        ),
    }


@pytest.fixture
def changes(tmp_path):
    path = tmp_path / "two-days.yaml"
    path.write_text(
        "id: two-days\ntitle: two working days instead of five\n"
        "deadlines: {inform-suspect-arrested: {standard: {within: 2}}}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def obligations(record):
    with compliance.from_tables(Tables(**record), as_at=AS_AT) as obligations:
        yield obligations


def test_tables_are_assessed_and_measured_by_their_own_columns(obligations):
    by_force = compliance.measure("on-time-share", obligations, by=["force"], small_numbers=None)
    by_age = compliance.measure("on-time-share", obligations, by=["age_band"], small_numbers=None)

    assert (by_force.total.numerator, by_force.total.denominator) == (13, 18)
    assert [row.denominator for row in by_force.at("force")] == [9, 9]
    assert [row.group["age_band"] for row in by_age.at("age_band")] == ["35 to 44"]


def test_a_date_of_birth_is_no_group(obligations):
    assert "born" not in obligations.dimensions
    assert "committed_on" not in obligations.dimensions


def test_the_report_counts_the_rows_set_aside_unless_they_are_few(obligations):
    few = compliance.report(obligations, as_at=AS_AT)

    assert few.stamp.set_aside == "hidden"
    assert "Rows of the input set aside as faulty: hidden." in few.to_markdown()


def test_the_report_says_how_many_rows_are_set_aside_and_why_it_is_not_known(record, tmp_path):
    events = record["events"].read_text(encoding="utf-8").splitlines()
    unasked = [line for line in events if ",needs-assessed," not in line]
    changed = tmp_path / "events.csv"
    changed.write_text("\n".join([*unasked, *["C0,suspect-arested,2026-06-03,,,,,,"] * 6]), encoding="utf-8")
    with compliance.from_tables(Tables(**record | {"events": changed}), as_at=AS_AT) as obligations:
        why = compliance.measure("cannot-tell", obligations, by=["missing-fact"], small_numbers=None)
        made = compliance.report(obligations, as_at=AS_AT).to_markdown()

    assert "Rows of the input set aside as faulty: 7." in made
    assert "Is the offence domestic abuse?" in {why.label(row, "missing-fact") for row in why.at("missing-fact")}
    assert "Why it is not known" in made


def test_both_engines_give_the_same_measures():
    cases = [
        vc.Case.from_yaml(f"""
reference: C{n}
victims: [{{reference: V1}}]
events:
  - {{event: crime-reported, at: 2026-06-01}}
  - {{event: suspect-arrested, at: 2026-06-{n:02}, suspect: S1}}
  - {{event: victim-informed, about: suspect-arrested, at: 2026-06-{n + 4:02}, victim: V1, suspect: S1}}
""")
        for n in range(1, 20)
    ]
    code = vc.VictimsCode.load()
    shares = ("on-time-share", "cannot-tell-share", "recorded-as-done-share")
    asked = [(id_, ["duty"]) for id_ in (*shares, "lateness-median", "overdue-age-median")]
    asked += [("cannot-tell", ["missing-fact"]), ("cannot-tell", ["duty", "missing-facts"])]
    objects = compliance.from_assessments([code.assess(case, as_at=AS_AT) for case in cases])
    with compliance.from_tables(Tables(**tables_of(rows_of(cases))), as_at=AS_AT) as bulk:
        for one, two in zip(
            compliance.tables(asked, objects, small_numbers=None),
            compliance.tables(asked, bulk, small_numbers=None),
            strict=True,
        ):
            assert one.to_csv() == two.to_csv()


def tables_of(rows):
    import pyarrow as pa

    return {name: pa.Table.from_pylist(list(found)) for name, found in rows.items() if found}


def test_what_if_on_tables(obligations, record, changes):
    changed = compliance.from_tables(
        Tables(**record), as_at=AS_AT, code=vc.VictimsCode.load().with_changes_from(changes)
    )
    (found,) = compliance.what_if(obligations, changed, [("on-time-share", ["duty"])], small_numbers=None)

    arrest = next(row for row in found.rows if row.group == {"duty": "inform-suspect-arrested"})
    assert (arrest.law.numerator, arrest.changed.numerator, arrest.law.denominator) == (13, 7, 18)


def options(record):
    return [item for name, path in record.items() for item in (f"--{name}", str(path))]


def test_the_report_command_takes_tables(record, tmp_path):
    out = tmp_path / "report"
    result = CliRunner().invoke(
        main, ["report", *options(record), "--as-at", "2026-06-30", "--output", str(out), "--by", "age_band"]
    )

    assert result.exit_code == 0
    assert "No assertions table was supplied, so only age gives Enhanced Rights.\n" in result.stderr
    assert (out / "by-age_band.csv").exists()


def test_the_report_command_needs_one_or_the_other(record, tmp_path):
    given = ["report", "--as-at", "2026-06-30", "--output", str(tmp_path / "report")]
    for wrong in ([], ["--events", str(record["events"])], [str(record["events"]), *options(record)]):
        result = CliRunner().invoke(main, [*given, *wrong])
        assert result.exit_code == 2
        assert "Give a table of OBLIGATIONS, or --events and --victims, or --extract and --mapping." in result.stderr


def test_the_what_if_command_says_that_it_is_hypothetical(record, changes):
    result = CliRunner().invoke(
        main, ["what-if", str(changes), *options(record), "--as-at", "2026-06-30", "--show-small-numbers"]
    )

    assert result.exit_code == 0
    assert result.stdout.startswith("**Hypothetical, not law: Done in time by duty")
    assert "two working days instead of five" in result.stdout
    assert (
        "| Tell the victim that a suspect has been arrested | 72.2% | 18 | 38.9% | 18 | −33.3 points |" in result.stdout
    )


def test_the_report_says_of_itself_from_which_tables_it_was_made(obligations):
    made = compliance.report(obligations, as_at=AS_AT, small_numbers=None).to_markdown()
    assert "worked out from tables of events, victims and cases." in made
    assert "No assertions table was supplied, so only age gives Enhanced Rights." in made
    assert "No offences table was supplied, so every case counts as one offence." in made


WIDE = """CRIME,REPORTED,ARRESTED,TOLD,FORCE,REPEAT
1,2026-06-01,2026-06-01,2026-06-02,North,Y
2,2026-06-01,2026-06-01,2026-06-25,South,?
"""
MAPPING = """
name: mine
source: RMS
dates: YYYY-MM-DD
rows: {case: CRIME}
events:
  - {column: REPORTED, event: crime-reported}
  - {column: REPORTED, event: needs-assessed}
  - {column: ARRESTED, event: suspect-arrested}
  - {column: TOLD, event: victim-informed, about: suspect-arrested}
facts: [{column: REPEAT, fact: persistently-targeted, 'yes': [Y], 'no': [N]}]
"""


@pytest.fixture
def wide(tmp_path):
    (tmp_path / "wide.csv").write_text(WIDE, encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return [
        "--extract",
        str(tmp_path / "wide.csv"),
        "--mapping",
        str(tmp_path / "mapping.yaml"),
        "--as-at",
        "2026-06-30",
    ]


def test_the_report_command_takes_a_wide_table_and_a_filter(wide, tmp_path):
    out = tmp_path / "board"
    given = ["report", *wide, "--output", str(out), "--by", "FORCE", "--where", "FORCE=South", "--show-small-numbers"]
    result = CliRunner().invoke(main, given)

    assert result.exit_code == 0
    said = result.stderr.splitlines()
    assert said[0] == "1 stated fact is neither true nor false, and counts as not known."
    assert "No column of dates of birth is mapped, so it is not known who was under 18." in " ".join(said)
    page = (out / "report.md").read_text(encoding="utf-8")
    assert page.startswith("# Compliance with the Victims' Code (only FORCE: South)")
    assert "| South |" in page
    assert "North" not in page


def test_the_what_if_command_takes_a_wide_table(wide, changes):
    given = ["what-if", str(changes), *wide, "--by", "FORCE", "--show-small-numbers"]
    result = CliRunner().invoke(main, given)

    assert result.exit_code == 0
    assert "| North |" in result.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--where", "North"], "'North' is not COLUMN=VALUE"),
        (["--mapping", "m.yaml"], "--extract and --mapping go together"),
        (["--extract", "e.csv", "--mapping", "m.yaml", "--events", "e.csv"], "--extract takes the place of"),
    ],
)
def test_wrong_options_are_usage(more, said, tmp_path):
    result = CliRunner().invoke(main, ["report", "--as-at", "2026-06-30", "--output", str(tmp_path / "out"), *more])

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_every_column_that_may_be_read_as_empty_says_what_that_costs():
    columns = [
        f"{name}.{column.name}" for name, table in INPUTS.items() for column in table.columns if column.read_as_empty
    ]
    assert len(lacking(INPUTS, columns)) == len(columns) == 4
