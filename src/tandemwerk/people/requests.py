"""Who is asking, with its real type, and what their program may do."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from ninja.errors import ValidationError

from tandemwerk.core.middleware import only_reads
from tandemwerk.people.enums import Scope
from tandemwerk.people.errors import ScopeMissing
from tandemwerk.people.models import ApiToken, User


class SignedIn(HttpRequest):
    """A request of a person; anonymous ones were sent to the login before the view."""

    user: User


def person(request: HttpRequest) -> User:
    """The signed-in person; only where `access.py` lets nobody else in."""
    if not isinstance(request.user, User):
        raise TypeError("this is declared for signed-in people only")
    return request.user


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, even if empty, and None for a page view."""
    return request.POST if request.method == "POST" else None


def sender_of(request: HttpRequest) -> ApiToken | None:
    """The token that sent an API request, whatever it may do; None without one. No query."""
    token: ApiToken | None = getattr(request, "token", None)
    return token


def token_of(request: HttpRequest) -> ApiToken | None:
    """The token that sent an API request if it covers what is asked; None without one. No query.

    Raises ScopeMissing.
    """
    token = sender_of(request)
    if token is None:
        return None
    needed = Scope.READ if only_reads(request) else Scope.WRITE
    if needed not in token.scopes:
        raise ScopeMissing(scope=needed)
    return token


def visitor(request: HttpRequest) -> User | None:
    """The person behind the token of an operation that is open to everybody; None without one.

    A browser's cookie does not count here either. Raises ScopeMissing.
    """
    token = token_of(request)
    return None if token is None else token.user


def unfit(field: str, message: str) -> ValidationError:
    """A field of the body does not fit (422 `invalid`), where only the rows can tell; raise it."""
    return ValidationError([{"loc": ("body", "data", field), "msg": str(message)}])


def require_valid(form: BaseForm, **names: str) -> Any:
    """A form of the pages, filled by a program and cleaned.

    Raises ninja's ValidationError (422 `invalid`) with the form's own words; `names`: what a field
    of the form is called in the API, where that differs.
    """
    if form.is_valid():
        return form
    raise ValidationError(
        [
            {"loc": ("body", "data", names.get(field, field)), "msg": str(message)}
            for field, messages in form.errors.items()
            for message in messages
        ]
    )
