"""People's side of each request: tokens, language, time zone, second factor of staff."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tandemwerk.people.ports import is_staff
from tandemwerk.people.selectors.security import has_second_factor
from tandemwerk.people.services.tokens import token_user

GetResponse = Callable[[HttpRequest], HttpResponse]
API = "/api/"
SCHEME = "bearer "


def refusal(code: str, message: str, status: int = 403) -> JsonResponse:
    """The API's form of a refusal."""
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


class BearerToken:
    """Let ``Authorization: Bearer …`` sign in the person for this one API request.

    A token that is wrong, expired or revoked makes the request anonymous, also beside a session.
    The API checks its scopes. One query, see `token_user`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        header = request.headers.get("Authorization", "")
        if header.lower().startswith(SCHEME):
            self._sign_in(request, header[len(SCHEME) :].strip())
        response = self.get_response(request)
        request.session.modified = False  # a program has no session and gets no cookie
        return response

    @staticmethod
    def _sign_in(request: HttpRequest, secret: str) -> None:
        token = token_user(secret=secret, now=timezone.now())
        if token is None:
            request.user = AnonymousUser()
            return
        request.user = token.user
        request.token = token  # type: ignore[attr-defined]  # says that no session signed in
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # no cookie


class Preferences:
    """Language, time zone and appearance of the person, or of the browser before login."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language, zone = user.locale, user.zone
        else:
            language = translation.get_language_from_request(request)
            zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
        if request.path.startswith(API) and "Accept-Language" in request.headers:
            language = translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zone):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class StaffNeedsMfa:
    """Staff without a second factor see only the pages that set one up; not in the demo.

    People who run nothing cost the queries of `ports.is_staff`. Staff cost one more, and nothing
    for five minutes after they passed: their session remembers it. Removing a factor forgets it.
    """

    remembered_seconds = 300
    open_views = frozenset(
        {
            "account_confirm_email",
            "account_email_verification_sent",
            "account_logout",
            "account_reauthenticate",
            "api:factor_app",
            "api:factor_app_confirm",
            "api:factors",
            "api:recovery_codes",
            "api:recovery_codes_show",
            "api:token_current",
            "healthz",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_authenticate",
            "mfa_download_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "mfa_list_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_view_recovery_codes",
            "readyz",
            "ui:appearance",
            "ui:offline",
        }
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if settings.DEMO or not request.user.is_authenticated:
            return None
        if match and match.view_name in self.open_views:
            return None
        by_session = getattr(request, "token", None) is None
        now = timezone.now().timestamp()
        if by_session and request.session.get(PASSED_UNTIL, 0) > now:
            return None
        if not is_staff(request.user):
            return None
        if has_second_factor(request.user):
            if by_session:
                request.session[PASSED_UNTIL] = now + self.remembered_seconds
            return None
        return _second_factor_please(request)


PASSED_UNTIL = "second_factor_passed_until"


def _second_factor_please(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        return refusal(
            "mfa_required",
            _("Whoever runs a programme needs a second factor. Set one up in the settings first."),
        )
    target = f"{reverse('mfa_index')}?required=1"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)
