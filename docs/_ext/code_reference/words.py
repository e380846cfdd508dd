"""How the parts of a statement are put into words, as MyST text with links to the vocabulary and the sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from attrs import fields, has

from code_reference.book import Book
from code_reference.labels import label_of
from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not, Value
from victims_code.dates import spell
from victims_code.law import (
    Before,
    Citation,
    Declinable,
    Discharge,
    Duty,
    Edition,
    Evidence,
    Limit,
    Occurrence,
    Part,
    SchemeLimit,
    Within,
)

__all__ = ["WORDS", "escape", "link"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|{}$#~])")


def escape(text: object) -> str:
    r"""Text that stands in MyST as it is written.

    >>> escape("a [b] <c> *d*")
    'a \\[b\\] \\<c\\> \\*d\\*'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def link(text: object, label: str) -> str:
    """A link to an anchor of the documentation."""
    return f"[{escape(text)}](#{label})"


def words(name: str) -> str:
    """An identifier as words.

    >>> words("suspect-arrested")
    'suspect arrested'
    """
    return name.replace("-", " ").replace("_", " ")


def day(value: date | None) -> str:
    """A date as people write it; a dash where there is none."""
    return "–" if value is None else spell(value)


def part_title(part: Part, edition: Edition) -> str:
    """A part with its number, such as *Right 6: To be provided …*; only its title where it has no number."""
    label = edition.part_label(part.id)
    return part.title if label == part.title else f"{label}: {part.title}"


def body(id_: str, book: Book) -> str:
    """A body, linked; ``victim`` is nobody's body and stays a word."""
    return link(book.words.bodies[id_].title, f"body-{id_}") if id_ in book.words.bodies else escape(id_)


def bodies(ids: Iterable[str], book: Book) -> str:
    """Several bodies, of whom the one that acted or decided owes the duty."""
    return " or ".join(body(id_, book) for id_ in ids)


def event(id_: str, book: Book) -> str:
    """An event, linked by its title."""
    return link(book.words.events[id_].title, f"event-{id_}")


def trigger(duty: Duty, book: Book) -> str:
    """What starts a duty."""
    if duty.trigger.event == "any":
        return "the first event on record: it holds from the outset"
    each = f", for each {duty.trigger.each}" if duty.trigger.each else ""
    which = {None: "", Occurrence.FIRST: ", the first on record", Occurrence.LATER: ", each after the first on record"}
    return event(duty.trigger.event, book) + which[duty.trigger.occurrence] + each


def discharge(act: Discharge | None, book: Book) -> str:
    """What shows that a duty has been done."""
    if act is None:
        return "no record in the vocabulary shows it"
    if act.receipt:
        return "its receipt, on record as `received`"
    parts = [event(str(act.event), book)]
    if act.about in book.words.events:
        parts.append(f"about {event(str(act.about), book)}")
    elif act.about:
        parts.append(f"about {link(book.words.topics[act.about].title, f'topic-{act.about}')}")
    if act.match:
        parts.append(f"for the same {' and '.join(act.match)}")
    return ", ".join(parts)


def declinable(what: Declinable | None, book: Book) -> str:
    """Whether and how the victim may decline."""
    if what is None:
        return "no"
    names = {Declinable.UPDATES: "updates-declined", Declinable.SERVICE: "service-declined"}
    return f"yes: {event(names[what], book)}"


def limit(of: Limit, book: Book) -> str:
    """A time limit."""
    if isinstance(of, Before):
        return f"before: {event(of.before, book)}"
    if isinstance(of, Within):
        return escape(of.words.removesuffix(" of it")) + (" of the event" if of.words.endswith(" of it") else "")
    return escape(of.words)


def scheme_limit(of: SchemeLimit) -> str:
    """The number of a scheme's limit, or that it has none."""
    if of.within is None:
        return "no number"
    return f"{of.within} {words(of.unit.value)}{'' if of.within == 1 else 's'}"


def condition(of: Condition, book: Book, depth: int = 0) -> str:
    """A condition as a nested list of questions, each with the answer it needs."""
    indent = "  " * depth
    if isinstance(of, Leaf):
        return f"{indent}- {_leaf(of, book)}"
    if isinstance(of, Not):
        return f"{indent}- not:\n{condition(of.part, book, depth + 1)}"
    lead = {AllOf: "all of these:", AnyOf: "any of these:"}[type(of)]
    return "\n".join([f"{indent}- {lead}", *(condition(part, book, depth + 1) for part in of.parts)])


_TESTS = {
    "is": "",
    "is-not": "anything but ",
    "in": "one of ",
    "at-least": "at least ",
    "at-most": "at most ",
    "before": "before ",
    "on-or-after": "on or after ",
}


def _leaf(leaf: Leaf, book: Book) -> str:
    answers = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    wanted = " or ".join(_answer(value) for value in answers)
    return f"{link(book.words.facts[leaf.fact].question, f'fact-{leaf.fact}')} **{_TESTS[leaf.test]}{wanted}**"


def _answer(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(value) if isinstance(value, date) else words(str(value))


def citation(of: Citation | Mapping[str, str], book: Book) -> str:
    """A citation: the place, the source, and what was read of it."""
    cited = of if isinstance(of, Citation) else Citation(**dict(of))  # type: ignore[arg-type]
    source = book.law.sources[cited.source]
    place = f"{escape(cited.locator)}, " if cited.locator else ""
    note = f" {escape(cited.note)}" if cited.note else ""
    named = f"{place}{link(source.title, label_of(source))}, {escape(source.publisher)}."
    return f"{named} *Read:* {escape(source.read)}{note}"


def evidence(level: object) -> str:
    """An evidence level as a coloured word."""
    return f"[{level}]{{.evidence .{level}}}"


def rows(names: Iterable[str], part: str) -> str:
    """Rows of the research, linked to the index."""
    return ", ".join(link(name, f"row-{part}-{name.lower()}") for name in names)


def outline(thing: object, book: Book, within: str = "", depth: int = 0) -> str:
    """Everything a thing of the law holds as a nested list, for kinds that have no page of their own yet."""
    indent = "  " * depth
    lines: list[str] = []
    for attribute in fields(type(thing)):
        value = getattr(thing, attribute.name)
        if value is None or value == () or not attribute.init:
            continue
        name = f"{indent}- *{words(attribute.name)}*:"
        items = value if isinstance(value, tuple) else (value,)
        if isinstance(value, AllOf | AnyOf | Leaf | Not):
            lines += [name, condition(value, book, depth + 1)]
        elif any(has(type(item)) and not isinstance(item, Citation) for item in items):
            lines.append(name)
            for item in items:
                label = label_of(item, within)
                lines += [f"{indent}  - [{words(str(getattr(item, 'id', attribute.name)))}]{{#{label}}}"]
                lines.append(outline(item, book, within, depth + 2))
        else:
            lines.append(f"{name} {'; '.join(_plain(item, book) for item in items)}")
    return "\n".join(lines)


def _plain(value: object, book: Book) -> str:
    if isinstance(value, Citation):
        return citation(value, book)
    if isinstance(value, Evidence):
        return evidence(value)
    return day(value) if isinstance(value, date) else escape(value)


WORDS: dict[str, Callable[..., str]] = {
    function.__name__: function
    for function in (
        bodies,
        body,
        citation,
        condition,
        day,
        declinable,
        discharge,
        escape,
        event,
        evidence,
        label_of,
        limit,
        link,
        outline,
        part_title,
        rows,
        scheme_limit,
        trigger,
        words,
    )
}
"""The functions every template can use, by name."""
