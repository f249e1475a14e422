"""Who I am: name, language, appearance, mail address, password, and the way out."""

import zoneinfo
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from tandemwerk.core.shapes import Body
from tandemwerk.people.enums import Theme
from tandemwerk.people.errors import TimeZoneUnknown
from tandemwerk.people.export import export_data
from tandemwerk.people.forms.account import AddEmailForm, ChangePasswordForm
from tandemwerk.people.models import User
from tandemwerk.people.requests import person, require_valid
from tandemwerk.people.selectors.security import address_waiting
from tandemwerk.people.services.accounts import account_erase, account_update
from tandemwerk.people.services.entry import password_changed_tell
from tandemwerk.people.services.sign_in import password_check, require_rate

router = Router()


class MeOut(Schema):
    id: int
    email: str
    name: str
    given_name: str
    family_name: str
    title: str
    locale: str
    timezone: str
    theme: Theme


class MePatch(Body):
    """What is left out, or null, stays as it is."""

    title: str | None = Field(None, max_length=30)
    given_name: str | None = Field(None, min_length=1, max_length=80)
    family_name: str | None = Field(None, min_length=1, max_length=80)
    locale: Literal["de", "en"] | None = Field(None, description="Language of pages and mails.")
    timezone: str | None = Field(None, max_length=60, description="As in “Europe/Berlin”.")
    theme: Theme | None = Field(None, description="Light, dark, or as on the device.")


class PasswordIn(Body):
    password: str = Field(max_length=200, description="The one you log in with, once more.")


class PasswordChangeIn(PasswordIn):
    new_password: str = Field(max_length=200)


class EmailIn(PasswordIn):
    email: str = Field(max_length=254)


class EmailOut(Schema):
    email: str
    waiting: str = Field(description="A new address that is not confirmed yet; else empty.")


class EraseIn(PasswordIn):
    confirm: Literal[True] = Field(description="That this can't be taken back.")


@router.get("/me", response=MeOut, url_name="me")
def me(request: HttpRequest) -> User:
    """The person this token belongs to."""
    return person(request)


@router.patch("/me", response=MeOut, url_name="me")
def me_change(request: HttpRequest, data: MePatch) -> User:
    """Change your name, language, time zone or appearance."""
    if data.timezone is not None and data.timezone not in zoneinfo.available_timezones():
        raise TimeZoneUnknown(name=data.timezone)
    return account_update(user=person(request), now=timezone.now(), **data.model_dump())


@router.get("/me/email", response=EmailOut, url_name="my_email")
def my_email(request: HttpRequest) -> dict[str, str]:
    """Your mail address, and the one that waits to be confirmed."""
    user = person(request)
    return {"email": user.email, "waiting": address_waiting(user)}


@router.post("/me/email", response={202: EmailOut}, url_name="my_email")
def email_change(request: HttpRequest, data: EmailIn) -> Status[dict[str, str]]:
    """Take another mail address; it counts once its link is followed or its key confirmed."""
    user = person(request)
    require_rate(request, "manage_email", user=user)
    password_check(user=user, password=data.password)
    require_valid(AddEmailForm(user, {"email": data.email})).save(request)
    return Status(202, my_email(request))


@router.post("/me/password", response={204: None}, url_name="my_password")
def password_change(request: HttpRequest, data: PasswordChangeIn) -> Status[None]:
    """Change your password; every browser is logged out."""
    user = person(request)
    require_rate(request, "change_password", user=user)
    new = dict.fromkeys(("password1", "password2"), data.new_password)
    form = ChangePasswordForm(user, {"oldpassword": data.password, **new})
    require_valid(form, oldpassword="password", password1="new_password").save()
    password_changed_tell(request=request, user=user)
    return Status(204, None)


@router.post("/me/data", response=dict[str, Any], url_name="my_data")
def everything(request: HttpRequest, data: PasswordIn) -> dict[str, Any]:
    """Everything the installation knows about you, part by part; the pages give it as a zip."""
    user = person(request)
    password_check(user=user, password=data.password)
    return {"made_at": timezone.now(), **export_data(user)}


@router.post("/me/delete", response={204: None}, url_name="my_end")
def erase(request: HttpRequest, data: EraseIn) -> Status[None]:
    """Delete your account and what it holds. Can't be undone."""
    user = person(request)
    password_check(user=user, password=data.password)
    account_erase(user=user, now=timezone.now())
    return Status(204, None)
