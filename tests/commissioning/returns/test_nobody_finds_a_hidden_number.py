"""Someone who knows which provider reports which figures cannot work out a number that is hidden.

The attacker here has all that was published, one after another: each time the page of sums and the table by provider
and quarter, both as CSV. They know of every provider which measures and breakdowns it reports in which quarter, that
parts make their total, which measures are sums of others, and which figures were corrected. What follows is found
exactly: by elimination in fractions, and by the ends of every number that fits (linear programming).
"""

from __future__ import annotations

import csv
from fractions import Fraction
from random import Random

import pytest
from scipy.optimize import linprog

from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.returns import (
    AlreadyPublishedWarning,
    EarlierPublication,
    PerformanceTable,
    Return,
    add_up,
)
from victims_code.figures import ReportingPeriod, SmallNumbers

YEAR, FIRST = ReportingPeriod.year(2025), ReportingPeriod.quarter(2025, 1)
QUARTERS = ("2025-26 Q1", "2025-26 Q2")
RULE = SmallNumbers(below=5)
BREAKDOWNS = {"area": ("north", "south"), "group": ("white", "asian", "black"), "age": ("child", "adult")}
WORTH_MORE = 60
WHOLE = ("", "2025-26", "", "")
COURSE = ("carried-over", "started-support", "supported", "closed", "in-support")
ON_ONE_DAY = {"carried-over": 0, "in-support": -1}


def published(reports, *, period=YEAR, before=(), ministry=False):
    """The page and the table the library publishes: figures by measure, provider, column and part; and the summary.

    Of the page no provider is named and the column is the period, so that the total of all is there twice.
    """
    header = "provider,period,section,measure,breakdown,item,value,why_missing\n"
    rows = [
        f"{provider},{quarter},output,{measure},{breakdown},{item},{value}," + ("" if value != "" else "not-known")
        for (provider, quarter, measure), lines in reports.items()
        if period.contains(ReportingPeriod.parse(quarter))
        for (breakdown, item), value in lines.items()
    ]
    summary = add_up([Return.from_csv(header + "\n".join(rows) + "\n")], period=period)
    summary = summary.for_ministry(OutcomeFramework.load("victims-funding-strategy-2022")) if ministry else summary
    page = summary.to_csv(small_numbers=RULE, published_before=before).splitlines()
    found = {}
    for row in csv.DictReader(page["not the Ministry" in page[0] :]):
        found[row["measure"], "", period.label, row["breakdown"], row["item"]] = row["value"]
    table = [] if ministry else PerformanceTable.of(summary, small_numbers=RULE, published_before=before).to_csv()
    for row in csv.DictReader(table.splitlines()[1:] if table else ()):
        name = (row["measure"], row["provider"], row["column"], "", "")
        assert name not in found or found[name] == row["figure"]
        found[name] = row["figure"]
    return {name: value for name, value in found.items() if value}, summary


def page_of(reports):
    return published(reports)[0]


def as_known(reports):
    """Every figure by who gave it, of which measure and part; a figure no one gave is None."""
    return {
        (*who, *path): None if value == "" else value for who, lines in reports.items() for path, value in lines.items()
    }


def counted(one, name, reports, column):
    """Whether what a provider reports is counted in a figure that is published; on one day only one quarter is."""
    provider, quarter, measure, *path = one
    of, whose, when, *part = name
    if measure != of or path != part or whose not in ("", provider) or when not in (column, quarter):
        return False
    if when == quarter or measure not in ON_ONE_DAY:
        return True
    quarters = sorted(q for p, q, m in reports if (p, m) == (provider, measure) and (*path,) in reports[p, q, m])
    return quarter == quarters[ON_ONE_DAY[measure]]


