"""One lot of crimes from the report to the sentence, and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from attrs import frozen

from victims_code.testing.synthetic.crimes import Chance, Crimes, Numbers, Truths, age_bands, draw_crimes
from victims_code.testing.synthetic.record import NONE, SyntheticRecord, chosen
from victims_code.testing.synthetic.shares import (
    AGE_BANDS,
    CRIMES,
    DISTRICTS,
    ETHNICITIES,
    FACTS,
    NOTICE,
    SIDE_OFFENCE,
    SIDE_VICTIMS,
)
from victims_code.vocabulary import load_vocabulary

TABLES = ("events", "victims", "assertions", "spokespersons", "cases", "offences", "offence_victims")


@frozen(kw_only=True)
class _Suspects:
    """Some suspects: their crime, their number in it, and the day of what last happened to them."""

    crime: Numbers
    number: Numbers
    day: Numbers

    def chosen(self, which: Truths) -> _Suspects:
        crime, number, day = chosen(which, self.crime, self.number, self.day)
        return _Suspects(crime=crime, number=number, day=day)

    def later(self, days: Numbers) -> _Suspects:
        return _Suspects(crime=self.crime, number=self.number, day=self.day + days)

    @property
    def size(self) -> int:
        return len(self.crime)


def lot(first: int, size: int, year: int, seed: int) -> dict[str, pa.Table]:
    """The tables of some crimes of a year, from a number on."""
    chance = Chance(np.random.default_rng([seed, year, first]))
    crimes = draw_crimes(chance, size, year)
    drawn_on = int(np.datetime64(f"{year + 1}-06-30").astype(np.int64))
    record = SyntheticRecord(chance=chance, crimes=crimes, drawn_on=drawn_on)
    _report(record)
    _dead_ends(record)
    charged = _investigate(record)
    sentenced = _try(record, charged)
    _what_else(record)
    sides = _side_offences(record, charged)
    references = pa.array([f"SYNTHETIC/{year}/{first + n:08d}" for n in range(1, size + 1)])
    tables = {
        "events": _events(record, sides, references),
        "victims": _victims(crimes, references),
        "assertions": _assertions(chance, crimes, sentenced, references),
        "spokespersons": _spokespersons(crimes, references),
        "cases": _cases(crimes, sides, references),
        "offences": _offences(crimes, sides, references),
        "offence_victims": _offence_victims(crimes, sides, references),
    }
    return {name: table.replace_schema_metadata({"SYNTHETIC": NOTICE}) for name, table in tables.items()}


# --- what happens -----------------------------------------------------------------------------------------------


def _report(record: SyntheticRecord) -> None:
    """The crime is reported, confirmed in writing, and the victims' needs are seen to."""
    chance, crimes = record.chance, record.crimes
    everything, reported = np.arange(crimes.size), crimes.reported
    record.add("crime-reported", everything, reported)
    which, victim = record.each_victim(everything)
    for event, share, median in (
        ("crime-acknowledged", 0.85, 1.2),
        ("needs-assessed", 0.72, 1.5),
        ("vps-offered", 0.42, 9.0),
        ("updates-agreed", 0.55, 2.5),
    ):
        done = chance.which(share, len(which))
        crime, whom = chosen(done, which, victim)
        at = chance.in_office(reported[crime] + chance.days(len(crime), median=median))
        record.add(event, crime, at, victim=whom)
    record.tell("criminal-justice-process", everything, reported, missed=0.5, median=2.0)
    declines = chance.which(0.12, len(which))
    crime, whom = chosen(declines, which, victim)
    record.add("service-declined", crime, reported[crime], about="refer-to-support", victim=whom)
    refers = ~declines & chance.which(0.78, len(which))
    crime, whom = chosen(refers, which, victim)
    at = chance.in_office(reported[crime] + chance.days(len(crime), median=1.1, spread=0.9))
    record.add("referred-to-support", crime, at, victim=whom)
    tired = chance.which(0.02, len(which))
    crime, whom = chosen(tired, which, victim)
    record.add("updates-declined", crime, reported[crime] + chance.days(len(crime), median=20.0), victim=whom)


