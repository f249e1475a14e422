"""A programme in the making."""

from django.conf import settings
from django.db import models


class WizardDraft(models.Model):
    """What somebody has entered so far in the set-up wizard; one per person, gone when created.

    `data` maps a step to its cleaned form values (JSON); `step` is where they stopped.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wizard_draft"
    )
    step = models.CharField(max_length=20)
    data = models.JSONField(default=dict)
    updated_at = models.DateTimeField()
