"""A force analyst's afternoon: from the tables of a record to measures and the board's report.

Run ``python examples/analyst.py FOLDER OUT`` with a folder that holds your own ``events.parquet``, ``victims.parquet``
and, if you have them, ``assertions``, ``cases``, ``spokespersons``, ``offences`` and ``offence_victims``. Without
arguments it writes a small synthetic force first. NOTHING IN THOSE TABLES IS REAL, and nothing can be concluded from
them.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from victims_code import compliance
from victims_code.bulk import INPUTS, Tables
from victims_code.testing.synthetic import write_force

AS_AT = date(2025, 12, 31)


def tables_in(folder: Path) -> Tables:
    """The tables of a folder."""
    return Tables(**{name: path for name in INPUTS if (path := folder / f"{name}.parquet").exists()})


def main() -> None:
    """Measure, compare, and write the report."""
    if len(sys.argv) > 2:
        tables, out, area = tables_in(Path(sys.argv[1])), Path(sys.argv[2]), None
        by, compare = [], None
    else:
        folder = Path(tempfile.mkdtemp())
        tables, out, area = write_force(folder, crimes=1_000, year=2025, seed=3), folder / "report", "SYNTHETIC force"
        by, compare = ["age_band"], "district"
        print("No tables given, so a small force was made up. Nothing in it is real.\n")

    with compliance.from_tables(tables, as_at=AS_AT) as obligations:
        # questions first: one measure at a time, for those who may see small numbers
        in_time = compliance.measure("on-time-share", obligations, by=["part"], small_numbers=None)
        print(in_time.to_markdown())
        worst = min(in_time.at("part"), key=lambda row: row.value if row.value is not None else 1)
        print(f"Least often in time: {in_time.label(worst, 'part')}.\n")

        overdue = compliance.waiting_list(obligations, as_at=AS_AT, most=3)
        for item in overdue.overdue:
            print(f"{item.case}: {item.title}, {item.days_late} working days late")

        # then the page for the public, in which small numbers are hidden and no case is named
        report = compliance.report(
            obligations, as_at=AS_AT, area=area, by=by, compare=compare, period="month", for_publication=True
        )
    print("\nWritten:", *(file.name for file in report.write(out)))


if __name__ == "__main__":
    main()
