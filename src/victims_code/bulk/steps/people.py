"""The people: what is known of each from which day on.

A person's record falls into spans, in each of which nothing changes: a span begins where something said begins to
count, and for those who speak for others also where that holds for them or a child comes of age.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import (
    choice,
    column,
    day,
    day_as_number,
    first_of,
    is_marked,
    literal,
    marks,
    marks_with,
    words,
)
from victims_code.bulk.steps import BEGINNING, Step, Terms
from victims_code.vocabulary import FactName, Silence, vocabulary

__all__ = ["DIGITS", "PERSON", "digits_as_numbers", "facts_with_digits", "people_steps"]

PERSON = "p.case_ref, p.who, p.case_label, p.victim_label, p.of_body, p.died_on, p.from_day, p.until_day"
DIGITS = 39
"""How many digits to base three go into a whole number of 64 bits."""


def people_steps(terms: Terms) -> Iterator[Step]:
    """Who there is, what they wish, and what is known of them."""
    yield Step("people", "The victims of every case, and a row for duties owed to another body", _people(terms))
    yield Step(
        "assessed", "Whose needs have been assessed; without a victim, everybody's in the case", _assessed(terms)
    )
    yield Step("deaths", "When a victim died (reading: death-of-victim)", _deaths(terms))
    yield Step("wishes", "What victims have declined and taken up again", _wishes(terms))
    yield Step("refusals", "From what day to what day something is declined (reading: wishes)", _refusals(terms))
    if terms.shape.assertions is not None:
        yield Step("said", "What somebody has said of each: 1 for true, 0 for false, and since when", _said(terms))
    if turns := list(_turns(terms)):
        yield Step("turns", "The days on which something changes for a person", "\nUNION\n".join(turns))
    yield Step(
        "spans", "From one such day to the next nothing changes (reading: since-when)", _spans(terms, bool(turns))
    )
    if terms.shape.assertions is not None:
        yield Step("said_last", "What counts in each span: of one fact, what was said last", _said_last(terms))
        yield Step(
            "stated", "The same, as marks of what is known and what of that is true, fact by fact", _stated(terms)
        )
    if terms.speakers is not None:
        yield Step("of_others", "What is known of those somebody speaks for, in each span", _of_others(terms))
    yield Step(
        "facts",
        "Every fact in each span: as stated, as it follows from other parts of the record, or what silence means"
        " (reading: unknown-facts); written as the digits of a number, 0 for false, 1 for true, 2 for not known",
        _facts(terms),
    )


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
            {day("born")} AS born, {capacity} AS capacity
        FROM {shape.victims}"""
    if not terms.rules.owed_to_bodies:
        return query
    return f"""{query}
        UNION ALL
        SELECT DISTINCT case_ref, {terms.nobody}, {case}, CAST(NULL AS TEXT), 1, CAST(NULL AS DATE),
            CAST(NULL AS TEXT)
        FROM {shape.victims}"""


def _assessed(terms: Terms) -> str:
    return f"""
        SELECT DISTINCT case_ref, COALESCE(victim_ref, {terms.nobody}) AS who FROM happened
        WHERE event = 'needs-assessed' AND about = ''"""


def _deaths(terms: Terms) -> str:
    return f"""
        SELECT case_ref, COALESCE(victim_ref, {terms.nobody}) AS who, MIN(happened_on) AS died_on FROM happened
        WHERE event = 'victim-died' AND about = ''
        GROUP BY case_ref, COALESCE(victim_ref, {terms.nobody})"""


def _scopes(terms: Terms, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in marks("scope", len(terms.rules.scopes)))


def _wishes(terms: Terms) -> str:
    return f"""
        SELECT p.case_ref, p.who, h.happened_on, w.declines, {_scopes(terms, "w")}
        FROM happened AS h
        JOIN refusable AS w ON w.event = h.event AND w.about = h.about
        JOIN people AS p
            ON p.case_ref = h.case_ref AND (p.of_body = 1 OR h.victim_ref IS NULL OR h.victim_ref = p.who)"""


