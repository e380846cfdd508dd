"""The duties that events start: whom they are owed to, whether and under which limit, and what fulfils them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from victims_code.bulk.fragments import choice, column, is_marked, literal, marks
from victims_code.bulk.rules import ANY, Family
from victims_code.bulk.steps import TRACKS, Step, Terms
from victims_code.bulk.steps.facts import missable
from victims_code.law import Edition

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
        yield Step("found", "The earliest record that answers each trigger (reading: pairing)", _found(terms))
    yield Step(
        "refused",
        "What is declined on the day of each trigger (reading: wishes)",
        _refused(terms, "SELECT s.case_ref, s.place, s.happened_on AS began_on FROM started AS s"),
    )
    yield Step("owed", "Who is owed something because of which event, and their profile on that day", _owed(terms))
    yield Step(
        "applies", "Which duties apply to each profile, which are in doubt, and which limit holds", _applies(terms)
    )
    for family in rules.families:
        if family.recurring:
            yield Step("recurs", "The periods in which duties are owed again", _recurs(terms))
            yield Step("found_in_period", "The earliest record in or after each period", _found_in_period(terms))
        yield Step(f"owed_{family.name}", f"Duties {family.title}", _weighed(terms, family))


def _hears(terms: Terms) -> bool:
    return terms.speakers is not None and any(sought.heard for sought in terms.rules.sought)


# --- what starts them -------------------------------------------------------------------------------------------


def _started(terms: Terms) -> str:
    rules = terms.rules
    columns = "h.case_ref, h.place, h.event, h.happened_on, h.received_on, h.suspect_ref, h.hearing_ref"
    occurs, first = "", ""
    if rules.triggers_by_occurrence:
        occurs = """
        WHERE k.occurrence IS NULL OR k.occurrence = CASE WHEN f.place IS NULL THEN 'later' ELSE 'first' END"""
        first = f"LEFT JOIN first_for_suspect AS f ON {terms.same_case('f', 'h')}f.place = h.place"
    query = f"""
        SELECT {columns}, h.victim_ref, k.trigger_number, k.of_body
        FROM happened AS h
        JOIN triggers AS k ON k.event = h.event AND k.edition_number = h.edition_number
        {first}{occurs}"""
    if not any(trigger.event == ANY for trigger in rules.triggers):
        return query
    nobody = "CAST(NULL AS INT)" if terms.shape.numbered else "CAST(NULL AS TEXT)"
    return f"""{query}
        UNION ALL
        SELECT {columns}, {nobody}, k.trigger_number, k.of_body
        FROM happened AS h
        JOIN first_events AS f ON {terms.same_case("f", "h")}f.place = h.place
        JOIN standing AS k ON k.edition_number = f.edition_number"""


_CONCERNED = "p.of_body = s.of_body AND (s.of_body = 1 OR s.victim_ref IS NULL OR s.victim_ref = p.who)"
"""Whom a trigger concerns: the victim it names or all of them, or another body."""


# --- what fulfils them ------------------------------------------------------------------------------------------


def _told() -> str:
    return """
        SELECT h.case_ref, k.sought_number, k.heard, h.victim_ref, h.suspect_ref, h.hearing_ref, h.happened_on,
            CAST(NULL AS INT) AS edition_number
        FROM happened AS h
        JOIN sought AS k ON k.event = h.event AND k.about = h.about"""


def _with_those_heard(terms: Terms) -> str:
    parts = ["SELECT * FROM told"]
    for edition in terms.rules.editions:
        entitled = f"q.entitled_{column(edition.id)}"
        parts.append(
            f"""
            SELECT a.case_ref, a.sought_number, a.heard, k.speaks_for, a.suspect_ref, a.hearing_ref, a.happened_on,
                {terms.rules.number_of(edition)}
            FROM told AS a
            JOIN {terms.speakers} AS k ON k.case_ref = a.case_ref AND k.victim_ref = a.victim_ref
            JOIN entitled AS e
                ON e.case_ref = a.case_ref AND e.who = a.victim_ref AND e.from_day <= a.happened_on
                AND (e.until_day IS NULL OR e.until_day > a.happened_on)
            JOIN profiles AS q ON q.profile = e.profile
            WHERE a.heard = 1 AND ({entitled} IS NULL OR {entitled} = 1)"""
        )
    return "\nUNION ALL\n".join(parts)


def _agree(terms: Terms) -> str:
    """Whether the references of a record and of a trigger agree, where they must."""

    def same(reference: str) -> str:
        return (
            f"(k.by_{reference} = 0 OR a.{reference}_ref IS NULL OR s.{reference}_ref IS NULL"
            f" OR a.{reference}_ref = s.{reference}_ref)"
        )

    heard = " AND (a.edition_number IS NULL OR a.edition_number = k.edition_number)" if _hears(terms) else ""
    return f"{same('suspect')} AND {same('hearing')}{heard}"


_TO_THEM = "(k.of_victim = 0 OR a.victim_ref IS NULL OR a.victim_ref = {who})"


def _found(terms: Terms) -> str:
    case = terms.case_of("s")
    return f"""
        SELECT {case}s.place, p.who, a.sought_number, MIN(a.happened_on) AS found_on
        FROM acts AS a
        JOIN seeks AS k ON k.sought_number = a.sought_number
        JOIN started AS s
            ON s.case_ref = a.case_ref AND s.trigger_number = k.trigger_number AND s.happened_on <= a.happened_on
            AND {_agree(terms)}
        JOIN people AS p ON p.case_ref = s.case_ref AND {_CONCERNED} AND {_TO_THEM.format(who="p.who")}
        GROUP BY {case}s.place, p.who, a.sought_number"""


def _found_in_period(terms: Terms) -> str:
    case = terms.case_of("s")
    return f"""
        SELECT {case}s.place, s.who, a.sought_number, s.began_on, MIN(a.happened_on) AS found_on
        FROM acts AS a
        JOIN seeks AS k ON k.sought_number = a.sought_number
        JOIN recurs AS s
            ON s.case_ref = a.case_ref AND s.trigger_number = k.trigger_number AND s.discharged_by = a.sought_number
            AND s.began_on <= a.happened_on AND {_agree(terms)} AND {_TO_THEM.format(who="s.who")}
        GROUP BY {case}s.place, s.who, a.sought_number, s.began_on"""


# --- what is owed -----------------------------------------------------------------------------------------------


def _refused(terms: Terms, began: str) -> str:
    scopes = marks("scope", len(terms.rules.scopes))
    case = "n.case_ref, " if terms.case_of("n") else ""
    sums = ", ".join(
        f"CAST(SUM(n.{scope}) AS BIGINT) AS {refused}"
        for scope, refused in zip(scopes, _refused_columns(terms), strict=True)
    )
    return f"""
        SELECT {case}n.place, n.who, n.began_on, {sums}
        FROM (
            SELECT DISTINCT b.case_ref, b.place, r.who, b.began_on, {", ".join(f"r.{scope}" for scope in scopes)}
            FROM ({began}) AS b
            JOIN refusals AS r
                ON r.case_ref = b.case_ref AND b.began_on >= r.from_day
                AND (r.until_day IS NULL OR b.began_on < r.until_day)
        ) AS n
        GROUP BY {case}n.place, n.who, n.began_on"""


def _refused_columns(terms: Terms) -> tuple[str, ...]:
    return marks("refused", len(terms.rules.scopes))


def _owed(terms: Terms) -> str:
    refused = ", ".join(f"r.{name}" for name in _refused_columns(terms))
    return f"""
        SELECT s.case_ref, s.place, s.trigger_number, s.event, s.happened_on AS began_on, s.received_on,
            s.suspect_ref, s.hearing_ref, p.who, p.died_on, p.case_label, p.victim_label, p.profile, {refused}
        FROM started AS s
        JOIN entitled AS p
            ON p.case_ref = s.case_ref AND {_CONCERNED} AND s.happened_on >= p.from_day
            AND (p.until_day IS NULL OR s.happened_on < p.until_day)
        LEFT JOIN refused AS r ON {terms.same_case("r", "s")}r.place = s.place AND r.who = p.who
        WHERE p.died_on IS NULL OR s.happened_on <= p.died_on"""


def _applies(terms: Terms) -> str:
    """A duty applies if the person is entitled under its edition, and its own condition holds."""
    rules, things = terms.rules, missable(terms)
    of_editions = {
        what: choice("d.edition_number", [(str(rules.number_of(e)), f"p.{_of(what, e)}") for e in rules.editions])
        for what in ("entitled", "enhanced")
    }
    numbers = range(1, len(rules.conditions) + 1)
    own = choice("d.condition_number", [(str(n), f"p.condition_{n}") for n in numbers], "1")
    track = {word: terms.word("track", word) for word in TRACKS}
    open_ = ", ".join(f"{cell} AS {mark}" for mark, cell in _open(terms).items())
    return f"""
        SELECT w.*, CASE WHEN w.entitled IS NULL OR w.own_condition IS NULL THEN 1 ELSE 0 END AS in_doubt,
            CASE WHEN w.one_limit = 1 THEN {track["single"]} WHEN w.enhanced = 1 THEN {track["enhanced"]}
                WHEN w.enhanced = 0 THEN {track["standard"]} ELSE {track["unknown"]} END AS track,
            {_spelt_out(things, "w.open")} AS missing_facts
        FROM (
            SELECT p.profile, d.*, {of_editions["entitled"]} AS entitled, {of_editions["enhanced"]} AS enhanced,
                {own} AS own_condition, {open_}
            FROM profiles AS p CROSS JOIN duties AS d
        ) AS w
        WHERE (w.entitled IS NULL OR w.entitled = 1) AND (w.own_condition IS NULL OR w.own_condition = 1)"""


def _open(terms: Terms) -> dict[str, str]:
    """The marks of what is missing: for the Rights, for the limit, and for the duty's own condition."""
    rules = terms.rules
    parts = [(f"condition_{n}", f"d.condition_number = {n}") for n in range(1, len(rules.conditions) + 1)]
    for edition in rules.editions:
        here = f"d.edition_number = {rules.number_of(edition)}"
        parts += [(_of("entitled", edition), here), (_of("enhanced", edition), f"{here} AND d.one_limit = 0")]
    how_many = len(missable(terms))
    return {
        mark: " | ".join(
            f"CASE WHEN {when} AND p.{name} IS NULL THEN p.{marks(f'{name}_open', how_many)[n]} ELSE 0 END"
            for name, when in parts
        )
        for n, mark in enumerate(marks("open", how_many))
    }


