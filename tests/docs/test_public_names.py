"""Every public name says what it means, and what it raises."""

from __future__ import annotations

import inspect
import re

import victims_code as vc
from public_surface import PUBLIC_MODULES, public_things

BEGINNINGS = ("``", "*", ":meth:", "workalendar")
"""What a first sentence may begin with that is not a capital letter."""
WITH_EXAMPLES = (
    *("Assertion", "Assessment", "Case", "Deadline", "Event", "Explanation", "Fault", "Offence", "Victim"),
    *("VictimsCode", "VictimsCodeError", "deadline", "england_and_wales"),
)
"""The names people start with."""


def public_objects():
    """Every public class and function, and the public methods and properties of the classes, by their names."""
    for module in PUBLIC_MODULES:
        for name, thing in public_things(module):
            if inspect.isclass(thing):
                yield f"{module}.{name}", thing
                yield from ((f"{module}.{name}.{member}", inner) for member, inner in members_of(thing))
            elif inspect.isfunction(thing):
                yield f"{module}.{name}", thing


def members_of(kind):
    """The functions behind the public methods and properties that a class defines."""
    for name, member in vars(kind).items():
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, function


def says_what_it_means(thing):
    first = (inspect.getdoc(thing) or "").split("\n")[0]
    return len(first) > 10 and (first[0].isupper() or first.startswith(BEGINNINGS))


def raised_but_not_said(function):
    code = re.sub(r'""".*?"""', "", inspect.getsource(function), flags=re.DOTALL)
    said = inspect.getdoc(function) or ""
    return [error for error in re.findall(r"raise (\w+Error)\b", code) if f":raises {error}:" not in said]


def test_the_public_modules_are_those_of_the_documentation():
    assert {"victims_code", "victims_code.working_days", "victims_code.cases", "victims_code.law"} <= {*PUBLIC_MODULES}
    names = {name for name, _ in public_objects()}
    assert {f"victims_code.{name}" for name in vc.__all__ if name not in ("__version__", "vocabulary")} <= names
    assert len(names) > 500


def test_every_public_name_says_what_it_means():
    assert [name for name, thing in public_objects() if not says_what_it_means(thing)] == []


def test_what_a_public_function_raises_is_documented():
    """Strategies are left out: hypothesis composes them, so their source is not theirs."""
    functions = [(name, thing) for name, thing in public_objects() if inspect.isfunction(thing)]
    told = [(name, raised_but_not_said(thing)) for name, thing in functions if "strategies" not in name]

    assert [(name, errors) for name, errors in told if errors] == []


def test_the_names_people_start_with_have_an_example():
    assert [name for name in WITH_EXAMPLES if ">>> " not in (inspect.getdoc(getattr(vc, name)) or "")] == []
