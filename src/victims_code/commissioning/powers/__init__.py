"""Powers and duties over services for victims: who holds them, since when, and whether a citation is right."""

from victims_code.commissioning.powers.acts import Act, ProvisionPlace, known_acts
from victims_code.commissioning.powers.areas import (
    LocalPolicingBody,
    PoliceArea,
    PolicingRole,
    Tenure,
    police_area,
    police_areas,
    roles,
)
from victims_code.commissioning.powers.citations import (
    CitationStanding,
    CitationVerdict,
    check_citation,
    check_citations,
)
from victims_code.commissioning.powers.power import Commencement, Power, PowerKind, PowerLimb, Powers

__all__ = [
    "Act",
    "CitationStanding",
    "CitationVerdict",
    "Commencement",
    "LocalPolicingBody",
    "PoliceArea",
    "PolicingRole",
    "Power",
    "PowerKind",
    "PowerLimb",
    "Powers",
    "ProvisionPlace",
    "Tenure",
    "check_citation",
    "check_citations",
    "known_acts",
    "police_area",
    "police_areas",
    "roles",
]
