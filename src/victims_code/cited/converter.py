"""How plain data becomes typed things in files that cite their sources."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from cattrs import Converter

from victims_code.conditions import Condition
from victims_code.decimals import to_decimal
from victims_code.errors import did_you_mean
from victims_code.law.sources import Evidence
from victims_code.law.structures import law_converter
from victims_code.structuring import MisfitError, kind_of, new_converter

__all__ = ["cited_converter", "new_cited_converter"]


@cache
def cited_converter() -> Converter:
    """The converter for files that cite their sources, made once; see :func:`new_cited_converter`."""
    return new_cited_converter()


def new_cited_converter() -> Converter:
    """A strict converter that keeps numbers with a point exactly as written and reads conditions as the law does."""
    converter = new_converter()

    def number(value: object, _type: object = None) -> Decimal:
        found = to_decimal(value)
        if found is None:
            raise MisfitError(f"A number is needed, not {kind_of(value)}.", "Write it in figures, such as 12.5.")
        return found

    def evidence(value: object, _type: object = None) -> Evidence:
        in_files = [level.value for level in Evidence if level is not Evidence.HYPOTHETICAL]
        if value not in in_files:
            raise MisfitError(f"{value!r} is not allowed here.", did_you_mean(value, in_files, listing="Allowed"))
        return Evidence(value)

    converter.register_structure_hook(Decimal, number)
    converter.register_structure_hook(Evidence, evidence)
    condition = law_converter().get_structure_hook(Condition)
    converter.register_structure_hook_func(lambda kind: kind == Condition, condition)
    return converter
