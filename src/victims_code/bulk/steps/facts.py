"""What is known of the people in each span, fact by fact, as marks in whole numbers.

A fact that is known has a mark in ``known``, and one that is true has another in ``true``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from victims_code.bulk.fragments import column, day_as_number
from victims_code.bulk.steps import BEGINNING, Step, Terms
from victims_code.bulk.steps.offences import steps_of_days
from victims_code.bulk.steps.people import PERSON, ages_of_children, shared_facts
from victims_code.vocabulary import FactName, Silence, vocabulary

__all__ = ["facts_steps", "marked_facts", "what_is_known"]


def facts_steps(terms: Terms) -> Iterator[Step]:
    """What was said last, what others' records add, and what silence means."""
    if terms.shape.assertions is not None:
        yield Step("said_last", "What counts in each span: of one fact, what was said last", _said_last(terms))
        yield Step(
            "stated", "The same, as marks of what is known and what of that is true, fact by fact", _stated(terms)
        )
    yield from steps_of_days(terms)
    if terms.speakers is not None:
        yield Step("of_others", "What is known of those somebody speaks for, in each span", _of_others(terms))
    yield Step(
        "facts",
        "What is known in each span: as stated, as it follows from other parts of the record, or what silence means"
        " (reading: unknown-facts)",
        _facts(terms),
    )


# --- marks ------------------------------------------------------------------------------------------------------


def marked_facts(terms: Terms) -> tuple[FactName, ...]:
    """The facts that can be true, false or unknown; the one that is left out has words."""
    facts = vocabulary().facts
    return tuple(facts[fact] for fact in terms.rules.facts if facts[fact].derived != "capacity")


def what_is_known(terms: Terms) -> tuple[tuple[str, str], ...]:
    """The columns of marks: what is known, and what of that is true."""
    return tuple(zip(terms.marks("known"), terms.marks("true"), strict=True))


def _marks_where(terms: Terms, holds: Iterable[tuple[FactName, str]]) -> tuple[str, ...]:
    """The marks of the facts for which a condition holds, column by column."""
    each = [(terms.marks_of(fact.id), condition) for fact, condition in holds]
    return tuple(
        " + ".join(f"CASE WHEN {condition} THEN {bits[n]} ELSE 0 END" for bits, condition in each if bits[n]) or "0"
        for n, _ in enumerate(what_is_known(terms))
    )


# --- what was said ----------------------------------------------------------------------------------------------


def _said_last(terms: Terms) -> str:
    """The day something was said from counts first, its value last: the greatest number is what was said last."""
    marks = ", ".join(f"s.{mark}" for mark in terms.marks("mark"))
    told = f"2 * COALESCE(DATE_DIFF('day', {BEGINNING}, s.since), 0) + s.told"
    own = f", MAX(CASE WHEN s.of_victim = 1 THEN {told} END) AS own_told_last" if _shared_here(terms) else ""
    offence = of_how_many = ""
    if terms.shape.offences is not None:
        offence, of_how_many = ", s.offence_ref", ", MAX(s.of_how_many) AS of_how_many"
    each = f"""
        SELECT e.case_ref, e.who, e.from_day, {marks}, MAX({told}) AS told_last{own}{of_how_many}
        FROM said AS s
        JOIN spans AS e
            ON e.case_ref = s.case_ref AND e.who = s.who AND (s.since IS NULL OR s.since <= e.from_day)
        GROUP BY e.case_ref, e.who, e.from_day, {marks}{offence}"""
    return each if terms.shape.offences is None else _of_any(terms, each)


def _of_any(terms: Terms, each: str) -> str:
    """Of several offences: true if said to be true of one of them, false if of each (reading *several-offences*)."""
    key = ", ".join(("n.case_ref", "n.who", "n.from_day", *(f"n.{mark}" for mark in terms.marks("mark"))))
    own = ", MAX(n.own_told_last) AS own_told_last" if _shared_here(terms) else ""
    return f"""
        SELECT {key}, MAX(n.told_last % 2) AS told_last{own}
        FROM ({each}) AS n
        GROUP BY {key}
        HAVING MAX(n.told_last % 2) = 1 OR COUNT(*) = MAX(n.of_how_many)"""


