from django.db.models import TextChoices


class MailState(TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"  # given up after the last retry; the operator sees it
