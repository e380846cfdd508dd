"""What holds of every edition: the dates they govern, the words they use, and a snapshot of what each says."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

import victims_code as vc
from victims_code.law.wording import condition_in_words
from victims_code.vocabulary import load_vocabulary

CODE = vc.VictimsCode.load()
EDITIONS = ["code-2006", "code-2013", "code-2015", "code-2021"]
SNAPSHOTS = Path(__file__).parent / "snapshots"


def test_the_editions_are_all_there_in_order():
    assert list(CODE.editions) == EDITIONS


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2006, 4, 3), "code-2006"),
        (date(2013, 12, 9), "code-2006"),
        (date(2013, 12, 10), "code-2013"),
        (date(2015, 11, 15), "code-2013"),
        (date(2015, 11, 16), "code-2015"),
        (date(2021, 3, 31), "code-2015"),
        (date(2021, 4, 1), "code-2021"),
    ],
)
def test_the_edition_follows_the_date(day, edition):
    assert CODE.at(day).id == edition


def test_a_date_before_the_first_code_is_refused_naming_the_range():
    with pytest.raises(vc.EditionRangeError) as refused:
        CODE.at(date(2006, 4, 2))

    assert "from Monday 3 April 2006 (code-2006) to the present (code-2021)" in str(refused.value)
    with pytest.raises(vc.EditionRangeError):
        vc.deadline("inform-suspect-arrested", on=date(2006, 4, 2), track="standard")


def test_the_same_duty_has_another_limit_on_another_day():
    interview = "inform-suspect-interviewed-under-caution"

    assert vc.deadline(interview, on=date(2013, 12, 9), track="standard").due == date(2013, 12, 12)
    assert vc.deadline(interview, on=date(2013, 12, 10), track="standard").due == date(2013, 12, 17)


def test_a_recurring_duty_has_the_end_of_its_first_period_as_due_date():
    first = vc.deadline("update-monthly", on=date(2010, 1, 31))

    assert first.due == date(2010, 2, 28)
    assert (
        "Month 1 runs from Sunday 31 January 2010 and is due by Sunday 28 February 2010." in first.explain().to_text()
    )


def test_parts_are_called_what_the_edition_calls_them():
    assert CODE.edition("code-2021").part_label("right-06") == "Right 6"
    assert CODE.edition("code-2015").part_label("chapter-2-appeals") == "Chapter 2"
    assert CODE.edition("code-2015").part_label("introduction") == "Introduction"
    assert CODE.edition("code-2006").part_label("crown-prosecution-service") == "Crown Prosecution Service"


def test_bodies_are_called_what_the_edition_calls_them():
    names = [CODE.edition(edition).body_title("probation") for edition in EDITIONS]

    assert names == ["Local probation board", "Probation trust", "National Probation Service", "Probation Service"]


def test_every_fact_of_the_vocabulary_is_used():
    conditions, declined = [], set()
    for edition in CODE.editions.values():
        conditions += [duty.applies_when for duty in edition.duties.values() if duty.applies_when]
        conditions += [c.when for category in edition.eligibility.enhanced for c in category.criteria]
        conditions += [c.entitled_when for c in edition.eligibility.capacities if c.entitled_when]
        declined.add(edition.eligibility.declined_by)
    related = CODE.law.related
    special = related.special_measures
    for scheme in CODE.law.schemes.values():
        conditions += [scheme.applies_when, *(opening.when for opening in scheme.opens)]
        conditions += [limit.applies_when for limit in scheme.limits]
    conditions += [special.witness_when, *(ground.when for ground in special.grounds)]
    conditions += [available.when for measure in special.measures for available in measure.available]
    conditions += [need.when for measure in special.measures for need in measure.only_if]
    conditions += [limb.when for definition in related.definitions.values() for limb in definition.limbs]
    used = {fact for condition in conditions if condition for fact in condition.facts()} | declined

    assert set(load_vocabulary().facts) == used


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_statement_says_what_it_rests_on(edition):
    found = CODE.edition(edition)

    for duty in found.duties.values():
        assert duty.cites, duty.id
        assert duty.deadline.standard.words
    for group in found.providers:
        assert group.cites
        assert set(group.bodies) <= set(load_vocabulary().bodies)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_enhanced_limit_is_never_the_longer(edition):
    for duty in CODE.edition(edition).duties.values():
        if duty.dated and not duty.deadline.single:
            assert duty.deadline.enhanced.within < duty.deadline.standard.within, duty.id


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_change_in_law_reads_as_a_change_of_the_snapshot(edition):
    """To accept a change in law, write the snapshot anew and look at the difference."""
    now = json.dumps(_flat(CODE.edition(edition)), indent=1, ensure_ascii=False) + "\n"
    snapshot = SNAPSHOTS / f"{edition}.json"
    if os.environ.get("SNAPSHOT") == "write":
        SNAPSHOTS.mkdir(exist_ok=True)
        snapshot.write_text(now, encoding="utf-8")

    assert snapshot.read_text(encoding="utf-8") == now, (
        "run: python3 dev.py snapshot (SNAPSHOT=write), and look at the difference"
    )


def _flat(edition):
    duties = {
        duty.id: {
            "title": duty.title,
            "part": edition.part_label(duty.part),
            "force": duty.force.value,
            "owed_by": list(duty.owed_by),
            "owed_to": duty.owed_to,
            "trigger": duty.trigger.event,
            **({"occurrence": duty.trigger.occurrence.value} if duty.trigger.occurrence else {}),
            "condition": None if duty.applies_when is None else sorted(set(duty.applies_when.facts())),
            "standard": duty.deadline.standard.words,
            "enhanced": duty.deadline.enhanced.words,
            "declinable": None if duty.declinable is None else duty.declinable.value,
            "evidence": duty.evidence.value,
            "sources": [cite.source for cite in duty.cites],
            "readings": list(duty.readings),
        }
        for duty in edition.duties.values()
    }
    criteria = {
        f"{category.id}/{criterion.id}": {
            "facts": sorted(set(criterion.when.facts())),
            "evidence": criterion.evidence.value,
        }
        for category in edition.eligibility.enhanced
        for criterion in category.criteria
    }
    return {
        "edition": edition.id,
        "layout": edition.layout.words,
        "bodies": list(edition.bodies),
        "parts": {part.id: f"{part.title} ({part.evidence.value})" for part in edition.parts},
        "covered": {
            c.id: f"{condition_in_words(c.entitled_when)} ({c.evidence.value})" for c in edition.eligibility.capacities
        },
        "victims": {c.id: c.victim and condition_in_words(c.victim_when) for c in edition.eligibility.capacities},
        "statements": {s.id: s.evidence.value for s in (*edition.statements, *edition.eligibility.statements)},
        "count": len(duties),
        "duties": dict(sorted(duties.items())),
        "enhanced": criteria,
    }
