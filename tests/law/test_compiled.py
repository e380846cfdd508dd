"""The compiled law of the wheel: the same things as the YAML, and put aside as soon as it is not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping

import pytest
from attrs import fields, has

from compile_data import write_compiled
from victims_code.law import Edition, load_law
from victims_code.law.loader import parts_of
from victims_code.reading import compiled as room
from victims_code.reading.compiled import read_compiled
from victims_code.reading.data_files import data_folder
from victims_code.vocabulary import load_vocabulary
from victims_code.working_days.proclaimed import proclaimed

MADE = {"law": lambda: parts_of(load_law()), "vocabulary": load_vocabulary, "calendar": proclaimed}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The data as a wheel has it."""
    folder = tmp_path_factory.mktemp("installed") / "data"
    shutil.copytree(data_folder(), folder)
    write_compiled(folder)
    return folder


@pytest.fixture
def data(installed, tmp_path, monkeypatch):
    """A copy of it to change, which is read in place of that of the checkout."""
    folder = tmp_path / "data"
    shutil.copytree(installed, folder)
    monkeypatch.setattr(room, "data_folder", lambda: folder)
    return folder


def differences(one, other, at=""):
    """Where two things differ, looking into editions too, which are compared by identity."""
    if type(one) is not type(other):
        yield f"{at}: {type(one).__name__} and {type(other).__name__}"
    elif isinstance(one, Mapping):
        if list(one) != list(other):
            yield f"{at}: other keys"
        for key in one:
            yield from differences(one[key], other.get(key), f"{at}.{key}")
    elif isinstance(one, tuple):
        if len(one) != len(other):
            yield f"{at}: {len(one)} and {len(other)}"
        for n, (mine, theirs) in enumerate(zip(one, other, strict=False)):
            yield from differences(mine, theirs, f"{at}[{n}]")
    elif has(type(one)):
        for part in fields(type(one)):
            yield from differences(getattr(one, part.name), getattr(other, part.name), f"{at}.{part.name}")
    elif one != other:
        yield f"{at}: {one!r} and {other!r}"


@pytest.mark.parametrize("name", MADE)
def test_it_gives_the_same_things_as_the_yaml(name, installed, monkeypatch):
    monkeypatch.setattr(room, "data_folder", lambda: installed)
    assert list(differences(read_compiled(name), MADE[name]())) == []


@pytest.mark.parametrize("edition", load_law().editions)
def test_every_edition_is_whole(edition, installed, monkeypatch):
    monkeypatch.setattr(room, "data_folder", lambda: installed)
    found = read_compiled("law")["editions"][edition]
    assert isinstance(found, Edition)
    assert list(found.duties) == list(load_law().editions[edition].duties)
    assert list(differences(found, load_law().editions[edition])) == []


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("law", "editions/code-2021/right-06-investigation-and-prosecution.yaml"),
        ("law", "provisions/victims-and-prisoners-act-2024.yaml"),
        ("vocabulary", "vocabulary/facts.yaml"),
        ("calendar", "calendars/england-and-wales.yaml"),
    ],
)
def test_a_changed_file_is_noticed_and_said(name, file, data):
    written = (data / file).read_text(encoding="utf-8")
    (data / file).write_text(written + "# a change\n", encoding="utf-8")
    with pytest.warns(UserWarning, match=rf"compiled/{name}\.json: .* The YAML files are read instead\. .*VC-LAW-102"):
        assert read_compiled(name) is None


def test_a_file_that_is_taken_out_or_added_is_noticed(data):
    (data / "schemes" / "another.yaml").write_text("id: another\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="VC-LAW-102"):
        assert read_compiled("law") is None


def test_line_ends_of_windows_are_no_change(data):
    file = data / "lineage.yaml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_compiled("law")["lineage"] == load_law().lineage


def test_that_of_another_version_is_not_used(data, monkeypatch):
    monkeypatch.setattr(room, "__version__", "0.0.9")
    with pytest.warns(UserWarning, match="by another version of victims-code"):
        assert read_compiled("law") is None


@pytest.mark.parametrize("kind", ["os:system", "reading.compiled:Path", "law.nothing:Law", "law.loader:_files"])
def test_what_is_no_thing_of_this_package_is_not_built(kind, data):
    file = data / "compiled" / "calendar.json"
    packed = json.loads(file.read_bytes())
    packed["kinds"][0] = kind
    file.write_text(json.dumps(packed), encoding="utf-8")
    with pytest.warns(UserWarning, match="VC-LAW-102"):
        assert read_compiled("calendar") is None


def test_a_checkout_has_none_and_says_nothing():
    assert [read_compiled(name) for name in MADE] == [None, None, None] or "site-packages" in str(data_folder())


def test_a_compiled_law_reads_no_yaml(installed):
    program = (
        "import sys; from pathlib import Path; import victims_code.reading.data_files as files\n"
        f"files.data_folder = lambda: Path({str(installed)!r})\n"
        "import victims_code as vc; from datetime import date\n"
        "print(vc.VictimsCode.load().at(date(2026, 4, 2)).id, vc.england_and_wales().add(date(2026, 4, 2), 5))\n"
        "print([name for name in ('yaml', 'cattrs', 'workalendar', 'numpy') if name in sys.modules])\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8").stdout
    assert said.splitlines() == ["code-2021 2026-04-13", "[]"]
