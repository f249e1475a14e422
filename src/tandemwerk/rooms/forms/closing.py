"""A form for the last words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.services.closing import LONGEST_WORDS


class ClosingForm(forms.Form):
    """Both may stay empty."""

    thanks = forms.CharField(
        label=_("What do you want to thank for?"),
        help_text=_("It is shown to the other person once your tandem is closed, not before."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    stays = forms.CharField(
        label=_("What stays with you?"),
        help_text=_("For yourself alone: nobody else reads it."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        return dict(self.cleaned_data)
