"""Awards in the formats that the public reads: grants as 360Giving data, contracts as OCDS releases, all as CSV.

A format has no place for everything an award records. Whatever is left out is said, with its number; nothing is guessed
to fill a place that a format requires.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from victims_code import faults
from victims_code.arguments import checked, need
from victims_code.commissioning.money.awards import (
    Award,
    AwardKind,
    Instalment,
    OrganisationName,
    Variation,
    total,
)
from victims_code.commissioning.money.position import position_of
from victims_code.commissioning.money.streams import funding_streams
from victims_code.commissioning.powers.areas import AreaName, police_areas
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.validators import never
from victims_code.dates import parse_date
from victims_code.decimals import to_decimal
from victims_code.errors import CommissioningError, VictimsCodeError, WrongValueError
from victims_code.faults import Fault
from victims_code.identifiers import OrganisationId
from victims_code.money import in_pounds
from victims_code.printable import json_text
from victims_code.reading.documents import Document, Plain, file_text, read_json
from victims_code.render.csvs import csv_text

_STANDARD, _OCDS = "1.4", "1.1"
_PUBLIC_DOMAIN = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@frozen(kw_only=True)
class AwardsPublisher(CommissioningRecord):
    """Who publishes awards, and under which prefixes.

    :param name: the office, as the awards write it as ``funder``.
    :param id: what identifies it, such as ``GB-GOR-PB1204``.
    :param prefix: its prefix at 360Giving, such as ``360G-borset``, which 360Giving gives out.
    :param ocid_prefix: its prefix for contracts, such as ``ocds-a1b2c3``, which Open Contracting
        gives out.
    :param area: the police area, which is where the grants are of benefit.
    :param website: its address, and ``licence`` the address of the licence; by default the Open Government Licence.
    """

    name: str
    id: OrganisationName | None = None
    prefix: str | None = None
    ocid_prefix: str | None = None
    area: AreaName | None = None
    website: str | None = None
    licence: str = _PUBLIC_DOMAIN

    checks = (
        never("prefix", lambda one: not re.fullmatch("(360G-[A-Za-z0-9_]+)?", one.prefix or ""), faults.NOT_A_PREFIX),
        never(
            "ocid_prefix",
            lambda one: not re.fullmatch("(ocds-[a-z0-9]{6})?", one.ocid_prefix or ""),
            faults.NOT_A_PREFIX,
        ),
    )

    def gives(self, award: Award) -> bool:
        """Whether an award is one that it makes, and not one that it gets or others make."""
        return not award.received and (
            award.funder == self.name or (self.id is not None and award.funder_id == self.id)
        )


@frozen(kw_only=True)
class OpenAwards:
    """Awards in a public format: the data, how many awards are in it, and what was left out, each with its number."""

    data: Mapping[str, Plain]
    count: int
    left_out: tuple[Fault, ...]

    def to_json(self) -> str:
        """The data as JSON text."""
        return json_text(self.data)


@frozen(kw_only=True)
class ReadAwards:
    """Awards read from a public format, and what was not read, each with its number."""

    awards: tuple[Award, ...]
    not_read: tuple[Fault, ...]


# --- 360Giving --------------------------------------------------------------------------------------------------

_HELD = {
    "owner": ("name of an owner", "names of owners"),
    "decision": ("number of a decision", "numbers of decisions"),
    "services": ("tie to a service", "ties to services"),
    "objectives": ("tie to an objective", "ties to objectives"),
    "conditions": ("condition", "conditions"),
    "ring_fences": ("ring-fence", "ring-fences"),
    "purposes": ("purpose", "purposes"),
    "profile": ("share of a financial year", "shares of financial years"),
    "clawbacks": ("sum asked back", "sums asked back"),
    "spending": ("line of spending", "lines of spending"),
    "meetings": ("meeting or visit", "meetings and visits"),
    "returns": ("agreement on returns", "agreements on returns"),
    "decide_by": ("day to decide by", "days to decide by"),
    "followed_by": ("award that follows", "awards that follow"),
    "closed_on": ("day of closing", "days of closing"),
    "reduces_crime": ("answer whether it reduces crime", "answers whether they reduce crime"),
    "reasons": ("reason for an award", "reasons for awards"),
    "published": ("day of publication", "days of publication"),
}
"""What an award records for which 360Giving has no place, in words, one and several."""
_UNPAID = ("instalment that is not paid", "instalments that are not paid")
_NEW_DAYS = ("change of the last day", "changes of the last day")
_DECIDED = ("number of the decision on a change", "numbers of the decisions on changes")
_FENCED = ("purpose of a change", "purposes of changes")
_INVOICED = ("invoice or condition of an instalment", "invoices and conditions of instalments")
_SPELT = ("reference is written with _ for other signs", "references are written with _ for other signs")


@checked
def to_360giving(awards: Sequence[Award], publisher: AwardsPublisher, *, as_at: date) -> OpenAwards:
    """The grants that an office makes as a 360Giving package, version 1.4 of the standard.

    The first sum and each change of it are commitments; instalments that were paid are disbursements. A grant without
    `awarded_on` or `description`, which the standard requires, is left out and said.

    :param as_at: the day of the data; what came later is not in it.
    :raises CommissioningError: if the publisher has no prefix, or two grants would have one identifier.

    >>> office = AwardsPublisher(name="PCC", prefix="360G-borset")
    >>> award = Award(reference="H/2026", kind="grant", funder="PCC", recipient="Harbour", amount="80,000",
    ...               first=date(2026, 4, 1), last=date(2027, 3, 31), awarded_on=date(2026, 3, 2), owner="Officer",
    ...               recipient_id="GB-CHC-1164883", description="Advisers for victims of sexual violence.")
    >>> made = to_360giving([award], office, as_at=date(2026, 12, 1))
    >>> made.data["grants"][0]["id"], made.data["grants"][0]["amountAwarded"]
    ('360G-borset-H_2026', 80000)
    >>> for fault in made.left_out:
    ...     print(fault.message)
    1 name of an owner was left out: 360Giving has no place for it.
    1 reference is written with _ for other signs.
    """
    if publisher.prefix is None:
        raise CommissioningError(faults.PUBLISHER_WITHOUT_A_PREFIX.at(name="prefix", example="360G-borset"))
    chosen, left = _chosen(awards, publisher, AwardKind.GRANT, "360Giving")
    kept = [one for one in chosen if one.awarded_on and one.description and one.awarded_on <= as_at]
    for lacks, without in (
        ("awarded_on", [one for one in chosen if not one.awarded_on or one.awarded_on > as_at]),
        ("description", [one for one in chosen if one.awarded_on and not one.description]),
    ):
        if without:
            names = ", ".join(one.reference for one in without)
            what = "1 grant" if len(without) == 1 else f"{len(without)} grants"
            left.append(faults.GRANT_LACKS_WHAT_IS_REQUIRED.at(what=what, names=names, lacks=lacks))
    _need_one_identifier_each(kept, publisher.prefix)
    grants: list[Plain] = [_grant(one, publisher, as_at) for one in kept]
    data: dict[str, Plain] = {
        "version": _STANDARD,
        "title": f"Grants of {publisher.name}",
        "issued": as_at.isoformat(),
        "publisher": _without_nothing(
            {"name": publisher.name, "identifier": publisher.id, "website": publisher.website}
        ),
        "license": publisher.licence,
        "grants": grants,
    }
    left += _not_kept(_held(kept, as_at), "360Giving")
    return OpenAwards(data=data, count=len(kept), left_out=tuple(left))


def _chosen(
    awards: Sequence[Award], publisher: AwardsPublisher, kind: AwardKind, form: str
) -> tuple[list[Award], list[Fault]]:
    """The awards of a kind that an office makes, and how many others there are."""
    own = [one for one in awards if publisher.gives(one)]
    chosen = [one for one in own if one.kind is kind]
    other = "contract" if kind is AwardKind.GRANT else "grant"
    counts = {("award of others", "awards of others"): len(awards) - len(own)}
    counts |= {(other, f"{other}s"): len(own) - len(chosen)}
    left = [
        faults.NOT_FOR_THE_FORMAT.at(
            what=f"{number} {words[number > 1]}", form=form, kind=kind.value, name=publisher.name
        )
        for words, number in counts.items()
        if number
    ]
    return chosen, left


def _not_kept(counts: Mapping[tuple[str, str], int], form: str) -> Iterator[Fault]:
    for (one, several), number in counts.items():
        what, single = (one, True) if number == 1 else (several, False)
        if (one, several) == _SPELT:
            yield faults.REFERENCES_SPELT_ANEW.at(count=number, what=what)
        else:
            was, them = ("was", "it") if single else ("were", "them")
            yield faults.NOT_IN_THE_FORMAT.at(count=number, what=what, was=was, form=form, them=them)


def _held(awards: Iterable[Award], as_at: date) -> Mapping[tuple[str, str], int]:
    """How many of each thing that 360Giving has no place for."""
    counts: Counter[tuple[str, str]] = Counter()
    for award in awards:
        for name, words in _HELD.items():
            value = getattr(award, name)
            counts[words] += len(value) if isinstance(value, tuple | Mapping) else int(value not in (None, ""))
        counts[_UNPAID] += sum(one.paid_by(as_at) == 0 for one in award.instalments)
        counts[_INVOICED] += sum(bool(one.invoice) + bool(one.held_until) for one in award.instalments)
        counts[_NEW_DAYS] += sum(one.last is not None for one in award.variations)
        counts[_DECIDED] += sum(bool(one.decision) for one in award.variations)
        counts[_FENCED] += sum(bool(one.purpose) for one in award.variations)
        counts[_SPELT] += _slug(award.reference) != award.reference
    return {words: number for words, number in counts.items() if number}


def _grant(award: Award, publisher: AwardsPublisher, as_at: date) -> Plain:
    prefix = publisher.prefix or ""
    terms, titles = award.terms(as_at), {stream.id: stream.title for stream in funding_streams()}
    commitments = [(award.awarded_on, award.amount, "As awarded."), *_changes(award, as_at)]
    paid = [one for one in award.instalments if one.paid_by(as_at)]
    where = [police_areas()[publisher.area]] if publisher.area else []
    location: list[Plain] = [{"name": one.title, "geoCode": one.ons, "geoCodeType": "PFA"} for one in where]
    return _without_nothing(
        {
            "id": f"{prefix}-{_slug(award.reference)}",
            "title": award.name,
            "description": award.description,
            "currency": "GBP",
            "amountAwarded": _number(terms.amount),
            "amountDisbursed": _number(award.paid(as_at)) if award.instalments else None,
            "awardDate": _day(award.awarded_on),
            "plannedDates": [{"startDate": _day(award.first), "endDate": _day(terms.last)}],
            "recipientOrganization": [_organisation(award.recipient, award.recipient_id, prefix)],
            "fundingOrganization": [_organisation(award.funder, award.funder_id or publisher.id, prefix)],
            "beneficiaryLocation": location,
            "grantProgramme": [{"code": one, "title": titles[one]} for one in award.streams],
            "relatedActivity": [f"{prefix}-{_slug(award.within)}"] if award.within else [],
            "commitmentTransaction": [
                _transaction(f"{_slug(award.reference)}-c{n}", day, amount, why)
                for n, (day, amount, why) in enumerate(commitments, 1)
            ],
            "disbursementTransaction": [
                _transaction(f"{_slug(award.reference)}-d{n}", one.paid_on, one.paid_by(as_at), None)
                for n, one in enumerate(paid, 1)
            ],
        }
    )


def _changes(award: Award, as_at: date) -> Iterator[tuple[date, Decimal, str]]:
    for one in sorted(award.variations, key=lambda one: one.on):
        if one.amount and one.on <= as_at:
            yield one.on, one.amount, one.why


def _transaction(id_: str, day: date | None, amount: Decimal, why: str | None) -> Plain:
    return _without_nothing(
        {"id": id_, "transactionDate": _day(day), "currency": "GBP", "value": _number(amount), "description": why}
    )


def _organisation(name: str, id_: str | None, prefix: str) -> Plain:
    """An organisation as 360Giving has it; one that is in no list has an identifier of the publisher's own."""
    return {"id": id_ or f"{prefix}-org-{_slug(name)}", "name": name}


