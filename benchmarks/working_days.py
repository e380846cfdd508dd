"""How fast working days are counted, beside workalendar, holidays and numpy, in one run.

Run with ``python benchmarks/working_days.py``. Every row answers the same questions: the date five working days after a
day between 2015 and 2026, or the working days between two such days up to 400 days apart. Peers that are not
installed are left out. ``checked`` says how many of the answers differ from ours, so that speed is never compared
with something else than the same answer.
"""

from __future__ import annotations

import importlib
import os
import platform
import random
import statistics
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from time import process_time_ns
from typing import Any

from victims_code.working_days import EnglandAndWales, england_and_wales

REPEATS = 7
FAST, SLOW = 50_000, 400  # questions a run: enough for a steady median, few enough to finish in a minute
Answers = Sequence[Any]

random.seed(20261123)
STARTS = [date(2015, 1, 1) + timedelta(days=random.randrange(4_300)) for _ in range(FAST)]
PAIRS = [(start, start + timedelta(days=random.randrange(400))) for start in STARTS]


def measure(work: Callable[[int], Answers], size: int) -> tuple[float, Answers]:
    """The median time an answer in nanoseconds, and the answers."""
    answers = work(size)  # once unmeasured: tables are built, years cached
    times = []
    for _ in range(REPEATS):
        begun = process_time_ns()
        work(size)
        times.append((process_time_ns() - begun) / size)
    return statistics.median(times), answers


def our_rows() -> dict[str, dict[str, tuple[Callable[[int], Answers], int]]]:
    """Our own calls."""
    calendar = england_and_wales()
    return {
        "add": {
            "victims_code, add": (lambda n: [calendar.add(day, 5) for day in STARTS[:n]], FAST),
            "victims_code, add_each": (lambda n: calendar.add_each(STARTS[:n], 5), FAST),
        },
        "count": {"victims_code, count": (lambda n: [calendar.count(a, b) for a, b in PAIRS[:n]], FAST)},
    }


def workalendar_rows() -> dict[str, dict[str, tuple[Callable[[int], Answers], int]]]:
    """workalendar as released, and with the corrections we export."""
    from workalendar.europe import UnitedKingdom

    rows: dict[str, dict[str, tuple[Callable[[int], Answers], int]]] = {"add": {}, "count": {}}
    for name, peer in (("workalendar, stock", UnitedKingdom()), ("workalendar, corrected", EnglandAndWales())):
        rows["add"][name] = (lambda n, peer=peer: [peer.add_working_days(day, 5) for day in STARTS[:n]], SLOW)
        rows["count"][name] = (
            lambda n, peer=peer: [peer.get_working_days_delta(a, b) for a, b in PAIRS[:n]],
            SLOW,
        )
    return rows


def holidays_rows() -> dict[str, dict[str, tuple[Callable[[int], Answers], int]]]:
    """The package holidays; its count includes both ends, so the first day is moved on by one."""
    import holidays

    peer, one = holidays.country_holidays("GB", subdiv="ENG"), timedelta(days=1)
    return {
        "add": {"holidays": (lambda n: [peer.get_nth_working_day(day, 5) for day in STARTS[:n]], SLOW)},
        "count": {
            "holidays": (
                lambda n: [peer.get_working_days_count(a + one, b) if a < b else 0 for a, b in PAIRS[:n]],
                SLOW,
            )
        },
    }


def numpy_rows() -> dict[str, dict[str, tuple[Callable[[int], Answers], int]]]:
    """numpy with our holidays: one call a date, and one call for all dates."""
    import numpy

    calendar = england_and_wales()
    days_off = [holiday.date for year in range(2014, 2029) for holiday in calendar.holidays(year)]
    weekdays = numpy.busdaycalendar(holidays=numpy.array(days_off, dtype="datetime64[D]"))
    starts = numpy.array(STARTS, dtype="datetime64[D]")
    begins, ends = (numpy.array(days, dtype="datetime64[D]") for days in zip(*PAIRS, strict=True))
    one = numpy.timedelta64(1, "D")

    def add(days: Any) -> Any:
        return numpy.busday_offset(days, 5, roll="backward", busdaycal=weekdays)

    ours: dict[str, Callable[[int], Answers]] = {"victims_code, numpy array": lambda n: calendar.add(starts[:n], 5)}
    for library, make in (("pandas", "Series"), ("polars", "Series"), ("pyarrow", "array")):
        try:
            column = getattr(importlib.import_module(library), make)(starts)
        except ImportError:
            continue
        ours[f"victims_code, {library} column"] = lambda n, column=column: calendar.add(column[:n], 5)

    def count(begin: Any, end: Any) -> Any:
        return numpy.busday_count(begin + one, end + one, busdaycal=weekdays)

    return {
        "add": {
            **{name: (work, FAST) for name, work in ours.items()},
            "numpy, one date a call": (lambda n: [add(day).item() for day in starts[:n]], FAST // 10),
            "numpy, all dates in one call": (lambda n: add(starts[:n]), FAST),
        },
        "count": {
            "victims_code, numpy arrays": (lambda n: calendar.count(begins[:n], ends[:n]), FAST),
            "numpy, one pair a call": (
                lambda n: [int(count(a, b)) for a, b in zip(begins[:n], ends[:n], strict=True)],
                FAST // 10,
            ),
            "numpy, all pairs in one call": (lambda n: count(begins[:n], ends[:n]), FAST),
        },
    }


def table(question: str, rows: dict[str, tuple[Callable[[int], Answers], int]]) -> None:
    """Print one question's rows, with how much longer each takes than our own first row."""
    print(f"\n{question:<32}{'ns an answer':>14}{'against ours':>14}{'checked':>18}")
    ours: float | None = None
    truth: Answers = ()
    for name, (work, size) in rows.items():
        time, answers = measure(work, size)
        if ours is None:
            ours, truth = time, answers
        plain = answers.tolist() if hasattr(answers, "tolist") else list(answers)
        plain = [answer.date() if isinstance(answer, datetime) else answer for answer in plain]
        wrong = sum(a != b for a, b in zip(plain, truth, strict=False))
        verdict = "all equal" if not wrong else f"{wrong} of {len(plain)} differ"
        print(f"{name:<32}{time:>14,.0f}{time / ours:>13,.{1 if time >= ours else 3}f}x{verdict:>18}")


def main() -> None:
    """Measure everything that is installed."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, median of {REPEATS} runs")
    begun = process_time_ns()
    england_and_wales().add(date(2026, 1, 1), 1)
    print(f"first answer, with the list read and the table built: {(process_time_ns() - begun) / 1e6:.0f} ms")
    rows = our_rows()
    for peers in (workalendar_rows, holidays_rows, numpy_rows):
        try:
            more = peers()
        except ImportError as missing:
            print(f"left out: {missing.name} is not installed")
            continue
        for question, found in more.items():
            rows[question].update(found)
    table("add five working days", rows["add"])
    table("count working days", rows["count"])


if __name__ == "__main__":
    main()
