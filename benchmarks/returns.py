"""Checking a return of 5,000 rows from a workbook, beside merely reading the workbook.

Run with ``python benchmarks/returns.py``. Times are medians of processor time, so that whatever else the machine does
is left out; the machine is named, because they mean little without it.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook, load_workbook

from victims_code.commissioning.returns import check_returns

ROWS = 5_000
HEADER = (
    "provider",
    "service",
    "period",
    "section",
    "measure",
    "breakdown",
    "item",
    "value",
    "numerator",
    "denominator",
    "percentage",
    "basis",
    "note",
)


def workbook(folder: str) -> Path:
    """A return of 5,000 rows that holds together: 500 services, each with a total, eight parts and an outcome."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("return")
    sheet.append(HEADER)
    for n in range(ROWS // 10):
        start = ("harbour", f"service {n}", "2025-26 Q1")
        sheet.append((*start, "output", "referrals", None, None, 36 + 8 * n, None, None, None, "consented", None))
        for part in range(8):
            line = (
                "output",
                "referrals",
                "age",
                f"group {part}",
                n + part + 1,
                None,
                None,
                None,
                "consented",
                "as sent",
            )
            sheet.append((*start, *line))
        sheet.append((*start, "outcome", "coped", None, None, None, n, 2 * n + 1, None, None, None))
    path = Path(folder) / "return.xlsx"
    book.save(path)
    return path


def median(function, runs: int = 5) -> float:
    """Median seconds of processor time of a call."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return statistics.median(times)


def read_only(path: Path) -> int:
    """Every cell of the workbook, as openpyxl reads it row by row."""
    return sum(len(row) for row in load_workbook(path, read_only=True).worksheets[0].iter_rows())


def main() -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(folder)
        checked = check_returns([path])
        assert not checked.findings, checked.findings[:3]
        assert len(checked.lines) == ROWS
        check, read = median(lambda: check_returns([path])), median(lambda: read_only(path))
    print(
        f"check a workbook of {ROWS:,} rows   {check:6.2f} s   ({check / read:.2f} x reading its cells, {read:.2f} s)"
    )


if __name__ == "__main__":
    main()
