"""Who of the coordination may read what somebody in a tandem tells the programme."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import programmes_run_by
from tandemwerk.tandems.enums import CheckInAnswer
from tandemwerk.tandems.models import CheckIn, HelpRequest, Tandem, TandemMember


def readers_of(tandem: Tandem) -> list[User]:
    """Coordinators of the programme who are not in the tandem themselves; owners if there is none.

    Somebody who coordinates and mentors must not read what their mentee asks. One or two queries.
    """
    programme = tandem.cohort.programme
    inside = TandemMember.objects.filter(tandem=tandem).values("user")
    people = User.objects.filter(is_active=True).exclude(pk__in=inside).distinct().order_by("pk")
    coordinators = people.filter(coordinated_programmes__programme=programme)
    owners = people.filter(owned_organisations__organisation=programme.organisation_id)
    return list(coordinators) or list(owners)


def _outside(user: User) -> Q:
    """Rows about tandems that `user` runs and is not, and was not, part of."""
    mine = TandemMember.objects.filter(tandem=OuterRef("tandem"), user=user)
    return Q(~Exists(mine), tandem__cohort__programme__in=programmes_run_by(user))


def help_requests_run_by(user: User) -> QuerySet[HelpRequest]:
    """Requests that `user` may read and answer, person and tandem joined. One query."""
    return HelpRequest.objects.filter(_outside(user)).select_related(
        "member__user", "tandem__cohort__programme", "handled_by"
    )


def check_ins_run_by(user: User) -> QuerySet[CheckIn]:
    """Answers that ask for something and are the person's latest; never those on track.

    Person and tandem joined. One query.
    """
    later = CheckIn.objects.filter(
        member=OuterRef("member"), answered_at__gt=OuterRef("answered_at")
    )
    return (
        CheckIn.objects.filter(_outside(user), ~Exists(later))
        .exclude(answer=CheckInAnswer.ON_TRACK)
        .select_related("member__user", "tandem__cohort__programme")
    )