def _dead_ends(record: SyntheticRecord) -> None:
    """Crimes without a suspect are not investigated, or their investigation ends with no one found."""
    chance, crimes = record.chance, record.crimes
    (nobody,) = np.nonzero(crimes.suspects == 0)
    screened = chance.which(0.45, len(nobody))
    for event, found, missed, median, wait in (
        ("decision-not-to-investigate", nobody[screened], 0.12, 3.0, 2.0),
        ("investigation-ended", nobody[~screened & chance.which(0.8, len(nobody))], 0.25, 5.0, 30.0),
    ):
        at = chance.in_office(crimes.reported[found] + chance.days(len(found), median=wait))
        record.add(event, found, at)
        record.tell(event, found, at, missed=missed, median=median)


def _investigate(record: SyntheticRecord) -> _Suspects:
    """Suspects are arrested and interviewed, and charged or not; the charged ones go on."""
    chance, crimes = record.chance, record.crimes
    crime = np.repeat(np.arange(crimes.size), crimes.suspects)
    number = np.arange(len(crime)) - (np.cumsum(crimes.suspects) - crimes.suspects)[crime] + 1
    all_of_them = _Suspects(crime=crime, number=number, day=crimes.reported[crime])
    found = all_of_them.later(chance.days(len(crime), median=4.0, spread=1.7))
    arrested = chance.which(np.where(crimes.urgent[crime], 0.78, 0.5), len(crime))
    taken, others = found.chosen(arrested), found.chosen(~arrested)
    _happens(record, "suspect-arrested", taken, missed=0.10, median=2.0)
    asked = taken.chosen(chance.which(0.9, taken.size))
    _happens(record, "suspect-interviewed-under-caution", asked, missed=0.18, median=2.2)
    volunteers = others.chosen(chance.which(0.6, others.size))
    _happens(record, "suspect-interviewed-under-caution", volunteers, missed=0.16, median=2.5)

    next_day = taken.later(chance.random.integers(0, 2, taken.size))
    way = chance.one_of({"charged": 0.22, "bailed": 0.33, "investigated": 0.22, "released": 0.23}, taken.size)
    at_once, bailed, investigated, released = (next_day.chosen(way == n) for n in range(4))
    _happens(record, "suspect-bailed", bailed, missed=0.12, median=2.4)
    _happens(record, "suspect-released-under-investigation", investigated, missed=0.22, median=3.0)
    _happens(record, "suspect-released-without-charge", released, missed=0.18, median=2.8)
    changed = bailed.chosen(chance.which(0.14, bailed.size))
    changed = changed.later(1 + chance.days(changed.size, median=18.0))
    _happens(record, "bail-conditions-changed", changed, missed=0.28, median=3.0)

    waiting = [group.later(1 + chance.days(group.size, median=45.0)) for group in (bailed, investigated, volunteers)]
    undecided = _together(*waiting)
    way = chance.one_of({"charged": 0.30, "not charged": 0.48, "disposal": 0.16, "still open": 0.06}, undecided.size)
    later, dropped, disposed = (undecided.chosen(way == n) for n in range(3))
    _happens(record, "decision-not-to-charge", dropped, missed=0.14, median=2.6)
    record.add("out-of-court-disposal-considered", disposed.crime, disposed.day - 1, suspect=disposed.number)
    asked = disposed.chosen(chance.which(0.6, disposed.size))
    record.add("victim-views-sought", asked.crime, asked.day - 1, suspect=asked.number)
    _happens(record, "out-of-court-disposal-given", disposed, missed=0.18, median=2.4)
    charged = _together(at_once, later)
    _happens(record, "suspect-charged", charged, missed=0.09, median=1.8)
    return charged


