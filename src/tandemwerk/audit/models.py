"""The audit chain: who did what to whom, append-only, each entry bound to the one before."""

from django.db import models


class AuditEntry(models.Model):
    """One act. Ids instead of foreign keys: the chain outlives the rows it speaks about.

    `details` holds codes, counts and ids, never what people wrote.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # None: the system itself
    action = models.CharField(max_length=80)  # noun.verb, e.g. "run.publish"
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    programme_id = models.BigIntegerField(null=True, db_index=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            # One successor each: two writers can't fork the chain.
            models.UniqueConstraint(fields=["previous_hash"], name="audit_chain_has_no_fork")
        ]


class AuditHead(models.Model):
    """The single row every writer locks, so entries get their order."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    hash = models.CharField(max_length=64)
