"""What every edition gives, worked out once for all people of whom the same is known.

People of one kind are given the same in their own right; with what those they speak for give them, they have a profile,
which decides what they are owed. What cannot be said carries the marks of the facts that are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from victims_code.bulk.fragments import (
    any_of,
    choice,
    column,
    is_marked,
    literal,
    missing,
    predicate,
    truth,
    words,
)
from victims_code.bulk.steps import QueryStep, Terms
from victims_code.bulk.steps.facts import marked_facts, what_is_known
from victims_code.bulk.steps.people import PERSON
from victims_code.conditions import AnyOf, Leaf
from victims_code.law import Capacity, Edition
from victims_code.vocabulary import SPEAKS_FOR


def rights_steps(terms: Terms) -> Iterator[QueryStep]:
    """The kinds of people there are, what each is entitled to, and everybody's profile."""
    yield QueryStep("kinds", "People of whom the same is known, by number", _kinds(terms))
    yield QueryStep("persons", "Everybody's kind in each span", _persons(terms))
    yield QueryStep(
        "alone",
        "What every edition gives each kind in their own right: 1, 0, or null for unknown; and the marks of the facts"
        " that are missing",
        _alone(terms),
    )
    if terms.speakers is not None:
        yield QueryStep(
            "through_others",
            "Whether those somebody speaks for have Enhanced Rights: 0, 1, or 2 for unknown",
            _through_others(terms),
        )
    yield QueryStep(
        "entitled",
        "Everybody's profile in each span: their kind, and what others give them",
        _entitled(terms),
    )
    yield QueryStep(
        "profiles",
        "The same, with the Rights of those somebody speaks for (reading: rights-of-those-spoken-for). People with one"
        " profile are owed the same duties, so each is worked out once",
        _profiles(terms),
    )


# --- kinds ------------------------------------------------------------------------------------------------------


def _kind_columns(terms: Terms) -> tuple[str, ...]:
    return ("of_body", "capacity", *(name for pair in what_is_known(terms) for name in pair))


def _kinds(terms: Terms) -> str:
    columns = ", ".join(_kind_columns(terms))
    cells = [
        f"CASE WHEN {is_marked('d.true', number)} THEN 1 WHEN {is_marked('d.known', number)} THEN 0 END"
        f" AS {column(fact.id)}"
        for fact in marked_facts(terms)
        for number in [terms.missable.index(fact.id)]
    ]
    whole = terms.marks_of(*(fact.id for fact in marked_facts(terms)))
    unknown = zip(terms.marks("unknown"), what_is_known(terms), whole, strict=True)
    cells += [f"{every} - d.{known} AS {mark}" for mark, (known, _), every in unknown]
    return f"""
        SELECT ROW_NUMBER() OVER (ORDER BY {columns}) AS kind, d.*, {", ".join(cells)}
        FROM (SELECT DISTINCT {columns} FROM facts) AS d"""


def _persons(terms: Terms) -> str:
    same = " AND ".join(f"k.{name} = p.{name}" for name in _kind_columns(terms) if name != "capacity")
    return f"""
        SELECT {PERSON}, k.kind
        FROM facts AS p JOIN kinds AS k ON {same} AND COALESCE(k.capacity, '') = COALESCE(p.capacity, '')"""


# --- what every edition gives -----------------------------------------------------------------------------------


def _alone(terms: Terms) -> str:
    cells = []
    for edition in terms.rules.editions:
        name = column(edition.id)
        cells.append(f"{_receives_rights(edition)} AS entitled_{name}")
        cells.append(f"{_enhanced(edition)} AS enhanced_{name}")
        cells.append(f"{_hears_for_others(edition)} AS hears_{name}")
        cells += _named(terms, f"entitled_{name}_open", _open_for_rights(terms, edition))
        cells += _named(terms, f"enhanced_{name}_open", _open_for_enhanced(terms, edition))
    for number, condition in enumerate(terms.rules.conditions, start=1):
        cells.append(f"{truth(predicate(condition))} AS condition_{number}")
        cells += _named(terms, f"condition_{number}_open", missing(condition, terms.missable))
    return f"SELECT kind, of_body, capacity, {', '.join(cells)} FROM kinds"


