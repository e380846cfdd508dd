"""The directory as Open Referral: written and read as JSON of the Human Services Data Specification 3 (HSDS).

What HSDS has a field for goes there. The rest goes into attributes of the taxonomy ``victims-code record``, so that a
directory that was written is read back without loss. Of a file of others, what a directory cannot keep is counted.
"""

from victims_code.commissioning.services.open_referral.fields import (
    ReferralObject,
    open_referral_schema,
    referral_objects,
)
from victims_code.commissioning.services.open_referral.reading import (
    OpenReferralImport,
    from_open_referral,
    open_referral_file,
)
from victims_code.commissioning.services.open_referral.writing import OpenReferralExport, to_open_referral

__all__ = [
    "OpenReferralExport",
    "OpenReferralImport",
    "ReferralObject",
    "from_open_referral",
    "open_referral_file",
    "open_referral_schema",
    "referral_objects",
    "to_open_referral",
]
