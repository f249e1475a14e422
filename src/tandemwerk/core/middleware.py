"""Middleware of the house: private responses, domain errors, declared access, writes once."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _

from tandemwerk.core.access import declared
from tandemwerk.core.crypto import seal, unseal
from tandemwerk.core.errors import NO_METHOD, NO_TOKEN, DomainError
from tandemwerk.core.models import ProcessedWrite

GetResponse = Callable[[HttpRequest], HttpResponse]
LARGEST_ID = 2**63 - 1  # a larger number is no id, and SQLite can't even look for it
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


class PrivateResponses:
    """Nothing a signed-in person sees stays in a cache, and no page tells its address away."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            patch_cache_control(response, private=True)
        response.headers.setdefault("Permissions-Policy", "interest-cohort=(), geolocation=()")
        return response


class DomainErrors:
    """Render a refused act in one place: JSON for the API, a fragment for htmx, else a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if is_api(request):
            body = {"error": {"code": error.code, "message": str(error)}}
            return JsonResponse(body, status=error.status)
        part = "#message" if request.headers.get("HX-Request") else ""
        return render(request, f"domain_error.html{part}", {"error": error}, status=error.status)


class NoZeroCharacters:
    """Answer 400 to an address with a zero character: PostgreSQL refuses to look for one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            if is_api(request):
                message = _("The address holds a zero character.")
                body = {"error": {"code": "bad_request", "message": message}}
                return JsonResponse(body, status=400)
            return HttpResponse(status=400)
        return self.get_response(request)


class DeclaredAccess:
    """Refuse URLs nobody declared, methods they don't have, and strangers at closed doors."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = declared().get(match.view_name) if match else None
        if rule is None or any(isinstance(n, int) and n > LARGEST_ID for n in kwargs.values()):
            raise Http404
        if not rule.is_public and not request.user.is_authenticated:
            if is_api(request):
                body = {"error": {"code": "not_signed_in", "message": str(NO_TOKEN)}}
                return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Bearer"})
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Refresh": "true"})
            return redirect_to_login(request.get_full_path())
        if request.method not in rule.methods:
            allowed = {"Allow": ", ".join(sorted(rule.methods))}
            if is_api(request):
                body = {"error": {"code": "method_not_allowed", "message": str(NO_METHOD)}}
                return JsonResponse(body, status=405, headers=allowed)
            return HttpResponse(status=405, headers=allowed)
        return None


class WriteOnce:
    """Make retries safe: a write that carries a client id happens at most once per person.

    The id comes in the form field ``client_id`` or the header ``Idempotency-Key``. Act and record
    share one transaction, so a crash between them is impossible; a repetition gets the recorded
    answer (sealed, kept for a day) with the header ``Idempotency-Replayed``. Two queries a write.
    Must be the innermost middleware: errors are already answers when they come back to it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return self.get_response(request)
        client_id = request.headers.get("Idempotency-Key") or request.POST.get("client_id", "")
        if not client_id or len(client_id) > 64:
            return self.get_response(request)
        where = hashlib.sha256(f"{request.method} {request.path}".encode()).hexdigest()
        return self._once(request, {"user_id": request.user.pk, "client_id": client_id}, where)

    def _once(self, request: HttpRequest, known: dict[str, Any], where: str) -> HttpResponse:
        with transaction.atomic():
            row, is_new = ProcessedWrite.objects.get_or_create(**known, defaults={"where": where})
            if not is_new:
                return self._replay(row, where)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif response.status_code >= 400 or response.streaming:
                row.delete()  # not a done act: the same id may be sent again
            else:
                self._keep(row, response)
            return response

    @staticmethod
    def _keep(row: ProcessedWrite, response: HttpResponse) -> None:
        kept = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        text = json.dumps({"headers": kept, "body": response.content.decode("utf-8", "replace")})
        # By update, not save: the row is gone already when the act was deleting the account.
        ProcessedWrite.objects.filter(pk=row.pk).update(
            status=response.status_code,
            answer=seal(text, place=f"processed_write.answer:{row.pk}"),
        )

    @staticmethod
    def _replay(row: ProcessedWrite, where: str) -> HttpResponse:
        if row.where != where:
            return HttpResponse(status=422)
        answer = json.loads(unseal(row.answer, place=f"processed_write.answer:{row.pk}"))
        response = HttpResponse(answer["body"], status=row.status)
        for name, value in answer["headers"].items():
            response[name] = value
        response["Idempotency-Replayed"] = "true"
        return response


KEPT_HEADERS = (
    "Content-Type",
    "Location",
    "HX-Redirect",
    "HX-Trigger",
    "HX-Location",
    "HX-Refresh",
)
