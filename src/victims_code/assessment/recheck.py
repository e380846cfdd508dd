"""Checking a stored answer again: what is different today, and what caused it.

A stored result says what it was made with. The case is assessed again for the same day, in steps of which each changes
one thing: the library and its calendar, then the law, then the record. What differs after a step was caused by it. The
record and the law of the time can be handed in; where one is not, and the stamp says that it has changed, what it
caused and what the others caused cannot be told apart, and both are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Any

from attrs import frozen

from victims_code.arguments import checked
from victims_code.plain import PlainAssessment, PlainObligation, PlainStamp, PlainWindow


class Cause(StrEnum):
    """What can make an answer differ from a stored one."""

    VERSION = "version"
    CALENDAR = "calendar"
    LAW = "law"
    READING = "reading"
    RECORD = "record"


_IN_STAMP = {
    Cause.VERSION: ("package",),
    Cause.CALENDAR: ("calendar",),
    Cause.LAW: ("law", "law_hash"),
    Cause.RECORD: ("record",),
}
"""The entries of the stamp that show whether something has changed."""

_OF_AN_ANSWER = ("id", "case", "victim", "title", "urgency", "explanation")
"""What names an answer, or follows from the rest of it."""


@frozen(kw_only=True)
class Difference:
    """One answer that differs: an obligation or window that is new, gone or changed, or who is covered.

    :param about: the title of what it is about, with the victim.
    :param was: the values that differ, as they were; empty if the answer is new.
    :param now: the same values today; empty if the answer is gone.
    :param causes: what caused it; several where they could not be told apart.
    """

    id: str
    about: str
    was: Mapping[str, Any]
    now: Mapping[str, Any]
    causes: tuple[Cause, ...]

    def __str__(self) -> str:
        what = "; ".join(
            f"{name.replace('_', ' ')}: {_shown(self.was, name, self.now)} → {_shown(self.now, name, self.was)}"
            for name in self._names()
        )
        why = " or ".join(self.causes) or "nothing the stamp shows"
        return f"{self.about}: {what}. Cause: {why}."

    def _names(self) -> Sequence[str]:
        if not self.was or not self.now:
            return ["status"] if "status" in (self.was or self.now) else list(self.was or self.now)[:1]
        return list(self.now)

    def to_dict(self) -> dict[str, object]:
        """The difference as plain values."""
        return {
            "id": self.id,
            "about": self.about,
            "was": dict(self.was),
            "now": dict(self.now),
            "causes": [cause.value for cause in self.causes],
        }


def _shown(values: Mapping[str, Any], name: str, other: Mapping[str, Any]) -> str:
    """One side of a difference; of a list of limits only those that differ from the other side."""
    if not values:
        return "not there"
    value = values[name]
    if isinstance(value, dict):  # the record that started or did it
        return " ".join(str(part) for part in value.values() if part is not None)
    if isinstance(value, list):
        if any(isinstance(one, dict) for one in value):
            return "; ".join(_limit(one) for one in value if one not in other.get(name, ())) or "none"
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _limit(limit: Mapping[str, Any]) -> str:
    """A limit of a window with its days."""
    named = {"closes on": "closes_on", "not before": "not_before", "not after": "not_after"}
    days = " and ".join(f"{words} {limit[name]}" for words, name in named.items() if limit[name])
    return f"{limit['title']}, {days or 'no date'}"


@checked
def changed_parts(old: PlainStamp, new: PlainStamp) -> tuple[Cause, ...]:
    """What the stamps of two results show to have changed.

    A stamp without an entry, from before it was written, leaves open whether that has changed; it is named then.
    """
    return tuple(cause for cause, names in _IN_STAMP.items() if any(old.get(name) != new.get(name) for name in names))


@checked
def differences(steps: Sequence[PlainAssessment]) -> tuple[Difference, ...]:
    """What differs from each result to the next, with the parts of the stamp that changed as the cause.

    :param steps: results of one case as at one day: the stored one first, today's last.
    """
    found: list[Difference] = []
    for old, new in pairwise(steps):
        causes = changed_parts(old["stamp"], new["stamp"])
        found += _between(_answers(old), _answers(new), causes)
    return tuple(found)


def _answers(result: PlainAssessment) -> dict[str, Mapping[str, Any]]:
    """Every answer of a result by an identifier that a later assessment keeps."""
    answers: dict[str, Mapping[str, Any]] = {}
    for person in result["eligibility"]:
        about = f"{person['victim']} under {person['edition']}"
        values = {"covered": person["entitled"], "enhanced rights": person["enhanced"]}
        answers[about] = {"title": f"Who is covered: {about}", "victim": None, **values}
    for listed in (result["obligations"], result["windows"]):
        answers |= {one["id"]: one for one in listed}
    return answers


def _between(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], causes: tuple[Cause, ...]
) -> Iterator[Difference]:
    for id_ in dict.fromkeys((*old, *new)):
        was, now = _values(old.get(id_)), _values(new.get(id_))
        if was is not None and now is not None:
            differs = [name for name in now if was.get(name) != now[name]]
            was, now = ({name: values.get(name) for name in differs} for values in (was, now))
            if not differs:
                continue
        either = new.get(id_) or old[id_]
        victim = f" ({either['victim']})" if either["victim"] else ""
        read_otherwise = Cause.LAW in causes and was and now and "readings" in now
        yield Difference(
            id=id_,
            about=f"{either['title']}{victim}",
            was=was or {},
            now=now or {},
            causes=(*causes, Cause.READING) if read_otherwise else causes,
        )


def _values(answer: PlainObligation | PlainWindow | Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if answer is None else {name: v for name, v in answer.items() if name not in _OF_AN_ANSWER}
