"""Court and police messages as JSON: read leniently, because a message is evidence and not a file of ours.

A case file in which a key is written twice is refused. A message is not: the first of the two values is used, and every
case of the message says so. Half a character (a lone surrogate) is replaced, and the case says that too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from os import PathLike

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import need_path
from victims_code.errors import CaseError
from victims_code.faults import Fault
from victims_code.missing_values import is_missing_word
from victims_code.reading.data_files import DataFile
from victims_code.reading.documents import file_bytes, read_json
from victims_code.reading.sources import FromOneSource

JsonSource = str | PathLike[str] | bytes | Mapping[str, object]
"""The path of a JSON file, JSON as bytes, or the message already read."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"


@frozen(kw_only=True)
class Message:
    """A message once read: its data, the name of its file if it has one, and what every case of it has to say."""

    data: object
    file: str
    notes: tuple[Fault, ...] = field(default=())


def read_message(source: JsonSource) -> Message:
    """The message of a source.

    :raises CaseError: if it is not JSON, or nested too deeply.
    """
    if isinstance(source, Mapping):
        return _whole(dict(source), "", ())
    if isinstance(source, bytes):
        file, content = "message", source
    else:
        path = need_path(source, "source")
        file, content = path.name, file_bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError(faults.MESSAGE_NOT_UTF_8.at(file)) from None
    document = read_json(text, source=file, collect_faults=True)
    return _whole(document.data, file, tuple(_twice(document.faults)))


def _twice(found: Iterable[Fault]) -> Iterator[Fault]:
    for fault in found:
        if fault.code == "VC-FILE-002":
            yield faults.KEY_TWICE_IN_A_MESSAGE.at(fault.location, problem=fault.message)


def _whole(data: object, file: str, notes: tuple[Fault, ...]) -> Message:
    """The message without half characters, which no output could write."""
    with nested_safely(file):
        whole, halves = _mended(data)
    if halves:
        texts = f"{halves} text holds" if halves == 1 else f"{halves} texts hold"
        notes = (*notes, faults.HALF_CHARACTERS_REPLACED.at(file, texts=texts, sign=_REPLACED))
    return Message(data=whole, file=file, notes=notes)


def _mended(data: object) -> tuple[object, int]:
    """The data with every lone surrogate replaced, and how many texts had one."""
    halves = 0

    def mend(value: object) -> object:
        nonlocal halves
        if isinstance(value, str):
            whole = value.encode("utf-8", errors="surrogatepass").decode("utf-8", errors="replace")
            halves += whole != value
            return whole
        if isinstance(value, Mapping):
            return {mend(key): mend(inner) for key, inner in value.items()}
        return [mend(inner) for inner in value] if isinstance(value, list) else value

    return mend(data), halves


def written_text(value: object) -> str | None:
    """Text that says something, or a number as text: some systems write codes without quotation marks."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    said = value.strip() if isinstance(value, str) else ""
    return None if not said or is_missing_word(said) else said


@contextmanager
def nested_safely(file: str) -> Iterator[None]:
    """Raise a :class:`CaseError` where a message is nested too deeply to be walked through."""
    try:
        yield
    except RecursionError:
        raise CaseError(faults.MESSAGE_NESTED_TOO_DEEPLY.at(file)) from None


# --- names that no such message is known to have ------------------------------------------------------------------

_SHOWN = 5
_A_NAME = re.compile(r"[A-Za-z_][\w-]{0,39}", re.ASCII)


@frozen(kw_only=True)
class _NamesOfMessages(FromOneSource):
    """The names of keys or elements in messages of one kind."""

    message: str
    names: tuple[str, ...]


@cache
def _known_names(kind: str) -> frozenset[str]:
    listed = DataFile.open("adapters/names-in-messages.yaml").each(_NamesOfMessages).values()
    return next(frozenset(one.names) for one in listed if one.message == kind)


def names_of_keys(data: object) -> Iterator[str]:
    """Every key of a message, once for each time it is there."""
    if isinstance(data, Mapping):
        yield from map(str, data)
    for inner in data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ():
        yield from names_of_keys(inner)


def names_not_known(kind: str, names: Iterable[str], where: str) -> Iterator[Fault]:
    """A warning with the number of names that no message of a kind is known to have, with what may be meant.

    This is the one rule for messages of all kinds: nothing that is written under another name is lost without a word.
    A name that is not made as names are is counted and not shown, since it may be what should have been a value.

    :param kind: how ``data/adapters/names-in-messages.yaml`` calls such messages.

    >>> [str(fault) for fault in names_not_known("common-platform", ["hearing", "arestDate"], "x.json")][0][:94]
    "x.json: 1 name is not known in such a message, so what is there was not read: 'arestDate' (did"
    """
    known = _known_names(kind)
    found = [name for name in dict.fromkeys(names) if name not in known]
    if found:
        listed = [f"{name!r}{_meant(name, known)}" for name in found if _A_NAME.fullmatch(name)][:_SHOWN]
        listed += [f"{len(found) - len(listed)} more"] if len(listed) < len(found) else []
        count = "1 name is not" if len(found) == 1 else f"{len(found)} names are not"
        yield faults.NAMES_NOT_KNOWN.at(where, count=count, names=", ".join(listed))


def _meant(name: str, known: Collection[str]) -> str:
    meant = get_close_matches(name, known, n=1, cutoff=0.8)
    return f" (did you mean {meant[0]!r}?)" if meant else ""
