"""The API object: one place for authentication, limits, errors and the list of routers.

Everything the pages do goes through the same services, so the API can't do more than a person can.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tandemwerk import __version__
from tandemwerk.api.auth import Bearer
from tandemwerk.api.document import DocumentedAPI, StrictParser
from tandemwerk.api.problems import field_of, problem
from tandemwerk.core.errors import NO_TOKEN, NOTHING_HERE, TOO_MANY, DomainError
from tandemwerk.core.rates import PerToken
from tandemwerk.pairing.api import router as pairing_router
from tandemwerk.people.api import router as people_router
from tandemwerk.programmes.api import router as programmes_router
from tandemwerk.reports.api import router as reports_router
from tandemwerk.rooms.api import router as rooms_router
from tandemwerk.safeguarding.api import router as safeguarding_router
from tandemwerk.tandems.api import router as tandems_router

api = DocumentedAPI(
    title="Tandemwerk",
    version="1",
    description=(
        "Everything a person may do in Tandemwerk, for programs. Send `Authorization: Bearer …`; "
        "repeat a write safely with the same `Idempotency-Key`. Product version "
        f"{__version__}."
    ),
    urls_namespace="api",
    docs_url=None,  # the usual viewer loads code from elsewhere
    auth=Bearer(),
    parser=StrictParser(),
    throttle=[PerToken("600/m")],
)
api.add_router("", people_router)
api.add_router("", programmes_router)
api.add_router("", pairing_router)
api.add_router("", tandems_router)
api.add_router("", rooms_router)
api.add_router("", safeguarding_router)
api.add_router("", reports_router)


def answer(request: HttpRequest, code: str, message: str, status: int, **more: Any) -> HttpResponse:
    return api.create_response(
        request, {"error": {"code": code, "message": message, **more}}, status=status
    )


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer(request, error.code, str(error), error.status)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return answer(request, "not_found", str(NOTHING_HERE), 404)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = answer(request, "not_signed_in", str(NO_TOKEN), 401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Throttled)
def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = answer(request, "too_many_requests", str(TOO_MANY), 429)
    response.setdefault("Retry-After", "60")
    return response


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [{"field": field_of(e), "problem": problem(e)} for e in error.errors]
    message = _("Some of the data does not fit; see the fields.")
    return answer(request, "invalid", message, 422, fields=fields)


@api.exception_handler(RawPostDataException)
def no_json(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form with parts came where JSON belongs: its body is read already, and is none."""
    return http_error(request, HttpError(400, "The body is no JSON."))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    message = _("The body can't be read. Please send JSON in UTF-8, without zero characters.")
    return answer(request, "bad_request", message, error.status_code)
