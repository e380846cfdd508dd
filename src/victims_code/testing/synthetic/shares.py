"""The invented numbers behind the synthetic data. None of them is a statistic."""

from __future__ import annotations

from attrs import frozen

NOTICE = (
    "SYNTHETIC DATA, made by victims_code.testing.synthetic. No case, victim or suspect in it exists. Every share and"
    " delay is invented and rests on no statistic: conclude nothing from it."
)
"""What every file of synthetic data carries."""

YEARS = range(2022, 2028)
"""The years a force can be made for: under one edition of the Code, and with their bank holidays proclaimed."""


@frozen(kw_only=True)
class Crime:
    """A type of crime: how common it is, and how often it is what else, each out of one."""

    share: float
    domestic: float = 0.0
    hate: float = 0.0
    suspect_known: float
    against_business: float = 0.0


CRIMES = {
    "theft": Crime(share=0.30, domestic=0.01, suspect_known=0.22, against_business=0.30),
    "violence without injury": Crime(share=0.19, domestic=0.34, hate=0.05, suspect_known=0.72),
    "criminal damage": Crime(share=0.12, domestic=0.12, hate=0.03, suspect_known=0.30, against_business=0.20),
    "violence with injury": Crime(share=0.12, domestic=0.30, hate=0.03, suspect_known=0.74),
    "burglary": Crime(share=0.08, domestic=0.02, suspect_known=0.20, against_business=0.15),
    "vehicle crime": Crime(share=0.07, suspect_known=0.12, against_business=0.10),
    "public order": Crime(share=0.06, domestic=0.10, hate=0.15, suspect_known=0.60, against_business=0.03),
    "sexual offence": Crime(share=0.04, domestic=0.22, hate=0.01, suspect_known=0.68),
    "robbery": Crime(share=0.02, domestic=0.01, hate=0.01, suspect_known=0.40, against_business=0.02),
}

WEEK = (0.95, 0.94, 0.96, 0.99, 1.08, 1.12, 0.96)
"""How many crimes a day has against the mean, from Monday to Sunday."""
MONTHS = (0.93, 0.92, 0.98, 0.99, 1.04, 1.07, 1.08, 1.04, 1.01, 1.02, 0.97, 0.95)

VICTIMS = {1: 0.87, 2: 0.10, 3: 0.03}
"""How many victims a crime has that is not against a business."""

DISTRICTS = {
    "Ashmere": 0.27,
    "Brackwater": 0.22,
    "Calder Vale": 0.17,
    "Dunholme": 0.14,
    "Eastmarsh": 0.12,
    "Fernley": 0.08,
}

SIDE_OFFENCE = 0.15
"""How many charged crimes have a second offence."""
SIDE_VICTIMS = {"none": 0.5, "the last": 0.25, "not told": 0.25}
"""Who the victims of a second offence are: no one of the case, the last victim of it, or the record does not say."""

AGE_BANDS = {0: "under 18", 18: "18-24", 25: "25-34", 35: "35-44", 45: "45-54", 55: "55-64", 65: "65 and over"}

ETHNICITIES = {"A": 0.55, "B": 0.12, "C": 0.09, "D": 0.07, "not recorded": 0.17}
"""Letters and not names of groups, since nothing is meant to be said of any."""

FACTS = {
    "persistently-targeted": 0.06,
    "mental-disorder": 0.05,
    "physical-disability-or-disorder": 0.04,
    "fear-or-distress-about-testifying": 0.04,
    "impaired-intelligence-and-social-functioning": 0.01,
}
"""How often each is asserted of a victim who is a person."""
