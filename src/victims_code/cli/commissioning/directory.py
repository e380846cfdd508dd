"""The commands of the directory of services: check it, find services, see the gaps, exchange it as Open Referral."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill

import click

from victims_code import faults
from victims_code.cli.commissioning.governance import CARD_FORMATS, say_card
from victims_code.cli.commissioning.reading import (
    area_folder,
    area_or_file,
    read_area,
    read_whole_area,
    saying_what_is_missing,
    what_is_missing,
)
from victims_code.cli.options import DAY, FILE, as_at, formats, output
from victims_code.cli.terminal import number_of, print_faults, say, tell, write, write_to
from victims_code.commissioning.area_folder import AreaDetails, AreaFolder
from victims_code.commissioning.powers.places import find_place
from victims_code.commissioning.rules import RuleOutcome
from victims_code.commissioning.services import (
    AreaNeedsAssessment,
    Directory,
    Gap,
    GapState,
    Organisation,
    OwnWords,
    Service,
    figures_for,
    gap_map,
    need_categories,
    open_referral_file,
    to_open_referral,
)
from victims_code.commissioning.services.directory import Signpost
from victims_code.errors import CommissioningError, UnknownNameError
from victims_code.faults import Fault
from victims_code.printable import capitalised, json_text
from victims_code.reading.documents import read_document, write_yaml
from victims_code.render import Card, CardTable
from victims_code.render.csvs import csv_text

_WIDTH = 78
_STATES = {
    GapState.MET: "Met",
    GapState.IN_PART: "In part",
    GapState.NOT_KNOWN: "Not known",
    GapState.NONE: "No service",
}


@click.group()
def directory() -> None:
    """The directory of services: check it, find services, see the gaps, and exchange it as Open Referral."""


_KINDS = (Service, Organisation, OwnWords)


def _read(folder: Path, as_at: date) -> tuple[Directory, AreaFolder]:
    """The directory of a folder, or of one file of services, and the folder as far as it could be read."""
    if folder.is_file() and not _holds_services_alone(folder):
        return Directory.from_file(folder), AreaFolder(path=folder, records={})
    area = read_area(folder, "services", as_at=as_at)
    return area.directory(), area


def _holds_services_alone(file: Path) -> bool:
    """Whether a file is the part ``services`` of a folder, and not a whole directory with words of its own."""
    data = read_document(file, error=CommissioningError, collect_faults=True).data
    return isinstance(data, dict) and (data.keys() == {"services"} or "services" not in data)


def _known_place(listed: Directory, name: str | None) -> str | None:
    """A place that was asked for; a town that services name with its authority is written so in the hint.

    :raises UnknownNameError: if there is none.
    """
    if name is None or find_place(name) is not None:
        return name
    towns = dict.fromkeys(one for service in listed.services for one in service.within if "," in one)
    near = [one for one in towns if one.partition(",")[0].casefold() == name.strip().casefold()]
    meant = f"Did you mean {' or '.join(map(repr, near))}? " if near else None
    if meant is None:
        return name
    raise UnknownNameError(faults.NO_SUCH_PLACE.at("--place", name=name, nearest=meant))


@directory.command()
@area_or_file("services")
@as_at
@formats("text", "json")
def check(folder: Path, as_at: date, form: str) -> None:
    """What each service is held to and does not meet; exit status 1 if a rule is broken."""
    listed, area = _read(folder, as_at)
    found = listed.check(as_at=as_at)
    broken = [one for one in found if one.outcome is RuleOutcome.BROKEN]
    if form == "json":
        told = {"services": len(listed.services), "findings": [one.to_dict() for one in found]}
        say(json_text({**told, **what_is_missing(area, *_KINDS)}))
    else:
        for about in dict.fromkeys(one.about for one in found):
            say(about or "The directory as a whole")
            for one in found:
                if one.about == about:
                    known = "" if one.outcome is RuleOutcome.BROKEN else "not known: "
                    say(_wrapped(f"{known}{one.message} {one.hint}", first="  - ", rest="    "))
        unknown = len(found) - len(broken)
        tell(f"{number_of(listed.services, 'service')}: {number_of(broken, 'rule')} not met, {unknown} not known.")
        _say_what_is_missing(area)
    if broken:
        sys.exit(1)


@directory.command()
@area_or_file("services")
@click.option("--on", type=DAY, required=True, help="The services that run on this day.")
@click.option("--need", help="A category of need, such as finance-and-benefits.")
@click.option("--area", help="A police area by name, force number or ONS code.")
@click.option("--place", help="A district, county or partnership, or a town in one: 'Ludlow, Shropshire'.")
@click.option("--group", help="A group of victims, such as domestic-abuse.")
@click.option("--kind", help="A kind of service, such as helpline.")
@click.option("--tier", help="A tier of the offer: general, specialist or directory.")
@click.option("--language", help="A language by name or code, such as Welsh.")
@click.option("--access", help="A way of access, such as step-free-access.")
@formats("text", "json", "csv")
def find(folder: Path, on: date, form: str, **asked: str | None) -> None:
    """The services to point a victim to. What a record does not say is named; what does not fit is left out."""
    listed, area_read = _read(folder, on)
    asked["place"] = _known_place(listed, asked["place"])
    found = listed.find(on=on, **asked)
    remarks = listed.remarks_on_place(place=asked["place"], area=asked["area"], on=on)
    print_faults(remarks)
    if form == "json":
        told = {"found": [one.to_dict() for one in found], "remarks": [one.to_dict() for one in remarks]}
        say(json_text({**told, **what_is_missing(area_read, *_KINDS)}))
    elif form == "csv":
        write(csv_text((*_COLUMNS, "not_stated"), [[*_row(one.service), list(one.unstated)] for one in found]))
    else:
        for n, signpost in enumerate(found, start=1):
            for line in _shown(signpost, listed, n):
                say(line)
        sure = sum(one.fits is True for one in found)
        tell(f"{number_of(found, 'service')}: {sure} fit, {len(found) - sure} do not say enough.")
        _say_what_is_missing(area_read)


@directory.command()
@area_folder
@as_at
@click.option("--area", help="The police area; by default the one of area.yaml.")
@click.option("--by", type=click.Choice(["need", "group"]), default="need", show_default=True)
@click.option("--group", help="Only what this group of victims can use; with --by need.")
@click.option("--with-national", is_flag=True, help="Count the nationally commissioned services too.")
@formats(*CARD_FORMATS, "csv", "json")
def gaps(
    folder: Path, as_at: date, area: str | None, by: str, group: str | None, with_national: bool, form: str
) -> None:
    """Which need, or group of victims, is met in which district, with the figures of the area's needs assessment."""
    read = read_area(folder, as_at=as_at)
    details = read.one(AreaDetails)
    listed = read.directory(with_national=with_national)
    if area is None and details is None:
        raise click.UsageError("Name the police area with --area, or write it into area.yaml.")
    if group is not None and by == "group":
        raise click.UsageError("--group goes with --by need.")
    found = gap_map(listed, area=area or (details.area if details else ""), on=as_at, by=by, group=group)
    if form == "json":
        told = {"gaps": [gap.to_dict() for gap in found]}
        say(json_text({**told, **what_is_missing(read, *_KINDS, AreaNeedsAssessment)}))
    elif form == "csv":
        rows = [[gap.of, gap.place, gap.state.value, list(gap.met), list(gap.part), list(gap.unsure)] for gap in found]
        write(csv_text((by, "place", "state", "met", "in_part", "not_known"), rows))
    else:
        titles = {one.id: one.title for one in need_categories().values()} if by == "need" else listed.vocabulary.groups
        card = _gap_card(found, capitalised(by), titles, read.all(AreaNeedsAssessment))
        say_card(saying_what_is_missing(card, read, *_KINDS, AreaNeedsAssessment), form)


