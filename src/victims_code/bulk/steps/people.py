"""The people: who there is, what they wish, and the spans in which nothing changes for them.

A person's record falls into spans, in each of which nothing changes: a span begins where something said begins to
count, and for those who speak for others also where that holds for them or a child comes of age.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import day, literal, part_of_identity, words
from victims_code.bulk.steps import BEGINNING, END, QueryStep, Terms
from victims_code.bulk.steps.offences import concerned_too, concerns, offence_steps
from victims_code.cases.records import DIRECT
from victims_code.vocabulary import FactName, load_vocabulary

PERSON = "p.case_ref, p.who, p.of_body, p.died_on, p.from_day, p.until_day"


def people_steps(terms: Terms) -> Iterator[QueryStep]:
    """Who there is, what they wish, and what is known of them."""
    yield QueryStep("people", "The victims of every case, and a row for duties owed to another body", _people(terms))
    yield from offence_steps(terms)
    yield QueryStep(
        "assessed", "Whose needs have been assessed; without a victim, everyone's in the case", _assessed(terms)
    )
    yield QueryStep("deaths", "When a victim died (reading: death-of-victim)", _deaths(terms))
    yield QueryStep("wishes", "What victims have declined and taken up again", _wishes(terms))
    yield QueryStep("refusals", "From what day to what day something is declined (reading: wishes)", _refusals())
    if terms.shape.assertions is not None:
        why = "What has been said of each: 2 for true, 1 for false, 0 for not known (reading: stated-as-unknown)"
        yield QueryStep("said", why, _said(terms))
    if turns := tuple(_turns(terms)):
        yield QueryStep("turns", "The days on which something changes for a person", "\nUNION\n".join(turns))
    yield QueryStep("spans", "From one such day to the next nothing changes (reading: since-when)", _spans(terms))


# --- who there is -----------------------------------------------------------------------------------------------


def _people(terms: Terms) -> str:
    shape = terms.shape
    labels = "case_label", "victim_label"
    case, victim = labels if shape.numbered else ("case_ref", "victim_ref")
    capacity = "CAST('person' AS TEXT)"
    if shape.has("victims", "capacity"):
        capacity = f"COALESCE({terms.text('capacity')}, 'person')"
    query = f"""
        SELECT case_ref, victim_ref AS who, {case} AS case_label, {victim} AS victim_label, 0 AS of_body,
            {day("born")} AS born, {capacity} AS capacity, {_born_later(terms, capacity)} AS born_later,
            {part_of_identity(case)} || '/' || {part_of_identity(victim)} || '/' AS id_part
        FROM {shape.victims} AS v"""
    if not terms.rules.owed_to_bodies:
        return query
    return f"""{query}
        UNION ALL
        SELECT case_ref, {terms.nobody}, MIN({case}), CAST(NULL AS TEXT), 1, CAST(NULL AS DATE), CAST(NULL AS TEXT), 0,
            {part_of_identity(f"MIN({case})")} || '/~/'
        FROM {shape.victims}
        GROUP BY case_ref"""


def _born_later(terms: Terms, capacity: str) -> str:
    """Whether someone may have been born after the offence (reading *born-after-the-offence*)."""
    if terms.shape.offences is None:
        return "0"  # one offence concerns everyone
    said = ""
    if terms.shape.assertions is not None:
        facts = words(fact.id for fact in load_vocabulary().facts.values() if fact.born_later)
        said = f"""
                OR EXISTS (
                    SELECT 1 FROM {terms.shape.assertions} AS a
                    WHERE a.case_ref = v.case_ref AND a.victim_ref = v.victim_ref AND a.fact IN ({facts})
                        AND CASE WHEN a."value" THEN 1 ELSE 0 END = 1
                )"""
    return f"CASE WHEN {capacity} NOT IN ({words(DIRECT)}){said} THEN 1 ELSE 0 END"


def _assessed(terms: Terms) -> str:
    return f"""
        SELECT DISTINCT n.case_ref, n.who FROM ({_of_victims(terms, "needs-assessed")}) AS n"""


def _deaths(terms: Terms) -> str:
    return f"""
        SELECT n.case_ref, n.who, MIN(n.happened_on) AS died_on FROM ({_of_victims(terms, "victim-died")}) AS n
        GROUP BY n.case_ref, n.who"""


def _of_victims(terms: Terms, event: str) -> str:
    """The records of an event with the victim each concerns; everyone of the case is marked as another body is."""
    whom, join, only = "h.victim_ref", "", ""
    if terms.names_offences:
        whom = "h.victim_ref, c.who"
        join = f"""
            LEFT JOIN concerned AS c
                ON h.victim_ref IS NULL AND c.case_ref = h.case_ref AND c.offence_ref = h.offence_ref
                AND c.who <> {terms.nobody} AND c.certain = 1"""
        only = f" AND {concerns(terms, 'h')}"
    return f"""
            SELECT h.case_ref, COALESCE({whom}, {terms.nobody}) AS who, h.happened_on FROM happened AS h{join}
            WHERE h.event = {literal(event)} AND h.about = ''{only}"""


def _wishes(terms: Terms) -> str:
    """Who declined what or took it up again, by scope: the number of a duty, or 0 for all updates."""
    about = "CAST(h.about AS TEXT)" if terms.shape.numbered else "h.about"
    duty = "CAST(d.duty AS TEXT)" if terms.shape.numbered else "d.duty"
    join, too = concerned_too(terms, "h", "p", certainly=True), concerns(terms, "h")
    return f"""
        SELECT p.case_ref, p.who, w.scope, h.happened_on,
            CASE WHEN h.event IN ({words(_DECLINES)}) THEN 1 ELSE 0 END AS declines
        FROM happened AS h
        JOIN (
            SELECT {duty} AS about, d.duty_number AS scope FROM named AS d
            UNION ALL
            SELECT '' AS about, 0 AS scope
        ) AS w ON w.about = {about}
        JOIN people AS p
            ON p.case_ref = h.case_ref AND p.of_body = 0 AND (h.victim_ref IS NULL OR h.victim_ref = p.who){join}
        WHERE h.event IN ({words((*_DECLINES, *_RESUMES))}){f" AND {too}" if too else ""}"""


_DECLINES, _RESUMES = ("updates-declined", "service-declined"), ("updates-resumed", "service-resumed")


def _refusals() -> str:
    return f"""
        SELECT n.case_ref, n.who, n.scope, MIN(n.declined_on) AS from_day, COALESCE(n.resumed_on, {END}) AS until_day
        FROM (
            SELECT d.case_ref, d.who, d.scope, d.happened_on AS declined_on, MIN(r.happened_on) AS resumed_on
            FROM wishes AS d
            LEFT JOIN wishes AS r
                ON r.case_ref = d.case_ref AND r.who = d.who AND r.scope = d.scope AND r.declines = 0
                AND r.happened_on >= d.happened_on
            WHERE d.declines = 1
            GROUP BY d.case_ref, d.who, d.scope, d.happened_on
        ) AS n
        GROUP BY n.case_ref, n.who, n.scope, n.resumed_on"""


# --- what is known, span by span --------------------------------------------------------------------------------


def _said(terms: Terms) -> str:
    """What is said of each: a fact of a victim once, a fact of an offence once for each offence against them."""
    victim = terms.text("a.victim_ref")
    if terms.shape.offences is not None:
        return _said_of_offences(terms, victim)
    only = "" if terms.rules.bodies_have_conditions else "p.of_body = 0 AND "
    return f"""
        SELECT p.case_ref, p.who, {", ".join(f"k.{mark}" for mark in terms.marks("mark"))},
            {_TOLD}, {day("a.since")} AS since,
            CASE WHEN {victim} IS NULL THEN 0 ELSE 1 END AS of_victim
        FROM {terms.shape.assertions} AS a
        JOIN marked AS k ON k.can_be_stated = 1 AND k.fact = a.fact
        JOIN people AS p ON {only}p.case_ref = a.case_ref AND ({victim} IS NULL OR {victim} = p.who)"""


_TOLD = 'CASE WHEN a."value" IS NULL THEN 0 WHEN a."value" THEN 2 ELSE 1 END AS told'


def _said_of_offences(terms: Terms, victim: str) -> str:
    which = ""
    if terms.shape.has("assertions", "offence_ref"):
        offence = terms.text("a.offence_ref")
        which = f" AND ({offence} IS NULL OR {offence} = g.offence_ref)"
    only = "" if terms.rules.bodies_have_conditions else " AND g.of_body = 0"
    marks_ = ", ".join(f"k.{mark}" for mark in terms.marks("mark"))
    said = f"{_TOLD}, {day('a.since')} AS since"
    return f"""
        SELECT p.case_ref, p.who, {marks_}, {said}, 1 AS of_victim, CAST(NULL AS TEXT) AS offence_ref, 1 AS of_how_many
        FROM {terms.shape.assertions} AS a
        JOIN marked AS k ON k.can_be_stated = 1 AND k.fact = a.fact
        JOIN people AS p ON p.case_ref = a.case_ref AND {victim} = p.who
        UNION ALL
        SELECT g.case_ref, g.who, {marks_}, {said}, 0, g.offence_ref, g.against_who
        FROM {terms.shape.assertions} AS a
        JOIN marked AS k ON k.can_be_stated = 1 AND k.fact = a.fact
        JOIN against AS g ON g.case_ref = a.case_ref{which}{only}
        WHERE {victim} IS NULL"""


def _turns(terms: Terms) -> Iterator[str]:
    if terms.shape.assertions is not None:
        yield "SELECT case_ref, who, since AS turns_on FROM said WHERE since IS NOT NULL"
        if terms.speakers is not None:
            yield f"""
                SELECT k.case_ref, k.victim_ref AS who, s.since AS turns_on FROM {terms.speakers} AS k
                JOIN said AS s ON s.case_ref = k.case_ref AND s.who = k.speaks_for AND s.since IS NOT NULL"""
    if terms.speakers is not None:
        for below in sorted({fact.below for fact in ages_of_children(terms) if fact.below is not None}):
            # of those born on 29 February one of the two days is right; the other changes nothing
            birthday = f"ADD_MONTHS(p.born, {12 * below})"
            for turns_on in (birthday, f"ADD_DAYS({birthday}, 1)"):
                yield f"""
                    SELECT k.case_ref, k.victim_ref AS who, {turns_on} AS turns_on FROM {terms.speakers} AS k
                    JOIN people AS p ON p.case_ref = k.case_ref AND p.who = k.speaks_for AND p.born IS NOT NULL"""


def ages_of_children(terms: Terms) -> tuple[FactName, ...]:
    """The facts that follow from the age of those someone speaks for."""
    facts = load_vocabulary().facts
    return tuple(facts[name] for name in terms.rules.facts if facts[name].derived == "age-of-child")


def shared_facts(terms: Terms) -> tuple[FactName, ...]:
    """The facts that hold for those who speak for others too."""
    facts = load_vocabulary().facts
    return tuple(facts[fact] for fact in terms.rules.facts if facts[fact].derived is None and facts[fact].shared)


def _spans(terms: Terms) -> str:
    people = f"""
        SELECT q.case_ref, q.who, q.of_body, q.born, q.capacity,
            CASE WHEN own.died_on <= COALESCE(everyone.died_on, own.died_on) THEN own.died_on
                ELSE COALESCE(everyone.died_on, own.died_on) END AS died_on
        FROM people AS q
        LEFT JOIN deaths AS own ON own.case_ref = q.case_ref AND own.who = q.who
        LEFT JOIN deaths AS everyone ON everyone.case_ref = q.case_ref AND everyone.who = {terms.nobody}"""
    if not tuple(_turns(terms)):
        return f"SELECT p.*, {BEGINNING} AS from_day, {END} AS until_day FROM ({people}) AS p"
    return f"""
        SELECT p.*, {BEGINNING} AS from_day, COALESCE(f.turns_on, {END}) AS until_day
        FROM ({people}) AS p
        LEFT JOIN (SELECT case_ref, who, MIN(turns_on) AS turns_on FROM turns GROUP BY case_ref, who) AS f
            ON f.case_ref = p.case_ref AND f.who = p.who
        UNION ALL
        SELECT p.*, t.from_day, t.until_day
        FROM ({people}) AS p
        JOIN (
            SELECT case_ref, who, turns_on AS from_day,
                COALESCE(LEAD(turns_on) OVER (PARTITION BY case_ref, who ORDER BY turns_on), {END}) AS until_day
            FROM turns
        ) AS t ON t.case_ref = p.case_ref AND t.who = p.who"""
