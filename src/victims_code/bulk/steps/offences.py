"""Whose offence it was: the offences against each victim, and the people whom a record about an offence concerns.

As in :mod:`victims_code.cases.whose_offence` (reading *several-offences*). Without a table of offences every case has
one, against every victim, and none of this is worked out.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import day, words
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.vocabulary import SPEAKING


def offence_steps(terms: Terms) -> Iterator[QueryStep]:
    """The offences of every case, those against each victim, and the people each concerns; after the people."""
    if terms.shape.offences is None:
        return
    yield QueryStep("offence_list", "Every offence listed, with how many its case has", _offence_list(terms))
    if terms.shape.offence_victims is not None:
        yield QueryStep(
            "listed",
            "The victims each offence lists; a row without a victim says that it has none",
            f"""SELECT DISTINCT case_ref, offence_ref, {terms.text("victim_ref")} AS victim_ref
            FROM {terms.shape.offence_victims}""",
        )
        yield QueryStep(
            "listing",
            "The offences that list their victims, and whether they have any",
            """SELECT case_ref, offence_ref, CASE WHEN MAX(victim_ref) IS NULL THEN 1 ELSE 0 END AS has_none
            FROM listed GROUP BY case_ref, offence_ref""",
        )
    yield QueryStep(
        "own_offences", "The offences listed that are, or may be, against each victim", _own_offences(terms)
    )
    through = "own_offences"
    if terms.speakers is not None:
        through = "offences_through_others"
        yield QueryStep(through, "The same; for those who only speak, those against the others", _through(terms))
    yield QueryStep(
        "against",
        "The same; without one, every offence that has a victim (reading: several-offences); and the one offence of a"
        " case that lists none",
        _against(terms, through),
    )
    yield QueryStep("concerned", "Whom a record about an offence concerns", _concerned(terms))


def _offence_list(terms: Terms) -> str:
    return f"""
        SELECT case_ref, offence_ref, {day("committed_on")} AS committed_on,
            COUNT(*) OVER (PARTITION BY case_ref) AS how_many
        FROM {terms.shape.offences}"""


def _only_offences(terms: Terms) -> str:
    """The one offence of a case of which no offences are listed, against everyone; its row says the day."""
    committed, join = "CAST(NULL AS DATE)", ""
    if terms.shape.cases is not None:
        committed = "c.committed_on"
        join = f"""
        LEFT JOIN (
            SELECT case_ref, {day("MIN(committed_on)")} AS committed_on FROM {terms.shape.cases} GROUP BY case_ref
        ) AS c ON c.case_ref = p.case_ref"""
    return f"""
        SELECT p.case_ref, p.who, p.of_body, CAST(NULL AS TEXT) AS offence_ref, {committed} AS committed_on,
            1 AS how_many, 0 AS lists_them, 1 AS against_who
        FROM people AS p{join}
        LEFT JOIN (SELECT DISTINCT case_ref FROM {terms.shape.offences}) AS o ON o.case_ref = p.case_ref
        WHERE o.case_ref IS NULL"""


_OFFENCE = "o.offence_ref, o.committed_on, o.how_many"
_NOT_BEFORE_BIRTH = "(o.committed_on IS NULL OR p.born IS NULL OR o.committed_on >= p.born OR p.born_later = 1)"


def _own_offences(terms: Terms) -> str:
    """A body has them all; a victim those that list them, or that do not say who their victims are."""
    own_right, speakers = "", ""
    if terms.speakers is not None:
        own_right = f" AND (k.case_ref IS NULL OR p.capacity NOT IN ({words(SPEAKING)}))"
        speakers = f"""
        LEFT JOIN (SELECT DISTINCT case_ref, victim_ref FROM {terms.speakers}) AS k
            ON k.case_ref = p.case_ref AND k.victim_ref = p.who"""
    possible = f"(o.how_many = 1 OR ({_NOT_BEFORE_BIRTH}{own_right}))"
    lists, listed, join = possible, "0", ""
    if terms.shape.offence_victims is not None:
        lists = f"m.case_ref IS NOT NULL OR (l.case_ref IS NULL AND {possible})"
        listed = "CASE WHEN m.case_ref IS NULL THEN 0 ELSE 1 END"
        join = """
        LEFT JOIN listing AS l ON l.case_ref = o.case_ref AND l.offence_ref = o.offence_ref
        LEFT JOIN listed AS m ON m.case_ref = o.case_ref AND m.offence_ref = o.offence_ref AND m.victim_ref = p.who"""
    return f"""
        SELECT p.case_ref, p.who, p.of_body, {_OFFENCE}, {listed} AS lists_them
        FROM people AS p JOIN offence_list AS o ON o.case_ref = p.case_ref{speakers}{join}
        WHERE p.of_body = 1 OR {lists}"""


def _without(step: str, alias: str) -> str:
    """Those who have no offence in a step, as a join and a condition."""
    return f"""
        LEFT JOIN (SELECT DISTINCT case_ref, who FROM {step}) AS w
            ON w.case_ref = {alias}.case_ref AND w.who = {alias}.who
        WHERE w.case_ref IS NULL"""


def _through(terms: Terms) -> str:
    """For those who are in the case only to speak, besides those that list them."""
    return f"""
        SELECT * FROM own_offences
        UNION ALL
        SELECT o.case_ref, o.who, o.of_body, {_OFFENCE}, o.lists_them FROM (
            SELECT DISTINCT k.case_ref, k.victim_ref AS who, o.of_body, {_OFFENCE}, 0 AS lists_them, p.capacity
            FROM {terms.speakers} AS k
            JOIN own_offences AS o ON o.case_ref = k.case_ref AND o.who = k.speaks_for
            JOIN people AS p ON p.case_ref = k.case_ref AND p.who = k.victim_ref
        ) AS o
        LEFT JOIN own_offences AS x ON x.case_ref = o.case_ref AND x.who = o.who AND x.offence_ref = o.offence_ref
        WHERE o.capacity IN ({words(SPEAKING)}) AND o.how_many > 1 AND x.case_ref IS NULL"""


def _against(terms: Terms, through: str) -> str:
    join, has_victims = "", ""
    if terms.shape.offence_victims is not None:
        join = """
        LEFT JOIN listing AS l ON l.case_ref = o.case_ref AND l.offence_ref = o.offence_ref
        LEFT JOIN (SELECT case_ref, SUM(has_none) AS has_none FROM listing GROUP BY case_ref) AS z
            ON z.case_ref = o.case_ref"""
        has_victims = " AND (COALESCE(l.has_none, 0) = 0 OR z.has_none = o.how_many)"
    return f"""
        SELECT a.*, COUNT(*) OVER (PARTITION BY a.case_ref, a.who) AS against_who
        FROM (
            SELECT * FROM {through}
            UNION ALL
            SELECT p.case_ref, p.who, p.of_body, {_OFFENCE}, 0 AS lists_them
            FROM people AS p JOIN offence_list AS o ON o.case_ref = p.case_ref{join}{_without(through, "p")}
                AND (o.how_many = 1 OR ({_NOT_BEFORE_BIRTH}{has_victims}))
        ) AS a
        UNION ALL{_only_offences(terms)}"""


def _concerned(terms: Terms) -> str:
    """Victims, those who speak for them, and a body where there is any victim; 1 where that is certain."""
    certain, join = "1", ""
    if terms.shape.offence_victims is not None:
        certain = "CASE WHEN a.lists_them = 1 OR a.against_who = 1 OR y.case_ref IS NULL THEN 1 ELSE 0 END"
        join = """
        LEFT JOIN (SELECT DISTINCT case_ref FROM listed WHERE victim_ref IS NOT NULL) AS y ON y.case_ref = a.case_ref"""
    named = f"""SELECT a.case_ref, a.offence_ref, a.who, {certain} AS certain
        FROM against AS a{join}
        WHERE a.offence_ref IS NOT NULL AND a.of_body = 0"""
    parts = [named, f"SELECT case_ref, offence_ref, {terms.nobody}, certain FROM ({named}) AS n"]
    if terms.speakers is not None:
        parts.append(
            f"""SELECT n.case_ref, n.offence_ref, k.victim_ref, n.certain FROM ({named}) AS n
            JOIN {terms.speakers} AS k ON k.case_ref = n.case_ref AND k.speaks_for = n.who"""
        )
    people = "\nUNION ALL\n".join(parts)
    return f"""
        SELECT case_ref, offence_ref, who, MAX(certain) AS certain FROM ({people}) AS n
        GROUP BY case_ref, offence_ref, who"""


# --- whom a record concerns -------------------------------------------------------------------------------------


def concerned_too(terms: Terms, record: str, person: str, *, certainly: bool = False) -> str:
    """The join that finds whether the offence a record names concerns a person; to be asked with :func:`concerns`."""
    if not terms.names_offences:
        return ""
    sure = " AND c.certain = 1" if certainly else ""
    return f"""
        LEFT JOIN concerned AS c
            ON c.case_ref = {record}.case_ref AND c.offence_ref = {record}.offence_ref AND c.who = {person}.who{sure}"""


def concerns(terms: Terms, record: str) -> str:
    """Whether a record that names no victim concerns the person, as far as its offence goes; empty if none is named."""
    if not terms.names_offences:
        return ""
    return f"({record}.victim_ref IS NOT NULL OR {record}.offence_ref IS NULL OR c.who IS NOT NULL)"


# --- when it was ------------------------------------------------------------------------------------------------


def steps_of_days(terms: Terms) -> Iterator[QueryStep]:
    """When the offences against each victim were: the first day that is certain, and whether every day is known."""
    if terms.shape.offences is None:
        yield QueryStep(
            "offence_days", "The day of the offence, or else that of the first record after it", _days(terms)
        )
        return
    yield QueryStep(
        "followed", "The first record that certainly followed an offence against a victim", _followed(terms)
    )
    yield QueryStep(
        "offence_days",
        "The first offence against each victim, or else the first record after one (reading: derived-facts)",
        """SELECT d.case_ref, d.who, d.all_known,
            CASE WHEN d.all_known = 1 OR f.first_on IS NULL OR f.first_on < d.born
                    OR (f.first_on > d.first_on AND d.first_on >= d.born)
                THEN d.first_on ELSE f.first_on END AS first_on
        FROM (
            SELECT a.case_ref, a.who, p.born,
                COALESCE(
                    MIN(CASE WHEN a.committed_on < p.born THEN NULL ELSE a.committed_on END), MIN(a.committed_on)
                ) AS first_on,
                CASE WHEN COUNT(*) = COUNT(a.committed_on) THEN 1 ELSE 0 END AS all_known
            FROM against AS a
            JOIN people AS p ON p.case_ref = a.case_ref AND p.who = a.who
            GROUP BY a.case_ref, a.who, p.born
        ) AS d
        LEFT JOIN followed AS f ON f.case_ref = d.case_ref AND f.who = d.who""",
    )


def _days(terms: Terms) -> str:
    if terms.shape.cases is None:
        return "SELECT case_ref, 0 AS all_known, MIN(happened_on) AS first_on FROM happened GROUP BY case_ref"
    committed = day("c.committed_on")
    return f"""
        SELECT c.case_ref, 1 AS all_known, {committed} AS first_on FROM {terms.shape.cases} AS c
        WHERE c.committed_on IS NOT NULL
        UNION ALL
        SELECT h.case_ref, 0, MIN(h.happened_on) FROM happened AS h
        LEFT JOIN {terms.shape.cases} AS c ON c.case_ref = h.case_ref
        WHERE c.committed_on IS NULL
        GROUP BY h.case_ref"""


def _followed(terms: Terms) -> str:
    """A record that names an offence against the victim, or none where every offence is against the victim.

    It is looked for where the day of an offence is not known: nothing else needs it.
    """
    every = f"""
        SELECT e.case_ref, e.who, h.happened_on FROM happened AS h
        JOIN (
            SELECT case_ref, who FROM against WHERE against_who = how_many
            GROUP BY case_ref, who HAVING COUNT(*) > COUNT(committed_on)
        ) AS e ON e.case_ref = h.case_ref{" AND h.offence_ref IS NULL" if terms.names_offences else ""}"""
    if terms.names_offences:
        every += """
        UNION ALL
        SELECT a.case_ref, a.who, h.happened_on FROM happened AS h
        JOIN against AS a ON a.case_ref = h.case_ref AND a.offence_ref = h.offence_ref"""
    return f"""
        SELECT n.case_ref, n.who, MIN(n.happened_on) AS first_on FROM ({every}) AS n
        GROUP BY n.case_ref, n.who"""