def _need_one_identifier_each(awards: Iterable[Award], prefix: str) -> None:
    counts = Counter(f"{prefix}-{_slug(one.reference)}" for one in awards)
    if twice := [faults.LISTED_TWICE.at("id", value=id_) for id_, number in counts.items() if number > 1]:
        raise CommissioningError(*twice)


def read_360giving(path: str | Path) -> ReadAwards:
    """The grants in a file of 360Giving data (JSON).

    :raises CommissioningError: if the file cannot be read, or is not such a package.
    """
    text = file_text(path, error=CommissioningError)
    document = read_json(text, source=Path(path).name, error=CommissioningError, fraction=str)
    return _read_grants(document)


@checked
def from_360giving(data: Mapping[str, object]) -> ReadAwards:
    """The grants of a 360Giving package that is read already.

    The reference is the identifier without the prefix. The first commitment is the sum as it was awarded, the others
    are its changes; disbursements are instalments that were paid. Grants to individuals are not read, because they name
    people; nor are grants in another currency, or without days.

    :raises CommissioningError: if it is not such a package.

    >>> grant = {"id": "360G-borset-H1", "title": "Advisers", "description": "Advisers.", "currency": "GBP",
    ...          "amountAwarded": 80000, "awardDate": "2026-03-02", "fundingOrganization": [{"id": "x", "name": "PCC"}],
    ...          "recipientOrganization": [{"id": "GB-CHC-1164883", "name": "Harbour"}],
    ...          "plannedDates": [{"startDate": "2026-04-01", "endDate": "2027-03-31"}], "fromOpenCall": "Yes"}
    >>> read = from_360giving({"grants": [grant]})
    >>> read.awards[0].reference, read.awards[0].recipient_id, [fault.message for fault in read.not_read]
    ('H1', 'GB-CHC-1164883', ['1 value of fromOpenCall was not read.', '1 identifier of an organisation was not read.'])
    """
    return _read_grants(Document(data=dict(data), source=""))  # type: ignore[arg-type]


