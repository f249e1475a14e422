"""Who else is in a tandem, as one reads it out."""

from tandemwerk.people.models import User
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.names import listed


def names_of(tandem: Tandem, reader: User) -> str:
    """Short names of the others who are present. No query if the members are there."""
    people = [m.user for m in tandem.members.all() if m.left_at is None and m.user_id != reader.pk]
    return listed([person.short_name for person in people])
