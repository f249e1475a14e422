"""The only doors from a person to match runs and their lines."""

from django.db.models import QuerySet

from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.people.models import User
from tandemwerk.programmes.selectors.visible import cohorts_run_by

BLOBS = ("inputs", "scores", "blocked", "proof")


def runs_run_by(user: User) -> QuerySet[MatchRun]:
    """Runs of the cohorts `user` coordinates; cohort, programme and author joined. One query.

    The large stored values are left out until they are asked for.
    """
    return (
        MatchRun.objects.filter(cohort__in=cohorts_run_by(user))
        .select_related("cohort__programme__organisation", "created_by", "based_on")
        .defer(*BLOBS, *(f"based_on__{name}" for name in BLOBS))
    )


def boards_run_by(user: User) -> QuerySet[MatchRun]:
    """Runs as `runs_run_by` with their proof; other large values come from `kept`. One query."""
    late = [name for name in BLOBS if name != "proof"]
    return runs_run_by(user).defer(None).defer(*late, *(f"based_on__{name}" for name in BLOBS))


def lines_run_by(user: User) -> QuerySet[Suggestion]:
    """Lines of the boards `user` may open, both people and the run joined. One query."""
    return (
        Suggestion.objects.filter(run__cohort__in=cohorts_run_by(user))
        .select_related("run__cohort__programme", "mentee__user", "mentor__user")
        .defer(*(f"run__{name}" for name in BLOBS))
    )
