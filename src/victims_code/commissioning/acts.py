"""The Acts that commissioners cite: what they are called, and how they have been called wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import frozen

from victims_code.commissioning.provisions import read_provision
from victims_code.law import Citation, Evidence, load_law
from victims_code.reading.data_files import DataFile, by_id

__all__ = ["Act", "Misnaming", "Mistake", "Schedule", "known_acts"]


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
class Act:
    """An Act of Parliament as commissioners cite it."""

    id: str
    title: str
    chapter: str
    cites: tuple[Citation, ...]
    evidence: Evidence
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
                    file.wrong((n, "mistaken", m, key), "VC-DATA-006", "This is no provision.", "Write s.5 or Sch 1.")
    file.finish()
    return by_id(read)
