"""Who reads reports in an organisation, and what it says about emergencies."""

from django.conf import settings
from django.db import models
from i18nfield.fields import I18nTextField

from tandemwerk.programmes.models import Organisation


class SafeguardingPerson(models.Model):
    """Somebody the owner named; reads reports once they said yes with their own account.

    `email`: where the question went. `user` stays empty until the answer. `digest`: SHA-256 of the
    secret in the letter, which opens the question until `expires_at`; empty once it is answered.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="safeguarding_people"
    )
    email = models.EmailField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="safeguarding_roles",
    )
    named_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True, default="", db_index=True)
    expires_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], name="safeguarding_person_once"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, accepted_at__isnull=True)
                | models.Q(user__isnull=False, accepted_at__isnull=False),
                name="safeguarding_person_iff_accepted",
            ),
        ]


class EmergencyText(models.Model):
    """What an organisation says on top of the report page; without a row the house's own words."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="emergency_text"
    )
    text = I18nTextField()
