"""What pairing adds to a programme's page: what was learned from first meetings, if switched on."""

from typing import Any

from tandemwerk.pairing.selectors.chemistry import learning_read
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.programme_sections import programme_section


def learning_box(programme: Programme) -> dict[str, Any] | None:
    """The figures, or how many meetings are missing. No query while off, else one."""
    return {"learning": learning_read(programme)} if programme.learns_from_chemistry else None


programme_section(order=30, template="pairing/learning_box.html", context=learning_box)
