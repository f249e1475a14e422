"""Looks back: begin one, answer for oneself, finish, show one's own answers earlier."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.errors import ReviewNotAnswered, ReviewOpen, ReviewRead, TooManyReviews
from tandemwerk.rooms.models import Review, ReviewAnswer
from tandemwerk.rooms.selectors.reviews import review_is_complete
from tandemwerk.rooms.selectors.room import WRITABLE, Room
from tandemwerk.rooms.services.writing import row_add, row_change, writing
from tandemwerk.tandems.models import Tandem, TandemMember

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
    Eight queries.
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

    Once the others can read them they stay; the last one to finish opens all of them for good.
    Raises ReviewRead, ReviewNotAnswered (finishing with nothing said), ValueError for another
    number of answers, RoomReadOnly. Up to eleven queries.
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
        mine = row_add(room, mine, {"answers": list(answers)}, now)
        _open_complete(room.tandem, review, now)
        return mine
    if mine.released_at is not None or (mine.answered_at and review_is_complete(room, found)):
        raise ReviewRead
    mine.answered_at = answered_at
    mine = row_change(room, mine, now, {"answers": list(answers)}, ["answered_at"])
    _open_complete(room.tandem, review, now)
    return mine


@transaction.atomic
def review_release(*, room: Room, review: Review, now: datetime) -> ReviewAnswer:
    """Let the others read one's own answers before they have finished theirs; for good.

    Raises ReviewNotAnswered without finished answers, RoomReadOnly. Six queries.
    """
    room = writing(room, now)
    mine = next((row for row in _answers(room, review) if row.author_id == room.me.pk), None)
    if mine is None or mine.answered_at is None:
        raise ReviewNotAnswered
    mine.released_at = mine.released_at or now
    return row_change(room, mine, now, fields=["released_at"])


@transaction.atomic
def reviews_settle(*, tandem: Tandem, now: datetime) -> int:
    """Open the looks back that only waited for somebody who has left; how many answers?

    Only those of present members: what the one who left had not shown stays closed. No word is
    opened, and it is no writing of anybody's. Safe to run twice. Three queries and two a look back.
    """
    locked = Tandem.objects.select_for_update(of=("self",)).get(pk=tandem.pk)
    if locked.state not in WRITABLE:
        return 0
    waiting = Review.objects.filter(
        tandem=locked, answers__answered_at__isnull=False, answers__released_at__isnull=True
    )
    return sum(_open_complete(locked, review, now) for review in waiting.distinct())


def _open_complete(tandem: Tandem, review: Review, now: datetime) -> int:
    """Where all present members have finished, their answers are open from now on, whoever leaves.

    The tandem is locked.
    """
    present = set(
        TandemMember.objects.filter(tandem=tandem, left_at=None).values_list("pk", flat=True)
    )
    finished = ReviewAnswer.objects.filter(
        review=review, author__in=present, answered_at__isnull=False
    )
    if set(finished.values_list("author_id", flat=True)) != present:
        return 0
    return finished.filter(released_at=None).update(released_at=now)


def _answers(room: Room, review: Review) -> list[ReviewAnswer]:
    return list(room.rows(ReviewAnswer).filter(review=review))
