"""A programme and its cohorts."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from tandemwerk.programmes.enums import AddressForm, ProgrammeState
from tandemwerk.programmes.models.organisation import Organisation


class Programme(models.Model):
    """What a coordinator sets up once: texts, criteria, journey, agreement, deadlines."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="programmes"
    )
    template = models.CharField(max_length=40)  # slug of the template it was made from
    name = I18nCharField(_("name"), max_length=120)
    promise = I18nCharField(_("promise in one sentence"), max_length=240, blank=True)
    description = I18nTextField(_("description"), blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    address_form = models.CharField(
        _("form of address"), max_length=5, choices=AddressForm, default=AddressForm.DU
    )
    criteria = models.JSONField()  # matching.Criteria.to_dict()
    journey = models.JSONField()  # {"phases": [...]} in both languages; the newest version
    journey_number = models.PositiveIntegerField(default=1)  # of that version
    agreement_text = I18nTextField(_("agreement"))
    invitation_text = I18nTextField(_("invitation"))
    response_days = models.PositiveSmallIntegerField(
        _("days to answer a proposal"),
        default=10,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )
    chemistry_days = models.PositiveSmallIntegerField(
        _("days for the chemistry meeting"),
        default=21,
        validators=[MinValueValidator(2), MaxValueValidator(90)],
    )
    default_seats = models.PositiveSmallIntegerField(
        _("places per mentor"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    room_days = models.PositiveSmallIntegerField(
        _("days a room stays readable after the end"),
        default=90,
        validators=[MinValueValidator(14), MaxValueValidator(730)],
    )
    is_open = models.BooleanField(_("people may register themselves"), default=False)
    hides_sensitive = models.BooleanField(_("sensitive topics are not offered"), default=False)
    learns_from_chemistry = models.BooleanField(_("learns from first meetings"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.name)


class ProgrammeCoordinator(models.Model):
    """Somebody who runs one programme; sees its people and tandems, never a room's content."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="coordinators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coordinated_programmes"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "user"], name="programme_coordinator_once")
        ]


class CoordinatorInvitation(models.Model):
    """Somebody was asked by mail to run a programme; the row goes when they do, or at its end.

    It holds an address and no person: whether there is an account is nobody's business before the
    letter's link is opened.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="coordinator_invitations"
    )
    email = models.EmailField(_("mail address"))
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret in the letter
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "email"], name="coordinator_invitation_once"
            )
        ]


class Cohort(models.Model):
    """One round of a programme with its dates."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=80)
    registration_ends_on = models.DateField(_("registration ends"))
    matching_on = models.DateField(_("matching"))
    starts_on = models.DateField(_("kick-off"))
    midpoint_on = models.DateField(_("midpoint"))
    ends_on = models.DateField(_("closing"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="cohort_name_once"),
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="cohort_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(midpoint_on__gt=F("starts_on"), midpoint_on__lt=F("ends_on")),
                name="cohort_midpoint_between",
            ),
            models.CheckConstraint(
                condition=Q(registration_ends_on__lte=F("ends_on")),
                name="cohort_registration_ends_in_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.name}"
