"""How a programme looks on paper and on its pages."""

from django.db import models

from tandemwerk.programmes.models.programme import Programme


class Branding(models.Model):
    """Logo and colour of a programme; without a row, those of the house.

    `logo`: a small PNG, drawn anew from what was sent. `accent`: like ``#0b5d63``, dark enough for
    words on white.
    """

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="branding")
    accent = models.CharField(max_length=7, blank=True, default="")
    logo = models.BinaryField(null=True)
