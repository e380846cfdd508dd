"""From the files of a command to assessed cases: which files tell of them, and where the faults lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

import click
from attrs import evolve, frozen

from victims_code import faults
from victims_code.adapters import combined, common_platform, dcf, extracts, spi
from victims_code.adapters.extracts.checking import leaves_out
from victims_code.assessment import Assessment
from victims_code.cases import Case
from victims_code.cli.mapping import broadcast_option, read_each
from victims_code.cli.options import FILE, Decorator, as_at, files, known_on, under_law
from victims_code.cli.terminal import print_faults, with_progress
from victims_code.code import VictimsCode
from victims_code.errors import UnknownNameError, VictimsCodeError, WrongValueError
from victims_code.faults import Fault, Severity, in_printed_order
from victims_code.offences import with_classified_offence
from victims_code.reading.documents import read_document
from victims_code.vocabulary import load_vocabulary

_Source: TypeAlias = tuple[Path, extracts.ExtractMapping | None, str | None]
"""A file, and for an extract its mapping and the sheet or table."""
_CASES_AND_MESSAGES = (".json", ".xml", ".yaml", ".yml")
"""How the names of files end that no mapping reads."""
_MANY, _FEW = 10, 3


def of_cases(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments and options of a command on cases; they reach it as the arguments of :func:`assess_files`."""
    options: tuple[Decorator, ...] = (
        files(),
        as_at,
        known_on,
        under_law,
        click.option("--what-if", type=FILE, help="A file of changes to an edition, to see what would follow."),
        click.option(
            "--mapping",
            "mappings",
            multiple=True,
            type=FILE,
            help="Read tables as extracts, by this mapping; or one for each, in their order."
            " Cases and messages join them.",
        ),
        click.option(
            "--table",
            "sheets",
            multiple=True,
            help="With --mapping: the sheet of a workbook, or the table of a database; or one for each, in order.",
        ),
        click.option(
            "--classify-offence",
            "classify",
            is_flag=True,
            help="Take what the offence code says of the offence as said.",
        ),
        click.option(
            "--case", "wanted", multiple=True, metavar="REFERENCE", help="Only this case of the files; may be repeated."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@frozen(kw_only=True)
class Assessed:
    """The cases of some files as they were assessed, and every fault met on the way."""

    results: tuple[Assessment, ...]
    faults: tuple[Fault, ...]
    joined: bool
    """Whether tables are among the files, so that a row or cell left out is told of by the exit status."""

    @property
    def failed(self) -> bool:
        """Whether something could not be read or assessed."""
        invalid = any(fault.severity is Severity.INVALID for fault in self.faults)
        return invalid or (self.joined and leaves_out(self.faults))

    def print_faults(self) -> None:
        """Print the faults on standard error, of many warnings of a kind from tables the first few."""
        print_faults(_few_of_each_kind(self.faults) if self.joined else self.faults)


def assess_files(
    *,
    files: tuple[Path, ...],
    as_at: date,
    known_on: date | None,
    what_if: Path | None,
    mappings: tuple[Path, ...],
    sheets: tuple[str, ...],
    classify: bool,
    wanted: tuple[str, ...],
    code: VictimsCode,
) -> Assessed:
    """Assess the cases of files of any kind, as far as they can be read."""
    sources = _sources(files, read_each(mappings, extracts.load_mapping), sheets)
    if what_if is not None:
        code = code.with_changes_from(what_if)
    results: list[Assessment] = []
    problems: list[Fault] = []
    missing = dict.fromkeys(wanted)
    called: dict[str, list[Sequence[Path]]] = {}
    for whence, case, alone in _iter_cases(sources, classify, problems):
        if wanted and case.reference not in wanted:
            continue
        missing.pop(case.reference, None)
        called.setdefault(case.reference, []).append(whence)
        try:
            results.append(code.assess(case, as_at=as_at, known_on=known_on))
            found = results[-1].faults
        except VictimsCodeError as problem:
            found = problem.faults
        problems += (_placed(fault, whence, "" if alone else f"case {case.reference}") for fault in found)
    problems = [
        *in_printed_order(problems),
        *_of_one_reference(called),
        *(faults.NO_CASE_OF_THAT_REFERENCE.at("--case", reference=reference) for reference in missing),
    ]
    if not results and not problems:
        problems.append(faults.NO_CASE_IN_THE_TABLE.at(" or ".join(map(str, files))))
    return Assessed(results=tuple(results), faults=tuple(problems), joined=bool(mappings))


def _of_one_reference(called: Mapping[str, Sequence[Sequence[Path]]]) -> Iterator[Fault]:
    """Cases of one reference that were not brought together, with the files that tell of them."""
    for reference, told in called.items():
        if len(told) > 1:
            place = " and ".join(dict.fromkeys(str(file) for files in told for file in files))
            yield faults.CASES_OF_ONE_REFERENCE.at(place, number=len(told), reference=reference)


def word_named(word: str, names: Iterable[str], place: str) -> str:
    """The event, or what a telling is about, that a word means.

    :raises UnknownNameError: if it means none, or several.
    """
    known = tuple(names)
    meant = load_vocabulary().named(word, known)
    if len(meant) != 1:
        nearest = load_vocabulary().nearest(word, known)
        raise UnknownNameError(faults.EVENT_UNKNOWN.at(place, word=word, nearest=nearest))
    return meant[0]


def _few_of_each_kind(problems: Sequence[Fault]) -> Iterator[Fault]:
    """The problems, but of a kind of warning of which there are many only the first few, the last with their number."""
    number = Counter(fault.code for fault in problems if fault.severity is Severity.WARNING)
    shown: Counter[str] = Counter()
    for fault in problems:
        shown[fault.code] += 1
        if number[fault.code] <= _MANY or shown[fault.code] < _FEW:
            yield fault
        elif shown[fault.code] == _FEW:
            more = f"There are {number[fault.code] - _FEW} more warnings of this kind; the JSON result has them all."
            yield evolve(fault, hint=f"{fault.hint} {more}")


def _sources(files: Sequence[Path], by: Sequence[extracts.ExtractMapping], sheets: Sequence[str]) -> list[_Source]:
    """The files, each extract with its mapping and its table; case files and messages have neither."""
    read_by_mapping = [file for file in files if by and file.suffix.lower() not in _CASES_AND_MESSAGES]
    if by and not read_by_mapping:
        raise click.UsageError("--mapping is for tables, and none of the files is one.")
    told = read_by_mapping or files
    of_tables = zip(broadcast_option("--mapping", by, told), broadcast_option("--table", sheets, told), strict=True)
    return [(file, *(next(of_tables) if file in told else (None, None))) for file in files]


def _iter_cases(
    sources: Sequence[_Source], classify: bool, problems: list[Fault]
) -> Iterator[tuple[Sequence[Path], Case, bool]]:
    """Every case with the files that tell of it, and whether they are all its own.

    What cannot be read is added to the faults. Extracts tell of their cases together, and with the messages and case
    files given with them. So where one of them cannot be read none of their cases is known.
    """
    together: list[Case] = []
    sound, joined = True, any(by is not None for _, by, _ in sources)
    for file, by, table in with_progress(sources, "Assessing"):
        cases: Sequence[Case] = ()
        unread: list[Fault] = []
        try:
            cases = read_cases(file, by, table, classify=classify, warn=unread.append)
        except VictimsCodeError as problem:
            sound = False
            unread += problem.faults
        problems += (_placed(fault, [file]) for fault in unread)
        if joined:
            together += cases
        else:
            yield from (([file], case, len(cases) == 1) for case in cases)
    if sound:
        files = list(dict.fromkeys(file for file, _, _ in sources))
        yield from ((files, case, False) for case in combined(together))


def _placed(fault: Fault, files: Sequence[Path], case: str = "") -> Fault:
    """A fault with the way to its file, since several files may have one name, and its case, if the file has others."""
    told = [file for file in files if fault.location.startswith(str(file))][:1]
    named = told or [file for file in files if fault.location.startswith(file.name)]
    rest = fault.location.removeprefix(str(named[0]) if told else named[0].name) if named else fault.location
    parts = (" or ".join(map(str, named or files)), "" if case in rest else case, rest.removeprefix(", "))
    return evolve(fault, location=", ".join(filter(None, parts)))


def read_cases(
    file: Path,
    by: extracts.ExtractMapping | None = None,
    table: str | None = None,
    *,
    classify: bool = False,
    warn: Callable[[Fault], None],
) -> tuple[Case, ...]:
    """The cases of one file of any kind.

    :raises VictimsCodeError: with every fault of the file.
    """
    if by is not None:
        return extracts.read_extract(by, file, table=table, classify_offences=classify, warn=warn)
    if extracts.looks_like_table(file):
        raise WrongValueError(faults.TABLE_WITHOUT_A_MAPPING.at(str(file)))
    if file.suffix.lower() == ".xml":
        return spi.read_cases(file, classify_offences=classify)
    data = read_document(file, collect_faults=True).data if file.suffix.lower() == ".json" else None
    if isinstance(data, dict) and common_platform.looks_like_message(data):
        return common_platform.read_cases(file, classify_offences=classify)
    case = dcf.read_case(file) if dcf.looks_like_message(data) else Case.from_file(file)
    return (with_classified_offence(case) if classify else case,)
