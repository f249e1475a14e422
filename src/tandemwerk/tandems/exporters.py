"""What tandems adds to a person's export: their side of each tandem, with their own notes."""

from typing import Any

from tandemwerk.people.export import exporter
from tandemwerk.people.models import User
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.reasons import reason_note


@exporter("tandems")
def tandems(user: User) -> list[dict[str, Any]]:
    """All tandems of the person; of the other one only the name. Two queries."""
    found = []
    for tandem in tandems_visible_to(user).order_by("pk"):
        me, other = sides(tandem, user)
        found.append(
            {
                "programme": str(tandem.cohort.programme.name),
                "cohort": tandem.cohort.name,
                "role": me.role,
                "with": other.user.name,
                "state": tandem.state,
                "end_code": tandem.end_code,
                "reasons": tandem.reasons,
                "proposed_at": tandem.proposed_at,
                "answer_by": tandem.answer_by,
                "met_on": tandem.chemistry_met_on,
                "activated_at": tandem.activated_at,
                "closing_since": tandem.closing_since,
                "ended_at": tandem.ended_at,
                "my_answer": me.answer,
                "my_answer_at": me.answered_at,
                "my_chemistry_answer": me.chemistry_answer,
                "my_chemistry_answer_at": me.chemistry_answered_at,
                "my_reason": me.decline_code,
                "my_note": reason_note(me),
                "is_my_reason_shared": me.is_reason_shared,
                "my_closing_confirmed_at": me.closing_confirmed_at,
                "reminded_at": me.reminded_at,
            }
        )
    return found
