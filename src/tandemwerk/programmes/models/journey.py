"""The journey of a programme through its versions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.models.programme import Programme


class JourneyVersion(models.Model):
    """A journey as it was published; never changed afterwards. Tandems carry their own copy."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="journey_versions"
    )
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("what has changed"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="journey_version_number_once"
            )
        ]


class JourneyDraft(models.Model):
    """What the coordinators of a programme are working on; nobody else sees it."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, related_name="journey_draft"
    )
    content = models.JSONField()
    before = models.JSONField(null=True)  # the content one act ago, for the way back
    changed_at = models.DateTimeField()
