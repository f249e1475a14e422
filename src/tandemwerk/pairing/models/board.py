"""What the coordinator decided by hand."""

from django.conf import settings
from django.db import models

from tandemwerk.pairing.enums import MoveKind, RuleKind, RuleSource
from tandemwerk.pairing.models.run import MatchRun
from tandemwerk.programmes.models import Cohort, Participation


class PairRule(models.Model):
    """Two people who must or must not be together, for every run of the cohort."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="pair_rules")
    mentee = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    mentor = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=RuleKind)
    source = models.CharField(max_length=12, choices=RuleSource, default=RuleSource.COORDINATOR)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "mentee", "mentor"], name="pair_rule_once")
        ]


class BoardMove(models.Model):
    """One change by hand with both sides of it, so that it can be undone and redone."""

    run = models.ForeignKey(MatchRun, on_delete=models.CASCADE, related_name="moves")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=MoveKind)
    before = models.JSONField()  # lines of the suggestions (and rules) it touched
    after = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="board_move_number_once")
        ]
