"""The agreement of a room, for its members' own programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from tandemwerk.core.shapes import Body, Said
from tandemwerk.people.requests import person, require_valid, unfit
from tandemwerk.programmes.services.agreement_text import agreement_gaps
from tandemwerk.rooms.api.schemas import OWN_ID
from tandemwerk.rooms.forms.agreement import AgreementForm
from tandemwerk.rooms.models import Agreement
from tandemwerk.rooms.selectors.agreement import (
    AgreementRead,
    Agreements,
    AgreementState,
    agreements_read,
    programme_text,
)
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.agreement import agreement_propose, agreement_sign

router = Router()
AGREEMENT = "/tandems/{int:tandem_pk}/agreement"


class AgreementIn(Body):
    text: Said | None = Field(
        None, description="Markdown with {{blanks}}; the newest version's or the programme's text."
    )
    filled: dict[str, str] = Field(default={}, description="Words by blank, like `frequency`.")
    id: UUID | None = OWN_ID


class SignatureOut(Schema):
    name: str
    on: datetime
    member_id: int | None
    counts: bool = Field(description="False once they have left the group.")


class AgreementOut(Schema):
    id: UUID
    number: int
    state: AgreementState
    text: str
    filled: dict[str, str]
    signatures: list[SignatureOut]
    missing: list[int] = Field(
        description="Members who have not signed; in force those who joined since."
    )
    is_complete: bool = Field(description="Every present member has signed.")
    proposed_at: datetime
    in_force_at: datetime | None

    @staticmethod
    def resolve_missing(read: AgreementRead) -> list[int]:
        return [member.pk for member in read.missing]


class AgreementsOut(Schema):
    programme_text: str = Field(description="As it was when the tandem began.")
    in_force: AgreementOut | None
    proposed: AgreementOut | None
    versions: list[AgreementOut] = Field(description="The newest first.")


@router.get(AGREEMENT, response=AgreementsOut, url_name="agreement_list")
def agreement_list(request: HttpRequest, tandem_pk: int) -> dict[str, Any]:
    """Your agreement: the version in force, the proposed one, and all before."""
    return _all(_room(request, tandem_pk))


@router.post(AGREEMENT, response={201: AgreementsOut}, url_name="agreement_list")
def agreement_create(
    request: HttpRequest, tandem_pk: int, data: AgreementIn
) -> Status[dict[str, Any]]:
    """Propose a version; it carries your signature and is in force once everybody has signed."""
    room = _room(request, tandem_pk)
    newest = agreements_read(room).newest
    text = data.text or (newest.text if newest else programme_text(room))
    gaps = agreement_gaps(text)
    for gap in data.filled:
        if gap not in gaps:
            raise unfit(f"filled.{gap}", _("There is no such blank in the text."))
    sent = {**(newest.filled if newest else {}), **data.filled, "text": text}
    form = require_valid(AgreementForm(sent, text=text, filled={}))
    agreement_propose(room=room, pk=data.id, now=timezone.now(), **form.act())
    return Status(201, _all(_room(request, tandem_pk)))


@router.post(
    AGREEMENT + "/{uuid:agreement_pk}/sign", response=AgreementsOut, url_name="agreement_yes"
)
def agreement_yes(request: HttpRequest, tandem_pk: int, agreement_pk: UUID) -> dict[str, Any]:
    """Sign a version."""
    room = _room(request, tandem_pk)
    row = row_or_404(room, Agreement, agreement_pk)
    agreement_sign(room=room, agreement=row, now=timezone.now())
    return _all(room)


def _all(room: Room) -> dict[str, Any]:
    found: Agreements = agreements_read(room)
    return {
        "programme_text": programme_text(room),
        "in_force": found.in_force,
        "proposed": found.proposed,
        "versions": found.versions,
    }


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)
