"""Everything the reference is written from, gathered once: the law, its words, the calendar and the worked cases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from attrs import frozen

from victims_code.law import Duty, Edition, Law, LineageStep, Succession, load_law
from victims_code.testing.worked_cases import WorkedCase, worked_cases_in
from victims_code.vocabulary import Vocabulary, load_vocabulary


@frozen(kw_only=True)
class Exercise:
    """A worked case, where it stands, and which duties and schemes it puts to the test."""

    file: str
    worked: WorkedCase
    duties: tuple[tuple[str, str], ...]
    """Pairs of edition and duty."""
    schemes: tuple[str, ...]

    @property
    def label(self) -> str:
        """The anchor of the worked case."""
        return f"case-{self.worked.origin}-{Path(self.file).stem}"


@frozen(kw_only=True, slots=False)
class Book:
    """What the reference is written from."""

    law: Law
    words: Vocabulary
    exercises: tuple[Exercise, ...]

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """The encoded editions, the latest first."""
        return tuple(sorted(self.law.editions.values(), key=lambda e: e.info.in_force_from, reverse=True))

    @cached_property
    def infos(self) -> tuple[object, ...]:
        """Every edition that is known of, encoded or not, the latest first."""
        return tuple(sorted(self.law.infos.values(), key=lambda i: i.in_force_from, reverse=True))

    def duties(self) -> Iterator[Duty]:
        """Every duty of every edition."""
        for edition in self.editions:
            yield from edition.duties.values()

    def lineage_of(self, duty: Duty) -> tuple[tuple[LineageStep, Succession, str], ...]:
        """What became of a duty in the steps from and to its edition, each with the anchor at which it is told."""
        return tuple(
            (step, entry, f"lineage-{n}-{group}-{k}")
            for n, step in enumerate(self.law.lineage)
            if duty.edition in (step.earlier, step.later)
            for group in ("new", "dropped", "changed", "merged", "split")
            for k, entry in enumerate(getattr(step, group))
            if duty.id in _named(entry, group, later=duty.edition == step.later)
        )

    def exercises_of(self, duty: Duty) -> tuple[Exercise, ...]:
        """The worked cases that test a duty."""
        return tuple(exercise for exercise in self.exercises if (duty.edition, duty.id) in exercise.duties)


def _named(entry: Succession, group: str, *, later: bool) -> tuple[str, ...]:
    """The duties that an entry names on one side of its step."""
    if group in ("merged", "split"):
        return entry.into if later else entry.duties
    return entry.duties if group == "changed" or (group == "new") is later else ()


def load_book(root: Path) -> Book:
    """The book from the packaged law and the worked cases of a checkout."""
    folder = root / "tests" / "cases"
    return Book(
        law=load_law(),
        words=load_vocabulary(),
        exercises=tuple(_exercise(path.relative_to(root), worked) for path, worked in worked_cases_in(folder)),
    )


def _exercise(file: Path, worked: WorkedCase) -> Exercise:
    named = {str(dict(wanted)["duty"]) for wanted in worked.expect.obligations}  # type: ignore[call-overload]
    result = worked.assess()
    return Exercise(
        file=file.as_posix(),
        worked=worked,
        duties=tuple(sorted({(o.edition.id, o.duty.id) for o in result.obligations if o.duty.id in named})),
        schemes=tuple(sorted({str(dict(wanted)["scheme"]) for wanted in worked.expect.windows})),  # type: ignore[call-overload]
    )
