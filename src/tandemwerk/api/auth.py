"""Who is calling the API: the bearer token found by the middleware, with the scope it needs."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.http import HttpAuthBase

from tandemwerk.core.errors import DomainError
from tandemwerk.core.middleware import SAFE_METHODS
from tandemwerk.people.enums import Scope
from tandemwerk.people.models import ApiToken


class ScopeMissing(DomainError):
    code = "scope_missing"
    message = _("This token may not do that. Make one with the scope “%(scope)s”.")
    status = 403


class Bearer(HttpAuthBase):
    """Says in the OpenAPI document how to sign in, and asks the token for its scope."""

    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> ApiToken | None:
        """The request's token if it covers the method; None (401) without one. No query.

        A browser's cookie is not enough: no other site can make a browser use the API.
        Raises ScopeMissing.
        """
        token: ApiToken | None = getattr(request, "token", None)
        if token is None:
            return None
        needed = Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
        if needed not in token.scopes:
            raise ScopeMissing(scope=needed)
        return token
