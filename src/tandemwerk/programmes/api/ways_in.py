"""Ways into a cohort: the link of an invitation, and joining an open programme."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.rates import PerAddress
from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person, require_valid, visitor
from tandemwerk.programmes.api.schemas.people import (
    AcceptIn,
    InvitationOut,
    JoinIn,
    MineOut,
    OpenProgrammeDetailOut,
    OpenProgrammeOut,
)
from tandemwerk.programmes.errors import InvitationNeedsLogin
from tandemwerk.programmes.forms.people import PasswordForm
from tandemwerk.programmes.models import Invitation, Participation, Programme
from tandemwerk.programmes.rules import InvitationPage, invitation_page
from tandemwerk.programmes.selectors.visible import (
    invitation_with,
    open_programmes,
    participations_of,
)
from tandemwerk.programmes.services.invitations import (
    digest_of,
    invitation_accept,
    invitation_decline,
)
from tandemwerk.programmes.services.participations import participation_register

router = Router()
RATE = PerAddress("60/m")
INVITATION = "/invitations/{str:secret}"
OPEN = "/open-programmes"


@router.get(
    INVITATION, response=InvitationOut, auth=None, throttle=RATE, url_name="invitation_detail"
)
def invitation_detail(request: HttpRequest, secret: str) -> Invitation:
    """The invitation behind the link of a letter, for whoever holds its secret."""
    return _invitation(request, secret)[0]


@router.post(
    f"{INVITATION}/accept",
    response=MineOut,
    auth=None,
    throttle=RATE,
    url_name="invitation_accept",
)
def accept(request: HttpRequest, secret: str, data: AcceptIn) -> Participation:
    """Take part: with a new password, or with your token if you have an account."""
    found, page = _invitation(request, secret)
    if page == InvitationPage.SOMEBODY_ELSE:
        raise InvitationNeedsLogin
    password = None
    if page == InvitationPage.NEW:
        form = PasswordForm(data.model_dump(), user=found.participation.user)
        password = require_valid(form).cleaned_data["password"]
    by, now = visitor(request), timezone.now()
    user = invitation_accept(invitation=found, by=by, password=password, now=now)
    return participations_of(user).get(pk=found.participation_id)


@router.post(
    f"{INVITATION}/decline",
    response={204: None},
    auth=None,
    throttle=RATE,
    url_name="invitation_decline",
)
def decline(request: HttpRequest, secret: str) -> Status[None]:
    """Say no; the link is enough, no account is needed for it."""
    invitation_decline(invitation=_invitation(request, secret)[0], now=timezone.now())
    return Status(204, None)


@router.get(OPEN, response=Page[OpenProgrammeOut], url_name="open_programme_list")
def open_programme_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Programmes that everybody with an account may join."""
    return page_of(open_programmes().order_by("pk"), wanted)


@router.get(
    f"{OPEN}/{{int:programme_pk}}",
    response=OpenProgrammeDetailOut,
    url_name="open_programme_detail",
)
def open_programme_detail(request: HttpRequest, programme_pk: int) -> Programme:
    """One open programme with the cohorts that take registrations."""
    return get_object_or_404(open_programmes(), pk=programme_pk)


@router.post(
    f"{OPEN}/{{int:programme_pk}}/join", response={201: MineOut}, url_name="open_programme_join"
)
def join(request: HttpRequest, programme_pk: int, data: JoinIn) -> Status[Participation]:
    """Join an open programme as mentee or mentor."""
    programme = open_programme_detail(request, programme_pk)
    cohorts = programme.cohorts.select_related("programme")
    joined = participation_register(
        cohort=get_object_or_404(cohorts, pk=data.cohort_id),
        user=person(request),
        role=data.role,
        seats=data.seats or programme.default_seats,
        now=timezone.now(),
    )
    return Status(201, joined)


def _invitation(request: HttpRequest, secret: str) -> tuple[Invitation, InvitationPage]:
    """The invitation and what the caller can do with it; an unknown one is absent."""
    found = invitation_with(digest_of(secret))
    page = invitation_page(found, visitor(request) or AnonymousUser(), timezone.now())
    if found is None or page == InvitationPage.UNKNOWN:
        raise Http404
    found.state = page  # type: ignore[attr-defined]  # read by InvitationOut
    return found, page
