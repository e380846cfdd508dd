"""Every duty by its name: what it is called, who owes it to whom, and under which editions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from attrs import frozen

from victims_code.law import load_law
from victims_code.printable import one_line_repr
from victims_code.vocabulary import load_vocabulary


@frozen(kw_only=True)
class DutyName:
    """A duty as the newest edition that has it calls it.

    >>> duty_names()["refer-to-vcs"].editions
    ('code-2013', 'code-2015', 'code-2021')
    """

    id: str
    title: str
    owed_by: tuple[str, ...]
    """The bodies that owe it under that edition."""
    owed_to: str
    """``victim``, or the body to which it is owed."""
    editions: tuple[str, ...]
    """The editions that have it, the earliest first."""
    synonyms: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.id}")


@cache
def duty_names() -> Mapping[str, DutyName]:
    """The duties of every edition, those of the newest edition first."""
    editions = sorted(load_law().editions.values(), key=lambda one: one.info.in_force_from)
    words = load_vocabulary().duty_words
    found: dict[str, DutyName] = {}
    for edition in reversed(editions):
        for name, duty in edition.duties.items():
            if name not in found:
                found[name] = DutyName(
                    id=duty.id,
                    title=duty.title,
                    owed_by=duty.owed_by,
                    owed_to=duty.owed_to,
                    editions=tuple(one.id for one in editions if name in one.duties),
                    synonyms=words[name].synonyms if name in words else (),
                )
    return MappingProxyType(found)
