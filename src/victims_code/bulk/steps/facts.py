"""What is known of the people in each span, fact by fact, as marks in whole numbers.

A fact that is known has a mark in ``known``, and one that is true has another in ``true``. One that was stated as
unknown has a mark in ``unsure``: no silence closes it (reading *stated-as-unknown*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from victims_code.bulk.fragments import column, day_as_number
from victims_code.bulk.steps import BEGINNING, QueryStep, Terms
from victims_code.bulk.steps.offences import steps_of_days
from victims_code.bulk.steps.people import PERSON, ages_of_children, shared_facts
from victims_code.vocabulary import FactName, WhenUnstated, load_vocabulary


def facts_steps(terms: Terms) -> Iterator[QueryStep]:
    """What was said last, what others' records add, and what silence means."""
    if terms.shape.assertions is not None:
        yield QueryStep("said_last", "What counts in each span: of one fact, what was said last", _said_last(terms))
        yield QueryStep(
            "stated", "The same, as marks of what is known and what of that is true, fact by fact", _stated(terms)
        )
    yield from steps_of_days(terms)
    if terms.speakers is not None:
        yield QueryStep("of_others", "What is known of those someone speaks for, in each span", _of_others(terms))
    yield QueryStep(
        "facts",
        "What is known in each span: as stated, as it follows from other parts of the record, or what silence means"
        " (reading: unknown-facts)",
        _facts(terms),
    )


# --- marks ------------------------------------------------------------------------------------------------------


def marked_facts(terms: Terms) -> tuple[FactName, ...]:
    """The facts that can be true, false or unknown; the one that is left out has words."""
    facts = load_vocabulary().facts
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
    """The day something was said from counts first, its value last: the greatest number is what was said last.

    Of one day a known answer comes before one that is not known.
    """
    marks = ", ".join(f"s.{mark}" for mark in terms.marks("mark"))
    told = f"3 * COALESCE(DATE_DIFF('day', {BEGINNING}, s.since), 0) + s.told"
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
    """Of several offences: true if so of one of them, else unknown if so of one, false if so of each.

    See the reading *several-offences*. Of an offence of which no one says anything, what is taken to be true is true.
    """
    presumed = [fact.id for fact in marked_facts(terms) if fact.silence is WhenUnstated.TRUE]
    open_ = " AND NOT ".join(("MIN(n.told_last % 3) = 0", *(f"({_is_marked(terms, name)})" for name in presumed)))
    key = ", ".join(("n.case_ref", "n.who", "n.from_day", *(f"n.{mark}" for mark in terms.marks("mark"))))
    own = ", MAX(n.own_told_last) AS own_told_last" if _shared_here(terms) else ""
    return f"""
        SELECT {key}, CASE WHEN MAX(n.told_last % 3) = 2 THEN 2 ELSE MIN(n.told_last % 3) END AS told_last{own}
        FROM ({each}) AS n
        GROUP BY {key}
        HAVING MAX(n.told_last % 3) = 2 OR ({open_}) OR COUNT(*) = MAX(n.of_how_many)"""


def _is_marked(terms: Terms, fact: str) -> str:
    """Whether a row is about a fact."""
    marked = zip(terms.marks("mark"), terms.marks_of(fact), strict=True)
    return " AND ".join(f"n.{mark} = {bit}" for mark, bit in marked)


def _stated(terms: Terms) -> str:
    sums = []
    names = zip(terms.marks("mark"), terms.marks("unsure"), what_is_known(terms), strict=True)
    for mark, unsure, (known, true) in names:
        for name, test in ((known, "> 0"), (true, "= 2"), (unsure, "= 0")):
            sums.append(f"CAST(SUM(CASE WHEN n.told_last % 3 {test} THEN n.{mark} ELSE 0 END) AS BIGINT) AS {name}")
    own = ""
    for fact in _shared_here(terms):
        own += f", MAX(CASE WHEN {_is_marked(terms, fact.id)} THEN n.own_told_last END) % 3 AS own_{column(fact.id)}"
    return f"""
        SELECT n.case_ref, n.who, n.from_day, {", ".join(sums)}{own}
        FROM said_last AS n
        GROUP BY n.case_ref, n.who, n.from_day"""


def _shared_here(terms: Terms) -> tuple[FactName, ...]:
    """The facts that hold for those who speak for others too, if anyone does."""
    return () if terms.speakers is None else shared_facts(terms)


# --- what others' records add -----------------------------------------------------------------------------------


