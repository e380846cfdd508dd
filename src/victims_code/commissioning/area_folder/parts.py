"""The parts of an area's folder: what there are, what they hold, which names they define and which they refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

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
)
from victims_code.reading.documents import Document


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
    :param many: whether it holds several records.
    :param defines: by path, what the names found there are names of, such as ``{"reference": "award"}``.
    :param refers: by path, what the names found there must be names of.
    :param read: what reads a record, if its class is not built from the keys of the file.
    :param written: the class whose keys the file has, if not ``kind``.
    """

    name: str
    title: str
    kind: type
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

    @property
    def starter(self) -> str:
        """The file in which an example of it is laid out."""
        return f"{self.name}.yaml" if self.in_one_file else f"{self.name}/example.yaml"

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
            ),
            FolderPart(
                name="register",
                title="providers, when they report, and the outcome frameworks in use",
                kind=Register,
                many=False,
                defines={"providers[].id": "provider"},
                read=Register.from_document,
                written=RegisterFile,
            ),
            FolderPart(
                name="frameworks",
                title="outcome frameworks of your own; name them in register.yaml as frameworks/NAME.yaml",
                kind=OutcomeFramework,
                defines={"id": "framework"},
                read=lambda document, _folder: OutcomeFramework.from_document(document),
            ),
            FolderPart(
                name="services",
                title="services for victims, commissioned or not",
                kind=Service,
                defines={"reference": "service"},
                refers={"depends_on[]": "service", "objectives[]": "objective"},
            ),
            FolderPart(
                name="service-words",
                title="kinds, groups, ways of access and languages of your own",
                kind=OwnWords,
                many=False,
            ),
            FolderPart(
                name="organisations",
                title="what is known of the organisations that give services",
                kind=Organisation,
            ),
            FolderPart(
                name="front-doors",
                title="how first contact is arranged, part by part",
                kind=FrontDoor,
                refers={"services[]": "service", "decision": "decision"},
            ),
            FolderPart(
                name="area-needs",
                title="what the area's victims need: crime, surveys, what people said",
                kind=AreaNeedsAssessment,
            ),
            FolderPart(
                name="service-courses",
                title="how a service goes on: support, improvement, its end",
                kind=ServiceCourse,
                refers={"service": "service", "history[].decision": "decision", "history[].award": "award"},
            ),
            FolderPart(
                name="referrals",
                title="referrals of victims to services; no names",
                kind=Referral,
                defines={"reference": "referral"},
                refers={"to": "service", "after": "referral"},
            ),
            FolderPart(
                name="needs",
                title="needs of victims as they were assessed; no names",
                kind=NeedsAssessment,
                defines={"reference": "needs record"},
                refers={"service": "service"},
            ),
            FolderPart(
                name="restorative-justice",
                title="restorative justice that was offered",
                kind=RestorativeJustice,
                defines={"reference": "restorative record"},
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
            ),
            FolderPart(
                name="bids",
                title="bids for national funds",
                kind=Bid,
                defines={"reference": "bid"},
                refers={"award": "award"},
            ),
            FolderPart(
                name="award-terms",
                title="how closely awards are looked after, by their value",
                kind=TermsByValue,
                many=False,
            ),
            FolderPart(
                name="publisher",
                title="who publishes awards, and under which prefixes",
                kind=AwardsPublisher,
                many=False,
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
            ),
            FolderPart(
                name="plans",
                title="police and crime, delivery, commissioning and improvement plans",
                kind=Plan,
                defines={"reference": "plan"},
                refers={"objectives[]": "objective", "actions[].objectives[]": "objective"},
            ),
            FolderPart(
                name="checklists",
                title="checklists: national expectations, the Code, the duties of a role",
                kind=Checklist,
            ),
            FolderPart(
                name="appointments",
                title="posts: terms, extensions, reviews and what follows from absence; no names",
                kind=Appointment,
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
            ),
            FolderPart(
                name="complaints",
                title="complaints of victims; no names",
                kind=Complaint,
                defines={"reference": "register entry"},
            ),
            FolderPart(
                name="review-requests",
                title="requests under the Victims' Right to Review; no names",
                kind=ReviewRequest,
                defines={"reference": "register entry"},
            ),
            FolderPart(
                name="live-links",
                title="rooms booked for evidence by live link; no names",
                kind=LiveLinkBooking,
                defines={"reference": "register entry"},
            ),
            FolderPart(
                name="case-conferences",
                title="case conferences with support agencies; no names",
                kind=CaseConference,
                defines={"reference": "register entry"},
                refers={"cases[].actions[].objectives[]": "objective"},
            ),
            FolderPart(
                name="feedback",
                title="what victims and service users say; no names",
                kind=Feedback,
                defines={"reference": "register entry"},
            ),
            FolderPart(
                name="surveys",
                title="surveys of victims",
                kind=Survey,
                defines={"reference": "register entry"},
            ),
            FolderPart(
                name="lessons",
                title="lessons from complaints, reviews and feedback",
                kind=Lesson,
                defines={"reference": "lesson"},
                refers={"learnt_from[]": "register entry", "objectives[]": "objective"},
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
            ),
            FolderPart(
                name="cycles",
                title="the commissioning cycle of a year",
                kind=CommissioningCycle,
            ),
        )
    }
)
"""The parts of a folder by name, in the order in which they are laid out and read."""
