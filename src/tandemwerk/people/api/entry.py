"""Ways into an account without a token: sign up, confirm the address, set a new password.

Answers never tell whether an address is known here; what there is to say goes there by mail.
"""

from typing import Literal

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailConfirmationHMAC
from django.http import HttpRequest
from ninja import Field, Router, Status

from tandemwerk.core.rates import PerAddress
from tandemwerk.core.shapes import Body
from tandemwerk.people.errors import LinkEnded, SignUpClosed
from tandemwerk.people.forms.account import (
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
    UserTokenForm,
)
from tandemwerk.people.requests import require_valid
from tandemwerk.people.services.entry import (
    address_confirm,
    address_confirmation_send,
    password_reset_tell,
    signed_up_tell,
)
from tandemwerk.people.services.sign_in import require_rate

router = Router()
RATE = PerAddress("20/m")
KEY = Field(max_length=500, description="The last part of the link in the mail.")


class SignUpIn(Body):
    given_name: str = Field(max_length=80)
    family_name: str = Field(max_length=80)
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    locale: Literal["de", "en"] = "de"


class AddressIn(Body):
    email: str = Field(max_length=254)


class KeyIn(Body):
    key: str = KEY


class ResetIn(Body):
    key: str = KEY
    password: str = Field(max_length=200)


@router.post("/auth/sign-up", response={202: None}, auth=None, throttle=RATE, url_name="sign_up")
def sign_up(request: HttpRequest, data: SignUpIn) -> Status[None]:
    """Open an account where the installation allows it; the address is confirmed by mail."""
    if not get_adapter(request).is_open_for_signup(request):
        raise SignUpClosed
    values = data.model_dump()
    form = SignupForm({**values, "password1": values.pop("password")})
    require_valid(form, password1="password")
    user = None if form.account_already_exists else form.save(request)
    signed_up_tell(request=request, user=user, email=form.cleaned_data["email"])
    return Status(202, None)


@router.post(
    "/auth/confirmation", response={202: None}, auth=None, throttle=RATE, url_name="confirmation"
)
def confirmation_send(request: HttpRequest, data: AddressIn) -> Status[None]:
    """Send the link again that confirms a mail address."""
    address_confirmation_send(request=request, email=data.email)
    return Status(202, None)


@router.post(
    "/auth/confirmation/confirm",
    response={204: None},
    auth=None,
    throttle=RATE,
    url_name="confirmation_confirm",
)
def confirmation_confirm(request: HttpRequest, data: KeyIn) -> Status[None]:
    """Confirm a mail address with the key from the mail."""
    address_confirm(request=request, confirmation=EmailConfirmationHMAC.from_key(data.key))
    return Status(204, None)


@router.post(
    "/auth/password-reset",
    response={202: None},
    auth=None,
    throttle=RATE,
    url_name="password_reset",
)
def password_reset(request: HttpRequest, data: AddressIn) -> Status[None]:
    """Send a link to set a new password."""
    form = require_valid(ResetPasswordForm({"email": data.email}))
    require_rate(request, "reset_password", key=data.email.strip().lower())
    form.save(request)
    return Status(202, None)


@router.post(
    "/auth/password-reset/confirm",
    response={204: None},
    auth=None,
    throttle=RATE,
    url_name="password_reset_confirm",
)
def password_reset_confirm(request: HttpRequest, data: ResetIn) -> Status[None]:
    """Set a new password with the key from the mail."""
    uid, _dash, key = data.key.partition("-")
    known = UserTokenForm({"uidb36": uid, "key": key})
    if not known.is_valid():
        raise LinkEnded
    passwords = dict.fromkeys(("password1", "password2"), data.password)
    form = ResetPasswordKeyForm(passwords, user=known.reset_user, temp_key=key)
    require_valid(form, password1="password").save()
    password_reset_tell(request=request, user=known.reset_user)
    return Status(204, None)