def _of_others(terms: Terms) -> str:
    """A shared fact is true if it is true of any, else unknown if of any, else false.

    So is youth, and false only if all are known to be older.
    """
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
        cells += [
            f"CASE WHEN MAX(s.own_{name}) = 2 THEN 1 WHEN MIN(s.own_{name}) = 1 THEN 0 END AS {name}"
            for name in (column(fact.id) for fact in shared_facts(terms))
        ]
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
    """No one reads the facts of another body, if none of its duties hangs on one: they stand there as false."""
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
    """As stated, or else as others' records have it; as the dates have an age; and whether needs were assessed."""
    aged = [fact for fact in marked_facts(terms) if fact.derived == "age-at-offence"]
    years = "p.years"
    # all of whose days are known, and who was born after the last, was not yet born (reading born-after-the-offence)
    young = _marks_where(
        terms,
        ((fact, f"{years} < {(fact.below or 0) * 10000} AND ({years} >= 0 OR p.all_known = 1)") for fact in aged),
    )
    cells, joins = [], ""
    for n, (known, true) in enumerate(what_is_known(terms)):
        known_here, true_here = ["0"], ["0"]
        bits = terms.marks_of(*(fact.id for fact in aged))[n]
        by_dates = f"CASE WHEN {years} IS NULL THEN 0 WHEN p.all_known = 1 THEN {bits} ELSE {young[n]} END"
        if terms.shape.assertions is not None:
            said = f"COALESCE(s.{true}, 0)"
            known_here = [f"COALESCE(s.{known}, 0)"]
            true_here = [f"({said} - ({said} & {by_dates}))" if bits else said]
            unsure = terms.marks("unsure")[n]
            cells.append(f"COALESCE(s.{unsure}, 0) AS {unsure}")
        if terms.speakers is not None:
            theirs = f"COALESCE(t.{true}, 0)"
            true_here.append(f"({theirs} - ({theirs} & {known_here[0]}))")
            known_here.append(f"COALESCE(t.{known}, 0)")
        if bits:
            known_here.append(by_dates)
            true_here.append(f"({young[n]})")
        cells += [f"{' | '.join(known_here)} AS {known}", f"{' | '.join(true_here)} AS {true}"]
    if terms.shape.assertions is not None:
        joins += " LEFT JOIN stated AS s ON s.case_ref = p.case_ref AND s.who = p.who AND s.from_day = p.from_day"
    if terms.speakers is not None:
        joins += " LEFT JOIN of_others AS t ON t.case_ref = p.case_ref AND t.who = p.who AND t.from_day = p.from_day"
    who = "" if terms.shape.offences is None else " AND d.who = p.who"
    return f"""
        SELECT {PERSON}, p.capacity, {", ".join(cells)},
            CASE WHEN COALESCE(own.case_ref, everyone.case_ref) IS NULL THEN 0 ELSE 1 END AS is_assessed
        FROM (
            SELECT p.*, d.all_known, {day_as_number("d.first_on")} - {day_as_number("p.born")} AS years
            FROM spans AS p LEFT JOIN offence_days AS d ON d.case_ref = p.case_ref{who}
        ) AS p
        LEFT JOIN assessed AS own ON own.case_ref = p.case_ref AND own.who = p.who
        LEFT JOIN assessed AS everyone ON everyone.case_ref = p.case_ref AND everyone.who = {terms.nobody}
        {joins}"""


def _settled(terms: Terms) -> str:
    """What an assessment of needs closes, and what silence says, of facts of which nothing is on record."""
    means = {
        silence: terms.marks_of(*(fact.id for fact in marked_facts(terms) if fact.silence is silence))
        for silence in WhenUnstated
    }
    cells = []
    for n, (known, true) in enumerate(what_is_known(terms)):
        closed, yes, no = (
            means[s][n] for s in (WhenUnstated.CLOSED_BY_NEEDS_ASSESSMENT, WhenUnstated.TRUE, WhenUnstated.FALSE)
        )
        silent = f"({yes + no} | CASE WHEN p.is_assessed = 1 THEN {closed} ELSE 0 END)"
        on_record = f"p.{known}"
        if terms.shape.assertions is not None:
            on_record = f"(p.{known} | p.{terms.marks('unsure')[n]})"
        cells.append(f"p.{known} | ({silent} - ({silent} & {on_record})) AS {known}")
        cells.append(f"p.{true} | ({yes} - ({on_record} & {yes})) AS {true}")
    return ", ".join(cells)
