"""Who runs a programme, and putting one away."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.setup import (
    CoordinatorIn,
    CoordinatorOut,
    ProgrammeDetailOut,
)
from tandemwerk.programmes.api.setup import PROGRAMME, cohort_detail, programme_detail
from tandemwerk.programmes.models import Programme, ProgrammeCoordinator
from tandemwerk.programmes.selectors.cohorts import coordinators_of
from tandemwerk.programmes.services.coordinators import coordinator_add, coordinator_remove
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
    f"{PROGRAMME}/coordinators", response={201: CoordinatorOut}, url_name="coordinator_list"
)
def coordinator_new(
    request: HttpRequest, programme_pk: int, data: CoordinatorIn
) -> Status[ProgrammeCoordinator]:
    """Let somebody with an account run the programme too; adding twice changes nothing."""
    programme = programme_detail(request, programme_pk)
    entry = coordinator_add(
        programme=programme, email=data.email, by=person(request), now=timezone.now()
    )
    return Status(201, entry)


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
