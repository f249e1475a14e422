"""Middleware of the house: private responses, domain errors, declared access, writes once."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tandemwerk.core.access import declared
from tandemwerk.core.crypto import seal, unseal
from tandemwerk.core.errors import (
    NO_METHOD,
    NO_TOKEN,
    TOO_MANY,
    DomainError,
    IdempotencyKeyReused,
)
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.core.rates import PerToken
from tandemwerk.core.replays import replay_must_be_allowed, request_must_fit

GetResponse = Callable[[HttpRequest], HttpResponse]
LARGEST_ID = 2**63 - 1  # a larger number is no id, and SQLite can't even look for it
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def only_reads(request: HttpRequest) -> bool:
    """Does this request change nothing, by its method or as its address declares? In a view."""
    match = request.resolver_match
    rule = declared().get(match.view_name) if match else None
    return request.method in SAFE_METHODS or (rule is not None and rule.only_reads)


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
        return _refused(request, error) if isinstance(error, DomainError) else None


def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
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
    answer (sealed, kept for a day) with the header ``Idempotency-Replayed``, if the person may
    still see what it is about. Two queries a write.

    Only the same write is a repetition: the record holds a keyed hash of method, address, token
    and content. A form sent again with other words is a write of its own, so that no word is lost;
    a program that sends a key again with anything else gets IdempotencyKeyReused.

    Must be the innermost middleware: errors are already answers when they come back to it, and
    session, access, CSRF and second factor have been asked before a record is looked for.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return self.get_response(request)
        if not 0 < len(_client_id(request)) <= LONGEST_CLIENT_ID:
            return self.get_response(request)
        request.may_be_once = True  # type: ignore[attr-defined]  # a transaction is open for it
        with transaction.atomic():
            response = self.get_response(request)
            row = getattr(request, "write_once", None)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            elif row is not None and (response.status_code >= 400 or response.streaming):
                row.delete()  # not a done act: the same id may be sent again
            elif row is not None:
                self._keep(row, response)
            return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        token = getattr(request, "token", None)
        is_asked = getattr(request, "may_be_once", False) and not only_reads(request)
        if not is_asked or (is_api(request) and token is None):
            return None
        try:
            return self._once(request, token, kwargs)
        except DomainError as error:
            return _refused(request, error)
        except RequestDataTooBig:
            return None  # the view says so itself

    def _once(
        self, request: HttpRequest, token: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        where = _fingerprint(request, str(token.pk) if token else "")
        client_id = _client_id(request) if is_api(request) else where
        row, is_new = ProcessedWrite.objects.get_or_create(  # type: ignore[misc]  # signed in: has a key
            user_id=request.user.pk, client_id=client_id, defaults={"where": where}
        )
        if is_new:
            request.write_once = row  # type: ignore[attr-defined]  # for `__call__`
            return None
        request_must_fit(request)
        if row.where != where:
            raise IdempotencyKeyReused
        if token is not None:
            request.auth = token  # type: ignore[attr-defined]  # what the throttle counts by
            if not REPLAYS.allow_request(request):
                return _too_many()
        answer = json.loads(unseal(row.answer, place=f"processed_write.answer:{row.pk}"))
        if answer["body"]:  # where to go on holds nothing of the row, and leaving is an act too
            replay_must_be_allowed(request, kwargs)
        return self._replay(row, answer)

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
    def _replay(row: ProcessedWrite, answer: dict[str, Any]) -> HttpResponse:
        response = HttpResponse(answer["body"], status=row.status)
        for name, value in answer["headers"].items():
            response[name] = value
        response["Idempotency-Replayed"] = "true"
        return response


def _client_id(request: HttpRequest) -> str:
    return str(request.headers.get("Idempotency-Key") or request.POST.get("client_id", ""))


def _fingerprint(request: HttpRequest, token: str) -> str:
    """A keyed hash of the whole write; without the installation's secret it tells no word.

    Of a form its values count, not how they are packed, nor what proves its origin. Files are read.
    """
    mac = salted_hmac("tandemwerk.write_once", "", algorithm="sha256")

    def add(*parts: str | bytes) -> None:
        for part in parts:
            data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
            mac.update(len(data).to_bytes(8, "big"))
            mac.update(data)

    add(request.method or "", request.path, token, _client_id(request))
    if request.content_type not in FORM_TYPES:
        add(request.META.get("QUERY_STRING", ""), request.body)
        return str(mac.hexdigest())
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            texts = [str(value).replace("\r\n", "\n") for value in values]
            add(name, str(len(texts)), *texts)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            add(name, str(file.name), content.digest())
    return str(mac.hexdigest())


def _too_many() -> HttpResponse:
    body = {"error": {"code": "too_many_requests", "message": str(TOO_MANY)}}
    return JsonResponse(body, status=429, headers={"Retry-After": "60"})


FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
LONGEST_CLIENT_ID = 64
REPLAYS = PerToken("600/m")  # shares its counter with the API
KEPT_HEADERS = (
    "Content-Type",
    "Location",
    "HX-Redirect",
    "HX-Trigger",
    "HX-Location",
    "HX-Refresh",
)
