"""Who does what for victims: the duties of each role, its term, and the line to which it answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from victims_code.arguments import checked
from victims_code.commissioning.governance.boards import board_profiles
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word, by_id, named
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class RoleProfile(Sourced):
    """What a source says of a role: its duties, its term, the boards it sits on, and to whom it answers.

    ``term_months`` is the length of a first term. ``ended_by``, ``reviews`` and ``absence`` say how it can end early,
    how performance is reviewed, and what may follow from missing a meeting without good reason. ``independent``: the
    holder must not have worked for the office. ``conditions`` are further facts of the post, such as vetting or grade.
    """

    id: str
    title: str
    answers_to: str | None = None
    term_months: int | None = None
    extendable: bool | None = None
    ended_by: str | None = None
    reviews: str | None = None
    absence: str | None = None
    independent: bool = False
    chairs: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    duties: tuple[Word, ...] = ()
    conditions: tuple[Word, ...] = ()

    __repr__ = one_line_repr("{0.id}: {0.title}")


@cache
def role_profiles() -> Mapping[str, RoleProfile]:
    """The roles named in commissioners' and forces' documents, by identifier.

    :raises LawDataError: if the data is broken.

    >>> advocate = role_profiles()["victims-advocate"]
    >>> len(advocate.duties), advocate.duties[-1].title
    (22, 'Scan national policy on victims and respond to it')
    """
    file = DataFile.open("commissioning/role-profiles.yaml")
    profiles = file.all(RoleProfile)
    for n, profile in enumerate(profiles):
        if profile.answers_to is not None:
            file.unknown((n, "answers_to"), "role", profile.answers_to, (known.id for known in profiles))
        for key, boards in (("chairs", profile.chairs), ("seats", profile.seats)):
            for m, board in enumerate(boards):
                file.unknown((n, key, m), "board", board, board_profiles())
    file.finish()
    return by_id(profiles)


@checked
def line_of_accountability(role: str) -> tuple[str, ...]:
    """The titles from a role up to the one that answers to no other.

    :raises UnknownNameError: if there is no such role, naming the nearest.

    >>> line_of_accountability("strategic-lead-for-victims")[:3]
    ('Strategic Lead for Victims', 'Chief Constable', 'Police and Crime Commissioner')
    """
    profile = named(role_profiles(), role, "role")
    titles = [profile.title]
    while profile.answers_to is not None:
        profile = role_profiles()[profile.answers_to]
        titles.append(profile.title)
    return tuple(titles)
