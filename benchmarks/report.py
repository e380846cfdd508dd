"""The board's report for a made-up force: how long it takes, and where the time goes.

Run with ``python benchmarks/report.py [CRIMES]``, by default 100,000. NOTHING IN THE TABLES IS REAL: they are the year
of a synthetic force, and the obligations are those of the law.
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

from victims_code import compliance
from victims_code.bulk import assess
from victims_code.testing.synthetic import write_force

AS_AT = date(2025, 12, 31)


def measure(crimes: int) -> float:
    """Print where the time goes, and give the processor seconds of the whole report."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {machine}")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "obligations.parquet"
        tables = write_force(Path(folder) / "force", crimes=crimes, year=2025)
        begun = time.perf_counter()
        assess(tables, as_at=AS_AT, output=table).close()
        start, worked = time.perf_counter(), time.process_time()
        number = duckdb.sql(f"SELECT count(*) FROM '{table}'").fetchall()[0][0]
        print(f"{crimes:,} synthetic crimes, {number:,} obligations")
        obligations = compliance.Obligations.open(table, cases=tables.cases, victims=tables.victims)
        opened = time.perf_counter()
        made = compliance.report(obligations, as_at=AS_AT, by=["ethnicity"], compare="district")
        reported = time.perf_counter()
        made.write(Path(folder) / "report")
        done, worked = time.perf_counter(), time.process_time() - worked
        scan = time.perf_counter()
        duckdb.sql(f"SELECT duty, status, count(*), avg(days_late) FROM '{table}' GROUP BY ALL").fetchall()
        scanned = time.perf_counter() - scan
    print(f"work out           {start - begun:8.2f} s   (the bulk engine; not part of the report)")
    print(f"open and check     {opened - start:8.2f} s")
    print(f"measure and hide   {reported - opened:8.2f} s")
    print(f"write              {done - reported:8.2f} s")
    print(f"all                {done - start:8.2f} s   ({(done - start) / scanned:.0f} x one query by duty and status)")
    print(f"peak memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    return worked


def main() -> None:
    """Measure and print."""
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
