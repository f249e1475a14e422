"""Participations: the coordinator's list, and one's own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.people import (
    MineOut,
    ParticipationDetailOut,
    ParticipationIn,
    ParticipationOut,
    PeopleWanted,
    SeatsIn,
)
from tandemwerk.programmes.api.setup import COHORT, cohort_detail
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.selectors.people import PeopleFilter, people_of
from tandemwerk.programmes.selectors.visible import participations_of, participations_run_by
from tandemwerk.programmes.services.invitations import invitation_send
from tandemwerk.programmes.services.participations import (
    participation_add,
    participation_pause,
    participation_restore,
    participation_resume,
    participation_set_seats,
    participation_withdraw,
)

router = Router()
PARTICIPATION = "/participations/{int:participation_pk}"


@router.get("/me/participations", response=Page[MineOut], url_name="my_participations")
def my_participations(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Where you take part yourself, the latest first."""
    return page_of(participations_of(person(request)), wanted)


@router.get(
    f"{COHORT}/participations", response=Page[ParticipationOut], url_name="participation_list"
)
def participation_list(
    request: HttpRequest, cohort_pk: int, wanted: Query[PeopleWanted]
) -> dict[str, Any]:
    """People of a cohort, searched, filtered and sorted."""
    asked = PeopleFilter(
        role=wanted.role or "", state=wanted.state or "", words=wanted.q, sort=wanted.sort
    )
    return page_of(people_of(cohort_detail(request, cohort_pk), asked), wanted)


@router.post(
    f"{COHORT}/participations", response={201: ParticipationOut}, url_name="participation_list"
)
def participation_new(
    request: HttpRequest, cohort_pk: int, data: ParticipationIn
) -> Status[Participation]:
    """Add one person and send them an invitation."""
    cohort, values = cohort_detail(request, cohort_pk), data.model_dump()
    values["seats"] = values["seats"] or cohort.programme.default_seats
    added = participation_add(cohort=cohort, by=person(request), now=timezone.now(), **values)
    return Status(201, added)


@router.get(PARTICIPATION, response=ParticipationDetailOut, url_name="participation_detail")
def participation_detail(request: HttpRequest, participation_pk: int) -> Participation:
    """One person in a cohort, with the profile once you may read it."""
    return get_object_or_404(participations_run_by(person(request)), pk=participation_pk)


@router.post(f"{PARTICIPATION}/seats", response=ParticipationOut, url_name="participation_seats")
def participation_seats(
    request: HttpRequest, participation_pk: int, data: SeatsIn
) -> Participation:
    """Set a mentor's places, not below those that are taken."""
    return _act(request, participation_pk, participation_set_seats, seats=data.seats)


@router.post(f"{PARTICIPATION}/pause", response=ParticipationOut, url_name="participation_pause")
def pause(request: HttpRequest, participation_pk: int) -> Participation:
    """Leave somebody out of matching for a while."""
    return _act(request, participation_pk, participation_pause)


@router.post(f"{PARTICIPATION}/resume", response=ParticipationOut, url_name="participation_resume")
def resume(request: HttpRequest, participation_pk: int) -> Participation:
    """Bring somebody back into matching."""
    return _act(request, participation_pk, participation_resume)


@router.post(
    f"{PARTICIPATION}/withdraw", response=ParticipationOut, url_name="participation_withdraw"
)
def withdraw(request: HttpRequest, participation_pk: int) -> Participation:
    """Take somebody out of the cohort."""
    return _act(request, participation_pk, participation_withdraw)


@router.post(
    f"{PARTICIPATION}/restore", response=ParticipationOut, url_name="participation_restore"
)
def restore(request: HttpRequest, participation_pk: int) -> Participation:
    """Take a withdrawal back."""
    return _act(request, participation_pk, participation_restore)


@router.post(
    f"{PARTICIPATION}/invitation", response=ParticipationOut, url_name="participation_invite"
)
def invite(request: HttpRequest, participation_pk: int) -> Participation:
    """Send the invitation, or send it again; an earlier link stops working."""
    return _act(request, participation_pk, invitation_send)


def _act(
    request: HttpRequest, participation_pk: int, service: Callable[..., object], **values: object
) -> Participation:
    """One service over one participation, and how the person stands afterwards."""
    row = participation_detail(request, participation_pk)
    service(participation=row, by=person(request), now=timezone.now(), **values)
    return participation_detail(request, participation_pk)