_READ = (
    *("id", "title", "description", "currency", "amountAwarded", "amountDisbursed", "awardDate", "plannedDates"),
    *("recipientOrganization", "fundingOrganization", "grantProgramme", "relatedActivity"),
    *("commitmentTransaction", "disbursementTransaction"),
)
"""What is read of a grant. What was disbursed in all is the sum of the disbursements."""


def _read_grants(document: Document) -> ReadAwards:
    data = document.data
    grants = data.get("grants") if isinstance(data, dict) else None
    if not isinstance(grants, list):
        raise CommissioningError(faults.NOT_A_360GIVING_PACKAGE.at(document.source))
    left: Counter[tuple[str, str]] = Counter()
    wrong: list[Fault] = []
    awards: list[Award] = []
    for n, grant in enumerate(grants):
        try:
            award = _award_of(_mapping(grant), left)
        except VictimsCodeError as problem:
            place = document.where(("grants", n))
            wrong += [faults.GRANT_NOT_READ.at(place, problem=fault.message) for fault in problem.faults]
            continue
        if award is not None:
            awards.append(award)
    return ReadAwards(awards=tuple(awards), not_read=(*_unread(left), *wrong))


def _unread(counts: Mapping[tuple[str, str], int]) -> Iterator[Fault]:
    for (one, several), number in counts.items():
        yield faults.NOT_READ_FROM_THE_FORMAT.at(
            count=number, what=one if number == 1 else several, was="was" if number == 1 else "were"
        )


