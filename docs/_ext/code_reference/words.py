"""How the parts of a statement are put into words, as MyST text with links to the vocabulary and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from code_reference.book import Book
from code_reference.labels import label_of
from victims_code.conditions import AllOf, AnyOf, Condition, Leaf, Not, Value
from victims_code.dates import format_date
from victims_code.law import (
    Availability,
    Before,
    Citation,
    CountedFrom,
    Declinable,
    Discharge,
    Duty,
    Edition,
    InForceSpan,
    Limit,
    Occurrence,
    Opening,
    Part,
    SchemeLimit,
    Shift,
    SpecialMeasuresLaw,
    Unit,
    Within,
)
from victims_code.vocabulary import Derived, FactName

__all__ = [
    "bodies",
    "body",
    "citation",
    "condition",
    "day",
    "days_of",
    "declinable",
    "discharge",
    "duty_link",
    "escape",
    "event",
    "evidence",
    "follows_from",
    "limit",
    "link",
    "number",
    "open_to",
    "opening",
    "part_title",
    "scheme_limit",
    "span_of_days",
    "trigger",
    "words",
]

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
    return "–" if value is None else format_date(value)


def body(id_: str, book: Book) -> str:
    """A body, linked; ``victim`` is no one's body and stays a word."""
    return link(book.words.bodies[id_].title, f"body-{id_}") if id_ in book.words.bodies else escape(id_)


def bodies(ids: Iterable[str], book: Book) -> str:
    """Several bodies, of whom the one that acted or decided owes the duty."""
    return " or ".join(body(id_, book) for id_ in ids)


def duty_link(edition: str, id_: str, book: Book) -> str:
    """A duty of an edition, linked by its title."""
    return link(book.law.editions[edition].duties[id_].title, f"{edition}-{id_}")


def event(id_: str, book: Book) -> str:
    """An event, linked by its title."""
    return link(book.words.events[id_].title, f"event-{id_}")


def part_title(edition: Edition, part: Part) -> str:
    """What a part of an edition is called: its number and its title, or its title where it has no number."""
    label = edition.part_label(part.id)
    return part.title if label == part.title else f"{label}: {part.title}"


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


def number(count: int, unit: Unit) -> str:
    """A number of units of time.

    >>> number(1, Unit.MONTH), number(10, Unit.WORKING_DAY)
    ('1 month', '10 working days')
    """
    return f"{count} {words(unit.value)}{'' if count == 1 else 's'}"


def opening(of: Opening, book: Book) -> str:
    """What a window opens with."""
    if of.event is None:
        return "the day of the offence" + (", when:" if of.when else "")
    first = "the first event on record" if of.event == "any" else event(of.event, book)
    together = ", all of one suspect together" if of.together else ""
    return first + together + (", when:" if of.when else "")


def scheme_limit(of: SchemeLimit, book: Book) -> str:
    """When a limit of a scheme ends: a number of days, a birthday, an event still to come, or no number known."""
    if of.until_age is not None:
        return f"until the birthday at which the victim is {of.until_age}"
    if of.ends_with is not None:
        return f"until: {event(of.ends_with.event, book)}"
    if of.within is None:
        return "no number"
    counted = {
        CountedFrom.OPENING: "what opened the window",
        CountedFrom.LAST_OPENING: "the last of what opened the window",
        CountedFrom.TOLD: "the victim being told of it",
        CountedFrom.RECEIVED: "its receipt",
    }
    start = event(str(of.event), book) if of.counted_from is CountedFrom.EVENT else counted[of.counted_from]
    moved = {Shift.BACK: ", or the last working day before", Shift.FORWARD: ", or the next working day"}
    early = moved[of.shift] if of.shift else ""
    if of.safe_within is not None:
        early += f" (for {of.belongs_to}; a victim is safe within {number(of.safe_within, of.unit)})"
    hour = f", until {of.until_hour:%H:%M}" if of.until_hour is not None else ""
    return f"{number(of.within, of.unit)} from: {start}{early}{hour}"


def days_of(thing: object) -> str:
    """The days on which something is law; nothing where it has no bounds."""
    since, until = getattr(thing, "since", None), getattr(thing, "until", None)
    return " ".join([f"from {day(since)}"] * bool(since) + [f"until {day(until)}"] * bool(until))


def span_of_days(of: InForceSpan) -> str:
    """Days on which a provision was in force, and what brought it in."""
    latest = " at the latest" if of.at_latest else ""
    until = f" until {day(of.until)}" if of.until else ""
    by = f", under {escape(of.instrument)}" if of.instrument else ""
    purpose = f", but only for {escape(of.only_for)}" if of.only_for else ""
    note = f" {escape(of.note)}" if of.note else ""
    return f"since {day(of.since)}{latest}{until}{by}{purpose}.{note}"


def open_to(of: Availability, law: SpecialMeasuresLaw) -> str:
    """To whom a measure is open, and since when."""
    grounds = {ground.id: ground for ground in law.grounds}
    named = [law.group(id_).title for id_ in of.groups]
    linked = [link(grounds[id_].title, label_of(grounds[id_])) for id_ in of.grounds]
    return "; ".join([*map(escape, named), *linked]) + (f", {days_of(of)}." if days_of(of) else ".")


def follows_from(fact: FactName, book: Book) -> str:
    """What a fact follows from that is not stated as such."""
    below = f", below {fact.below} years" if fact.below else ""
    if fact.derived is Derived.EVENT_ON_RECORD:
        return f"the record of: {event(str(fact.event), book)}{f', of the same {fact.each}' if fact.each else ''}"
    if fact.derived is Derived.AGE_AT_EVENT:
        return f"the age at the first: {event(str(fact.event), book)}{below}"
    return f"{words(str(fact.derived))}{below}"


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
    reader = f", {escape(cited.read_by.in_words)}" if cited.read_by else ""
    note = f" {escape(cited.note)}" if cited.note else ""
    named = f"{place}{link(source.title, label_of(source))}, {escape(source.publisher)}{reader}."
    return f"{named} *Read:* {escape(source.read)}{note}"


def evidence(level: object) -> str:
    """An evidence level as a coloured word."""
    return f"[{level}]{{.evidence .{level}}}"
