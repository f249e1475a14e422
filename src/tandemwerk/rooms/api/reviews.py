"""Looks back at the tandem, for its members' own programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.requests import person, require_valid, unfit
from tandemwerk.rooms.api.schemas import OWN_ID
from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.forms.reviews import ReviewForm
from tandemwerk.rooms.models import Review
from tandemwerk.rooms.selectors.reviews import ReviewRead, Voice, review_questions, reviews_read
from tandemwerk.rooms.selectors.room import Room, room_or_404, row_or_404
from tandemwerk.rooms.services.reviews import review_answer, review_begin, review_release

router = Router()
REVIEWS = "/tandems/{int:tandem_pk}/reviews"
REVIEW = REVIEWS + "/{uuid:review_pk}"


class NewReviewIn(Body):
    id: UUID | None = OWN_ID


class ReviewAnswerIn(Body):
    answers: list[str] = Field(
        max_length=20,
        description="A text for each question, in order; no more than there are questions.",
    )
    is_finished: bool = Field(False, description="Finished: the others read it when all have.")


class VoiceOut(Schema):
    member_id: int | None
    is_me: bool
    is_answered: bool
    is_shared: bool = Field(description="The others can read it; it stays as it is.")
    answers: list[str] = Field(description="Empty as long as you may not read them.")

    @staticmethod
    def resolve_member_id(voice: Voice) -> int | None:
        return None if voice.member is None else voice.member.pk


class ReviewOut(Schema):
    id: UUID
    occasion: ReviewOccasion
    questions: list[str]
    is_complete: bool
    voices: list[VoiceOut] = Field(description="You first.")
    began_at: datetime


@router.get(REVIEWS, response=Page[ReviewOut], url_name="review_list")
def review_list(request: HttpRequest, tandem_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Your looks back, the newest first."""
    return page_of(reviews_read(_room(request, tandem_pk)), wanted)


@router.post(REVIEWS, response={201: ReviewOut}, url_name="review_list")
def review_create(request: HttpRequest, tandem_pk: int, data: NewReviewIn) -> Status[ReviewRead]:
    """Begin a look back with the questions that fit now."""
    room, now = _room(request, tandem_pk), timezone.now()
    today = now.astimezone(room.me.user.zone).date()
    occasion, questions = review_questions(room, today)
    row = review_begin(room=room, occasion=occasion, questions=questions, now=now, pk=data.id)
    return Status(201, review_detail(request, tandem_pk, row.pk))


@router.get(REVIEW, response=ReviewOut, url_name="review_detail")
def review_detail(request: HttpRequest, tandem_pk: int, review_pk: UUID) -> ReviewRead:
    """One look back."""
    room = _room(request, tandem_pk)
    row_or_404(room, Review, review_pk)
    return next(review for review in reviews_read(room) if review.id == review_pk)


@router.put(REVIEW, response=ReviewOut, url_name="review_detail")
def review_write(
    request: HttpRequest, tandem_pk: int, review_pk: UUID, data: ReviewAnswerIn
) -> ReviewRead:
    """Write down your own answers, for yourself or finished."""
    room = _room(request, tandem_pk)
    row = row_or_404(room, Review, review_pk)
    read = review_detail(request, tandem_pk, review_pk)
    _require_no_more(data.answers, read.questions)
    sent = {f"answer_{number}": text for number, text in enumerate(data.answers)}
    form = require_valid(
        ReviewForm(sent | ({"finish": "1"} if data.is_finished else {}), review=read)
    )
    review_answer(room=room, review=row, now=timezone.now(), **form.act())
    return review_detail(request, tandem_pk, review_pk)


@router.post(f"{REVIEW}/release", response=ReviewOut, url_name="review_show")
def review_show(request: HttpRequest, tandem_pk: int, review_pk: UUID) -> ReviewRead:
    """Let the others read your finished answers before they have finished theirs."""
    room = _room(request, tandem_pk)
    review_release(room=room, review=row_or_404(room, Review, review_pk), now=timezone.now())
    return review_detail(request, tandem_pk, review_pk)


def _require_no_more(answers: Sequence[str], questions: Sequence[str]) -> None:
    """An answer to nothing must not get lost unseen; fewer leave the last questions open."""
    if len(answers) > len(questions):
        said = _("There are %(count)d questions; send no more answers than that.")
        raise unfit("answers", said % {"count": len(questions)})


def _room(request: HttpRequest, tandem_pk: int) -> Room:
    return room_or_404(person(request), tandem_pk)
