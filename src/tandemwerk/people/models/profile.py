"""What a person says about themself for matching. Nothing here is a protected attribute."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import LanguageLevel, MeetingFormat, TopicKind


class Profile(models.Model):
    """One per person; wanted topics count when they are a mentee, offered ones as a mentor."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    position = models.CharField(_("position"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=60, blank=True)  # vocabulary slug
    industry = models.CharField(_("industry"), max_length=60, blank=True)  # vocabulary slug
    site = models.CharField(_("place"), max_length=80, blank=True)
    team = models.CharField(_("team"), max_length=80, blank=True)
    reports_to_email = models.EmailField(
        _("line manager's mail address"), max_length=254, blank=True
    )
    experience_years = models.DecimalField(
        _("years of experience"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )
    meeting_format = models.CharField(
        _("format"), max_length=10, choices=MeetingFormat, default=MeetingFormat.BOTH
    )
    # 168 bits as hexadecimal, bit 0 = Monday 00:00–01:00 in the person's own time zone.
    week = models.CharField(max_length=42, blank=True)
    about = models.TextField(_("about me and what I hope for"), max_length=2000, blank=True)
    values_answers = models.JSONField(default=dict, blank=True)  # questionnaire key → 1…5
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(experience_years__isnull=True)
                | models.Q(experience_years__gte=0, experience_years__lte=60),
                name="profile_experience_plausible",
            )
        ]

    def __str__(self) -> str:
        return str(self.user)


class ProfileTopic(models.Model):
    """One topic of the catalogue that a person wants or offers, in their own order."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="topics")
    topic = models.CharField(max_length=80, db_index=True)  # catalogue slug
    kind = models.CharField(max_length=10, choices=TopicKind)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "kind", "topic"], name="profile_topic_once")
        ]


class ProfileLanguage(models.Model):
    """One language a person speaks well enough for mentoring."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=8)  # ISO 639-1
    level = models.CharField(max_length=15, choices=LanguageLevel, default=LanguageLevel.FLUENT)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "code"], name="profile_language_once")
        ]
