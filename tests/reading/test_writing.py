"""Adding an entry to a list of a file: what was written stays, whatever the layout."""

from __future__ import annotations

import difflib
import os
import stat

import pytest

from victims_code.reading.documents import read_json, read_yaml
from victims_code.reading.writing import with_entry, write_aside

ENTRY = {"event": "suspect-arrested", "at": "2026-04-03", "suspect": "S1, [x]", "source": "007"}
LAYOUTS = {
    "flow entries": "a: 1\nevents:\n  - { event: x,   at: 1 }  # first\n\n# end\n\nb: 2\n",
    "block entries": "events:\n- event: x\n\n-   event: y\n    suspect: 'S1'   # last\n# end\nb: 2\n",
    "no list": "a: 1",
    "an empty list": "a: 1\nevents: []  # none yet\nb: 2\n",
    "nothing after the key": "a: 1\nevents:\n\nb: 2\n",
    "null": "a: 1\nevents: null\n",
    "a flow list": "events: [{event: x}]\nb: 2\n",
    "a flow list on lines": "events: [\n  {event: x},\n  {event: y}\n]\n",
    "long text at the end": "events:\n  - event: x\n    source: |\n      long\n      text\nb: 2\n",
    "a key without value at the end": "events:\n  - event: x\n    source:\nb: 2\n",
    "no line end": "events:\n  - {event: x}",
    "a tab before a remark": "a: 1\t# é\nevents:\n  - event: x\t# é\n    at: 1\t\nb: 2\n",
    "a mark of the byte order": "\ufeffa: é\nevents:\n  - {event: x}\n",
    "Windows lines": "events:\r\n  - {event: x}  # é\r\nb: 2\r\n",
}
JSON = {
    "one line": '{"a": 1, "events": [{"event": "x"}], "b": 2}',
    "many lines": '{\n  "events": [\n    {\n      "event": "x"\n    }\n  ]\n}\n',
    "an empty list": '{"events": [], "b": 2}',
    "tabs": '{\n\t"a": "é",\n\t"events": [\n\t\t{"event": "x"}\n\t]\n}\n',
    "escapes": r'{"a": "22\/1 \\\\/ \" \ud83d\ude00", "events": [{"event": "x"}]}',
    "null": '{"events": null, "b": 2}',
    "no list": '{"a": 1}\n',
}


def checked(text, read):
    before, changed = read(text).data, with_entry(text, "events", ENTRY)
    after = read(changed).data
    assert after["events"] == [*(before.get("events") or []), ENTRY]
    assert {**after, "events": None} == {**before, "events": None}
    return changed


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_an_entry_is_added_to_yaml_of_any_layout(text):
    changed = checked(text, read_yaml)
    gone = [line for line in difflib.ndiff(text.splitlines(), changed.splitlines()) if line.startswith("- ")]
    assert all(line.strip("- ").startswith(("events:", "{event: y}", "- {event: x}")) for line in gone), gone


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
def test_an_entry_is_added_to_json_of_any_layout(text):
    checked(text, read_json)


def test_line_ends_are_those_of_the_file():
    assert "\n" not in with_entry(LAYOUTS["Windows lines"], "events", ENTRY).replace("\r\n", "")


def test_a_file_that_cannot_be_put_in_its_place_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "case.yaml"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        write_aside(path, "new")
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("case.yaml", "old")]


def test_a_file_that_is_only_to_be_read_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "case.yaml"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("os.access", lambda file, mode: (file, mode) != (path.resolve(), os.W_OK))
    with pytest.raises(PermissionError):
        write_aside(path, "new")
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")
def test_what_is_written_through_a_link_reaches_the_file(tmp_path):
    path, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    path.write_text("old", encoding="utf-8")
    link.symlink_to(path)
    write_aside(link, "new")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"


def test_who_may_read_a_file_does_not_change(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    write_aside(path, "new")
    assert (path.read_text(encoding="utf-8"), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o600)
