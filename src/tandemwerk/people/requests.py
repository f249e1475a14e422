"""Who is asking, with its real type."""

from django.http import HttpRequest

from tandemwerk.people.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; only for pages that `access.py` declares for signed-in people."""
    if not isinstance(request.user, User):
        raise TypeError("this page is declared for signed-in people only")
    return request.user
