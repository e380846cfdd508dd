"""Whether what the Specified Information Order asks of an award was published, with everything it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from victims_code.arguments import checked
from victims_code.commissioning.money.awards import Award, AwardKind
from victims_code.commissioning.money.open_data import AwardsPublisher
from victims_code.commissioning.money.specified_information import SpecifiedItem, specified_items
from victims_code.commissioning.rules import RuleFinding, RuleOutcome, finding

_RULE = "award-published"
_GRANT, _SPENDING, _TENDER = "3(f)", "3(g)", "4(c)"
_SAID_BY = {"purpose": "description", "reasons": "reasons"}
"""Which field of an award says what the Order asks for. Its recipient is always there, and so are its conditions."""


@checked
def publication_findings(award: Award, publisher: AwardsPublisher, on: date) -> tuple[RuleFinding, ...]:
    """What of an award that an office makes is not published on a day, or not with everything the Order asks for.

    A grant to reduce crime and disorder and other spending above £500 are different items; which of the two a grant is
    cannot be told while `reduces_crime` is not settled.

    >>> office = AwardsPublisher(name="PCC")
    >>> award = Award(reference="C/1", kind="contract", funder="PCC", recipient="Harbour", amount="80,000",
    ...               first=date(2026, 4, 1), last=date(2027, 3, 31), published={"3(g)": date(2026, 5, 4)},
    ...               description="Advisers.", reasons="The lowest of four bids that met the need.")
    >>> [found.message for found in publication_findings(award, office, date(2026, 6, 1))]
    ['Not published: A copy of each contract above £10,000 (paragraph 4(b)).']
    """
    if not publisher.gives(award) or (award.awarded_on or award.first) > on:
        return ()
    return tuple(_findings(award, on))


def _findings(award: Award, on: date) -> Iterator[RuleFinding]:
    items = {item.id: item for item in specified_items(on, about=award.kind.value) if _applies(item, award)}
    items.pop(_TENDER, None)  # an invitation to tender goes before an award
    if award.kind is AwardKind.GRANT:
        if award.reduces_crime is None and not {_GRANT, _SPENDING} & set(award.published):
            what = (
                "It is not settled whether this is a crime and disorder reduction grant, which is published by itself."
            )
            hint = "Write `reduces_crime`: true for paragraph 3(f), false for paragraph 3(g)."
            outcome, missing = RuleOutcome.CANNOT_TELL, ("reduces_crime",)
            yield finding(_RULE, what, hint, about=award.reference, outcome=outcome, missing=missing)
            return
        reduces_crime = _GRANT in award.published if award.reduces_crime is None else award.reduces_crime
        items.pop(_SPENDING if reduces_crime else _GRANT, None)
    for item in items.values():
        if award.published.get(item.id, date.max) > on:
            what = f"Not published: {item.title} (paragraph {item.id})."
            hint = f"{item.when or 'Publish it.'} Write the day under `published`."
            yield finding(_RULE, what, hint, about=award.reference)
        for need in item.needs:
            if (name := _SAID_BY.get(need)) and not getattr(award, name):
                what = f"Paragraph {item.id} asks for the {need}, and the award does not say it."
                yield finding(_RULE, what, f"Write it as `{name}`.", about=award.reference)


def _applies(item: SpecifiedItem, award: Award) -> bool:
    return item.above is None or award.terms().amount > item.above
