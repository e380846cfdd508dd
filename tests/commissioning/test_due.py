"""One line for each thing that is still undone: in order of day, and never dropped for want of one."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.due import DueItem, DueKind, by_day, due_items
from victims_code.errors import VictimsCodeError

JUNE = DueItem(day=date(2026, 6, 30), what="Publish the plan.", owner="Analyst", about="P1", kind=DueKind.PLAN)
JULY = DueItem(day=date(2026, 7, 1), what="Meet.", about="Victims' Board", kind=DueKind.BOARD)
SOME_DAY = DueItem(day=None, what="Name a chair.", kind=DueKind.ACTION)


class Given:
    def __init__(self, *items):
        self.items = items

    def due_items(self, on):
        return self.items


def test_what_is_due_first_comes_first_and_no_day_last():
    assert by_day((SOME_DAY, JULY, JUNE)) == (JUNE, JULY, SOME_DAY)
    assert due_items([Given(JULY), Given(SOME_DAY, JUNE)], date(2026, 6, 1)) == (JUNE, JULY, SOME_DAY)


@pytest.mark.parametrize(
    ("item", "on", "late"),
    [(JUNE, date(2026, 6, 30), False), (JUNE, date(2026, 7, 1), True), (SOME_DAY, date(2030, 1, 1), False)],
)
def test_it_is_overdue_from_the_day_after_its_day(item, on, late):
    assert item.overdue_on(on) is late


def test_a_line_says_the_day_what_and_who():
    assert str(JUNE) == "By Tuesday 30 June 2026: Publish the plan. (Analyst, P1)"
    assert str(SOME_DAY) == "No day set: Name a chair."
    assert JUNE.to_dict()["kind"] == "plan"


def test_the_kind_is_a_listed_word():
    assert DueItem(day=None, what="See them.", kind="visit").kind is DueKind.VISIT
    with pytest.raises(VictimsCodeError, match="contract-end"):
        DueItem(day=None, what="See them.", kind="contract-ends")
