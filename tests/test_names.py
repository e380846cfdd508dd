"""The names of the vocabulary as types: made from the data, and of use to a type checker."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import victims_code as vc
import write_names
from victims_code.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[1]
CODE = """
from datetime import date
import victims_code as vc
vc.Event(event="suspect-arested", at=date(2026, 4, 2))
vc.Event(event="suspect-arrested", at=date(2026, 4, 2))
vc.Assertion(fact="hate-crimes")
vc.deadline("inform-suspect-arested", on=date(2026, 4, 2))
vc.Victim(reference="V1", facts={"hate-crimes": True})
vc.Victim(reference="V1", facts={"hate-crime": True})
"""


def test_the_types_are_those_of_the_data():
    assert write_names.WRITTEN.read_text(encoding="utf-8") == write_names.text(), "run: python3 dev.py names"
    assert set(write_names.names()["EventId"]) == set(load_vocabulary().events)


@pytest.mark.long
def test_mypy_refuses_a_misspelt_name(tmp_path):
    file = tmp_path / "case.py"
    file.write_text(CODE, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "mypy", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    ).stdout
    assert [int(line.split(":")[1]) for line in said.splitlines() if ": error: " in line] == [4, 6, 7, 8]


def test_the_vocabulary_has_every_name_with_a_title_or_question():
    words = vc.vocabulary
    for kind, listed in {
        "EventId": words.events,
        "FactId": words.facts,
        "BodyId": words.bodies,
        "CategoryId": words.categories,
        "DutyId": words.duties,
        "TopicId": words.topics,
    }.items():
        assert set(listed) == set(write_names.names()[kind])
        assert all(getattr(word, "title", "") or word.question for word in listed.values())
    assert {fact.of for fact in words.facts.values()} == {"victim", "case"}
    assert words.duties["refer-to-vcs"].editions == ("code-2013", "code-2015", "code-2021")
    assert "referral" in words.duties["refer-to-support"].synonyms
