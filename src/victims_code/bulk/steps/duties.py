"""The duties that events start: whom they are owed to, whether and under which limit, and what fulfils them."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import choice, column, literal, words
from victims_code.bulk.rules import ANY, Family
from victims_code.bulk.steps import Step, Terms

__all__ = ["duty_steps"]


def duty_steps(terms: Terms) -> Iterator[Step]:
    """What starts duties, what fulfils them, and every duty owed, in families that take the same way."""
    rules = terms.rules
    yield Step(
        "started",
        "The events that start duties, and the first of each case for duties no event starts",
        _started(terms),
    )
    if rules.sought:
        if _hears(terms):
            yield Step("told", "The records that may fulfil a duty, by what they are sought for", _told())
            yield Step(
                "acts",
                "The same, and what somebody was told who hears for another (reading: told-through-another)",
                _with_those_heard(terms),
            )
        else:
            yield Step("acts", "The records that may fulfil a duty, by what they are sought for", _told())
        yield Step("seeks", "What is sought for which trigger", _seeks(terms))
        yield Step("found", "The earliest record that answers each trigger (reading: pairing)", _found(terms))
    yield Step(
        "owed", "Who is owed something because of which event, and what is known of them on that day", _owed(terms)
    )
    for family in rules.families:
        why = f"Duties {family.title}: whether each applies, and which limit holds"
        if family.recurring:
            yield Step("recurs", "The periods in which duties are owed again", _recurs(terms))
            yield Step("found_in_period", "The earliest record in or after each period", _found_in_period(terms))
        yield Step(f"owed_{family.name}", why, _weighed(terms, family))


def _hears(terms: Terms) -> bool:
    return terms.speakers is not None and any(sought.heard for sought in terms.rules.sought)


# --- what starts them -------------------------------------------------------------------------------------------


def _started(terms: Terms) -> str:
    rules = terms.rules
    columns = "h.case_ref, h.place, h.event, h.happened_on, h.received_on, h.suspect_ref, h.hearing_ref, h.edition"
    occurrence, first = "CAST(NULL AS TEXT)", ""
    if rules.triggers_by_occurrence:
        occurrence = "CASE WHEN f.place IS NULL THEN 'later' ELSE 'first' END"
        first = f"LEFT JOIN first_for_suspect AS f ON {terms.same_case('f', 'h')}f.place = h.place"
    query = f"""
        SELECT {columns}, h.event AS started_by, {occurrence} AS occurrence, h.victim_ref
        FROM happened AS h {first}
        WHERE h.edition IS NOT NULL AND h.event IN ({words(rules.triggers)})"""
    if not rules.any_editions:
        return query
    nobody = "CAST(NULL AS INT)" if terms.shape.numbered else "CAST(NULL AS TEXT)"
    return f"""{query}
        UNION ALL
        SELECT {columns}, {literal(ANY)}, CAST(NULL AS TEXT), {nobody}
        FROM happened AS h
        JOIN first_events AS f ON {terms.same_case("f", "h")}f.place = h.place"""


def _concerned(terms: Terms, people: str) -> str:
    """Whom a trigger concerns: the victim it names, or all of them; other bodies where they are owed something."""
    victims = f"s.victim_ref IS NULL OR s.victim_ref = {people}.who"
    if not terms.rules.triggers_for_bodies:
        return f"({victims})"
    return (
        f"({people}.recipient = 'victim' AND ({victims})"
        f" OR {people}.recipient = 'body' AND s.started_by IN ({words(terms.rules.triggers_for_bodies)}))"
    )


# --- what fulfils them ------------------------------------------------------------------------------------------


def _told() -> str:
    return """
        SELECT h.case_ref, k.sought_number, k.heard, h.victim_ref, h.suspect_ref, h.hearing_ref, h.happened_on,
            CAST(NULL AS TEXT) AS edition
        FROM happened AS h
        JOIN sought AS k ON k.event = h.event AND k.about = COALESCE(CAST(h.about AS TEXT), '')"""


def _with_those_heard(terms: Terms) -> str:
    parts = ["SELECT * FROM told"]
    for edition in terms.rules.editions:
        entitled = f"e.entitled_{column(edition.id)}"
        parts.append(
            f"""
            SELECT a.case_ref, a.sought_number, a.heard, k.speaks_for, a.suspect_ref, a.hearing_ref, a.happened_on,
                {literal(edition.id)}
            FROM told AS a
            JOIN {terms.speakers} AS k ON k.case_ref = a.case_ref AND k.victim_ref = a.victim_ref
            JOIN entitled AS e
                ON e.case_ref = a.case_ref AND e.who = a.victim_ref AND e.from_day <= a.happened_on
                AND (e.until_day IS NULL OR e.until_day > a.happened_on)
            WHERE a.heard = 1 AND ({entitled} IS NULL OR {entitled} = 1)"""
        )
    return "\nUNION ALL\n".join(parts)


def _seeks(terms: Terms) -> str:
    columns = ["discharged_by"]
    if any(family.awaits_an_event for family in terms.rules.families):
        columns += ["standard_before", "enhanced_before"]
    if any(row.ends_with is not None for row in terms.rules.duties):
        columns.append("ends_with")
    wanted = "\nUNION\n".join(
        f"SELECT edition, started_by, recipient, {name} AS sought_number FROM duties WHERE {name} IS NOT NULL"
        for name in columns
    )
    return f"""
        SELECT DISTINCT w.edition, w.started_by, w.recipient, w.sought_number, k.by_suspect, k.by_hearing, k.of_victim
        FROM ({wanted}) AS w
        JOIN sought AS k ON k.sought_number = w.sought_number"""


def _answers(terms: Terms, since: str, sought: str) -> str:
    """When a record of ``acts`` answers a trigger: not before the duty began, and with references that agree."""

    def same(reference: str) -> str:
        return (
            f"(k.by_{reference} = 0 OR a.{reference}_ref IS NULL OR s.{reference}_ref IS NULL"
            f" OR a.{reference}_ref = s.{reference}_ref)"
        )

    heard = " AND (a.edition IS NULL OR a.edition = s.edition)" if _hears(terms) else ""
    return f"""a.case_ref = s.case_ref AND a.sought_number = {sought} AND a.happened_on >= {since}
            AND (k.of_victim = 0 OR p.recipient = 'body' OR a.victim_ref IS NULL OR a.victim_ref = p.who)
            AND {same("suspect")} AND {same("hearing")}{heard}"""


def _found(terms: Terms) -> str:
    case = terms.case_of("s")
    return f"""
        SELECT {case}s.place, p.who, k.sought_number, MIN(a.happened_on) AS found_on
        FROM started AS s
        JOIN people AS p ON p.case_ref = s.case_ref AND {_concerned(terms, "p")}
        JOIN seeks AS k ON k.edition = s.edition AND k.started_by = s.started_by AND k.recipient = p.recipient
        JOIN acts AS a ON {_answers(terms, "s.happened_on", "k.sought_number")}
        GROUP BY {case}s.place, p.who, k.sought_number"""


def _found_in_period(terms: Terms) -> str:
    case = terms.case_of("s")
    return f"""
        SELECT {case}s.place, s.who, s.discharged_by AS sought_number, s.began_on, MIN(a.happened_on) AS found_on
        FROM recurs AS s
        JOIN recurs AS p ON {terms.same_case("p", "s")}p.place = s.place AND p.who = s.who
            AND p.discharged_by = s.discharged_by AND p.began_on = s.began_on
        JOIN (SELECT DISTINCT sought_number, by_suspect, by_hearing, of_victim FROM sought) AS k
            ON k.sought_number = s.discharged_by
        JOIN acts AS a ON {_answers(terms, "s.began_on", "k.sought_number")}
        GROUP BY {case}s.place, s.who, s.discharged_by, s.began_on"""


# --- what is owed -----------------------------------------------------------------------------------------------


def _known(terms: Terms, numbers: Iterator[int] | range) -> str:
    """What is known of a person under the edition of the trigger."""
    cells = [
        choice("s.edition", [(literal(e.id), f"p.{what}_{column(e.id)}") for e in terms.rules.editions]) + f" AS {what}"
        for what in ("entitled", "enhanced")
    ]
    return ", ".join([*cells, *(f"p.condition_{number}" for number in numbers)])


def _owed(terms: Terms) -> str:
    return f"""
        SELECT s.case_ref, s.place, s.event, s.started_by, s.occurrence, s.happened_on, s.received_on, s.suspect_ref,
            s.hearing_ref, s.edition, p.who, p.declines, p.died_on, p.case_label, p.victim_label, p.recipient,
            {_known(terms, range(1, len(terms.rules.conditions) + 1))}
        FROM started AS s
        JOIN entitled AS p
            ON p.case_ref = s.case_ref AND s.happened_on >= p.from_day
            AND (p.until_day IS NULL OR s.happened_on < p.until_day) AND {_concerned(terms, "p")}
        WHERE p.died_on IS NULL OR s.happened_on <= p.died_on"""


def _recurs(terms: Terms) -> str:
    """Every period that has begun and is not forestalled by what ends the duty, with what is known on its first day."""
    ended = ends = ""
    if any(row.ends_with is not None for row in terms.rules.duties):
        ended = f"""LEFT JOIN found AS f
            ON {terms.same_case("f", "s")}f.place = s.place AND f.who = p.who AND f.sought_number = d.ends_with"""
        ends = "AND (f.found_on IS NULL OR f.found_on >= t.ends_on)"
    return f"""
        SELECT s.case_ref, s.place, s.event, t.starts_on AS began_on, t.ends_on, s.received_on, s.suspect_ref,
            s.hearing_ref, s.edition, p.who, p.declines, p.died_on, p.case_label, p.victim_label, p.recipient,
            d.duty_number, d.discharged_by, {_known(terms, range(1, len(terms.rules.conditions) + 1))}
        FROM started AS s
        JOIN (SELECT * FROM duties WHERE way = 'recurring') AS d
            ON d.started_by = s.started_by AND d.edition = s.edition AND {_OCCURS.format(trigger="s")}
        JOIN periods AS t
            ON t.edition = s.edition AND t.round_number = d.round_number AND t.started_on = s.happened_on
        JOIN entitled AS p
            ON p.case_ref = s.case_ref AND t.starts_on >= p.from_day
            AND (p.until_day IS NULL OR t.starts_on < p.until_day)
            AND p.recipient = 'victim' AND (s.victim_ref IS NULL OR s.victim_ref = p.who)
        {ended}
        WHERE (p.died_on IS NULL OR t.starts_on <= p.died_on) {ends}"""


_OCCURS = "(d.occurrence IS NULL OR d.occurrence = {trigger}.occurrence)"


def _weighed(terms: Terms, family: Family) -> str:
    """Whether each duty applies: the person is entitled, and its own condition holds; and the track."""
    conditions = sorted({row.condition for row in family.duties if row.condition is not None})
    own = choice("d.condition_number", [(str(n), f"o.condition_{n}") for n in conditions], "1")
    track = "'single'"
    if family.two_limits:
        track = """CASE
            WHEN d.recipient = 'body' OR d.one_limit = 1 THEN 'single' WHEN o.enhanced = 1 THEN 'enhanced'
            WHEN o.enhanced = 0 THEN 'standard' ELSE 'unknown' END"""
    dates = "".join(f", d.{name}" for name in family.columns)
    source, began = "owed", "o.happened_on"
    same = "d.started_by = o.started_by AND d.edition = o.edition AND d.recipient = o.recipient"
    if any(row.duty.trigger.occurrence is not None for row in family.duties):
        same += f" AND {_OCCURS.format(trigger='o')}"
    if family.recurring:
        source, began, same = "recurs", "o.began_on", "d.duty_number = o.duty_number"
        dates += ", o.ends_on"
    return f"""
        SELECT * FROM (
            SELECT o.case_ref, o.place, o.event, {began} AS began_on, o.received_on, o.suspect_ref, o.hearing_ref,
                o.edition, o.who, o.case_label, o.victim_label, o.declines, o.died_on, o.entitled,
                {own} AS own_condition, {track} AS track, d.duty, d.owed_by, d.evidence, d.declinable{dates}
            FROM {source} AS o
            JOIN (SELECT * FROM duties WHERE way = {literal(family.name)}) AS d ON {same}
        ) AS w
        WHERE (w.entitled IS NULL OR w.entitled = 1) AND (w.own_condition IS NULL OR w.own_condition = 1)"""
