"""Who must not meet whom any more."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tandemwerk.people.models import Block, User


def blocks_of(user: User) -> QuerySet[Block]:
    """Whom the person has blocked, the newest first, person joined. One query."""
    return Block.objects.filter(blocker=user).select_related("blocked")


def blocked_around(user_pks: Iterable[int]) -> set[int]:
    """Ids of people with a block, in either direction, between them and one of these. One query."""
    pks = set(user_pks)
    rows = Block.objects.filter(Q(blocker__in=pks) | Q(blocked__in=pks))
    found: set[int] = set()
    for blocker, blocked in rows.values_list("blocker_id", "blocked_id"):
        found |= ({blocked} if blocker in pks else set()) | ({blocker} if blocked in pks else set())
    return found
