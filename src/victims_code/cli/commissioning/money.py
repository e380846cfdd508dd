"""The commands on money: where awards, ring-fences, instalments and bids stand, and awards as open data."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from attrs import field, frozen

from victims_code import faults
from victims_code.cli.commissioning.reading import area_or_file, read_area, what_is_missing
from victims_code.cli.lazy import LazyGroup
from victims_code.cli.options import DAY, FILE, as_at, formats
from victims_code.cli.terminal import Part, number_of, print_faults, say, show, table, tell, text, write
from victims_code.commissioning.area_folder import AreaFolder
from victims_code.commissioning.due import DueItem, by_day, due_items
from victims_code.commissioning.money import (
    Award,
    AwardsPublisher,
    Bid,
    Position,
    TermsByValue,
    TrailStep,
    awards_to_csv,
    check_passed_on,
    follow_ring_fence,
    passed_on,
    position_of,
    publication_findings,
    read_360giving,
    to_360giving,
    to_ocds,
)
from victims_code.commissioning.rules import RuleFinding
from victims_code.dates import format_short_date
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import Fault, Severity, did_you_mean
from victims_code.money import in_pounds
from victims_code.printable import json_text
from victims_code.reading.documents import Plain, to_plain, write_yaml


class _MoneyGroup(LazyGroup):
    """A group that shows where the money stands if no command of it is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.table, "-h", "--help"):
            args = ["position", *args]
        return super().parse_args(ctx, args)


_COMMANDS = {"export": "money.export", "import": "money.import_", "position": "money.position"}


@click.group(cls=_MoneyGroup, table=_COMMANDS, package="victims_code.cli.commissioning")
def money() -> None:
    """Where the money stands, by award, ring-fence and instalment, and awards in formats for the public.

    Without the name of a command this is `position`: `money [FOLDER] --as-at DATE`.
    """


@click.command()
@area_or_file("awards")
@as_at
@click.option("--award", "reference", metavar="REFERENCE", help="Only this award, and what is paid out of it.")
@click.option("--all", "everyone", is_flag=True, help="Add what is due and amiss of awards that providers make.")
@formats("text", "json")
def position(folder: Path, as_at: date, reference: str | None, everyone: bool, form: str) -> None:
    """Where the awards of FOLDER stand: sums, ring-fences followed down to the last, instalments, what is due.

    The exit status is 1 if more was spent or passed on than there is.
    """
    standing = _Standing.of(read_area(folder, "awards", as_at=as_at), as_at, reference, everyone)
    if form == "json":
        say(json_text(standing.to_dict()))
    else:
        show(*standing.parts())
        print_faults(standing.faults)
        for finding in standing.findings:
            tell(str(finding))
    if any(fault.severity is Severity.INVALID for fault in standing.faults):
        sys.exit(1)


@click.command()
@area_or_file("awards")
@click.option("--as-at", type=DAY, required=True, help="The day of the data: 2026-04-20, 20/04/2026 or today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("360giving", "ocds", "csv")),
    required=True,
    help="Grants as 360Giving data, contracts as OCDS releases, or all as CSV.",
)
def export(folder: Path, as_at: date, form: str) -> None:
    """Write the awards of FOLDER: grants as 360Giving data, contracts as OCDS releases, or all as CSV.

    What the format has no place for is said on standard error, with its number.
    """
    area = read_area(folder, "awards", as_at=as_at)
    awards = area.all(Award)
    if form == "csv":
        write(awards_to_csv(awards, as_at=as_at))
        return
    made = (to_360giving if form == "360giving" else to_ocds)(awards, _publisher(area), as_at=as_at)
    say(made.to_json())
    print_faults(made.left_out)
    for sentence in (f"{made.count} of {number_of(awards, 'award')} written.", *area.not_whole(Award)):
        tell(sentence, err=True)


@click.command("import")
@click.argument("file", type=FILE)
def import_(file: Path) -> None:
    """Print the grants in FILE, 360Giving data as JSON, as awards.yaml; what is not read is said on standard error."""
    read = read_360giving(file)
    say(write_yaml({"awards": [award.to_dict() for award in read.awards]}), nl=False)
    print_faults(read.not_read)
    tell(f"{number_of(read.awards, 'award')} read.", err=True)


