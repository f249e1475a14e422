"""The tandem: two people on their way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tandemwerk.pairing.models import Suggestion
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.tandems.enums import Answer, DeclineCode, EndCode, TandemState

ENDED = [TandemState.CLOSED, TandemState.DECLINED, TandemState.DISSOLVED]


class Tandem(models.Model):
    """A mentee and a mentor from proposal to end; its state changes by compare-and-set only."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="tandems")
    suggestion = models.OneToOneField(
        Suggestion, on_delete=models.SET_NULL, null=True, related_name="tandem"
    )
    state = models.CharField(max_length=10, choices=TandemState, default=TandemState.PROPOSED)
    score = models.FloatField(null=True)
    reasons = models.JSONField(default=dict)  # as on the suggestion, kept with the tandem
    # The programme's journey when the tandem started, or the one it was moved to.
    journey = models.JSONField(default=dict)
    journey_number = models.PositiveIntegerField(default=1)
    journey_moved_on = models.DateField(null=True)
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    chemistry_since = models.DateTimeField(null=True)
    chemistry_by = models.DateTimeField(null=True)
    chemistry_met_on = models.DateField(null=True)
    activated_at = models.DateTimeField(null=True)
    agreement_text = models.JSONField(default=dict)  # the programme's by language, from that day
    end_announced_on = models.DateField(null=True)  # that the clock closes it if nobody does
    closing_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_code = models.CharField(max_length=15, choices=EndCode, blank=True)
    pauses = models.JSONField(default=list)  # journey.pauses_read; no person
    paused_until = models.DateField(null=True)  # end of the latest pause, for the reminders
    touched_on = models.DateField(null=True)  # last day anybody wrote in the room
    readable_until = models.DateField(null=True)  # afterwards the room is shredded
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["cohort", "state"], name="tandem_cohort_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="tandem_ended_iff_ended_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TandemState.ACTIVE, TandemState.CLOSING])
                | Q(activated_at__isnull=False),
                name="tandem_active_since",
            ),
        ]


class TandemMember(models.Model):
    """One of the people in a tandem, with their own answers.

    What they wrote when declining is sealed and theirs; `is_reason_shared` lets the coordinator
    see the chosen code, never the text.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="members")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="tandem_memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tandem_memberships"
    )
    role = models.CharField(max_length=10, choices=Role)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    answered_at = models.DateTimeField(null=True)
    chemistry_answer = models.CharField(max_length=10, choices=Answer, default=Answer.PENDING)
    chemistry_answered_at = models.DateTimeField(null=True)
    decline_code = models.CharField(max_length=15, choices=DeclineCode, blank=True)
    decline_note = models.BinaryField(default=b"")  # sealed
    is_reason_shared = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True)  # last gentle reminder, whatever the phase
    look_again_at = models.DateTimeField(null=True)  # no reminder can be due before
    left_at = models.DateTimeField(null=True)  # a group goes on without them
    closing_confirmed_at = models.DateTimeField(null=True)  # for them all is said

    class Meta:
        ordering = ["role", "pk"]  # mentees before mentors
        constraints = [
            models.UniqueConstraint(fields=["tandem", "user"], name="tandem_member_once"),
        ]
        indexes = [models.Index(fields=["look_again_at"], name="tandem_member_look_again")]