def _of(what: str, edition: Edition) -> str:
    return f"{what}_{column(edition.id)}"


def _spelt_out(things: Sequence[str], name: str) -> str:
    """What is marked, as text joined with ``; ``, or null."""
    nothing = " AND ".join(f"{mark} = 0" for mark in marks(name, len(things)))
    parts = (
        f"CASE WHEN {is_marked(name, number)} THEN {literal(f'; {thing}')} ELSE '' END"
        for number, thing in enumerate(things)
    )
    return f"CASE WHEN {nothing} THEN NULL ELSE SUBSTRING({' || '.join(parts)}, 3, 4000) END"


def _recurs(terms: Terms) -> str:
    """Every period that has begun and is not forestalled by what ends the duty, with their profile on its first day."""
    ended = ends = ""
    if any(row.ends_with is not None for row in terms.rules.duties):
        ended = f"""LEFT JOIN found AS f
            ON {terms.same_case("f", "s")}f.place = s.place AND f.who = p.who AND f.sought_number = d.ends_with"""
        ends = "AND (f.found_on IS NULL OR f.found_on >= t.ends_on)"
    return f"""
        SELECT s.case_ref, s.place, s.trigger_number, s.event, t.starts_on AS began_on, t.ends_on, t.working_days,
            s.received_on, s.suspect_ref, s.hearing_ref, p.who, p.died_on, p.case_label, p.victim_label,
            d.duty_number, d.discharged_by, p.profile
        FROM started AS s
        JOIN (SELECT * FROM duties WHERE way = 'recurring') AS d ON d.trigger_number = s.trigger_number
        JOIN periods AS t
            ON t.edition_number = d.edition_number AND t.round_number = d.round_number AND t.started_on = s.happened_on
        JOIN entitled AS p
            ON p.case_ref = s.case_ref AND {_CONCERNED} AND t.starts_on >= p.from_day
            AND (p.until_day IS NULL OR t.starts_on < p.until_day)
        {ended}
        WHERE (p.died_on IS NULL OR t.starts_on <= p.died_on) {ends}"""