def _stated(terms: Terms) -> str:
    sums = []
    for mark, (known, true) in zip(terms.marks("mark"), what_is_known(terms), strict=True):
        sums.append(f"CAST(SUM(n.{mark}) AS BIGINT) AS {known}")
        sums.append(f"CAST(SUM(n.{mark} * (n.told_last % 2)) AS BIGINT) AS {true}")
    own = ""
    for fact in _shared_here(terms):
        marked = zip(terms.marks("mark"), terms.marks_of(fact.id), strict=True)
        is_it = " AND ".join(f"n.{mark} = {bit}" for mark, bit in marked)
        own += f", MAX(CASE WHEN {is_it} THEN n.own_told_last END) % 2 AS own_{column(fact.id)}"
    return f"""
        SELECT n.case_ref, n.who, n.from_day, {", ".join(sums)}{own}
        FROM said_last AS n
        GROUP BY n.case_ref, n.who, n.from_day"""


def _shared_here(terms: Terms) -> tuple[FactName, ...]:
    """The facts that hold for those who speak for others too, if anybody does."""
    return () if terms.speakers is None else shared_facts(terms)


# --- what others' records add -----------------------------------------------------------------------------------


def _of_others(terms: Terms) -> str:
    """A shared fact is true if it is true of any; so is youth, and false only if all are known to be older."""
    assertions = terms.shape.assertions is not None
    facts, cells = list(ages_of_children(terms)), []
    for fact in facts:
        young = f"{day_as_number('e.from_day')} - {day_as_number('p.born')} < {(fact.below or 0) * 10000}"
        cells.append(
            f"CASE WHEN MAX(CASE WHEN {young} THEN 1 ELSE 0 END) = 1 THEN 1 WHEN COUNT(p.born) = COUNT(*) THEN 0 END"
            f" AS {column(fact.id)}"
        )
    if assertions:
        facts += shared_facts(terms)
        cells += [f"MAX(s.own_{column(fact.id)}) AS {column(fact.id)}" for fact in shared_facts(terms)]
    known = _marks_where(terms, ((fact, f"n.{column(fact.id)} IS NOT NULL") for fact in facts))
    true = _marks_where(terms, ((fact, f"n.{column(fact.id)} = 1") for fact in facts))
    shown = (f"{known[n]} AS {known_}, {true[n]} AS {true_}" for n, (known_, true_) in enumerate(what_is_known(terms)))
    stated = """
            LEFT JOIN spans AS c
                ON c.case_ref = p.case_ref AND c.who = p.who AND c.from_day <= e.from_day
                AND c.until_day > e.from_day
            LEFT JOIN stated AS s ON s.case_ref = c.case_ref AND s.who = c.who AND s.from_day = c.from_day"""
    return f"""
        SELECT n.case_ref, n.who, n.from_day, {", ".join(shown)}
        FROM (
            SELECT e.case_ref, e.who, e.from_day{"".join(f", {cell}" for cell in cells)}
            FROM {terms.speakers} AS k
            JOIN spans AS e ON e.case_ref = k.case_ref AND e.who = k.victim_ref
            JOIN people AS p ON p.case_ref = k.case_ref AND p.who = k.speaks_for{stated if assertions else ""}
            GROUP BY e.case_ref, e.who, e.from_day
        ) AS n"""


# --- all together -----------------------------------------------------------------------------------------------


