"""What is not known, as questions: each once, with the victim, offence or event that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from victims_code.arguments import checked
from victims_code.plain import PlainAssessment
from victims_code.render.tables import day, listed
from victims_code.vocabulary import SPEAKING, SPEAKS_FOR, load_vocabulary


class Question(TypedDict):
    """What is missing, about whom or what, and how to ask for it."""

    fact: str
    about: str
    question: str


@checked
def questions_of(result: PlainAssessment) -> list[Question]:
    """Every fact, date or reference that is missing somewhere in a result, as a question, in the order it is met."""
    found: dict[tuple[str, str], Question] = {}
    for fact, victim, event in _missing(result):
        about = load_vocabulary().about(fact, victim=victim, event=event)
        found.setdefault((fact, about), {"fact": fact, "about": about, "question": load_vocabulary().question(fact)})
    return list(found.values())


@checked
def question_rows(result: PlainAssessment) -> list[tuple[str, ...]]:
    """The questions in the words of ``QUESTION_COLUMNS``, what is asked of several victims in one row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for asked in questions_of(result):
        rows.setdefault((asked["question"], asked["fact"]), []).append(asked["about"])
    return [(question, listed(about), fact) for (question, fact), about in rows.items()]


def _missing(result: PlainAssessment) -> Iterator[tuple[str, str | None, str | None]]:
    """What is missing, with the victim and the event it is missing for."""
    elsewhere = _asked_of_others(result)
    for person in result["eligibility"]:
        others = elsewhere.get(person["victim"], ())
        yield from ((fact, person["victim"], None) for fact in person["missing_facts"] if fact not in others)
    for one in result["obligations"]:
        event = event_named(one["trigger"], one["triggered_on"], one["suspect"])
        others = elsewhere.get(one["victim"] or "", ())
        yield from ((fact, one["victim"], event) for fact in one["missing_facts"] if fact not in others)
    for window in result["windows"]:
        opened_by = window["opened_by"] and event_named(window["opened_by"], window["opened_on"], window["suspect"])
        yield from ((fact, window["victim"], opened_by) for fact in window["missing_facts"])
    for measures in result["special_measures"]:
        yield from ((fact, measures["victim"], None) for fact in measures["missing_facts"])


def _asked_of_others(result: PlainAssessment) -> dict[str, set[str]]:
    """What is not asked of those who are there to speak for others, because it is asked of these."""
    people = result["eligibility"]
    speaking = {
        one["victim"] for one in people if one["capacity"] in SPEAKING and SPEAKS_FOR not in one["missing_facts"]
    }
    asked = {fact for one in people if one["capacity"] not in SPEAKING for fact in one["missing_facts"]}
    return dict.fromkeys(speaking, asked)


def event_named(name: str, on: str | None, suspect: str | None) -> str:
    """What an event is called in a question: its name, its day and its suspect."""
    parts: Sequence[str | None] = (name.replace("-", " "), on and day(on), suspect and f"({suspect})")
    return " ".join(part for part in parts if part)
