"""Rows the house itself needs: processed writes and the clock of periodic jobs."""

from django.conf import settings
from django.db import models


class ProcessedWrite(models.Model):
    """One write that already happened, by the id its client chose; kept for a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    client_id = models.CharField(max_length=64)
    where = models.CharField(max_length=64)  # keyed hash of the write: address, token, content
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.BinaryField(default=b"")  # sealed: an answer may hold personal data
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_id"], name="processed_write_once")
        ]


class PeriodicRun(models.Model):
    """When a periodic job is due next; workers claim it by compare-and-set."""

    name = models.CharField(max_length=120, unique=True)
    next_at = models.DateTimeField()


class WorkerBeat(models.Model):
    """A job worker that lives, or did lately; one whose beat stops has its jobs taken over."""

    worker_id = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()
