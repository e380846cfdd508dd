"""SYNTHETIC data: a police force's year at any size, for benchmarks, demonstrations and tests. Nothing in it is real.

Every number behind it is invented: how many crimes fall on a Saturday, how many victims are told and how soon, how
many suspects are charged. They were chosen to give tables of a lifelike shape and rest on no statistic, so nothing may
be concluded from them about any force, group of people or provider. The tables say so too: in their case references,
in the metadata of every file, and in a ``READ-ME-SYNTHETIC.txt`` beside them.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from victims_code import faults
from victims_code.arguments import checked
from victims_code.bulk.tables import Tables
from victims_code.errors import WrongValueError
from victims_code.extras import need
from victims_code.testing.synthetic.shares import NOTICE, YEARS

__all__ = ["NOTICE", "write_force"]

_AT_ONCE = 50_000
"""Crimes made together; the memory it takes does not grow with the year."""


@checked
def write_force(folder: str | Path, *, crimes: int = 10_000, year: int = 2025, seed: int = 1) -> Tables:
    """Write a SYNTHETIC force's year as Parquet; the tables are ready for :func:`victims_code.bulk.assess`.

    There are about ten events a crime. Some crimes have a second offence, against a victim, no one of the case, or
    someone the record does not name. Columns beyond the contract are such as an analyst brings: ``crime_type`` and
    ``district`` of cases, ``age_band`` and ``ethnicity`` of victims. The same arguments give the same files.

    :param folder: where to write; it is made if need be, and files of these names are written over.
    :param crimes: how many crimes are reported in the year.
    :param year: the calendar year in which they are; what follows is on record up to 30 June of the next.
    :param seed: another number gives another force.
    :raises WrongValueError: if there is less than one crime, or the year is not one from 2022 to 2027.
    :raises MissingExtraError: if numpy or pyarrow is not installed (``pip install "victims-code[testing]"``).

    >>> from tempfile import TemporaryDirectory
    >>> import pyarrow.parquet
    >>> with TemporaryDirectory() as folder:
    ...     tables = write_force(folder, crimes=100, year=2025, seed=7)
    ...     pyarrow.parquet.read_table(tables.cases)["case_ref"][0].as_py()
    'SYNTHETIC/2025/00000001'
    """
    need("testing", "numpy", "pyarrow", feature="Synthetic forces")
    _make_sure(crimes, year)
    import pyarrow.parquet

    from victims_code.testing.synthetic.lots import TABLES, lot

    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / "READ-ME-SYNTHETIC.txt").write_text(f"{NOTICE}\n", encoding="utf-8")
    paths = {name: place / f"{name}.parquet" for name in TABLES}
    with ExitStack() as stack:
        writers: dict[str, pyarrow.parquet.ParquetWriter] = {}
        for first in range(0, crimes, _AT_ONCE):
            for name, table in lot(first, min(_AT_ONCE, crimes - first), year, seed).items():
                if name not in writers:
                    writer = pyarrow.parquet.ParquetWriter(paths[name], table.schema, compression="zstd")
                    writers[name] = stack.enter_context(writer)
                writers[name].write_table(table)
    return Tables(**paths)


def _make_sure(crimes: int, year: int) -> None:
    wrong = []
    if crimes < 1:
        wrong.append(faults.TOO_FEW_CRIMES.at("crimes", crimes=crimes))
    if year not in YEARS:
        wrong.append(faults.NO_FORCE_OF_THAT_YEAR.at("year", year=year, first=YEARS[0], last=YEARS[-1]))
    if wrong:
        raise WrongValueError(*wrong)
