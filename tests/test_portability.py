"""What would go wrong on another system: encodings of the machine, line ends, names of files."""

from __future__ import annotations

import ast
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import victims_code as vc
from victims_code import __main__ as command
from victims_code.law import load_law
from victims_code.reading.data_files import data_folder

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = [
    path
    for place in (
        Path(vc.__file__).parent,
        *(ROOT / name for name in ("tests", "tools", "benchmarks", "examples", "docs")),
    )
    for path in place.rglob("*.py")
]
_RESERVED = re.compile(r'(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$|[<>:"|?*\\]|[. ]$')


def calls_without_encoding(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = {keyword.arg for keyword in node.keywords}
        bare = isinstance(node.func, ast.Name)
        binary = any(isinstance(a, ast.Constant) and "b" in str(a.value) for a in node.args[1:2])
        if (
            (name in ("write_text", "read_text") and "encoding" not in given)
            or (name == "open" and bare and not binary and "encoding" not in given)
            or (name in ("run", "Popen") and "text" in given and "encoding" not in given)
        ):
            yield f"{path.name}, line {node.lineno}: {name} without an encoding"


def test_every_file_is_read_and_written_in_a_stated_encoding():
    assert len(SCRIPTS) > 250
    assert [problem for path in SCRIPTS for problem in calls_without_encoding(path)] == []


def test_the_check_for_encodings_finds_what_it_looks_for(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("p.read_text()\nopen('x')\nopen('x', 'rb')\nrun([], text=True)\n", encoding="utf-8")
    assert len(list(calls_without_encoding(script))) == 3


def capitals_set_by_hand(text):
    """Lines that set a capital letter in another way than ``printable.capitalised``, which keeps CPS as it is."""
    return re.findall(r"\.capitalize\(\)|(?<!text)\[:?[01]\]\.upper\(\) ?\+|\[:?[01]\]\.upper\(\)\}", text)


def test_capital_letters_are_set_in_one_way():
    found = {
        path.name: capitals_set_by_hand(path.read_text(encoding="utf-8"))
        for path in Path(vc.__file__).parent.rglob("*.py")
    }
    assert {name for name, lines in found.items() if lines} == set()
    assert len(capitals_set_by_hand('f"{a[:1].upper()}{a[1:]}" + b[0].upper() + b[1:] + c.capitalize()')) == 3


def test_every_file_can_have_its_name_on_windows():
    names = [
        path.relative_to(ROOT) for place in ("data", "tests", "docs", "examples") for path in (ROOT / place).rglob("*")
    ]
    assert [name for name in names if any(_RESERVED.search(part) for part in name.parts)] == []
    spelled = [name.as_posix().casefold() for name in names]
    assert len(spelled) == len(set(spelled))


def test_line_ends_of_windows_change_neither_the_law_nor_its_mark(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert load_law(folder).data_hash == load_law().data_hash


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_the_command_writes_utf_8_whatever_the_machine_writes(encoding, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text("reference: Łódź → 1\nvictims: [{reference: V1}]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "victims_code", "assess", str(case), "--as-at", "2026-04-20", "--format", "markdown"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.stderr == b""
    assert "Łódź → 1" in done.stdout.decode("utf-8")


def test_a_terminal_keeps_its_own_encoding(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    terminal, file = Terminal(io.BytesIO(), encoding="cp1252"), io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", file)
    command._write_utf_8()
    assert (terminal.encoding, file.encoding) == ("cp1252", "utf-8")
