"""The law as small tables: days off, days, limits, what is sought, duties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from victims_code.bulk.fragments import literal, table_of
from victims_code.bulk.rules import ANY, DutyRow, LimitRow, TriggerRow
from victims_code.bulk.steps import ANSWERS, QueryStep, Terms
from victims_code.law import Unit
from victims_code.vocabulary import Status, Track, load_vocabulary
from victims_code.working_days import WorkingDayCalendar


def law_steps(terms: Terms) -> Iterator[QueryStep]:
    """Days off, days, limits and their ends, periods, what is sought, and every duty."""
    rules = terms.rules
    yield QueryStep(
        "bank_holidays",
        f"Days off that are no weekend days. Calendar: {terms.calendar.version}",
        _days_off(terms.calendar, terms.monday, terms.last_day),
    )
    yield QueryStep("digits", "To number days with", table_of(("digit",), ((n,) for n in range(10))))
    yield QueryStep(
        "days", "Every day from a Monday on, and how many working days there have been up to it", _days(terms)
    )
    if rules.limits:
        rows = [(n, limit.count, limit.unit.value) for n, limit in enumerate(rules.limits, start=1)]
        yield QueryStep(
            "limits", "Every limit of the Code, by number", table_of(("limit_number", "how_many", "unit"), rows)
        )
        yield QueryStep(
            "deadlines",
            "The last day in time of every limit, whatever day its clock starts on; that day is not counted"
            " (readings: day-of-event-is-day-zero, working-day)",
            "\nUNION ALL\n".join(_ends(terms)),
        )
    if rules.rounds:
        yield QueryStep(
            "periods",
            "The periods of duties that recur, whatever day they start from (reading: monthly-updates)",
            "\nUNION ALL\n".join(_periods(terms)),
        )
    triggers = [trigger for trigger in rules.triggers if trigger.event != ANY]
    yield QueryStep(
        "triggers", "The events that start duties, and for whom: the victim or another body", _triggers(terms, triggers)
    )
    standing = [trigger for trigger in rules.triggers if trigger.event == ANY]
    if standing:
        yield QueryStep(
            "standing",
            "What the first event on record under an edition starts (reading: standing-duties)",
            table_of(
                ("edition_number", "trigger_number", "of_body"),
                ((rules.number_of(t.edition), t.number, not t.to_victim) for t in standing),
            ),
        )
    if rules.sought:
        yield QueryStep(
            "seeks",
            "The records sought because of each trigger, by slot, and which references must agree",
            _seeks(terms),
        )
    if terms.shape.assertions is not None:
        yield QueryStep("marked", "Every fact somebody can state, as a mark in a number", _marked(terms))
    yield QueryStep("duties", "Every duty: what starts it, and its limits by number", _duties(terms))
    yield QueryStep("titles", "What duties are called, by number", _titles(terms))
    yield QueryStep("parts", "The Rights or chapters of each edition, by number", _parts(terms))
    yield QueryStep("named", "Every duty in words: what it is called, where it stands, who owes it", _named(terms))


@lru_cache(maxsize=8)
def _days_off(calendar: WorkingDayCalendar, first: date, last: date) -> str:
    rows: list[tuple[date, str | None]] = []
    day = first
    while day <= last:
        if day.weekday() < 5 and not calendar.is_working_day(day):
            rows.append((day, calendar.why_not(day)))
        day += timedelta(days=1)
    return table_of(("the_day", "title"), rows or [(first - timedelta(days=1), "none")])


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


def _triggers(terms: Terms, triggers: list[TriggerRow]) -> str:
    rows = [
        (
            trigger.number,
            terms.rules.number_of(trigger.edition),
            trigger.event,
            None if trigger.occurrence is None else trigger.occurrence.value,
            not trigger.to_victim,
        )
        for trigger in triggers
    ]
    columns = ("trigger_number", "edition_number", "event", "occurrence", "of_body")
    types = {name: kind for name, kind in terms.names.items() if name in columns}
    return table_of(columns, rows, kinds={"occurrence": "TEXT"}, types=types)


def _seeks(terms: Terms) -> str:
    rules = terms.rules
    rows = [
        (trigger.number, slot, rules.number_of(trigger.edition), event, sought.about or "", sought.heard,
         sought.by_suspect, sought.by_hearing, sought.of_victim and trigger.to_victim)
        for trigger in rules.triggers
        for number, slot in trigger.slots.items()
        for sought in [rules.sought[number - 1]]
        for event in sought.events
    ]  # fmt: skip
    columns = (
        "trigger_number", "slot", "edition_number", "event", "about", "heard", "by_suspect", "by_hearing", "of_victim",
    )  # fmt: skip
    return table_of(columns, rows, types={name: kind for name, kind in terms.names.items() if name in columns})


def _marked(terms: Terms) -> str:
    stated = (fact for fact in terms.rules.facts if load_vocabulary().facts[fact].can_be_stated)
    return table_of(("fact", *terms.marks("mark")), ((fact, *terms.marks_of(fact)) for fact in stated))


def _duties(terms: Terms) -> str:
    columns = (
        "duty_number", "trigger_number", "edition_number", "condition_number", "one_limit", "standard_limit",
        "standard_from_receipt", "standard_before", "enhanced_limit",
        "enhanced_from_receipt", "enhanced_before", "round_number", "ends_with", "discharged_by", "by_receipt",
        "way", "with_updates",
    )  # fmt: skip
    duties = [
        (row, trigger)
        for family in terms.rules.families
        for row in family.duties
        for trigger in terms.rules.triggers
        if row in trigger.duties
    ]
    slots = {trigger.number: trigger.slots for trigger in terms.rules.triggers}
    rows = []
    for row, trigger in duties:
        discharged_by, before, before_if_enhanced, ends_with = (
            None if number is None else slots[trigger.number][number] for number in row.seeks
        )
        standard, enhanced = row.terms
        rows.append((
            row.number, trigger.number, terms.rules.number_of(row.edition), row.condition,
            row.duty.deadline.single or not row.to_victim,
            standard.limit, standard.from_receipt, before,
            enhanced.limit, enhanced.from_receipt, before_if_enhanced,
            row.round, ends_with, discharged_by, row.by_receipt, row.family, row.with_updates,
        ))  # fmt: skip
    numbers = (
        "condition_number", "standard_limit", "standard_before", "enhanced_limit", "enhanced_before", "round_number",
        "ends_with", "discharged_by",
    )  # fmt: skip
    return table_of(columns, rows, kinds=dict.fromkeys(numbers, "INT"))


def _titles(terms: Terms) -> str:
    return table_of(("title_number", "title"), enumerate(_titles_of(terms), start=1), types=terms.names)


def _parts(terms: Terms) -> str:
    rows = ((number, *pair) for number, pair in enumerate(_parts_of(terms), start=1))
    return table_of(("part_number", "edition", "part"), rows, types=terms.names)


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
            CAST(d.duty AS TEXT) || '/' || CAST(p.edition AS TEXT) || '/' AS identity
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
