"""The lineage of duties: what became of each from one edition to the next, as the data states it."""

from __future__ import annotations

from attrs import frozen

from victims_code.law.editions import Statement
from victims_code.reading.sources import Citation, Evidence

__all__ = ["LineageStep", "Succession"]


@frozen(kw_only=True)
class Succession:
    """What became of some duties, why, and what that rests on.

    ``duties`` are duties of the earlier edition, or for new ones of the later. ``into`` names the duties of the later
    edition that merged or split ones became; ``what`` the fields in which a changed duty differs.
    """

    duties: tuple[str, ...]
    why: str
    evidence: Evidence
    cites: tuple[Citation, ...]
    into: tuple[str, ...] = ()
    what: tuple[str, ...] = ()


@frozen(kw_only=True)
class LineageStep:
    """The step from one edition to the next.

    A duty that has the same identifier and the same content in both needs no entry. ``stated`` holds what sources say
    of the change as a whole.
    """

    earlier: str
    later: str
    stated: tuple[Statement, ...] = ()
    new: tuple[Succession, ...] = ()
    dropped: tuple[Succession, ...] = ()
    changed: tuple[Succession, ...] = ()
    merged: tuple[Succession, ...] = ()
    split: tuple[Succession, ...] = ()

    def links(self, duties: frozenset[str]) -> dict[str, frozenset[str]]:
        """Each duty of the earlier edition with the duties of the later that it became.

        :param duties: the identifiers that both editions have.
        """
        found: dict[str, frozenset[str]] = {duty: frozenset((duty,)) for duty in duties}
        for entry in (*self.merged, *self.split):
            for duty in entry.duties:
                found[duty] = found.get(duty, frozenset()) | frozenset(entry.into)
        return found

    def about(self, duty: str) -> tuple[Succession, ...]:
        """Every entry that speaks of a duty, on either side."""
        groups = (self.new, self.dropped, self.changed, self.merged, self.split)
        return tuple(entry for group in groups for entry in group if duty in (*entry.duties, *entry.into))
