"""People's side of each request: tokens, language, time zone, second factor of staff."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from tandemwerk.people.services.tokens import token_user

GetResponse = Callable[[HttpRequest], HttpResponse]


class BearerToken:
    """Let ``Authorization: Bearer …`` sign in the person for this one API request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        if request.path.startswith("/api/") and header.startswith("Bearer "):
            token = token_user(secret=header.removeprefix("Bearer ").strip(), now=timezone.now())
            if token is not None:
                request.user = token.user
                request.token = token  # type: ignore[attr-defined]  # read by the API's scope check
                request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # no cookie
        return self.get_response(request)


class Preferences:
    """Language, time zone and appearance of the person, or of the browser before login."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language, zone = user.locale, user.timezone
        else:
            language, zone = translation.get_language_from_request(request), settings.TIME_ZONE
        if request.path.startswith("/api/") and "Accept-Language" in request.headers:
            language = translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class StaffNeedsMfa:
    """Staff without a second factor see only the page that sets one up; not in the demo."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
