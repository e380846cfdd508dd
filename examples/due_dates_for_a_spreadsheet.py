"""Add due dates to a spreadsheet of arrests, saved as CSV. A row that cannot be read is named, and the rest is done.

    python examples/due_dates_for_a_spreadsheet.py [FILE] > due.csv

Without a file it takes ``examples/arrests.csv``. Where it is not known whether Enhanced Rights apply, both dates stand.
"""

import csv
import sys
from pathlib import Path

import victims_code as vc
from victims_code.dates import parse_date

DUTY = "inform-suspect-arrested"
TRACKS = {"yes": ("enhanced",), "no": ("standard",)}
BOTH = ("standard", "enhanced")

path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "arrests.csv"
code = vc.VictimsCode.load()
table = csv.writer(sys.stdout, lineterminator="\n")
table.writerow(["reference", "arrested_on", "enhanced", "tell_victim_by", "or_if_enhanced"])

with path.open(encoding="utf-8-sig", newline="") as rows:
    for row in csv.DictReader(rows):
        try:
            arrested = parse_date(row["arrested_on"])
            due = [code.deadline(DUTY, on=arrested, track=track).due for track in TRACKS.get(row["enhanced"], BOTH)]
        except vc.VictimsCodeError as problem:
            print(f"{row['reference']}: {problem}", file=sys.stderr)
            continue
        table.writerow([row["reference"], row["arrested_on"], row["enhanced"], *due, *[""] * (2 - len(due))])
