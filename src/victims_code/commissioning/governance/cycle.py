"""The commissioning cycle: Understand, Plan, Do, Review in three settings, as a checklist with owner and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, finding
from victims_code.commissioning.validators import all_different, word
from victims_code.dates import Moment, civil_date, format_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class Cell:
    """One of the twelve cells: a stage in a setting, with the activities that belong there."""

    stage: str
    setting: str
    activities: tuple[Word, ...]

    __repr__ = one_line_repr("{0.id}")

    @property
    def id(self) -> str:
        """The stage and the setting joined."""
        return f"{self.stage}/{self.setting}"


@frozen(kw_only=True)
class _CycleFile(Sourced):
    stages: tuple[Word, ...]
    settings: tuple[Word, ...]
    cells: tuple[Cell, ...]


@cache
def _file() -> _CycleFile:
    file = DataFile.open("commissioning/cycle.yaml")
    read = file.one(_CycleFile)
    for n, cell in enumerate(read.cells):
        file.unknown(("cells", n, "stage"), "stage", cell.stage, (stage.id for stage in read.stages))
        file.unknown(("cells", n, "setting"), "setting", cell.setting, (known.id for known in read.settings))
    whole = {f"{stage.id}/{setting.id}" for stage in read.stages for setting in read.settings}
    for missing in sorted(whole - {cell.id for cell in read.cells}):
        file.wrong(("cells",), faults.CYCLE_CELL_MISSING.at(cell=missing))
    file.finish()
    return read


def cycle_cells() -> tuple[Cell, ...]:
    """The twelve cells of the cycle, in printed order.

    :raises LawDataError: if the data is broken.

    >>> len(cycle_cells()), sum(len(cell.activities) for cell in cycle_cells())
    (12, 31)
    """
    return _file().cells


def _activities() -> Mapping[str, str]:
    return {activity.id: activity.title for cell in cycle_cells() for activity in cell.activities}


_ActivityName = Annotated[str, word("activity", _activities)]


class CycleState(StrEnum):
    """Where an activity or a cell stands."""

    NOT_STARTED = "not-started"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    NOT_FOR_US = "not-for-us"


@frozen(kw_only=True)
class CycleActivity(CommissioningRecord):
    """What is recorded of one activity: who owns it, by when it is due, when it was done, and the evidence."""

    activity: _ActivityName
    owner: str | None = None
    due: date | None = None
    done_on: date | None = None
    evidence: tuple[str, ...] = ()

    def state(self, as_at: date) -> CycleState:
        """Where the activity stands on a day."""
        if self.done_on is not None and self.done_on <= as_at:
            return CycleState.DONE
        return CycleState.OVERDUE if self.due is not None and self.due < as_at else CycleState.OPEN


@frozen(kw_only=True)
class CellProgress:
    """How far one cell has come: each of its activities with where it stands."""

    cell: Cell
    activities: tuple[tuple[str, CycleState], ...]

    __repr__ = one_line_repr("{0.cell.id}: {0.state}")

    @property
    def state(self) -> CycleState:
        """Done if all are, overdue if any is, not started if none has been begun, open otherwise.

        A cell of which no activity applies here is *not for us*, and not done.
        """
        states = {state for _, state in self.activities}
        if not states:
            return CycleState.NOT_FOR_US
        if states == {CycleState.DONE}:
            return CycleState.DONE
        if CycleState.OVERDUE in states:
            return CycleState.OVERDUE
        return CycleState.NOT_STARTED if states == {CycleState.NOT_STARTED} else CycleState.OPEN


@frozen(kw_only=True)
class CommissioningCycle(CommissioningRecord):
    """One turn of the cycle for an area: the activities of the twelve cells that have been taken up.

    An activity that is not recorded has not been started. One that does not apply here is named in ``not_for_us`` with
    the reason.

    :raises CommissioningError: with every fault.

    >>> cycle = CommissioningCycle(title="2026/27", activities=(
    ...     CycleActivity(activity="map-services-and-gaps", owner="Policy Manager", due=date(2026, 6, 30)),))
    >>> cycle.progress(date(2026, 7, 1))[0].state.value
    'overdue'
    """

    title: str
    activities: tuple[CycleActivity, ...] = ()
    not_for_us: Mapping[_ActivityName, str] | None = None

    checks = (all_different("activities[].activity"),)

    def progress(self, as_at: Moment) -> tuple[CellProgress, ...]:
        """Each of the twelve cells with how far it has come on a day."""
        day = civil_date(as_at)
        recorded = {entry.activity: entry for entry in self.activities}
        return tuple(
            CellProgress(
                cell=cell,
                activities=tuple(
                    (
                        activity.id,
                        recorded[activity.id].state(day) if activity.id in recorded else CycleState.NOT_STARTED,
                    )
                    for activity in cell.activities
                    if activity.id not in (self.not_for_us or {})
                ),
            )
            for cell in cycle_cells()
        )

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Activities without an owner, done without evidence, or late on a day."""
        return tuple(self._findings(civil_date(as_at)))

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The activities that have been taken up and are not done on a day."""
        return by_day(
            DueItem(
                day=entry.due,
                what=_activities()[entry.activity],
                owner=entry.owner or "",
                about=f"{self.title}, {entry.activity}",
                kind=DueKind.ACTION,
            )
            for entry in self.activities
            if entry.state(on) is not CycleState.DONE
        )

    def _findings(self, as_at: date) -> Iterator[RuleFinding]:
        for entry in self.activities:
            state = entry.state(as_at)
            if entry.owner is None:
                yield finding("cycle-activity-owned", "No one owns this.", "Name an owner.", about=entry.activity)
            if state is CycleState.DONE and not entry.evidence:
                what = "This is recorded as done, and no evidence is named."
                yield finding("cycle-activity-evidenced", what, "Name the document or figure.", about=entry.activity)
            if state is CycleState.OVERDUE and entry.due is not None:
                what = f"This was due by {format_date(entry.due)}."
                yield finding("cycle-activity-in-time", what, "Do it, or set a new day.", about=entry.activity)
