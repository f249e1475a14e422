"""Forms around the answers of two people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.services.reasons import LONGEST_NOTE


class DeclineForm(forms.Form):
    """A no with an optional reason; everything may stay empty."""

    code = forms.ChoiceField(
        label=_("What is it about?"),
        choices=DeclineCode.choices,
        initial=DeclineCode.NONE,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        help_text=_("Encrypted. Only you can read it, not the other person, not the coordination."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_shared = forms.BooleanField(
        label=_("Tell the coordination the reason I ticked"),
        help_text=_("It helps with the next proposal. The note is never shared."),
        required=False,
    )

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        data = self.cleaned_data
        return {
            "code": DeclineCode(data["code"] or DeclineCode.NONE),
            "note": data["note"],
            "is_shared": data["is_shared"],
        }


class MeetingForm(forms.Form):
    """The day of the chemistry meeting."""

    met_on = forms.DateField(
        label=_("We met on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Enter the day you met."),
            "invalid": _("Enter the day you met as a date."),
        },
    )


class PublishForm(forms.Form):
    """Which board the coordinator looked at when they pressed "Publish"."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
