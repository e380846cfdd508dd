"""Adding up returns: providers to a commissioner, and the commissioner to the ministry, with every adjustment listed.

Only what is counted alike is added. What is kept apart, left out, not received or corrected is an adjustment, so that
a reader can go from the sum back to the files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked
from victims_code.commissioning.outcomes import MeasureKind, MeasureTie, OutcomeFramework, OutcomeMeasure, Taken
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.commissioning.records import Typed
from victims_code.commissioning.returns.checks import Checking, check_lines
from victims_code.commissioning.returns.hiding import EarlierPublication, hide
from victims_code.commissioning.returns.lines import ReportedLine
from victims_code.commissioning.returns.publishing import sums_as_json, sums_to_csv, sums_to_markdown
from victims_code.commissioning.returns.quarters import Reported, groups_of, sums_of
from victims_code.commissioning.returns.register import Register
from victims_code.commissioning.returns.submission import Return
from victims_code.commissioning.returns.sums import Sum
from victims_code.commissioning.returns.ties import shipped_ties
from victims_code.commissioning.validators import word
from victims_code.dates import format_date
from victims_code.decimals import format_number
from victims_code.errors import ReturnError
from victims_code.faults import Fault
from victims_code.figures import ReportingPeriod, SmallNumbers


class AdjustmentKind(StrEnum):
    """Why a sum is not simply the sum of everything in the files."""

    CORRECTED = "corrected"
    MISSING = "missing"
    NOT_RECEIVED = "not-received"
    OUTSIDE = "outside-the-period"
    KEPT_APART = "kept-apart"
    BARE_COUNT = "bare-count"
    LATEST = "only-the-latest"
    REDEFINED = "definition-changed"
    NOT_ADDITIVE = "people-may-be-counted-twice"
    RENAMED = "reported-as"
    LEFT_OUT = "left-out"


@frozen(kw_only=True)
class Adjustment(Typed):
    """One thing that was done between the files and the sums, or that a reader must know of them."""

    kind: AdjustmentKind
    what: str
    provider: str | None = None
    period: ReportingPeriod | None = None
    measure: str | None = None

    @property
    def what_without_figures(self) -> str:
        """The same for publication: of a correction only which figure was corrected, and not what it was or is."""
        if self.kind is not AdjustmentKind.CORRECTED or self.period is None:
            return self.what
        return f"{self.measure} of {self.provider} for {self.period.label} was corrected."

    def to_dict(self) -> dict[str, str | None]:
        """The adjustment as plain values."""
        return {
            "kind": self.kind.value,
            "what": self.what,
            "provider": self.provider,
            "period": None if self.period is None else self.period.label,
            "measure": self.measure,
        }


_CORRECTABLE = ("value", "numerator", "denominator")
_CorrectedColumn = Annotated[str, word("column to correct", lambda: _CORRECTABLE)]


@frozen(kw_only=True)
class Correction(Typed):
    """A figure that the commissioner corrects after asking the provider; ``was`` is what was returned.

    ``column`` is ``value``, ``numerator`` or ``denominator``. None stands for a figure that was, or is, missing.
    """

    provider: str
    period: ReportingPeriod
    measure: str
    was: int | None
    now: int | None
    why: str
    column: _CorrectedColumn = "value"
    service: str | None = None
    breakdown: str | None = None
    item: tuple[str, ...] = ()

    @checked
    def fits(self, line: ReportedLine) -> bool:
        """Whether the correction is of this line."""
        return (self.provider, self.service, self.period, self.measure, self.breakdown, self.item) == (
            line.provider,
            line.service,
            line.period,
            line.measure,
            line.breakdown,
            line.item,
        )


@frozen(kw_only=True)
class Summary:
    """What returns add up to over a period, and every adjustment on the way.

    ``to`` is who the figures are for: the commissioner, or the ministry.
    """

    to: str
    commissioner: str
    period: ReportingPeriod
    sums: tuple[Sum, ...] = field(repr=False)
    adjustments: tuple[Adjustment, ...] = field(repr=False)
    reported: Reported | None = field(default=None, repr=False)
    """What was added up, in a summary for the commissioner: lines, returns that did not come, and the register."""
    cautions: tuple[str, ...] = ()
    """What is said first wherever it is written, such as that the list of measures is not the ministry's own."""
    ties: tuple[MeasureTie, ...] = field(factory=shipped_ties, repr=False)
    """Which figures are sums of others; by default the ties of every framework that ships."""

    def published_figures(self) -> tuple[Sequence[Sum], Sequence[Sum]]:
        """The sums of the page, and those of the table by provider and quarter."""
        return self.sums, [] if self.reported is None else [one.sum for one in self.reported.by_quarter]

    def hidden(
        self, small_numbers: SmallNumbers | None, *, published_before: Sequence[EarlierPublication] = ()
    ) -> list[tuple[str, ...]]:
        """For each sum the figures that must not be published, also not next to the table by provider and quarter.

        :param published_before: what readers have already, such as the quarter before, or a version since corrected.
        """
        return hide(self, small_numbers, published_before).columns[: len(self.sums)]

    @checked
    def find(self, measure: str, *, breakdown: str | None = None, item: str | None = None) -> tuple[Sum, ...]:
        """The sums of a measure: its totals, or those of one part; several where figures were kept apart.

        :param item: the part, with ``>`` between a part and its own parts.
        """
        path = () if item is None else tuple(part.strip() for part in item.split(">"))
        return tuple(s for s in self.sums if (s.measure.id, s.breakdown, s.item) == (measure, breakdown, path))

    def whole_of(self, part: Sum) -> Sum | None:
        """The total that a part is counted in; None for a total, and where there is none that is counted alike."""
        if part.breakdown is None:
            return None
        key = (part.key[0], None, (), *part.key[3:])
        return next((one for one in self.sums if one.key == key), None)

    def for_ministry(self, *frameworks: OutcomeFramework) -> Summary:
        """The commissioner's sums as a return to the ministry: only measures of its frameworks.

        A local measure that ``reports_as`` one of theirs is added to it; every other is left out; both are adjustments.
        The ministry's own template was not seen, so this is not a copy of it, and its first line says so.

        :param frameworks: those the ministry asks for.
        """
        asked = {measure.id: measure for work in frameworks for measure in work.measures}
        kept: dict[tuple[object, ...], list[Sum]] = defaultdict(list)
        renamed: dict[str, str] = {}
        left_out: dict[str, str] = {}
        for one in self.sums:
            local = one.measure
            target = asked.get(local.id) or asked.get(local.reports_as or "")
            if target is None:
                left_out[local.id] = "is not among the measures the ministry asks for"
                continue
            if target.kind is not local.kind:
                left_out[local.id] = f"is not of the same kind as {target.id}"
                continue
            if target.id != local.id:
                renamed[local.id] = target.id
            moved = evolve(one, measure=target)
            kept[moved.key].append(moved)
        adjustments = [
            *self.adjustments,
            *(
                Adjustment(kind=AdjustmentKind.RENAMED, measure=local, what=f"{local} is reported as {target}.")
                for local, target in renamed.items()
            ),
            *(
                Adjustment(kind=AdjustmentKind.LEFT_OUT, measure=local, what=f"{local} {why}, and is left out.")
                for local, why in left_out.items()
            ),
        ]
        return Summary(
            to="Ministry of Justice",
            commissioner=self.commissioner,
            period=self.period,
            sums=tuple(parts[0].plus(parts[1:]) for parts in kept.values()),
            adjustments=tuple(adjustments),
            cautions=tuple(dict.fromkeys(work.caution for work in frameworks if work.caution)),
            ties=self.ties,
        )

    def to_json(self) -> str:
        """The summary as JSON text, with what each provider contributed."""
        return sums_as_json(self)

    def to_csv(
        self, *, small_numbers: SmallNumbers | None = None, published_before: Sequence[EarlierPublication] = ()
    ) -> str:
        """The sums as CSV text, safe to open in a spreadsheet.

        :param small_numbers: hide numbers that are too small to publish, and as much beside them as it takes.
        :param published_before: what readers have already, such as the quarter before, or a version since corrected.
        """
        return sums_to_csv(self, self.hidden(small_numbers, published_before=published_before))

    def to_markdown(
        self, *, small_numbers: SmallNumbers | None = None, published_before: Sequence[EarlierPublication] = ()
    ) -> str:
        """The summary as a Markdown page: sums by section, then every adjustment.

        :param small_numbers: hide numbers that are too small to publish, and as much beside them as it takes;
            adjustments that quote figures then leave them out.
        :param published_before: what readers have already, such as the quarter before, or a version since corrected.
        """
        return sums_to_markdown(
            self, self.hidden(small_numbers, published_before=published_before), with_figures=small_numbers is None
        )


