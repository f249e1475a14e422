from tandemwerk.programmes.models.branding import Branding
from tandemwerk.programmes.models.course import CourseRead, CourseStep
from tandemwerk.programmes.models.imports import ImportBatch, ImportRow
from tandemwerk.programmes.models.journey import JourneyDraft, JourneyVersion
from tandemwerk.programmes.models.material import Material
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
    "Branding",
    "Cohort",
    "CoordinatorInvitation",
    "CourseRead",
    "CourseStep",
    "ImportBatch",
    "ImportRow",
    "Invitation",
    "JourneyDraft",
    "JourneyVersion",
    "Material",
    "Organisation",
    "OrganisationOwner",
    "Participation",
    "Programme",
    "ProgrammeCoordinator",
    "WizardDraft",
]
