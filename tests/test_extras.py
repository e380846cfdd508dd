"""The package works without any extra, and a part that needs one says what to install."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import requires
from pathlib import Path

import pytest

import victims_code
from victims_code.errors import MissingExtraError
from victims_code.extras import need

PACKAGE = Path(victims_code.__file__).parent
RUNTIME = {"attrs", "cattrs", "dateutil", "yaml", "workalendar"}
OFFERED = {"pandas", "polars"}
"""What no one installs for the library: whoever asks for a frame of theirs has them."""

BLOCK = """
import sys
from importlib.abc import MetaPathFinder

class Without(MetaPathFinder):
    names = set()
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Without())
"""

ONE_BY_ONE = """
import io, json, sys
from contextlib import redirect_stdout
from traceback import format_exc

def modules_of(names):
    return [name for name in sys.modules if name.partition(".")[0] in names]

todo = json.load(sys.stdin)
Without.names = set(todo["optional"])
with redirect_stdout(io.StringIO()) as printed:
    exec(todo["plain"], {})
said = [printed.getvalue()]
before = set(sys.modules)
for module, script in todo["scripts"]:
    Without.names = {module.partition(".")[0]}
    hidden = {name: sys.modules.pop(name) for name in modules_of(Without.names)}
    try:
        exec(script, {})
        said.append("nothing")
    except BaseException:
        said.append(format_exc())
    for name in sorted(modules_of({"victims_code"}), reverse=True):
        if name not in before:  # what is imported next finds nothing of ours that another script has imported
            parent, _, own = name.rpartition(".")
            vars(sys.modules[parent]).pop(own, None)
            del sys.modules[name]
    sys.modules.update(hidden)
print(json.dumps(said))
"""

CASE = """
from datetime import date
import victims_code as vc
case = vc.Case(reference="A1", victims=[vc.Victim(reference="V1")],
               events=[vc.Event(event="suspect-arrested", at=date(2026, 4, 2), suspect="S1")])
result = vc.VictimsCode.load().assess(case, as_at=date(2026, 4, 20))
"""

BULK = """
from datetime import date
from victims_code import bulk
bulk.assess(bulk.Tables(events=[], victims=[]), as_at=date(2026, 4, 20))
"""

SPARK = """
from datetime import date
from victims_code.bulk import spark
spark.assess(None, None, as_at=date(2026, 4, 20))
"""

ODS = (
    "from victims_code.errors import ReturnError; from victims_code.tabular import read_workbook;"
    " read_workbook(b'', '.ods', 'a.ods', error=ReturnError)"
)

XLS = ODS.replace(".ods", ".xls")

FRAME = """
from victims_code.adapters.extracts import ExtractMapping, read_extract
from victims_code.adapters.extracts.mapping import DateForm, Identifying
class Frame:
    __dataframe__ = None
read_extract(ExtractMapping(name="", source="", dates=DateForm.EXCEL, rows=Identifying(case="C")), Frame())
"""

SYNTHETIC = "from victims_code.testing.synthetic import write_force; write_force('not-written', crimes=1, year=2025)"

REPORT = (
    CASE
    + "from victims_code import compliance\ncompliance.report([result], as_at=date(2026, 4, 20)).write('not-written')"
)

NEEDS = {
    ("html", "jinja2"): CASE + "result.to_html()",
    ("ics", "icalendar"): CASE + "result.to_icalendar()",
    ("spi", "defusedxml"): "from victims_code.adapters import spi; spi.read_cases(b'<x/>')",
    ("excel", "openpyxl"): "from victims_code.commissioning.returns import Return; Return.from_xlsx(b'')",
    ("excel", "defusedxml"): "from victims_code.commissioning.returns import Return; Return.from_xlsx(b'')",
    ("excel", "python_calamine"): ODS,
    ("excel", "xlrd"): XLS,
    ("law", "ruamel.yaml"): "from victims_code.drafting.files import edited; edited('a: 1', print)",
    ("frames", "narwhals"): FRAME,
    ("stats", "scipy"): ("from victims_code.figures.intervals import wilson; wilson(8, 10)"),
    ("bulk", "sqlglot"): "from victims_code import bulk; bulk.sql('spark')",
    ("bulk", "duckdb"): BULK,
    ("bulk", "pyarrow"): BULK,
    ("report", "duckdb"): REPORT,
    ("report", "matplotlib"): REPORT,
    ("spark", "pyspark"): SPARK,
    ("spark", "sqlglot"): SPARK,
    ("testing", "hypothesis"): "import victims_code.testing.strategies",
    ("testing", "numpy"): SYNTHETIC,
    ("testing", "pyarrow"): SYNTHETIC,
}


PLAIN = (
    CASE
    + """
