"""Who runs a programme."""

from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.people.selectors.accounts import has_account
from tandemwerk.programmes.errors import LastCoordinator, NoSuchAccount
from tandemwerk.programmes.models import OrganisationOwner, Programme, ProgrammeCoordinator


@transaction.atomic
def coordinator_add(
    *, programme: Programme, email: str, by: User, now: datetime
) -> ProgrammeCoordinator:
    """Let somebody with an account run the programme too. Adding twice changes nothing.

    Raises NoSuchAccount: running a programme is not given to an address nobody has confirmed.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or not has_account(user):
        raise NoSuchAccount(email=email)
    return coordinator_enter(programme=programme, user=user, by=by, now=now)


@transaction.atomic
def coordinator_enter(
    *, programme: Programme, user: User, by: User, now: datetime
) -> ProgrammeCoordinator:
    """Put the programme in somebody's hands, too. Twice changes nothing."""
    entry, is_new = ProgrammeCoordinator.objects.get_or_create(programme=programme, user=user)
    if is_new:
        _record("coordinator.add", programme, user, by, now)
    return entry


@transaction.atomic
def coordinator_remove(
    *, programme: Programme, coordinator: ProgrammeCoordinator, by: User, now: datetime
) -> None:
    """Take the programme out of somebody's hands, at once. Removing twice changes nothing.

    Raises LastCoordinator if nobody would be left, owners of the organisation included.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    others = programme.coordinators.exclude(pk=coordinator.pk).exists()
    owners = OrganisationOwner.objects.filter(organisation=programme.organisation_id)
    if not others and not owners.exists():
        raise LastCoordinator
    removed, _tables = ProgrammeCoordinator.objects.filter(
        pk=coordinator.pk, programme=programme
    ).delete()
    if removed:
        _record("coordinator.remove", programme, coordinator.user, by, now)


def _record(action: str, programme: Programme, user: User, by: User, now: datetime) -> None:
    audit_record(
        action=action,
        about=programme,
        by=by,
        now=now,
        programme_id=programme.pk,
        details={"user": user.pk},
    )
