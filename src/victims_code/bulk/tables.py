"""The tables that go in and the one that comes out: their columns, what each holds, and which may be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen

from victims_code.arguments import checked, checked_if_it_fails, class_checked_if_it_fails
from victims_code.cases import Assertion, Case, Offence
from victims_code.printable import one_line_repr

Row: TypeAlias = dict[str, object]


class HasColumns(Protocol):
    """A pandas or polars frame, or a DuckDB relation; in Spark, its own frame."""

    @property
    def columns(self) -> Any:
        """The names of its columns."""


class HasSchema(Protocol):
    """An Arrow table, dataset or reader."""

    @property
    def schema(self) -> Any:
        """Its columns with their types."""


TableLike: TypeAlias = str | Path | Sequence[str | Path] | HasColumns | HasSchema
"""A table: the path of Parquet or CSV files (globs and lists of them too), or a table in memory."""


@frozen
class Column:
    """A column: its name, the kind of value it holds, and what that says.

    ``needed`` columns must be there and hold a value in every row. The contract's other columns must be there and may
    be empty; ``optional`` ones may be missing altogether, which is as if they were empty. So may those
    ``read_as_empty``, but not in a database for which :func:`sql` writes the statement.
    """

    name: str
    kind: str
    meaning: str
    needed: bool = False
    optional: bool = False
    read_as_empty: bool = False

    __repr__ = one_line_repr("{0.name}: {0.kind}")


@frozen(kw_only=True)
class InputTable:
    """One of the tables that go in; one ``of_several_offences`` tells nothing of cases that have only one."""

    name: str
    needed: bool
    of_several_offences: bool = False
    columns: tuple[Column, ...]

    __repr__ = one_line_repr("{0.name}")

    @checked
    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


_CASE = Column("case_ref", "text", "the case", needed=True)

INPUTS: Mapping[str, InputTable] = MappingProxyType(
    {
        table.name: table
        for table in (
            InputTable(
                name="events",
                needed=True,
                columns=(
                    _CASE,
                    Column("event", "text", "a name of the vocabulary, such as suspect-arrested", needed=True),
                    Column("at", "moment", "when it happened; a time without a zone is London time", needed=True),
                    Column(
                        "received", "moment", "when the body that owes the next duty received it", read_as_empty=True
                    ),
                    Column(
                        "about",
                        "text",
                        "what a telling, a good reason or a declined service is about",
                        read_as_empty=True,
                    ),
                    Column("victim_ref", "text", "the victim concerned; empty: every victim of the case"),
                    Column("suspect_ref", "text", "the suspect concerned"),
                    Column("hearing_ref", "text", "the hearing concerned", read_as_empty=True),
                    Column("recorded", "moment", "when the record was made", read_as_empty=True),
                    Column("offence_ref", "text", "the offence it is about, where a case has several", optional=True),
                    Column("reference", "text", "the name of this record, if another corrects it", optional=True),
                    Column("replaces", "text", "the record of the same case that this one corrects", optional=True),
                    Column("withdrawn", "truth", "true: this record only withdraws the one it replaces", optional=True),
                    Column(
                        "sequence",
                        "number",
                        "a number of the record, from 1 up, different in every row of a case; no answer rests on it",
                        optional=True,
                    ),
                ),
            ),
            InputTable(
                name="victims",
                needed=True,
                columns=(
                    _CASE,
                    Column("victim_ref", "text", "the victim, unique in the case", needed=True),
                    Column("born", "day", "date of birth, to tell whether someone was under age"),
                    Column("capacity", "text", "person (also if empty), close-relative, business …", optional=True),
                ),
            ),
            InputTable(
                name="assertions",
                needed=False,
                columns=(
                    Column("victim_ref", "text", "the victim it is said of; empty: of the offence or sentence"),
                    _CASE,
                    Column("fact", "text", "a fact of the vocabulary, such as persistently-targeted", needed=True),
                    Column("value", "truth", "true, false, or unknown (also if empty): the answer is not known"),
                    Column("since", "day", "the first day it counts for; empty: always"),
                    Column("source", "text", "who says so; not used", optional=True),
                    Column(
                        "offence_ref",
                        "text",
                        "the offence it is said of, where a case has several; empty: of each of them",
                        optional=True,
                    ),
                ),
            ),
            InputTable(
                name="spokespersons",
                needed=False,
                columns=(
                    _CASE,
                    Column(
                        "victim_ref", "text", "a family spokesperson, parent, guardian, or another victim", needed=True
                    ),
                    Column("speaks_for", "text", "a victim of the case for whom they hear and speak", needed=True),
                ),
            ),
            InputTable(
                name="cases",
                needed=False,
                columns=(
                    _CASE,
                    Column("committed_on", "day", "the day of the offence, for a case with one"),
                    Column("cjs_code", "text", "the CJS offence code; not used", optional=True),
                ),
            ),
            InputTable(
                name="offences",
                needed=False,
                of_several_offences=True,
                columns=(
                    _CASE,
                    Column("offence_ref", "text", "the offence, unique in the case", needed=True),
                    Column("committed_on", "day", "the day of the offence"),
                    Column("cjs_code", "text", "the CJS offence code; not used", optional=True),
                ),
            ),
            InputTable(
                name="offence_victims",
                needed=False,
                of_several_offences=True,
                columns=(
                    _CASE,
                    Column("offence_ref", "text", "an offence of the table offences", needed=True),
                    Column(
                        "victim_ref",
                        "text",
                        "a victim of this offence; empty: it has none among those of the case; no row: not known",
                    ),
                ),
            ),
        )
    }
)
"""The tables of the contract by name."""

OBLIGATIONS: tuple[Column, ...] = (
    Column("id", "text", "16 hex digits, the same in every output, that stay when a date is corrected"),
    Column("case_ref", "text", "the case"),
    Column("victim_ref", "text", "the victim; empty where the duty is owed to another body"),
    Column("duty", "text", "the duty's identifier, the same in every edition"),
    Column("title", "text", "the duty in words"),
    Column("part", "text", "the Right or chapter in which the duty stands"),
    Column("edition", "text", "the edition that governs the day of the trigger"),
    Column("owed_by", "text", "the bodies that owe it, joined with '; '; of several, the one that acted or decided"),
    Column("track", "text", "standard, enhanced, unknown, or single where the same limit holds for everyone"),
    Column("trigger_event", "text", "the event that started it"),
    Column("suspect_ref", "text", "the suspect the trigger concerns"),
    Column("hearing_ref", "text", "the hearing the trigger concerns"),
    Column("triggered_on", "day", "the day it began: of the event that started it, or of the period if it recurs"),
    Column("due_on", "day", "the last day in time; the standard one if the track is unknown"),
    Column("due_on_if_enhanced", "day", "the last day in time if the unknown track is the enhanced one"),
    Column("act_by", "day", "the last day on which doing it is certainly in time, whatever is not known"),
    Column("discharged_on", "day", "the day it was done"),
    Column(
        "status",
        "text",
        "not-yet-due, due-today, met, met-late, overdue, undated, suspended or cannot-tell",
    ),
    Column("days_late", "number", "working days after the due date; 0 if not late, empty if that cannot be said"),
    Column("evidence", "text", "what the duty rests on: text, secondary or unconfirmed"),
    Column("missing_facts", "text", "the facts no one has stated that keep the answer open, joined with '; '"),
)
"""The columns of the table that comes out; the event, suspect and hearing tell apart those of a duty and victim."""

_OF_STANDING = frozenset((
    "id", "case_ref", "victim_ref", "duty", "title", "part", "edition", "owed_by", "trigger_event", "suspect_ref",
    "hearing_ref", "triggered_on", "status", "evidence", "missing_facts",
))  # fmt: skip

STANDING: tuple[Column, ...] = tuple(column for column in OBLIGATIONS if column.name in _OF_STANDING)
"""The columns of the duties that have no deadline and that no record can show done; the others would be empty."""

FAULTS: tuple[Column, ...] = (
    Column("table", "text", "the input table"),
    Column("row", "number", "the row as it was handed in, from 1 up"),
    Column("column", "text", "the column"),
    Column("case_ref", "text", "the case; empty where the row names none"),
    Column("code", "text", "the code of the fault, which does not change"),
    Column("severity", "text", "invalid, unsupported or warning"),
    Column("set_aside", "truth", "true: the row was not assessed; false: it was, and this is worth a look"),
    Column("message", "text", "what is wrong"),
    Column("hint", "text", "what to do about it"),
)
"""The columns of the table of faults."""


@class_checked_if_it_fails
@frozen(kw_only=True, eq=False, repr=False)
class Tables:
    """The tables of a record that are assessed together, each of the columns of :data:`INPUTS`.

    ``events`` and ``victims`` are needed; leave out the others where there is nothing to say.

    >>> Tables(events="events.parquet", victims="victims.parquet")
    <Tables: events, victims>
    """

    events: TableLike
    victims: TableLike
    assertions: TableLike | None = None
    cases: TableLike | None = None
    spokespersons: TableLike | None = None
    offences: TableLike | None = None
    offence_victims: TableLike | None = None

    @property
    def given(self) -> Mapping[str, TableLike]:
        """The tables that are there, by name."""
        tables = {name: getattr(self, name) for name in INPUTS}
        return MappingProxyType({name: table for name, table in tables.items() if table is not None})

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(self.given)}>"


def _no_columns() -> frozenset[str]:
    return frozenset()


@frozen(kw_only=True)
class Shape:
    """How the input tables stand in a database: what they are called, and which columns that may be missing are there.

    ``columns`` names them as ``events.reference``. ``numbered`` tables are the library's own: checked, with numbers
    instead of references, and labels beside them.
    """

    events: str = "events"
    victims: str = "victims"
    assertions: str | None = "assertions"
    cases: str | None = "cases"
    spokespersons: str | None = None
    offences: str | None = None
    offence_victims: str | None = None
    columns: frozenset[str] = field(factory=_no_columns)
    numbered: bool = False

    @classmethod
    @checked
    def of(cls, there: Collection[str], columns: Iterable[str], *, schema: str = "", numbered: bool = False) -> Shape:
        """The shape of some of the tables under their own names, the victims of offences only beside the offences.

        :param schema: what comes before each name, with its dot.
        """

        def called(*needed: str) -> str | None:
            return f"{schema}{needed[0]}" if set(needed) <= set(there) else None

        return cls(
            events=f"{schema}events",
            victims=f"{schema}victims",
            assertions=called("assertions"),
            cases=called("cases"),
            spokespersons=called("spokespersons"),
            offences=called("offences"),
            offence_victims=called("offence_victims", "offences"),
            columns=frozenset(columns),
            numbered=numbered,
        )

    @checked_if_it_fails
    def has(self, table: str, column: str) -> bool:
        """Whether an input table has a column: those of the contract always, optional ones if they are named."""
        return not INPUTS[table].column(column).optional or f"{table}.{column}" in self.columns


@checked
def rows_of(cases: Iterable[Case]) -> dict[str, list[Row]]:
    """The rows of the input tables, every column written out.

    The references of the cases must differ.

    >>> from victims_code.cases import Case, Victim
    >>> tables = rows_of([Case(reference="22/0412/26", victims=[Victim(reference="V1")])])
    >>> tables["victims"]
    [{'case_ref': '22/0412/26', 'victim_ref': 'V1', 'born': None, 'capacity': 'person'}]
    """
    tables: dict[str, list[Row]] = {name: [] for name in INPUTS}
    for case in cases:
        reference = case.reference
        if case.offences[0].reference is None:  # the one offence of its case
            tables["cases"].append(_case(case, case.offence))
        for offence in case.offences:
            if offence.reference is not None:
                tables["offences"].append({**_case(case, offence), "offence_ref": offence.reference})
                tables["offence_victims"] += _victims_of(case, offence)
            tables["assertions"] += [_assertion(reference, None, flag, offence.reference) for flag in offence.flags]
        for victim in case.victims:
            tables["victims"].append(
                {
                    "case_ref": reference,
                    "victim_ref": victim.reference,
                    "born": victim.born,
                    "capacity": victim.capacity,
                }
            )
            tables["assertions"] += [_assertion(reference, victim.reference, fact) for fact in victim.facts]
            tables["spokespersons"] += [
                {"case_ref": reference, "victim_ref": victim.reference, "speaks_for": other}
                for other in victim.speaks_for
            ]
        tables["events"] += [
            {
                "case_ref": reference,
                "event": event.event,
                "at": event.at.isoformat(),
                "received": None if event.received is None else event.received.isoformat(),
                "about": event.about,
                "victim_ref": event.victim,
                "suspect_ref": event.suspect,
                "hearing_ref": event.hearing,
                "offence_ref": event.offence,
                "recorded": None if event.recorded is None else event.recorded.isoformat(),
                "reference": event.reference,
                "replaces": event.replaces,
                "withdrawn": event.withdrawn,
                "sequence": number,
            }
            for number, event in enumerate(case.events, start=1)
        ]
    return tables


def _case(case: Case, offence: Offence) -> Row:
    return {"case_ref": case.reference, "committed_on": offence.committed_on, "cjs_code": offence.cjs_code}


def _victims_of(case: Case, offence: Offence) -> list[Row]:
    """A row for each victim listed, one without a victim where the list is empty, and none where there is no list."""
    listed = () if offence.victims is None else offence.victims or (None,)
    row = {"case_ref": case.reference, "offence_ref": offence.reference}
    return [{**row, "victim_ref": victim} for victim in listed]


def _assertion(case: str, victim: str | None, assertion: Assertion, offence: str | None = None) -> Row:
    return {
        "victim_ref": victim,
        "case_ref": case,
        "fact": assertion.fact,
        "value": assertion.value,
        "since": assertion.since,
        "source": assertion.source,
        "offence_ref": offence,
    }
