"""What somebody tells the programme about their tandem; nothing of it comes from the room."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tandemwerk.tandems.enums import CheckInAnswer, HelpState
from tandemwerk.tandems.models.tandem import Tandem, TandemMember


class CheckIn(models.Model):
    """One person's answer to one check-in; `key` as in `journey.check_ins`.

    The coordination reads it if it is not "on track"; those are only counted.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="check_ins")
    member = models.ForeignKey(TandemMember, on_delete=models.CASCADE, related_name="check_ins")
    key = models.CharField(max_length=60)
    answer = models.CharField(max_length=10, choices=CheckInAnswer)
    answered_at = models.DateTimeField()  # the first time; changeable for a week from then
    changed_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-answered_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="check_in_once")]


class HelpRequest(models.Model):
    """Somebody asks their coordination for help, with the words they chose.

    `body` (JSON with `topics`, codes of `HelpTopic`, and `words`) and `reply` are sealed under the
    master key; readers are the person and the programme's coordinators, save those who are in the
    tandem themselves.
    """

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="help_requests")
    member = models.ForeignKey(TandemMember, on_delete=models.CASCADE, related_name="help_requests")
    state = models.CharField(max_length=10, choices=HelpState, default=HelpState.OPEN)
    body = models.BinaryField(default=b"")
    reply = models.BinaryField(default=b"")
    asked_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["tandem", "state"], name="help_request_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=HelpState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=HelpState.ANSWERED) & Q(answered_at__isnull=True)),
                name="help_answered_iff_answered_at",
            )
        ]
