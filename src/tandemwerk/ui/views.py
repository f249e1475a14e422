"""Pages that belong to no app: errors, appearance and the styleguide."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tandemwerk.core.errors import NOTHING_HERE
from tandemwerk.core.middleware import is_api

THEME_COOKIE = "tandemwerk_theme"
THEMES = ("system", "light", "dark")
YEAR_SECONDS = 365 * 24 * 3600


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if is_api(request):
        message = _("This request can't be read.")
        body = {"error": {"code": "bad_request", "message": message}}
        return JsonResponse(body, status=400)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that came from elsewhere or is too old; the reason stays in the log."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Absent or forbidden; programs hear it in their form."""
    if is_api(request):
        body = {"error": {"code": "not_found", "message": str(NOTHING_HERE)}}
        return JsonResponse(body, status=404)
    return render(request, "404.html", status=404)


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember theme or language: in the account when signed in, else in a cookie for a year."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    theme, language = request.POST.get("theme"), request.POST.get("language")
    if theme in THEMES:
        _remember(request, response, "theme", theme, THEME_COOKIE)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        _remember(request, response, "locale", language, settings.LANGUAGE_COOKIE_NAME)
    return response


def _remember(
    request: HttpRequest, response: HttpResponse, field: str, value: str, cookie: str
) -> None:
    if request.user.is_authenticated:
        setattr(request.user, field, value)
        request.user.save(update_fields=[field])
    response.set_cookie(
        cookie,
        value,
        max_age=YEAR_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
