"""The list of a cohort's people, searched, filtered and sorted for its coordinator."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Lower

from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models import Cohort, Participation

# Sort key of the page → columns; a minus in front of the key turns all of them round.
SORTS = {
    "name": ("user__family_name", "user__given_name", "user__email"),
    "email": ("user__email",),
    "role": ("role", "user__family_name"),
    "state": ("state", "user__family_name"),
    "seats": ("seats", "user__family_name"),
    "since": ("created_at",),
}
DEFAULT_SORT = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """What the coordinator asked for; empty values ask for everybody."""

    role: str = ""
    state: str = ""
    words: str = ""
    sort: str = DEFAULT_SORT


def people_of(cohort: Cohort, wanted: PeopleFilter) -> QuerySet[Participation]:
    """The cohort's people with account, profile and invitation joined. One query.

    Every word must be found in name or address; in the profile (position, team) only where the
    coordinator sees it. Profiles that are still private don't answer to their owner's name either.
    """
    rows = Participation.objects.filter(cohort=cohort).select_related(
        "user__profile", "invitation", "cohort__programme"
    )
    if wanted.role in Role.values:
        rows = rows.filter(role=wanted.role)
    if wanted.state in ParticipationState.values:
        rows = rows.filter(state=wanted.state)
    for word in wanted.words.split()[:6]:
        named = (
            Q(user__given_name__icontains=word)
            | Q(user__family_name__icontains=word)
            | Q(user__profile__position__icontains=word)
            | Q(user__profile__team__icontains=word)
        )
        rows = rows.filter(Q(user__email__icontains=word) | (named & PROFILE_SEEN))
    return rows.order_by(*_order(wanted.sort), "pk")


# The same rule as rules.may_see_profile, as a condition of the database.
PROFILE_SEEN = Q(joined_at__isnull=False) | Q(
    user__last_login__isnull=True, user__password__startswith=UNUSABLE_PASSWORD_PREFIX
)


def _order(sort: str) -> list[OrderBy]:
    columns = SORTS.get(sort.lstrip("-"), SORTS[DEFAULT_SORT])
    turned = sort.startswith("-")
    ordered: list[OrderBy] = []
    for column in columns:
        is_text = column not in {"seats", "created_at"}
        by = Lower(column) if is_text else F(column)
        ordered.append(by.desc() if turned else by.asc())
    return ordered


def people_for_export(cohort: Cohort, role: Role) -> QuerySet[Participation]:
    """Everybody in this role who has not left, with all an export shows. Three queries."""
    return (
        Participation.objects.filter(cohort=cohort, role=role)
        .exclude(state=ParticipationState.WITHDRAWN)
        .select_related("user__profile")
        .prefetch_related("user__profile__topics", "user__profile__languages")
        .order_by("user__family_name", "user__given_name", "pk")
    )
