"""What a person would be told beside the answer, case by case: nothing is set aside for it.

The rules, codes and words are those of :mod:`victims_code.cases.checks` and :mod:`victims_code.assessment`. They look
at the records of a case together, which takes time, so they are worked out only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from victims_code import faults
from victims_code.bulk.fragments import day, day_as_number, is_marked, literal, words
from victims_code.bulk.inputs import TableSource
from victims_code.bulk.row_checks import SaidInSql, in_sql, spelt
from victims_code.bulk.statement import steps_to_rights
from victims_code.bulk.steps import HAPPENED_ON, Terms
from victims_code.bulk.steps.record import TURN
from victims_code.missing_values import slip_after_months
from victims_code.vocabulary import SPEAKING, Derived, EventKind, load_vocabulary

UNKNOWN_AGES = ("case_ref", "victim_ref", "missing")
"""The columns of the victims whose Enhanced Rights hang on nothing but a date that is missing."""


def unknown_ages_of(terms: Terms) -> str:
    """The query for the victims of some cases whose Enhanced Rights hang on nothing but a date that is missing."""
    steps = ", ".join(map(str, steps_to_rights(terms)))
    return f"""WITH {steps}
        SELECT c.case_label AS case_ref, w.victim_label AS victim_ref, w.missing, w.case_ref AS case_number,
            w.row_number AS victim_number
        FROM ({_unknown_ages(terms)}) AS w JOIN work.case_list AS c ON c.case_ref = w.case_ref"""


@frozen(kw_only=True)
class _Warning:
    """One thing worth a word: the rows it concerns, with ``case_ref``, ``row_number`` and what its words need."""

    fault: SaidInSql
    column: str
    rows: str
    table: str = "events"

    def query(self) -> str:
        """The rows as faults."""
        code, severity = literal(self.fault.kind.code), literal(self.fault.kind.severity.value)
        return f"""
            SELECT {literal(self.table)} AS "table", w.row_number AS "row", {literal(self.column)} AS "column",
                c.case_label AS case_ref, {code} AS code, {severity} AS severity,
                false AS set_aside, {self.fault.message} AS message, {self.fault.hint} AS hint,
                w.case_ref AS case_number
            FROM ({self.rows}) AS w JOIN work.case_list AS c ON c.case_ref = w.case_ref"""


def warnings_of(terms: Terms, source: TableSource, obligations: str) -> str:
    """The query for the warnings of some cases, over the tables ``events`` and so on of those cases.

    :param source: the events as they were handed in.
    :param obligations: the query for their obligations.
    """
    found = (
        *_of_records(source),
        *_not_counted(terms),
        *_corrections_withdrawn(terms),
        *_corrected_twice(terms),
        _children_alone(terms),
        *_of_offences(terms),
        *_of_ages(terms),
        *_of_the_law(terms),
        *_of_dates(terms, obligations),
    )
    steps = ", ".join(map(str, steps_to_rights(terms)))
    return f"WITH {steps}\n" + "\nUNION ALL\n".join(warning.query() for warning in found)


def _of_records(source: TableSource) -> Iterator[_Warning]:
    yield _Warning(fault=in_sql(faults.RECORDED_TWICE, event="w.event"), column="", rows=_twice(source))
    triggers = [event.id for event in load_vocabulary().events.values() if event.kind is EventKind.TRIGGER]
    yield _Warning(
        fault=in_sql(faults.NOTIFICATION_WITHOUT_SUSPECT, suspects="w.how_many::VARCHAR"),
        column="suspect_ref",
        rows=f"""
            SELECT t.case_ref, t.row_number, s.how_many FROM events AS t
            JOIN (
                SELECT case_ref, event, count(DISTINCT suspect_ref) AS how_many FROM events
                WHERE suspect_ref IS NOT NULL AND event IN ({words(triggers)})
                GROUP BY case_ref, event
            ) AS s ON s.case_ref = t.case_ref AND CAST(s.event AS VARCHAR) = CAST(t.about AS VARCHAR)
            WHERE t.event = 'victim-informed' AND t.suspect_ref IS NULL AND s.how_many > 1""",
    )
    yield _Warning(
        fault=in_sql(faults.NOTIFICATION_OF_NOTHING_ON_RECORD, about="w.about"),
        column="about",
        rows=f"""
            SELECT t.case_ref, t.row_number, CAST(t.about AS VARCHAR) AS about FROM events AS t
            ANTI JOIN events AS e ON e.case_ref = t.case_ref AND CAST(e.event AS VARCHAR) = CAST(t.about AS VARCHAR)
            WHERE t.event = 'victim-informed' AND t.about IN ({words(load_vocabulary().events)})""",
    )
    yield _Warning(
        fault=in_sql(faults.NOTIFICATION_OF_ANOTHER_RECORD, about="w.about"),
        column="about",
        rows=f"""
            SELECT t.case_ref, t.row_number, min(CAST(t.about AS VARCHAR)) AS about FROM events AS t
            JOIN events AS e ON e.case_ref = t.case_ref AND CAST(e.event AS VARCHAR) = CAST(t.about AS VARCHAR)
            WHERE t.event = 'victim-informed'
            GROUP BY t.case_ref, t.row_number
            HAVING NOT bool_or({day("e.at")} <= {day("t.at")}
                AND {_agree("suspect_ref")} AND {_agree("hearing_ref")})""",
    )


def _agree(reference: str) -> str:
    """That two records name the same, or one of them names none."""
    return f"coalesce(e.{reference} = t.{reference}, true)"


def _children_alone(terms: Terms) -> _Warning:
    """Victims under age on the day of assessment for whom no one speaks."""
    of_age = load_vocabulary().facts["child-under-18"].below or 0
    alone = ""
    if terms.speakers is not None:
        alone = f"ANTI JOIN {terms.speakers} AS s ON s.case_ref = v.case_ref AND s.speaks_for = v.victim_ref"
    return _Warning(
        fault=in_sql(faults.CHILD_WITHOUT_SPOKESPERSON, age=literal(of_age), victim="w.victim_label"),
        table="victims",
        column="victim_ref",
        rows=f"""
            SELECT v.case_ref, v.victim_ref AS row_number, v.victim_label FROM victims AS v {alone}
            WHERE v.born <= {terms.as_at} AND COALESCE(v.capacity, 'person') NOT IN ({words(SPEAKING)})
                AND {day_as_number(terms.as_at)} - {day_as_number("v.born")} < {of_age * 10000}""",
    )


def _twice(source: TableSource) -> str:
    """The first of several records that are the same to the minute; days are compared first because that is quick."""
    days = ["event", "about", "victim_ref", "suspect_ref", "hearing_ref", "at", "received", "recorded", "offence_ref"]
    days = [f'"{name}"' for name in days if source.has(name)]
    given = [*days, *(name for name in ("reference", "replaces", "withdrawn") if source.has(name))]
    same = " AND ".join(f"e.{name} IS NOT DISTINCT FROM d.{name}" for name in days[1:])
    listed, cells = ", ".join(days), ", ".join(f"s.{name}" for name in given)
    return f"""
        SELECT e.case_ref, min(e.row_number) AS row_number, min(CAST(e.event AS VARCHAR)) AS event
        FROM events AS e
        JOIN (SELECT case_ref, {listed} FROM events GROUP BY ALL HAVING count(*) > 1) AS d
            ON d.case_ref = e.case_ref AND d.event = e.event AND {same}
        JOIN {source.view} AS s ON s.row_number = e.row_number
        GROUP BY e.case_ref, {cells} HAVING count(*) > 1"""


def not_counted(terms: Terms) -> str:
    """Which events are not counted, as a condition of SQL."""
    return " OR ".join(f"({which})" for which in _left_out(terms).values())


def _left_out(terms: Terms) -> dict[str, str]:
    """The events that are not counted because of their own date, and because of the day they were recorded."""
    knowledge = terms.known_on or terms.as_at
    made = f"recorded IS NOT NULL AND {day('recorded')} > {knowledge}"
    still_to_come = f"{HAPPENED_ON} > {terms.as_at} AND {_stands(terms)} AND NOT ({made})"
    unrecorded = f"{HAPPENED_ON} > {knowledge} AND ({HAPPENED_ON} <= {terms.as_at} OR NOT ({_stands(terms)}))"
    later = made if terms.known_on is None else f"({made}) OR (recorded IS NULL AND {unrecorded})"
    return {"still to come": still_to_come, "recorded later": later}


def _stands(terms: Terms) -> str:
    return "NOT coalesce(withdrawn, false)" if terms.shape.has("events", "withdrawn") else "true"


def _not_counted(terms: Terms) -> Iterator[_Warning]:
    """How many records of a case are not counted, and a date that is likely a slip."""
    left_out, stands = _left_out(terms), _stands(terms)
    yield _Warning(
        fault=in_sql(faults.RECORDS_AFTER_ASSESSMENT, records=_RECORDS, as_at=spelt(terms.as_at)),
        column="at",
        rows=_counted(left_out["still to come"]),
    )
    if terms.known_on is not None:
        yield _Warning(
            fault=in_sql(faults.RECORDS_MADE_LATER, records=_RECORDS, day=spelt(terms.known_on)),
            column="recorded",
            rows=_counted(left_out["recorded later"]),
        )
    corrected = "true"
    if terms.shape.has("events", "replaces"):
        corrected = f"""{stands} AND NOT EXISTS (
            SELECT 1 FROM events AS c WHERE c.case_ref = e.case_ref AND c.replaces = e.reference)"""
    yield _Warning(
        fault=in_sql(faults.DATE_FAR_FROM_THE_OTHERS, day=spelt("w.the_day"), months=literal(slip_after_months())),
        column="at",
        rows=f"""
            SELECT case_ref, row_number, the_day FROM (
                SELECT case_ref, row_number, the_day,
                    lag(the_day) OVER (PARTITION BY case_ref ORDER BY the_day) AS day_before,
                    lead(the_day) OVER (PARTITION BY case_ref ORDER BY the_day) AS day_after
                FROM (
                    SELECT case_ref, the_day, min(row_number) AS row_number FROM (
                        SELECT case_ref, row_number, unnest([{HAPPENED_ON}, {day("received")}]) AS the_day
                        FROM events AS e WHERE {corrected}
                    ) WHERE the_day IS NOT NULL GROUP BY case_ref, the_day
                )
            ) WHERE day_after IS NULL AND the_day > day_before + INTERVAL {slip_after_months()} MONTH""",
    )


def _corrections_withdrawn(terms: Terms) -> Iterator[_Warning]:
    """Withdrawals that bring no record back (reading *correction-withdrawn*)."""
    if not terms.shape.has("events", "replaces"):
        return
    yield _Warning(
        fault=in_sql(faults.CORRECTION_WITHDRAWN, correction="w.reference", first="w.replaces"),
        column="withdrawn",
        rows=f"""
            SELECT w.case_ref, e.row_number, c.reference, c.replaces FROM known AS w
            JOIN known AS c ON c.case_ref = w.case_ref AND c.reference = w.replaces AND c.replaces IS NOT NULL
            JOIN events AS e ON e.case_ref = w.case_ref AND e.sequence = w.place % {TURN}
            WHERE w.withdrawn = 1""",
    )


def _corrected_twice(terms: Terms) -> Iterator[_Warning]:
    """Corrections of a record that another record corrects already."""
    if not terms.shape.has("events", "replaces"):
        return
    yield _Warning(
        fault=in_sql(faults.CORRECTED_TWICE, record="w.replaces"),
        column="replaces",
        rows=f"""
            SELECT case_ref, row_number, replaces FROM (
                SELECT w.case_ref, e.row_number, w.replaces,
                    row_number() OVER (PARTITION BY w.case_ref, w.replaces ORDER BY e.row_number) AS turn
                FROM known AS w
                JOIN events AS e ON e.case_ref = w.case_ref AND e.sequence = w.place % {TURN}
                WHERE w.replaces IS NOT NULL AND w.withdrawn = 0
            ) WHERE turn > 1""",
    )


_RECORDS = "CASE WHEN w.how_many = 1 THEN '1 record is' ELSE w.how_many::VARCHAR || ' records are' END"


def _counted(which: str) -> str:
    """The cases with records of a kind, and how many."""
    return f"""
        SELECT case_ref, CAST(NULL AS BIGINT) AS row_number, count(*) AS how_many
        FROM events WHERE {which} GROUP BY case_ref"""


def _of_offences(terms: Terms) -> Iterator[_Warning]:
    if terms.shape.offence_victims is None:
        return
    decisions = [event.id for event in load_vocabulary().events.values() if event.of_offence]
    unnamed = " AND e.offence_ref IS NULL" if terms.names_offences else ""
    yield _Warning(
        fault=in_sql(faults.DECISION_WITHOUT_OFFENCE, event="w.event"),
        column="offence_ref",
        rows=f"""
            SELECT e.case_ref, e.row_number, CAST(e.event AS VARCHAR) AS event
            FROM events AS e
            JOIN (
                SELECT DISTINCT o.case_ref FROM offence_list AS o
                JOIN listing AS l ON l.case_ref = o.case_ref AND l.has_none = 0 WHERE o.how_many > 1
            ) AS n ON n.case_ref = e.case_ref
            WHERE e.event IN ({words(decisions)}) AND e.victim_ref IS NULL{unnamed}""",
    )
    named = "SELECT case_ref, victim_ref AS who FROM listed"
    if terms.speakers is not None:
        named += f"""
                UNION ALL SELECT k.case_ref, k.victim_ref FROM {terms.speakers} AS k
                JOIN listed AS m ON m.case_ref = k.case_ref AND m.victim_ref = k.speaks_for"""
    yield _Warning(
        fault=in_sql(faults.VICTIM_OF_NO_OFFENCE, victim="w.victim_label"),
        table="victims",
        column="victim_ref",
        rows=f"""
            SELECT p.case_ref, p.who AS row_number, p.victim_label FROM people AS p
            JOIN (
                SELECT o.case_ref FROM offence_list AS o
                LEFT JOIN listing AS l ON l.case_ref = o.case_ref AND l.offence_ref = o.offence_ref
                GROUP BY o.case_ref HAVING count(*) = count(l.case_ref)
            ) AS n ON n.case_ref = p.case_ref
            ANTI JOIN ({named}) AS o ON o.case_ref = p.case_ref AND o.who = p.who
            WHERE p.of_body = 0""",
    )
    if terms.names_offences:
        yield _Warning(
            fault=in_sql(
                faults.VICTIM_NOT_OF_THE_OFFENCE, event="w.event", victim="w.victim_label", offence="w.offence_ref"
            ),
            column="offence_ref",
            rows="""
            SELECT e.case_ref, e.row_number, CAST(e.event AS VARCHAR) AS event, p.victim_label, e.offence_ref
            FROM events AS e JOIN people AS p ON p.case_ref = e.case_ref AND p.who = e.victim_ref
            ANTI JOIN concerned AS c
                ON c.case_ref = e.case_ref AND c.offence_ref = e.offence_ref AND c.who = e.victim_ref
            WHERE e.offence_ref IS NOT NULL""",
        )


def _of_ages(terms: Terms) -> Iterator[_Warning]:
    def asked(name: str) -> str:
        return literal(load_vocabulary().question(name))

    if not _ages(terms):
        return
    yield _Warning(
        fault=in_sql(
            faults.AGE_AT_OFFENCE_NOT_KNOWN,
            victim="w.victim_label",
            question=f"CASE w.missing WHEN 'born' THEN {asked('born')} ELSE {asked('committed_on')} END",
            missing="w.missing",
        ),
        table="victims",
        column="born",
        rows=_unknown_ages(terms),
    )


def _unknown_ages(terms: Terms) -> str:
    """The victims whose Enhanced Rights hang on nothing but a date that is missing, as a query over the steps.

    It has ``case_ref``, ``row_number`` and ``victim_label`` of each, and as ``missing`` the date: ``born`` or
    ``committed_on``.
    """
    ages = _ages(terms)
    own = " OR ".join(f"NOT {is_marked('k.known', terms.missable.index(age))}" for age in ages)
    return f"""
            SELECT DISTINCT e.case_ref, e.who AS row_number, p.victim_label,
                CASE WHEN p.born IS NULL THEN 'born' ELSE 'committed_on' END AS missing
            FROM entitled AS e
            JOIN people AS p
                ON p.case_ref = e.case_ref AND p.who = e.who AND p.capacity NOT IN ({words(SPEAKING)})
            JOIN kinds AS k ON k.kind = e.kind AND ({own})
            JOIN profiles AS q ON q.profile = e.profile
            JOIN (
                SELECT DISTINCT case_ref, edition_number FROM happened WHERE edition_number IS NOT NULL
            ) AS n ON n.case_ref = e.case_ref AND n.edition_number = q.edition_number
            WHERE e.of_body = 0 AND e.from_day <= {terms.as_at} AND e.until_day > {terms.as_at}
                AND {_hangs_on(terms, ages)}"""


def _ages(terms: Terms) -> tuple[str, ...]:
    facts = load_vocabulary().facts
    return tuple(fact for fact in terms.rules.facts if facts[fact].derived is Derived.AGE_AT_OFFENCE)


def _hangs_on(terms: Terms, ages: tuple[str, ...]) -> str:
    """Whether Enhanced Rights are unknown, and of what is missing all is an age."""
    pairs = list(zip(terms.marks("open"), terms.marks_of(*ages), strict=True))
    others = " AND ".join(f"(q.{mark} & ~{bits}) = 0" for mark, bits in pairs)
    some = " OR ".join(f"(q.{mark} & {bits}) <> 0" for mark, bits in pairs if bits)
    return f"q.enhanced IS NULL AND {others} AND ({some})"


def _of_the_law(terms: Terms) -> Iterator[_Warning]:
    for edition in terms.rules.editions:
        if not edition.unanswered:
            continue
        yield _Warning(
            fault=in_sql(faults.NO_DUTY_STARTS_WITH_THE_EVENT, edition=literal(edition.id)),
            column="event",
            rows=f"""
                SELECT h.case_ref, min_by(e.row_number, h.place) AS row_number FROM happened AS h
                JOIN events AS e ON e.case_ref = h.case_ref AND e.sequence = h.place % {TURN}
                WHERE h.edition_number = {terms.rules.number_of(edition)} AND h.event IN ({words(edition.unanswered)})
                GROUP BY h.case_ref, h.event""",
        )


def _of_dates(terms: Terms, obligations: str) -> Iterator[_Warning]:
    proclaimed = date(terms.calendar.last_proclaimed_year, 12, 31)
    if terms.last_day <= proclaimed:  # then no due date can lie beyond it, and the obligations need not be worked out
        return
    yield _Warning(
        fault=in_sql(faults.DUE_DATE_ON_PROJECTED_HOLIDAYS, due=spelt("w.due_on")),
        table="obligations",
        column="due_on",
        rows=f"""
            SELECT k.case_ref, CAST(NULL AS BIGINT) AS row_number, max(o.due_on) AS due_on
            FROM ({obligations}) AS o JOIN work.case_list AS k ON k.case_label = o.case_ref
            WHERE o.due_on > {literal(proclaimed)} GROUP BY k.case_ref""",
    )
