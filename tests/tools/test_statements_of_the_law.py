"""The page on evidence counts what is in the data, and what changed since the last version of the law."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

import victims_code as vc
from statements_of_the_law import CONDITION, DATA, DEADLINE, counted, keep, last_law, statements_in

CODE = vc.VictimsCode.load()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rows():
    return {(row.group, row.kind): row for row in counted(statements_in(), last_law())}


@pytest.mark.parametrize("edition", CODE.editions)
def test_duties_deadlines_and_conditions_are_counted_by_evidence(rows, edition):
    duties = CODE.edition(edition).duties.values()
    dated, conditional = [d for d in duties if d.dated], [d for d in duties if d.applies_when is not None]

    for kind, expected in (("Duty", duties), (DEADLINE, dated), (CONDITION, conditional)):
        assert Counter(rows[edition, kind].levels) == Counter(d.evidence.value for d in expected) | Counter(text=0)


def test_what_is_beside_the_editions_is_counted_too(rows):
    law = CODE.law

    assert rows["", "Scheme"].total == len(law.schemes)
    assert rows["", "Provision"].total == len(law.related.provisions)
    assert rows["", "Reading"].total == len(law.readings)
    assert rows["", "Limb of a definition"].total == sum(len(d.limbs) for d in law.related.definitions.values())
    assert rows["", "Measure"].total > 20


def test_a_statement_that_changes_comes_or_goes_is_counted_once(tmp_path):
    data = shutil.copytree(DATA, tmp_path / "data")
    keep(data, tmp_path / "last.yaml")
    duties = data / "editions" / "code-2021" / "right-12-complaint.yaml"
    text = duties.read_text(encoding="utf-8")
    first, *others = re.split(r"(?m)^(?=- id: )", text)[1:]
    changed = first.replace("evidence: secondary", "evidence: text")
    assert changed != first
    duties.write_text(
        changed + "".join(others[:-1]) + others[-1].replace("- id: ", "- id: another-", 1), encoding="utf-8"
    )
    found = {
        (r.group, r.kind): (r.new, r.changed, r.gone)
        for r in counted(statements_in(data), last_law(tmp_path / "last.yaml"))
    }

    assert found["code-2021", "Duty"] == (1, 1, 1)
    assert {counts for key, counts in found.items() if key[0] != "code-2021"} == {(0, 0, 0)}


def test_the_law_that_was_kept_is_the_one_before_this():
    versions = re.findall(r"(?m)^## Law (\S+)$", (ROOT / "CHANGES-IN-LAW.md").read_text(encoding="utf-8"))

    assert versions[0] == CODE.law.version
    assert last_law().version == versions[1]