@checked
def add_up(
    returns: Iterable[Return],
    *,
    period: ReportingPeriod,
    register: Register | None = None,
    corrections: Sequence[Correction] = (),
) -> Summary:
    """What the returns of providers come to over a period.

    :param period: a quarter, a year or any other; only returns that lie wholly within it count.
    :param register: the providers and frameworks. Returns not received are adjustments: with its providers known, all
        they owe, and otherwise what is missing between the first and the last that came.
    :param corrections: figures corrected after asking; each is applied and listed.
    :raises ReturnError: if a correction fits no line, or ``was`` is not what was returned; if parts no longer make
        their total; if a line or a day is returned twice; if a measure is not in the register; all at once.

    >>> first = Return.from_csv('''provider,period,section,measure,value,basis
    ... harbour,2025-26 Q1,output,referrals,408,consented
    ... lantern,2025-26 Q1,output,referrals,1200,data-share
    ... ''')
    >>> year = add_up([first], period=ReportingPeriod.year(2025))
    >>> [(one.basis, one.value) for one in year.find("referrals")]
    [('consented', 408), ('data-share', 1200)]
    >>> print(year.adjustments[0].what)
    Figures on the basis 'consented' and 'data-share' are not added together.
    """
    against = Register() if register is None else register
    adjustments: list[Adjustment] = []
    lines, wrong = _corrected([line for given in returns for line in given.lines], corrections, adjustments)
    checking = Checking(lines=lines, register=against)
    wrong += [found.fault for found in check_lines(checking) if found.code in _FORBIDDEN]
    if wrong:
        raise ReturnError(*wrong)
    within = [line for line in lines if period.contains(line.period)]
    adjustments += _left_outside(lines, period)
    reported = Reported(
        lines=tuple(within), missing=tuple(_not_received(within, period, against)), period=period, register=against
    )
    adjustments += map(_about_a_missing_return, reported.missing)
    sums = sums_of(reported.lines, reported.missing, against)
    adjustments += _about_missing(within, against)
    adjustments += _about_sums(sums, groups_of(reported.lines, against), against)
    return Summary(
        to=against.commissioner or "commissioner",
        commissioner=against.commissioner,
        period=period,
        sums=tuple(sorted(sums, key=_order)),
        adjustments=tuple(sorted(adjustments, key=lambda done: list(AdjustmentKind).index(done.kind))),
        reported=reported,
        ties=against.ties,
    )


