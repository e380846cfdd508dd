"""What can be wrong with a row of an input table.

The rules and codes are those of :mod:`victims_code.cases.checks`, said in SQL, each over one row and what it is joined
to. In them ``s`` is the row as handed in, ``t`` the row as read, ``k`` its case, ``v`` a victim of the case other than
the first, ``b`` victims who may be born after the offence, ``d`` other rows with the same key, ``o`` the days of the
offences, ``f`` the offence it names, ``p`` the person it names, and ``w`` the words of an event if they make sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from string import Formatter

from attrs import evolve, frozen

from victims_code.bulk.cells import is_empty, unreadable
from victims_code.bulk.csv_files import HINT, PROBLEM
from victims_code.bulk.fragments import day_as_number, literal, words
from victims_code.bulk.inputs import Source
from victims_code.cases.checks import BORN_LATER, NOT_THE_AGE, PLACEHOLDERS, SPEAKERS
from victims_code.cases.people import DIRECT
from victims_code.dates import format_date
from victims_code.law import Law
from victims_code.missing_values import placeholder_dates
from victims_code.vocabulary import EventKind, EventName, load_vocabulary

__all__ = [
    "BORN_LATER_CELL",
    "VICTIM_NUMBER",
    "Check",
    "of_assertions",
    "of_cases",
    "of_cells",
    "of_events",
    "of_spokespersons",
    "of_victims",
    "said",
    "spelt",
]


@frozen(kw_only=True)
class Check:
    """One thing that can be wrong with a row.

    ``holds`` says when: over the row as handed in if ``raw``, else over the row as read and what it was joined to.
    ``what`` and ``hint`` say it over the row as read, as handed in, and the offence. Where the way out is the
    nearest of the ``known`` words to ``word``, it is left out. A ``note`` is reported and sets nothing aside. What is
    wrong ``of_words`` lies in the names of the event and of what it is about, and in no other cell.
    """

    code: str
    column: str
    holds: str
    message: str
    hint: str | None = None
    word: str = ""
    known: frozenset[str] = frozenset()
    raw: bool = False
    note: bool = False
    of_words: bool = False


VICTIM_NUMBER = "CASE WHEN t.victim_label = k.first_victim THEN k.first_number ELSE v.victim_ref END"
"""The number of the victim a row names."""

BORN_LATER_CELL = f"(b.case_label IS NOT NULL OR coalesce(t.capacity, 'person') NOT IN ({words(DIRECT)}))"
"""Whether a victim may have been born after the offence (reading *born-after-the-offence*)."""

_AT = 't."at"'
_COMMITTED = "CASE WHEN t.offence_ref IS NULL THEN k.committed_on ELSE f.committed_on END"
"""The day before which none of the offences was committed that an event can be about, where that is known."""


# --- cells ------------------------------------------------------------------------------------------------------


def of_cells(source: Source, columns: Iterable[str]) -> Iterator[Check]:
    """Rows that do not fit the table, cells that must not be empty and are, and cells that cannot be read."""
    fits = f's."{PROBLEM}" IS NULL AND ' if source.odd else ""
    if source.odd:
        yield Check(
            code="VC-FILE-007",
            column="",
            holds=f's."{PROBLEM}" IS NOT NULL',
            message=f's."{PROBLEM}"',
            hint=f's."{HINT}"',
            raw=True,
        )
    for column in source.table.columns:
        if column.needed:
            yield Check(
                code="VC-FILE-004",
                column=column.name,
                holds=f"{fits}{is_empty(source, column.name)}",
                message=literal(f"`{column.name}` is empty."),
                hint="'Fill it in.'",
                raw=True,
            )
    for name in columns:
        holds = unreadable(source, name)
        if holds != "false":
            yield _unreadable(source, name, holds)


def _unreadable(source: Source, column: str, holds: str) -> Check:
    kind, given = source.table.column(column).kind, f'CAST(s."{column}" AS VARCHAR)'
    if column == "value":
        code = "VC-CASE-008"
        what = said("'{fact}' is true, false or unknown, not '{given}'.", fact='s."fact"', given=given)
        hint = "Write true, false or unknown. Until then the answer counts as not known."
    elif kind in ("moment", "day"):
        code = "VC-DATE-001"
        what = said("'{given}' is not a date.", given=given)
        if column == "born":  # the value is personal, right or wrong
            what = "'This is not a date of birth.'"
        hint = "Write it as 2026-04-02" + (", or with a time as 2026-04-02T10:20." if kind == "moment" else ".")
    else:
        code = "VC-FILE-005"
        what = said("'{given}' does not belong here.", given=given)
        hint = "Write true or false." if kind == "truth" else "Write a whole number."
    note = column == "value"  # the row still says that something was asked
    return Check(code=code, column=column, holds=holds, message=what, hint=literal(hint), raw=True, note=note)


# --- tables -----------------------------------------------------------------------------------------------------


def of_cases() -> Iterator[Check]:
    """The cases: each once, each with a victim, and no day of the offence where there is a list of offences."""
    yield _repeated("case_ref", "The case stands twice.")
    yield _filled_in("committed_on")
    yield Check(
        code="VC-CASE-017",
        column="committed_on",
        holds="t.committed_on IS NOT NULL AND many.case_label IS NOT NULL",
        message="'The case gives both a day of the offence and offences in the table of offences.'",
        hint="'Give the day in the table of offences, and leave it empty here.'",
    )
    yield Check(
        code="VC-CASE-013",
        column="case_ref",
        holds="false",  # known once the victims have been read
        message=said("The case '{case}' has no victim that can be used.", case="t.case_label"),
        hint="'Add one to the table of victims, or correct the row that is there.'",
    )


def of_offences() -> Iterator[Check]:
    """The offences: each once in a case, and each in a case with a victim."""
    yield _repeated("offence_ref", "Two offences of the case have this reference.")
    yield _filled_in("committed_on")
    yield Check(
        code="VC-CASE-013",
        column="case_ref",
        holds="false",  # known once the victims have been read
        message=said("The case '{case}' has no victim that can be used.", case="t.case_label"),
        hint="'Add one to the table of victims, or correct the row that is there.'",
    )


def of_offence_victims() -> Iterator[Check]:
    """Who is a victim of which offence: victims and offences that are there, born before the offence."""
    yield from _people_are_known()
    yield _offence_is_known("t.offence_ref IS NOT NULL AND k.case_ref IS NOT NULL")
    yield Check(
        code="VC-CASE-011",
        column="victim_ref",
        holds="p.born > f.committed_on AND NOT p.born_later",
        message="'This victim was born after the offence was committed.'",
        hint=literal(BORN_LATER),
    )


def of_victims() -> Iterator[Check]:
    """The victims: each once in a case, in a known capacity, and born before the offence."""
    yield _repeated("victim_ref", "Two victims of the case have this reference.")
    yield _filled_in("born")
    yield _unknown_word(
        "VC-CASE-014", "capacity", "t.capacity", load_vocabulary().facts["capacity"].values, "is not a capacity."
    )
    yield Check(
        code="VC-CASE-011",
        column="born",
        holds=f"t.born > o.last_on AND NOT {BORN_LATER_CELL}",
        message="'This victim was born after the offence was committed.'",
        hint=literal(BORN_LATER),
    )


def of_assertions() -> Iterator[Check]:
    """Assertions: of people who are there, facts that are known, and no two that contradict each other."""
    yield from _people_are_known()
    yield _offence_is_known("t.offence_ref IS NOT NULL AND k.case_ref IS NOT NULL")
    facts = [fact for fact in load_vocabulary().facts.values() if fact.can_be_stated]
    for of, stands, what in (
        ("victim", "t.victim_label IS NOT NULL", "is not a fact of a victim."),
        ("case", "t.victim_label IS NULL", "is not a flag of an offence."),
    ):
        known = [fact.id for fact in facts if fact.of == of]
        yield _unknown_word("VC-CASE-007", "fact", "t.fact", known, what, only=f"{stands} AND ")
    yield Check(
        code="VC-CASE-012",
        column="value",
        holds="d.fact IS NOT NULL",
        message=said("'{fact}' is asserted with two values from the same date.", fact="t.fact"),
        hint="'Keep the right one, or give each its `since`.'",
    )
    what, hint = NOT_THE_AGE
    yield Check(
        code="VC-CASE-018",
        column="value",
        holds=_against_the_dates(),
        message=said(what, fact="t.fact"),
        hint=literal(hint),
    )


def _against_the_dates() -> str:
    """Whether a stated age is that of the victim at none of the offences, or would be at none of them."""
    first, last = (f"{day_as_number(day)} - {day_as_number('p.born')}" for day in ("o.committed_on", "o.last_on"))
    return " OR ".join(
        f"(t.fact = {literal(fact.id)}"
        f" AND CASE WHEN t.value THEN {first} >= {below} ELSE NOT t.value AND {last} < {below} END)"
        for fact in load_vocabulary().facts.values()
        if fact.of_dates
        for below in [(fact.below or 0) * 10000]
    )


def of_spokespersons() -> Iterator[Check]:
    """Those who speak for others: in a capacity that does, and for other victims of the case who speak for nobody."""
    yield from _people_are_known()
    yield _repeated("speaks_for", "The row stands twice.")
    yield Check(
        code="VC-CASE-015",
        column="victim_ref",
        holds=f"p.case_label IS NOT NULL AND coalesce(p.capacity, 'person') NOT IN ({words(SPEAKERS)})",
        message=said("'{victim}' is in no capacity that speaks for others.", victim="t.victim_label"),
        hint=literal(f"Give them the capacity {' or '.join(SPEAKERS)}, or take the row out."),
    )
    yield Check(
        code="VC-CASE-015",
        column="speaks_for",
        holds="k.case_ref IS NOT NULL AND (q.case_label IS NULL OR t.other_label = t.victim_label)",
        message=said("The case has no other victim '{other}' that can be used.", other="t.other_label"),
        hint="'Correct the reference, or take the row out.'",
    )
    yield Check(
        code="VC-CASE-015",
        column="speaks_for",
        holds="z.case_label IS NOT NULL AND t.other_label <> t.victim_label",
        message=said("'{other}' speaks for others, and nobody speaks for a spokesperson.", other="t.other_label"),
        hint="'Name the victims themselves.'",
    )


def of_events(law: Law, *, corrected: bool, as_at: date, known_on: date | None) -> Iterator[Check]:
    """The events: known names, about something that makes sense, dates in order, of people who are there."""
    counts = _counted(as_at, known_on)
    if corrected:
        counts += " AND NOT coalesce(t.withdrawn, false) AND newer.replaces IS NULL"
    yield from _people_are_known()
    yield _offence_is_known("t.offence_ref IS NOT NULL AND k.case_ref IS NOT NULL")
    for check in _words_make_sense(law, "NOT coalesce(t.withdrawn, false) AND " if corrected else ""):
        yield evolve(check, of_words=True)
    yield from _dates_are_in_order()
    if corrected:
        yield from _corrections_name_a_record()
    if known_on is None:
        yield Check(
            code="VC-CASE-101",
            column="recorded",
            holds=f"t.recorded > {literal(as_at)}",
            message=said(
                f"'{{event}}' was recorded on {{made}}, after the date of assessment {format_date(as_at)}.",
                event="t.event_word",
                made=spelt("t.recorded"),
            ),
            hint="'It is left out. Assess as at a later date to include it, or correct `recorded`.'",
            note=True,
        )
        yield Check(
            code="VC-CASE-111",
            column="received",
            holds=f"CASE WHEN t.received > {literal(as_at)} THEN {counts} END",
            message=said(
                f"'{{event}}' was received on {{came}}, after the date of assessment {format_date(as_at)}.",
                event="t.event_word",
                came=spelt("t.received"),
            ),
            hint="'The event counts, its receipt does not. Assess as at a later date, or correct `received`.'",
            note=True,
        )
    yield from _editions_govern(law, counts)


def _counted(as_at: date, known_on: date | None) -> str:
    """Whether an event had happened and was on record, as :mod:`victims_code.bulk.steps.record` has it."""
    return f"({_AT} <= {literal(as_at)} AND coalesce(t.recorded, {_AT}) <= {literal(known_on or as_at)})"


def _words_make_sense(law: Law, standing: str) -> Iterator[Check]:
    yield _unknown_word("VC-CASE-001", "event", "t.event_word", load_vocabulary().events, "is not an event name.")
    events = load_vocabulary().events.values()
    takes = words(event.id for event in events if event.about)
    yield Check(
        code="VC-CASE-009",
        column="about",
        holds=f"{standing}t.about_word IS NULL AND t.event_word IN ({takes})",
        message=said("'{event}' does not say what it is about.", event="t.event_word"),
        hint="'Fill `about` in.'",
    )
    yield Check(
        code="VC-CASE-009",
        column="about",
        holds=f"{standing}t.about_word IS NOT NULL"
        f" AND t.event_word IN ({words(event.id for event in events if not event.about)})",
        message=said("'{event}' takes no `about`.", event="t.event_word"),
        hint="'Leave it empty.'",
    )
    for event in events:
        if known := _what_it_can_be_about(event):
            only = f"{standing}t.event_word = {literal(event.id)} AND "
            what = "is nothing a victim can be told of."
            yield _unknown_word("VC-CASE-009", "about", "t.about_word", known, what, only=only)
    duties = {duty for edition in law.editions.values() for duty in edition.duties}
    of_duties = words(event.id for event in events if "duty" in event.about)
    yield Check(
        code="VC-CASE-009",
        column="about",
        holds=f"{standing}t.event_word IN ({of_duties}) AND t.about_word NOT IN ({words(duties)})",
        message=said("There is no duty '{about}', so this record has no effect.", about="t.about_word"),
        word="t.about_word",
        known=frozenset(duties),
        note=True,
    )
    yield _of_another_body(law, standing)


def _of_another_body(law: Law, standing: str) -> Check:
    """Refusals of what is not owed to the victim."""
    duties = [duty for edition in law.editions.values() for duty in edition.duties.values()]
    wishes = (event.id for event in load_vocabulary().events.values() if event.kind is EventKind.WISH and event.about)
    others = {duty.id for duty in duties} - {duty.id for duty in duties if duty.owed_to == "victim"}
    return Check(
        code="VC-CASE-112",
        column="about",
        holds=f"{standing}t.event_word IN ({words(wishes)}) AND t.about_word IN ({words(others)})",
        message=said("'{about}' is not owed to the victim, so this record has no effect.", about="t.about_word"),
        hint="'Delete the record, or name the duty to the victim that was declined.'",
        note=True,
    )


def _what_it_can_be_about(name: EventName) -> set[str]:
    """The names allowed; empty for duties, which the law knows and the record does not."""
    events = {event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER}
    topics = set(load_vocabulary().topics)
    return (events if "event" in name.about else set()) | (topics if "topic" in name.about else set())


def _dates_are_in_order() -> Iterator[Check]:
    yield Check(
        code="VC-CASE-002",
        column="at",
        holds=f"{_AT} < {_COMMITTED}",
        message=said(
            "'{event}' is dated {at}, before the offence on {committed}.",
            event="t.event_word",
            at=spelt(_AT),
            committed=spelt("o.committed_on"),
        ),
        hint="'Correct one of the two dates, or leave `committed_on` empty if it is not known.'",
    )
    for code, column in (("VC-CASE-005", "received"), ("VC-CASE-006", "recorded")):
        yield Check(
            code=code,
            column=column,
            holds=f"t.{column} < {_AT}",
            message=said(
                f"It was {column} on {{then}}, before it happened on {{at}}.",
                then=spelt(f"t.{column}"),
                at=spelt(_AT),
            ),
            hint=literal(f"Correct `{column}` or `at`."),
        )


def _corrections_name_a_record() -> Iterator[Check]:
    yield Check(
        code="VC-CASE-004",
        column="reference",
        holds="same.how_many > 1",
        message=said("Two records of the case are called '{reference}'.", reference="t.reference"),
        hint="'Give each record a reference of its own; a correction names the old one in `replaces`.'",
    )
    yield Check(
        code="VC-CASE-010",
        column="replaces",
        holds="t.replaces IS NOT NULL AND (old.reference IS NULL OR t.replaces = coalesce(t.reference, ''))",
        message=said("No other record of the case is called '{replaces}'.", replaces="t.replaces"),
        hint="'Give the record that is corrected that `reference`.'",
    )
    yield Check(
        code="VC-CASE-010",
        column="withdrawn",
        holds="t.withdrawn AND t.replaces IS NULL",
        message="'This withdrawal does not say of what.'",
        hint="'Name the record that is withdrawn in `replaces`.'",
    )


def _editions_govern(law: Law, counts: str) -> Iterator[Check]:
    """Triggers that count under an edition that is not encoded, or under none: reported, since nobody assesses them.

    The day is looked at first: few events lie on such days, and only their names are looked up.
    """
    triggers = words(event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER)
    known = f"t.event_word IN ({triggers}) AND {counts}"
    infos = law.infos.values()
    for info in infos:
        if not info.encoded:
            until = "" if info.in_force_until is None else f" AND {_AT} <= {literal(info.in_force_until)}"
            yield Check(
                code="VC-LAW-001",
                column="at",
                holds=f"CASE WHEN {_AT} >= {literal(info.in_force_from)}{until} THEN {known} END",
                message=said(f"The event of {{at}} falls under {info.id}, which is not encoded.", at=spelt(_AT)),
                hint=literal(f"Assess it by hand under {info.title}."),
                note=True,
            )
    first = min(infos, key=lambda info: info.in_force_from)
    yield Check(
        code="VC-LAW-002",
        column="at",
        holds=f"CASE WHEN {_AT} < {literal(first.in_force_from)} THEN {known} END",
        message=said("No edition of the Code governs {at}.", at=spelt(_AT)),
        hint=literal(f"The first, {first.id}, came into force on {format_date(first.in_force_from)}."),
        note=True,
    )


# --- what they share --------------------------------------------------------------------------------------------


def _offence_is_known(named: str) -> Check:
    return Check(
        code="VC-CASE-016",
        column="offence_ref",
        holds=f"{named} AND f.offence_ref IS NULL",
        message=said("The case has no offence '{offence}' that can be used.", offence="t.offence_ref"),
        hint="'Add it to the table of offences, or correct the row or the reference.'",
    )


def _people_are_known() -> Iterator[Check]:
    yield Check(
        code="VC-CASE-013",
        column="case_ref",
        holds="t.case_label IS NOT NULL AND k.case_ref IS NULL",
        message=said("The case '{case}' has no victim that can be used.", case="t.case_label"),
        hint="'Add one to the table of victims, or correct the row that is there.'",
    )
    yield Check(
        code="VC-CASE-003",
        column="victim_ref",
        holds=f"k.case_ref IS NOT NULL AND t.victim_label IS NOT NULL AND ({VICTIM_NUMBER}) IS NULL",
        message=said("The case has no victim '{victim}' that can be used.", victim="t.victim_label"),
        hint="'Add the victim, or correct the row or the reference.'",
    )


def _filled_in(column: str) -> Check:
    days = ", ".join(f"DATE '{day}'" for day in sorted(placeholder_dates()))
    what, hint = PLACEHOLDERS[column]
    return Check(
        code="VC-CASE-117",
        column=column,
        holds=f"t.{column} IN ({days})",
        message=literal(what),
        hint=literal(hint),
        note=True,
    )


def _repeated(column: str, what: str) -> Check:
    """Of rows that say the same the first is kept; of rows that differ none, because nobody knows which is right."""
    return Check(
        code="VC-CASE-004",
        column=column,
        holds="d.first_row IS NOT NULL AND (d.differ OR t.row_number <> d.first_row)",
        message=literal(what),
        hint="'Keep one row. Of rows that are the same the first was used, of rows that differ none.'",
    )


def _unknown_word(code: str, column: str, word: str, known: Iterable[str], message: str, *, only: str = "") -> Check:
    names = frozenset(known)
    return Check(
        code=code,
        column=column,
        holds=f"{only}{word} NOT IN ({words(names)})",
        message=said(f"'{{word}}' {message}", word=word),
        word=word,
        known=names,
    )


def said(sentence: str, **cells: str) -> str:
    """A sentence with cells in it as SQL; of a long cell beginning and end are kept, as in :class:`Fault`.

    >>> said("{n} suspects could be meant.", n="'2'").endswith(" || ' suspects could be meant.'")
    True
    """
    parts: list[str] = []
    for said, name, *_ in Formatter().parse(sentence):
        parts += [literal(said)] if said else []
        parts += [_cut(cells[name])] if name is not None else []
    return " || ".join(parts)


def _cut(cell: str) -> str:
    return f"CASE WHEN length({cell}) > 60 THEN left({cell}, 35) || '…' || right({cell}, 24) ELSE {cell} END"


def spelt(day: str) -> str:
    """A date in words as SQL."""
    return f"strftime({day}, '%A %-d %B %Y')"
