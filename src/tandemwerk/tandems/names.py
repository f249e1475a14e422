"""Several people as one reads them out."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from tandemwerk.people.models import User


def listed(names: Sequence[str]) -> str:
    """ "Mia", "Mia and Noah", "Mia, Noah and Ada"; "somebody" where nobody is left."""
    if len(names) < 2:
        return names[0] if names else gettext("somebody")
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def together(people: Iterable[User]) -> dict[str, str]:
    """`name` and `short_name` of several people, for texts written for one. No query."""
    found = list(people)
    return {
        "name": listed([person.name for person in found]),
        "short_name": listed([person.short_name for person in found]),
    }
