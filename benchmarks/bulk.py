"""A force's cases under the whole Code in DuckDB, beside scripts as analysts write them for three duties.

Run with ``python benchmarks/bulk.py --cases 1000000``; without a number it takes 100,000, which ends in minutes. Every
line is a process of its own, so that its peak memory is its own. Our own lines assess every duty for every victim, with
checks, tracks and lateness, and write the table of obligations. The peers work out for three duties alone (told of an
arrest, told of a charge, referred to a support service) when each was due and whether it was done in time, under the
standard limit for everyone. Peers that would take too long or too much memory run on fewer cases; their time at the
full size is then extrapolated in proportion and marked with ``~``. ``checked`` says how many of their due dates differ
from ours. The data are synthetic: see ``victims_code.testing.synthetic``.

A bare join is run before each of ours for the speed of the machine: every event with every victim of its case, read
from the same files and kept as a table of the database, with no law at all. Ratios are of processor seconds, so that
other work of the machine is left out as far as can be.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from victims_code.working_days import england_and_wales

AS_AT, YEAR, SEED = date(2026, 3, 31), 2025, 20261125
DUTIES = {
    # trigger: the duty, what fulfils it, what that is about, and the standard limit in working days
    "suspect-arrested": ("inform-suspect-arrested", "victim-informed", "suspect-arrested", 5),
    "suspect-charged": ("inform-suspect-charged", "victim-informed", "suspect-charged", 5),
    "crime-reported": ("refer-to-support", "referred-to-support", None, 2),
}
KEYS = ["case_ref", "victim_ref", "suspect_ref", "duty", "triggered_on"]
Frame = Any


def days_off() -> list[date]:
    """The bank holidays that due dates can run into."""
    calendar = england_and_wales()
    return [holiday.date for year in range(YEAR - 1, YEAR + 3) for holiday in calendar.holidays(year)]


# --- ours -------------------------------------------------------------------------------------------------------


def victims_code(tables: dict[str, Path], out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Every duty of every case: read, check, assess, write."""
    from victims_code.bulk import Tables, assess

    begun = perf_counter()
    with assess(
        Tables(**_given(tables)), as_at=AS_AT, memory_limit=options.memory_limit, temp_dir=out.parent
    ) as answer:
        read = perf_counter() - begun
        answer.to_parquet(out)
    return {"reading and checking": read}


