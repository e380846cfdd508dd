"""Checklists: the national expectations, what a commissioner sees to, and the duties of a role, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated

from attrs import frozen

from victims_code import faults
from victims_code.commissioning.due import DueItem, DueKind, by_day
from victims_code.commissioning.governance.roles import role_profiles
from victims_code.commissioning.records import CommissioningRecord, as_known
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding
from victims_code.commissioning.validators import all_different, never, one_of, word
from victims_code.conditions import Truth, truth_word
from victims_code.dates import Moment, civil_date
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import DataFile, Word, by_id
from victims_code.reading.sources import Sourced


@frozen(kw_only=True)
class ChecklistForm(Sourced):
    """A checklist as it is printed: its items, and where they come from."""

    id: str
    title: str
    items: tuple[Word, ...]

    __repr__ = one_line_repr("{0.id}: {0.title}")


@cache
def checklist_forms() -> Mapping[str, ChecklistForm]:
    """Every checklist, by identifier: those of the data file, and the duties of each role that has some.

    :raises LawDataError: if the data is broken.

    >>> [item.id for item in checklist_forms()["national-statement-of-expectations"].items][:2]
    ['victim-at-the-centre', 'focus-on-perpetrators']
    >>> len(checklist_forms()["victims-advocate"].items)
    22
    """
    of_roles = [
        ChecklistForm(
            id=role.id,
            title=f"Duties: {role.title}",
            items=role.duties,
            cites=role.cites,
            evidence=role.evidence,
            note=role.note,
        )
        for role in role_profiles().values()
        if role.duties
    ]
    return by_id([*DataFile.open("commissioning/checklists.yaml").all(ChecklistForm), *of_roles])


@frozen(kw_only=True)
class ChecklistAnswer(CommissioningRecord):
    """The answer to one item: whether it is met, since when, by what evidence, and when it is looked at again.

    :param met: True, False, or None where it is not known.
    """

    known_from = "on"
    planned_days = frozenset({"look_again_on"})

    item: str
    met: bool | None = None
    on: date | None = None
    evidence: tuple[str, ...] = ()
    owner: str | None = None
    look_again_on: date | None = None
    note: str | None = None


@frozen(kw_only=True)
class ItemStanding:
    """An item of a checklist with its answer on a day; ``met`` None is not known."""

    item: Word
    met: Truth
    evidence: tuple[str, ...]


@frozen(kw_only=True)
class Checklist(CommissioningRecord):
    """A checklist with its answers. What has no answer is not known, which is never met and never dropped.

    :param of: the checklist, or the role whose duties it lists; see :func:`checklist_forms`.
    :raises CommissioningError: with every fault.

    >>> answers = Checklist(of="national-statement-of-expectations", title="2026", answers=(
    ...     ChecklistAnswer(item="locally-led", met=True, on=date(2026, 5, 1), evidence=("Strategy of May",)),))
    >>> answers.summary(date(2026, 6, 1))
    {'yes': 1, 'no': 0, 'unknown': 4}
    """

    planned_days = frozenset({"look_again_on"})

    of: Annotated[str, word("checklist", checklist_forms)]
    title: str
    area: str | None = None
    owner: str | None = None
    look_again_on: date | None = None
    answers: tuple[ChecklistAnswer, ...] = ()

    checks = (
        all_different("answers[].item"),
        one_of("answers[].item", lambda it: [item.id for item in it.form.items], faults.NO_SUCH_ITEM, listing="Items"),
        never("answers[].on", lambda answer: answer.met is None and answer.on is not None, faults.ANSWERED_WITHOUT_ONE),
    )

    @property
    def form(self) -> ChecklistForm:
        """The checklist that is answered."""
        return checklist_forms()[self.of]

    def standing(self, as_at: Moment) -> tuple[ItemStanding, ...]:
        """Every item in printed order with its answer on a day; an answer of a later day does not count yet."""
        day = civil_date(as_at)
        given = {answer.item: answer for answer in self.answers if answer.on is None or answer.on <= day}
        return tuple(
            ItemStanding(
                item=item,
                met=given[item.id].met if item.id in given else None,
                evidence=given[item.id].evidence if item.id in given else (),
            )
            for item in self.form.items
        )

    def summary(self, as_at: Moment) -> dict[str, int]:
        """How many items are met, not met and not known on a day."""
        answers = [truth_word(one.met) for one in self.standing(as_at)]
        return {word: answers.count(word) for word in ("yes", "no", "unknown")}

    @as_known
    def findings(self, as_at: Moment) -> tuple[RuleFinding, ...]:
        """Items that are not met or not known on a day, or met without evidence."""
        return tuple(self._findings(as_at))

    def _findings(self, as_at: Moment) -> Iterator[RuleFinding]:
        for one in self.standing(as_at):
            about = f"{self.title}, {one.item.id}"
            if one.met is None:
                yield finding(
                    "checklist-answered",
                    f"Not known: {one.item.title}.",
                    "Answer it, with the day and the evidence.",
                    about=about,
                    outcome=RuleOutcome.CANNOT_TELL,
                    missing=("met",),
                )
            elif not one.met:
                yield finding("checklist-answered", f"Not met: {one.item.title}.", "Say who does what.", about=about)
            elif not one.evidence:
                what = f"Met, with no evidence: {one.item.title}."
                yield finding("checklist-answered", what, "Name the document or figure.", about=about)

    @as_known
    def due_items(self, on: date) -> tuple[DueItem, ...]:
        """The items to answer, to see to and to look at again on a day."""
        return by_day(self._due_items(on))

    def _due_items(self, on: date) -> Iterator[DueItem]:
        given = {answer.item: answer for answer in self.answers}
        for one in self.standing(on):
            answer = given.get(one.item.id)
            day = (answer.look_again_on if answer else None) or self.look_again_on
            what = {None: "Answer", False: "Meet", True: "Look again at"}[one.met]
            if one.met is not True or day is not None:
                yield DueItem(
                    day=day,
                    what=f"{what}: {one.item.title}.",
                    owner=(answer.owner if answer else None) or self.owner or "",
                    about=f"{self.of}/{one.item.id}",
                    kind=DueKind.REVIEW,
                )