_FORBIDDEN = ("VC-RET-006", "VC-RET-008", "VC-RET-012", "VC-RET-014", "VC-RET-015")
"""What may not be among lines that are added up, even if each file was sound on its own or a figure was corrected."""


def _order(one: Sum) -> tuple[object, ...]:
    section = [*type(one.measure.section)].index(one.measure.section)
    words = (one.breakdown, *one.item, one.basis, one.base, one.counted)
    return (section, one.measure.id, *(("" if word is None else word) for word in words))


def _corrected(
    lines: list[ReportedLine], corrections: Sequence[Correction], adjustments: list[Adjustment]
) -> tuple[list[ReportedLine], list[Fault]]:
    wrong: list[Fault] = []
    for correction in corrections:
        place = next((n for n, line in enumerate(lines) if correction.fits(line)), None)
        who = f"{correction.measure} of {correction.provider} for {correction.period.label}"
        if place is None:
            wrong.append(faults.NOTHING_TO_CORRECT.at("corrections", column=correction.column, who=who))
            continue
        was = getattr(lines[place], correction.column)
        if was != correction.was:
            wrong.append(
                faults.CORRECTION_OF_ANOTHER_FIGURE.at(
                    "corrections", column=correction.column, who=who, was=_figure(was), said=_figure(correction.was)
                )
            )
            continue
        figures = {name: getattr(lines[place], name) for name in _CORRECTABLE} | {correction.column: correction.now}
        lines[place] = evolve(
            lines[place],
            value=figures["value"],
            numerator=figures["numerator"],
            denominator=figures["denominator"],
            percentage=None,
        )
        adjustments.append(
            Adjustment(
                kind=AdjustmentKind.CORRECTED,
                provider=correction.provider,
                period=correction.period,
                measure=correction.measure,
                what=f"{correction.column} of {lines[place].label}: {_figure(was)} corrected to "
                f"{_figure(correction.now)}. {correction.why}",
            )
        )
    return lines, wrong


def _figure(number: int | None) -> str:
    return "missing" if number is None else format_number(number)


def _left_outside(lines: Sequence[ReportedLine], period: ReportingPeriod) -> Iterator[Adjustment]:
    outside = {(line.provider, line.period): None for line in lines if not period.contains(line.period)}
    for provider, other in outside:
        yield Adjustment(
            kind=AdjustmentKind.OUTSIDE,
            provider=provider,
            period=other,
            what=f"The return of {provider} for {other.label} does not lie within {period.label} and is left out.",
        )


