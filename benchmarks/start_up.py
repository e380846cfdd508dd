"""How long it takes to start, against importing attrs, and click with rich: processor time of whole processes.

    python benchmarks/start_up.py [--python PYTHON] [--times N]

The figures are of what is installed for that Python: a wheel has the law compiled, a checkout reads it from YAML. Each
is the least of several runs in turn, less the time of a Python that does nothing; the ratios are of one run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile

PROGRAMS = {
    "nothing": ["-c", "pass"],
    "import attrs": ["-c", "import attrs"],
    "import click, rich": ["-c", "import click, rich, rich.console"],
    "import victims_code": ["-c", "import victims_code"],
    "import and VictimsCode.load()": ["-c", "import victims_code as vc; vc.VictimsCode.load()"],
    "victims-code deadline": ["-m", "victims_code", "deadline", "inform-suspect-arrested", "--on", "2026-04-02"],
}
REACH = {
    "import victims_code": ("import attrs", 0.5),
    "import and VictimsCode.load()": ("import attrs", 4.0),
    "victims-code deadline": ("import click, rich", 2.0),
}
"""What a figure is held against, and how many times that it may take (design, section 7)."""


def processor_time(command: list[str], folder: str) -> float:
    """Seconds of the processor that a program takes."""
    # what was compiled is kept, as it is on a machine where a package is installed
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, and print every figure with its ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="the Python whose installation is measured")
    parser.add_argument("--times", type=int, default=15, help="how often each is run")
    given = parser.parse_args()
    least = dict.fromkeys(PROGRAMS, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        for run in range(given.times + 1):
            for name, arguments in PROGRAMS.items():
                seconds = processor_time([given.python, *arguments], folder)
                if run:  # the first run compiles
                    least[name] = min(least[name], seconds)
    nothing = least.pop("nothing")
    print(f"{'nothing':32}{nothing * 1000:7.0f} ms, taken off below")
    for name, seconds in least.items():
        line = f"{name:32}{(seconds - nothing) * 1000:7.0f} ms"
        if name in REACH:
            other, most = REACH[name]
            line += f"{(seconds - nothing) / (least[other] - nothing):7.2f} times {other} (reach: {most:g})"
        print(line)


if __name__ == "__main__":
    main()
