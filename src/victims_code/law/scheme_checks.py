"""What can be wrong with a scheme: words that are not in the vocabulary, and limits that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from victims_code.errors import Fault
from victims_code.law.schemes import CountedFrom, Scheme
from victims_code.reading.data_files import Placed
from victims_code.reading.documents import Keys
from victims_code.vocabulary import vocabulary

__all__ = ["check_scheme"]


def check_scheme(item: Placed, _names: object = None) -> Iterator[Fault]:
    """Every fault of a scheme beyond its sources, readings and conditions; none of anything else."""
    if isinstance(item.thing, Scheme):
        yield from _words_are_known(item, item.thing)
        yield from _limits_are_well_formed(item, item.thing)


def _words_are_known(item: Placed, scheme: Scheme) -> Iterator[Fault]:
    for keys, event in _events_of(scheme):
        yield from item.unknown(keys, "event", event, {"any", *vocabulary().events})
    for n, service in enumerate(scheme.services):
        for m, body in enumerate(service.owed_by):
            yield from item.unknown(("services", n, "owed_by", m), "body", body, vocabulary().bodies)


def _events_of(scheme: Scheme) -> Iterator[tuple[Keys, str]]:
    """Every event a scheme names, with the way to it."""
    named: list[tuple[Keys, str | None]] = [(("taken_up_by",), scheme.taken_up_by)]
    named += [(("opens", n, "event"), opening.event) for n, opening in enumerate(scheme.opens)]
    for n, limit in enumerate(scheme.limits):
        named.append((("limits", n, "event"), limit.event))
        if limit.ends_with is not None:
            named.append((("limits", n, "ends_with", "event"), limit.ends_with.event))
            named.append((("limits", n, "ends_with", "for_each"), limit.ends_with.for_each))
            over = enumerate(limit.ends_with.offence_over_by)
            named += [(("limits", n, "ends_with", "offence_over_by", m), event) for m, event in over]
    for n, service in enumerate(scheme.services):
        named += [(("services", n, "after"), service.after), (("services", n, "done_by"), service.done_by)]
    return ((keys, event) for keys, event in named if event is not None)


def _limits_are_well_formed(item: Placed, scheme: Scheme) -> Iterator[Fault]:
    if not scheme.opens:
        yield item.fault("VC-DATA-006", ("opens",), "Nothing opens this scheme.", "Give at least one opening.")
    if scheme.applications_since is not None and scheme.taken_up_by is None:
        yield item.fault(
            "VC-DATA-006",
            ("applications_since",),
            "The scheme governs requests from a day on, and does not say which event is a request.",
            "Add `taken_up_by`.",
        )
    for n, limit in enumerate(scheme.limits):
        kinds = [limit.within is not None, limit.until_age is not None, limit.ends_with is not None]
        if sum(kinds) > 1:
            yield item.fault(
                "VC-DATA-006",
                ("limits", n),
                f"{limit.id!r} ends in more than one way.",
                "Keep one of `within`, `until_age` and `ends_with`.",
            )
        if (limit.counted_from is CountedFrom.EVENT) != (limit.event is not None):
            yield item.fault(
                "VC-DATA-006",
                ("limits", n),
                f"{limit.id!r} is counted from an event without naming it, or names one without being counted from it.",
                "Give `counted_from: event` together with `event`.",
            )
        if limit.counted_from is CountedFrom.LAST_OPENING and not any(opening.together for opening in scheme.opens):
            yield item.fault(
                "VC-DATA-006",
                ("limits", n, "counted_from"),
                f"{limit.id!r} is counted from the last of several openings, and no opening has `together: true`.",
                "Add it to the opening, or count from `opening`.",
            )
