"""The folder of an area: one place for all a commissioner records, read and checked as a whole.

The folder holds YAML files. A part of it, such as ``awards``, is in ``awards.yaml``, in the folder ``awards`` with one
file for each record, or in both. :data:`PARTS` says what parts there are, what they hold, which names they define and
which they refer to. Returns of providers are kept as they came, in the folder ``returns``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, TypeVar

from attrs import evolve, field, frozen

from victims_code import faults
from victims_code.arguments import checked, need_path
from victims_code.commissioning.governance import (
    Appointment,
    Board,
    Checklist,
    CommissioningCycle,
    DecisionRecord,
    HighlightReport,
    Inspection,
    Plan,
    RiskLog,
    Strategy,
)
from victims_code.commissioning.governance.decommissioning import ServiceCourse
from victims_code.commissioning.money import Award, AwardsPublisher, Bid, TermsByValue
from victims_code.commissioning.outcomes import OutcomeFramework
from victims_code.commissioning.powers.areas import AreaName
from victims_code.commissioning.records import CommissioningRecord
from victims_code.commissioning.registers import (
    CaseConference,
    Complaint,
    Feedback,
    Lesson,
    LiveLinkBooking,
    ReviewRequest,
    Survey,
)
from victims_code.commissioning.returns import Register
from victims_code.commissioning.returns.register import RegisterFile
from victims_code.commissioning.services import (
    AreaNeedsAssessment,
    FrontDoor,
    NeedsAssessment,
    Organisation,
    OwnWords,
    Referral,
    RestorativeJustice,
    Service,
    national_services,
)
from victims_code.commissioning.validators import values_at
from victims_code.errors import CommissioningError, VictimsCodeError
from victims_code.faults import Fault, did_you_mean, in_printed_order
from victims_code.printable import capitalised
from victims_code.reading.data_files import data_converter
from victims_code.reading.documents import Document, Keys, Plain, read_document
from victims_code.reading.structuring import partly, structure
from victims_code.reading.writing import write_aside

_R = TypeVar("_R")

_RETURNS = "returns"
_DATA = (".yaml", ".yml", ".json")


@frozen(kw_only=True)
class AreaDetails(CommissioningRecord):
    """Whose folder it is.

    :param area: the police area, by its identifier, force number or ONS code.
    :param office: what the commissioner's office is called.

    >>> AreaDetails(area="22", office="PCC for West Mercia").area
    'west-mercia'
    """

    area: AreaName
    office: str | None = None


@frozen(kw_only=True)
class FolderPart:
    """A part of the folder: what it is called, what it holds, and what its records name.

    :param name: the name of its file, without the ending, and of its folder.
    :param title: what it holds, in words.
    :param kind: the class of its records.
    :param starter: one record in YAML, as an example to begin from.
    :param many: whether it holds several records.
    :param defines: by path, what the names found there are names of, such as ``{"reference": "award"}``.
    :param refers: by path, what the names found there must be names of.
    :param read: what reads a record, if its class is not built from the keys of the file.
    :param written: the class whose keys the file has, if not ``kind``.
    """

    name: str
    title: str
    kind: type
    starter: str = field(repr=False)
    many: bool = True
    defines: Mapping[str, str] = field(factory=dict, repr=False)
    refers: Mapping[str, str] = field(factory=dict, repr=False)
    read: Callable[[Document, Path], object] | None = field(default=None, repr=False)
    written: type | None = field(default=None, repr=False)

    @property
    def file_kind(self) -> type:
        """The class whose keys the file has."""
        return self.written or self.kind

    @property
    def in_one_file(self) -> bool:
        """Whether its records, or its one record, can be in the file that has its name."""
        return not self.many or self.read is None

    @property
    def where(self) -> str:
        """The file it is in, or the folder."""
        return f"{self.name}.yaml" if self.in_one_file else f"{self.name}/"

    def takes(self, file: str) -> bool:
        """Whether a file, by its path in the folder, is one of the part.

        >>> [PARTS["awards"].takes(file) for file in ("awards.yaml", "awards/lantern.yaml", "award.yaml")]
        [True, True, False]
        """
        folder, _, name = file.rpartition("/")
        if not folder:
            return self.in_one_file and name == f"{self.name}.yaml"
        return self.many and folder == self.name and name.endswith(".yaml")


PARTS: Mapping[str, FolderPart] = MappingProxyType(
    {
        part.name: part
        for part in (
            FolderPart(
                name="area",
                title="whose folder it is",
                kind=AreaDetails,
                many=False,
                starter="""
