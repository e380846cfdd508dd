"""The commands of needs and referrals: a return rolled up from records, and the share of referrals in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from victims_code import faults
from victims_code.cli.commissioning.governance import CARD_FORMATS, say_card
from victims_code.cli.commissioning.reading import area_or_file, read_area, saying_what_is_missing
from victims_code.cli.options import as_at, formats, output
from victims_code.cli.terminal import number_of, tell, write_to
from victims_code.commissioning.due import due_items
from victims_code.commissioning.returns import Register, roll_up
from victims_code.commissioning.rules import RuleFinding
from victims_code.commissioning.services import (
    NeedsAssessment,
    Referral,
    ReferralList,
    ReferralTimeliness,
    referral_bases,
    referral_timeliness,
)
from victims_code.commissioning.tables import due_table, findings_table
from victims_code.errors import UnknownNameError
from victims_code.faults import did_you_mean
from victims_code.figures import ReportingPeriod
from victims_code.render import Card, CardTable


@click.group()
def needs() -> None:
    """Records of needs: what is due and amiss, and a return rolled up from them."""


@needs.command("due")
@area_or_file("needs")
@as_at
@formats(*CARD_FORMATS)
def due(folder: Path, as_at: date, form: str) -> None:
    """The assessments that are due in open records, and what is amiss with records of needs."""
    area = read_area(folder, "needs", as_at=as_at)
    records = area.all(NeedsAssessment)
    found: list[RuleFinding] = [one for record in records for one in record.findings(as_at)]
    closed = sum(record.closed_on is not None and record.closed_on <= as_at for record in records)
    say_card(
        Card(
            title="Needs: what is due",
            sentences=(*area.not_whole(NeedsAssessment), f"{number_of(records, 'record')}, {closed} closed."),
            tables=(due_table(due_items(records, as_at), as_at), findings_table(found)),
        ),
        form,
    )


@needs.command("roll-up")
@area_or_file("needs")
@click.option("--period", required=True, help="The period of the return: 2026-27 Q1, or 2026-04-01/2026-06-30.")
@click.option("--provider", required=True, help="What the register calls the provider.")
@click.option("--service", help="Only the records of this service.")
@output()
def roll_up_(folder: Path, period: str, provider: str, service: str | None, output: Path | None) -> None:
    """A return as CSV, counted from the records of needs. Small numbers are hidden when it is published, not here."""
    area = read_area(folder, "needs")
    register, records = area.one(Register), area.all(NeedsAssessment)
    if register is not None and not register.knows(provider):
        nearest = did_you_mean(provider, (one.id for one in register.providers or ()), listing="Providers")
        raise UnknownNameError(faults.NO_SUCH_NAME.at("--provider", kind="provider", name=provider, nearest=nearest))
    made = roll_up(records, ReportingPeriod.parse(period), provider=provider, service=service)
    write_to(output, made.to_csv())
    missing = area.not_whole(NeedsAssessment)
    for note in (f"{number_of(records, 'record')} read, {number_of(made.lines, 'line')} made.", *made.notes, *missing):
        tell(note, err=True)


@click.command()
@area_or_file("referrals")
@as_at
@formats(*CARD_FORMATS)
def referrals(folder: Path, as_at: date, form: str) -> None:
    """The share of referrals made in time, in all, by basis and by service, and where a chain of referrals broke."""
    area = read_area(folder, "referrals", as_at=as_at)
    say_card(saying_what_is_missing(_referral_card(area.referral_list(), as_at), area, Referral), form)


def _referral_card(listed: ReferralList, as_at: date) -> Card:
    every = listed.referrals
    bases = [(title, [one for one in every if one.basis == basis]) for basis, title in referral_bases().items()]
    services = [(to, [one for one in every if one.to == to]) for to in sorted({one.to for one in every})]
    broken = tuple(
        (
            chain[-1].victim,
            " > ".join(one.to for one in chain),
            "did not take the victim" if chain[-1].accepted is False else "not known",
        )
        for chain in listed.broken()
    )
    return Card(
        title="Referrals to support",
        sentences=(str(referral_timeliness(every, as_at=as_at)),),
        tables=(
            _timeliness_table("By how they are counted", bases, as_at),
            _timeliness_table("By service", services, as_at),
            CardTable(caption="Chains without an end", columns=("Victim", "Referred to", "Last service"), rows=broken),
            findings_table([found for one in every for found in one.findings(as_at)]),
        ),
    )


def _timeliness_table(caption: str, parts: Sequence[tuple[str, Sequence[Referral]]], as_at: date) -> CardTable:
    counted = [(title, referral_timeliness(listed, as_at=as_at)) for title, listed in parts if listed]
    return CardTable(
        caption=caption,
        columns=("Referrals", "In time", "Late", "Overdue", "Not known", "Not yet due", "No limit", "Share in time"),
        rows=tuple((title, *_cells(found)) for title, found in counted),
    )


def _cells(found: ReferralTimeliness) -> tuple[str, ...]:
    numbers = (found.in_time, found.late, found.overdue, found.not_known, found.not_yet_due, found.no_limit)
    share, bounds = found.share.percentage(), found.bounds
    said = "–" if share is None else f"{share}%"
    if found.not_known and bounds is not None:
        said += f" ({bounds[0]}% to {bounds[1]}%)"
    return (*map(str, numbers), said)
