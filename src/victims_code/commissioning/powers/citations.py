"""Checking how an Act is cited: the name, the section or schedule, and what to write instead.

The answer is *right*, *wrong* or *cannot tell*. Only what was read in the text of an Act counts: a provision that was
not read is neither confirmed nor refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.powers.acts import (
    Act,
    ProvisionPlace,
    find_provisions,
    known_acts,
    read_provision,
    whole,
)
from victims_code.commissioning.powers.power import Power, Powers
from victims_code.commissioning.records import Typed
from victims_code.conditions import Truth
from victims_code.dates import Moment, civil_date, format_date
from victims_code.errors import WrongValueError
from victims_code.law.provisions import InForce
from victims_code.reading.documents import Plain, fields_as_plain

_LIKE = 0.72
"""How alike two names of Acts of one year must be for the one to be taken for a slip of the other."""


class CitationStanding(StrEnum):
    """What a check of a citation comes to."""

    RIGHT = "right"
    WRONG = "wrong"
    CANNOT_TELL = "cannot-tell"


@frozen(kw_only=True)
class CitationVerdict(Typed):
    """What is known of one citation.

    ``wrong`` and ``open`` are sentences: what is wrong, and what could not be told. ``right_citation`` is what to
    write, or None where that is not known. ``powers`` are the encoded powers cited, ``in_force`` whether they were in
    force on the day asked about (None also where no day was asked about).
    """

    text: str
    standing: CitationStanding
    right_citation: str | None
    wrong: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    act: str | None = None
    provision: str | None = None
    powers: tuple[str, ...] = ()
    in_force: Truth = None
    sources: tuple[str, ...] = field(default=(), repr=False)
    """The sources that what is said of it rests on."""
    start: int = field(default=0, repr=False)
    """Where the citation begins in the text that was checked: the number of characters before it."""

    def __str__(self) -> str:
        said = " ".join((*self.wrong, *self.open))
        instead = f" Write: {self.right_citation}." if self.wrong and self.right_citation else ""
        return f"{self.text}: {self.standing.value.replace('-', ' ')}. {said}{instead}".strip()

    def to_dict(self) -> dict[str, Plain]:
        """The verdict as plain values."""
        return fields_as_plain(self)


@checked
def check_citation(text: str, *, on: Moment | None = None) -> CitationVerdict:
    """Whether a citation is right, what is wrong with it, and what to write instead.

    :param text: one citation, such as ``s.143 ASBCPA 2014`` or *paragraph 14 of Schedule 1 to the Police Reform and
        Social Responsibility Act 2011*.
    :param on: also say whether what is cited was in force on this day.
    :raises WrongValueError: if the text is empty or holds more than one citation; then use :func:`check_citations`.

    >>> verdict = check_citation("PRSRA 2011 Sch 11 para 14")
    >>> verdict.standing.value, verdict.right_citation
    ('wrong', 'Police Reform and Social Responsibility Act 2011, Sch 1 para 14')
    >>> check_citation("section 143 of the Antisocial Behaviour, Policing and Crime Act 2014").right_citation
    'Anti-social Behaviour, Crime and Policing Act 2014, s.143'
    >>> check_citation("PRSRA 2011 s.77").standing.value
    'cannot-tell'
    """
    found = check_citations(text, on=on)
    if len(found) == 1:
        return found[0]
    if not found:
        raise WrongValueError(faults.NO_CITATION.at())
    raise WrongValueError(faults.SEVERAL_CITATIONS.at(count=len(found)))


@checked
def check_citations(text: str, *, on: Moment | None = None) -> tuple[CitationVerdict, ...]:
    """Every citation in a text, checked, in the order of the text.

    >>> [verdict.standing.value for verdict in check_citations("Under s.5 VPA 2024 and section 9 of the PRSRA 2011.")]
    ['right', 'right']
    """
    day = None if on is None else civil_date(on)
    return tuple(
        evolve(_verdict(words, named, provision, day), start=start)
        for start, words, named, provision in _citations(text)
    )


@frozen
class _NamedAct:
    """An Act as a text names it: the words, the Act meant if any, and what is wrong with the words."""

    words: str
    act: Act | None
    wrong: str | None = None
    source: str | None = None


def _verdict(words: str, named: _NamedAct | None, provision: ProvisionPlace, on: date | None) -> CitationVerdict:
    act = named.act if named else None
    wrong, open_, sources = [], [], []
    if named and named.wrong:
        wrong.append(named.wrong)
        sources += [named.source] if named.source else []
    if act is None:
        open_.append(
            f"No Act called {named.words!r} is known here, and none like it of that year."
            if named
            else "No Act is named."
        )
        return CitationVerdict(
            text=words,
            standing=CitationStanding.CANNOT_TELL,
            right_citation=None,
            open=tuple(open_),
            provision=str(provision) or None,
        )
    right = provision
    powers: tuple[Power, ...] = ()
    unsure, beyond = False, list[str]()
    if not provision.empty:
        mistake = _mistake(act, provision)
        if mistake is not None:
            reason, right, source = mistake
            wrong.append(reason)
            sources += [source] if source else []
        powers = () if right.empty else Powers.load().cited(act, right)
        if mistake is None:
            beyond, unread = _part(powers, provision)
            wrong += beyond
            open_ += unread
            unsure = bool(unread)
    sources += [citation.source for power in powers for citation in power.cites]
    in_force, note = _in_force(powers, on)
    if note:
        open_.append(note)
    standing = CitationStanding.WRONG if wrong else CitationStanding.CANNOT_TELL if unsure else CitationStanding.RIGHT
    known = provision.empty or (powers and not unsure)
    return CitationVerdict(
        text=words,
        standing=standing,
        right_citation=", ".join(part for part in (act.title, str(right)) if part) if known and not beyond else None,
        wrong=tuple(wrong),
        open=tuple(open_),
        act=act.id,
        provision=str(provision) or None,
        powers=tuple(power.id for power in powers),
        in_force=in_force,
        sources=tuple(dict.fromkeys(sources)) or tuple(citation.source for citation in act.cites),
    )


def _mistake(act: Act, provision: ProvisionPlace) -> tuple[str, ProvisionPlace, str | None] | None:
    """Why a provision cannot be right, and the right one, if that is known."""
    for mistake in act.mistaken:
        cited = read_provision(mistake.cited)
        if (cited.section, cited.schedule, cited.paragraph) == (
            provision.section,
            provision.schedule,
            provision.paragraph,
        ):
            return mistake.why, read_provision(mistake.right), mistake.seen_in
    for schedule in act.schedules:
        if schedule.number == provision.schedule and provision.paragraph:
            if whole(provision.paragraph) <= schedule.paragraphs:
                return None
            what = f"Schedule {schedule.number} of the {act.title} has {schedule.paragraphs} paragraphs."
            return what, ProvisionPlace(), None
    if act.last_section is not None and provision.section and whole(provision.section) > act.last_section:
        return f"The {act.title} ends with section {act.last_section}.", ProvisionPlace(), None
    return None


def _part(powers: tuple[Power, ...], provision: ProvisionPlace) -> tuple[list[str], list[str]]:
    """What is wrong with the part of a provision that is cited, and what cannot be told of it."""
    if provision.last is not None and provision.section is not None:
        known = {power.place.section for power in powers}
        numbers = range(whole(provision.section), whole(provision.last) + 1)
        unread = ", ".join(f"s.{n}" for n in numbers if str(n) not in known)
        return [], [f"Nothing was read of {unread}."] if unread else []
    if not powers:
        return [], [f"Nothing was read of {provision}."]
    if not provision.sub or any(power.place.sub.startswith(provision.sub) for power in powers):
        return [], []
    number = provision.sub[1 : provision.sub.index(")")]
    whole_provision = ProvisionPlace(
        section=provision.section, schedule=provision.schedule, paragraph=provision.paragraph
    )
    counted = next((power.subsections for power in powers if power.subsections is not None), None)
    if counted is None or not number.isdigit():
        return [], [f"{whole_provision} was read, but its parts were not counted."]
    if int(number) > counted:
        return [f"{whole_provision} has {counted} parts, so there is no {provision}."], []
    return [], []


def _in_force(powers: tuple[Power, ...], on: date | None) -> tuple[Truth, str | None]:
    if on is None or not powers:
        return None, None
    truths = {power.in_force.in_force(on) for power in powers}
    if truths == {True}:
        return True, None
    if truths == {False}:
        return False, f"It was not in force on {format_date(on)}."
    standings = [power.in_force.standing(on) for power in powers]
    partly = [standing.why for standing in standings if standing and standing.answer is InForce.PARTLY]
    if partly:
        return None, f"It was only partly in force on {format_date(on)}. {' '.join(partly)}"
    return None, f"Whether it was in force on {format_date(on)} is not known from anything that was read."


def _citations(text: str) -> Iterator[tuple[int, str, _NamedAct | None, ProvisionPlace]]:
    """The citations in a text: each provision with the Act it goes with, and each Act that has no provision."""
    named = _named_acts(text)
    taken: set[int] = set()
    found: list[tuple[int, str, _NamedAct | None, ProvisionPlace]] = []
    for start, end, provision in find_provisions(text):
        if any(a <= start < b for a, b, _ in named):
            continue
        n = _act_of(text, start, end, named)
        if n is None:
            found.append((start, text[start:end].strip(), None, provision))
        else:
            a, b, act = named[n]
            taken.add(n)
            between = text[b:start] if b <= start else text[end:a]
            first, last = (start, end) if _SENTENCE_ENDS.search(between) else (min(a, start), max(b, end))
            found.append((first, text[first:last].strip(), act, provision))
    found += [(a, text[a:b], alone, ProvisionPlace()) for n, (a, b, alone) in enumerate(named) if n not in taken]
    for start, words, meant, provision in sorted(found, key=lambda item: item[0]):
        yield start, " ".join(words.split()), meant, provision


_JOINED_TO_NEXT = re.compile(
    r"\s*(?:,|\band\b|\d{1,3}[A-Z]*|[-–]|\bof\b|\bto\b|\bin\b|\bthe\b|\bunder\b|\s|\([^)]*\))*\s*", re.IGNORECASE
)
_OF = re.compile(r"\b(?:of|to|in|under)\b", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.;]\s")
_JOINED_TO_LAST = re.compile(r"[\s,.:;–—-]*(?:and|or|to|at)?[\s,]*", re.IGNORECASE)


def _act_of(text: str, start: int, end: int, named: list[tuple[int, int, _NamedAct]]) -> int | None:
    """The Act a provision goes with: the one joined on after it, the one just before it, else the next or the last."""
    after = next((n for n, (a, _, _) in enumerate(named) if a >= end), None)
    before = next((n for n in reversed(range(len(named))) if named[n][1] <= start), None)
    between = text[end : named[after][0]] if after is not None else ""
    joined = after is not None and _JOINED_TO_NEXT.fullmatch(between)
    if joined and _OF.search(between):
        return after
    if before is not None and _JOINED_TO_LAST.fullmatch(text[named[before][1] : start]):
        return before
    if joined:
        return after
    if after is not None and not _SENTENCE_ENDS.search(between):
        return after
    return before if before is not None else after


_SMALL = {"and", "of", "the", "for", "in", "to", "under", "by", "with", "section", "sections", "act", "or"}


def _named_acts(text: str) -> list[tuple[int, int, _NamedAct]]:
    """Every Act a text names, with where its name starts and ends."""
    found: list[tuple[int, int, _NamedAct]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b, _ in found)

    for name, meant, wrong, source in _known_names():
        matches = list(re.finditer(rf"(?<!\w){name}(?!\w)", text, re.IGNORECASE))
        found += [
            (match.start(), match.end(), _NamedAct(match.group(), meant, wrong, source))
            for match in matches
            if free(match.start(), match.end())
        ]
    for match in re.finditer(r"\bAct\s+(\d{4})\b", text):
        start = _start_of_name(text, match.start())
        if start is not None and free(start, match.end()):
            found.append((start, match.end(), _likeness(text[start : match.end()], match.group(1))))
    return sorted(found, key=lambda item: item[0])


def _start_of_name(text: str, end: int) -> int | None:
    """Where the run of capitalised words before ``Act`` begins, small words between them included."""
    start = None
    for match in reversed(list(re.finditer(r"[^\s,]+,?\s*", text[:end]))):
        word = match.group().strip().strip(",")
        if word[:1].isupper() and word != "The":
            start = match.start()
        elif word.lower() not in _SMALL and word != "&":
            break
        if word[-1:] in ".;:":
            break
    return start


def _likeness(words: str, year: str) -> _NamedAct:
    """The Act of that year whose title is like the words, as a slip; or none."""
    same_year = [act for act in known_acts().values() if act.year == year]
    scored = [(SequenceMatcher(None, _plainly(act.title), _plainly(words)).ratio(), act) for act in same_year]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    if best[1] is not None and best[0] >= _LIKE:
        return _NamedAct(words, best[1], f"There is no {words}; the Act is the {best[1].title}.")
    for act in known_acts().values():
        if _plainly(act.title[:-4]) == _plainly(words[:-4]):
            return _NamedAct(words, act, f"The {act.title[:-5]} is of {act.year}, not {year}.")
    return _NamedAct(words, None)


@cache
def _known_names() -> tuple[tuple[str, Act, str | None, str | None], ...]:
    """Every known way of naming an Act as a pattern, right and wrong ones, longest first."""
    names: list[tuple[str, Act, str | None, str | None]] = []
    for act in known_acts().values():
        names += [(name, act, None, None) for name in (act.title, *act.short)]
        names += [(wrong.name, act, _misnamed(wrong.name, act, wrong.why), wrong.seen_in) for wrong in act.misnamed]
    names.sort(key=lambda item: -len(item[0]))
    return tuple((_loosely(name), act, wrong, source) for name, act, wrong, source in names)


def _misnamed(name: str, act: Act, why: str) -> str:
    return f"{name} is not the name of an Act; it is the {act.title}. {why}"


def _loosely(name: str) -> str:
    """A pattern for a name whatever its commas, hyphens and spacing."""
    words = re.findall(r"[\w&]+", name)
    parts = ["(?:and|&)" if word == "and" else re.escape(word) for word in words]
    return r"[\s,‑-]*".join(parts)


def _plainly(text: str) -> str:
    return " ".join(re.findall(r"[a-z]+|\d+", text.lower().replace("-", "").replace("&", "and")))
