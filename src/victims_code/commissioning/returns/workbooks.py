"""The workbook a provider fills in: made from the register, with every figure it is asked for on a row of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked, need_path
from victims_code.commissioning.outcomes import MeasureKind, MeasureRole, OutcomeMeasure, Taken
from victims_code.commissioning.outcomes.measures import reporting_rules
from victims_code.commissioning.returns.checks import COLUMNS_OF
from victims_code.commissioning.returns.lines import COLUMNS, ids_of
from victims_code.commissioning.returns.reading import FOR_PEOPLE
from victims_code.commissioning.returns.register import AskedMeasure, Provider, Register
from victims_code.dates import format_date
from victims_code.errors import ReturnError
from victims_code.figures import ReportingPeriod
from victims_code.reading.writing import write_bytes_aside
from victims_code.tabular.workbooks import FILL_IN, WorkbookSheet, write_workbook

_TITLE, _HOW = FOR_PEOPLE
_FIGURES = ("value", "numerator", "denominator", "percentage", "mean", "eligible", "amount")
_SHOWN = (_TITLE, "breakdown", "item", *_FIGURES, "basis", "why_missing", "note", _HOW)
_COLUMNS = (*_SHOWN, "provider", "service", "period", "section", "measure")
_WIDTHS = {_TITLE: 38, _HOW: 60, "item": 22, "basis": 14, "note": 30, "measure": 26, "period": 24, "why_missing": 15}
_COUNTS = frozenset(("value", "numerator", "denominator", "eligible"))
_NUMBERS = frozenset(("percentage", "mean", "amount"))


@frozen(kw_only=True)
class ReturnTemplate:
    """The workbook of one provider for one period.

    :param name: what to call its file.
    """

    provider: Provider
    period: ReportingPeriod
    register: Register

    @property
    def name(self) -> str:
        """What to call its file: the provider and the period.

        >>> register = Register.from_yaml("{commissioner: Borsetshire, providers: [{id: harbour}]}")
        >>> [one.name for one in templates_of(register, ReportingPeriod.parse("Q1 2025/26"))]
        ['harbour-2025-26-q1.xlsx']
        """
        said = f"{self.provider.id} {self.period.label}"
        return f"{re.sub(r'[^a-z0-9]+', '-', said.lower()).strip('-')}.xlsx"

    def to_xlsx(self) -> bytes:
        """The workbook: instructions, and the sheet to fill in, of which nothing else can be changed.

        :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
        """
        said = tuple(self._instructions())
        rules = reporting_rules()
        instructions = WorkbookSheet(
            title="Instructions", columns=said[:1], rows=tuple((line,) for line in said[1:]), widths=(100,), locked=True
        )
        sheet = WorkbookSheet(
            title="return",
            titles=(self._title,),
            columns=_COLUMNS,
            rows=tuple(self._rows()),
            widths=tuple(_WIDTHS.get(name, 12) for name in _COLUMNS),
            choices={"basis": ids_of(rules.counting_bases), "why_missing": ids_of(rules.reasons_missing)},
            counts=_COUNTS,
            numbers=_NUMBERS,
            locked=True,
        )
        return write_workbook((instructions, sheet))

    @property
    def _title(self) -> str:
        return f"Return of {self.provider.name} for {self.period.in_words}"

    @property
    def _asked(self) -> tuple[AskedMeasure, ...]:
        asked = self.register.asked(self.provider.id)
        return tuple(AskedMeasure(measure=id_) for id_ in self.register.measures) if asked is None else asked

    def _rows(self) -> Iterator[tuple[object, ...]]:
        """A row for each total and each part, by section in the order of a return."""
        sections = list(type(next(iter(self.register.measures.values())).section))
        asked = sorted(self._asked, key=lambda one: sections.index(self.register.measures[one.measure].section))
        for service in self.provider.services or (None,):
            for one in asked:
                measure = self.register.measures[one.measure]
                yield self._row(measure, service, None, None)
                for breakdown, items in one.by.items():
                    for item in items:
                        yield self._row(measure, service, breakdown, item)

    def _row(
        self, measure: OutcomeMeasure, service: str | None, breakdown: str | None, item: str | None
    ) -> tuple[object, ...]:
        fitting = COLUMNS_OF[measure.kind]
        total = breakdown is None
        cells: Mapping[str, object] = {
            _TITLE: measure.title if total else f"    {measure.title}",
            _HOW: " ".join(_how_counted(measure)) if total else None,
            "breakdown": breakdown,
            "item": item,
            "provider": self.provider.id,
            "service": service,
            "period": self.period.label,
            "section": measure.section.value,
            "measure": measure.id,
            **{name: FILL_IN for name in _FIGURES if name in fitting},
            **({"basis": FILL_IN} if measure.role is MeasureRole.REFERRAL else {}),
            "why_missing": FILL_IN,
            "note": FILL_IN,
        }
        return tuple(cells.get(name) for name in _COLUMNS)

    def _instructions(self) -> Iterator[str]:
        rules, terms = reporting_rules(), self.register.terms(self.provider.id)
        yield from self.register.cautions([one.measure for one in self._asked])
        yield self._title
        due = terms.due(self.period)
        clause = f" ({terms.agreement})" if terms.agreement else ""
        to = self.register.commissioner or "your commissioner"
        if due is None:
            yield f"Send it to {to}. Ask them by when: your agreement sets no day."
        else:
            yield f"Send it to {to} by {format_date(due)}{clause}."
        yield (
            "Fill in the yellow cells of the sheet called return. Nothing else can be changed. There is no password:"
            " the lock guards against slips."
        )
        yield "If there is no figure, leave the cell empty and choose a reason in why_missing. Write 0 only for zero."
        yield "For a share give two counts: the numerator, and the denominator it is counted among."
        yield "You need not work out the percentage. If you give it, we work it out again and compare."
        yield "eligible: how many people could have been asked. So a reader can see how many answered."
        yield "The parts of a total must add up to it, with a part for those of whom it is not known."
        yield f"basis: how a referral is counted. {_listed((word.id, word.title) for word in rules.counting_bases)}."
        yield f"why_missing: {_listed((word.id, word.title) for word in rules.reasons_missing)}."
        yield "A formula is read as the value that was last saved. Do not merge cells."
        yield "Give figures only: no names, dates of birth or anything else that tells who a person is."
        yield "Columns: " + "; ".join(f"{one.name}: {one.says}" for one in COLUMNS if one.name in _SHOWN) + "."


def _listed(words: Iterator[tuple[str, str]]) -> str:
    return "; ".join(f"{name} ({title})" for name, title in words)


def _how_counted(measure: OutcomeMeasure) -> Iterator[str]:
    definition = measure.definitions[-1]
    yield definition.text
    if measure.kind in (MeasureKind.SHARE, MeasureKind.PAIRED):
        yield f"Numerator: those who {definition.numerator}. Denominator: {definition.denominator}."
    elif measure.kind is MeasureKind.MEAN_CHANGE:
        yield f"Denominator: {definition.denominator}."
    when = {Taken.AT_START: "Take it on the first day.", Taken.AT_END: "Take it on the last day."}.get(measure.taken)
    if when:
        yield when


@checked
def templates_of(register: Register, period: ReportingPeriod) -> tuple[ReturnTemplate, ...]:
    """A workbook for each return whose period ends in a stretch of days, such as a quarter.

    :raises ReturnError: if no provider owes one.
    """
    found = [
        ReturnTemplate(provider=provider, period=own, register=register)
        for provider in register.providers or ()
        for own in register.terms(provider.id).ending_in(period)
        if provider.is_bound_in(own)
    ]
    if not found:
        raise ReturnError(faults.NO_RETURN_ENDS_THEN.at("register", period=period.label))
    return tuple(found)


@checked
def write_templates(register: Register, period: ReportingPeriod, folder: str | Path) -> tuple[Path, ...]:
    """Write the workbooks of a period into a folder, which is made if need be. A file that is there is not replaced.

    :returns: the files written.
    :raises ReturnError: if no provider owes a return then, if a file is there already, or it cannot be written.
    :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
    """
    place = need_path(folder, "folder")
    made = {place / one.name: one.to_xlsx() for one in templates_of(register, period)}
    if there := [path for path in made if path.exists()]:
        raise ReturnError(*(faults.TEMPLATE_IS_THERE.at(str(path)) for path in there))
    try:
        place.mkdir(parents=True, exist_ok=True)
        for path, content in made.items():
            write_bytes_aside(path, content)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ReturnError(faults.TEMPLATE_NOT_WRITTEN.at(str(place), reason=reason)) from None
    return tuple(made)
