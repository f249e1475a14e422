"""Who reads reports, as a box on every programme's page."""

from collections.abc import Mapping
from typing import Any

from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.programme_sections import programme_section
from tandemwerk.safeguarding.selectors.people import LEAST, people_of


def box(programme: Programme) -> Mapping[str, Any]:
    """Names, and whether there are enough. One query."""
    people = [row for row in people_of(programme.organisation) if row.user]
    return {
        "organisation": programme.organisation,
        "people": people,
        "is_staffed": len(people) >= LEAST,
    }


programme_section(order=80, template="safeguarding/programme_box.html", context=box)
