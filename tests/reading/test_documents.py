"""Reading files: words stay words, and what cannot be read is refused with its place."""

from __future__ import annotations

import pytest

import victims_code as vc
from victims_code.reading.documents import read_document, read_json, read_yaml


def test_words_stay_words_and_only_true_false_null_and_whole_numbers_convert():
    text = "paragraph: 4.10\non: no\nyes: off\ntime: 1:30\ncode: 007\nhex: 0x1F\n"
    text += "count: -5\nreal: true\nnone: null\nquoted: '5'"

    assert read_yaml(text).data == {
        "paragraph": "4.10",
        "on": "no",
        "yes": "off",
        "time": "1:30",
        "code": "007",
        "hex": "0x1F",
        "count": -5,
        "real": True,
        "none": None,
        "quoted": "5",
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml, line 3, a", "written twice"),
        ("a: {b: 1, b: 2}\n", "f.yaml, line 1, a.b", "written twice"),
        ("a: &x [1]\nb: *x\n", "f.yaml, line 2, b", "alias"),
        ("a: &x [*x]\n", "f.yaml, line 1, a[0]", "alias"),
        ("a: [1\nb: 2\n", "f.yaml, line 2, column", "not YAML"),
        ("[" * 1500 + "]" * 1500, "f.yaml", "nest"),
        ("a: b: c\n", "f.yaml, line 1, column", "not YAML"),
    ],
)
def test_yaml_that_cannot_be_trusted_is_refused_with_its_place(text, place, words):
    with pytest.raises(vc.CaseError) as refused:
        read_yaml(text, source="f.yaml")

    assert place in refused.value.faults[0].location
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [('{"a": 1, "a": 2}', "written twice"), ("{", "not JSON"), ("[" * 100_000, "nested too deeply")],
)
def test_json_is_refused_likewise(text, words):
    with pytest.raises(vc.CaseError, match=words):
        read_json(text, source="f.json")


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(vc.CaseError, match="cannot be opened"):
        read_document(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: caf\xe9\n")
    with pytest.raises(vc.CaseError, match="not UTF-8"):
        read_document(tmp_path / "latin.yaml")
