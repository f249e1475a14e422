"""Looks back: begin one, answer for oneself, finish, show one's own answers earlier."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.errors import ReviewNotAnswered, ReviewOpen, ReviewRead, TooManyReviews
from tandemwerk.rooms.models import Review, ReviewAnswer
from tandemwerk.rooms.selectors.reviews import review_is_complete
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.writing import row_add, row_change, writing

MOST_REVIEWS = 50
LONGEST_ANSWER = 2000


@transaction.atomic
def review_begin(
    *,
    room: Room,
    occasion: ReviewOccasion,
    questions: Sequence[str],
    now: datetime,
    pk: UUID | None = None,
) -> Review:
    """Begin a look back with these questions; they stay as they are now.

    Raises ReviewOpen while another is unfinished, TooManyReviews, RoomReadOnly, RoomRowTaken.
    Seven queries.
    """
    room = writing(room, now)
    rows = list(room.rows(Review))
    if there := next((row for row in rows if row.pk == pk and row.author_id == room.me.pk), None):
        return there  # delivered once more
    if rows and not review_is_complete(room, _answers(room, rows[-1])):
        raise ReviewOpen
    if len(rows) >= MOST_REVIEWS:
        raise TooManyReviews(most=MOST_REVIEWS)
    row = Review(id=pk or uuid4(), occasion=occasion)
    return row_add(room, row, {"questions": list(questions)}, now)


@transaction.atomic
def review_answer(
    *, room: Room, review: Review, answers: Sequence[str], now: datetime, is_finished: bool
) -> ReviewAnswer:
    """Write down one's own answers, one for each question; finished ones may still be changed.

    Once the others can read them they stay. Raises ReviewRead, ReviewNotAnswered (finishing with
    nothing said), ValueError for another number of answers, RoomReadOnly. Seven queries.
    """
    room = writing(room, now)
    if len(answers) != len(room.open(review)["questions"]):
        raise ValueError(len(answers))
    if is_finished and not any(answers):
        raise ReviewNotAnswered
    found = _answers(room, review)
    mine = next((row for row in found if row.author_id == room.me.pk), None)
    answered_at = now if is_finished else None
    if mine is None:
        mine = ReviewAnswer(id=uuid4(), review=review, answered_at=answered_at)
        return row_add(room, mine, {"answers": list(answers)}, now)
    if mine.released_at is not None or (mine.answered_at and review_is_complete(room, found)):
        raise ReviewRead
    mine.answered_at = answered_at
    return row_change(room, mine, now, {"answers": list(answers)}, ["answered_at"])


@transaction.atomic
def review_release(*, room: Room, review: Review, now: datetime) -> ReviewAnswer:
    """Let the others read one's own answers before they have finished theirs; for good.

    Raises ReviewNotAnswered without finished answers, RoomReadOnly. Five queries.
    """
    room = writing(room, now)
    mine = next((row for row in _answers(room, review) if row.author_id == room.me.pk), None)
    if mine is None or mine.answered_at is None:
        raise ReviewNotAnswered
    mine.released_at = mine.released_at or now
    return row_change(room, mine, now, fields=["released_at"])


def _answers(room: Room, review: Review) -> list[ReviewAnswer]:
    return list(room.rows(ReviewAnswer).filter(review=review))
