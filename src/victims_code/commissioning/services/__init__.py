"""What victims need and who gives it: needs, services, the directory, referrals, restorative justice."""

from victims_code.commissioning.services.directory import Directory, national_services
from victims_code.commissioning.services.needs import (
    AssessedNeeds,
    Consent,
    JourneyEvent,
    NeedsAssessment,
    NeedScale,
    need_categories,
    routes,
)
from victims_code.commissioning.services.referrals import Referral, ReferralStanding, referral_bases
from victims_code.commissioning.services.restorative import RestorativeJustice, RestorativePart, restorative_parts
from victims_code.commissioning.services.service import (
    Arrangement,
    CoCommissioner,
    EvidenceBase,
    Service,
    check_service,
    service_facts,
    service_rules,
    service_vocabulary,
)

__all__ = [
    "Arrangement",
    "AssessedNeeds",
    "CoCommissioner",
    "Consent",
    "Directory",
    "EvidenceBase",
    "JourneyEvent",
    "NeedScale",
    "NeedsAssessment",
    "Referral",
    "ReferralStanding",
    "RestorativeJustice",
    "RestorativePart",
    "Service",
    "check_service",
    "national_services",
    "need_categories",
    "referral_bases",
    "restorative_parts",
    "routes",
    "service_facts",
    "service_rules",
    "service_vocabulary",
]
