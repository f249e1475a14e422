"""Words about a room's people."""

from django import template
from django.utils.translation import gettext

from tandemwerk.rooms.selectors.room import Room

register = template.Library()


@register.filter
def others(room: Room) -> str:
    """The short names of the other members, as one reads them out."""
    names = [member.user.short_name for member in room.others]
    if len(names) < 2:
        return names[0] if names else gettext("somebody")
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
