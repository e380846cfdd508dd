"""The law files as plain documents, and the three-valued logic of their conditions (design.md 2.2, 2.3 and 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import yaml

from .days import DATA

Truth = bool | None
Ask = Callable[[str], Truth | str]


def document(*where: str) -> object:
    return yaml.safe_load(DATA.joinpath(*where).read_text(encoding="utf-8"))


@cache
def editions() -> list[dict]:
    return document("editions.yaml")["editions"]


def edition_on(day: date) -> str | None:
    """Reading *governing-edition*: the one in force on the day."""
    for edition in editions():
        if edition["in_force_from"] <= day and (edition["in_force_until"] is None or day <= edition["in_force_until"]):
            return edition["id"]
    return None


@cache
def duties(edition: str) -> list[dict]:
    parts = document("editions", edition, "edition.yaml")["parts"]
    return [duty for part in parts if "file" in part for duty in document("editions", edition, part["file"]) or ()]


@cache
def all_duties() -> dict[str, dict]:
    return {duty["id"]: duty for edition in editions() for duty in duties(edition["id"])}


@cache
def eligibility(edition: str) -> dict:
    return document("editions", edition, "eligibility.yaml")


@cache
def facts() -> dict[str, dict]:
    return {fact["id"]: fact for fact in document("vocabulary", "facts.yaml")}


@cache
def events() -> dict[str, dict]:
    return {event["id"]: event for event in document("vocabulary", "events.yaml")}


@cache
def topics() -> list[str]:
    return [topic["id"] for topic in document("vocabulary", "topics.yaml")]


@cache
def schemes() -> list[dict]:
    return [document("schemes", path.name) for path in sorted((DATA / "schemes").glob("*.yaml"))]


def any_of(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def all_of(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def holds(condition: dict | None, ask: Ask) -> Truth:
    """Whether a condition holds, if `ask` answers for a fact. No condition always holds."""
    if condition is None:
        return True
    if "any" in condition:
        return any_of([holds(each, ask) for each in condition["any"]])
    if "all" in condition:
        return all_of([holds(each, ask) for each in condition["all"]])
    if "not" in condition:
        return negated(holds(condition["not"], ask))
    value = ask(condition["fact"])
    if value is None:
        return None
    if "is-not" in condition:
        return value != condition["is-not"]
    if "in" in condition:
        return value in condition["in"]
    return value == condition["is"]
