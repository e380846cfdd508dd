"""One case may be large: what is looked at grows as the case does, and not as its square."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import victims_code as vc

CODE = vc.VictimsCode.load()
START = date(2026, 1, 5)


def hearings(how_many):
    """One suspect, and hearings that are listed and told of."""
    for n in range(how_many):
        named = {"at": START + timedelta(days=n % 200), "suspect": "S1", "hearing": f"H{n}"}
        yield vc.Event(event="hearing-listed", **named)
        yield vc.Event(event="victim-informed", about="hearing-listed", **named)


def suspects(how_many):
    """Suspects, each arrested and told of."""
    for n in range(how_many):
        yield vc.Event(event="suspect-arrested", at=START, suspect=f"S{n}")
        yield vc.Event(event="victim-informed", about="suspect-arrested", at=START, suspect=f"S{n}")


def notifications(how_many):
    """Victims who are each told of one arrest."""
    yield vc.Event(event="suspect-arrested", at=START, suspect="S1")
    for n in range(how_many):
        yield vc.Event(event="victim-informed", about="suspect-arrested", at=START, victim=f"V{n}")


@pytest.mark.parametrize(("events", "victims"), [(hearings, 1), (suspects, 1), (notifications, None)])
def test_twice_the_records_are_looked_at_about_twice_as_often(events, victims, monkeypatch):
    looked_at = 0
    agrees = vc.Event.agrees

    def counting(event, *others):
        nonlocal looked_at
        looked_at += 1
        return agrees(event, *others)

    monkeypatch.setattr(vc.Event, "agrees", counting)
    counts = []
    for size in (40, 80):
        people = [vc.Victim(reference=f"V{n}") for n in range(victims or size)]
        case = vc.Case(reference="1", victims=people, events=list(events(size)))
        looked_at = 0
        CODE.assess(case, as_at=START + timedelta(days=300))
        counts.append(looked_at)

    assert 0 < counts[1] <= 2.5 * counts[0]
