"""Every sentence of a fault is written once, in the catalogue, and every entry of the catalogue is used."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

import victims_code
from victims_code import faults
from victims_code.faults import FAULT_KINDS, FaultKind, FaultTemplate

SOURCE = Path(victims_code.__file__).parent
ENTRIES = {name: entry for name, entry in vars(faults).items() if isinstance(entry, FaultTemplate)}


@cache
def walked():
    """Every call, attribute and function in the source, with its file."""
    return [
        (path.relative_to(SOURCE).as_posix(), node)
        for path in SOURCE.rglob("*.py")
        if "ault" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call | ast.Attribute | ast.FunctionDef)
    ]


def nodes(kind):
    return [(path, node) for path, node in walked() if isinstance(node, kind) and path != "faults.py"]


def entry_named(node):
    """The name of the entry, if the expression is one of ``faults``."""
    inside = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "faults"
    return node.attr if inside and node.attr in ENTRIES else None


def filled_in():
    """Every place where an entry gets its particulars: the place, the entry, and the particulars by name."""
    for path, call in nodes(ast.Call):
        particulars = {keyword.arg: keyword.value for keyword in call.keywords}
        if isinstance(call.func, ast.Attribute) and call.func.attr == "at" and (name := entry_named(call.func.value)):
            yield f"{path}:{call.lineno}", name, particulars
        elif call.args and (name := entry_named(call.args[0])):  # draft.note(faults.…, where, …), in_sql(faults.…, …)
            in_sql = {"nearest": None} if isinstance(call.func, ast.Name) else {}
            yield f"{path}:{call.lineno}", name, {**in_sql, **particulars}


def test_every_entry_is_used():
    used = {name for _, node in nodes(ast.Attribute) if (name := entry_named(node))}

    assert sorted(set(ENTRIES) - used) == []


def test_each_code_has_a_name_like_it_and_one_title():
    kinds = {name: kind for name, kind in vars(faults).items() if isinstance(kind, FaultKind)}

    assert {name: name.replace("_", "-") for name in kinds} == {name: kind.code for name, kind in kinds.items()}
    assert len({kind.title for kind in kinds.values()}) == len(kinds) == len(FAULT_KINDS)


def test_no_fault_is_worded_outside_the_catalogue():
    made = [
        f"{path}:{call.lineno}"
        for path, call in nodes(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == "Fault"
    ]

    assert made == []


def test_each_site_gives_the_particulars_of_its_entry():
    wrong = [
        (site, name, sorted(set(particulars) ^ set(ENTRIES[name].particulars)))
        for site, name, particulars in filled_in()
        if set(particulars) - {"nearest"} != set(ENTRIES[name].particulars) - {"nearest"}
    ]

    assert wrong == []
    assert len(list(filled_in())) > 50


def test_no_local_name_hides_the_catalogue():
    hidden = [
        f"{path}:{node.lineno}"
        for path, node in walked()
        if isinstance(node, ast.FunctionDef)
        for inside in [list(ast.walk(node))]
        if any(isinstance(one, ast.Name) and one.id == "faults" and isinstance(one.ctx, ast.Store) for one in inside)
        and any(entry_named(one) for one in inside)
    ]

    assert hidden == []


def test_no_particular_is_a_date_of_birth():
    personal = ("born", "birth", "dob")
    shown = [
        (site, name)
        for site, name, particulars in filled_in()
        for value in filter(None, particulars.values())
        for inside in ast.walk(value)
        if (isinstance(inside, ast.Name) and inside.id in personal)
        or (isinstance(inside, ast.Attribute) and inside.attr in personal)
        or (isinstance(inside, ast.Constant) and isinstance(inside.value, str) and ".born" in inside.value)
    ]

    assert shown == []
    assert not [name for name, entry in ENTRIES.items() if set(entry.particulars) & set(personal)]


@pytest.mark.parametrize("part", ["message", "hint"])
def test_a_sentence_is_a_sentence(part):
    for name, entry in ENTRIES.items():
        text = getattr(entry, part)
        assert text[0].isupper() or text[0] in "`{'12\"", (name, text)
        assert text[-1] in '.?}]"' or "pip install" in text, (name, text)
        assert max(len(sentence.split()) for sentence in text.replace("? ", ". ").split(". ")) <= 25, (name, text)