def _not_received(
    lines: Sequence[ReportedLine], period: ReportingPeriod, register: Register
) -> list[tuple[str, ReportingPeriod]]:
    """The returns that should have come and did not, by provider and period."""
    received: dict[str, set[ReportingPeriod]] = defaultdict(set)
    for line in lines:
        received[line.provider].add(line.period)
    owed = [(one.provider, one.period) for one in register.due(period)]
    for provider in sorted(received.keys() - {name for name, _ in owed}):  # of whom no register says what they owe
        between = ReportingPeriod(first=min(received[provider]).first, last=max(one.last for one in received[provider]))
        owed += [(provider, one) for one in register.terms(provider).periods(between)]
    return [(name, one) for name, one in owed if not any(one.overlaps(came) for came in received[name])]


def _about_a_missing_return(missing: tuple[str, ReportingPeriod]) -> Adjustment:
    provider, period = missing
    what = f"No return of {provider} for {period.label}; nothing stands in for it."
    return Adjustment(kind=AdjustmentKind.NOT_RECEIVED, provider=provider, period=period, what=what)


def _lacks_its_numerator(line: ReportedLine, measure: OutcomeMeasure) -> bool:
    return measure.kind in (MeasureKind.SHARE, MeasureKind.PAIRED) and line.numerator is None


def _about_missing(lines: Sequence[ReportedLine], register: Register) -> Iterator[Adjustment]:
    reasons = {word.id: word.title for word in reporting_rules().reasons_missing}
    for line in lines:
        if line.is_missing or _lacks_its_numerator(line, register.measures[line.measure]):
            reason = reasons.get(line.why_missing or "", "no reason given")
            yield Adjustment(
                kind=AdjustmentKind.MISSING,
                provider=line.provider,
                period=line.period,
                measure=line.measure,
                what=f"{line.provider} gives no figure for {line.label} in {line.period.label} ({reason}); it is not "
                "taken as nought.",
            )


def _listed(words: Sequence[str]) -> str:
    *first, last = map(repr, words)
    return f"{', '.join(first)} and {last}"


def _about_sums(
    sums: Sequence[Sum], groups: Mapping[tuple[object, ...], Sequence[ReportedLine]], register: Register
) -> Iterator[Adjustment]:
    parts: dict[tuple[object, ...], list[Sum]] = defaultdict(list)
    for one in sums:
        parts[one.measure.id, one.breakdown, one.item].append(one)
    apart: dict[tuple[str, str, tuple[str, ...]], None] = {}
    for alike in parts.values():
        for name, words in (("basis", "on the basis"), ("base", "with the denominator"), ("counted", "that count")):
            found = sorted({str(getattr(one, name) or "as defined") for one in alike if not one.is_missing})
            if len(found) > 1:
                apart[alike[0].measure.id, words, tuple(found)] = None
    for name, words, kinds in apart:
        yield Adjustment(
            kind=AdjustmentKind.KEPT_APART,
            measure=name,
            what=f"Figures {words} {_listed(kinds)} are not added together.",
        )
    for one in sums:
        if one.bare_count:
            yield Adjustment(
                kind=AdjustmentKind.BARE_COUNT,
                measure=one.measure.id,
                what=f"{one.label}: {', '.join(one.providers)} gave counts without saying among how many; they stand "
                "as counts and are in no percentage.",
            )
    for lines in groups.values():
        measure = register.measures[lines[0].measure]
        if measure.taken is not Taken.OVER_PERIOD and len({line.period for line in lines}) > 1:
            which = "last" if measure.taken is Taken.AT_END else "first"
            yield Adjustment(
                kind=AdjustmentKind.LATEST,
                measure=measure.id,
                what=f"{lines[0].label}: of each provider only the {which} figure of the period counts.",
            )
    for one in sums:
        days = [day for part in one.contributions for day in (part.period.first, part.period.last)]
        for change in one.measure.changes_between(min(days), max(days)) if one.breakdown is None else ():
            yield Adjustment(
                kind=AdjustmentKind.REDEFINED,
                measure=one.measure.id,
                what=f"The definition of {one.measure.id} changes on {format_date(change)}; both kinds"
                " of figure are added.",
            )
    twice = dict.fromkeys(
        one.measure.id
        for one in sums
        if one.counted == "people" and one.measure.taken is Taken.OVER_PERIOD and len(one.contributions) > 1
    )
    if twice:
        yield Adjustment(
            kind=AdjustmentKind.NOT_ADDITIVE,
            what="A person counted by two providers or in two periods is counted twice in: " + ", ".join(twice) + ".",
        )
