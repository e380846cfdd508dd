"""Which pages the reference has. Each maker yields a file's name, its template, and what the template is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from operator import attrgetter, contains
from pathlib import Path
from typing import Any

from attrs import fields
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from code_reference import words
from code_reference.book import Book
from code_reference.case_files import case_file_keys
from code_reference.data_folders import data_folder_pages, shown_folders
from code_reference.labels import held_by, label_of
from code_reference.outlines import outline, rest
from code_reference.provisions import duties_by_provision
from statements_of_the_law import LEVELS, counted, last_law, statements_in
from victims_code.bulk import FAULTS, INPUTS, OBLIGATIONS
from victims_code.errors import LawDataError
from victims_code.faults import FAULT_KINDS, Severity
from victims_code.law import Law
from victims_code.reading.data_files import data_folder
from victims_code.vocabulary import EventKind
from victims_code.working_days.files import read_calendar

Page = tuple[str, str, Mapping[str, Any]]
"""A file's name, its template, and the variables of the template."""


_EVENT_KINDS = {
    EventKind.TRIGGER: "What starts duties",
    EventKind.NOTIFICATION: "What the victim was told",
    EventKind.ACT: "What providers and the victim did",
    EventKind.WISH: "What the victim wishes",
}


def pages_of(book: Book) -> dict[str, str]:
    """Every page of the reference as MyST text, by the name of its file."""
    templates = _templates(book)
    from_templates = {
        name: templates.get_template(template).render(given).strip() + "\n"
        for make in _MAKERS
        for name, template, given in make(book)
    }
    return {**from_templates, **dict(data_folder_pages(book))}


def _templates(book: Book) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="{##",
        comment_end_string="##}",
        autoescape=False,  # the pages are MyST text: `escape` does it
    )
    functions = [getattr(words, name) for name in words.__all__]
    for function in (*functions, label_of, outline, rest):
        known = partial(function, book=book) if "book" in function.__annotations__ else function
        environment.globals[function.__name__] = known
    environment.globals["book"] = book
    environment.tests["contains"] = contains
    environment.filters["cite"] = environment.globals["citation"]
    return environment


def _editions(book: Book) -> Iterator[Page]:
    yield "editions.md", "editions.md.j2", {}
    for edition in book.editions:
        yield f"{edition.id}/index.md", "edition.md.j2", {"edition": edition}
        yield f"{edition.id}/eligibility.md", "eligibility.md.j2", {"edition": edition}
        for part in edition.parts:
            duties = [duty for duty in edition.duties.values() if duty.part == part.id]
            yield f"{edition.id}/{part.id}.md", "part.md.j2", {"edition": edition, "part": part, "duties": duties}


def _schemes(book: Book) -> Iterator[Page]:
    yield "schemes.md", "schemes.md.j2", {"schemes": sorted(book.law.schemes.values(), key=lambda s: s.title)}


def _beside_the_code(book: Book) -> Iterator[Page]:
    related = book.law.related
    acts: dict[str, list[Any]] = {}
    for provision in related.provisions.values():
        acts.setdefault(provision.act, []).append(provision)
    definitions = sorted(related.definitions.values(), key=lambda one: one.since or date.min, reverse=True)
    yield "law-in-force.md", "law-in-force.md.j2", {"acts": dict(sorted(acts.items()))}
    yield "special-measures.md", "special-measures.md.j2", {"law": related.special_measures}
    yield "who-is-a-victim.md", "who-is-a-victim.md.j2", {"definitions": definitions}


def _readings(book: Book) -> Iterator[Page]:
    yield "readings.md", "readings.md.j2", {"readings": tuple(book.law.readings.values())}


def _lineage(book: Book) -> Iterator[Page]:
    yield "lineage.md", "lineage.md.j2", {"steps": book.law.lineage}