area: west-mercia
office: Police and Crime Commissioner for West Mercia
""",
            ),
            FolderPart(
                name="register",
                title="providers, when they report, and the outcome frameworks in use",
                kind=Register,
                many=False,
                defines={"providers[].id": "provider"},
                read=Register.from_document,
                written=RegisterFile,
                starter="""
commissioner: Police and Crime Commissioner for West Mercia
frameworks: [victims-funding-strategy-2022]
returns: {every_months: 3, due_within: 15, agreement: 'Grant agreements, clause 9'}
providers:
  - {id: lantern, title: Lantern}
""",
            ),
            FolderPart(
                name="frameworks",
                title="outcome frameworks of your own; name them in register.yaml as frameworks/NAME.yaml",
                kind=OutcomeFramework,
                defines={"id": "framework"},
                read=lambda document, _folder: OutcomeFramework.from_document(document),
                starter="""
id: our-measures
title: Measures of our own
publisher: Police and Crime Commissioner for West Mercia
based_on: victims-funding-strategy-2022
evidence: text
cites: [{source: our-strategy}]
sources: [{id: our-strategy, title: Our strategy, publisher: PCC, kind: strategy, read: text}]
""",
            ),
            FolderPart(
                name="services",
                title="services for victims, commissioned or not",
                kind=Service,
                defines={"reference": "service"},
                refers={"depends_on[]": "service", "objectives[]": "objective"},
                starter="""
reference: isva
name: Adult ISVA service
kind: isva
provider: Lantern
arrangement: grant
commissioner: Police and Crime Commissioner for West Mercia
areas: [west-mercia]
force_wide: true
groups: [sexual-violence]
needs: [mental-and-physical-health, outlook-and-attitudes]
free: true
confidential: true
""",
            ),
            FolderPart(
                name="service-words",
                title="kinds, groups, ways of access and languages of your own",
                kind=OwnWords,
                many=False,
                starter="""
groups:
  - {id: local-farming-families, title: Farming families}
""",
            ),
            FolderPart(
                name="organisations",
                title="what is known of the organisations that give services",
                kind=Organisation,
                starter="""
name: Lantern
description: A charity for survivors of sexual violence
website: https://www.example.org
identifiers: [{kind: charity, identifier: '1234567', scheme: GB-CHC}]
""",
            ),
            FolderPart(
                name="front-doors",
                title="how first contact is arranged, part by part",
                kind=FrontDoor,
                refers={"services[]": "service", "decision": "decision"},
                starter="""
reference: front-door
area: west-mercia
model: partly-in-house
parts:
  - {part: single-point-of-contact, by: in-house, who: Victim Advice Line, passes_to: [triage]}
  - {part: triage, by: in-house}
services: [isva]
""",
            ),
            FolderPart(
                name="area-needs",
                title="what the area's victims need: crime, surveys, what people said",
                kind=AreaNeedsAssessment,
                starter="""
reference: NA-2026
area: west-mercia
assessed_on: 2026-03-02
review_by: 2027-03-31
figures:
  - {counted: recorded-crime, number: 18450, population: 327000, period: 2025-26, place: Shropshire, source: Police}
""",
            ),
            FolderPart(
                name="service-courses",
                title="how a service goes on: support, improvement, its end",
                kind=ServiceCourse,
                refers={"service": "service", "history[].decision": "decision", "history[].award": "award"},
                starter="""
service: isva
history:
  - {to: support-offered, on: 2026-05-01, why: Outcomes missed for two quarters}
""",
            ),
            FolderPart(
                name="referrals",
                title="referrals of victims to services; no names",
                kind=Referral,
                defines={"reference": "referral"},
                refers={"to": "service", "after": "referral"},
                starter="""
reference: R1
victim: V1
to: isva
basis: consented
consent: true
reported_on: 2026-04-02
made_on: 2026-04-08
""",
            ),
            FolderPart(
                name="needs",
                title="needs of victims as they were assessed; no names",
                kind=NeedsAssessment,
                defines={"reference": "needs record"},
                refers={"service": "service"},
                starter="""
