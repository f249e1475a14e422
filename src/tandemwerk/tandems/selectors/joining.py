"""Who may be asked to join a running tandem, and who is being asked."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tandemwerk.pairing.selectors.pool import HAS_SEAT, POOL_STATES, history_pairs
from tandemwerk.people.models import User
from tandemwerk.people.selectors.blocks import blocked_around
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.selectors.visible import programmes_run_by
from tandemwerk.tandems.enums import JoiningState
from tandemwerk.tandems.models import Joining, JoiningAnswer, Tandem, TandemMember
from tandemwerk.tandems.selectors.signals import RUNNING

MOST_MEMBERS = 8


def candidates_for(tandem: Tandem) -> QuerySet[Participation]:
    """People of the cohort with a free seat who may be asked, by name; person joined.

    Left out without a word: who is or was in the tandem, who was proposed to one of the members
    before, and who must not meet one of them. Three queries.
    """
    members = [member for member in tandem.members.all() if member.left_at is None]
    inside = TandemMember.objects.filter(tandem=tandem, user=OuterRef("user"))
    people = {role: {m.user_id for m in members if m.role == role} for role in Role}
    known = set(history_pairs(tandem.cohort))
    met = {mentor for mentee, mentor in known if mentee in people[Role.MENTEE]}
    met |= {mentee for mentee, mentor in known if mentor in people[Role.MENTOR]}
    apart = blocked_around(member.user_id for member in members)
    return (
        Participation.objects.filter(
            HAS_SEAT, ~Exists(inside), cohort=tandem.cohort_id, state__in=POOL_STATES
        )
        .exclude(user__in=met | apart)
        .select_related("user", "cohort__programme")
        .order_by("role", "user__family_name", "user__given_name", "pk")
    )


def joinings_for(user: User) -> QuerySet[Joining]:
    """Open proposals that wait for or have an answer of `user`; tandem and new person joined.

    Asked are the present members of a running tandem and the new person. One query, three with the
    tandem's people.
    """
    member = TandemMember.objects.filter(tandem=OuterRef("tandem"), user=user, left_at__isnull=True)
    return (
        Joining.objects.filter(Q(participation__user=user) | Exists(member))
        .filter(state=JoiningState.OPEN, tandem__state__in=RUNNING)
        .select_related("participation__user", "tandem__cohort__programme")
        .prefetch_related("tandem__members__user")
    )


def joinings_run_by(user: User) -> QuerySet[Joining]:
    """Open proposals in programmes `user` runs. One query."""
    return Joining.objects.filter(
        tandem__cohort__programme__in=programmes_run_by(user), state=JoiningState.OPEN
    ).select_related("participation__user", "tandem__cohort__programme")


def has_answered(joining: Joining, user: User) -> bool:
    """Has `user` said yes already? One query."""
    return JoiningAnswer.objects.filter(joining=joining, user=user).exists()