def _other_collections(book: Book) -> Iterator[Page]:
    """Whatever else the law holds: a plain page for each collection, until it gets one of its own."""
    shown = {"infos", "editions", "lineage", "schemes", "readings", "sources"}
    shown |= {"provisions", "special_measures", "definitions"}  # see `_beside_the_code`
    others = {name: things for name, things in _collections_of(book.law).items() if name not in shown}
    for name, things in others.items():
        yield f"{name}.md", "collection.md.j2", {"name": name, "things": things}
    yield "contents.inc", "contents.inc.j2", {"others": sorted(others), "folders": shown_folders()}


def _collections_of(law: Law) -> dict[str, tuple[object, ...]]:
    """Everything the law holds, and the law beside the Code, by the name of the collection it is in."""
    collections = {
        attribute.name: held_by(getattr(holder, attribute.name))
        for holder in (law, law.related)
        for attribute in fields(type(holder))
    }
    return {name: things for name, things in collections.items() if things}


def _sources(book: Book) -> Iterator[Page]:
    cited: dict[str, list[Any]] = {}
    for duty in book.duties():
        for citation in duty.cites:
            if duty not in cited.setdefault(citation.source, []):
                cited[citation.source].append(duty)
    sources = sorted(book.law.sources.values(), key=lambda source: (source.kind, source.title.casefold()))
    yield "sources.md", "sources.md.j2", {"sources": sources, "cited": cited}


def _provisions(book: Book) -> Iterator[Page]:
    yield "provisions-to-duties.md", "provisions-to-duties.md.j2", {"sources": duties_by_provision(book)}


def _vocabulary(book: Book) -> Iterator[Page]:
    yield "words/events.md", "events.md.j2", {"kinds": _EVENT_KINDS}
    yield "words/event-names.inc", "event-names.inc.j2", {"kinds": _EVENT_KINDS}
    yield "words/facts.md", "facts.md.j2", {}
    yield "words/bodies.md", "bodies.md.j2", {}


def _case_file(_book: Book) -> Iterator[Page]:
    yield "case-file-keys.inc", "case-file-keys.inc.j2", {"groups": case_file_keys()}


def _bulk_tables(_book: Book) -> Iterator[Page]:
    tables = {"tables": INPUTS.values(), "obligations": OBLIGATIONS, "faults": FAULTS, "kinds": _KINDS}
    yield "words/bulk-tables.md", "bulk-tables.md.j2", tables


_KINDS = {
    "text": "text",
    "moment": "date, or date and time",
    "day": "date",
    "truth": "true or false",
    "number": "whole number",
}


def _faults(_book: Book) -> Iterator[Page]:
    yield (
        "words/faults.md",
        "faults.md.j2",
        {"kinds": sorted(FAULT_KINDS.values(), key=lambda kind: kind.code), "severities": tuple(Severity)},
    )


def _bank_holidays(_book: Book) -> Iterator[Page]:
    file = read_calendar(data_folder() / "calendars" / "england-and-wales.yaml", LawDataError)
    years = sorted({holiday.date.year for holiday in file.holidays}, reverse=True)
    by_year = {year: [holiday for holiday in file.holidays if holiday.date.year == year] for year in years}
    yield "bank-holidays.md", "bank-holidays.md.j2", {"file": file, "years": by_year}


def _worked_cases(book: Book) -> Iterator[Page]:
    origins = sorted({exercise.worked.origin for exercise in book.exercises})
    yield "worked-cases.md", "worked-cases.md.j2", {"origins": origins}


def _evidence(_book: Book) -> Iterator[Page]:
    last = last_law()
    rows = counted(statements_in(data_folder()), last)
    groups = {group: list(of_group) for group, of_group in groupby(rows, attrgetter("group"))}
    yield "evidence-counts.inc", "evidence-counts.inc.j2", {"groups": groups, "levels": LEVELS, "last": last.version}


_MAKERS: tuple[Callable[[Book], Iterator[Page]], ...] = (
    _editions,
    _lineage,
    _schemes,
    _beside_the_code,
    _readings,
    _other_collections,
    _sources,
    _provisions,
    _vocabulary,
    _case_file,
    _faults,
    _bulk_tables,
    _bank_holidays,
    _worked_cases,
    _evidence,
)
