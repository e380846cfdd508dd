"""Write the JSON Schemas anew: ``python tools/write_schemas.py``, after a change of types, vocabulary or version."""

from __future__ import annotations

from pathlib import Path

from victims_code.schemas import SCHEMAS
from victims_code.schemas.making import as_text, make_schema

FOLDER = Path(__file__).resolve().parents[1] / "data" / "schemas"


def main() -> None:
    """Write one file for each schema."""
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / f"{name}.schema.json").write_text(as_text(make_schema(name)), encoding="utf-8", newline="\n")
        print(f"{name}.schema.json")


if __name__ == "__main__":
    main()
