"""A person in a cohort, in one role."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models.imports import ImportBatch
from tandemwerk.programmes.models.programme import Cohort


class Participation(models.Model):
    """Person × cohort × role. The place where seats are counted.

    `seats_taken`: tandems both have said yes to. `proposals_open`: proposals waiting for answers.
    Only `programmes.services.seats` writes these two; the constraint guards them.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="participations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(max_length=10, choices=Role)
    state = models.CharField(
        max_length=10, choices=ParticipationState, default=ParticipationState.INVITED
    )
    seats = models.PositiveSmallIntegerField(_("places"), default=1)
    seats_taken = models.PositiveSmallIntegerField(default=0)
    proposals_open = models.PositiveSmallIntegerField(default=0)
    is_pause_own = models.BooleanField(default=False)  # the person may lift only such a pause
    invited_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    import_batch = models.ForeignKey(
        ImportBatch, on_delete=models.SET_NULL, null=True, related_name="participations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user", "role"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("seats")), name="participation_seats_hold"
            ),
            models.CheckConstraint(
                condition=Q(role="mentor") | Q(seats=1), name="participation_mentee_one_seat"
            ),
        ]
        indexes = [models.Index(fields=["cohort", "role", "state"], name="participation_pool")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def seats_free(self) -> int:
        """Seats neither taken nor promised in an open proposal; never below 0."""
        return max(0, self.seats - self.seats_taken - self.proposals_open)


class Invitation(models.Model):
    """The letter that lets an imported person in. The link's secret is kept as SHA-256 only."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="invitation"
    )
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="invitation_one_answer",
            )
        ]
