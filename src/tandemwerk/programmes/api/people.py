"""Participations: the coordinator's list, and one's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas import (
    MineOut,
    ParticipationIn,
    ParticipationOut,
    ParticipationsOut,
    SeatsIn,
    Wanted,
)
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.selectors.people import PeopleFilter, people_for_export, people_of
from tandemwerk.programmes.selectors.visible import (
    cohorts_run_by,
    participations_of,
    participations_run_by,
)
from tandemwerk.programmes.services.export import export_csv
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


@router.get("/me/participations", response=list[MineOut], url_name="my_participations")
def my_participations(request: HttpRequest) -> list[dict[str, Any]]:
    """Where you take part yourself."""
    return [
        {
            "id": row.pk,
            "cohort_id": row.cohort_id,
            "programme": str(row.cohort.programme.name),
            "role": row.role,
            "state": row.state,
            "seats": row.seats,
            "seats_taken": row.seats_taken,
        }
        for row in participations_of(person(request))
    ]


@router.get(
    "/cohorts/{int:cohort_pk}/participations",
    response=ParticipationsOut,
    url_name="participation_list",
)
def participation_list(
    request: HttpRequest, cohort_pk: int, wanted: Query[Wanted]
) -> dict[str, Any]:
    """People of a cohort, by name."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    asked = PeopleFilter(role=wanted.role or "", state=wanted.state or "", words=wanted.q)
    rows = people_of(cohort, asked)
    return {"total": rows.count(), "items": rows[wanted.offset :][: wanted.limit]}


@router.post(
    "/cohorts/{int:cohort_pk}/participations",
    response={201: ParticipationOut},
    url_name="participation_list",
)
def participation_new(
    request: HttpRequest, cohort_pk: int, data: ParticipationIn
) -> Status[Participation]:
    """Add one person and send them an invitation."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    added = participation_add(
        cohort=cohort, by=person(request), now=timezone.now(), **data.model_dump()
    )
    return Status(201, added)


@router.get(
    "/cohorts/{int:cohort_pk}/participations.csv", url_name="participation_export", response=None
)
def participation_export(request: HttpRequest, cohort_pk: int, role: Role) -> HttpResponse:
    """The list as CSV, with the columns that the import reads."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    data = export_csv(people_for_export(cohort, role), role)
    return HttpResponse(
        data,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{role}s.csv"'},
    )


@router.get(
    "/participations/{int:participation_pk}",
    response=ParticipationOut,
    url_name="participation_detail",
)
def participation_detail(request: HttpRequest, participation_pk: int) -> Participation:
    """One person in a cohort."""
    return get_object_or_404(participations_run_by(person(request)), pk=participation_pk)


@router.post(
    "/participations/{int:participation_pk}/seats",
    response=ParticipationOut,
    url_name="participation_seats",
)
def participation_seats(
    request: HttpRequest, participation_pk: int, data: SeatsIn
) -> Participation:
    """Set a mentor's places, not below those that are taken."""
    row = participation_detail(request, participation_pk)
    participation_set_seats(
        participation=row, seats=data.seats, by=person(request), now=timezone.now()
    )
    return participation_detail(request, participation_pk)


@router.post(
    "/participations/{int:participation_pk}/pause",
    response=ParticipationOut,
    url_name="participation_pause",
)
def pause(request: HttpRequest, participation_pk: int) -> Participation:
    """Leave somebody out of matching for a while."""
    row = participation_detail(request, participation_pk)
    participation_pause(participation=row, by=person(request), now=timezone.now())
    return participation_detail(request, participation_pk)


@router.post(
    "/participations/{int:participation_pk}/resume",
    response=ParticipationOut,
    url_name="participation_resume",
)
def resume(request: HttpRequest, participation_pk: int) -> Participation:
    """Bring somebody back into matching."""
    row = participation_detail(request, participation_pk)
    participation_resume(participation=row, by=person(request), now=timezone.now())
    return participation_detail(request, participation_pk)


@router.post(
    "/participations/{int:participation_pk}/withdraw",
    response=ParticipationOut,
    url_name="participation_withdraw",
)
def withdraw(request: HttpRequest, participation_pk: int) -> Participation:
    """Take somebody out of the cohort."""
    row = participation_detail(request, participation_pk)
    participation_withdraw(participation=row, by=person(request), now=timezone.now())
    return participation_detail(request, participation_pk)


@router.post(
    "/participations/{int:participation_pk}/restore",
    response=ParticipationOut,
    url_name="participation_restore",
)
def restore(request: HttpRequest, participation_pk: int) -> Participation:
    """Take a withdrawal back."""
    row = participation_detail(request, participation_pk)
    participation_restore(participation=row, by=person(request), now=timezone.now())
    return participation_detail(request, participation_pk)


@router.post(
    "/participations/{int:participation_pk}/invitation",
    response=ParticipationOut,
    url_name="participation_invite",
)
def invite(request: HttpRequest, participation_pk: int) -> Participation:
    """Send the invitation, or send it again; an earlier link stops working."""
    row = participation_detail(request, participation_pk)
    invitation_send(participation=row, by=person(request), now=timezone.now())
    return participation_detail(request, participation_pk)
