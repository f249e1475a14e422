"""Mails around tandems. They say what happened and where to go, never who said what or why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import translation

from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.notifications.services.many import Letter, mails_queue
from tandemwerk.people.models import User
from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.names import together


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
    _queue("chemistry", tandem, tandem.members.all(), now)


def mail_active(*, tandem: Tandem, now: datetime) -> None:
    """Both want to go on: the tandem begins. Two queries a person."""
    _queue("tandem_active", tandem, tandem.members.all(), now)


def mail_not_come_about(*, tandem: Tandem, to: Iterable[TandemMember], now: datetime) -> None:
    """A proposal has ended; the same calm words whatever the reason but time. Two queries each."""
    _queue("proposal_ended", tandem, to, now)


def mail_ended_early(*, tandem: Tandem, to: Iterable[TandemMember], now: datetime) -> None:
    """A running tandem has ended; without who and why. Two queries each."""
    _queue("tandem_ended", tandem, to, now)


def mail_closing(*, tandem: Tandem, to: Iterable[TandemMember], now: datetime) -> None:
    """Somebody has begun to bring the tandem to its planned end. Two queries each."""
    _queue("tandem_closing", tandem, to, now, again=str(now.date()))


def mail_closing_back(*, tandem: Tandem, to: Iterable[TandemMember], now: datetime) -> None:
    """Somebody would rather go on; without who and why. Two queries each."""
    _queue("tandem_goes_on", tandem, to, now, again=str(now.date()))


def mail_end_near(
    *, tandem: Tandem, to: Iterable[TandemMember], closes_on: date | None, now: datetime
) -> None:
    """Two weeks before the clock closes what nobody began to end. Two queries each."""
    again = str(now.date())
    _queue("tandem_end_near", tandem, to, now, again=again, closes_on=closes_on)


def mail_closed(*, tandem: Tandem, to: Iterable[TandemMember], now: datetime) -> None:
    """The tandem is complete: words of thanks may wait in the room. Two queries each."""
    _queue("tandem_closed", tandem, to, now)


def mail_left(*, tandem: Tandem, gone: User, to: Iterable[TandemMember], now: datetime) -> None:
    """Somebody left a group that goes on; without why. Two queries each."""
    _queue("member_left", tandem, to, now, again=str(gone.pk), gone=gone)


def mail_joined(*, tandem: Tandem, new: User, to: Iterable[User], now: datetime) -> None:
    """Everybody said yes: somebody new is part of the group. Two queries each."""
    for person in to:
        mail_queue(
            kind="member_joined",
            to=person,
            context={"tandem": tandem, "new": new, "is_me": person.pk == new.pk},
            now=now,
            once_key=f"tandem:{tandem.pk}:joined:{new.pk}:{person.pk}:{now.date()}",
        )


def _pairs(tandem: Tandem) -> list[tuple[TandemMember, TandemMember]]:
    first, second = tandem.members.all()
    return [(first, second), (second, first)]


def names_for(person: User, others: Iterable[User]) -> Mapping[str, str]:
    """The names of the others in the language of the mail's reader."""
    with translation.override(person.locale):
        return together(others)


def _queue(
    kind: str,
    tandem: Tandem,
    to: Iterable[TandemMember],
    now: datetime,
    again: str = "",
    **more: Any,
) -> None:
    """`again`: what tells a mail from an earlier one of the same kind; without it there is one."""
    members = list(tandem.members.all())
    for member in to:
        others = [one.user for one in members if one.user_id != member.user_id]
        mail_queue(
            kind=kind,
            to=member.user,
            context={"tandem": tandem, "other": names_for(member.user, others), **more},
            now=now,
            once_key=f"tandem:{tandem.pk}:{kind}:{member.user_id}" + (again and f":{again}"),
        )