def _named(terms: Terms, name: str, cells: Sequence[str]) -> Iterator[str]:
    for cell, mark in zip(cells, terms.marks(name), strict=True):
        yield f"{cell} AS {mark}"


def _open_for_rights(terms: Terms, edition: Edition) -> tuple[str, ...]:
    """The marks of what keeps open whether somebody receives the Rights."""
    facts = terms.missable
    conditions = {
        capacity.id: missing(capacity.entitled_when, facts)
        for capacity in edition.eligibility.capacities
        if capacity.entitled_when is not None
    }
    return tuple(
        choice("capacity", [(literal(name), cells[n]) for name, cells in conditions.items()], "0")
        for n, _ in enumerate(terms.marks(""))
    )


def _open_for_enhanced(terms: Terms, edition: Edition) -> tuple[str, ...]:
    """The marks of what keeps open whether somebody has Enhanced Rights in their own right."""
    criteria = [criterion.when for category in edition.eligibility.enhanced for criterion in category.criteria]
    return missing(AnyOf(tuple(criteria)), terms.missable)


def _receives_rights(edition: Edition) -> str:
    whens = " ".join(
        f"WHEN capacity = {literal(capacity.id)} THEN {_entitled_when(capacity)}"
        for capacity in edition.eligibility.capacities
    )
    return f"CASE WHEN of_body = 1 THEN 1 {whens} END"


def _hears_for_others(edition: Edition) -> str:
    """Whether what somebody is told counts for those they speak for (reading *told-through-another*).

    1 for all of them, 2 for those who are certainly children, 0 for none.
    """
    speaking = [capacity for capacity in edition.eligibility.capacities if capacity.speaks]
    if not speaking:
        return "0"
    may = " ".join(
        f"WHEN capacity = {literal(capacity.id)} AND {_entitled_when(capacity)} = 0 THEN 0" for capacity in speaking
    )
    whens = [f"WHEN capacity IN ({words(c.id for c in speaking)}) THEN 1"]
    for number, of_child in ((1, False), (2, True)):
        if would := [f"{_entitled_when(c)} = 1" for c in speaking if (c.below is not None) is of_child]:
            whens.append(f"WHEN {any_of(would)} THEN {number}")
    return f"CASE {may} {' '.join(whens)} ELSE 0 END"


def _entitled_when(capacity: Capacity) -> str:
    return "1" if capacity.entitled_when is None else truth(predicate(capacity.entitled_when))


def _enhanced(edition: Edition) -> str:
    rules = edition.eligibility
    never = [capacity.id for capacity in rules.capacities if not capacity.enhanced]
    criteria = [predicate(criterion.when) for category in rules.enhanced for criterion in category.criteria]
    whens = [f"WHEN {predicate(Leaf(rules.declined_by, 'is', True))} THEN 0"]
    if never:
        whens.insert(0, f"WHEN capacity IN ({words(never)}) THEN 0")
    if criteria:
        whens += [f"WHEN {any_of(criteria)} THEN 1", f"WHEN NOT ({any_of(criteria)}) THEN 0"]
    else:
        whens.append("ELSE 0")
    return f"CASE {' '.join(whens)} END"


def _through_others(terms: Terms) -> str:
    """1 if any of them has Enhanced Rights, 0 if all are known not to; somebody who speaks for nobody is not known."""
    own: list[str] = []
    cells: list[str] = []
    columns: list[str] = []
    for edition in terms.rules.editions:
        enhanced = f"enhanced_{column(edition.id)}"
        own += _enhanced_rights(terms, edition)
        cells.append(
            f"CASE WHEN MAX(a.{enhanced}) = 1 THEN 1 WHEN COUNT(a.{enhanced}) = COUNT(*) THEN 0 ELSE 2 END"
            f" AS {enhanced}"
        )
        cells += _named(terms, f"{enhanced}_open", tuple(_open_for_any(terms, edition)))
        columns += [enhanced, *terms.marks(f"{enhanced}_open")]
    return f"""
        SELECT n.*, DENSE_RANK() OVER (ORDER BY {", ".join(columns)}) AS others
        FROM (
            SELECT e.case_ref, e.who, e.from_day, {", ".join(cells)}
            FROM {terms.speakers} AS k
            JOIN persons AS e ON e.case_ref = k.case_ref AND e.who = k.victim_ref
            JOIN persons AS p
                ON p.case_ref = k.case_ref AND p.who = k.speaks_for AND p.from_day <= e.from_day
                AND p.until_day > e.from_day
            JOIN (SELECT a.kind, {", ".join(own)} FROM alone AS a) AS a ON a.kind = p.kind
            GROUP BY e.case_ref, e.who, e.from_day
        ) AS n"""


