"""The only doors from a person to programmes, cohorts and participations."""

from datetime import datetime

from django.db.models import Q, QuerySet

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ProgrammeState
from tandemwerk.programmes.models import (
    Cohort,
    CoordinatorInvitation,
    ImportBatch,
    Invitation,
    Organisation,
    Participation,
    Programme,
)


def organisations_owned_by(user: User) -> QuerySet[Organisation]:
    """Organisations in which `user` may found programmes. One query."""
    return Organisation.objects.filter(owners__user=user).order_by("name")


def programmes_run_by(user: User) -> QuerySet[Programme]:
    """Programmes `user` coordinates, directly or as owner of the organisation. One query."""
    return (
        Programme.objects.filter(Q(coordinators__user=user) | Q(organisation__owners__user=user))
        .select_related("organisation")
        .distinct()
        .order_by("pk")
    )


def cohorts_run_by(user: User) -> QuerySet[Cohort]:
    """Cohorts of the programmes `user` runs, programme and organisation joined. One query."""
    return Cohort.objects.filter(programme__in=programmes_run_by(user)).select_related(
        "programme__organisation"
    )


def participations_run_by(user: User) -> QuerySet[Participation]:
    """Participations in programmes `user` runs, person joined. One query."""
    return (
        Participation.objects.filter(cohort__programme__in=programmes_run_by(user))
        .select_related("user", "cohort__programme")
        .order_by("pk")
    )


def participations_of(user: User) -> QuerySet[Participation]:
    """The person's own participations, cohort and programme joined. One query."""
    return (
        Participation.objects.filter(user=user)
        .select_related("cohort__programme__organisation")
        .order_by("-cohort__starts_on", "pk")
    )


def is_staff_somewhere(user: User) -> bool:
    """Does `user` coordinate or own anything, or operate the installation? At most one query."""
    runs_something = Q(coordinated_programmes__isnull=False) | Q(owned_organisations__isnull=False)
    return user.is_operator or User.objects.filter(runs_something, pk=user.pk).exists()


def roles_of(user: User) -> frozenset[str]:
    """ "mentee" and "mentor", as the person's participations say. One query."""
    return frozenset(Participation.objects.filter(user=user).values_list("role", flat=True))


def open_programmes() -> QuerySet[Programme]:
    """Programmes anybody may register for. One query."""
    return Programme.objects.filter(is_open=True, state=ProgrammeState.RUNNING).select_related(
        "organisation"
    )


def imports_run_by(user: User) -> QuerySet[ImportBatch]:
    """Lists uploaded for cohorts `user` runs, cohort and programme joined. One query."""
    return ImportBatch.objects.filter(cohort__programme__in=programmes_run_by(user)).select_related(
        "cohort__programme__organisation"
    )


def coordinator_invitation_with(digest: str, now: datetime) -> CoordinatorInvitation | None:
    """The open letter whose link carries the secret with this digest. One query."""
    return (
        CoordinatorInvitation.objects.filter(digest=digest, expires_at__gt=now)
        .select_related("programme__organisation")
        .first()
    )


def account_behind(invitation: CoordinatorInvitation | None) -> User | None:
    """The person with the letter's address, for the page of whoever holds its link. One query."""
    return User.objects.filter(email=invitation.email).first() if invitation else None


def invitation_with(digest: str) -> Invitation | None:
    """The invitation whose link carries the secret with this digest, all around it joined."""
    return (
        Invitation.objects.filter(digest=digest)
        .select_related("participation__user", "participation__cohort__programme__organisation")
        .first()
    )
