"""How the time for one case grows with its events, suspects, victims and reviews.

Run with ``python benchmarks/growth.py``. Each line has twice the size of the one above. A ratio near 2 says that the
time grows as the size does, one near 4 that it grows as its square.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import victims_code as vc

AS_AT = date(2026, 11, 30)
START = date(2024, 1, 2)
CODE = vc.VictimsCode.load()


def of_events(how_many: int) -> vc.Case:
    """One suspect and one victim, and hearings that are listed and told of again and again."""
    events = []
    for n in range(how_many // 2):
        at = START + timedelta(days=n % 900)
        events.append(vc.Event(event="hearing-listed", at=at, received=at, suspect="S1", hearing=f"H{n}"))
        events.append(vc.Event(event="victim-informed", about="hearing-listed", at=at, suspect="S1", hearing=f"H{n}"))
    return _case(events, 1)


def of_suspects(how_many: int) -> vc.Case:
    """Suspects arrested and told of, one by one, to ten victims."""
    events = []
    for n in range(how_many):
        at = START + timedelta(days=n % 900)
        events.append(vc.Event(event="suspect-arrested", at=at, suspect=f"S{n}"))
        events.append(vc.Event(event="victim-informed", about="suspect-arrested", at=at, suspect=f"S{n}"))
    return _case(events, 10)


def of_victims(how_many: int) -> vc.Case:
    """Victims who are each told of the arrests of ten suspects."""
    events = [vc.Event(event="suspect-arrested", at=START, suspect=f"S{n}") for n in range(10)]
    for n in range(how_many):
        events += [
            vc.Event(event="victim-informed", about="suspect-arrested", at=START, suspect=f"S{m}", victim=f"V{n}")
            for m in range(10)
        ]
    return _case(events, how_many)


def of_reviews(how_many: int) -> vc.Case:
    """Decisions not to charge, each with a review that the victim asks for."""
    events = []
    for n in range(how_many):
        at, about = START + timedelta(days=n % 900), "police-right-to-review"
        events.append(vc.Event(event="decision-not-to-charge", at=at, suspect=f"S{n}"))
        events.append(vc.Event(event="review-requested", about=about, at=at + timedelta(days=1), suspect=f"S{n}"))
        events.append(vc.Event(event="review-decided", about=about, at=at + timedelta(days=9), suspect=f"S{n}"))
    return _case(events, 1)


def _case(events: list[vc.Event], victims: int) -> vc.Case:
    return vc.Case(reference="1", victims=[vc.Victim(reference=f"V{n}") for n in range(victims)], events=events)


KINDS: dict[str, tuple[Callable[[int], vc.Case], tuple[int, ...]]] = {
    "events": (of_events, (1_250, 2_500, 5_000, 10_000)),
    "suspects (10 victims)": (of_suspects, (50, 100, 200, 400)),
    "victims (10 suspects)": (of_victims, (25, 50, 100, 200)),
    "reviews": (of_reviews, (250, 500, 1_000, 2_000)),
}


def _seconds(make: Callable[[int], vc.Case], size: int) -> Iterator[float]:
    """How long it takes to build the case, to read it from plain data, and to assess it."""
    case = make(size)
    plain = case.to_dict()
    for step in (partial(make, size), partial(vc.Case.from_dict, plain), partial(CODE.assess, case, as_at=AS_AT)):
        began = time.perf_counter()
        step()
        yield time.perf_counter() - began


def main() -> None:
    """Print the curve of each kind."""
    for kind, (make, sizes) in KINDS.items():
        print(f"{kind:>24} {'build':>16} {'read':>16} {'assess':>16}   seconds (times the line above)")
        before: list[float] = []
        for size in sizes:
            now = list(_seconds(make, size))
            ratios = [f"(x{b / a:4.1f})" for a, b in zip(before, now, strict=True)] if before else [""] * len(now)
            cells = (f"{seconds:8.3f} {ratio:>7}" for seconds, ratio in zip(now, ratios, strict=True))
            print(f"{size:>24,} " + " ".join(cells))
            before = now


if __name__ == "__main__":
    main()