class Knowledge:
    """The unknowns an attacker names, the equations between them, and the sums that are hidden.

    A figure that is the same in two publications is one unknown, and one that was corrected is two.
    """

    def __init__(self, publications, courses=()):
        self.true, equations, sums = {}, [], {}
        for k, (reports, page, column) in enumerate(publications):
            within = {who: lines for who, lines in reports.items() if column in (YEAR.label, who[1])}
            figures = {one: value for one, value in as_known(within).items() if value is not None}
            names = {one: self._name(one, value) for one, value in figures.items()}
            equations += self._of_totals(within, names)
            for name, value in page.items():
                whose = {names[one]: 1 for one in figures if counted(one, name, within, column)}
                if value == "hidden":
                    sums[k, *name] = whose
                elif whose:
                    equations.append((whose, int(value)))
        for course in courses:
            equations += self._of_a_course(course)
        place = {name: n for n, name in enumerate(self.true)}
        self.unknown = list(place)
        self.equations = [[*self._row(whose, place), Fraction(value)] for whose, value in equations]
        self.sums = {name: self._row(whose, place) for name, whose in sums.items()}

    def _name(self, one, value):
        version = next(n for n in range(9) if self.true.get((*one, n), value) == value)
        self.true[(*one, version)] = value
        return (*one, version)

    @staticmethod
    def _row(whose, place):
        return [Fraction(whose.get(name, 0)) for name in place]

    @staticmethod
    def _of_totals(reports, names):
        for who, lines in reports.items():
            for breakdown in {path[0] for path in lines if path[0]}:
                parts = [path for path in lines if path[0] == breakdown]
                if all(lines[path] != "" for path in [("", ""), *parts]):
                    yield {names[*who, "", ""]: 1, **{names[*who, *path]: -1 for path in parts}}, 0

    def _of_a_course(self, course):
        """What holds of the whole course of a provider, also of what it does not report."""
        name = {one: self._name(one, value) for one, value in course.items()}
        paths, quarters = sorted({one[3:] for one in course}), {one[1] for one in course}
        for provider, quarter in {one[:2] for one in course}:
            after = quarter == QUARTERS[0] and QUARTERS[1] in quarters
            for path in paths:
                at = {measure: name[provider, quarter, measure, *path] for measure in COURSE}
                yield {at["supported"]: 1, at["carried-over"]: -1, at["started-support"]: -1}, 0
                yield {at["supported"]: 1, at["closed"]: -1, at["in-support"]: -1}, 0
                if after:
                    yield {at["in-support"]: 1, name[provider, QUARTERS[1], "carried-over", *path]: -1}, 0
            for measure in COURSE:
                for breakdown in {path[0] for path in paths if path[0]}:
                    parts = {name[provider, quarter, measure, *path]: -1 for path in paths if path[0] == breakdown}
                    yield {name[provider, quarter, measure, "", ""]: 1, **parts}, 0


def reduced(equations):
    """The equations in echelon form, exactly."""
    rows, done = [list(row) for row in equations], []
    for column in range(len(rows[0]) - 1 if rows else 0):
        found = next((row for row in rows if row[column]), None)
        if found is None:
            continue
        rows.remove(found)
        found = [figure / found[column] for figure in found]
        rows = [[a - row[column] * b for a, b in zip(row, found, strict=True)] for row in rows]
        done = [[a - row[column] * b for a, b in zip(row, found, strict=True)] for row in done]
        done.append(found)
    return done


def follows(sum_, done):
    """The value of a sum that the equations settle, or None."""
    left, value = list(sum_), Fraction(0)
    for row in done:
        lead = next(n for n, figure in enumerate(row) if figure)
        if factor := left[lead]:
            left = [a - factor * b for a, b in zip(left, row[:-1], strict=True)]
            value += factor * row[-1]
    return None if any(left) else value


def ends(sum_, knowledge):
    """The least and the most a hidden sum can be; every hidden sum is at least 1, and every part at least 0."""
    table = [[float(figure) for figure in row[:-1]] for row in knowledge.equations] or None
    right = [float(row[-1]) for row in knowledge.equations] or None
    least = [[-float(figure) for figure in row] for row in knowledge.sums.values()]
    found = []
    for sign in (1, -1):
        goal = [sign * float(figure) for figure in sum_]
        answer = linprog(goal, A_ub=least, b_ub=[-1.0] * len(least), A_eq=table, b_eq=right, bounds=(0, 10_000))
        assert answer.status == 0, answer.message
        found.append(sign * answer.fun)
    return found


