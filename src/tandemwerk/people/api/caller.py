"""Who calls."""

from django.http import HttpRequest

from tandemwerk.people.models import User


def caller(request: HttpRequest) -> User:
    """The person behind the token; the API lets nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101 - see api.auth
    return request.user
