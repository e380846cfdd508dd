"""The checklist of an edition: what a person with the printed Code holds against it, made from the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import field, fields, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails
from victims_code.conditions import AllOf, AnyOf, Leaf, Not
from victims_code.errors import LawDataError, UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.law import (
    After,
    Citation,
    Duty,
    Edition,
    Evidence,
    Law,
    LawFiles,
    Limit,
    Source,
    Within,
    read_law_files,
)
from victims_code.law.editions import EditionFile, Eligibility
from victims_code.law.wording import condition_in_words, duty_in_words
from victims_code.printable import one_line_repr
from victims_code.reading.data_files import Placed, data_folder, name_of, within
from victims_code.reading.documents import Keys
from victims_code.reading.sources import Sourced
from victims_code.render.markdown import table
from victims_code.tabular.workbooks import WorkbookSheet, write_workbook

REFERENCE, PARAGRAPH, READER, DAY, ANSWER, CORRECT = (
    "Reference",
    "Paragraph",
    "Reader",
    "Day read",
    "Agreed or differs",
    "Correct words",
)
TO_FILL = (PARAGRAPH, READER, DAY, ANSWER, CORRECT)
"""The columns the reader fills in."""
AGREED, DIFFERS = "agreed", "differs"
DUTY_COLUMNS = (
    "Our words",
    "How strong",
    "Owed by",
    "Owed to",
    "Starts with",
    "Only if",
    "Deadline",
    "Deadline with Enhanced Rights",
    "Counted from",
    "Done by",
    "May be declined",
    "Our note",
)
STATEMENT_COLUMNS = ("Kind", "Our words", "Details", "Our note")
"""What our data say of a duty, and of any other statement: the reader holds these columns against the print."""
_KINDS = {
    "Layout": "structure",
    "Part": "part",
    "Providers": "bodies bound",
    "Statement": "statement",
    "Capacity": "who is covered",
    "EnhancedCategory": "group with Enhanced Rights",
    "Criterion": "way into a group",
    "Definition": "definition of victim",
    "Limb": "limb of the definition",
}
_WORDS = ("title", "statement", "words", "bodies")
_APART = ("id", "cites", "evidence", "note", "readings", "file", "edition", "part", "number", "advice")
_NOT_SAID = frozenset((*_APART, *_WORDS))
_WIDTHS = {
    REFERENCE: 30,
    "Part": 18,
    "Our words": 42,
    "Details": 42,
    "Our note": 36,
    "Owed by": 18,
    "Starts with": 20,
    "Only if": 28,
    "Done by": 22,
    "Source": 36,
    CORRECT: 40,
    PARAGRAPH: 11,
    READER: 14,
    DAY: 12,
}


@frozen(kw_only=True)
class ChecklistRow:
    """One statement: what our data say, what that rests on, and what a reader has found so far."""

    reference: str
    part: str
    ours: Mapping[str, str]
    statement: Sourced = field(repr=False)
    source: str = field(repr=False)
    read: Citation | None = field(repr=False)
    placed: Placed = field(repr=False)
    keys: Keys

    __repr__ = one_line_repr("{0.reference}")

    @property
    def location(self) -> str:
        """The file and the line of the statement."""
        return self.placed.document.where((*self.placed.keys, *self.keys))

    def filled(self) -> tuple[object, ...]:
        """What stands in the columns to fill in: what an earlier reader found, or nothing."""
        if self.read is None or self.read.read_by is None:
            return (None,) * len(TO_FILL)
        return (self.read.paragraph, self.read.read_by.name, self.read.read_by.day, AGREED, None)

    def cells(self) -> tuple[object, ...]:
        """The row as it is in a workbook."""
        ours = tuple(self.ours.values())
        return (self.reference, self.part, *ours, self.statement.evidence.value, self.source, *self.filled())


@frozen(kw_only=True)
class Checklist:
    """Every statement of an edition, duties apart from the rest, in printed order.

    >>> checklist = checklist_of("code-2021")
    >>> row = next(row for row in checklist.duties if row.reference == "code-2021/inform-suspect-arrested")
    >>> row.ours["Deadline"], row.ours["Deadline with Enhanced Rights"], row.ours["Counted from"]
    ('5 working days', '1 working day', 'the event')
    """

    edition: Edition
    version: str
    duties: tuple[ChecklistRow, ...] = field(repr=False)
    statements: tuple[ChecklistRow, ...] = field(repr=False)

    __repr__ = one_line_repr("{0.edition}: {0.version}")

    @property
    def rows(self) -> Mapping[str, ChecklistRow]:
        """Every row by its reference."""
        return MappingProxyType({row.reference: row for row in (*self.duties, *self.statements)})

    def to_xlsx(self) -> bytes:
        """The checklist as a workbook, to be filled in and read by :func:`~victims_code.drafting.confirming.confirm`.

        :raises MissingExtraError: if openpyxl is not installed (``pip install "victims-code[excel]"``).
        """
        told = WorkbookSheet(
            title="Read me", columns=(self._title,), rows=tuple((line,) for line in _HOW_TO), widths=(110,)
        )
        return write_workbook(
            (
                told,
                _sheet("Duties", DUTY_COLUMNS, self.duties),
                _sheet("Statements", STATEMENT_COLUMNS, self.statements),
            )
        )

    def to_markdown(self) -> str:
        """The checklist as a page with tables, to be printed."""
        return "\n".join(self._page()) + "\n"

    @property
    def _title(self) -> str:
        return f"Checklist of {self.edition.id}, {self.edition.info.title} (law of {self.version})"

    def _page(self) -> Iterator[str]:
        yield from (f"# {self._title}", "", *(f"{n}. {line}" for n, line in enumerate(_HOW_TO, start=1)))
        answer = f"{ANSWER}; {CORRECT.lower()}"
        heads = ("Ours", "Numbers and conditions", "Rests on", PARAGRAPH, f"{READER}, day", answer)
        for title, rows in (("Duties", self.duties), ("Statements", self.statements)):
            yield from ("", f"## {title}")
            for part in dict.fromkeys(row.part for row in rows):
                of_part = [row for row in rows if row.part == part]
                yield from ("", f"### {part}", "", *table(heads, [_printed(row) for row in of_part]))


_GOES_WITHOUT_SAYING = ("", "–", "always", "victim")


def _printed(row: ChecklistRow) -> tuple[str, ...]:
    words = row.ours["Our words"]
    rest = (f"{name}: {said}" for name, said in row.ours.items() if said not in (words, *_GOES_WITHOUT_SAYING))
    paragraph, reader, day, answer, _ = row.filled()
    return (
        f"{words} ({row.reference})",
        "; ".join(rest),
        f"{row.statement.evidence}: {row.source}",
        str(paragraph or ""),
        f"{reader}, {day}" if reader else "",
        str(answer or ""),
    )


def _sheet(title: str, ours: tuple[str, ...], rows: tuple[ChecklistRow, ...]) -> WorkbookSheet:
    columns = (REFERENCE, "Part", *ours, "Evidence", "Source", *TO_FILL)
    return WorkbookSheet(
        title=title,
        columns=columns,
        rows=tuple(row.cells() for row in rows),
        widths=tuple(_WIDTHS.get(name, 15) for name in columns),
        fill_in=frozenset(TO_FILL),
        dates=frozenset((DAY,)),
        choices={ANSWER: (AGREED, DIFFERS)},
    )


_HOW_TO = (
    "Take the rows in their order, with the printed Code beside you. Duties are on one list, all other statements on"
    " another.",
    "Find the place in the print. Hold every column of ours against it: the words in substance, the numbers exactly.",
    "A note of ours may say that something is unconfirmed. If the print settles it, write differs, and what to say.",
    "If all of it agrees, write the paragraph, who you are (initials or post are enough), the day, and: agreed.",
    "If anything differs, write: differs, and the correct words. A duty that is not in the print differs: write that.",
    "Write the paragraph as it is printed, such as 6.10. Leave it empty for a statement in an unnumbered place.",
    "Change nothing in the other columns. A row you have not read stays empty.",
    "Duties of the print that are on no row: write them on a sheet of your own. They must be added to the data.",
    "Then: victims-code law confirm CHECKLIST.xlsx FOLDER. It takes what agrees into the data, and lists what differs.",
)


# --- making it ----------------------------------------------------------------------------------------------------


@checked_if_it_fails
def checklist_of(edition: str, *, folder: str | Path | None = None) -> Checklist:
    """The checklist of an edition in a folder of law, drafts included; by default in the law of the package.

    :raises LawDataError: with every fault of the folder.
    :raises UnknownNameError: if there is no such edition.
    """
    return checklist_from(read_law_files(data_folder() if folder is None else folder), edition)


def checklist_from(files: LawFiles, edition: str) -> Checklist:
    """The checklist of an edition in law files that were read.

    :raises LawDataError: with every fault of the files.
    :raises UnknownNameError: if there is no such edition.
    """
    if files.law is None or files.faults:
        raise LawDataError(*files.faults)
    if edition not in files.law.editions:
        nearest = did_you_mean(edition, files.law.editions, listing="Editions")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("edition", kind="edition", name=edition, nearest=nearest))
    found = files.law.editions[edition]
    rows = [row for item in files.placed for row in _rows_of(item, found, files.law)]
    duties = (row for row in rows if isinstance(row.statement, Duty))
    others = tuple(row for row in rows if not isinstance(row.statement, Duty))
    return Checklist(edition=found, version=files.law.version, duties=tuple(duties), statements=others)


def printed_source(edition: Edition, law: Law) -> Source:
    """The source that is the printed Code of an edition.

    :raises LawDataError: if the edition names none.
    """
    if edition.info.printed is None:
        raise LawDataError(faults.NO_PRINTED_CODE.at(f"editions.yaml, {edition.id}", edition=edition.id))
    return law.sources[edition.info.printed]


def _rows_of(item: Placed, edition: Edition, law: Law) -> Iterator[ChecklistRow]:
    """The rows of one thing of the edition, such as a duty or everything in its eligibility."""
    source = item.document.source
    if source == f"definitions/{edition.id}.yaml":
        part = "Who is a victim"
    elif not source.startswith(f"editions/{edition.id}/"):
        return
    elif isinstance(item.thing, Duty):
        label, title = edition.part_label(item.thing.part), edition.part(item.thing.part).title
        part = label if label == title else f"{label}: {title}"
    else:
        part = {EditionFile: "The edition as a whole", Eligibility: "Who is covered"}[type(item.thing)]
    names: dict[Keys, str] = {}
    for keys, thing in within(item.thing):
        names[keys] = name_of(thing) or ""
        if isinstance(thing, Sourced):
            yield ChecklistRow(
                reference="/".join((edition.id, *_way(item, keys, names))),
                part=part,
                ours=_duty(thing, edition) if isinstance(thing, Duty) else _statement(thing, edition),
                statement=thing,
                source="; ".join(law.quote(cite) for cite in thing.cites),
                read=_reading(thing, edition),
                placed=item,
                keys=keys,
            )


def _way(item: Placed, keys: Keys, names: Mapping[Keys, str]) -> Iterator[str]:
    """The way to a statement by the names of what it is in."""
    if isinstance(item.thing, Duty):
        yield item.thing.id
        return
    yield Path(item.document.source).stem if item.document.source.startswith("editions") else "definition"
    for n, key in enumerate(keys, start=1):
        yield names.get(keys[:n]) or str(key)


def _reading(thing: Sourced, edition: Edition) -> Citation | None:
    """The citation of the printed Code that a reader has confirmed."""
    cites = (cite for cite in thing.cites if cite.source == edition.info.printed and cite.read_by is not None)
    return next(cites, None) if thing.evidence is Evidence.TEXT else None


def _duty(duty: Duty, edition: Edition) -> dict[str, str]:
    words = duty_in_words(duty, edition)
    limits = duty.deadline
    counted = {_counted_from(limit) for limit in (limits.standard, limits.enhanced)}
    return dict(
        zip(
            DUTY_COLUMNS,
            (
                words["title"],
                words["force"],
                words["owed-by"],
                words["owed-to"],
                words["trigger"],
                words["applies-when"],
                _number(limits.standard),
                "the same" if limits.single else _number(limits.enhanced),
                " or ".join(sorted(counted)),
                words["discharged-by"],
                words["declinable"],
                duty.note or "",
            ),
            strict=True,
        )
    )


def _number(limit: Limit) -> str:
    if isinstance(limit, Within):
        return limit.words.removeprefix("within ").rpartition(" of ")[0]
    return limit.words


def _counted_from(limit: Limit) -> str:
    if not isinstance(limit, Within):
        return "–"
    return "the event" if limit.after is After.EVENT else "its receipt"


def _statement(thing: Sourced, edition: Edition) -> dict[str, str]:
    given = (_said(getattr(thing, name, None), edition) for name in _WORDS)
    words = next((said for said in given if said), str(name_of(thing)).replace("-", " "))
    details = (
        f"{attribute.name.replace('_', ' ')}: {said}"
        for attribute in fields(type(thing))
        if attribute.name not in _NOT_SAID and (said := _said(getattr(thing, attribute.name), edition)) is not None
    )
    return {
        "Kind": _KINDS[type(thing).__name__],
        "Our words": words,
        "Details": "; ".join(details),
        "Our note": thing.note or "",
    }


def _said(value: Any, edition: Edition) -> str | None:
    """A value of a statement in words; None for what is empty or has rows of its own."""
    if isinstance(value, Leaf | AllOf | AnyOf | Not):
        return condition_in_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(edition.body_title(body) for body in value) if value and isinstance(value[0], str) else None
    return None if value is None else str(value)
