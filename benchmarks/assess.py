"""Start-up, loading and assessment, each measured in this run, with ratios to what they are made of.

Run with ``python benchmarks/assess.py``. Times are medians; the machine is named, because they mean little without it.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta

import victims_code as vc

AS_AT = date(2026, 9, 30)
FIFTEEN = [
    ("crime-reported", {}),
    ("needs-assessed", {"victim": "V1"}),
    ("referred-to-support", {"victim": "V1"}),
    ("suspect-arrested", {"suspect": "S1"}),
    ("victim-informed", {"about": "suspect-arrested", "victim": "V1", "suspect": "S1"}),
    ("suspect-interviewed-under-caution", {"suspect": "S1"}),
    ("suspect-bailed", {"suspect": "S1"}),
    ("bail-conditions-changed", {"suspect": "S1"}),
    ("suspect-charged", {"suspect": "S1"}),
    ("victim-informed", {"about": "suspect-charged", "victim": "V1", "suspect": "S1"}),
    ("hearing-listed", {"suspect": "S1", "hearing": "H1", "lag": 1}),
    ("bail-hearing-decided", {"suspect": "S1", "lag": 2}),
    ("witness-attendance-required", {"lag": 1}),
    ("case-outcome", {"suspect": "S1", "lag": 1}),
    ("sentence-passed", {"suspect": "S1", "lag": 2}),
]


def fifteen_events() -> vc.Case:
    """A case of fifteen events, a week apart."""
    events = []
    for n, (name, given) in enumerate(FIFTEEN):
        at = date(2026, 4, 1) + timedelta(weeks=n)
        more = dict(given)
        lag = more.pop("lag", None)
        received = None if lag is None else at + timedelta(days=int(lag))
        events.append(vc.Event(event=name, at=at, received=received, **more))
    victim = vc.Victim(reference="V1", born=date(1990, 3, 2))
    return vc.Case(reference="B/1", victims=[victim], events=events, offence=vc.Offence(committed_on=date(2026, 3, 31)))


def fresh(statement: str, runs: int = 15) -> float:
    """Median seconds of a statement in a new process, as that process measures it."""
    code = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(runs)]
    return statistics.median(times)


def median(function, runs: int = 7, number: int = 200) -> float:
    """Median seconds of one call."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        for _ in range(number):
            function()
        times.append((time.perf_counter() - start) / number)
    return statistics.median(times)


def main() -> None:
    """Measure and print."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    attrs, package = fresh("import attrs"), fresh("import victims_code")
    load = fresh("import victims_code; victims_code.VictimsCode.load()")
    print(
        f"import victims_code            {package * 1e3:8.1f} ms"
        f"   ({package / attrs:.2f} x import attrs, {attrs * 1e3:.1f} ms)"
    )
    print(f"import and first load          {load * 1e3:8.1f} ms   ({load / attrs:.2f} x import attrs)")
    inside = _load_inside()
    print(f"first load after imports       {inside * 1e3:8.1f} ms")
    code, case = vc.VictimsCode.load(), fifteen_events()
    result = code.assess(case, as_at=AS_AT)
    count = len(result.obligations)
    assess = median(lambda: code.assess(case, as_at=AS_AT))
    calendar = vc.england_and_wales()
    add = median(lambda: calendar.add(date(2026, 4, 2), 5), number=20_000)
    explain = median(lambda: [o.explain() for o in result.obligations], number=5)
    plain = median(result.to_dict, number=50)
    read = median(lambda: vc.Case.from_dict(case.to_dict()), number=50)
    print(
        f"assess, 15 events              {assess * 1e6:8.0f} us"
        f"   ({count} obligations, {assess / count * 1e6:.1f} us each, {assess / add:,.0f} x cal.add)"
    )
    print(f"explain all of them            {explain * 1e6:8.0f} us   ({explain / assess:.1f} x assess)")
    print(f"result.to_dict()               {plain * 1e6:8.0f} us   ({plain / assess:.2f} x assess)")
    print(f"Case.from_dict                 {read * 1e6:8.0f} us   ({read / assess:.2f} x assess)")


def _load_inside() -> float:
    code = (
        "import time, victims_code; from victims_code import VictimsCode; t = time.perf_counter(); "
        "VictimsCode.load(); print(time.perf_counter() - t)"
    )
    return statistics.median(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(15))


if __name__ == "__main__":
    main()
