"""The one place where seats are counted.

Every function is one guarded UPDATE (compare-and-set), so a hundred simultaneous calls can't take
more seats than there are; the check constraint of the table says the same a second time.
"""

from collections import Counter

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
    """Count one more open proposal for each person (repetitions count).

    One query per different number of repetitions, so one or two for a whole run.
    """
    for times, pks in _by_times(participation_pks):
        Participation.objects.filter(pk__in=pks).update(proposals_open=F("proposals_open") + times)


def proposal_settled(*, participation_pks: list[int]) -> None:
    """Count one open proposal less for each person (repetitions count). Queries as above."""
    for times, pks in _by_times(participation_pks):
        Participation.objects.filter(pk__in=pks, proposals_open__gte=times).update(
            proposals_open=F("proposals_open") - times
        )


def _by_times(pks: list[int]) -> list[tuple[int, list[int]]]:
    """How often each id occurs: [(times, ids in order)], so that locks are taken in one order."""
    groups: dict[int, list[int]] = {}
    for pk, times in sorted(Counter(pks).items()):
        groups.setdefault(times, []).append(pk)
    return sorted(groups.items())
