"""A programme's logo and colour."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.errors import AccentTooLight, LogoRefused
from tandemwerk.programmes.models import Branding
from tandemwerk.programmes.services.branding import MOST_LOGO_BYTES, accent_check, logo_check


class BrandingForm(forms.Form):
    """Both may be left out: then the house's own stand there."""

    accent = forms.RegexField(
        r"^\s*#[0-9a-fA-F]{6}\s*$",
        label=_("Colour"),
        required=False,
        help_text=_("Six digits as web pages have them, like #0b5d63; dark enough for words."),
        error_messages={"invalid": _("Write the colour like #0b5d63.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, up to 1 MB; it is made to fit 600 × 240 pixels."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    is_without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    def __init__(self, *args: Any, branding: Branding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"accent": branding.accent}
        if not branding.logo:
            del self.fields["is_without_logo"]

    def clean_accent(self) -> str:
        """As it is kept, or the reason against it."""
        try:
            return accent_check(self.cleaned_data["accent"])
        except AccentTooLight as error:
            raise ValidationError(str(error)) from error

    def clean_logo(self) -> bytes | None:
        """The logo drawn anew, None without one, or the reason against it."""
        sent = self.cleaned_data["logo"]
        try:
            return logo_check(sent.read(MOST_LOGO_BYTES + 1)) if sent else None
        except LogoRefused as error:
            raise ValidationError(str(error)) from error

    def act(self) -> dict[str, Any]:
        """Arguments for the service."""
        return dict(self.cleaned_data)
