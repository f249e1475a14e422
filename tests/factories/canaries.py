"""Rooms full of canaries: words that must never be seen outside, one filler per kind of content.

A new kind of content needs a filler here (`test_canaries.py` says so): a function that writes it
through the services, with `mark` in every text a person can enter.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from tandemwerk.rooms.enums import NoteKind, ReviewOccasion
from tandemwerk.rooms.errors import ReviewOpen, ReviewRead
from tandemwerk.rooms.models import (
    ActionItem,
    Agreement,
    AgreementSignature,
    ClosingWords,
    Goal,
    GoalStep,
    Note,
    NoteUpdate,
    NoteVersion,
    Review,
    ReviewAnswer,
    RoomContent,
    RoomFile,
)
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.agreement import agreement_propose
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate
from tandemwerk.rooms.services.notes import note_add, note_write
from tandemwerk.rooms.services.reviews import review_answer, review_begin
from tandemwerk.rooms.services.talks import talk_begin, talk_plan

Filler = Callable[[Room, str, datetime], Any]


def _goal(room: Room, mark: str, now: datetime) -> Goal:
    levels = {str(level): f"{mark} level {level}" for level in range(-2, 3)}
    words = GoalWords(title=f"{mark} title", why=f"{mark} why", levels=levels)
    return goal_add(room=room, words=words, now=now)


def _goal_step(room: Room, mark: str, now: datetime) -> None:
    goal = _goal(room, mark, now)
    goal_rate(room=room, goal=goal, level=1, note=f"{mark} note", now=now)


def _action_item(room: Room, mark: str, now: datetime) -> None:
    action_item_add(room=room, text=f"{mark} text", now=now)


def _file(room: Room, mark: str, now: datetime) -> None:
    file_add(room=room, name=f"{mark} name.txt", data=f"{mark} content".encode(), now=now)


def _notes(room: Room, mark: str, now: datetime) -> None:
    for kind in (NoteKind.SHARED, NoteKind.PRIVATE):
        note = note_add(room=room, kind=kind, title=f"{mark} a", text=f"{mark} b", now=now)
        note_write(room=room, note=note, title=f"{mark} a", text=f"{mark} b {mark} c", now=now)
    talk = talk_begin(room=room, more=[f"{mark} point"], now=now)
    talk_plan(room=room, talk=talk, on=None, place=f"{mark} place", now=now)


def _agreement(room: Room, mark: str, now: datetime) -> None:
    text = f"{mark} text {{{{ frequency }}}}"
    filled = dict.fromkeys(("frequency", "place"), f"{mark} gap")
    agreement_propose(room=room, text=text, filled=filled, now=now)


def _review(room: Room, mark: str, now: datetime) -> None:
    """One is open until both have answered, so the second to come begins the next."""
    for review in room.rows(Review):
        answers = [f"{mark} answer"] * len(room.open(review)["questions"])
        try:
            review_answer(room=room, review=review, answers=answers, now=now, is_finished=True)
        except ReviewRead:
            continue
    try:
        questions = [f"{mark} question"]
        review_begin(room=room, occasion=ReviewOccasion.BETWEEN, questions=questions, now=now)
    except ReviewOpen:
        return


def _closing(room: Room, mark: str, now: datetime) -> None:
    closing_words(room=room, thanks=f"{mark} thanks", stays=f"{mark} stays", now=now)


def _nothing(_room: Room, _mark: str, _now: datetime) -> None:
    """Another filler makes it on its way."""


FILLERS: dict[type[RoomContent], Filler] = {
    ActionItem: _action_item,
    Agreement: _agreement,
    AgreementSignature: _nothing,
    ClosingWords: _closing,
    Goal: _goal,
    GoalStep: _goal_step,
    Note: _notes,
    NoteUpdate: _nothing,
    NoteVersion: _nothing,
    Review: _review,
    ReviewAnswer: _nothing,
    RoomFile: _file,
}
# Values of a body that the program chooses, not a person.
NOT_ENTERED = {(RoomFile, "type"), (AgreementSignature, "name")}
# Kinds in which nobody enters anything.
WORDLESS = {AgreementSignature}


def texts_in(row: RoomContent, field: str, data: bytes) -> Iterator[str]:
    """Every text a person entered into one sealed field, opened."""
    try:
        value = json.loads(data)
    except ValueError:
        yield data.decode("utf-8", "replace")
        return
    yield from _texts(type(row), value)


def _texts(model: type[RoomContent], value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(model, part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if (model, name) not in NOT_ENTERED:
                yield from _texts(model, part)