def _say_what_is_missing(area: AreaFolder) -> None:
    for sentence in area.not_whole(*_KINDS):
        tell(sentence)


def _gap_card(
    found: Sequence[Gap], of_what: str, titles: Mapping[str, str], assessments: Sequence[AreaNeedsAssessment]
) -> Card:
    rows = []
    for of in dict.fromkeys(gap.of for gap in found):
        places = {state: [gap.place for gap in found if (gap.of, gap.state) == (of, state)] for state in GapState}
        met_in = f"met in {len(places[GapState.MET])} of {sum(map(len, places.values()))}"
        rows.append((titles[of], met_in, *("; ".join(places[state]) or "–" for state in _STATES)))
    figures = tuple(
        (titles[gap.of], gap.place, str(figure.number), str(figure.rate or "–"), figure.period, figure.source)
        for gap in found
        for assessment in assessments
        for figure in figures_for(assessment, gap)
        if gap.state is not GapState.MET
    )
    known = CardTable(
        caption="What is known of the need where it is not met",
        columns=(of_what, "District", "Number", "For 1,000 people", "Period", "Source"),
        rows=figures,
    )
    states = [gap.state for gap in found]
    counts = ", ".join(f"{title.lower()} {states.count(state)}" for state, title in _STATES.items())
    return Card(
        title="Services and gaps by district",
        sentences=(
            f"{len(found)} cells: {counts}.",
            "In part: only in some places of the district, or only for some groups of victims.",
            "Not known: a service may be there, and its record does not say.",
        ),
        tables=(
            CardTable(caption="By district", columns=(of_what, "Districts", *_STATES.values()), rows=tuple(rows)),
            *([known] if figures else []),
        ),
    )


@directory.command()
@area_or_file("services")
@as_at
@output()
@formats("json", "csv")
def export(folder: Path, as_at: date, output: Path | None, form: str) -> None:
    """The directory for others: Open Referral (HSDS 3) as JSON, or a table as CSV. Confidential addresses stay here."""
    listed, _ = _read(folder, as_at)
    made = to_open_referral(listed, on=as_at)
    text = made.to_json() + "\n" if form == "json" else csv_text(_COLUMNS, map(_row, listed.services))
    write_to(output, text)
    if output is not None:
        tell(f"{number_of(listed.services, 'service')} written to {output}.", err=True)
    if form == "json":
        for what in made.left_out:
            tell(f"Left out: {what}.", err=True)