def _enhanced_rights(
    terms: Terms, edition: Edition, others: str = "NULL", theirs: Sequence[str | int] = ()
) -> Iterator[str]:
    """Enhanced Rights and what is missing for them, in their own right or through those they speak for.

    :param others: what those others give; without them it is not known for whom somebody speaks.
    :param theirs: the marks of what is missing for that.
    """
    name = f"enhanced_{column(edition.id)}"
    speaking = tuple(capacity.id for capacity in edition.eligibility.capacities if capacity.speaks)
    enhanced = f"a.{name}"
    open_ = [f"CASE WHEN {enhanced} IS NULL THEN a.{mark} ELSE 0 END" for mark in terms.marks(f"{name}_open")]
    if speaking:
        waits = f"a.capacity IN ({words(speaking)}) AND ({enhanced} IS NULL OR {enhanced} = 0)"
        more = theirs or [f"{own} | {bit}" for own, bit in zip(open_, terms.marks_of(SPEAKS_FOR), strict=True)]
        open_ = [f"CASE WHEN {waits} THEN {mark} ELSE {own} END" for own, mark in zip(open_, more, strict=True)]
        enhanced = f"CASE WHEN {waits} THEN {others} ELSE {enhanced} END"
    yield f"{enhanced} AS {name}"
    yield from _named(terms, f"{name}_open", open_)


def _open_for_any(terms: Terms, edition: Edition) -> Iterator[str]:
    """The marks that stand for any of them, mark by mark."""
    criteria = [criterion.when for category in edition.eligibility.enhanced for criterion in category.criteria]
    used = {SPEAKS_FOR, *(fact for when in criteria for fact in when.facts())}
    each = [terms.marks_of(thing) for thing in terms.missable if thing in used]
    for n, mark in enumerate(terms.marks(f"enhanced_{column(edition.id)}_open")):
        bits = [marks[n] for marks in each if marks[n]]
        yield " + ".join(f"MAX(CASE WHEN (a.{mark} & {bit}) <> 0 THEN {bit} ELSE 0 END)" for bit in bits) or "0"


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
    cells = []
    for edition in terms.rules.editions:
        name = column(edition.id)
        cells += [
            f"a.entitled_{name}",
            f"a.hears_{name}",
            *(f"a.{mark}" for mark in terms.marks(f"entitled_{name}_open")),
        ]
        if terms.speakers is None:
            cells += _enhanced_rights(terms, edition)
        else:
            given = f"t.enhanced_{name}"
            others = f"CASE WHEN {given} = 2 THEN NULL ELSE {given} END"
            pairs = zip(terms.marks(f"enhanced_{name}_open"), terms.marks_of(SPEAKS_FOR), strict=True)
            cells += _enhanced_rights(
                terms,
                edition,
                others,
                [
                    f"COALESCE(t.{mark}, CASE WHEN a.enhanced_{name} IS NULL THEN a.{mark} ELSE 0 END | {bit})"
                    for mark, bit in pairs
                ],
            )
    for number in range(1, len(terms.rules.conditions) + 1):
        cells += [f"a.condition_{number}", *(f"a.{mark}" for mark in terms.marks(f"condition_{number}_open"))]
    join = ""
    if terms.speakers is not None:
        results = [f"enhanced_{column(edition.id)}" for edition in terms.rules.editions]
        results += [mark for name in tuple(results) for mark in terms.marks(f"{name}_open")]
        join = (
            f"LEFT JOIN (SELECT DISTINCT others, {', '.join(results)} FROM through_others) AS t ON t.others = d.others"
        )
    return f"""
        SELECT d.profile, {", ".join(cells)}
        FROM (SELECT DISTINCT profile, kind, others FROM entitled) AS d
        JOIN alone AS a ON a.kind = d.kind {join}"""
