"""Looking back together: begin, answer, show, read."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.rooms.forms.reviews import ReviewForm
from tandemwerk.rooms.models import Review
from tandemwerk.rooms.selectors.reviews import ReviewRead, review_questions, reviews_read
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.reviews import review_answer, review_begin, review_release
from tandemwerk.rooms.views.shared import page


def review_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """All looks back, and a way to begin one."""
    room = room_or_404(request.user, tandem_pk)
    found = reviews_read(room)
    occasion, questions = review_questions(room, _today(room))
    can_begin = room.is_writable and (not found or found[0].is_complete)
    more = {"occasion": occasion, "questions": questions, "can_begin": can_begin}
    context = page(room, "look_back", reviews=found, **more)
    return render(request, "rooms/reviews.html", context)


def review_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Begin a look back with the questions that fit now."""
    room = room_or_404(request.user, tandem_pk)
    occasion, questions = review_questions(room, _today(room))
    row = review_begin(room=room, occasion=occasion, questions=questions, now=timezone.now())
    return redirect("rooms:review_detail", tandem_pk=room.pk, review_pk=row.pk)


def review_detail(request: SignedIn, tandem_pk: int, review_pk: UUID) -> HttpResponse:
    """The own answers to write, or everybody's to read."""
    room = room_or_404(request.user, tandem_pk)
    row = row_or_404(room, Review, review_pk)
    read = _one(room, review_pk)
    form = ReviewForm(sent(request), review=read)
    if form.is_valid():
        done = form.act()
        review_answer(room=room, review=row, now=timezone.now(), **done)
        is_done = done["is_finished"]
        messages.success(request, _("Your answers are finished.") if is_done else _("Saved."))
        return redirect("rooms:review_list", tandem_pk=room.pk)
    context = page(room, "look_back", review=read, form=form)
    return render(request, "rooms/review.html", context, status=422 if form.is_bound else 200)


def review_show(request: SignedIn, tandem_pk: int, review_pk: UUID) -> HttpResponse:
    """Let the others read the own answers already."""
    room = room_or_404(request.user, tandem_pk)
    row = row_or_404(room, Review, review_pk)
    review_release(room=room, review=row, now=timezone.now())
    messages.success(request, _("Your answers can be read now."))
    return redirect("rooms:review_detail", tandem_pk=room.pk, review_pk=row.pk)


def _one(room: Room, pk: UUID) -> ReviewRead:
    """The look back; the caller knows that it is there."""
    return next(review for review in reviews_read(room) if review.id == pk)


def _today(room: Room) -> date:
    return timezone.now().astimezone(room.me.user.zone).date()
