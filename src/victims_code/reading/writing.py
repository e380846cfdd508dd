"""Changing files that people keep: an entry more in a list, and a file that is either the old one or the new one whole.

A reader that keeps comments and writes the file anew still evens out spaces and moves the comment under the last
entry. So the place of a new entry is looked up, and every other character stays as it was written.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from victims_code.reading.documents import Plain, write_yaml

_ESCAPED = re.compile(r"\\.")
_QUOTED_DATE = re.compile(r"'(\d{4}-\d\d-\d\d(?:T[\d:]+)?)'", re.ASCII)


def write_aside(path: Path, text: str) -> None:
    """Write a text file beside its place and then put it there, so that no one ever finds half of it.

    Line ends are kept as they are in ``text``; who may read a file that was there does not change. A link stays one.

    :raises OSError: if it cannot be written or is only to be read; what was there is as it was.
    """
    write_bytes_aside(path, text.encode("utf-8"))


def write_bytes_aside(path: Path, content: bytes) -> None:
    """The same for a file of any kind.

    :raises OSError: if it cannot be written or is only to be read; what was there is as it was.
    """
    path = path.resolve()
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    aside = path.parent / f".{path.name}.{os.getpid()}-unfinished"
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def write_all_aside(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files of a folder, which is made if need be: all beside their places first, and then all put there.

    A name may have a folder before it.

    :raises OSError: if one cannot be written; what was there is as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as aside:
        for name, content in contents.items():
            Path(aside, name).parent.mkdir(parents=True, exist_ok=True)
            Path(aside, name).write_bytes(content)
        for name in contents:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            Path(aside, name).replace(folder / name)


def with_entry(text: str, name: str, entry: Mapping[str, Plain]) -> str:
    """The text of a file with one more entry in one of its lists, written as the entry before it is.

    :param text: YAML or JSON that could be read, whose outermost part is a group of keys.
    :param name: the key of the list, which may be missing or empty.

    >>> print(with_entry("events:\\n  - {event: crime-reported, at: 2026-04-01}  # by phone\\n", "events",
    ...                  {"event": "suspect-arrested", "at": "2026-04-02"}), end="")
    events:
      - {event: crime-reported, at: 2026-04-01}  # by phone
      - {event: suspect-arrested, at: 2026-04-02}
    """
    from victims_code.reading.yaml_text import compose

    root = compose(_without_escapes(text))
    is_json = root.flow_style
    for key, value in root.value:
        if key.value == name:
            if value.id == "sequence" and value.value:
                return _after_the_last(text, value, entry, is_json)
            start = text.index(":", key.end_mark.index) + 1
            end = value.end_mark.index if value.start_mark.index > start else start
            return text[:start] + _first(entry, is_json, _line_break(text)) + text[end:]
    _, last = root.value[-1]
    if is_json:
        end = _end(last)
        return f"{text[:end]}, {json.dumps(name)}:{_first(entry, is_json, _line_break(text))}{text[end:]}"
    broken = _line_break(text)
    return text.rstrip() + f"{broken}{name}:{_first(entry, is_json, broken)}{broken}"


def without_last_entry(text: str, name: str) -> str:
    """The text of a file without the last entry of one of its lists; every other character stays.

    :param text: YAML or JSON that could be read, whose outermost part is a group of keys.
    :param name: the key of the list, which has an entry.

    >>> print(without_last_entry("events:\\n  - {event: crime-reported, at: 2026-04-01}  # by phone\\n"
    ...                          "  - {event: suspect-arrested, at: 2026-04-02}\\n", "events"), end="")
    events:
      - {event: crime-reported, at: 2026-04-01}  # by phone
    """
    from victims_code.reading.yaml_text import compose

    root = compose(_without_escapes(text))
    items = next(value for key, value in root.value if key.value == name)
    last = items.value[-1]
    if items.flow_style:
        start = _end(items.value[-2]) if len(items.value) > 1 else items.start_mark.index + 1
        return text[:start] + text[_end(last) :]
    dash = text.rfind("-", 0, last.start_mark.index + 1)
    start = text.rfind("\n", 0, dash) + 1
    line_end = text.find("\n", max(_end(last) - 1, 0))
    return text[:start] + ("" if line_end < 0 else text[line_end + 1 :])


def _without_escapes(text: str) -> str:
    """A text of the same length for looking up places: JSON has escapes that YAML has not, such as ``\\/``."""
    try:
        json.loads(text.removeprefix("\ufeff"))
    except ValueError:
        return text
    return _ESCAPED.sub("__", text)


def _after_the_last(text: str, items: Any, entry: Mapping[str, Plain], is_json: bool) -> str:
    """The text with an entry after the last of a list that has some."""
    last, broken = items.value[-1], _line_break(text)
    end, column = _end(last), last.start_mark.column
    if items.flow_style:
        line_start = text.rfind("\n", 0, last.start_mark.index) + 1
        own_line = not text[line_start : last.start_mark.index].strip()
        parted = f",{broken}{' ' * column}" if own_line else ", "
        long = is_json and last.start_mark.line != last.end_mark.line
        return text[:end] + parted + _written(entry, is_json, long, broken, column) + text[end:]
    line_end = text.find("\n", max(end - 1, 0))
    head, tail = (text, "") if line_end < 0 else (text[: line_end + 1], text[line_end + 1 :])
    head += "" if head.endswith("\n") else broken
    start = items.start_mark.column
    if last.flow_style:
        return f"{head}{' ' * start}- {_in_braces(entry)}{broken}{tail}"
    lines = bare_dates(write_yaml([dict(entry)])).splitlines()
    return head + "".join(f"{' ' * start}{line}{broken}" for line in lines) + tail


def _end(node: Any) -> int:
    """Where what is written of a value ends; the end of a block is that of the last value in it."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _first(entry: Mapping[str, Plain], is_json: bool, broken: str) -> str:
    """A list of one entry, as it stands after its key."""
    return f" [{json.dumps(entry, ensure_ascii=False)}]" if is_json else f"{broken}  - {_in_braces(entry)}"


def _written(entry: Mapping[str, Plain], is_json: bool, long: bool, broken: str, column: int) -> str:
    if not is_json:
        return _in_braces(entry)
    text = json.dumps(entry, ensure_ascii=False, indent=2 if long else None)
    return text.replace("\n", broken + " " * column)


def _in_braces(entry: Mapping[str, Plain]) -> str:
    return bare_dates(write_yaml(dict(entry), in_braces=True)).strip()


def bare_dates(written: str) -> str:
    """Dates without quotation marks, as people write them in case files."""
    return _QUOTED_DATE.sub(r"\1", written)


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
