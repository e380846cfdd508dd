"""The statement: the law and the record joined in one query, step by step.

It is written in DuckDB's dialect, and :mod:`victims_code.bulk.dialects` turns it into others. Each step is a named
query that reads from the ones before it, in the order in which :mod:`victims_code.assessment` works on one case:

1. the law as small tables: days off, days, limits, duties;
2. the record as known at the date of assessment;
3. the people: what is known of each, from which day, and what every edition gives them;
4. the duties that events start, what fulfils them, and what suspends them;
5. due dates, status and lateness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from victims_code.bulk.predicates import any_of, column, literal, predicate, truth
from victims_code.bulk.rules import ANY, UPDATES, DutyRow, Family, Rules
from victims_code.bulk.tables import Shape
from victims_code.conditions import Leaf
from victims_code.law import Capacity, Edition, Unit
from victims_code.vocabulary import FactName, Silence, vocabulary
from victims_code.working_days import WorkingDayCalendar

__all__ = ["Statement"]

_TURN = 10**14
"""Room for the order of records within a day: a record's place is its day times this, and its own number."""


@frozen(kw_only=True)
class Statement:
    """The statement for a law, a calendar, a date of assessment and the shape of the input tables.

    ``as_at`` is the date of assessment and ``known_on`` the day whose knowledge is taken, both as SQL. ``last_day`` is the
    last day the days are numbered to; due dates beyond it are null.
    """

    rules: Rules
    calendar: WorkingDayCalendar
    shape: Shape
    as_at: str
    known_on: str
    last_day: date

    def text(self) -> str:
        """The whole statement in DuckDB's dialect, with comments."""
        steps = ",\n".join(f"{name} AS (\n/* {why} */\n{query}\n)" for name, why, query in self._steps())
        return f"WITH {steps}\n{self._answer()}"

    def _steps(self) -> Iterator[tuple[str, str, str]]:
        yield from self._law()
        yield from self._record()
        yield from self._people()
        yield from self._obligations()

    # --- 1. the law as small tables ---------------------------------------------------------------------------

    def _law(self) -> Iterator[tuple[str, str, str]]:
        yield "bank_holidays", f"Days off that are no weekend days. Calendar: {self.calendar.version}", self._days_off()
        yield (
            "digits",
            "To number the days with",
            f"SELECT * FROM {_values('d', ('digit',), ((n,) for n in range(10)))}",
        )
        yield (
            "days",
            "Every day from a Monday on, and how many working days there have been up to it",
            f"""
            SELECT the_day, day_number, works, SUM(works) OVER (ORDER BY day_number) AS working_days
            FROM (
                SELECT n.the_day, n.day_number,
                    CASE WHEN n.day_number % 7 >= 5 OR h.the_day IS NOT NULL THEN 0 ELSE 1 END AS works
                FROM (
                    SELECT ADD_DAYS({literal(self._monday)}, t.n) AS the_day, t.n AS day_number
                    FROM (
                        SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit + 10000 * e.digit AS n
                        FROM digits AS a CROSS JOIN digits AS b CROSS JOIN digits AS c CROSS JOIN digits AS d
                        CROSS JOIN digits AS e
                    ) AS t
                    WHERE t.n <= {(self.last_day - self._monday).days}
                ) AS n
                LEFT JOIN bank_holidays AS h ON h.the_day = n.the_day
            ) AS w""",
        )
        if self.rules.limits:
            yield "limits", "Every limit of the Code, by number", self._limits()
            yield (
                "deadlines",
                "The last day in time of every limit, whatever day its clock starts on; that day is not counted",
                self._deadlines(),
            )
        yield "sought", "Records that would fulfil a duty or end a wait, by number", self._sought()
        yield "duties", "Every duty of every edition; who owes it, what starts it, its limits by number", self._duties()

    def _days_off(self) -> str:
        day, rows = self._monday, []
        while day <= self.last_day:
            if day.weekday() < 5 and not self.calendar.is_working_day(day):
                rows.append((day, self.calendar.why_not(day)))
            day += timedelta(days=1)
        return f"SELECT * FROM {_values('h', ('the_day', 'title'), rows)}"

    def _limits(self) -> str:
        rows = ((n, limit.count, limit.unit.value) for n, limit in enumerate(self.rules.limits, start=1))
        return f"SELECT * FROM {_values('l', ('limit_number', 'how_many', 'unit'), rows)}"

    def _deadlines(self) -> str:
        parts = []
        for unit, ends in (
            (Unit.WORKING_DAY, "e.works = 1 AND e.working_days = s.working_days + l.how_many"),
            (Unit.DAY, "e.day_number = s.day_number + l.how_many"),
        ):
            if any(limit.unit is unit for limit in self.rules.limits):
                parts.append(
                    f"""
                    SELECT l.limit_number, s.the_day AS starts_on, e.the_day AS ends_on
                    FROM days AS s
                    CROSS JOIN (SELECT * FROM limits WHERE unit = {literal(unit.value)}) AS l
                    JOIN days AS e ON {ends}"""
                )
        for number, limit in enumerate(self.rules.limits, start=1):
            if limit.unit in (Unit.MONTH, Unit.YEAR):
                months = limit.count * (12 if limit.unit is Unit.YEAR else 1)
                parts.append(
                    f"SELECT {number} AS limit_number, the_day AS starts_on, ADD_MONTHS(the_day, {months}) AS ends_on"
                    " FROM days"
                )
        return "\nUNION ALL\n".join(parts)

    @property
    def _monday(self) -> date:
        """The Monday before the first edition: days are numbered from it, and the rest by seven is the weekday."""
        first = min(edition.imprint.in_force_from for edition in self.rules.editions)
        return first - timedelta(days=first.weekday())

    def _sought(self) -> str:
        rows = (
            (n, s.event, s.about or "", s.by_suspect, s.by_hearing, s.of_victim)
            for n, s in enumerate(self.rules.sought, start=1)
        )
        columns = ("sought_number", "event", "about", "by_suspect", "by_hearing", "of_victim")
        return f"SELECT * FROM {_values('s', columns, rows)}"

    def _duties(self) -> str:
        columns = (
            "duty_number", "edition", "started_by", "recipient", "duty", "owed_by", "evidence", "condition_number",
            "one_limit", "standard_limit", "standard_from_receipt", "standard_before", "enhanced_limit",
            "enhanced_from_receipt", "enhanced_before", "discharged_by", "by_receipt", "declinable", "way",
        )  # fmt: skip
        rows = (
            (
                row.number, row.edition.id, row.duty.trigger.event, "victim" if row.to_victim else "body", row.duty.id,
                "; ".join(row.duty.owed_by), row.duty.evidence.value, row.condition, row.duty.deadline.single,
                row.standard.limit, row.standard.from_receipt, row.standard.before, row.enhanced.limit,
                row.enhanced.from_receipt, row.enhanced.before, row.discharged_by, row.by_receipt, row.declinable,
                family.name,
            )
            for family in self.rules.families
            for row in family.duties
        )  # fmt: skip
        comments = [_cited(row) for family in self.rules.families for row in family.duties]
        kinds = {"declinable": "TEXT"}
        numbers = ("condition_number", "standard_limit", "standard_before", "enhanced_limit", "enhanced_before")
        kinds |= dict.fromkeys((*numbers, "discharged_by"), "INT")
        return f"SELECT * FROM {_values('d', columns, rows, comments, kinds)}"

    # --- 2. the record as known -------------------------------------------------------------------------------

    def _record(self) -> Iterator[tuple[str, str, str]]:
        corrected = self.shape.has("events", "replaces")
        if corrected:
            yield "known", "What had happened, and was on record, at the date of assessment", self._known()
            yield (
                "corrected",
                "Records that a later one corrects or withdraws",
                "SELECT DISTINCT case_ref, replaces FROM known WHERE replaces IS NOT NULL",
            )
            yield (
                "happened",
                "What stands when corrections have been made (reading: corrections)",
                """SELECT k.* FROM known AS k
                LEFT JOIN corrected AS c ON c.case_ref = k.case_ref AND c.replaces = k.reference
                WHERE k.withdrawn = 0 AND c.case_ref IS NULL""",
            )
        else:
            why = "What had happened, and was on record, at the date of assessment (reading: corrections)"
            yield "happened", why, self._known()
        if self.rules.any_editions:
            editions = ", ".join(map(literal, self.rules.any_editions))
            yield (
                "first_events",
                "The first record of every case under an edition (reading: standing-duties)",
                f"SELECT case_ref, MIN(place) AS place FROM happened WHERE edition IN ({editions})"
                " GROUP BY case_ref, edition",
            )

    def _known(self) -> str:
        shape = self.shape
        in_time, more = f"{_HAPPENED_ON} <= {self.as_at}", ""
        if shape.has("events", "replaces"):
            withdrawn = "CASE WHEN withdrawn THEN 1 ELSE 0 END" if shape.has("events", "withdrawn") else "0"
            reference = self._text("reference") if shape.has("events", "reference") else "CAST(NULL AS TEXT)"
            more = f", {reference} AS reference, {self._text('replaces')} AS replaces, {withdrawn} AS withdrawn"
            in_time = f"({in_time} OR {withdrawn} = 1)"
        return f"""
            SELECT case_ref, {self._place()} AS place, event, {self._text("about")} AS about,
                {self._text("victim_ref")} AS victim_ref, {self._text("suspect_ref")} AS suspect_ref,
                {self._text("hearing_ref")} AS hearing_ref, {_HAPPENED_ON} AS happened_on,
                {_day("received")} AS received_on, {self._edition_on(_HAPPENED_ON)} AS edition{more}
            FROM {shape.events}
            WHERE {in_time} AND (recorded IS NULL OR {_day("recorded")} <= {self.known_on})"""

    def _text(self, name: str) -> str:
        """A reference, or null where the cell is empty."""
        return name if self.shape.numbered else f"NULLIF({name}, '')"

    def _place(self) -> str:
        """Where a record stands in time: by day, then in the order of the record."""
        order = "sequence"
        if not self.shape.has("events", "sequence"):
            order = (
                "ROW_NUMBER() OVER (PARTITION BY case_ref"
                ' ORDER BY "at", event, about, victim_ref, suspect_ref, hearing_ref, received, recorded)'
            )
        days = f"DATE_DIFF('day', {literal(self._monday)}, {_HAPPENED_ON})"
        return f"CAST({days} AS BIGINT) * {_TURN} + {order}"

    def _edition_on(self, on: str) -> str:
        """The edition in force on a day (reading *governing-edition*), if it is encoded."""
        whens = []
        for edition in self.rules.editions:
            cover = edition.imprint
            until = "" if cover.in_force_until is None else f" AND {on} <= {literal(cover.in_force_until)}"
            whens.append(f"WHEN {on} >= {literal(cover.in_force_from)}{until} THEN {literal(edition.id)}")
        return f"CASE {' '.join(whens)} END"

    # --- 3. the people ----------------------------------------------------------------------------------------

    @property
    def _nobody(self) -> str:
        """How the row is marked that stands for duties owed to no victim but to another body."""
        return "0" if self.shape.numbered else "''"

    @property
    def _labels(self) -> tuple[str, str]:
        return ("case_label", "victim_label") if self.shape.numbered else ("case_ref", "victim_ref")

    def _people(self) -> Iterator[tuple[str, str, str]]:
        yield "people", "The victims of every case, and a row for duties owed to another body", self._everybody()
        yield (
            "assessed",
            "Whose needs have been assessed; without a victim, everybody's in the case",
            f"""SELECT DISTINCT case_ref, COALESCE(victim_ref, {self._nobody}) AS who FROM happened
            WHERE event = 'needs-assessed' AND about IS NULL""",
        )
        yield from self._wishes()
        if self.shape.assertions is not None:
            yield "said", "What somebody has said of each: 1 for true, 0 for false, and since when", self._said()
            yield (
                "turns",
                "The days on which something said begins to count",
                "SELECT DISTINCT case_ref, who, since FROM said WHERE since IS NOT NULL",
            )
            yield "spans", "From one such day to the next nothing changes (reading: since-when)", self._spans()
            yield "stated", "What counts in each span: of one fact, what was said last", self._stated()
        yield (
            "facts",
            "Every fact in each span: as stated, as it follows from birth and offence, or what silence means"
            " (reading: unknown-facts)",
            self._facts(),
        )
        yield "entitled", "What every edition gives each person in each span: 1, 0, or null for unknown", self._truths()

    def _everybody(self) -> str:
        case_label, victim_label = self._labels
        capacity = "CAST('person' AS TEXT)"
        if self.shape.has("victims", "capacity"):
            capacity = f"COALESCE({self._text('capacity')}, 'person')"
        born = _day("born")
        query = f"""
            SELECT case_ref, victim_ref AS who, {case_label} AS case_label, {victim_label} AS victim_label,
                'victim' AS recipient, {born} AS born, {capacity} AS capacity
            FROM {self.shape.victims}"""
        if not self.rules.triggers_for_bodies:
            return query
        return f"""{query}
            UNION ALL
            SELECT DISTINCT case_ref, {self._nobody}, {case_label}, CAST(NULL AS TEXT), 'body', CAST(NULL AS DATE),
                CAST(NULL AS TEXT)
            FROM {self.shape.victims}"""

    def _said(self) -> str:
        facts = ", ".join(literal(fact) for fact in self.rules.facts)
        victim = self._text("a.victim_ref")
        return f"""
            SELECT p.case_ref, p.who, a.fact, CASE WHEN a."value" THEN 1 ELSE 0 END AS told, {_day("a.since")} AS since
            FROM {self.shape.assertions} AS a
            JOIN people AS p ON p.case_ref = a.case_ref AND ({victim} IS NULL OR {victim} = p.who)
            WHERE a.fact IN ({facts})"""

    def _spans(self) -> str:
        columns = "p.case_ref, p.who, p.case_label, p.victim_label, p.recipient, p.born, p.capacity"
        return f"""
            SELECT {columns}, {_BEGINNING} AS from_day, f.since AS until_day
            FROM people AS p
            LEFT JOIN (SELECT case_ref, who, MIN(since) AS since FROM turns GROUP BY case_ref, who) AS f
                ON f.case_ref = p.case_ref AND f.who = p.who
            UNION ALL
            SELECT {columns}, t.since, t.next_since
            FROM (
                SELECT case_ref, who, since, LEAD(since) OVER (PARTITION BY case_ref, who ORDER BY since) AS next_since
                FROM turns
            ) AS t
            JOIN people AS p ON p.case_ref = t.case_ref AND p.who = t.who"""

    def _stated(self) -> str:
        """The day something was said from counts first, its value last: the greatest number is what was said last."""
        number = f"2 * COALESCE(DATE_DIFF('day', {_BEGINNING}, s.since), 0) + s.told"
        picks = ",\n".join(
            f"MAX(CASE WHEN n.fact = {literal(fact)} THEN n.told_last END) % 2 AS {column(fact)}"
            for fact in self._statable()
        )
        return f"""
            SELECT n.case_ref, n.who, n.from_day, {picks}
            FROM (
                SELECT e.case_ref, e.who, e.from_day, s.fact, {number} AS told_last
                FROM said AS s
                JOIN spans AS e ON e.case_ref = s.case_ref AND e.who = s.who
                    AND (s.since IS NULL OR s.since <= e.from_day)
            ) AS n
            GROUP BY n.case_ref, n.who, n.from_day"""

    def _statable(self) -> tuple[str, ...]:
        return tuple(fact for fact in self.rules.facts if vocabulary().facts[fact].derived is None)

    def _facts(self) -> str:
        words = vocabulary().facts
        assertions = self.shape.assertions is not None
        cells = ",\n".join(
            f"{self._fact(words[fact], assertions)} AS {column(fact)}"
            for fact in self.rules.facts
            if words[fact].derived != "capacity"
        )
        span = "p.from_day, p.until_day" if assertions else f"{_BEGINNING} AS from_day, CAST(NULL AS DATE) AS until_day"
        stated = (
            "LEFT JOIN stated AS s ON s.case_ref = p.case_ref AND s.who = p.who AND s.from_day = p.from_day"
            if assertions
            else ""
        )
        cases = f"LEFT JOIN {self.shape.cases} AS c ON c.case_ref = p.case_ref" if self.shape.cases else ""
        return f"""
            SELECT p.case_ref, p.who, p.case_label, p.victim_label, p.recipient, p.capacity, {span},
                CASE WHEN r.case_ref IS NULL THEN 0 ELSE 1 END AS declines, {cells}
            FROM {"spans" if assertions else "people"} AS p
            {stated}
            LEFT JOIN assessed AS own ON own.case_ref = p.case_ref AND own.who = p.who
            LEFT JOIN assessed AS everybody ON everybody.case_ref = p.case_ref AND everybody.who = {self._nobody}
            LEFT JOIN (SELECT DISTINCT case_ref, who FROM refusals) AS r ON r.case_ref = p.case_ref AND r.who = p.who
            {cases}"""

    def _fact(self, fact: FactName, assertions: bool) -> str:
        known = [f"s.{column(fact.id)}"] if assertions and fact.derived is None else []
        if fact.derived is not None and fact.below is not None and self.shape.cases is not None:
            born, committed = "p.born", _day("c.committed_on")
            years = f"{_as_number(committed)} - {_as_number(born)}"  # such as 20260402 - 20080301: 18 years and more
            known.append(
                f"CASE WHEN {years} < {fact.below * 10000} THEN 1 WHEN {years} >= {fact.below * 10000} THEN 0 END"
            )
        if fact.silence is Silence.CLOSED_BY_NEEDS_ASSESSMENT:
            known.append("CASE WHEN COALESCE(own.case_ref, everybody.case_ref) IS NOT NULL THEN 0 END")
        elif fact.silence is not Silence.UNKNOWN:
            known.append(str(int(fact.silence is Silence.TRUE)))
        if not known:
            return "CAST(NULL AS INT)"
        return known[0] if len(known) == 1 else f"COALESCE({', '.join(known)})"

    def _truths(self) -> str:
        cells = []
        for edition in self.rules.editions:
            cells.append(f"{self._entitled(edition)} AS {_of('entitled', edition)}")
            cells.append(f"{self._enhanced(edition)} AS {_of('enhanced', edition)}")
        for number, condition in enumerate(self.rules.conditions, start=1):
            cells.append(f"{truth(predicate(condition))} AS condition_{number}")
        return f"""
            SELECT case_ref, who, case_label, victim_label, recipient, declines, from_day, until_day, {", ".join(cells)}
            FROM facts"""

    def _entitled(self, edition: Edition) -> str:
        whens = " ".join(
            f"WHEN capacity = {literal(capacity.id)} THEN {_entitled_when(capacity)}"
            for capacity in edition.eligibility.capacities
        )
        return f"CASE WHEN recipient = 'body' THEN 1 {whens} END"

    def _enhanced(self, edition: Edition) -> str:
        rules = edition.eligibility
        never = [capacity.id for capacity in rules.capacities if not capacity.enhanced]
        criteria = [predicate(criterion.when) for category in rules.enhanced for criterion in category.criteria]
        declined = predicate(Leaf(rules.declined_by, "is", True))
        whens = [f"WHEN {declined} THEN 0"]
        if never:
            whens.insert(0, f"WHEN capacity IN ({', '.join(map(literal, never))}) THEN 0")
        if criteria:
            whens += [f"WHEN {any_of(criteria)} THEN 1", f"WHEN NOT ({any_of(criteria)}) THEN 0"]
        else:
            whens.append("ELSE 0")
        return f"CASE {' '.join(whens)} END"

    # --- 4. the duties that events start ----------------------------------------------------------------------

    def _obligations(self) -> Iterator[tuple[str, str, str]]:
        yield (
            "started",
            "The events that start duties, and the first of each case for duties no event starts",
            (self._started()),
        )
        if self.rules.sought:
            yield "acts", "The records that may fulfil a duty, by what they are sought for", self._acts()
            yield "seeks", "What is sought for which trigger", self._seeks()
            yield "found", "The earliest record that answers each trigger (reading: pairing)", self._found()
        yield (
            "owed",
            "Who is owed something because of which event, and what is known of them on that day",
            self._owed(),
        )
        for family in self.rules.families:
            yield from self._family(family)

    def _started(self) -> str:
        triggers = ", ".join(map(literal, self.rules.triggers))
        columns = "h.case_ref, h.place, h.event, h.happened_on, h.received_on, h.suspect_ref, h.hearing_ref, h.edition"
        query = f"""
            SELECT {columns}, h.event AS started_by, h.victim_ref
            FROM happened AS h
            WHERE h.edition IS NOT NULL AND h.event IN ({triggers})"""
        if not self.rules.any_editions:
            return query
        victim = "CAST(NULL AS INT)" if self.shape.numbered else "CAST(NULL AS TEXT)"
        return f"""{query}
            UNION ALL
            SELECT {columns}, {literal(ANY)}, {victim}
            FROM happened AS h
            JOIN first_events AS f ON f.case_ref = h.case_ref AND f.place = h.place"""

    def _concerned(self, people: str) -> str:
        """Whom a trigger concerns: the victim it names, or all of them; other bodies where they are owed something."""
        victims = f"s.victim_ref IS NULL OR s.victim_ref = {people}.who"
        if not self.rules.triggers_for_bodies:
            return f"({victims})"
        for_bodies = ", ".join(map(literal, self.rules.triggers_for_bodies))
        return (
            f"({people}.recipient = 'victim' AND ({victims})"
            f" OR {people}.recipient = 'body' AND s.started_by IN ({for_bodies}))"
        )

    def _acts(self) -> str:
        return """
            SELECT h.case_ref, k.sought_number, h.victim_ref, h.suspect_ref, h.hearing_ref, h.happened_on
            FROM happened AS h
            JOIN sought AS k ON k.event = h.event AND k.about = COALESCE(h.about, '')"""

    def _seeks(self) -> str:
        columns = ["discharged_by"]
        if any(family.awaits_an_event for family in self.rules.families):
            columns += ["standard_before", "enhanced_before"]
        wanted = "\nUNION\n".join(
            f"SELECT edition, started_by, recipient, {name} AS sought_number FROM duties WHERE {name} IS NOT NULL"
            for name in columns
        )
        return f"""
            SELECT w.edition, w.started_by, w.recipient, w.sought_number, k.by_suspect, k.by_hearing, k.of_victim
            FROM ({wanted}) AS w
            JOIN sought AS k ON k.sought_number = w.sought_number"""

    def _found(self) -> str:
        def same(reference: str) -> str:
            return (
                f"(k.by_{reference} = 0 OR a.{reference}_ref IS NULL OR s.{reference}_ref IS NULL"
                f" OR a.{reference}_ref = s.{reference}_ref)"
            )

        case = "" if self.shape.numbered else "s.case_ref, "  # a numbered record has a place of its own
        return f"""
            SELECT {case}s.place, p.who, k.sought_number, MIN(a.happened_on) AS found_on
            FROM started AS s
            JOIN people AS p ON p.case_ref = s.case_ref AND {self._concerned("p")}
            JOIN seeks AS k
                ON k.edition = s.edition AND k.started_by = s.started_by AND k.recipient = p.recipient
            JOIN acts AS a
                ON a.case_ref = s.case_ref AND a.sought_number = k.sought_number AND a.happened_on >= s.happened_on
                AND (k.of_victim = 0 OR p.recipient = 'body' OR a.victim_ref IS NULL OR a.victim_ref = p.who)
                AND {same("suspect")} AND {same("hearing")}
            GROUP BY {case}s.place, p.who, k.sought_number"""

    def _wishes(self) -> Iterator[tuple[str, str, str]]:
        yield (
            "wishes",
            "What victims have declined and taken up again: all updates, or one service",
            f"""
            SELECT p.case_ref, p.who, h.happened_on,
                CASE WHEN h.event IN ('updates-declined', 'updates-resumed') THEN {literal(UPDATES)} ELSE h.about END
                    AS scope,
                CASE WHEN h.event IN ('updates-declined', 'service-declined') THEN 1 ELSE 0 END AS declines
            FROM happened AS h
            JOIN people AS p
                ON p.case_ref = h.case_ref
                AND (p.recipient = 'body' OR h.victim_ref IS NULL OR h.victim_ref = p.who)
            WHERE (h.event IN ('updates-declined', 'updates-resumed') AND h.about IS NULL)
                OR (h.event IN ('service-declined', 'service-resumed') AND h.about IS NOT NULL)""",
        )
        yield (
            "refusals",
            "From what day to what day something is declined (reading: wishes)",
            """
            SELECT n.case_ref, n.who, n.scope, MIN(n.declined_on) AS from_day, n.resumed_on AS until_day
            FROM (
                SELECT d.case_ref, d.who, d.scope, d.happened_on AS declined_on, MIN(r.happened_on) AS resumed_on
                FROM wishes AS d
                LEFT JOIN wishes AS r
                    ON r.case_ref = d.case_ref AND r.who = d.who AND r.scope = d.scope AND r.declines = 0
                    AND r.happened_on >= d.happened_on
                WHERE d.declines = 1
                GROUP BY d.case_ref, d.who, d.scope, d.happened_on
            ) AS n
            GROUP BY n.case_ref, n.who, n.scope, n.resumed_on""",
        )

    def _owed(self) -> str:
        conditions = "".join(f", p.condition_{number + 1}" for number in range(len(self.rules.conditions)))

        def under(what: str) -> str:
            whens = " ".join(
                f"WHEN {literal(edition.id)} THEN p.{_of(what, edition)}" for edition in self.rules.editions
            )
            return f"CASE s.edition {whens} END AS {what}"

        return f"""
            SELECT s.case_ref, s.place, s.event, s.started_by, s.happened_on, s.received_on, s.suspect_ref,
                s.hearing_ref, s.edition, p.who, p.declines, p.case_label, p.victim_label, p.recipient,
                {under("entitled")}, {under("enhanced")}{conditions}
            FROM started AS s
            JOIN entitled AS p
                ON p.case_ref = s.case_ref AND s.happened_on >= p.from_day
                AND (p.until_day IS NULL OR s.happened_on < p.until_day) AND {self._concerned("p")}"""

    # --- 5. due dates, status, lateness -----------------------------------------------------------------------

    def _family(self, family: Family) -> Iterator[tuple[str, str, str]]:
        """The steps from a duty owed to its row in the answer, for the duties that take the same way."""
        name = family.name
        yield (
            f"owed_{name}",
            f"Duties {family.title}: whether each applies, and which limit holds",
            self._weighed(family),
        )
        if family.clocked:
            yield f"dated_{name}", "When each is due and when it was done", self._dated(family)
            yield f"judged_{name}", "Where each stands under the limit that holds, or under both", self._judged(family)

    def _weighed(self, family: Family) -> str:
        own = "1"
        if numbers := sorted({row.condition for row in family.duties if row.condition is not None}):
            whens = " ".join(f"WHEN {n} THEN o.condition_{n}" for n in numbers)
            own = f"CASE d.condition_number {whens} ELSE 1 END"
        track = "'single'"
        if family.two_limits:
            track = """CASE
                WHEN d.recipient = 'body' OR d.one_limit = 1 THEN 'single' WHEN o.enhanced = 1 THEN 'enhanced'
                WHEN o.enhanced = 0 THEN 'standard' ELSE 'unknown' END"""
        terms = "".join(f", d.{column}" for column in family.columns)
        return f"""
            SELECT * FROM (
                SELECT o.case_ref, o.place, o.event, o.happened_on, o.received_on, o.suspect_ref, o.hearing_ref,
                    o.edition, o.who, o.case_label, o.victim_label, o.declines, o.entitled, {own} AS own_condition,
                    {track} AS track, d.duty, d.owed_by, d.evidence, d.declinable{terms}
                FROM owed AS o
                JOIN (SELECT * FROM duties WHERE way = {literal(family.name)}) AS d
                    ON d.started_by = o.started_by AND d.edition = o.edition AND d.recipient = o.recipient
            ) AS w
            WHERE (w.entitled IS NULL OR w.entitled = 1) AND (w.own_condition IS NULL OR w.own_condition = 1)"""

    def _dated(self, family: Family) -> str:
        """The end of each limit; where it runs from a receipt not on record, the earliest it can be."""
        joins: list[str] = []
        done = self._join_found(joins, "f", "w.discharged_by") if family.looks_for_a_record else "NULL"
        if family.by_receipt:
            received = f"CASE WHEN w.received_on <= {self.as_at} THEN w.received_on END"
            done = f"CASE WHEN w.by_receipt = 1 THEN {received} ELSE {done} END"
        cells = [f"CAST({done} AS DATE) AS done_on"]
        for track in ("standard", "enhanced") if family.two_limits else ("standard",):
            ends = []
            if family.limited:
                start = "w.happened_on"
                if family.from_receipt:
                    received = f"w.{track}_from_receipt = 1"
                    start = f"CASE WHEN {received} THEN COALESCE(w.received_on, w.happened_on) ELSE {start} END"
                joins.append(
                    f"LEFT JOIN deadlines AS {track} ON {track}.limit_number = w.{track}_limit"
                    f" AND {track}.starts_on = {start}"
                )
                ends.append(f"{track}.ends_on")
            if family.awaits_an_event:
                ends.append(self._join_found(joins, f"until_{track}", f"w.{track}_before"))
            cells.append(f"{_first_of(ends)} AS {track}_end")
            waits = f"CASE WHEN w.{track}_from_receipt = 1 AND w.received_on IS NULL THEN 1 ELSE 0 END"
            cells.append(f"{waits if family.from_receipt else 0} AS {track}_waits")
        return f"SELECT w.*, {', '.join(cells)} FROM owed_{family.name} AS w {' '.join(joins)}"

    def _judged(self, family: Family) -> str:
        standard, status = self._status("standard"), "j.standard_status"
        enhanced = f", {self._status('enhanced')} AS enhanced_status" if family.two_limits else ""
        due = "CASE WHEN j.standard_waits = 0 THEN j.standard_end END"
        other_due = "CAST(NULL AS DATE)"
        doubts = ""
        if family.two_limits:
            status = "CASE WHEN j.track = 'enhanced' THEN j.enhanced_status ELSE j.standard_status END"
            due = f"""CASE
                WHEN j.track = 'enhanced' THEN CASE WHEN j.enhanced_waits = 0 THEN j.enhanced_end END ELSE {due} END"""
            other_due = "CASE WHEN j.track = 'unknown' AND j.enhanced_waits = 0 THEN j.enhanced_end END"
            doubts += """
                    /* reading: unknown-facts */
                    WHEN j.track = 'unknown' AND j.standard_status <> j.enhanced_status THEN 'cannot-tell'"""
        if family.by_receipt:
            doubts += f"""
                    /* reading: receipt-discharges */
                    WHEN j.by_receipt = 1 AND j.received_on IS NULL AND {status} = 'overdue' THEN 'cannot-tell'"""
        return f"""
            SELECT j.*, {due} AS due_on, {other_due} AS other_due_on,
                CASE
                    /* reading: unknown-applicability */
                    WHEN j.done_on IS NULL AND (j.entitled IS NULL OR j.own_condition IS NULL)
                        THEN 'cannot-tell'{doubts}
                    ELSE {status}
                END AS status
            FROM (SELECT x.*, {standard} AS standard_status{enhanced} FROM dated_{family.name} AS x) AS j"""

    def _status(self, track: str) -> str:
        """The status under one limit (readings: late, after-receipt)."""
        end, waits = f"x.{track}_end", f"x.{track}_waits"
        return f"""CASE
            WHEN {waits} = 1 AND x.done_on IS NULL AND {self.as_at} < {end} THEN 'not-yet-due'
            WHEN {waits} = 1 AND (x.done_on IS NULL OR x.done_on > {end}) THEN 'cannot-tell'
            WHEN {end} IS NULL AND x.done_on IS NULL THEN 'undated'
            WHEN {end} IS NULL OR x.done_on <= {end} THEN 'met'
            WHEN x.done_on > {end} THEN 'met-late'
            WHEN {self.as_at} = {end} THEN 'due-today'
            WHEN {self.as_at} < {end} THEN 'not-yet-due'
            ELSE 'overdue'
        END"""

    def _join_found(self, joins: list[str], alias: str, sought: str) -> str:
        """Join what was found for a trigger, and give the column that says when."""
        case = "" if self.shape.numbered else f"{alias}.case_ref = w.case_ref AND "
        joins.append(
            f"LEFT JOIN found AS {alias} ON {case}{alias}.place = w.place AND {alias}.who = w.who"
            f" AND {alias}.sought_number = {sought}"
        )
        return f"{alias}.found_on"

    def _answer(self) -> str:
        return "\nUNION ALL\n".join(map(self._rows, self.rules.families))

    def _rows(self, family: Family) -> str:
        """The rows of the answer for the duties that take the same way (reading: wishes)."""
        declined = "r.case_ref IS NOT NULL"
        refusals = """LEFT JOIN refusals AS r
                ON r.case_ref = CASE WHEN j.declines = 1 THEN j.case_ref END AND r.who = j.who
                AND r.scope = j.declinable AND j.happened_on >= r.from_day
                AND (r.until_day IS NULL OR j.happened_on < r.until_day)"""
        if not family.clocked:
            unknown = "j.entitled IS NULL OR j.own_condition IS NULL"
            return f"""
            SELECT /* Duties {family.title} */
                j.case_label AS case_ref, j.victim_label AS victim_ref, j.duty, j.edition, j.owed_by, j.track,
                j.happened_on AS triggered_on, CAST(NULL AS DATE) AS due_on, CAST(NULL AS DATE) AS due_on_if_enhanced,
                CAST(NULL AS DATE) AS discharged_on,
                CASE WHEN {declined} THEN 'suspended' WHEN {unknown} THEN 'cannot-tell' ELSE 'undated' END AS status,
                CAST(NULL AS INT) AS days_late, j.evidence, CAST(j.event AS TEXT) AS trigger_event, j.suspect_ref,
                j.hearing_ref
            FROM owed_{family.name} AS j
            {refusals}"""
        late = "CASE WHEN j.status IN ('overdue', 'met-late') THEN"
        lateness = "l.working_days - d.working_days"
        other = ""
        if family.two_limits:
            other = f"LEFT JOIN days AS e ON e.the_day = {late} j.other_due_on END"
            lateness = """CASE
                        WHEN d.working_days <> e.working_days THEN NULL
                        ELSE l.working_days - COALESCE(d.working_days, e.working_days) END"""
        return f"""
            SELECT /* Duties {family.title} */
                j.case_label AS case_ref, j.victim_label AS victim_ref, j.duty, j.edition, j.owed_by, j.track,
                j.happened_on AS triggered_on, j.due_on, j.other_due_on AS due_on_if_enhanced,
                j.done_on AS discharged_on, CASE WHEN {declined} THEN 'suspended' ELSE j.status END AS status,
                CASE
                    WHEN {declined} THEN NULL
                    WHEN j.status IN ('met', 'due-today', 'not-yet-due') THEN 0
                    WHEN j.status IN ('overdue', 'met-late') THEN CAST({lateness} AS INT)
                END AS days_late,
                j.evidence, CAST(j.event AS TEXT) AS trigger_event, j.suspect_ref, j.hearing_ref
            FROM judged_{family.name} AS j
            {refusals}
            LEFT JOIN days AS l ON l.the_day = {late} COALESCE(j.done_on, {self.as_at}) END
            LEFT JOIN days AS d ON d.the_day = {late} j.due_on END
            {other}"""


