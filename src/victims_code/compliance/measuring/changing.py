"""Changing: obligations under a changed Code, of which only what the change touches is worked out again."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from types import MappingProxyType

from attrs import evolve

from victims_code import faults
from victims_code.code import VictimsCode
from victims_code.compliance.measuring.grouping import dimensions
from victims_code.compliance.measuring.obligations import Obligations
from victims_code.errors import WrongValueError
from victims_code.law import Edition


def under(obligations: Obligations, code: VictimsCode) -> Obligations:
    """The obligations under a changed Code: the duties it changes worked out again, the others as they are.

    They share the connection of those under the law.

    :raises WrongValueError: if the record behind the obligations is not known, or the Code changes nothing of it.
    """
    if obligations.again is None:
        raise WrongValueError(faults.WHAT_IF_WITHOUT_A_RECORD.at("changed"))
    (base,) = obligations.code.editions.keys() - code.editions.keys() or (None,)
    (new,) = code.editions.keys() - obligations.code.editions.keys() or (None,)
    if base is None or new is None or obligations.cautions:
        raise WrongValueError(faults.WHAT_IF_WITHOUT_LAW.at("changed"))
    touched = _touched(obligations.code.editions[base], code.editions[new])
    table = f"under_{new}"
    with tempfile.TemporaryDirectory(prefix="victims-code-") as folder:
        path = str(Path(folder) / "again.parquet").replace("'", "''")
        with obligations.again(_narrowed(code, new, touched)) as again:
            again.run(f"COPY (SELECT * FROM {again.table} WHERE edition = '{new}') TO '{path}' (FORMAT parquet)")
        listed = ", ".join(f"'{duty}'" for duty in touched)
        kept = f"edition = '{base}' AND duty IN ({listed})"
        obligations.run(
            f'CREATE OR REPLACE TABLE "{table}" AS'
            f" SELECT * REPLACE (CASE WHEN edition = '{base}' THEN '{new}' ELSE edition::VARCHAR END AS edition)"
            f" FROM obligation WHERE NOT ({kept}) UNION ALL BY NAME SELECT * FROM read_parquet('{path}')"
        )
    editions = tuple(new if edition == base else edition for edition in obligations.editions)
    own = [name for name, dimension in obligations.dimensions.items() if dimension.own]
    return evolve(
        obligations,
        code=code,
        editions=editions,
        dimensions=MappingProxyType({d.name: d for d in dimensions(code, editions, own)}),
        table=f'"{table}"',
        filter=None,
    )


def _touched(base: Edition, new: Edition) -> Collection[str]:
    """The duties whose deadline the change alters; where it alters Enhanced Rights, all that have a deadline."""
    if base.eligibility != new.eligibility:
        return tuple(new.duties)
    return tuple(id_ for id_, duty in new.duties.items() if duty.deadline != base.duties[id_].deadline)


def _narrowed(code: VictimsCode, edition: str, duties: Collection[str]) -> VictimsCode:
    """The Code with no duties but some of one edition."""
    editions = {
        id_: evolve(
            one, duties=MappingProxyType({d: one.duties[d] for d in one.duties if id_ == edition and d in duties})
        )
        for id_, one in code.law.editions.items()
    }
    return VictimsCode(law=evolve(code.law, editions=MappingProxyType(editions)))