def attack(*publications, courses=()):
    """Every hidden number that is found out, or known to be small, with what it was found on.

    What was hidden before only to protect others may be shown now.
    """
    knowledge = Knowledge(publications, courses)
    done = reduced(knowledge.equations)
    for name, sum_ in knowledge.sums.items():
        true = sum(by * knowledge.true[one] for by, one in zip(sum_, knowledge.unknown, strict=True))
        if name[0] < len(publications) - 1 and not RULE.must_hide(true):
            continue
        assert follows(sum_, done) is None, (name, true, publications)
        low, high = ends(sum_, knowledge)
        assert low + 1e-6 < high, (name, true, low, high, publications)
        if RULE.must_hide(true):
            assert high >= RULE.below - 1e-6, (name, true, low, high, publications)
    for one, value in knowledge.true.items():
        if RULE.must_hide(value):
            alone = [Fraction(name == one) for name in knowledge.unknown]
            assert follows(alone, done) is None, (one, value, publications)


def attack_a_year(reports, **more):
    attack((reports, page_of(reports), YEAR.label), **more)


def random_reports(random):
    """Providers that report in one or two quarters one or two measures by some breakdowns; some parts missing."""
    reports = {}
    for n in range(random.randint(1, 3)):
        for measure in random.sample(["closed", "supported"], random.randint(1, 2)):
            breakdowns = random.sample(sorted(BREAKDOWNS), random.randint(0, 2))
            for quarter in QUARTERS[: random.randint(1, 2)]:
                reports[f"p{n}", quarter, measure] = random_lines(random, breakdowns)
    return reports


def random_lines(random, breakdowns):
    total = random.choice([0, 1, 2, 3, 4, 7, 12, WORTH_MORE, 150])
    lines = {("", ""): total}
    for breakdown in breakdowns:
        left = total
        items = BREAKDOWNS[breakdown]
        for item in items[:-1]:
            lines[breakdown, item] = random.choice([0, left, min(left, random.randint(0, 5)), left // 2])
            left -= lines[breakdown, item]
        lines[breakdown, items[-1]] = left
        if random.random() < 0.1:
            lines[breakdown, random.choice(items)] = ""
    return lines


def random_course(random):
    """Some providers' people over one or two quarters, by some breakdowns, and of these what each reports."""
    reports, courses = {}, []
    for n in range(random.randint(1, 2)):
        breakdown = random.choice(["", "", "area", "group"])
        quarters = QUARTERS[: random.randint(1, 2)]
        course, inside = {}, {}
        for item in BREAKDOWNS.get(breakdown, ("",)):
            inside[item] = random.choice([0, 0, 1, 2, 3, 9, 40])
        for quarter in quarters:
            figures = {item: course_of_a_quarter(random, inside[item]) for item in inside}
            inside = {item: figure["in-support"] for item, figure in figures.items()}
            for measure in COURSE:
                parts = {(breakdown, item): figures[item][measure] for item in figures}
                parts = {("", ""): sum(parts.values()), **(parts if breakdown else {})}
                course |= {(f"p{n}", quarter, measure, *path): value for path, value in parts.items()}
        for measure in random.sample(COURSE, random.randint(2, 5)):
            by_part = random.random() < 0.8
            for quarter in quarters:
                reports[f"p{n}", quarter, measure] = {
                    one[3:]: value
                    for one, value in course.items()
                    if one[:3] == (f"p{n}", quarter, measure) and (by_part or not one[3])
                }
        courses.append(course)
    return reports, courses


def course_of_a_quarter(random, inside):
    started = random.choice([0, 1, 2, 4, 12, WORTH_MORE])
    supported = inside + started
    closed = random.choice([0, supported, supported // 2, min(supported, random.randint(0, 4))])
    figures = (inside, started, supported, closed, supported - closed)
    return dict(zip(COURSE, figures, strict=True))


def corrected(random, reports):
    """The same reports with one figure corrected, and the totals that it is in."""
    changed = {who: dict(lines) for who, lines in reports.items()}
    lines = changed[random.choice(sorted(changed))]
    path = random.choice(sorted(path for path, value in lines.items() if value != ""))
    more = random.choice([1, 2, 3, 8])
    if path == ("", "") and len(lines) > 1:
        return changed  # a total alone is not corrected
    for one in {path, ("", "")}:
        lines[one] += more
    for breakdown in {one[0] for one in lines if one[0]} - {path[0]}:
        first = next(one for one in lines if one[0] == breakdown and lines[one] != "")
        lines[first] += more
    return changed


NORTH_AND_SOUTH = {("", ""): 100, ("area", "north"): 60, ("area", "south"): 40}
BY_GROUP = {("", ""): 50, ("group", "white"): 38, ("group", "asian"): 10, ("group", "black"): 2}
Q1, Q2 = QUARTERS


def test_a_small_number_does_not_follow_from_the_subtotals_of_providers():
    """150 in all, of which one provider has 60 and 40: the other has 50, and 50 less 38 and 10 are 2."""
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): BY_GROUP}
    page = page_of(reports)

    assert page["closed", "", YEAR.label, "group", "black"] == "hidden"
    assert list(page.values()).count("hidden") == 2
    assert page["closed", *WHOLE] == "150"
    assert page["closed", "b", Q1, "", ""] == "50"
    attack_a_year(reports)


def test_the_total_of_a_provider_that_is_small_does_not_follow():
    """Only one provider reports by area, so its total is known, and so is that of the other: 2."""
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): {("", ""): 2}}

    assert page_of(reports)["closed", "b", Q1, "", ""] == "hidden"
    attack_a_year(reports)