def _publisher(area: AreaFolder) -> AwardsPublisher:
    """Who publishes, as the folder says.

    :raises CommissioningError: if it does not say.
    """
    publisher = area.one(AwardsPublisher)
    if publisher is None:
        raise CommissioningError(faults.FOLDER_WITHOUT_A_PUBLISHER.at(str(area.path)))
    return publisher


_KINDS = (Award, Bid, TermsByValue, AwardsPublisher)


@frozen(kw_only=True)
class _Standing:
    """Where all the money of an area stands on a day."""

    as_at: date
    awards: tuple[Award, ...]
    bids: tuple[Bid, ...]
    positions: tuple[Position, ...]
    due: tuple[DueItem, ...]
    faults: tuple[Fault, ...]
    findings: tuple[RuleFinding, ...]
    of_others: Mapping[str, int] = field(factory=dict)
    not_whole: tuple[str, ...] = ()
    not_read: Mapping[str, Plain] = field(factory=dict)

    @classmethod
    def of(cls, area: AreaFolder, as_at: date, reference: str | None, everyone: bool) -> _Standing:
        """Work it out for every award, or for one and what is paid out of it."""
        everything = area.all(Award)
        awards = everything if reference is None else _below(everything, reference)
        bids = area.all(Bid) if reference is None else ()
        positions = tuple(
            position_of(award, as_at=as_at, passed_on=passed_on(award, everything, as_at)) for award in awards
        )
        book, publisher = area.award_book(), area.one(AwardsPublisher)
        names = {award.reference for award in awards}
        ours = [award for award in awards if everyone or not book.made_by_others(award)]
        findings = [found for award in ours for found in award.findings(as_at, terms=book.terms)]
        if publisher is not None:
            findings += [found for award in ours for found in publication_findings(award, publisher, as_at)]
        listed = by_day([*(item for item in book.due_items(as_at) if item.about in names), *due_items(bids, as_at)])
        due = tuple(item for item in listed if everyone or not item.whose)
        wrong = [fault for one in positions for fault in one.findings]
        return cls(
            as_at=as_at,
            awards=awards,
            bids=bids,
            positions=positions,
            due=due,
            of_others=Counter(item.whose for item in listed if item not in due),
            faults=(*wrong, *check_passed_on(awards if reference is None else everything, as_at=as_at)),
            findings=tuple(findings),
            not_whole=area.not_whole(*_KINDS),
            not_read=what_is_missing(area, *_KINDS),
        )

    def parts(self) -> Iterator[Part]:
        """The tables of the text."""
        yield text(self._headline(), style="bold")
        yield from (text(sentence, style="bold red") for sentence in self.not_whole)
        if self.of_others:
            whose = ", ".join(f"{name} {number}" for name, number in self.of_others.items())
            yield text(f"Due of awards that providers make, and left out here without --all: {whose}.")
        tables = (
            ("Awards", ("Award", "To", "Sum", "Paid", "Spent", "Left", "Ends"), map(_award_row, self.positions)),
            ("Ring-fences, followed down", _FENCES, _fence_rows(self.awards, self.as_at)),
            ("Instalments", ("Due", "Award", "Sum", "State"), _instalment_rows(self.awards, self.as_at)),
            ("Bids", ("Bid", "Fund", "Asked", "Result", "Won"), map(_bid_row, self.bids)),
            ("What is due", ("By", "What", "Who", "Award"), (_due_row(item, self.as_at) for item in self.due)),
        )
        yield from (table(title, columns, rows) for title, columns, given in tables if (rows := list(given)))

    def _headline(self) -> str:
        overdue = sum(item.overdue_on(self.as_at) for item in self.due)
        unknown = sum(not one.reported for one in self.positions)
        sentence = f"{number_of(self.awards, 'award')} as at {format_short_date(self.as_at)}: {overdue} overdue"
        return f"{sentence}, {unknown} without reported spending." if unknown else f"{sentence}."

    def to_dict(self) -> dict[str, Plain]:
        """The whole as plain data."""
        return {
            "as_at": self.as_at.isoformat(),
            "awards": [_plain(one) for one in self.positions],
            "ring_fences": [
                {
                    "award": step.award.reference,
                    "purpose": purpose,
                    "level": step.level,
                    **{name: to_plain(getattr(step, name)) for name in ("fenced", "passed_on", "spent", "left")},
                }
                for purpose, step in _fences(self.awards, self.as_at)
            ],
            "bids": [bid.to_dict() for bid in self.bids],
            "due": [item.to_dict() for item in self.due],
            "due_of_others": dict(self.of_others),
            "faults": [fault.to_dict() for fault in self.faults],  # type: ignore[misc]
            "findings": [found.to_dict() for found in self.findings],
            **self.not_read,
        }


