"""From the tables of a record, or a wide extract of one, to obligations that can be measured, by the bulk engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from victims_code import faults
from victims_code.adapters.extracts import ExtractMapping, load_mapping, read_table
from victims_code.adapters.extracts.cells import as_whole, text_of
from victims_code.adapters.extracts.plain_cases import COLUMNS, PlainCases, plain_cases, row_keys
from victims_code.adapters.extracts.reading import drafts_of
from victims_code.adapters.extracts.rows import Source
from victims_code.adapters.extracts.rows import Table as ExtractTable
from victims_code.arguments import checked
from victims_code.bulk import INPUTS, Tables, assess, rows_of
from victims_code.cases import Case
from victims_code.code import VictimsCode
from victims_code.compliance.measuring.frames import text_table
from victims_code.compliance.measuring.lacking import not_mapped
from victims_code.compliance.measuring.obligations import Obligations
from victims_code.dates import Moment
from victims_code.errors import WrongTypeError, WrongValueError
from victims_code.faults import Fault, did_you_mean
from victims_code.identifiers import case_key
from victims_code.working_days import WorkingDayCalendar

SEVERAL = "more than one"
"""What a case or victim has in a column to group by, where its rows do not agree."""
_FACTS = ("VC-CASE-008",)
_FEW_ROWS = 1000
"""Up to so many rows every case is read as an object; of more, those in which something is doubtful."""


@checked
def from_tables(
    tables: Tables | Source,
    *,
    as_at: Moment,
    mapping: ExtractMapping | str | Path | None = None,
    keep: Sequence[str] = (),
    code: VictimsCode | None = None,
    calendar: WorkingDayCalendar | None = None,
    periods_by: str = "triggered_on",
    warn: Callable[[Fault], None] | None = None,
) -> Obligations:
    """The obligations of whole tables, worked out by :func:`victims_code.bulk.assess` and opened for measuring.

    Further columns of ``victims`` and ``cases``, such as ethnicity or force, can be grouped by. ``set_aside`` of what
    is given back counts the rows that were faulty, ``facts_not_read`` the stated facts that are neither true nor false,
    and ``notes`` what else was noted while an extract was read, such as rows that repeat others. ``not_given`` says
    which tables and columns were not given, and what that costs. ``NaT``, ``None`` and ``nan`` are all the same empty
    cell.

    :param tables: the tables of the contract; or with a mapping one wide table: a frame of pandas or polars, an Arrow
        table, rows as mappings, or a file, as :func:`victims_code.adapters.extracts.read_extract` takes.
    :param as_at: the date of assessment; later events are left out.
    :param mapping: what the columns and codes of the wide table mean, or the path of a file that says so.
    :param keep: columns of the wide table to group by, such as force. Where the rows of a case or victim do not agree,
        it has ``more than one``.
    :param code: the law; a changed one for *what if*.
    :param calendar: another calendar.
    :param warn: is called with every fault of the wide table.
    :raises CaseError: if a table or a column is missing or cannot be read.
    :raises WrongValueError: if a table beside the obligations does not fit them, the wide table lacks a column, or the
        mapping is faulty.
    :raises WrongTypeError: if a wide table comes without a mapping.
    :raises MissingExtraError: if something is not installed (``pip install "victims-code[bulk,report]"``).

    >>> from datetime import date
    >>> import pyarrow as pa
    >>> from victims_code.bulk import Tables
    >>> events = pa.table({
    ...     "case_ref": ["1"], "event": ["crime-reported"], "at": ["2026-04-01"], "received": [None], "about": [None],
    ...     "victim_ref": [None], "suspect_ref": [None], "hearing_ref": [None], "recorded": [None]})
    >>> victims = pa.table({"case_ref": ["1"], "victim_ref": ["V1"], "born": ["1990-03-02"], "age_band": ["35 to 44"]})
    >>> with from_tables(Tables(events=events, victims=victims), as_at=date(2026, 4, 20)) as obligations:
    ...     obligations.rows("SELECT status FROM obligation WHERE duty = 'refer-to-support'"), obligations.set_aside
    ([('overdue',)], 0)
    >>> "age_band" in obligations.dimensions, "born" in obligations.dimensions
    (True, False)
    """
    if isinstance(tables, Tables):
        if mapping is not None or keep:
            raise WrongValueError(faults.MAPPING_OF_TABLES.at("mapping"))
        return _work_out(tables, as_at, code, calendar, periods_by)
    if mapping is None:
        raise WrongTypeError(faults.FRAME_WITHOUT_A_MAPPING.at("tables", given=type(tables).__name__))
    read = mapping if isinstance(mapping, ExtractMapping) else load_mapping(mapping)
    extract = _extract(tables, read, keep, warn or (lambda _fault: None))
    opened = _work_out(extract.tables, as_at, code, calendar, periods_by, extract)
    return evolve(
        opened,
        set_aside=(opened.set_aside or 0) + extract.set_aside,
        facts_not_read=(opened.facts_not_read or 0) + extract.facts_not_read,
        made_from=f"one wide table, by the mapping {read.name!r}",
        not_given=tuple(not_mapped(read)),
        notes=extract.notes,
    )


@frozen(kw_only=True)
class _Extract:
    """What a wide table gives: the tables of the contract, the columns to group by, and what was not read."""

    tables: Tables
    groups: dict[str, object]
    set_aside: int
    facts_not_read: int
    notes: Mapping[str, int]


def _work_out(
    tables: Tables,
    as_at: Moment,
    code: VictimsCode | None,
    calendar: WorkingDayCalendar | None,
    periods_by: str,
    extract: _Extract | None = None,
) -> Obligations:
    beside = {"cases": tables.cases, "victims": tables.victims} if extract is None else extract.groups
    with assess(tables, as_at=as_at, code=code, calendar=calendar) as answer:
        opened = Obligations.open(answer, **beside, code=code, periods_by=periods_by)
        not_read = 0
        if tables.assertions is not None:
            counted = answer.faults.counts("column", "code").to_pylist()
            not_read = sum(row["rows"] for row in counted if row["column"] == "value" and row["code"] in _FACTS)
    return evolve(
        opened,
        facts_not_read=not_read,
        again=lambda changed: _work_out(tables, as_at, changed, calendar, periods_by, extract),
    )


def _extract(source: Source, mapping: ExtractMapping, keep: Sequence[str], warn: Callable[[Fault], None]) -> _Extract:
    table = read_table(source, mapping)
    wrong = [*table.faults(mapping), *_not_there(table, keep)]
    if wrong:
        raise WrongValueError(*wrong)
    plain = plain_cases(mapping, table) if len(table.rows) > _FEW_ROWS else _none_plain(mapping, table)
    read = {case_key(draft.reference): draft.finish() for draft in drafts_of(mapping, plain.left)}
    notes = {**plain.notes, **{key: case.faults for key, case in read.items()}}
    said = [fault for key in dict.fromkeys(plain.keys) for fault in notes.get(key, ())]
    for fault in (*table.not_read(), *table.passed_over(), *table.repeats(mapping), *said):
        warn(fault)
    noted = Counter(fault.code for fault in said)
    facts_not_read = sum(noted.pop(code, 0) for code in _FACTS)
    references = {**plain.references, **{key: case.reference for key, case in read.items()}}
    return _Extract(
        tables=_tables(list(read.values()), plain),
        groups=dict(_groups(table, mapping, [references[key] for key in plain.keys], keep)),
        set_aside=len(table.set_aside),
        facts_not_read=facts_not_read,
        notes={
            **dict(_noted_of_rows(table)),
            **{faults.FAULT_KINDS[code].title: number for code, number in noted.most_common()},
        },
    )


def _noted_of_rows(table: ExtractTable) -> Iterator[tuple[str, int]]:
    """How many rows repeat others, and what was done with them, and how many hold no record."""
    if table.repeated:
        done = "were left out" if table.left_out else "were read too"
        yield f"{faults.VC_READ_122.title}; they {done}", len(table.repeated)
    if table.footers:
        yield faults.VC_READ_124.title, len(table.footers)


def _not_there(table: ExtractTable, keep: Sequence[str]) -> Iterator[Fault]:
    for column in keep:
        if column not in table.columns:
            near = did_you_mean(column, table.columns, listing="Columns")
            yield faults.NO_SUCH_COLUMN.at("keep", column=column, nearest=near)


def _none_plain(mapping: ExtractMapping, table: ExtractTable) -> PlainCases:
    """No plain case: a small table is read as objects throughout."""
    return PlainCases(rows={}, references={}, notes={}, keys=row_keys(mapping, table), left=table)


def _tables(cases: Sequence[Case], plain: PlainCases) -> Tables:
    """The tables of the contract, every cell as text; those that would be empty and may be missing are."""
    made = {}
    for name, rows in rows_of(cases).items():
        more = plain.rows.get(name, ())
        if rows or more or INPUTS[name].needed:
            columns = [column.name for column in INPUTS[name].columns]
            made[name] = text_table(rows, columns, more, COLUMNS.get(name, ()))
    return Tables(**made)


def _groups(
    table: ExtractTable, mapping: ExtractMapping, references: Sequence[str], keep: Sequence[str]
) -> Iterator[tuple[str, object]]:
    """The columns to group by, as a table of victims, or where the extract knows no victims of cases."""
    if not keep:
        return
    of = mapping.rows
    found: dict[tuple[str, str | None], dict[str, str]] = {}
    for case, (_, row) in zip(references, table.rows, strict=True):
        victim = text_of(row.get(of.victim)) if of.victim else None
        if of.victim and victim is None:
            continue
        cells = found.setdefault((case, None if victim is None else as_whole(victim)), {})
        for column in keep:
            cell = text_of(row.get(column))
            if cell is not None:
                cells[column] = cell if cells.get(column, cell) == cell else SEVERAL
    keys = ("case_ref", "victim_ref") if of.victim else ("case_ref",)
    rows = [{"case_ref": case, "victim_ref": victim, **cells} for (case, victim), cells in found.items()]
    yield "victims" if of.victim else "cases", text_table(rows, [*keys, *keep])
