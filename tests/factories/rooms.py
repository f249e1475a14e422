"""Rooms with something in them, made by the services that people use."""

from datetime import datetime
from typing import Any

from tandemwerk.people.models import User
from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.models import NoteVersion
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.agreement import agreement_propose
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.services.files import file_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.notes import note_add
from tandemwerk.rooms.services.reviews import review_answer, review_begin
from tandemwerk.rooms.services.talks import talk_begin
from tandemwerk.tandems.models import Tandem
from tests.factories.tandems import TandemFactory


def active_tandem(now: datetime, **given: Any) -> Tandem:
    """A running tandem of two people."""
    return TandemFactory(state="active", activated_at=now, proposed_at=now, **given)


def person_of(tandem: Tandem, role: str) -> User:
    return tandem.members.get(role=role).user


def room_for(tandem: Tandem, role: str = "mentee") -> Room:
    """The room as one of the two has it open."""
    return room_or_404(person_of(tandem, role), tandem.pk)


def room_objects(tandem: Tandem, user: User, now: datetime) -> dict[str, Any]:
    """One row of every kind, by the keyword that addresses use for it."""
    room = room_or_404(user, tandem.pk)
    goal = goal_add(room=room, words=GoalWords(title="Frei sprechen"), now=now)
    room = room_or_404(user, tandem.pk)
    item = action_item_add(room=room, text="Vortrag anmelden", now=now)
    agreement = agreement_propose(room=room, text="Wir reden offen.", filled={}, now=now)
    review = review_begin(
        room=room, occasion=ReviewOccasion.BETWEEN, questions=["Was hilft?"], now=now
    )
    review_answer(room=room, review=review, answers=["Fragen"], now=now, is_finished=True)
    closing_words(room=room, thanks="Danke", stays="Mut", now=now)
    note = note_add(room=room, title="Kickoff", text="Worum es geht", now=now)
    version = NoteVersion.objects.get(note=note)
    talk = talk_begin(room=room, more=["Standort"], now=now)
    file = file_add(room=room, name="Notizen.txt", data=b"Erst fragen, dann antworten", now=now)
    return {
        "goal_pk": goal.pk,
        "item_pk": item.pk,
        "agreement_pk": agreement.pk,
        "review_pk": review.pk,
        "note_pk": note.pk,
        "version_pk": version.pk,
        "talk_pk": talk.pk,
        "file_pk": file.pk,
    }