_BEGINNING = "DATE '0001-01-01'"


_HAPPENED_ON = 'CAST("at" AS DATE)'


def _first_of(cells: list[str]) -> str:
    """The first that is not null."""
    if not cells:
        return "CAST(NULL AS DATE)"
    return cells[0] if len(cells) == 1 else f"COALESCE({', '.join(cells)})"


def _entitled_when(capacity: Capacity) -> str:
    return "1" if capacity.entitled_when is None else truth(predicate(capacity.entitled_when))


def _of(what: str, edition: Edition) -> str:
    return f"{what}_{column(edition.id)}"


def _day(name: str) -> str:
    return f"CAST({name} AS DATE)"


def _as_number(day: str) -> str:
    """A date as a number such as 20260402."""
    return f"(EXTRACT(YEAR FROM {day}) * 10000 + EXTRACT(MONTH FROM {day}) * 100 + EXTRACT(DAY FROM {day}))"


def _cited(row: DutyRow) -> str:
    """The duty and its sources in a line, for a comment."""
    duty = row.duty
    sources = ", ".join(dict.fromkeys(cite.source for cite in duty.cites))
    return f"{row.edition.part_label(duty.part)}: {duty.title} ({sources}; {duty.evidence})"


def _values(
    alias: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[object, ...]],
    comments: Iterable[str] = (),
    kinds: dict[str, str] | None = None,
) -> str:
    """A small table written out; the first row says the kinds of the columns that can be empty."""
    lines: list[str] = []
    notes = iter(comments)
    for row in rows:
        cells = [
            f"CAST({literal(cell)} AS {kinds[name]})" if kinds and name in kinds and not lines else literal(cell)  # type: ignore[arg-type]
            for name, cell in zip(columns, row, strict=True)
        ]
        note = next(notes, None)
        if note is not None:
            cells[0] += f" /* {note.replace('*/', '')} */"
        lines.append(f"({', '.join(cells)})")
    return f"(VALUES {', '.join(lines)}) AS {alias}({', '.join(columns)})"
