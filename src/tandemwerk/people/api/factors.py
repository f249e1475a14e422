"""The second factor: an authenticator app and recovery codes; passkeys are only listed.

A passkey is made between a browser and a device and can't be made here.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from tandemwerk.core.shapes import Body
from tandemwerk.people.api.me import PasswordIn
from tandemwerk.people.requests import person
from tandemwerk.people.selectors.security import factors_of
from tandemwerk.people.services.factors import (
    recovery_codes_make,
    recovery_codes_show,
    totp_begin,
    totp_confirm,
    totp_remove,
)
from tandemwerk.people.services.sign_in import password_check

router = Router()


class PasskeyOut(Schema):
    name: str
    is_passwordless: bool
    created_at: datetime
    last_used_at: datetime | None


class FactorsOut(Schema):
    has_app: bool = Field(description="An authenticator app is set up.")
    recovery_codes_left: int
    passkeys: list[PasskeyOut]


class BegunOut(Schema):
    secret: str = Field(description="For typing into the app.")
    uri: str = Field(description="For a QR code.")
    ticket: str = Field(description="Send it back with the first code, within ten minutes.")


class ConfirmIn(Body):
    ticket: str = Field(max_length=1000)
    code: str = Field(max_length=20, description="The six digits that the app shows now.")


class CodesOut(Schema):
    recovery_codes: list[str] = Field(description="Those not used yet; each works once.")


@router.get("/me/factors", response=FactorsOut, url_name="factors")
def factors(request: HttpRequest) -> Any:
    """What protects your account beside the password."""
    return factors_of(person(request))


@router.post("/me/factors/app", response=BegunOut, url_name="factor_app")
def app_begin(request: HttpRequest, data: PasswordIn) -> Any:
    """Begin to set up an authenticator app; it counts once a code of it is confirmed."""
    password_check(user=person(request), password=data.password)
    return totp_begin(user=person(request))


@router.post("/me/factors/app/confirm", response={201: CodesOut}, url_name="factor_app_confirm")
def app_confirm(request: HttpRequest, data: ConfirmIn) -> Status[dict[str, list[str]]]:
    """Finish setting up the app; answers with the recovery codes."""
    codes = totp_confirm(request=request, user=person(request), ticket=data.ticket, code=data.code)
    return Status(201, {"recovery_codes": codes})


@router.post("/me/factors/app/remove", response={204: None}, url_name="factor_app_remove")
def app_remove(request: HttpRequest, data: PasswordIn) -> Status[None]:
    """Remove the authenticator app; whoever runs something keeps at least one factor."""
    password_check(user=person(request), password=data.password)
    totp_remove(request=request, user=person(request))
    return Status(204, None)


@router.post("/me/recovery-codes/show", response=CodesOut, url_name="recovery_codes_show")
def codes_show(request: HttpRequest, data: PasswordIn) -> dict[str, list[str]]:
    """The recovery codes you have not used yet."""
    password_check(user=person(request), password=data.password)
    return {"recovery_codes": recovery_codes_show(user=person(request))}


@router.post("/me/recovery-codes", response={201: CodesOut}, url_name="recovery_codes")
def codes_make(request: HttpRequest, data: PasswordIn) -> Status[dict[str, list[str]]]:
    """Make new recovery codes; the old ones stop working."""
    password_check(user=person(request), password=data.password)
    codes = recovery_codes_make(request=request, user=person(request))
    return Status(201, {"recovery_codes": codes})
