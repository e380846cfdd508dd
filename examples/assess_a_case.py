"""Assess one case and print what is owed, by when, and why.

python examples/assess_a_case.py
"""

from datetime import date
from pathlib import Path

import victims_code as vc

case = vc.Case.from_file(Path(__file__).parent / "case.yaml")
result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))

for obligation in result.obligations:
    if obligation.act_by is None:
        continue
    print(f"{obligation.due_on or 'not known '}  {obligation.status:12} {obligation.duty.title}")
    for step in obligation.explain().steps:
        if step.kind in ("clock", "status"):
            print(f"            {step.statement}")
            for day in step.because:
                print(f"              - {day.statement}")

undated = [obligation for obligation in result.obligations if obligation.act_by is None]
print("\nWhat to do next:")
for obligation in result.work_list():
    print(f"{obligation.act_by}  {obligation.urgency:12} {obligation.duty.title}")

print(f"\n{len(undated)} more duties are owed without a number of days, such as: {undated[0].duty.title}.")
