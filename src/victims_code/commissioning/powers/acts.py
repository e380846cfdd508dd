"""The Acts that commissioners cite, and places in them: sections and paragraphs of schedules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import takewhile

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.records import Typed
from victims_code.law import load_law
from victims_code.reading.data_files import DataFile, by_id
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class Schedule:
    """A schedule whose paragraphs were counted in the text."""

    number: str
    paragraphs: int
    about: str


@frozen(kw_only=True)
class Misnaming:
    """A wrong name of an Act, why it is wrong, and the document it was found in."""

    name: str
    why: str
    seen_in: str


@frozen(kw_only=True)
class Mistake:
    """A provision that was cited wrongly, the right one, and the document it was found in."""

    cited: str
    right: str
    why: str
    seen_in: str


@frozen(kw_only=True)
class Act(Typed, Sourced):
    """An Act of Parliament as commissioners cite it."""

    id: str
    title: str
    chapter: str
    short: tuple[str, ...] = ()
    last_section: int | None = None
    schedules: tuple[Schedule, ...] = ()
    misnamed: tuple[Misnaming, ...] = ()
    mistaken: tuple[Mistake, ...] = ()

    @property
    def year(self) -> str:
        """The year in its title."""
        return self.title[-4:]


@cache
def known_acts() -> Mapping[str, Act]:
    """The Acts, by identifier.

    :raises LawDataError: if the data is broken.
    """
    file = DataFile.open("commissioning/acts.yaml")
    read = file.all(Act)
    for n, act in enumerate(read):
        for m, wrong in enumerate(act.misnamed):
            file.unknown((n, "misnamed", m, "seen_in"), "source", wrong.seen_in, load_law().sources)
        for m, mistake in enumerate(act.mistaken):
            file.unknown((n, "mistaken", m, "seen_in"), "source", mistake.seen_in, load_law().sources)
            for key in ("cited", "right"):
                if read_provision(getattr(mistake, key)).empty:
                    file.wrong((n, "mistaken", m, key), faults.NOT_A_PROVISION_OF_AN_ACT.at())
    file.finish()
    return by_id(read)


_SUB = r"(?P<{0}>(?:\s?\([0-9A-Za-z]{{1,4}}\))*)"
_PARAGRAPH = r"(?:paragraphs?|paras?)\b\.?\s*"
_SCHEDULE = r"(?:schedule|sched|sch)\b\.?\s*"
_PATTERN = re.compile(
    rf"""
    {_PARAGRAPH}(?P<para1>\d+[A-Z]*){_SUB.format("sub1")}\s*(?:of|to|in|,)?\s*{_SCHEDULE}(?P<sch1>\d+[A-Z]*)
    | {_SCHEDULE}(?P<sch2>\d+[A-Z]*)(?:\s*,?\s*{_PARAGRAPH}(?P<para2>\d+[A-Z]*){_SUB.format("sub2")})?
    | (?:sections?|ss?)(?:\.\s*|\s+|(?=\d))(?P<section>\d+[A-Z]*){_SUB.format("sub3")}
      (?:\s*(?:-|–|to)\s*(?P<last>\d+[A-Z]*))?
    """,
    re.IGNORECASE | re.VERBOSE,
)


_PLURAL = re.compile(r"ss\b|ss\.|sections", re.IGNORECASE)
_MORE = re.compile(
    rf"\s*(?:,|and|&)\s*(?P<number>\d{{1,3}}[A-Z]*)\b{_SUB.format('sub')}(?:\s*(?:-|–|to)\s*(?P<last>\d{{1,3}}[A-Z]*))?",
    re.IGNORECASE,
)


@frozen(kw_only=True)
class ProvisionPlace:
    """A section, or a schedule with or without its paragraph; ``sub`` holds the brackets, such as ``(1)(b)``.

    >>> print(read_provision("section 143 (1)(b)"), "·", read_provision("paragraph 14 of Schedule 11"))
    s.143(1)(b) · Sch 11 para 14
    """

    section: str | None = None
    schedule: str | None = None
    paragraph: str | None = None
    sub: str = ""
    last: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing could be read."""
        return self.section is None and self.schedule is None

    def __str__(self) -> str:
        if self.section is not None:
            return f"ss.{self.section}–{self.last}" if self.last else f"s.{self.section}{self.sub}"
        if self.schedule is None:
            return ""
        return f"Sch {self.schedule}" + (f" para {self.paragraph}{self.sub}" if self.paragraph else "")

    def same_or_part_of(self, cited: ProvisionPlace) -> bool:
        """Whether this is what was cited, a part of it, or what it is a part of."""
        if cited.last is not None and self.section is not None and cited.section is not None:
            return whole(cited.section) <= whole(self.section) <= whole(cited.last)
        if (self.section, self.schedule) != (cited.section, cited.schedule):
            return False
        if cited.paragraph is not None and self.paragraph != cited.paragraph:
            return False
        return not self.sub or not cited.sub or self.sub.startswith(cited.sub) or cited.sub.startswith(self.sub)


def whole(number: str) -> int:
    """The figures of a number such as ``37ZA``."""
    return int("".join(takewhile(str.isdigit, number)))


def find_provisions(text: str) -> list[tuple[int, int, ProvisionPlace]]:
    """Every provision in a text with where it starts and ends; *sections 5, 7 and 9 to 12* are three.

    >>> [str(provision) for _, _, provision in find_provisions("sections 5, 7 and 9 to 12")]
    ['s.5', 's.7', 'ss.9–12']
    """
    found: list[tuple[int, int, ProvisionPlace]] = []
    for match in _PATTERN.finditer(text):
        if not _stands(match):
            continue
        found.append((match.start(), match.end(), _provision(match)))
        if _PLURAL.match(match.group()):
            more = _MORE.match(text, match.end())
            while more:
                number, sub, last = (part or "" for part in more.group("number", "sub", "last"))
                provision = ProvisionPlace(section=number.upper(), sub=sub.replace(" ", ""), last=last.upper() or None)
                found.append((more.start("number"), more.end(), provision))
                more = _MORE.match(text, more.end())
    return found


def read_provision(text: str) -> ProvisionPlace:
    """The first provision in a text; an empty one if there is none."""
    return next((provision for _, _, provision in find_provisions(text)), ProvisionPlace())


def _stands(match: re.Match[str]) -> bool:
    """Whether the match is a word of its own and not the end of another."""
    before = match.string[match.start() - 1 : match.start()]
    return not before.isalnum() and before not in ("'", "’")


def _provision(match: re.Match[str]) -> ProvisionPlace:
    part = match.groupdict()
    sub = (part["sub1"] or part["sub2"] or part["sub3"] or "").replace(" ", "")
    return ProvisionPlace(
        section=_number(part["section"]),
        schedule=_number(part["sch1"] or part["sch2"]),
        paragraph=_number(part["para1"] or part["para2"]),
        sub=sub,
        last=_number(part["last"]),
    )


def _number(text: str | None) -> str | None:
    return text.upper() if text else None
