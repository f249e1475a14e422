"""The agreement: read, proposed, signed, compared, printed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.programmes.services.agreement_text import agreement_preview
from tandemwerk.rooms.forms.agreement import AgreementForm
from tandemwerk.rooms.models import Agreement
from tandemwerk.rooms.selectors.agreement import (
    agreement_differences,
    agreements_read,
    programme_text,
)
from tandemwerk.rooms.selectors.room import room_or_404, row_or_404
from tandemwerk.rooms.services.agreement import agreement_propose, agreement_sign
from tandemwerk.rooms.views.shared import page


def agreement_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """What is agreed, what is proposed, and all earlier versions."""
    room = room_or_404(request.user, tandem_pk)
    began_with = agreement_preview(programme_text(room))
    context = page(room, "agreement", agreements=agreements_read(room), began_with=began_with)
    return render(request, "rooms/agreement.html", context)


def agreement_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """A page to propose a version, filled with the newest one or the programme's text."""
    room = room_or_404(request.user, tandem_pk)
    newest = agreements_read(room).newest
    text, filled = (newest.text, newest.filled) if newest else (programme_text(room), {})
    form = AgreementForm(sent(request), text=text, filled=filled)
    if form.is_valid():
        agreement_propose(room=room, now=timezone.now(), **form.act())
        messages.success(request, _("Your proposal is there, with your signature."))
        return redirect("rooms:agreement_list", tandem_pk=room.pk)
    context = page(room, "agreement", form=form, newest=newest)
    return render(
        request, "rooms/agreement_form.html", context, status=422 if form.is_bound else 200
    )


def agreement_version(request: SignedIn, tandem_pk: int, agreement_pk: UUID) -> HttpResponse:
    """One version to read or print, with its signatures and what it changed."""
    room = room_or_404(request.user, tandem_pk)
    found = agreements_read(room)
    version = next((one for one in found.versions if one.id == agreement_pk), None)
    if version is None:
        raise Http404
    before = found.before(version)
    changes = agreement_differences(before.paragraphs, version.paragraphs) if before else []
    context = page(room, "agreement", version=version, before=before, changes=changes)
    return render(request, "rooms/agreement_version.html", context)


def agreement_yes(request: SignedIn, tandem_pk: int, agreement_pk: UUID) -> HttpResponse:
    """Sign a version."""
    room = room_or_404(request.user, tandem_pk)
    row = row_or_404(room, Agreement, agreement_pk)
    signed = agreement_sign(room=room, agreement=row, now=timezone.now())
    is_done = signed.in_force_at is not None
    messages.success(
        request, _("Your agreement is in force.") if is_done else _("You have signed.")
    )
    return redirect("rooms:agreement_list", tandem_pk=room.pk)