def _try(record: SyntheticRecord, charged: _Suspects) -> _Suspects:
    """Hearings, the outcome and the sentence, each received by the Witness Care Unit and passed on to the victims."""
    chance = record.chance
    first = charged.later(chance.days(charged.size, median=12.0, spread=0.6))
    _is_heard(record, "hearing-listed", first, hearing=1, missed=0.16)
    remanded = first.chosen(chance.which(0.35, first.size))
    _is_heard(record, "bail-hearing-decided", remanded, hearing=1, missed=0.16)
    absent = first.chosen(chance.which(0.04, first.size))
    _is_heard(record, "arrest-warrant-issued", absent, hearing=1, missed=0.2)
    contested = chance.which(0.45, first.size)
    tried, pleaded = first.chosen(contested), first.chosen(~contested)
    tried = tried.later(30 + chance.days(tried.size, median=90.0, spread=0.7))
    listed = _Suspects(crime=tried.crime, number=tried.number, day=tried.day - 25)
    _is_heard(record, "hearing-listed", listed, hearing=2, missed=0.14)
    _is_heard(record, "witness-attendance-required", listed, hearing=2, missed=0.12)
    claims = tried.chosen(chance.which(0.12, tried.size))
    received = record.receipt(claims.day + 3)
    record.add("expenses-claimed", claims.crime, claims.day + 3, received=received, victim=1)
    paid = claims.chosen(chance.which(0.8, claims.size))
    record.add("expenses-paid", paid.crime, paid.day + 4 + chance.days(paid.size, median=11.0), victim=1)
    stopped = chance.which(0.10, tried.size)
    _happens(record, "proceedings-stopped", tried.chosen(stopped), missed=0.14, median=2.0)
    heard = _together(tried.chosen(~stopped), pleaded)
    _is_heard(record, "case-outcome", heard, hearing=NONE, missed=0.1)
    sentenced = heard.chosen(chance.which(0.72, heard.size))
    sentenced = sentenced.later(np.where(chance.which(0.6, sentenced.size), 0, 21))
    known = _is_heard(record, "sentence-passed", sentenced, hearing=NONE, missed=0.1)
    scheme = "unduly-lenient-sentence-scheme"
    record.tell(scheme, sentenced.crime, known, missed=0.24, median=1.3, suspect=sentenced.number)
    referred = sentenced.chosen(chance.which(0.08, sentenced.size))
    referred = referred.later(1 + chance.days(referred.size, median=7.0))
    record.add("referred-to-vcs", referred.crime, chance.in_office(referred.day), suspect=referred.number)
    reached = referred.chosen(chance.which(0.85, referred.size))
    reached = reached.later(4 + chance.days(reached.size, median=13.0))
    record.add("vcs-contact-made", reached.crime, chance.in_office(reached.day), suspect=reached.number)
    return sentenced


def _what_else(record: SyntheticRecord) -> None:
    """Property given back, and complaints."""
    chance, crimes = record.chance, record.crimes
    for event, answer, share, wait, median in (
        ("property-no-longer-needed", "property-returned", 0.05, 60.0, 20.0),
        ("complaint-received", "complaint-acknowledged", 0.006, 40.0, 8.0),
    ):
        (crime,) = np.nonzero(chance.which(share, crimes.size))
        at = chance.in_office(crimes.reported[crime] + chance.days(len(crime), median=wait))
        record.add(event, crime, at, victim=1)
        answered = chance.which(0.8, len(crime))
        crime, at = chosen(answered, crime, at)
        record.add(answer, crime, chance.in_office(at + chance.days(len(crime), median=median)), victim=1)


@frozen(kw_only=True)
class _Sides:
    """The second offences, by crime: their day, whose they are, and whether the victims of the first are listed."""

    crime: Numbers
    committed: Numbers
    victims: Numbers
    first_listed: Truths


def _side_offences(record: SyntheticRecord, charged: _Suspects) -> _Sides:
    """Some suspects are charged with a second offence, such as failing to surrender, which ends in its own way."""
    chance = record.chance
    _, place = np.unique(charged.crime, return_index=True)
    place = place[chance.which(SIDE_OFFENCE, len(place))]
    suspects = _Suspects(crime=charged.crime[place], number=charged.number[place], day=charged.day[place])
    victims = chance.one_of(SIDE_VICTIMS, suspects.size)
    record.add("suspect-charged", suspects.crime, suspects.day, suspect=suspects.number, offence=2)
    over = suspects.later(20 + chance.days(suspects.size, median=40.0, spread=0.6))
    stopped = chance.which(0.4, over.size)
    for event, which in (("proceedings-stopped", stopped), ("sentence-passed", ~stopped)):
        ended = over.chosen(which)
        received = record.receipt(ended.day)
        record.add(event, ended.crime, ended.day, received=received, suspect=ended.number, offence=2)
        told = over.chosen(which & (victims != list(SIDE_VICTIMS).index("none")))
        record.tell(event, told.crime, told.day, missed=0.2, median=2.0, suspect=told.number)
    return _Sides(
        crime=suspects.crime,
        committed=np.where(chance.which(0.9, suspects.size), suspects.day - 1, NONE),
        victims=victims,
        first_listed=chance.which(0.7, suspects.size),
    )


