"""What the access declaration guarantees: somebody is signed in."""

from django.http import HttpRequest

from tandemwerk.people.models import User


class SignedIn(HttpRequest):
    """A request of a person; anonymous ones were sent to the login before the view."""

    user: User
