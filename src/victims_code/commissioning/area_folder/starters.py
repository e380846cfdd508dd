"""A folder laid out to begin from: for each part a file with an example in comments, as ``data/`` has it."""

from __future__ import annotations

from pathlib import Path

from victims_code import faults
from victims_code.arguments import checked, need_path
from victims_code.commissioning.area_folder.parts import PARTS, AreaDetails, FolderPart
from victims_code.commissioning.area_folder.reading import RETURNS
from victims_code.commissioning.powers.areas import AreaName
from victims_code.errors import CommissioningError
from victims_code.printable import capitalised
from victims_code.reading.data_files import data_folder
from victims_code.reading.writing import write_aside

STARTERS = "commissioning/starters"
"""The folder of ``data/`` that is an area's folder itself, with one example in every part."""


@checked
def lay_out(folder: str | Path, area: AreaName | None = None) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Lay out a folder: for each part a file with an example in comments. A file that is there is left as it is.

    :param area: the police area, which ``area.yaml`` then says.
    :return: the files that were written, and those that were left.
    :raises CommissioningError: if a file cannot be written.
    """
    place = need_path(folder)
    written, kept = list[Path](), list[Path]()
    for part in PARTS.values():
        file = place / part.starter
        if file.exists():
            kept.append(file)
            continue
        text = _starter(part) if part.kind is not AreaDetails or area is None else AreaDetails(area=area).to_yaml()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            (place / RETURNS).mkdir(exist_ok=True)
            write_aside(file, text)
        except OSError as problem:
            raise CommissioningError(faults.FILE_NOT_WRITTEN.at(str(file), reason=problem.strerror)) from None
        written.append(file)
    return tuple(written), tuple(kept)


def _starter(part: FolderPart) -> str:
    """The file of a part as it is laid out: what it holds, how to begin, and an example in comments."""
    head = [
        f"{capitalised(part.title)}.",
        'The lines below are an example. Take the "# " away, and write your own.',
        f"What can be written here: victims-code schema {part.name}",
        *([f"Each can also be in a file of its own, in the folder {part.name}."] if part.many else []),
        "",
    ]
    example = (data_folder() / STARTERS / part.starter).read_text(encoding="utf-8").splitlines()
    return "".join(f"# {line}".rstrip() + "\n" for line in (*head, *example))
