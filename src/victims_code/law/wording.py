"""What a duty says, field by field and in words, and in which fields two duties differ."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not
from victims_code.law.duties import Discharge, Duty, Occurrence, Trigger
from victims_code.law.editions import Edition
from victims_code.printable import one_line_repr
from victims_code.vocabulary import load_vocabulary

DUTY_FIELDS = (
    "title",
    "force",
    "owed-by",
    "owed-to",
    "trigger",
    "applies-when",
    "discharged-by",
    "deadline",
    "declinable",
)
"""The fields of a duty in which editions are compared. Evidence and sources are no part of what the law says."""


@frozen(kw_only=True)
class FieldChange:
    """One thing that differs: what it is, how it was, and how it is."""

    what: str
    old: str
    new: str

    __repr__ = one_line_repr("{0.what}: {0.old} to {0.new}")


def fields_that_differ(earlier: Duty, later: Duty) -> tuple[str, ...]:
    """The fields in which two duties differ, in the order of :data:`DUTY_FIELDS`."""
    return tuple(
        name
        for name in DUTY_FIELDS
        if getattr(earlier, name.replace("-", "_")) != getattr(later, name.replace("-", "_"))
    )


def field_changes(earlier: Duty, then: Edition, later: Duty, now: Edition) -> tuple[FieldChange, ...]:
    """What differs between two duties, in the words of their editions."""
    return tuple(
        FieldChange(what=name.replace("-", " "), old=_WORDS[name](earlier, then), new=_WORDS[name](later, now))
        for name in fields_that_differ(earlier, later)
    )


def duty_in_words(duty: Duty, edition: Edition) -> dict[str, str]:
    """Every field of :data:`DUTY_FIELDS` of a duty in the words of its edition."""
    return {name: _WORDS[name](duty, edition) for name in DUTY_FIELDS}


def condition_in_words(condition: Condition | None) -> str:
    """A condition as people read it.

    >>> from victims_code.conditions import parse_condition
    >>> leaf = {"fact": "sexual-offence", "is": True}
    >>> condition_in_words(parse_condition({"all": [leaf, {"not": {"fact": "under-18", "is": True}}]}))
    'sexual offence and not under 18'
    """
    if condition is None:
        return "always"
    if isinstance(condition, Leaf):
        return _leaf_in_words(condition)
    if isinstance(condition, Not):
        return f"not {_inner(condition.part)}"
    word = " and " if isinstance(condition, AllOf) else " or "
    return word.join(_inner(part) for part in condition.parts)


def _inner(condition: Condition) -> str:
    words = condition_in_words(condition)
    return f"({words})" if isinstance(condition, AllOf | AnyOf) else words


def _leaf_in_words(leaf: Leaf) -> str:
    name = leaf.fact.replace("-", " ")
    if leaf.value is True or leaf.value is False:
        return name if leaf.value is (leaf.test == "is") else f"not {name}"
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return f"{name} {leaf.test.replace('-', ' ')} {' or '.join(str(value).replace('-', ' ') for value in values)}"


def _bodies(duty: Duty, edition: Edition) -> str:
    return ", ".join(edition.body_title(body) for body in duty.owed_by)


def _recipient(duty: Duty, edition: Edition) -> str:
    return "victim" if duty.owed_to == "victim" else edition.body_title(duty.owed_to)


def _trigger(trigger: Trigger) -> str:
    if trigger.event == "any":
        return "from the outset"
    words = load_vocabulary().events[trigger.event].title.lower()
    if trigger.occurrence is not None:
        words += ", the first" if trigger.occurrence is Occurrence.FIRST else ", after the first"
    return words + (f", each {trigger.each}" if trigger.each else "")


def _discharge(act: Discharge | None) -> str:
    if act is None:
        return "no record shows it"
    if act.receipt or act.event is None:
        return "its receipt"
    words = load_vocabulary().events[act.event].title.lower()
    return f"{words} of: {act.about.replace('-', ' ')}" if act.about else words


def _deadline(duty: Duty) -> str:
    limits = duty.deadline
    return limits.standard.words if limits.single else f"{limits.standard.words}; enhanced: {limits.enhanced.words}"


_WORDS: dict[str, Callable[[Duty, Edition], str]] = {
    "title": lambda duty, _: duty.title,
    "force": lambda duty, _: duty.force.value,
    "owed-by": _bodies,
    "owed-to": _recipient,
    "trigger": lambda duty, _: _trigger(duty.trigger),
    "applies-when": lambda duty, _: condition_in_words(duty.applies_when),
    "discharged-by": lambda duty, _: _discharge(duty.discharged_by),
    "deadline": lambda duty, _: _deadline(duty),
    "declinable": lambda duty, _: duty.declinable.value if duty.declinable else "not declinable",
}
