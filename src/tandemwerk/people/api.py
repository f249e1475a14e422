"""The API of accounts: tokens and who I am."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.throttling import AnonRateThrottle

from tandemwerk.people.enums import Scope
from tandemwerk.people.models import User
from tandemwerk.people.services.sign_in import person_identify
from tandemwerk.people.services.tokens import token_create, token_revoke

router = Router(tags=["people"])


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
    locale: str
    timezone: str


@router.post(
    "/auth/token",
    response={201: TokenOut},
    auth=None,
    throttle=[AnonRateThrottle("20/m")],
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
    assert isinstance(request.user, User)  # noqa: S101 - bearer() let nobody else in
    return request.user
