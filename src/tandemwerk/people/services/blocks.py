"""Blocking somebody: silent, instant, and taken back by the same person alone."""

from datetime import datetime

from django.db import transaction

from tandemwerk.people.models import Block, User


@transaction.atomic
def block_put(*, by: User, whom: User, now: datetime) -> Block:
    """Keep the two apart from now on; doing it twice changes nothing. Two queries.

    No entry in the chain of acts: nobody but the blocker may learn of it. Raises ValueError for
    oneself.
    """
    if by.pk == whom.pk:
        raise ValueError("nobody can block themself")
    return Block.objects.get_or_create(blocker=by, blocked=whom, defaults={"created_at": now})[0]


@transaction.atomic
def block_lift(*, block: Block) -> None:
    """Take a block back. What it ended stays ended. One query."""
    Block.objects.filter(pk=block.pk).delete()