from victims_code.schemas import schema
print(len(result.obligations[0].explain().to_text()) > 100, len(result.to_markdown()) > 500,
      result.to_csv().count('\\r\\n') > 3, result._repr_html_(), schema('case')['title'])
"""
)


def run(script, given=""):
    return subprocess.run(
        [sys.executable, "-c", BLOCK + script],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def said():
    """What the plain script prints where no extra is, and then, one by one, what each needing one raises without it."""
    optional = [*optional_imports(), "numpy"]
    scripts = [(module, script) for (_, module), script in NEEDS.items()]
    done = run(ONE_BY_ONE, json.dumps({"optional": optional, "plain": PLAIN, "scripts": scripts}))
    assert done.stderr == ""
    plain, *raised = json.loads(done.stdout)
    return {"plain": plain} | dict(zip(NEEDS, raised, strict=True))


@cache
def optional_imports():
    """The modules outside the standard library that the package imports and does not itself require."""
    own = {*sys.stdlib_module_names, "victims_code", *RUNTIME, "attr", "typing_extensions"}  # the last has a stand-in
    return {
        name.partition(".")[0]
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
        if name.partition(".")[0] not in own
    }


def test_every_optional_import_is_tried_below():
    tried = {module.partition(".")[0] for _, module in NEEDS}
    assert optional_imports() == tried | OFFERED | {"click", "rich", "pytest"}


def test_without_any_extra_a_case_is_read_assessed_explained_and_shown(said):
    assert said["plain"].split() == ["True", "True", "True", "None", "A", "case", "file"]


@pytest.mark.parametrize(("extra", "module"), NEEDS, ids=lambda value: str(value))
def test_a_part_without_its_extra_says_what_to_install(said, extra, module):
    told = said[extra, module].rpartition("MissingExtraError")[2]
    assert told != said[extra, module], told
    (line,) = [line for line in told.splitlines() if f"{module} is not installed" in line or f"{module}, which" in line]
    assert f'python -m pip install "victims-code[{extra}]"' in line


@pytest.mark.parametrize("module", ["click", "rich"])
def test_the_command_without_its_extra_says_what_to_install(module):
    done = run(f"Without.names = {{{module!r}}}; from victims_code.__main__ import main; main()")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Commands need {module}, which is not installed. Install it with:"
        ' python -m pip install "victims-code[cli]" [VC-NAME-003]'
    )


def test_everything_that_is_missing_is_named_at_once():
    with pytest.raises(MissingExtraError) as problem:
        need("bulk", "no_such_one", "json", "no_such_other", feature="Tables")
    assert [fault.message.split()[2] for fault in problem.value.faults] == ["no_such_one,", "no_such_other,"]


def test_every_extra_that_a_message_names_exists_and_brings_the_module():
    brought = [line for line in requires("victims-code") or () if "extra ==" in line]
    for extra, module in NEEDS:
        name = module.replace("_", "[-_]")
        assert any(
            re.match(rf"{name}\b", line, re.IGNORECASE) and re.search(rf"extra == ['\"]{extra}['\"]", line)
            for line in brought
        ), (extra, module)


def test_what_the_package_imports_always_it_requires():
    project = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.match(r"[\w-]+", line)[0] for line in project["project"]["dependencies"]}  # type: ignore[index]
    assert names == {"attrs", "cattrs", "python-dateutil", "pyyaml", "workalendar", "tzdata"}