reference: N1
victim: V1
route: police-referral
scale: {lowest: 1, highest: 10, direction: higher-is-better}
assessments:
  - {on: 2026-04-10, scores: {mental-and-physical-health: 4}}
""",
            ),
            FolderPart(
                name="restorative-justice",
                title="restorative justice that was offered",
                kind=RestorativeJustice,
                defines={"reference": "restorative record"},
                starter="""
reference: RJ1
victim: V1
offered_on: 2026-04-10
""",
            ),
            FolderPart(
                name="awards",
                title="grants and contracts",
                kind=Award,
                defines={"reference": "award"},
                refers={
                    "within": "award",
                    "services[]": "service",
                    "decision": "decision",
                    "variations[].decision": "decision",
                    "objectives[]": "objective",
                },
                starter="""
reference: L/2026
kind: grant
funder: Police and Crime Commissioner for West Mercia
recipient: lantern
amount: 85,000
first: 2026-04-01
last: 2027-03-31
services: [isva]
ring_fences: [{purpose: ISVA, amount: '40,000'}]
instalments:
  - {due: 2026-04-30, amount: '42,500', paid_on: 2026-04-28}
  - {due: 2026-10-30, amount: '42,500'}
spending:
  - {on: 2026-06-30, amount: '10,000', purpose: ISVA}
""",
            ),
            FolderPart(
                name="bids",
                title="bids for national funds",
                kind=Bid,
                defines={"reference": "bid"},
                refers={"award": "award"},
                starter="""
reference: B/2026/1
title: Two more advisers
stream: moj-domestic-abuse-and-sexual-violence-merged
asked: 95,000
closes_on: 2026-05-29
submitted_on: 2026-05-27
expected_on: 2026-07-31
""",
            ),
            FolderPart(
                name="award-terms",
                title="how closely awards are looked after, by their value",
                kind=TermsByValue,
                many=False,
                starter="""
bands:
  - {at_least: 0, returns_every_months: 12, visits: 0}
  - {at_least: '25,000', returns_every_months: 3, meetings_every_months: 6, visits: 1}
""",
            ),
            FolderPart(
                name="publisher",
                title="who publishes awards, and under which prefixes",
                kind=AwardsPublisher,
                many=False,
                starter="""
name: Police and Crime Commissioner for West Mercia
prefix: 360G-westmercia
ocid_prefix: ocds-a1b2c3
area: west-mercia
website: https://www.example.org
""",
            ),
            FolderPart(
                name="decisions",
                title="records of decision",
                kind=DecisionRecord,
                defines={"reference": "decision"},
                refers={
                    "follows": "decision",
                    "followed_by": "decision",
                    "awards[]": "award",
                    "objectives[]": "objective",
                },
                starter="""
reference: PCC/D/2026/4
title: Adult ISVA service 2026-27
commissioner: Police and Crime Commissioner for West Mercia
area: west-mercia
summary: A grant for one year.
proposal: To award the grant.
powers: [PRSRA 2011 s.9]
awards: [L/2026]
no_interests: true
part_1:
  supporting_report: As proposed.
  benefits: [{text: Victims wait less., measure: waiting, due: 2027-04-30}]
significant: true
approved_on: 2026-03-02
officer_approved_on: 2026-03-02
""",
            ),
            FolderPart(
                name="strategies",
                title="strategies with their objectives and commitments",
                kind=Strategy,
                defines={
                    "reference": "strategy",
                    "objectives[].reference": "objective",
                    "commitments[].reference": "objective",
                },
                starter="""
reference: VWS
title: Victim and Witness Strategy
since: 2026-04-01
until: 2029-03-31
objectives:
  - {reference: A, title: 'Access to help, whether a crime is reported or not'}
commitments:
  - {reference: V1, what: Set up a group of service users, objectives: [A]}
""",
            ),
            FolderPart(
                name="plans",
                title="police and crime, delivery, commissioning and improvement plans",
                kind=Plan,
                defines={"reference": "plan"},
                refers={"objectives[]": "objective", "actions[].objectives[]": "objective"},
                starter="""
