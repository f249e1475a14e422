"""How programmes forget a person; participations and invitations go with the account by key."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from tandemwerk.people.erasure import eraser
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ProgrammeState
from tandemwerk.programmes.errors import LastCoordinator
from tandemwerk.programmes.models import (
    CoordinatorInvitation,
    ImportRow,
    OrganisationOwner,
    Programme,
    ProgrammeCoordinator,
)


@eraser("programmes", order=10)
def erase_from_programmes(user: User, now: datetime) -> None:
    """Delete the rows of lists that brought the person here, and letters to them. Three queries.

    First of all, before anything ends: raises LastCoordinator if a running programme would be left
    with nobody who runs it.
    """
    others = ProgrammeCoordinator.objects.filter(programme=OuterRef("pk")).exclude(user=user)
    owners = OrganisationOwner.objects.filter(organisation=OuterRef("organisation"))
    left_alone = Programme.objects.filter(
        ~Exists(others), ~Exists(owners.exclude(user=user)), state=ProgrammeState.RUNNING
    ).filter(Exists(ProgrammeCoordinator.objects.filter(programme=OuterRef("pk"), user=user)))
    if left_alone.exists():
        raise LastCoordinator
    CoordinatorInvitation.objects.filter(email=user.email).delete()
    ImportRow.objects.filter(values__email=user.email).delete()
