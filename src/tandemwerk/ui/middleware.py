"""Messages reach people also when htmx asked for a fragment."""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]


class HtmxToasts:
    """Append waiting messages as an out-of-band swap to htmx fragments; no message, no change.

    Redirects keep their messages for the next page. Must stand below the message middleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if self._is_fragment(request, response) and (waiting := list(get_messages(request))):
            context = {"messages": waiting, "oob": True}
            html = render_to_string("ui/components/toasts.html", context, request=request)
            response.content += html.encode(response.charset)
        return response

    @staticmethod
    def _is_fragment(request: HttpRequest, response: HttpResponse) -> bool:
        return (
            request.headers.get("HX-Request") == "true"
            and request.headers.get("HX-Boosted") != "true"
            and not response.streaming
            and response.status_code in (200, 201, 422)
            and "HX-Redirect" not in response
            and response.get("Content-Type", "").startswith("text/html")
        )