def counted(tables: dict[str, Path], out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The same, but the obligations are counted by edition, duty and status and not written."""
    from victims_code.bulk import Tables, assess

    with assess(
        Tables(**_given(tables)), as_at=AS_AT, memory_limit=options.memory_limit, temp_dir=out.parent
    ) as answer:
        answer.counts("edition", "duty", "status")
    return {}


def _given(tables: dict[str, Path]) -> dict[str, Path]:
    names = ("events", "victims", "assertions", "cases", "spokespersons", "offences", "offence_victims")
    return {name: tables[name] for name in names}


def bare_join(tables: dict[str, Path], out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """What the database needs to read the events and victims, join them once and keep the result."""
    import duckdb

    connection = duckdb.connect(":memory:", config={"memory_limit": options.memory_limit})
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(
        f"""CREATE TABLE joined AS SELECT e.*, v.victim_ref AS who, v.born
        FROM '{tables["events"]}' AS e JOIN '{tables["victims"]}' AS v USING (case_ref)"""
    )
    return {}


# --- peers ------------------------------------------------------------------------------------------------------


def pandas_script(add_working_days: Callable[[Frame, int], Frame]) -> Callable[..., dict[str, Any]]:
    """An analyst's script in pandas; how working days are added is what differs."""

    def script(tables: dict[str, Path], out: Path, options: argparse.Namespace) -> dict[str, Any]:
        import pandas

        events = pandas.read_parquet(tables["events"])
        events["at"] = pandas.to_datetime(events["at"])
        victims = pandas.read_parquet(tables["victims"], columns=["case_ref", "victim_ref"])
        parts = []
        for trigger, (duty, act, about, limit) in DUTIES.items():
            owed = events.loc[events["event"] == trigger, ["case_ref", "suspect_ref", "at"]]
            owed = owed.rename(columns={"at": "triggered_on"}).merge(victims, on="case_ref")
            owed["row"] = range(len(owed))
            done = events[events["event"] == act]
            if about is not None:
                done = done[done["about"] == about]
            done = done[["case_ref", "victim_ref", "suspect_ref", "at"]]
            pairs = owed.merge(done, on="case_ref", suffixes=("", "_done"))
            same_victim = pairs["victim_ref_done"].isna() | (pairs["victim_ref_done"] == pairs["victim_ref"])
            same_suspect = pairs["suspect_ref_done"].isna() | (pairs["suspect_ref_done"] == pairs["suspect_ref"])
            if about is not None:
                same_victim &= same_suspect
            first = pairs[same_victim & (pairs["at"] >= pairs["triggered_on"])].groupby("row")["at"].min()
            owed["done_on"] = owed["row"].map(first)
            owed["due_on"] = pandas.to_datetime(add_working_days(owed["triggered_on"], limit))
            owed["in_time"] = owed["done_on"] <= owed["due_on"]
            parts.append(owed.assign(duty=duty).drop(columns="row"))
        pandas.concat(parts).to_parquet(out)
        return {}

    return script


def with_workalendar(days: Frame, limit: int) -> Frame:
    """Row by row, with the calendar workalendar has of the United Kingdom."""
    from workalendar.europe import UnitedKingdom

    calendar = UnitedKingdom()
    return days.apply(lambda day: calendar.add_working_days(day.date(), limit))


def with_holidays(days: Frame, limit: int) -> Frame:
    """Row by row, with the package holidays."""
    import holidays

    calendar = holidays.country_holidays("GB", subdiv="ENG")
    return days.apply(lambda day: calendar.get_nth_working_day(day.date(), limit))


def with_numpy(days: Frame, limit: int) -> Frame:
    """The whole column at once, with our bank holidays."""
    import numpy

    calendar = numpy.busdaycalendar(holidays=numpy.array(days_off(), dtype="datetime64[D]"))
    on = days.to_numpy().astype("datetime64[D]")
    return numpy.busday_offset(on, limit, roll="backward", busdaycal=calendar).astype("datetime64[ns]")


def polars_script(tables: dict[str, Path], out: Path, options: argparse.Namespace) -> dict[str, Any]:
    """The same as expressions of polars, with our bank holidays."""
    import polars
    from polars import col

    events, victims = polars.scan_parquet(tables["events"]), polars.scan_parquet(tables["victims"])
    parts = []
    for trigger, (duty, act, about, limit) in DUTIES.items():
        owed = (
            events.filter(col("event") == trigger)
            .select("case_ref", "suspect_ref", triggered_on="at")
            .join(victims.select("case_ref", "victim_ref"), on="case_ref")
            .with_row_index("row")
        )
        done = events.filter(col("event") == act)
        if about is not None:
            done = done.filter(col("about") == about)
        done = done.select("case_ref", "at", victim="victim_ref", suspect="suspect_ref")
        agrees = col("victim").is_null() | (col("victim") == col("victim_ref"))
        if about is not None:
            agrees &= col("suspect").is_null() | (col("suspect") == col("suspect_ref"))
        first = (
            owed.join(done, on="case_ref")
            .filter(agrees & (col("at") >= col("triggered_on")))
            .group_by("row")
            .agg(done_on=col("at").min())
        )
        due_on = col("triggered_on").dt.add_business_days(limit, holidays=days_off(), roll="backward")
        parts.append(
            owed.join(first, on="row", how="left")
            .with_columns(due_on=due_on, duty=polars.lit(duty))
            .with_columns(in_time=col("done_on") <= col("due_on"))
        )
    polars.concat(parts).collect(engine="streaming").write_parquet(out)
    return {}


OURS: dict[str, Callable[..., dict[str, Any]]] = {
    "victims_code": victims_code,
    "victims_code, counted": counted,
    "bare join": bare_join,
}
PEERS: dict[str, tuple[Callable[..., dict[str, Any]], int]] = {
    # what is run, and on how many cases at most
    "pandas, workalendar": (pandas_script(with_workalendar), 10_000),
    "pandas, holidays": (pandas_script(with_holidays), 10_000),
    "pandas, numpy busday": (pandas_script(with_numpy), 1_000_000),
    "polars": (polars_script, 1_000_000),
}
RUNS = OURS | {name: script for name, (script, _) in PEERS.items()}


# --- measuring --------------------------------------------------------------------------------------------------


def run_here(name: str, folder: Path, options: argparse.Namespace) -> None:
    """One line, in this process: what it took, for the process that asked."""
    tables = {path.stem: path for path in folder.glob("*.parquet")}
    begun, worked = perf_counter(), process_time()
    told = RUNS[name](tables, result_of(name, folder), options)
    told |= {"seconds": perf_counter() - begun, "processor": process_time() - worked}
    told |= {"gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}
    print(json.dumps(told))


def run_apart(name: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """One line in a process of its own."""
    command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
    command += ["--memory-limit", options.memory_limit]
    return dict(json.loads(subprocess.check_output(command).splitlines()[-1]))


def ours_beside_bare_joins(folder: Path, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Written, counted and the bare join by turns, and of each the median of all that was measured."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in OURS}
    for name in ("bare join", "victims_code", "bare join", "victims_code, counted") * options.repeats:
        found[name].append(run_apart(name, folder, options))
    return {
        name: {what: statistics.median(run[what] for run in runs) for what in runs[0]} for name, runs in found.items()
    }


def result_of(name: str, folder: Path) -> Path:
    """Where a line writes what it worked out: one file, or a folder of files."""
    place = folder / "results"
    place.mkdir(exist_ok=True)
    return place / (name.replace(", ", "-").replace(" ", "-") + ("" if name == "victims_code" else ".parquet"))


def checked(name: str, folder: Path) -> str:
    """How many due dates of a peer are not ours, where the standard limit holds."""
    import duckdb

    ours, theirs = result_of("victims_code", folder), result_of(name, folder)
    equal = " AND ".join(f"p.{key} IS NOT DISTINCT FROM o.{key}" for key in KEYS)
    compared, differ = duckdb.sql(
        f"""SELECT count(*), count(*) FILTER (CAST(p.due_on AS DATE) <> o.due_on)
        FROM '{theirs}' AS p JOIN '{ours}/*.parquet' AS o ON {equal} WHERE o.track <> 'enhanced'"""
    ).fetchall()[0]
    assert compared, "nothing to compare"
    return f"{differ:,} of {compared:,} differ" if differ else f"{compared:,} equal"


@lru_cache
def force(place: str, cases: int) -> Path:
    """A synthetic force of so many cases, written once."""
    from victims_code.testing.synthetic import write_force

    folder = Path(place) / f"{cases}"
    write_force(folder, crimes=cases, year=YEAR, seed=SEED)
    return folder


def measure(place: str, cases: int, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Every line at one size, and ours at a tenth of it; what ours took is given back too."""
    import pyarrow.parquet

    small, whole = force(place, max(1, cases // 10)), force(place, cases)
    events = pyarrow.parquet.read_metadata(whole / "events.parquet").num_rows
    print(f"\n{cases:,} cases, {events:,} events, as at {AS_AT}; DuckDB may use {options.memory_limit}")
    fewer, medians = run_apart("victims_code", small, options), ours_beside_bare_joins(whole, options)
    ours, only, bare = (medians[name] for name in ("victims_code", "victims_code, counted", "bare join"))
    rows = sum(pyarrow.parquet.read_metadata(file).num_rows for file in result_of("victims_code", whole).glob("*"))
    print(f"\n{'':<28}{'cases':>12}{'seconds':>10}{'processor':>11}{'bare joins':>12}{'GB':>7}{'µs a case':>12}")
    for name, size, took in (
        ("victims_code", cases // 10, fewer),
        ("victims_code", cases, ours),
        ("victims_code, counted", cases, only),
        ("bare join", cases, bare),
    ):
        joins = f"{took['processor'] / bare['processor']:.1f}" if size == cases else ""
        each = took["processor"] / max(1, size) * 1e6
        print(
            f"{name:<28}{size:>12,}{took['seconds']:>10.1f}{took['processor']:>11.1f}{joins:>12}"
            f"{took['gigabytes']:>7.1f}{each:>12.1f}"
        )
    print(f"of which reading and checking {ours['reading and checking']:.1f} s; {rows:,} obligations written")
    if options.without_peers:
        return medians
    heading = f"{'three duties alone':<28}{'cases':>12}{'seconds':>10}{'GB':>7}"
    print(f"\n{heading}{'at full size':>15}{'against ours':>14}  checked")
    for name, (_, most) in PEERS.items():
        size = min(cases, most)
        folder = force(place, size)
        if not result_of("victims_code", folder).exists():
            run_apart("victims_code", folder, options)
        try:
            took = run_apart(name, folder, options)
        except subprocess.CalledProcessError:
            print(f"{name:<28}{size:>12,}   did not end: not installed, or out of memory")
            continue
        full = took["seconds"] * cases / size
        mark = "" if size == cases else "~"
        at_full_size, against = f"{mark}{full:,.0f} s", f"{mark}{full / ours['seconds']:.2f} x"
        print(
            f"{name:<28}{size:>12,}{took['seconds']:>10.1f}{took['gigabytes']:>7.1f}{at_full_size:>15}{against:>14}"
            f"  {checked(name, folder)}"
        )
    return medians


def options_of(*arguments: str) -> argparse.Namespace:
    """What is asked for on the command line, or here."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, nargs="+", default=[100_000], help="how many; several sizes one by one")
    parser.add_argument("--memory-limit", default="3GB", help="what DuckDB may use before it works on disk")
    parser.add_argument("--repeats", type=int, default=3, help="how often ours is measured; the median is told")
    parser.add_argument("--without-peers", action="store_true", help="our own lines alone")
    parser.add_argument("--keep", type=Path, help="a folder to work in that is kept; by default a temporary one")
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main() -> None:
    """Measure and print."""
    options = options_of(*sys.argv[1:])
    if options.run:
        run_here(options.run, options.folder, options)
        return
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="victims-code-benchmark-") as folder:
        for cases in options.cases:
            measure(str(options.keep or folder), cases, options)


if __name__ == "__main__":
    main()
