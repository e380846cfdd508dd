"""Read the results of a hearing, as HMCTS Common Platform shares them, and say what the victim is owed.

python examples/what_a_hearing_leads_to.py
"""

from datetime import date
from pathlib import Path

from attrs import evolve

import victims_code as vc
from victims_code.adapters.common_platform import read_cases

HEARD, RECEIVED, AS_AT = date(2026, 6, 12), date(2026, 6, 16), date(2026, 6, 19)

(case,) = read_cases(Path(__file__).parent / "hearing-results.json")
for fault in case.faults:
    print(f"{fault.severity}: {fault.message}")

# A message does not say when the Witness Care Unit received it; your own system does.
events = [evolve(event, received=RECEIVED) if event.on == HEARD else event for event in case.events]
case = evolve(case, events=events)

for obligation in vc.VictimsCode.load().assess(case, as_at=AS_AT).obligations:
    if obligation.duty.dated:
        due = obligation.due_on or "not known "
        owed_by = " or ".join(obligation.owed_by)
        print(f"{due}  {obligation.status:12} {owed_by}: {obligation.duty.title}")