def _refusals(terms: Terms) -> str:
    same = " AND ".join(f"r.{name} = d.{name}" for name in marks("scope", len(terms.rules.scopes)))
    return f"""
        SELECT n.case_ref, n.who, {_scopes(terms, "n")}, MIN(n.declined_on) AS from_day, n.resumed_on AS until_day
        FROM (
            SELECT d.case_ref, d.who, {_scopes(terms, "d")}, d.happened_on AS declined_on,
                MIN(r.happened_on) AS resumed_on
            FROM wishes AS d
            LEFT JOIN wishes AS r
                ON r.case_ref = d.case_ref AND r.who = d.who AND {same} AND r.declines = 0
                AND r.happened_on >= d.happened_on
            WHERE d.declines = 1
            GROUP BY d.case_ref, d.who, {_scopes(terms, "d")}, d.happened_on
        ) AS n
        GROUP BY n.case_ref, n.who, {_scopes(terms, "n")}, n.resumed_on"""


# --- what is known, span by span --------------------------------------------------------------------------------


def _said(terms: Terms) -> str:
    victim = terms.text("a.victim_ref")
    only = "" if terms.rules.bodies_have_conditions else "p.of_body = 0 AND "
    return f"""
        SELECT p.case_ref, p.who, a.fact, CASE WHEN a."value" THEN 1 ELSE 0 END AS told, {day("a.since")} AS since,
            CASE WHEN {victim} IS NULL THEN 0 ELSE 1 END AS of_victim
        FROM {terms.shape.assertions} AS a
        JOIN people AS p ON {only}p.case_ref = a.case_ref AND ({victim} IS NULL OR {victim} = p.who)
        WHERE a.fact IN ({words(terms.rules.facts)})"""


def _turns(terms: Terms) -> Iterator[str]:
    if terms.shape.assertions is not None:
        yield "SELECT case_ref, who, since AS turns_on FROM said WHERE since IS NOT NULL"
        if terms.speakers is not None:
            yield f"""
                SELECT k.case_ref, k.victim_ref AS who, s.since AS turns_on FROM {terms.speakers} AS k
                JOIN said AS s ON s.case_ref = k.case_ref AND s.who = k.speaks_for AND s.since IS NOT NULL"""
    if terms.speakers is not None:
        for below in sorted({fact.below for fact in _ages_of_children(terms) if fact.below is not None}):
            # of those born on 29 February one of the two days is right; the other changes nothing
            birthday = f"ADD_MONTHS(p.born, {12 * below})"
            for turns_on in (birthday, f"ADD_DAYS({birthday}, 1)"):
                yield f"""
                    SELECT k.case_ref, k.victim_ref AS who, {turns_on} AS turns_on FROM {terms.speakers} AS k
                    JOIN people AS p ON p.case_ref = k.case_ref AND p.who = k.speaks_for AND p.born IS NOT NULL"""


def _ages_of_children(terms: Terms) -> tuple[FactName, ...]:
    facts = vocabulary().facts
    return tuple(facts[name] for name in terms.rules.facts if facts[name].derived == "age-of-child")


def _shared(terms: Terms) -> tuple[str, ...]:
    return tuple(name for name in _statable(terms) if vocabulary().facts[name].shared)


def _statable(terms: Terms) -> tuple[str, ...]:
    return tuple(fact for fact in terms.rules.facts if vocabulary().facts[fact].derived is None)