reference: DP
title: Delivery plan 2026-27
kind: delivery-plan
since: 2026-04-01
until: 2027-03-31
agreed_on: 2026-03-20
published_on: 2026-03-27
actions:
  - {what: Set up the service user group, owner: Head of Commissioning, due: 2026-09-30, objectives: [V1]}
""",
            ),
            FolderPart(
                name="checklists",
                title="checklists: national expectations, the Code, the duties of a role",
                kind=Checklist,
                starter="""
of: national-statement-of-expectations
title: Violence against women and girls 2026
answers:
  - {item: victim-at-the-centre, met: true, on: 2026-05-01, evidence: [Service specifications]}
""",
            ),
            FolderPart(
                name="appointments",
                title="posts: terms, extensions, reviews and what follows from absence; no names",
                kind=Appointment,
                starter="""
role: victims-advocate
holder: M3
on: 2026-01-05
history: []
review_months: 6
""",
            ),
            FolderPart(
                name="inspections",
                title="recommendations of inspectorates and panels",
                kind=Inspection,
                defines={"reference": "inspection"},
                refers={
                    "recommendations[].objectives[]": "objective",
                    "recommendations[].actions[].objectives[]": "objective",
                },
                starter="""
reference: INS1
title: Inspection of victim care
by: [hmicfrs]
published_on: 2026-05-01
recommendations:
  - {reference: '1', what: Train call handlers, answer: accepted, owner: Strategic Lead, due: 2026-12-31}
""",
            ),
            FolderPart(
                name="boards",
                title="boards with their members and meetings",
                kind=Board,
                defines={"title": "board"},
                refers={
                    "meetings[].decisions[].objectives[]": "objective",
                    "meetings[].decisions[].record": "decision",
                    "meetings[].actions[].objectives[]": "objective",
                },
                starter="""
title: Victims' Board
quorum: 2
members:
  - {role: chair, holder: M1, since: 2026-04-01}
  - {role: head-of-commissioning, holder: M2, since: 2026-04-01}
chair: chair
meetings:
  - {on: 2026-07-07, present: [M1, M2]}
""",
            ),
            FolderPart(
                name="risk-logs",
                title="risks and issues of a board",
                kind=RiskLog,
                refers={
                    "board": "board",
                    "risks[].objectives[]": "objective",
                    "risks[].actions[].objectives[]": "objective",
                    "issues[].objectives[]": "objective",
                },
                starter="""
board: Victims' Board
scale: four-by-four
risks:
  - reference: R1
    cause: A grant for one year
    event: Advisers leave
    impact: Victims wait longer
    current: {likelihood: 3, impact: 3}
    owner: Head of Commissioning
    reviewed_on: 2026-06-01
""",
            ),
            FolderPart(
                name="complaints",
                title="complaints of victims; no names",
                kind=Complaint,
                defines={"reference": "register entry"},
                starter="""
reference: C1
received_on: 2026-04-01
received_by: pcc
meant_for: police
right: 6
theme: information-and-updates
acknowledged_on: 2026-04-09
forwarded_to: police
forwarded_on: 2026-04-09
victim_told_on: 2026-04-09
""",
            ),
            FolderPart(
                name="review-requests",
                title="requests under the Victims' Right to Review; no names",
                kind=ReviewRequest,
                defines={"reference": "register entry"},
                starter="""
reference: RR1
scheme: police-right-to-review
told_on: 2026-03-02
requested_on: 2026-04-01
in_scheme: true
acknowledged_on: 2026-04-10
""",
            ),
            FolderPart(
                name="live-links",
                title="rooms booked for evidence by live link; no names",
                kind=LiveLinkBooking,
                defines={"reference": "register entry"},
                starter="""
reference: L1
witness: W1
room: Room 1
court: Stafford Crown Court
on: 2026-05-05
begins: 09:30
ends: 13:00
confirmed_on: 2026-04-20
tested_on: 2026-05-01
test_worked: true
""",
            ),
            FolderPart(
                name="case-conferences",
                title="case conferences with support agencies; no names",
                kind=CaseConference,
                defines={"reference": "register entry"},
                refers={"cases[].actions[].objectives[]": "objective"},
                starter="""
reference: CC1
on: 2026-05-06
present: [Force, Lantern]
cases:
  - {case: K1, actions: [{what: Offer an ISVA, owner: Lantern, due: 2026-05-13}]}
