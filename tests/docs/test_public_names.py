"""Every public name says what it means, and what it raises."""

from __future__ import annotations

import inspect
import re
import tokenize
from importlib import import_module
from pathlib import Path

import pytest

import victims_code as vc

CONF = Path(__file__).resolve().parents[2] / "docs" / "conf.py"
with tokenize.open(CONF) as conf:
    MODULES = re.findall(r'^    "(victims_code[\w.]*)",$', conf.read(), flags=re.MULTILINE)


def public_objects():
    """Every public class and function, and the public methods and properties of the classes."""
    for module in MODULES:
        for name in import_module(module).__all__:
            thing = getattr(import_module(module), name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{module}.{name}", thing
            if inspect.isclass(thing):
                for member, inner in vars(thing).items():
                    if not member.startswith("_") and isinstance(inner, property | classmethod | staticmethod):
                        yield f"{module}.{name}.{member}", getattr(inner, "__func__", None) or inner.fget
                    elif not member.startswith("_") and inspect.isfunction(inner):
                        yield f"{module}.{name}.{member}", inner


OBJECTS = dict(public_objects())


def test_the_public_modules_are_those_of_the_documentation():
    assert {"victims_code", "victims_code.working_days", "victims_code.cases", "victims_code.law"} <= set(MODULES)
    assert {f"victims_code.{name}" for name in vc.__all__ if name != "__version__"} <= set(OBJECTS)


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_a_public_name_says_what_it_means(name):
    said = inspect.getdoc(OBJECTS[name]) or ""
    first = said.split("\n")[0]
    assert len(first) > 10, name
    assert first[0].isupper() or first.startswith(("``", "*", ":meth:", "workalendar")), first


@pytest.mark.parametrize("name", sorted(n for n in OBJECTS if inspect.isfunction(OBJECTS[n]) and "strategies" not in n))
def test_what_is_raised_is_documented(name):  # but for strategies, which hypothesis composes
    source = re.sub(r'""".*?"""', "", inspect.getsource(OBJECTS[name]), flags=re.DOTALL)
    for error in re.findall(r"raise (\w+Error)\b", source):
        assert f":raises {error}:" in (inspect.getdoc(OBJECTS[name]) or ""), f"{name} raises {error}"


WITH_EXAMPLES = (
    "Assertion Assessment Case Deadline Event Explanation Fault Offence Victim VictimsCode VictimsCodeError"
    " WorkingDayCalendar deadline england_and_wales"
)


@pytest.mark.parametrize("name", WITH_EXAMPLES.split())
def test_the_names_people_start_with_have_an_example(name):
    assert ">>> " in (inspect.getdoc(getattr(vc, name)) or "")
