"""What programmes adds to a person's export."""

from typing import Any

from tandemwerk.people.export import exporter
from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import (
    organisations_owned_by,
    participations_of,
    programmes_run_by,
)


@exporter("programmes")
def programmes(user: User) -> dict[str, Any]:
    """Where the person takes part, and what they run. Three queries."""
    return {
        "takes_part": [
            {
                "programme": str(row.cohort.programme.name),
                "organisation": row.cohort.programme.organisation.name,
                "cohort": row.cohort.name,
                "role": row.role,
                "state": row.state,
                "places": row.seats,
                "places_taken": row.seats_taken,
                "proposals_open": row.proposals_open,
                "invited_at": row.invited_at,
                "joined_at": row.joined_at,
            }
            for row in participations_of(user)
        ],
        "runs": [str(row.name) for row in programmes_run_by(user)],
        "owns": [row.name for row in organisations_owned_by(user)],
    }
