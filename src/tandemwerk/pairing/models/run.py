"""Match runs: what went in, what came out, always repeatable."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tandemwerk.pairing.enums import Objective, RunStage, RunState
from tandemwerk.programmes.models import Cohort, Participation


class MatchRun(models.Model):
    """One calculation for one cohort. The same inputs, seed and engine give the same pairs.

    `inputs` holds the profiles as the engine saw them (JSON, zlib); `scores` the fit of all pairs
    (float32, mentees × mentors in the order of the id lists, NaN = not allowed, zlib); `blocked`
    the hard rule behind each NaN (int8, `matching.Rule`, same shape, zlib). `mentor_of` is the
    result as calculated, before anybody moved a pair: mentor column per mentee row, -1 = none.
    `proof` holds what proves the result (`proofs`, JSON, zlib), `trade_off` the figures of
    every objective on the same scores and `swap_test` what changes when everybody is given another
    attribute (`services.trade_off`), both empty until they are known. `floor` is the fit below
    which nobody is matched, and `keeps_pairs` says that as many pairs of the board of `based_on`
    as possible were to stay; `rematch` counts what became of them (`engine.kept_pairs`).
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()  # counts within the cohort, from 1
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    based_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="successors"
    )
    objective = models.CharField(max_length=20, choices=Objective, default=Objective.TOTAL)
    seed = models.PositiveIntegerField(default=0)
    floor = models.FloatField(null=True)  # in [0, 1]; empty: no limit
    keeps_pairs = models.BooleanField(default=False)
    criteria = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=40, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    inputs = models.BinaryField(default=b"")
    scores = models.BinaryField(default=b"")
    blocked = models.BinaryField(default=b"")
    mentor_of = models.JSONField(default=list)
    mentee_ids = models.JSONField(default=list)  # participation ids, row order
    mentor_ids = models.JSONField(default=list)  # participation ids, column order
    seats = models.JSONField(default=list)  # free seats per mentor, column order
    proof = models.BinaryField(default=b"")
    trade_off = models.JSONField(default=dict)
    swap_test = models.JSONField(default=dict)
    rematch = models.JSONField(default=dict)
    total = models.FloatField(null=True)
    upper_bound = models.FloatField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    stage = models.CharField(max_length=10, choices=RunStage, blank=True)
    error_code = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)  # rises with each board move
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="match_run_number_once"),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | (~Q(state="published") & Q(published_at__isnull=True)),
                name="match_run_published_iff_published_at",
            ),
            models.CheckConstraint(
                condition=Q(floor__isnull=True) | Q(floor__gte=0, floor__lte=1),
                name="match_run_floor_in_range",
            ),
        ]


class Suggestion(models.Model):
    """One mentee's line on the board: the suggested mentor with reasons, or why there is none."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="suggestions")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, null=True, related_name="+")
    score = models.FloatField(null=True)  # in [0, 1]
    reasons = models.JSONField(
        default=dict
    )  # {"reasons": [...], "differences": [...]}: codes, params
    unmatched_reason = models.JSONField(default=dict)  # {"code", "params"} when mentor is None
    is_locked = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "mentee"], name="suggestion_mentee_once"),
            models.CheckConstraint(
                condition=Q(mentor__isnull=False) | Q(is_locked=False),
                name="suggestion_locked_needs_mentor",
            ),
        ]