""",
            ),
            FolderPart(
                name="feedback",
                title="what victims and service users say; no names",
                kind=Feedback,
                defines={"reference": "register entry"},
                starter="""
reference: F1
on: 2026-05-06
channel: service-user-group
kind: concern
theme: information-and-updates
""",
            ),
            FolderPart(
                name="surveys",
                title="surveys of victims",
                kind=Survey,
                defines={"reference": "register entry"},
                starter="""
reference: S1
title: Victim satisfaction
first: 2026-04-01
last: 2026-06-30
asked: 400
answered: 120
satisfied: 90
report_due: 2026-07-31
""",
            ),
            FolderPart(
                name="lessons",
                title="lessons from complaints, reviews and feedback",
                kind=Lesson,
                defines={"reference": "lesson"},
                refers={"learnt_from[]": "register entry", "objectives[]": "objective"},
                starter="""
reference: LE1
learnt_from: [C1]
changes: Policy on updates to victims
owner: Head of Commissioning
due: 2026-09-30
""",
            ),
            FolderPart(
                name="highlight-reports",
                title="what a board reads of a quarter",
                kind=HighlightReport,
                refers={
                    "board": "board",
                    "risks.board": "board",
                    "objectives[].objective": "objective",
                    "figures[].objectives[]": "objective",
                },
                starter="""
board: Victims' Board
area: West Mercia
period_from: 2026-04-01
period_to: 2026-06-30
achieved: [Needs assessment published]
figures:
  - {title: Better able to cope, value: 88, target: 90, unit: '%', direction: higher-is-better}
""",
            ),
            FolderPart(
                name="cycles",
                title="the commissioning cycle of a year",
                kind=CommissioningCycle,
                starter="""
title: 2026/27
activities:
  - {activity: map-services-and-gaps, owner: Head of Commissioning, due: 2026-09-30}
""",
            ),
        )
    }
)
"""The parts of a folder by name, in the order in which they are laid out and read."""

_KNOWN_ANYWAY: Mapping[str, Callable[[], Collection[str]]] = {"service": national_services}
"""Names that need no entry in the folder, by what they are names of."""


@frozen(kw_only=True)
class AreaFolder:
    """Everything in the folder of an area, read.

    :param path: the folder, or the one file that was read.
    :param records: the records of each part, by the name of the part.
    :param returns: the returns of providers in the folder ``returns``, which the room ``returns`` reads.
    :param unread: other files, which nothing here reads.
    :param remarks: warnings: YAML and JSON files that are no part of the folder, in case a name is misspelt.
    :param unchecked: sentences that say which references could not be checked, and why.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name:
    ...     _ = Path(name, "boards.yaml").write_text("boards:\\n  - {title: Victims' Board}\\n", encoding="utf-8")
    ...     folder = AreaFolder.read(name)
    >>> [board.title for board in folder.all(Board)], folder.all(Award), folder.one(AreaDetails)
    (["Victims' Board"], (), None)
    """

    path: Path
    records: Mapping[str, tuple[object, ...]] = field(repr=False)
    returns: tuple[Path, ...] = field(default=(), repr=False)
    unread: tuple[str, ...] = ()
    remarks: tuple[Fault, ...] = ()
    unchecked: tuple[str, ...] = ()

    @classmethod
    @checked
    def read(cls, path: str | Path, *, part: str | None = None) -> Self:
        """Read a folder, or one file of it by itself.

        :param part: what a file holds, such as ``boards``; by default what its name or its folder says.
        :raises CommissioningError: with every fault of every file, each with file, line and column.
        """
        area, wrong = cls.read_in_part(path, part=part)
        if wrong:
            raise CommissioningError(*wrong)
        return area

    @classmethod
    @checked
    def read_in_part(cls, path: str | Path, *, part: str | None = None) -> tuple[Self, tuple[Fault, ...]]:
        """As :meth:`read`, but give what could be read, and every fault."""
        place = need_path(path)
        reading = _Reading(folder=place if place.is_dir() else place.parent)
        others = reading.whole_folder() if place.is_dir() else reading.one_file(place, part)
        top = {name: name.partition("/")[0] for name in others}
        strange = [name for name in others if top[name] != _RETURNS]
        area = cls(
            path=place,
            records={name: reading.records(name) for name in PARTS},
            returns=tuple(place / name for name in others if top[name] == _RETURNS),
            unread=tuple(name for name in strange if not name.endswith(_DATA)),
            remarks=tuple(_of_no_part(name) for name in strange if name.endswith(_DATA)),
            unchecked=tuple(reading.unchecked),
        )
        return area, in_printed_order(reading.faults)

    def all(self, kind: type[_R]) -> tuple[_R, ...]:
        """Every record of a class, in the order of the files."""
        return tuple(record for records in self.records.values() for record in records if isinstance(record, kind))

    def one(self, kind: type[_R]) -> _R | None:
        """The record of a class of which there is one at most; None if there is none."""
        return next(iter(self.all(kind)), None)


@checked
def lay_out(folder: str | Path, area: AreaName | None = None) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Lay out a folder: for each part a file with an example in comments. A file that is there is left as it is.

    :param area: the police area, which ``area.yaml`` then says.
    :return: the files that were written, and those that were left.
    :raises CommissioningError: if a file cannot be written.
    """
    place = need_path(folder)
    written, kept = list[Path](), list[Path]()
    for part in PARTS.values():
        file = place / (f"{part.name}.yaml" if part.in_one_file else f"{part.name}/example.yaml")
        if file.exists():
            kept.append(file)
            continue
        text = _starter(part) if part.kind is not AreaDetails or area is None else AreaDetails(area=area).to_yaml()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            (place / _RETURNS).mkdir(exist_ok=True)
            write_aside(file, text)
        except OSError as problem:
            raise CommissioningError(faults.FILE_NOT_WRITTEN.at(str(file), reason=problem.strerror)) from None
        written.append(file)
    return tuple(written), tuple(kept)


