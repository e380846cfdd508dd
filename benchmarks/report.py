"""The board's report for a made-up force: how long it takes, and where the time goes.

Run with ``python benchmarks/report.py [CRIMES]``, by default 100,000. NOTHING IN THE TABLE IS REAL: it has the shape of
a force's two years under the Code of 2021, with as many obligations a crime as the law gives, drawn from a seed.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

import victims_code as vc
from victims_code import compliance

AS_AT = date(2026, 10, 14)
OFTEN = {
    "any": 1.0,
    "crime-reported": 1.0,
    "investigation-ended": 0.6,
    "decision-not-to-investigate": 0.3,
    "suspect-arrested": 0.25,
    "suspect-interviewed-under-caution": 0.22,
    "suspect-bailed": 0.12,
    "hearing-listed": 0.1,
    "suspect-charged": 0.08,
    "case-outcome": 0.06,
    "sentence-passed": 0.05,
    "decision-not-to-charge": 0.05,
    "suspect-released-without-charge": 0.05,
    "suspect-released-under-investigation": 0.04,
    "witness-attendance-required": 0.03,
    "out-of-court-disposal-considered": 0.03,
    "out-of-court-disposal-given": 0.025,
    "bail-conditions-changed": 0.02,
    "proceedings-stopped": 0.01,
}
"""In what share of crimes an event happens; a rare one in one of a thousand."""


def made_up_force(path: Path, crimes: int) -> int:
    """Write the obligations of a made-up force; the same number of crimes gives the same table."""
    connection = duckdb.connect()
    connection.execute("SELECT setseed(0.25)")
    connection.execute("SET threads = 1")  # so that the seed decides
    connection.execute(
        "CREATE TABLE duty (duty VARCHAR, owed_by VARCHAR, evidence VARCHAR, often DOUBLE, standard INT, enhanced INT,"
        " single BOOLEAN, recordable BOOLEAN)"
    )
    rows = []
    for duty in vc.VictimsCode.load().edition("code-2021").duties.values():
        limits = (duty.deadline.standard, duty.deadline.enhanced)
        standard, enhanced = (getattr(limit, "within", None) for limit in limits)
        often = OFTEN.get(duty.trigger.event, 0.001)
        shown = duty.discharged_by is not None
        rows.append(
            (
                duty.id,
                "; ".join(duty.owed_by),
                duty.evidence.value,
                often,
                standard,
                enhanced,
                duty.deadline.single,
                shown,
            )
        )
    connection.executemany("INSERT INTO duty VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(f"""
        COPY (
            WITH crime AS (
                SELECT n, DATE '2024-10-01' + CAST(random() * 740 AS INT) AS reported,
                       list_extract(['North', 'North', 'North', 'South', 'South', 'East', 'West', 'Coast'],
                                    1 + CAST(floor(random() * 8) AS INT)) AS force,
                       list_extract(['White', 'White', 'White', 'Asian', 'Black', 'Other', NULL],
                                    1 + CAST(floor(random() * 7) AS INT)) AS ethnicity
                FROM range({crimes}) AS t(n)
            ), owed AS (
                SELECT *, random() AS r1, random() AS r2, random() AS r3,
                       reported + CAST(CASE WHEN often < 1 THEN random() * 60 ELSE 0 END AS INT) AS triggered_on
                FROM crime, duty WHERE random() < often
            ), tracked AS (
                SELECT *, CASE WHEN single THEN 'single' WHEN r1 < 0.6 THEN 'standard' WHEN r1 < 0.85 THEN 'enhanced'
                               ELSE 'unknown' END AS track,
                       CASE WHEN recordable AND r2 < 0.85
                            THEN triggered_on + CAST(CASE WHEN r3 < 0.8 THEN r3 * 6 ELSE r3 * 20 END AS INT) END AS told
                FROM owed
            ), dated AS (
                SELECT *, CASE WHEN told <= DATE '{AS_AT}' THEN told END AS discharged_on,
                       triggered_on
                           + CAST(CASE WHEN track = 'enhanced' THEN enhanced ELSE standard END * 1.4 AS INT) AS due_on
                FROM tracked WHERE triggered_on <= DATE '{AS_AT}'
            )
            SELECT 'MADE-UP/' || n AS case_ref, 'V1' AS victim_ref, duty, 'code-2021' AS edition, owed_by, track,
                   triggered_on, due_on, NULL::DATE AS due_on_if_enhanced, discharged_on,
                   CASE WHEN due_on IS NULL THEN CASE WHEN discharged_on IS NULL THEN 'undated' ELSE 'met' END
                        WHEN track = 'unknown' AND r3 < 0.5 THEN 'cannot-tell'
                        WHEN discharged_on <= due_on THEN 'met' WHEN discharged_on IS NOT NULL THEN 'met-late'
                        WHEN due_on = DATE '{AS_AT}' THEN 'due-today' WHEN due_on > DATE '{AS_AT}' THEN 'not-yet-due'
                        ELSE 'overdue' END AS status,
                   CASE WHEN due_on IS NOT NULL AND NOT (track = 'unknown' AND r3 < 0.5)
                        THEN greatest(0, CAST((coalesce(discharged_on, DATE '{AS_AT}') - due_on) * 0.7 AS INT)) END
                        AS days_late,
                   evidence,
                   CASE WHEN track = 'unknown' THEN 'mental-disorder; persistently-targeted' END AS missing_facts,
                   force, ethnicity
            FROM dated
        ) TO '{path}' (FORMAT parquet)
    """)
    return int(connection.sql(f"SELECT count(*) FROM '{path}'").fetchall()[0][0])


def main() -> None:
    """Measure and print."""
    crimes = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {machine}")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "obligations.parquet"
        number = made_up_force(table, crimes)
        print(f"{crimes:,} made-up crimes, {number:,} obligations")
        start = time.perf_counter()
        obligations = compliance.Obligations.open(table)
        opened = time.perf_counter()
        made = compliance.report(obligations, as_at=AS_AT, by=["ethnicity"])
        reported = time.perf_counter()
        made.write(Path(folder) / "report")
        done = time.perf_counter()
        scan = time.perf_counter()
        duckdb.sql(f"SELECT duty, status, count(*), avg(days_late) FROM '{table}' GROUP BY ALL").fetchall()
        scanned = time.perf_counter() - scan
    print(f"open and check     {opened - start:8.2f} s")
    print(f"measure and hide   {reported - opened:8.2f} s")
    print(f"write              {done - reported:8.2f} s")
    print(f"all                {done - start:8.2f} s   ({(done - start) / scanned:.0f} x one query by duty and status)")
    print(f"peak memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
