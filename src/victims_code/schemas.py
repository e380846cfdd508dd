"""JSON Schema of the documents the library reads and writes, for editors, forms and other languages.

The schemas are made from the types and ship as files, so that asking for one reads a file and imports nothing else. A
schema says what can be said of a document by itself; what needs the rest of the record or of the law, such as a date
before the offence, only the loaders find.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from victims_code import faults
from victims_code.arguments import need_text
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.reading.data_files import data_folder

SCHEMAS: Mapping[str, str] = {
    "assessment": "the JSON result of an assessment",
    "case": "a case file",
    "duty": "the duties of one part of an edition, a file of a folder of data/editions",
    "edition": "an edition of the Code, edition.yaml",
    "eligibility": "whom an edition covers, eligibility.yaml",
    "mapping": "a mapping of a local extract",
    "return": "a return of figures in JSON",
}
"""The documents of which there is a schema; the parts of an area's folder have one too, see :func:`schemas`."""


def schemas() -> Mapping[str, str]:
    """What there is a schema for: the documents, and then the parts of an area's folder.

    >>> schemas()["awards"]
    "grants and contracts, awards.yaml in an area's folder"
    """
    from victims_code.commissioning.area_folder import PARTS  # asking for one schema reads a file and imports no more

    parts = {part.name: f"{part.title}, {part.where} in an area's folder" for part in PARTS.values()}
    return {**SCHEMAS, **parts}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document, as plain data.

    :param name: one of :func:`schemas`, such as ``case``, ``assessment`` or ``awards``.
    :raises UnknownNameError: naming the nearest ones.

    >>> schema("case")["required"]
    ['reference', 'victims']
    >>> schema("cases")
    Traceback (most recent call last):
    ...
    victims_code.errors.UnknownNameError: schema: There is no schema 'cases'. Did you mean 'case'? [VC-NAME-001]
    """
    need_text(name, "name", 'Pass a name such as "case".')
    if name not in SCHEMAS and name not in (known := schemas()):
        raise UnknownNameError(
            faults.NO_SUCH_NAME.at("schema", kind="schema", name=name, nearest=did_you_mean(name, known))
        )
    text = (data_folder() / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read
