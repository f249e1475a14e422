"""What a repeated write of a program must carry, as the API asks it of the first."""

from django.http import HttpRequest

from tandemwerk.core.replays import request_check
from tandemwerk.people.requests import token_of


@request_check
def token_covers_write(request: HttpRequest) -> None:
    """Raises ScopeMissing. No query."""
    token_of(request)
