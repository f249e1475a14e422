"""What a programme gives its tandems to read and take along."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from tandemwerk.programmes.enums import ForWhom, MaterialKind
from tandemwerk.programmes.models.programme import Programme


def stored_as(material: Any, _name: str) -> str:
    """Where a file lies below the folder of files; nothing of its own name is in it."""
    return f"materials/{material.programme_id}/{uuid4().hex}"


class Material(models.Model):
    """A link, a page or a file for participants. No content of a room ever lies here."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(max_length=5, choices=MaterialKind)
    title = I18nCharField(_("title"), max_length=120)
    hint = I18nCharField(_("what it is good for"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    text = I18nTextField(_("text"), blank=True)  # Markdown
    file = models.FileField(upload_to=stored_as, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    file_size = models.PositiveIntegerField(default=0)  # bytes
    phases = models.JSONField(default=list)  # keys; empty: shown in every phase
    who = models.CharField(_("for whom"), max_length=10, choices=ForWhom, default=ForWhom.BOTH)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # for a day it can be brought back

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=MaterialKind.LINK) & ~Q(url=""))
                | (~Q(kind=MaterialKind.LINK) & Q(url="")),
                name="material_link_iff_url",
            ),
            models.CheckConstraint(
                condition=(Q(kind=MaterialKind.FILE) & ~Q(file=""))
                | (~Q(kind=MaterialKind.FILE) & Q(file="")),
                name="material_file_iff_file",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