@directory.command("import")
@click.argument("file", type=FILE)
@click.option("--into", "folder", type=FILE, required=True, help="The area's folder, to which the services are added.")
@click.option("--area", help="The police area of services for which the file names no place we know.")
def import_(file: Path, folder: Path, area: str | None) -> None:
    """Take the services of an Open Referral FILE into the area's folder, one YAML file each. Nothing is overwritten."""
    read = open_referral_file(file, area=area)
    here = read_whole_area(folder).directory()
    taken = {service.reference for service in here.services}
    files = {f"services/{_file_name(one.reference)}.yaml": one.to_yaml() for one in read.directory.services}
    known = {one.name for one in here.organisations}
    new = [one for one in read.directory.organisations if one.name not in known]
    files |= {f"organisations/{_file_name(one.name)}.yaml": one.to_yaml() for one in new}
    words = {name: list(listed) for name, listed in read.directory.words.to_dict().items() if isinstance(listed, list)}
    if words and here.words == OwnWords():
        files["service-words.yaml"] = write_yaml(dict(words))
    wrong = [
        faults.SERVICE_NAME_TWICE.at(file.name, reference=one.reference)
        for one in read.directory.services
        if one.reference in taken
    ]
    wrong += [faults.FILE_IN_THE_WAY.at(str(folder / name)) for name in files if (folder / name).exists()]
    if wrong:
        raise CommissioningError(*_each_once(wrong))
    for name, text in files.items():
        write_to(folder / name, text, make_folder=True)
        say(folder / name)
    for sentence in read.summary():
        tell(sentence)
    if words and here.words not in (OwnWords(), read.directory.words):
        tell("The file has words of its own. Add those that are missing to service-words.yaml.")


def _each_once(wrong: Sequence[Fault]) -> list[Fault]:
    return list(dict.fromkeys(wrong))


def _file_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "service"


# --- how a service is shown -------------------------------------------------------------------------------------

_COLUMNS = (
    "reference",
    "name",
    "provider",
    "kind",
    "arrangement",
    "commissioner",
    "tier",
    "groups",
    "everybody",
    "needs",
    "areas",
    "within",
    "national",
    "languages",
    "access",
    "phones",
    "email",
    "website",
    "openings",
    "eligibility",
    "free",
    "assured_on",
)


def _row(service: Service) -> list[object]:
    plain = service.to_dict()
    shown: dict[str, object] = {
        "phones": [phone.number for phone in service.phones],
        "openings": [_opening(service, n) for n in range(len(service.openings))],
    }
    return [shown.get(column, plain.get(column)) for column in _COLUMNS]


def _opening(service: Service, n: int) -> str:
    one = service.openings[n]
    days = ", ".join(capitalised(day) for day in one.days) or "Open"
    hours = f" {one.opens:%H:%M}" if one.opens else ""
    hours += f" to {one.closes:%H:%M}" if one.closes else ""
    every = f" (week {', '.join(map(str, one.weeks))} of the month)" if one.weeks else ""
    every = f" (every {one.every_weeks} weeks)" if one.every_weeks > 1 else every
    return f"{days}{hours}{every}{f', {one.how}' if one.how else ''}{f'. {one.note}' if one.note else ''}"


def _shown(signpost: Signpost, listed: Directory, n: int) -> Iterator[str]:
    """A service as a few lines of at most 80 columns; what is not known is not there."""
    service, words = signpost.service, listed.vocabulary
    paid = {True: "commissioned", False: "not commissioned", None: "not known who pays"}[service.commissioned]
    yield _wrapped(f"{n}. {service.name}", rest="   ")
    people = "everyone" if service.everybody else ", ".join(words.groups[group] for group in service.groups)
    where = "England and Wales" if service.national else "; ".join(service.within or service.areas)
    needs = need_categories()
    lines = {
        "": f"{'Provider not known' if service.provider == 'not known' else service.provider}, {paid}",
        "What": words.kinds.get(service.kind or "", ""),
        "For": people,
        "Needs": ", ".join(needs[need].title for need in service.needs or ()),
        "Where": where,
        "Telephone": "; ".join(f"{one.number}{f' ({one.note})' if one.note else ''}" for one in service.phones),
        "Email": service.email or "",
        "Website": service.website or "",
        "Open": "; ".join(_opening(service, m) for m in range(len(service.openings))),
        "Languages": ", ".join(words.languages.get(one, one) for one in service.languages or ()),
        "Access": ", ".join(words.access.get(one, one) for one in service.access or ()),
        "Not stated": ", ".join(signpost.unstated),
    }
    for label, text in lines.items():
        if text:
            yield _wrapped(f"{label}: {text}" if label else text, first="   ", rest="      ")


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    return fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
