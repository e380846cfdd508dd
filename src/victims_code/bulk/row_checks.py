"""What can be wrong with a row of an input table.

The rules and codes are those of :mod:`victims_code.cases.checks`, said in SQL, each over one row and what it is joined
to. In them ``s`` is the row as handed in, ``t`` the row as read, ``k`` its case, ``v`` a victim of the case other than
the first, ``b`` victims who may be born after the offence, ``d`` other rows with the same key, ``o`` the days of the
offences, ``r`` the last record of the case, ``f`` the offence it names, ``p`` the person it names, and ``w`` the words
of an event if they make sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from string import Formatter

from attrs import evolve, frozen

from victims_code import faults
from victims_code.bulk.csv_files import HINT, PROBLEM
from victims_code.bulk.fragments import day_as_number, literal, words
from victims_code.bulk.inputs import TableSource
from victims_code.cases.checks import PLACEHOLDERS, SPEAKERS, subjects_of
from victims_code.cases.records import DIRECT, UNKNOWN
from victims_code.dates import format_date
from victims_code.faults import FaultKind, FaultTemplate
from victims_code.law import Law
from victims_code.missing_values import missing_words, placeholder_dates
from victims_code.vocabulary import EventKind, EventName, load_vocabulary


@frozen(kw_only=True)
class Check:
    """One thing that can be wrong with a row.

    ``holds`` says when: over the row as handed in if ``raw``, else over the row as read and what it was joined to.
    The ``fault`` is worded over the row as read, as handed in, and the offence; its hint may be the nearest of the
    ``known`` words to ``word``. A ``note`` is reported and sets nothing aside. What is wrong ``of_words`` is in the
    names of the event and of what it is about, and in no other cell.
    """

    fault: SaidInSql
    column: str
    holds: str
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


_WORDS_OF_TRUTH = {"true": ("true", "1", "y", "yes", "t"), "false": ("false", "0", "n", "no", "f")}
_TRUTHS = " ".join(f"WHEN {literal(word)} THEN {truth}" for truth, said in _WORDS_OF_TRUTH.items() for word in said)
_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"[T ]([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?"
_ZONE = r"(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)"
_BLANKS = [code for code in range(0x3001) if chr(code).isspace()]
"""The characters that Python takes for white space; there are none beyond."""
_LONGEST = 12
"""No word for nothing is longer, with white space at its end that is none of the usual kind."""
_NEVER_BLANK = ("DATE", "TIMESTAMP", "BOOLEAN", "INTEGER", "BIGINT")
_TYPES = {"text": "VARCHAR", "moment": "DATE", "day": "DATE", "truth": "BOOLEAN", "number": "BIGINT"}


# --- cells ------------------------------------------------------------------------------------------------------


def of_cells(source: TableSource, columns: Iterable[str]) -> Iterator[Check]:
    """Rows that do not fit the table, cells that must not be empty and are, and cells that cannot be read."""
    fits = f's."{PROBLEM}" IS NULL AND ' if source.odd else ""
    if source.odd:
        yield Check(
            fault=in_sql(faults.ROW_SET_ASIDE, problem=f's."{PROBLEM}"', what_to_do=f's."{HINT}"'),
            column="",
            holds=f's."{PROBLEM}" IS NOT NULL',
            raw=True,
        )
    for column in source.table.columns:
        if column.needed:
            yield Check(
                fault=in_sql(faults.EMPTY_CELL, name=literal(column.name)),
                column=column.name,
                holds=f"{fits}{is_empty(source, column.name)}",
                raw=True,
            )
    for name in columns:
        holds = unreadable(source, name)
        if holds != "false":
            yield _unreadable(source, name, holds)


def _unreadable(source: TableSource, column: str, holds: str) -> Check:
    kind, given = source.table.column(column).kind, f'CAST(s."{column}" AS VARCHAR)'
    if column == "value":
        fault = in_sql(faults.FACT_NOT_TRUE_FALSE_OR_UNKNOWN, fact='s."fact"', value=given)
    elif column == "born":  # the value is personal, right or wrong
        fault = in_sql(faults.NOT_A_DATE_OF_BIRTH)
    elif kind == "moment":
        fault = in_sql(faults.NOT_A_MOMENT, text=given)
    elif kind == "day":
        fault = in_sql(faults.NOT_A_DATE, text=given)
    elif kind == "truth":
        fault = in_sql(faults.CELL_NOT_TRUE_OR_FALSE, given=given)
    else:
        fault = in_sql(faults.CELL_NOT_A_WHOLE_NUMBER, given=given)
    note = column == "value"  # the row still says that something was asked
    return Check(fault=fault, column=column, holds=holds, raw=True, note=note)


def cell(source: TableSource, column: str, *, to: str = "DATE") -> str:
    """The value of a column as SQL: text, a date, a boolean or a number; null where the cell is empty or wrong.

    :param to: what a date or time becomes: a ``DATE``, or a ``TIMESTAMP`` in London.
    """
    if not source.has(column):
        return f"CAST(NULL AS {_TYPES[source.table.column(column).kind]})"
    kind, given = source.table.column(column).kind, source.types[column]
    name = f's."{column}"'
    if kind == "text":
        return _unless_nothing(_as_text(name, given))
    if kind == "truth":
        if given == "BOOLEAN":
            return name
        return f"CASE lower({_as_text(name, given)}) {_TRUTHS} END"
    if kind == "number":
        return f"TRY_CAST({name} AS BIGINT)"
    if given == "DATE":
        return _of_this_calendar(name, to)
    if given.startswith("TIMESTAMP WITH TIME ZONE"):
        return _of_this_calendar(f"CAST(timezone('Europe/London', {name}) AS {to})", to)
    if given.startswith("TIMESTAMP"):
        return _of_this_calendar(f"CAST({name} AS {to})", to)
    return _of_this_calendar(_dated(f"CAST({name} AS VARCHAR)", with_time=kind == "moment", to=to), to)


def _as_text(name: str, given: str) -> str:
    """A cell as text: a whole number as one also where a data frame has made it ``101.0``."""
    if given not in ("DOUBLE", "FLOAT"):
        return f"CAST({name} AS VARCHAR)"
    whole = f"TRY_CAST({name} AS BIGINT)"
    return f"CASE WHEN {whole} = {name} THEN CAST({whole} AS VARCHAR) ELSE CAST({name} AS VARCHAR) END"


def _unless_nothing(text: str) -> str:
    """A text, or null if it is blank or a word for nothing, as none is that is long or begins with another letter.

    Empty cells come first and letters are compared as text, which is soonest done for millions of cells.
    """
    begins = {ord(letter) for word in missing_words() for letter in (word[0], word[0].upper())}
    ends = sorted({32, 126, *(letter for letter in begins if letter < 126)})
    others = [(first + 1, last) for first, last in pairwise(ends) if last - first > 1]
    another = " OR ".join(
        f"({text} >= {literal(chr(first))} AND {text} < {literal(chr(last))})" for first, last in reversed(others)
    )
    is_long = f"(ascii({text}) BETWEEN 33 AND 132 AND length(rtrim({text})) > {_LONGEST})"
    return f"""CASE WHEN {text} IS NULL THEN NULL WHEN {another} OR {is_long} THEN {text}
        WHEN {_bare(text)} NOT IN ('', {words(missing_words())}) THEN {text} END"""


def _bare(text: str) -> str:
    blanks = " || ".join(f"chr({code})" for code in _BLANKS)
    return f"lower(trim({text}, {blanks}))"


def word_for_nothing(source: TableSource, column: str) -> str:
    """Whether a cell holds a word for nothing, as SQL."""
    if not source.has(column) or source.types[column].startswith(_NEVER_BLANK):
        return "false"
    text = f'CAST(s."{column}" AS VARCHAR)'
    return f"(length(rtrim({text})) <= {_LONGEST} AND {_bare(text)} IN ({words(missing_words())}))"


def _of_this_calendar(day: str, to: str) -> str:
    """A day, or null if it lies before the year 1 or after the year 9999, as infinity does."""
    within = f"{day} >= DATE '0001-01-01' AND {day} < DATE '10000-01-01'"
    return f"CASE WHEN {within} THEN {day if to == 'DATE' else f'CAST({day} AS {to})'} END"


def _dated(text: str, *, with_time: bool, to: str) -> str:
    whens = [f"WHEN regexp_full_match({text}, '{_DATE}') THEN CAST(TRY_CAST({text} AS DATE) AS {to})"]
    if with_time:
        zoned = rf"regexp_replace({text}, '([+-]\d{{2}})(\d{{2}})$', '\1:\2')"
        whens += [
            f"WHEN regexp_full_match({text}, '{_DATE}{_TIME}') THEN CAST(TRY_CAST({text} AS TIMESTAMP) AS {to})",
            rf"WHEN regexp_full_match({text}, '{_DATE}{_TIME}{_ZONE}')"
            f" THEN CAST(timezone('Europe/London', TRY_CAST({zoned} AS TIMESTAMPTZ)) AS {to})",
        ]
    return f"CASE {' '.join(whens)} END"


def is_empty(source: TableSource, column: str) -> str:
    """Whether nothing stands in a cell, as SQL."""
    name = f's."{column}"'
    if source.types[column].startswith(_NEVER_BLANK):
        return f"{name} IS NULL"
    return f"({_unless_nothing(f'CAST({name} AS VARCHAR)')}) IS NULL"


def unreadable(source: TableSource, column: str) -> str:
    """Whether something stands in a cell that cannot be read, as SQL."""
    kind = source.table.column(column).kind
    if not source.has(column) or kind == "text" or (kind, source.types[column]) == ("truth", "BOOLEAN"):
        return "false"
    said = f" AND {_bare(f'CAST(s.{column} AS VARCHAR)')} <> {literal(UNKNOWN)}" if column == "value" else ""
    return f"(NOT {is_empty(source, column)} AND ({cell(source, column)}) IS NULL{said})"


# --- tables -----------------------------------------------------------------------------------------------------


def of_cases() -> Iterator[Check]:
    """The cases: each once, each with a victim, and no day of the offence where there is a list of offences."""
    yield _repeated("case_ref", in_sql(faults.CASE_IN_TWO_ROWS))
    yield _filled_in("committed_on")
    yield Check(
        fault=in_sql(faults.OFFENCES_AND_A_DAY_OF_OFFENCE),
        column="committed_on",
        holds="t.committed_on IS NOT NULL AND many.case_label IS NOT NULL",
    )
    yield Check(fault=in_sql(faults.NO_USABLE_VICTIM, case="t.case_label"), column="case_ref", holds="false")


def of_offences() -> Iterator[Check]:
    """The offences: each once in a case, and each in a case with a victim."""
    yield _repeated("offence_ref", in_sql(faults.OFFENCE_IN_TWO_ROWS))
    yield _filled_in("committed_on")
    yield Check(fault=in_sql(faults.NO_USABLE_VICTIM, case="t.case_label"), column="case_ref", holds="false")


def of_offence_victims() -> Iterator[Check]:
    """Who is a victim of which offence: victims and offences that are there, born before the offence."""
    yield from _people_are_known()
    yield _offence_is_known("t.offence_ref IS NOT NULL AND k.case_ref IS NOT NULL")
    yield Check(
        fault=in_sql(faults.BORN_AFTER_THE_OFFENCE),
        column="victim_ref",
        holds="p.born > f.committed_on AND NOT p.born_later",
    )


def of_victims() -> Iterator[Check]:
    """The victims: each once in a case, in a known capacity, and born before the offence and the last record."""
    yield _repeated("victim_ref", in_sql(faults.VICTIM_IN_TWO_ROWS))
    yield _filled_in("born")
    capacities = load_vocabulary().facts["capacity"].values
    yield _unknown_word(in_sql(faults.CAPACITY_UNKNOWN, word="t.capacity"), "capacity", "t.capacity", capacities)
    yield Check(
        fault=in_sql(faults.BORN_AFTER_THE_OFFENCE),
        column="born",
        holds=f"t.born > o.last_on AND NOT {BORN_LATER_CELL}",
    )
    yield Check(
        fault=in_sql(faults.BORN_AFTER_EVERY_RECORD),
        column="born",
        holds=f"t.born > r.last_record AND NOT coalesce(t.born > o.last_on, false) AND NOT {BORN_LATER_CELL}",
    )


def of_assertions() -> Iterator[Check]:
    """Assertions: of people who are there, facts that are known, and no two that contradict each other."""
    yield from _people_are_known()
    yield _offence_is_known("t.offence_ref IS NOT NULL AND k.case_ref IS NOT NULL")
    facts = [fact for fact in load_vocabulary().facts.values() if fact.can_be_stated]
    for of, stands, fault in (
        ("victim", "t.victim_label IS NOT NULL", in_sql(faults.FACT_UNKNOWN, word="t.fact")),
        ("case", "t.victim_label IS NULL", in_sql(faults.FLAG_UNKNOWN, word="t.fact")),
    ):
        known = [fact.id for fact in facts if fact.of == of]
        yield _unknown_word(fault, "fact", "t.fact", known, only=f"{stands} AND ")
    yield Check(fault=in_sql(faults.FACT_WITH_TWO_VALUES, fact="t.fact"), column="value", holds="d.fact IS NOT NULL")
    yield Check(fault=in_sql(faults.AGE_AGAINST_THE_DATES, fact="t.fact"), column="value", holds=_against_the_dates())


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
    """Those who speak for others: in a capacity that does, and for other victims of the case who speak for no one."""
    yield from _people_are_known()
    yield _repeated("speaks_for", in_sql(faults.ROW_TWICE))
    yield Check(
        fault=in_sql(faults.NO_CAPACITY_TO_SPEAK, victim="t.victim_label", speakers=literal(" or ".join(SPEAKERS))),
        column="victim_ref",
        holds=f"p.case_label IS NOT NULL AND coalesce(p.capacity, 'person') NOT IN ({words(SPEAKERS)})",
    )
    yield Check(
        fault=in_sql(faults.NO_OTHER_USABLE_VICTIM, other="t.other_label"),
        column="speaks_for",
        holds="k.case_ref IS NOT NULL AND (q.case_label IS NULL OR t.other_label = t.victim_label)",
    )
    yield Check(
        fault=in_sql(faults.SPEAKS_FOR_A_SPOKESPERSON, other="t.other_label"),
        column="speaks_for",
        holds="z.case_label IS NOT NULL AND t.other_label <> t.victim_label",
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
            fault=in_sql(
                faults.RECORDED_AFTER_ASSESSMENT,
                as_at=literal(format_date(as_at)),
                event="t.event_word",
                recorded=spelt("t.recorded"),
            ),
            column="recorded",
            holds=f"t.recorded > {literal(as_at)}",
            note=True,
        )
    event, received = "t.event_word", spelt("t.received")
    yield Check(
        fault=in_sql(
            faults.RECEIVED_AFTER_ASSESSMENT, as_at=literal(format_date(as_at)), event=event, received=received
        ),
        column="received",
        holds=f"CASE WHEN t.received > {literal(as_at)} THEN {counts} END",
        note=True,
    )
    if known_on is not None and known_on < as_at:
        yield Check(
            fault=in_sql(
                faults.RECEIVED_AFTER_DAY_KNOWN, day=literal(format_date(known_on)), event=event, received=received
            ),
            column="received",
            holds=f"CASE WHEN t.received > {literal(known_on)} AND t.received <= {literal(as_at)} THEN {counts} END",
            note=True,
        )
    yield from _editions_govern(law, counts)


def _counted(as_at: date, known_on: date | None) -> str:
    """Whether an event had happened and was on record, as :mod:`victims_code.bulk.steps.record` has it."""
    return f"({_AT} <= {literal(as_at)} AND coalesce(t.recorded, {_AT}) <= {literal(known_on or as_at)})"


def _words_make_sense(law: Law, standing: str) -> Iterator[Check]:
    yield _unknown_word(
        in_sql(faults.EVENT_UNKNOWN, word="t.event_word"), "event", "t.event_word", load_vocabulary().events
    )
    events = load_vocabulary().events.values()
    takes = words(event.id for event in events if event.about)
    subjects = " ".join(f"WHEN {literal(e.id)} THEN {literal(subjects_of(e))}" for e in events if e.about)
    yield Check(
        fault=in_sql(faults.EVENT_ABOUT_NOTHING, event="t.event_word", subjects=f"CASE t.event_word {subjects} END"),
        column="about",
        holds=f"{standing}t.about_word IS NULL AND t.event_word IN ({takes})",
    )
    yield Check(
        fault=in_sql(faults.EVENT_TAKES_NO_ABOUT, event="t.event_word"),
        column="about",
        holds=f"{standing}t.about_word IS NOT NULL"
        f" AND t.event_word IN ({words(event.id for event in events if not event.about)})",
    )
    for event in events:
        if known := _what_it_can_be_about(event):
            only = f"{standing}t.event_word = {literal(event.id)} AND "
            fault = in_sql(faults.NOTHING_A_VICTIM_IS_TOLD, word="t.about_word")
            yield _unknown_word(fault, "about", "t.about_word", known, only=only)
    duties = {duty for edition in law.editions.values() for duty in edition.duties}
    of_duties = words(event.id for event in events if "duty" in event.about)
    yield Check(
        fault=in_sql(faults.RECORD_ABOUT_NOTHING_THERE, kind=literal("duty"), word="t.about_word"),
        column="about",
        holds=f"{standing}t.event_word IN ({of_duties}) AND t.about_word NOT IN ({words(duties)})",
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
        fault=in_sql(faults.DECLINED_WHAT_IS_NOT_OWED, about="t.about_word"),
        column="about",
        holds=f"{standing}t.event_word IN ({words(wishes)}) AND t.about_word IN ({words(others)})",
        note=True,
    )


def _what_it_can_be_about(name: EventName) -> set[str]:
    """The names allowed; empty for duties, which the law knows and the record does not."""
    events = {event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER}
    topics = set(load_vocabulary().topics)
    return (events if "event" in name.about else set()) | (topics if "topic" in name.about else set())


def _dates_are_in_order() -> Iterator[Check]:
    yield Check(
        fault=in_sql(
            faults.EVENT_BEFORE_OFFENCE, event="t.event_word", at=spelt(_AT), committed=spelt("o.committed_on")
        ),
        column="at",
        holds=f"{_AT} < {_COMMITTED}",
    )
    received, recorded, at = spelt("t.received"), spelt("t.recorded"), spelt(_AT)
    for column, fault in (
        ("received", in_sql(faults.RECEIVED_BEFORE_IT_HAPPENED, received=received, at=at)),
        ("recorded", in_sql(faults.RECORDED_BEFORE_IT_HAPPENED, recorded=recorded, at=at)),
    ):
        yield Check(fault=fault, column=column, holds=f"t.{column} < {_AT}")


def _corrections_name_a_record() -> Iterator[Check]:
    yield Check(
        fault=in_sql(faults.RECORD_REFERENCE_TWICE, reference="t.reference"),
        column="reference",
        holds="same.how_many > 1",
    )
    yield Check(
        fault=in_sql(faults.CORRECTION_OF_NO_RECORD, replaces="t.replaces"),
        column="replaces",
        holds="t.replaces IS NOT NULL AND (old.reference IS NULL OR t.replaces = coalesce(t.reference, ''))",
    )
    yield Check(
        fault=in_sql(faults.WITHDRAWAL_OF_NOTHING), column="withdrawn", holds="t.withdrawn AND t.replaces IS NULL"
    )


def _editions_govern(law: Law, counts: str) -> Iterator[Check]:
    """Triggers that count under an edition that is not encoded, or under none: reported, since no one assesses them.

    The day is looked at first: few events lie on such days, and only their names are looked up.
    """
    triggers = words(event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER)
    known = f"t.event_word IN ({triggers}) AND {counts}"
    infos = law.infos.values()
    for info in infos:
        if not info.encoded:
            last = info.in_force_until
            until = "" if last is None else f" AND {_AT} <= {literal(last)}"
            yield Check(
                fault=in_sql(
                    faults.EVENT_UNDER_AN_EDITION_NOT_ENCODED,
                    day=spelt(_AT),
                    edition=literal(info.id),
                    since=literal(format_date(info.in_force_from)),
                    until=literal("today" if last is None else format_date(last)),
                    title=literal(info.title),
                ),
                column="at",
                holds=f"CASE WHEN {_AT} >= {literal(info.in_force_from)}{until} THEN {known} END",
                note=True,
            )
    first = min(infos, key=lambda info: info.in_force_from)
    yield Check(
        fault=in_sql(faults.NO_EDITION_ON_THAT_DAY, day=spelt(_AT), range=literal(law.range_in_words())),
        column="at",
        holds=f"CASE WHEN {_AT} < {literal(first.in_force_from)} THEN {known} END",
        note=True,
    )


# --- what they share --------------------------------------------------------------------------------------------


def _offence_is_known(named: str) -> Check:
    return Check(
        fault=in_sql(faults.NO_USABLE_OFFENCE, offence="t.offence_ref"),
        column="offence_ref",
        holds=f"{named} AND f.offence_ref IS NULL",
    )


def _people_are_known() -> Iterator[Check]:
    yield Check(
        fault=in_sql(faults.NO_USABLE_VICTIM, case="t.case_label"),
        column="case_ref",
        holds="t.case_label IS NOT NULL AND k.case_ref IS NULL",
    )
    yield Check(
        fault=in_sql(faults.NO_SUCH_USABLE_VICTIM, victim="t.victim_label"),
        column="victim_ref",
        holds=f"k.case_ref IS NOT NULL AND t.victim_label IS NOT NULL AND ({VICTIM_NUMBER}) IS NULL",
    )


def _filled_in(column: str) -> Check:
    days = ", ".join(f"DATE '{day}'" for day in sorted(placeholder_dates()))
    return Check(fault=in_sql(PLACEHOLDERS[column]), column=column, holds=f"t.{column} IN ({days})", note=True)


def _repeated(column: str, fault: SaidInSql) -> Check:
    """Of rows that say the same the first is kept; of rows that differ none, because no one knows which is right."""
    return Check(
        fault=fault, column=column, holds="d.first_row IS NOT NULL AND (d.differ OR t.row_number <> d.first_row)"
    )


def _unknown_word(fault: SaidInSql, column: str, word: str, known: Iterable[str], *, only: str = "") -> Check:
    names = frozenset(known)
    return Check(fault=fault, column=column, holds=f"{only}{word} NOT IN ({words(names)})", word=word, known=names)


@frozen(kw_only=True)
class SaidInSql:
    """A fault of the catalogue with its sentences as SQL; no ``hint`` where it is the nearest of many words."""

    kind: FaultKind
    message: str
    hint: str | None


def in_sql(template: FaultTemplate, **cells: str) -> SaidInSql:
    """A fault of the catalogue in SQL, its particulars as expressions of text.

    Of a long cell that is quoted beginning and end are kept, as in :class:`~victims_code.faults.Fault`.

    >>> in_sql(faults.SYNONYM_TWICE, synonym="t.word").hint
    "'Keep one of the two.'"
    """
    hint = None if template.hint == "{nearest}" else _sentence(template.hint, cells)
    return SaidInSql(kind=template.kind, message=_sentence(template.message, cells), hint=hint)


def _sentence(template: str, cells: Mapping[str, str]) -> str:
    parts: list[str] = []
    for words_before, name, _, conversion in Formatter().parse(template):
        parts += [literal(words_before)] if words_before else []
        if name is not None:
            parts += ["''''", _cut(cells[name]), "''''"] if conversion == "r" else [cells[name]]
    return " || ".join(parts)


def _cut(cell: str) -> str:
    return f"CASE WHEN length({cell}) > 60 THEN left({cell}, 35) || '…' || right({cell}, 24) ELSE {cell} END"


def spelt(day: str) -> str:
    """A date in words as SQL."""
    return f"strftime({day}, '%A %-d %B %Y')"
