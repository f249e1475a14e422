"""Small kindnesses of the API."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/v1/"
GetResponse = Callable[[HttpRequest], HttpResponse]


class OptionalSlash:
    """``/api/v1/tandems/`` and ``/api/v1/tandems`` are the same address, for writes too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API) and len(request.path_info) > len(API):
            request.path_info = request.path = request.path_info.rstrip("/")
        return self.get_response(request)


class RateLimitHeaders:
    """Every counted answer says how much is left, so that a program can slow down in time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in getattr(request, "rate_limit", {}).items():
            response[name] = value
        if wait := getattr(request, "rate_limit_wait", None):
            response.setdefault("Retry-After", str(int(wait) + 1))
        return response
