"""Small kindnesses of the API."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class OptionalSlash:
    """``/api/v1/tandems/`` and ``/api/v1/tandems`` are the same address, for writes too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/api/v1/") and len(request.path_info) > len("/api/v1/"):
            request.path_info = request.path = request.path_info.rstrip("/")
        return self.get_response(request)
