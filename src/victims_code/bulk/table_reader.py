"""Reading the input tables: each row checked, references turned into numbers, what has a fault set aside.

A row with a fault is set aside and counted, and so is whatever hangs on it, such as the events of a victim whose row
cannot be used. Nothing is dropped in silence: the rows that came in are those assessed and those set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import field, frozen

from victims_code import faults
from victims_code.bulk import row_checks
from victims_code.bulk.fragments import literal, words
from victims_code.bulk.inputs import TableSource, columns_left_out
from victims_code.bulk.row_checks import BORN_LATER_CELL, VICTIM_NUMBER, Check, cell, word_for_nothing
from victims_code.errors import CaseError
from victims_code.faults import Fault
from victims_code.law import Law
from victims_code.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import duckdb


_MOST_HINTS = 1000
"""For how many different unknown words of a kind the nearest known ones are looked up."""


@frozen(kw_only=True)
class Totals:
    """How many rows of a table came in, and how many of them were assessed and set aside.

    ``rows`` is counted apart from the database wherever that can be done, so that none is lost on the way into it.
    """

    table: str
    rows: int
    assessed: int
    set_aside: int


@frozen(kw_only=True)
class _Plan:
    """How one table is read: its cells by their new names, its checks, what it is joined to, and what is kept of it.

    ``moments`` are cells of which the time of day is kept too. ``also`` are columns that only what is assessed has,
    made of those that are kept.
    """

    source: TableSource
    cells: Mapping[str, str]
    moments: Mapping[str, str]
    checks: tuple[Check, ...]
    joins: str
    more: tuple[str, ...]
    leave_out: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.source.table.name

    def typed(self, view: str) -> str:
        """The rows of a view as read, with the faults that show in what was handed in."""
        cells = [f'({cell(self.source, column)}) AS "{new}"' for new, column in self.cells.items()]
        cells += [f'({cell(self.source, column, to="TIMESTAMP")}) AS "{new}"' for new, column in self.moments.items()]
        return f"SELECT s.row_number, {', '.join(cells)}, {self._faults(raw=True)} AS raw_faults FROM {view} AS s"

    def statement(self) -> str:
        """The statement that reads the table into ``work``."""
        kept = [f't."{name}"' for name in (*self.cells, *self.moments) if name not in self.leave_out]
        columns = ", ".join(["t.row_number", *kept, *self.more])
        return f"""
            CREATE TABLE work.{self.name}_read AS
            WITH typed AS ({self.typed(self.source.view)})
            SELECT {columns}, t.raw_faults + {self._faults(raw=False)} AS faults
            FROM typed AS t {self.joins}"""

    def sound(self) -> str:
        """The view of what is assessed: all but the rows set aside."""
        aside = sum(1 << n for n, check in enumerate(self.checks) if not check.note)
        also = "".join(f", {cell}" for cell in self.also)
        return f"""
            CREATE VIEW work.{self.name}_sound AS
            SELECT *{also} FROM work.{self.name}_read WHERE (faults & {aside}) = 0"""

    def _faults(self, *, raw: bool) -> str:
        """The numbers of the checks that hold, as bits of one number; words that make sense need no second look."""
        bits = {
            of_words: " + ".join(
                f"CASE WHEN {check.holds} THEN {1 << n} ELSE 0 END"
                for n, check in enumerate(self.checks)
                if check.raw is raw and check.of_words is of_words and check.holds != "false"
            )
            for of_words in (False, True)
        }
        of_words = f" + CASE WHEN w.event IS NULL THEN {bits[True]} ELSE 0 END" if bits[True] else ""
        return (bits[False] or "0") + of_words


@frozen(kw_only=True)
class TableReader:
    """One reading of all tables into the schema ``work`` of a connection."""

    connection: duckdb.DuckDBPyConnection
    sources: Mapping[str, TableSource]
    law: Law
    as_at: date
    known_on: date | None
    plans: dict[str, _Plan] = field(factory=dict, init=False)

    def run(self) -> tuple[Totals, ...]:
        """Read, check and number every table; how many rows came of it."""
        self._words()
        self._read_cases()
        self._read_offences()
        self._read_victims()
        self._read_assertions()
        self._read_spokespersons()
        self._read_offence_victims()
        self._read_events()
        self._mark_cases_without_victims()
        return tuple(map(self._totals, self.plans))

    def write_out_faults(self) -> None:
        """Say of every row with a fault what is wrong, in the table ``work.faults``."""
        self._do(_FAULTS)
        for plan in self.plans.values():
            self._write_out(plan)
            self._say_what_was_taken_as_empty(plan.source)

    def _do(self, statement: str) -> None:
        self.connection.execute(statement)

    def _totals(self, name: str) -> Totals:
        counts = f"SELECT (SELECT count(*) FROM work.{name}_read), (SELECT count(*) FROM work.{name}_sound)"
        rows, assessed = self.connection.execute(counts).fetchall()[0]
        came_in = self.sources[name].rows
        if came_in not in (None, rows):
            raise CaseError(faults.ROWS_LOST.at(name, came_in=came_in, rows=rows))
        return Totals(table=name, rows=rows, assessed=assessed, set_aside=rows - assessed)

    # --- table by table ---------------------------------------------------------------------------------------

    def _words(self) -> None:
        """Names as numbers with words, so that ten million of them take little room."""
        words, duties = load_vocabulary(), {duty for edition in self.law.editions.values() for duty in edition.duties}
        for name, names in (("event_name", words.events), ("about_name", {"", *words.events, *words.topics, *duties})):
            self._do(f"CREATE TYPE work.{name} AS ENUM ({', '.join(map(literal, sorted(names)))})")

    def _sound_words(self, checks: Iterable[Check]) -> None:
        """Every event with what it can be about, so that ten million need not be looked at one by one."""
        unsound = " OR ".join(f"coalesce({check.holds}, false)" for check in checks if check.of_words)
        self._do(
            f"""CREATE TABLE work.sound_words AS
            SELECT CAST(t.event_word AS work.event_name) AS event, CAST(t.about AS work.about_name) AS about
            FROM (
                SELECT event_word, about, nullif(about, '') AS about_word, false AS withdrawn
                FROM (SELECT unnest(enum_range(CAST(NULL AS work.event_name))) AS event_word)
                CROSS JOIN (SELECT unnest(enum_range(CAST(NULL AS work.about_name))) AS about)
            ) AS t
            WHERE NOT ({unsound})"""
        )

    def _read(
        self,
        name: str,
        *,
        cells: Mapping[str, str],
        checks: Iterable[Check],
        joins: str,
        more: tuple[str, ...] = (),
        leave_out: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        moments: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        source = self.sources[name]
        plan = _Plan(
            source=source,
            cells=cells,
            moments=moments,
            checks=(*row_checks.of_cells(source, cells.values()), *checks),
            joins=joins,
            more=more,
            leave_out=leave_out,
            also=also,
        )
        self.plans[name] = plan
        self._do(plan.statement())
        self._do(plan.sound())

    def _read_cases(self) -> None:
        if "cases" not in self.sources:
            self._do(f"CREATE VIEW work.cases_sound AS SELECT case_label, committed_on FROM {_NO_OFFENCES} AS n")
            return
        several = "SELECT CAST(NULL AS VARCHAR) AS case_label WHERE false"
        if (offences := self.sources.get("offences")) is not None:
            several = f"SELECT DISTINCT ({cell(offences, 'case_ref')}) AS case_label FROM {offences.view} AS s"
        self._read(
            "cases",
            cells={"case_label": "case_ref", "committed_on": "committed_on"},
            joins=_twice(("case_label",), ("committed_on",))
            + f" LEFT JOIN ({several}) AS many ON many.case_label = t.case_label",
            checks=row_checks.of_cases(),
        )

    def _read_offences(self) -> None:
        """The offences, and of each case the days of the first and of the last, where the days of all are known."""
        days = "SELECT case_label, committed_on FROM work.cases_sound"
        if "offences" in self.sources:
            self._read(
                "offences",
                cells={"case_label": "case_ref", "offence_label": "offence_ref", "committed_on": "committed_on"},
                joins=_twice(("case_label", "offence_label"), ("committed_on",)),
                checks=row_checks.of_offences(),
            )
            days = f"""
                SELECT case_label, committed_on FROM work.offences_sound
                UNION ALL
                {days} WHERE case_label NOT IN (SELECT case_label FROM work.offences_sound)"""
        self._do(
            f"""CREATE TABLE work.offence_days AS
            SELECT case_label, CASE WHEN count(*) = count(committed_on) THEN min(committed_on) END AS committed_on,
                CASE WHEN count(*) = count(committed_on) THEN max(committed_on) END AS last_on
            FROM ({days}) GROUP BY case_label"""
        )

    def _read_victims(self) -> None:
        """The victims, and the cases, numbered in the order they are met so that neighbours stay neighbours."""
        self._read(
            "victims",
            cells={"case_label": "case_ref", "victim_label": "victim_ref", "born": "born", "capacity": "capacity"},
            joins=_twice(("case_label", "victim_label"), ("born", "capacity"))
            + _OFFENCE
            + self._born_later()
            + self._last_record(),
            more=("o.committed_on", f"{BORN_LATER_CELL} AS born_later"),
            checks=row_checks.of_victims(),
        )
        self._do(
            """CREATE TABLE work.case_list AS
            SELECT CAST(row_number() OVER () AS INTEGER) AS case_ref, case_label, first_victim, first_number,
                committed_on
            FROM (
                SELECT case_label, min(row_number) AS first_row, min(victim_label) AS first_victim,
                    CAST(arg_min(row_number, victim_label) AS INTEGER) AS first_number,
                    min(committed_on) AS committed_on
                FROM work.victims_sound GROUP BY case_label ORDER BY first_row
            )"""
        )
        self._do(
            """CREATE TABLE work.victims AS
            SELECT k.case_ref, CAST(v.row_number AS INTEGER) AS victim_ref, v.case_label, v.victim_label, v.born,
                v.capacity, v.born_later
            FROM work.victims_sound AS v JOIN work.case_list AS k ON k.case_label = v.case_label"""
        )
        self._do(
            """CREATE TABLE work.other_victims AS
            SELECT case_ref, victim_label, victim_ref FROM work.victims
            WHERE victim_ref NOT IN (SELECT first_number FROM work.case_list)"""
        )
        self._do("CREATE VIEW work.cases AS SELECT case_ref, committed_on FROM work.case_list")
        if "offences" in self.sources:
            self._do(
                """CREATE TABLE work.offence_list AS
                SELECT k.case_ref, o.case_label, o.offence_label AS offence_ref, o.committed_on
                FROM work.offences_sound AS o JOIN work.case_list AS k ON k.case_label = o.case_label"""
            )

    def _born_later(self) -> str:
        """The victims of whom a fact is stated that lets them be born after the offence, as ``b``."""
        said = self.sources.get("assertions")
        if said is None:
            return "\n    LEFT JOIN (SELECT '' AS case_label, '' AS victim_label WHERE false) AS b ON false"
        facts = words(fact.id for fact in load_vocabulary().facts.values() if fact.born_later)
        return f"""
            LEFT JOIN (
                SELECT DISTINCT ({cell(said, "case_ref")}) AS case_label, ({cell(said, "victim_ref")}) AS victim_label
                FROM {said.view} AS s WHERE ({cell(said, "fact")}) IN ({facts}) AND ({cell(said, "value")})
            ) AS b ON b.case_label = t.case_label AND b.victim_label = t.victim_label"""

    def _last_record(self) -> str:
        """The day of the last record, as ``r``, of cases with someone born after the first record of all cases."""
        events = self.sources["events"]
        days = (
            f"SELECT ({cell(events, 'case_ref')}) AS case_label, ({cell(events, 'at')}) AS day FROM {events.view} AS s"
        )
        return f"""
            LEFT JOIN (
                SELECT case_label, max(day) AS last_record FROM ({days})
                SEMI JOIN (SELECT case_label FROM typed WHERE born > (SELECT min(day) FROM ({days}))) AS late
                    USING (case_label)
                GROUP BY case_label
            ) AS r ON r.case_label = t.case_label"""

    def _read_assertions(self) -> None:
        if "assertions" not in self.sources:
            return
        columns = {"fact": "fact", "value": "value", "since": "since", "offence_ref": "offence_ref"}
        key = "hash(case_label, victim_label, fact, since, offence_ref)"  # one number is grouped sooner than five cells
        self._read(
            "assertions",
            cells={"case_label": "case_ref", "victim_label": "victim_ref", **columns},
            joins=_NUMBERS
            + f"""
                LEFT JOIN (
                    SELECT case_label, victim_label, fact, since, offence_ref
                    FROM typed SEMI JOIN (
                        SELECT {key} AS same FROM typed GROUP BY same HAVING min(value) <> max(value)
                    ) AS x ON x.same = {key}
                    GROUP BY ALL HAVING min(value) <> max(value)
                ) AS d ON d.case_label = t.case_label AND d.victim_label IS NOT DISTINCT FROM t.victim_label
                    AND d.fact = t.fact AND d.since IS NOT DISTINCT FROM t.since
                    AND d.offence_ref IS NOT DISTINCT FROM t.offence_ref
                LEFT JOIN (SELECT case_label, victim_label, born FROM work.victims) AS p
                    ON p.case_label = t.case_label AND p.victim_label = t.victim_label"""
            + _OFFENCE
            + self._named_offence("assertions"),
            more=("k.case_ref", f"{VICTIM_NUMBER} AS victim_ref"),
            checks=row_checks.of_assertions(),
            leave_out=("case_label", "victim_label"),
        )

    def _read_spokespersons(self) -> None:
        if "spokespersons" not in self.sources:
            return
        person = "SELECT case_label, victim_label, victim_ref, capacity FROM work.victims"
        self._read(
            "spokespersons",
            cells={"case_label": "case_ref", "victim_label": "victim_ref", "other_label": "speaks_for"},
            joins=_NUMBERS
            + f"""
                LEFT JOIN ({person}) AS p ON p.case_label = t.case_label AND p.victim_label = t.victim_label
                LEFT JOIN ({person}) AS q ON q.case_label = t.case_label AND q.victim_label = t.other_label
                LEFT JOIN (
                    SELECT DISTINCT case_label, victim_label FROM typed
                ) AS z ON z.case_label = t.case_label AND z.victim_label = t.other_label
                LEFT JOIN (
                    SELECT case_label, victim_label, other_label, min(row_number) AS first_row, false AS differ
                    FROM typed GROUP BY ALL HAVING count(*) > 1
                ) AS d ON d.case_label = t.case_label AND d.victim_label = t.victim_label
                    AND d.other_label = t.other_label""",
            more=("k.case_ref", f"{VICTIM_NUMBER} AS victim_ref", "q.victim_ref AS speaks_for"),
            checks=row_checks.of_spokespersons(),
            leave_out=("case_label", "victim_label", "other_label"),
        )

    def _read_offence_victims(self) -> None:
        if "offence_victims" not in self.sources:
            return
        self._read(
            "offence_victims",
            cells={"case_label": "case_ref", "offence_ref": "offence_ref", "victim_label": "victim_ref"},
            joins=_NUMBERS
            + self._named_offence("offence_victims")
            + """
                LEFT JOIN (SELECT case_label, victim_label, born, born_later FROM work.victims) AS p
                    ON p.case_label = t.case_label AND p.victim_label = t.victim_label""",
            more=("k.case_ref", f"{VICTIM_NUMBER} AS victim_ref"),
            checks=row_checks.of_offence_victims(),
            leave_out=("case_label", "victim_label"),
        )

    def _named_offence(self, table: str) -> str:
        """The offence a row names, as ``f``; none where no offences were handed in, or no row can name one."""
        offences = "work.offence_list" if "offences" in self.sources else _NO_OFFENCES
        if not self.sources[table].has("offence_ref"):
            return f"\n    LEFT JOIN {_NO_OFFENCES} AS f ON false"
        return f"\n    LEFT JOIN {offences} AS f ON f.case_label = t.case_label AND f.offence_ref = t.offence_ref"

    def _read_events(self) -> None:
        source = self.sources["events"]
        corrected = source.has("replaces") or source.has("reference")
        cells = {"case_label": "case_ref", "victim_label": "victim_ref", "event_word": "event", "about_word": "about"}
        same = ["at", "received", "recorded", "suspect_ref", "hearing_ref", "offence_ref"]
        same += ["reference", "replaces", "withdrawn"] if corrected else []
        cells |= {name: name for name in same}
        more: tuple[str, ...] = ()
        if source.has("sequence"):
            cells["given_sequence"] = "sequence"
            more = ("row_number() OVER (ORDER BY t.given_sequence, t.row_number) AS sequence",)
        checks = tuple(
            row_checks.of_events(
                self.law,
                corrected=corrected,
                as_at=self.as_at,
                known_on=self.known_on,
            )
        )
        self._sound_words(checks)
        self._read(
            "events",
            cells=cells,
            moments={"happened_at": "at"},
            joins=_NUMBERS
            + _WORDS
            + self._named_offence("events")
            + (_REFERENCES + _newer(self.as_at, self.known_on) if corrected else ""),
            more=(
                "k.case_ref",
                f"{VICTIM_NUMBER} AS victim_ref",
                f"CASE WHEN w.event IS NULL THEN {_EVENT} ELSE w.event END AS event",
                f"CASE WHEN w.event IS NULL THEN {_ABOUT} ELSE w.about END AS about",
                *more,
            ),
            checks=checks,
            leave_out=("event_word", "about_word", "given_sequence", "victim_label", "case_label"),
            also=() if more else ("row_number AS sequence",),
        )

    def _mark_cases_without_victims(self) -> None:
        """Cases and offences are read before victims; now it shows which of them have none."""
        for name in ("cases", "offences"):
            if name in self.sources:
                checks = self.plans[name].checks
                bit = next(1 << n for n, check in enumerate(checks) if check.fault.kind.code == "VC-CASE-013")
                self._do(
                    f"""UPDATE work.{name}_read SET faults = faults | {bit}
                    WHERE case_label IS NOT NULL AND case_label NOT IN (SELECT case_label FROM work.case_list)"""
                )

    # --- faults -----------------------------------------------------------------------------------------------

    def _write_out(self, plan: _Plan) -> None:
        """Write out the faults of a table, one row each."""
        name = plan.name
        found = self.connection.execute(f"SELECT coalesce(bit_or(faults), 0) FROM work.{name}_read").fetchall()[0][0]
        if not found:
            return
        self._do(
            f"""CREATE TABLE work.{name}_faulty AS
            SELECT s.* FROM {plan.source.view} AS s
            WHERE s.row_number IN (SELECT row_number FROM work.{name}_read WHERE faults <> 0)"""
        )
        for n, check in enumerate(plan.checks):
            if found & (1 << n):
                self._write_out_one(plan, check, 1 << n)

    def _say_what_was_taken_as_empty(self, source: TableSource) -> None:
        """Say which columns are missing, and of the others in how many rows a word for nothing stands, and which."""
        for name in columns_left_out(source.table, source.types):
            self._say(source, name, faults.COLUMN_READ_AS_EMPTY.at(name=name))
        tests = {column.name: word_for_nothing(source, column.name) for column in source.table.columns}
        tests = {name: test for name, test in tests.items() if test != "false"}
        if not tests:
            return
        cells = ", ".join(
            f'CASE WHEN {test} THEN trim(CAST(s."{name}" AS VARCHAR)) END AS "{name}"' for name, test in tests.items()
        )
        counts = ", ".join(f'count("{name}"), min("{name}")' for name in tests)
        found = self.connection.execute(f"SELECT {counts} FROM (SELECT {cells} FROM {source.view} AS s)").fetchall()[0]
        for name, number, word in zip(tests, found[::2], found[1::2], strict=True):
            if number:
                rows = "1 row" if number == 1 else f"{number:,} rows"
                self._say(source, name, faults.TAKEN_AS_EMPTY.at(name=name, word=word, number=rows))

    def _say(self, source: TableSource, column: str, fault: Fault) -> None:
        """Say something of a column as a whole, which sets nothing aside."""
        said = (fault.code, fault.severity.value, False, fault.message, fault.hint)
        row = (source.table.name, None, column, None, *said)
        self.connection.execute("INSERT INTO work.faults VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _write_out_one(self, plan: _Plan, check: Check, bit: int) -> None:
        rows = f"""
            FROM ({plan.typed(f"work.{plan.name}_faulty")}) AS t
            JOIN work.{plan.name}_faulty AS s ON s.row_number = t.row_number
            JOIN work.{plan.name}_read AS r ON r.row_number = t.row_number
            LEFT JOIN work.offence_days AS o ON o.case_label = t.case_label
            WHERE (r.faults & {bit}) <> 0"""
        fault, kind = check.fault, check.fault.kind
        self._do(
            f"""INSERT INTO work.faults
            SELECT {literal(plan.name)}, t.row_number, {literal(check.column)}, t.case_label, {literal(kind.code)},
                {literal(kind.severity.value)}, {"false" if check.note else "true"}, {fault.message},
                {self._nearest(check, rows) if fault.hint is None else fault.hint}
            {rows} ORDER BY t.row_number"""
        )

    def _nearest(self, check: Check, rows: str) -> str:
        """The way out for each unknown word: the nearest known ones."""
        query = f"SELECT DISTINCT {check.word} AS word {rows} ORDER BY word LIMIT {_MOST_HINTS}"
        words = self.connection.execute(query).fetchall()
        whens = " ".join(
            f"WHEN {literal(word)} THEN {literal(load_vocabulary().nearest(word, check.known))}" for (word,) in words
        )
        return f"CASE {check.word} {whens} ELSE 'Use a name of the vocabulary.' END"


_FAULTS = """CREATE TABLE work.faults (
    "table" VARCHAR, "row" BIGINT, "column" VARCHAR, case_ref VARCHAR, code VARCHAR, severity VARCHAR,
    set_aside BOOLEAN, message VARCHAR, hint VARCHAR)"""
_OFFENCE = " LEFT JOIN work.offence_days AS o ON o.case_label = t.case_label"
_NO_OFFENCES = "(SELECT '' AS case_label, '' AS offence_ref, NULL::DATE AS committed_on WHERE false)"
_NUMBERS = """
    LEFT JOIN work.case_list AS k ON k.case_label = t.case_label
    LEFT JOIN work.other_victims AS v
        ON v.case_ref = CASE WHEN t.victim_label <> k.first_victim THEN k.case_ref END
        AND v.victim_label = t.victim_label"""
_EVENT = "TRY_CAST(t.event_word AS work.event_name)"
_ABOUT = """CASE WHEN t.about_word IS NULL THEN CAST('' AS work.about_name)
    ELSE TRY_CAST(t.about_word AS work.about_name) END"""
_WORDS = f"""
    LEFT JOIN work.sound_words AS w ON w.event = {_EVENT} AND w.about = {_ABOUT}"""
_REFERENCES = """
    LEFT JOIN (
        SELECT case_label, reference, count(*) AS how_many FROM typed WHERE reference IS NOT NULL GROUP BY ALL
    ) AS same ON same.case_label = t.case_label AND same.reference = t.reference
    LEFT JOIN (
        SELECT DISTINCT case_label, reference FROM typed WHERE reference IS NOT NULL
    ) AS old ON old.case_label = t.case_label AND old.reference = t.replaces"""


def _newer(as_at: date, known_on: date | None) -> str:
    """Join records to the later one that corrects or withdraws them, if it was known (reading *corrections*)."""
    made = '"at"' if known_on is not None else "NULL"
    return f"""
    LEFT JOIN (
        SELECT DISTINCT case_label, replaces FROM typed
        WHERE replaces IS NOT NULL AND ("at" <= {literal(as_at)} OR withdrawn)
            AND coalesce(coalesce(recorded, {made}) <= {literal(known_on or as_at)}, true)
    ) AS newer ON newer.case_label = t.case_label AND newer.replaces = t.reference"""


def _twice(keys: tuple[str, ...], values: tuple[str, ...]) -> str:
    """Join rows to others with the same keys: which is the first of them, and whether they differ.

    Keys are grouped by a hash first, because one number is grouped sooner than several cells.
    """
    said = (f"coalesce(CAST({value} AS VARCHAR), '')" for value in values)
    differ = " OR ".join(f"min({value}) <> max({value})" for value in said)
    same = " AND ".join(f"d.{key} = t.{key}" for key in keys)
    listed = ", ".join(keys)
    return f"""
        LEFT JOIN (
            SELECT {listed}, min(row_number) AS first_row, {differ} AS differ
            FROM typed SEMI JOIN (
                SELECT hash({listed}) AS same FROM typed GROUP BY same HAVING count(*) > 1
            ) AS x ON x.same = hash({listed})
            GROUP BY {listed} HAVING count(*) > 1
        ) AS d ON {same}"""
