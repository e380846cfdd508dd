"""One line for each thing that is still undone: in order of day, and never dropped for want of one."""

from __future__ import annotations

from datetime import date

import pytest

from victims_code.commissioning.due import DueItem, DueKind, by_day, due_items
from victims_code.commissioning.forward_plan import ForwardPlan
from victims_code.commissioning.governance import Plan
from victims_code.commissioning.services import OwnWords
from victims_code.errors import UnknownNameError, VictimsCodeError

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


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("publish the plan", "Publish the plan."),
        ("Close the issue: No room..", "Close the issue: No room."),
        ("Ask: Did it help?", "Ask: Did it help?"),
        ("Held until this is met: Has a policy.. Pay it", "Held until this is met: Has a policy. Pay it."),
        ("And so on...", "And so on..."),
    ],
)
def test_what_is_due_is_one_sentence_with_one_full_stop(text, sentence):
    assert DueItem(day=None, what=text, kind=DueKind.ACTION).what == sentence


# --- the forward plan -----------------------------------------------------------------------------------------------

THEIRS = DueItem(
    day=date(2026, 6, 2), what="Pay Beacon.", owner="Lantern", about="B", kind="instalment", whose="Lantern"
)


def plan(*records, **more):
    return ForwardPlan.of(records, date(2026, 6, 1), title="West Mercia", **more)


def test_the_work_of_others_is_counted_and_left_out_unless_it_is_asked_for():
    ours = plan(Given(JUNE, THEIRS))
    assert (ours.items, ours.of_others) == ((JUNE,), (("Lantern", 1),))
    assert "Due, but the work of others and left out here: Lantern 1." in ours.to_text()
    assert plan(Given(JUNE, THEIRS), everyone=True).items == (THEIRS, JUNE)
    assert plan(Given(JUNE, THEIRS), owner="lantern").items == (THEIRS,)
    assert plan(Given(JUNE, THEIRS), owner="Analyst").items == (JUNE,)


def test_an_owner_of_nothing_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'Analyst'"):
        plan(Given(JUNE, THEIRS), owner="Analist")


def test_records_without_dates_to_plan_by_are_counted_among_their_kind():
    done = Plan(reference="P1", title="Plan", kind="delivery-plan", since=date(2026, 4, 1), actions=())
    some = plan(
        Plan(reference="P2", title="Plan", kind="delivery-plan", actions=()),
        done,
        OwnWords(),
        Given(JUNE),
    )
    assert some.without_dates == (("own words", 1, 1), ("plan", 1, 2))
    assert "These records have no dates to plan by: own words 1 of 1, plan 1 of 2." in " ".join(some.to_text().split())


def test_a_diary_has_no_title_with_two_full_stops():
    overdue = ForwardPlan.of([Given(JUNE)], date(2026, 7, 2), title="West Mercia").to_icalendar()
    titles = [line for line in overdue.replace("\r\n ", "").splitlines() if line.startswith("SUMMARY")]
    assert titles == ["SUMMARY:Publish the plan.", "SUMMARY:Publish the plan. Still open: overdue"]
