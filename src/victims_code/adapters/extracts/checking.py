"""What a mapping would read of an extract, and what it would not, with samples, before anybody relies on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping

from attrs import field, frozen

from victims_code.adapters.extracts.mapping import Mapping
from victims_code.adapters.extracts.reading import ExtractReading, date_of, meaning_of, text_of
from victims_code.adapters.extracts.tables import Row, Source, read_table
from victims_code.cases import Case
from victims_code.documents import Plain
from victims_code.errors import Fault, in_printed_order

__all__ = ["ExtractCheck", "check_extract", "plain_samples", "samples_of", "warnings_of"]


@frozen(kw_only=True)
class ExtractCheck:
    """What a mapping reads of an extract.

    :param rows: how many rows there are, and ``cases`` how many different cases.
    :param dates: the form in which the mapping has dates.
    :param mapped: the columns that are read.
    :param unmapped: columns of the table that are neither read nor ignored.
    :param missing: columns the mapping reads and the table has not. Such a table cannot be read: there are no cases,
        and ``faults`` says so of each, as reading the extract does.
    :param unknown_codes: by column, the codes that are not in the mapping, and how often each occurs.
    :param unread_dates: by column, how many cells are not dates of the mapping's form, and ``first_unread_dates`` the
        first of them with its row; of a date of birth only the row.
    :param unread_facts: by column, the values that are neither a yes nor a no, and how often each occurs.
    :param events: how many events of each name would be read, a telling with what it is about.
    :param needs_assessed: whether any column or code stands for ``needs-assessed``. Where none does, what is not stated
        of a victim stays unknown.
    :param states_facts: whether any column says a fact or a date of birth. Where none does but ``needs_assessed``,
        whoever was assessed is taken to have no Enhanced Rights.
    :param warnings: the warnings of every case, in the order of the rows.
    :param samples: cases as they would be read, those with the most warnings first.
    :param read: all the cases as they would be read.
    """

    rows: int
    cases: int
    dates: str
    mapped: tuple[str, ...]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]
    unknown_codes: AnyMapping[str, AnyMapping[str, int]]
    unread_dates: AnyMapping[str, int]
    first_unread_dates: AnyMapping[str, str]
    unread_facts: AnyMapping[str, AnyMapping[str, int]]
    events: AnyMapping[str, int]
    needs_assessed: bool
    states_facts: bool
    warnings: tuple[Fault, ...] = field(repr=False)
    samples: tuple[Case, ...] = field(repr=False)
    read: tuple[Case, ...] = field(repr=False)

    @property
    def complete(self) -> bool:
        """Whether every column and every cell found its meaning."""
        return not (self.unmapped or self.missing or self.unknown_codes or self.unread_dates or self.unread_facts)

    def to_dict(self) -> dict[str, Plain]:
        """The check as plain values; of a sample, all but dates of birth."""
        return {
            "rows": self.rows,
            "cases": self.cases,
            "dates": self.dates,
            "mapped": list(self.mapped),
            "unmapped": list(self.unmapped),
            "missing": list(self.missing),
            "faults": [str(fault) for fault in self.faults],
            "unknown_codes": {column: dict(codes) for column, codes in self.unknown_codes.items()},
            "unread_dates": dict(self.unread_dates),
            "first_unread_dates": dict(self.first_unread_dates),
            "unread_facts": {column: dict(values) for column, values in self.unread_facts.items()},
            "events": dict(self.events),
            "needs_assessed": self.needs_assessed,
            "states_facts": self.states_facts,
            "warnings": [str(warning) for warning in self.warnings],
            "samples": plain_samples(self.samples),
        }


def check_extract(mapping: Mapping, source: Source, *, table: str | None = None, samples: int = 3) -> ExtractCheck:
    """Read an extract only to see what would be read.

    :raises WrongValueError: if the table cannot be read. Columns that are missing are reported, not raised.
    """
    found = read_table(source, mapping, table=table)
    rows, faults = list(found.rows), found.faults(mapping)
    reading = ExtractReading(mapping=mapping)
    for number, row in () if faults else rows:
        reading.add(number, row, found.name)
    cells = [row for _, row in rows]
    cases = [draft.finish() for draft in reading.drafts.values()]
    unread = _unread_dates(mapping, rows)
    wanted = tuple(dict.fromkeys(mapping.columns()))
    told = Counter(
        f"{event.event} about {event.about}" if event.about else event.event for case in cases for event in case.events
    )
    return ExtractCheck(
        rows=len(rows),
        cases=len(cases),
        dates=mapping.dates.value,
        mapped=tuple(column for column in wanted if column in found.columns),
        unmapped=tuple(column for column in found.columns if column not in {*wanted, *mapping.ignored}),
        missing=found.missing(mapping),
        faults=faults,
        unknown_codes=_unknown_codes(mapping, cells),
        unread_dates={column: len(where) for column, where in unread.items()},
        first_unread_dates={column: where[0] for column, where in unread.items()},
        unread_facts=_unread_facts(mapping, cells),
        events=dict(told.most_common()),
        needs_assessed=mapping.stands_for("needs-assessed"),
        states_facts=mapping.states_facts,
        warnings=warnings_of(cases),
        samples=samples_of(cases, samples),
        read=tuple(cases),
    )


def _unknown_codes(mapping: Mapping, rows: list[Row]) -> dict[str, dict[str, int]]:
    found = {}
    for column in mapping.codes:
        codes = Counter(text for row in rows if (text := text_of(row.get(column.column))) is not None)
        unknown = {code: n for code, n in codes.most_common() if meaning_of(column, code) is None}
        if unknown:
            found[column.column] = unknown
    return found


def _unread_dates(mapping: Mapping, rows: list[tuple[int, Row]]) -> dict[str, list[str]]:
    """By column, the row and the cell of everything that is no date; no cell of a date of birth."""
    dated = [mapping.rows.born, mapping.rows.committed_on]
    dated += [column for event in mapping.events for column in (event.column, event.received)]
    dated += [column for codes in mapping.codes for column in (codes.date, codes.received)]
    dated += [fact.since for fact in mapping.facts]
    found: dict[str, list[str]] = {}
    for column in dict.fromkeys(filter(None, dated)):
        for number, row in rows:
            written = text_of(row.get(column))
            if written is not None and date_of(row[column], mapping.dates) is None:
                shown = "" if column == mapping.rows.born else f", {written!r}"
                found.setdefault(column, []).append(f"row {number}{shown}")
    return found


def _unread_facts(mapping: Mapping, rows: list[Row]) -> dict[str, dict[str, int]]:
    found = {}
    for fact in mapping.facts:
        values = Counter(text for row in rows if (text := text_of(row.get(fact.column))) is not None)
        unread = {value: n for value, n in values.most_common() if value not in {*fact.yes, *fact.no}}
        if unread:
            found[fact.column] = unread
    return found


def warnings_of(cases: Iterable[Case]) -> tuple[Fault, ...]:
    """The warnings of cases, in the order of the rows."""
    return in_printed_order(fault for case in cases for fault in case.faults)


def samples_of(cases: Iterable[Case], number: int) -> tuple[Case, ...]:
    """The first cases, those with the most warnings before others."""
    return tuple(sorted(cases, key=lambda case: -len(case.faults))[:number])


def plain_samples(cases: Iterable[Case]) -> list[Plain]:
    """Cases as plain values, with their warnings and without dates of birth."""
    return [_sample(case) for case in cases]


def _sample(case: Case) -> dict[str, Plain]:
    plain = case.to_dict()
    victims = plain["victims"]
    for victim in victims if isinstance(victims, list) else ():
        if isinstance(victim, dict) and "born" in victim:
            victim["born"] = "read"
    plain["notes"] = [str(fault) for fault in case.faults]
    return plain