def _award_of(grant: Mapping[str, Any], left: Counter[tuple[str, str]]) -> Award | None:
    """A grant as an award; None, and counted, if it cannot be one."""
    if grant.get("recipientIndividual"):
        left["grant to an individual", "grants to individuals"] += 1
        return None
    if grant.get("currency") != "GBP":
        left["grant in another currency", "grants in other currencies"] += 1
        return None
    days = next(_entries(grant, "plannedDates"), {})
    first, last = (_whole_day(days.get(name)) for name in ("startDate", "endDate"))
    if first is None or last is None:
        left["grant without its days", "grants without their days"] += 1
        return None
    for name, value in grant.items():
        if name not in _READ and value not in (None, [], ""):
            left[f"value of {name}", f"values of {name}"] += 1
    prefix, reference = _split(grant.get("id"))
    funder, recipient = (_first(grant, name, left) for name in ("fundingOrganization", "recipientOrganization"))
    changes = _commitments(grant, left)
    known = {stream.id for stream in funding_streams()}
    programmes = [str(one.get("code")) for one in _entries(grant, "grantProgramme")]
    if other := [one for one in programmes if one not in known]:
        left["grant programme", "grant programmes"] += len(other)
    title = str(grant.get("title") or "")
    plain = f"Grant to {recipient.get('name')}"
    return Award(
        reference=reference,
        kind=AwardKind.GRANT,
        title="" if title == plain else title,
        description=grant.get("description"),
        funder=str(funder.get("name")),
        funder_id=_known_organisation(funder, prefix, left),
        recipient=str(recipient.get("name")),
        recipient_id=_known_organisation(recipient, prefix, left),
        amount=changes[0][1],
        first=first,
        last=last,
        awarded_on=_whole_day(grant.get("awardDate")),
        within=next((_split(one)[1] for one in _listed(grant, "relatedActivity")), None),
        streams=[one for one in programmes if one in known],  # type: ignore[arg-type]
        variations=[  # type: ignore[arg-type]
            Variation(on=day, amount=amount, why=why or "No reason is given.") for day, amount, why in changes[1:]
        ],
        instalments=[  # type: ignore[arg-type]
            Instalment(due=day, amount=amount, paid_on=day)
            for day, amount, _ in map(_read_transaction, _entries(grant, "disbursementTransaction"))
        ],
    )


