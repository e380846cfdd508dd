"""Every figure of speed that is promised, what is asked beside what was measured, in one run.

Run with ``python -m benchmarks`` in the root of the repository; it takes a million cases and a good half-hour.
``--cases 1000000 10000000`` measures growth too, which needs 40 GB of disk. Times are of the processor and not of the
clock, and nearly all are told as ratios to something measured in the same run: the machine matters little then, nor
what else it does. The peers' own tables come after, from the files of this folder.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import victims_code as vc
from benchmarks import assess, bulk, report, working_days

Row = tuple[str, str, str]
DEADLINE = "['deadline', 'inform-suspect-arrested', '--on', '2026-04-02']"
COMMAND = f"""
import contextlib, io, sys
from victims_code.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    main({DEADLINE}, standalone_mode=False)"""


def fresh(code: str, runs: int = 15) -> float:
    """Median processor seconds of some code in a new process, as that process measures it."""
    measured = f"import time\nbegun = time.process_time()\n{code}\nprint(time.process_time() - begun)"
    return statistics.median(float(subprocess.check_output([sys.executable, "-c", measured])) for _ in range(runs))


def each(function, runs: int = 7, number: int = 200) -> float:
    """Median processor seconds of one call."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        for _ in range(number):
            function()
        times.append((time.process_time() - begun) / number)
    return statistics.median(times)


def starting() -> Iterator[Row]:
    """Imports, the first load of the law, and a whole command."""
    attrs = fresh("import attrs")
    yield "import victims_code", "under 0.5 x import attrs", f"{fresh('import victims_code') / attrs:.2f} x"
    load = fresh("import victims_code; victims_code.VictimsCode.load()")
    yield "import and first load", "under 4 x import attrs", f"{load / attrs:.1f} x ({load * 1e3:.0f} ms)"
    command, shell = fresh(COMMAND), fresh("import click, rich.console")
    asked = "under 2 x import click and rich"
    yield "victims-code deadline", asked, f"{command / shell:.1f} x ({command * 1e3:.0f} ms)"


def calendars() -> Iterator[Row]:
    """Working days, one by one beside workalendar and as columns beside numpy."""
    ours, peers, arrays = working_days.our_rows(), working_days.workalendar_rows(), working_days.numpy_rows()
    for what, least in (("add", 90), ("count", 2_000)):
        mine, _ = working_days.measure(*ours[what][f"victims_code, {what}"])
        theirs, _ = working_days.measure(*peers[what]["workalendar, stock"])
        yield f"calendar, {what}", f"at least {least:,} x workalendar", f"{theirs / mine:,.0f} x"
    numpy, _ = working_days.measure(*arrays["add"]["numpy, all dates in one call"])
    for name, row in arrays["add"].items():
        if name.startswith("victims_code"):
            asked = f"at least {8 if 'numpy' in name else 4} x busday_offset"
            yield f"add, {name.removeprefix('victims_code, ')}", asked, f"{numpy / working_days.measure(*row)[0]:.1f} x"


def one_case() -> Iterator[Row]:
    """A case of fifteen events, and its explanations."""
    code, case = vc.VictimsCode.load(), assess.fifteen_events()
    result = code.assess(case, as_at=assess.AS_AT)
    took = each(lambda: code.assess(case, as_at=assess.AS_AT))
    yield f"assess, 15 events, {len(result.obligations)} duties", "under 0.5 ms", f"{took * 1e3:.2f} ms"
    explained = each(lambda: [o.explain() for o in result.obligations], number=5)
    yield "all their explanations", "under 3 ms more", f"{explained * 1e3:.1f} ms"


def many_cases(place: str, sizes: list[int], options: argparse.Namespace) -> Iterator[Row]:
    """A force's cases in bulk, written and counted, in bare joins; and how the time for one grows."""
    times = {}
    for cases in sizes:
        took = bulk.measure(place, cases, options)
        bare, written = took["bare join"]["processor"], took["victims_code"]
        counted = took["victims_code, counted"]["processor"]
        times[cases] = written["processor"] / cases
        yield f"bulk, {cases:,} cases written", "at most 4 bare joins", f"{written['processor'] / bare:.1f}"
        yield f"bulk, {cases:,} cases counted", "at most 3 bare joins", f"{counted / bare:.1f}"
        most = 2 if cases <= 1_000_000 else 6
        yield f"bulk, {cases:,} cases, memory", f"at most {most} GB", f"{written['gigabytes']:.1f} GB"
        options.without_peers = True  # once is enough
    first, last = min(times), max(times)
    if last > first:
        grown = f"{times[last] / times[first]:.2f} x"
        yield f"time a case, {last:,} against {first:,}", "at most 1.2 x", grown


def the_report(place: str, options: argparse.Namespace) -> Iterator[Row]:
    """The report to the board about 100,000 crimes."""
    bare = bulk.run_apart("bare join", bulk.force(place, 100_000), options)["processor"]
    took = report.measure(100_000)
    yield "report, 100,000 crimes", f"under 10 bare joins and 10 s: {10 * bare + 10:.1f} s", f"{took:.1f} s"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000_000], help="how many cases in bulk")
    parser.add_argument("--repeats", type=int, default=3, help="how often bulk is measured; the median is told")
    parser.add_argument("--memory-limit", default="3GB", help="what DuckDB may use before it works on disk")
    asked = parser.parse_args()
    options = bulk.options_of("--repeats", str(asked.repeats), "--memory-limit", asked.memory_limit)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="victims-code-benchmark-") as place:
        for part in (starting(), calendars(), one_case(), the_report(place, options)):
            rows += part
        rows += many_cases(place, sorted(asked.cases), options)
    working_days.main()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GB, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'what':<42}{'asked':<44}measured")
    for what, wanted, measured in rows:
        print(f"{what:<42}{wanted:<44}{measured}")


if __name__ == "__main__":
    main()
