"""What a programme says differently in its preparation, and who has read what."""

from django.db import models
from django.db.models import Q
from i18nfield.fields import I18nCharField, I18nTextField

from tandemwerk.programmes.course import ROLES
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models.participation import Participation
from tandemwerk.programmes.models.programme import Programme


class CourseStep(models.Model):
    """A programme's own words for one step; without a row the shipped ones are shown."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="course_steps")
    role = models.CharField(max_length=10, choices=Role)
    key = models.SlugField(max_length=40)
    title = I18nCharField(max_length=120)
    text = I18nTextField()
    question = I18nCharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "role", "key"], name="course_step_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="course_step_role"),
        ]


class CourseRead(models.Model):
    """Somebody has read a step. For themself alone: no page of a coordinator shows or counts it."""

    participation = models.ForeignKey(
        Participation, on_delete=models.CASCADE, related_name="course_reads"
    )
    key = models.SlugField(max_length=40)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "key"], name="course_read_once")
        ]