def _facts(terms: Terms) -> str:
    """Nobody reads the facts of another body, if none of its duties hangs on one: they stand there as false."""
    needed = "" if not terms.rules.owed_to_bodies or terms.rules.bodies_have_conditions else " WHERE p.of_body = 0"
    query = f"SELECT {PERSON}, p.capacity, {_settled(terms)} FROM ({_on_record(terms)}{needed}) AS p"
    if not needed:
        return query
    every = terms.marks_of(*(fact.id for fact in marked_facts(terms)))
    cells = ", ".join(
        f"CAST({bits} AS BIGINT) AS {known}, CAST(0 AS BIGINT) AS {true}"
        for bits, (known, true) in zip(every, what_is_known(terms), strict=True)
    )
    return f"""{query}
        UNION ALL
        SELECT {PERSON}, p.capacity, {cells}
        FROM spans AS p WHERE p.of_body = 1"""


def _on_record(terms: Terms) -> str:
    """As stated, or else as others' records or the age at the offence have it; and whether needs were assessed."""
    aged = [fact for fact in marked_facts(terms) if fact.derived == "age-at-offence"]
    years = f"{day_as_number('d.first_on')} - {day_as_number('p.born')}"
    young = _marks_where(terms, ((fact, f"{years} BETWEEN 0 AND {(fact.below or 0) * 10000 - 1}") for fact in aged))
    cells, joins = [], ""
    for n, (known, true) in enumerate(what_is_known(terms)):
        known_here, true_here = ["0"], ["0"]
        if terms.shape.assertions is not None:
            known_here, true_here = [f"COALESCE(s.{known}, 0)"], [f"COALESCE(s.{true}, 0)"]
        if terms.speakers is not None:
            theirs = f"COALESCE(t.{true}, 0)"
            true_here.append(f"({theirs} - ({theirs} & {known_here[0]}))")
            known_here.append(f"COALESCE(t.{known}, 0)")
        if bits := terms.marks_of(*(fact.id for fact in aged))[n]:
            known_here.append(f"CASE WHEN {years} IS NULL THEN 0 WHEN d.all_known = 1 THEN {bits} ELSE {young[n]} END")
            true_here.append(f"({young[n]})")
        cells += [f"{' | '.join(known_here)} AS {known}", f"{' | '.join(true_here)} AS {true}"]
    if terms.shape.assertions is not None:
        joins += " LEFT JOIN stated AS s ON s.case_ref = p.case_ref AND s.who = p.who AND s.from_day = p.from_day"
    if terms.speakers is not None:
        joins += " LEFT JOIN of_others AS t ON t.case_ref = p.case_ref AND t.who = p.who AND t.from_day = p.from_day"
    who = "" if terms.shape.offences is None else " AND d.who = p.who"
    joins += f" LEFT JOIN offence_days AS d ON d.case_ref = p.case_ref{who}"
    return f"""
        SELECT {PERSON}, p.capacity, {", ".join(cells)},
            CASE WHEN COALESCE(own.case_ref, everybody.case_ref) IS NULL THEN 0 ELSE 1 END AS is_assessed
        FROM spans AS p
        LEFT JOIN assessed AS own ON own.case_ref = p.case_ref AND own.who = p.who
        LEFT JOIN assessed AS everybody ON everybody.case_ref = p.case_ref AND everybody.who = {terms.nobody}
        {joins}"""


def _settled(terms: Terms) -> str:
    """What an assessment of needs closes, and what silence says, of facts that are not on record."""
    means = {
        silence: terms.marks_of(*(fact.id for fact in marked_facts(terms) if fact.silence is silence))
        for silence in Silence
    }
    cells = []
    for n, (known, true) in enumerate(what_is_known(terms)):
        closed, yes, no = (means[s][n] for s in (Silence.CLOSED_BY_NEEDS_ASSESSMENT, Silence.TRUE, Silence.FALSE))
        cells.append(f"p.{known} | {yes + no} | CASE WHEN p.is_assessed = 1 THEN {closed} ELSE 0 END AS {known}")
        cells.append(f"p.{true} | ({yes} - (p.{known} & {yes})) AS {true}")
    return ", ".join(cells)