def _happens(record: SyntheticRecord, event: str, suspects: _Suspects, *, missed: float, median: float) -> None:
    """Something happens to suspects, and the victims are told."""
    record.add(event, suspects.crime, suspects.day, suspect=suspects.number)
    record.tell(event, suspects.crime, suspects.day, missed=missed, median=median, suspect=suspects.number)


def _is_heard(record: SyntheticRecord, event: str, suspects: _Suspects, *, hearing: int, missed: float) -> Numbers:
    """A court decides something, the Witness Care Unit hears of it on the days given back, and tells the victims."""
    received = record.receipt(suspects.day)
    record.add(event, suspects.crime, suspects.day, received=received, suspect=suspects.number, hearing=hearing)
    known = np.maximum(received, suspects.day)
    record.tell(event, suspects.crime, known, missed=missed, median=1.3, suspect=suspects.number, hearing=hearing)
    return known


def _together(*groups: _Suspects) -> _Suspects:
    crime, number, day = (
        np.concatenate([getattr(group, name) for group in groups]) for name in ("crime", "number", "day")
    )
    return _Suspects(crime=crime, number=number, day=day)


# --- tables -----------------------------------------------------------------------------------------------------


def _events(record: SyntheticRecord, sides: _Sides, references: pa.Array) -> pa.Table:
    columns = record.in_order()
    names = pa.array(list(record.names))
    of_offence = [n for name, n in record.names.items() if name in _ON_AN_OFFENCE]
    first = np.isin(columns["crime"], sides.crime) & np.isin(columns["event"], of_offence)
    offence = np.where(first & (columns["offence"] == NONE), 1, columns["offence"])
    return pa.table(
        {
            "case_ref": references.take(pa.array(columns["crime"])),
            "event": _words(names, columns["event"]),
            "at": _days(columns["at"]),
            "received": _days(columns["received"]),
            "about": _words(names, columns["about"]),
            "victim_ref": _numbered("V", columns["victim"]),
            "suspect_ref": _numbered("S", columns["suspect"]),
            "hearing_ref": _numbered("H", columns["hearing"]),
            "recorded": _days(columns["recorded"]),
            "offence_ref": _numbered("O", offence),
        }
    )


def _victims(crimes: Crimes, references: pa.Array) -> pa.Table:
    victims = crimes.victims
    business = crimes.business[victims.crime]
    child = victims.age[crimes.first[victims.crime]] < 18
    speaker = np.where(child, 2, 3)
    capacities = pa.array(["person", "business", "parent-or-guardian", "family-spokesperson"])
    bands = age_bands(victims.age)
    return pa.table(
        {
            "case_ref": references.take(pa.array(victims.crime)),
            "victim_ref": _numbered("V", victims.number),
            "born": _days(np.where(victims.age_recorded & ~business, victims.birthday, NONE)),
            "capacity": _words(capacities, np.where(business, 1, np.where(victims.speaks, speaker, 0))),
            "age_band": _words(pa.array([*AGE_BANDS.values(), "not recorded"]),
                               np.where(business, NONE, np.where(victims.age_recorded, bands, len(AGE_BANDS)))),
            "ethnicity": _words(pa.array(list(ETHNICITIES)), np.where(business, NONE, victims.ethnicity)),
        }
    )  # fmt: skip


def _assertions(chance: Chance, crimes: Crimes, sentenced: _Suspects, references: pa.Array) -> pa.Table:
    """What is said of crimes, of sentences and of victims; of many nothing is."""
    crime: list[Numbers] = []
    victim: list[Numbers] = []
    fact: list[str] = []
    value: list[Truths] = []
    since: list[Numbers] = []

    def say(name: str, of: Numbers, holds: Truths, from_day: Numbers | int = NONE, who: Numbers | int = NONE) -> None:
        crime.append(of)
        victim.append(np.broadcast_to(who, len(of)))
        fact.extend([name] * len(of))
        value.append(holds)
        since.append(np.broadcast_to(from_day, len(of)))

    for name, holds in (
        ("domestic-abuse", crimes.domestic),
        ("hate-crime", crimes.hate),
        ("sexual-offence", crimes.sexual),
    ):
        said = holds & chance.which(0.96, crimes.size) | ~holds & chance.which(0.25, crimes.size)
        (of,) = np.nonzero(said)
        say(name, of, holds[of])
    of, place = np.unique(sentenced.crime, return_index=True)
    for name, share in (("custody-of-12-months-or-more", 0.16), ("specified-offence", 0.2)):
        said = chance.which(0.75, len(of))
        say(name, of[said], chance.which(share, int(said.sum())), sentenced.day[place][said])
    victims = crimes.victims
    people = ~crimes.business[victims.crime]
    for name, share in FACTS.items():
        said = people & chance.which(share, len(people))
        (who,) = np.nonzero(said)
        holds = chance.which(0.85, len(who))
        later = chance.which(0.4, len(who))
        day = crimes.reported[victims.crime[who]] + chance.days(len(who), median=3.0)
        say(name, victims.crime[who], holds, np.where(later, day, NONE), victims.number[who])
    return pa.table(
        {
            "victim_ref": _numbered("V", np.concatenate(victim)),
            "case_ref": references.take(pa.array(np.concatenate(crime))),
            "fact": pa.array(fact, pa.string()),
            "value": pa.array(np.concatenate(value)),
            "since": _days(np.concatenate(since)),
            "source": pa.array(["synthetic"] * len(fact), pa.string()),
        }
    )


