"""What the search finds of notes, talks, agreement and looks back; the rest says it itself."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tandemwerk.rooms.selectors.agreement import agreements_read
from tandemwerk.rooms.selectors.notes import notes_read
from tandemwerk.rooms.selectors.reviews import reviews_read
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.rooms.selectors.search import Findable


def notes_findable(room: Room) -> Iterator[Findable]:
    """Notes and talks the member may read, private ones of their own too. One query."""
    for note in notes_read(room):
        if note.is_talk:
            url = reverse("rooms:talk_list", args=[room.pk])
        else:
            url = reverse("rooms:note_detail", args=[room.pk, note.id])
        text = f"{note.text}\n{note.place}".strip()
        yield Findable(title=note.name, url=url, text=text)


def agreement_findable(room: Room) -> Iterator[Findable]:
    """The versions of the agreement, as they read with their blanks filled. Two queries."""
    for version in agreements_read(room).versions:
        url = reverse("rooms:agreement_version", args=[room.pk, version.id])
        text = "\n".join([version.text, *version.filled.values()])
        yield Findable(
            title=_("Version %(number)d") % {"number": version.number}, url=url, text=text
        )


def reviews_findable(room: Room) -> Iterator[Findable]:
    """Looks back, with the answers the member may read. Two queries."""
    for review in reviews_read(room):
        url = reverse("rooms:review_detail", args=[room.pk, review.id])
        said = [
            f"{each.question} {answer}" for each in review.together for _v, answer in each.voices
        ]
        yield Findable(title=_("Look back"), url=url, text="\n".join(said))
