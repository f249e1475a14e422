"""allauth's forms in our words; what they do stays theirs."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.passwords import LengthByFactors

NEW_PASSWORD = _("New password")
NEW_PASSWORD_AGAIN = _("New password, again")
MAIL = _("Mail address")
PASSWORD = _("Password")


class Worded:
    """Gives the fields our labels and helps, and takes the placeholders away.

    A placeholder that repeats the label vanishes while people type and is no help.
    """

    labels: ClassVar[dict[str, str | Promise]] = {}
    helps: ClassVar[dict[str, str | Promise]] = {}
    attrs: ClassVar[dict[str, dict[str, str]]] = {}
    fresh: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs |= self.attrs.get(name, {})
        if self.fresh in fields:
            fields[self.fresh].help_text = LengthByFactors().get_help_text()


class LoginForm(Worded, account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    labels: ClassVar = {
        "login": MAIL,
        "password": PASSWORD,
        "remember": _("Stay logged in on this device"),
    }


class SignupForm(Worded, account.SignupForm):  # type: ignore[misc]  # allauth is untyped
    labels: ClassVar = {"email": MAIL, "password1": PASSWORD}
    fresh = "password1"
    field_order: ClassVar = ["given_name", "family_name", "email", "password1", "locale"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locale"].initial = translation.get_language()


class ResetPasswordForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"email": MAIL}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}
    fresh = "password1"


class UserTokenForm(account.UserTokenForm):  # type: ignore[misc]  # untyped
    """Whose link this is; never shown."""


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {
        "oldpassword": _("Present password"),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }
    fresh = "password1"


class SetPasswordForm(Worded, account.SetPasswordForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}
    fresh = "password1"


class AddEmailForm(Worded, account.AddEmailForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"email": _("New mail address")}


class ReauthenticateForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"password": PASSWORD}


CODE = {"code": {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": ""}}


class MfaAuthenticateForm(Worded, mfa.AuthenticateForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"code": _("Code from the app, or a recovery code")}
    attrs: ClassVar = CODE


class MfaReauthenticateForm(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"code": _("Code from the app, or a recovery code")}
    attrs: ClassVar = CODE


class ActivateTotpForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"code": _("Six digits that the app shows now")}
    attrs: ClassVar = {"code": {"inputmode": "numeric", "autocomplete": "one-time-code"}}


class AddWebauthnForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {
        "name": _("Name, so that you recognise it"),
        "passwordless": _("Log in with it alone, without the password"),
    }
    helps: ClassVar = {
        "passwordless": _(
            "Your device then asks for your fingerprint, your face or its PIN. "
            "A plain security key without any of these works only beside the password."
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditWebauthnForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # untyped
    labels: ClassVar = {"name": _("Name, so that you recognise it")}
