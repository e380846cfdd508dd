"""A force analyst's afternoon: from a table of obligations to measures and the board's report.

Run ``python examples/analyst.py OBLIGATIONS FOLDER`` with your own table (Parquet or CSV). Without arguments it makes
up a small force first. NOTHING IN THAT TABLE IS REAL.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import victims_code as vc
from victims_code import compliance

AS_AT = date(2026, 6, 30)
COLUMNS = (
    "duty",
    "edition",
    "track",
    "triggered_on",
    "due_on",
    "due_on_if_enhanced",
    "discharged_on",
    "status",
    "days_late",
    "evidence",
)


def made_up_case(n: int, chance: random.Random) -> vc.Case:
    """A crime of the first half of 2026: reported, perhaps an arrest, and what the victim was told."""
    reported = date(2026, 1, 2) + timedelta(days=chance.randrange(170))
    events: list[dict[str, object]] = [{"event": "crime-reported", "at": reported}]
    if chance.random() < 0.8:
        events.append({"event": "needs-assessed", "at": reported, "victim": "V1"})
    if chance.random() < 0.75:
        referred = reported + timedelta(days=chance.randrange(6))
        events.append({"event": "referred-to-support", "at": referred, "victim": "V1"})
    if chance.random() < 0.6:
        arrested = reported + timedelta(days=chance.randrange(20))
        events.append({"event": "suspect-arrested", "at": arrested, "suspect": "S1"})
        if chance.random() < 0.85:
            told = arrested + timedelta(days=chance.choice([0, 1, 1, 2, 3, 5, 7, 9, 14]))
            events.append(
                {"event": "victim-informed", "about": "suspect-arrested", "at": told, "victim": "V1", "suspect": "S1"}
            )
    return vc.Case.from_dict({"reference": f"MADE-UP/{n}", "victims": [{"reference": "V1"}], "events": events})


def made_up_force(path: Path, cases: int = 250) -> None:
    """Write the obligations of a made-up force as CSV."""
    code, chance = vc.VictimsCode.load(), random.Random(2026)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["case_ref", "victim_ref", "owed_by", *COLUMNS, "missing_facts", "district"])
        for n in range(cases):
            result = code.assess(made_up_case(n, chance), as_at=AS_AT)
            district = chance.choice(["Hill", "Hill", "Dale", "Shore"])
            for obligation in result.to_dict()["obligations"]:
                row = [obligation[column] for column in COLUMNS]
                facts = "; ".join(obligation["missing_facts"])
                owed_by = "; ".join(obligation["owed_by"])
                writer.writerow([result.case.reference, obligation["victim"], owed_by, *row, facts, district])


def main() -> None:
    """Measure, compare, and write the report."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "report"
    if len(sys.argv) > 1:
        table, area, by, compare = Path(sys.argv[1]), None, [], None
    else:
        table = folder.parent / "obligations.csv"
        table.parent.mkdir(parents=True, exist_ok=True)
        made_up_force(table)
        area, by, compare = "Anyshire, which is MADE UP", ["district"], "district"
        print("No table given, so a small force was made up. Nothing in it is real.\n")

    with compliance.Obligations.open(table) as obligations:
        # questions first: one measure at a time, for those who may see small numbers
        in_time = compliance.measure("on-time-share", obligations, by=["part"], small_numbers=None)
        print(in_time.to_markdown())
        worst = min(in_time.at("part"), key=lambda row: row.value or 0)
        print(f"Least often in time: {in_time.label(worst, 'part')}.\n")

        overdue = compliance.waiting_list(obligations, as_at=AS_AT, most=3)
        for item in overdue.overdue:
            print(f"{item.case}: {item.title}, {item.days_late} working days late")

        # then the page for the public, in which small numbers are hidden and no case is named
        report = compliance.report(
            obligations, as_at=AS_AT, area=area, by=by, compare=compare, period="month", for_publication=True
        )
    print("\nWritten:", *(file.name for file in report.write(folder)))


if __name__ == "__main__":
    main()
