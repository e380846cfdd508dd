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
from victims_code.commissioning.powers.places import LocalAuthority, Place, authorities_of, local_authorities, place
from victims_code.commissioning.powers.power import Commencement, Power, PowerKind, PowerLimb, Powers

__all__ = [
    "Act",
    "CitationStanding",
    "CitationVerdict",
    "Commencement",
    "LocalAuthority",
    "LocalPolicingBody",
    "Place",
    "PoliceArea",
    "PolicingRole",
    "Power",
    "PowerKind",
    "PowerLimb",
    "Powers",
    "ProvisionPlace",
    "Tenure",
    "authorities_of",
    "check_citation",
    "check_citations",
    "known_acts",
    "local_authorities",
    "place",
    "police_area",
    "police_areas",
    "roles",
]
