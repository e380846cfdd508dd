"""Everything that can be wrong with the lines of a return, or worth a question; each check a few lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from victims_code.commissioning.outcomes import MeasureKind, MeasureRole, OutcomeMeasure
from victims_code.commissioning.outcomes.measures import ReportingWord, reporting_rules
from victims_code.commissioning.returns.lines import FIGURES, ReportedLine, ReturnFinding
from victims_code.commissioning.returns.reading import Unread
from victims_code.commissioning.returns.register import Register
from victims_code.dates import format_date
from victims_code.decimals import format_number, rounded
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import in_pounds

__all__ = ["Checking", "check_lines"]

_COLUMNS_OF: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.NUMBER: ("value",),
    MeasureKind.SHARE: ("numerator", "denominator", "percentage", "eligible"),
    MeasureKind.PAIRED: ("numerator", "denominator", "percentage", "eligible"),
    MeasureKind.MEAN_CHANGE: ("mean", "denominator", "eligible"),
    MeasureKind.AMOUNT: ("amount",),
}
_ADDED: dict[MeasureKind, tuple[str, ...]] = {
    MeasureKind.NUMBER: ("value",),
    MeasureKind.SHARE: ("numerator", "denominator"),
    MeasureKind.PAIRED: ("numerator", "denominator"),
    MeasureKind.MEAN_CHANGE: (),
    MeasureKind.AMOUNT: ("amount",),
}


@frozen(kw_only=True)
class Checking:
    """The lines to check, what could not be read beside them, and what to check them against."""

    lines: Sequence[ReportedLine] = field(repr=False)
    register: Register = field(repr=False)
    unread: Sequence[Unread] = ()

    def measure(self, line: ReportedLine) -> OutcomeMeasure | None:
        """The measure of a line, or None if no framework in use has it."""
        return self.register.measures.get(line.measure)


def check_lines(checking: Checking) -> Iterator[ReturnFinding]:
    """Every finding about the lines, one check after another."""
    for line in checking.lines:
        for rule in _OF_A_LINE:
            yield from rule(line, checking)
    for rule_of_all in _OF_ALL:
        yield from rule_of_all(checking)


def _at(line: ReportedLine, code: str, column: str | None, message: str, hint: str) -> ReturnFinding:
    return ReturnFinding(code=code, source=line.source, row=line.row, column=column, message=message, hint=hint)


# --- one line ---------------------------------------------------------------------------------------------------


def _the_provider_is_known(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    register = checking.register
    if not register.knows(line.provider):
        ids = [provider.id for provider in register.providers or ()]
        hint = did_you_mean(line.provider, ids, listing="Providers")
        yield _at(line, "VC-RET-013", "provider", f"There is no provider {line.provider!r}.", hint)


def _the_measure_is_known_and_in_its_place(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None:
        names = ", ".join(framework.id for framework in checking.register.frameworks)
        what = f"There is no measure {line.measure!r} in {names}."
        yield _at(line, "VC-RET-015", "measure", what, did_you_mean(line.measure, checking.register.measures))
        return
    if measure.section is not line.section:
        what = f"{measure.id} belongs to the section {measure.section.value!r}, not {line.section.value!r}."
        yield _at(line, "VC-RET-019", "section", what, "Correct the section.")
    fitting = _COLUMNS_OF[measure.kind]
    for name in FIGURES:
        if getattr(line, name) is not None and name not in fitting:
            what = f"{measure.id} is a measure of the kind {measure.kind.value!r}, which has no {name}."
            yield _at(line, "VC-RET-019", name, what, f"Write it in {' and '.join(fitting)}.")
    if measure.definition_on(line.period.first) is None or measure.definition_on(line.period.last) is None:
        what = f"{measure.id} was not counted throughout {line.period.label}."
        yield _at(line, "VC-RET-015", "measure", what, "Use a measure that was in use, or extend its definition.")
    elif changes := measure.changes_between(line.period.first, line.period.last):
        what = f"The definition of {measure.id} changes on {format_date(changes[0])}, within the period."
        yield _at(line, "VC-RET-107", "measure", what, "Which definition was used?")


def _words_are_known(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    rules = reporting_rules()
    words: tuple[tuple[str, tuple[ReportingWord, ...]], ...] = (
        ("counted", rules.counted),
        ("why_missing", rules.reasons_missing),
        ("basis", rules.counting_bases),
    )
    for name, known in words:
        given = getattr(line, name)
        if given is not None and given not in (ids := [word.id for word in known]):
            code = "VC-RET-010" if name == "basis" else "VC-RET-003"
            yield _at(line, code, name, f"{given!r} is not known here.", did_you_mean(given, ids))


def _a_referral_says_how_it_is_counted(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or measure.role is not MeasureRole.REFERRAL or line.is_missing or line.basis is not None:
        return
    if "basis" in line.misread:
        return
    bases = "; ".join(f"{word.id} ({word.title})" for word in reporting_rules().counting_bases)
    yield _at(line, "VC-RET-010", "basis", "How these referrals are counted is not stated.", f"Write one of: {bases}.")


def _a_missing_figure_has_a_reason(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or line.misread:
        return
    lacking = "numerator" in _COLUMNS_OF[measure.kind] and line.numerator is None and line.percentage is None
    if (line.is_missing or lacking) and line.why_missing is None:
        reasons = ", ".join(word.id for word in reporting_rules().reasons_missing)
        what = f"There is no figure for {line.label}; it is not taken as nought."
        hint = f"Is it nought, or missing? Write 0, or one of these in why_missing: {reasons}."
        yield _at(line, "VC-RET-102", _COLUMNS_OF[measure.kind][0], what, hint)
    if not (line.is_missing or lacking) and line.why_missing is not None:
        yield _at(
            line, "VC-RET-003", "why_missing", "There is a figure, and a reason why there is none.", "Take out one."
        )


def _a_percentage_is_what_it_says(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or "percentage" not in _COLUMNS_OF[measure.kind] or line.misread:
        return
    above, below, printed = line.numerator, line.denominator, line.percentage
    if above is not None and below is None:
        if printed is not None:
            what = f"{printed}% is given with the bare count {format_number(above)}, and not what it was counted among."
            yield _at(line, "VC-RET-009", "denominator", what, "Give the denominator, or take out the percentage.")
        else:
            what = f"{format_number(above)} is a bare count and is not divided by anything."
            yield _at(line, "VC-RET-106", "denominator", what, "Among how many people was it counted?")
    elif printed is not None and (above is None or below is None):
        what = f"{printed}% cannot be worked out again without numerator and denominator."
        yield _at(line, "VC-RET-009", "numerator", what, "Give both counts.")
    elif above is not None and below is not None:
        if above > below:
            what = f"{format_number(above)} is more than the {format_number(below)} it is counted among."
            yield _at(line, "VC-RET-008", "numerator", what, "Check whether the two are swapped, or who was counted.")
        elif printed is not None:
            yield from _worked_out_again(line, above, below, printed)


def _worked_out_again(line: ReportedLine, above: int, below: int, printed: Decimal) -> Iterator[ReturnFinding]:
    if below == 0:
        yield _at(line, "VC-RET-007", "percentage", f"Nothing is {printed}% of nought.", "Leave the percentage empty.")
        return
    true = Fraction(above, below) * 100
    exponent = printed.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if abs(Fraction(printed) - true) * 2 > Fraction(1, 10**places):
        shown = rounded(true, places)
        what = f"{format_number(above)} of {format_number(below)} is {shown}%, and the return says {printed}%."
        hint = "Correct the percentage or the counts."
        if abs(Fraction(printed) * 100 - true) * 2 <= Fraction(1, 10 ** max(places - 2, 0)):
            hint = f"Write it per hundred: {shown}."
        yield _at(line, "VC-RET-007", "percentage", what, hint)


def _no_more_were_measured_than_could_be(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    if line.eligible is not None and line.denominator is not None and line.denominator > line.eligible:
        what = (
            f"{format_number(line.denominator)} were measured, of {format_number(line.eligible)} who could have been."
        )
        yield _at(line, "VC-RET-008", "eligible", what, "Check both counts.")


def _a_mean_says_of_how_many(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    if line.mean is not None and not line.denominator and not line.misread:
        what = "A mean is given without how many people it is the mean of."
        yield _at(line, "VC-RET-009", "denominator", what, "Give the number of people measured twice.")


# --- all lines --------------------------------------------------------------------------------------------------


def _no_line_stands_twice(checking: Checking) -> Iterator[ReturnFinding]:
    first: dict[tuple[object, ...], ReportedLine] = {}
    for line in checking.lines:
        if line.misread:
            continue
        key = (line.provider, line.service, line.period, line.measure, line.breakdown, line.item)
        other = first.setdefault(key, line)
        if other is not line:
            place = f"row {other.row}" if other.source == line.source else f"{other.source}, row {other.row}"
            what = f"{line.label} stands already in {place}."
            yield _at(line, "VC-RET-014", "measure", what, "Keep one; if they are of two services, name them.")


def _parts_make_their_total(checking: Checking) -> Iterator[ReturnFinding]:
    groups: dict[tuple[object, ...], list[ReportedLine]] = defaultdict(list)
    for line in checking.lines:
        groups[line.provider, line.service, line.period, line.measure].append(line)
    for lines in groups.values():
        measure = checking.measure(lines[0])
        if measure is None or any(row.may_belong(lines[0]) for row in checking.unread):
            continue
        whole = {line.item: line for line in lines if line.is_total}
        for breakdown in dict.fromkeys(line.breakdown for line in lines if not line.is_total):
            by_path = whole | {line.item: line for line in lines if line.breakdown == breakdown}
            yield from _adds_up(by_path, measure)
    yield from _mixed_bases_are_stated_in_parts(groups.values())


def _adds_up(by_path: Mapping[tuple[str, ...], ReportedLine], measure: OutcomeMeasure) -> Iterator[ReturnFinding]:
    children: dict[tuple[str, ...], list[ReportedLine]] = defaultdict(list)
    for path, line in by_path.items():
        if path:
            children[path[:-1]].append(line)
    for path, parts in children.items():
        total = by_path.get(path)
        if total is None:
            above = " > ".join(path) or "the total"
            what = f"{parts[0].label} is a part, and there is no line for {above}."
            yield _at(parts[0], "VC-RET-103", "item", what, "Add it, so that the parts can be checked.")
            continue
        for name in _ADDED[measure.kind]:
            yield from _sum_is(total, parts, name)


def _sum_is(total: ReportedLine, parts: Sequence[ReportedLine], name: str) -> Iterator[ReturnFinding]:
    said = getattr(total, name)
    figures = [getattr(part, name) for part in parts]
    known = [figure for figure in figures if figure is not None]
    if said is None or not known:
        return
    made = sum(known)
    words = in_pounds if name == "amount" else format_number
    rows = ", ".join(str(part.row) for part in parts)
    elsewhere = "" if all(part.source == total.source for part in parts) else " of the other files"
    if len(known) < len(figures) and made <= said:
        what = f"A part of {total.label} is missing, so its {name} cannot be checked; the others make {words(made)}."
        yield _at(total, "VC-RET-105", name, what, f"Fill in the missing part (rows {rows}{elsewhere}).")
    elif made != said:
        what = f"The parts make {words(made)} and the total says {words(said)}."
        yield _at(total, "VC-RET-006", name, what, f"Correct the total or the parts (rows {rows}{elsewhere}).")


def _mixed_bases_are_stated_in_parts(groups: Iterable[Sequence[ReportedLine]]) -> Iterator[ReturnFinding]:
    mixed = {word.id for word in reporting_rules().counting_bases if word.parts_must_state}
    for lines in groups:
        stated = any(line.basis is not None and line.basis not in mixed for line in lines if not line.is_total)
        for line in lines:
            if line.basis in mixed and not (line.is_total and stated):
                what = f"{line.basis!r} stands for a total whose parts say how they are counted."
                yield _at(line, "VC-RET-010", "basis", what, "Give the parts, each with its basis.")


def _more_supported_than_referred_is_a_question(checking: Checking) -> Iterator[ReturnFinding]:
    groups: dict[tuple[object, ...], dict[MeasureRole, list[ReportedLine]]] = defaultdict(lambda: defaultdict(list))
    for line in checking.lines:
        measure = checking.measure(line)
        if measure is not None and measure.role is not None and line.is_total and line.value is not None:
            groups[line.provider, line.service, line.period][measure.role].append(line)
    for roles in groups.values():
        if not roles[MeasureRole.REFERRAL]:
            continue
        referred, carried = (
            sum(line.value or 0 for line in roles[role]) for role in (MeasureRole.REFERRAL, MeasureRole.CARRIED_OVER)
        )
        for line in roles[MeasureRole.SUPPORT]:
            if line.value is not None and line.value > referred + carried:
                beside = f" and {format_number(carried)} carried over" if roles[MeasureRole.CARRIED_OVER] else ""
                what = f"{format_number(line.value)} were supported, with {format_number(referred)} referred{beside}."
                hint = "Were cases carried over from before, or are the two counted in different ways?"
                yield _at(line, "VC-RET-101", "value", what, hint)


def _periods_follow_one_another(checking: Checking) -> Iterator[ReturnFinding]:
    found: dict[str, dict[ReportingPeriod, ReportedLine]] = defaultdict(dict)
    for line in checking.lines:
        found[line.provider].setdefault(line.period, line)
    for provider, periods in found.items():
        terms = checking.register.terms(provider)
        for period, line in periods.items():
            if checking.register.providers is not None and not terms.knows(period):
                clause = f" ({terms.agreement})" if terms.agreement else ""
                months = "month" if terms.every_months == 1 else f"{terms.every_months} months"
                what = f"{provider} reports every {months}{clause}, and {period.label} is not one of those periods."
                near = [agreed.label for agreed in terms.periods(_around(period)) if agreed.overlaps(period)]
                yield _at(line, "VC-RET-005", "period", what, f"Its periods then are: {', '.join(near)}.")
        last: ReportingPeriod | None = None
        for earlier, later in pairwise(sorted(periods)):
            last = earlier if last is None or earlier.last > last.last else last
            if later.overlaps(last):
                what = f"{later.label} overlaps {last.label}, which {provider} reports as well."
                yield _at(periods[later], "VC-RET-012", "period", what, "Report each day once.")
            elif later.first != last.last + timedelta(days=1):
                what = f"Nothing is reported by {provider} from {format_date(last.last + timedelta(days=1))}"
                what += f" to {format_date(later.first - timedelta(days=1))}."
                yield _at(periods[later], "VC-RET-108", "period", what, "Is a return missing, or a period wrong?")


def _around(period: ReportingPeriod) -> ReportingPeriod:
    return ReportingPeriod(first=period.first - timedelta(days=366), last=period.last + timedelta(days=366))


_OF_A_LINE: tuple[Callable[[ReportedLine, Checking], Iterator[ReturnFinding]], ...] = (
    _the_provider_is_known,
    _the_measure_is_known_and_in_its_place,
    _words_are_known,
    _a_referral_says_how_it_is_counted,
    _a_missing_figure_has_a_reason,
    _a_percentage_is_what_it_says,
    _no_more_were_measured_than_could_be,
    _a_mean_says_of_how_many,
)
_OF_ALL: tuple[Callable[[Checking], Iterator[ReturnFinding]], ...] = (
    _no_line_stands_twice,
    _parts_make_their_total,
    _more_supported_than_referred_is_a_question,
    _periods_follow_one_another,
)