def _spokespersons(crimes: Crimes, references: pa.Array) -> pa.Table:
    victims = crimes.victims
    (who,) = np.nonzero(victims.speaks)
    return pa.table(
        {
            "case_ref": references.take(pa.array(victims.crime[who])),
            "victim_ref": _numbered("V", victims.number[who]),
            "speaks_for": pa.array(["V1"] * len(who), pa.string()),
        }
    )


def _offences(crimes: Crimes, sides: _Sides, references: pa.Array) -> pa.Table:
    """Both offences of the crimes that have two."""
    crime = np.repeat(sides.crime, 2)
    first = np.where(crimes.committed_recorded, crimes.committed, NONE)[sides.crime]
    return pa.table(
        {
            "case_ref": references.take(pa.array(crime)),
            "offence_ref": _numbered("O", np.tile([1, 2], len(sides.crime))),
            "committed_on": _days(np.stack([first, sides.committed], axis=1).reshape(-1)),
            "cjs_code": pa.nulls(len(crime), pa.string()),
        }
    )


def _offence_victims(crimes: Crimes, sides: _Sides, references: pa.Array) -> pa.Table:
    """Whose offences they are; a row without a victim says that an offence has none, and no row that it is not told."""
    listed, how_many = sides.crime[sides.first_listed], crimes.how_many[sides.crime[sides.first_listed]]
    every = np.repeat(listed, how_many)
    number = np.arange(len(every)) - np.repeat(np.cumsum(how_many) - how_many, how_many) + 1
    nobody, last = (sides.victims == list(SIDE_VICTIMS).index(whose) for whose in ("none", "the last"))
    crime = np.concatenate([every, sides.crime[nobody], sides.crime[last]])
    offence = np.concatenate([np.full(len(every), 1), np.full(len(crime) - len(every), 2)])
    victim = np.concatenate([number, np.full(int(nobody.sum()), NONE), crimes.how_many[sides.crime[last]]])
    return pa.table(
        {
            "case_ref": references.take(pa.array(crime)),
            "offence_ref": _numbered("O", offence),
            "victim_ref": _numbered("V", victim),
        }
    )


def _cases(crimes: Crimes, sides: _Sides, references: pa.Array) -> pa.Table:
    one = crimes.committed_recorded & ~np.isin(np.arange(crimes.size), sides.crime)
    return pa.table(
        {
            "case_ref": references,
            "committed_on": _days(np.where(one, crimes.committed, NONE)),
            "cjs_code": pa.nulls(crimes.size, pa.string()),
            "crime_type": _named(CRIMES, crimes.crime_type),
            "district": _named(DISTRICTS, crimes.district),
        }
    )


def _named(choices: Mapping[str, object], places: Numbers) -> pa.Array:
    return _words(pa.array(list(choices)), places)


def _words(words: pa.Array, places: Numbers) -> pa.Array:
    return words.take(pa.array(places, mask=places == NONE))


def _days(days: Numbers) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days == NONE).cast(pa.date32())


def _numbered(letter: str, numbers: Numbers) -> pa.Array:
    return _words(pa.array(_REFERENCES[letter]), numbers)


_REFERENCES: Mapping[str, Sequence[str]] = {letter: [f"{letter}{n}" for n in range(9)] for letter in "VSHO"}
_ON_AN_OFFENCE = {event.id for event in load_vocabulary().events.values() if event.of_offence}
"""The events that decide on an offence; in a crime with two, those that name none are about the first."""
