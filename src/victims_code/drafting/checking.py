"""Looking at a folder of law as a whole: every fault of its files, its worked cases, and what is not finished."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

from attrs import evolve, frozen

from victims_code import faults
from victims_code.arguments import checked_if_it_fails, need_path
from victims_code.code import VictimsCode
from victims_code.errors import UnknownNameError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean, in_printed_order
from victims_code.law import Duty, Edition, Evidence, Law, LawFiles, read_law_files
from victims_code.law.editions import EditionFile
from victims_code.law.lineage import unsaid_of_drafts
from victims_code.reading.data_files import DataFile, Placed, name_of, within
from victims_code.reading.documents import Keys, format_path
from victims_code.reading.partial import each, readable
from victims_code.reading.sources import Sourced
from victims_code.testing.worked_cases import WorkedCase, read_worked_case

MOST_WORDS = 25
"""How many words a sentence of the house style has at most."""
_TEXTS = ("title", "statement", "says", "used_for", "words", "note")


@checked_if_it_fails
def check_folder(
    folder: str | Path, *, editions: Collection[str] = (), cases: str | Path | None = None
) -> tuple[Fault, ...]:
    """Every fault of a folder of law, file by file and line by line, and warnings of what is not finished.

    :param editions: the editions whose warnings are wanted; by default the drafts, or the latest if there are none.
    :param cases: the folder of worked cases; by default ``cases`` in the folder, or where there is none
        ``tests/cases`` next to it, as in a checkout.
    :raises LawDataError: if there is no such folder.
    :raises UnknownNameError: if there is no such edition.

    >>> from victims_code.reading.data_files import data_folder
    >>> {fault.severity.value for fault in check_folder(data_folder(), editions=["code-2006"], cases="none")}
    {'warning'}
    """
    root = need_path(folder, "folder")
    files = read_law_files(root)
    found = [*files.faults, *_files_not_read(files, root)]
    if files.law is not None:
        chosen = [_edition(files.law, name) for name in editions] or _unfinished(files.law)
        folder_of_cases = _cases_of(root) if cases is None else need_path(cases, "cases")
        shown: set[tuple[str, str]] = set()
        found += _worked(files.law, folder_of_cases, shown)
        found += (evolve(fault, code=faults.VC_DATA_009.code) for fault in _lineage(files, files.law, chosen))
        for edition in chosen:
            found += _of_edition(files.placed, edition, shown, folder_of_cases)
    return in_printed_order(found)


def _cases_of(root: Path) -> Path:
    own, of_checkout = root / "cases", root.parent / "tests" / "cases"
    return of_checkout if of_checkout.is_dir() and not own.is_dir() else own


def _edition(law: Law, name: str) -> Edition:
    if name not in law.editions:
        nearest = did_you_mean(name, law.editions, listing="Editions")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("--edition", kind="edition", name=name, nearest=nearest))
    return law.editions[name]


def _unfinished(law: Law) -> list[Edition]:
    """The drafts, or the latest edition where there are none."""
    in_order = sorted(law.editions.values(), key=lambda edition: edition.info.in_force_from)
    return [edition for edition in in_order if not edition.info.is_law] or in_order[-1:]


def _files_not_read(files: LawFiles, root: Path) -> Iterator[Fault]:
    """Files of an edition that no part names, and folders that no edition has."""
    for group in sorted(path for path in (root / "editions").glob("*") if path.is_dir()):
        if files.law is not None and group.name not in files.law.infos:
            yield faults.FOLDER_OF_NO_EDITION.at(f"editions/{group.name}", edition=group.name)
    for item in files.placed:
        if isinstance(item.thing, EditionFile):
            home = Path(item.document.source).parent
            named = {
                "edition.yaml",
                "eligibility.yaml",
                *(name for _, name in readable(each(item.thing, "parts", "file"))),
            }
            for path in sorted((root / home).glob("*.yaml")):
                if path.name not in named:
                    yield faults.FILE_OF_NO_PART.at((home / path.name).as_posix(), edition=home.name)


# --- worked cases -------------------------------------------------------------------------------------------------


def _worked(law: Law, cases: Path, shown: set[tuple[str, str]]) -> Iterator[Fault]:
    """What worked cases say that the law does not; the duties that they show are added to ``shown``."""
    for path in sorted(cases.rglob("*.yaml")):
        try:
            worked = read_worked_case(path)
            yield from _answered(worked, VictimsCode(law=law), path, shown)
        except VictimsCodeError as problem:
            yield from problem.faults


def _answered(worked: WorkedCase, code: VictimsCode, path: Path, shown: set[tuple[str, str]]) -> Iterator[Fault]:
    asked = {dict(one)["duty"] for one in worked.expect.obligations} | set(worked.expect.counts or ())  # type: ignore[call-overload]
    result = worked.assess(code)
    shown |= {(one.edition.id, one.duty.id) for one in result.obligations if one.duty.id in asked}
    for difference in worked.differences(code, result=result):
        yield faults.WORKED_CASE_DIFFERS.at(path.name, name=worked.name, difference=difference)


# --- what is not finished -----------------------------------------------------------------------------------------


def _lineage(files: LawFiles, law: Law, editions: Sequence[Edition]) -> Iterator[Fault]:
    names = {edition.id for edition in editions}
    return unsaid_of_drafts(files.placed, {i: e for i, e in law.editions.items() if e.info.is_law or i in names})


def _of_edition(
    placed: Sequence[Placed], edition: Edition, shown: Collection[tuple[str, str]], cases: Path
) -> Iterator[Fault]:
    own = f"definitions/{edition.id}.yaml"
    if not any(item.document.source == own for item in placed):
        yield faults.NO_DEFINITION_OF_A_VICTIM.at(own, edition=edition.id)
    for item in placed:
        if item.document.source != own and not item.document.source.startswith(f"editions/{edition.id}/"):
            continue
        if isinstance(item.thing, Duty) and (edition.id, item.thing.id) not in shown:
            place = item.document.where((*item.keys, "id"))
            yield faults.NO_WORKED_CASE.at(place, duty=item.thing.id, edition=edition.id, cases=f"{cases}")
        for keys, thing in within(item.thing):
            if isinstance(thing, Sourced):
                yield from _of_statement(item, (*item.keys, *keys), thing, edition)


def _of_statement(item: Placed, keys: Keys, thing: Sourced, edition: Edition) -> Iterator[Fault]:
    name = name_of(thing) or format_path(keys)
    if thing.evidence is Evidence.UNCONFIRMED:
        place = item.document.where((*keys, "evidence"))
        yield faults.STATEMENT_NOT_READ.at(place, statement=name, edition=edition.id)
    for attribute in _TEXTS:
        if isinstance(text := getattr(thing, attribute, None), str):
            place = item.document.where((*keys, attribute))
            yield from (evolve(fault, location=place) for fault in words_amiss(text, name))


@frozen(kw_only=True)
class HouseWord:
    """A word that the house style does not use, and what to write instead."""

    word: str
    write: str


@cache
def _house_words() -> tuple[tuple[re.Pattern[str], HouseWord], ...]:
    words = DataFile.open("house-words.yaml").all(HouseWord)
    return tuple((re.compile(rf"\b{re.escape(one.word)}\b", re.IGNORECASE), one) for one in words)


def words_amiss(text: str, statement: str) -> Iterator[Fault]:
    """Where a text departs from the house style.

    >>> for fault in words_amiss("Tell somebody. Be brief.", "brevity"):
    ...     print(fault.message, fault.hint)
    brevity: the house style does not use 'somebody'. Write: someone.
    """
    for pattern, one in _house_words():
        if pattern.search(text):
            yield faults.WORD_NOT_OF_THE_HOUSE.at(statement=statement, word=one.word, instead=one.write)
    longest = max((len(sentence.split()) for sentence in re.split(r"(?<=[.?!])\s", text)), default=0)
    if longest > MOST_WORDS:
        yield faults.SENTENCE_TOO_LONG.at(statement=statement, words=longest, most=MOST_WORDS)