def _spans(terms: Terms, turning: bool) -> str:
    people = f"""
        SELECT q.case_ref, q.who, q.case_label, q.victim_label, q.of_body, q.born, q.capacity,
            CASE WHEN own.died_on <= COALESCE(everybody.died_on, own.died_on) THEN own.died_on
                ELSE COALESCE(everybody.died_on, own.died_on) END AS died_on
        FROM people AS q
        LEFT JOIN deaths AS own ON own.case_ref = q.case_ref AND own.who = q.who
        LEFT JOIN deaths AS everybody ON everybody.case_ref = q.case_ref AND everybody.who = {terms.nobody}"""
    if not turning:
        return f"SELECT p.*, {BEGINNING} AS from_day, CAST(NULL AS DATE) AS until_day FROM ({people}) AS p"
    return f"""
        SELECT p.*, {BEGINNING} AS from_day, f.turns_on AS until_day
        FROM ({people}) AS p
        LEFT JOIN (SELECT case_ref, who, MIN(turns_on) AS turns_on FROM turns GROUP BY case_ref, who) AS f
            ON f.case_ref = p.case_ref AND f.who = p.who
        UNION ALL
        SELECT p.*, t.from_day, t.until_day
        FROM ({people}) AS p
        JOIN (
            SELECT case_ref, who, turns_on AS from_day,
                LEAD(turns_on) OVER (PARTITION BY case_ref, who ORDER BY turns_on) AS until_day
            FROM turns
        ) AS t ON t.case_ref = p.case_ref AND t.who = p.who"""


def _said_last(terms: Terms) -> str:
    """The day something was said from counts first, its value last: the greatest number is what was said last."""
    told = f"2 * COALESCE(DATE_DIFF('day', {BEGINNING}, s.since), 0) + s.told"
    own = f", MAX(CASE WHEN s.of_victim = 1 THEN {told} END) AS own_told_last" if _shared_here(terms) else ""
    return f"""
        SELECT e.case_ref, e.who, e.from_day, s.fact, MAX({told}) AS told_last{own}
        FROM said AS s
        JOIN spans AS e
            ON e.case_ref = s.case_ref AND e.who = s.who AND (s.since IS NULL OR s.since <= e.from_day)
        GROUP BY e.case_ref, e.who, e.from_day, s.fact"""


def _stated(terms: Terms) -> str:
    facts = _statable(terms)
    sums = []
    for n, (known, true) in enumerate(zip(marks("known", len(facts)), marks("true", len(facts)), strict=True)):
        bits = [
            (literal(fact), str(bit)) for number, fact in enumerate(facts) if (bit := marks_with(number, len(facts))[n])
        ]
        mark = choice("n.fact", bits, "0")
        sums.append(f"CAST(SUM({mark}) AS BIGINT) AS {known}")
        sums.append(f"CAST(SUM({mark} * (n.told_last % 2)) AS BIGINT) AS {true}")
    own = "".join(
        f", MAX(CASE WHEN n.fact = {literal(fact)} THEN n.own_told_last END) % 2 AS own_{column(fact)}"
        for fact in _shared_here(terms)
    )
    return f"""
        SELECT n.case_ref, n.who, n.from_day, {", ".join(sums)}{own}
        FROM said_last AS n
        GROUP BY n.case_ref, n.who, n.from_day"""


def _shared_here(terms: Terms) -> tuple[str, ...]:
    """The facts that hold for those who speak for others too, if anybody does."""
    return () if terms.speakers is None else _shared(terms)


def _of_others(terms: Terms) -> str:
    """A shared fact is true if it is true of any; so is youth, and false only if all are known to be older."""
    assertions = terms.shape.assertions is not None
    cells = []
    for fact in _ages_of_children(terms):
        young = f"{day_as_number('e.from_day')} - {day_as_number('p.born')} < {(fact.below or 0) * 10000}"
        cells.append(
            f"CASE WHEN MAX(CASE WHEN {young} THEN 1 ELSE 0 END) = 1 THEN 1 WHEN COUNT(p.born) = COUNT(*) THEN 0 END"
            f" AS {column(fact.id)}"
        )
    if assertions:
        cells += [f"MAX(s.own_{column(fact)}) AS {column(fact)}" for fact in _shared(terms)]
    stated = """
        LEFT JOIN spans AS c
            ON c.case_ref = p.case_ref AND c.who = p.who AND c.from_day <= e.from_day
            AND (c.until_day IS NULL OR c.until_day > e.from_day)
        LEFT JOIN stated AS s ON s.case_ref = c.case_ref AND s.who = c.who AND s.from_day = c.from_day"""
    return f"""
        SELECT e.case_ref, e.who, e.from_day, COUNT(*) AS how_many{"".join(f", {cell}" for cell in cells)}
        FROM {terms.speakers} AS k
        JOIN spans AS e ON e.case_ref = k.case_ref AND e.who = k.victim_ref
        JOIN people AS p ON p.case_ref = k.case_ref AND p.who = k.speaks_for
        {stated if assertions else ""}
        GROUP BY e.case_ref, e.who, e.from_day"""


