"""Who may have the answer of an earlier write about a tandem again."""

from typing import Any

from django.http import HttpRequest

from tandemwerk.core.access import MEMBERS, declared
from tandemwerk.core.replays import replay_guard
from tandemwerk.people.requests import person
from tandemwerk.tandems.selectors.visible import tandems_visible_to


@replay_guard("tandem_pk")
def still_a_member(request: HttpRequest, pk: Any) -> bool:
    """Where only members come in, whoever has left is a stranger. One query."""
    match = request.resolver_match
    rule = declared().get(match.view_name) if match else None
    if rule is None or not rule.allow <= MEMBERS:
        return True
    return tandems_visible_to(person(request)).filter(pk=pk).exists()
