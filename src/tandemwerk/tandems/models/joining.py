"""A further person for a running tandem: everybody is asked, the new one too."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tandemwerk.programmes.models import Participation
from tandemwerk.tandems.enums import Answer, JoiningState
from tandemwerk.tandems.models.tandem import Tandem


class Joining(models.Model):
    """The coordination proposes that somebody joins a tandem; only with everybody's yes they do."""

    tandem = models.ForeignKey(Tandem, on_delete=models.CASCADE, related_name="joinings")
    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="joinings"
    )
    state = models.CharField(max_length=10, choices=JoiningState, default=JoiningState.OPEN)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tandem"], condition=Q(state="open"), name="joining_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="joining_settled_iff_settled_at",
            ),
        ]


class JoiningAnswer(models.Model):
    """What one of the people asked has said; the others learn only what all answers led to."""

    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["joining", "user"], name="joining_answer_once")
        ]