def _starter(part: FolderPart) -> str:
    """The file of a part as it is laid out: what it holds, how to begin, and an example in comments."""
    lines = part.starter.strip().splitlines()
    if part.in_one_file and part.many:
        lines = [f"{part.name}:", *(f"  - {lines[0]}", *(f"    {line}" for line in lines[1:]))]
    head = [
        f"{capitalised(part.title)}.",
        'The lines below are an example. Take the "# " away, and write your own.',
        f"What can be written here: victims-code schema {part.name}",
        *([f"Each can also be in a file of its own, in the folder {part.name}."] if part.many else []),
        "",
    ]
    return "".join(f"# {line}".rstrip() + "\n" for line in (*head, *lines))


def _of_no_part(name: str) -> Fault:
    first = Path(name).parts[0]
    nearest = did_you_mean(first.rpartition(".")[0] or first, PARTS)
    hint = nearest if nearest.startswith("Did you mean") else "`victims-code schema` lists the parts."
    return faults.NO_PART_OF_THE_FOLDER.at(name, hint=hint)


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, but for hidden ones."""
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(where, name) for name in sorted(files) if not name.startswith("."))


@frozen(kw_only=True)
class _Entry:
    """A record as far as it could be read, with its place."""

    part: FolderPart
    thing: Any
    whole: bool
    document: Document
    keys: Keys


@frozen(kw_only=True)
class _Reading:
    """What has been read of a folder, and what is wrong with it.

    ``lost`` are the kinds of names of which some could not be read, so that a name may be among those.
    """

    folder: Path
    entries: list[_Entry] = field(factory=list)
    faults: list[Fault] = field(factory=list)
    unchecked: list[str] = field(factory=list)
    lost: set[str] = field(factory=set)

    def records(self, part: str) -> tuple[object, ...]:
        """The records of a part."""
        return tuple(entry.thing for entry in self.entries if entry.part.name == part and entry.whole)

    # --- files ---

    def whole_folder(self) -> list[str]:
        """Read every part, check the names, and give the names of the files that belong to no part."""
        files = {file.relative_to(self.folder).as_posix(): file for file in _files(self.folder)}
        taken = [name for part in PARTS.values() for name in files if part.takes(name)]
        for part in PARTS.values():
            for name in files:
                if part.takes(name):
                    self._file(files[name], part, name)
        if not taken:
            self.faults.append(faults.FOLDER_OF_NO_AREA.at(str(self.folder)))
            return []
        self._names_differ()
        self._names_are_known()
        return [name for name in files if name not in taken]

    def one_file(self, file: Path, part: str | None) -> list[str]:
        """Read one file, which leaves no other."""
        name = part or next((name for name in (file.stem, file.resolve().parent.name) if name in PARTS), "")
        if name in PARTS:
            self._file(file, PARTS[name], str(file))
        else:
            self.faults.append(evolve(_of_no_part(file.name), location=str(file)))
        return []

    def _file(self, file: Path, part: FolderPart, name: str) -> None:
        try:
            document = read_document(file, error=CommissioningError, collect_faults=True, source=name, columns=True)
        except CommissioningError as problem:
            self.faults.extend(evolve(fault, location=fault.location or name) for fault in problem.faults)
            self.lost.update(part.defines.values())
            return
        self.faults.extend(document.faults)
        data = document.data
        if data is None:
            return
        listed = part.in_one_file and part.many and (file.stem == part.name or _is_of_a_part(data))
        if not listed:
            self._entry(data, (), part, document)
        elif not isinstance(data, dict) or data.keys() != {part.name} or not isinstance(data[part.name], list | None):
            self.faults.append(faults.FILE_NOT_OF_ITS_PART.at(document.where(), name=part.name))
            self.lost.update(part.defines.values())
        else:
            for n, item in enumerate(data[part.name] or ()):  # type: ignore[arg-type]  # a list or nothing
                self._entry(item, (part.name, n), part, document)

    def _entry(self, item: Plain, keys: Keys, part: FolderPart, document: Document) -> None:
        kind: Any = part.file_kind
        thing: Any = None
        if part.read is None:
            thing = structure(data_converter(), item, kind, document, keys, faults=self.faults)
        else:
            try:
                thing = part.read(document, self.folder)
            except VictimsCodeError as problem:
                self.faults.extend(problem.faults)
        whole = thing is not None
        thing = thing if whole else partly(data_converter(), item, kind)
        if thing is not None:
            self.entries.append(_Entry(part=part, thing=thing, whole=whole, document=document, keys=keys))
        if not whole:
            self.lost.update(k for path, k in part.defines.items() if thing is None or not [*values_at(thing, path)])

    # --- names ---

    def _named(self, which: Callable[[FolderPart], Mapping[str, str]]) -> Iterator[tuple[_Entry, str, str, str]]:
        """Every name that the records hold, with what it is a name of and its place."""
        for entry in self.entries:
            for path, kind in which(entry.part).items():
                for keys, name in values_at(entry.thing, path):
                    yield entry, kind, name, entry.document.where((*entry.keys, *keys))

    def _defined(self) -> Mapping[tuple[str, str], str]:
        """The place of each name, by what it is a name of; of a name that is taken twice the first."""
        found: dict[tuple[str, str], str] = {}
        for _, kind, name, place in self._named(lambda part: part.defines):
            found.setdefault((kind, name), place)
        return found

    def _names_differ(self) -> None:
        first = self._defined()
        for _, kind, name, place in self._named(lambda part: part.defines):
            if (other := first[kind, name]) != place:
                self.faults.append(faults.NAME_TAKEN.at(place, kind=kind, name=name, other=other))

    def _names_are_known(self) -> None:
        defined = self._defined()
        kept = {kind for kind, _ in defined}
        open_ = Counter[tuple[str, str]]()
        for entry, kind, name, place in self._named(lambda part: part.refers):
            known = {name for of, name in defined if of == kind}.union(_KNOWN_ANYWAY.get(kind, tuple)())
            if name in known or kind in self.lost:
                continue
            if kind in kept:
                nearest = did_you_mean(name, known, listing="Known")
                self.faults.append(faults.NO_SUCH_REFERENCE.at(place, kind=kind, name=name, nearest=nearest))
            else:
                open_[entry.part.name, kind] += 1
        for (part, kind), number in open_.items():
            self.unchecked.append(f"{part}: {number} with the name of a {kind}, and no {kind} is in the folder.")


def _is_of_a_part(data: Plain) -> bool:
    """Whether a file has a list under the name of a part, and is not one record."""
    return isinstance(data, dict) and bool(data) and data.keys() <= PARTS.keys()
