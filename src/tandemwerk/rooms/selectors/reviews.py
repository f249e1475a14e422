"""Looks back at the tandem: each member's own answers, and those of the others once they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.models import Review, ReviewAnswer
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.selectors.phases import phases_now

MIDPOINT = "midpoint"


@dataclass(frozen=True, slots=True)
class Voice:
    """One member in a look back, as the reader may see them.

    `answers` is empty as long as the reader may not read them. `is_shared`: the others can read
    them, so they stay as they are. What somebody had not shown when they left stays closed.
    """

    id: UUID | None  # of the answers; None: nothing written yet
    member: TandemMember | None  # None: their account is gone
    is_me: bool
    answers: Sequence[str]
    is_answered: bool
    is_shared: bool

    @property
    def name(self) -> str:
        """What the others call them."""
        return self.member.user.short_name if self.member else _("Somebody")


@dataclass(frozen=True, slots=True)
class Said:
    """What the members say to one question, in one place."""

    question: str
    voices: Sequence[tuple[Voice, str]]


@dataclass(frozen=True, slots=True)
class ReviewRead:
    """One look back. `voices`: the present members, the reader first, and who has gone."""

    id: UUID
    occasion: ReviewOccasion
    questions: Sequence[str]
    voices: Sequence[Voice]
    began_at: datetime

    @property
    def mine(self) -> Voice:
        """The reader's own part."""
        return self.voices[0]

    @property
    def others(self) -> Sequence[Voice]:
        return self.voices[1:]

    @property
    def is_complete(self) -> bool:
        """Has every present member finished their answers?"""
        return all(voice.is_answered for voice in self.voices if voice.member is not None)

    @property
    def together(self) -> list[Said]:
        """Question by question, what the reader may read; without those nobody answered."""
        found = []
        for number, question in enumerate(self.questions):
            voices = [
                (voice, voice.answers[number])
                for voice in self.voices
                if voice.answers and voice.answers[number]
            ]
            if voices:
                found.append(Said(question, voices))
        return found

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Every question with the reader's own answer so far."""
        mine = self.mine.answers or [""] * len(self.questions)
        return list(zip(self.questions, mine, strict=True))


def reviews_read(room: Room) -> list[ReviewRead]:
    """All looks back, the newest first. Two queries, one decryption a row the reader may read."""
    answers: dict[UUID, list[ReviewAnswer]] = {}
    for row in room.rows(ReviewAnswer):
        answers.setdefault(row.review_id, []).append(row)
    rows = reversed(list(room.rows(Review)))
    return [_read(room, row, answers.get(row.pk, [])) for row in rows]


def review_is_complete(room: Room, answers: Sequence[ReviewAnswer]) -> bool:
    """Have all present members finished? Then each reads what the others wrote. No query."""
    finished = {row.author_id for row in answers if row.answered_at is not None}
    return all(member.pk in finished for member in room.members)


def review_questions(room: Room, today: date) -> tuple[ReviewOccasion, list[str]]:
    """Which questions fit now: those of the journey's midpoint once it has begun, else ours.

    Ours speak of oneself and of us, so they fit every form of address. No query.
    """
    language = (get_language() or "de")[:2]
    for phase in phases_now(room.tandem, room.me.user, today):
        questions = phase.questions.get(language) or phase.questions.get("de") or ()
        if MIDPOINT in phase.key and questions:
            return ReviewOccasion.MIDPOINT, list(questions)
    return ReviewOccasion.BETWEEN, own_questions()


def own_questions() -> list[str]:
    """Guiding questions for whenever, in the active language."""
    return [
        _("What has helped me most in our talks so far?"),
        _("What do I miss, or what would I like more of?"),
        _("What would I like us to do differently from now on?"),
        _("What do I want to thank the other person for?"),
    ]


def _read(room: Room, row: Review, answers: Sequence[ReviewAnswer]) -> ReviewRead:
    by_author = {answer.author_id: answer for answer in answers}
    is_complete = review_is_complete(room, answers)
    members = sorted(room.members, key=lambda member: member.pk != room.me.pk)
    voices = [_voice(room, member, by_author.get(member.pk), is_complete) for member in members]
    present = {member.pk for member in members}
    voices += [
        _voice(room, None, answer, is_complete)
        for answer in answers
        if answer.author_id not in present
    ]
    return ReviewRead(
        id=row.pk,
        occasion=ReviewOccasion(row.occasion),
        questions=room.open(row)["questions"],
        voices=voices,
        began_at=row.created_at,
    )


def _voice(
    room: Room, member: TandemMember | None, answer: ReviewAnswer | None, is_complete: bool
) -> Voice:
    is_me = member is not None and member.pk == room.me.pk
    if answer is None:
        return Voice(None, member, is_me, (), is_answered=False, is_shared=False)
    is_answered = answer.answered_at is not None
    # Who has left before all had finished did not agree to be read by those who go on.
    is_opened = is_complete and is_answered and member is not None
    is_shared = answer.released_at is not None or is_opened
    words = room.open(answer)["answers"] if is_me or is_shared else ()
    return Voice(answer.pk, member, is_me, words, is_answered=is_answered, is_shared=is_shared)
