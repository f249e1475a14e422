"""The end of a tandem: begun, said, confirmed, and looked at afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.rooms.forms.closing import ClosingForm
from tandemwerk.rooms.selectors.closing import closing_ahead, closing_read
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.views.shared import page
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.services.closing import closing_begin as begin
from tandemwerk.tandems.services.closing import closing_confirm as confirm
from tandemwerk.tandems.services.closing import closing_take_back as take_back
from tandemwerk.ui.toasts import undo


def closing_detail(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The closing page in every state; a POST keeps the own last words."""
    room = room_or_404(request.user, tandem_pk)
    read = closing_read(room)
    form = ClosingForm(sent(request), initial={"thanks": read.thanks, "stays": read.stays})
    if form.is_valid():
        closing_words(room=room, now=timezone.now(), **form.act())
        messages.success(request, _("Your words are kept."))
        return redirect("rooms:closing_detail", tandem_pk=room.pk)
    ahead = closing_ahead(room, timezone.now())
    context = page(room, "closing", closing=read, ahead=ahead, form=form)
    return render(request, "rooms/closing.html", context, status=422 if form.is_bound else 200)


def closing_begin(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Begin the planned end."""
    room = room_or_404(request.user, tandem_pk)
    begin(tandem=room.tandem, by=request.user, now=timezone.now())
    text = _("Your closing has begun. Everything can still be written.")
    undo(request, text, reverse("rooms:closing_take_back", args=[room.pk]))
    return redirect("rooms:closing_detail", tandem_pk=room.pk)


def closing_take_back(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Rather go on; undo instead of a question beforehand."""
    room = room_or_404(request.user, tandem_pk)
    take_back(tandem=room.tandem, by=request.user, now=timezone.now())
    messages.success(request, _("Your tandem goes on. Your words are kept for later."))
    return redirect("rooms:closing_detail", tandem_pk=room.pk)


def closing_confirm(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """For me all is said."""
    room = room_or_404(request.user, tandem_pk)
    done = confirm(tandem=room.tandem, by=request.user, now=timezone.now())
    is_closed = done.state == TandemState.CLOSED
    text = _("Your tandem is complete.") if is_closed else _("Noted: for you all is said.")
    messages.success(request, text)
    return redirect("rooms:closing_detail", tandem_pk=room.pk)