def test_a_small_quarter_does_not_follow_from_the_year_and_the_other_quarter():
    """3 and 60 are 63: with the small quarter hidden, either the other quarter or the year must go as well."""
    reports = {("a", Q1, "closed"): {("", ""): 3}, ("a", Q2, "closed"): {("", ""): 60}}
    page = page_of(reports)

    assert page["closed", "a", Q1, "", ""] == "hidden"
    assert "hidden" in (page["closed", "a", Q2, "", ""], page["closed", "a", YEAR.label, "", ""])
    assert page["closed", "", Q1, "", ""] == "hidden"
    attack_a_year(reports)


def test_the_attack_finds_a_number_that_is_hidden_alone():
    reports = {("a", Q1, "closed"): NORTH_AND_SOUTH, ("b", Q1, "closed"): BY_GROUP}
    page = {
        ("closed", *WHOLE): "150",
        ("closed", "", YEAR.label, "area", "north"): "60",
        ("closed", "", YEAR.label, "area", "south"): "40",
        ("closed", "", YEAR.label, "group", "white"): "38",
        ("closed", "", YEAR.label, "group", "asian"): "10",
        ("closed", "", YEAR.label, "group", "black"): "hidden",
    }
    knowledge = Knowledge([(reports, page, YEAR.label)])
    (alone,) = knowledge.sums.values()

    assert follows(alone, reduced(knowledge.equations)) == 2
    low, high = ends(alone, knowledge)
    assert (round(low), round(high)) == (2, 2)


def test_the_attack_finds_a_number_that_follows_from_a_tie_between_measures():
    """Of 60 who had support 58 left: 2 are still in support, though that is hidden."""
    course = {("a", Q1, measure, "", ""): value for measure, value in zip(COURSE, (20, 40, 60, 58, 2), strict=True)}
    reports = {one[:3]: {("", ""): value} for one, value in course.items()}
    page = {(measure, *WHOLE): str(course["a", Q1, measure, "", ""]) for measure in COURSE[:4]}
    page["in-support", *WHOLE] = "hidden"
    knowledge = Knowledge([(reports, page, YEAR.label)], [course])

    assert follows(knowledge.sums[0, "in-support", *WHOLE], reduced(knowledge.equations)) == 2


def test_a_small_number_does_not_follow_from_other_measures():
    course = {("a", Q1, measure, "", ""): value for measure, value in zip(COURSE, (20, 40, 60, 58, 2), strict=True)}
    reports = {one[:3]: {("", ""): value} for one, value in course.items()}
    page = page_of(reports)

    assert page["in-support", *WHOLE] == "hidden"
    assert "hidden" in (page["supported", *WHOLE], page["closed", *WHOLE])
    attack_a_year(reports, courses=[course])
    without = {who: lines for who, lines in reports.items() if who[2] != "in-support"}
    assert "hidden" in page_of(without).values()  # no one reports the 2, but 60 less 58 are 2
    attack_a_year(without, courses=[course])


