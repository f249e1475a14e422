"""What a tandem tells its programme, made by the services that people use."""

from datetime import datetime, timedelta
from typing import Any

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Participation
from tandemwerk.tandems.enums import CheckInAnswer, HelpTopic
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.check_ins import check_in_answer
from tandemwerk.tandems.services.help import help_ask
from tandemwerk.tandems.services.joining import joining_accept, joining_propose
from tests.factories.programmes import ParticipationFactory

FIRST = "first-month-check"


def signal_objects(
    tandem: Tandem, member: User, new: Participation, by: User, now: datetime
) -> dict[str, Any]:
    """One signal of every kind, by the keyword that addresses use for it."""
    asked = help_ask(tandem=tandem, by=member, topics=[HelpTopic.TALK], now=now)
    answer = check_in_answer(
        tandem=tandem,
        by=member,
        key=FIRST,
        answer=CheckInAnswer.HELP,
        now=now + timedelta(days=31),
    )
    joining = joining_propose(
        tandem=tandem, participation=new, by=by, now=now + timedelta(days=365 * 20)
    )
    return {"help_pk": asked.pk, "check_in_pk": answer.pk, "joining_pk": joining.pk}


def grown(tandem: Tandem, role: str, by: User, now: datetime) -> TandemMember:
    """A further person in a running tandem, asked and accepted as people do."""
    new = ParticipationFactory(cohort=tandem.cohort, role=role, seats=1)
    joining = joining_propose(tandem=tandem, participation=new, by=by, now=now)
    for user in [new.user, *(m.user for m in tandem.members.filter(left_at__isnull=True))]:
        joining_accept(joining=joining, by=user, now=now)
    return tandem.members.get(user=new.user)
