"""One's own tandems: read, answered, met, confirmed, ended. Coordinators see theirs only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, page_of
from tandemwerk.people.requests import person
from tandemwerk.tandems.api.schemas import (
    DeclineIn,
    MeetingIn,
    RefusedOut,
    TandemDetailOut,
    TandemOut,
    TandemsWanted,
)
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.page import TandemPage, tandem_page, tandems_with_profiles
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.chemistry import (
    chemistry_confirm,
    chemistry_record,
    chemistry_refuse,
)
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline

router = Router()
TANDEM = "/tandems/{int:tandem_pk}"


@router.get("/tandems", response=Page[TandemOut], url_name="tandem_list")
def tandem_list(request: HttpRequest, wanted: Query[TandemsWanted]) -> dict[str, Any]:
    """Your own tandems, the newest first. Coordinators see theirs only, never others'."""
    rows = tandems_with_profiles(person(request))
    found = page_of(rows.filter(state=wanted.state) if wanted.state else rows, wanted)
    return {**found, "items": [_page(request, row) for row in found["items"]]}


@router.get(TANDEM, response=TandemDetailOut, url_name="tandem_detail")
def tandem_detail(request: HttpRequest, tandem_pk: int) -> TandemPage:
    """One of your tandems with the other person and its journey."""
    row = get_object_or_404(tandems_with_profiles(person(request)), pk=tandem_pk)
    return _page(request, row)


@router.post(
    f"{TANDEM}/accept", response={200: TandemOut, 409: RefusedOut}, url_name="tandem_accept"
)
def tandem_accept(request: HttpRequest, tandem_pk: int) -> Any:
    """Say yes to a proposal."""
    tandem = _own(request, tandem_pk)
    done = proposal_accept(tandem=tandem, by=person(request), now=timezone.now())
    if done.refused:  # no error inside: that the proposal has ended must be kept
        error = {"code": done.refused.code, "message": str(done.refused)}
        return Status(409, {"error": error})
    return tandem_detail(request, tandem_pk)


@router.post(f"{TANDEM}/decline", response=TandemOut, url_name="tandem_decline")
def tandem_decline(request: HttpRequest, tandem_pk: int, data: DeclineIn) -> TandemPage:
    """Say no, to the proposal or after the chemistry meeting."""
    is_chemistry = _own(request, tandem_pk).state == TandemState.CHEMISTRY
    decline = chemistry_refuse if is_chemistry else proposal_decline
    return _act(request, tandem_pk, decline, **data.act())


@router.post(f"{TANDEM}/meeting", response=TandemOut, url_name="tandem_meeting")
def tandem_meeting(request: HttpRequest, tandem_pk: int, data: MeetingIn) -> TandemPage:
    """Record the day of the chemistry meeting."""
    return _act(request, tandem_pk, chemistry_record, met_on=data.met_on)


@router.post(f"{TANDEM}/confirm", response=TandemOut, url_name="tandem_confirm")
def tandem_confirm(request: HttpRequest, tandem_pk: int) -> TandemPage:
    """Say after the chemistry meeting that you want to go on; both do so, and the tandem starts."""
    return _act(request, tandem_pk, chemistry_confirm)


@router.post(f"{TANDEM}/end", response=TandemOut, url_name="tandem_end")
def tandem_end(request: HttpRequest, tandem_pk: int) -> TandemPage:
    """End an active tandem early; no reason is asked."""
    return _act(request, tandem_pk, tandem_dissolve)


def _own(request: HttpRequest, tandem_pk: int) -> Tandem:
    return get_object_or_404(tandems_visible_to(person(request)), pk=tandem_pk)


def _page(request: HttpRequest, row: Tandem) -> TandemPage:
    return tandem_page(row, person(request), timezone.now())


def _act(
    request: HttpRequest, tandem_pk: int, service: Callable[..., object], **values: object
) -> TandemPage:
    """One service over one tandem, and how it stands afterwards."""
    tandem = _own(request, tandem_pk)
    service(tandem=tandem, by=person(request), now=timezone.now(), **values)
    return tandem_detail(request, tandem_pk)
