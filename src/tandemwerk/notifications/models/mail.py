"""The mail outbox: rows written with the act, sent after commit, at least once."""

from django.conf import settings
from django.db import models

from tandemwerk.notifications.enums import MailState


class OutboxMail(models.Model):
    """One mail to one address. Never holds what a tandem writes; texts come from templates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    to = models.EmailField(max_length=254)
    kind = models.CharField(max_length=60)  # template name: mail/<kind>.txt
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=120, unique=True)  # the same at every attempt
    once_key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - one mail per key
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="outbox_state")]
