"""Who runs a programme, and putting one away."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person, require_valid
from tandemwerk.programmes.api.schemas.setup import (
    CoordinatorIn,
    CoordinatorInvitationOut,
    CoordinatorOut,
    ProgrammeDetailOut,
)
from tandemwerk.programmes.api.setup import PROGRAMME, cohort_detail, programme_detail
from tandemwerk.programmes.forms.programmes import CoordinatorForm
from tandemwerk.programmes.models import CoordinatorInvitation, Programme
from tandemwerk.programmes.selectors.cohorts import coordinator_invitations_of, coordinators_of
from tandemwerk.programmes.services.coordinator_invitations import (
    coordinator_invitation_take_back,
    coordinator_invite,
)
from tandemwerk.programmes.services.coordinators import coordinator_remove
from tandemwerk.programmes.services.invitations import invitations_send_waiting
from tandemwerk.programmes.services.programmes import programme_archive, programme_restore

router = Router()


@router.post(f"{PROGRAMME}/archive", response=ProgrammeDetailOut, url_name="programme_archive")
def archive(request: HttpRequest, programme_pk: int) -> Programme:
    """Put a programme away: readable, unchangeable, nobody is invited or matched."""
    programme = programme_detail(request, programme_pk)
    programme_archive(programme=programme, by=person(request), now=timezone.now())
    return programme


@router.post(f"{PROGRAMME}/restore", response=ProgrammeDetailOut, url_name="programme_restore")
def restore(request: HttpRequest, programme_pk: int) -> Programme:
    """Bring an archived programme back."""
    programme = programme_detail(request, programme_pk)
    programme_restore(programme=programme, by=person(request), now=timezone.now())
    return programme


@router.get(f"{PROGRAMME}/coordinators", response=Page[CoordinatorOut], url_name="coordinator_list")
def coordinator_list(
    request: HttpRequest, programme_pk: int, wanted: Query[Paging]
) -> dict[str, Any]:
    """Who runs the programme, beside the owners of the organisation."""
    return page_of(coordinators_of(programme_detail(request, programme_pk)), wanted)


@router.post(
    f"{PROGRAMME}/coordinators",
    response={202: CoordinatorInvitationOut},
    url_name="coordinator_list",
)
def coordinator_new(
    request: HttpRequest, programme_pk: int, data: CoordinatorIn
) -> Status[CoordinatorInvitation]:
    """Ask somebody by mail to run the programme too; they do once they accept."""
    programme = programme_detail(request, programme_pk)
    email = require_valid(CoordinatorForm({"email": data.email})).cleaned_data["email"]
    invitation = coordinator_invite(
        programme=programme, email=email, by=person(request), now=timezone.now()
    )
    return Status(202, invitation)


@router.get(
    f"{PROGRAMME}/coordinator-invitations",
    response=Page[CoordinatorInvitationOut],
    url_name="coordinator_invitation_list",
)
def coordinator_invitation_list(
    request: HttpRequest, programme_pk: int, wanted: Query[Paging]
) -> dict[str, Any]:
    """Who was asked to run the programme and has not answered yet."""
    programme = programme_detail(request, programme_pk)
    waiting = coordinator_invitations_of(programme, timezone.now())
    return page_of(waiting.order_by("expires_at", "pk"), wanted)


@router.delete(
    f"{PROGRAMME}/coordinator-invitations/{{int:coordinator_invitation_pk}}",
    response={204: None},
    url_name="coordinator_invitation_detail",
)
def coordinator_invitation_end(
    request: HttpRequest, programme_pk: int, coordinator_invitation_pk: int
) -> Status[None]:
    """Take the invitation back: its link leads nowhere, at once."""
    programme = programme_detail(request, programme_pk)
    waiting = coordinator_invitations_of(programme, timezone.now())
    invitation = get_object_or_404(waiting, pk=coordinator_invitation_pk)
    coordinator_invitation_take_back(invitation=invitation, by=person(request), now=timezone.now())
    return Status(204, None)


@router.delete(
    f"{PROGRAMME}/coordinators/{{int:coordinator_pk}}",
    response={204: None},
    url_name="coordinator_detail",
)
def coordinator_end(request: HttpRequest, programme_pk: int, coordinator_pk: int) -> Status[None]:
    """Take the programme out of somebody's hands, at once."""
    programme = programme_detail(request, programme_pk)
    entry = get_object_or_404(coordinators_of(programme), pk=coordinator_pk)
    coordinator_remove(
        programme=programme, coordinator=entry, by=person(request), now=timezone.now()
    )
    return Status(204, None)


@router.post("/cohorts/{int:cohort_pk}/invitations", response={202: None}, url_name="cohort_invite")
def cohort_invite(request: HttpRequest, cohort_pk: int) -> Status[None]:
    """Send letters to everybody of the cohort who has none yet."""
    cohort = cohort_detail(request, cohort_pk)
    invitations_send_waiting(cohort=cohort, by=person(request), now=timezone.now())
    return Status(202, None)
