"""What every edition gives, worked out once for all people of whom the same is known.

People of one kind are given the same in their own right; with what those they speak for give them, they have a profile,
which decides what they are owed. What cannot be said carries the marks of the facts that are missing. The conditions
are rows of the law (:mod:`victims_code.bulk.condition_rows`), tried one by one and put together level by level.
"""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.bulk.fragments import both_marks
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.bulk.steps.facts import what_is_known
from victims_code.bulk.steps.law import levels_of
from victims_code.bulk.steps.people import PERSON
from victims_code.vocabulary import SPEAKS_FOR


def rights_steps(terms: Terms) -> Iterator[QueryStep]:
    """The kinds of people there are, what each is entitled to, and everyone's profile."""
    yield QueryStep("kinds", "People of whom the same is known, by number", _kinds(terms))
    yield QueryStep("persons", "Everyone's kind in each span", _persons(terms))
    yield from _condition_steps(terms)
    if terms.speakers is not None:
        yield QueryStep(
            "hearing",
            "Whether what each kind is told counts for those they speak for: 1 for all, 2 for children, 0 for none"
            " (reading: told-through-another)",
            _hearing(),
        )
    yield QueryStep(
        "alone",
        "What every edition gives each kind in their own right: 1, 0, or null for unknown; and the marks of the facts"
        " that are missing",
        _alone(terms),
    )
    if terms.speakers is not None:
        yield from _through_others(terms)
    yield QueryStep(
        "entitled",
        "Everyone's profile in each span: their kind, and what others give them",
        _entitled(terms),
    )
    yield QueryStep(
        "profiles",
        "The same, with the Rights of those someone speaks for (reading: rights-of-those-spoken-for). People with one"
        " profile are owed the same duties, so each is worked out once",
        _profiles(terms),
    )


# --- kinds ------------------------------------------------------------------------------------------------------


def _kind_columns(terms: Terms) -> tuple[str, ...]:
    return ("of_body", "capacity", *(name for pair in what_is_known(terms) for name in pair))


def _kinds(terms: Terms) -> str:
    columns = ", ".join(_kind_columns(terms))
    return f"""
        SELECT ROW_NUMBER() OVER (ORDER BY {columns}) AS kind, d.*
        FROM (SELECT DISTINCT {columns} FROM facts) AS d"""


def _persons(terms: Terms) -> str:
    same = " AND ".join(f"k.{name} = p.{name}" for name in _kind_columns(terms) if name != "capacity")
    return f"""
        SELECT {PERSON}, k.kind
        FROM facts AS p JOIN kinds AS k ON {same} AND COALESCE(k.capacity, '') = COALESCE(p.capacity, '')"""


# --- conditions -------------------------------------------------------------------------------------------------


def _condition_steps(terms: Terms) -> Iterator[QueryStep]:
    """Every test for every kind, put together level by level, any and all in turn, and what keeps the whole open."""
    levels = levels_of(terms)
    yield QueryStep(
        "tested", "What each test of the law finds for each kind: 1, 0, or null for unknown", _tested(terms, levels)
    )
    inner = "tested"
    for depth in reversed(range(len(levels))):
        any_of = depth % 2 == 0
        key = ", ".join(("n.kind", "n.condition_number", *(f"n.{name}" for name in levels[:depth])))
        one, other = (1, 0) if any_of else (0, 1)
        name = f"{levels[depth - 1]}s_tested" if depth else "whole"
        yield QueryStep(
            name,
            f"{f'A {levels[depth - 1]}' if depth else 'A condition'} holds if"
            f" {'one' if any_of else 'each'} of its {levels[depth]}s does",
            f"""
        SELECT {key}, CASE WHEN {"MAX" if any_of else "MIN"}(n.holds) = {one} THEN {one}
            WHEN COUNT(n.holds) = COUNT(*) THEN {other} END AS holds
        FROM {inner} AS n
        GROUP BY {key}""",
        )
        inner = name
    yield QueryStep(
        "left_open",
        "What keeps a condition open: the facts of tests that are open, as is all they are part of"
        " (reading: unknown-facts)",
        _left_open(terms, levels),
    )
    marks = ", ".join(f"COALESCE(o.{mark}, 0) AS {mark}" for mark in terms.marks("open"))
    yield QueryStep(
        "conditions",
        "Every condition for each kind, with what keeps it open",
        f"""
        SELECT w.kind, w.condition_number, w.holds, {marks}
        FROM whole AS w
        LEFT JOIN left_open AS o ON o.kind = w.kind AND o.condition_number = w.condition_number""",
    )


