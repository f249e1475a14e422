"""Mails around tandems. They say what happened and where to go, never who said what or why."""

from collections.abc import Sequence
from datetime import datetime

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.notifications.services.many import Letter, mails_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.models import Tandem, TandemMember


def mails_proposed(*, tandems: Sequence[Tandem], now: datetime) -> None:
    """Tell both people of each tandem about their proposal. Few queries, see `mails_queue`."""
    letters = [
        Letter(
            to=me.user,
            context={"tandem": tandem, "other": other.user, "is_mentor": me.role == Side.MENTOR},
            once_key=f"tandem:{tandem.pk}:proposal:{me.user_id}",
        )
        for tandem in tandems
        for me, other in _pairs(tandem)
    ]
    mails_queue(kind="proposal", letters=letters, now=now)


def mail_chemistry(*, tandem: Tandem, now: datetime) -> None:
    """Both said yes: they may get in touch. Two queries a person."""
    for member in tandem.members.all():
        _queue("chemistry", tandem, member.user, now)


def mail_active(*, tandem: Tandem, now: datetime) -> None:
    """Both want to go on: the tandem begins. Two queries a person."""
    for member in tandem.members.all():
        _queue("tandem_active", tandem, member.user, now)


def mail_not_come_about(*, tandem: Tandem, to: User, now: datetime) -> None:
    """A proposal has ended; the same calm words whatever the reason but time. Two queries."""
    _queue("proposal_ended", tandem, to, now)


def mail_ended_early(*, tandem: Tandem, to: User, now: datetime) -> None:
    """A running tandem has ended; without who and why. Two queries."""
    _queue("tandem_ended", tandem, to, now)


def mail_closing(*, tandem: Tandem, to: User, now: datetime) -> None:
    """Somebody has begun to bring the tandem to its planned end. Two queries."""
    _queue("tandem_closing", tandem, to, now)


def mail_closed(*, tandem: Tandem, to: User, now: datetime) -> None:
    """The tandem is complete: words of thanks may wait in the room. Two queries."""
    _queue("tandem_closed", tandem, to, now)


def _pairs(tandem: Tandem) -> list[tuple[TandemMember, TandemMember]]:
    first, second = tandem.members.all()
    return [(first, second), (second, first)]


def _queue(kind: str, tandem: Tandem, to: User, now: datetime) -> None:
    other = next(member.user for member in tandem.members.all() if member.user_id != to.pk)
    mail_queue(
        kind=kind,
        to=to,
        context={"tandem": tandem, "other": other},
        now=now,
        once_key=f"tandem:{tandem.pk}:{kind}:{to.pk}",
    )
