"""Where allauth meets the house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open if the installation says so, or for somebody who holds an invitation."""
        return bool(settings.OPEN_SIGNUP or request.session.get("invitation_pk"))

    def get_user_search_fields(self) -> list[str]:
        return ["email"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Nothing to do: the mail address is the login name."""
