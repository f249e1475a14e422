"""Who is asking, with its real type."""

from django.http import HttpRequest, QueryDict

from tandemwerk.people.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; only for pages that `access.py` declares for signed-in people."""
    if not isinstance(request.user, User):
        raise TypeError("this page is declared for signed-in people only")
    return request.user


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the data of a POST, even if empty, and None for a page view."""
    return request.POST if request.method == "POST" else None
