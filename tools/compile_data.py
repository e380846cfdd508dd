"""Compile the law, the vocabulary and the calendar, as the wheel has them; the build of the wheel calls this."""

from __future__ import annotations

from pathlib import Path

from victims_code.law import load_law
from victims_code.law.loader import parts_of
from victims_code.reading.compiled import FOLDER, compiled
from victims_code.reading.data_files import data_folder
from victims_code.vocabulary import load_vocabulary
from victims_code.working_days.proclaimed import proclaimed


def write_compiled(folder: Path) -> list[Path]:
    """Write the compiled files of the packaged data to a folder.

    :raises LawDataError: if the data has a fault, so that no wheel is made of it.
    """
    things = {"law": parts_of(load_law()), "vocabulary": load_vocabulary(), "calendar": proclaimed()}
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    written = []
    for name, thing in things.items():
        written.append(folder / FOLDER / f"{name}.json")
        written[-1].write_text(compiled(name, thing, data_folder()), encoding="utf-8", newline="\n")
    return written
