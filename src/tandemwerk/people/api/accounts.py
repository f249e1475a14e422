"""Tokens, and who I am."""

import zoneinfo
from datetime import datetime, timedelta
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from tandemwerk.core.rates import PerAddress
from tandemwerk.people.api.caller import caller
from tandemwerk.people.enums import Scope, Theme
from tandemwerk.people.errors import TimeZoneUnknown
from tandemwerk.people.models import User
from tandemwerk.people.services.accounts import account_update
from tandemwerk.people.services.sign_in import person_identify
from tandemwerk.people.services.tokens import token_create, token_revoke

router = Router()


class TokenIn(Schema):
    email: str = Field(max_length=254)
    password: str = Field(max_length=200)
    code: str = Field("", max_length=20, description="From the authenticator app, where MFA is on.")
    name: str = Field("API", max_length=80)
    scopes: list[Scope] = Field(default=[Scope.READ, Scope.WRITE], min_length=1)
    lifetime_days: int = Field(90, ge=1, le=366)


class TokenOut(Schema):
    token: str
    token_type: str = "Bearer"  # noqa: S105 - the type's name, not a secret
    scopes: list[Scope]
    expires_at: datetime


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


class MePatch(Schema):
    """What is left out, or null, stays as it is."""

    title: str | None = Field(None, max_length=30)
    given_name: str | None = Field(None, min_length=1, max_length=80)
    family_name: str | None = Field(None, min_length=1, max_length=80)
    locale: Literal["de", "en"] | None = None
    timezone: str | None = Field(None, max_length=60, description="As in “Europe/Berlin”.")
    theme: Theme | None = None


@router.post(
    "/auth/token",
    response={201: TokenOut},
    auth=None,
    throttle=[PerAddress("20/m")],
    url_name="token",
)
def token_make(request: HttpRequest, data: TokenIn) -> Status[object]:
    """Make a token from mail address and password, and code where MFA is on."""
    user = person_identify(
        request=request, email=data.email, password=data.password, code=data.code
    )
    token, secret = token_create(
        user=user,
        name=data.name,
        scopes=data.scopes,
        now=timezone.now(),
        lifetime=timedelta(days=data.lifetime_days),
    )
    return Status(201, {"token": secret, "scopes": token.scopes, "expires_at": token.expires_at})


@router.delete("/auth/token/current", response={204: None}, url_name="token_current")
def token_end(request: HttpRequest) -> Status[object]:
    """Revoke the token that sent this request."""
    token_revoke(token=request.token, by=request.user, now=timezone.now())  # type: ignore[attr-defined,arg-type]  # set by BearerToken
    return Status(204, None)


@router.get("/me", response=MeOut, url_name="me")
def me(request: HttpRequest) -> User:
    """The person this token belongs to."""
    return caller(request)


@router.patch("/me", response=MeOut, url_name="me")
def me_change(request: HttpRequest, data: MePatch) -> User:
    """Change your name, language, time zone or appearance."""
    if data.timezone is not None and data.timezone not in zoneinfo.available_timezones():
        raise TimeZoneUnknown(name=data.timezone)
    return account_update(user=caller(request), now=timezone.now(), **data.model_dump())
