"""Everything that can be wrong with the lines of a return, or worth a question; each check a few lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from victims_code import faults
from victims_code.commissioning.outcomes import MeasureKind, MeasureRole, OutcomeMeasure
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.commissioning.returns.lines import FIGURES, ReportedLine, ReturnFinding, ids_of
from victims_code.commissioning.returns.reading import Unread
from victims_code.commissioning.returns.register import Register
from victims_code.dates import format_date
from victims_code.decimals import format_number, rounded
from victims_code.faults import Fault, did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.money import in_pounds

_A_DAY = timedelta(days=1)
COLUMNS_OF: dict[MeasureKind, tuple[str, ...]] = {
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


def _at(line: ReportedLine, column: str | None, found: Fault) -> ReturnFinding:
    return ReturnFinding(found=found, source=line.source, row=line.row, column=line.column_in_file(column))


# --- one line ---------------------------------------------------------------------------------------------------


def _the_provider_is_known(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    known = checking.register.knows(line.provider)
    if not known and (wrong := checking.register.not_owed(line.provider, line.period)) is not None:
        yield _at(line, "provider", wrong)


def _the_measure_is_known_and_in_its_place(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None:
        names = ", ".join(framework.id for framework in checking.register.frameworks)
        nearest = did_you_mean(line.measure, checking.register.measures)
        yield _at(line, "measure", faults.NO_SUCH_MEASURE.at(name=line.measure, frameworks=names, nearest=nearest))
        return
    if measure.section is not line.section:
        section, given = measure.section.value, line.section.value
        found = faults.MEASURE_IN_ANOTHER_SECTION.at(measure=measure.id, section=section, given=given)
        yield _at(line, "section", found)
    fitting = COLUMNS_OF[measure.kind]
    for name in FIGURES:
        if getattr(line, name) is not None and name not in fitting:
            kind, where = measure.kind.value, " and ".join(fitting)
            found = faults.FIGURE_OF_ANOTHER_KIND.at(measure=measure.id, kind=kind, name=name, fitting=where)
            yield _at(line, name, found)
    if measure.definition_on(line.period.first) is None or measure.definition_on(line.period.last) is None:
        yield _at(line, "measure", faults.NOT_COUNTED_THROUGHOUT.at(measure=measure.id, period=line.period.label))
    elif changes := measure.changes_between(line.period.first, line.period.last):
        yield _at(line, "measure", faults.DEFINITION_CHANGES.at(measure=measure.id, day=format_date(changes[0])))


def _a_referral_says_how_it_is_counted(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or measure.role is not MeasureRole.REFERRAL or line.is_missing or line.basis is not None:
        return
    if "basis" not in line.misread:
        bases = "; ".join(f"{word.id} ({word.title})" for word in reporting_rules().counting_bases)
        yield _at(line, "basis", faults.BASIS_NOT_STATED.at(bases=bases))


def _a_missing_figure_has_a_reason(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or line.unsure or "why_missing" in line.misread:
        return
    lacking = "numerator" in COLUMNS_OF[measure.kind] and line.numerator is None and line.percentage is None
    missing = line.is_missing or lacking
    if missing and line.why_missing is None:
        reasons = ", ".join(ids_of(reporting_rules().reasons_missing))
        column = COLUMNS_OF[measure.kind][0]
        yield _at(line, column, faults.FIGURE_WITHOUT_A_REASON.at(label=line.label, reasons=reasons))
    if not missing and line.why_missing is not None:
        yield _at(line, "why_missing", faults.FIGURE_AND_REASON.at())


def _a_percentage_is_what_it_says(line: ReportedLine, checking: Checking) -> Iterator[ReturnFinding]:
    measure = checking.measure(line)
    if measure is None or "percentage" not in COLUMNS_OF[measure.kind] or line.unsure:
        return
    above, below, printed = line.numerator, line.denominator, line.percentage
    if above is not None and below is None:
        shown = format_number(above)
        if printed is not None:
            yield _at(line, "denominator", faults.PERCENTAGE_OF_A_BARE_COUNT.at(printed=printed, above=shown))
        else:
            yield _at(line, "denominator", faults.BARE_COUNT.at(above=shown))
    elif printed is not None and (above is None or below is None):
        yield _at(line, "numerator", faults.PERCENTAGE_WITHOUT_COUNTS.at(printed=printed))
    elif above is not None and below is not None:
        if above > below:
            found = faults.NUMERATOR_TOO_GREAT.at(above=format_number(above), below=format_number(below))
            yield _at(line, "numerator", found)
        elif printed is not None:
            yield from _worked_out_again(line, above, below, printed)


def _worked_out_again(line: ReportedLine, above: int, below: int, printed: Decimal) -> Iterator[ReturnFinding]:
    if below == 0:
        yield _at(line, "percentage", faults.PERCENTAGE_OF_NOTHING.at(printed=printed))
        return
    true = Fraction(above, below) * 100
    exponent = printed.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if abs(Fraction(printed) - true) * 2 > Fraction(1, 10**places):
        shown = rounded(true, places)
        hint = "Correct the percentage or the counts."
        if abs(Fraction(printed) * 100 - true) * 2 <= Fraction(1, 10 ** max(places - 2, 0)):
            hint = f"Write it per hundred: {shown}."
        found = faults.PERCENTAGE_WRONG.at(
            above=format_number(above), below=format_number(below), shown=shown, printed=printed, hint=hint
        )
        yield _at(line, "percentage", found)


def _no_more_were_measured_than_could_be(line: ReportedLine, _checking: Checking) -> Iterator[ReturnFinding]:
    if line.eligible is not None and line.denominator is not None and line.denominator > line.eligible:
        measured, eligible = format_number(line.denominator), format_number(line.eligible)
        yield _at(line, "eligible", faults.MORE_MEASURED_THAN_COULD_BE.at(measured=measured, eligible=eligible))


def _a_mean_says_of_how_many(line: ReportedLine, _checking: Checking) -> Iterator[ReturnFinding]:
    if line.mean is not None and not line.denominator and not line.unsure:
        yield _at(line, "denominator", faults.MEAN_OF_HOW_MANY.at())


# --- all lines --------------------------------------------------------------------------------------------------


def _no_line_stands_twice(checking: Checking) -> Iterator[ReturnFinding]:
    first: dict[tuple[object, ...], ReportedLine] = {}
    for line in checking.lines:
        if line.unsure:
            continue
        key = (line.provider, line.service, line.period, line.measure, line.breakdown, line.item)
        other = first.setdefault(key, line)
        if other is not line:
            place = f"row {other.row}" if other.source == line.source else f"{other.source}, row {other.row}"
            yield _at(line, "measure", faults.LINE_TWICE.at(label=line.label, place=place))


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
            yield _at(parts[0], "item", faults.PARTS_WITHOUT_THEIR_TOTAL.at(label=parts[0].label, above=above))
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
        found = faults.SUM_WITHOUT_A_PART.at(
            label=total.label, name=name, made=words(made), rows=rows, elsewhere=elsewhere
        )
        yield _at(total, name, found)
    elif made != said:
        found = faults.PARTS_DO_NOT_MAKE_THEIR_TOTAL.at(
            made=words(made), said=words(said), rows=rows, elsewhere=elsewhere
        )
        yield _at(total, name, found)


def _mixed_bases_are_stated_in_parts(groups: Iterable[Sequence[ReportedLine]]) -> Iterator[ReturnFinding]:
    mixed = {word.id for word in reporting_rules().counting_bases if word.parts_must_state}
    for lines in groups:
        stated = any(line.basis is not None and line.basis not in mixed for line in lines if not line.is_total)
        for line in lines:
            if line.basis in mixed and not (line.is_total and stated):
                yield _at(line, "basis", faults.MIXED_BASIS_WITHOUT_PARTS.at(basis=line.basis))


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
                supported, referrals = format_number(line.value), format_number(referred)
                found = faults.MORE_SUPPORTED_THAN_REFERRED.at(supported=supported, referred=referrals, beside=beside)
                yield _at(line, "value", found)


def _periods_follow_one_another(checking: Checking) -> Iterator[ReturnFinding]:
    reported: dict[str, dict[ReportingPeriod, ReportedLine]] = defaultdict(dict)
    for line in checking.lines:
        reported[line.provider].setdefault(line.period, line)
    for provider, periods in reported.items():
        for period, line in periods.items():
            if checking.register.knows(provider) and (wrong := checking.register.not_owed(provider, period)):
                yield _at(line, "period", wrong)
        last: ReportingPeriod | None = None
        for earlier, later in pairwise(sorted(periods)):
            last = earlier if last is None or earlier.last > last.last else last
            if later.overlaps(last):
                found = faults.PERIODS_OVERLAP.at(later=later.label, last=last.label, provider=provider)
                yield _at(periods[later], "period", found)
            elif later.first != last.last + _A_DAY:
                first, until = (format_date(day) for day in (last.last + _A_DAY, later.first - _A_DAY))
                found = faults.PERIODS_LEAVE_A_GAP.at(provider=provider, first=first, last=until)
                yield _at(periods[later], "period", found)


def _what_was_asked_is_there(checking: Checking) -> Iterator[ReturnFinding]:
    """A measure, or a part of one, that the register asks for and a return has no line of."""
    returns: dict[tuple[str, ReportingPeriod], list[ReportedLine]] = defaultdict(list)
    for line in checking.lines:
        returns[line.provider, line.period].append(line)
    for (provider, period), lines in returns.items():
        if any(row.provider in (None, provider) and row.period in (None, period) for row in checking.unread):
            continue
        given = {(line.measure, line.breakdown, " > ".join(line.item)) for line in lines}
        for asked in checking.register.asked(provider) or ():
            parts = [(name, item) for name, items in asked.by.items() for item in items]
            wanted = [(asked.measure, None, ""), *((asked.measure, *part) for part in parts)]
            missing = [f"{one[1]}: {one[2]}" if one[1] else "the total" for one in wanted if one not in given]
            if missing:
                found = faults.ASKED_AND_NOT_REPORTED.at(
                    provider=provider,
                    period=period.label,
                    measure=asked.measure,
                    parts="" if len(missing) == len(wanted) else f" ({'; '.join(missing)})",
                )
                yield ReturnFinding(found=found, source=lines[0].source)


_OF_A_LINE: tuple[Callable[[ReportedLine, Checking], Iterator[ReturnFinding]], ...] = (
    _the_provider_is_known,
    _the_measure_is_known_and_in_its_place,
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
    _what_was_asked_is_there,
)
