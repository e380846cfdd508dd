"""Files of law while they are written: edited so that comments and layout stay, and put in their places together."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from victims_code import faults
from victims_code.errors import LawDataError
from victims_code.extras import need
from victims_code.law import read_law_files
from victims_code.reading.writing import write_aside

_LAW = ("editions.yaml", "lineage.yaml", "readings.yaml", "sources.yaml")
_FOLDERS = ("cross-references", "definitions", "editions", "provisions", "schemes", "special-measures")


def law_names(root: Path) -> Iterator[str]:
    """The names of the files of law in a folder, below it."""
    yield from (name for name in _LAW if (root / name).is_file())
    for folder in _FOLDERS:
        yield from (path.relative_to(root).as_posix() for path in sorted((root / folder).rglob("*.yaml")))


def edited(text: str, change: Callable[[Any], None]) -> str:
    """A YAML text after a change of what it holds, with its comments and its layout.

    :param change: alters the lists and groups of keys of the text in place.
    :raises MissingExtraError: if ruamel.yaml is not installed (``pip install "victims-code[law]"``).

    >>> def later(data):
    ...     data[0]["within"] = 7
    >>> print(edited("# Deadlines.\\n\\n- {within: 5, unit: day}  # as printed\\n", later), end="")
    # Deadlines.
    <BLANKLINE>
    - {within: 7, unit: day}  # as printed
    """
    yaml = _round_trip()
    data = yaml.load(text)
    change(data)
    written = io.StringIO()
    yaml.dump(data, written)
    if isinstance(data, list):  # ruamel.yaml indents a list also where nothing is around it
        return re.sub(r"^  ", "", written.getvalue(), flags=re.MULTILINE)
    return written.getvalue()


def flow(text: str) -> Any:
    """A piece of YAML on one line, to be put into what :func:`edited` changes."""
    return _round_trip().load(text)


def _round_trip() -> Any:
    need("law", "ruamel.yaml", feature="Files of law that are edited")
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 1_000_000  # a line is as long as it was written
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda representer, _: representer.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def write_law(root: Path, texts: Mapping[str, str]) -> None:
    """Write files of a folder of law together: aside first, where the whole is read, and then into their places.

    :param texts: the files by their names below the folder.
    :raises LawDataError: if the law with them would have a fault, or a file is only to be read, with every one; then
        nothing is written.
    """
    root.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=root.parent, prefix=f".{root.name}-") as made:
        aside = Path(made)
        for name in law_names(root):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, aside / name)
        for name, text in texts.items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_text(text, encoding="utf-8", newline="\n")
        if wrong := read_law_files(aside).faults:
            raise LawDataError(*wrong)
        if kept := [name for name in texts if (root / name).exists() and not os.access(root / name, os.W_OK)]:
            reason = os.strerror(errno.EACCES)
            raise LawDataError(*(faults.FILE_NOT_WRITTEN.at(str(root / name), reason=reason) for name in kept))
        for name, text in texts.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            write_aside(root / name, text)