def _tested(terms: Terms, levels: tuple[str, ...]) -> str:
    place = ", ".join(f"t.{name}" for name in levels)
    marks = terms.marks("mark")
    pairs = list(zip(what_is_known(terms), marks, strict=True))
    known = both_marks((f"k.{known}", f"t.{mark}") for (known, _), mark in pairs)
    true = both_marks((f"k.{true}", f"t.{mark}") for (_, true), mark in pairs)
    return f"""
        SELECT k.kind, t.condition_number, {place}, {", ".join(f"t.{mark}" for mark in marks)},
            CASE WHEN t.capacity = k.capacity THEN t.wanted
                WHEN t.capacity IS NOT NULL THEN CASE WHEN k.capacity IS NOT NULL THEN 1 - t.wanted END
                WHEN {true} THEN t.wanted WHEN {known} THEN 1 - t.wanted END AS holds
        FROM kinds AS k CROSS JOIN tests AS t"""


def _left_open(terms: Terms, levels: tuple[str, ...]) -> str:
    marks = terms.marks("mark")
    joins, same = [], ["{a}.kind = t.kind", "{a}.condition_number = t.condition_number"]
    for depth in range(len(levels)):
        alias = f"n{depth}"
        name = f"{levels[depth - 1]}s_tested" if depth else "whole"
        on = " AND ".join(same).format(a=alias)
        joins.append(f"JOIN {name} AS {alias} ON {on} AND {alias}.holds IS NULL")
        same.append(f"{{a}}.{levels[depth]} = t.{levels[depth]}")
    sums = ", ".join(
        f"CAST(SUM(d.{mark}) AS BIGINT) AS {open_}" for mark, open_ in zip(marks, terms.marks("open"), strict=True)
    )
    return f"""
        SELECT d.kind, d.condition_number, {sums}
        FROM (
            SELECT DISTINCT t.kind, t.condition_number, {", ".join(f"t.{mark}" for mark in marks)}
            FROM tested AS t
            {" ".join(joins)}
            WHERE t.holds IS NULL
        ) AS d
        GROUP BY d.kind, d.condition_number"""


# --- what every edition gives -----------------------------------------------------------------------------------


def _hearing() -> str:
    entitled = "c.entitled_when IS NULL OR r.holds = 1"
    return f"""
        SELECT n.kind, n.edition_number, COALESCE(n.own, CASE WHEN n.of_all = 1 THEN 1 ELSE n.of_children END) AS hears
        FROM (
            SELECT k.kind, c.edition_number,
                MAX(CASE WHEN c.capacity = k.capacity THEN CASE WHEN r.holds = 0 THEN 0 ELSE 1 END END) AS own,
                MAX(CASE WHEN c.speaks_for_children = 0 AND ({entitled}) THEN 1 ELSE 0 END) AS of_all,
                MAX(CASE WHEN c.speaks_for_children = 1 AND ({entitled}) THEN 2 ELSE 0 END) AS of_children
            FROM kinds AS k
            CROSS JOIN (SELECT * FROM capacities WHERE speaks = 1) AS c
            LEFT JOIN conditions AS r ON r.kind = k.kind AND r.condition_number = c.entitled_when
            GROUP BY k.kind, c.edition_number
        ) AS n"""


