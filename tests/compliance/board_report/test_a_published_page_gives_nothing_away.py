"""Someone has the whole published report: page, Markdown and CSV files. Every number in them is collected and solved.

The attacker knows which statuses and duties each measure counts, so numbers of different measures can be subtracted
from each other as well; what is counted alike by every measure is a class, and classes add up.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
import re
from collections import defaultdict
from datetime import date

import pytest

from compliance.measuring.test_nobody_can_work_it_out import Attacker
from shared.made_obligations import table_of, times
from victims_code import compliance
from victims_code.assessment import Status
from victims_code.compliance.measuring.counting import condition
from victims_code.testing.synthetic import write_force

AS_AT = date(2026, 8, 14)


def conditions_of(selection):
    """The tests a selection makes beside that of the status, read off the condition as it is written."""
    tests = condition(selection).split(" AND ")[1:]
    return {test.removeprefix("NOT ").strip("()"): not test.startswith("NOT ") for test in tests}


def classes_of(selections):
    """What tells obligations apart: the sets of selections that some obligation could belong to."""
    wanted = [({status.value for status in selection.status}, conditions_of(selection)) for selection in selections]
    flags = sorted({flag for _, tests in wanted for flag in tests})
    found = set()
    for status, *given in itertools.product([s.value for s in Status], *[(True, False)] * len(flags)):
        has = dict(zip(flags, given, strict=True))
        found.add(
            tuple(
                status in statuses and all(has[flag] is value for flag, value in tests.items())
                for statuses, tests in wanted
            )
        )
    return sorted(found)


def numbers_in(report):
    """Every number of every table, from the CSV files: by measure, side and group."""
    for name, text in report.files.items():
        for block in re.split(r"(?m)^(?=measure,)", text):
            yield from _numbers(name, list(csv.DictReader(io.StringIO(block))))


def _numbers(name, rows):
    for row in rows:
        for column, cell in row.items():
            if " " in column:  # a sheet of several measures: "on-time-share numerator"
                id_, part = column.split(" ")
                group = {k: v for k, v in row.items() if " " not in k}
            elif "measure" in row and column in ("value", "numerator", "denominator"):
                id_, part = row["measure"], column
                group = {k: v for k, v in row.items() if k not in ("measure", "value", "low", "high", *PARTS)}
            else:
                continue
            kind = compliance.measures()[id_].kind.value
            side = {"value": "numerator" if kind == "count" else None}.get(part, part if part in PARTS else None)
            if side is not None and cell != "":
                key = tuple(sorted((k, v) for k, v in group.items() if v != "all"))
                yield name, (id_, side, key), None if cell == "hidden" else int(float(cell))


PARTS = ("numerator", "denominator")


def attack(report, *, told=()):
    """All that can be known from a report, and from what someone is told beside it."""
    attacker, groups = Attacker(), defaultdict(set)
    selections = {
        (measure.id, side): getattr(measure, side)
        for measure in compliance.measures().values()
        for side in PARTS
        if getattr(measure, side) is not None
    }
    classes = classes_of(selections.values())
    place = {key: n for n, key in enumerate(selections)}
    for _, (id_, side, group), number in numbers_in(report):
        attacker.sees((id_, side, group), number)
        groups[tuple(k for k, _ in group)].add(group)
    for id_, side, number in (*in_sentences(report), *told):
        attacker.hidden.discard((id_, side, ()))
        attacker.sees((id_, side, ()), number)
    for name in {*attacker.known, *attacker.hidden, *((id_, side, ()) for id_, side in selections)}:
        id_, side, group = name
        attacker.knows_sum(name, [("class", c, group) for c in classes if c[place[id_, side]]])
    for columns, found in groups.items():
        # of missing facts one obligation can lack several, and the return shows only some of the events
        for column in sorted({*columns} - {"missing-fact", "shown-by"}):
            below = defaultdict(list)
            for group in found:
                below[tuple(item for item in group if item[0] != column)].append(group)
            for parent, children in below.items():
                for c in classes:
                    attacker.knows_sum(("class", c, parent), [("class", c, child) for child in children])
    return attacker


def in_sentences(report):
    """The numbers in sentences of the page, each with the measure it is of."""
    page, markdown = report.to_html(), report.to_markdown()
    for text in (page, markdown):
        (all_,) = re.findall(r"Obligations as at [^:]*: ([\d,]+|hidden)\.", text)
        yield "all-obligations", "numerator", whole(all_)
    ids = {compliance.measures()[id_].title: id_ for id_ in compliance.measures()}
    for headline in report.headlines:
        id_ = ids.get(headline.title)
        if id_ is not None and (of := re.match(r"([\d,]+) of ([\d,]+);", headline.note)):
            assert headline.note in page
            yield id_, "numerator", whole(of[1])
            yield id_, "denominator", whole(of[2])
        elif id_ in ("overdue-now", "still-to-do"):
            yield id_, "numerator", whole(headline.figure)


def whole(text):
    return None if text == "hidden" else int(text.replace(",", ""))


def assert_nothing_is_given_away(report, rows, *, most=12):
    with compliance.Obligations.open(rows) as opened:
        truth = compliance.report(opened, as_at=AS_AT, for_publication=False, small_numbers=None)
    true = {name: number for _, name, number in numbers_in(truth)}
    true |= {(id_, side, ()): number for id_, side, number in in_sentences(truth) if number is not None}
    attacker = attack(report)
    unseen = {name for name in true if name[2] == () and name not in attacker.known}
    hidden = sorted(attacker.hidden | unseen, key=lambda name: (len(name[2]), str(name)))
    assert hidden
    for name in hidden[:most]:
        low, high = attacker.range_of(name)
        assert high is None or high > low, f"{name} must be {low}"
        assert low <= true[name]
        assert high is None or true[name] <= high
        if 0 < true[name] < 5:
            assert high is None or high >= 5, f"{name} can be told to be small: at most {high}"


def published(rows, **options):
    return compliance.report(rows, as_at=AS_AT, for_publication=True, **options)


def unevenly(seed, number):
    chance = random.Random(seed)
    late = {"met": 0, "met-late": 4, "overdue": 9, "cannot-tell": None, "not-yet-due": 0, "suspended": None}
    duties, rows = ["inform-suspect-arrested", "refer-to-support", "inform-sentence-passed"], []
    for _ in range(number):
        status = chance.choices(list(late), [60, 12, 10, 4, 6, 3])[0]
        rows.append(
            {
                "duty": chance.choices(duties, [9, 5, 1])[0],
                "status": status,
                "days_late": late[status],
                "triggered_on": chance.choices(["2026-02-02", "2026-05-05", "2026-08-08"], [6, 4, 1])[0],
                "track": chance.choices(["standard", "enhanced"], [3, 1])[0],
            }
        )
    return rows


def test_three_suspended_of_a_hundred_are_not_worked_out_from_the_rest():
    """97 met and 3 suspended: with "0 of 97" and "100 obligations" the 3 could be read off."""
    rows = [*times(97, status="met"), *times(3, status="suspended", days_late=None)]
    report = published(table_of(rows))
    assert_nothing_is_given_away(report, table_of(rows))
    words = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", report.to_html(), flags=re.DOTALL)
    shown = set(re.findall(r"(?<![\d.])\d+(?![\d.])", words))
    assert not {"97", "100"} <= shown


def test_a_count_is_not_hidden_in_one_table_and_shown_in_another():
    """97 that cannot be told, all with a limit: who knows the duty knows that the two counts are one."""
    rows = [*times(97, status="cannot-tell", days_late=None), *times(3, status="suspended", days_late=None)]
    for duty, status in (("interpret-and-translate", "cannot-tell"), ("communicate-simply", "undated")):
        rows += times(100, duty=duty, status=status, due_on=None, days_late=None)
    numbers = [number for _, _, number in numbers_in(published(table_of(rows)))]
    assert numbers
    assert 97 not in numbers


def test_the_attack_succeeds_where_the_total_is_told():
    """So that the tests here are worth something: with the 100 no one can take the 3 for 5."""
    rows = table_of([*times(97, status="met"), *times(3, status="suspended", days_late=None)])
    attacker = attack(published(rows), told=[("all-obligations", "numerator", 100), ("on-time-share", "numerator", 97)])
    assert attacker.range_of(("suspended-share", "numerator", ())) == (0, 3)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_nothing_follows_from_all_the_numbers_of_a_page(seed):
    rows = unevenly(seed, 240)
    report = published(table_of(rows))
    assert_nothing_is_given_away(report, table_of(rows), most=6 if seed == 1 else 60)


@pytest.mark.slow
def test_nothing_follows_from_the_page_of_a_synthetic_force(tmp_path):
    """Its quarterly return, its areas in a funnel and its missing facts are among the numbers."""
    tables = write_force(tmp_path, crimes=150, year=2025, seed=3)
    opened = compliance.from_tables(tables, as_at=AS_AT)
    assert_nothing_is_given_away(published(opened), opened, most=8)


def test_the_page_says_nothing_that_its_files_do_not():
    """Page and Markdown have the numbers of the CSV files, and the plots those of the table below them."""
    report = published(table_of(unevenly(1, 240)))
    known = {number for _, _, number in numbers_in(report)} | {n for _, _, n in in_sentences(report)}
    for sheet in report.sheets:
        for row in sheet.rows:
            for cell in row[sheet.heads :]:
                for number in re.findall(r"(?<![\d.])([\d,]+)(?![\d.%])", cell):
                    lateness = "working days" in " ".join(sheet.columns)
                    assert whole(number) in known or lateness, (sheet.id, cell)
    for plotted in filter(None, (report.trend, report.worst, *report.areas)):
        told = re.search(r"<desc[^>]*>(.*?)</desc>", plotted.svg)[1]
        shown = " ".join(" ".join(row) for row in plotted.sheet.rows)
        for share in re.findall(r"[\d.]+%", told):
            assert share in shown


def test_a_few_rows_set_aside_are_few_people_too():
    rows = table_of(times(40))
    assert "Rows of the input set aside as faulty: hidden." in published(rows, set_aside=3).to_markdown()
    assert "Rows of the input set aside as faulty: 0." in published(table_of(times(40)), set_aside=0).to_markdown()
    assert "Rows of the input set aside as faulty: 12." in published(table_of(times(40)), set_aside=12).to_markdown()
