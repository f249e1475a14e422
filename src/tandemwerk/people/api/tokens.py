"""Tokens: made from a password, listed, revoked."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from ninja.security.http import HttpAuthBase

from tandemwerk.core.rates import PerAddress
from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.enums import Scope
from tandemwerk.people.models import ApiToken
from tandemwerk.people.requests import person, sender_of
from tandemwerk.people.selectors.security import tokens_of
from tandemwerk.people.services.sign_in import person_identify
from tandemwerk.people.services.tokens import token_create, token_revoke

router = Router()


class AnyScope(HttpAuthBase):
    """Any valid token will do: who finds a token leaked must be able to end it."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """The request's token; None (401) without one. No query."""
        return sender_of(request)


class TokenIn(Body):
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


class TokenLineOut(Schema):
    id: int
    name: str
    prefix: str = Field(description="How the token begins, to recognise it.")
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


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
        request=request, **data.model_dump(include={"email", "password", "code"})
    )
    token, secret = token_create(
        user=user,
        name=data.name,
        scopes=data.scopes,
        now=timezone.now(),
        lifetime=timedelta(days=data.lifetime_days),
    )
    return Status(201, {"token": secret, "scopes": token.scopes, "expires_at": token.expires_at})


@router.delete(
    "/auth/token/current", response={204: None}, url_name="token_current", auth=AnyScope()
)
def token_end_own(request: HttpRequest) -> Status[object]:
    """Revoke the token that sent this request; no scope is needed for that."""
    if token := sender_of(request):
        token_revoke(token=token, by=person(request), now=timezone.now())
    return Status(204, None)


@router.get("/me/tokens", response=Page[TokenLineOut], url_name="token_list")
def token_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Your tokens that were not revoked, the newest first; never their secrets."""
    return page_of(tokens_of(person(request)), wanted)


@router.delete("/me/tokens/{int:token_pk}", response={204: None}, url_name="token_detail")
def token_end(request: HttpRequest, token_pk: int) -> Status[object]:
    """Revoke one of your tokens, at once."""
    token = get_object_or_404(tokens_of(person(request)), pk=token_pk)
    token_revoke(token=token, by=person(request), now=timezone.now())
    return Status(204, None)
