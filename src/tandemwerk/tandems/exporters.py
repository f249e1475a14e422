"""What tandems adds to a person's export: their side of each tandem, with their own notes."""

from collections import defaultdict
from typing import Any

from tandemwerk.people.export import exporter
from tandemwerk.people.models import User
from tandemwerk.tandems.models import CheckIn, HelpRequest, JoiningAnswer
from tandemwerk.tandems.names import listed
from tandemwerk.tandems.selectors.page import sides
from tandemwerk.tandems.selectors.signals import help_read
from tandemwerk.tandems.selectors.visible import tandems_ever_of
from tandemwerk.tandems.services.reasons import reason_note


@exporter("tandems")
def tandems(user: User) -> list[dict[str, Any]]:
    """All tandems of the person, left groups too; of the others only the names. Five queries.

    With the own answers to check-ins and what the coordination was asked for help.
    """
    found = []
    helps, check_ins = _helps(user), _check_ins(user)
    for tandem in tandems_ever_of(user).order_by("pk"):
        me, others = sides(tandem, user)
        found.append(
            {
                "programme": str(tandem.cohort.programme.name),
                "cohort": tandem.cohort.name,
                "role": me.role,
                "with": listed([other.user.name for other in others]),
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
                "left_at": me.left_at,
                "my_check_ins": check_ins.get(me.pk, []),
                "my_help_requests": helps.get(me.pk, []),
            }
        )
    return found


@exporter("joinings")
def joinings(user: User) -> Any:
    """What the person answered when somebody, or they, were to join a tandem. One query."""
    rows = JoiningAnswer.objects.filter(user=user).order_by("pk")
    return list(rows.values("joining_id", "answer", "answered_at"))


def _check_ins(user: User) -> dict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in CheckIn.objects.filter(member__user=user):
        found[row.member_id].append(
            {"key": row.key, "answer": row.answer, "answered_at": row.answered_at}
        )
    return found


def _helps(user: User) -> dict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in HelpRequest.objects.filter(member__user=user).select_related("member__user"):
        read = help_read(row)
        found[row.member_id].append(
            {
                "asked_at": read.asked_at,
                "topics": [topic.value for topic in read.topics],
                "words": read.words,
                "reply": read.reply,
                "state": read.state,
            }
        )
    return found
