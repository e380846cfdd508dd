"""The law as small tables: editions, days off, limits, what is sought, duties; and what follows from them alone.

Each table can be written into the statement, or stand in the database under a name of its own
(:mod:`victims_code.bulk.law_tables`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from attrs import frozen

from victims_code.bulk.condition_rows import LEVELS, TestRow, depth_of, rows_of_condition
from victims_code.bulk.fragments import Cell, literal, table_of
from victims_code.bulk.rules import (
    ANY,
    DutyRow,
    Extent,
    LimitRow,
    TriggerRow,
    declined_when,
    enhanced_by_person_when,
    enhanced_when,
)
from victims_code.bulk.steps import ANSWERS, QueryStep, Terms
from victims_code.law import Unit
from victims_code.vocabulary import SPEAKS_FOR, Status, Track, load_vocabulary
from victims_code.working_days import WorkingDayCalendar

_SQL_KINDS = {"number": "INT", "mark": "BIGINT", "text": "TEXT", "day": "DATE"}


@frozen
class LawColumn:
    """A column of a table of the law: its name, whether it holds numbers, marks, text or days, and what they mean."""

    name: str
    kind: str
    meaning: str
    can_be_empty: bool = False


@frozen(kw_only=True)
class LawTable:
    """A small table of the law.

    ``name`` is what the steps call it, ``stored_as`` what it is called where it stands in a database; ``key`` names
    the columns that tell its rows apart.
    """

    name: str
    stored_as: str
    why: str
    key: tuple[str, ...]
    columns: tuple[LawColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def step(self, terms: Terms) -> QueryStep:
        """The table written out as a query."""
        kinds = {column.name: _SQL_KINDS[column.kind] for column in self.columns if column.can_be_empty}
        words = {name: kind for name, kind in terms.names.items() if name in ("event", "about")}
        types = {name: kind for name, kind in words.items() if name in self.names}
        return QueryStep(self.name, self.why, table_of(self.names, self.rows, kinds=kinds, types=types))


def law_steps(terms: Terms) -> Iterator[QueryStep]:
    """Every table of the law written out, and what follows from them."""
    for table in tables_of_law(terms):
        yield table.step(terms)
    yield _digits()
    yield QueryStep(
        "days", "Every day from a Monday on, and how many working days there have been up to it", _days(terms)
    )
    yield from derived_steps(terms)
    yield QueryStep("titles", "What duties are called, by number", _titles(terms))
    yield QueryStep("parts", "The Rights or chapters of each edition, by number", _parts(terms))
    yield QueryStep("named", "Every duty in words: what it is called, where it stands, who owes it", _named(terms))


def _digits() -> QueryStep:
    return QueryStep("digits", "To number days with", table_of(("digit",), ((n,) for n in range(10))))


def stored_law_steps(terms: Terms) -> Iterator[QueryStep]:
    """What a statement needs that reads the law from tables: that they are the right ones, and what follows from them.

    The tables hold every duty, of which the statement reads those it tells of.
    """
    mismatch = "The law tables are not those this view was made for. Create tables and view anew. Found tables"
    yield QueryStep(
        "same_law",
        "Stops with an error unless the tables of the law are, whole, those this view was made for",
        f"""
        SELECT CASE WHEN COUNT(*) = 1 AND MAX(tables_hash) = {literal(terms.tables_hash)} THEN 1
            ELSE STOP_WITH({literal(mismatch)}, MAX(tables_hash)) END AS is_same
        FROM law_stamp""",
    )
    of_obligations = terms.rules.extent is not Extent.STANDING
    yield QueryStep(
        "duties",
        "The duties this view tells of: what starts each, and its limits by number",
        f"SELECT * FROM law_duties_started WHERE way {'<>' if of_obligations else '='} 'plain'",
    )
    yield QueryStep(
        "triggers",
        "The events that start them, and for whom: the victim or another body",
        f"SELECT * FROM law_triggers WHERE {'for_obligations' if of_obligations else 'for_standing'} = 1",
    )
    yield QueryStep(
        "named",
        "Every duty in words, with its part of the identity of an obligation",
        f"""
        SELECT d.duty_number, d.duty, d.title, d.part, d.edition, d.owed_by, d.evidence,
            {_IDENTITY.format(edition="d.edition")}
        FROM law_duties AS d""",
    )
    if terms.rules.looks_for_records:
        yield QueryStep(
            "seeks",
            "The records sought because of each trigger, by slot, and which references must agree",
            """
        SELECT trigger_number, slot, edition_number, event, COALESCE(about, '') AS about, heard, by_suspect, by_hearing,
            of_victim
        FROM law_records_sought""",
        )
    if terms.rules.recurring:
        yield _digits()
    yield from derived_steps(terms)


def derived_steps(terms: Terms) -> Iterator[QueryStep]:
    """What follows from the tables of the law and the days: the last day of every limit, and the periods."""
    if terms.rules.limited:
        yield QueryStep(
            "deadlines",
            "The last day in time of every limit, whatever day its clock starts on; that day is not counted"
            " (readings: day-of-event-is-day-zero, working-day)",
            "\nUNION ALL\n".join(_ends(terms)),
        )
    if terms.rules.recurring:
        yield QueryStep(
            "periods",
            "The periods of duties that recur, whatever day they start from (reading: monthly-updates)",
            "\nUNION ALL\n".join(_periods(terms)),
        )


def tables_of_law(terms: Terms) -> Iterator[LawTable]:
    """The tables that hold the law, but for what duties are called."""
    rules = terms.rules
    yield LawTable(
        name="bank_holidays",
        stored_as="law_bank_holidays",
        why=f"Days off that are no weekend days. Calendar: {terms.calendar.version}",
        key=("the_day",),
        columns=(LawColumn("the_day", "day", "The day"), LawColumn("reason", "text", "Why no work is done on it")),
        rows=_days_off(terms.calendar, terms.monday, terms.last_day),
    )
    yield _editions(terms)
    yield _capacities(terms)
    yield _tests(terms)
    if rules.limited:
        yield LawTable(
            name="limits",
            stored_as="law_limits",
            why="Every limit of the Code, by number",
            key=("limit_number",),
            columns=(
                LawColumn("limit_number", "number", "The number of the limit"),
                LawColumn("how_many", "number", "How many units it runs for"),
                LawColumn("unit", "text", "working-day, day, month or year"),
            ),
            rows=tuple((n, limit.count, limit.unit.value) for n, limit in enumerate(rules.limits, start=1)),
        )
    yield _triggers(terms)
    if any(trigger.event == ANY for trigger in rules.triggers):
        yield LawTable(
            name="standing",
            stored_as="law_first_event_triggers",
            why="What the first event on record under an edition starts (reading: standing-duties)",
            key=("trigger_number",),
            columns=(_TRIGGER, _EDITION, _OF_BODY),
            rows=tuple(
                (trigger.number, rules.number_of(trigger.edition), not trigger.to_victim)
                for trigger in rules.triggers
                if trigger.event == ANY
            ),
        )
    if rules.looks_for_records:
        yield _seeks(terms)
    yield _marked(terms)
    yield _duties(terms)


_TRIGGER = LawColumn("trigger_number", "number", "What starts the duty")
_EDITION = LawColumn("edition_number", "number", "The edition of the Code, the oldest is 1")
_OF_BODY = LawColumn("of_body", "number", "1 if the duty is owed to another body, 0 if to the victim")


@lru_cache(maxsize=8)
def _days_off(calendar: WorkingDayCalendar, first: date, last: date) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    day = first
    while day <= last:
        if day.weekday() < 5 and not calendar.is_working_day(day):
            rows.append((day, calendar.why_not(day)))
        day += timedelta(days=1)
    return tuple(rows) or ((first - timedelta(days=1), "none"),)


def days_table(terms: Terms) -> LawTable:
    """Every day, numbered, with the working days up to it: what the step ``days`` works out."""
    rows: list[tuple[Cell, ...]] = []
    worked = 0
    for number in range((terms.last_day - terms.monday).days + 1):
        day = terms.monday + timedelta(days=number)
        works = terms.calendar.is_working_day(day)
        worked += works
        rows.append((day, number, works, worked))
    return LawTable(
        name="days",
        stored_as="law_days",
        why="Every day from a Monday on, and how many working days there have been up to it",
        key=("the_day",),
        columns=(
            LawColumn("the_day", "day", "The day"),
            LawColumn("day_number", "number", "How many days it is after the first"),
            LawColumn("works", "number", "1 for a working day, 0 for a weekend or a bank holiday"),
            LawColumn("working_days", "number", "How many working days there have been, this one included"),
        ),
        rows=tuple(rows),
    )


def named_table(terms: Terms) -> LawTable:
    """Every duty in words, with its sources: what the step ``named`` puts together."""
    said = ((row, _words_of(row)) for row in terms.rules.duties)
    return LawTable(
        name="named",
        stored_as="law_duties",
        why="Every duty in words: what it is called, where it stands, who owes it, and on what that rests",
        key=("duty_number",),
        columns=(
            _DUTY,
            LawColumn("duty", "text", "The duty"),
            LawColumn("title", "text", "What is to be done"),
            LawColumn("part", "text", "The Right or chapter it is in"),
            LawColumn("edition", "text", "The edition of the Code"),
            LawColumn("owed_by", "text", "Who owes it"),
            LawColumn("evidence", "text", "What it rests on: text, secondary or unconfirmed"),
            LawColumn("sources", "text", "The sources that say so"),
        ),
        rows=tuple(
            (row.number, *(words[name] for name in ("duty", "title", "part", "edition", "owed_by", "evidence")),
             _cited(row))
            for row, words in said
        ),
    )  # fmt: skip


_DUTY = LawColumn("duty_number", "number", "The number of the duty")


def _editions(terms: Terms) -> LawTable:
    rules = terms.rules
    rows = []
    for number, edition in enumerate(rules.editions, start=1):
        ages = [c.below for c in edition.eligibility.capacities if c.speaks and c.below is not None]
        whens = enhanced_when(edition), enhanced_by_person_when(edition), declined_when(edition)
        info = edition.info
        rows.append((number, *map(rules.condition_number, whens), max(ages, default=None), info.in_force_from))
    return LawTable(
        name="editions",
        stored_as="law_editions",
        why="The editions of the Code: the conditions of Enhanced Rights, and who is a child",
        key=("edition_number",),
        columns=(
            _EDITION,
            LawColumn("enhanced_when", "number", "The condition of Enhanced Rights", can_be_empty=True),
            LawColumn("by_person_when", "number", "The same, whatever the offence", can_be_empty=True),
            LawColumn("declined_when", "number", "The condition under which they are declined"),
            LawColumn("children_below", "number", "The age below which a parent speaks for a child", can_be_empty=True),
            LawColumn("in_force_from", "day", "Its first day"),
        ),
        rows=tuple(rows),
    )


def _capacities(terms: Terms) -> LawTable:
    rules = terms.rules
    return LawTable(
        name="capacities",
        stored_as="law_capacities",
        why="In which capacity someone is covered by an edition, and under which condition",
        key=("edition_number", "capacity"),
        columns=(
            _EDITION,
            LawColumn("capacity", "text", "The capacity: person, close-relative and so on"),
            LawColumn("entitled_when", "number", "The condition of being covered; none if always", can_be_empty=True),
            LawColumn("can_be_enhanced", "number", "1 if Enhanced Rights are open to them"),
            LawColumn("speaks", "number", "1 if they speak for another"),
            LawColumn("speaks_for_children", "number", "1 if that is for children alone"),
        ),
        rows=tuple(
            (number, c.id, rules.condition_number(c.entitled_when), c.enhanced, c.speaks, c.below is not None)
            for number, edition in enumerate(rules.editions, start=1)
            for c in edition.eligibility.capacities
        ),
    )


def levels_of(terms: Terms) -> tuple[str, ...]:
    """The columns that place a test in its condition, from the outermost in."""
    return LEVELS[: max(map(depth_of, terms.rules.conditions))]


def _tests(terms: Terms) -> LawTable:
    levels, marks = levels_of(terms), terms.marks("mark")
    rows = [
        (number, *test.place, *_of_test(terms, test), test.wanted)
        for number, condition in enumerate(terms.rules.conditions, start=1)
        for test in rows_of_condition(condition, len(levels))
    ]
    each = "One of these suffices", "All of these must hold"
    return LawTable(
        name="tests",
        stored_as="law_tests",
        why="What each condition asks: it holds if all clauses of one of its parts hold, a clause if one of its tests"
        " does (reading: unknown-facts)",
        key=("condition_number", *levels),
        columns=(
            LawColumn("condition_number", "number", "The number of the condition"),
            *(LawColumn(name, "number", each[n % 2]) for n, name in enumerate(levels)),
            LawColumn("fact", "text", "The fact that is asked for"),
            LawColumn("capacity", "text", "The capacity, if that is what is asked for", can_be_empty=True),
            *(LawColumn(name, "mark", "The mark of the fact; 0 for a capacity") for name in marks),
            LawColumn("wanted", "number", "1 if it must be so, 0 if it must not"),
        ),
        rows=tuple(rows),
    )


def _of_test(terms: Terms, test: TestRow) -> tuple[Cell, ...]:
    if test.word is not None:
        return test.fact, test.word, *terms.marks_of()
    return test.fact, None, *terms.marks_of(test.fact)


def _days(terms: Terms) -> str:
    return f"""
        SELECT w.the_day, w.day_number, w.works, SUM(w.works) OVER (ORDER BY w.day_number) AS working_days
        FROM (
            SELECT n.the_day, n.day_number,
                CASE WHEN n.day_number % 7 >= 5 OR h.the_day IS NOT NULL THEN 0 ELSE 1 END AS works
            FROM (
                SELECT ADD_DAYS({literal(terms.monday)}, t.n) AS the_day, t.n AS day_number
                FROM (
                    SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit + 10000 * e.digit AS n
                    FROM digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c CROSS JOIN digits AS d
                    CROSS JOIN digits AS e
                ) AS t
                WHERE t.n <= {(terms.last_day - terms.monday).days}
            ) AS n
            LEFT JOIN bank_holidays AS h ON h.the_day = n.the_day
        ) AS w"""


_ENDS = {
    Unit.WORKING_DAY: "e.works = 1 AND e.working_days = s.working_days + {count}",
    Unit.DAY: "e.day_number = s.day_number + {count}",
}


def _ends(terms: Terms) -> Iterator[str]:
    limits = terms.rules.limits
    for unit, ends in _ENDS.items():
        if any(limit.unit is unit for limit in limits):
            yield f"""
                SELECT l.limit_number, s.the_day AS starts_on, e.the_day AS ends_on, e.working_days
                FROM days AS s
                CROSS JOIN (SELECT * FROM limits WHERE unit = {literal(unit.value)}) AS l
                JOIN days AS e ON {ends.format(count="l.how_many")}"""
    for number, limit in enumerate(limits, start=1):
        if limit.unit not in _ENDS:
            yield f"""
                SELECT m.limit_number, m.starts_on, m.ends_on, e.working_days
                FROM (
                    SELECT {number} AS limit_number, the_day AS starts_on,
                        ADD_MONTHS(the_day, {_months(limit)}) AS ends_on
                    FROM days
                ) AS m
                LEFT JOIN days AS e ON e.the_day = m.ends_on"""


def _months(limit: LimitRow) -> int:
    return limit.count * (12 if limit.unit is Unit.YEAR else 1)


def _periods(terms: Terms) -> Iterator[str]:
    """The periods of every round of an edition; each begins on the day the one before it ends."""
    wanted = {(row.edition, row.round) for row in terms.rules.duties if row.round is not None}
    for edition, number in sorted(wanted, key=lambda pair: (pair[0].id, pair[1])):
        limit = terms.rules.rounds[number - 1]
        last = min(edition.info.in_force_until or terms.last_day, terms.last_day)
        most = (last - edition.info.in_force_from).days // (limit.count * _FEWEST_DAYS[limit.unit]) + 2
        rounds = f"""(
            SELECT r.n FROM (
                SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit AS n
                FROM digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c CROSS JOIN digits AS d
            ) AS r WHERE r.n < {most}
        ) AS n"""
        if limit.unit in _ENDS:
            begins = _ENDS[limit.unit].format(count=f"n.n * {limit.count}").replace("e.", "b.")
            query = f"""
                SELECT n.n, s.the_day AS started_on, CASE WHEN n.n = 0 THEN s.the_day ELSE b.the_day END AS starts_on,
                    e.the_day AS ends_on
                FROM days AS s CROSS JOIN {rounds}
                LEFT JOIN days AS b ON n.n > 0 AND {begins}
                JOIN days AS e ON {_ENDS[limit.unit].format(count=f"(n.n + 1) * {limit.count}")}"""
        else:
            months = _months(limit)
            query = f"""
                SELECT n.n, s.the_day AS started_on, ADD_MONTHS(s.the_day, n.n * {months}) AS starts_on,
                    ADD_MONTHS(s.the_day, (n.n + 1) * {months}) AS ends_on
                FROM days AS s CROSS JOIN {rounds}
                WHERE s.the_day <= {literal(last)}"""
        yield f"""
            SELECT {terms.rules.number_of(edition)} AS edition_number, {number} AS round_number, p.n + 1 AS period,
                p.started_on, p.starts_on, p.ends_on, e.working_days
            FROM ({query}) AS p
            LEFT JOIN days AS e ON e.the_day = p.ends_on
            WHERE p.starts_on <= {literal(last)} AND p.starts_on <= {terms.as_at}"""


_FEWEST_DAYS = {Unit.WORKING_DAY: 1, Unit.DAY: 1, Unit.MONTH: 28, Unit.YEAR: 365}


def _triggers(terms: Terms) -> LawTable:
    return LawTable(
        name="triggers",
        stored_as="law_triggers",
        why="The events that start duties, and for whom: the victim or another body",
        key=("trigger_number",),
        columns=(
            _TRIGGER,
            _EDITION,
            LawColumn("event", "text", "The event"),
            LawColumn("occurrence", "text", "first or later, if that matters", can_be_empty=True),
            _OF_BODY,
            *(() if terms.rules.extent else _FOR_WHICH),
        ),
        rows=tuple(
            (
                trigger.number,
                terms.rules.number_of(trigger.edition),
                trigger.event,
                None if trigger.occurrence is None else trigger.occurrence.value,
                not trigger.to_victim,
                *(() if terms.rules.extent else _for_which(trigger)),
            )
            for trigger in terms.rules.triggers
            if trigger.event != ANY
        ),
    )


_FOR_WHICH = (
    LawColumn("for_obligations", "number", "1 if it starts a duty with a deadline or a record"),
    LawColumn("for_standing", "number", "1 if it starts a duty without either"),
)


def _for_which(trigger: TriggerRow) -> tuple[bool, ...]:
    return tuple(any(extent.takes(row.duty) for row in trigger.duties) for extent in Extent)


def _seeks(terms: Terms) -> LawTable:
    rules = terms.rules
    nothing = "" if rules.extent else None  # in a table that is stored, because loaders take an empty text for null
    rows = [
        (trigger.number, slot, rules.number_of(trigger.edition), event, sought.about or nothing, sought.heard,
         sought.by_suspect, sought.by_hearing, sought.of_victim and trigger.to_victim)
        for trigger in rules.triggers
        for number, slot in trigger.slots.items()
        for sought in [rules.sought[number - 1]]
        for event in sought.events
    ]  # fmt: skip
    return LawTable(
        name="seeks",
        stored_as="law_records_sought",
        why="The records sought because of each trigger, by slot, and which references must agree",
        key=("trigger_number", "slot", "event"),
        columns=(
            _TRIGGER,
            LawColumn("slot", "number", "Which of the records that are sought"),
            _EDITION,
            LawColumn("event", "text", "The event of the record"),
            LawColumn("about", "text", "What it must be about; empty if about nothing", can_be_empty=nothing is None),
            LawColumn("heard", "number", "1 if a record of who speaks for the victim will do"),
            LawColumn("by_suspect", "number", "1 if the suspect must be the same"),
            LawColumn("by_hearing", "number", "1 if the hearing must be the same"),
            LawColumn("of_victim", "number", "1 if it must concern the victim"),
        ),
        rows=tuple(rows),
    )


def _marked(terms: Terms) -> LawTable:
    stated = {fact for fact in terms.rules.facts if load_vocabulary().facts[fact].can_be_stated}
    return LawTable(
        name="marked",
        stored_as="law_facts",
        why="Every fact the law asks for, as a mark in a number",
        key=("fact",),
        columns=(
            LawColumn("fact", "text", f"The fact; {SPEAKS_FOR} is for whom someone speaks"),
            LawColumn("can_be_stated", "number", "1 if it can be stated, 0 if it follows from others"),
            *(LawColumn(name, "mark", "Its mark") for name in terms.marks("mark")),
        ),
        rows=tuple((fact, fact in stated, *terms.marks_of(fact)) for fact in terms.missable),
    )


def _duties(terms: Terms) -> LawTable:
    def number(name: str, meaning: str) -> LawColumn:
        return LawColumn(name, "number", meaning)

    def maybe(name: str, meaning: str) -> LawColumn:
        return LawColumn(name, "number", meaning, can_be_empty=True)

    slots = {trigger.number: trigger.slots for trigger in terms.rules.triggers}
    rows: list[tuple[Cell, ...]] = []
    for family in terms.rules.families:
        for row in family.duties:
            for trigger in (trigger for trigger in terms.rules.triggers if row in trigger.duties):
                discharged_by, before, before_if_enhanced, ends_with = (
                    None if sought is None else slots[trigger.number][sought] for sought in row.seeks
                )
                standard, enhanced = row.terms
                rows.append((
                    row.number, trigger.number, terms.rules.number_of(row.edition), row.condition,
                    row.duty.deadline.single or not row.to_victim,
                    standard.limit, standard.from_receipt, before,
                    enhanced.limit, enhanced.from_receipt, before_if_enhanced,
                    row.round, ends_with, discharged_by, row.by_receipt, family.name, row.with_updates,
                ))  # fmt: skip
    return LawTable(
        name="duties",
        stored_as="law_duties_started",
        why="Every duty: what starts it, and its limits by number",
        key=("duty_number", "trigger_number"),
        columns=(
            _DUTY,
            _TRIGGER,
            _EDITION,
            maybe("condition_number", "The duty's own condition"),
            number("one_limit", "1 if the limit is the same with Enhanced Rights"),
            maybe("standard_limit", "The standard limit"),
            number("standard_from_receipt", "1 if it runs from the receipt"),
            maybe("standard_before", "The slot of the event before which it is due"),
            maybe("enhanced_limit", "The limit with Enhanced Rights"),
            number("enhanced_from_receipt", "1 if it runs from the receipt"),
            maybe("enhanced_before", "The slot of the event before which it is due"),
            maybe("round_number", "The limit of a duty that recurs"),
            maybe("ends_with", "The slot of the record that ends it"),
            maybe("discharged_by", "The slot of the record that shows it done"),
            number("by_receipt", "1 if the receipt of the trigger shows it done"),
            LawColumn("way", "text", "How the view works it out"),
            number("with_updates", "1 if who declines all updates declines it"),
        ),
        rows=tuple(rows),
    )


def _titles(terms: Terms) -> str:
    return table_of(("title_number", "title"), enumerate(_titles_of(terms), start=1), types=terms.names)


def _parts(terms: Terms) -> str:
    rows = ((number, *pair) for number, pair in enumerate(_parts_of(terms), start=1))
    return table_of(("part_number", "edition", "part"), rows, types=terms.names)


_IDENTITY = "CAST(d.duty AS TEXT) || '/' || CAST({edition} AS TEXT) || '/' AS id_part"


def _named(terms: Terms) -> str:
    titles, parts = _titles_of(terms), _parts_of(terms)
    rows = []
    for row in terms.rules.duties:
        words = _words_of(row)
        title, part = titles.index(words["title"]) + 1, parts.index((words["edition"], words["part"])) + 1
        rows.append((row.number, words["duty"], title, part, words["owed_by"], words["evidence"]))
    columns = ("duty_number", "duty", "title_number", "part_number", "owed_by", "evidence")
    duties = table_of(columns, rows, comments=map(_cited, terms.rules.duties), types=terms.names)
    return f"""
        SELECT d.duty_number, d.duty, t.title, p.part, p.edition, d.owed_by, d.evidence,
            {_IDENTITY.format(edition="p.edition")}
        FROM ({duties}) AS d
        JOIN titles AS t ON t.title_number = d.title_number
        JOIN parts AS p ON p.part_number = d.part_number"""


def _titles_of(terms: Terms) -> list[str]:
    return sorted({_words_of(row)["title"] for row in terms.rules.duties})


def _parts_of(terms: Terms) -> list[tuple[str, str]]:
    """Every part of an edition that has a duty: many duties stand in few of them."""
    return sorted({(words["edition"], words["part"]) for words in map(_words_of, terms.rules.duties)})


def _words_of(row: DutyRow) -> dict[str, str]:
    """What the answer says of a duty in the words of the law."""
    duty, edition = row.duty, row.edition
    return {
        "duty": duty.id,
        "title": duty.title,
        "part": edition.part_label(duty.part),
        "edition": edition.id,
        "owed_by": "; ".join(duty.owed_by),
        "evidence": duty.evidence.value,
    }


def law_words(terms: Terms, *others: Terms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The types that hold words of the answer as numbers, and the words of each, for statements that share them."""
    duties = [_words_of(row) for each in (terms, *others) for row in each.rules.duties]
    ours = {"track": Track, "status": Status}
    for column in ANSWERS:
        found = set(ours[column]) if column in ours else {words[column] for words in duties}
        yield terms.names[column], tuple(sorted(found))


def _cited(row: DutyRow) -> str:
    """The sources of a duty in a line."""
    return ", ".join(dict.fromkeys(cite.source for cite in row.duty.cites))
