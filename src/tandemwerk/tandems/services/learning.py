"""Learning from chemistry meetings: which meetings count, and when it is learned anew.

The answers are read here and nowhere else for this purpose; they leave as one list of meetings
without names, and what is kept of them are coefficients.
"""

from collections import defaultdict
from datetime import datetime

from django.db.models import F, Q

from tandemwerk.pairing.services.chemistry import Had, chemistry_forget, chemistry_learn
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Programme
from tandemwerk.tandems.enums import Answer
from tandemwerk.tandems.models import TandemMember

SAID = {Answer.YES: True, Answer.NO: False}


def organisations_learning() -> list[int]:
    """Organisations with a programme that has learning switched on. One query."""
    wanted = Programme.objects.filter(learns_from_chemistry=True)
    return list(wanted.order_by("organisation").values_list("organisation", flat=True).distinct())


def meetings_had(organisation_pk: int) -> list[Had]:
    """Finished meetings of the organisation's programmes that have it switched on, in order.

    Finished: the two met, and both answered or one said no (then the other is not asked any more).
    Whoever deleted their account, or joined a running tandem later, is in none. One query.
    """
    from_the_start = Q(tandem__activated_at__isnull=True) | ~Q(
        chemistry_answered_at__gt=F("tandem__activated_at")
    )
    rows = TandemMember.objects.filter(
        from_the_start,
        tandem__cohort__programme__organisation=organisation_pk,
        tandem__cohort__programme__learns_from_chemistry=True,
        tandem__chemistry_met_on__isnull=False,
        tandem__score__isnull=False,
    ).exclude(tandem__reasons={})
    sides: defaultdict[int, dict[str, TandemMember]] = defaultdict(dict)
    members = rows.select_related("tandem").order_by("tandem__chemistry_met_on", "tandem_id")
    for member in members:
        sides[member.tandem_id][member.role] = member
    return [
        had
        for both in sides.values()
        if len(both) == len(Role) and (had := _had(both[Role.MENTEE], both[Role.MENTOR]))
    ]


def organisation_learn(*, organisation_pk: int, now: datetime) -> bool:
    """Learn anew if there is something new, or forget if no programme wants it; True if changed.

    A person who was deleted is left out from the next time on: the meetings are other ones then.
    """
    if organisation_pk not in organisations_learning():
        return chemistry_forget(organisation_pk=organisation_pk, now=now)
    had = meetings_had(organisation_pk)
    return chemistry_learn(organisation_pk=organisation_pk, had=had, now=now)


def _had(mentee: TandemMember, mentor: TandemMember) -> Had | None:
    tandem = mentee.tandem
    said = [SAID.get(Answer(side.chemistry_answer)) for side in (mentee, mentor)]
    if None in said and False not in said:
        return None
    return Had(
        cohort=tandem.cohort_id,
        mentee=mentee.participation_id,
        mentor=mentor.participation_id,
        score=tandem.score or 0.0,
        reasons=tandem.reasons,
        mentee_yes=said[0],
        mentor_yes=said[1],
    )
