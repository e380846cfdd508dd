"""Made-up cases, assessed by the oracle, by the objects of the library and by the bulk engine."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

import victims_code as vc
from oracle.compare import differences, of_oracle, told, unlike
from oracle.generate import Maker
from oracle.in_bulk import BOTH, of_bulk

LOT = 500


def made(seed: int, number: int) -> list[tuple[dict, date, date | None]]:
    """So many cases that hold together, each with its date of assessment and the day whose knowledge counts."""
    maker, found = Maker(seed), []
    while len(found) < number:
        case, as_at, known_on = maker.case(len(found))
        try:
            vc.Case.from_dict(case)
        except vc.CaseError:
            continue
        found.append((case, as_at, known_on))
    return found


def hold(seed: int, number: int) -> None:
    for case, as_at, known_on in made(seed, number):
        if differences(case, as_at, known_on):
            raise AssertionError(told(case, as_at, known_on))


def hold_in_bulk(seed: int, number: int) -> None:
    """All of them on one day, since a run of the bulk engine has one."""
    draw = random.Random(seed)
    as_at = date(2008, 1, 1) + timedelta(days=draw.randrange(7000))
    known_on = as_at if draw.random() < 0.3 else None
    cases = [case for case, _, _ in made(seed, number)]
    for case, theirs in zip(cases, of_bulk(cases, as_at, known_on), strict=True):
        owed = of_oracle(case, as_at, known_on)["obligations"]
        found = unlike([{name: row[name] for name in BOTH} for row in owed], theirs)
        assert not found, (case, as_at, known_on, found)


def test_a_hundred_cases():
    hold(seed=5, number=100)


def test_a_hundred_cases_in_bulk():
    hold_in_bulk(seed=1, number=100)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_some_thousand_cases(seed):
    hold(seed, LOT)
    hold_in_bulk(seed, LOT)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_fifty_thousand_cases(seed):
    hold(seed, LOT)
    hold_in_bulk(seed, LOT)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_records_changes_nothing(seed):
    """Issue: the first of two listings on one day must not depend on the order of the file."""
    draw = random.Random(seed)
    at = ["2018-03-06", "2018-03-06T09:00", "2018-03-06T15:00", "2018-03-07"]
    names = ["hearing-listed", "hearing-listed", "suspect-charged", "crime-reported", "suspect-arrested"]
    events = [
        {
            "event": draw.choice(names),
            "at": draw.choice(at),
            "received": "2018-03-08",
            "hearing": draw.choice(["H1", "H2"]),
        }
        | draw.choice([{}, {"suspect": "S1"}, {"suspect": "S2"}])
        for _ in range(8)
    ]
    unlike_ = [dict(event) for event in {tuple(event.items()): event for event in events}.values()]
    answers = []
    for _ in range(6):
        draw.shuffle(unlike_)
        case = {"reference": "A1", "victims": [{"reference": "V1"}], "events": [dict(one) for one in unlike_]}
        result = vc.VictimsCode.load().assess(vc.Case.from_dict(case), as_at=date(2018, 3, 28)).to_dict()
        result["stamp"].pop("record")
        bulk = of_bulk([case], date(2018, 3, 28))
        answers.append((result["obligations"], result["windows"], bulk))
    assert all(answer == answers[0] for answer in answers)