def _below(awards: Sequence[Award], reference: str) -> tuple[Award, ...]:
    """An award and all that are paid out of it.

    :raises UnknownNameError: if there is none, naming the nearest.
    """
    known = [award.reference for award in awards]
    if reference not in known:
        nearest = did_you_mean(reference, known, listing="Awards")
        raise UnknownNameError(faults.NO_SUCH_AWARD.at("--award", name=reference, nearest=nearest))
    found = {reference}
    while more := {award.reference for award in awards if award.within in found} - found:
        found |= more
    return tuple(award for award in awards if award.reference in found)


def _award_row(one: Position) -> tuple[str, ...]:
    spent = in_pounds(one.spent) if one.reported else "not reported"
    spent += f", and {in_pounds(one.passed_on)} passed on" if one.passed_on else ""
    left = in_pounds(one.left) if one.reported else "not known"
    award = one.award
    last = format_short_date(award.terms(one.as_at).last)
    return award.reference, award.recipient, in_pounds(one.amount), in_pounds(one.paid), spent, left, last


_FENCES = ("Award", "Purpose", "Fenced", "Passed on", "Spent", "Left")


def _fences(awards: Sequence[Award], on: date) -> Iterator[tuple[str, TrailStep]]:
    """Each ring-fence of an award that is paid out of none of them, and each step of it below that."""
    known = {award.reference for award in awards}
    for award in awards:
        for purpose in award.terms(on).ring_fences if award.within not in known else ():
            for step in follow_ring_fence(award, awards, purpose, as_at=on).steps:
                yield purpose, step


def _fence_rows(awards: Sequence[Award], on: date) -> Iterator[tuple[str, ...]]:
    for purpose, step in _fences(awards, on):
        sums = (step.fenced, step.passed_on, step.spent, step.left)
        told = ("not known" if one is None else in_pounds(one) for one in sums)
        yield (f"{'· ' * step.level}{step.award.reference}", purpose, *told)


def _instalment_rows(awards: Sequence[Award], on: date) -> Iterator[tuple[str, ...]]:
    listed = [(one.due, award.reference, n, award) for award in awards for n, one in enumerate(award.instalments)]
    for due, reference, n, award in sorted(listed, key=lambda each: each[:3]):
        one = award.instalments[n]
        held = next((c for c in award.conditions if c.id == one.held_until and c.met_on(on) is not True), None)
        state = "overdue" if due < on else "to be paid"
        if one.paid_on is not None and one.paid_on <= on:
            state = f"paid {format_short_date(one.paid_on)}"
        elif held is not None:
            state = f"{state}, held until: {held.text}"
        yield format_short_date(due), reference, in_pounds(one.amount), state


def _bid_row(bid: Bid) -> tuple[str, ...]:
    won = "–" if bid.won is None else in_pounds(bid.won)
    fund = bid.fund or bid.stream or "–"
    return bid.reference, fund, in_pounds(bid.asked), bid.result.value.replace("-", " "), won


def _due_row(item: DueItem, on: date) -> tuple[object, ...]:
    late = item.overdue_on(on)
    day = "no day set" if item.day is None else format_short_date(item.day)
    return text(f"{day}, overdue", style="bold red") if late else day, item.what, item.owner or "–", item.about


def _plain(one: Position) -> dict[str, Plain]:
    award = one.award
    return {
        "reference": award.reference,
        "kind": award.kind.value,
        "recipient": award.recipient,
        "amount": str(one.amount),
        "paid": str(one.paid),
        "spent": str(one.spent) if one.reported else None,
        "passed_on": str(one.passed_on),
        "left": str(one.left) if one.reported else None,
        "last": award.terms(one.as_at).last.isoformat(),
    }