# --- facts as digits --------------------------------------------------------------------------------------------


def facts_with_digits(terms: Terms) -> tuple[str, ...]:
    """The facts that can be true, false or unknown, each with a digit of its own; others have words."""
    return tuple(fact for fact in terms.rules.facts if vocabulary().facts[fact].derived != "capacity")


def digits_as_numbers(cells: list[str]) -> dict[str, str]:
    """Digits written as numbers: the columns, and what each holds."""
    lots = [cells[n : n + DIGITS] for n in range(0, len(cells), DIGITS)]
    return {
        f"facts_{n}": " + ".join(f"{cell} * CAST({3**place} AS BIGINT)" for place, cell in enumerate(lot))
        for n, lot in enumerate(lots, start=1)
    }


def _facts(terms: Terms) -> str:
    facts = vocabulary().facts
    numbers = digits_as_numbers([f"COALESCE({_fact(terms, facts[fact])}, 2)" for fact in facts_with_digits(terms)])
    joins = ""
    if terms.shape.assertions is not None:
        joins += " LEFT JOIN stated AS s ON s.case_ref = p.case_ref AND s.who = p.who AND s.from_day = p.from_day"
    if terms.speakers is not None:
        joins += " LEFT JOIN of_others AS t ON t.case_ref = p.case_ref AND t.who = p.who AND t.from_day = p.from_day"
    if terms.shape.cases is not None:
        joins += f" LEFT JOIN {terms.shape.cases} AS c ON c.case_ref = p.case_ref"
    query = f"""
        SELECT {PERSON}, p.capacity, {", ".join(f"{digits} AS {name}" for name, digits in numbers.items())}
        FROM spans AS p
        LEFT JOIN assessed AS own ON own.case_ref = p.case_ref AND own.who = p.who
        LEFT JOIN assessed AS everybody ON everybody.case_ref = p.case_ref AND everybody.who = {terms.nobody}
        {joins}"""
    if not terms.rules.owed_to_bodies or terms.rules.bodies_have_conditions:
        return query
    return f"""{query} WHERE p.of_body = 0
        UNION ALL
        SELECT {PERSON}, p.capacity, {", ".join(f"CAST(0 AS BIGINT) AS {name}" for name in numbers)}
        FROM spans AS p WHERE p.of_body = 1"""


def _fact(terms: Terms, fact: FactName) -> str:
    name, known = column(fact.id), []
    if fact.derived is None and terms.shape.assertions is not None:
        number = _statable(terms).index(fact.id)
        true, is_known = is_marked("s.true", number), is_marked("s.known", number)
        known.append(f"CASE WHEN {true} THEN 1 WHEN {is_known} THEN 0 END")
        if fact.shared and terms.speakers is not None:
            known.append(f"t.{name}")
    if fact.derived == "age-of-child" and terms.speakers is not None:
        known.append(f"t.{name}")
    if fact.derived == "age-at-offence" and terms.shape.cases is not None:
        years = f"{day_as_number(day('c.committed_on'))} - {day_as_number('p.born')}"
        below = (fact.below or 0) * 10000
        known.append(f"CASE WHEN {years} < {below} THEN 1 WHEN {years} >= {below} THEN 0 END")
    if fact.silence is Silence.CLOSED_BY_NEEDS_ASSESSMENT:
        known.append("CASE WHEN COALESCE(own.case_ref, everybody.case_ref) IS NOT NULL THEN 0 END")
    elif fact.silence is not Silence.UNKNOWN:
        known.append(str(int(fact.silence is Silence.TRUE)))
    return first_of(known, "CAST(NULL AS INT)")
