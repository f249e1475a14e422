"""Asking the coordination for help, with chosen words only; taking it up, answering."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.crypto import seal
from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import HelpState, HelpTopic
from tandemwerk.tandems.errors import HelpAnswered, TooManyHelpRequests
from tandemwerk.tandems.models import HelpRequest, Tandem
from tandemwerk.tandems.selectors.signals import help_place
from tandemwerk.tandems.services.change import member_of
from tandemwerk.tandems.services.coordination import mail_signal

LONGEST_WORDS = 2000
MOST_A_DAY = 10  # of one person, in all their tandems


@transaction.atomic
def help_ask(
    *, tandem: Tandem, by: User, topics: Sequence[HelpTopic], words: str = "", now: datetime
) -> HelpRequest:
    """`by` sends the chosen sentences and words to the coordination; nothing of the room.

    Possible in every state of the tandem. Sealed under the master key. The coordination gets a
    kind mail without the words, unless another request of this hour is waiting for it. Raises
    ValueError if there is nothing to send, TooManyHelpRequests. Nine queries, two more for each
    mail.
    """
    words = words.strip()[:LONGEST_WORDS]
    chosen = [topic.value for topic in HelpTopic if topic in topics]
    if not chosen and not words:
        raise ValueError("nothing to send")
    _not_too_many(by, now)
    earlier = HelpRequest.objects.filter(tandem=tandem, state=HelpState.OPEN)
    is_known = earlier.filter(asked_at__gt=now - timedelta(hours=1)).exists()
    row = HelpRequest.objects.create(tandem=tandem, member=member_of(tandem, by), asked_at=now)
    said = json.dumps({"topics": chosen, "words": words}, ensure_ascii=False)
    row.body = seal(said, place=help_place(row, "body"))
    row.save(update_fields=["body"])
    _record("help.ask", row, by, now)
    if not is_known:
        mail_signal(tandem=tandem, once=f"help:{row.pk}", now=now)
    return row


def _not_too_many(by: User, now: datetime) -> None:
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # many at once don't slip through
    recent = HelpRequest.objects.filter(member__user=by, asked_at__gt=now - timedelta(days=1))
    if recent.count() >= MOST_A_DAY:
        raise TooManyHelpRequests(most=MOST_A_DAY)


@transaction.atomic
def help_take_up(*, request: HelpRequest, by: User, now: datetime) -> None:
    """A coordinator takes care of it; the person sees that. Twice changes nothing. Four queries."""
    waiting = HelpRequest.objects.filter(pk=request.pk, state=HelpState.OPEN)
    if waiting.update(state=HelpState.TAKEN_UP, taken_up_at=now, handled_by=by):
        _record("help.take_up", request, by, now)


@transaction.atomic
def help_answer(*, request: HelpRequest, by: User, reply: str = "", now: datetime) -> None:
    """A coordinator settles it, with a reply the person reads or without one.

    The person gets a kind mail without the reply. Raises HelpAnswered if a colleague was faster.
    Seven queries.
    """
    text = reply.strip()[:LONGEST_WORDS]
    waiting = HelpRequest.objects.filter(pk=request.pk).exclude(state=HelpState.ANSWERED)
    changed = waiting.update(
        state=HelpState.ANSWERED,
        answered_at=now,
        taken_up_at=request.taken_up_at or now,
        handled_by=by,
        reply=seal(text, place=help_place(request, "reply")) if text else b"",
    )
    if not changed:
        raise HelpAnswered
    _record("help.answer", request, by, now)
    mail_queue(
        kind="help_answered",
        to=request.member.user,
        context={"tandem": request.tandem, "has_reply": bool(text)},
        now=now,
        once_key=f"help:{request.pk}:answered",
    )


def _record(action: str, row: HelpRequest, by: User, now: datetime) -> None:
    """That help was asked for and given, never the words."""
    programme_id = row.tandem.cohort.programme_id
    audit_record(action=action, about=row, by=by, now=now, programme_id=programme_id)