def _commitments(grant: Mapping[str, Any], left: Counter[tuple[str, str]]) -> list[tuple[date, Decimal, str | None]]:
    """The sum as awarded and its changes; the sum awarded alone where the commitments do not make it."""
    whole = _amount(grant.get("amountAwarded"))
    found = [_read_transaction(one) for one in _entries(grant, "commitmentTransaction")]
    if found and total(amount for _, amount, _ in found) != whole:
        left["commitment that does not make the sum awarded", "commitments that do not make the sum awarded"] += len(
            found
        )
        found = []
    return found or [(date.min, whole, None)]


def _read_transaction(one: Mapping[str, Any]) -> tuple[date, Decimal, str | None]:
    day = _whole_day(one.get("transactionDate"))
    if day is None:
        raise WrongValueError(faults.TRANSACTION_WITHOUT_A_DAY.at())
    return day, _amount(one.get("value")), one.get("description")


def _amount(value: object) -> Decimal:
    number = to_decimal(str(value)) if isinstance(value, int | float | str | Decimal) else None
    if number is None:
        raise WrongValueError(faults.NOT_AN_AMOUNT.at(value=value))
    return number


def _split(id_: object) -> tuple[str, str]:
    """The prefix of an identifier of 360Giving, and the rest: a prefix is ``360G`` and a name without hyphens."""
    found = re.fullmatch(r"(360G-[^-]+)-(.+)", str(id_))
    if not id_:
        raise WrongValueError(faults.GRANT_WITHOUT_ITS.at(name="id"))
    return (found[1], found[2]) if found else ("", str(id_))


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise WrongValueError(faults.NOT_AS_360GIVING_HAS_IT.at(name="grants"))
    return value


