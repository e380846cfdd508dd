"""The lineage of duties: what became of each from one edition to the next, as the data states it.

It must speak of every duty once, and agree with the editions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.faults import Fault, did_you_mean
from victims_code.law.editions import Edition, Statement
from victims_code.law.wording import DUTY_FIELDS, fields_that_differ
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import Placed
from victims_code.reading.documents import Keys
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class Succession(Sourced):
    """What became of some duties, why, and what that rests on.

    ``duties`` are duties of the earlier edition, or for new ones of the later. ``into`` names the duties of the later
    edition that merged or split ones became; ``what`` the fields in which a changed duty differs.
    """

    duties: tuple[str, ...]
    why: str
    into: tuple[str, ...] = ()
    what: tuple[str, ...] = ()

    __repr__ = one_line_repr("{0.duties} into {0.into}: {0.what}")


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

    __repr__ = one_line_repr("{0.earlier} to {0.later}")

    @checked_if_it_fails
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


def check_lineage(placed: Sequence[Placed], editions: Mapping[str, Edition]) -> Iterator[Fault]:
    """Every fault of the lineage as a whole and of each of its steps; none are looked for without editions.

    The lineage of a draft may be unfinished: see :func:`unsaid_of_drafts`.
    """
    if not editions:
        return
    steps = list(_checks(placed, editions))
    yield from _steps_join_the_editions([item.thing for item in _steps(placed)], editions)
    for step in steps:
        yield from step.wrong()
        if step.later.info.is_law:
            yield from step.unsaid()


def unsaid_of_drafts(placed: Sequence[Placed], editions: Mapping[str, Edition]) -> Iterator[Fault]:
    """What the lineage does not say yet of the duties of draft editions."""
    steps = {(step.earlier.id, step.later.id): step for step in _checks(placed, editions)}
    for earlier, later in _pairs(editions):
        if editions[later].info.is_law:
            continue
        if (earlier, later) in steps:
            yield from steps[earlier, later].unsaid()
        else:
            yield faults.LINEAGE_STEP_MISSING.at("lineage.yaml", earlier=earlier, later=later)


def _steps(placed: Sequence[Placed]) -> Iterator[Placed]:
    return (item for item in placed if isinstance(item.thing, LineageStep))


def _checks(placed: Sequence[Placed], editions: Mapping[str, Edition]) -> Iterator[_Check]:
    for item in _steps(placed):
        step = item.thing
        if step.earlier in editions and step.later in editions:
            yield _Check(item=item, step=step, earlier=editions[step.earlier], later=editions[step.later])


def _pairs(editions: Mapping[str, Edition]) -> Iterator[tuple[str, str]]:
    """Each edition with the next, and the edition before each draft with the draft."""
    last: str | None = None
    for edition in sorted(editions.values(), key=lambda edition: edition.info.in_force_from):
        if last is not None:
            yield last, edition.id
        if edition.info.is_law:
            last = edition.id


def _steps_join_the_editions(steps: Sequence[LineageStep], editions: Mapping[str, Edition]) -> Iterator[Fault]:
    """Between each edition and the next there is one step, between an edition and a draft at most one, and no other."""
    possible = list(_pairs(editions))
    stated = [(step.earlier, step.later) for step in steps]
    for earlier, later in possible:
        if (earlier, later) not in stated and editions[later].info.is_law:
            yield faults.LINEAGE_STEP_MISSING.at("lineage.yaml", earlier=earlier, later=later)
    for n, pair in enumerate(stated):
        if pair not in possible or pair in stated[:n]:
            known = ", ".join(f"{a} to {b}" for a, b in possible)
            place, (earlier, later) = f"lineage.yaml, [{n}]", pair
            yield faults.LINEAGE_STEP_TOO_MANY.at(place, earlier=earlier, later=later, steps=known)


@frozen(kw_only=True)
class _Check:
    """One step beside the two editions it joins."""

    item: Placed
    step: LineageStep
    earlier: Edition
    later: Edition

    def wrong(self) -> Iterator[Fault]:
        """Whatever the step says that is not so."""
        yield from self._names()
        yield from self._changed()
        for duty in sorted(self._said_twice()):
            yield self.item.placed((), faults.LINEAGE_TWO_ENDS.at(step=self.name, duty=duty))

    def unsaid(self) -> Iterator[Fault]:
        """Whatever became of a duty that the step does not say."""
        yield from self._changes_unsaid()
        yield from self._every_duty_is_spoken_of()

    def _names(self) -> Iterator[Fault]:
        then, now = self.earlier.duties, self.later.duties
        for group, here in (("new", now), ("dropped", then), ("changed", then), ("merged", then), ("split", then)):
            for n, entry in enumerate(getattr(self.step, group)):
                edition = self.later if group == "new" else self.earlier
                for m, duty in enumerate(entry.duties):
                    yield from self._known((group, n, "duties", m), edition, duty, here)
                for m, duty in enumerate(entry.into):
                    yield from self._known((group, n, "into", m), self.later, duty, now)
                if (group in ("merged", "split")) != bool(entry.into):
                    yield self.item.placed((group, n), faults.LINEAGE_INTO.at(step=self.name))
        for group, absent, edition in (("new", then, self.earlier), ("dropped", now, self.later)):
            for n, entry in enumerate(getattr(self.step, group)):
                for duty in entry.duties:
                    if duty in absent:
                        there = faults.LINEAGE_DUTY_STILL_THERE.at(
                            step=self.name, duty=duty, group=group, edition=edition.id
                        )
                        yield self.item.placed((group, n), there)

    def _known(self, keys: Keys, edition: Edition, duty: str, known: Collection[str]) -> Iterator[Fault]:
        if duty not in known:
            nearest = did_you_mean(duty, known)
            unknown = faults.LINEAGE_DUTY_UNKNOWN.at(step=self.name, edition=edition.id, duty=duty, nearest=nearest)
            yield self.item.placed(keys, unknown)

    def _changed(self) -> Iterator[Fault]:
        """A change that is stated is there, field by field."""
        then, now = self.earlier.duties, self.later.duties
        for n, entry in enumerate(self.step.changed):
            for m, name in enumerate(entry.what):
                if name not in DUTY_FIELDS:
                    nearest = did_you_mean(name, DUTY_FIELDS)
                    unknown = faults.LINEAGE_FIELD_UNKNOWN.at(step=self.name, field=name, nearest=nearest)
                    yield self.item.placed(("changed", n, "what", m), unknown)
            for duty in entry.duties:
                if duty in then and duty in now:
                    differs = fields_that_differ(then[duty], now[duty])
                    if set(differs) != set(entry.what):
                        wrong = faults.LINEAGE_CHANGE_NOT_AS_SAID.at(
                            step=self.name, duty=duty, differs=_listed(differs), said=_listed(entry.what)
                        )
                        yield self.item.placed(("changed", n), wrong)

    def _changes_unsaid(self) -> Iterator[Fault]:
        then, now = self.earlier.duties, self.later.duties
        stated = {duty for entry in self.step.changed for duty in entry.duties}
        moved = {duty for entry in (*self.step.merged, *self.step.split) for duty in (*entry.duties, *entry.into)}
        for duty in then.keys() & now.keys() - stated - moved:
            if differs := fields_that_differ(then[duty], now[duty]):
                unsaid = faults.LINEAGE_CHANGE_NOT_SAID.at(step=self.name, duty=duty, differs=_listed(differs))
                yield self.item.placed(("changed",), unsaid)

    def _every_duty_is_spoken_of(self) -> Iterator[Fault]:
        then, now = self.earlier.duties, self.later.duties
        gone = {duty for entry in (*self.step.dropped, *self.step.merged, *self.step.split) for duty in entry.duties}
        come = {duty for entry in self.step.new for duty in entry.duties}
        come |= {duty for entry in (*self.step.merged, *self.step.split) for duty in entry.into}
        for duty in sorted(then.keys() - now.keys() - gone):
            yield self.item.placed((), faults.LINEAGE_END_NOT_SAID.at(step=self.name, duty=duty))
        for duty in sorted(now.keys() - then.keys() - come):
            yield self.item.placed((), faults.LINEAGE_BEGINNING_NOT_SAID.at(step=self.name, duty=duty))

    def _said_twice(self) -> set[str]:
        """Duties with two ends, or two beginnings."""
        ends = Counter(
            duty for entry in (*self.step.dropped, *self.step.merged, *self.step.split) for duty in entry.duties
        )
        starts = Counter(duty for entry in self.step.new for duty in entry.duties)
        starts.update(duty for entry in (*self.step.merged, *self.step.split) for duty in set(entry.into))
        changes = Counter(duty for entry in self.step.changed for duty in entry.duties)
        merged = {duty for entry in (*self.step.merged, *self.step.split) for duty in entry.into}
        return {
            duty
            for counted in (ends, starts, changes)
            for duty, times in counted.items()
            if times > 1 and not (counted is starts and duty in merged and duty in self.earlier.duties)
        }

    @property
    def name(self) -> str:
        """How faults name the step."""
        return f"{self.step.earlier} to {self.step.later}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