def _weighed(terms: Terms, family: Family) -> str:
    """Each duty that applies, or may."""
    dates = "".join(f", d.{name}" for name in family.columns)
    scopes = ", ".join(f"d.{name}" for name in marks("scope", len(terms.rules.scopes)))
    refused = ", ".join(f"{'r' if family.recurring else 'o'}.{name}" for name in _refused_columns(terms))
    source, same, join = "owed", "d.profile = o.profile", ""
    if family.recurring:
        source, same = "recurs", f"d.duty_number = o.duty_number AND {same}"
        dates += ", o.ends_on, o.working_days"
        began = "SELECT DISTINCT o.case_ref, o.place, o.began_on FROM recurs AS o"
        join = f"""
        LEFT JOIN ({_refused(terms, began)}) AS r
            ON {terms.same_case("r", "o")}r.place = o.place AND r.who = o.who AND r.began_on = o.began_on"""
    return f"""
        SELECT o.case_ref, o.place, o.event, o.began_on, o.received_on, o.suspect_ref, o.hearing_ref, o.who,
            o.case_label, o.victim_label, o.died_on, {refused}, {scopes}, d.edition, d.duty, d.owed_by, d.evidence,
            d.in_doubt, d.track, d.missing_facts{dates}
        FROM {source} AS o
        JOIN (SELECT * FROM applies WHERE way = {literal(family.name)}) AS d
            ON d.trigger_number = o.trigger_number AND {same}{join}"""
