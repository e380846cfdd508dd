"""What victims need and who gives it: needs, services, the directory, referrals, restorative justice."""

from victims_code.commissioning.services.directory import Directory, national_services
from victims_code.commissioning.services.gaps import (
    AreaFigure,
    AreaNeedsAssessment,
    Gap,
    GapState,
    area_statistics,
    figures_for,
    gap_map,
)
from victims_code.commissioning.services.needs import (
    AssessedNeeds,
    Consent,
    JourneyEvent,
    NeedsAssessment,
    NeedScale,
    need_categories,
    routes,
)
from victims_code.commissioning.services.reach import (
    Cost,
    Opening,
    Organisation,
    OrganisationIdentifier,
    Phone,
    ServiceContact,
    ServiceLocation,
)
from victims_code.commissioning.services.referrals import Referral, ReferralStanding, referral_bases
from victims_code.commissioning.services.restorative import RestorativeJustice, RestorativePart, restorative_parts
from victims_code.commissioning.services.service import (
    Arrangement,
    CoCommissioner,
    EvidenceBase,
    Service,
    ServiceStatus,
    check_service,
    former_bodies,
    service_facts,
    service_rules,
)
from victims_code.commissioning.services.words import OwnWord, OwnWords, service_vocabulary

__all__ = [
    "AreaFigure",
    "AreaNeedsAssessment",
    "Arrangement",
    "AssessedNeeds",
    "CoCommissioner",
    "Consent",
    "Cost",
    "Directory",
    "EvidenceBase",
    "Gap",
    "GapState",
    "JourneyEvent",
    "NeedScale",
    "NeedsAssessment",
    "Opening",
    "Organisation",
    "OrganisationIdentifier",
    "OwnWord",
    "OwnWords",
    "Phone",
    "Referral",
    "ReferralStanding",
    "RestorativeJustice",
    "RestorativePart",
    "Service",
    "ServiceContact",
    "ServiceLocation",
    "ServiceStatus",
    "area_statistics",
    "check_service",
    "figures_for",
    "former_bodies",
    "gap_map",
    "national_services",
    "need_categories",
    "referral_bases",
    "restorative_parts",
    "routes",
    "service_facts",
    "service_rules",
    "service_vocabulary",
]
