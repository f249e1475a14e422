"""Acts of people that are refused."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class ProfileInvalid(DomainError):
    """`problems`: field of `ProfileValues` → what to do about it, translated."""

    code = "profile_invalid"
    message = _("Please look at the profile again: %(problems)s")
    status = 422

    def __init__(self, problems: Mapping[str, str | Promise], **params: Any) -> None:
        self.problems = dict(problems)
        super().__init__(problems=" ".join(str(text) for text in problems.values()), **params)


class TimeZoneUnknown(DomainError):
    code = "time_zone_unknown"
    message = _("There is no time zone “%(name)s”. Please send one such as Europe/Berlin.")
    status = 422


class SignInRefused(DomainError):
    """The same words whatever was wrong, so that nobody learns who has an account."""

    code = "sign_in_refused"
    message = _("Mail address, password or code is not right, or the address is not confirmed yet.")
    status = 401


class CodeNeeded(DomainError):
    code = "code_needed"
    message = _("This account has a second factor. Please send its code as well.")
    status = 401


class TooManyAttempts(DomainError):
    code = "too_many_attempts"
    message = _("Too many attempts. Please wait a few minutes and try again.")
    status = 429


class TokenLimitReached(DomainError):
    code = "token_limit_reached"
    message = _("You have %(most)d tokens already. Revoke one you no longer need first.")


class ScopeMissing(DomainError):
    code = "scope_missing"
    message = _("This token may not do that. Make one with the scope “%(scope)s”.")
    status = 403


class PasswordWrong(DomainError):
    """Something that needs the password once more, although the token is valid."""

    code = "password_wrong"
    message = _("This password is not right. Please send the one you log in with.")
    status = 403


class LinkEnded(DomainError):
    code = "link_ended"
    message = _("This link is no longer valid. Please ask for a new one.")


class SignUpClosed(DomainError):
    code = "sign_up_closed"
    message = _("Accounts are made by invitation here. Please ask your coordinator for one.")


class FactorThere(DomainError):
    code = "factor_there"
    message = _("An authenticator app is set up already. Remove it before you set up another one.")


class FactorMissing(DomainError):
    code = "factor_missing"
    message = _("There is no authenticator app on this account. Set one up first.")


class FactorNeeded(DomainError):
    code = "factor_needed"
    message = _(
        "Whoever runs a programme needs a second factor. Add another one before you remove "
        "this one."
    )


class PasswordTooShortAlone(DomainError):
    code = "password_too_short_alone"
    message = _(
        "Without this factor your password stands alone, and it has fewer than 15 characters. "
        "Choose a longer password in the settings first, then remove the factor."
    )


class CodeWrong(DomainError):
    code = "code_wrong"
    message = _("This code is not right or no longer valid. Please use the newest.")
    status = 422


class AccountStillNeeded(DomainError):
    """Another row must not lose this person, and no eraser took care of it."""

    code = "account_still_needed"
    message = _(
        "Your account can't be deleted yet, because a programme still counts on you. "
        "Please ask your coordinator to take you out first."
    )
