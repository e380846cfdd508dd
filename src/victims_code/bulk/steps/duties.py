"""The duties that events start: whom they are owed to, whether and under which limit, and what fulfils them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from victims_code.bulk.fragments import choice, day_as_number, literal, missing_too
from victims_code.bulk.rules import ANY, DutyRow, Family
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.bulk.steps.applies import applies_steps
from victims_code.bulk.steps.identity import identity_steps
from victims_code.bulk.steps.offences import concerned_too, concerns
from victims_code.vocabulary import OFFENCE_VICTIMS


def duty_steps(terms: Terms) -> Iterator[QueryStep]:
    """What starts duties, what fulfils them, and every duty owed, in families that take the same way."""
    rules = terms.rules
    yield from identity_steps(terms)
    yield QueryStep(
        "started",
        "The events that start duties, and the first of each case for duties no event starts",
        _started(terms),
    )
    if rules.looks_for_records:
        why = "What each record answers: the trigger, the slot, and the references that must agree"
        if _hears(terms):
            why += "; someone who hears for another answers for both (reading: told-through-another)"
        yield QueryStep("answers", why, "\nUNION ALL\n".join(_answers(terms)))
    yield QueryStep("owed", "Who is owed something because of which event, and their profile on that day", _owed(terms))
    if rules.looks_for_records:
        why = "The earliest records that answer each trigger, by the slot of what is sought (reading: pairing)"
        yield QueryStep("found", why, _found(terms))
    yield QueryStep("paired", "What is owed, with the records that answer it", _paired(terms))
    yield from applies_steps(terms)
    for family in rules.families:
        if family.recurring:
            yield QueryStep("recurs", "The periods in which duties are owed again", _recurs(terms))
            yield QueryStep("found_in_period", "The earliest record in or after each period", _found_in_period(terms))
        yield QueryStep(f"owed_{family.name}", f"Duties {family.title}", _weighed(terms, family))


def _hears(terms: Terms) -> bool:
    return terms.speakers is not None and any(
        terms.rules.sought[number - 1].heard for row in terms.rules.duties for number in row.seeks if number is not None
    )


# --- what starts them -------------------------------------------------------------------------------------------


def _started(terms: Terms) -> str:
    rules = terms.rules
    columns = "h.case_ref, h.place, h.event, h.happened_on, h.received_on, h.suspect_ref, h.hearing_ref"
    named, unnamed = (", h.offence_ref", ", CAST(NULL AS TEXT)") if terms.names_offences else ("", "")
    occurs, first = "", ""
    if rules.triggers_by_occurrence:
        occurs = """
        WHERE k.occurrence IS NULL OR k.occurrence = CASE WHEN f.place IS NULL THEN 'later' ELSE 'first' END"""
        first = f"LEFT JOIN first_for_suspect AS f ON {terms.same_case('f', 'h')}f.place = h.place"
    query = f"""
        SELECT {columns}{named}, h.victim_ref, k.trigger_number, k.of_body, h.began_with
        FROM starting AS h
        JOIN triggers AS k ON k.event = h.event AND k.edition_number = h.edition_number
        {first}{occurs}"""
    if not any(trigger.event == ANY for trigger in rules.triggers):
        return query
    nobody = "CAST(NULL AS INT)" if terms.shape.numbered else "CAST(NULL AS TEXT)"
    return f"""{query}
        UNION ALL
        SELECT {columns}{unnamed}, {nobody}, k.trigger_number, k.of_body, CAST('' AS TEXT)
        FROM happened AS h
        JOIN first_events AS f ON {terms.same_case("f", "h")}f.place = h.place
        JOIN standing AS k ON k.edition_number = f.edition_number"""


# --- what fulfils them ------------------------------------------------------------------------------------------


def _answers(terms: Terms) -> Iterator[str]:
    among = ""
    if terms.names_offences:
        among = """,
            h.offence_ref, CASE WHEN k.of_victim = 1 AND h.victim_ref IS NULL THEN h.offence_ref END AS among_ref"""

    def records(victim: str, others: str = "", only: str = "") -> str:
        return f"""
        SELECT h.case_ref, k.trigger_number, k.slot, h.happened_on,
            CASE WHEN k.of_victim = 1 THEN {victim} END AS victim_ref,
            CASE WHEN k.by_suspect = 1 THEN h.suspect_ref END AS suspect_ref,
            CASE WHEN k.by_hearing = 1 THEN h.hearing_ref END AS hearing_ref{among}
        FROM happened AS h{others}
        JOIN seeks AS k ON k.event = h.event AND k.about = h.about{only}"""

    yield records("h.victim_ref")
    if _hears(terms):
        years = f"{day_as_number('h.happened_on')} - {day_as_number('y.born')}"
        others = f"""
        JOIN {terms.speakers} AS t ON t.case_ref = h.case_ref AND t.victim_ref = h.victim_ref
        JOIN entitled AS e
            ON e.case_ref = h.case_ref AND e.who = h.victim_ref AND h.happened_on >= e.from_day
            AND h.happened_on < e.until_day
        JOIN people AS y ON y.case_ref = h.case_ref AND y.who = t.speaks_for
        JOIN profiles AS q ON q.profile = e.profile AND q.hears > 0
        JOIN editions AS g
            ON g.edition_number = q.edition_number AND (q.hears = 1 OR {years} < g.children_below * 10000)"""
        yield records("t.speaks_for", others, " AND k.heard = 1 AND k.edition_number = q.edition_number")


def _answered(terms: Terms, owed: str, only: str = "") -> str:
    """What is owed, beside the records that answer it."""

    def agree(reference: str) -> str:
        mine, theirs = f"s.{reference}", f"a.{reference}"
        return f"({theirs} IS NULL OR {mine} IS NULL OR {theirs} = {mine})"

    found = f"""
        FROM answers AS a
        JOIN {owed} AS s
            ON s.case_ref = a.case_ref AND s.trigger_number = a.trigger_number AND s.began_on <= a.happened_on
            AND (a.victim_ref IS NULL OR a.victim_ref = s.who) AND {agree("suspect_ref")} AND {agree("hearing_ref")}"""
    if terms.names_offences:
        found += f"""
            AND {agree("offence_ref")}
        LEFT JOIN concerned AS c ON c.case_ref = a.case_ref AND c.offence_ref = a.among_ref AND c.who = s.who
        WHERE (a.among_ref IS NULL OR c.certain = 1 OR (c.who IS NOT NULL AND s.offence_ref = a.among_ref))"""
    return f"{found}{only}"


def _found(terms: Terms) -> str:
    key = f"{terms.case_of('s')}s.place, s.trigger_number, s.who"
    firsts = ", ".join(
        f"MIN(CASE WHEN a.slot = {slot} THEN a.happened_on END) AS {name}"
        for slot, name in enumerate(_found_columns(terms), start=1)
    )
    return f"""
        SELECT {key}, {firsts}{_answered(terms, "owed")}
        GROUP BY {key}"""


def _found_columns(terms: Terms) -> tuple[str, ...]:
    """The columns that hold the day of the earliest record, slot by slot."""
    return tuple(f"found_{slot}" for slot in range(1, terms.rules.most_slots + 1))


def _found_in_period(terms: Terms) -> str:
    key = f"{terms.case_of('s')}s.place, s.trigger_number, s.who, a.slot, s.began_on"
    return f"""
        SELECT {key}, MIN(a.happened_on) AS found_on{_answered(terms, "recurs", " AND s.discharged_by = a.slot")}
        GROUP BY {key}"""


# --- what is owed -----------------------------------------------------------------------------------------------


def _owed(terms: Terms) -> str:
    offence, too, in_question = _offence(terms, "s"), concerns(terms, "s"), ""
    if terms.names_offences:
        in_question = ", CASE WHEN s.victim_ref IS NULL AND c.certain = 0 THEN 1 ELSE 0 END AS in_question"
    return f"""
        SELECT s.case_ref, s.place, s.trigger_number, s.event, s.happened_on AS began_on, s.received_on,
            s.suspect_ref, s.hearing_ref{offence}{in_question}, s.began_with || '/~' AS began_with, p.who, p.died_on,
            l.case_label, l.victim_label, l.id_part, r.case_ref AS declined_in, p.profile
        FROM started AS s
        JOIN entitled AS p
            ON p.case_ref = s.case_ref AND p.of_body = s.of_body AND s.happened_on >= p.from_day
            AND s.happened_on < p.until_day
            AND (s.of_body = 1 OR s.victim_ref IS NULL OR s.victim_ref = p.who)
        JOIN people AS l ON l.case_ref = p.case_ref AND l.who = p.who
        LEFT JOIN (SELECT DISTINCT case_ref, who FROM refusals) AS r
            ON r.case_ref = p.case_ref AND r.who = p.who{concerned_too(terms, "s", "p")}
        WHERE (p.died_on IS NULL OR s.happened_on <= p.died_on){f" AND {too}" if too else ""}"""


def _offence(terms: Terms, alias: str) -> str:
    """The offence a record names, as a further column, where records can name one."""
    return f", {alias}.offence_ref" if terms.names_offences else ""


def _paired(terms: Terms) -> str:
    if not terms.rules.looks_for_records:
        return "SELECT * FROM owed"
    return f"""
        SELECT o.*, {", ".join(f"f.{name}" for name in _found_columns(terms))}
        FROM owed AS o
        LEFT JOIN found AS f
            ON {terms.same_case("f", "o")}f.place = o.place AND f.trigger_number = o.trigger_number AND f.who = o.who"""


def _recurs(terms: Terms) -> str:
    """Every period that has begun and is not forestalled by what ends the duty, with their profile on its first day."""
    in_question = ", o.in_question" if terms.names_offences else ""
    ended, ending = "", [row for row in terms.rules.duties if row.ends_with is not None]
    if ending:
        found_on = found_in("d.ends_with", "o", slots_of(terms, ((row, row.ends_with) for row in ending)))
        ended = f" AND ({found_on} IS NULL OR {found_on} >= t.ends_on)"
    return f"""
        SELECT o.case_ref, o.place, o.trigger_number, o.event, t.starts_on AS began_on, t.ends_on, t.working_days,
            o.received_on, o.suspect_ref, o.hearing_ref{_offence(terms, "o")}{in_question},
            SUBSTRING(o.began_with, 1, LENGTH(o.began_with) - 1) || CAST(t.period AS TEXT) AS began_with, o.who,
            o.died_on, o.case_label, o.victim_label, o.id_part, o.declined_in, d.duty_number, d.discharged_by,
            p.profile
        FROM paired AS o
        JOIN (SELECT * FROM duties WHERE way = 'recurring') AS d ON d.trigger_number = o.trigger_number
        JOIN periods AS t
            ON t.edition_number = d.edition_number AND t.round_number = d.round_number AND t.started_on = o.began_on
        JOIN entitled AS p
            ON p.case_ref = o.case_ref AND p.who = o.who AND t.starts_on >= p.from_day
            AND t.starts_on < p.until_day
        WHERE (o.died_on IS NULL OR t.starts_on <= o.died_on){ended}"""


def slots_of(terms: Terms, wanted: Iterable[tuple[DutyRow, int | None]]) -> tuple[int, ...]:
    """The slots in which records can stand that duties seek."""
    found = {
        trigger.slots[number]
        for row, number in wanted
        if number is not None
        for trigger in terms.rules.triggers
        if row in trigger.duties
    }
    return tuple(sorted(found))


def found_in(slot: str, alias: str, slots: Iterable[int]) -> str:
    """The day of the earliest record in a slot, as SQL."""
    return choice(slot, [(str(n), f"{alias}.found_{n}") for n in slots])


def _weighed(terms: Terms, family: Family) -> str:
    """Each duty that applies, or may, with what is needed to find its dates."""
    source, same = "paired", "d.profile = o.profile"
    cells = [f"d.{name}" for name in ("duty_number", "with_updates", *family.columns)]
    if family.recurring:
        source, same = "recurs", f"d.duty_number = o.duty_number AND {same}"
        cells += ["o.trigger_number", "o.ends_on", "o.working_days"]
    else:
        cells += [f"o.found_{slot}" for slot in slots_of(terms, ((r, n) for r in family.duties for n in r.seeks))]
    return f"""
        SELECT o.case_ref, o.place, o.event, o.began_on, o.received_on, o.suspect_ref, o.hearing_ref, o.began_with,
            o.who, o.case_label, o.victim_label, o.id_part, o.declined_in, o.died_on, {_doubt(terms)}, d.track,
            {", ".join(cells)}
        FROM {source} AS o
        JOIN (SELECT * FROM applies WHERE way = {literal(family.name)}) AS d
            ON d.trigger_number = o.trigger_number AND {same}"""


def _doubt(terms: Terms) -> str:
    """Whether it is in doubt that a duty applies, and what is missing (reading *whose-offence-is-not-known*)."""
    if not terms.names_offences:
        return "d.in_doubt, d.missing_facts"
    missing = missing_too("d.missing_facts", OFFENCE_VICTIMS)
    return f"""CASE WHEN o.in_question = 1 THEN 1 ELSE d.in_doubt END AS in_doubt,
            CASE WHEN o.in_question = 1 THEN {missing} ELSE d.missing_facts END AS missing_facts"""
