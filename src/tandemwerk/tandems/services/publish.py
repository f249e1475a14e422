"""Publishing a run: its pairs become proposals to people."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from tandemwerk.core.events import publish
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.services.runs import run_publish_mark
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Participation
from tandemwerk.programmes.services.seats import proposal_opened
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.events import TandemsProposed
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.mails import mails_proposed


@transaction.atomic
def run_publish(*, run: MatchRun, by: User, now: datetime, version: int | None = None) -> int:
    """Turn the pairs of a ready run into proposals, all or none, and tell both people of each.

    Returns how many. `version` is the board the coordinator looked at. Raises RunNotReady,
    BoardStale, RunEmpty and PairsNoLongerPossible. About 20 queries, one per 60 mails and one per
    50 for their jobs; 500 pairs take about a second. The one audit entry is written where the run
    is marked.
    """
    pairs = run_publish_mark(run=run, by=by, now=now, version=version)
    answer_by = now + timedelta(days=run.cohort.programme.response_days)
    tandems = Tandem.objects.bulk_create(
        Tandem(
            cohort_id=run.cohort_id,
            suggestion=pair,
            state=TandemState.PROPOSED,
            score=pair.score,
            reasons=pair.reasons,
            proposed_at=now,
            answer_by=answer_by,
        )
        for pair in pairs
    )
    members = [
        TandemMember(tandem=tandem, participation=person, user_id=person.user_id, role=person.role)
        for tandem, pair in zip(tandems, pairs, strict=True)
        for person in _sides(pair)
    ]
    TandemMember.objects.bulk_create(members)
    proposal_opened(participation_pks=[member.participation_id for member in members])
    mails_proposed(tandems=_with_members(tandems), now=now)
    publish(TandemsProposed(run_pk=run.pk))
    return len(tandems)


def _sides(pair: Suggestion) -> tuple[Participation, Participation]:
    assert pair.mentor is not None  # noqa: S101 - pairs have both sides
    return pair.mentee, pair.mentor


def _with_members(tandems: Sequence[Tandem]) -> list[Tandem]:
    return list(
        Tandem.objects.filter(pk__in=[tandem.pk for tandem in tandems])
        .select_related("cohort__programme")
        .prefetch_related(Prefetch("members", TandemMember.objects.select_related("user")))
        .order_by("pk")
    )