def _alone(terms: Terms) -> str:
    """A person who speaks for others, and has no Enhanced Rights for certain, waits for what is known of those."""
    hears, join = "", ""
    if terms.speakers is not None:
        hears = ", COALESCE(h.hears, 0) AS hears"
        join = "LEFT JOIN hearing AS h ON h.kind = n.kind AND h.edition_number = n.edition_number"
    opens, shown, waiting = [], [], terms.marks_of(SPEAKS_FOR)
    for open_, entitled, bit in zip(terms.marks("open"), terms.marks("entitled_open"), waiting, strict=True):
        shown += [f"COALESCE(r.{open_}, 0) AS {entitled}", f"COALESCE(y.{open_}, 0) AS {open_}"]
        waits = f" + CASE WHEN n.waits = 1 THEN {bit} ELSE 0 END" if bit else ""
        opens += [f"n.{entitled}", f"CASE WHEN n.enhanced IS NULL THEN n.{open_} ELSE 0 END{waits} AS {open_}"]
    return f"""
        SELECT n.kind, n.edition_number, n.entitled, n.enhanced, n.waits, {", ".join(opens)}{hears}
        FROM (
            SELECT v.*, CASE WHEN v.speaks = 1 AND COALESCE(v.enhanced, 0) = 0 THEN 1 ELSE 0 END AS waits
            FROM (
                SELECT k.kind, e.edition_number, c.speaks, {", ".join(shown)},
                    CASE WHEN k.of_body = 1 THEN 1 WHEN c.capacity IS NULL THEN NULL
                        WHEN c.entitled_when IS NULL THEN 1 ELSE r.holds END AS entitled,
                    CASE WHEN c.can_be_enhanced = 0 OR e.enhanced_when IS NULL OR x.holds = 1 THEN 0
                        WHEN c.speaks = 1 AND y.holds = 1 AND COALESCE(z.holds, 0) = 0 THEN 0
                        ELSE y.holds END AS enhanced
                FROM kinds AS k
                CROSS JOIN editions AS e
                LEFT JOIN capacities AS c ON c.edition_number = e.edition_number AND c.capacity = k.capacity
                LEFT JOIN conditions AS r ON r.kind = k.kind AND r.condition_number = c.entitled_when
                LEFT JOIN conditions AS x ON x.kind = k.kind AND x.condition_number = e.declined_when
                LEFT JOIN conditions AS y ON y.kind = k.kind AND y.condition_number = e.enhanced_when
                LEFT JOIN conditions AS z ON z.kind = k.kind AND z.condition_number = e.by_person_when
            ) AS v
        ) AS n
        {join}"""


