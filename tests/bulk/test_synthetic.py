"""Synthetic data: it says what it is, holds together, is the same for the same seed, and looks like a year."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date

import duckdb
import pyarrow.parquet as parquet
import pytest

import victims_code as vc
from shared.parameters import mostly_long
from victims_code.bulk import INPUTS, assess
from victims_code.testing.synthetic import NOTICE, write_force

TABLES = ("cases", "victims", "assertions", "spokespersons", "offences", "offence_victims", "events")


@pytest.fixture(scope="module", params=mostly_long([6_000, 60_000]))
def crimes(request):
    """How many there are: few, or more than are made at once."""
    return request.param


@pytest.fixture(scope="module")
def force(tmp_path_factory, crimes):
    return write_force(tmp_path_factory.mktemp("force"), crimes=crimes, year=2025, seed=11)


@pytest.fixture
def ask(force):
    """Ask the tables something, by their names."""
    with duckdb.connect() as connection:
        for name, path in force.given.items():
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM '{path}'")
        yield lambda query: connection.execute(query).fetchall()


def test_it_says_everywhere_that_it_is_synthetic(force, ask):
    folder = force.events.parent
    assert (folder / "READ-ME-SYNTHETIC.txt").read_text(encoding="utf-8") == f"{NOTICE}\n"
    assert "invented" in NOTICE
    for name, path in force.given.items():
        assert parquet.read_schema(path).metadata[b"SYNTHETIC"].decode() == NOTICE
        assert ask(f"SELECT count(*) FROM {name} WHERE case_ref NOT LIKE 'SYNTHETIC/2025/%'") == [(0,)]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path):
    one, same, other = (
        {name: path.read_bytes() for name, path in write_force(tmp_path / place, crimes=900, seed=seed).given.items()}
        for place, seed in (("one", 5), ("same", 5), ("other", 6))
    )
    assert one == same
    assert all(one[name] != other[name] for name in ("events", "victims", "assertions", "cases"))


def test_no_row_of_it_has_a_fault(force):
    with assess(force, as_at=date(2026, 6, 30)) as answer:
        assert {total.table: total.set_aside for total in answer.totals} == dict.fromkeys(TABLES, 0)
        assert answer.faults.counts().to_pylist() == [{"rows": 0}]


def test_it_has_the_tables_and_columns_of_the_contract_and_an_analysts_own(force):
    columns = {name: parquet.read_schema(path).names for name, path in force.given.items()}
    assert set(columns) == set(TABLES)
    for name in columns:
        assert {column.name for column in INPUTS[name].columns if not column.optional} <= set(columns[name])
    assert set(columns["cases"]) >= {"crime_type", "district"}
    assert set(columns["victims"]) >= {"age_band", "ethnicity"}


def test_some_crimes_have_a_side_offence_with_and_without_victims(ask):
    offences = "SELECT case_ref FROM offences GROUP BY case_ref HAVING count(*) = 2"
    [(several, charged)] = ask(
        f"SELECT (SELECT count(*) FROM ({offences})),"
        " (SELECT count(DISTINCT case_ref) FROM events WHERE event = 'suspect-charged')"
    )
    assert 0.1 < several / charged < 0.2
    kinds = dict(
        ask("""SELECT CASE WHEN v.case_ref IS NULL THEN 'not told' WHEN v.victim_ref IS NULL THEN 'none'
            ELSE 'some' END, count(DISTINCT o.case_ref) FROM offences AS o LEFT JOIN offence_victims AS v
            ON v.case_ref = o.case_ref AND v.offence_ref = o.offence_ref WHERE o.offence_ref = 'O2' GROUP BY 1""")
    )
    assert kinds["none"] > kinds["some"] > several / 6
    assert kinds["not told"] > several / 6
    ends = dict(ask("SELECT event, count(*) FROM events WHERE offence_ref = 'O2' GROUP BY 1"))
    assert set(ends) == {"suspect-charged", "proceedings-stopped", "sentence-passed"}
    assert ask(f"SELECT count(committed_on) FROM cases WHERE case_ref IN ({offences})") == [(0,)]


def test_there_are_about_ten_events_a_crime(ask, crimes):
    [(cases, events)] = ask("SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM events)")
    assert cases == crimes
    assert 9.5 < events / crimes < 11


def test_it_has_busy_days_and_busy_months(ask):
    by_weekday = dict(ask("SELECT isodow(events.at), count(*) FROM events WHERE event = 'crime-reported' GROUP BY 1"))
    by_month = dict(ask("SELECT month(events.at), count(*) FROM events WHERE event = 'crime-reported' GROUP BY 1"))
    assert min(by_weekday[5], by_weekday[6]) > 1.1 * by_weekday[2]
    assert by_month[7] > 1.1 * by_month[2]
    assert ask("SELECT DISTINCT year(events.at) FROM events WHERE event = 'crime-reported'") == [(2025,)]


def test_tellings_are_prompt_late_or_missing(ask):
    told = """
        SELECT min(t.at) - a.at FROM events AS a LEFT JOIN events AS t
            ON t.case_ref = a.case_ref AND t.about = a.event AND t.at >= a.at
            AND (t.suspect_ref IS NULL OR t.suspect_ref = a.suspect_ref)
        WHERE a.event = 'suspect-arrested' GROUP BY a.case_ref, a.suspect_ref, a.at"""
    days = [row[0] for row in ask(told)]
    missing = sum(day is None for day in days) / len(days)
    prompt = sum(day is not None and day <= 1 for day in days) / len(days)
    late = sum(day is not None and day > 7 for day in days) / len(days)
    assert 0.05 < missing < 0.15
    assert 0.3 < prompt < 0.7
    assert 0.05 < late < 0.25


def test_facts_and_dates_are_missing_here_and_there(ask, crimes):
    for table, column in (
        ("cases", "committed_on"),
        ("victims", "born"),
        ("events", "recorded"),
        ("events", "suspect_ref"),
    ):
        [(share,)] = ask(f"SELECT avg(CAST({column} IS NULL AS INT)) FROM {table}")
        assert 0.02 < share < 0.9, column
    [(share,)] = ask("SELECT avg(CAST(received IS NULL AS INT)) FROM events WHERE event = 'sentence-passed'")
    assert 0.05 < share < 0.2
    facts = dict(ask("SELECT fact, count(*) FROM assertions GROUP BY fact"))
    assert facts.keys() >= {"domestic-abuse", "hate-crime", "persistently-targeted", "custody-of-12-months-or-more"}
    assert facts["domestic-abuse"] < crimes / 2


def test_some_crimes_have_several_victims_and_suspects_and_some_people_speak_for_others(ask, crimes):
    victims = Counter(
        dict(ask("SELECT n, count(*) FROM (SELECT count(*) AS n FROM victims GROUP BY case_ref) GROUP BY n"))
    )
    assert victims.keys() == {1, 2, 3}
    assert victims[1] > victims[2] > victims[3] > crimes / 600
    suspects = dict(
        ask(
            "SELECT n, count(*) FROM (SELECT count(DISTINCT suspect_ref) AS n FROM events GROUP BY case_ref) GROUP BY n"
        )
    )
    assert suspects.keys() == {0, 1, 2, 3}
    assert suspects[0] > suspects[1] > suspects[2] > suspects[3] > crimes / 600
    assert {
        row[0] for row in ask("SELECT DISTINCT capacity FROM victims JOIN spokespersons USING (case_ref, victim_ref)")
    } == {
        "parent-or-guardian",
        "family-spokesperson",
    }


def test_cases_go_every_way_and_many_of_them_nowhere(ask, crimes):
    events = dict(ask("SELECT event, count(DISTINCT case_ref) FROM events GROUP BY event"))
    assert events["decision-not-to-investigate"] + events["investigation-ended"] > 0.35 * crimes
    assert (
        events["suspect-arrested"] > events["suspect-charged"] > events["case-outcome"] > events["sentence-passed"] > 0
    )
    assert events.keys() >= {
        "suspect-bailed", "suspect-released-under-investigation", "suspect-released-without-charge",
        "bail-conditions-changed", "decision-not-to-charge", "out-of-court-disposal-given", "hearing-listed",
        "bail-hearing-decided", "arrest-warrant-issued", "witness-attendance-required", "proceedings-stopped",
        "expenses-claimed", "expenses-paid", "referred-to-vcs", "vcs-contact-made", "property-returned",
        "complaint-received", "complaint-acknowledged", "service-declined", "updates-declined", "vps-offered",
    }  # fmt: skip


def test_every_status_comes_about(force):
    with assess(force, as_at=date(2025, 11, 28)) as answer:
        statuses = {row["status"] for row in answer.counts("status").to_pylist()}
        tracks = {row["track"] for row in answer.counts("track").to_pylist()}
    assert statuses == {
        "not-yet-due", "due-today", "met", "met-late", "overdue", "undated", "suspended", "cannot-tell",
    }  # fmt: skip
    assert tracks == {"standard", "enhanced", "unknown", "single"}


@pytest.mark.parametrize(("crimes", "year", "where"), [(0, 2025, ["crimes"]), (-1, 2019, ["crimes", "year"])])
def test_what_cannot_be_made_is_refused(crimes, year, where, tmp_path):
    with pytest.raises(vc.VictimsCodeError) as refused:
        write_force(tmp_path, crimes=crimes, year=year)
    assert [fault.location for fault in refused.value.faults] == where
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_million_crimes_are_written_in_minutes_and_little_memory(tmp_path):
    import subprocess
    import sys

    code = (
        "import resource, sys; from victims_code.testing.synthetic import write_force;"
        " write_force(sys.argv[1], crimes=1_000_000); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    begun = time.monotonic()
    megabytes = int(subprocess.check_output([sys.executable, "-c", code, str(tmp_path)], timeout=300))
    assert time.monotonic() - begun < 300
    assert megabytes < 1000
    assert parquet.read_metadata(tmp_path / "cases.parquet").num_rows == 1_000_000
