"""Build the wheel and the sdist twice, install the wheel alone into an empty environment, and test it there.

Every file of the wheel is compared with the checkout. Of the tests those are run that tell most of an installed
package: the worked cases, the law, the command line, the extras and what the package says of itself. They come from the
sdist, without `src`, so that only the wheel can be what is tested. The requirements of the tests are the arguments;
they are installed in the versions of ``constraints.txt``, while the other checks take the newest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

from build import ProjectBuilder
from build.env import DefaultIsolatedEnv

ROOT = Path(__file__).resolve().parents[1]
TOLD_BY = ["cases", "law", "cli", "test_extras.py", "test_metadata.py", "test_portability.py"]
"""What is run of ``tests``."""
FIRST = (
    "import victims_code as vc; from datetime import date; print(vc.__file__);"
    " print(vc.deadline('inform-suspect-arrested', on=date(2026, 4, 2), track='standard').due)"
)
COMPILED = (
    "import sys, victims_code as vc; vc.VictimsCode.load(); print(vc.england_and_wales().version);"
    " sys.exit('The law was not read from its compiled form' if 'yaml' in sys.modules else 0)"
)
EXAMPLE = ["assess", str(ROOT / "examples" / "case.yaml"), "--as-at", "2026-04-20"]


def main(requirements: list[str]) -> None:
    """Check the wheel and the sdist."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel, sdist = built_twice(folder)
        complete(wheel)
        venv.create(folder / "empty", with_pip=True)
        python = folder / "empty" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, wheel, cwd=folder)
        run(python, "-c", FIRST, cwd=folder)
        run(python, "-c", COMPILED, cwd=folder)
        run(*pip, f"{wheel}[cli]", cwd=folder)
        run(python, "-m", "victims_code", *EXAMPLE, cwd=folder)
        run(*pip, "--constraint", ROOT / "constraints.txt", wheel, *requirements, cwd=folder)
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        unpacked = folder / sdist.name.removesuffix(".tar.gz")
        shutil.rmtree(unpacked / "src")
        tests = [f"tests/{name}" for name in TOLD_BY]
        run(python, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *tests, cwd=unpacked)
        print(f"Good: {wheel.name} and {sdist.name}")


def built_twice(folder: Path) -> Iterator[Path]:
    """The wheel and the sdist, each of which comes out the same to the byte when it is built again."""
    os.environ["SOURCE_DATE_EPOCH"] = "1764028800"
    with DefaultIsolatedEnv() as environment:
        builder = ProjectBuilder.from_isolated_env(environment, ROOT)
        environment.install(builder.build_system_requires)
        for kind in ("wheel", "sdist"):
            environment.install(builder.get_requires_for_build(kind))
            once, again = (Path(builder.build(kind, folder / place)) for place in ("once", "again"))
            if once.read_bytes() != again.read_bytes():
                sys.exit(f"{once.name} is another one when it is built again")
            yield once


def complete(wheel: Path) -> None:
    """Stop unless the wheel holds every file of the package and of the data, the compiled data, and no other."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {member for member in archive.namelist() if member.startswith("victims_code/")}
    compiled = {f"victims_code/data/compiled/{name}.json" for name in ("calendar", "law", "vocabulary")}
    folders = {"victims_code": ROOT / "src" / "victims_code", "victims_code/data": ROOT / "data"}
    wanted = {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= compiled
    if inside != wanted:
        sys.exit(f"{wheel.name} lacks {sorted(wanted - inside)} and has {sorted(inside - wanted)} too many")


def run(*command: object, cwd: Path) -> None:
    """Run a program and stop with its exit status if it fails."""
    status = subprocess.run(list(map(str, command)), cwd=cwd, check=False).returncode
    if status:
        sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
