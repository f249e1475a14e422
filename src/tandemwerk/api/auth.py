"""Who is calling the API: the bearer token found by the middleware, with the scope it needs."""

from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

from tandemwerk.people.models import ApiToken
from tandemwerk.people.requests import token_of


class Bearer(HttpAuthBase):
    """Says in the OpenAPI document how to sign in, and asks the token for its scope."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """The request's token if it covers the method; None (401) without one. No query.

        A browser's cookie is not enough: no other site can make a browser use the API.
        Raises ScopeMissing.
        """
        return token_of(request)
