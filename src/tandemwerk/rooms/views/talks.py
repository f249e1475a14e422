"""Talks: the agenda of the next one, and the minutes of those that were."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn
from tandemwerk.rooms.forms.notes import PointForm, TalkPlanForm
from tandemwerk.rooms.selectors.notes import starters, talk_or_404, talks_read
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services.talks import (
    talk_begin,
    talk_hold,
    talk_plan,
    talk_point_add,
    talk_point_tick,
    talk_reopen,
)
from tandemwerk.rooms.views.shared import page
from tandemwerk.ui.toasts import undo


def talk_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The next talk's agenda on top, minutes below."""
    return _page(request, room_or_404(request.user, tandem_pk))


def talk_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Put a first point on the agenda of the next talk, which is made if there is none."""
    room = room_or_404(request.user, tandem_pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _page(request, room, point=form)
    talk_begin(room=room, more=[form.cleaned_data["text"]], now=timezone.now())
    messages.success(request, _("It is on the agenda."))
    return redirect("rooms:talk_list", tandem_pk=room.pk)


def talk_plan_view(request: SignedIn, tandem_pk: int, talk_pk: UUID) -> HttpResponse:
    """Say when and where."""
    room = room_or_404(request.user, tandem_pk)
    talk = talk_or_404(room, talk_pk)
    form = TalkPlanForm(request.POST)
    if not form.is_valid():
        return _page(request, room, plan=form)
    talk_plan(room=room, talk=talk, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Day and place are noted."))
    return redirect("rooms:talk_list", tandem_pk=room.pk)


def talk_point_new(request: SignedIn, tandem_pk: int, talk_pk: UUID) -> HttpResponse:
    """Put a point on this agenda."""
    room = room_or_404(request.user, tandem_pk)
    talk = talk_or_404(room, talk_pk)
    form = PointForm(request.POST)
    if not form.is_valid():
        return _page(request, room, point=form)
    talk_point_add(room=room, talk=talk, text=form.cleaned_data["text"], now=timezone.now())
    messages.success(request, _("It is on the agenda."))
    return redirect("rooms:talk_list", tandem_pk=room.pk)


def talk_point_done(request: SignedIn, tandem_pk: int, talk_pk: UUID) -> HttpResponse:
    """Tick a point off, or open it again (``is_done`` of 0)."""
    room = room_or_404(request.user, tandem_pk)
    talk = talk_or_404(room, talk_pk)
    text, is_done = request.POST.get("text", ""), request.POST.get("is_done", "1") != "0"
    talk_point_tick(room=room, talk=talk, text=text, is_done=is_done, now=timezone.now())
    return redirect("rooms:talk_list", tandem_pk=room.pk)


def talk_held(request: SignedIn, tandem_pk: int, talk_pk: UUID) -> HttpResponse:
    """The talk took place: the agenda becomes its minutes, with a way back."""
    room = room_or_404(request.user, tandem_pk)
    next_one = talk_hold(room=room, talk=talk_or_404(room, talk_pk), now=timezone.now())
    moved = _("These are the minutes now. Open points are on the next agenda.")
    text = _("These are the minutes now.") if next_one is None else moved
    undo(request, text, reverse("rooms:talk_reopen", args=[room.pk, talk_pk]))
    return redirect("rooms:note_detail", tandem_pk=room.pk, note_pk=talk_pk)


def talk_reopen_view(request: SignedIn, tandem_pk: int, talk_pk: UUID) -> HttpResponse:
    """Make minutes the agenda again."""
    room = room_or_404(request.user, tandem_pk)
    talk_reopen(room=room, talk=talk_or_404(room, talk_pk), now=timezone.now())
    messages.success(request, _("It is the agenda again."))
    return redirect("rooms:talk_list", tandem_pk=room.pk)


def _page(
    request: HttpRequest, room: Room, *, plan: Form | None = None, point: Form | None = None
) -> HttpResponse:
    """The page of talks; also shown again when one of its forms has a fault."""
    talk, minutes = talks_read(room)
    more = {"talk": talk, "minutes": minutes, "starters": starters(room, talk, timezone.now())}
    plan_form = plan or TalkPlanForm(initial=TalkPlanForm.initial_of(talk))
    context = page(room, "talks", plan=plan_form, point=point or PointForm(), **more)
    return render(request, "rooms/talks.html", context, status=422 if plan or point else 200)
