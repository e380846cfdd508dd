"""What a mapping would read of an extract, and what it would not, with samples, before anyone relies on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.adapters.extracts.cells import date_of, is_date, shown, text_of
from victims_code.adapters.extracts.mapping import ExtractMapping
from victims_code.adapters.extracts.reading import drafts_of, meaning_of, says
from victims_code.adapters.extracts.rows import Row, Source, Table, read_table
from victims_code.arguments import checked
from victims_code.cases import Case
from victims_code.faults import Fault, in_printed_order
from victims_code.printable import one_line_repr
from victims_code.reading.documents import Plain

_LEFT_OUT = ("VC-READ-101", "VC-READ-103", "VC-READ-110", "VC-READ-120", "VC-READ-122", "VC-READ-125")
"""The warnings of cells that were left out of a case, or contradict each other or the list of their codes, or are
repeated."""
_FEW = 5


@frozen(kw_only=True)
class ExtractCheck:
    """What a mapping reads of an extract.

    :param rows: how many rows there are under the header, counted apart from the reading, and ``cases`` how many
        different cases. Every row is in ``rows_read``, ``set_aside``, ``footers``, or among repeated rows left out.
    :param rows_read: how many rows were read.
    :param header_row: the row of the file with the names of the columns; 0 where rows have none.
    :param set_aside: a fault for every row that does not fit the header, and is not read.
    :param footers: the numbers of the rows that hold no record, such as a total, and are passed over.
    :param repeated: how many rows are the same in every cell as an earlier one, and ``first_repeated`` the first few;
        ``repeats_left_out`` how many of them the mapping leaves out.
    :param taken_as_empty: by column, the words that were taken for an empty cell, and how often each occurs.
    :param unusable: by column, how many cells hold an error or a formula without a value, and ``first_unusable`` the
        first of them.
    :param remarks: what is to be known of how the table was read.
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
    rows_read: int
    cases: int
    header_row: int
    set_aside: tuple[Fault, ...]
    footers: tuple[int, ...]
    repeated: int
    first_repeated: tuple[int, ...]
    repeats_left_out: int
    repeats_settled: bool
    taken_as_empty: Mapping[str, Mapping[str, int]]
    unusable: Mapping[str, int]
    first_unusable: Mapping[str, str]
    remarks: tuple[str, ...]
    dates: str
    mapped: tuple[str, ...]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    faults: tuple[Fault, ...]
    unknown_codes: Mapping[str, Mapping[str, int]]
    unread_dates: Mapping[str, int]
    first_unread_dates: Mapping[str, str]
    unread_facts: Mapping[str, Mapping[str, int]]
    events: Mapping[str, int]
    needs_assessed: bool
    states_facts: bool
    warnings: tuple[Fault, ...] = field(repr=False)
    samples: tuple[Case, ...] = field(repr=False)
    read: tuple[Case, ...] = field(repr=False)

    __repr__ = one_line_repr("{0.cases} cases, {0.rows} rows, {0.rows_read} read")

    @property
    def complete(self) -> bool:
        """Whether there is a case, every row, column and cell found its meaning, and nothing was left out of a case."""
        left = (self.faults, self.unmapped, self.missing, self.set_aside)
        cells = (self.unknown_codes, self.unread_dates, self.unread_facts, self.unusable)
        undecided = self.repeated and not self.repeats_settled
        return bool(self.cases) and not (any(left) or any(cells) or undecided or leaves_out(self.warnings))

    def totals(self) -> str:
        """How the rows add up, in words.

        >>> from victims_code.adapters.extracts.mapping import DateForm, Identifying
        >>> rows = Identifying(case="CRIME")
        >>> mapping = ExtractMapping(name="mine", source="RMS", dates=DateForm.YEAR_FIRST, rows=rows)
        >>> check_extract(mapping, [{"CRIME": "1"}, {"CRIME": "2"}]).totals()
        '2 rows: 2 read, 0 set aside'
        """
        rows = f"{self.rows} {'row' if self.rows == 1 else 'rows'}"
        left = f", {self.repeats_left_out} left out as repeated" if self.repeats_left_out else ""
        passed = f", {len(self.footers)} passed over as no record" if self.footers else ""
        return f"{rows}: {self.rows_read} read, {len(self.set_aside)} set aside{passed}{left}"

    def to_dict(self) -> dict[str, Plain]:
        """The check as plain values; of a sample, all but dates of birth."""
        return {
            "rows": self.rows,
            "rows_read": self.rows_read,
            "cases": self.cases,
            "header_row": self.header_row,
            "set_aside": [str(fault) for fault in self.set_aside],
            "footers": list(self.footers),
            "repeated": self.repeated,
            "first_repeated": list(self.first_repeated),
            "repeats_left_out": self.repeats_left_out,
            "taken_as_empty": {column: dict(words) for column, words in self.taken_as_empty.items()},
            "unusable": dict(self.unusable),
            "first_unusable": dict(self.first_unusable),
            "remarks": list(self.remarks),
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


def check_extract(
    mapping: ExtractMapping, source: Source, *, table: str | None = None, samples: int = 3
) -> ExtractCheck:
    """Read an extract only to see what would be read.

    :raises WrongValueError: if the table cannot be read. Columns that are missing are reported, not raised.
    """
    found = read_table(source, mapping, table=table)
    missing = found.faults(mapping)
    rows = [] if missing else list(found.rows)
    cells = [row for _, row in rows]
    cases = [] if missing else [draft.finish() for draft in drafts_of(mapping, found)]
    empty = () if cases or missing else (faults.NO_CASE_IN_THE_TABLE.at(found.name),)
    said = (*found.passed_over(), *empty)
    unread, unusable = _unread_dates(mapping, found), _unusable(mapping, found)
    wanted = tuple(dict.fromkeys(mapping.columns()))
    told = Counter(
        f"{event.event} about {event.about}" if event.about else event.event for case in cases for event in case.events
    )
    return ExtractCheck(
        rows=found.counted,
        rows_read=len(rows),
        cases=len(cases),
        header_row=found.header_row,
        set_aside=tuple(found.not_read()),
        footers=found.footers,
        repeated=len(found.repeated),
        first_repeated=found.repeated[:_FEW],
        repeats_left_out=found.left_out,
        repeats_settled=mapping.repeated_rows is not None,
        taken_as_empty=found.taken_as_empty,
        unusable={column: len(where) for column, where in unusable.items()},
        first_unusable={column: where[0] for column, where in unusable.items()},
        remarks=(*found.remarks, *(f"{one.message} {one.hint}" for one in said)),
        dates=mapping.dates.value,
        mapped=tuple(column for column in wanted if column in found.columns),
        unmapped=_unmapped(mapping, found),
        missing=found.missing(mapping),
        faults=missing,
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


def _unmapped(mapping: ExtractMapping, table: Table) -> tuple[str, ...]:
    """The columns no one reads; none is named where the header may be a row of data."""
    if not table.has_header(mapping):
        return ()
    return tuple(column for column in table.columns if column not in {*mapping.columns(), *mapping.ignored})


def _unknown_codes(mapping: ExtractMapping, rows: list[Row]) -> dict[str, dict[str, int]]:
    found = {}
    for column in mapping.codes:
        codes = Counter(text for row in rows if (text := text_of(row.get(column.column))) is not None)
        unknown = Counter({code: n for code, n in codes.items() if meaning_of(column, code) is None})
        if unknown:
            found[column.column] = _as_shown(unknown)
    return found


def _unread_dates(mapping: ExtractMapping, table: Table) -> dict[str, list[str]]:
    """By column, the row and the cell of everything that is no date; no cell of a date of birth."""
    found: dict[str, list[str]] = {}
    for column in mapping.date_columns():
        for number, row in table.rows:
            cell = row.get(column)
            if cell is None or isinstance(cell, Fault):
                continue
            if date_of(cell, mapping.dates, epoch=table.epoch) is None:
                written = "" if column == mapping.rows.born else f", {shown(str(cell))}"
                found.setdefault(column, []).append(f"row {number}{written}")
    return found


def _unusable(mapping: ExtractMapping, table: Table) -> dict[str, list[str]]:
    """By column, the row of every cell that holds no value, and what it holds."""
    found: dict[str, list[str]] = {}
    for column in dict.fromkeys(mapping.columns()):
        for number, row in table.rows:
            cell = row.get(column)
            if isinstance(cell, Fault):
                found.setdefault(column, []).append(f"row {number}: {cell.message} {cell.hint}")
    return found


def _unread_facts(mapping: ExtractMapping, rows: list[Row]) -> dict[str, dict[str, int]]:
    found = {}
    for fact in mapping.facts:
        values = Counter(text for row in rows if (text := text_of(row.get(fact.column))) is not None)
        unread = Counter({value: n for value, n in values.items() if says(fact, value) is None})
        if unread:
            found[fact.column] = _as_shown(unread)
    return found


def _as_shown(values: Counter[str]) -> dict[str, int]:
    """Values with their numbers, the most frequent first; dates, which may be of birth, are not shown."""
    as_shown: Counter[str] = Counter()
    for value, n in values.most_common():
        as_shown["a date" if is_date(value) else value] += n
    return dict(as_shown)


def leaves_out(warnings: Iterable[Fault]) -> bool:
    """Whether any of the warnings is about a cell that was left out of a case, or contradicts another."""
    return any(one.code in _LEFT_OUT for one in warnings)


def warnings_of(cases: Iterable[Case]) -> tuple[Fault, ...]:
    """The warnings of cases, in the order of the rows."""
    return in_printed_order(fault for case in cases for fault in case.faults)


def samples_of(cases: Iterable[Case], number: int) -> tuple[Case, ...]:
    """The first cases, those with the most warnings before others."""
    return tuple(sorted(cases, key=lambda case: -len(case.faults))[:number])


@checked
def plain_samples(cases: Iterable[Case]) -> list[Plain]:
    """Cases as plain values, with their warnings and without dates of birth."""
    return [_sample(case) for case in cases]


def _sample(case: Case) -> dict[str, Plain]:
    plain = evolve(case, notes=()).to_dict()
    victims = plain["victims"]
    for victim in victims if isinstance(victims, list) else ():
        if isinstance(victim, dict) and "born" in victim:
            victim["born"] = "read"
    plain["notes"] = [str(fault) for fault in case.faults]
    return plain