def _listed(grant: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = grant.get(name) or ()
    if not isinstance(value, list | tuple):
        raise WrongValueError(faults.NOT_AS_360GIVING_HAS_IT.at(name=name))
    return value


def _entries(grant: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The entries of a list of a grant, each a group of keys."""
    for one in _listed(grant, name):
        if not isinstance(one, Mapping):
            raise WrongValueError(faults.NOT_AS_360GIVING_HAS_IT.at(name=name))
        yield one


def _first(grant: Mapping[str, Any], name: str, left: Counter[tuple[str, str]]) -> Mapping[str, Any]:
    first, *others = [*_entries(grant, name)] or [{}]
    if not first.get("name"):
        raise WrongValueError(faults.GRANT_WITHOUT_ITS.at(name=name))
    if others:
        left["further organisation", "further organisations"] += len(others)
    return first


def _known_organisation(one: Mapping[str, Any], prefix: str, left: Counter[tuple[str, str]]) -> str | None:
    """The identifier of an organisation; None for one of the publisher's own making, and for one that is not known."""
    text = str(one.get("id", ""))
    if text.startswith(f"{prefix}-org-"):
        return None
    try:
        return AwardsPublisher(name="x", id=text).id
    except CommissioningError:
        left["identifier of an organisation", "identifiers of organisations"] += 1
        return None


def _whole_day(text: object) -> date | None:
    """The day of a date or a moment as text; None if there is no day in it."""
    try:
        return parse_date(str(text)[:10])
    except VictimsCodeError:
        return None


# --- OCDS -------------------------------------------------------------------------------------------------------


@checked
def to_ocds(awards: Sequence[Award], publisher: AwardsPublisher, *, as_at: date) -> OpenAwards:
    """The contracts that an office makes as a package of OCDS releases, version 1.1 of the standard.

    Variations are amendments, instalments that were paid are transactions; conditions and instalments that are due are
    milestones.

    :param as_at: the day of the releases; what came later is not in them.
    :raises CommissioningError: if the publisher has no `ocid_prefix` or no website, which the standard requires.
    """
    lacking = [
        faults.PUBLISHER_WITHOUT_A_PREFIX.at(name=name, example=example)
        for name, example in (("ocid_prefix", "ocds-a1b2c3"), ("website", "https://www.example.org"))
        if getattr(publisher, name) is None
    ]
    if lacking:
        raise CommissioningError(*lacking)
    chosen, left = _chosen(awards, publisher, AwardKind.CONTRACT, "OCDS")
    _need_one_identifier_each(chosen, publisher.ocid_prefix or "")
    releases: list[Plain] = [_release(one, publisher, as_at) for one in chosen]
    scheme = _identifier(publisher.name, publisher.id)
    data: dict[str, Plain] = {
        "uri": f"{publisher.website}#contracts-{as_at.isoformat()}",
        "version": _OCDS,
        "publishedDate": _moment(as_at),
        "publisher": _without_nothing(
            {"name": publisher.name, "scheme": scheme.get("scheme"), "uid": scheme.get("id")}
        ),
        "license": publisher.licence,
        "releases": releases,
    }
    kept = ("conditions", "closed_on")
    counts = {words: n for words, n in _held(chosen, as_at).items() if words not in [_HELD[name] for name in kept]}
    for words in (_UNPAID, _NEW_DAYS, _INVOICED):
        counts.pop(words, None)
    left += _not_kept(counts, "OCDS")
    return OpenAwards(data=data, count=len(chosen), left_out=tuple(left))


def _release(award: Award, publisher: AwardsPublisher, as_at: date) -> Plain:
    id_, terms = _slug(award.reference), award.terms(as_at)
    buyer: dict[str, Plain] = {
        "id": award.funder_id or publisher.id or f"org-{_slug(award.funder)}",
        "name": award.funder,
    }
    supplier: dict[str, Plain] = {"id": award.recipient_id or f"org-{_slug(award.recipient)}", "name": award.recipient}
    changes = [one for one in award.variations if one.on <= as_at]
    paid = [(n, one) for n, one in enumerate(award.instalments, 1) if one.paid_by(as_at)]
    ended = as_at > terms.last or (award.closed_on is not None and award.closed_on <= as_at)
    tags = ["award", "contract", *(["contractAmendment"] if changes else []), *(["implementation"] if paid else [])]
    parties: list[dict[str, Plain]] = [
        {**party, "identifier": identifier, "roles": [role]}
        for party, identifier, role in (
            (buyer, _identifier(award.funder, award.funder_id or publisher.id), "buyer"),
            (supplier, _identifier(award.recipient, award.recipient_id), "supplier"),
        )
    ]
    first_terms: dict[str, Plain] = {"startDate": _moment(award.first), "endDate": _moment(award.last)}
    return _without_nothing(
        {
            "ocid": f"{publisher.ocid_prefix}-{id_}",
            "id": f"{id_}-{as_at.isoformat()}",
            "date": _moment(as_at),
            "tag": [*tags, *(["contractTermination"] if ended else [])],
            "initiationType": "tender",
            "language": "en",
            "parties": [_without_nothing(party) for party in parties],
            "buyer": buyer,
            "awards": [
                _without_nothing(
                    {
                        "id": f"{id_}-award",
                        "title": award.name,
                        "description": award.description,
                        "status": "active",
                        "date": _moment(award.awarded_on),
                        "value": _value(award.amount),
                        "suppliers": [supplier],
                        "contractPeriod": first_terms,
                    }
                )
            ],
            "contracts": [
                _without_nothing(
                    {
                        "id": id_,
                        "awardID": f"{id_}-award",
                        "title": award.name,
                        "status": "terminated" if ended else "pending" if as_at < award.first else "active",
                        "period": {"startDate": _moment(award.first), "endDate": _moment(terms.last)},
                        "value": _value(terms.amount),
                        "amendments": [_amendment(n, one) for n, one in enumerate(changes, 1)],
                        "milestones": list(_milestones(award, as_at)),
                        "implementation": {
                            "transactions": [
                                {
                                    "id": f"{id_}-{n}",
                                    "date": _moment(one.paid_on),
                                    "value": _value(one.paid_by(as_at)),
                                    "payer": buyer,
                                    "payee": supplier,
                                }
                                for n, one in paid
                            ]
                        }
                        if paid
                        else None,
                    }
                )
            ],
        }
    )


def _amendment(n: int, one: Variation) -> Plain:
    sum_ = f"The sum changes by {in_pounds(one.amount)}. " if one.amount else ""
    days = f"The last day is {one.last.isoformat()}." if one.last else ""
    return {"id": str(n), "date": _moment(one.on), "rationale": one.why, "description": f"{sum_}{days}".strip()}


def _milestones(award: Award, as_at: date) -> Iterator[Plain]:
    words = {True: "met", False: "notMet", None: "scheduled"}
    for one in award.conditions:
        last, met = one.last_asked(as_at), one.met_on(as_at)
        yield _without_nothing(
            {
                "id": f"condition-{one.id}",
                "title": one.text,
                "type": "delivery",
                "dueDate": _moment(one.next_due(as_at)),
                "dateMet": _moment(last.on) if last and met else None,
                "status": words[met],
            }
        )
    for n, part in enumerate(award.instalments, 1):
        if not part.paid_by(as_at):
            title = f"Instalment of {in_pounds(part.amount)}"
            due = _moment(part.due)
            yield {"id": f"instalment-{n}", "title": title, "type": "payment", "dueDate": due, "status": "scheduled"}


def _identifier(name: str, id_: str | None) -> dict[str, Plain]:
    read = OrganisationId.parse(id_ or "")
    return {"scheme": read.list_code, "id": read.number, "legalName": name} if read.list_code else {}


# --- CSV --------------------------------------------------------------------------------------------------------

_COLUMNS: Mapping[str, Callable[[Award, date], object]] = {
    "reference": lambda award, _: award.reference,
    "kind": lambda award, _: award.kind.value,
    "title": lambda award, _: award.name,
    "funder": lambda award, _: award.funder,
    "funder_id": lambda award, _: award.funder_id,
    "recipient": lambda award, _: award.recipient,
    "recipient_id": lambda award, _: award.recipient_id,
    "description": lambda award, _: award.description,
    "paid_out_of": lambda award, _: award.within,
    "awarded_on": lambda award, _: award.awarded_on,
    "first": lambda award, _: award.first,
    "last": lambda award, as_at: award.terms(as_at).last,
    "as_awarded": lambda award, _: award.amount,
    "amount": lambda award, as_at: award.terms(as_at).amount,
    "ring_fenced": lambda award, as_at: total(award.terms(as_at).ring_fences.values()),
    "paid": lambda award, as_at: award.paid(as_at),
    "spent": lambda award, as_at: _spent(award, as_at),
    "streams": lambda award, _: list(award.streams),
    "services": lambda award, _: list(award.services),
    "decision": lambda award, _: award.decision,
}
"""The columns of the table of awards; ``spent`` is empty where nothing was reported."""


@checked
def awards_to_csv(awards: Sequence[Award], *, as_at: date) -> str:
    """All awards as CSV, one row each, as they are on a day; every cell is safe in a spreadsheet."""
    return csv_text(_COLUMNS, ([_cell(read(award, as_at)) for read in _COLUMNS.values()] for award in awards))


def _spent(award: Award, as_at: date) -> Decimal | None:
    position = position_of(award, as_at=as_at)
    return position.spent if position.reported else None


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


# --- what the formats share -------------------------------------------------------------------------------------


def _slug(text: str) -> str:
    """A reference as it can be part of an identifier."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)


def _number(amount: Decimal) -> int | float:
    """An amount as a number of JSON, which reads back to the same pence."""
    need(amount, Decimal, "amount", "an amount", "Pass a Decimal.")
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _value(amount: Decimal) -> Plain:
    return {"amount": _number(amount), "currency": "GBP"}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00Z" if day else None


def _without_nothing(plain: Mapping[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in plain.items() if value not in (None, [], {})}
