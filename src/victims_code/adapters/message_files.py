"""Court and police messages as JSON: read leniently, because a message is evidence and not a file of ours.

A case file in which a key is written twice is refused. A message is not: the first of the two values is used, and every
case of the message says so. Half a character (a lone surrogate) is replaced, and the case says that too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from os import PathLike

from attrs import field, frozen

from victims_code import faults
from victims_code.arguments import need_path
from victims_code.errors import CaseError
from victims_code.faults import Fault
from victims_code.missing_values import is_missing_word
from victims_code.reading.documents import file_bytes, read_json

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