def _through_others(terms: Terms) -> Iterator[QueryStep]:
    """1 if any of them has Enhanced Rights, 0 if all are known not to; someone who speaks for no one is not known."""
    yield QueryStep(
        "spoken_for",
        "The kinds of those someone speaks for, in each span",
        f"""
        SELECT DISTINCT e.case_ref, e.who, e.from_day, p.kind
        FROM {terms.speakers} AS k
        JOIN persons AS e ON e.case_ref = k.case_ref AND e.who = k.victim_ref
        JOIN persons AS p
            ON p.case_ref = k.case_ref AND p.who = k.speaks_for AND p.from_day <= e.from_day
            AND p.until_day > e.from_day""",
    )
    person, key = "s.case_ref, s.who, s.from_day", "n.case_ref, n.who, n.from_day"
    marks = list(zip(terms.marks("open"), terms.marks("mark"), strict=True))
    among = both_marks((f"a.{open_}", f"f.{mark}") for open_, mark in marks)
    sums = ", ".join(f"CAST(SUM(n.{mark}) AS BIGINT) AS {open_}" for open_, mark in marks)
    yield QueryStep(
        "missing_of_others",
        "What is missing to tell whether those have Enhanced Rights",
        f"""
        SELECT {key}, n.edition_number, {sums}
        FROM (
            SELECT DISTINCT {person}, a.edition_number, {", ".join(f"a.{mark}" for _, mark in marks)}
            FROM spoken_for AS s
            JOIN (
                SELECT a.kind, a.edition_number, {", ".join(f"f.{mark}" for _, mark in marks)}
                FROM alone AS a JOIN marked AS f ON {among}
            ) AS a ON a.kind = s.kind
        ) AS n
        GROUP BY {key}, n.edition_number""",
    )
    yield QueryStep(
        "rights_of_others",
        "Whether those have Enhanced Rights: 0, 1, or 2 for unknown",
        f"""
        SELECT n.*, {", ".join(f"COALESCE(o.{open_}, 0) AS {open_}" for open_, _ in marks)}
        FROM (
            SELECT {person}, a.edition_number,
                CASE WHEN MAX(a.enhanced_alone) = 1 THEN 1 WHEN COUNT(a.enhanced_alone) = COUNT(*) THEN 0 ELSE 2 END
                    AS enhanced
            FROM spoken_for AS s
            JOIN (
                SELECT kind, edition_number, CASE WHEN waits = 1 THEN NULL ELSE enhanced END AS enhanced_alone
                FROM alone
            ) AS a ON a.kind = s.kind
            GROUP BY {person}, a.edition_number
        ) AS n
        LEFT JOIN missing_of_others AS o
            ON o.case_ref = n.case_ref AND o.who = n.who AND o.from_day = n.from_day
            AND o.edition_number = n.edition_number""",
    )
    cells = {
        f"{name}_{number}": f"MAX(CASE WHEN r.edition_number = {number} THEN r.{name} END)"
        for number, _ in enumerate(terms.rules.editions, start=1)
        for name in ("enhanced", *terms.marks("open"))
    }
    yield QueryStep(
        "through_others",
        "What all editions give each through others, by number: those with the same number are given the same",
        f"""
        SELECT n.case_ref, n.who, n.from_day, DENSE_RANK() OVER (ORDER BY {", ".join(cells)}) AS others
        FROM (
            SELECT r.case_ref, r.who, r.from_day, {", ".join(f"{cell} AS {name}" for name, cell in cells.items())}
            FROM rights_of_others AS r
            GROUP BY r.case_ref, r.who, r.from_day
        ) AS n""",
    )


def _entitled(terms: Terms) -> str:
    others, profile, join = "0", "p.kind", ""
    if terms.speakers is not None:
        others = "COALESCE(t.others, 0)"
        profile = f"p.kind * CAST({2**31} AS BIGINT) + {others}"
        join = """
        LEFT JOIN through_others AS t ON t.case_ref = p.case_ref AND t.who = p.who AND t.from_day = p.from_day"""
    return f"""
        SELECT {PERSON}, p.kind, {others} AS others, {profile} AS profile
        FROM persons AS p{join}"""


def _profiles(terms: Terms) -> str:
    shown = ", ".join(f"a.{name}" for name in ("kind", "edition_number", "entitled", *terms.marks("entitled_open")))
    marks, join = terms.marks("open"), ""
    given, opens, hears = "NULL", [f"a.{mark}" for mark in marks], ""
    if terms.speakers is not None:
        given, hears = "CASE WHEN t.enhanced = 2 THEN NULL ELSE t.enhanced END", ", a.hears"
        opens = [
            f"CASE WHEN a.waits = 1 THEN COALESCE(t.{mark}, a.{mark}) ELSE a.{mark} END AS {mark}" for mark in marks
        ]
        join = f"""
        LEFT JOIN (
            SELECT DISTINCT o.others, r.edition_number, r.enhanced, {", ".join(f"r.{mark}" for mark in marks)}
            FROM through_others AS o
            JOIN rights_of_others AS r ON r.case_ref = o.case_ref AND r.who = o.who AND r.from_day = o.from_day
        ) AS t ON t.others = d.others AND t.edition_number = a.edition_number"""
    return f"""
        SELECT d.profile, {shown}{hears}, CASE WHEN a.waits = 1 THEN {given} ELSE a.enhanced END AS enhanced,
            {", ".join(opens)}
        FROM (SELECT DISTINCT profile, kind, others FROM entitled) AS d
        JOIN alone AS a ON a.kind = d.kind{join}"""
