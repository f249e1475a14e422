"""Forgetting a person in what runs have stored."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from tandemwerk.audit.services import audit_record
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import BoardMove, MatchRun, Suggestion
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Participation


@transaction.atomic
def person_forget(*, user: User, now: datetime) -> int:
    """Take a person out of all stored runs; returns how many runs were touched.

    A stored run is one whole: without one profile it can't be repeated. So runs of the person's
    cohorts lose inputs, matrices and moves; boards still open are put aside, published ones keep
    the lines of the others. The person's own lines and rules go.
    Four queries, and three a run for the audit.
    """
    mine = Participation.objects.filter(user=user)
    Suggestion.objects.filter(mentor__in=mine).update(
        mentor=None, score=None, reasons={}, is_locked=False, unmatched_reason={"code": "by_hand"}
    )
    Suggestion.objects.filter(mentee__in=mine).delete()
    runs = list(
        MatchRun.objects.filter(Q(cohort__participations__user=user))
        .exclude(inputs=b"")
        .select_related("cohort")
        .only("pk", "state", "cohort__programme_id")
        .distinct()
    )
    BoardMove.objects.filter(run__in=runs).delete()
    for run in runs:
        is_published = run.state == RunState.PUBLISHED
        MatchRun.objects.filter(pk=run.pk).update(
            inputs=b"",
            scores=b"",
            blocked=b"",
            proof=b"",
            trade_off={},
            swap_test={},
            mentor_of=[],
            mentee_ids=[],
            mentor_ids=[],
            seats=[],
            progress=0,
            state=run.state if is_published else RunState.DISCARDED,
            finished_at=now,
        )
        audit_record(
            action="run.forget_person",
            about=run,
            now=now,
            programme_id=run.cohort.programme_id,
        )
    return len(runs)
