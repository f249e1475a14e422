"""Forms of the settings pages."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.enums import Scope
from tandemwerk.people.forms.fields import ZoneField


class AccountForm(forms.Form):
    """Name, language and time zone."""

    names = ("title", "given_name", "family_name", "locale", "timezone")
    title = forms.CharField(
        label=_("Title"),
        max_length=30,
        required=False,
        help_text=_("For example “Dr.”"),
        widget=forms.TextInput({"autocomplete": "honorific-prefix"}),
    )
    given_name = forms.CharField(
        label=_("Given name"), max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    locale = forms.ChoiceField(label=_("Language"), choices=[("de", "Deutsch"), ("en", "English")])
    timezone = ZoneField(help_text=_("All times you see are in this zone."))


class TokenForm(forms.Form):
    """A new API token; `lifetime()` and `scopes()` are what the service takes."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("So that you recognise it later, for example “Intranet”."),
    )
    may = forms.ChoiceField(
        label=_("What may it do?"),
        choices=[
            ("read", _("Read what I may read")),
            ("write", _("Read what I may read and do what I may do")),
        ],
        widget=forms.RadioSelect,
        initial="read",
    )
    days = forms.TypedChoiceField(
        label=_("How long is it valid?"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        coerce=int,
        initial=90,
    )

    def scopes(self) -> list[Scope]:
        return [Scope.READ, Scope.WRITE] if self.cleaned_data["may"] == "write" else [Scope.READ]

    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class EraseForm(forms.Form):
    """The last word before an account goes."""

    confirm = forms.BooleanField(
        label=_("I understand that this can't be taken back."),
        error_messages={"required": _("Please tick this if you want to delete your account.")},
    )
