"""Hypothesis strategies for victims, events and cases that hold together.

Use them to test a system that embeds the library::

    from hypothesis import given
    from victims_code.testing.strategies import cases

    @given(cases())
    def test_our_export_reads_back(case):
        assert our_import(our_export(case)) == case
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve

from victims_code.cases import Assertion, Case, Event, Offence, Victim
from victims_code.cases.checks import SPEAKERS
from victims_code.extras import need
from victims_code.testing.made_up import made_up_case
from victims_code.vocabulary import SPEAKING, EventKind, load_vocabulary

need("testing", "hypothesis", feature="Strategies")

from hypothesis import strategies as st  # noqa: E402

FIRST_DAY, LAST_DAY = date(2021, 4, 1), date(2027, 12, 31)
"""The days between which generated events lie unless told otherwise: under the Code in force, and before any projected
bank holiday.
"""

_SUSPECTS = ("S1", "S2")


def _days(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[date]:
    return st.dates(min_value=first, max_value=last)


def _assertions(of: str, first: date = FIRST_DAY) -> st.SearchStrategy[tuple[Assertion, ...]]:
    names = sorted(
        fact.id
        for fact in load_vocabulary().facts.values()
        if fact.of == of and fact.can_be_stated and fact.derived is None
    )
    one = st.builds(
        Assertion,
        fact=st.sampled_from(names),
        value=st.booleans(),
        since=st.none() | _days(first),
        source=st.none() | st.sampled_from(["needs assessment", "court"]),
    )
    return st.lists(one, max_size=4, unique_by=lambda item: item.fact).map(tuple)


def victims(reference: str = "V1", first: date = FIRST_DAY) -> st.SearchStrategy[Victim]:
    """Victims with some facts known and others not."""
    return st.builds(
        Victim,
        reference=st.just(reference),
        born=st.none() | _days(date(1940, 1, 1), min(first, date(2015, 12, 31))),
        capacity=st.sampled_from(["person", "person", "person", "close-relative", *SPEAKING, "business"]),
        facts=_assertions("victim", first),
    )


@st.composite
def events(draw: st.DrawFn, victim_references: tuple[str, ...] = ("V1",), first: date = FIRST_DAY) -> Event:
    """Events of every kind from ``first`` on, with and without references, some with a receipt."""
    words = load_vocabulary()
    name = words.events[draw(st.sampled_from(sorted(words.events)))]
    triggers = sorted(event.id for event in words.events.values() if event.kind is EventKind.TRIGGER)
    about = None
    if "duty" in name.about:
        about = draw(st.sampled_from(["refer-to-support", "refer-to-vcs", "inform-suspect-arrested"]))
    elif "scheme" in name.about:
        about = draw(st.sampled_from(["police-right-to-review", "unduly-lenient-sentence"]))
    elif name.about:
        about = draw(st.sampled_from([*triggers, *sorted(words.topics)]))
    at = draw(_days(first))
    return Event(
        event=name.id,
        at=at,
        received=draw(st.none() | st.integers(0, 9).map(lambda days: at + timedelta(days=days))),
        about=about,
        victim=draw(st.none() | st.sampled_from(victim_references)),
        suspect=draw(st.none() | st.sampled_from(_SUSPECTS)),
        hearing=draw(st.none() | st.just("H1")) if "hearing" in name.id else None,
    )


@st.composite
def cases(draw: st.DrawFn, max_events: int = 12, first: date = FIRST_DAY) -> Case:
    """Cases with one or two victims and offences, and up to ``max_events`` events in any order, from ``first`` on.

    With 3 April 2006 for ``first`` they fall under every edition.
    """
    references = ("V1", "V2") if draw(st.booleans()) else ("V1",)
    people = [draw(victims(reference, first)) for reference in references]
    if people[-1].capacity in SPEAKERS and len(people) == 2 and draw(st.booleans()):
        people[-1] = evolve(people[-1], speaks_for=("V1",))
    offences = draw(_offences(references, first))
    named = [offence.reference for offence in offences if offence.reference is not None]
    record = draw(st.lists(events(references, first), max_size=max_events))
    if named:
        record = [evolve(event, offence=draw(st.none() | st.sampled_from(named))) for event in record]
    return Case(reference="generated", victims=people, events=record, offences=offences)


@st.composite
def _offences(draw: st.DrawFn, victim_references: tuple[str, ...], first: date) -> list[Offence]:
    """One offence without a reference, or two, of which some victims are known."""
    references = draw(st.sampled_from([(None,), (None,), ("O1", "O2")]))
    listed = st.none() | st.lists(st.sampled_from(victim_references), unique=True)
    return [
        Offence(
            reference=reference,
            committed_on=draw(st.none() | st.just(first)),
            flags=draw(_assertions("case", first)),
            victims=None if reference is None else draw(listed),
        )
        for reference in references
    ]


def made_up_cases() -> st.SearchStrategy[Case]:
    """Cases such as records make them, each from a seed; see ``victims_code.testing.made_up``."""
    return st.integers(0, 2**63 - 1).map(made_up_case)
