"""The only doors from a person to tandems."""

from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import programmes_run_by
from tandemwerk.tandems.models import Tandem, TandemMember

MEMBERS = Prefetch("members", TandemMember.objects.select_related("user__profile", "participation"))


def tandems_visible_to(user: User) -> QuerySet[Tandem]:
    """Tandems `user` may open: the own ones, until they leave a group that goes on.

    Two queries; members come with their people.
    """
    return (
        Tandem.objects.filter(members__user=user, members__left_at__isnull=True)
        .select_related("cohort__programme__organisation")
        .prefetch_related(MEMBERS)
    )


def room_day(now: datetime) -> date:
    """The installation's own day: by it a room's last day ends, for reading and for shredding."""
    return timezone.localdate(now, timezone.get_default_timezone())


def has_room(tandem: Tandem, now: datetime) -> bool:
    """Is there a room that its members may enter? Not before the begin, nor after its last day."""
    if tandem.activated_at is None or tandem.shredded_at is not None:
        return False
    return tandem.readable_until is None or tandem.readable_until >= room_day(now)


def tandems_ever_of(user: User) -> QuerySet[Tandem]:
    """Tandems `user` is or was in, for their own export. Two queries."""
    return (
        Tandem.objects.filter(members__user=user)
        .select_related("cohort__programme")
        .prefetch_related(MEMBERS)
    )


def tandems_run_by(user: User) -> QuerySet[Tandem]:
    """State and dates of the tandems in programmes `user` runs; never a room's content."""
    return (
        Tandem.objects.filter(cohort__programme__in=programmes_run_by(user))
        .select_related("cohort__programme")
        .prefetch_related(MEMBERS)
    )
