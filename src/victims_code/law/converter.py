"""How the law files become law types: what every data file has, with deadlines and the standing of editions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from enum import Enum

from attrs import fields
from cattrs import Converter

from victims_code import faults
from victims_code.faults import did_you_mean
from victims_code.law.deadlines import AsAgreed, Before, Every, Limit, Limits, Promptly, Within
from victims_code.law.editions import EditionStatus
from victims_code.reading.documents import Plain
from victims_code.reading.structuring import MisfitError, converter_with_sources, group_of, member_but

_LIMITS: dict[str, type[Limit]] = {
    "within": Within,
    "every": Every,
    "before": Before,
    "as-agreed": AsAgreed,
    "promptly": Promptly,
}


def law_converter(known_sources: Callable[[], Collection[str] | None]) -> Converter:
    """A converter for law files.

    :param known_sources: as :func:`~victims_code.reading.structuring.converter_with_sources` takes it.
    """
    converter = converter_with_sources(known_sources)
    known: dict[tuple[object, ...], Limit] = {}  # the same few limits are written in many duties

    def limit(value: object, _type: object = None) -> Limit:
        kinds = [key for key in value if key in _LIMITS] if isinstance(value, dict) else []
        if len(kinds) != 1 or not isinstance(value, dict):
            raise MisfitError(faults.NOT_ONE_DEADLINE.at(kinds=", ".join(_LIMITS)))
        key = (*value.items(), *map(type, value.values()))  # the types too, because True == 1
        try:
            return known[key]
        except (KeyError, TypeError):  # not structured before, or not hashable because it holds a list
            plain = {str(name).replace("-", "_"): inside for name, inside in value.items()}
            found = converter.structure(plain, _LIMITS[kinds[0]])
        with suppress(TypeError):
            known[key] = found
        return found

    def limits(value: object, _type: object = None) -> Limits:
        if isinstance(value, dict) and set(value) in ({"all"}, {"standard", "enhanced"}):
            read = group_of(value, limit)
            return Limits(**read) if "all" not in read else Limits(standard=read["all"], enhanced=read["all"])
        wrong = (
            next((key for key in value if key not in ("all", "standard", "enhanced")), "")
            if isinstance(value, dict)
            else ""
        )
        raise MisfitError(
            faults.DEADLINE_OF_WRONG_KEYS.at(
                nearest=did_you_mean(wrong, ["all", "standard", "enhanced"], listing="Keys")
            )
        )

    converter.register_structure_hook(EditionStatus, member_but(EditionStatus.HYPOTHETICAL))
    converter.register_structure_hook_func(lambda kind: kind == Limit, limit)
    converter.register_structure_hook_func(lambda kind: kind is Limits, limits)
    return converter


def limit_to_plain(limit: Limit) -> dict[str, Plain]:
    """A limit as it stands in a law file.

    >>> from victims_code.law.deadlines import Unit
    >>> limit_to_plain(Within(within=5, unit=Unit.WORKING_DAY))
    {'within': 5, 'unit': 'working-day', 'after': 'event'}
    """
    return {
        attribute.name.replace("_", "-"): value.value if isinstance(value, Enum) else value
        for attribute in fields(type(limit))
        for value in (getattr(limit, attribute.name),)
    }
