"""Make ``data/offences/offences.tsv`` from the standing data that the Ministry of Justice publishes.

    npm pack @moj-bichard7-developers/bichard7-next-data@2.0.414
    python tools/build_offences.py moj-bichard7-developers-bichard7-next-data-2.0.414.tgz

The package is under the MIT licence; see LICENCE-DATA.md. The table keeps what a classification needs: code, Home
Office class, kind and title. Codes that have not the national form are left out: single forces gave them out, often
with a class that does not fit (``01IC600001``, an indecency, stands under murder), so they prove nothing.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from pathlib import Path
from typing import IO

NATIONAL = re.compile(r"(COML|[A-Z]{2}\d{2})\d{3}[A-Z]?")
OUT = Path(__file__).resolve().parent.parent / "data" / "offences" / "offences.tsv"


def main(archive: str) -> None:
    """Read the package, write the table."""
    with tarfile.open(archive) as package:
        about = json.load(member(package, "package.json"))
        offences = json.load(member(package, "data/offence-code.json"))
    rows = sorted(
        (offence["cjsCode"], offence["homeOfficeClassification"], offence["offenceCategory"], title(offence))
        for offence in offences
        if NATIONAL.fullmatch(offence["cjsCode"])
    )
    head = f"# {about['name']} {about['version']}, {about['license']} licence: code, Home Office class, kind, title\n"
    text = head + "".join("\t".join(row) + "\n" for row in rows)
    OUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(rows)} of {len(offences)} codes have the national form; {OUT.stat().st_size:,} bytes")


def member(package: tarfile.TarFile, name: str) -> IO[bytes]:
    """A file of the package."""
    found = package.extractfile(f"package/{name}")
    assert found is not None, name
    return found


def title(offence: dict[str, object]) -> str:
    """The title on one line, without the strokes some end with."""
    return " ".join(str(offence["offenceTitle"]).replace("|", " ").split())


if __name__ == "__main__":
    main(*sys.argv[1:])
