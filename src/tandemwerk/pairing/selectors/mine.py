"""What a person may know about themself from pairing."""

from django.db.models import Q, QuerySet

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import PairRule, Suggestion
from tandemwerk.pairing.selectors.visible import BLOBS
from tandemwerk.people.models import User


def lines_of(user: User) -> QuerySet[Suggestion]:
    """Pairs of published runs the person is in, run and cohort joined. One query."""
    return (
        Suggestion.objects.filter(
            Q(mentee__user=user) | Q(mentor__user=user), run__state=RunState.PUBLISHED
        )
        .filter(mentor__isnull=False)
        .select_related("run__cohort")
        .defer(*(f"run__{name}" for name in BLOBS))
        .order_by("pk")
    )


def rules_of(user: User) -> QuerySet[PairRule]:
    """Rules that hold the person together with or apart from somebody. One query."""
    return PairRule.objects.filter(Q(mentee__user=user) | Q(mentor__user=user)).order_by("pk")
