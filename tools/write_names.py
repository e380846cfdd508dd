"""Write the names of the vocabulary as types: ``python3 dev.py names``, after a change of vocabulary or duties.

With them an editor completes a name and mypy refuses one that is misspelt. A test makes them again and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill

from victims_code.law import load_law
from victims_code.vocabulary import load_vocabulary

WRITTEN = Path(__file__).resolve().parents[1] / "src" / "victims_code" / "names.py"
_HEAD = '''"""The names of the vocabulary as types, for editors and type checkers; at run time they are text.

Made by ``tools/write_names.py`` from ``data/vocabulary`` and the editions; do not edit. Text from outside, such as a
row of a table, is not of such a type: :meth:`victims_code.Case.from_dict` takes it and says which name is not one.

>>> import victims_code as vc
>>> from datetime import date
>>> event: EventId = "suspect-arrested"
>>> vc.Event(event=event, at=date(2026, 4, 2)).event
'suspect-arrested'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    # fmt: off
'''


def names() -> Mapping[str, Iterable[str]]:
    """Every type with its names in alphabetical order."""
    words, law = load_vocabulary(), load_law()
    duties = {id_ for edition in law.editions.values() for id_ in edition.duties}
    kinds = {"Body": words.bodies, "Category": words.categories, "Duty": duties, "Event": words.events}
    kinds |= {"Fact": words.facts, "Topic": words.topics}
    return {f"{kind}Id": sorted(listed) for kind, listed in kinds.items()}


def text() -> str:
    """The module."""
    types = names()
    aliases = "".join(f"    {name}: TypeAlias = Literal[\n{_filled(listed)}\n    ]\n" for name, listed in types.items())
    return f"{_HEAD}{aliases}    # fmt: on\nelse:\n    {' = '.join(types)} = str\n"


def _filled(listed: Iterable[str]) -> str:
    """Names in lines as long as the house has them."""
    indent = " " * 8
    written = ", ".join(f'"{one}"' for one in listed) + ","
    return fill(written, 120, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


if __name__ == "__main__":
    WRITTEN.write_text(text(), encoding="utf-8")
