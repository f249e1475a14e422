"""What sign-up asks beside allauth's fields; a module of its own, allauth imports it first."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignupExtras(forms.Form):
    """Names and language, asked before mail address and password."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    locale = forms.ChoiceField(label=_("Language"), choices=[("de", "Deutsch"), ("en", "English")])

    def signup(self, request: Any, user: Any) -> None:
        """Write the names onto the new account; called by allauth."""
        user.given_name = self.cleaned_data["given_name"].strip()
        user.family_name = self.cleaned_data["family_name"].strip()
        user.locale = self.cleaned_data["locale"]
        user.save(update_fields=["given_name", "family_name", "locale"])