def test_a_small_number_does_not_follow_from_the_quarter_before():
    """Who is in support at the end of June is in support at the start of July."""
    first = zip(COURSE, (20, 40, 60, 57, 3), strict=True)
    then = zip(COURSE, (3, 40, 43, 20, 23), strict=True)
    course = {("a", quarter, m, "", ""): n for quarter, figures in ((Q1, first), (Q2, then)) for m, n in figures}
    asked = {("in-support", Q1), ("carried-over", Q2), ("supported", Q1), ("started-support", Q2)}
    reports = {one[:3]: {("", ""): n} for one, n in course.items() if (one[2], one[1]) in asked}

    assert page_of(reports)["in-support", "a", Q1, "", ""] == "hidden"
    assert page_of(reports)["carried-over", "a", Q2, "", ""] == "hidden"
    attack_a_year(reports, courses=[course])


def test_a_quarter_published_before_does_not_give_the_next_one_away():
    """40 were published for the first quarter; the year says 43 and hides the second quarter, which is 3."""
    reports = {("a", Q1, "closed"): {("", ""): 40}, ("a", Q2, "closed"): {("", ""): 3}}
    first, earlier = published(reports, period=FIRST)
    page, _ = published(reports, before=[EarlierPublication(what=earlier, small_numbers=RULE)])

    assert first["closed", "a", Q1, "", ""] == "40"
    assert page["closed", "a", Q1, "", ""] == "40"
    assert page["closed", "a", YEAR.label, "", ""] == page["closed", *WHOLE] == "hidden"
    attack((reports, first, FIRST.label), (reports, page, YEAR.label))


def test_a_late_return_does_not_follow_from_the_sum_before_and_after():
    late = {
        ("a", Q1, "closed"): {("", ""): 40},
        ("b", Q1, "closed"): {("", ""): 30},
        ("c", Q1, "closed"): {("", ""): 2},
    }
    first = {who: lines for who, lines in late.items() if who[0] != "c"}
    page, earlier = published(first)
    again, _ = published(late, before=[EarlierPublication(what=earlier, small_numbers=RULE)])

    assert page["closed", *WHOLE] == "70"
    assert again["closed", *WHOLE] == "hidden"
    attack((first, page, YEAR.label), (late, again, YEAR.label))


def test_what_has_been_given_away_before_is_said_with_its_number():
    """All numbers were shown the first time, so that hiding the small one now is too late."""
    reports = {("a", Q1, "closed"): {("", ""): 40}, ("b", Q1, "closed"): {("", ""): 2}}
    _, summary = published(reports)

    with pytest.warns(AlreadyPublishedWarning, match=r"published before, whatever is hidden now: 1\."):
        summary.to_csv(small_numbers=RULE, published_before=[EarlierPublication(what=summary, small_numbers=None)])


@pytest.mark.parametrize("seed", [*range(8), 1026])
def test_nothing_hidden_is_found_by_someone_who_knows_who_reports_what(seed):
    attack_a_year(random_reports(Random(seed)))


@pytest.mark.parametrize("seed", [*range(10), 2106, 2147, 2349])
def test_nothing_hidden_is_found_by_someone_who_knows_which_measures_make_up_others(seed):
    attack_course(seed)


def attack_course(seed):
    reports, courses = random_course(Random(seed))
    ministry = bool(seed % 2)
    attack((reports, published(reports, ministry=ministry)[0], YEAR.label), courses=courses)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.filterwarnings("ignore::victims_code.commissioning.returns.AlreadyPublishedWarning")
def test_nothing_hidden_is_found_by_someone_who_has_what_was_published_before(seed):
    attack_one_after_another(seed)


def attack_one_after_another(seed):
    """The first quarter and then the year, or the year and then the year with a figure corrected."""
    random = Random(seed)
    reports, courses = random_course(random) if seed % 3 == 0 else (random_reports(random), [])
    then = corrected(random, reports) if seed % 3 == 1 else reports
    period = YEAR if seed % 3 == 1 else FIRST
    if not any(period.contains(ReportingPeriod.parse(who[1])) for who in reports):
        return
    first, earlier = published(reports, period=period)
    page, _ = published(then, before=[EarlierPublication(what=earlier, small_numbers=RULE)])
    attack((reports, first, period.label), (then, page, YEAR.label), courses=courses)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::victims_code.commissioning.returns.AlreadyPublishedWarning")
def test_nothing_hidden_is_found_in_two_thousand_random_sets():
    for seed in range(1000, 2000):
        attack_a_year(random_reports(Random(seed)))
    for seed in range(2000, 2500):
        attack_course(seed)
    for seed in range(2500, 3000):
        attack_one_after_another(seed)
