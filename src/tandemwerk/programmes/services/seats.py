"""The one place where seats are counted.

Every function is one guarded UPDATE (compare-and-set), so a hundred simultaneous calls can't take
more seats than there are; the check constraint of the table says the same a second time.
"""

from django.db.models import F

from tandemwerk.programmes.errors import NoSeatLeft
from tandemwerk.programmes.models import Participation


def seat_take(*, participation: Participation) -> None:
    """Take one seat for good. One query. Raises NoSeatLeft if none is left."""
    taken = Participation.objects.filter(pk=participation.pk, seats_taken__lt=F("seats")).update(
        seats_taken=F("seats_taken") + 1
    )
    if not taken:
        raise NoSeatLeft(name=participation.user.name)


def seat_give_back(*, participation: Participation) -> None:
    """Free a taken seat. One query."""
    Participation.objects.filter(pk=participation.pk, seats_taken__gt=0).update(
        seats_taken=F("seats_taken") - 1
    )


def proposal_opened(*, participation_pks: list[int]) -> None:
    """Count one more open proposal for each person (repetitions count). One query a person."""
    for pk in participation_pks:
        Participation.objects.filter(pk=pk).update(proposals_open=F("proposals_open") + 1)


def proposal_settled(*, participation_pks: list[int]) -> None:
    """Count one open proposal less for each person. One query a person."""
    for pk in participation_pks:
        Participation.objects.filter(pk=pk, proposals_open__gt=0).update(
            proposals_open=F("proposals_open") - 1
        )
