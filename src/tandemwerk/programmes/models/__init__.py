from tandemwerk.programmes.models.imports import ImportBatch, ImportRow
from tandemwerk.programmes.models.organisation import Organisation, OrganisationOwner
from tandemwerk.programmes.models.participation import Invitation, Participation
from tandemwerk.programmes.models.programme import (
    Cohort,
    CoordinatorInvitation,
    Programme,
    ProgrammeCoordinator,
)
from tandemwerk.programmes.models.wizard import WizardDraft

__all__ = [
    "Cohort",
    "CoordinatorInvitation",
    "ImportBatch",
    "ImportRow",
    "Invitation",
    "Organisation",
    "OrganisationOwner",
    "Participation",
    "Programme",
    "ProgrammeCoordinator",
    "WizardDraft",
]
