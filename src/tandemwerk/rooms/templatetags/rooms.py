"""Words about a room's people."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext

from tandemwerk.rooms.selectors.reviews import ReviewRead, Voice
from tandemwerk.rooms.selectors.room import Room
from tandemwerk.tandems.models import TandemMember

register = template.Library()


@register.filter
def others(room: Room) -> str:
    """The short names of the other members, as one reads them out."""
    return names(room.others)


@register.filter
def names(members: Sequence[TandemMember]) -> str:
    """Short names as one reads them out."""
    found = [member.user.short_name for member in members]
    if len(found) < 2:
        return found[0] if found else gettext("somebody")
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


@register.filter
def answers_of(review: ReviewRead, voice: Voice) -> list[tuple[str, str]]:
    """Every question one member answered, with the answer."""
    pairs = zip(review.questions, voice.answers, strict=True)
    return [(question, answer) for question, answer in pairs if answer]
